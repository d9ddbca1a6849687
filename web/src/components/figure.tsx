import type { ComponentChildren } from "preact";
import { useRef, useState } from "preact/hooks";
import { apiUrl, useData } from "../api";
import { csvOf, save, svgOf, pngOf } from "../download";
import { t } from "../i18n";
import type { Cell, Edition, EditionSummary, Row } from "../types";

/** The rows behind a figure: what is shown, what the table view lists, what the file holds. */
export interface FigureData {
  /** Columns with their headings; names as in the table that they come from. */
  columns: { name: string; label: string; format?: (value: Cell) => string }[];
  rows: Row[];
  /** The table of the edition that the rows are from, for files in other formats. */
  source?: { table: string; formats: ("parquet" | "csv" | "geojson" | "json")[]; filter?: string };
}

interface Props {
  id: string;
  edition: EditionSummary;
  title: ComponentChildren;
  /** What one sees, in a sentence; read by screen readers in the place of the picture. */
  caption: ComponentChildren;
  data: FigureData;
  children: ComponentChildren;
}

/** A figure with its table, files and citation: one set of rows behind them all. */
export function Figure({ id, edition, title, caption, data, children }: Props) {
  const [asTable, setAsTable] = useState(false);
  const picture = useRef<HTMLDivElement>(null);
  return (
    <figure class="figure" id={id} aria-labelledby={`${id}-title`}>
      <h3 id={`${id}-title`}>{title}</h3>
      <div ref={picture} class="picture" hidden={asTable}>
        {children}
      </div>
      {asTable && <FigureTable data={data} />}
      <figcaption>{caption}</figcaption>
      <div class="tools">
        <button type="button" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          {t(asTable ? "figure.chart" : "figure.table")}
        </button>
        <Downloads id={id} edition={edition} data={data} picture={() => picture.current} />
        <Cite edition={edition} />
      </div>
    </figure>
  );
}

/** A plain table of the rows of a figure. */
export function FigureTable({ data }: { data: FigureData }) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={t("figure.table")}>
      <table>
        <thead>
          <tr>
            {data.columns.map(({ name, label }) => (
              <th key={name} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.rows.map((row, at) => (
            <tr key={at}>
              {data.columns.map(({ name, format }) => {
                const value = row[name] ?? null;
                const text = value === null ? t("value.missing") : format ? format(value) : String(value);
                return (
                  <td key={name} class={typeof value === "number" ? "number" : undefined}>
                    {text}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Downloads({ id, edition, data, picture }: { id: string; edition: EditionSummary; data: FigureData; picture: () => HTMLElement | null }) {
  const svg = () => picture()?.querySelector("svg") ?? null;
  const name = `${edition.id}-${id}`;
  const whole = data.source?.formats.filter((format) => format !== "csv") ?? [];
  return (
    <details class="downloads">
      <summary>{t("figure.download")}</summary>
      <ul>
        <li>
          <button type="button" onClick={() => save(csvOf(data), "text/csv;charset=utf-8", `${name}.csv`)}>
            CSV
          </button>
        </li>
        {svg() && (
          <>
            <li>
              <button type="button" onClick={() => save(svgOf(svg()), "image/svg+xml", `${name}.svg`)}>
                SVG
              </button>
            </li>
            <li>
              <button type="button" onClick={() => void pngOf(svg()).then((png) => save(png, "image/png", `${name}.png`))}>
                PNG
              </button>
            </li>
          </>
        )}
        {whole.map((format) => (
          <li key={format}>
            <a href={apiUrl(`editions/${edition.id}/${data.source?.table}.${format}`)} download={`${edition.id}-${data.source?.table}.${format}`}>
              {format === "parquet" ? "Parquet" : format === "geojson" ? "GeoJSON" : "JSON"}
            </a>
          </li>
        ))}
      </ul>
      {data.source?.filter && <p>{t("figure.wholeTable", { filter: data.source.filter })}</p>}
    </details>
  );
}

/** Copies what to cite. */
function Cite({ edition }: { edition: EditionSummary }) {
  const { data } = useData<Edition>(`editions/${edition.id}.json`);
  const [copied, setCopied] = useState(false);
  if (!data) return null;
  const copy = () => void navigator.clipboard.writeText(`${data.citation.text} ${location.href}`).then(() => setCopied(true));
  return (
    <>
      <button type="button" onClick={copy}>
        {t("figure.cite")}
      </button>
      <span role="status">{copied && t("figure.copied")}</span>
    </>
  );
}
