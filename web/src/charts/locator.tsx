import { COLOURS } from "./colours";

interface Place {
  lon: number;
  lat: number;
}

interface Props {
  label: string;
  places: Place[];
  here: Place;
  /** West, south, east, north of the area, degrees. */
  box: [number, number, number, number] | null;
}

const LONGEST = 260;
const EDGE = 12;

/** The country as the dots of its areas, and one of them: light enough to stand on every page. */
export function Locator({ label, places, here, box }: Props) {
  const { x, y, width, height } = projection(places);
  const [west, south, east, north] = box ?? [here.lon, here.lat, here.lon, here.lat];
  const frame = { x: x(west), y: y(north), width: x(east) - x(west), height: y(south) - y(north) };
  return (
    <svg class="locator" role="img" aria-label={label} viewBox={`0 0 ${width} ${height}`} width={width} height={height}>
      {places.map(({ lon, lat }, at) => (
        <circle key={at} cx={round(x(lon))} cy={round(y(lat))} r={1.6} fill={COLOURS.plain} />
      ))}
      {box && <rect {...frame} fill={COLOURS.accent} fill-opacity={0.15} stroke={COLOURS.accent} stroke-width={1} />}
      <circle cx={x(here.lon)} cy={y(here.lat)} r={4.5} fill={COLOURS.accent} stroke="#fff" stroke-width={1.5} />
    </svg>
  );
}

const round = (value: number) => Math.round(value * 10) / 10;

/** Plate carrée, true to scale at the middle latitude: enough to recognise a country by. */
function projection(places: Place[]) {
  const [west, east] = ends(places.map(({ lon }) => lon));
  const [south, north] = ends(places.map(({ lat }) => lat));
  const narrow = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = LONGEST / Math.max((east - west) * narrow, north - south, 1e-6);
  return {
    x: (lon: number) => EDGE + (lon - west) * narrow * scale,
    y: (lat: number) => EDGE + (north - lat) * scale,
    width: 2 * EDGE + (east - west) * narrow * scale,
    height: 2 * EDGE + (north - south) * scale,
  };
}

function ends(values: number[]): [number, number] {
  return [values.reduce((a, b) => Math.min(a, b), Infinity), values.reduce((a, b) => Math.max(a, b), -Infinity)];
}
