import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { Cite } from "../../components/cite";
import { Downloads } from "../../components/downloads";
import type { FigureData } from "../../components/figure";
import { language, t } from "../../i18n";
import type { Cell, EditionSummary, Row } from "../../types";

interface Props {
  id: string;
  edition: EditionSummary;
  title: string;
  caption: ComponentChildren;
  data: FigureData;
  /** What heads a row: a link, say. */
  head?: (row: Row) => ComponentChildren;
}

/** A short table that a reader may sort; the files hold what is shown, in that order. */
export function Sortable({ id, edition, title, caption, data, head }: Props) {
  const [by, setBy] = useState<{ column: string; down: boolean } | null>(null);
  const rows = by ? sorted(data.rows, by) : data.rows;
  const isNumber = (name: string) => data.rows.some((row) => typeof row[name] === "number");
  const turn = (column: string) => setBy({ column, down: by?.column === column ? !by.down : isNumber(column) });
  return (
    <figure class="figure" id={id} aria-labelledby={`${id}-title`}>
      <h3 id={`${id}-title`}>{title}</h3>
      <div class="scroll" tabIndex={0} role="region" aria-labelledby={`${id}-title`}>
        <table class="sortable">
          <thead>
            <tr>
              {data.columns.map(({ name, label }) => (
                <th
                  key={name}
                  scope="col"
                  class={isNumber(name) ? "number" : undefined}
                  aria-sort={by?.column === name ? (by.down ? "descending" : "ascending") : undefined}
                >
                  <button type="button" onClick={() => turn(name)}>
                    {label}
                    <span aria-hidden="true">{by?.column === name ? (by.down ? " ↓" : " ↑") : " ↕"}</span>
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, at) => (
              <tr key={at}>
                {data.columns.map(({ name, format }, at) => {
                  const value = row[name] ?? null;
                  const shown = value === null ? t("value.missing") : format ? format(value) : String(value);
                  if (at === 0) return <th scope="row">{head ? head(row) : shown}</th>;
                  return <td class={isNumber(name) ? "number" : undefined}>{shown}</td>;
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <figcaption>{caption}</figcaption>
      <div class="tools">
        <Downloads id={id} edition={edition} data={{ ...data, rows }} />
        <Cite edition={edition} />
      </div>
    </figure>
  );
}

/** Missing values come last either way; equals stay as they were. */
function sorted(rows: Row[], { column, down }: { column: string; down: boolean }): Row[] {
  const words = new Intl.Collator(language(), { numeric: true });
  const order = (a: Cell, b: Cell) => (typeof a === "number" && typeof b === "number" ? a - b : words.compare(String(a), String(b)));
  return [...rows].sort((one, other) => {
    const [a, b] = [one[column] ?? null, other[column] ?? null];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    return down ? order(b, a) : order(a, b);
  });
}
