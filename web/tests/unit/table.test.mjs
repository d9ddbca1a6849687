import assert from "node:assert/strict";
import test from "node:test";
import { runnerImport } from "vite";

const load = async (name) => (await runnerImport(new URL(`../../src/${name}.ts`, import.meta.url).pathname, { configFile: false, logLevel: "silent" })).module;

Object.assign(globalThis, { location: new URL("http://atlas.test/it/areas/"), document: { documentElement: { dataset: {} } } });

const { describe, filterQuery, fold, isFiltered, matcher, matches, readFilters, toggled } = await load("filters");
const { readSort, sorted, sortText } = await load("sorting");
const { unitOf } = await load("units");
const { addressOf, operationsOf, startOf } = await load("pages/api/openapi");

const filters = (text) => readFilters(new URLSearchParams(text));
const rows = [
  { area: "10", name: "Forlì", kind: "district", main_industry: "food", region: "Emilia", class: "likely", workers: 300 },
  { area: "9", name: "prato", kind: "district", main_industry: "textiles_clothing", region: "Tuscany", class: null, workers: null },
  { area: "11", name: "Aosta", kind: "rest", main_industry: null, region: "Aosta, Valle d'", class: "unlikely", workers: 300 },
  { area: "8", name: "Élève", kind: null, main_industry: null, region: null, class: null, workers: 1000 },
];
const named = (shown) => shown.map(({ name }) => name);
const passing = (text) => named(rows.filter(matcher(filters(text))));

test("a text is folded to what a plain keyboard writes", () => {
  for (const [text, folded] of [["Forlì", "forli"], ["ŁÓDŹ", "lodz"], ["Straße", "strasse"], ["Færøe", "faeroe"], ["Reggio nell’Emilia", "reggio nell'emilia"], ["PRATO 1", "prato 1"]]) {
    assert.equal(fold(text), folded);
  }
});

test("any value of a list will do, all that is asked must hold, and what is missing passes nothing", () => {
  assert.deepEqual(passing(""), named(rows));
  assert.deepEqual(passing("kind=district"), ["Forlì", "prato"]);
  assert.deepEqual(passing("kind=district,rest&region=Tuscany"), ["prato"]);
  assert.deepEqual(passing("class=likely,unlikely"), ["Forlì", "Aosta"]);
  assert.deepEqual(passing("q=FORLI"), ["Forlì"]);
  assert.deepEqual(passing("q=1"), ["Forlì", "Aosta"], "a code is found by how it begins");
});

test("a range holds its lower end and not its upper one", () => {
  assert.deepEqual(passing("range=workers:300:1000"), ["Forlì", "Aosta"]);
  assert.deepEqual(passing("range=workers:301:"), ["Élève"]);
  assert.deepEqual(passing("range=workers::1000"), ["Forlì", "Aosta"]);
  for (const nonsense of ["workers", "workers:a:b", "::", ":1:2"]) assert.equal(filters(`range=${nonsense}`).range, null);
});

test("of a zone the class is that of its membership", () => {
  const zone = { zone: "1", name: "x", membership_kind: "core" };
  assert.ok(matches(zone, filters("class=core")));
  assert.ok(!matches(zone, filters("class=likely")));
});

test("filters come back from the address as they went, commas and percent signs included", () => {
  const asked = { kind: ["district", "rest"], industry: [], region: ["Aosta, Valle d'", "100 % a%2Cb"], class: [], q: "a,b", range: { column: "workers", min: null, max: 2.5 } };
  const query = new URLSearchParams(Object.entries(filterQuery(asked)).filter(([, value]) => value));
  assert.deepEqual(readFilters(new URLSearchParams(query.toString())), asked);
  assert.deepEqual(passing(query.toString().replace(/kind.*?&|&q=.*/g, "")), ["Aosta"]);
});

test("a value is taken in and out, and nothing asked is no filter", () => {
  const once = toggled(filters(""), "kind", "rest");
  assert.ok(isFiltered(once));
  assert.ok(!isFiltered(toggled(once, "kind", "rest")));
  assert.equal(describe(filters("")), "");
  assert.equal(describe(filters("kind=district&q=x")), "Kind: industrial district; name or code with “x”");
});

test("rows are in order by number or by words, missing last in either direction, equals as they came", () => {
  const by = (text) => named(sorted(rows, readSort(text)));
  assert.deepEqual(by("workers"), ["Forlì", "Aosta", "Élève", "prato"]);
  assert.deepEqual(by("-workers"), ["Élève", "Forlì", "Aosta", "prato"]);
  assert.deepEqual(by("name"), ["Aosta", "Élève", "Forlì", "prato"]);
  assert.deepEqual(by("-name"), ["prato", "Forlì", "Élève", "Aosta"]);
  assert.deepEqual(by("-class"), ["Aosta", "Forlì", "prato", "Élève"]);
  assert.deepEqual(named(sorted(rows, null)), named(rows));
  assert.equal(sortText(readSort("-workers")), "-workers");
});

test("words sort as they are shown, not as they are kept", () => {
  const shown = { district: "zz", rest: "aa" };
  assert.deepEqual(named(sorted(rows.slice(0, 3), readSort("kind"), (value) => shown[value])), ["Aosta", "Forlì", "prato"]);
});

test("sorting agrees with the plain way on random numbers with ties and gaps", () => {
  let state = 1;
  const random = () => (state = (state * 1664525 + 1013904223) % 2 ** 32) / 2 ** 32;
  const many = Array.from({ length: 500 }, (_, at) => ({ at, x: random() < 0.1 ? null : Math.floor(random() * 20) - 10 }));
  for (const turn of [1, -1]) {
    const plain = [...many].sort((one, other) => (one.x === null) - (other.x === null) || turn * (one.x - other.x) || one.at - other.at);
    assert.deepEqual(sorted(many, { column: "x", falling: turn < 0 }), plain);
  }
});

test("units are read from descriptions", () => {
  const unit = (description, type = "number") => unitOf({ name: "x", type, description });
  assert.equal(unit("Supply-side self-containment, S/L, 0 to 1."), "share");
  assert.equal(unit("Jobs of the main industry above what the national share would give."), "employees");
  assert.equal(unit("Local units of the main industry of 50 to 249 employees."), "units");
  assert.equal(unit("L: employed residents, wherever they work, persons."), "persons");
  assert.equal(unit("Square kilometres, on the ellipsoid."), "km2");
  assert.equal(unit("((L-S)-(W-S))/S."), "number");
  assert.equal(unit("Name of the zone, persons.", "string"), "text");
});

test("an operation of the API becomes an address", () => {
  const parameters = [
    { name: "edition", in: "path", required: true, schema: { type: "string" } },
    { name: "filters", in: "query", schema: { type: "object" } },
    { name: "limit", in: "query", schema: { type: "integer", default: 5 } },
  ];
  const [get, post] = operationsOf({ info: {}, paths: { "/api/v1/editions/{edition}/areas.json": { get: { parameters }, post: { requestBody: {} } } } });
  assert.equal(addressOf(get, { edition: "a/b", filters: "kind=district&kind=rest", limit: "5" }), "editions/a%2Fb/areas.json?kind=district&kind=rest&limit=5");
  assert.equal(addressOf(get, { edition: "it", filters: "", limit: "" }), "editions/it/areas.json");
  const there = { edition: "it", limit: "9", "zones.slug": "z", "areas.slug": "a" };
  assert.deepEqual(parameters.map((parameter) => startOf(parameter, get.path, there)), ["it", "", "5"]);
  const code = { name: "slug", in: "path", required: true };
  assert.deepEqual(["x/zones/{slug}.json", "x/areas/{slug}.json"].map((path) => startOf(code, path, there)), ["z", "a"]);
  assert.deepEqual([get.body, post.body, post.method], [null, "{}", "POST"]);
});
