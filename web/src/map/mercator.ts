/** Web Mercator on the unit square: x east from the date line, y south from 85.05 degrees north. */

export type Point = [number, number];

export function mercator(lon: number, lat: number): Point {
  const turn = Math.PI / 180;
  return [(lon + 180) / 360, (1 - Math.asinh(Math.tan(lat * turn)) / Math.PI) / 2];
}

/** Longitude and latitude, degrees. */
export function unmercator([x, y]: Point): Point {
  return [x * 360 - 180, (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI];
}
