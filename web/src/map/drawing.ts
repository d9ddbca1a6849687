/** The map as a drawing that stands alone: SVG with its legend and source. */
import type { FeatureCollection, Geometry, Position } from "geojson";
import { apiUrl } from "../api";
import { number } from "../format";
import { t } from "../i18n";
import { lighter } from "./colour";
import { layerName } from "./chooser";
import type { Swatch } from "./classes";
import type { FlowPicture } from "./flow-map";
import { mercator, type Point } from "./mercator";
import type { Side } from "./side";
import { STRENGTHS } from "./style";

const WIDTH = 900;
const MARGIN = 16;
const LEGEND = 290;
/** Points nearer to the one before than this, in pixels, are left out. */
const FINE = 0.35;

type Shapes = FeatureCollection<Geometry | null, Record<string, unknown>>;
type Place = (lon: number, lat: number) => Point;

/** The layer as it is coloured now, of the whole country. */
export async function drawing(side: Side, flows: FlowPicture | null, credit: string): Promise<string> {
  const { edition, doc, layer, paint, areaAt } = side;
  const table = layer === "membership" ? "zone_profiles" : "area_profiles";
  const shapes = await shapesOf(`editions/${edition.id}/${table}.geojson`);
  const { place, height } = frame(doc.bounds);
  const patterns = new Map<string, Swatch>();
  const fill = (swatch: Swatch) => {
    if (swatch.pattern === null) return swatch.colour;
    const name = `${swatch.pattern}-${swatch.colour.slice(1)}`;
    patterns.set(name, swatch);
    return `url(#${name})`;
  };
  const areas = shapes.features.map(({ geometry, properties }) => {
    const area = areaAt.get(String(properties.area ?? ""));
    const swatch = area === undefined ? undefined : paint?.swatches[area];
    const outlined = layer !== "membership" && area !== undefined && paint?.kind === "areas" && paint.outlined[area];
    const alpha = layer === "membership" && typeof properties.membership === "number" ? ` fill-opacity="${(0.06 + Math.max(0, properties.membership - 0.2) * 0.925).toFixed(3)}"` : "";
    const line = outlined ? ` stroke="#16202b" stroke-width="1.4"` : "";
    const name = xml(String(properties.name ?? ""));
    return `<path d="${pathOf(geometry, place)}" fill="${swatch ? fill(swatch) : "#fff"}"${alpha}${line}><title>${name}</title></path>`;
  });
  const ribbons = layer === "flows" ? (flows?.ribbons.features ?? []).map(({ geometry, properties }) => `<path d="${pathOf(geometry, place)}" fill="${properties?.colour ?? "#0b5394"}" fill-opacity="0.72"/>`) : [];
  const lines = layer === "borders" ? await borderLines(side, place) : [];
  const legend = legendOf(side, fill);
  const tall = Math.max(height, legend.height) + 3 * MARGIN;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH + LEGEND} ${Math.round(tall)}" width="${WIDTH + LEGEND}" height="${Math.round(tall)}" font-family="system-ui, sans-serif" font-size="13" fill="#1c2733">`,
    `<title>${xml(`${edition.title}: ${layerName(layer)}`)}</title>`,
    `<defs>${[...patterns].map(([name, swatch]) => patternOf(name, swatch)).join("")}</defs>`,
    `<rect width="100%" height="100%" fill="#ffffff"/>`,
    `<g stroke="#5b6670" stroke-width="0.5" stroke-linejoin="round" fill-rule="evenodd">${areas.join("\n")}</g>`,
    `<g fill="none" stroke-linecap="round">${lines.join("\n")}</g>`,
    `<g>${ribbons.join("\n")}</g>`,
    `<g transform="translate(${WIDTH} ${MARGIN})">${legend.parts.join("\n")}</g>`,
    `<text x="${MARGIN}" y="${Math.round(tall) - MARGIN / 2}" font-size="11" fill="#55636f">${xml([credit, layer === "flows" ? (flows?.sentence ?? "") : ""].filter(Boolean).join(" "))}</text>`,
    `</svg>\n`,
  ].join("\n");
}

async function shapesOf(address: string): Promise<Shapes> {
  const answer = await fetch(apiUrl(address));
  if (!answer.ok) throw new Error(t("state.failed"));
  return (await answer.json()) as Shapes;
}

/** Lines of borders with the colours of the map, weakest first. */
async function borderLines({ edition }: Side, place: Place): Promise<string[]> {
  const { features } = await shapesOf(`editions/${edition.id}/borders.geojson`);
  const strength = (properties: Record<string, unknown>) => (typeof properties.strength === "number" ? 100 * properties.strength : 0);
  return features
    .filter(({ properties }) => properties.separates === true || strength(properties) >= 5)
    .sort((a, b) => strength(a.properties) - strength(b.properties))
    .map(({ geometry, properties }) => {
      const one = STRENGTHS.findLast(({ from }) => from <= strength(properties)) ?? STRENGTHS[0];
      return `<path d="${pathOf(geometry, place)}" stroke="${properties.separates === true ? one?.run : one?.other}" stroke-width="${one?.width}"/>`;
    });
}

/** Mercator, as wide as the drawing. */
function frame([west, south, east, north]: [number, number, number, number]): { place: Place; height: number } {
  const [left, top] = mercator(west, north);
  const [right, bottom] = mercator(east, south);
  const scale = (WIDTH - 2 * MARGIN) / Math.max(right - left, (bottom - top) * 0.7);
  const place: Place = (lon, lat) => {
    const [x, y] = mercator(lon, lat);
    return [MARGIN + (x - left) * scale, MARGIN + (y - top) * scale];
  };
  return { place, height: (bottom - top) * scale };
}

/** The outline of a shape; points that would not be seen apart are one. */
export function pathOf(geometry: Geometry | null, place: Place): string {
  if (!geometry) return "";
  if (geometry.type === "Polygon") return geometry.coordinates.map((ring) => line(ring, place, "Z")).join("");
  if (geometry.type === "MultiPolygon") return geometry.coordinates.flat().map((ring) => line(ring, place, "Z")).join("");
  if (geometry.type === "LineString") return line(geometry.coordinates, place, "");
  if (geometry.type === "MultiLineString") return geometry.coordinates.map((one) => line(one, place, "")).join("");
  return "";
}

function line(points: Position[], place: Place, end: string): string {
  let made = "";
  let [lastX, lastY] = [Infinity, Infinity];
  points.forEach(([lon = 0, lat = 0], at) => {
    const [x, y] = place(lon, lat);
    if (at > 0 && at < points.length - 1 && Math.hypot(x - lastX, y - lastY) < FINE) return;
    made += `${made ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`;
    [lastX, lastY] = [x, y];
  });
  return made + end;
}

function patternOf(name: string, { colour, pattern }: Swatch): string {
  const [under, over] = pattern === "stripes" ? [colour, "#ffffff"] : ["#ffffff", colour];
  return `<pattern id="${name}" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" fill="${under}"/><rect width="${pattern === "stripes" ? 2 : 1}" height="6" fill="${over}"/></pattern>`;
}

function legendOf({ layer, classes, edition }: Side, fill: (swatch: Swatch) => string): { parts: string[]; height: number } {
  const parts = [`<text y="14" font-weight="700">${xml(layerName(layer))}</text>`, `<text y="32" fill="#55636f" font-size="11">${xml(edition.title)}</text>`];
  let y = 50;
  const row = (mark: string, text: string) => {
    const lines = wrapped(text);
    const spans = lines.map((part, n) => `<tspan x="34" y="${12 + 16 * n}">${xml(part)}</tspan>`);
    parts.push(`<g transform="translate(0 ${y})">${mark}<text>${spans.join("")}</text></g>`);
    y += 6 + 16 * lines.length;
  };
  const box = (paint: string, more = "") => `<rect width="26" height="15" fill="${paint}" stroke="#5b6670" stroke-width="0.5"${more}/>`;
  if (layer === "membership") [1, 0.8, 0.6, 0.4, 0.2].forEach((m) => row(box(lighter("#3b6fa0", 1 - (0.06 + (m - 0.2) * 0.925))), `${Math.round(100 * m)} %`));
  if (layer === "borders") {
    for (const { from, run, other, width } of [...STRENGTHS].reverse().slice(0, 5)) {
      const one = (x: number, colour: string) => `<line x1="${x}" x2="${x + 13}" y1="8" y2="8" stroke="${colour}" stroke-width="${width}"/>`;
      row(one(0, run) + one(16, other), t("map.fromUp", { from: `${from} %` }));
    }
    parts.push(`<text y="${y + 10}" font-size="11">${xml(`${t("map.border.inRun")} · ${t("map.border.notInRun")}`)}</text>`);
    y += 20;
  }
  if (classes.classes.length > 1) {
    for (const { label, swatch, n } of classes.classes) if (n > 0) row(box(fill(swatch)), `${label} (${number(n, "units")})`);
  }
  return { parts, height: y };
}

/** A text in lines of at most so many letters, parted between words. */
function wrapped(text: string, most = 34): string[] {
  const lines = [""];
  for (const word of text.split(" ")) {
    const last = lines.at(-1) ?? "";
    if (last && last.length + 1 + word.length > most) lines.push(word);
    else lines[lines.length - 1] = last ? `${last} ${word}` : word;
  }
  return lines;
}

function xml(text: string): string {
  return text.replace(/[&<>"]/g, (char) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[char] ?? char);
}
