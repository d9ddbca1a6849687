//! Stops and legs as layers of a GeoPackage.

use std::sync::Arc;

use arrow::array::{ArrayRef, BooleanArray, Int64Array, RecordBatch, StringArray};
use arrow::error::ArrowError;
use chrono::NaiveDateTime;
use distretto_roadbook::Geo;
use distretto_study::spatial::{Layer, Shapes};
use geo_types::{LineString, MultiLineString, Point};

/// Both layers with what they are made of.
pub(super) struct Layers {
    points: Vec<Option<Point<f64>>>,
    stops: RecordBatch,
    lines: Vec<Option<MultiLineString<f64>>>,
    legs: RecordBatch,
}

impl Layers {
    pub(super) fn of(geo: &Geo) -> Result<Self, ArrowError> {
        let (points, lines) = (&geo.points, &geo.lines);
        let stops = RecordBatch::try_from_iter([
            ("day", whole(points.iter().map(|point| Some(point.day as i64)))),
            ("order", whole(points.iter().map(|point| Some(point.order as i64)))),
            ("kind", texts(points.iter().map(|point| point.kind.to_owned()))),
            ("visit", whole(points.iter().map(|point| point.visit.map(|visit| visit as i64)))),
            ("code", texts(points.iter().map(|point| point.code.clone()))),
            ("name", texts(points.iter().map(|point| point.name.clone()))),
            ("address", texts(points.iter().map(|point| point.address.clone()))),
            ("host_kind", texts(points.iter().map(|point| point.host_kind.to_owned()))),
            ("district", texts(points.iter().map(|point| point.district.clone()))),
            ("state", texts(points.iter().map(|point| point.state.to_owned()))),
            ("arrives", texts(points.iter().map(|point| moment(point.arrives)))),
            ("starts", texts(points.iter().map(|point| moment(point.starts)))),
            ("ends", texts(points.iter().map(|point| moment(point.ends)))),
            ("leaves", texts(points.iter().map(|point| moment(point.leaves)))),
        ])?;
        let legs = RecordBatch::try_from_iter([
            ("day", whole(lines.iter().map(|line| Some(line.day as i64)))),
            ("leg", whole(lines.iter().map(|line| Some(line.leg as i64)))),
            ("from", texts(lines.iter().map(|line| line.from.clone()))),
            ("from_name", texts(lines.iter().map(|line| line.from_name.clone()))),
            ("to", texts(lines.iter().map(|line| line.to.clone()))),
            ("to_name", texts(lines.iter().map(|line| line.to_name.clone()))),
            ("departs", texts(lines.iter().map(|line| moment(Some(line.departs))))),
            ("arrives", texts(lines.iter().map(|line| moment(Some(line.arrives))))),
            ("minutes", whole(lines.iter().map(|line| line.minutes.map(i64::from)))),
            ("metres", whole(lines.iter().map(|line| line.metres.map(i64::from)))),
            ("straight", Arc::new(lines.iter().map(|line| Some(line.straight)).collect::<BooleanArray>())),
        ])?;
        let line = |line: &[(f64, f64)]| MultiLineString(vec![LineString::from(line.to_vec())]);
        Ok(Self {
            points: points.iter().map(|point| Some(Point::new(point.lon, point.lat))).collect(),
            stops,
            lines: lines.iter().map(|leg| Some(line(&leg.line))).collect(),
            legs,
        })
    }

    pub(super) fn layers(&self) -> [Layer<'_>; 2] {
        [
            Layer {
                name: "stops",
                description: "Where each day begins, its visits in order, where it ends.",
                shapes: Shapes::Points(&self.points),
                attributes: &self.stops,
            },
            Layer {
                name: "legs",
                description: "The legs of each day, in order.",
                shapes: Shapes::Lines(&self.lines),
                attributes: &self.legs,
            },
        ]
    }
}

fn whole(numbers: impl Iterator<Item = Option<i64>>) -> ArrayRef {
    Arc::new(numbers.collect::<Int64Array>())
}

/// Texts; empty ones are missing.
fn texts(texts: impl Iterator<Item = String>) -> ArrayRef {
    Arc::new(texts.map(|text| Some(text).filter(|text| !text.is_empty())).collect::<StringArray>())
}

fn moment(moment: Option<NaiveDateTime>) -> String {
    moment.map(|moment| moment.format("%Y-%m-%dT%H:%M").to_string()).unwrap_or_default()
}
