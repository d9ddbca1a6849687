import type { ComponentChildren } from "preact";
import { useRef, useState } from "preact/hooks";
import { t } from "../i18n";
import type { Cell, EditionSummary, Row } from "../types";
import { Cite } from "./cite";
import { Downloads } from "./downloads";

export interface Column {
  name: string;
  label: string;
  /** A value that is there, as it is read. */
  format?: (value: Cell) => string;
  /** The same where it takes the whole row to read it. */
  words?: (row: Row) => string;
  /** What stands for a value that is missing, where that is not for want of knowledge. */
  empty?: string | ((row: Row) => string);
  /** The cell itself, where it is more than words. */
  render?: (row: Row) => ComponentChildren;
  /** Where a cell leads. */
  link?: (row: Row) => string | null;
}

/** The rows behind a figure: what is shown, what the table view lists, what the file holds. */
export interface FigureData {
  /** Columns with their headings; names as in the table that they come from. */
  columns: Column[];
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
      {asTable && <FigureTable data={data} labelledBy={`${id}-title`} />}
      <figcaption>{caption}</figcaption>
      <div class="tools">
        <button type="button" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          {t("figure.table")}
        </button>
        <Downloads id={id} edition={edition} data={data} picture={() => picture.current} />
        <Cite edition={edition} />
      </div>
    </figure>
  );
}

/** A figure that is a table: the same files and citation. */
export function TableFigure({ id, edition, title, caption, data, sort }: Omit<Props, "children"> & { sort?: Sort }) {
  return (
    <figure class="figure" id={id} aria-labelledby={`${id}-title`}>
      <h3 id={`${id}-title`}>{title}</h3>
      <FigureTable data={data} labelledBy={`${id}-title`} {...(sort && { sort })} />
      <figcaption>{caption}</figcaption>
      <div class="tools">
        <Downloads id={id} edition={edition} data={data} />
        <Cite edition={edition} />
      </div>
    </figure>
  );
}

/** By what the rows are sorted, and how to sort them by another column. */
export interface Sort {
  column: string | null;
  down: boolean;
  turn: (column: string) => void;
}

/** A plain table of the rows of a figure, each row headed by its first cell. */
export function FigureTable({ data, labelledBy, sort }: { data: FigureData; labelledBy?: string; sort?: Sort }) {
  const { columns, rows } = data;
  const isNumber = columns.map(({ name }) => rows.some((row) => typeof row[name] === "number"));
  const name = labelledBy ? { "aria-labelledby": labelledBy } : { "aria-label": t("figure.table") };
  const text = ({ name, format, words, empty }: Column, row: Row) => {
    const value = row[name] ?? null;
    if (value === null) return (typeof empty === "function" ? empty(row) : empty) ?? t("value.missing");
    return words?.(row) ?? format?.(value) ?? String(value);
  };
  return (
    <div class="scroll" tabIndex={0} role="region" {...name}>
      <table>
        <thead>
          <tr>
            {columns.map(({ name, label }, at) => {
              const order = sort?.column === name ? (sort.down ? "descending" : "ascending") : undefined;
              return (
                <th key={name} scope="col" class={isNumber[at] ? "number" : undefined} aria-sort={order}>
                  {sort ? (
                    <button type="button" class="sort" onClick={() => sort.turn(name)}>
                      {label}
                      <span aria-hidden="true">{order ? (sort.down ? "\u00a0↓" : "\u00a0↑") : "\u00a0↕"}</span>
                    </button>
                  ) : (
                    label
                  )}
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={at}>
              {columns.map((column, at) => {
                const link = column.link?.(row);
                const shown = link ? <a href={link}>{text(column, row)}</a> : (column.render?.(row) ?? text(column, row));
                if (at === 0) return <th scope="row">{shown}</th>;
                return <td class={isNumber[at] ? "number" : undefined}>{shown}</td>;
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
