/** The static site on a plain file server, in a folder of its own: everything that needs no server works. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, watched } from "./browser.mjs";
import { theWorld, serveFiles } from "./world.mjs";

let world, server, browser, area;

before(async () => {
  world = theWorld();
  [server, browser] = await Promise.all([serveFiles(world.site), launch()]);
  const { rows } = await fetch(new URL("api/v1/editions/made/area_profiles.json", server.address)).then((answer) => answer.json());
  area = rows.find((row) => row.kind === "district");
});

after(async () => {
  await browser?.close();
  server?.stop();
});

const visit = (path, run, options = {}) => watched(browser, { address: server.address, options }, async (page) => {
  await page.goto(new URL(path, server.address).href);
  await run(page);
});

test("an area has its permanent address, with and without a slash", () =>
  visit(`made/areas/${area.area}`, async (page) => {
    await page.getByRole("heading", { level: 1, name: new RegExp(area.name) }).waitFor();
    await page.getByRole("link", { name: "Map", exact: true }).click();
    await page.waitForURL(/made\/map\//);
  }));

test("the map draws from one file of tiles", () =>
  visit("made/map/", async (page) => {
    const ranges = [];
    page.on("response", (response) => response.url().endsWith(".pmtiles") && ranges.push(response.status()));
    await page.locator("canvas").first().waitFor();
    await page.waitForFunction(() => performance.getEntriesByType("resource").filter(({ name }) => name.endsWith(".pmtiles")).length > 1);
    await page.waitForLoadState("networkidle");
    assert.ok(ranges.length > 0 && ranges.every((status) => status === 206), `${ranges}`);
    const picture = await page.locator("canvas").first().screenshot();
    assert.ok(new Set(picture).size > 100 && picture.length > 20_000, "something is drawn");
  }));

test("rules come from the grid, and the page says so", () =>
  visit("made/rules/", async (page) => {
    await page.getByText(/made beforehand|precomputed|in advance|beforehand/i).first().waitFor();
    assert.equal(await page.getByRole("slider").count(), 0);
    await page.locator("table.heat button[aria-pressed=false]").first().click();
    await page.locator(".summary small").first().waitFor();
    const state = page.url();
    const said = await page.locator(".summary").innerText();
    await page.reload();
    await page.locator(".summary small").first().waitFor();
    assert.equal(page.url(), state);
    assert.equal(await page.locator(".summary").innerText(), said);
  }));

test("search works without a server", () =>
  visit("made/", async (page) => {
    await page.getByRole("combobox", { name: /find/i }).fill(area.name.toLowerCase());
    await page.getByRole("option").filter({ hasText: area.name }).first().click();
    await page.waitForURL(new RegExp(`areas/${area.area}/`));
  }));

test("without JavaScript the main facts are there", () =>
  visit(`made/areas/${area.area}/`, async (page) => {
    const text = await page.locator("body").innerText();
    assert.ok(text.includes(area.name), text);
  }, { javaScriptEnabled: false }));

test("other pages open too", async () => {
  for (const path of ["", "made/areas/", "made/zones/", `made/compare/?areas=${area.area}`, "made/data/", "glossary/", "api/"]) {
    await visit(path, async (page) => {
      await page.locator("main h1").first().waitFor();
    });
  }
});
