/** What the map says of what is under the pointer or chosen: lines of text. */
import { industryName, kindName, number } from "../format";
import { t, tMaybe } from "../i18n";
import { label } from "../labels";
import type { Row } from "../types";
import type { Hit } from "./atlas";
import type { FlowPicture } from "./flow-map";
import type { Side } from "./side";

export interface Facts {
  title: string;
  lines: string[];
}

/** What a hit is. */
export function factsOf(hit: Hit, side: Side, flows: FlowPicture | null): Facts | null {
  if ("flow" in hit) {
    const flow = flows?.flows[hit.flow];
    if (!flow) return null;
    const { origin = "", destination = "" } = flow.properties;
    return { title: t("map.flows.fromTo", { origin, destination }), lines: [t("map.flows.persons", { n: Math.round(flow.persons) })] };
  }
  if ("border" in hit) return borderFacts(hit.border, side);
  return hit.zone ? zoneFacts(hit.zone, hit.area, side) : areaFacts(hit.area, side);
}

function borderFacts({ a, b, strength, run }: { a: number; b: number; strength: number | null; run: boolean }, { zones }: Side): Facts {
  const name = (zone: number) => zones?.name[zone] ?? "…";
  return {
    title: t("map.border.title", { a: name(a), b: name(b) }),
    lines: [
      strength === null ? t("map.border.unknown") : t("map.border.strength", { strength: number(strength / 100, "share") }),
      t(run ? "map.border.run" : "map.border.notRun"),
    ],
  };
}

function zoneFacts({ index, membership }: { index: number; membership: number | null }, area: number, { zones, doc }: Side): Facts {
  const own = doc.areas[area]?.name ?? "";
  return {
    title: zones?.name[index] ?? "…",
    lines: [t("map.zone.of", { area: own }), membership === null ? t("map.zone.unknown") : t("map.zone.membership", { share: number(membership, "share") })],
  };
}

/** Name, kind, industry, the value of the layer, and how sure it is. */
export function areaFacts(area: number, { doc, rows, layer, edition }: Side): Facts {
  const row = rows[area];
  const title = doc.areas[area]?.name ?? "";
  if (!row) return { title, lines: [] };
  const indicator = doc.indicators.find(({ id }) => id === layer);
  return {
    title,
    lines: [
      ...(edition.has.jobs ? [verdict(row, doc.industries)] : []),
      ...(indicator ? [t("map.value", { measure: label(layer), value: number(row[layer], indicator.unit) })] : []),
      ...certainty(row, edition.has.jobs),
    ],
  };
}

function verdict(row: Row, industries: { id: string; name: string }[]): string {
  const kind = capital(kindName(typeof row.kind === "string" ? row.kind : null));
  const industry = typeof row.main_industry === "string" ? row.main_industry : null;
  if (industry === null) return kind;
  const name = industries.find(({ id }) => id === industry)?.name ?? String(row.main_industry_name ?? industry);
  return `${kind} · ${industryName(industry, name)}`;
}

/** How often redraws find the area, and the district. */
export function certainty(row: Row, withDistricts: boolean): string[] {
  const lines: string[] = [];
  if (typeof row.existence === "number") lines.push(t("map.certainty.area", { share: number(row.existence, "share") }));
  if (withDistricts && typeof row.class === "string" && typeof row.district_existence === "number") {
    const name = tMaybe(`class.${row.class}`, row.class.replaceAll("_", " "));
    lines.push(t("map.certainty.district", { class: name, share: number(row.district_existence, "share") }));
  }
  return lines;
}

function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}
