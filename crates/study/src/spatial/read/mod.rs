//! Borders from files: each feature with the code of its zone, in longitude and latitude.

mod geojson;
mod geopackage;
mod geoparquet;
mod json;
mod key;
mod shapefile;
mod topojson;

use std::path::Path;

use geo_types::MultiPolygon;

use super::crs::{Crs, not_degrees};
use super::error::{Problem, SpatialError};

/// A file of borders and how to read it.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// The file.
    pub path: &'a Path,
    /// The column or property with the codes of zones; in GeoJSON and TopoJSON also `id`, the identifier of a feature.
    pub key: &'a str,
    /// The layer of a GeoPackage or the object of a TopoJSON; not needed where there is one.
    pub layer: Option<&'a str>,
    /// The coordinate reference system ([`Crs::from_text`]); where given, it overrides what the file says.
    pub crs: Option<&'a str>,
}

/// A feature of a file of borders.
#[derive(Debug, Clone, PartialEq)]
pub struct Feature {
    /// The code of its zone: text as it stands, whole numbers in digits.
    pub key: String,
    /// Its polygons in degrees, if it has any.
    pub shape: Option<MultiPolygon<f64>>,
}

/// What was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Borders {
    /// The features, in the order of the file. A zone may have several.
    pub features: Vec<Feature>,
    /// Features without a code, counted from 1: left out.
    pub keyless: Vec<u64>,
    /// The coordinate reference system of the file.
    pub crs: String,
    /// How it is known.
    pub crs_origin: CrsOrigin,
}

/// How the coordinate reference system of a file is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CrsOrigin {
    /// The caller said so.
    Given,
    /// The file says so, or its format allows nothing else.
    File,
    /// Nobody says so, but all coordinates are degrees.
    Assumed,
}

/// What a reader of one format finds: shapes in the coordinates of the file.
#[derive(Default)]
struct Raw {
    features: Vec<Feature>,
    keyless: Vec<u64>,
    /// `None` where the file does not say.
    crs: Option<CrsText>,
}

/// What a file says about its coordinate reference system.
enum CrsText {
    LonLat,
    Text(String),
}

impl Raw {
    /// Adds the next feature of the file, with or without a code.
    fn push(&mut self, key: Option<String>, shape: Option<MultiPolygon<f64>>) {
        match key.map(|key| key.trim().to_owned()).filter(|key| !key.is_empty()) {
            Some(key) => {
                let shape = shape.filter(|shape| !shape.0.is_empty());
                self.features.push(Feature { key, shape });
            }
            None => self.keyless.push(self.number()),
        }
    }

    /// The number of the next feature, from 1.
    fn number(&self) -> u64 {
        (self.features.len() + self.keyless.len()) as u64 + 1
    }
}

/// Reads a file of borders, known by the ending of its name: `.geojson`, `.json`, `.topojson` (also `.gz`, `.zst`),
/// `.gpkg`, `.shp` (with its `.dbf` and `.prj`), `.parquet`, `.geoparquet`. Shapes come in degrees on WGS 84.
/// A damaged file gives an error, never part of its features. Cost: linear.
pub fn read(source: &Source<'_>) -> Result<Borders, SpatialError> {
    read_raw(source).and_then(|raw| to_lon_lat(raw, source.crs)).map_err(|error| error.in_file(source.path))
}

fn read_raw(source: &Source<'_>) -> Result<Raw, SpatialError> {
    let name = source.path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let name = name.strip_suffix(".gz").or_else(|| name.strip_suffix(".zst")).unwrap_or(&name);
    if !source.path.exists() {
        return Err(Problem::NotFound.into());
    }
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("geojson" | "json" | "topojson") => json::read(source),
        Some("gpkg") => geopackage::read(source),
        Some("shp") => shapefile::read(source),
        Some("parquet" | "geoparquet") => geoparquet::read(source),
        _ => Err(Problem::UnknownFormat(name.to_owned()).into()),
    }
}

fn to_lon_lat(mut raw: Raw, given: Option<&str>) -> Result<Borders, SpatialError> {
    if raw.features.is_empty() && raw.keyless.is_empty() {
        return Err(Problem::Empty.into());
    }
    let (crs, crs_origin) = match (given, &raw.crs) {
        (Some(text), _) => (Crs::from_text(text)?, CrsOrigin::Given),
        (None, Some(CrsText::LonLat)) => (Crs::lon_lat(), CrsOrigin::File),
        (None, Some(CrsText::Text(text))) => (Crs::from_text(text)?, CrsOrigin::File),
        (None, None) => {
            let mut shapes = raw.features.iter().filter_map(|feature| feature.shape.as_ref());
            if let Some(at) = shapes.find_map(not_degrees) {
                return Err(Problem::CrsMissing { x: at.x, y: at.y }.into());
            }
            (Crs::lon_lat(), CrsOrigin::Assumed)
        }
    };
    let keyless = raw.keyless.clone();
    let numbers = (1..).filter(|number| keyless.binary_search(number).is_err());
    for (number, feature) in numbers.zip(&mut raw.features) {
        if let Some(shape) = &mut feature.shape {
            crs.to_lon_lat(shape).map_err(|problem| problem.at_feature(number))?;
        }
    }
    Ok(Borders { features: raw.features, keyless: raw.keyless, crs: crs.name().to_owned(), crs_origin })
}
