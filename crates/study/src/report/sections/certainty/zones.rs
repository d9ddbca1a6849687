//! Which zones are contested, and by whom.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use distretto_certainty::{ZoneCertainty, ZoneKind};
use geo_types::Coord;

use super::amounts::per_cent;
use crate::certainty::CertaintyResults;
use crate::report::facts::Facts;
use crate::report::html::Html;
use crate::report::numbers::{NONE, count, decimal};
use crate::report::outline::{Frame, LARGEST, SCALE};
use crate::report::projection::Projection;
use crate::report::svg::{Anchor, Figure, label};
use crate::report::table::{Column, Table};
use crate::report::words::{capital, plural, some_of};

/// Zones in the table, and told in a sentence.
const SHOWN: usize = 25;
const TOLD: usize = 8;
/// Zones named in one sentence.
const NAMED: usize = 6;

pub(super) fn write(html: &mut Html, facts: &Facts<'_>, found: &CertaintyResults) {
    html.heading("Which zones are contested?");
    html.paragraph(&kinds(found));
    let contested = most_contested(found);
    if contested.is_empty() {
        html.paragraph("In all redraws every zone lies in the area of the run: no zone is contested.");
        return;
    }
    html.list(&told(facts, &contested));
    table(facts, &contested).write(html);
    html.note(
        "Entropy: how many bits it takes to tell where a zone lies in a redraw; 0 if always in the same area, 1 if in either of two with even \
         chances. Elsewhere: in an area that matches none of the run. Every zone is in zone_certainty.csv.",
    );
}

fn of_kind(found: &CertaintyResults, kind: ZoneKind) -> usize {
    found.zones.iter().filter(|zone| zone.kind == Some(kind)).count()
}

fn kinds(found: &CertaintyResults) -> String {
    let with_area = found.zones.iter().filter(|zone| zone.area.is_some()).count();
    let [core, fringe, contested] = ZoneKind::ALL.map(|kind| of_kind(found, kind));
    format!(
        "Of {} with an area {} ({}) are core: in at least nine redraws of ten they lie in their area. {} fringe, {} contested.",
        plural(with_area, "zone", "zones"),
        count(core as f64),
        per_cent(core as f64 / with_area.max(1) as f64),
        plural(fringe, "is", "are"),
        plural(contested, "is", "are"),
    )
}

/// Zones that are not always in their area, the least sure first.
fn most_contested(found: &CertaintyResults) -> Vec<(u32, &ZoneCertainty)> {
    let mut zones: Vec<(u32, &ZoneCertainty)> =
        (0..).zip(&found.zones).filter(|(_, zone)| zone.area.is_some() && zone.entropy > 0.0).collect();
    zones.sort_by(|(a, x), (b, y)| y.entropy.total_cmp(&x.entropy).then(a.cmp(b)));
    zones.truncate(SHOWN);
    zones
}

/// Sentences about the least sure zones; zones that always go together share one.
fn told(facts: &Facts<'_>, contested: &[(u32, &ZoneCertainty)]) -> Vec<String> {
    let mut told: Vec<(Vec<&str>, &ZoneCertainty)> = Vec::new();
    for &(zone, certainty) in contested {
        let name = facts.zones.label(zone);
        match told.iter_mut().find(|(_, known)| *known == certainty) {
            Some((names, _)) => names.push(name),
            None => told.push((vec![name], certainty)),
        }
    }
    told.iter().take(TOLD).map(|(names, certainty)| sentence(facts, names, certainty)).collect()
}

/// How often a zone was where: of all redraws, in which it need not have an area.
struct Times {
    of: usize,
    own: f64,
    runner_up: f64,
    /// In other areas of the run.
    others: f64,
    elsewhere: f64,
    nowhere: f64,
}

impl Times {
    fn of(certainty: &ZoneCertainty) -> Self {
        let times = |share: f64| (share * certainty.replicates as f64).round();
        let own = times(certainty.membership.unwrap_or(0.0));
        let runner_up = times(certainty.runner_up.map_or(0.0, |(_, share)| share));
        let elsewhere = times(certainty.elsewhere.unwrap_or(0.0));
        Self {
            of: certainty.of,
            own,
            runner_up,
            others: (certainty.replicates as f64 - own - runner_up - elsewhere).max(0.0),
            elsewhere,
            nowhere: (certainty.of - certainty.replicates.min(certainty.of)) as f64,
        }
    }
}

/// In 812 of 1 000 redraws X belongs to A, in 150 to B, in 38 to an area that matches none of the run.
fn sentence(facts: &Facts<'_>, names: &[&str], certainty: &ZoneCertainty) -> String {
    let times = Times::of(certainty);
    let mut sentence = format!(
        "In {} of {} redraws {} {} to {}",
        count(times.own),
        count(times.of as f64),
        some_of(names, NAMED),
        if names.len() == 1 { "belongs" } else { "belong" },
        certainty.area.map_or(NONE, |area| facts.area_name(area)),
    );
    if let Some((area, _)) = certainty.runner_up {
        let _ = write!(sentence, ", in {} to {}", count(times.runner_up), facts.area_name(area));
    }
    for (times, where_to) in [
        (times.others, "other areas of the run"),
        (times.elsewhere, "an area that matches none of the run"),
        (times.nowhere, "no area"),
    ] {
        if times > 0.0 {
            let _ = write!(sentence, ", in {} to {where_to}", count(times));
        }
    }
    sentence.push('.');
    sentence
}

fn table(facts: &Facts<'_>, contested: &[(u32, &ZoneCertainty)]) -> Table {
    let mut table = Table::new(
        format!("The {} that redraws agree on least", plural(contested.len(), "zone", "zones")),
        &[
            Column::Text("Zone"),
            Column::Text("Kind"),
            Column::Text("Area in the run"),
            Column::Number("Redraws in its area"),
            Column::Text("Runner-up"),
            Column::Number("Redraws in the runner-up"),
            Column::Number("In others of the run"),
            Column::Number("Elsewhere"),
            Column::Number("In no area"),
            Column::Number("Entropy, bits"),
        ],
    );
    for &(zone, certainty) in contested {
        let times = Times::of(certainty);
        let number = |times: f64| if times > 0.0 { count(times) } else { NONE.to_owned() };
        table.row([
            facts.zones.label(zone).to_owned(),
            certainty.kind.map_or(NONE, ZoneKind::name).to_owned(),
            certainty.area.map_or(NONE, |area| facts.area_name(area)).to_owned(),
            format!("{} of {}", count(times.own), count(times.of as f64)),
            certainty.runner_up.map_or(NONE, |(area, _)| facts.area_name(area)).to_owned(),
            number(times.runner_up),
            number(times.others),
            number(times.elsewhere),
            number(times.nowhere),
            decimal(certainty.entropy, 2),
        ]);
    }
    table.without_empty_columns()
}

/// A dot for each zone, the darker and larger the more it is contested: where there are points but no borders.
pub(super) fn dots(html: &mut Html, facts: &Facts<'_>, found: &CertaintyResults) {
    const STYLES: [(&str, f64); 3] = [("#bdbdbd", 4.0), ("#737373", 6.5), ("#1a1a1a", 9.0)];
    const MARGIN: i32 = 8 * SCALE as i32;
    let positions: Vec<Option<Coord<f64>>> =
        facts.zones.points.iter().map(|point| point.map(|(x, y)| Coord { x, y })).collect();
    let known: Vec<Coord<f64>> = positions.iter().flatten().copied().collect();
    let projection = Projection::centred(known.iter().copied());
    let Some(frame) = Frame::around(&projection, &known, LARGEST) else {
        html.paragraph(
            "The study has neither borders nor central points of zones, so there is no map of them.",
        );
        return;
    };
    let mut paths: BTreeMap<ZoneKind, String> = BTreeMap::new();
    for (position, zone) in positions.iter().zip(&found.zones) {
        if let (Some(position), Some(kind)) = (position, zone.kind) {
            let [x, y] = frame.place(projection.metres(*position)).map(|place| place + MARGIN);
            let _ = write!(paths.entry(kind).or_default(), "M{x} {y}h.1");
        }
    }
    let sentence = kinds(found);
    let mut table = Table::new("Zones by kind", &[Column::Text("Kind"), Column::Number("Zones")]);
    for kind in ZoneKind::ALL {
        table.row([kind.name().to_owned(), count(of_kind(found, kind) as f64)]);
    }
    let unseen = positions.iter().filter(|position| position.is_none()).count();
    let mut caption = "The study has no borders: each zone is a dot at its central point, the darker and larger the less sure its area."
        .to_owned();
    if unseen > 0 {
        let _ = write!(caption, " {} such a point.", plural(unseen, "zone is without", "zones are without"));
    }
    let [width, height] = frame.size().map(|side| side + 2 * MARGIN);
    let figure = Figure {
        id: "strength",
        title: "Zones by how sure their area is",
        description: &sentence,
        caption: &caption,
        size: [width, height + 90 * SCALE as i32],
        scale: SCALE,
        behind: vec![table],
    };
    figure.write(html, |html| {
        for (kind, path) in &paths {
            let (colour, size) = STYLES[*kind as usize];
            let size = format!("{:.0}", size * SCALE);
            html.empty("path", &[("d", path), ("class", "dot"), ("stroke", colour), ("stroke-width", &size)]);
        }
        for (at, kind) in ZoneKind::ALL.into_iter().enumerate() {
            let (colour, size) = STYLES[kind as usize];
            let y = f64::from(height) + (20.0 + 20.0 * at as f64) * SCALE;
            let size = format!("{:.0}", size * SCALE);
            let path = format!("M{} {:.0}h.1", MARGIN, y - 4.5 * SCALE);
            html.empty(
                "path",
                &[("d", &path), ("class", "dot"), ("stroke", colour), ("stroke-width", &size)],
            );
            let text = format!("{} zones ({})", capital(kind.name()), count(of_kind(found, kind) as f64));
            label(html, [f64::from(MARGIN) + 14.0 * SCALE, y], Anchor::Start, "key", &text);
        }
    });
}
