import { GLOSSARY } from "../glossary";
import { type Key, language, t, tMaybe } from "../i18n";
import { useJump } from "../jump";
import { useAddress } from "../router";
import "../styles/glossary.css";
import { useTitle } from "../title";

/** Every term, in the order of the alphabet of the language. */
export function Glossary() {
  useAddress();
  const order = new Intl.Collator(language());
  const terms = Object.entries(GLOSSARY)
    .map(([id, entry]) => ({ id, ...entry, word: tMaybe(`glossary.${id}`, id) }))
    .sort((one, other) => order.compare(one.word, other.word));
  useTitle(t("nav.glossary"));
  useJump(true);
  return (
    <section class="page glossary">
      <h1>{t("nav.glossary")}</h1>
      <p class="lead">{t("glossary.what")}</p>
      <nav aria-label={t("glossary.letters")}>
        <ul class="letters">
          {terms
            .filter(({ word }, at) => initial(word) !== initial(terms[at - 1]?.word ?? ""))
            .map(({ id, word }) => (
              <li key={id}>
                <a href={`#${id}`}>{initial(word)}</a>
              </li>
            ))}
        </ul>
      </nav>
      <dl>
        {terms.map(({ id, word, formula, unit, source, methods }) => (
          <div key={id} id={id}>
            <dt>
              <a href={`#${id}`}>{word}</a>
            </dt>
            <dd>
              <p>{tMaybe(`glossary.${id}.text`, "")}</p>
              {formula && (
                <p>
                  <code>{formula}</code>
                </p>
              )}
              {(unit || source || methods) && (
                <p class="origin">
                  {[
                    unit && `${t("glossary.unit")}: ${t(`glossary.unit.${unit}` as Key)}`,
                    source && `${t("glossary.source")}: ${source}`,
                    methods && `${t("glossary.methods")}: `,
                  ]
                    .filter(Boolean)
                    .join(" · ")}
                  {methods && <cite lang="en">{methods}</cite>}
                </p>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function initial(word: string): string {
  return word.slice(0, 1).normalize("NFD").slice(0, 1).toLocaleUpperCase(language());
}
