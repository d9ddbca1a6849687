//! What has an address under `api/v1/`.
//!
//! | address | what stands there |
//! |---|---|
//! | `editions.json`, `openapi.json` | the editions; what can be asked |
//! | `health.json` | that the server is well: only there |
//! | `editions/{edition}.json` | one edition |
//! | `editions/{edition}/{table}.{json,csv,parquet,geojson}` | a table |
//! | `editions/{edition}/{answer,map,sketch,find}.json` | documents of pages |
//! | `editions/{edition}/areas/{slug}.json` | an area |
//! | `editions/{edition}/zones/{slug}.json` | a zone: only on a server |
//! | `editions/{edition}/flow_map/{level}.json` | commuters between areas, or groups of them |
//! | `editions/{edition}/grid.json`, `editions/{edition}/grid/{n}.json` | reruns made beforehand |
//! | `editions/{edition}/tiles.pmtiles` | the map as one file: only in a static site |
//! | `editions/{edition}/tiles/{z}/{x}/{y}.mvt` | the map in tiles: only on a server |

use distretto_study::fault::{Code, Fault, Result};

use crate::atlas::{Atlas, Mode, Offered};
use crate::documents::flow_map;
use crate::edition::Edition;
use crate::format::{Format, formats};
use crate::query::shown;
use crate::slug::{code, slug};
use crate::table::Table;

/// What has an address.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Address {
    /// The editions.
    Editions,
    /// What can be asked, as OpenAPI.
    OpenApi,
    /// That the server is well.
    Health,
    /// Something of the edition at this place of the atlas.
    Of(usize, Part),
}

/// Something of an edition.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Part {
    /// The edition itself.
    Edition,
    /// A table, by its place in [`Edition::all_tables`].
    Table(usize, Format),
    /// What a map needs before its tiles.
    Map,
    /// The country in a few strokes.
    Sketch,
    /// The answer to the question.
    Answer,
    /// Places to search.
    Find,
    /// Commuters at a level of grouping.
    FlowMap(u32),
    /// An area, by its row.
    Area(u32),
    /// A zone, by its row.
    Zone(u32),
    /// Reruns made beforehand.
    Grid,
    /// One of them.
    GridPoint(u32),
    /// All tiles in one file.
    Archive,
    /// A tile: zoom, column, row.
    Tile(u8, u32, u32),
}

/// The address that `path` (under `api/v1/`) names; a table without an ending is had as `preferred`.
///
/// # Errors
/// D0829 where nothing has it.
pub fn parse(atlas: &Atlas, path: &str, preferred: Format) -> Result<Address> {
    let found = match path {
        "editions.json" | "editions" => Some(Address::Editions),
        "openapi.json" => Some(Address::OpenApi),
        "health" | "health.json" if atlas.mode == Mode::Live => Some(Address::Health),
        _ => path.strip_prefix("editions/").and_then(|rest| of_edition(atlas, rest, preferred)),
    };
    found.ok_or_else(|| nothing(path))
}

/// Nothing has this address.
pub fn nothing(path: &str) -> Box<Fault> {
    Fault::new(Code::AtlasNothingThere, format!("nothing has the address `{}`", shown(path))).hint(
        "`api/v1/editions.json` lists the editions, and each edition its tables; codes are written as slugs",
    )
}

fn of_edition(atlas: &Atlas, rest: &str, preferred: Format) -> Option<Address> {
    let (name, rest) = rest.split_once('/').unwrap_or((rest, ""));
    let place =
        atlas.position(if rest.is_empty() { name.strip_suffix(".json").unwrap_or(name) } else { name })?;
    let part = if rest.is_empty() { Part::Edition } else { part(atlas, place, rest, preferred)? };
    Some(Address::Of(place, part))
}

fn part(atlas: &Atlas, place: usize, rest: &str, preferred: Format) -> Option<Part> {
    let offered = atlas.editions.get(place)?;
    let edition = &offered.edition;
    let live = atlas.mode == Mode::Live;
    if let Some(tile) = rest.strip_prefix("tiles/") {
        return tile_at(tile).filter(|_| live && edition.borders.is_some());
    }
    match rest {
        "answer.json" => Some(Part::Answer),
        "find.json" => Some(Part::Find),
        "grid.json" if offered.grid.is_some() => Some(Part::Grid),
        "map.json" => Some(Part::Map),
        "sketch.json" if edition.borders.is_some() => Some(Part::Sketch),
        "tiles.pmtiles" if edition.borders.is_some() && !live => Some(Part::Archive),
        _ => match rest.split_once('/') {
            None => table(edition, rest, preferred),
            Some((folder, file)) => {
                let name = file.strip_suffix(".json")?;
                match folder {
                    "areas" => edition.area(&code(name)?).map(Part::Area),
                    "zones" if live => edition.zone(&code(name)?).map(Part::Zone),
                    "flow_map" => number(name).map(Part::FlowMap),
                    "grid" => number(name).filter(|n| (*n as usize) < points(offered)).map(Part::GridPoint),
                    _ => None,
                }
            }
        },
    }
}

/// Levels of the map of commuters.
fn levels(edition: &Edition) -> u32 {
    flow_map(edition, 0).map_or(0, |map| map.levels as u32)
}

/// Reruns made beforehand.
fn points(offered: &Offered) -> usize {
    offered.grid.as_ref().map_or(0, |(_, points)| points.len())
}

fn table(edition: &Edition, name: &str, preferred: Format) -> Option<Part> {
    let (name, format) = match name.rsplit_once('.') {
        Some((name, ending)) => (name, Format::with_ending(ending)?),
        None => (name, preferred),
    };
    let (at, table) = edition.all_tables().enumerate().find(|(_, table)| table.name == name)?;
    formats(edition, table).contains(&format).then_some(Part::Table(at, format))
}

fn tile_at(text: &str) -> Option<Part> {
    let mut parts = text.strip_suffix(".mvt")?.split('/');
    let (z, x, y) = (number(parts.next()?)?, number(parts.next()?)?, number(parts.next()?)?);
    let inside = z <= 24 && x < 1 << z && y < 1 << z && parts.next().is_none();
    inside.then_some(Part::Tile(z as u8, x, y))
}

/// A number in the one way it is written.
fn number(text: &str) -> Option<u32> {
    text.parse().ok().filter(|number: &u32| number.to_string() == text)
}

impl Address {
    /// The address under `api/v1/`: the inverse of [`parse`].
    pub fn path(&self, atlas: &Atlas) -> String {
        match self {
            Self::Editions => "editions.json".to_owned(),
            Self::OpenApi => "openapi.json".to_owned(),
            Self::Health => "health".to_owned(),
            Self::Of(place, part) => {
                let Some(offered) = atlas.editions.get(*place) else { return String::new() };
                format!("editions/{}{}", offered.edition.id, part.path(&offered.edition))
            }
        }
    }
}

impl Part {
    fn path(&self, edition: &Edition) -> String {
        match self {
            Self::Edition => ".json".to_owned(),
            Self::Table(at, format) => {
                let name = edition.all_tables().nth(*at).map_or("", |table| table.name.as_str());
                format!("/{name}.{}", format.ending())
            }
            Self::Map => "/map.json".to_owned(),
            Self::Sketch => "/sketch.json".to_owned(),
            Self::Answer => "/answer.json".to_owned(),
            Self::Find => "/find.json".to_owned(),
            Self::FlowMap(level) => format!("/flow_map/{level}.json"),
            Self::Area(area) => {
                let code = edition.partition.codes().get(*area as usize);
                format!("/areas/{}.json", slug(code.map_or("", String::as_str)))
            }
            Self::Zone(zone) => {
                let code = edition.zones.codes().get(*zone as usize);
                format!("/zones/{}.json", slug(code.map_or("", String::as_str)))
            }
            Self::Grid => "/grid.json".to_owned(),
            Self::GridPoint(n) => format!("/grid/{n}.json"),
            Self::Archive => "/tiles.pmtiles".to_owned(),
            Self::Tile(z, x, y) => format!("/tiles/{z}/{x}/{y}.mvt"),
        }
    }
}

/// Everything that a static site of the atlas has under `api/v1/`, in a fixed order. A server has the same, but the tiles one by
/// one.
pub fn all_addresses(atlas: &Atlas) -> Vec<Address> {
    let mut all = vec![Address::Editions, Address::OpenApi];
    for (place, offered) in atlas.editions.iter().enumerate() {
        all.extend(parts(atlas, offered).into_iter().map(|part| Address::Of(place, part)));
    }
    all
}

fn parts(atlas: &Atlas, offered: &Offered) -> Vec<Part> {
    let edition = &offered.edition;
    let mut parts = vec![Part::Edition, Part::Answer, Part::Find, Part::Map];
    if edition.borders.is_some() {
        parts.push(Part::Sketch);
        if atlas.mode == Mode::Static {
            parts.push(Part::Archive);
        }
    }
    for (at, table) in edition.all_tables().enumerate() {
        parts.extend(formats(edition, table).into_iter().map(|format| Part::Table(at, format)));
    }
    parts.extend((0..edition.areas() as u32).map(Part::Area));
    parts.extend((0..levels(edition)).map(Part::FlowMap));
    if offered.grid.is_some() {
        parts.push(Part::Grid);
        parts.extend((0..points(offered) as u32).map(Part::GridPoint));
    }
    parts
}

/// The table at a place of [`Edition::all_tables`].
///
/// # Errors
/// D0829 where there is none.
pub(crate) fn table_at(edition: &Edition, at: usize) -> Result<&Table> {
    edition.all_tables().nth(at).ok_or_else(|| nothing("table"))
}
