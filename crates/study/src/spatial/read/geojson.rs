//! GeoJSON (RFC 7946, and the older `crs` member that programs still write).

use geo_types::{Coord, LineString, MultiPolygon, Polygon};
use geojson::{Feature, FeatureCollection, GeometryValue, LineStringType, PolygonType, feature::Id};
use serde_json::Value;

use super::super::error::{Problem, SpatialError};
use super::key::{self, Said};
use super::{Raw, Source};

const FORMAT: &str = "GeoJSON";

pub(super) fn read(bytes: &[u8], source: &Source<'_>) -> Result<Raw, SpatialError> {
    let features = match serde_json::from_slice(bytes) {
        Ok(FeatureCollection { features, .. }) => features,
        Err(error) => match serde_json::from_slice::<Feature>(bytes) {
            Ok(feature) => vec![feature],
            Err(_) => return Err(Problem::malformed(FORMAT, error).into()),
        },
    };
    let ids: Vec<Option<Value>> = features.iter().map(|feature| feature.id.clone().map(identifier)).collect();
    let said =
        features.iter().zip(&ids).map(|(f, id)| Said { properties: f.properties.as_ref(), id: id.as_ref() });
    key::check(source.key, said.clone())?;
    let codes: Vec<Option<String>> = said.map(|said| said.code(source.key)).collect();

    let mut raw = Raw::default();
    for (feature, code) in features.into_iter().zip(codes) {
        let number = raw.number();
        let shape = feature.geometry.map(|geometry| polygons(geometry.value)).transpose();
        raw.push(code, shape.map_err(|problem| problem.at_feature(number))?);
    }
    Ok(raw)
}

fn identifier(id: Id) -> Value {
    match id {
        Id::String(text) => Value::String(text),
        Id::Number(number) => Value::Number(number),
    }
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
