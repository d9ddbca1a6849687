//! The archive read back by a reader written from the specification of PMTiles 3.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use flate2::read::GzDecoder;
use serde_json::Value;

use super::decode::varint;
use super::{Pyramid, made};

fn archive(pyramid: &Pyramid) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    crate::pmtiles::write(pyramid, "A made country", &mut out).unwrap();
    out.into_inner()
}

fn unpacked(bytes: &[u8]) -> Vec<u8> {
    let mut unpacked = Vec::new();
    GzDecoder::new(bytes).read_to_end(&mut unpacked).unwrap();
    unpacked
}

/// The number at a place of the header.
fn number(archive: &[u8], at: usize) -> usize {
    u64::from_le_bytes(archive[at..at + 8].try_into().unwrap()) as usize
}

/// What stands where the header says, from its offset and length at a place of it.
fn section(archive: &[u8], at: usize) -> &[u8] {
    &archive[number(archive, at)..][..number(archive, at + 8)]
}

/// Entries of a directory: number of the tile, run, offset, length.
fn directory(packed: &[u8]) -> Vec<[u64; 4]> {
    let bytes = unpacked(packed);
    let mut rest = bytes.as_slice();
    let count = varint(&mut rest);
    let mut column = || (0..count).map(|_| varint(&mut rest)).collect::<Vec<u64>>();
    let (steps, runs, lengths, offsets) = (column(), column(), column(), column());
    let mut id = 0;
    let mut end = 0;
    let entries = (0..count as usize).map(|at| {
        id += steps[at];
        let offset = if offsets[at] == 0 { end } else { offsets[at] - 1 };
        end = offset + lengths[at];
        [id, runs[at], offset, lengths[at]]
    });
    entries.collect()
}

/// Packed tiles by number, in the order of the file's directories.
fn tiles(archive: &[u8]) -> Vec<(u64, &[u8])> {
    let data = section(archive, 56);
    let mut entries = directory(section(archive, 8));
    while entries.iter().any(|entry| entry[1] == 0) {
        let leaves = section(archive, 40);
        let leaf =
            |&[_, _, offset, length]: &[u64; 4]| directory(&leaves[offset as usize..][..length as usize]);
        entries =
            entries.iter().flat_map(|entry| if entry[1] == 0 { leaf(entry) } else { vec![*entry] }).collect();
    }
    let of = |&[id, run, offset, length]: &[u64; 4]| {
        let tile = &data[offset as usize..][..length as usize];
        (id..id + run).map(move |id| (id, tile))
    };
    entries.iter().flat_map(of).collect()
}

/// Number of a tile: zooms one after the other, each along a Hilbert curve.
fn tile_number(z: u8, [mut x, mut y]: [u32; 2]) -> u64 {
    let before: u64 = (0..z).map(|z| 1 << (2 * z)).sum();
    let mut along = 0;
    for bit in (0..z).rev() {
        let side = 1u32 << bit;
        let (right, low) = (u32::from(x & side > 0), u32::from(y & side > 0));
        along += u64::from(side).pow(2) * u64::from((3 * right) ^ low);
        if low == 0 {
            if right == 1 {
                (x, y) = ((side - 1) & !x, (side - 1) & !y);
            }
            (x, y) = (y, x);
        }
        (x, y) = (x & (side - 1), y & (side - 1));
    }
    before + along
}

#[test]
fn an_archive_holds_every_tile_in_order() {
    let pyramid = made(400);
    let archive = archive(&pyramid);
    assert_eq!(&archive[..8], b"PMTiles\x03");
    assert_eq!(archive[96], 1, "in the order of their numbers");
    assert_eq!(archive[97..100], [2, 2, 1], "gzip twice, vector tiles");
    assert_eq!(archive[100..102], [*pyramid.zooms().start(), *pyramid.zooms().end()]);
    let position = |at: usize| f64::from(i32::from_le_bytes(archive[at..at + 4].try_into().unwrap())) / 1e7;
    for (at, degrees) in (102..118).step_by(4).zip(pyramid.bounds()) {
        assert!((position(at) - degrees).abs() < 1e-6);
    }
    let found = tiles(&archive);
    assert!(found.windows(2).all(|two| two[0].0 < two[1].0));
    let found: BTreeMap<u64, Vec<u8>> = found.into_iter().map(|(id, tile)| (id, unpacked(tile))).collect();
    let mut made = BTreeMap::new();
    for z in pyramid.zooms() {
        for at in pyramid.level(z).tiles() {
            made.extend(pyramid.tile(z, at[0], at[1]).map(|tile| (tile_number(z, at), tile)));
        }
    }
    assert_eq!(found.len(), made.len());
    assert!(found == made, "the tiles that the server answers with");
}

#[test]
fn an_archive_says_what_is_in_it() {
    let pyramid = made(100);
    let archive = archive(&pyramid);
    let metadata: Value = serde_json::from_slice(&unpacked(section(&archive, 24))).unwrap();
    assert_eq!(metadata["name"], "A made country");
    let layers: Vec<&str> = metadata["vector_layers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|layer| layer["id"].as_str().unwrap())
        .collect();
    assert_eq!(layers, ["zones", "areas", "borders", "outline"]);
    for layer in metadata["vector_layers"].as_array().unwrap() {
        assert_eq!(layer["maxzoom"], *pyramid.zooms().end());
    }
}

#[test]
fn an_archive_is_the_same_bytes_on_any_number_of_threads() {
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| archive(&made(300)))
    };
    let one = on(1);
    assert!(one == on(2));
    assert!(one == archive(&made(300)));
}

#[test]
fn an_archive_that_cannot_be_written_is_an_error() {
    let mut little = [0_u8; 1000];
    assert!(crate::pmtiles::write(&made(50), "x", Cursor::new(little.as_mut_slice())).is_err());
}
