/** A made country, its edition, and the atlas of it: served, and built as files. Made once for all tests. */
import { execFileSync, spawn } from "node:child_process";
import { createReadStream, existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

const project = fileURLToPath(new URL("../../../", import.meta.url));
const distretto = process.env.DISTRETTO ?? join(project, "target/release/distretto");

function run(...args) {
  return execFileSync(distretto, args, { stdio: ["ignore", "pipe", "pipe"] });
}

/** Folders of a made country: `study.toml`, two editions of it (the second by a stricter rule), and a static site of both. */
export function makeWorld() {
  const folder = mkdtempSync(join(tmpdir(), "distretto-atlas-"));
  const at = (name) => join(folder, name);
  run("world", "--seed", "11", "--zones", "400", "--out", at("world"));
  const study = join(at("world"), "study.toml");
  run("run", study, "--out", at("edition"));
  run("certainty", study, "--replicates", "40", "--out", at("edition"));
  const strict = join(at("world"), "strict.toml");
  execFileSync("sh", ["-c", 'cp "$1" "$2" && printf "\\n[areas]\\nmin_size = 3000\\n" >> "$2"', "sh", study, strict]);
  run("run", strict, "--out", at("strict"));
  const editions = [`made=${at("edition")}`, `strict=${at("strict")}`];
  run("atlas", "build", ...editions, at("site"), "--study", `made=${study}`);
  return { folder, study, edition: at("edition"), editions, site: at("site"), remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** The atlas over HTTP; resolves when it listens. */
export function serve(world) {
  const args = ["atlas", "serve", ...world.editions, "--study", `made=${world.study}`, "--port", "0"];
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
