//! Stops and routes for a navigation device: GPX 1.1.
//!
//! Waypoints are the places in the order in which they are reached. Each day is one route through its places; where lines of roads are known, a track of the day holds them, one segment a
//! leg.

use geo_types::Point;
use gpx::{Gpx, GpxVersion, Metadata, Route, Track, TrackSegment, Waypoint};

use crate::book::{Book, BookError};
use crate::programme::{Call, Day, Programme, Spot};
use crate::text;
use crate::words::Words;

/// Writes the file.
///
/// # Errors
/// [`BookError`], as for [`Programme::of`].
pub fn gpx(book: &Book<'_>) -> Result<String, BookError> {
    let programme = Programme::of(book)?;
    let words = book.words;
    let mut file = Gpx {
        version: GpxVersion::Gpx11,
        creator: Some("distretto".to_owned()),
        metadata: Some(Metadata {
            name: Some(programme.title.clone()),
            description: (!programme.aim.is_empty()).then(|| programme.aim.clone()),
            ..Metadata::default()
        }),
        ..Gpx::default()
    };
    for day in &programme.days {
        let mut points = vec![waypoint(
            &day.from,
            &words.say("calendar.depart", &[("place", &day.from.name)]),
            &words.time(day.departs, day.date),
            day,
            words,
        )];
        points.extend(day.calls().map(|call| {
            let name = format!("{} {}", call.order, call.place.name);
            waypoint(&call.place, &name, &hours(call, day, words), day, words)
        }));
        points.push(waypoint(
            &day.to,
            &words.say("calendar.return", &[("place", &day.to.name)]),
            &words.time(day.returns, day.date),
            day,
            words,
        ));
        file.waypoints.extend(points.iter().cloned());
        let name = format!(
            "{} – {}",
            words.say("day.number", &[("day", &day.number.to_string())]),
            words.date(day.date)
        );
        let mut route = Route::new();
        route.name = Some(name.clone());
        route.number = u32::try_from(day.number).ok();
        route.points = points;
        file.routes.push(route);
        let roads: Vec<TrackSegment> =
            day.drives().filter(|drive| !drive.straight).map(|drive| segment(&drive.line)).collect();
        if !roads.is_empty() {
            let mut track = Track::new();
            track.name = Some(name);
            track.segments = roads;
            file.tracks.push(track);
        }
    }
    let mut bytes = Vec::new();
    gpx::write(&file, &mut bytes).map_err(BookError::write)?;
    bytes.push(b'\n');
    String::from_utf8(bytes).map_err(BookError::write)
}

fn hours(call: &Call, day: &Day, words: &Words) -> String {
    format!("{}–{}", words.time(call.starts, day.date), words.time(call.ends, day.date))
}

fn waypoint(spot: &Spot, name: &str, when: &str, day: &Day, words: &Words) -> Waypoint {
    let mut point = Waypoint::new(Point::new(spot.lon, spot.lat));
    point.name = Some(name.to_owned());
    let when = format!("{}, {when}", words.date_short(day.date));
    point.description = Some(text::joined([when.as_str(), &spot.where_()], "; "));
    point
}

fn segment(line: &[(f64, f64)]) -> TrackSegment {
    let mut segment = TrackSegment::new();
    segment.points = line.iter().map(|&(lon, lat)| Waypoint::new(Point::new(lon, lat))).collect();
    segment
}
