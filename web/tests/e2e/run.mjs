/** Makes the countries that the tests are about, once, and runs the tests: all, or those of the files named. */
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { makeWorld } from "./world.mjs";

const here = fileURLToPath(new URL("./", import.meta.url));
const asked = process.argv.slice(2);
const names = asked.length > 0 ? asked : readdirSync(here).filter((name) => name.endsWith(".test.mjs"));
const world = makeWorld();
try {
  const { status } = spawnSync(process.execPath, ["--test", "--test-reporter=spec", "--test-concurrency=2", ...names.map((name) => `${here}${name}`)], {
    stdio: "inherit",
    env: { ...process.env, DISTRETTO_E2E: world.folder },
  });
  process.exitCode = status ?? 1;
} finally {
  world.remove();
}
