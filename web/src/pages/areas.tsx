import { useEdition } from "../data";
import { PlacesTable, type Places } from "../components/places-table";
import { Failed, Waiting } from "../components/state";
import { t } from "../i18n";
import { areaHref, href, useAddress } from "../router";
import { useTitle } from "../title";
import type { EditionSummary } from "../types";
import type { PageProps } from ".";

const FIRST = [
  ...["kind", "main_industry", "class", "district_existence", "region", "zones", "population", "workers"],
  ...["manufacturing_jobs", "main_industry_jobs", "main_industry_lq", "sc_supply_side", "sc_demand_side", "existence"],
];

/** The table of areas. */
export function areasOf(edition: EditionSummary): Places {
  return {
    id: "areas",
    table: "area_profiles",
    key: "area",
    first: FIRST,
    sort: "name",
    needed: [],
    link: (row) => areaHref(edition, row.area),
  };
}

/** All areas, or the districts among them. */
export function Areas({ edition }: PageProps) {
  const { query } = useAddress();
  const { data: about, error } = useEdition(edition);
  const districtsOnly = query.get("kind") === "district";
  useTitle(t(districtsOnly ? "table.districts" : "table.areas"), edition.title);
  return (
    <section class="page wide">
      <h1>{t(districtsOnly ? "table.districts" : "table.areas")}</h1>
      {edition.districts !== null && (
        <ul class="views">
          <li>
            <a href={href(`${edition.id}/areas/`)} aria-current={districtsOnly ? undefined : "page"}>
              {t("table.view.areas", { n: edition.areas })}
            </a>
          </li>
          <li>
            <a href={href(`${edition.id}/areas/`, { kind: "district", sort: "-main_industry_jobs" })} aria-current={districtsOnly ? "page" : undefined}>
              {t("table.view.districts", { n: edition.districts })}
            </a>
          </li>
        </ul>
      )}
      {edition.districts === null && <p>{t("table.noJobs")}</p>}
      {error ? <Failed error={error} /> : about ? <PlacesTable edition={edition} about={about} places={areasOf(edition)} /> : <Waiting />}
    </section>
  );
}
