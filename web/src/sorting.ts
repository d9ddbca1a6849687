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
  const turn = falling ? -1 : 1;
  const ranks = rankOf(rows, known, column, words);
  known.sort((one, other) => turn * ((ranks[one] ?? 0) - (ranks[other] ?? 0)) || one - other);
  return [...known.map((at) => rows[at] as Row), ...missing];
}

/** A number for each row by which to sort it: the value, or the place of its text among all texts. */
function rankOf(rows: Row[], known: number[], column: string, words: (value: Cell) => string): Float64Array {
  const ranks = new Float64Array(rows.length);
  const first = known[0];
  if (first === undefined) return ranks;
  if (typeof rows[first]?.[column] === "number") {
    for (const at of known) ranks[at] = Number(rows[at]?.[column]);
    return ranks;
  }
  const keys = new Map<Cell, string>();
  for (const at of known) {
    const value = rows[at]?.[column] ?? null;
    if (!keys.has(value)) keys.set(value, fold(words(value)));
  }
  const order = new Map([...new Set(keys.values())].sort().map((key, place) => [key, place]));
  for (const at of known) ranks[at] = order.get(keys.get(rows[at]?.[column] ?? null) ?? "") ?? 0;
  return ranks;
}
