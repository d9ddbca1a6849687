/** A browser whose pages are watched: an error on the console, a request to another host, or a failed answer fails the test. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import axe from "axe-core";
import { chromium } from "playwright-core";

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic"],
  });
}

/** How many times slower pages run than this machine can: `SLOWER=8 npm run test:e2e` finds tests that read before they wait. */
const SLOWER = Number(process.env.SLOWER ?? 1);

/** Opens a page and gives it to `visit`; afterwards nothing may have gone wrong unseen. */
export async function watched(browser, { address, options = {}, allow = [] }, visit) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: "en-GB", ...options });
  const page = await context.newPage();
  if (SLOWER > 1) await (await context.newCDPSession(page)).send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  const wrong = [];
  const host = new URL(address).host;
  page.on("console", (message) => message.type() === "error" && wrong.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => wrong.push(`page: ${error.message}`));
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith("http") && url.host !== host) wrong.push(`request to ${url.host}`);
  });
  page.on("response", (response) => response.status() >= 400 && wrong.push(`${response.status()} ${response.url()}`));
  try {
    await visit(page);
  } finally {
    await context.close();
  }
  assert.deepEqual(wrong.filter((text) => !allow.some((pattern) => pattern.test(text))), []);
}

/** A downloaded file as text, and a click that asks for it. */
export async function downloadedText(page, click) {
  const [file] = await Promise.all([page.waitForEvent("download"), click()]);
  return readFileSync(await file.path(), "utf8");
}

/** Rows of a CSV as texts by column: quotes, commas and line ends within fields are read as RFC 4180 has them. */
export function csvRows(text) {
  const rows = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^,\n]*))(,|\n|$)/g)) {
    rows.at(-1).push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === "\n") rows.push([]);
    if (end === "") break;
  }
  rows.pop();
  const [head, ...lines] = rows;
  return lines.map((line) => Object.fromEntries(head.map((column, at) => [column, line[at]])));
}

/** Opens the list of files beside something. */
export const openDownloads = (within) => within.locator("details.downloads > summary").first().click();

/** Holds the page to the rules of axe-core (WCAG 2.2 A and AA, and its best practices). */
export async function accessible(page, place) {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => window.axe.run(document));
  const said = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).slice(0, 5).join(", ")}`);
  assert.deepEqual(said, [], `accessibility of ${place}`);
}
