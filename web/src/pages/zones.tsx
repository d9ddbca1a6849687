import { useEdition } from "../data";
import { PlacesTable, type Places } from "../components/places-table";
import { Failed, Waiting } from "../components/state";
import { t } from "../i18n";
import { areaHref, href } from "../router";
import { useTitle } from "../title";
import type { EditionSummary, Find, Row } from "../types";
import type { PageProps } from ".";

const FIRST = ["area_name", "membership", "membership_kind", "runner_up_name", "runner_up_membership", "region", "population", "residents", "workers", "km2"];

/** The table of zones. */
export function zonesOf(edition: EditionSummary): Places {
  return {
    id: "zones",
    table: "zone_profiles",
    key: "zone",
    first: FIRST,
    sort: "name",
    needed: ["area"],
    link: (row) => linkOf(edition, row),
    extend: withArea,
  };
}

/** A zone is read on the page of its area; one without an area is seen on the map. */
function linkOf(edition: EditionSummary, row: Row): string | null {
  const zone = String(row.zone);
  if (typeof row.area === "string") return areaHref(edition, row.area, { zone });
  return edition.has.map ? href(`${edition.id}/map/`, { zone }) : null;
}

/** What the area of each zone is, so that zones can be filtered like areas. */
function withArea(rows: Row[], find: Find): Row[] {
  const areas = new Map(find.areas.map(({ code, kind, main_industry }) => [code, { kind, main_industry }]));
  const none = { kind: null, main_industry: null };
  return rows.map((row) => ({ ...row, ...(areas.get(String(row.area)) ?? none) }));
}

/** All zones, with how sure the area of each is. */
export function Zones({ edition }: PageProps) {
  const { data: about, error } = useEdition(edition);
  useTitle(t("nav.zones"), edition.title);
  return (
    <section class="page wide">
      <h1>{t("nav.zones")}</h1>
      <p>{t(edition.has.certainty ? "table.zones.about" : "table.zones.plain")}</p>
      {error ? <Failed error={error} /> : about ? <PlacesTable edition={edition} about={about} places={zonesOf(edition)} /> : <Waiting />}
    </section>
  );
}
