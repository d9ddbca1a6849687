/** Pictures of the main pages of each edition: node make.mjs ADDRESS FOLDER. They are for looking at. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { launch } from "../e2e/browser.mjs";

const [address, folder] = process.argv.slice(2);
const SIZES = { wide: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };

const editions = await fetch(new URL("api/v1/editions.json", address)).then((answer) => answer.json());
const browser = await launch();
mkdirSync(folder, { recursive: true });
for (const { id } of editions.editions) {
  const { rows } = await fetch(new URL(`api/v1/editions/${id}/area_profiles.json`, address)).then((answer) => answer.json());
  const size = (row) => row.main_industry_jobs ?? row.workers ?? 0;
  rows.sort((a, b) => size(b) - size(a));
  const district = rows.find((row) => row.kind === "district") ?? rows[0];
  const other = rows.find((row) => row.kind !== "district") ?? rows[0];
  const pages = {
    front: "",
    answer: `${id}/`,
    "map-industry": `${id}/map/`,
    "map-membership": `${id}/map/?layer=membership`,
    "map-borders": `${id}/map/?layer=borders`,
    "map-flows": `${id}/map/?layer=flows`,
    "map-self-containment": `${id}/map/?layer=sc_supply_side`,
    areas: `${id}/areas/`,
    district: `${id}/areas/${district.area}/`,
    "no-district": `${id}/areas/${other.area}/`,
    zones: `${id}/zones/`,
    compare: `${id}/compare/?areas=${rows.slice(0, 4).map((row) => row.area)}`,
    rules: `${id}/rules/`,
    data: `${id}/data/`,
    glossary: "glossary/",
    api: "api/",
  };
  for (const [size, viewport] of Object.entries(SIZES)) {
    for (const lang of size === "wide" ? ["en"] : ["it"]) {
      const page = await browser.newPage({ viewport });
      for (const [name, path] of Object.entries(pages)) {
        const url = new URL(path, address);
        url.searchParams.set("lang", lang);
        await page.goto(url.href, { waitUntil: "networkidle" });
        await page.waitForTimeout(name.startsWith("map") ? 2500 : 500);
        await page.screenshot({ path: join(folder, `${id}-${name}-${size}-${lang}.png`), fullPage: !name.startsWith("map") });
      }
      await page.close();
    }
  }
}
await browser.close();
