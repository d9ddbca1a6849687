//! Toy maps and readers of the real ones.
#![allow(dead_code, reason = "each test file uses its own part")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::unnecessary_wraps, reason = "test code")]

use distretto_territory::{Partition, Zones};
use distretto_testkit::data;
use geo_types::{Coord, LineString, MultiPolygon, Polygon};

pub type Shapes = Vec<Option<MultiPolygon<f64>>>;

/// One cell of the toy maps is a thousandth of a degree: about a hundred metres.
pub const CELL: f64 = 0.001;

pub fn ring(corners: &[(f64, f64)]) -> LineString<f64> {
    corners.iter().map(|&(x, y)| Coord { x: 9.0 + x * CELL, y: 45.0 + y * CELL }).collect()
}

/// A polygon whose corners are given in cells.
pub fn polygon(corners: &[(f64, f64)]) -> Polygon<f64> {
    Polygon::new(ring(corners), vec![])
}

pub fn shape(corners: &[(f64, f64)]) -> Option<MultiPolygon<f64>> {
    Some(polygon(corners).into())
}

/// The rectangle from (x0, y0) to (x1, y1) in cells.
pub fn rectangle(x0: f64, y0: f64, x1: f64, y1: f64) -> Option<MultiPolygon<f64>> {
    shape(&[(x0, y0), (x1, y0), (x1, y1), (x0, y1)])
}

/// A board of n x n squares, row by row.
pub fn board(n: usize) -> Shapes {
    let square = |i: usize| ((i % n) as f64, (i / n) as f64);
    (0..n * n).map(square).map(|(x, y)| rectangle(x, y, x + 1.0, y + 1.0)).collect()
}

/// A region of the reference runs: zones, their shapes, and the reference's partition after the reserve step.
pub struct Region {
    folder: String,
    pub zones: Zones,
    pub shapes: Shapes,
    pub partition: Partition,
    pub residents: Vec<f64>,
}

pub const PARAMETERS: &str = "1000_0.6667_10000_0.75";

/// The rows of a table that the reference answered.
fn reference(folder: &str, name: &str) -> Vec<Vec<String>> {
    data::rows(&format!("{folder}/reference/{PARAMETERS}_{name}.csv")).unwrap()
}

impl Region {
    pub fn read(folder: &str) -> Option<Self> {
        let text = data::text(&format!("{folder}/boundaries.geojson.gz"))?;
        let features =
            geojson::FeatureCollection::try_from(text.parse::<geojson::GeoJson>().unwrap()).unwrap();
        let keyed: Vec<(String, MultiPolygon<f64>)> = features
            .features
            .into_iter()
            .map(|feature| {
                let key = feature.property("PRO_COM").unwrap().to_string();
                let shape = match geo_types::Geometry::try_from(feature.geometry.unwrap()).unwrap() {
                    geo_types::Geometry::Polygon(polygon) => polygon.into(),
                    geo_types::Geometry::MultiPolygon(shape) => shape,
                    other => panic!("{other:?}"),
                };
                (key, shape)
            })
            .collect();
        let clusters = reference(folder, "clusters_after");
        let zones = Zones::new(clusters.iter().map(|row| row[0].clone()).collect()).unwrap();
        let mut shapes = vec![None; zones.len()];
        for (key, shape) in keyed {
            shapes[zones.index_of(&key).unwrap() as usize] = Some(shape);
        }
        let mut areas = vec![None; zones.len()];
        let mut residents = vec![0.0; zones.len()];
        for row in &clusters {
            let zone = zones.index_of(&row[0]).unwrap() as usize;
            areas[zone] = (row[1] != "0").then(|| row[1].clone());
            residents[zone] = row[2].parse().unwrap();
        }
        Some(Self {
            folder: folder.to_owned(),
            zones,
            shapes,
            partition: Partition::from_codes(&areas),
            residents,
        })
    }

    pub fn file(&self, name: &str) -> Vec<Vec<String>> {
        reference(&self.folder, name)
    }
}
