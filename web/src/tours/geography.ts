/** Where things of a tour stand on a map that is drawn over a picture or over nothing. */
import { mercator, unmercator } from "../map/mercator";
import type { Camera } from "../map/view";
import type { Spot } from "./types";

/** Pixels of the world at zoom 0, as MapLibre has it. */
const WORLD = 512;
/** Closer than this a single place would stand in nothing. */
const CLOSEST = 12.5;

export interface Size {
  width: number;
  height: number;
}

/** The camera that shows all places, with so many pixels round them. */
export function cameraOf(spots: Spot[], { width, height }: Size, room: number): Camera {
  const points = spots.map(({ lon, lat }) => mercator(lon, lat));
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const [west, east, north, south] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  if (!Number.isFinite(west)) return { zoom: 3, lat: 45, lon: 10 };
  const fit = (pixels: number, side: number) => Math.log2(Math.max(pixels - 2 * room, 40) / WORLD / Math.max(side, 1e-9));
  const zoom = Math.min(fit(width, east - west), fit(height, south - north), CLOSEST);
  const [lon, lat] = unmercator([(west + east) / 2, (north + south) / 2]);
  return { zoom: Math.max(zoom, 0), lat, lon };
}

/** Where a place stands in a frame of this size. */
export function pixels({ zoom, lat, lon }: Camera, { width, height }: Size): (spot: { lon: number; lat: number }) => [number, number] {
  const scale = WORLD * 2 ** zoom;
  const [middleX, middleY] = mercator(lon, lat);
  return (spot) => {
    const [x, y] = mercator(spot.lon, spot.lat);
    return [(x - middleX) * scale + width / 2, (y - middleY) * scale + height / 2];
  };
}

/** The camera moved by so many pixels of the picture. */
export function panned(camera: Camera, dx: number, dy: number): Camera {
  const scale = WORLD * 2 ** camera.zoom;
  const [x, y] = mercator(camera.lon, camera.lat);
  const [lon, lat] = unmercator([x - dx / scale, y - dy / scale]);
  return { ...camera, lon, lat };
}
