//! Shapes as well-known binary.

use geo_traits::GeometryTrait;
use geo_traits::to_geo::ToGeoGeometry;
use geo_types::{Geometry, MultiPolygon};
use wkb::writer::{WriteOptions, write_geometry};

use super::error::Problem;

/// The polygons in well-known binary (ISO or extended, either byte order; third and fourth coordinates are left out).
pub(super) fn decode(bytes: &[u8], format: &'static str) -> Result<MultiPolygon<f64>, Problem> {
    let parsed = wkb::reader::read_wkb(bytes).map_err(|error| Problem::malformed(format, error))?;
    // The only geometry without a counterpart is the empty point.
    parsed.try_to_geometry().map_or_else(|| Err(Problem::NotPolygon("point".into())), polygons)
}

/// The polygons of a geometry; those of a collection are taken together.
fn polygons(geometry: Geometry<f64>) -> Result<MultiPolygon<f64>, Problem> {
    let other = |name: &str| Err(Problem::NotPolygon(name.to_owned()));
    match geometry {
        Geometry::Polygon(polygon) => Ok(polygon.into()),
        Geometry::MultiPolygon(shape) => Ok(shape),
        Geometry::GeometryCollection(members) => {
            let shapes: Vec<MultiPolygon<f64>> =
                members.into_iter().map(polygons).collect::<Result<_, _>>()?;
            Ok(shapes.into_iter().flatten().collect())
        }
        Geometry::Point(_) => other("point"),
        Geometry::MultiPoint(_) => other("multipoint"),
        Geometry::Line(_) | Geometry::LineString(_) => other("line"),
        Geometry::MultiLineString(_) => other("multiline"),
        Geometry::Rect(_) | Geometry::Triangle(_) => other("rectangle or triangle"),
    }
}

/// A shape as well-known binary, little-endian.
pub(super) fn encode(shape: &impl GeometryTrait<T = f64>) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    write_geometry(&mut bytes, shape, &WriteOptions::default())
        .map_err(|error| Problem::Unwritable(error.to_string()))?;
    Ok(bytes)
}
