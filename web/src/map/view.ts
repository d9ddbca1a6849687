/** What the address says about the map. */
import { setQuery } from "../router";
import type { EditionSummary, MapDoc } from "../types";

/** Zoom, and the place in the middle. */
export interface Camera {
  zoom: number;
  lat: number;
  lon: number;
}

const MIDDLE = 50;

export interface View {
  /** `industry`, `membership`, `borders`, `flows`, or the column of an indicator. */
  layer: string;
  camera: Camera | null;
  /** The edition and the layer on the other side of the divider. */
  with: string | null;
  withLayer: string | null;
}

/** The camera of an address, `zoom/lat/lon`; `null` where it says none. */
export function readCamera(text: string | null): Camera | null {
  const [zoom, lat, lon, ...more] = (text ?? "").split("/").map((part) => (part.trim() === "" ? NaN : Number(part)));
  if (zoom === undefined || lat === undefined || lon === undefined || more.length > 0) return null;
  const sane = Math.abs(lat) <= 85 && Math.abs(lon) <= 360 && zoom >= 0 && zoom <= 24;
  return sane ? { zoom, lat, lon } : null;
}

export function cameraText({ zoom, lat, lon }: Camera): string {
  return `${zoom.toFixed(2)}/${lat.toFixed(4)}/${lon.toFixed(4)}`;
}

/** What an edition can show on a map, in the order of the chooser. */
export function layersOf(edition: EditionSummary, doc: MapDoc): string[] {
  const { jobs, certainty, flows } = edition.has;
  return [
    ...(jobs && doc.industries.length > 0 ? ["industry"] : []),
    ...(certainty ? ["membership", "borders"] : []),
    ...(flows ? ["flows"] : []),
    ...doc.indicators.map(({ id }) => id),
  ];
}

/** The asked layer where the edition has it, else its first. */
export function layerOr(asked: string | null, layers: string[]): string {
  return asked !== null && layers.includes(asked) ? asked : (layers[0] ?? "plain");
}

export function readView(query: URLSearchParams, layers: string[]): View {
  return {
    layer: layerOr(query.get("layer"), layers),
    camera: readCamera(query.get("at")),
    with: query.get("with"),
    withLayer: query.get("withLayer"),
  };
}

/** Where the divider stands, in percent; in the middle where the address does not say. */
export function readSplit(text: string | null): number {
  const split = text === null || text.trim() === "" ? NaN : Number(text);
  return split >= 0 && split <= 100 ? split : MIDDLE;
}

export function writeSplit(split: number): void {
  setQuery({ split: split === MIDDLE ? undefined : String(split) });
}

export function writeCamera(camera: Camera): void {
  setQuery({ at: cameraText(camera) });
}
