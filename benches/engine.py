#!/usr/bin/env python3
"""Times tables from micro-data against DuckDB and Polars, on the same files and the same plans written by hand.

    python3 benches/engine.py DISTRETTO [FOLDER] [register|trips|invoices|growth|memory ...]

DISTRETTO is a command built with the feature `engine`. Made micro-data go to FOLDER (target/engine-bench if absent) and are kept. Whole processes from
start to end, results written to Parquet; runs of the three in turn; medians and ranges of RUNS (3) runs after one. DuckDB and Polars come from PyPI, into
a virtual environment in FOLDER.
"""

import os
import resource
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


def python_of(folder):
    """A Python with DuckDB and Polars."""
    place = folder / "venv"
    if not (place / "bin" / "python").exists():
        venv.create(place, with_pip=True)
        subprocess.run([place / "bin" / "pip", "install", "-q", "duckdb", "polars"], check=True)
    return str(place / "bin" / "python")


def measure(command, cwd):
    """Wall and processor seconds, and the peak memory of the largest process in MB."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    done = subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    _, status, used = os.wait4(done.pid, 0)
    wall = time.perf_counter() - started
    if status != 0:
        return None, done.stderr.read().decode()[-400:]
    del before
    return (wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024), None


def compare(title, commands, cwd):
    """Runs the commands in turn; a row each."""
    results = {name: [] for name in commands}
    for number in range(RUNS + 1):
        for name, command in commands.items():
            if results[name] is None:
                continue
            found, why = measure(command, cwd)
            if found is None:
                print(f"| {title} | {name} | failed: {why!r} |", flush=True)
                results[name] = None
            elif number > 0 or RUNS == 0:
                results[name].append(found)
    fastest = min((statistics.median(r[0] for r in runs) for name, runs in results.items() if runs and name != "distretto"), default=None)
    for name, runs in results.items():
        if not runs:
            continue
        walls = sorted(run[0] for run in runs)
        wall = statistics.median(walls)
        ratio = f"{wall / fastest:.2f}" if fastest and name.startswith("distretto") else ""
        cpu, memory = (statistics.median(run[at] for run in runs) for at in (1, 2))
        print(f"| {title} | {name} | {wall:.2f} | {walls[0]:.2f}-{walls[-1]:.2f} | {cpu:.1f} | {memory:.0f} | {ratio} |", flush=True)


def make(binary, folder, name, *options):
    if not (folder / name / "zones.csv").exists():
        subprocess.run([binary, "world", "--zones", "8000", "--no-register", "--seed", "7", "--out", name, "-q", *options], cwd=folder, check=True)


def plan(binary, python, folder, which, trips="trips", engine=""):
    study = folder / f"{which}-{trips}{len(engine)}.toml"
    study.write_text(STUDIES[which].replace("TRIPS", trips) + engine)
    commands = {"distretto": [binary, "tables", str(study), "--out", "tables", "-q"]}
    if not engine:
        commands["duckdb"] = [python, "-c", "import duckdb; duckdb.execute(" + repr(DUCKDB[which].replace("TRIPS", trips)) + ")"]
        commands["polars"] = [python, "-c", "import polars as pl\nfrom datetime import date\n" + POLARS[which].replace("TRIPS", trips)]
    return commands


def main():
    binary = str(Path(sys.argv[1]).resolve())
    folder = Path(sys.argv[2] if len(sys.argv) > 2 else ROOT / "target/engine-bench").resolve()
    wanted = set(sys.argv[3:]) or {"register", "trips", "invoices", "growth", "memory"}
    folder.mkdir(parents=True, exist_ok=True)
    python = python_of(folder)
    make(binary, folder, "world")
    print("| what | with | wall s | range | CPU s | peak MB | over the faster of the others |\n|---|---|--:|--:|--:|--:|--:|")
    if "register" in wanted:
        make(binary, folder, "register", "--register")
        compare("register of 5 million units to jobs", plan(binary, python, folder, "register"), folder)
    if "trips" in wanted:
        make(binary, folder, "trips", "--trips=100000000")
        compare("100 million trips to flows", plan(binary, python, folder, "trips"), folder)
        compare("100 million trips to homes and work places", plan(binary, python, folder, "persons"), folder)
    if "invoices" in wanted:
        make(binary, folder, "invoices", "--register", "--invoices=20000000")
        compare("20 million invoices to a network and trade", plan(binary, python, folder, "invoices"), folder)
    if "growth" in wanted:
        for million in (10, 30, 100, 300):
            name = "trips" if million == 100 else f"trips{million}"
            make(binary, folder, name, f"--trips={million}000000")
            commands = plan(binary, python, folder, "trips", name)
            compare(f"{million} million trips to flows", {"distretto": commands["distretto"]}, folder)
    if "memory" in wanted:
        make(binary, folder, "trips", "--trips=100000000")
        for memory in ("8 GB", "2 GB", "500 MB", "200 MB"):
            commands = plan(binary, python, folder, "persons", "trips", f'[engine]\nmemory = "{memory}"\n')
            compare(f"100 million trips to homes and work places within {memory}", commands, folder)


if __name__ == "__main__":
    main()
