import assert from "node:assert/strict";
import test from "node:test";
import { runnerImport } from "vite";

const load = async (name) => (await runnerImport(new URL(`../../src/map/${name}.ts`, import.meta.url).pathname, { configFile: false, logLevel: "silent" })).module;

const location = new URL("http://atlas.test/it/map/");
Object.assign(globalThis, { location, document: { documentElement: { dataset: {} } } });

const { zoomsOf, WORLD } = await load("labels");
const { mercator, unmercator } = await load("mercator");
const { ribbon, ribbons, widthOf } = await load("ribbons");
const { hues, lighter } = await load("colour");
const { classOf, classify } = await load("classes");
const { cameraText, readCamera } = await load("view");
const { scaleBar } = await load("scale");
const { pathOf } = await load("drawing");

/** Numbers from 0 to 1, the same every time. */
function random(seed) {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

test("mercator goes there and back, and has Greenwich and the equator in the middle", () => {
  assert.deepEqual(mercator(0, 0), [0.5, 0.5]);
  assert.ok(Math.abs(mercator(0, 85.0511287798066)[1]) < 1e-12);
  for (const [lon, lat] of [[11.1, 43.9], [-170, -60], [179, 84]]) {
    const [x, y] = unmercator(mercator(lon, lat));
    assert.ok(Math.abs(x - lon) < 1e-9 && Math.abs(y - lat) < 1e-9);
  }
});

test("names never touch at any zoom, once shown stay, and the first is always shown", () => {
  const next = random(7);
  const boxes = Array.from({ length: 400 }, () => ({ x: 0.4 + next() / 5, y: 0.4 + next() / 5, width: 40 + 80 * next(), height: 22 }));
  const from = zoomsOf(boxes, 3, 9);
  assert.equal(from[0], 3);
  assert.ok(from.some((zoom) => zoom > 3) && from.every((zoom) => zoom >= 3));
  for (const zoom of [3, 3.3, 4.5, 6.2, 9]) {
    const shown = boxes.filter((_, at) => from[at] <= zoom);
    const scale = WORLD * 2 ** zoom;
    for (const [at, a] of shown.entries()) {
      for (const b of shown.slice(at + 1)) {
        const apart = Math.abs(a.x - b.x) * scale >= (a.width + b.width) / 2 - 1e-6 || Math.abs(a.y - b.y) * scale >= (a.height + b.height) / 2 - 1e-6;
        assert.ok(apart, `two names touch at ${zoom}`);
      }
    }
  }
});

test("a ribbon is as wide as said where it starts, thin where it ends, and bends to the right", () => {
  const ring = ribbon([0, 0], [1, 0], 0.1);
  assert.deepEqual(ring[0], ring.at(-1));
  const [half, from, to] = [(ring.length - 1) / 2, ring[0], ring[ring.length - 2]];
  assert.ok(Math.abs(Math.hypot(from[0] - to[0], from[1] - to[1]) - 0.1) < 1e-9);
  const tip = Math.hypot(ring[half - 1][0] - ring[half][0], ring[half - 1][1] - ring[half][1]);
  assert.ok(Math.abs(tip - 0.018) < 1e-9);
  assert.ok(ring[Math.floor(half / 2)][1] > 0, "heading east, south is on the right, and y grows southward");
});

test("ribbons know which flow they are, and the widest is drawn last", () => {
  const flows = [900, 30].map((persons) => ({ from: [9, 45], to: [10, 44], persons, properties: {} }));
  const { features } = ribbons(flows, 900, 6);
  assert.deepEqual(features.map(({ id, properties }) => [id, properties.persons]), [[1, 30], [0, 900]]);
  assert.equal(widthOf(900, 900), 16);
  assert.equal(widthOf(1, 1e6), 0.9);
});

test("areas whose boxes meet have different colours where there are few", () => {
  const boxes = [[0, 0, 2, 2], [1, 1, 3, 3], [2.5, 0, 4, 4], null, [10, 10, 11, 11]];
  const [a, b, c] = hues(boxes);
  assert.equal(hues(boxes).length, 5);
  assert.ok(a !== b && b !== c);
  assert.equal(lighter("#000000", 0.5), "#808080");
});

test("a class holds its lower break; missing has none", () => {
  assert.deepEqual([null, undefined, -1, 0, 9.99, 10, 99].map((value) => classOf(value, [0, 10])), [null, null, 0, 1, 1, 2, 2]);
});

const doc = {
  areas: ["A", "B", "C", "D"].map((code) => ({ code, name: code, lon: 0, lat: 0, bbox: [0, 0, 1, 1] })),
  industries: [{ id: "textiles", name: "Textiles", colour: "#e69f00", striped: true }],
  kinds: [
    { id: "district", colour: null },
    { id: "rest", colour: "#ececec" },
  ],
  indicators: [{ id: "workers", unit: "persons", breaks: [100], colours: ["#c6dbef", "#08519c"] }],
};
const rows = [
  { kind: "district", main_industry: "textiles", workers: 100 },
  { kind: "rest", main_industry: "textiles", workers: 99 },
  { kind: "district", main_industry: "unheard of", workers: null },
  { kind: null, main_industry: null, workers: 5000 },
];

test("every area is in one class, and the classes count them", () => {
  for (const layer of ["industry", "workers", "membership"]) {
    const { classes, of } = classify(layer, doc, rows);
    assert.equal(of.length, 4);
    assert.equal(classes.reduce((sum, { n }) => sum + n, 0), 4);
    assert.ok(of.every((at) => classes[at]));
  }
  const industry = classify("industry", doc, rows);
  assert.deepEqual(industry.of.map((at) => industry.classes[at].key), ["industry:textiles", "kind:rest", "missing", "missing"]);
  const workers = classify("workers", doc, rows);
  assert.deepEqual(workers.of, [1, 0, 2, 1]);
  assert.deepEqual(workers.classes[1].filter, { range: { column: "workers", min: 100, max: null } });
});

test("a camera is read as it was written; anything else is none", () => {
  const camera = { zoom: 7.25, lat: 43.8801, lon: 11.0965 };
  assert.deepEqual(readCamera(cameraText(camera)), camera);
  for (const text of [null, "", "7", "7/43", "7/43/x", "7/99/11", "7/43/11/1", "//"]) assert.equal(readCamera(text), null, String(text));
});

test("a scale bar is round, short enough, and metric", () => {
  const at = { zoom: 6, lat: 43, lon: 11 };
  const metric = scaleBar(at);
  assert.ok(metric.width <= 110 && metric.width > 20);
  assert.match(metric.text, /^\d+ km$/);
  assert.match(scaleBar({ ...at, zoom: 15 }).text, /^\d+ m$/);
});

test("a drawing leaves out points that would not be seen apart, and keeps the last", () => {
  const place = (lon, lat) => [lon, lat];
  const ring = [[0, 0], [0.1, 0], [5, 0], [5, 5], [0, 0]];
  assert.equal(pathOf({ type: "Polygon", coordinates: [ring] }, place), "M0.0 0.0L5.0 0.0L5.0 5.0L0.0 0.0Z");
  assert.equal(pathOf(null, place), "");
  assert.equal(pathOf({ type: "MultiLineString", coordinates: [[[0, 0], [1, 1]], [[2, 2], [3, 3]]] }, place), "M0.0 0.0L1.0 1.0M2.0 2.0L3.0 3.0");
});
