import { useState } from "preact/hooks";
import { apiUrl } from "../api";
import { csvOf, pngOf, save, svgOf } from "../download";
import { t } from "../i18n";
import type { EditionSummary } from "../types";
import type { FigureData } from "./figure";

const NAMES = { csv: "CSV", parquet: "Parquet", geojson: "GeoJSON", json: "JSON" };

interface Props {
  id: string;
  edition: EditionSummary;
  data: FigureData;
  /** Where the drawing is, if the figure has one. */
  picture?: () => HTMLElement | null;
}

/** The rows that are shown, the drawing, and the whole table that the rows are from. */
export function Downloads({ id, edition, data, picture }: Props) {
  // A drawing may arrive long after its figure: whether there is one is asked when the list is opened.
  const [drawing, setDrawing] = useState<SVGSVGElement | null>(null);
  const name = `${edition.id}-${id}`;
  const { source } = data;
  const from = `${edition.title} · ${location.origin}${location.pathname}`;
  return (
    <details class="downloads" onToggle={() => setDrawing(picture?.()?.querySelector<SVGSVGElement>("svg[role=img]") ?? null)}>
      <summary>{t("figure.download")}</summary>
      <p>{t("figure.shown")}</p>
      <ul>
        <li>
          <button type="button" onClick={() => save(csvOf(data), "text/csv;charset=utf-8", `${name}.csv`)}>
            CSV
          </button>
        </li>
        {drawing && (
          <>
            <li>
              <button type="button" onClick={() => save(svgOf(drawing, from), "image/svg+xml", `${name}.svg`)}>
                SVG
              </button>
            </li>
            <li>
              <button type="button" onClick={() => void pngOf(drawing, from).then((png) => save(png, "image/png", `${name}.png`))}>
                PNG
              </button>
            </li>
          </>
        )}
      </ul>
      {source && (
        <>
          <p>{source.filter ? t("figure.wholeTable", { filter: source.filter }) : t("figure.whole")}</p>
          <ul>
            {source.formats.map((format) => (
              <li key={format}>
                <a href={apiUrl(`editions/${edition.id}/${source.table}.${format}`)} download={`${edition.id}-${source.table}.${format}`}>
                  {NAMES[format]}
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
    </details>
  );
}
