import assert from "node:assert/strict";
import test from "node:test";
import { runnerImport } from "vite";

const load = async (path) => (await runnerImport(new URL(path, import.meta.url).pathname, { configFile: false, logLevel: "silent" })).module;
const { binName, bins } = await load("../../src/pages/answer/bins.ts");
const { districtsOf, headline } = await load("../../src/pages/answer/headline.ts");
const { changed, valueOf } = await load("../../src/pages/rules/values.ts");

const histogram = (counts) => ({ certainty: { histogram: Object.entries(counts).map(([count, replicates]) => ({ of: "areas", count: Number(count), replicates })) } });

test("a narrow histogram has a bin for every count between its ends", () => {
  const made = bins(histogram({ 28: 2, 30: 7, 31: 1 }), "areas");
  assert.deepEqual(
    made.map((bin) => [binName(bin), bin.replicates]),
    [["28", 2], ["29", 0], ["30", 7], ["31", 1]],
  );
});

test("a wide histogram is put together without losing a redraw or a count", () => {
  let seed = 7;
  const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
  for (let round = 0; round < 200; round++) {
    const least = Math.floor(random() * 900);
    const counts = Object.fromEntries(Array.from({ length: 1 + Math.floor(random() * 90) }, () => [least + Math.floor(random() * 400), 1 + Math.floor(random() * 9)]));
    const made = bins(histogram(counts), "areas");
    const keys = Object.keys(counts).map(Number);
    assert.ok(made.length <= 20, `${made.length} bins`);
    assert.equal(made[0].from, Math.min(...keys));
    assert.ok(made.at(-1).from <= Math.max(...keys) && Math.max(...keys) <= made.at(-1).to);
    for (const bin of made) {
      const own = keys.filter((count) => bin.from <= count && count <= bin.to).reduce((sum, count) => sum + counts[count], 0);
      assert.equal(bin.replicates, own, `${binName(bin)} of ${JSON.stringify(counts)}`);
    }
  }
});

test("what was not drawn anew has no histogram", () => {
  assert.deepEqual(bins({ certainty: null }, "areas"), []);
  assert.deepEqual(bins(histogram({ 5: 1 }), "districts"), []);
});

test("the answer counts districts, and areas where nothing tells them apart", () => {
  const kinds = [{ kind: "district", areas: 1 }, { kind: "rest", areas: 2400 }];
  const interval = { run: 1, median: 1, low80: 0, high80: 1200, low95: 0, high95: 3 };
  const answer = { areas: 2401, kinds, certainty: { areas: null, districts: interval } };
  assert.equal(districtsOf(answer), 1);
  assert.deepEqual(headline(answer), { big: "1", unit: "industrial district", interval: "Between 0 and 1,200 in at least 80 of 100 redraws." });
  const without = { ...answer, kinds: null };
  assert.equal(districtsOf(without), null);
  assert.deepEqual(headline(without), { big: "2,401", unit: "labour market areas", interval: null });
  assert.equal(headline({ ...answer, kinds: [{ kind: "district", areas: 0 }] }).big, "0", "none is an answer, not a missing one");
});

test("the address asks for what differs from the study and lies within the bounds", () => {
  const sliders = [
    { name: "min_size", section: "areas", min: 200, max: 5000, step: 100, value: 1000 },
    { name: "min_sc", section: "areas", min: 0.4, max: 0.95, step: 0.01, value: 0.6 },
  ];
  const asked = (query) => changed(sliders, new URLSearchParams(query));
  assert.deepEqual(asked("min_size=2000&min_sc=0.61&lang=it"), { min_size: 2000, min_sc: 0.61 });
  assert.deepEqual(asked("min_size=1000&min_sc=0.6"), {});
  assert.deepEqual(asked("min_size=&min_sc=abc"), {});
  assert.deepEqual(asked("min_size=5001&min_sc=0.39"), {});
  assert.deepEqual(asked("min_size=Infinity&min_sc=NaN&target_size=3"), {});
});

test("parameters are read in their units", () => {
  assert.equal(valueOf("min_sc", 0.667), "66.7%");
  assert.equal(valueOf("sme_share", 0.5), "50%");
  assert.equal(valueOf("target_size", 10000), "10,000");
  assert.equal(valueOf("industry_lq", 1.05), "1.05");
});
