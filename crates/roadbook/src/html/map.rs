//! A map as SVG: stops with their numbers, bases, ways, districts, scale and north.
//!
//! Longitude and latitude are drawn as they are, longitudes shortened by the cosine of the middle latitude: over the width of a tour the scale bar, true in the middle, is off by
//! less than lines are thick. A map that crosses the 180th meridian is not cut there.

use std::fmt::Write as _;

use crate::book::Outline;
use crate::words::Words;

const WIDTH: f64 = 680.0;
const RADIUS: f64 = 11.0;
/// Kilometres of a degree of latitude, on a sphere of 6371.0088 km.
const DEGREE: f64 = 111.195;

/// What a map shows.
pub(super) struct Map<'a> {
    /// Name of the map among those of a page: letters, digits, hyphens.
    pub(super) id: String,
    /// What it is.
    pub(super) title: String,
    /// What it shows, in words.
    pub(super) described: String,
    /// Height, where the width is 680.
    pub(super) height: f64,
    /// Places that are visited, with what is written on them.
    pub(super) stops: Vec<(f64, f64, String)>,
    /// Places where days begin and end, with their names.
    pub(super) bases: Vec<(f64, f64, String)>,
    /// Ways; whether each is only straight.
    pub(super) ways: Vec<(&'a [(f64, f64)], bool)>,
    /// Areas behind.
    pub(super) outlines: &'a [Outline],
}

/// A map that is drawn.
pub(super) struct Drawn {
    /// The picture.
    pub(super) svg: String,
    /// Whether a district is seen on it.
    pub(super) districts: bool,
    /// Whether an area that is no district is seen on it.
    pub(super) others: bool,
}

/// From degrees to the paper.
struct Paper {
    lon: f64,
    lat: f64,
    shrink: f64,
    /// Units of the paper for a degree of latitude.
    scale: f64,
    height: f64,
}

impl Paper {
    fn around(map: &Map<'_>) -> Self {
        let stops = map.stops.iter().chain(&map.bases).map(|&(lon, lat, _)| (lon, lat));
        let points: Vec<(f64, f64)> =
            stops.chain(map.ways.iter().flat_map(|(line, _)| line.iter().copied())).collect();
        let bound = |pick: fn(&(f64, f64)) -> f64| {
            points.iter().map(pick).fold(None, |bound: Option<(f64, f64)>, at| {
                Some(bound.map_or((at, at), |(low, high)| (low.min(at), high.max(at))))
            })
        };
        let (west, east) = bound(|point| point.0).unwrap_or((0.0, 0.0));
        let (south, north) = bound(|point| point.1).unwrap_or((0.0, 0.0));
        let (lon, lat) = (f64::midpoint(west, east), f64::midpoint(south, north));
        // At a pole a degree of longitude has no length.
        let shrink = libm::cos(lat.to_radians()).max(0.01);
        // Two kilometres at least, so that a day in one village is a map of the village.
        let least = 2.0 / DEGREE;
        let (wide, high) = (((east - west) * shrink).max(least), (north - south).max(least));
        let margin = 16.0 + 0.07 * map.height;
        let scale = ((WIDTH - 2.0 * margin) / wide).min((map.height - 2.0 * margin) / high);
        Self { lon, lat, shrink, scale, height: map.height }
    }

    fn at(&self, (lon, lat): (f64, f64)) -> (f64, f64) {
        (
            WIDTH / 2.0 + (lon - self.lon) * self.shrink * self.scale,
            self.height / 2.0 - (lat - self.lat) * self.scale,
        )
    }

    fn inside(&self, (x, y): (f64, f64), margin: f64) -> bool {
        (margin..=WIDTH - margin).contains(&x) && (margin..=self.height - margin).contains(&y)
    }
}

/// Text of data within SVG.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

/// Draws a map.
pub(super) fn draw(map: &Map<'_>, words: &Words) -> Drawn {
    let paper = Paper::around(map);
    let mut svg = String::new();
    let (id, height) = (&map.id, map.height);
    let _ = write!(
        svg,
        "<svg class=\"map\" viewBox=\"0 0 {WIDTH:.0} {height:.0}\" role=\"img\" aria-labelledby=\"{id}-t {id}-d\"><title id=\"{id}-t\">{}</title><desc id=\"{id}-d\">{}</desc>",
        escape(&map.title),
        escape(&map.described)
    );
    let _ = write!(
        svg,
        "<clipPath id=\"{id}-c\"><rect width=\"{WIDTH:.0}\" height=\"{height:.0}\" rx=\"4\"/></clipPath><g clip-path=\"url(#{id}-c)\"><rect class=\"sea\" width=\"{WIDTH:.0}\" height=\"{height:.0}\"/>"
    );
    let seen = outlines(&mut svg, &paper, map.outlines);
    for (line, straight) in &map.ways {
        way(&mut svg, &paper, line, *straight);
    }
    svg.push_str("</g>");
    let stops = stand(&paper, map);
    let bases: Vec<(f64, f64)> = map.bases.iter().map(|&(lon, lat, _)| paper.at((lon, lat))).collect();
    let mut taken: Vec<(f64, f64)> = stops.iter().chain(&bases).copied().collect();
    let names = base_names(&paper, &mut taken, &map.bases);
    for (outline, area) in &seen {
        let name = crate::text::line(&outline.name);
        if !name.is_empty() {
            area_name(&mut svg, &paper, &taken, &name, area);
        }
    }
    markers(&mut svg, &paper, map, &stops);
    svg.push_str(&names);
    furniture(&mut svg, &paper, words);
    let _ = write!(
        svg,
        "<rect class=\"frame\" x=\".5\" y=\".5\" width=\"{:.0}\" height=\"{:.0}\" rx=\"4\"/></svg>",
        WIDTH - 1.0,
        height - 1.0
    );
    let others = seen.iter().filter(|(outline, _)| outline.is_district == Some(false)).count();
    Drawn { svg, districts: others < seen.len(), others: others > 0 }
}

fn path(svg: &mut String, points: &[(f64, f64)]) {
    for (at, (x, y)) in points.iter().enumerate() {
        let _ = write!(svg, "{}{x:.1} {y:.1}", if at == 0 { "M" } else { "L" });
    }
}

/// A line without points that are closer than the eye tells.
fn thin(paper: &Paper, line: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let mut kept: Vec<(f64, f64)> = Vec::new();
    for (at, &point) in line.iter().enumerate() {
        let (x, y) = paper.at(point);
        let far = kept.last().is_none_or(|&(kx, ky)| (x - kx).abs().max((y - ky).abs()) >= 0.7);
        if far || at + 1 == line.len() {
            kept.push((x, y));
        }
    }
    kept
}

/// Draws the areas; gives those that are seen, with the points of their edges.
fn outlines<'o>(
    svg: &mut String,
    paper: &Paper,
    outlines: &'o [Outline],
) -> Vec<(&'o Outline, Vec<(f64, f64)>)> {
    let mut seen = Vec::new();
    for outline in outlines {
        let rings: Vec<Vec<(f64, f64)>> = outline
            .rings
            .iter()
            .map(|ring| thin(paper, ring))
            .filter(|ring| ring.len() > 2 && touches(paper, ring))
            .collect();
        if rings.is_empty() {
            continue;
        }
        svg.push_str("<path class=\"area\" d=\"");
        for ring in &rings {
            path(svg, ring);
            svg.push('Z');
        }
        svg.push_str("\"/>");
        seen.push((outline, rings.into_iter().flatten().collect()));
    }
    seen
}

/// Writes the name of an area in the middle of its part on the map, or above or below, where it covers no marker; nowhere where it would always.
fn area_name(svg: &mut String, paper: &Paper, taken: &[(f64, f64)], name: &str, edge: &[(f64, f64)]) {
    let (mut west, mut east, mut top, mut bottom) = (f64::MAX, f64::MIN, f64::MAX, f64::MIN);
    for &(x, y) in edge {
        (west, east) = (west.min(x.clamp(0.0, WIDTH)), east.max(x.clamp(0.0, WIDTH)));
        (top, bottom) = (top.min(y.clamp(0.0, paper.height)), bottom.max(y.clamp(0.0, paper.height)));
    }
    let half = 3.2 * name.chars().count() as f64;
    for (across, down) in [
        (0.5, 0.5),
        (0.5, 0.25),
        (0.5, 0.75),
        (0.3, 0.5),
        (0.7, 0.5),
        (0.3, 0.3),
        (0.7, 0.3),
        (0.3, 0.7),
        (0.7, 0.7),
        (0.5, 0.12),
        (0.5, 0.9),
    ] {
        let (x, y) = (west + across * (east - west), top + down * (bottom - top));
        let fits = paper.inside((x - half, y), 8.0) && paper.inside((x + half, y), 8.0);
        let covers = taken
            .iter()
            .any(|&(mx, my)| (mx - x).abs() < half + RADIUS + 3.0 && (my - y + 4.0).abs() < RADIUS + 9.0);
        if fits && !covers {
            let _ = write!(
                svg,
                "<text class=\"area-name\" x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"middle\">{}</text>",
                escape(name)
            );
            return;
        }
    }
}

fn touches(paper: &Paper, ring: &[(f64, f64)]) -> bool {
    let (mut west, mut east, mut top, mut bottom) = (f64::MAX, f64::MIN, f64::MAX, f64::MIN);
    for &(x, y) in ring {
        (west, east) = (west.min(x), east.max(x));
        (top, bottom) = (top.min(y), bottom.max(y));
    }
    east >= 0.0 && west <= WIDTH && bottom >= 0.0 && top <= paper.height
}

/// A way with an arrow half way.
fn way(svg: &mut String, paper: &Paper, line: &[(f64, f64)], straight: bool) {
    let points = thin(paper, line);
    if points.len() < 2 {
        return;
    }
    let _ = write!(svg, "<path class=\"{}\" d=\"", if straight { "way straight" } else { "way" });
    path(svg, &points);
    svg.push_str("\"/>");
    let length = |pair: &[(f64, f64)]| libm::hypot(pair[1].0 - pair[0].0, pair[1].1 - pair[0].1);
    let total: f64 = points.windows(2).map(length).sum();
    if total < 70.0 {
        return;
    }
    let mut gone = 0.0;
    for pair in points.windows(2) {
        let here = length(pair);
        if gone + here >= total / 2.0 && here > 0.0 {
            let share = (total / 2.0 - gone) / here;
            let (x, y) =
                (pair[0].0 + share * (pair[1].0 - pair[0].0), pair[0].1 + share * (pair[1].1 - pair[0].1));
            let turn = libm::atan2(pair[1].1 - pair[0].1, pair[1].0 - pair[0].0).to_degrees();
            let _ = write!(
                svg,
                "<path class=\"arrow\" d=\"M7 0L-5 -5.5L-5 5.5Z\" transform=\"translate({x:.1} {y:.1}) rotate({turn:.1})\"/>"
            );
            return;
        }
        gone += here;
    }
}

/// Where a marker stands: on its place, or near it where another stands there already.
fn free_place(paper: &Paper, taken: &[(f64, f64)], (x, y): (f64, f64)) -> (f64, f64) {
    let free = |(x, y): (f64, f64)| {
        paper.inside((x, y), RADIUS + 2.0)
            && taken.iter().all(|&(tx, ty)| libm::hypot(x - tx, y - ty) >= 2.0 * RADIUS + 2.0)
    };
    let rings = [(26.0, 8), (44.0, 12), (64.0, 16), (86.0, 20)];
    let around = rings.into_iter().flat_map(|(radius, parts)| {
        (0..parts).map(move |part| {
            let turn =
                f64::from(part) / f64::from(parts) * std::f64::consts::TAU - std::f64::consts::FRAC_PI_4;
            (radius * libm::cos(turn), radius * libm::sin(turn))
        })
    });
    std::iter::once((0.0, 0.0))
        .chain(around)
        .map(|(dx, dy)| (x + dx, y + dy))
        .find(|&at| free(at))
        .unwrap_or((x, y))
}

/// Where the markers of the stops stand.
fn stand(paper: &Paper, map: &Map<'_>) -> Vec<(f64, f64)> {
    let mut taken: Vec<(f64, f64)> = map.bases.iter().map(|&(lon, lat, _)| paper.at((lon, lat))).collect();
    let bases = taken.len();
    for &(lon, lat, _) in &map.stops {
        taken.push(free_place(paper, &taken, paper.at((lon, lat))));
    }
    taken.split_off(bases)
}

fn markers(svg: &mut String, paper: &Paper, map: &Map<'_>, stops: &[(f64, f64)]) {
    for ((lon, lat, label), &(x, y)) in map.stops.iter().zip(stops) {
        let (tx, ty) = paper.at((*lon, *lat));
        if (x, y) != (tx, ty) {
            let _ = write!(
                svg,
                "<path class=\"leader\" d=\"M{tx:.1} {ty:.1}L{x:.1} {y:.1}\"/><circle class=\"dot\" cx=\"{tx:.1}\" cy=\"{ty:.1}\" r=\"2.6\"/>"
            );
        }
        let wide = if label.chars().count() > 2 { " small" } else { "" };
        let _ = write!(
            svg,
            "<circle class=\"stop\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{RADIUS}\"/><text class=\"number{wide}\" x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>",
            y + 4.4,
            escape(label)
        );
    }
}

/// Bases with their names; what the names cover is taken.
fn base_names(paper: &Paper, taken: &mut Vec<(f64, f64)>, bases: &[(f64, f64, String)]) -> String {
    let mut svg = String::new();
    let mut named: Vec<(f64, f64)> = Vec::new();
    for (lon, lat, name) in bases {
        let (x, y) = paper.at((*lon, *lat));
        if named.contains(&(x, y)) {
            continue;
        }
        named.push((x, y));
        let _ = write!(
            svg,
            "<rect class=\"base\" x=\"{:.1}\" y=\"{:.1}\" width=\"14\" height=\"14\"/>",
            x - 7.0,
            y - 7.0
        );
        base_name(&mut svg, paper, taken, (x, y), name);
    }
    svg
}

/// The name of a base beside it, on the first side where it covers nothing; none where it always would.
fn base_name(svg: &mut String, paper: &Paper, taken: &mut Vec<(f64, f64)>, (x, y): (f64, f64), name: &str) {
    let width = 6.6 * name.chars().count() as f64;
    let sides = [
        (x + 13.0, y + 4.5, "start"),
        (x - 13.0, y + 4.5, "end"),
        (x, y - 13.0, "middle"),
        (x, y + 22.0, "middle"),
    ];
    for (tx, ty, anchor) in sides {
        let west = match anchor {
            "start" => tx,
            "end" => tx - width,
            _ => tx - width / 2.0,
        };
        let fits = west > 4.0 && west + width < WIDTH - 4.0 && ty > 16.0 && ty < paper.height - 30.0;
        let covers = taken.iter().any(|&(mx, my)| {
            (mx, my) != (x, y)
                && mx > west - RADIUS - 2.0
                && mx < west + width + RADIUS + 2.0
                && (my - ty + 5.0).abs() < RADIUS + 8.0
        });
        if fits && !covers {
            let _ = write!(
                svg,
                "<text class=\"base-name\" x=\"{tx:.1}\" y=\"{ty:.1}\" text-anchor=\"{anchor}\">{}</text>",
                escape(name)
            );
            let mut covered = west;
            while covered < west + width {
                taken.push((covered, ty - 4.0));
                covered += RADIUS;
            }
            return;
        }
    }
}

/// Scale bar and north.
fn furniture(svg: &mut String, paper: &Paper, words: &Words) {
    let unit = paper.scale / DEGREE;
    // The longest of 1, 2, 5 times a power of ten, in metres, that takes at most a quarter of the width.
    let mut metres: u64 = 100;
    for power in 2..8 {
        for step in [1, 2, 5] {
            let length = step * 10u64.pow(power);
            if length as f64 / 1000.0 * unit <= WIDTH / 4.0 {
                metres = length;
            }
        }
    }
    let length = metres as f64 / 1000.0 * unit;
    let said = if metres < 1000 {
        words.say("unit.metres", &[("metres", &metres.to_string())])
    } else {
        words.say("unit.kilometres", &[("kilometres", &words.number(metres / 1000))])
    };
    let base = paper.height - 14.0;
    let _ = write!(
        svg,
        "<g class=\"scale\"><rect class=\"back\" x=\"8\" y=\"{:.1}\" width=\"{:.1}\" height=\"26\"/><path d=\"M14 {:.1}V{base:.1}H{:.1}V{:.1}\"/><text x=\"14\" y=\"{:.1}\">{}</text></g>",
        base - 20.0,
        (length + 12.0).max(60.0),
        base - 5.0,
        14.0 + length,
        base - 5.0,
        base - 8.0,
        escape(&said)
    );
    let _ = write!(
        svg,
        "<g class=\"north\" transform=\"translate({:.0} 26)\"><circle class=\"back\" r=\"18\" cy=\"3\"/><path d=\"M0 -12L5 4L0 0L-5 4Z\"/><text y=\"16\" text-anchor=\"middle\">{}</text></g>",
        WIDTH - 26.0,
        escape(words.get("map.north"))
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(stops: Vec<(f64, f64, String)>) -> Map<'static> {
        Map {
            id: "m".to_owned(),
            title: "<t>".to_owned(),
            described: "d".to_owned(),
            height: 380.0,
            stops,
            bases: vec![(17.5, 40.7, "Hotel".to_owned())],
            ways: Vec::new(),
            outlines: &[],
        }
    }

    #[test]
    fn a_degree_of_latitude_is_as_long_as_the_scale_says() {
        let paper = Paper::around(&map(vec![(17.5, 41.7, "1".to_owned())]));
        let (_, low) = paper.at((17.5, 40.7));
        let (_, high) = paper.at((17.5, 41.7));
        assert!(((low - high) - paper.scale).abs() < 1e-9);
        // 294.8 units of the height for 111.195 km: the longest bar of at most 170 units is 50 km.
        assert!((paper.scale - 294.8).abs() < 1e-9);
        assert!(draw(&map(vec![(17.5, 41.7, "1".to_owned())]), &Words::english()).svg.contains(">50 km<"));
    }

    #[test]
    fn stops_at_one_place_stand_apart_and_inside() {
        let stops: Vec<_> = (1..=9).map(|at| (17.5, 40.7, at.to_string())).collect();
        let paper = Paper::around(&map(stops.clone()));
        let mut taken = vec![paper.at((17.5, 40.7))];
        for (lon, lat, _) in stops {
            let at = free_place(&paper, &taken, paper.at((lon, lat)));
            assert!(paper.inside(at, RADIUS));
            assert!(taken.iter().all(|&(x, y)| libm::hypot(at.0 - x, at.1 - y) > 2.0 * RADIUS));
            taken.push(at);
        }
    }

    #[test]
    fn no_text_of_data_is_read_as_markup() {
        let svg = draw(&map(vec![(0.0, 0.0, "<1&'\"".to_owned())]), &Words::english()).svg;
        assert!(svg.contains("&lt;t&gt;") && svg.contains("&lt;1&amp;&#39;&quot;"));
        assert!(!svg.contains("NaN"));
    }
}
