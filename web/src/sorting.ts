/** The order of the rows of a table: missing last in either direction, equals as they came. */
import { fold } from "./filters";
import type { Cell, Row } from "./types";

export interface Sort {
  column: string;
  falling: boolean;
}

/** `-workers`: falling by workers. */
export function readSort(text: string | null): Sort | null {
  if (!text) return null;
  const falling = text.startsWith("-");
  return { column: falling ? text.slice(1) : text, falling };
}

export function sortText({ column, falling }: Sort): string {
  return `${falling ? "-" : ""}${column}`;
}

/** Rows in order; texts as `words` shows them, without regard to accents and capitals. */
export function sorted(rows: Row[], sort: Sort | null, words: (value: Cell) => string = String): Row[] {
  if (!sort) return rows;
  const { column, falling } = sort;
  const known: number[] = [];
  const missing: Row[] = [];
  rows.forEach((row, at) => {
    if (row[column] === null || row[column] === undefined) missing.push(row);
    else known.push(at);
  });
  const ranks = rankOf(rows, known, column, words);
  if (falling) for (const at of known) ranks[at] = -(ranks[at] as number);
  const order = Uint32Array.from(known).sort((one, other) => (ranks[one] as number) - (ranks[other] as number) || one - other);
  return [...Array.from(order, (at) => rows[at] as Row), ...missing];
}

/** A number for each row by which to sort it: the value, or the place of its text among all texts. */
function rankOf(rows: Row[], known: number[], column: string, words: (value: Cell) => string): Float64Array {
  const ranks = new Float64Array(rows.length);
  const value = (at: number) => rows[at]?.[column] as Exclude<Cell, null>;
  if (known[0] === undefined) return ranks;
  if (typeof value(known[0]) === "number") {
    for (const at of known) ranks[at] = value(at) as number;
    return ranks;
  }
  const keys = new Map<Cell, string>();
  for (const at of known) if (!keys.has(value(at))) keys.set(value(at), fold(words(value(at))));
  const places = new Map([...new Set(keys.values())].sort().map((key, place) => [key, place]));
  const placeOf = new Map([...keys].map(([value, key]) => [value, places.get(key) ?? 0]));
  for (const at of known) ranks[at] = placeOf.get(value(at)) ?? 0;
  return ranks;
}
