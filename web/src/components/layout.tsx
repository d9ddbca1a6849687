import type { ComponentChildren } from "preact";
import { LANGUAGES, type Key, language, t } from "../i18n";
import { go, href, setQuery, useAddress } from "../router";
import { hasTours } from "../site";
import type { EditionSummary, Editions } from "../types";
import { FindBox } from "./find";

const PAGES = ["", "map", "areas", "zones", "compare", "rules", "data"] as const;
const OF_SITE = hasTours ? (["tours", "glossary", "api"] as const) : (["glossary", "api"] as const);

interface Props {
  site: Editions;
  edition: EditionSummary | undefined;
  page: string;
  /** Whether the page belongs to an edition. */
  inEdition: boolean;
  children: ComponentChildren;
}

/** What all pages share: the way in, the way round, the language. */
export function Layout({ site, edition, page, inEdition, children }: Props) {
  return (
    <>
      <a class="skip" href="#main">
        {t("site.skip")}
      </a>
      <header class="top">
        <a class="brand" href={href("")}>
          {t("site.name")}
        </a>
        {edition && <FindBox edition={edition} />}
        <Editions site={site} edition={edition} page={inEdition ? page : ""} />
        <Languages />
      </header>
      {edition && (
        <nav class="pages" aria-label={t("nav.main")}>
          <ul>
            {PAGES.filter((name) => name !== "map" || edition.has.map).map((name) => (
              <li key={name}>
                <a href={href(`${edition.id}/${name && `${name}/`}`)} aria-current={inEdition && page === name ? "page" : undefined}>
                  {t(`nav.${name || "answer"}` as Key)}
                </a>
              </li>
            ))}
            {OF_SITE.map((name) => (
              <li key={name}>
                <a href={href(`${name}/`)} aria-current={!inEdition && page === name ? "page" : undefined}>
                  {t(`nav.${name}`)}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      )}
      <main id="main" tabIndex={-1}>
        {children}
      </main>
    </>
  );
}

/** Another edition, same page. */
function Editions({ site, edition, page }: { site: Editions; edition: EditionSummary | undefined; page: string }) {
  if (site.editions.length < 2) return <span class="edition">{edition?.title}</span>;
  return (
    <label class="choice">
      <span class="hidden">{t("nav.edition")}</span>
      <select
        value={edition?.id}
        onChange={(event) => go(href(`${event.currentTarget.value}/${page && `${page}/`}`))}
      >
        {site.editions.map(({ id, title }) => (
          <option key={id} value={id}>
            {title}
          </option>
        ))}
      </select>
    </label>
  );
}

function Languages() {
  useAddress();
  const choose = (tag: string) => setQuery({ lang: tag });
  return (
    <label class="choice">
      <span class="hidden">{t("nav.language")}</span>
      <select value={language()} onChange={(event) => choose(event.currentTarget.value)}>
        {Object.entries(LANGUAGES).map(([tag, { name }]) => (
          <option key={tag} value={tag} lang={tag}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
