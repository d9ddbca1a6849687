//! What stands at an address.

use std::io::Cursor;

use distretto_study::fault::{Code, Fault, Result};

use crate::address::{Address, Part, nothing, table_at};
use crate::atlas::{Atlas, Mode, Offered};
use crate::body::{Body, media_of};
use crate::documents::{self, Offer, Tiles};
use crate::format::{self, Format};
use crate::pmtiles;
use crate::query::{Query, Selection};
use crate::rerun::{Grid, Rerun};

/// What stands at an address: a pure function of the editions. `None` for a tile without anything in it.
///
/// # Errors
/// D0829 where nothing stands there.
pub fn render(atlas: &Atlas, address: &Address) -> Result<Option<Body>> {
    match address {
        Address::Editions => editions(atlas).map(Some),
        Address::OpenApi => Body::json(&crate::server::openapi::document(&atlas.meta.version)).map(Some),
        Address::Health => Body::json(&serde_json::json!({ "status": "ok" })).map(Some),
        Address::Of(place, part) => {
            let offered = atlas.editions.get(*place).ok_or_else(|| nothing("edition"))?;
            of_edition(atlas, offered, part)
        }
    }
}

/// A selection of a table and its body.
///
/// # Errors
/// D0828 where the query is not one of this table.
pub fn select<'a, 'q>(
    offered: &'a Offered,
    table: usize,
    format: Format,
    pairs: impl IntoIterator<Item = (&'q str, &'q str)>,
) -> Result<(Selection<'a>, Body)> {
    let table = table_at(&offered.edition, table)?;
    let selection = Query::parse(pairs, table)?.select(table)?;
    let body = format::body(&offered.edition, &selection, format)?;
    Ok((selection, body))
}

/// Which program it is, for `editions.json`.
fn editions(atlas: &Atlas) -> Result<Body> {
    let program = documents::Program {
        name: "distretto".to_owned(),
        version: atlas.meta.version.clone(),
        commit: atlas.meta.commit.clone(),
    };
    let offers: Vec<Offer<'_>> = atlas.editions.iter().map(Offered::offer).collect();
    Body::json(&documents::editions(program, atlas.mode, &offers))
}

fn of_edition(atlas: &Atlas, offered: &Offered, part: &Part) -> Result<Option<Body>> {
    let edition = &offered.edition;
    let body = match part {
        Part::Edition => Body::json(&documents::edition(&offered.offer())),
        Part::Table(table, format) => {
            format::body(edition, &Selection::whole(table_at(edition, *table)?), *format)
        }
        Part::Map => Body::json(&documents::map(edition, &tiles(atlas, offered).unwrap_or_default())),
        Part::Sketch => Body::json(&offered.pyramid().ok_or_else(|| nothing("sketch.json"))?.sketch()),
        Part::Find => Body::json(&documents::find(edition)),
        Part::Answer => Body::json(&documents::answer(edition)),
        Part::FlowMap(level) => {
            Body::json(&documents::flow_map(edition, *level as usize).ok_or_else(|| nothing("flow_map"))?)
        }
        Part::Grid => Body::json(&grid(offered)?.0),
        Part::GridPoint(n) => Body::json(grid(offered)?.1.get(*n as usize).ok_or_else(|| nothing("grid"))?),
        Part::Area(area) => Body::json(&documents::area(edition, *area).ok_or_else(|| nothing("areas"))?),
        Part::Zone(zone) => Body::json(&edition.zone_profiles().row(*zone as usize)),
        Part::Archive => archive(offered),
        Part::Tile(z, x, y) => return Ok(tile(offered, *z, *x, *y)),
    };
    body.map(Some)
}

fn grid(offered: &Offered) -> Result<&(Grid, Vec<Rerun>)> {
    offered.grid.as_ref().ok_or_else(|| nothing("grid.json"))
}

/// Where the tiles are; an edition without borders has none, and no zoom.
fn tiles(atlas: &Atlas, offered: &Offered) -> Option<Tiles<'static>> {
    let pyramid = offered.pyramid()?;
    Some(Tiles {
        address: match atlas.mode {
            Mode::Live => "tiles/{z}/{x}/{y}.mvt",
            Mode::Static => "tiles.pmtiles",
        },
        min_zoom: *pyramid.zooms().start(),
        max_zoom: *pyramid.zooms().end(),
        full_zoom: pyramid.full_zoom(),
    })
}

fn tile(offered: &Offered, z: u8, x: u32, y: u32) -> Option<Body> {
    let bytes = offered.pyramid()?.tile(z, x, y)?;
    Some(Body { media: media_of(".mvt"), bytes: bytes.into() })
}

fn archive(offered: &Offered) -> Result<Body> {
    let pyramid = offered.pyramid().ok_or_else(|| nothing("tiles.pmtiles"))?;
    let mut out = Cursor::new(Vec::new());
    pmtiles::write(pyramid, offered.edition.title(), &mut out).map_err(|error| {
        Fault::new(Code::Internal, "the map could not be put in one file").because(error.to_string())
    })?;
    Ok(Body { media: media_of(".pmtiles"), bytes: out.into_inner().into() })
}
