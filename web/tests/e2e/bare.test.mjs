/** An edition of labour market areas alone: every page opens, and says in words what it has not. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { accessible, launch, watched } from "./browser.mjs";
import { parquet, serve, theWorld } from "./world.mjs";

let server, browser, area;

before(async () => {
  const world = theWorld();
  area = parquet(world.bare.edition, "areas")[0];
  [server, browser] = await Promise.all([serve(world.bare), launch()]);
});

after(async () => {
  await browser?.close();
  server?.stop();
});

const MISSING = {
  "": /no table of jobs/,
  "bare/": /no table of jobs/,
  "bare/map/": /no borders of zones/,
  "bare/areas/": /no figures on jobs/,
  "bare/areas/:area/": null,
  "bare/zones/": null,
  "bare/compare/?areas=:area": null,
  "bare/rules/": /study/,
  "bare/data/": null,
  "glossary/": null,
  "api/": null,
};

for (const [place, words] of Object.entries(MISSING)) {
  test(`without jobs, borders and redraws: ${place || "the front door"}`, () =>
    watched(browser, { address: server.address, options: { viewport: { width: 320, height: 640 } } }, async (page) => {
      const path = place.replace(":area", area.area);
      await page.goto(new URL(path, server.address).href, { waitUntil: "networkidle" });
      await page.locator("main h1").first().waitFor();
      const said = await page.locator("main").innerText();
      if (words) assert.match(said, words);
      assert.doesNotMatch(said, /NaN|undefined|Infinity/);
      assert.equal(await page.locator("[role=alert]").count(), 0);
      await accessible(page, path);
    }));
}
