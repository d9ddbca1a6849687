/** Which places are shown: one reading of the address for map, legend and tables. */
import { industryName, kindName, number } from "./format";
import { type Key, t, tMaybe } from "./i18n";
import { label } from "./labels";
import type { Cell, Row } from "./types";

/** Values of a column from `min` to below `max`; `null` is open. */
export interface Range {
  column: string;
  min: number | null;
  max: number | null;
}

/** Of each list any value will do, an empty list asks nothing; what is asked in several ways must hold in all. */
export interface Filters {
  kind: string[];
  /** Main industries. */
  industry: string[];
  region: string[];
  /** Classes of certainty: of a district, or of the membership of a zone. */
  class: string[];
  /** A part of the name or code. */
  q: string;
  range: Range | null;
}

/** Nothing is asked. */
export const NO_FILTERS: Filters = { kind: [], industry: [], region: [], class: [], q: "", range: null };

export type ListName = "kind" | "industry" | "region" | "class";
const LISTS: readonly ListName[] = ["kind", "industry", "region", "class"];

/** Columns of a profile that answer a filter; the first that the row has counts. */
const COLUMNS: Record<ListName, string[]> = {
  kind: ["kind"],
  industry: ["main_industry"],
  region: ["region"],
  class: ["class", "membership_kind"],
};

/** Where `fold` finds no decomposition. */
const LETTERS: Record<string, string> = { ł: "l", ø: "o", đ: "d", ð: "d", þ: "th", ß: "ss", æ: "ae", œ: "oe", ı: "i", "’": "'", "‘": "'" };

/** A text without accents and capitals: what a reader types finds what is written. */
export function fold(text: string): string {
  // Most names are plain, and of a hundred thousand the difference shows.
  if (/^[\x20-\x7e]*$/.test(text)) return text.toLowerCase();
  const bare = text.normalize("NFD").replace(/\p{Mn}/gu, "").toLowerCase();
  return bare.replace(/[łøđðþßæœı’‘]/g, (letter) => LETTERS[letter] ?? letter);
}

/** A value of a list in the address: lists are parted by commas, values are percent-encoded where they hold one. */
const coded = (value: string) => value.replaceAll("%", "%25").replaceAll(",", "%2C");
const decoded = (value: string) => value.replaceAll("%2C", ",").replaceAll("%25", "%");

export function readFilters(query: URLSearchParams): Filters {
  const list = (name: ListName) => (query.get(name) ?? "").split(",").filter(Boolean).map(decoded);
  return {
    kind: list("kind"),
    industry: list("industry"),
    region: list("region"),
    class: list("class"),
    q: query.get("q") ?? "",
    range: readRange(query.get("range")),
  };
}

/** `workers:1000:5000`; an end may be empty. */
function readRange(text: string | null): Range | null {
  const [column = "", min = "", max = ""] = (text ?? "").split(":");
  const end = (text: string) => (text.trim() === "" || !Number.isFinite(Number(text)) ? null : Number(text));
  return column && (end(min) !== null || end(max) !== null) ? { column, min: end(min), max: end(max) } : null;
}

/** The filters as parameters of an address, for `setQuery` and `href`. */
export function filterQuery(filters: Filters): Record<string, string | undefined> {
  const { q, range } = filters;
  const lists = LISTS.map((name) => [name, filters[name].map(coded).join(",") || undefined] as const);
  return {
    ...Object.fromEntries(lists),
    q: q || undefined,
    range: range ? `${range.column}:${range.min ?? ""}:${range.max ?? ""}` : undefined,
  };
}

/** Takes a value into a list, or out of it. */
export function toggled(filters: Filters, name: ListName, value: string): Filters {
  const list = filters[name];
  return { ...filters, [name]: list.includes(value) ? list.filter((other) => other !== value) : [...list, value] };
}

export function isFiltered(filters: Filters): boolean {
  return LISTS.some((name) => filters[name].length > 0) || filters.q.trim() !== "" || filters.range !== null;
}

/** Whether a row of `area_profiles` or `zone_profiles` is shown. A missing value passes no filter on it. */
export function matches(row: Row, filters: Filters): boolean {
  return matcher(filters)(row);
}

/** The same for many rows: what does not depend on the row is done once. */
export function matcher(filters: Filters): (row: Row) => boolean {
  const lists = LISTS.filter((name) => filters[name].length > 0).map((name) => [COLUMNS[name], new Set(filters[name])] as const);
  const wanted = fold(filters.q.trim());
  const { range } = filters;
  return (row) =>
    lists.every(([columns, values]) => {
      const value = columns.map((column) => row[column]).find((value) => value !== undefined) ?? null;
      return value !== null && values.has(String(value));
    }) &&
    (wanted === "" || isNamed(row, wanted)) &&
    (range === null || isWithin(row[range.column], range));
}

function isNamed(row: Row, wanted: string): boolean {
  const code = row.zone ?? row.area;
  return fold(String(row.name ?? "")).includes(wanted) || fold(String(code ?? "")).startsWith(wanted);
}

function isWithin(value: Cell | undefined, { min, max }: Range): boolean {
  return typeof value === "number" && (min === null || value >= min) && (max === null || value < max);
}

/** A value of a list in words. */
export function valueName(name: ListName, value: string, industries?: Map<string, string>): string {
  if (name === "kind") return kindName(value);
  if (name === "industry") return industryName(value, industries?.get(value));
  return name === "class" ? tMaybe(`class.${value}`, value.replaceAll("_", " ")) : value;
}

/** The filters in words: “kind: industrial district; workers: from 1,000”. Empty where nothing is asked. */
export function describe(filters: Filters, industries?: Map<string, string>): string {
  const parts = LISTS.filter((name) => filters[name].length > 0).map((name) => {
    const values = filters[name].map((value) => valueName(name, value, industries));
    return `${t(`table.filter.${name}` as Key)}: ${values.join(", ")}`;
  });
  const { q, range } = filters;
  if (q.trim() !== "") parts.push(t("table.filter.named", { q: q.trim() }));
  if (range) parts.push(`${label(range.column)}: ${rangeText(range)}`);
  return parts.join("; ");
}

function rangeText({ min, max }: Range): string {
  if (min === null) return t("table.range.below", { max: number(max) });
  if (max === null) return t("table.range.from", { min: number(min) });
  return t("table.range.between", { min: number(min), max: number(max) });
}
