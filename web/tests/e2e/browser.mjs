/** A browser whose pages are watched: an error on the console, a request to another host, or a failed answer fails the test. */
import assert from "node:assert/strict";
import axe from "axe-core";
import { chromium } from "playwright-core";

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic"],
  });
}

/** Opens a page and gives it to `visit`; afterwards nothing may have gone wrong unseen. */
export async function watched(browser, { address, options = {}, allow = [] }, visit) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: "en-GB", ...options });
  const page = await context.newPage();
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

/** Holds the page to the rules of axe-core (WCAG 2.2 A and AA, and its best practices). */
export async function accessible(page, place) {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => window.axe.run(document));
  const said = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).slice(0, 5).join(", ")}`);
  assert.deepEqual(said, [], `accessibility of ${place}`);
}
