//! Where areas end: borders between zones, drawn by how likely they are.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use distretto_certainty::{BorderStrength, Replicate, ZoneKind};
use distretto_territory::Topology;
use distretto_territory::dissolve::dissolve;

use super::amounts::per_cent;
use crate::certainty::CertaintyResults;
use crate::report::colours::{self, Fill};
use crate::report::facts::Facts;
use crate::report::html::Html;
use crate::report::labels::Wanted;
use crate::report::map::{NAMES, WIDTH, draw_scale, write_names};
use crate::report::network::Ground;
use crate::report::numbers::{THIN, count};
use crate::report::outline::{LARGEST, SCALE};
use crate::report::svg::{Anchor, Figure, label, rectangle};
use crate::report::table::{Column, Table};
use crate::report::words::plural;

/// The name of the figure.
const ID: &str = "strength";
/// Borders that a page can carry.
const BORDERS: usize = 20_000;

/// How a border is drawn that is at least so strong. Fixed, so that maps can be compared; greys so dark
/// that the faintest, too, is seen on every ground; lightness and width say the same.
struct Class {
    from: f64,
    title: &'static str,
    colour: &'static str,
    /// In pixels, where areas are few.
    width: f64,
}

/// Where there are many areas, lines are thinner by this factor: else they hide what they bound.
fn thinner(areas: u32) -> f64 {
    match areas {
        0..=100 => 1.0,
        101..=300 => 0.75,
        _ => 0.6,
    }
}

const CLASSES: [Class; 6] = [
    Class { from: 0.0, title: "below 5 %", colour: "#7d7d7d", width: 0.8 },
    Class { from: 0.05, title: "5 to 25 %", colour: "#757575", width: 1.0 },
    Class { from: 0.25, title: "25 to 50 %", colour: "#636363", width: 1.3 },
    Class { from: 0.5, title: "50 to 75 %", colour: "#4d4d4d", width: 1.7 },
    Class { from: 0.75, title: "75 to 95 %", colour: "#333333", width: 2.2 },
    Class { from: 0.95, title: "95 % and more", colour: "#111111", width: 2.8 },
];

/// Grounds of core, fringe and contested zones, and of those without an area.
const KINDS: [(Fill, &str); 4] = [
    (Fill::Plain("#ffffff"), "Core zones"),
    (Fill::Plain("#f6e6c4"), "Fringe zones"),
    (Fill::Plain("#e3b96a"), "Contested zones"),
    (Fill::Hatched, "Zones without an area"),
];

fn class_of(strength: f64) -> usize {
    CLASSES.iter().rposition(|class| strength >= class.from).unwrap_or_default()
}

/// The borders in each class, and how many of them the run has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Tally {
    pairs: usize,
    in_run: usize,
}

/// Whether the areas of the two zones differ in the run.
fn is_border(run: &Replicate, border: &BorderStrength) -> bool {
    matches!((run.area(border.a), run.area(border.b)), (Some(one), Some(other)) if one != other)
}

/// The strengths that are known, with the border.
fn known(borders: &[BorderStrength]) -> impl Iterator<Item = (&BorderStrength, f64)> {
    borders.iter().filter_map(|border| Some((border, border.strength?)))
}

fn tallies(found: &CertaintyResults, borders: &[BorderStrength]) -> [Tally; 6] {
    let mut tallies = [Tally::default(); 6];
    for (border, strength) in known(borders) {
        let tally = &mut tallies[class_of(strength)];
        tally.pairs += 1;
        tally.in_run += usize::from(is_border(&found.base, border));
    }
    tallies
}

pub(super) fn write(html: &mut Html, facts: &Facts<'_>, found: &CertaintyResults) {
    html.heading("Where do they end?");
    match (facts.topology, &found.borders) {
        (Some(topology), Some(borders)) => by_strength(html, facts, found, topology, borders),
        _ => super::zones::dots(html, facts, found),
    }
}

fn by_strength(
    html: &mut Html,
    facts: &Facts<'_>,
    found: &CertaintyResults,
    topology: &Topology,
    borders: &[BorderStrength],
) {
    let tallies = tallies(found, borders);
    let sentence = sentence(found, borders);
    html.paragraph(&sentence);
    // Of too many borders the faintest are left out first.
    let lowest = (1..CLASSES.len() - 1)
        .find(|&class| tallies[class..].iter().map(|tally| tally.pairs).sum::<usize>() <= BORDERS)
        .unwrap_or(CLASSES.len() - 1);
    let drawn: BTreeMap<[u32; 2], usize> = borders
        .iter()
        .map(|border| (border, class_of(border.strength.unwrap_or_default())))
        .filter(|&(border, class)| class >= lowest || is_border(&found.base, border))
        .map(|(border, class)| ([border.a.min(border.b), border.a.max(border.b)], class))
        .collect();
    // Where shapes overlap, an arc may part more than two zones: the strongest border shows.
    let of_arc = |zones: &[u32]| {
        zones.array_windows().filter_map(|&[a, b]: &[u32; 2]| drawn.get(&[a, b]).copied()).max()
    };
    let Some(ground) = Ground::of(topology, LARGEST, |zones| zones.len() == 1 || of_arc(zones).is_some())
    else {
        html.paragraph("The borders bound nothing, so there is no map.");
        return;
    };
    let corrected = if borders.iter().any(|border| border.strength != border.raw) {
        ", corrected for what redrawing by itself changes"
    } else {
        ""
    };
    let mut caption = format!(
        "Lines: borders between neighbouring zones, the darker and wider the stronger. Strength: the share of redraws that have a border \
         there{corrected}. Ground: core zones lie in their area in at least 90 % of the redraws; contested ones in fewer than 60 %, or in \
         another area at least half as often; fringe ones between."
    );
    let faint = |(border, strength): &(&BorderStrength, f64)| {
        class_of(*strength) < lowest && !is_border(&found.base, border)
    };
    let _ = write!(
        caption,
        " Left out: {} between neighbours with a strength below {} that the run has not.",
        plural(known(borders).filter(faint).count(), "border", "borders"),
        per_cent(CLASSES[lowest].from)
    );
    let unknown = borders.iter().filter(|border| border.strength.is_none()).count();
    if unknown > 0 {
        let pairs = plural(unknown, "pair of zones that never have", "pairs of zones that never have");
        let _ = write!(caption, " Not known: {pairs} an area in the same redraw.");
    }
    let [width, height] = ground.frame.size();
    let full = WIDTH.max(width);
    let shift = (full - width) / 2;
    let figure = Figure {
        id: ID,
        title: "Borders by strength",
        description: &sentence,
        caption: &caption,
        size: [full, height + (172.0 * SCALE) as i32],
        scale: SCALE,
        behind: vec![table(&tallies)],
    };
    figure.write(html, |html| {
        colours::define(html, ID, &KINDS.map(|(fill, _)| fill), SCALE);
        html.element("g", &[("transform", &format!("translate({shift} 0)"))], |html| {
            draw_kinds(html, found, &ground);
            draw_lines(html, &ground, thinner(found.base.areas), of_arc);
        });
        names(html, facts, &ground, shift);
        legend(html, found, &ground, &tallies, f64::from(height) + 24.0 * SCALE);
    });
}

/// How many borders of the run hold.
fn sentence(found: &CertaintyResults, borders: &[BorderStrength]) -> String {
    let in_run: Vec<f64> =
        known(borders).filter(|(border, _)| is_border(&found.base, border)).map(|(_, p)| p).collect();
    let of = |holds: fn(f64) -> bool| in_run.iter().filter(|&&p| holds(p)).count();
    let hidden = known(borders).filter(|(border, p)| *p >= 0.5 && !is_border(&found.base, border)).count();
    told(in_run.len(), of(|strength| strength >= 0.95), of(|strength| strength < 0.5), hidden)
}

/// Of `all` borders of the run so many are `strong` and `weak`; `hidden` are those that it has not.
fn told(all: usize, strong: usize, weak: usize, hidden: usize) -> String {
    let has = |n: usize| match n {
        0 => "none has".to_owned(),
        _ => plural(n, "has", "have"),
    };
    let mut told = format!(
        "The areas of the run have {} between neighbouring zones",
        if all == 0 { "no borders".to_owned() } else { plural(all, "border", "borders") }
    );
    if all > 0 {
        let _ = write!(
            told,
            "; {} a strength of at least 95{THIN}%, {} a strength below a half",
            has(strong),
            has(weak)
        );
    }
    told.push_str(match (all, weak) {
        (0, _) | (_, 0) => ".",
        (_, 1) => ": that one should not carry a decision.",
        _ => ": those should not carry a decision.",
    });
    if hidden > 0 {
        let pairs =
            plural(hidden, "pair of neighbours is more likely", "pairs of neighbours are more likely");
        let _ = write!(told, " {pairs} apart, though the run keeps them together.");
    }
    told
}

fn table(tallies: &[Tally]) -> Table {
    let mut table = Table::new(
        "Borders between neighbouring zones by strength; each is in borders.csv",
        &[
            Column::Text("Strength"),
            Column::Number("Pairs of neighbours"),
            Column::Number("Share of pairs"),
            Column::Number("Borders of the run"),
        ],
    );
    let all: usize = tallies.iter().map(|tally| tally.pairs).sum();
    for (class, tally) in CLASSES.iter().zip(tallies) {
        table.row([
            class.title.to_owned(),
            count(tally.pairs as f64),
            per_cent(tally.pairs as f64 / all.max(1) as f64),
            count(tally.in_run as f64),
        ]);
    }
    table
}

/// By zone, the index of its ground in [`KINDS`].
fn kinds(found: &CertaintyResults) -> Vec<Option<u32>> {
    let missing = ZoneKind::ALL.len() as u32;
    found.zones.iter().map(|zone| Some(zone.kind.map_or(missing, |kind| kind as u32))).collect()
}

fn draw_kinds(html: &mut Html, found: &CertaintyResults, ground: &Ground) {
    let shapes = dissolve(&ground.thin, &kinds(found), KINDS.len());
    html.element("g", &[("class", "grounds"), ("fill-rule", "evenodd")], |html| {
        for (shape, (fill, _)) in shapes.iter().zip(KINDS) {
            if let Some(shape) = shape {
                let path = ground.frame.outline(&ground.projection, shape).path;
                html.empty("path", &[("d", &path), ("fill", &fill.paint(ID))]);
            }
        }
    });
    html.line();
}

fn draw_lines(
    html: &mut Html,
    ground: &Ground,
    thinner: f64,
    class_of_arc: impl Fn(&[u32]) -> Option<usize>,
) {
    let paths = ground.lines(CLASSES.len(), class_of_arc);
    html.element("g", &[("class", "lines")], |html| {
        let mut write = |path: &str, class: &str, colour: &str, width: f64| {
            if !path.is_empty() {
                let width = format!("{:.1}", width * SCALE);
                html.empty(
                    "path",
                    &[("d", path), ("class", class), ("stroke", colour), ("stroke-width", &width)],
                );
                html.line();
            }
        };
        write(&ground.coast(), "outer", "#8c8c8c", 0.6);
        for (at, (path, class)) in paths.iter().zip(&CLASSES).enumerate() {
            write(path, if at == 0 { "faint" } else { "border" }, class.colour, class.width * thinner);
        }
    });
}

/// The names of the largest areas, at their main zones.
fn names(html: &mut Html, facts: &Facts<'_>, ground: &Ground, shift: i32) {
    let areas: Vec<u32> = facts.areas_by_size().into_iter().take(4 * NAMES).collect();
    let mut group = vec![None; facts.zones.len()];
    for (at, &area) in (0..).zip(&areas) {
        let main = facts.areas.main_zones.get(area as usize);
        if let Some(zone) = main.and_then(|&zone| group.get_mut(zone as usize)) {
            *zone = Some(at);
        }
    }
    let shapes = dissolve(&ground.thin, &group, areas.len());
    let wanted: Vec<Wanted<'_>> = shapes
        .iter()
        .zip(&areas)
        .filter_map(|(shape, &area)| {
            let [x, y] = ground.frame.outline(&ground.projection, shape.as_ref()?).middle;
            Some(Wanted { text: facts.area_name(area), at: [x + f64::from(shift), y] })
        })
        .collect();
    let [width, height] = ground.frame.size();
    write_names(html, &wanted, [f64::from(width + 2 * shift), f64::from(height)]);
}

fn legend(html: &mut Html, found: &CertaintyResults, ground: &Ground, tallies: &[Tally], top: f64) {
    draw_scale(html, ground.frame.size()[0], ground.frame.metres(), top);
    let row = |at: usize| top + (24.0 + 19.0 * at as f64) * SCALE;
    for (at, (class, tally)) in CLASSES.iter().zip(tallies).rev().enumerate() {
        let y = row(at) + 6.0 * SCALE;
        let width = format!("{:.1}", class.width * thinner(found.base.areas) * SCALE);
        let path = format!("M4 {y:.0}h{:.0}", 26.0 * SCALE);
        let style = if class.from > 0.0 { "border" } else { "faint" };
        html.element("g", &[("class", "lines")], |html| {
            html.empty(
                "path",
                &[("d", &path), ("class", style), ("stroke", class.colour), ("stroke-width", &width)],
            );
        });
        let shown = if class.from > 0.0 {
            count(tally.pairs as f64)
        } else {
            format!("only those of the run: {}", count(tally.in_run as f64))
        };
        let text = format!("Strength {} ({shown})", class.title);
        label(html, [34.0 * SCALE, y + 4.5 * SCALE], Anchor::Start, "key", &text);
    }
    let kinds = kinds(found);
    let half = f64::from(WIDTH) * 0.62;
    for (at, (kind, (fill, title))) in (0..).zip(KINDS.iter().enumerate()) {
        let zones = kinds.iter().filter(|&&of| of == Some(at)).count();
        if zones == 0 {
            continue;
        }
        let y = row(kind);
        let paint = fill.paint(ID);
        rectangle(html, [half, y], [16.0 * SCALE, 12.0 * SCALE], &[("fill", &paint), ("class", "swatch")]);
        let text = format!("{title} ({})", count(zones as f64));
        label(html, [half + 22.0 * SCALE, y + 10.5 * SCALE], Anchor::Start, "key", &text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stronger_borders_are_darker_and_wider() {
        assert_eq!([0.0, 0.049, 0.05, 0.5, 0.95, 1.0].map(class_of), [0, 0, 1, 3, 5, 5]);
        assert!(CLASSES.array_windows().all(|[a, b]| a.width < b.width && a.colour >= b.colour));
    }

    #[test]
    fn borders_are_told_for_none_one_and_many() {
        assert_eq!(told(0, 0, 0, 0), "The areas of the run have no borders between neighbouring zones.");
        assert_eq!(
            told(60, 0, 55, 1),
            "The areas of the run have 60 borders between neighbouring zones; none has a strength of at least 95\u{202f}%, 55 have a strength \
             below a half: those should not carry a decision. 1 pair of neighbours is more likely apart, though the run keeps them together."
        );
        assert!(
            told(3, 3, 0, 0)
                .ends_with("3 have a strength of at least 95\u{202f}%, none has a strength below a half.")
        );
    }
}
