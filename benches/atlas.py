"""The atlas under load, beside a plain file server with the same bytes: requests a second and latencies, in alternating rounds.

python3 benches/atlas.py [target/release/distretto] [edition]
Needs wrk and nginx (Debian: apt-get install wrk nginx-light). Without an edition a made country of 8,092 zones is made first.
"""

import gzip
import json
import math
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
READERS = 200
SECONDS = 8
ROUNDS = 3

# Each reader walks through the addresses from a place of its own.
LUA = """
local paths = {{}}
for line in io.lines("{paths}") do paths[#paths + 1] = line end
local threads = 0
function setup(thread) thread:set("first", threads * 7919); threads = threads + 1 end
function init() at = first end
function request()
  at = at + 1
  return wrk.format("GET", paths[at % #paths + 1], {{ ["Accept-Encoding"] = "gzip" }})
end
function done(summary, latency)
  local errors = summary.errors
  io.write(string.format("RESULT %.1f %.3f %.3f %.3f %d\\n", summary.requests / summary.duration * 1e6,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000, latency.max / 1000,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
"""

NGINX = """
daemon off; worker_processes 2; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
  access_log off; sendfile on; keepalive_requests 1000000; gzip_static on; types {{ application/json json; }}
  default_type application/octet-stream; client_body_temp_path {folder}; proxy_temp_path {folder};
  fastcgi_temp_path {folder}; uwsgi_temp_path {folder}; scgi_temp_path {folder};
  server {{ listen 127.0.0.1:{port}; root {folder}/files; }}
}}
"""


def fetch(url):
    """Status and bytes as they travel."""
    request = urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request) as answer:
        return answer.status, answer.read(), answer.headers.get("Content-Encoding")


def listening(process):
    """The address that the server says it has."""
    for line in process.stderr:
        found = re.search(r"http://127\.0\.0\.1:\d+", line)
        if found:
            return found.group()
    sys.exit("the server did not start")


def addresses(base):
    """Area documents and tiles of the edition, as many of each."""
    api = f"{base}/api/v1/"
    edition = json.loads(urllib.request.urlopen(f"{api}editions.json").read())["editions"][0]["id"]
    own = f"/api/v1/editions/{edition}"
    codes = [row["area"] for row in json.loads(urllib.request.urlopen(f"{base}{own}/areas.json").read())["rows"]]
    documents = [f"{own}/areas/{code}.json" for code in codes if re.fullmatch(r"[A-Za-z0-9_-]+", code)]
    doc = json.loads(urllib.request.urlopen(f"{base}{own}/map.json").read())
    west, south, east, north = doc["bounds"]
    tiles = []
    for zoom in range(doc["min_zoom"], doc["max_zoom"] + 1):
        side = 2**zoom
        column = lambda lon: int((lon + 180) / 360 * side)
        row = lambda lat: int((1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * side)
        for x in range(column(west), column(east) + 1):
            for y in range(row(north), row(south) + 1):
                tiles.append(f"{own}/tiles/{zoom}/{x}/{y}.mvt")
    draw = random.Random(4)
    draw.shuffle(tiles)
    full = []
    for tile in tiles:
        if len(full) == len(documents):
            break
        if fetch(base + tile)[0] == 200:
            full.append(tile)
    return documents, full


def load(base, script):
    """Requests a second; median, 99th percentile and largest latency in ms; errors."""
    command = ["wrk", "-t", "1", "-c", str(READERS), "-d", f"{SECONDS}s", "-s", str(script), base]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return [float(text) for text in re.search(r"RESULT (.*)", said).group(1).split()]


def main():
    binary = str(Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "target/release/distretto").resolve())
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        folder.chmod(0o755)
        edition = Path(sys.argv[2]) if len(sys.argv) > 2 else made(binary, folder)
        atlas = subprocess.Popen(
            [binary, "atlas", "serve", str(edition), "--port", "0"], stderr=subprocess.PIPE, text=True
        )
        try:
            base = listening(atlas)
            documents, tiles = addresses(base)
            for path in documents + tiles:
                _, body, encoding = fetch(base + path)
                file = folder / "files" / path[1:]
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(gzip.decompress(body) if encoding == "gzip" else body)
                if encoding == "gzip":
                    Path(f"{file}.gz").write_bytes(body)
            port = 18_000 + random.SystemRandom().randrange(2_000)
            (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=port))
            nginx = subprocess.Popen(["nginx", "-c", str(folder / "nginx.conf")], stderr=subprocess.DEVNULL)
            time.sleep(1)
            print("| what | server | requests/s | median ms | p99 ms | max ms | errors |\n|---|---|--:|--:|--:|--:|--:|")
            for what, paths in (("area documents", documents), ("tiles", tiles)):
                (folder / "paths").write_text("\n".join(paths) + "\n")
                (folder / "load.lua").write_text(LUA.format(paths=folder / "paths"))
                servers = {"distretto": base, "nginx": f"http://127.0.0.1:{port}"}
                found = {name: [] for name in servers}
                for _ in range(ROUNDS):
                    for name, address in servers.items():
                        found[name].append(load(address, folder / "load.lua"))
                for name, runs in found.items():
                    rate, median, p99, largest, _ = (statistics.median(column) for column in zip(*runs))
                    errors = sum(run[4] for run in runs)
                    print(f"| {what} ({len(paths)}) | {name} | {rate:,.0f} | {median:.1f} | {p99:.1f} | {largest:.0f} | {errors:.0f} |", flush=True)
            nginx.terminate()
        finally:
            atlas.terminate()


def made(binary, folder):
    """An edition of a made country of Italy's size."""
    run = lambda *arguments: subprocess.run([binary, *arguments], check=True, capture_output=True)
    run("world", "--seed", "7", "--zones", "8092", "--out", str(folder / "world"))
    run("run", str(folder / "world/study.toml"), "--out", str(folder / "edition"))
    run("certainty", str(folder / "world/study.toml"), "--replicates", "20", "--out", str(folder / "edition"))
    return folder / "edition"


if __name__ == "__main__":
    for tool in ("wrk", "nginx"):
        if not shutil.which(tool):
            sys.exit(f"{tool} is needed: apt-get install wrk nginx-light")
    main()
