import { type Key, t } from "../../i18n";
import { href } from "../../router";
import type { EditionSummary } from "../../types";

interface Way {
  key: string;
  to: string;
  query?: Record<string, string>;
}

/** Ways in for those who come with a purpose, where the edition has what they lead to. */
function ways(edition: EditionSummary): Record<"visitor" | "official" | "researcher", Way[]> {
  const { id, has } = edition;
  const list: Way = has.jobs ? { key: "districts", to: `${id}/areas/`, query: { kind: "district" } } : { key: "areas", to: `${id}/areas/` };
  const map: Way[] = has.map ? [{ key: has.jobs ? "mapIndustry" : "map", to: `${id}/map/`, ...(has.jobs && { query: { layer: "industry" } }) }] : [];
  const sure: Way[] = has.certainty ? [{ key: "sure", to: `${id}/#sure` }] : [];
  return {
    visitor: [list, ...map, { key: "zones", to: `${id}/zones/` }],
    official: [{ key: "answer", to: `${id}/` }, ...sure, { key: "compare", to: `${id}/compare/` }, { key: "data", to: `${id}/data/` }],
    researcher: [{ key: "rules", to: `${id}/rules/` }, { key: "tables", to: `${id}/data/` }, { key: "api", to: "api/" }, { key: "methods", to: "glossary/" }],
  };
}

/** Three readers, each with the pages that serve them. */
export function Roles({ edition }: { edition: EditionSummary }) {
  return (
    <ul class="roles">
      {Object.entries(ways(edition)).map(([role, links]) => (
        <li key={role}>
          <h3>{t(`front.${role}` as Key)}</h3>
          <p>{t(`front.${role}.why` as Key)}</p>
          <ul>
            {links.map(({ key, to, query }) => (
              <li key={key}>
                <a href={href(to, query)}>{t(`front.to.${key}` as Key)}</a>
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}
