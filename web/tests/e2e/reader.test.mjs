/** A reader with a mouse: finds, filters, compares, reruns, shares and downloads; what is shown is what the files of the edition hold. */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { csvRows, downloadedText, launch, openDownloads, watched } from "./browser.mjs";
import { parquet as tableOf, serve, theWorld } from "./world.mjs";

let world, server, browser, districts;

before(async () => {
  world = theWorld();
  [server, browser] = await Promise.all([serve(world.full), launch()]);
  districts = parquet("districts").filter((row) => row.kind === "district");
});

after(async () => {
  await browser?.close();
  server?.stop();
});

const parquet = (table) => tableOf(world.edition, table);

const downloaded = async (page, click) => csvRows(await downloadedText(page, click));

const visit = (path, run, rest = {}) => watched(browser, { address: server.address, ...rest }, async (page) => {
  await page.goto(new URL(path, server.address).href);
  await run(page);
});

test("the front door says the answer and leads each reader on", () =>
  visit("", async (page) => {
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.getByText(String(districts.length), { exact: true }).first().waitFor();
    for (const role of ["I am preparing a visit", "I decide or advise", "I do research"]) await page.getByRole("heading", { name: role }).waitFor();
    await page.getByRole("link", { name: "The whole answer" }).click();
    await page.waitForURL(/\/made\//);
    await page.getByText(/80 of 100/).first().waitFor();
  }));

test("a place is found by a name with a slip in it, and its page tells what the tables hold", () =>
  visit("", async (page) => {
    const { area, name, main_industry_jobs: jobs } = districts.toSorted((a, b) => b.main_industry_jobs - a.main_industry_jobs)[0];
    const slip = name.slice(0, 2) + name[3] + name[2] + name.slice(4);
    await page.getByRole("combobox", { name: /find/i }).fill(slip);
    await page.getByRole("option").filter({ hasText: name }).first().click();
    await page.waitForURL(new RegExp(`/made/areas/${area}/`));
    await page.getByRole("heading", { level: 1, name: new RegExp(name) }).waitFor();
    assert.ok(await page.getByText(jobs.toLocaleString("en", { maximumFractionDigits: 0 })).count(), "jobs of the main industry");
  }));

test("an area that is no district says which test it fails, with the value of the table", () => {
  const steps = parquet("steps").filter((row) => row.counts && row.outcome === "fail" && row.value > 0.5 && row.value < 3);
  const { area, value } = steps[0];
  return visit(`made/areas/${area}/`, async (page) => {
    await page.getByRole("heading", { level: 1 }).waitFor();
    const figure = page.locator("figure").filter({ hasText: /test/i }).first();
    await figure.locator("svg").first().waitFor();
    const figures = await figure.innerText();
    assert.ok(figures.includes(value.toLocaleString("en", { maximumFractionDigits: 2 })), `${value} in ${figures}`);
  });
});

test("the table sorts and filters, and its file holds just what is shown", () =>
  visit("made/areas/?kind=district", async (page) => {
    await page.getByText(`${districts.length} of`).first().waitFor();
    await page.getByRole("columnheader", { name: /jobs in the main industry/i }).getByRole("button").first().click();
    await page.waitForURL(/sort=-main_industry_jobs/);
    const names = await page.locator("tbody th").allInnerTexts();
    const sorted = districts.toSorted((a, b) => b.main_industry_jobs - a.main_industry_jobs);
    assert.equal(names[0], sorted[0].name);
    await page.locator("details.downloads summary").first().click();
    const rows = await downloaded(page, () => page.getByRole("button", { name: "CSV" }).first().click());
    assert.equal(rows.length, districts.length);
    assert.deepEqual(rows.map((row) => Number(row.main_industry_jobs)), sorted.map((row) => row.main_industry_jobs), "to the last digit");
  }));

test("the map draws, filters with its table, and selects with it; its address restores it all", () =>
  visit("made/map/?layer=industry", async (page) => {
    await page.locator("canvas").first().waitFor();
    await page.waitForFunction(() => document.querySelectorAll("tbody tr[data-row]").length > 0);
    const legend = page.locator(".map-legend button.class").first();
    await legend.click();
    await page.waitForURL(/industry=/);
    const shown = await page.locator("table").first().getAttribute("aria-rowcount");
    const industry = new URL(page.url()).searchParams.get("industry");
    assert.equal(Number(shown) - 1, parquet("districts").filter((row) => row.main_industry === industry).length, "the table follows the legend");
    await page.locator("tbody tr[data-row] td").first().click();
    await page.waitForURL(/area=/);
    const state = page.url();
    const selected = await page.locator('tr[aria-current="true"] th').innerText();
    await page.reload();
    await page.waitForFunction(() => document.querySelector('tr[aria-current="true"]'));
    assert.equal(page.url(), state);
    assert.equal(await page.locator('tr[aria-current="true"] th').innerText(), selected);
    assert.equal(await legend.getAttribute("aria-pressed"), "true");
  }));

test("a click on the map tells the area under it", () =>
  visit("made/map/", async (page) => {
    await page.locator("canvas").first().waitFor();
    await page.locator(".map-scale").waitFor();
    await page.waitForLoadState("networkidle");
    const box = await page.locator("canvas").first().boundingBox();
    for (const [x, y] of [[0.5, 0.5], [0.45, 0.4], [0.55, 0.6], [0.4, 0.55]]) {
      await page.mouse.click(box.x + box.width * x, box.y + box.height * y);
      if (await page.waitForURL(/area=/, { timeout: 1500 }).then(() => true, () => false)) break;
    }
    const code = new URL(page.url()).searchParams.get("area");
    const { name } = parquet("areas").find((row) => row.area === code);
    await page.getByRole("link", { name: new RegExp(name) }).first().waitFor();
  }));

test("flows are drawn with the share that is drawn, and two editions are compared with a divider", () =>
  visit("made/map/?layer=flows", async (page) => {
    await page.getByText(/Drawn: .* people who commute between areas/).waitFor();
    await page.getByText("Compare with").click();
    await page.locator("#map-with").selectOption("strict");
    await page.waitForURL(/with=strict/);
    await page.getByRole("slider").fill("20");
    await page.waitForURL(/split=20/);
    assert.equal(await page.locator("canvas.maplibregl-canvas").count(), 2);
  }));

test("up to ten places stand side by side", () => {
  const codes = parquet("areas").map((row) => row.area);
  return visit(`made/compare/?areas=${codes.slice(0, 3)}`, async (page) => {
    const heads = page.locator("thead th[scope=col]");
    await page.waitForFunction(() => document.querySelectorAll("thead th").length >= 4);
    assert.ok((await heads.allInnerTexts()).join(" ").includes(parquet("areas")[0].name));
    await page.goto(new URL(`made/compare/?areas=${codes.slice(0, 11)}`, server.address).href);
    await page.getByText(/ten/i).first().waitFor();
  });
});

test("a slider reruns the country, says how long it took and what changed, and the address keeps it", () =>
  visit("made/rules/", async (page) => {
    const areas = parquet("areas").length;
    const slider = page.getByRole("slider").first();
    await slider.focus();
    for (let step = 0; step < 8; step++) await page.keyboard.press("ArrowRight");
    await page.waitForURL(/min_size=/);
    await page.getByText(/It took [0-9.]+/).waitFor();
    await page.getByText(`was ${areas}`).waitFor();
    const said = await page.locator(".page").innerText();
    await page.reload();
    await page.getByText(/It took [0-9.]+/).waitFor();
    const numbers = (text) => text.match(/\d+ labour market areas/)?.[0];
    assert.equal(numbers(await page.locator(".page").innerText()), numbers(said));
  }));

test("every figure gives its picture and its rows", () =>
  visit("made/", async (page) => {
    const figure = page.locator("figure").filter({ hasText: /redraws find/ }).first();
    await figure.locator("svg[role=img]").first().waitFor();
    await openDownloads(figure);
    const [svg] = await Promise.all([page.waitForEvent("download"), figure.getByRole("button", { name: "SVG" }).click()]);
    assert.match(readFileSync(await svg.path(), "utf8"), /^<svg[^>]* xmlns="http:\/\/www.w3.org\/2000\/svg"/);
    const [png] = await Promise.all([page.waitForEvent("download"), figure.getByRole("button", { name: "PNG" }).click()]);
    assert.equal(readFileSync(await png.path()).subarray(1, 4).toString(), "PNG");
    await figure.getByRole("button", { name: "View as a table" }).click();
    const cells = await figure.locator("tbody tr").count();
    const rows = await downloaded(page, () => figure.getByRole("button", { name: "CSV" }).click());
    assert.equal(rows.length, cells);
  }));

test("every table can be had in its formats, and the Parquet is the edition's own", () =>
  visit("made/data/", async (page) => {
    await page.getByRole("heading", { level: 1 }).waitFor();
    const link = await page.locator('a[href$="/steps.parquet"]').first().getAttribute("href");
    const bytes = Buffer.from(await (await fetch(new URL(link, page.url()))).arrayBuffer());
    const folder = mkdtempSync(join(tmpdir(), "steps-"));
    writeFileSync(join(folder, "steps.parquet"), bytes);
    assert.deepEqual(tableOf(folder, "steps"), parquet("steps"));
    rmSync(folder, { recursive: true });
  }));

test("Italian is complete on the way from the front door to a district", () =>
  visit("?lang=it", async (page) => {
    await page.locator('html[lang="it"]').waitFor({ state: "attached" });
    await page.getByRole("link", { name: "Aree e distretti" }).click();
    await page.getByRole("heading", { level: 1, name: "Aree e distretti" }).waitFor();
    await page.locator("tbody tr[data-row] a").first().click();
    await page.waitForURL(/areas\/.+lang=it/);
    const words = await page.locator("main").innerText();
    assert.ok(!/\b(the|of which|with)\b/.test(words), words.match(/.{30}\b(the|of which|with)\b.{30}/)?.[0]);
  }));

test("a link restores all that is seen", () =>
  visit("made/map/?layer=industry&lang=it&at=7.50/40.2000/-30.9000&kind=district&sort=-workers&columns=kind,workers,zones&with=strict&withLayer=workers&split=31", async (page) => {
    const area = districts.toSorted((a, b) => b.main_industry_jobs - a.main_industry_jobs)[0].area;
    await page.goto(`${page.url()}&area=${area}`);
    const state = page.url();
    const seen = async () => {
      await page.locator('tr[aria-current="true"]').waitFor();
      await page.locator("canvas.maplibregl-canvas").nth(1).waitFor();
      await page.waitForLoadState("networkidle");
      return page.evaluate(() => ({
        address: location.href,
        lang: document.documentElement.lang,
        heads: [...document.querySelectorAll("#map-table thead th")].map((head) => `${head.textContent} ${head.ariaSort}`),
        selected: document.querySelector('tr[aria-current="true"] th').textContent,
        rows: document.querySelector("table[aria-rowcount]").getAttribute("aria-rowcount"),
        layers: [...document.querySelectorAll("aside select")].map(({ value }) => value),
        scale: document.querySelector(".map-scale").outerHTML,
        split: document.querySelector(".map-split").value,
        clip: document.querySelector(".map-second").style.clipPath,
      }));
    };
    const first = await seen();
    assert.equal(first.address, state, "opening a link does not change it");
    assert.equal(first.split, "31");
    assert.equal(first.lang, "it");
    assert.equal(first.rows, String(districts.length + 1));
    assert.equal(first.heads.length, 4);
    assert.match(first.heads[2], /descending/);
    await page.reload();
    assert.deepEqual(await seen(), first);
  }));

test("the rules of a link are those that are run", () =>
  visit("made/rules/?min_size=5000&lang=it", async (page) => {
    await page.locator("#rule-min_size").waitFor();
    assert.equal(await page.locator("#rule-min_size").inputValue(), "5000");
    await page.locator(".summary small").first().waitFor();
  }));

test("all that the tables hold can be had to the last digit, as CSV and on shapes", () =>
  visit("made/data/", async (page) => {
    await page.locator("main h1").waitFor();
    const file = (name) => page.evaluate(async (name) => (await fetch(`../../api/v1/editions/made/${name}`)).text(), name);
    for (const [table, key] of [["areas", ["area"]], ["zones", ["zone"]], ["districts", ["area"]], ["steps", ["area", "step", "test", "industry"]], ["flows", ["origin", "destination"]]]) {
      const keyOf = (row) => key.map((column) => row[column]).join(" ");
      const rows = new Map(csvRows(await file(`${table}.csv`)).map((row) => [keyOf(row), row]));
      const truth = parquet(table);
      assert.equal(rows.size, truth.length, table);
      for (const row of truth) {
        for (const [column, value] of Object.entries(row)) {
          const text = rows.get(keyOf(row))[column];
          if (value === null) assert.equal(text, "", `${table} ${column}`);
          else if (typeof value === "number") assert.equal(Number(text), value, `${table} ${column}`);
          else assert.equal(text, String(value), `${table} ${column}`);
        }
      }
    }
    const truth = new Map(parquet("areas").map((row) => [row.area, row]));
    const { features } = JSON.parse(await file("areas.geojson"));
    assert.equal(features.length, truth.size);
    for (const { properties, geometry } of features) {
      assert.match(geometry.type, /Polygon/);
      for (const [column, value] of Object.entries(truth.get(properties.area))) assert.equal(properties[column], value, column);
    }
  }));

test("a table shows the digits of its file", () =>
  visit("made/zones/?columns=residents,workers,area&sort=zone", async (page) => {
    await page.locator("tbody tr[data-row]").first().waitFor();
    await openDownloads(page.locator("main"));
    const rows = csvRows(await downloadedText(page, () => page.getByRole("button", { name: "CSV" }).first().click()));
    const truth = new Map(parquet("zones").map((row) => [row.zone, row]));
    assert.equal(rows.length, truth.size);
    for (const row of rows) {
      assert.equal(Number(row.residents), truth.get(row.zone).residents);
      assert.equal(Number(row.workers), truth.get(row.zone).workers);
    }
  }));

test("Italian pages hold no English", async () => {
  const [{ area }] = districts;
  for (const path of ["", "made/", "made/map/", "made/areas/", `made/areas/${area}/`, "made/zones/", `made/compare/?areas=${area}`, "made/rules/?min_size=5000", "glossary/"]) {
    await visit(`${path}${path.includes("?") ? "&" : "?"}lang=it`, async (page) => {
      await page.locator("main h1").first().waitFor();
      await page.waitForLoadState("networkidle");
      const said = await page.evaluate(() => {
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        const texts = [];
        while (walker.nextNode()) if (!walker.currentNode.parentElement.closest('[lang="en"], noscript, code, pre, .cite')) texts.push(walker.currentNode.data);
        // Columns and values in a condition, and addresses, are written as in files.
        return texts.filter((text) => /\b(the|of|and|with|which|where|are|is|not|areas)\b/i.test(text) && !/ = |:\/\//.test(text));
      });
      assert.deepEqual(said, [], path);
    });
  }
});

for (const [path, words] of [["made/areas/no-such-code/", /No area of this edition/], ["no-such-edition/map/", /Nothing here/], ["made/no-such-page/", /Nothing here/]]) {
  test(`an address of nothing says so and leads back: ${path}`, () =>
    visit(path, async (page) => {
      await page.getByRole("heading", { level: 1, name: words }).waitFor();
      await page.locator("main").getByRole("link").first().click();
      await page.waitForURL((url) => !url.pathname.includes("no-such"));
      await page.locator("main h1").first().waitFor();
    }, { allow: [/404/] }));
}
