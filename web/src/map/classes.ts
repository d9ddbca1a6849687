/** Areas in classes, each with its place in the legend: fill, legend, filters and files all read these. */
import type { ListName, Range } from "../filters";
import { industryName, kindName, number } from "../format";
import { t } from "../i18n";
import { label } from "../labels";
import type { Cell, Indicator, MapDoc, Row } from "../types";

/** How a class is filled: plain, with white stripes, or hatched on white. */
export interface Swatch {
  colour: string;
  pattern: "stripes" | "hatch" | null;
}

export type ClassFilter = { list: ListName; value: string } | { range: Range };

export interface MapClass {
  key: string;
  label: string;
  swatch: Swatch;
  /** How many areas. */
  n: number;
  /** The filter that a click on it switches. */
  filter: ClassFilter | null;
}

export interface Classes {
  title: string;
  classes: MapClass[];
  /** Class of each area, by area index. */
  of: number[];
  /** Whether it is of totals, which grow with the size of an area. */
  totals?: boolean;
}

export const MISSING: Swatch = { colour: "#8c8c8c", pattern: "hatch" };
/** Units of what an area has more of because it is larger. */
const TOTALS = new Set<Indicator["unit"]>(["persons", "employees", "units", "zones", "km2"]);
const PLAIN: Swatch = { colour: "#ffffff", pattern: null };

/** Classes of the areas in a layer; of layers that do not fill areas, one plain class. */
export function classify(layer: string, doc: MapDoc, rows: Row[]): Classes {
  const indicator = doc.indicators.find(({ id }) => id === layer);
  const made = indicator ? byIndicator(indicator, rows) : layer === "industry" ? byIndustry(doc, rows) : plain(doc);
  for (const at of made.of) {
    const one = made.classes[at];
    if (one) one.n += 1;
  }
  return made;
}

function plain(doc: MapDoc): Classes {
  return { title: "", classes: [{ key: "plain", label: "", swatch: PLAIN, n: 0, filter: null }], of: doc.areas.map(() => 0) };
}

/** Districts by their main industry, all else by what it is. */
function byIndustry(doc: MapDoc, rows: Row[]): Classes {
  const classes: MapClass[] = [
    ...doc.industries.map(
      ({ id, name, colour, striped }): MapClass => ({
        key: `industry:${id}`,
        label: industryName(id, name),
        swatch: { colour, pattern: striped ? "stripes" : null },
        n: 0,
        filter: { list: "industry", value: id },
      }),
    ),
    ...doc.kinds
      .filter(({ id }) => id !== "district")
      .map(
        ({ id, colour }): MapClass => ({
          key: `kind:${id}`,
          label: kindName(id),
          swatch: colour === null ? MISSING : { colour, pattern: null },
          n: 0,
          filter: { list: "kind", value: id },
        }),
      ),
    { key: "missing", label: t("map.noVerdict"), swatch: MISSING, n: 0, filter: null },
  ];
  const at = new Map(classes.map(({ key }, n) => [key, n]));
  const of = doc.areas.map((_, area) => {
    const { kind = null, main_industry: industry = null } = rows[area] ?? {};
    return at.get(kind === "district" ? `industry:${industry}` : `kind:${kind}`) ?? classes.length - 1;
  });
  return { title: t("map.layer.industry"), classes, of };
}

/** The class of a value: classes hold their lower break. */
export function classOf(value: Cell | undefined, breaks: number[]): number | null {
  if (typeof value !== "number") return null;
  return breaks.filter((from) => from <= value).length;
}

function byIndicator(indicator: Indicator, rows: Row[]): Classes {
  const { id, breaks, colours, unit } = indicator;
  const bounds = (n: number) => [breaks[n - 1], breaks[n]] as const;
  const classes = colours.map((colour, n): MapClass => {
    const [from, to] = bounds(n);
    const params = { from: number(from ?? null, unit), to: number(to ?? null, unit) };
    const text = from === undefined ? t("map.below", params) : to === undefined ? t("map.fromUp", params) : t("map.fromTo", params);
    return {
      key: `class:${n}`,
      label: text,
      swatch: { colour, pattern: null },
      n: 0,
      filter: { range: { column: id, min: from ?? null, max: to ?? null } },
    };
  });
  classes.push({ key: "missing", label: t("value.missing"), swatch: MISSING, n: 0, filter: null });
  const of = rows.map((row) => classOf(row[id], breaks) ?? colours.length);
  return { title: label(id), classes, of, totals: TOTALS.has(unit) };
}
