"""Points into zones: a Distretto command against GeoPandas, Shapely and DuckDB spatial, in turn, each from files to files.

python3 benches/points.py [--points N] [--runs N] COMMAND...
COMMAND stands for Distretto; in its words {borders} (or {geojson}), {key}, {out} and one of {raw}, {csv}, {parquet} are
replaced: the zones (or the same by code as GeoJSON), the property with their codes, the file to write, and the points (columns `lon`, `lat`; raw: all longitudes, then
all latitudes, as little-endian float64). {study} is a study that counts the points of each zone: `distretto tables {study} --out {out}`. Zones come from DISTRETTO_DATA, else ../shared/data. Needs the Python packages
`geopandas pyarrow duckdb`; a rival that cannot be loaded is named and left out.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("DISTRETTO_DATA", ROOT / ".." / "shared" / "data")).resolve()
BORDERS, KEY = DATA / "italy-2011" / "communes_500m.topojson.gz", "com_istat_code"

STUDY = """
[borders]
path = "{borders}"
key = "{key}"
[sources.points]
path = "points.parquet"
[sources.units]
query = "SELECT lon, lat, 'all' AS activity, 1 AS employees FROM points"
[jobs.register]
source = "units"
columns = {{ lon = "lon", lat = "lat", activity = "activity", employees = "employees" }}
[disclosure]
suppress = false
"""

READ_ZONES = """
import geopandas, json, sys, time
zones = geopandas.read_file("/vsigzip/" + sys.argv[1])[[sys.argv[2], "geometry"]].set_crs(4326, allow_override=True)
zones = zones.sort_values(sys.argv[2]).reset_index(drop=True)
"""

GEOPANDAS = READ_ZONES + """
import pyarrow.parquet
points = pyarrow.parquet.read_table(sys.argv[3]).to_pandas()
began = time.perf_counter()
points = geopandas.GeoDataFrame(geometry=geopandas.points_from_xy(points.lon, points.lat), crs=4326)
made = time.perf_counter()
found = geopandas.sjoin(points, zones, predicate="intersects", how="left")
lowest = found.index_right.groupby(level=0).min() if found.index.has_duplicates else found.index_right
print(json.dumps({"join": time.perf_counter() - made, "points": made - began, "inside": int(lowest.notna().sum())}), file=sys.stderr)
lowest.to_frame("zone").to_parquet(sys.argv[4])
"""

SHAPELY = READ_ZONES + """
import numpy, pyarrow, pyarrow.parquet, shapely
points = pyarrow.parquet.read_table(sys.argv[3])
began = time.perf_counter()
points = shapely.points(points["lon"].to_numpy(), points["lat"].to_numpy())
made = time.perf_counter()
tree = shapely.STRtree(points)
shapes = zones.geometry.values
shapely.prepare(numpy.asarray(shapes))
zone, point = tree.query(shapes, predicate="intersects")
lowest = numpy.full(len(points), 2**32 - 1, dtype=numpy.uint32)
numpy.minimum.at(lowest, point, zone.astype(numpy.uint32))
print(json.dumps({"join": time.perf_counter() - made, "points": made - began, "inside": int((lowest < 2**32 - 1).sum())}), file=sys.stderr)
pyarrow.parquet.write_table(pyarrow.table({"zone": lowest}), sys.argv[4])
"""

DUCKDB = READ_ZONES + """
import duckdb
duckdb.sql("LOAD spatial")
duckdb.sql("SET threads = 1")
shapes = zones.assign(zone=zones.index, wkb=zones.geometry.to_wkb())[["zone", "wkb"]]
duckdb.sql("CREATE TABLE zones AS SELECT zone, ST_GeomFromWKB(wkb) AS shape FROM shapes")
began = time.perf_counter()
duckdb.sql(f'''CREATE TABLE found AS SELECT n, min(zone) AS zone
FROM (SELECT row_number() OVER () AS n, ST_Point(lon, lat) AS point FROM '{sys.argv[3]}') JOIN zones
ON ST_Intersects(shape, point) GROUP BY n''')
inside = duckdb.sql("SELECT count(*) FROM found").fetchone()[0]
print(json.dumps({"join": time.perf_counter() - began, "inside": inside}), file=sys.stderr)
duckdb.sql(f"COPY found TO '{sys.argv[4]}'")
"""


def write_input(folder, count, command):
    """Zones, and points drawn evenly from the rectangle around them, in the files that somebody reads."""
    import geopandas
    import numpy
    import pyarrow
    import pyarrow.csv
    import pyarrow.parquet

    zones = geopandas.read_file(f"/vsigzip/{BORDERS}")
    if any("{geojson}" in word for word in command):
        zones = zones.set_crs(4326, allow_override=True).sort_values(KEY)
        zones[[KEY, "geometry"]].to_file(folder / "zones.geojson", driver="GeoJSON", COORDINATE_PRECISION=17)
    west, south, east, north = zones.total_bounds
    draw = numpy.random.default_rng(11)
    lon, lat = draw.uniform(west, east, count), draw.uniform(south, north, count)
    table = pyarrow.table({"lon": lon, "lat": lat})
    pyarrow.parquet.write_table(table, folder / "points.parquet")
    if any("{study}" in word for word in command):
        (folder / "study.toml").write_text(STUDY.format(borders=BORDERS, key=KEY))
    if any("{csv}" in word for word in command):
        pyarrow.csv.write_csv(table, folder / "points.csv")
    if any("{raw}" in word for word in command):
        numpy.concatenate([lon, lat]).astype("<f8").tofile(folder / "points.raw")


def measure(command):
    """Wall seconds, CPU seconds, peak megabytes and the messages of one run."""
    began = time.perf_counter()
    with tempfile.TemporaryFile() as messages:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=messages)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        messages.seek(0)
        said = messages.read().decode().strip()
    if process.returncode != 0:
        raise RuntimeError(said.splitlines()[-1] if said else f"exit code {process.returncode}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, said


def spread(numbers):
    return f"{min(numbers):.2f} / {statistics.median(numbers):.2f} / {max(numbers):.2f}"


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--points", type=int, default=10_000_000)
    arguments.add_argument("--runs", type=int, default=5)
    arguments.add_argument("command", nargs=argparse.REMAINDER)
    given = arguments.parse_args()
    if not BORDERS.is_file():
        sys.exit(f"{BORDERS} is not there: set DISTRETTO_DATA")
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        write_input(folder, given.points, given.command)
        names = {"borders": BORDERS, "key": KEY, "out": folder / "distretto.out", "geojson": folder / "zones.geojson", "study": folder / "study.toml"}
        names |= {kind: folder / f"points.{kind}" for kind in ("raw", "csv", "parquet")}
        rivals = {}
        if given.command:
            rivals["Distretto"] = [word.format(**names) for word in given.command]
        for name, program in (("GeoPandas", GEOPANDAS), ("Shapely", SHAPELY), ("DuckDB spatial", DUCKDB)):
            rivals[name] = [sys.executable, "-c", program, BORDERS, KEY, folder / "points.parquet", folder / f"{name}.out"]
        runs = {name: [] for name in rivals}
        for round in range(given.runs):
            for name in list(rivals):
                try:
                    runs[name].append(measure(rivals[name]))
                    print(f"round {round + 1}, {name}: {runs[name][-1][0]:.2f} s; {runs[name][-1][3]}", file=sys.stderr, flush=True)
                except RuntimeError as error:
                    print(f"{name} is left out: {error}", file=sys.stderr, flush=True)
                    del rivals[name]
        print(f"{given.points:,} points into the Italian communes of 2011, {given.runs} rounds (least / median / most)\n")
        print("| program | wall s | CPU s | peak MB | wall, times the first |\n|---|--:|--:|--:|--:|")
        base = None
        for name in rivals:
            wall, cpu, memory, _ = zip(*runs[name])
            base = base or statistics.median(wall)
            ratio = statistics.median(wall) / base
            print(f"| {name} | {spread(wall)} | {spread(cpu)} | {max(memory):.0f} | {ratio:.1f} |")


main()
