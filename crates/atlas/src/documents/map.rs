//! What a map needs before its tiles.

use distretto_districts::istat::Kind;
use distretto_study::report::{industry_colour, kind_colour};
use serde::Serialize;
use utoipa::ToSchema;

use super::area::Other;
use super::index::{number, other};
use super::indicators::{Indicator, indicators};
use crate::edition::Edition;

/// A box: west, south, east, north, in degrees.
pub type Box4 = [f64; 4];

/// Where the tiles are; by default nowhere.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tiles<'a> {
    /// Address relative to `editions/{edition}/`.
    pub address: &'a str,
    /// Lowest zoom.
    pub min_zoom: u8,
    /// Highest zoom.
    pub max_zoom: u8,
    /// First zoom with every border.
    pub full_zoom: u8,
}

/// `editions/{edition}/map.json`: what a map needs before its tiles.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct MapDoc {
    /// Box of all that has a place; of the world where nothing has one.
    pub bounds: [f64; 4],
    /// Lowest zoom with tiles.
    pub min_zoom: u8,
    /// Highest zoom with tiles.
    pub max_zoom: u8,
    /// First zoom at which tiles have every border.
    pub full_zoom: u8,
    /// Address of the tiles, relative to `editions/{edition}/`; empty where the edition has no borders.
    pub tiles: String,
    /// By area index.
    pub areas: Vec<MapArea>,
    /// In the order of the legend; those with most districts first.
    pub industries: Vec<Industry>,
    /// In the order of the rule; none without jobs.
    pub kinds: Vec<KindColour>,
    /// What areas can be coloured by.
    pub indicators: Vec<Indicator>,
}

/// An area on the map.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct MapArea {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Longitude of its main zone, degrees east; null where that has no place.
    pub lon: Option<f64>,
    /// Latitude of its main zone, degrees north; null where that has no place.
    pub lat: Option<f64>,
    /// Its box; null where no zone of it has a place.
    pub bbox: Option<[f64; 4]>,
    /// What it is by the rule; null without jobs.
    pub kind: Option<String>,
    /// Its main industry; null where there is none.
    pub main_industry: Option<String>,
}

/// An industry in the legend.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Industry {
    /// Short name.
    pub id: String,
    /// Title for readers.
    pub name: String,
    /// Colour, `#rrggbb`.
    pub colour: String,
    /// Whether the colour has white stripes.
    pub striped: bool,
}

/// A kind of area in the legend.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct KindColour {
    /// district, large_firm_system, other_manufacturing, rest or undetermined.
    pub id: String,
    /// Colour, `#rrggbb`; null where it is hatched.
    pub colour: Option<String>,
}

/// The map of an edition. Cost: linear in the vertices of its shapes.
pub fn map(edition: &Edition, tiles: &Tiles<'_>) -> MapDoc {
    let areas: Vec<MapArea> = (0..edition.areas() as u32).map(|area| map_area(edition, area)).collect();
    let bounds =
        (0..edition.zones.codes().len() as u32).filter_map(|zone| zone_box(edition, zone)).reduce(union);
    MapDoc {
        bounds: bounds.map_or([-180.0, -85.0, 180.0, 85.0], rounded),
        min_zoom: tiles.min_zoom,
        max_zoom: tiles.max_zoom,
        full_zoom: tiles.full_zoom,
        tiles: tiles.address.to_owned(),
        areas,
        industries: legend(edition),
        kinds: kinds(edition),
        indicators: indicators(edition.area_profiles()),
    }
}

fn map_area(edition: &Edition, area: u32) -> MapArea {
    let (lon, lat) = place(edition, area).unzip();
    let Other { code, name, kind, main_industry } = other(edition, area);
    MapArea { code, name, lon, lat, bbox: area_box(edition, area), kind, main_industry }
}

/// Longitude and latitude of the main zone of an area; of its first zone with a place where that has none.
pub(super) fn place(edition: &Edition, area: u32) -> Option<(f64, f64)> {
    let main = edition.table("areas")?.text(area as usize, "main_zone").and_then(|code| edition.zone(code));
    let mut zones = main.into_iter().chain(edition.index().members.of(area).iter().copied());
    zones.find_map(|zone| point(edition, zone))
}

fn point(edition: &Edition, zone: u32) -> Option<(f64, f64)> {
    let zones = edition.table("zones")?;
    Some((number(zones, zone as usize, "lon")?, number(zones, zone as usize, "lat")?))
}

/// Box of an area: of the shapes of its zones, or of their places.
pub(super) fn area_box(edition: &Edition, area: u32) -> Option<Box4> {
    let boxes = edition.index().members.of(area).iter().filter_map(|&zone| zone_box(edition, zone));
    boxes.reduce(union).map(rounded)
}

fn zone_box(edition: &Edition, zone: u32) -> Option<Box4> {
    let shape = edition.borders.as_ref().and_then(|borders| borders.shapes.get(zone as usize)?.as_ref());
    let of_shape = shape.and_then(|shape| {
        let points = shape.iter().flat_map(|polygon| polygon.exterior().coords());
        points.map(|point| [point.x, point.y, point.x, point.y]).reduce(union)
    });
    of_shape.or_else(|| point(edition, zone).map(|(lon, lat)| [lon, lat, lon, lat]))
}

fn union(a: Box4, b: Box4) -> Box4 {
    [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]
}

/// Outwards to a hundred-thousandth of a degree, about a metre.
fn rounded(found: Box4) -> Box4 {
    let [west, south, east, north] = found.map(|degrees| degrees * 1e5);
    [west.floor() / 1e5, south.floor() / 1e5, east.ceil() / 1e5, north.ceil() / 1e5]
}

/// The industries: those with most districts first, of equals in the order of the rule.
fn legend(edition: &Edition) -> Vec<Industry> {
    let found = edition.index();
    let entry = |(at, _): (usize, usize)| {
        let group = &found.industries[at];
        let (colour, striped) = industry_colour(&group.id, at);
        Industry { id: group.id.clone(), name: group.name.clone(), colour: colour.to_owned(), striped }
    };
    found.industries_by_districts(edition).into_iter().map(entry).collect()
}

fn kinds(edition: &Edition) -> Vec<KindColour> {
    if edition.table("districts").is_none() {
        return Vec::new();
    }
    let entry =
        |kind: Kind| KindColour { id: kind.name().to_owned(), colour: kind_colour(kind).map(str::to_owned) };
    Kind::ALL.into_iter().map(entry).collect()
}
