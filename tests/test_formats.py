"""An edition opened with other people's tools: GDAL, geopandas, pyarrow.

Run by `make test`; DISTRETTO names the command.
"""

import csv
import hashlib
import json
import os
import re
import subprocess

import geopandas
import pyarrow.parquet
import pytest

DISTRETTO = os.path.abspath(os.environ.get("DISTRETTO", "target/release/distretto"))


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    folder = tmp_path_factory.mktemp("world")
    for args in (
        ["world", "--zones", "600", "--seed", "5", "--out", "world"],
        ["run", "world/study.toml", "--out", "edition"],
    ):
        subprocess.run([DISTRETTO, *args], cwd=folder, check=True, capture_output=True)
    return folder / "edition"


def rows(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_ogrinfo_reads_the_geopackage_without_a_word_of_warning(edition):
    done = subprocess.run(
        ["ogrinfo", "-al", "-so", "shapes.gpkg"], cwd=edition, check=True, capture_output=True, text=True
    )
    assert done.stderr == ""
    for layer, table in (("areas", "areas.csv"), ("zones", "zones.csv")):
        part = done.stdout.split(f"Layer name: {layer}\n")[1].split("Layer name:")[0]
        assert "Geometry: Multi Polygon" in part
        assert f"Feature Count: {len(rows(edition / table))}" in part
        assert "WGS 84" in part


def test_geopandas_reads_both_formats_alike(edition):
    package = geopandas.read_file(edition / "shapes.gpkg", layer="areas")
    parquet = geopandas.read_parquet(edition / "area_shapes.parquet")
    assert package.crs == parquet.crs == "EPSG:4326" or str(parquet.crs) == "OGC:CRS84"
    assert list(package["area"]) == list(parquet["area"]) == [row["area"] for row in rows(edition / "areas.csv")]
    assert parquet.geometry.is_valid.all()
    assert package.geometry.to_crs(3035).area.sum() == pytest.approx(parquet.to_crs(3035).area.sum(), rel=1e-12)
    zones = geopandas.read_parquet(edition / "zone_shapes.parquet")
    assert zones["zone"].str.len().eq(6).all(), "leading zeros survive"
    # Areas are their zones: same ground, nothing lost and nothing twice.
    whole = zones.to_crs(3035).dissolve("area").area
    parts = parquet.set_index("area").to_crs(3035).area
    assert whole.sort_index().values == pytest.approx(parts.sort_index().values, rel=1e-9)


def test_geoparquet_metadata_is_that_of_version_1_1(edition):
    metadata = json.loads(pyarrow.parquet.read_metadata(edition / "area_shapes.parquet").metadata[b"geo"])
    assert metadata["version"] == "1.1.0"
    column = metadata["columns"][metadata["primary_column"]]
    assert column["encoding"] == "WKB"
    assert column["covering"]["bbox"]["xmin"] == ["bbox", "xmin"]
    part = geopandas.read_parquet(edition / "area_shapes.parquet")
    west, south, east, north = part.total_bounds
    half = geopandas.read_parquet(edition / "area_shapes.parquet", bbox=(west, south, (west + east) / 2, north))
    assert 0 < len(half) < len(part)


def test_every_table_is_the_same_as_csv_and_parquet(edition):
    package = json.loads((edition / "datapackage.json").read_text())
    assert len(package["resources"]) >= 10
    for resource in package["resources"]:
        table = pyarrow.parquet.read_table(edition / f"{resource['name']}.parquet")
        text = rows(edition / f"{resource['name']}.csv")
        assert [field["name"] for field in resource["schema"]["fields"]] == table.column_names
        assert len(text) == table.num_rows
        for name in table.column_names:
            for value, written in zip(table.column(name).to_pylist(), (row[name] for row in text)):
                if value is None:
                    assert written == ""
                elif isinstance(value, bool):
                    assert written == str(value).lower()
                elif isinstance(value, (int, float)):
                    assert float(written) == value
                else:
                    assert written == value
        keys = [tuple(row[key] for key in resource["schema"]["primaryKey"]) for row in text]
        assert len(set(keys)) == len(keys), f"{resource['name']}: the key is one"


def test_the_manifest_tells_the_truth(edition):
    manifest = json.loads((edition / "manifest.json").read_text())
    for output in manifest["outputs"]:
        content = (edition / output["path"]).read_bytes()
        assert output["size"] == len(content)
        assert output["sha256"] == hashlib.sha256(content).hexdigest()
    for source in manifest["inputs"]:
        content = (edition.parent / "world" / source["path"]).read_bytes()
        assert source["sha256"] == hashlib.sha256(content).hexdigest()
    assert manifest["counts"]["areas"] == len(rows(edition / "areas.csv"))
    assert {"version", "commit"} <= manifest["program"].keys()


def test_the_report_stands_alone(edition):
    report = (edition / "report.html").read_text()
    assert "<script" not in report
    assert not re.search(r"""(?:src|href)\s*=\s*["'](?!#|https://doi\.org/|https://)""", report)
    assert not re.search(r"""<(?:img|link|iframe|object|embed)\b""", report)
    assert not re.search(r"url\((?!['\"]?#)", report), "no picture or font from elsewhere"
    assert report.count("<svg") >= 3
    assert "NaN" not in report and "inf" not in re.findall(r"[\w.]+", re.sub(r"<[^>]*>", " ", report))
    subprocess.run(["xmllint", "--html", "--noout", "--recover", str(edition / "report.html")], check=True,
                   stderr=subprocess.DEVNULL)
