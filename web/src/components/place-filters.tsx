import { useMemo, useState } from "preact/hooks";
import { filterQuery, type Filters, type ListName, toggled, valueName } from "../filters";
import { type Key, t } from "../i18n";
import { label } from "../labels";
import { setQuery } from "../router";
import type { Row } from "../types";
import { type Choice, Choices, Panel } from "./choices";

const VALUES: [ListName, string[]][] = [
  ["kind", ["kind"]],
  ["industry", ["main_industry"]],
  ["region", ["region"]],
  ["class", ["class", "membership_kind"]],
];

/** Values in their natural order; others by name. */
const ORDER = [
  ...["district", "large_firm_system", "other_manufacturing", "rest", "undetermined"],
  ...["near_certain", "likely", "doubtful", "unlikely", "core", "fringe", "contested"],
];

interface Props {
  filters: Filters;
  rows: Row[];
  industries: Map<string, string>;
  /** Columns of numbers that a range can be asked of. */
  numbers: string[];
}

/** Controls for what is shown; each writes the address. */
export function PlaceFilters({ filters, rows, industries, numbers }: Props) {
  const write = (changed: Filters) => setQuery(filterQuery(changed));
  const lists = useMemo(
    () => VALUES.map(([name, columns]) => [name, choicesOf(rows, name, columns, industries)] as const),
    [rows, industries, document.documentElement.lang],
  );
  return (
    <div class="controls" role="group" aria-label={t("table.filters")}>
      <label>
        {t("table.filter.q")}
        <input id="filter-q" type="search" value={filters.q} autocomplete="off" onInput={(event) => write({ ...filters, q: event.currentTarget.value })} />
      </label>
      {lists
        .filter(([name, choices]) => choices.length > 1 || filters[name].length > 0)
        .map(([name, choices]) => {
          const title = t(`table.filter.${name}` as Key);
          const n = filters[name].length;
          return (
            <Panel key={name} on={n > 0} summary={n > 0 ? `${title} (${n})` : title}>
              <Choices label={title} choices={choices} chosen={filters[name]} toggle={(value) => write(toggled(filters, name, value))} />
            </Panel>
          );
        })}
      <RangeFilter filters={filters} numbers={numbers} write={write} />
    </div>
  );
}

function choicesOf(rows: Row[], name: ListName, columns: string[], industries: Map<string, string>): Choice[] {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const value = columns.map((column) => row[column]).find((value) => value !== undefined) ?? null;
    if (value !== null) counts.set(String(value), (counts.get(String(value)) ?? 0) + 1);
  }
  const choices = [...counts].map(([value, n]) => ({ value, n, label: valueName(name, value, industries) }));
  const words = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const place = (value: string) => (ORDER.includes(value) ? ORDER.indexOf(value) : ORDER.length);
  return choices.sort((one, other) => place(one.value) - place(other.value) || words.compare(one.label, other.label));
}

/** From and to, of a column of numbers; shares as they are written in files, 0 to 1. */
function RangeFilter({ filters, numbers, write }: { filters: Filters; numbers: string[]; write: (changed: Filters) => void }) {
  const { range } = filters;
  const [chosen, setChosen] = useState("");
  const column = range?.column ?? (chosen || numbers[0]);
  if (column === undefined) return null;
  const set = (change: { min?: string; max?: string; column?: string }) => {
    const end = (text: string | undefined, old: number | null) => (text === undefined ? old : text === "" ? null : Number(text));
    const [min, max] = [end(change.min, range?.min ?? null), end(change.max, range?.max ?? null)];
    setChosen(change.column ?? column);
    write({ ...filters, range: min === null && max === null ? null : { column: change.column ?? column, min, max } });
  };
  return (
    <Panel on={range !== null} summary={range ? label(range.column) : t("table.range")}>
      <label>
        <span class="hidden">{t("table.range.of")}</span>
        <select value={column} onChange={(event) => set({ column: event.currentTarget.value })}>
          {(numbers.includes(column) ? numbers : [column, ...numbers]).map((name) => (
            <option key={name} value={name}>
              {label(name)}
            </option>
          ))}
        </select>
      </label>
      <div class="ends">
        {(["min", "max"] as const).map((end) => (
          <label key={end}>
            {t(`table.range.${end}`)}
            <input type="number" step="any" value={range?.[end] ?? ""} onChange={(event) => set({ [end]: event.currentTarget.value })} />
          </label>
        ))}
      </div>
      <p>{t("table.range.shares")}</p>
    </Panel>
  );
}
