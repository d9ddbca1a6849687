//! Stops and routes for a navigation device: GPX 1.1.
//!
//! Waypoints are the places in the order in which they are reached. Each day is one route through its places; where lines of roads are known, a track of the day holds them, one segment a
//! leg.
//!
//! Written here and not by a library: the schema demands that all waypoints come before all routes, and these before all tracks.

use std::fmt::Write as _;

use crate::book::{Book, BookError};
use crate::programme::{Call, Day, Drive, Programme, Spot};
use crate::text;
use crate::words::Words;

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<gpx version="1.1" creator="distretto" xmlns="http://www.topografix.com/GPX/1/1" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.topografix.com/GPX/1/1 http://www.topografix.com/GPX/1/1/gpx.xsd">
"#;

/// Writes the file.
///
/// # Errors
/// [`BookError`], as for [`Programme::of`].
pub fn gpx(book: &Book<'_>) -> Result<String, BookError> {
    let programme = Programme::of(book)?;
    let words = book.words;
    let days: Vec<(&Day, Vec<Waypoint<'_>>)> =
        programme.days.iter().map(|day| (day, waypoints(day, words))).collect();
    let mut file = File { text: HEAD.to_owned() };
    file.text.push_str("<metadata>\n");
    file.element("name", &programme.title);
    file.element("desc", &programme.aim);
    file.text.push_str("</metadata>\n");
    for point in days.iter().flat_map(|(_, points)| points) {
        file.waypoint("wpt", point);
    }
    for (day, points) in &days {
        file.text.push_str("<rte>\n");
        file.element("name", &name(day, words));
        file.element("number", &day.number.to_string());
        for point in points {
            file.waypoint("rtept", point);
        }
        file.text.push_str("</rte>\n");
    }
    for (day, _) in &days {
        let roads: Vec<&Drive> = day.drives().filter(|drive| !drive.straight).collect();
        if roads.is_empty() {
            continue;
        }
        file.text.push_str("<trk>\n");
        file.element("name", &name(day, words));
        for drive in roads {
            file.segment(&drive.line);
        }
        file.text.push_str("</trk>\n");
    }
    file.text.push_str("</gpx>\n");
    Ok(file.text)
}

fn name(day: &Day, words: &Words) -> String {
    format!("{} – {}", words.say("day.number", &[("day", &day.number.to_string())]), words.date(day.date))
}

/// A place of a day, with what is said of it.
struct Waypoint<'a> {
    spot: &'a Spot,
    name: String,
    description: String,
}

/// Where a day begins, its visits, where it ends.
fn waypoints<'a>(day: &'a Day, words: &Words) -> Vec<Waypoint<'a>> {
    let waypoint = |spot: &'a Spot, name: String, when: &str| {
        let when = format!("{}, {when}", words.date_short(day.date));
        Waypoint { spot, name, description: text::joined([when.as_str(), &spot.where_()], "; ") }
    };
    let hours =
        |call: &Call| format!("{}–{}", words.time(call.starts, day.date), words.time(call.ends, day.date));
    let departs = words.say("calendar.depart", &[("place", &day.from.name)]);
    let returns = words.say("calendar.return", &[("place", &day.to.name)]);
    let mut points = vec![waypoint(&day.from, departs, &words.time(day.departs, day.date))];
    points.extend(
        day.calls()
            .map(|call| waypoint(&call.place, format!("{} {}", call.order, call.place.name), &hours(call))),
    );
    points.push(waypoint(&day.to, returns, &words.time(day.returns, day.date)));
    points
}

/// The text of a file, element by element. Writing to a string cannot fail.
struct File {
    text: String,
}

impl File {
    /// Writes an element with a text; none where it is empty.
    fn element(&mut self, name: &str, text: &str) {
        if !text.is_empty() {
            let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            let _ = writeln!(self.text, "<{name}>{text}</{name}>");
        }
    }

    fn waypoint(&mut self, element: &str, point: &Waypoint<'_>) {
        let _ = writeln!(self.text, "<{element} {}>", position(point.spot.lon, point.spot.lat));
        self.element("name", &point.name);
        self.element("desc", &point.description);
        let _ = writeln!(self.text, "</{element}>");
    }

    fn segment(&mut self, line: &[(f64, f64)]) {
        self.text.push_str("<trkseg>\n");
        for &(lon, lat) in line {
            let _ = writeln!(self.text, "<trkpt {}/>", position(lon, lat));
        }
        self.text.push_str("</trkseg>\n");
    }
}

/// The attributes of a point. The schema takes longitudes below 180 degrees; 180 east is 180 west.
fn position(lon: f64, lat: f64) -> String {
    let lon = if lon >= 180.0 { lon - 360.0 } else { lon };
    format!("lat=\"{lat}\" lon=\"{lon}\"")
}
