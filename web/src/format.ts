/** Numbers and words as a reader of the language writes them. What is missing is said in words. */
import { digits, t, tMaybe } from "./i18n";
import type { Cell, Indicator } from "./types";

export type Unit = Indicator["unit"] | "percent" | "text";

const DIGITS: Record<Exclude<Unit, "share" | "percent" | "text">, number> = {
  persons: 0,
  employees: 0,
  units: 0,
  zones: 0,
  km2: 0,
  quotient: 2,
  number: 2,
};

/** A number with the digits that its unit deserves; a share as a percentage. */
export function number(value: Cell | undefined, unit: Unit = "number"): string {
  if (value === null || value === undefined) return t("value.missing");
  if (typeof value === "boolean") return t(value ? "value.yes" : "value.no");
  if (typeof value === "string" || unit === "text") return String(value);
  if (unit === "share" || unit === "percent") return percentage(unit === "share" ? value : value / 100);
  const most = DIGITS[unit];
  return digits(value, { maximumFractionDigits: most, minimumFractionDigits: unit === "quotient" ? most : 0, signDisplay: "negative" });
}

/** Shares below this would read as nothing. */
const LEAST = 0.001;

function percentage(share: number): string {
  const text = (value: number) => digits(value, { style: "percent", maximumFractionDigits: 1, signDisplay: "negative" });
  return share > 0 && share < LEAST / 2 ? `< ${text(LEAST)}` : text(share);
}

/** The name of a kind of area; `null` where the rule was not asked. */
export function kindName(kind: string | null): string {
  return kind === null ? t("value.missing") : tMaybe(`kind.${kind}`, kind);
}

/** The name of an industry in the language, else as the source has it. */
export function industryName(id: string | null, name?: string | null): string {
  return id === null ? t("value.missing") : tMaybe(`industry.${id}`, name ?? id);
}

/** The same without what a colon adds. */
export function industryShort(id: string | null, name?: string | null): string {
  return industryName(id, name).split(":")[0] ?? "";
}
