import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { t } from "../i18n";
import { setQuery, useAddress } from "../router";
import { readSort, type Sort, sorted, sortText } from "../sorting";
import type { Cell, Row } from "../types";
import "../styles/table.css";
import { useWindow } from "./window";

export interface TableColumn {
  name: string;
  label: string;
  /** What a value means, in a sentence. */
  meaning?: string;
  isNumber: boolean;
  /** A value that is there, as it is read. */
  format: (value: Cell) => string;
  /** What a value that is missing means. */
  empty: string;
}

interface Props {
  id: string;
  label: string;
  /** The first heads each row. */
  columns: TableColumn[];
  /** In the order of the address: see `useSorted`. */
  rows: Row[];
  sort: Sort | null;
  /** All that may come to be shown: columns are wide enough for them. */
  all: Row[];
  keyOf: (row: Row) => string;
  /** Where a row leads; `null` where it leads nowhere. */
  link: (row: Row) => string | null;
  selected: string | null;
  select: (key: string | null) => void;
}

/** Rows in the order that the address asks for. */
export function useSorted(rows: Row[], columns: TableColumn[], otherwise: string): { rows: Row[]; sort: Sort | null } {
  const asked = useAddress().query.get("sort") ?? otherwise;
  const sort = readSort(asked);
  const column = columns.find(({ name }) => name === sort?.column);
  const inOrder = useMemo(() => sorted(rows, column ? sort : null, column?.format), [rows, asked, column?.name, column?.format]);
  return { rows: inOrder, sort: column ? sort : null };
}

/** A table of any length: one stop for the Tab key among its rows, moved by the arrow keys; only rows in view are drawn. */
export function DataTable({ id, label, columns, rows, all, keyOf, link, selected, select, sort }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const wantsFocus = useRef(false);
  const place = useMemo(() => (selected === null ? -1 : rows.findIndex((row) => keyOf(row) === selected)), [rows, selected]);
  const [asked, setActive] = useState(0);
  const active = Math.min(asked, rows.length - 1);
  const { drawn, height, page, reveal } = useWindow(box, rows.length, active);
  const widths = useMemo(() => columns.map((column) => widthOf(column, all)), [columns, all]);

  useEffect(() => {
    if (place < 0) return;
    setActive(place);
    reveal(place);
  }, [place, selected, height]);

  useEffect(() => {
    if (!wantsFocus.current) return;
    wantsFocus.current = false;
    box.current?.querySelector<HTMLElement>(`tr[data-row="${active}"] .to`)?.focus({ preventScroll: true });
  });

  const move = (row: number) => {
    const to = Math.max(0, Math.min(row, rows.length - 1));
    wantsFocus.current = true;
    setActive(to);
    reveal(to);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const to = { ArrowDown: active + 1, ArrowUp: active - 1, PageDown: active + page, PageUp: active - page, Home: 0, End: rows.length - 1 }[event.key];
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    if (to !== undefined) move(to);
    else if (event.key === " ") toggle(rows[active]);
    else return;
    event.preventDefault();
  };
  const toggle = (row: Row | undefined) => row && select(keyOf(row) === selected ? null : keyOf(row));

  return (
    <div ref={box} class="data-table" role="region" aria-label={label} tabIndex={0}>
      <p class="hidden" id={`${id}-keys`}>
        {t("table.keys")}
      </p>
      <table
        id={id}
        aria-label={label}
        aria-describedby={`${id}-keys`}
        aria-rowcount={rows.length + 1}
        style={{ width: `${widths.reduce((sum, width) => sum + width, 0)}ch` }}
      >
        <colgroup>
          {widths.map((width, at) => (
            <col key={columns[at]?.name} style={{ width: `${width}ch` }} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column) => (
              <Head key={column.name} column={column} sort={sort} />
            ))}
          </tr>
        </thead>
        <tbody onKeyDown={onKeyDown}>
          {drawn.flatMap((at, n) => {
            const row = rows[at] as Row;
            const key = keyOf(row);
            return [
              <Gap key={`to ${key}`} rows={at - (n > 0 ? (drawn[n - 1] ?? 0) + 1 : 0)} height={height} />,
              <tr
                key={key}
                data-row={at}
                aria-rowindex={at + 2}
                aria-current={key === selected ? "true" : undefined}
                onClick={(event) => {
                  if (event.target instanceof Element && event.target.closest("a")) return;
                  setActive(at);
                  toggle(row);
                }}
              >
                {columns.map((column, first) =>
                  first === 0 ? (
                    <th key={column.name} scope="row">
                      <a
                        class="to"
                        {...linkTo(link(row))}
                        tabIndex={at === active ? 0 : -1}
                        onFocus={() => setActive(at)}
                      >
                        <Value column={column} value={row[column.name] ?? null} />
                      </a>
                    </th>
                  ) : (
                    <td key={column.name} class={column.isNumber ? "number" : undefined} title={cutOff(row[column.name], column)}>
                      <Value column={column} value={row[column.name] ?? null} />
                    </td>
                  ),
                )}
              </tr>,
            ];
          })}
          <Gap rows={rows.length - ((drawn.at(-1) ?? -1) + 1)} height={height} />
        </tbody>
      </table>
    </div>
  );
}

/** The whole text of a cell that may not have room for it. */
function cutOff(value: Cell | undefined, { isNumber, format }: TableColumn): string | undefined {
  const text = isNumber || value === null || value === undefined ? "" : format(value);
  return text.length > 30 ? text : undefined;
}

/** Attributes of a link; none where it leads nowhere. */
function linkTo(address: string | null): { href?: string } {
  return address === null ? {} : { href: address };
}

/** The room of rows that are not drawn. */
function Gap({ rows, height }: { rows: number; height: number }) {
  return rows > 0 ? <tr aria-hidden="true" class="gap" style={{ height: `${rows * height}px` }} /> : null;
}

function Value({ column, value }: { column: TableColumn; value: Cell }) {
  if (value !== null) return <>{column.format(value)}</>;
  return (
    <>
      <span aria-hidden="true">–</span>
      <span class="hidden">{column.empty}</span>
    </>
  );
}

/** A heading that sorts: numbers first from the largest, words from the first; again, the other way round. */
function Head({ column, sort }: { column: TableColumn; sort: Sort | null }) {
  const isBy = sort?.column === column.name;
  const next: Sort = { column: column.name, falling: isBy ? !sort.falling : column.isNumber };
  return (
    <th
      scope="col"
      class={column.isNumber ? "number" : undefined}
      aria-sort={isBy ? (sort.falling ? "descending" : "ascending") : undefined}
    >
      <button type="button" title={column.meaning} onClick={() => setQuery({ sort: sortText(next) })}>
        <span>{column.label}</span>
        <span class="arrow" aria-hidden="true">
          {isBy ? (sort.falling ? "▼" : "▲") : "↕"}
        </span>
      </button>
    </th>
  );
}

const FEW = 60;

/** Characters that a column needs, so that it does not jump while rows come and go. */
function widthOf({ name, label, isNumber, format }: TableColumn, rows: Row[]): number {
  let [lowest, highest, longest] = [0, 0, ""];
  const some = new Set<string>();
  for (const row of rows) {
    const value = row[name] ?? null;
    if (typeof value === "number") {
      if (value > highest) highest = value;
      if (value < lowest) lowest = value;
    } else if (typeof value === "string") {
      if (value.length > longest.length) longest = value;
      // What has other words in the language (a kind, an industry) has few values.
      if (some.size < FEW) some.add(value);
    }
  }
  // Numbers of the most digits before the point need most room; those behind it are as many everywhere, a third for example.
  const shown = isNumber ? [highest, lowest, Math.floor(highest) + 1 / 3] : [longest, ...some];
  const room = Math.max(...shown.map((value) => format(value).length));
  const word = Math.max(...label.split(/[\s-]/).map((part) => part.length));
  return Math.min(Math.max(room * (isNumber ? 1 : 0.93) + 3, word + 4, 9), 40);
}
