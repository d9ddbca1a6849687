//! ESRI Shapefile: `.shp` with the shapes, `.dbf` with the codes, `.prj` with the reference system.

mod dbf;

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use distretto_territory::rings::assemble;
use geo_types::{Coord, MultiPolygon};
use shapefile::record::polygon::GenericPolygon;
use shapefile::record::traits::HasXY;
use shapefile::{Shape, ShapeReader};

use super::super::error::{Problem, SpatialError};
use super::{CrsText, Raw, Source};

const FORMAT: &str = "Shapefile";

pub(super) fn read(source: &Source<'_>) -> Result<Raw, SpatialError> {
    let table = sibling(source.path, "dbf")
        .ok_or_else(|| Problem::malformed(FORMAT, "the .dbf file that goes with it is missing"))?;
    let page = sibling(source.path, "cpg").and_then(|path| std::fs::read_to_string(path).ok());
    let table = std::fs::read(table).map_err(|error| Problem::Unreadable(error.to_string()))?;
    let rows = dbf::column(&table, source.key, page.as_deref())?;

    let file = File::open(source.path).map_err(|error| Problem::Unreadable(error.to_string()))?;
    let mut reader = ShapeReader::new(BufReader::new(file)).map_err(malformed)?;
    let mut raw = Raw { crs: projection(source.path)?, ..Raw::default() };
    let mut rows = rows.into_iter();
    for shape in reader.iter_shapes() {
        let number = raw.number();
        let shape = shape.map_err(|error| malformed(error).at_feature(number))?;
        let row = rows.next().ok_or_else(|| malformed("there are more shapes than rows in the .dbf file"))?;
        if row.deleted {
            continue;
        }
        raw.push(row.text, polygons(shape).map_err(|problem| problem.at_feature(number))?);
    }
    if rows.next().is_some() {
        return Err(malformed("there are fewer shapes than rows in the .dbf file").into());
    }
    Ok(raw)
}

fn malformed(why: impl std::fmt::Display) -> Problem {
    Problem::malformed(FORMAT, why)
}

/// The file of the same name with another ending, in small letters or capitals.
fn sibling(path: &Path, ending: &str) -> Option<PathBuf> {
    [ending.to_owned(), ending.to_uppercase()].iter().map(|e| path.with_extension(e)).find(|p| p.exists())
}

fn projection(path: &Path) -> Result<Option<CrsText>, Problem> {
    let Some(path) = sibling(path, "prj") else { return Ok(None) };
    let bytes = std::fs::read(path).map_err(|error| Problem::Unreadable(error.to_string()))?;
    Ok(Some(CrsText::Text(String::from_utf8_lossy(&bytes).into_owned())))
}

fn polygons(shape: Shape) -> Result<Option<MultiPolygon<f64>>, Problem> {
    match shape {
        Shape::NullShape => Ok(None),
        Shape::Polygon(polygon) => Ok(Some(from_rings(&polygon))),
        Shape::PolygonM(polygon) => Ok(Some(from_rings(&polygon))),
        Shape::PolygonZ(polygon) => Ok(Some(from_rings(&polygon))),
        other => Err(Problem::NotPolygon(other.shapetype().to_string())),
    }
}

/// Exteriors run clockwise here and holes counter-clockwise, in any order: turned, they assemble.
fn from_rings<P: HasXY>(polygon: &GenericPolygon<P>) -> MultiPolygon<f64> {
    let coords = |ring: &shapefile::PolygonRing<P>| {
        ring.points().iter().rev().map(|p| Coord { x: p.x(), y: p.y() }).collect()
    };
    assemble(polygon.rings().iter().map(coords).collect())
}
