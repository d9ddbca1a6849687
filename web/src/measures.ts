/** What is compared between areas: columns of `area_profiles` in groups, each with its unit. */
import { number } from "./format";
import type { Cell, Indicator, Row } from "./types";

export type Unit = Indicator["unit"];

export interface Measure {
  id: string;
  unit: Unit;
}

export type MeasureGroup = "size" | "containment" | "specialisation" | "certainty";

const of = (unit: Unit, ...ids: string[]): Measure[] => ids.map((id) => ({ id, unit }));

export const MEASURES: Record<MeasureGroup, Measure[]> = {
  size: [...of("persons", "population", "residents", "workers", "inside"), ...of("zones", "zones"), ...of("km2", "km2")],
  containment: [
    ...of("share", "sc_supply_side", "sc_demand_side"),
    ...of("number", "validity", "commuter_ratio", "home_work_ratio"),
    ...of("share", "internal_cohesion_link"),
    ...of("number", "internal_cohesion_flows"),
    ...of("zones", "central_zones"),
  ],
  specialisation: [
    ...of("employees", "manufacturing_jobs", "manufacturing_jobs_small", "manufacturing_jobs_medium", "manufacturing_jobs_large"),
    ...of("units", "manufacturing_units"),
    ...of("share", "national_share"),
    ...of("quotient", "main_industry_lq"),
    ...of("employees", "main_industry_jobs", "main_industry_surplus"),
    ...of("units", "main_industry_units"),
  ],
  certainty: of("share", "existence", "mean_jaccard", "core_share", "contested_share", "existence_any_industry"),
};

export const GROUPS = Object.keys(MEASURES) as MeasureGroup[];

/** A value as it is read, with the sign of its unit where its name does not tell. */
export function inUnit(value: Cell | undefined, unit: Unit | undefined): string {
  const text = number(value, unit);
  return unit === "km2" && typeof value === "number" ? `${text} km²` : text;
}

export type National = Indicator["national"];

/** Columns that add up to something over the nation. */
const ADDITIVE = new Set<Unit>(["persons", "employees", "units", "zones", "km2"]);

/** A measure over all areas that have it, quartiles interpolated as the API does (type 7); `null` where none has it. */
export function nationalOf(rows: Row[], { id, unit }: Measure): National | null {
  const values = rows.flatMap((row) => (typeof row[id] === "number" ? [row[id]] : [])).sort((a, b) => a - b);
  if (values.length === 0) return null;
  const at = (part: number) => {
    const place = (values.length - 1) * part;
    const low = values[Math.floor(place)] ?? 0;
    return low + ((values[Math.ceil(place)] ?? low) - low) * (place % 1);
  };
  const total = ADDITIVE.has(unit) ? values.reduce((sum, value) => sum + value, 0) : null;
  return { n: values.length, min: at(0), q1: at(0.25), median: at(0.5), q3: at(0.75), max: at(1), total };
}

/** Where a value stands among all areas, 0 (least) to 1 (most): exact at the quartiles, in proportion between them. */
export function standing(value: number, { min, q1, median, q3, max }: National): number {
  const ends = [min, q1, median, q3, max];
  if (value <= min) return 0;
  const above = ends.findIndex((end) => value < end);
  if (above < 0) return value >= max ? 1 : 0.75;
  const [low = min, high = max] = [ends[above - 1], ends[above]];
  return (above - 1 + (value - low) / (high - low)) / 4;
}
