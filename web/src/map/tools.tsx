import { useState } from "preact/hooks";
import { apiUrl } from "../api";
import { Cite } from "../components/cite";
import { csvOf, save } from "../download";
import { t } from "../i18n";
import type { Row } from "../types";
import type { Atlas } from "./atlas";
import { drawing } from "./drawing";
import { flowColumns, flowRows, type FlowPicture } from "./flow-map";
import type { Side } from "./side";

interface Props {
  side: Side;
  map: Atlas | null;
  flows: FlowPicture | null;
  credit: string;
}

/** The map as files: rows as shown, whole tables, pictures; and what to cite. */
export function Tools({ side, map, flows, credit }: Props) {
  const [state, setState] = useState<"" | "drawing" | "failed">("");
  const { edition, layer, rows, lit, doc } = side;
  const name = `${edition.id}-map-${layer}`;
  const table = layer === "membership" ? "zone_profiles" : layer === "borders" ? "borders" : layer === "flows" ? "flows" : "area_profiles";
  const csv = () => (layer === "flows" && flows ? csvOf({ columns: flowColumns(), rows: flowRows(flows) }) : csvOf(shownRows(rows, lit, doc.indicators.some(({ id }) => id === layer) ? layer : null)));
  const make = (work: () => Promise<void>) => () => {
    setState("drawing");
    work().then(
      () => setState(""),
      () => setState("failed"),
    );
  };
  const png = async () => {
    const picture = await map?.picture();
    const blob = await new Promise<Blob | null>((done) => (picture ? picture.toBlob(done, "image/png") : done(null)));
    if (!blob) throw new Error("no picture");
    save(blob, "image/png", `${name}.png`);
  };
  const svg = async () => save(await drawing(side, flows, credit), "image/svg+xml", `${name}.svg`);
  return (
    <div class="tools map-tools">
      <a class="button" href="#map-table">
        {t("figure.table")}
      </a>
      <details class="downloads">
        <summary>{t("figure.download")}</summary>
        <ul>
          <li>
            <button type="button" onClick={() => save(csv(), "text/csv;charset=utf-8", `${name}.csv`)}>
              {t("map.csvShown")}
            </button>
          </li>
          {map && (
            <li>
              <button type="button" onClick={make(png)}>
                PNG
              </button>
            </li>
          )}
          <li>
            <button type="button" onClick={make(svg)}>
              SVG
            </button>
          </li>
          {(["csv", "parquet", ...(table === "flows" ? [] : ["geojson"])] as const).map((format) => (
            <li key={format}>
              <a href={apiUrl(`editions/${edition.id}/${table}.${format}`)} download={`${edition.id}-${table}.${format}`}>
                {t("map.wholeTable", { table, format: { csv: "CSV", parquet: "Parquet", geojson: "GeoJSON" }[format] ?? format })}
              </a>
            </li>
          ))}
        </ul>
      </details>
      <Cite edition={edition} />
      <span role="status">{state === "drawing" ? t("map.drawing") : state === "failed" ? t("state.failed") : ""}</span>
    </div>
  );
}

/** Areas that the filters leave in, with what the layer shows of them. */
function shownRows(rows: Row[], lit: boolean[], measure: string | null) {
  const columns = ["area", "name", "kind", "main_industry", ...(measure ? [measure] : []), "existence", "district_existence"];
  const have = columns.filter((column) => rows.some((row) => column in row));
  return { columns: have.map((name) => ({ name, label: name })), rows: rows.filter((_, area) => lit[area]) };
}
