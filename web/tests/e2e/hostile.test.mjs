/** Names of an edition are words, whatever is written in them: nothing of them runs, nothing breaks, files hold them as they are. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { csvRows, downloadedText, launch, openDownloads, watched } from "./browser.mjs";
import { CODES, NAMES, TITLE } from "./hostile.mjs";
import { parquet, serve, theWorld } from "./world.mjs";

const names = Object.values(NAMES);
let server, browser, areas;

before(async () => {
  const world = theWorld();
  areas = parquet(world.hostile.edition, "areas");
  [server, browser] = await Promise.all([serve(world.hostile), launch()]);
});

after(async () => {
  await browser?.close();
  server?.stop();
});

const visit = (path, run, options = {}) =>
  watched(browser, { address: server.address, options }, async (page) => {
    await page.goto(new URL(path, server.address).href, { waitUntil: "networkidle" });
    await page.locator("main h1").first().waitFor();
    await run(page);
    assert.equal(await page.evaluate(() => globalThis.attacked), undefined, path);
  });

test("the country is as wicked as it was meant to be", () => {
  assert.deepEqual(areas.map(({ name }) => name).sort(), names.toSorted());
});

test("no page runs a name or breaks at 320 pixels", async () => {
  const own = areas.map(({ area }) => `hostile/areas/${area}/`);
  const all = `hostile/compare/?areas=${areas.map(({ area }) => area).slice(0, 10)}`;
  for (const path of ["", "hostile/", "hostile/map/", "hostile/areas/", ...own, "hostile/zones/", all, "hostile/rules/", "hostile/data/", "api/"]) {
    await visit(path, async (page) => {
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(over <= 1, `${path} is ${over} pixels wider than the screen`);
    }, { viewport: { width: 320, height: 640 } });
  }
});

test("names are shown letter by letter, on pages and in titles", async () => {
  for (const { area, name } of areas) {
    await visit(`hostile/areas/${area}/`, async (page) => {
      assert.ok((await page.locator("main h1").first().evaluate((heading) => heading.textContent)).includes(name), name);
      assert.ok((await page.title()).startsWith(name.trim().replace(/\s+/g, " ").slice(0, 30)));
    });
  }
  await visit("hostile/", async (page) => assert.ok((await page.locator("body").innerText()).includes(TITLE)));
});

test("without scripts they are words too", () =>
  watched(browser, { address: server.address, options: { javaScriptEnabled: false } }, async (page) => {
    await page.goto(new URL(`hostile/areas/${areas.find(({ name }) => name === NAMES.script).area}/`, server.address).href);
    assert.ok((await page.locator("main").innerText()).includes(NAMES.script));
  }));

test("they are found, with and without accents", () =>
  visit("hostile/", async (page) => {
    for (const [asked, name] of [["zoe", NAMES.emoji], ["<script>", NAMES.script], ["مدينة", NAMES.rightToLeft], ["llanfair", NAMES.long]]) {
      await page.getByRole("combobox").first().fill(asked);
      await page.waitForFunction((name) => [...document.querySelectorAll("[role=option]")].some((option) => option.textContent.includes(name)), name);
    }
  }));

test("files hold names and codes as the tables do", () =>
  visit("hostile/zones/?columns=zone,area", async (page) => {
    await openDownloads(page.locator("main"));
    const rows = csvRows(await downloadedText(page, () => page.getByRole("button", { name: "CSV" }).first().click()));
    for (const [at, name] of names.entries()) assert.equal(rows.find(({ zone }) => zone === CODES[at])?.name, name);
    const api = (file) => fetch(new URL(`api/v1/editions/hostile/${file}`, server.address));
    const served = csvRows(await (await api("zones.csv")).text());
    for (const [at, name] of names.entries()) assert.equal(served.find(({ zone }) => zone === CODES[at])?.name, name);
    const { features } = await (await api("areas.geojson")).json();
    assert.deepEqual(features.map(({ properties }) => properties.name).sort(), names.toSorted());
  }));
