import type { PageProps } from ".";
import { useAnswer } from "../data";
import { Failed } from "../components/state";
import { t } from "../i18n";
import { href } from "../router";
import "../styles/front.css";
import { useTitle } from "../title";
import type { Answer, EditionSummary } from "../types";
import { headline } from "./answer/headline";
import { Country } from "./front/country";
import { Picture } from "./front/picture";
import { Roles } from "./front/roles";

/** The front door: what this is, the answer, the ways in. */
export function Front({ site, edition }: PageProps) {
  const { data: answer, error } = useAnswer(edition);
  useTitle(t("site.tagline"));
  return (
    <section class="page front">
      <h1>{t("site.tagline")}</h1>
      <p class="lead">{t("front.what")}</p>
      <div class="answer">
        <div>
          <p class="of">{edition.title}</p>
          {error && <Failed error={error} />}
          {answer && <Sentence answer={answer} edition={edition} />}
          <p>
            <a class="go" href={href(`${edition.id}/`)}>
              {t("front.toAnswer")}
            </a>
            {edition.has.map && <a href={href(`${edition.id}/map/`)}>{t("front.to.map")}</a>}
          </p>
        </div>
        {edition.has.map && edition.has.jobs && <Country edition={edition} />}
        {answer?.certainty && !(edition.has.map && edition.has.jobs) && (
          <Picture
            answer={answer}
            of={answer.certainty.districts ? "districts" : "areas"}
            label={t(answer.certainty.districts ? "front.picture.districts" : "front.picture.areas", { n: answer.certainty.replicates })}
          />
        )}
      </div>
      <h2>{t("front.for")}</h2>
      <Roles edition={edition} />
      <h2>{t("front.editions")}</h2>
      <ul class="editions">
        {site.editions.map((edition) => (
          <li key={edition.id}>
            <a href={href(`${edition.id}/`)}>{edition.title}</a>
            <p>{sizes(edition)}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Sentence({ answer, edition }: { answer: Answer; edition: EditionSummary }) {
  const { big, unit, interval } = headline(answer);
  return (
    <p class="sentence">
      <strong>
        <span class="big">{big}</span> {unit}
      </strong>{" "}
      {interval ?? t("answer.noCertainty")} {!edition.has.jobs && t("answer.noJobs")}
    </p>
  );
}

function sizes({ vintage, zones, areas, districts, has }: EditionSummary): string {
  const parts = [vintage, t("front.zones", { n: zones }), t("front.areas", { n: areas }), districts === null ? t("front.noDistricts") : t("front.districts", { n: districts })];
  if (!has.certainty) parts.push(t("front.noCertainty"));
  return parts.filter(Boolean).join(" · ");
}
