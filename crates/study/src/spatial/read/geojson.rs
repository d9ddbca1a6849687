//! GeoJSON (RFC 7946, and the older `crs` member that programs still write).

use geo_types::{Coord, LineString, MultiPolygon, Polygon};
use geojson::{Feature, FeatureCollection, GeometryValue, LineStringType, PolygonType, feature::Id};
use serde_json::Value;

use super::super::error::{Problem, SpatialError};
use super::{Raw, Source, key};

const FORMAT: &str = "GeoJSON";

pub(super) fn read(bytes: &[u8], source: &Source<'_>) -> Result<Raw, SpatialError> {
    let features = match serde_json::from_slice(bytes) {
        Ok(FeatureCollection { features, .. }) => features,
        Err(error) => match serde_json::from_slice::<Feature>(bytes) {
            Ok(feature) => vec![feature],
            Err(_) => return Err(Problem::malformed(FORMAT, error).into()),
        },
    };
    let has_key = |f: &Feature| f.properties.as_ref().is_some_and(|p| p.contains_key(source.key));
    if !features.is_empty() && !(source.key == "id" || features.iter().any(has_key)) {
        let names = features.iter().filter_map(|f| f.properties.as_ref()).flat_map(|p| p.keys());
        return Err(key::missing(source.key, names).into());
    }
    let mut raw = Raw::default();
    for feature in features {
        let id = feature.id.map(|id| match id {
            Id::String(text) => Value::String(text),
            Id::Number(number) => Value::Number(number),
        });
        let code = key::of_feature(source.key, feature.properties.as_ref(), id.as_ref());
        let number = raw.number();
        let shape = feature.geometry.map(|geometry| polygons(geometry.value)).transpose();
        raw.push(code, shape.map_err(|problem| problem.at_feature(number))?);
    }
    Ok(raw)
}

/// The polygons of a geometry; those of a collection are taken together.
fn polygons(geometry: GeometryValue) -> Result<MultiPolygon<f64>, Problem> {
    match geometry {
        GeometryValue::Polygon { coordinates } => Ok(polygon(&coordinates)?.into()),
        GeometryValue::MultiPolygon { coordinates } => coordinates.iter().map(polygon).collect(),
        GeometryValue::GeometryCollection { geometries } => {
            let shapes: Vec<MultiPolygon<f64>> =
                geometries.into_iter().map(|member| polygons(member.value)).collect::<Result<_, _>>()?;
            Ok(shapes.into_iter().flatten().collect())
        }
        other => Err(Problem::NotPolygon(other.type_name().to_owned())),
    }
}

fn polygon(rings: &PolygonType) -> Result<Polygon<f64>, Problem> {
    let mut rings = rings.iter().map(ring);
    let exterior = rings.next().transpose()?.unwrap_or_else(|| LineString::new(vec![]));
    Ok(Polygon::new(exterior, rings.collect::<Result<_, _>>()?))
}

fn ring(positions: &LineStringType) -> Result<LineString<f64>, Problem> {
    let coord = |position: &geojson::Position| match *position.as_slice() {
        [x, y, ..] => Ok(Coord { x, y }),
        _ => Err(Problem::malformed(FORMAT, "a position has fewer than two numbers")),
    };
    positions.iter().map(coord).collect()
}
