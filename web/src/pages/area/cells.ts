/** Cells of a profile by type: what is absent, or of another type, is missing. */
import type { Row } from "../../types";

export function numberOf(row: Row, column: string): number | null {
  const value = row[column];
  return typeof value === "number" ? value : null;
}

export function textOf(row: Row, column: string): string | null {
  const value = row[column];
  return typeof value === "string" && value !== "" ? value : null;
}
