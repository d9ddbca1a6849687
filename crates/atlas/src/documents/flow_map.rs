//! Commuters between areas as lines, few enough to be drawn at each zoom.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::Serialize;
use utoipa::ToSchema;

use super::index::{name, number};
use super::map::place;
use crate::edition::Edition;

/// Lines of a level: more cannot be told apart.
const SHOWN: usize = 400;
/// Levels of groups at most, before the areas as they are.
const GROUPED: u8 = 5;
/// Side of a cell in pixels, at the zoom from which a level is drawn, on a world of 512 pixels at zoom 0.
const CELL: f64 = 32.0;
/// A level is worth its file if it has at most this share of the nodes that the areas are.
const WORTH: f64 = 0.8;

/// `editions/{edition}/flow_map/{level}.json`: one level, from 0 (few groups of areas) to the last (areas as they are).
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct FlowMap {
    /// Which level.
    pub level: usize,
    /// How many there are.
    pub levels: usize,
    /// Zoom of the map from which it is drawn.
    pub zoom: u8,
    /// Areas, or groups of areas.
    pub nodes: Vec<FlowNode>,
    /// Origin and destination (places in `nodes`) and persons, most first.
    pub flows: Vec<(u32, u32, f64)>,
    /// Persons who commute between different areas.
    pub between_areas: f64,
    /// Those of them on one of the `flows`.
    pub drawn: f64,
    /// Those of them who stay within a node.
    pub within_nodes: f64,
}

/// A node of a flow map.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct FlowNode {
    /// Name of the largest area, and how many more.
    pub name: String,
    /// Longitude of the largest area, degrees east.
    pub lon: f64,
    /// Latitude of the largest area, degrees north.
    pub lat: f64,
    /// Area indices, ascending.
    pub areas: Vec<u32>,
    /// Persons who live and work in the node.
    pub inside: f64,
}

/// An area on the map.
struct Spot {
    area: u32,
    lon: f64,
    lat: f64,
    /// On a square world of side 1, from the north-west (Web Mercator).
    x: f64,
    y: f64,
    workers: f64,
}

/// A level of the flow map; `None` where the edition has no flows or no places, or no such level.
///
/// Areas are grouped by the cells of a grid that halves from level to level; areas of one cell are one node, at the
/// place of the one with most workers. Sums are exact to a millionth of a person: `drawn`, what is on no line and
/// `within_nodes` add up to `between_areas`. Cost: linear in flows, n log n in lines.
pub fn flow_map(edition: &Edition, level: usize) -> Option<FlowMap> {
    edition.table("flows")?;
    let spots = spots(edition);
    let levels = levels(&spots);
    let &(zoom, grouped) = levels.get(level)?;
    let groups = if grouped { cells(&spots, zoom) } else { spots.iter().map(|spot| vec![spot]).collect() };
    let mut node_of: Vec<Option<u32>> = vec![None; edition.areas()];
    for (node, group) in groups.iter().enumerate() {
        for spot in group {
            node_of[spot.area as usize] = Some(node as u32);
        }
    }
    let sums = Sums::of(edition, &node_of, groups.len());
    let nodes =
        groups.iter().zip(&sums.inside).map(|(group, &inside)| node(edition, group, inside)).collect();
    let mut lines: Vec<((u32, u32), Millionths)> = sums.lines.into_iter().collect();
    lines.sort_unstable_by_key(|&(ends, persons)| (std::cmp::Reverse(persons), ends));
    lines.truncate(SHOWN);
    Some(FlowMap {
        level,
        levels: levels.len(),
        zoom,
        nodes,
        between_areas: persons(sums.between_areas),
        drawn: persons(lines.iter().map(|(_, amount)| amount).sum()),
        within_nodes: persons(sums.within_nodes),
        flows: lines.into_iter().map(|((from, to), amount)| (from, to, persons(amount))).collect(),
    })
}

/// Millionths of a person: whole, so that sums are exact.
type Millionths = i64;

fn persons(amount: Millionths) -> f64 {
    amount as f64 / 1e6
}

/// Flows summed up between nodes.
struct Sums {
    /// By origin and destination.
    lines: FxHashMap<(u32, u32), Millionths>,
    /// Within each node, those within its areas included.
    inside: Vec<Millionths>,
    between_areas: Millionths,
    /// Between different areas of a node.
    within_nodes: Millionths,
}

impl Sums {
    fn of(edition: &Edition, node_of: &[Option<u32>], nodes: usize) -> Self {
        let mut sums =
            Self { lines: FxHashMap::default(), inside: vec![0; nodes], between_areas: 0, within_nodes: 0 };
        for flow in &edition.index().flows {
            let amount = (flow.persons * 1e6).round() as Millionths;
            let between = if flow.origin == flow.destination { 0 } else { amount };
            sums.between_areas += between;
            match (node_of[flow.origin as usize], node_of[flow.destination as usize]) {
                (Some(a), Some(b)) if a == b => {
                    sums.inside[a as usize] += amount;
                    sums.within_nodes += between;
                }
                (Some(a), Some(b)) => *sums.lines.entry((a, b)).or_default() += amount,
                _ => {}
            }
        }
        sums.lines.retain(|_, amount| *amount > 0);
        sums
    }
}

/// The areas that have a place.
fn spots(edition: &Edition) -> Vec<Spot> {
    let areas = edition.table("areas");
    let spot = |area: u32| {
        let (lon, lat) = place(edition, area)?;
        let workers = areas.and_then(|areas| number(areas, area as usize, "workers")).unwrap_or_default();
        let (x, y) = mercator(lon, lat);
        Some(Spot { area, lon, lat, x, y, workers })
    };
    (0..edition.areas() as u32).filter_map(spot).collect()
}

/// Web Mercator on a square world of side 1; the poles are at its edges.
fn mercator(lon: f64, lat: f64) -> (f64, f64) {
    let sine = lat.to_radians().sin();
    let y = 0.5 - ((1.0 + sine) / (1.0 - sine)).ln() / (4.0 * std::f64::consts::PI);
    (lon / 360.0 + 0.5, y.clamp(0.0, 1.0))
}

/// Zoom of each level and whether it is grouped. The first shows the whole country in at most 512 pixels.
fn levels(spots: &[Spot]) -> Vec<(u8, bool)> {
    let side = |of: fn(&Spot) -> f64| {
        let (low, high) =
            spots.iter().map(of).fold((1.0f64, 0.0f64), |(low, high), at| (low.min(at), high.max(at)));
        (high - low).max(0.0)
    };
    if spots.is_empty() {
        return Vec::new();
    }
    let extent = side(|spot| spot.x).max(side(|spot| spot.y)).max(1e-4);
    let first = (1.0 / extent).log2().floor().clamp(0.0, 14.0) as u8;
    let worth = |zoom: &u8| cells(spots, *zoom).len() as f64 <= WORTH * spots.len() as f64;
    let mut levels: Vec<(u8, bool)> =
        (first..first + GROUPED).take_while(worth).map(|zoom| (zoom, true)).collect();
    levels.push((first + levels.len() as u8, false));
    levels
}

/// Areas by the cell of the grid of a zoom, in the order of the cells; in each the one with most workers first, of equals
/// in the order of their codes.
fn cells(spots: &[Spot], zoom: u8) -> Vec<Vec<&Spot>> {
    let across = 512.0 / CELL * f64::from(zoom).exp2();
    let cell = |spot: &Spot| ((spot.y * across) as u32, (spot.x * across) as u32);
    let mut cells: BTreeMap<(u32, u32), Vec<&Spot>> = BTreeMap::new();
    for spot in spots {
        cells.entry(cell(spot)).or_default().push(spot);
    }
    for group in cells.values_mut() {
        group.sort_by(|a, b| b.workers.total_cmp(&a.workers).then(a.area.cmp(&b.area)));
    }
    cells.into_values().collect()
}

/// A node of the areas of a cell, the largest first.
fn node(edition: &Edition, group: &[&Spot], inside: Millionths) -> FlowNode {
    let largest = group[0];
    let name = name(edition, largest.area);
    let mut areas: Vec<u32> = group.iter().map(|spot| spot.area).collect();
    areas.sort_unstable();
    FlowNode {
        name: if areas.len() > 1 { format!("{name} + {}", areas.len() - 1) } else { name.to_owned() },
        lon: largest.lon,
        lat: largest.lat,
        areas,
        inside: persons(inside),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spot(area: u32, lon: f64, lat: f64, workers: f64) -> Spot {
        let (x, y) = mercator(lon, lat);
        Spot { area, lon, lat, x, y, workers }
    }

    #[test]
    fn the_world_is_a_square_with_the_equator_in_the_middle() {
        assert_eq!(mercator(0.0, 0.0), (0.5, 0.5));
        assert_eq!(mercator(-180.0, 90.0), (0.0, 0.0));
        let (x, y) = mercator(90.0, -85.051_128_78);
        assert!(x == 0.75 && (y - 1.0).abs() < 1e-9);
    }

    #[test]
    fn near_areas_are_one_node_until_the_map_is_close() {
        let spots = [
            spot(0, 10.0, 45.0, 1.0),
            spot(1, 10.1, 45.0, 5.0),
            spot(2, 10.1, 45.0, 5.0),
            spot(3, 15.0, 41.0, 2.0),
        ];
        let groups = |zoom| -> Vec<Vec<u32>> {
            cells(&spots, zoom).iter().map(|group| group.iter().map(|spot| spot.area).collect()).collect()
        };
        assert_eq!(groups(5), [vec![1, 2, 0], vec![3]], "from north to south, the largest first");
        assert_eq!(groups(12).len(), 3, "two at the same place are told apart only as areas");
        let levels = levels(&spots);
        // Four degrees of latitude there are 0.0152 of the world: between 1/128 and 1/64.
        assert_eq!(levels[0], (6, true));
        assert!(levels.iter().rev().skip(1).all(|level| level.1) && !levels[levels.len() - 1].1);
    }

    #[test]
    fn one_place_has_one_level_and_none_has_none() {
        assert_eq!(levels(&[spot(0, 1.0, 1.0, 1.0)]), [(13, false)]);
        assert!(levels(&[]).is_empty());
    }
}
