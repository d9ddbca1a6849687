/** A reader with a mouse: finds, filters, compares, reruns, shares and downloads; what is shown is what the files of the edition hold. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { launch, watched } from "./browser.mjs";
import { makeWorld, serve } from "./world.mjs";

let world, server, browser, districts;

before(async () => {
  world = makeWorld();
  [server, browser] = await Promise.all([serve(world), launch()]);
  districts = parquet("districts").filter((row) => row.kind === "district");
});

after(async () => {
  await browser?.close();
  server?.stop();
  world?.remove();
});

/** A table of the edition, read by another program. */
function parquet(table) {
  const read = "import sys, json, pyarrow.parquet as p; print(json.dumps(p.read_table(sys.argv[1]).to_pylist()))";
  const python = process.env.DISTRETTO_PYTHON ?? "python3";
  return JSON.parse(execFileSync(python, ["-c", read, join(world.edition, `${table}.parquet`)], { maxBuffer: 1 << 28 }));
}

/** Rows of a downloaded CSV, as texts by column. */
async function downloaded(page, click) {
  const [file] = await Promise.all([page.waitForEvent("download"), click()]);
  const [head, ...lines] = readFileSync(await file.path(), "utf8").trimEnd().split("\n");
  const columns = head.split(",");
  return lines.map((line) => Object.fromEntries(line.match(/("([^"]|"")*"|[^,]*)(,|$)/g).map((cell, at) => [columns[at], cell.replace(/,$/, "")])));
}

const visit = (path, run, rest = {}) => watched(browser, { address: server.address, ...rest }, async (page) => {
  await page.goto(new URL(path, server.address).href);
  await run(page);
});

test("the front door says the answer and leads each reader on", () =>
  visit("", async (page) => {
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.getByText(String(districts.length), { exact: true }).first().waitFor();
    for (const role of ["visitor", "official", "researcher"]) assert.ok(await page.getByText(new RegExp(role, "i")).count(), role);
    await page.getByRole("link", { name: "The whole answer" }).click();
    await page.waitForURL(/\/made\//);
    assert.ok(await page.getByText(/80 of 100 redraws/).count());
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
  const steps = parquet("steps").filter((row) => row.counts && row.outcome === "fail" && row.step === 1);
  const { area, value } = steps[0];
  return visit(`made/areas/${area}/`, async (page) => {
    await page.getByRole("heading", { level: 1 }).waitFor();
    const figures = await page.locator("figure").filter({ hasText: /test/i }).first().innerText();
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
    assert.ok(Number(shown) - 1 < parquet("areas").length, "the table follows the legend");
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
    await page.waitForTimeout(1500);
    const box = await page.locator("canvas").first().boundingBox();
    for (const [x, y] of [[0.5, 0.5], [0.45, 0.4], [0.55, 0.6], [0.4, 0.55]]) {
      await page.mouse.click(box.x + box.width * x, box.y + box.height * y);
      if (/area=/.test(page.url())) break;
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
    assert.equal(await page.locator("canvas").count(), 2);
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
    await figure.locator("summary").click();
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
    assert.ok(bytes.equals(readFileSync(join(world.edition, "steps.parquet"))) || bytes.subarray(0, 4).toString() === "PAR1");
  }));

test("Italian is complete on the way from the front door to a district", () =>
  visit("?lang=it", async (page) => {
    assert.equal(await page.locator("html").getAttribute("lang"), "it");
    await page.getByRole("link", { name: "Aree e distretti" }).click();
    await page.getByRole("heading", { level: 1, name: "Aree e distretti" }).waitFor();
    await page.locator("tbody tr[data-row] a").first().click();
    await page.waitForURL(/areas\/.+lang=it/);
    const words = await page.locator("main").innerText();
    assert.ok(!/\b(the|of which|with)\b/.test(words), words.match(/.{30}\b(the|of which|with)\b.{30}/)?.[0]);
  }));

test("an address of nothing says so and leads back", () =>
  visit("made/areas/no-such-code/", async (page) => {
    await page.locator("main").getByRole("link").first().waitFor();
  }, { allow: [/404/] }));
