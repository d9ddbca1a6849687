#!/usr/bin/env python3
"""Times tables from micro-data against DuckDB and Polars, on the same files and the same plans written by hand.

    python3 benches/engine.py DISTRETTO [FOLDER] [register|trips|persons|invoices|matrix|growth|memory|cluster ...]

DISTRETTO is a command built with the feature `cluster`. Made micro-data go to FOLDER (target/engine-bench if absent) and are kept (3 GB). Whole processes from
start to end, results written to Parquet; runs in turn; medians and ranges of RUNS (3) runs after one. DuckDB and Polars come from PyPI, into
a virtual environment in FOLDER; what the three have made is compared, row by row. `growth` and `memory` compare Distretto with itself, `cluster` a
scheduler and two executors on loopback with one process.
"""

import contextlib
import os
import random
import socket
import statistics
import subprocess
import sys
import time
import venv
from pathlib import Path

RUNS = int(os.environ.get("RUNS", "3"))
ROOT = Path(__file__).resolve().parent.parent
NO_SUPPRESSION = "[disclosure]\nsuppress = false\n[zones]\npath = 'world/zones.csv'\n"
DAY = "2011-10-09"

STUDIES = {
    "register": NO_SUPPRESSION + """
[sources.units]
path = "register/register"
[areas]
partition = { path = "register/truth_areas.csv", columns = { zone = "zone", area = "area" } }
[jobs.register]
source = "units"
on = "2011-10-09"
columns = { zone = "zone", activity = "activity", employees = "employees", from = "from", to = "to" }
""",
    "trips": NO_SUPPRESSION + """
[sources.trips]
path = "TRIPS/trips"
[flows.trips]
source = "trips"
purposes = ["work"]
columns = { from = "from_zone", to = "to_zone", purpose = "purpose", weight = "weight" }
""",
    "persons": NO_SUPPRESSION + """
[sources.trips]
path = "TRIPS/trips"
[flows.trips]
source = "trips"
count = "persons"
weekdays = ["mon", "tue", "wed", "thu", "fri"]
columns = { person = "person", to = "to_zone", time = "time", weight = "weight" }
""",
    "matrix": NO_SUPPRESSION + """
[sources.matrix]
path = "matrix.txt"
format = "istat-2011"
[flows]
query = "SELECT origin, destination, sum(flow) AS flow FROM matrix WHERE reason = '2' GROUP BY origin, destination"
""",
    "network": NO_SUPPRESSION + """
[sources.invoices]
path = "invoices/invoices"
[transactions]
source = "invoices"
columns = { seller = "seller", buyer = "buyer", amount = "amount", date = "date" }
""",
    "invoices": NO_SUPPRESSION + """
[sources.invoices]
path = "invoices/invoices"
[sources.units]
path = "invoices/register"
[transactions]
source = "invoices"
columns = { seller = "seller", buyer = "buyer", amount = "amount", date = "date" }
[transactions.firms]
source = "units"
columns = { firm = "firm", unit = "unit", zone = "zone", activity = "activity", employees = "employees" }
""",
}

DUCKDB = {
    "matrix": """
COPY (SELECT substr(l, 5, 3) || substr(l, 9, 3) AS origin, substr(l, 19, 3) || substr(l, 23, 3) AS destination, sum(CAST(substr(l, 57, 10) AS BIGINT)) AS flow
FROM read_csv('matrix.txt', columns = {'l': 'VARCHAR'}, delim = '\\t', header = false, quote = '')
WHERE l[1] = 'S' AND l[15] = '2' GROUP BY 1, 2 ORDER BY 1, 2) TO 'out.parquet' (COMPRESSION zstd)""",
    "register": f"""
COPY (SELECT zone, activity,
  CASE WHEN employees IS NULL THEN 'unknown' WHEN employees < 10 THEN '0-9' WHEN employees < 50 THEN '10-49' WHEN employees < 250 THEN '50-249' ELSE '250+' END AS size_class,
  sum(employees) AS employees, count(*) AS local_units
FROM read_parquet('register/register/**/*.parquet')
WHERE "from" <= DATE '{DAY}' AND ("to" IS NULL OR "to" >= DATE '{DAY}') GROUP BY 1, 2, 3 ORDER BY 1, 2, 3) TO 'out.parquet' (COMPRESSION zstd)""",
    "trips": """
COPY (SELECT from_zone AS origin, to_zone AS destination, sum(weight) AS flow, count(*) AS n
FROM read_parquet('TRIPS/trips/**/*.parquet') WHERE purpose = 'work' GROUP BY 1, 2 ORDER BY 1, 2) TO 'out.parquet' (COMPRESSION zstd)""",
    "persons": """
COPY (WITH visits AS (SELECT person, to_zone AS zone,
    count(*) FILTER (hour(time) >= 16 OR hour(time) < 5) AS home,
    count(*) FILTER (hour(time) >= 5 AND hour(time) < 15 AND dayofweek(time) BETWEEN 1 AND 5) AS work,
    max(weight) AS weight FROM read_parquet('TRIPS/trips/**/*.parquet') GROUP BY 1, 2),
  persons AS (SELECT person, first(zone ORDER BY home DESC, zone) FILTER (home > 0) AS home,
    first(zone ORDER BY work DESC, zone) FILTER (work > 0) AS work, max(weight) AS weight FROM visits GROUP BY 1)
SELECT home, work, sum(weight) AS flow, count(*) AS persons FROM persons GROUP BY 1, 2 ORDER BY 1, 2) TO 'out.parquet' (COMPRESSION zstd)""",
    "invoices": """
CREATE TABLE network AS SELECT seller, buyer, sum(amount) AS amount, count(*) AS n, min(date) AS first, max(date) AS last
  FROM read_parquet('invoices/invoices/**/*.parquet') GROUP BY 1, 2;
COPY (SELECT * FROM network ORDER BY 1, 2) TO 'out.parquet' (COMPRESSION zstd);
CREATE TABLE firms AS SELECT firm, first(zone ORDER BY employees DESC, unit) AS zone, first(activity ORDER BY employees DESC, unit) AS activity
  FROM read_parquet('invoices/register/**/*.parquet') GROUP BY 1;
COPY (SELECT s.zone, b.zone, sum(amount), sum(n) FROM network JOIN firms s ON seller = s.firm JOIN firms b ON buyer = b.firm GROUP BY 1, 2 ORDER BY 1, 2) TO 'zones.parquet' (COMPRESSION zstd);
COPY (SELECT s.activity, b.activity, sum(amount), sum(n) FROM network JOIN firms s ON seller = s.firm JOIN firms b ON buyer = b.firm GROUP BY 1, 2 ORDER BY 1, 2) TO 'activities.parquet' (COMPRESSION zstd)""",
}

POLARS = {
    "matrix": """
l = pl.col("l").str
(pl.scan_csv("matrix.txt", has_header=False, new_columns=["l"], schema={"l": pl.String}, separator="\\t", quote_char=None)
 .filter(l.starts_with("S") & (l.slice(14, 1) == "2"))
 .select(origin=l.slice(4, 3) + l.slice(8, 3), destination=l.slice(18, 3) + l.slice(22, 3), flow=l.slice(56, 10).cast(pl.Int64))
 .group_by("origin", "destination").agg(pl.col("flow").sum()).sort("origin", "destination").sink_parquet("out.parquet", compression="zstd"))""",
    "register": f"""
day = date.fromisoformat("{DAY}")
e = pl.col("employees")
(pl.scan_parquet("register/register/**/*.parquet", hive_partitioning=True)
 .filter((pl.col("from") <= day) & (pl.col("to").is_null() | (pl.col("to") >= day)))
 .with_columns(size_class=pl.when(e.is_null()).then(pl.lit("unknown")).when(e < 10).then(pl.lit("0-9")).when(e < 50).then(pl.lit("10-49")).when(e < 250).then(pl.lit("50-249")).otherwise(pl.lit("250+")))
 .group_by("zone", "activity", "size_class").agg(e.sum(), pl.len()).sort("zone", "activity", "size_class").sink_parquet("out.parquet", compression="zstd"))""",
    "trips": """
(pl.scan_parquet("TRIPS/trips/**/*.parquet", hive_partitioning=True).filter(pl.col("purpose") == "work")
 .group_by("from_zone", "to_zone").agg(pl.col("weight").sum(), pl.len()).sort("from_zone", "to_zone").sink_parquet("out.parquet", compression="zstd"))""",
    "persons": """
hour, day = pl.col("time").dt.hour(), pl.col("time").dt.weekday()
visits = (pl.scan_parquet("TRIPS/trips/**/*.parquet", hive_partitioning=True)
 .group_by("person", "to_zone").agg(home=((hour >= 16) | (hour < 5)).sum(), work=((hour >= 5) & (hour < 15) & (day <= 5)).sum(), weight=pl.col("weight").max()))
def most(by):
    return visits.filter(pl.col(by) > 0).sort("person", by, "to_zone", descending=[False, True, False]).group_by("person").agg(pl.col("to_zone").first().alias(by + "_zone"), pl.col("weight").max().alias("w_" + by))
(most("home").join(most("work"), on="person", how="full", coalesce=True)
 .group_by("home_zone", "work_zone").agg(pl.max_horizontal("w_home", "w_work").sum().alias("flow"), pl.len()).sort("home_zone", "work_zone").sink_parquet("out.parquet", compression="zstd"))""",
    "invoices": """
(pl.scan_parquet("invoices/invoices/**/*.parquet", hive_partitioning=True).group_by("seller", "buyer")
 .agg(pl.col("amount").sum(), pl.len().alias("n"), pl.col("date").min().alias("first"), pl.col("date").max().alias("last")).sort("seller", "buyer").sink_parquet("out.parquet", compression="zstd"))
network = pl.scan_parquet("out.parquet")
firms = (pl.scan_parquet("invoices/register/**/*.parquet", hive_partitioning=True).sort("employees", "unit", descending=[True, False]).group_by("firm").agg(pl.col("zone").first(), pl.col("activity").first()))
for by in ("zone", "activity"):
    (network.join(firms, left_on="seller", right_on="firm").join(firms, left_on="buyer", right_on="firm", suffix="_to")
     .group_by(by, by + "_to").agg(pl.col("amount").sum(), pl.col("n").sum()).sort(by, by + "_to").sink_parquet(by + ".parquet", compression="zstd"))""",
}


# The table of each study that the others write to out.parquet, its keys and its figure.
RESULTS = {
    "register": ("jobs", "zone, activity, size_class", "employees"),
    "trips": ("flows", "origin, destination", "flow"),
    "persons": ("flows", "origin, destination", "flow"),
    "matrix": ("flows", "origin, destination", "flow"),
    "invoices": ("firm_network", "seller, buyer", "amount"),
}
# How many rows differ: in one table only, or by more than rounding.
DIFFERENT = """
import duckdb, sys
duckdb.execute("SET enable_progress_bar = false")
table, keys, figure = sys.argv[1:4]
columns = [c[0] for c in duckdb.sql("SELECT * FROM 'out.parquet' LIMIT 0").description]
number = len(keys.split(","))
theirs = ", ".join(f"{c} AS k{n}" for n, c in enumerate(columns[:number])) + f", {columns[number]} AS x"
ours = ", ".join(f"{c.strip()} AS k{n}" for n, c in enumerate(keys.split(","))) + f", {figure} AS x"
on = " AND ".join(f"a.k{n} = b.k{n}" for n in range(number))
print(duckdb.sql(f"SELECT count(*) FROM (SELECT {ours} FROM 'tables/{table}/*.parquet') a FULL JOIN (SELECT {theirs} FROM 'out.parquet' WHERE k0 IS NOT NULL AND k1 IS NOT NULL) b ON {on} "
  "WHERE NOT coalesce(a.x IS NOT DISTINCT FROM b.x OR abs(a.x - b.x) <= 1e-6 * greatest(1, abs(a.x)) OR coalesce(a.x, 0) = coalesce(b.x, 0), FALSE)").fetchall()[0][0], "of",
  duckdb.sql("SELECT count(*) FROM 'out.parquet'").fetchall()[0][0])
"""


def python_of(folder):
    """A Python with DuckDB and Polars."""
    place = folder / "venv"
    if not (place / "bin" / "python").exists():
        venv.create(place, with_pip=True)
        subprocess.run([place / "bin" / "pip", "install", "-q", "duckdb", "polars"], check=True)
    return str(place / "bin" / "python")


def measure(command, cwd):
    """Wall and processor seconds, and peak MB; None and the end of what was said where it failed."""
    started = time.perf_counter()
    with (cwd / "said").open("w+b") as said:
        process = subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=said)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            said.seek(0)
            return None, said.read().decode()[-400:]
    return (wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024), None


def compare(title, commands, cwd, differing=None):
    """Runs the commands in turn, once to warm up and RUNS times; a row each. `differing` looks at what the second has made."""
    results = {name: [] for name in commands}
    for number in range(RUNS + 1):
        for name, command in commands.items():
            if results[name] is None:
                continue
            found, why = measure(command, cwd)
            if found is None:
                print(f"| {title} | {name} | failed: {why!r} |", flush=True)
                results[name] = None
            elif number > 0:
                results[name].append(found)
            if differing and number == 0 and found and not name.startswith("distretto"):
                differing(name)
    walls = {name: sorted(run[0] for run in runs) for name, runs in results.items() if runs}
    first, *others = walls
    fastest = min((statistics.median(walls[name]) for name in others), default=None)
    for name, wall in walls.items():
        ratio = f"{statistics.median(wall) / fastest:.2f}" if fastest and name == first else ""
        cpu, memory = (statistics.median(run[at] for run in results[name]) for at in (1, 2))
        print(f"| {title} | {name} | {statistics.median(wall):.2f} | {wall[0]:.2f}-{wall[-1]:.2f} | {cpu:.1f} | {memory:.0f} | {ratio} |", flush=True)


def make(binary, folder, name, *options):
    """A made country's micro-data, where they are not there yet."""
    if not (folder / name / "zones.csv").exists():
        subprocess.run([binary, "world", "--zones", "8000", "--no-register", "--seed", "7", "--out", name, "-q", *options], cwd=folder, check=True)


def make_matrix(path, rows=4_900_000):
    """A made commuting matrix in the layout of the Italian census of 2011, of its size."""
    if path.exists():
        return
    draw = random.Random(1)
    with path.open("w", newline="") as out:
        for row in range(rows):
            origin = row * 8000 // rows
            destination = (origin + draw.randrange(80) * draw.randrange(80) // 8) % 8000
            places = [f"{1 + zone // 80:03} {1 + zone % 80:03}" for zone in (origin, destination)]
            start = f"1 {places[0]} {draw.randrange(1, 3)} {draw.randrange(1, 3)} {1 if origin == destination else 2} {places[1]} 000"
            if row % 5 < 2:
                out.write(f"S {start} +  + + {'ND':<18} {draw.randrange(1, 61):010}\r\n")
            else:
                out.write(f"L {start} {draw.randrange(1, 13):02} 1 2 {draw.randrange(1, 901) / 100:018.2f} {'ND':<10}\r\n")


def study(folder, which, trips="trips", engine=""):
    """A study of one plan."""
    path = folder / f"{which}-{trips}-{len(engine)}.toml"
    path.write_text(STUDIES[which].replace("TRIPS", trips) + engine)
    return path


def against_others(title, binary, python, folder, which):
    """Distretto, DuckDB and Polars with the same plan."""
    commands = {
        "distretto": [binary, "tables", str(study(folder, which)), "--out", "tables", "-q"],
        "DuckDB": [python, "-c", "import duckdb; duckdb.execute('SET enable_progress_bar = false'); duckdb.execute(" + repr(DUCKDB[which].replace("TRIPS", "trips")) + ")"],
        "Polars": [python, "-c", "import polars as pl\nfrom datetime import date\n" + POLARS[which].replace("TRIPS", "trips")],
    }

    def differing(name):
        found = subprocess.run([python, "-c", DIFFERENT, *RESULTS[which]], cwd=folder, capture_output=True, text=True)
        print(f"{title}: rows that differ from {name}: {found.stdout.strip() or found.stderr[-300:]}", file=sys.stderr, flush=True)

    compare(title, commands, folder, differing)


@contextlib.contextmanager
def cluster(binary, folder):
    """A scheduler and two executors of one thread each on loopback; the lines of a study that lead there."""
    port = 50650
    start = lambda *words: subprocess.Popen([binary, "engine", *words], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    processes = [start("scheduler", "--listen", f"127.0.0.1:{port}")]
    listening(port)
    for results in (port + 10, port + 20):
        processes.append(start("executor", "--scheduler", f"127.0.0.1:{port}", "--port", str(results), "--threads", "1", "--memory", "4 GB"))
        listening(results)
    time.sleep(2)
    try:
        yield f'[engine]\naddress = "ballista://127.0.0.1:{port}"\nshared = "."\n'
    finally:
        for process in processes:
            process.kill()
            process.wait()


def listening(port):
    """Waits until somebody listens."""
    for _ in range(300):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.1)
    sys.exit(f"nothing listens at port {port}")


def main():
    binary = str(Path(sys.argv[1]).resolve())
    folder = Path(sys.argv[2] if len(sys.argv) > 2 else ROOT / "target/engine-bench").resolve()
    wanted = set(sys.argv[3:]) or {"register", "trips", "persons", "invoices", "matrix", "growth", "memory", "cluster"}
    folder.mkdir(parents=True, exist_ok=True)
    python = python_of(folder)
    make(binary, folder, "world")
    make(binary, folder, "register", "--register")
    make(binary, folder, "invoices", "--register", "--invoices=20000000")
    sizes = {10: "trips10", 30: "trips30", 100: "trips", 300: "trips300"}
    for million, name in sizes.items():
        make(binary, folder, name, f"--trips={million}000000")
    make_matrix(folder / "matrix.txt")
    print("| what | with | wall s | range | CPU s | peak MB | over the faster of the others |\n|---|---|--:|--:|--:|--:|--:|")
    for which, title in {
        "register": "register of 5 million units to jobs",
        "trips": "100 million trips to flows",
        "persons": "100 million trips to homes and work places",
        "invoices": "20 million invoices to a network and trade",
        "matrix": "4.9 million lines of the Italian matrix to flows",
    }.items():
        if which in wanted:
            against_others(title, binary, python, folder, which)
    tables = lambda path: [binary, "tables", str(path), "--out", "tables", "-q"]
    if "growth" in wanted:
        for million, name in sizes.items():
            compare(f"{million} million trips to flows", {"distretto": tables(study(folder, "trips", name))}, folder)
    if "memory" in wanted:
        for which, memory in [("network", "4 GB"), ("network", "2 GB"), ("network", "500 MB"), ("network", "200 MB"), ("persons", "8 GB")]:
            within = study(folder, which, engine=f'[engine]\nmemory = "{memory}"\n')
            compare(f"{which} within {memory}", {"distretto": tables(within)}, folder)
    if "cluster" in wanted:
        with cluster(binary, folder) as engine:
            for which in ("register", "trips"):
                commands = {"distretto on a cluster": tables(study(folder, which, engine=engine)), "distretto": tables(study(folder, which))}
                compare(f"{which}, two executors of one thread", commands, folder)


if __name__ == "__main__":
    main()
