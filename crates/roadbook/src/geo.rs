//! Points and lines for a geographic information system. Who writes the files fits them into layers.

use chrono::NaiveDateTime;
use serde::Serialize;

use crate::book::{Book, BookError};
use crate::csv::state;
use crate::programme::{Programme, Spot};

/// Both layers. Coordinates are longitudes and latitudes in degrees, WGS 84.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Geo {
    /// Where each day begins, its stops in order, where it ends.
    pub points: Vec<Point>,
    /// The legs of each day, in order.
    pub lines: Vec<Line>,
}

/// A place at which the tour is at some time.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Point {
    /// Number of the day, from 1.
    pub day: usize,
    /// Place in the day, from 0: 0 is where it begins.
    pub order: usize,
    /// `start`, `visit` or `end`.
    pub kind: &'static str,
    /// Number of the visit in the tour; absent for a base.
    pub visit: Option<usize>,
    /// Code of the host or base.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Address and town, as far as known.
    pub address: String,
    /// What the host is, by its word; empty for a base.
    pub host_kind: &'static str,
    /// Code of its district; empty where it has none.
    pub district: String,
    /// State of the visit, by its word; empty for a base.
    pub state: &'static str,
    /// When the coach arrives; absent where the day begins.
    pub arrives: Option<NaiveDateTime>,
    /// When the visit begins.
    pub starts: Option<NaiveDateTime>,
    /// When the visit ends.
    pub ends: Option<NaiveDateTime>,
    /// When the coach leaves; absent where the day ends.
    pub leaves: Option<NaiveDateTime>,
    /// Longitude.
    pub lon: f64,
    /// Latitude.
    pub lat: f64,
}

/// A leg.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Line {
    /// Number of the day, from 1.
    pub day: usize,
    /// Number of the leg in the day, from 1.
    pub leg: usize,
    /// Code of the place where it begins.
    pub from: String,
    /// Its name.
    pub from_name: String,
    /// Code of the place where it ends.
    pub to: String,
    /// Its name.
    pub to_name: String,
    /// When the coach leaves.
    pub departs: NaiveDateTime,
    /// When it arrives.
    pub arrives: NaiveDateTime,
    /// Minutes of driving; absent where unknown.
    pub minutes: Option<u32>,
    /// Metres; absent where unknown.
    pub metres: Option<u32>,
    /// Whether the line is only straight between both ends.
    pub straight: bool,
    /// Longitudes and latitudes, two at least.
    pub line: Vec<(f64, f64)>,
}

/// The rows of both layers.
///
/// # Errors
/// [`BookError`], as for [`Programme::of`].
pub fn geo(book: &Book<'_>) -> Result<Geo, BookError> {
    let programme = Programme::of(book)?;
    let mut geo = Geo { points: Vec::new(), lines: Vec::new() };
    for day in &programme.days {
        let leaves =
            |after: NaiveDateTime| day.drives().map(|drive| drive.starts).find(|&starts| starts >= after);
        geo.points.push(Point { leaves: Some(day.departs), ..base(day.number, 0, "start", &day.from) });
        let mut order = 1;
        for call in day.calls() {
            geo.points.push(Point {
                visit: Some(call.order),
                host_kind: call.host_kind.word(),
                district: call.district.as_ref().map(|district| district.code.clone()).unwrap_or_default(),
                state: state(call),
                arrives: Some(call.arrives),
                starts: Some(call.starts),
                ends: Some(call.ends),
                leaves: leaves(call.ends),
                ..base(day.number, order, "visit", &call.place)
            });
            order += 1;
        }
        geo.points.push(Point { arrives: Some(day.returns), ..base(day.number, order, "end", &day.to) });
        geo.lines.extend(day.drives().map(|drive| Line {
            day: day.number,
            leg: drive.number,
            from: drive.from.code.clone(),
            from_name: drive.from.name.clone(),
            to: drive.to.code.clone(),
            to_name: drive.to.name.clone(),
            departs: drive.starts,
            arrives: drive.ends,
            minutes: drive.minutes,
            metres: drive.metres,
            straight: drive.straight,
            line: drive.line.clone(),
        }));
    }
    Ok(geo)
}

fn base(day: usize, order: usize, kind: &'static str, spot: &Spot) -> Point {
    Point {
        day,
        order,
        kind,
        visit: None,
        code: spot.code.clone(),
        name: spot.name.clone(),
        address: spot.where_(),
        host_kind: "",
        district: String::new(),
        state: "",
        arrives: None,
        starts: None,
        ends: None,
        leaves: None,
        lon: spot.lon,
        lat: spot.lat,
    }
}
