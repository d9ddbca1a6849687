//! All tiles of an edition in one file, which a page reads in parts from any web host.

use std::io::{Error, Result, Seek, Write};

use flate2::{Compression as Effort, write::GzEncoder};
use pmtiles::{Compression, PmTilesWriter, TileCoord, TileId, TileType};
use rayon::prelude::*;
use serde_json::json;

use crate::tiles::Pyramid;

/// Tiles made side by side before they are written.
const BATCH: usize = 256;

/// Writes all tiles of the pyramid as one [PMTiles](https://github.com/protomaps/PMTiles) archive, version 3, called `title`: tiles
/// compressed with gzip, in the order of the format. Same pyramid, same bytes, on any number of threads. One zoom is in memory at a
/// time, and none is kept. Cost: that of every tile.
///
/// # Errors
/// What `out` answers.
pub fn write(pyramid: &Pyramid, title: &str, out: impl Write + Seek) -> Result<()> {
    let [west, south, east, north] = pyramid.bounds();
    let zooms = pyramid.zooms();
    let mut archive = PmTilesWriter::new(TileType::Mvt)
        .precompressed(Compression::Gzip)
        .min_zoom(*zooms.start())
        .max_zoom(*zooms.end())
        .bounds(west, south, east, north)
        .center(f64::midpoint(west, east), f64::midpoint(south, north))
        .center_zoom(*zooms.start())
        .metadata(metadata(pyramid, title))
        .create(out)
        .map_err(Error::other)?;
    for z in zooms {
        let level = pyramid.level(z);
        let mut coords = Vec::new();
        for [x, y] in level.tiles() {
            let coord = TileCoord::new(z, x, y).map_err(Error::other)?;
            coords.push((TileId::from(coord), coord));
        }
        coords.sort_unstable_by_key(|&(id, _)| id);
        for batch in coords.chunks(BATCH) {
            let tiles = batch.par_iter().map(|(_, coord)| {
                pyramid.encode(&level, coord.x(), coord.y()).map(|tile| gzip(&tile)).transpose()
            });
            let tiles: Vec<Option<Vec<u8>>> = tiles.collect::<Result<_>>()?;
            for (&(_, coord), tile) in batch.iter().zip(tiles) {
                archive.add_tile(coord, &tile.unwrap_or_default()).map_err(Error::other)?;
            }
        }
    }
    archive.finalize().map_err(Error::other)
}

fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut packed = GzEncoder::new(Vec::new(), Effort::best());
    packed.write_all(bytes)?;
    packed.finish()
}

/// What the format asks of an archive of vector tiles: its layers, with their fields and zooms.
fn metadata(pyramid: &Pyramid, title: &str) -> String {
    let zooms = pyramid.zooms();
    let layer = |id: &str, description: &str, fields: serde_json::Value| json!({ "id": id, "description": description, "minzoom": zooms.start(), "maxzoom": zooms.end(), "fields": fields });
    json!({
        "name": title,
        "type": "overlay",
        "vector_layers": [
            layer("zones", "Zones; id: zone index", json!({ "a": "Number", "m": "Number", "k": "String" })),
            layer("areas", "Labour market areas; id: area index", json!({})),
            layer("borders", "Borders between zones; id: row", json!({ "a": "Number", "b": "Number", "s": "Number", "x": "Number" })),
            layer("outline", "Coast and frontier", json!({})),
        ],
    })
    .to_string()
}
