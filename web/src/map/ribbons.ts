/** Flows as ribbons: thick where people live, thin where they work, bent to the right so that both ways show. */
import type { Feature, FeatureCollection, Polygon } from "geojson";
import { mercator, type Point, unmercator } from "./mercator";
import { WORLD } from "./labels";

export interface Flow {
  from: Point;
  to: Point;
  persons: number;
  /** What the map says when it is pointed at. */
  properties: Record<string, string | number>;
}

export type Ribbons = FeatureCollection<Polygon>;

const WIDEST = 16;
const THINNEST = 0.9;
const BEND = 0.16;
const PARTS = 12;
/** Width at the end, of that at the start. */
const TAPER = 0.18;

/** Width of the thick end, of the length, at most: a flow between neighbours is still seen to go somewhere. */
const STOUTEST = 0.3;

/** Pixels of the thick end. */
export function widthOf(persons: number, most: number): number {
  return Math.max(THINNEST, (WIDEST * persons) / most);
}

/** The ribbons, least first, so wide at this zoom. Their ids are places in `flows`. */
export function ribbons(flows: Flow[], most: number, zoom: number): Ribbons {
  const pixel = 1 / (WORLD * 2 ** zoom);
  const features = flows.map(({ from, to, persons, properties }, id): Feature<Polygon> => {
    const [start, end] = [mercator(...from), mercator(...to)];
    const length = Math.hypot(end[0] - start[0], end[1] - start[1]);
    const width = widthOf(persons, most);
    const ring = ribbon(start, end, Math.min(width * pixel, length * STOUTEST));
    return { type: "Feature", id, properties: { ...properties, persons, width }, geometry: { type: "Polygon", coordinates: [ring.map(unmercator)] } };
  });
  return { type: "FeatureCollection", features: features.reverse() };
}

/** A closed ring round a bent line, on the unit square. */
export function ribbon([x0, y0]: Point, [x1, y1]: Point, width: number): Point[] {
  const bent: Point = [(x0 + x1) / 2 - (y1 - y0) * BEND, (y0 + y1) / 2 + (x1 - x0) * BEND];
  const left: Point[] = [];
  const right: Point[] = [];
  for (let part = 0; part <= PARTS; part += 1) {
    const s = part / PARTS;
    const on = (a: number, b: number, c: number) => (1 - s) ** 2 * a + 2 * s * (1 - s) * b + s ** 2 * c;
    const along = (a: number, b: number, c: number) => (1 - s) * (b - a) + s * (c - b);
    const [x, y] = [on(x0, bent[0], x1), on(y0, bent[1], y1)];
    const [dx, dy] = [along(x0, bent[0], x1), along(y0, bent[1], y1)];
    const half = (width * (1 - s * (1 - TAPER))) / 2 / (Math.hypot(dx, dy) || 1);
    left.push([x + dy * half, y - dx * half]);
    right.push([x - dy * half, y + dx * half]);
  }
  return [...left, ...right.reverse(), left[0] as Point];
}
