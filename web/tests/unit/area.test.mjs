import assert from "node:assert/strict";
import test from "node:test";
import { runnerImport } from "vite";

const location = new URL("http://atlas.test/it/areas/1/");
Object.assign(globalThis, { location, document: { documentElement: { dataset: {} } } });

const entry = new URL("entries/area.ts", import.meta.url).pathname;
const area = (await runnerImport(entry, { configFile: false, logLevel: "silent" })).module;
const { csvOf, finding, groupsOf, moved, nationalOf, reason, selected, selection, setLanguage, slug, standing, unslug } = area;

const district = { kind: "district", main_industry: "textiles_clothing", main_industry_jobs: 31204, main_industry_units: 5210, main_industry_jobs_small: 20000, main_industry_jobs_medium: 8800 };
const said = (profile, steps = []) => finding({ name: "Prato", profile, steps });

test("a district is one sentence, and a second one where redraws were made", async () => {
  await setLanguage("en");
  const first = "Prato is an industrial district of textiles and clothing: 31,204 jobs in 5,210 local units (92.3% in units below 250 employees).";
  assert.equal(said(district), first);
  assert.equal(said({ ...district, times: 97, of: 100 }), `${first} In 97 of 100 redraws it is again a district with this main industry.`);
});

test("what is not known of a district is left out or said, never nought", async () => {
  await setLanguage("en");
  assert.equal(said({ ...district, main_industry_units: null, main_industry_jobs_small: null }), "Prato is an industrial district of textiles and clothing: 31,204 jobs.");
  assert.equal(said({ kind: "district", main_industry: "food" }), "Prato is an industrial district of food and beverages: how many jobs it has is not known.");
  assert.match(said({ ...district, main_industry_jobs: 1, main_industry_units: 1 }), /: 1 job in 1 local unit /);
});

test("every kind has its sentence in both languages, without an empty place", async () => {
  const missing = [{ counts: true, outcome: "missing", why_missing: "the size of the unit is not known for 14.4 % of the jobs" }];
  const profiles = [
    district,
    ...["large_firm_system", "other_manufacturing"].flatMap((kind) => [{ ...district, kind }, { kind, main_industry: null }]),
    { kind: "rest", manufacturing_jobs: 1 },
    { kind: "rest", manufacturing_jobs: null },
    { kind: "undetermined" },
    { zones: 1, residents: 10, workers: 12, sc_supply_side: 0.8 },
    { zones: 3, residents: 10, workers: null },
  ];
  const certainties = [{}, { times: 0, of: 40, existence_any_industry: 0 }, { times: 1, of: 40, existence_any_industry: 0.025 }, { existence: 0.5, replicates: 40 }];
  const seen = new Map();
  for (const language of ["en", "it"]) {
    await setLanguage(language);
    for (const profile of profiles) {
      for (const certainty of certainties) {
        const sentence = said({ ...profile, ...certainty }, missing);
        assert.match(sentence, /^\S.*\.$/, sentence);
        assert.doesNotMatch(sentence, /[{}]|undefined|null|NaN|\s\s|\s[.,:]|\.\.|\(\)/, sentence);
        const key = JSON.stringify([profile, certainty]);
        assert.notEqual(sentence, seen.get(key));
        seen.set(key, sentence);
      }
    }
  }
  assert.match(said({ kind: "undetermined" }, missing), /14,4%/);
});

test("a reason that is not known is told as the edition has it", async () => {
  await setLanguage("it");
  assert.equal(reason("the number of medium units is not known"), "il numero di unità medie non è noto");
  assert.equal(reason("some new reason"), "some new reason");
});

test("jobs add up over sizes, and are not known where a size is not", () => {
  const row = (group, size_class, employees, employees_status = "observed") => ({ grouping: "industry", group, group_name: group, size_class, employees, employees_status, local_units: 1, local_units_status: "observed" });
  const jobs = [row("b", "small", 10), row("b", "large", 30, "estimated"), row("a", "small", 40), { ...row("x", "total", 9), grouping: "macro_sector" }];
  const groups = groupsOf(jobs, "industry");
  assert.deepEqual(groups.map(({ group, employees, share, local_units, employees_status }) => [group, employees, share, local_units, employees_status]), [
    ["a", 40, 0.5, 1, "observed"],
    ["b", 40, 0.5, 2, "estimated"],
  ]);
  const [known, unknown] = groupsOf([...jobs, row("a", "large", null)], "industry");
  assert.deepEqual([known.group, known.share, unknown.group, unknown.employees, unknown.share], ["b", null, "a", null, null]);
});

test("quartiles are those of type 7, and a value stands among them in its quarter", () => {
  const rows = [4, 1, null, 3, 2].map((x) => ({ x }));
  const national = nationalOf(rows, { id: "x", unit: "persons" });
  assert.deepEqual(national, { n: 4, min: 1, q1: 1.75, median: 2.5, q3: 3.25, max: 4, total: 10 });
  assert.equal(nationalOf(rows, { id: "x", unit: "share" }).total, null);
  assert.equal(nationalOf([{ x: null }, {}], { id: "x", unit: "share" }), null);
  for (const [value, at] of [[1, 0], [1.75, 0.25], [2.5, 0.5], [3.25, 0.75], [4, 1], [0, 0], [9, 1]]) assert.equal(standing(value, national), at);
  const flat = { n: 9, min: 0, q1: 0, median: 0, q3: 5, max: 5, total: null };
  assert.deepEqual([0, 2.5, 5].map((value) => standing(value, flat)), [0, 0.625, 1]);
});

test("codes come back from the address as they went, whatever they hold", () => {
  for (const codes of [["1", "2"], ["a,b", "c d", "é/%"], ["100%"]]) {
    assert.deepEqual(selected(new URLSearchParams({ areas: selection(codes) })), codes);
    for (const code of codes) assert.equal(unslug(slug(code)), code);
  }
  assert.deepEqual(selected(new URLSearchParams("areas=1,,1,2")), ["1", "2"]);
  assert.deepEqual(selected(new URLSearchParams({ areas: "100%" })), ["100%"]);
  assert.deepEqual(selected(new URLSearchParams()), []);
  for (const code of ["", ".", "a.b", "~", "Ü~20"]) assert.equal(unslug(slug(code)), code);
});

test("a place moves by one and stays within the ends", () => {
  assert.deepEqual(moved(["a", "b", "c"], 2, -1), ["a", "c", "b"]);
  assert.deepEqual(moved(["a", "b", "c"], 0, 1), ["b", "a", "c"]);
  assert.deepEqual(moved(["a", "b", "c"], 0, -1), ["a", "b", "c"]);
  assert.deepEqual(moved(["a", "b", "c"], 7, 1), ["a", "b", "c"]);
});

test("a file holds every digit, nothing where a value is missing, and quotes what needs it", () => {
  const columns = [{ name: "name", label: "Name" }, { name: "x", label: "X" }];
  const rows = [{ name: 'A, "B"', x: 0.1 + 0.2 }, { name: "C", x: null }, { name: "D" }];
  assert.equal(csvOf({ columns, rows }), 'name,x\n"A, ""B""",0.30000000000000004\nC,\nD,\n');
});
