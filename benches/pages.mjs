/**
 * What a reader waits for: bytes of the first load, time until the map is drawn, frames a second while it is panned.
 *
 * node benches/pages.mjs [target/release/distretto] EDITION [rounds]
 * Chromium without a graphics card (software rendering), 1280 x 800, an empty cache each round.
 */
import { spawn } from "node:child_process";
import { launch } from "../web/tests/e2e/browser.mjs";

const [binary, edition, rounds = "5"] = process.argv.slice(2);
const server = spawn(binary, ["atlas", "serve", `country=${edition}`, "--port", "0"]);
const address = await new Promise((done) => {
  let said = "";
  server.stderr.on("data", (text) => {
    said += text;
    const found = /http:\/\/127\.0\.0\.1:\d+\//.exec(said)?.[0];
    if (found) done(found);
  });
});
const browser = await launch();
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** Compressed bytes by what they are for, until the page rests. */
async function load(page, path) {
  const session = await page.context().newCDPSession(page);
  const bytes = { code: 0, data: 0 };
  const sorts = new Map();
  await session.send("Network.enable");
  session.on("Network.responseReceived", ({ requestId, response }) => sorts.set(requestId, /\/api\/v1\//.test(response.url) ? "data" : "code"));
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => (bytes[sorts.get(requestId) ?? "code"] += encodedDataLength));
  await page.goto(`${address}${path}`);
  await page.waitForLoadState("networkidle");
  return bytes;
}

async function drawn(page) {
  const handle = await page.waitForFunction(() => performance.getEntriesByName("distretto:map-drawn")[0]?.startTime, null, { polling: 20 });
  return handle.jsonValue();
}

/** Milliseconds between frames while the map is dragged to and fro. */
async function pan(page) {
  const box = await page.locator("canvas").first().boundingBox();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.evaluate(() => {
    window.frames_ = [];
    const tick = (time) => (window.frames_.push(time), requestAnimationFrame(tick));
    requestAnimationFrame(tick);
  });
  await page.mouse.move(x, y);
  await page.mouse.down();
  const until = Date.now() + 4000;
  for (let step = 0; Date.now() < until; step++) await page.mouse.move(x + 150 * Math.sin(step / 12), y + 100 * Math.sin(step / 17));
  await page.mouse.up();
  const times = await page.evaluate(() => window.frames_);
  return times.slice(1).map((time, at) => time - times[at]);
}

const found = [];
for (let round = 0; round < Number(rounds); round++) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  const front = await load(page, "");
  await context.clearCookies();
  await context.close();
  const second = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const map = await second.newPage();
  const bytes = await load(map, "country/map/");
  const time = await drawn(map);
  const frames = {};
  for (const layer of ["industry", "membership", "borders"]) {
    await map.goto(`${address}country/map/?layer=${layer}`);
    await drawn(map);
    await map.waitForLoadState("networkidle");
    const between = await pan(map);
    frames[layer] = { mean: 1000 / (between.reduce((sum, ms) => sum + ms, 0) / between.length), slow: between.toSorted((a, b) => a - b)[Math.floor(between.length * 0.95)] };
  }
  await second.close();
  found.push({ front, bytes, time, frames });
}
const kB = (bytes) => (bytes / 1000).toFixed(0);
console.log("| what | value |\n|---|--:|");
console.log(`| front page, code (gzip) | ${kB(median(found.map(({ front }) => front.code)))} kB |`);
console.log(`| map page, code (gzip) | ${kB(median(found.map(({ bytes }) => bytes.code)))} kB |`);
console.log(`| map page, data (gzip) | ${kB(median(found.map(({ bytes }) => bytes.data)))} kB |`);
console.log(`| map drawn after opening | ${median(found.map(({ time }) => time)).toFixed(0)} ms (${found.map(({ time }) => time.toFixed(0)).join(", ")}) |`);
for (const layer of ["industry", "membership", "borders"]) {
  const of = found.map(({ frames }) => frames[layer]);
  console.log(`| panning, ${layer} | ${median(of.map(({ mean }) => mean)).toFixed(0)} frames/s; 95 % of frames within ${median(of.map(({ slow }) => slow)).toFixed(0)} ms |`);
}
await browser.close();
server.kill("SIGINT");
