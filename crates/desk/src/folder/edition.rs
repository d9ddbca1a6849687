//! What a tour takes from an edition: districts, municipalities, shapes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use distretto_study::config::{TableSource, Texts};
use distretto_study::edition::sha256;
use distretto_study::fault::{Code, Fault, Log, Result};
use distretto_study::spatial::{self, Source};
use distretto_study::tables::{Batch, Folder, Need, Role, Table};
use distretto_territory::geodesy::centroid;
use distretto_tours::tour::District;
use geo_types::MultiPolygon;
use serde_json::Value;

/// A municipality of an edition.
#[derive(Debug, Clone, PartialEq)]
pub struct Municipality {
    /// Code of its area; absent where it has none.
    pub area: Option<String>,
    /// Longitude and latitude of a central point; absent where the edition has none.
    pub point: Option<(f64, f64)>,
}

/// What an edition says of an area beside what [`District`] holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Facts {
    /// Number of municipalities.
    pub zones: Option<f64>,
    /// Residents, persons.
    pub population: Option<f64>,
    /// Employees in manufacturing.
    pub manufacturing_jobs: Option<f64>,
    /// Employees of the main industry.
    pub main_jobs: Option<f64>,
    /// Local units of the main industry.
    pub main_units: Option<f64>,
    /// Location quotient of the main industry within manufacturing.
    pub quotient: Option<f64>,
}

/// What a tour takes from an edition.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Edition {
    /// The folder that was read.
    pub folder: PathBuf,
    /// SHA-256 of the manifest, which holds the hash of every file: two editions with the same are the same.
    pub hash: String,
    /// All areas, districts or not, by code.
    pub districts: Vec<District>,
    /// What else it says of each area, by code.
    pub facts: BTreeMap<String, Facts>,
    /// Municipalities by code.
    pub zones: BTreeMap<String, Municipality>,
    /// Outlines of areas, by code; empty where the edition has no shapes.
    pub outlines: BTreeMap<String, MultiPolygon<f64>>,
}

impl Edition {
    /// Reads what a tour takes from the edition in this folder. Files are held to the manifest: one that was changed is refused.
    ///
    /// # Errors
    /// A folder that is no edition, a file that is missing or not the one that was written.
    pub fn open(folder: &Path) -> Result<Self> {
        let files = Files::of(folder)?;
        let zones = zones(&files)?;
        let mut facts = BTreeMap::new();
        let mut areas = areas(&files, &mut facts)?;
        add_districts(&files, &mut areas, &mut facts)?;
        add_certainty(&files, &mut areas)?;
        let outlines = outlines(&files)?;
        let middles = middles(&zones);
        for (code, area) in &mut areas {
            let of_shape = outlines.get(code).and_then(centroid).map(|point| (point.x(), point.y()));
            area.middle = of_shape.or_else(|| middles.get(code).copied());
        }
        let (folder, hash) = (folder.to_path_buf(), files.hash);
        Ok(Self { folder, hash, districts: areas.into_values().collect(), facts, zones, outlines })
    }

    /// The central point of a municipality.
    pub fn point(&self, zone: &str) -> Option<(f64, f64)> {
        self.zones.get(zone)?.point
    }
}

/// The files that a manifest vouches for.
struct Files {
    folder: Folder,
    hash: String,
    outputs: Vec<(String, String)>,
}

impl Files {
    fn of(folder: &Path) -> Result<Self> {
        let path = folder.join("manifest.json");
        let none = |why: String| {
            Fault::new(Code::EditionMissing, format!("`{}` is not an edition", folder.display()))
                .in_file(&path)
                .because(why)
                .hint("`edition` in tour.toml names a folder that `distretto run --out` wrote")
        };
        let bytes = std::fs::read(&path).map_err(|error| none(error.to_string()))?;
        let manifest: Value = serde_json::from_slice(&bytes).map_err(|error| none(error.to_string()))?;
        if manifest["program"]["name"] != "distretto" {
            return Err(none("the manifest is not one of this program".to_owned()));
        }
        let outputs = manifest["outputs"].as_array().into_iter().flatten().filter_map(|output| {
            Some((output["path"].as_str()?.to_owned(), output["sha256"].as_str()?.to_owned()))
        });
        Ok(Self { outputs: outputs.collect(), folder: Folder::new(folder), hash: sha256(&bytes) })
    }

    /// The file of a table in Parquet or CSV, held to its hash; `None` where the edition has none.
    fn vouched(&self, name: &str, endings: &[&str]) -> Result<Option<PathBuf>> {
        let named = |ending: &&str| {
            let file = format!("{name}.{ending}");
            self.outputs.iter().find(|(path, _)| *path == file)
        };
        let Some((file, hash)) = endings.iter().find_map(named) else { return Ok(None) };
        let path = self.folder.base().join(file);
        let bytes = std::fs::read(&path).map_err(|error| damaged(&path, error))?;
        if sha256(&bytes) != *hash {
            return Err(damaged(&path, "it was changed after the edition was written"));
        }
        Ok(Some(path))
    }

    /// Reads the rows of a table that the edition may have, and says whether it has it.
    fn rows(
        &self,
        name: &'static str,
        texts: &[&'static str],
        numbers: &[&'static str],
        mut each: impl FnMut(&Batch, usize) -> Result<()>,
    ) -> Result<bool> {
        let Some(path) = self.vouched(name, &["parquet", "csv"])? else { return Ok(false) };
        let file = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let source = TableSource { path: Texts(vec![file]), ..TableSource::default() };
        let role = |need: Need| move |name: &&'static str| Role::new(name, None, &[], need);
        let roles =
            texts.iter().map(role(Need::OptionalText)).chain(numbers.iter().map(role(Need::OptionalNumber)));
        let table = Table::open(&self.folder, name, &source, roles.collect())?;
        let outcome = table.for_each_batch(&mut Log::default(), |batch| {
            (0..batch.len()).try_for_each(|row| each(batch, row))
        });
        match outcome {
            Err(fault) if fault.code == Code::TableEmpty => Ok(true),
            outcome => outcome.map(|()| true),
        }
    }
}

/// An edition that is not what it should be.
fn damaged(file: &Path, why: impl std::fmt::Display) -> Box<Fault> {
    Fault::new(Code::EditionDamaged, "the edition cannot be used")
        .in_file(file)
        .because(why.to_string())
        .hint("write the edition again with `distretto run` (and `distretto certainty`)")
}

fn text(batch: &Batch, row: usize, column: &str) -> Option<String> {
    batch.text(column).get(row).map(str::to_owned)
}

fn number(batch: &Batch, row: usize, column: &str) -> Result<Option<f64>> {
    Ok(batch.number(&batch.numbers(column), row)?.filter(|number| number.is_finite()))
}

fn zones(files: &Files) -> Result<BTreeMap<String, Municipality>> {
    let mut zones = BTreeMap::new();
    let is_there = files.rows("zones", &["zone", "area"], &["lon", "lat"], |batch, row| {
        if let Some(zone) = text(batch, row, "zone") {
            let point = number(batch, row, "lon")?.zip(number(batch, row, "lat")?);
            zones.insert(zone, Municipality { area: text(batch, row, "area"), point });
        }
        Ok(())
    })?;
    if is_there { Ok(zones) } else { Err(damaged(files.folder.base(), "it has no table `zones`")) }
}

/// The areas by code, as far as their own table tells.
fn areas(files: &Files, facts: &mut BTreeMap<String, Facts>) -> Result<BTreeMap<String, District>> {
    let mut areas = BTreeMap::new();
    let columns = ["area", "name", "kind"];
    let is_there = files.rows("areas", &columns, &["workers", "zones", "population"], |batch, row| {
        if let Some(code) = text(batch, row, "area") {
            let (zones, population) = (number(batch, row, "zones")?, number(batch, row, "population")?);
            facts.insert(code.clone(), Facts { zones, population, ..Facts::default() });
            let district = District {
                name: text(batch, row, "name").unwrap_or_else(|| code.clone()),
                industry: None,
                industry_name: String::new(),
                certainty: None,
                workers: number(batch, row, "workers")?,
                middle: None,
                is_district: text(batch, row, "kind").as_deref() == Some("district"),
                code: code.clone(),
            };
            areas.insert(code, district);
        }
        Ok(())
    })?;
    if is_there { Ok(areas) } else { Err(damaged(files.folder.base(), "it has no table `areas`")) }
}

fn add_districts(
    files: &Files,
    areas: &mut BTreeMap<String, District>,
    facts: &mut BTreeMap<String, Facts>,
) -> Result<()> {
    let texts = ["area", "main_industry", "main_industry_name"];
    let numbers = ["main_industry_jobs", "main_industry_units", "main_industry_lq", "manufacturing_jobs"];
    files.rows("districts", &texts, &numbers, |batch, row| {
        let Some(code) = text(batch, row, "area") else { return Ok(()) };
        let Some((area, facts)) = areas.get_mut(&code).zip(facts.get_mut(&code)) else { return Ok(()) };
        facts.main_jobs = number(batch, row, "main_industry_jobs")?;
        facts.main_units = number(batch, row, "main_industry_units")?;
        facts.quotient = number(batch, row, "main_industry_lq")?;
        facts.manufacturing_jobs = number(batch, row, "manufacturing_jobs")?;
        area.industry = text(batch, row, "main_industry");
        area.industry_name = text(batch, row, "main_industry_name").unwrap_or_default();
        if area.industry.is_some() {
            area.workers = facts.main_jobs;
        }
        Ok(())
    })?;
    Ok(())
}

fn add_certainty(files: &Files, areas: &mut BTreeMap<String, District>) -> Result<()> {
    files.rows("district_certainty", &["area"], &["existence"], |batch, row| {
        if let Some(area) = text(batch, row, "area").and_then(|code| areas.get_mut(&code)) {
            area.certainty = number(batch, row, "existence")?.filter(|share| (0.0..=1.0).contains(share));
        }
        Ok(())
    })?;
    Ok(())
}

fn outlines(files: &Files) -> Result<BTreeMap<String, MultiPolygon<f64>>> {
    let Some(path) = files.vouched("area_shapes", &["parquet"])? else { return Ok(BTreeMap::new()) };
    let found = spatial::read(&Source { path: &path, key: "area", layer: None, crs: None })
        .map_err(|error| damaged(&path, error))?;
    Ok(found.features.into_iter().filter_map(|feature| Some((feature.key, feature.shape?))).collect())
}

/// The mean of the points of the municipalities of each area.
fn middles(zones: &BTreeMap<String, Municipality>) -> BTreeMap<String, (f64, f64)> {
    let mut sums: BTreeMap<String, (f64, f64, f64)> = BTreeMap::new();
    for zone in zones.values() {
        if let (Some(area), Some((lon, lat))) = (&zone.area, zone.point) {
            let sum = sums.entry(area.clone()).or_default();
            *sum = (sum.0 + lon, sum.1 + lat, sum.2 + 1.0);
        }
    }
    sums.into_iter().map(|(area, (lon, lat, count))| (area, (lon / count, lat / count))).collect()
}
