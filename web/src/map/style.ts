/** The layers of the map, before anything is coloured. */
import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from "maplibre-gl";
import type { MapDoc } from "../types";
import { GROUND } from "./colour";

/** Strength of a border, percent, from which a line is drawn so: in the run, not in the run, width. */
export const STRENGTHS = [
  { from: 0, run: "#b9c9dd", other: "#ecd9c6", width: 0.6 },
  { from: 5, run: "#9db4d0", other: "#e6c09a", width: 1 },
  { from: 25, run: "#6f93bd", other: "#dda16a", width: 1.5 },
  { from: 50, run: "#4372a8", other: "#cc7a33", width: 2.2 },
  { from: 75, run: "#1f4f8a", other: "#a8520f", width: 3 },
  { from: 95, run: "#0a2a55", other: "#7a3500", width: 4 },
];

export const BORDER = "#5b6670";

/** From the lowest zoom to the full one lines grow to their width. */
function growing(doc: MapDoc, width: number | ExpressionSpecification): ExpressionSpecification {
  const least: ExpressionSpecification = ["*", 0.45, width];
  return ["interpolate", ["linear"], ["zoom"], doc.min_zoom, least, Math.max(doc.full_zoom, doc.min_zoom + 1), width];
}

function byStrength<T extends string | number>(pick: (one: (typeof STRENGTHS)[number]) => T): ExpressionSpecification {
  const [first, ...more] = STRENGTHS;
  const steps = more.flatMap((one) => [one.from, pick(one)]);
  return ["step", ["coalesce", ["get", "s"], 0], first ? pick(first) : "", ...steps] as unknown as ExpressionSpecification;
}

const ofRun: ExpressionSpecification = ["==", ["get", "x"], 1];
const hidden = { visibility: "none" } as const;

/** What is pointed at or chosen has a line; of all else it has no width. */
const marked: ExpressionSpecification = [
  "case",
  ["boolean", ["feature-state", "selected"], false],
  3.5,
  ["boolean", ["feature-state", "hover"], false],
  2,
  0,
];

function layers(doc: MapDoc): LayerSpecification[] {
  const tiles = { source: "tiles" } as const;
  const empty = { source: "flows" } as const;
  return [
    { id: "ground", type: "background", paint: { "background-color": GROUND } },
    { id: "areas", type: "fill", ...tiles, "source-layer": "areas", paint: { "fill-color": "#ffffff", "fill-antialias": false } },
    { id: "zones", type: "fill", ...tiles, "source-layer": "zones", layout: hidden, filter: ["has", "a"], paint: { "fill-antialias": false } },
    {
      id: "patterns",
      type: "fill",
      ...tiles,
      "source-layer": "areas",
      layout: hidden,
      paint: { "fill-antialias": false },
    },
    {
      id: "no-area",
      type: "fill",
      ...tiles,
      "source-layer": "zones",
      filter: ["!", ["has", "a"]],
      paint: { "fill-pattern": "hatch#8c8c8c", "fill-antialias": false },
    },
    {
      id: "zone-lines",
      type: "line",
      ...tiles,
      "source-layer": "borders",
      minzoom: doc.full_zoom,
      filter: ["!=", ["get", "x"], 1],
      paint: { "line-color": "#1c2733", "line-opacity": 0.16, "line-width": 0.7 },
    },
    {
      id: "area-lines",
      type: "line",
      ...tiles,
      "source-layer": "borders",
      filter: ofRun,
      layout: { "line-join": "round" },
      paint: { "line-color": BORDER, "line-width": growing(doc, 1.2) },
    },
    {
      id: "strengths",
      type: "line",
      ...tiles,
      "source-layer": "borders",
      layout: { ...hidden, "line-sort-key": ["coalesce", ["get", "s"], 0], "line-cap": "round" },
      paint: {
        "line-color": ["case", ofRun, byStrength(({ run }) => run), byStrength(({ other }) => other)],
        "line-width": growing(doc, byStrength(({ width }) => width)),
      },
    },
    { id: "outline", type: "line", ...tiles, "source-layer": "outline", paint: { "line-color": "#7b8794", "line-width": growing(doc, 1) } },
    {
      id: "districts",
      type: "line",
      ...tiles,
      "source-layer": "areas",
      layout: { ...hidden, "line-join": "round" },
      paint: { "line-color": "#16202b", "line-width": growing(doc, 1.8) },
    },
    { id: "flows", type: "fill", ...empty, paint: { "fill-color": ["coalesce", ["get", "colour"], "#0b5394"], "fill-opacity": ["interpolate", ["linear"], ["get", "width"], 0.9, 0.22, 3, 0.6, 16, 0.8] } },
    {
      id: "marks",
      type: "line",
      ...tiles,
      "source-layer": "areas",
      layout: { "line-join": "round" },
      paint: { "line-color": "#c2410c", "line-opacity": 0, "line-width": marked },
    },
    {
      id: "zone-marks",
      type: "line",
      ...tiles,
      "source-layer": "zones",
      layout: hidden,
      paint: { "line-color": "#16202b", "line-opacity": 0, "line-width": marked },
    },
  ];
}

/** The style of a map whose tiles stand at these addresses. */
export function styleOf(doc: MapDoc, tiles: string): StyleSpecification {
  return {
    version: 8,
    sources: {
      tiles: { type: "vector", tiles: [tiles], bounds: doc.bounds, minzoom: doc.min_zoom, maxzoom: doc.max_zoom },
      flows: { type: "geojson", data: { type: "FeatureCollection", features: [] } },
    },
    layers: layers(doc),
  };
}
