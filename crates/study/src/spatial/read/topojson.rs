//! TopoJSON: shared arcs, quantised or not, put back together.

use std::collections::BTreeMap;

use geo_types::{Coord, LineString, MultiPolygon, Polygon};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::super::error::{Problem, SpatialError};
use super::key::{self, Said};
use super::{Raw, Source};

const FORMAT: &str = "TopoJSON";

#[derive(Deserialize)]
struct Topology {
    transform: Option<Quantisation>,
    arcs: Vec<Vec<Vec<f64>>>,
    objects: BTreeMap<String, Object>,
}

/// Positions are whole steps on a grid, each from the one before.
#[derive(Deserialize)]
struct Quantisation {
    scale: [f64; 2],
    translate: [f64; 2],
}

#[derive(Deserialize)]
struct Object {
    #[serde(rename = "type")]
    kind: Option<String>,
    #[serde(default)]
    geometries: Vec<Object>,
    #[serde(default)]
    arcs: Value,
    properties: Option<Map<String, Value>>,
    id: Option<Value>,
}

pub(super) fn read(bytes: &[u8], source: &Source<'_>) -> Result<Raw, SpatialError> {
    let topology: Topology = serde_json::from_slice(bytes).map_err(malformed)?;
    let arcs = decode_arcs(&topology)?;
    let object = choose(&topology.objects, source.layer)?;
    let features = if object.kind.as_deref() == Some("GeometryCollection") {
        object.geometries.as_slice()
    } else {
        std::slice::from_ref(object)
    };

    let said = features.iter().map(|f| Said { properties: f.properties.as_ref(), id: f.id.as_ref() });
    key::check(source.key, said.clone())?;
    let mut raw = Raw::default();
    for (feature, said) in features.iter().zip(said) {
        let number = raw.number();
        let shape = shape(feature, &arcs).map_err(|problem| problem.at_feature(number))?;
        raw.push(said.code(source.key), shape);
    }
    Ok(raw)
}

fn malformed(why: impl std::fmt::Display) -> Problem {
    Problem::malformed(FORMAT, why)
}

/// The object that is asked for, or the only one.
fn choose<'a>(objects: &'a BTreeMap<String, Object>, layer: Option<&str>) -> Result<&'a Object, Problem> {
    let available = || objects.keys().cloned().collect();
    match layer {
        Some(layer) => objects
            .get(layer)
            .ok_or_else(|| Problem::NoLayer { layer: layer.to_owned(), available: available() }),
        None if objects.len() > 1 => Err(Problem::SeveralLayers(available())),
        None => objects.values().next().ok_or(Problem::Empty),
    }
}

/// The arcs in the coordinates of the file.
fn decode_arcs(topology: &Topology) -> Result<Vec<Vec<Coord<f64>>>, Problem> {
    let mut decoded = Vec::with_capacity(topology.arcs.len());
    for arc in &topology.arcs {
        let (mut x, mut y) = (0.0, 0.0);
        let coord = |position: &Vec<f64>| {
            let &[a, b, ..] = position.as_slice() else {
                return Err(malformed("a position has fewer than two numbers"));
            };
            Ok(match &topology.transform {
                None => Coord { x: a, y: b },
                Some(Quantisation { scale, translate }) => {
                    x += a;
                    y += b;
                    Coord { x: x * scale[0] + translate[0], y: y * scale[1] + translate[1] }
                }
            })
        };
        decoded.push(arc.iter().map(coord).collect::<Result<_, _>>()?);
    }
    Ok(decoded)
}

fn shape(object: &Object, arcs: &[Vec<Coord<f64>>]) -> Result<Option<MultiPolygon<f64>>, Problem> {
    let indices = |value: &Value| Vec::<Vec<i64>>::deserialize(value).map_err(malformed);
    match object.kind.as_deref() {
        None => Ok(None),
        Some("Polygon") => Ok(Some(polygon(&indices(&object.arcs)?, arcs)?.into())),
        Some("MultiPolygon") => {
            let polygons = Vec::<Vec<Vec<i64>>>::deserialize(&object.arcs).map_err(malformed)?;
            Ok(Some(polygons.iter().map(|rings| polygon(rings, arcs)).collect::<Result<_, _>>()?))
        }
        Some("GeometryCollection") => {
            let mut all = Vec::new();
            for member in &object.geometries {
                all.extend(shape(member, arcs)?.into_iter().flatten());
            }
            Ok(Some(MultiPolygon::new(all)))
        }
        Some(other) => Err(Problem::NotPolygon(other.to_owned())),
    }
}

fn polygon(rings: &[Vec<i64>], arcs: &[Vec<Coord<f64>>]) -> Result<Polygon<f64>, Problem> {
    let mut rings = rings.iter().map(|indices| ring(indices, arcs));
    let exterior = rings.next().transpose()?.unwrap_or_else(|| LineString::new(vec![]));
    Ok(Polygon::new(exterior, rings.collect::<Result<_, _>>()?))
}

/// Arcs end to end; `-1 - i` is arc `i` backwards. The position where two arcs meet is kept once.
fn ring(indices: &[i64], arcs: &[Vec<Coord<f64>>]) -> Result<LineString<f64>, Problem> {
    let mut coords: Vec<Coord<f64>> = Vec::new();
    for &index in indices {
        let place = if index < 0 { !index } else { index };
        let arc = usize::try_from(place).ok().and_then(|place| arcs.get(place));
        let arc = arc.ok_or_else(|| malformed(format!("a ring uses arc {index} of {}", arcs.len())))?;
        coords.pop();
        if index < 0 {
            coords.extend(arc.iter().rev());
        } else {
            coords.extend(arc);
        }
    }
    Ok(LineString::new(coords))
}
