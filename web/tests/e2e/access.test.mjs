/** Readers without a mouse, with a small screen, with large letters, without motion: every page holds to WCAG as far as a machine can tell. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { accessible, launch, watched } from "./browser.mjs";
import { makeWorld, serve } from "./world.mjs";

let world, server, browser, area;

before(async () => {
  world = makeWorld();
  [server, browser] = await Promise.all([serve(world), launch()]);
  const { rows } = await fetch(new URL("api/v1/editions/made/area_profiles.json?kind=district&limit=1", server.address)).then((answer) => answer.json());
  area = rows[0];
});

after(async () => {
  await browser?.close();
  server?.stop();
  world?.remove();
});

const pages = () => ["", "made/", "made/map/", "made/map/?layer=membership&with=strict", "made/areas/", `made/areas/${area.area}/`, "made/zones/", `made/compare/?areas=${area.area},1`, "made/rules/", "made/data/", "glossary/", "api/"];

async function settled(page, path) {
  await page.goto(new URL(path, server.address).href, { waitUntil: "networkidle" });
  await page.locator("main h1, main h2").first().waitFor();
}

for (const [name, options, lang] of [
  ["a wide screen, in English", {}, "en"],
  ["320 pixels, in Italian", { viewport: { width: 320, height: 640 }, isMobile: true, hasTouch: true }, "it"],
  ["200 % zoom", { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 }, "en"],
  ["reduced motion", { reducedMotion: "reduce" }, "en"],
]) {
  test(`pages hold to the rules and fit: ${name}`, async () => {
    for (const path of pages()) {
      await watched(browser, { address: server.address, options, allow: [/areas\/1\.json/, /404/] }, async (page) => {
        await settled(page, `${path}${path.includes("?") ? "&" : "?"}lang=${lang}`);
        await accessible(page, path);
        const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.ok(over <= 1, `${path} is ${over} pixels wider than the screen`);
      });
    }
  });
}

test("from the front door to a district, to the map and a rerun by keyboard alone", () =>
  watched(browser, { address: server.address }, async (page) => {
    await settled(page, "");
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute("href")), "#main", "first the way past the header");
    await page.keyboard.press("Tab");
    await page.keyboard.press("/");
    await page.keyboard.type(area.name);
    await page.getByRole("option").first().waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForURL(/areas\//);
    assert.equal(await page.evaluate(() => document.activeElement.tagName), "MAIN", "reading goes on at the new page");

    await settled(page, "made/areas/");
    await page.locator("tbody tr[data-row] a").first().focus();
    await page.keyboard.press("End");
    await page.waitForFunction(() => document.activeElement?.closest("tr")?.getAttribute("aria-rowindex") === document.querySelector("table").getAttribute("aria-rowcount"));
    await page.keyboard.press("Home");
    await page.keyboard.press("Enter");
    await page.waitForURL(/areas\/.+\//);

    await settled(page, "made/map/");
    await page.locator("canvas").first().focus();
    const before = page.url();
    await page.keyboard.press("ArrowRight");
    await page.waitForFunction((url) => location.href !== url, before);
    await page.keyboard.press("Enter");
    await page.waitForTimeout(300);

    await settled(page, "made/rules/");
    await page.getByRole("slider").first().focus();
    await page.keyboard.press("ArrowRight");
    await page.getByText(/It took/).waitFor();
  }));

test("focus is always to be seen and never caught", () =>
  watched(browser, { address: server.address }, async (page) => {
    await settled(page, "made/map/");
    const seen = new Set();
    for (let step = 0; step < 120; step++) {
      await page.keyboard.press("Tab");
      const at = await page.evaluate(() => {
        const focused = document.activeElement;
        if (!focused || focused === document.body) return null;
        const { outlineStyle, boxShadow } = getComputedStyle(focused);
        const { width, height } = focused.getBoundingClientRect();
        return { name: `${focused.tagName}#${focused.id}.${focused.className}:${focused.textContent?.slice(0, 20)}`, shown: (outlineStyle !== "none" || boxShadow !== "none") && width > 0 && height > 0 };
      });
      if (at === null) return;
      assert.ok(at.shown, `focus cannot be seen on ${at.name}`);
      seen.add(at.name);
    }
    assert.ok(seen.size > 60, `Tab goes in circles: ${[...seen].slice(-5)}`);
  }));
