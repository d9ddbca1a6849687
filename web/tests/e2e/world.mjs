/** Made countries, their editions, and the atlas of them: served, and built as files. `run.mjs` makes them once for all tests. */
import { execFileSync, spawn } from "node:child_process";
import { createReadStream, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { writeHostile } from "./hostile.mjs";

const project = fileURLToPath(new URL("../../../", import.meta.url));
const distretto = process.env.DISTRETTO ?? join(project, "target/release/distretto");

/** Runs the command. */
export function run(...args) {
  return execFileSync(distretto, args, { stdio: ["ignore", "pipe", "pipe"] });
}

/** Runs the command with a line that it asks for. */
export function tell(line, ...args) {
  return execFileSync(distretto, args, { input: `${line}\n`, stdio: ["pipe", "pipe", "pipe"] });
}

/** What a folder of `makeWorld` holds. `made` and `strict` are one country by two rules, `bare` is it without jobs, borders and certainty. */
function worldIn(folder) {
  const at = (name) => join(folder, name);
  const study = at("world/study.toml");
  return {
    folder,
    edition: at("edition"),
    site: at("site"),
    full: { editions: [`made=${at("edition")}`, `strict=${at("strict")}`], studies: [`made=${study}`] },
    bare: { edition: at("bare"), editions: [`bare=${at("bare")}`], studies: [] },
    hostile: { edition: at("hostile"), editions: [`hostile=${at("hostile")}`], studies: [] },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export function makeWorld() {
  const world = worldIn(mkdtempSync(join(tmpdir(), "distretto-atlas-")));
  const at = (name) => join(world.folder, name);
  run("world", "--seed", "11", "--zones", "400", "--out", at("world"));
  const study = at("world/study.toml");
  const text = readFileSync(study, "utf8");
  const variant = (name, changed) => {
    writeFileSync(at(`world/${name}.toml`), changed);
    run("run", at(`world/${name}.toml`), "--out", at(name));
  };
  run("run", study, "--out", at("edition"));
  run("certainty", study, "--replicates", "40", "--out", at("edition"));
  variant("strict", text.replace("min_size = 1000", "min_size = 6000").replace("A made country", "A made country, stricter"));
  variant("bare", text.replace(/\n(?:#[^\n]*\n)?\[(borders|jobs|districts)\]\n(?:[^\n]+\n)+/g, ""));
  run("run", writeHostile(at("hostile-study")), "--out", world.hostile.edition);
  run("atlas", "build", ...world.full.editions, world.site, ...world.full.studies.flatMap((of) => ["--study", of]));
  return world;
}

/** The world that `run.mjs` has made. */
export function theWorld() {
  const folder = process.env.DISTRETTO_E2E;
  if (!folder) throw new Error("run the tests by `npm run test:e2e`");
  return worldIn(folder);
}

/** A table of an edition, read by another program: numbers to the last digit. */
export function parquet(edition, table) {
  const read = "import sys, json, pyarrow.parquet as p; print(json.dumps(p.read_table(sys.argv[1]).to_pylist()))";
  const python = process.env.DISTRETTO_PYTHON ?? "python3";
  return JSON.parse(execFileSync(python, ["-c", read, join(edition, `${table}.parquet`)], { maxBuffer: 1 << 28 }));
}

/** The atlas over HTTP, with the tours of a store where one is named; resolves when it listens. */
export function serve({ editions, studies, tours }) {
  const args = ["atlas", "serve", ...editions, ...studies.flatMap((of) => ["--study", of]), ...(tours ? ["--tours", tours] : []), "--port", "0"];
  const server = spawn(distretto, args, { stdio: ["ignore", "pipe", "pipe"] });
  return new Promise((done, fail) => {
    let said = "";
    const listen = (text) => {
      said += text;
      const address = /http:\/\/127\.0\.0\.1:\d+\//.exec(said)?.[0];
      if (address) done({ address, stop: () => server.kill("SIGINT") });
    };
    server.stdout.on("data", listen);
    server.stderr.on("data", listen);
    server.on("exit", (code) => fail(new Error(`the server ended with ${code}: ${said}`)));
  });
}

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".geojson": "application/geo+json",
  ".csv": "text/csv",
  ".svg": "image/svg+xml",
};

/** A plain file server, as any web host is one: files, index pages, ranges, and nothing else; under a folder of its own. */
export function serveFiles(folder, under = "/atlas/") {
  const server = createServer((request, response) => {
    const asked = decodeURIComponent(new URL(request.url, "http://host").pathname);
    let file = join(folder, normalize(asked.startsWith(under) ? asked.slice(under.length) : "\0"));
    if (!asked.startsWith(under)) return void response.writeHead(404).end();
    if (existsSync(file) && statSync(file).isDirectory()) {
      if (!asked.endsWith("/")) return void response.writeHead(301, { location: `${asked}/` }).end();
      file = join(file, "index.html");
    }
    if (!existsSync(file)) return void response.writeHead(404).end();
    const { size } = statSync(file);
    const headers = { "content-type": TYPES[extname(file)] ?? "application/octet-stream", "accept-ranges": "bytes" };
    const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? "");
    if (!range) {
      response.writeHead(200, { ...headers, "content-length": size });
      return void createReadStream(file).pipe(response);
    }
    const [start, end] = [Number(range[1]), Math.min(range[2] ? Number(range[2]) : size - 1, size - 1)];
    response.writeHead(206, { ...headers, "content-range": `bytes ${start}-${end}/${size}`, "content-length": end - start + 1 });
    createReadStream(file, { start, end }).pipe(response);
  });
  return new Promise((done) =>
    server.listen(0, "127.0.0.1", () => done({ address: `http://127.0.0.1:${server.address().port}${under}`, stop: () => server.close() })),
  );
}
