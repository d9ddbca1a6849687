/** The places that are compared: codes in the address, in the order of the columns. */
import { decoded, setQuery } from "../../router";

/** More columns than this no one reads. */
export const MOST = 10;

/** The codes of the address; each is encoded, since a code may hold a comma. */
export function selected(query: URLSearchParams): string[] {
  const codes = (query.get("areas") ?? "").split(",").filter(Boolean).map(decoded);
  return [...new Set(codes)];
}

export function select(codes: string[]): void {
  setQuery({ areas: selection(codes) });
}

/** Codes as the address has them. */
export const selection = (codes: string[]): string => codes.map(encodeURIComponent).join(",");

/** The codes with one of them moved by a place or more, as far as there are places. */
export function moved(codes: string[], at: number, by: number): string[] {
  const rest = codes.filter((_, place) => place !== at);
  const code = codes[at];
  return code === undefined ? codes : rest.toSpliced(Math.max(0, at + by), 0, code);
}
