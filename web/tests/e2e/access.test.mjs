/** Readers without a mouse, with a small screen, with large letters, without motion: every page holds to WCAG as far as a machine can tell. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { accessible, launch, watched } from "./browser.mjs";
import { theWorld, serve } from "./world.mjs";

let world, server, browser, area;

before(async () => {
  world = theWorld();
  [server, browser] = await Promise.all([serve(world.full), launch()]);
  const { rows } = await fetch(new URL("api/v1/editions/made/area_profiles.json?kind=district&limit=1", server.address)).then((answer) => answer.json());
  area = rows[0];
});

after(async () => {
  await browser?.close();
  server?.stop();
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
    await page.waitForURL(/area=/);

    await settled(page, "made/rules/");
    await page.getByRole("slider").first().focus();
    await page.keyboard.press("ArrowRight");
    await page.getByText(/It took/).waitFor();
  }));

test("without motion the map is there at once", () =>
  watched(browser, { address: server.address, options: { reducedMotion: "reduce" } }, async (page) => {
    await settled(page, "made/map/");
    await page.locator(".map-scale").waitFor();
    const scales = await page.evaluate(async () => {
      const scale = () => document.querySelector(".map-scale").outerHTML;
      const before = scale();
      document.querySelector(".map-buttons button").click();
      for (let frame = 0; frame < 4; frame++) await new Promise(requestAnimationFrame);
      return [before, scale()];
    });
    assert.notEqual(scales[0], scales[1], "the map has arrived within four frames");
  }));

test("no script of another's making runs, and pages hold none within their text", async () => {
  for (const path of pages()) {
    const answer = await fetch(new URL(path, server.address));
    assert.match(answer.headers.get("content-security-policy"), /default-src 'none'; script-src 'self'; style-src 'self'/);
    const html = await answer.text();
    assert.doesNotMatch(html, /<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=/i, path);
  }
  await watched(browser, { address: server.address, allow: [/Content Security Policy/] }, async (page) => {
    await settled(page, "");
    const ran = await page.evaluate(async () => {
      const refused = new Promise((done) => addEventListener("securitypolicyviolation", (event) => done(event.effectiveDirective), { once: true }));
      const script = document.createElement("script");
      script.textContent = "globalThis.intruder = true";
      document.head.append(script);
      return [globalThis.intruder, await refused];
    });
    assert.deepEqual(ran, [undefined, "script-src-elem"]);
  });
});

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
