import { useMemo } from "preact/hooks";
import { useData } from "../../api";
import { Downloads } from "../../components/downloads";
import { type FigureData, FigureTable } from "../../components/figure";
import { Failed, Waiting } from "../../components/state";
import { t } from "../../i18n";
import { href } from "../../router";
import type { EditionSummary, Find, Rerun, Row } from "../../types";

const SHOWN = 50;

/** The zones that lie in another area now: the first of them on the page, all in the file. */
export function ChangedZones({ edition, rerun }: { edition: EditionSummary; rerun: Rerun }) {
  const { data: places, error } = useData<Find>(`editions/${edition.id}/find.json`);
  const rows = useMemo(() => (places ? rowsOf(rerun, places) : []), [places, rerun]);
  if (rerun.changed_zones.length === 0) return null;
  if (error) return <Failed error={error} />;
  if (!places) return <Waiting />;
  const data: FigureData = {
    columns: [
      { name: "name", label: t("rules.zone"), link: ({ zone }) => href(`${edition.id}/zones/`, { zone: String(zone) }) },
      { name: "zone", label: t("measure.zone") },
      { name: "area_name", label: t("rules.areaBefore") },
      { name: "new_area_name", label: t("rules.areaNow"), words: areaNow },
    ],
    rows,
  };
  return (
    <div class="figure">
      <h3 id="changed-zones-title">{t("rules.zones", { n: rows.length })}</h3>
      <FigureTable data={{ ...data, rows: rows.slice(0, SHOWN) }} labelledBy="changed-zones-title" />
      {rows.length > SHOWN && <p>{t("rules.zones.first", { n: SHOWN, all: rows.length })}</p>}
      <div class="tools">
        <Downloads id="changed-zones" edition={edition} data={data} />
      </div>
    </div>
  );
}

/** The new area; told apart from that of the study where it took over its name. */
function areaNow({ area_name, new_area_name }: Row): string {
  return area_name === new_area_name ? t("rules.sameName", { name: String(new_area_name) }) : String(new_area_name);
}

function rowsOf({ changed_zones, zone_area, new_areas }: Rerun, { zones, areas }: Find): Row[] {
  const none = t("rules.noArea");
  return changed_zones.map((zone): Row => {
    const before = zones.area[zone] ?? null;
    const now = zone_area[zone] ?? null;
    return {
      name: zones.name[zone] ?? null,
      zone: zones.code[zone] ?? null,
      area_name: before === null ? none : (areas[before]?.name ?? null),
      new_area_name: now === null ? none : (new_areas[now]?.name ?? null),
    };
  });
}
