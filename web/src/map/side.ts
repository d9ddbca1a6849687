/** All that one side of the map shows, ready to be drawn and asked about. */
import { useMemo } from "preact/hooks";
import { useData } from "../api";
import { useAreaProfiles, useMapDoc } from "../data";
import { type Filters, matcher } from "../filters";
import type { EditionSummary, Find, MapDoc, Row } from "../types";
import type { Paint } from "./atlas";
import { type Classes, classify } from "./classes";
import { dimmed, hues } from "./colour";
import type { Label } from "./labels";
import { layerOr, layersOf } from "./view";

export interface Side {
  edition: EditionSummary;
  doc: MapDoc;
  rows: Row[];
  layer: string;
  layers: string[];
  classes: Classes;
  /** Whether the filters leave an area in, by area index. */
  lit: boolean[];
  paint: Paint | null;
  labels: Label[];
  /** Names of zones, where the layer is about them. */
  zones: Find["zones"] | null;
  areaAt: Map<string, number>;
}

const NONE: Row[] = [];
const ABOUT_ZONES = new Set(["membership", "borders"]);

/** One side of the map, as soon as its document is there; its areas are coloured once their rows are. */
export function useSide(edition: EditionSummary | undefined, asked: string | null, filters: Filters, key: string, withZones = false): { side: Side | null; error?: Error } {
  const { data: doc, error } = useMapDoc(edition);
  const { data: table, error: tableError } = useAreaProfiles(edition?.has.map ? edition : undefined);
  const rows = table?.rows ?? NONE;
  const layers = useMemo(() => (edition && doc ? layersOf(edition, doc) : []), [edition, doc]);
  const layer = layerOr(asked, layers);
  const { data: find } = useData<Find>(edition && (withZones || ABOUT_ZONES.has(layer)) ? `editions/${edition.id}/find.json` : null);
  const areaAt = useMemo(() => new Map(doc?.areas.map(({ code }, at) => [code, at])), [doc]);
  const labels = useMemo(() => (doc && rows.length > 0 ? labelsOf(doc, rows) : []), [doc, rows]);
  const drawn = useMemo(() => {
    if (!doc) return null;
    const classes = classify(layer, doc, rows);
    const shown = matcher(layer === "membership" ? { ...filters, class: [] } : filters);
    const lit = doc.areas.map((_, area) => rows.length === 0 || shown(rows[area] ?? {}));
    return { classes, lit, paint: rows.length > 0 || ABOUT_ZONES.has(layer) ? paintOf(doc, rows, layer, classes, lit, filters.class) : null };
  }, [doc, rows, layer, key]);
  const failed = error ?? tableError;
  const side = edition && doc && drawn ? { edition, doc, rows, layer, layers, ...drawn, labels, zones: find?.zones ?? null, areaAt } : null;
  return failed ? { side, error: failed } : { side };
}

function paintOf(doc: MapDoc, rows: Row[], layer: string, classes: Classes, lit: boolean[], memberships: string[]): Paint {
  const kind = layer === "membership" || layer === "borders" || layer === "flows" ? layer : "areas";
  const colours = kind === "membership" ? hues(doc.areas.map(({ bbox }) => bbox)) : [];
  const swatches = doc.areas.map((_, area) => {
    const own = classes.classes[classes.of[area] ?? 0]?.swatch ?? { colour: "#ffffff", pattern: null };
    const swatch = kind === "membership" ? { colour: colours[area] ?? "#777777", pattern: null } : own;
    if (lit[area]) return swatch;
    return kind === "membership" ? { colour: "#c9cfd6", pattern: null } : kind === "areas" ? dimmed(swatch) : { colour: "#eceff2", pattern: null };
  });
  return { kind, memberships, swatches, outlined: doc.areas.map((_, area) => rows[area]?.kind === "district" && (lit[area] ?? true)) };
}

/** Names of areas, those with more jobs first. */
function labelsOf(doc: MapDoc, rows: Row[]): Label[] {
  return doc.areas.flatMap(({ name, lon, lat }, area) => {
    const { workers, residents, population } = rows[area] ?? {};
    const weight = [workers, residents, population].find((value) => typeof value === "number");
    return lon !== null && lat !== null ? [{ text: name, lon, lat, weight: Number(weight ?? 0) }] : [];
  });
}
