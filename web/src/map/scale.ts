/** A bar of a round length, metric as all measures of the atlas. */
import { digits } from "../i18n";
import type { Camera } from "./view";

/** Metres of the equator to a pixel at zoom 0. */
const METRES = 40_075_016.686 / 512;
const LONGEST = 110;

export interface ScaleBar {
  width: number;
  text: string;
}

/** The longest round bar of at most 110 pixels at the middle of a map. */
export function scaleBar({ zoom, lat }: Camera): ScaleBar {
  const metres = (METRES * Math.cos((lat * Math.PI) / 180)) / 2 ** zoom;
  const [unit, size] = metres * LONGEST < 1000 ? (["meter", 1] as const) : (["kilometer", 1000] as const);
  const most = (metres * LONGEST) / size;
  const power = 10 ** Math.floor(Math.log10(most));
  const round = [5, 3, 2, 1].find((step) => step * power <= most) ?? 1;
  const value = round * power;
  return {
    width: Math.round((value * size) / metres),
    text: digits(value, { style: "unit", unit, maximumSignificantDigits: 2 }),
  };
}
