/** A study whose names were written by someone who wishes the reader ill: pairs of squares that commute to each other. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const attack = "globalThis.attacked = true";

/** Names of the places, by what is wrong with them. */
export const NAMES = {
  script: `<script>${attack}</script>`,
  image: `<img src=x onerror="${attack}">`,
  quotes: `"Quoted", 'single' & \`back\` \\ {{7*7}} \${7*7}`,
  attribute: `" autofocus onfocus="${attack}" x="`,
  rightToLeft: "\u202Egnp.exe\u202C مدينة العمال",
  long: "Llanfairpwllgwyngyll".repeat(100),
  emoji: "👩‍👩‍👧‍👦🏴󠁧󠁢󠁷󠁬󠁳󠁿 Zoë\u0301 ✂️",
  formula: `=HYPERLINK("javascript:${attack}","x")`,
  svg: `</title></svg><svg onload="${attack}">`,
  link: `javascript:${attack}`,
};
/** Codes are part of addresses. */
export const CODES = ["<b>", "../..", "a b", "%2e%2e", "?x=1&y", "#top", "è,ü", "\"'", "..", "a/b"];
export const TITLE = `<b onclick="${attack}">Bold</b> & "sure"`;

const field = (text) => `"${String(text).replaceAll('"', '""')}"`;
const csv = (rows) => `${rows.map((row) => row.map(field).join(",")).join("\n")}\n`;

const SIDE = 0.1;
function square(at, half) {
  const [west, south] = [10 + 2 * SIDE * (at % 4) + SIDE * half, 45 + SIDE * Math.floor(at / 4)];
  const [east, north] = [west + SIDE, south + SIDE];
  return { west, south, ring: [[west, south], [east, south], [east, north], [west, north], [west, south]] };
}

/** Writes the study; its address. */
export function writeHostile(folder) {
  mkdirSync(folder);
  const write = (name, content) => writeFileSync(join(folder, name), content);
  const names = Object.values(NAMES);
  const zones = names.flatMap((name, at) => [0, 1].map((half) => ({ code: half === 0 ? CODES[at] : `twin${at}`, name: half === 0 ? name : `Twin of ${at}`, at, half })));
  write("zones.csv", csv([["code", "name", "region", "residents", "lon", "lat"], ...zones.map(({ code, name, at, half }) => {
    const { west, south } = square(at, half);
    return [code, name, NAMES.image, half === 0 ? 9000 + at : 5000, west + SIDE / 2, south + SIDE / 2];
  })]));
  write("flows.csv", csv([["origin", "destination", "flow"], ...zones.flatMap(({ code, at, half }) => [
    [code, code, half === 0 ? 4000 : 1500],
    [code, half === 0 ? `twin${at}` : CODES[at], half === 0 ? 300 : 900],
    ...(half === 0 ? [[code, CODES[(at + 1) % CODES.length], 20 + at]] : []),
  ])]));
  write("jobs.csv", csv([["zone", "activity", "size_class", "employees", "local_units"], ...zones.flatMap(({ code, at }) => [
    [code, at % 2 ? "15.20" : "13.20", "1-9", 900, 200],
    [code, at % 2 ? "15.20" : "13.20", "10-49", 700, 40],
    [code, "47.10", "1-9", 500, 300],
  ])]));
  write("borders.geojson", JSON.stringify({
    type: "FeatureCollection",
    features: zones.map(({ code, at, half }) => ({ type: "Feature", properties: { code }, geometry: { type: "Polygon", coordinates: [square(at, half).ring] } })),
  }));
  write("study.toml", `[study]
title = ${JSON.stringify(TITLE)}

[zones]
path = "zones.csv"
columns = { code = "code", name = "name", region = "region", residents = "residents", lon = "lon", lat = "lat" }

[flows]
path = "flows.csv"
columns = { origin = "origin", destination = "destination", flow = "flow" }

[borders]
path = "borders.geojson"
key = "code"

[jobs]
path = "jobs.csv"
columns = { zone = "zone", activity = "activity", size_class = "size_class", employees = "employees", local_units = "local_units" }
classification = "nace-rev2"

[areas]
mode = "clean"
min_size = 1000
min_sc = 0.60
target_size = 4000
target_sc = 0.75

[districts]
rule = "istat"
`);
  return join(folder, "study.toml");
}
