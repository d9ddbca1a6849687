"""Whole commands, timed from outside: wall and CPU seconds and peak memory, median of five runs after one warm-up.

python3 benches/commands.py [target/release/distretto] [case ...]
Tables come from DISTRETTO_DATA, else ../shared/data; cases whose tables are absent are skipped. Worlds are made first.
"""

import csv
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("DISTRETTO_DATA", ROOT / ".." / "shared" / "data")).resolve()
RUNS = 5


def measure(command, cwd):
    """Wall seconds, CPU seconds and peak megabytes of one run."""
    began = time.perf_counter()
    process = subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{command}: {errors.decode()}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def report(name, command, cwd, runs=RUNS, warm=1, fresh=None):
    """Times a command; the folder `fresh` is removed before each run."""
    found = []
    for _ in range(runs + warm):
        if fresh:
            shutil.rmtree(cwd / fresh, ignore_errors=True)
        found.append(measure(command, cwd))
    runs = found[warm:]
    wall, cpu, memory = (statistics.median(column) for column in zip(*runs))
    spread = f"{min(run[0] for run in runs):.3f}-{max(run[0] for run in runs):.3f}"
    print(f"| {name} | {wall:.3f} | {spread} | {cpu:.3f} | {memory:.0f} |", flush=True)


def istat_matrix(path, rows=4_900_000):
    """A commuting matrix in the fixed-width layout of 2011: made, not real."""
    draw = random.Random(11)
    with open(path, "w", encoding="ascii", newline="\n") as out:
        lines = []
        for number in range(rows):
            home, work = draw.randrange(8000), draw.randrange(8000)
            kind = "S" if number % 4 == 0 else "L"
            if kind == "S":
                tail = f"+ + + ND {draw.randrange(1, 400):010d}"
            else:
                tail = f"{draw.randrange(1, 9):02d} 2 1 {draw.randrange(1, 900) / 10:010.2f} ND"
            lines.append(
                f"{kind} 1 {home // 80 + 1:03d} {home % 80 + 1:03d} 1 {1 + number % 2} 2 "
                f"{work // 80 + 1:03d} {work % 80 + 1:03d} 000 {tail}\n"
            )
            if len(lines) == 100_000:
                out.writelines(lines)
                lines.clear()
        out.writelines(lines)


def many_hosts(tour, count):
    """Enlarges a made tour to so many hosts: each further one is one of the first, moved by up to half a degree."""
    draw = random.Random(7)
    with open(tour / "hosts.csv", newline="", encoding="utf-8") as file:
        hosts = list(csv.DictReader(file))
    first = len(hosts)
    for number in range(first, count):
        host = dict(draw.choice(hosts[:first]), code=f"M{number:05d}", name=f"Host {number}")
        for axis in ("lon", "lat"):
            host[axis] = f"{float(host[axis]) + draw.uniform(-0.5, 0.5):.7f}"
        hosts.append(host)
    with open(tour / "hosts.csv", "w", newline="", encoding="utf-8") as file:
        rows = csv.DictWriter(file, hosts[0].keys())
        rows.writeheader()
        rows.writerows(hosts)


def main():
    binary = str(Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "target/release/distretto").resolve())
    wanted = set(sys.argv[2:])
    want = lambda case: not wanted or case in wanted
    print("| command | wall s | range | CPU s | peak MB |\n|---|--:|--:|--:|--:|")
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        if want("italy") and (DATA / "italy-2011").is_dir():
            (folder / "data").symlink_to(DATA)
            shutil.copytree(ROOT / "examples" / "italy-2011", folder / "italy-2011")
            report("run, Italy 2011, full edition", [binary, "run", "italy-2011/study.toml", "--out", "edition", "-q"], folder)
            shutil.rmtree(folder / "edition")
        table = DATA / "italy-2011" / "flows_work_estimated.csv.gz"
        if want("areas") and table.is_file():
            for mode in ("reference", "clean"):
                out = str(folder / "areas.csv")
                report(f"areas, Italy 2011, {mode}", [binary, "areas", str(table), "--mode", mode, "--out", out, "-q"], folder)
        for zones in (2_000, 10_000):
            if want("world"):
                subprocess.run([binary, "world", "--zones", str(zones), "--out", "world", "-q"], cwd=folder, check=True)
                report(f"run, world of {zones:,} zones, full edition", [binary, "run", "world/study.toml", "--out", "edition", "-q"], folder)
                shutil.rmtree(folder / "world")
        if want("certainty"):
            kept = "sure.replicates"
            if table.is_file():
                base = [binary, "certainty", str(table), "--out", "sure", "-q"]
                for count, threads in ((200, 1), (200, 2), (1_000, 2)):
                    command = [*base, "--replicates", str(count), "--threads", str(threads)]
                    name = f"certainty, Italy 2011, areas, {count:,} replicates, {threads} threads"
                    report(name, command, folder, runs=2 if count > 500 else 3, warm=0, fresh=kept)
            subprocess.run([binary, "world", "--zones", "8092", "--out", "world", "-q"], cwd=folder, check=True)
            command = [binary, "certainty", "world/study.toml", "--vary", "sampling", "--replicates", "1000", "--out", "edition", "-q"]
            name = "certainty, world of 8,092 zones, areas tuned on the map and districts, 1,000 replicates, full edition"
            report(name, command, folder, runs=2, warm=0, fresh="edition.replicates")
            shutil.rmtree(folder / "world")
        if want("large"):
            subprocess.run([binary, "world", "--zones", "100000", "--no-register", "--out", "world", "-q"], cwd=folder, check=True)
            command = [binary, "certainty", "world/study.toml", "--vary", "sampling", "--replicates", "100", "--out", "edition", "-q"]
            name = "certainty, world of 100,000 zones, areas tuned on the map and districts, 100 replicates, full edition"
            report(name, command, folder, runs=1, warm=0, fresh="edition.replicates")
            shutil.rmtree(folder / "world")
        if want("tours"):
            subprocess.run([binary, "world", "--seed", "7", "--zones", "2000", "--tour", "--out", "made/world", "-q"], cwd=folder, check=True)
            subprocess.run([binary, "run", "made/world/study.toml", "--out", "made/edition", "-q"], cwd=folder, check=True)
            tour = folder / "made" / "world" / "tour"
            for hosts in (41, 1_000, 10_000):
                if hosts > 41:
                    many_hosts(tour, hosts)
                plan = ["plan.json", "-q"]
                report(f"tour solve, {hosts:,} hosts, 4 days", [binary, "tour", "solve", str(tour), "--out", *plan], folder, runs=3)
                report(f"tour check, {hosts:,} hosts", [binary, "tour", "check", str(tour), *plan], folder, runs=3)
                report(f"tour why, one of {hosts:,} hosts", [binary, "tour", "why", str(tour), *plan, "--host", "H17"], folder, runs=3)
                report(f"tour replan, {hosts:,} hosts, one declines", [binary, "tour", "replan", str(tour), "plan.json", "--declined", "H16", "--out", "changed.json", "-q"], folder, runs=3)
        if want("istat"):
            istat_matrix(folder / "matrix.txt")
            (folder / "matrix.toml").write_text('[flows]\npath = "matrix.txt"\nformat = "istat-2011"\n')
            report("check, matrix of 4.9 million rows, fixed width", [binary, "check", "matrix.toml", "-q"], folder)
            report("reading the same bytes: wc -l", ["wc", "-l", "matrix.txt"], folder)
            report("reading the same bytes: cksum", ["cksum", "matrix.txt"], folder)


main()
