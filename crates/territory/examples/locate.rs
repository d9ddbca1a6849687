//! How fast points are put into zones: `cargo run --release -p distretto-territory --example locate -- ZONES.geojson`
//! times random points, points row by row, and points at borders; with `POINTS OUT` after it, it reads points (all
//! longitudes, then all latitudes, as little-endian `f64`) and writes for each the number of the feature that holds it
//! (little-endian `u32` from 0, the highest for none).

use std::error::Error;
use std::hint::black_box;
use std::time::Instant;

use distretto_territory::ZoneLocator;
use distretto_territory::locate::NO_ZONE;
use geo_types::{Coord, Geometry, MultiPolygon};
use geojson::{FeatureCollection, GeoJson};

const POINTS: usize = 10_000_000;
const RUNS: usize = 5;

type Shapes = Vec<(u32, MultiPolygon<f64>)>;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [zones, files @ ..] = arguments.as_slice() else {
        return Err("give ZONES.geojson [POINTS OUT]".into());
    };
    let shapes = shapes(zones)?;
    match files {
        [points, out] => answer(shapes, points, out),
        _ => measure(&shapes),
    }
}

fn shapes(path: &str) -> Result<Shapes, Box<dyn Error>> {
    let features = FeatureCollection::try_from(std::fs::read_to_string(path)?.parse::<GeoJson>()?)?.features;
    let mut shapes = Vec::with_capacity(features.len());
    for (zone, feature) in (0..).zip(features) {
        match feature.geometry.map(Geometry::try_from).transpose()? {
            Some(Geometry::Polygon(polygon)) => shapes.push((zone, polygon.into())),
            Some(Geometry::MultiPolygon(shape)) => shapes.push((zone, shape)),
            _ => return Err(format!("feature {zone} is no polygon").into()),
        }
    }
    Ok(shapes)
}

fn answer(shapes: Shapes, points: &str, out: &str) -> Result<(), Box<dyn Error>> {
    let found = ZoneLocator::new(shapes)?;
    let bytes = std::fs::read(points)?;
    let (numbers, _) = bytes.as_chunks::<8>();
    let numbers: Vec<f64> = numbers.iter().map(|bytes| f64::from_le_bytes(*bytes)).collect();
    let (xs, ys) = numbers.split_at(numbers.len() / 2);
    let mut zones = vec![0; xs.len()];
    let start = Instant::now();
    found.locate_all(xs, ys, &mut zones)?;
    eprintln!("{:.3} s for {} points", start.elapsed().as_secs_f64(), xs.len());
    let bytes: Vec<u8> = zones.iter().flat_map(|zone| zone.to_le_bytes()).collect();
    Ok(std::fs::write(out, bytes)?)
}

fn measure(shapes: &Shapes) -> Result<(), Box<dyn Error>> {
    let mut built = Vec::new();
    let mut locator = None;
    for _ in 0..RUNS {
        let shapes = shapes.clone();
        let start = Instant::now();
        locator = Some(ZoneLocator::new(shapes)?);
        built.push(start.elapsed().as_secs_f64());
    }
    let found = locator.ok_or("no runs")?;
    let ends: Vec<(f64, f64)> = shapes
        .iter()
        .flat_map(|(_, shape)| shape)
        .flat_map(|polygon| polygon.exterior().coords().map(Coord::x_y))
        .collect();
    println!("{} zones, {} vertices, {:.1} MB held", shapes.len(), ends.len(), found.bytes() as f64 / 1e6);
    built.sort_by(f64::total_cmp);
    println!(
        "{:<42} {:.3} {:.3} {:.3} s (least, median, most)",
        "build",
        built[0],
        built[RUNS / 2],
        built[RUNS - 1]
    );

    let fold = |of: fn(&(f64, f64)) -> f64, better: fn(f64, f64) -> f64, start| {
        ends.iter().map(of).fold(start, better)
    };
    let (west, east) = (fold(|e| e.0, f64::min, f64::MAX), fold(|e| e.0, f64::max, f64::MIN));
    let (south, north) = (fold(|e| e.1, f64::min, f64::MAX), fold(|e| e.1, f64::max, f64::MIN));
    let mut draw = Draw(11);
    let anywhere: Vec<(f64, f64)> = (0..POINTS)
        .map(|_| (west + draw.part() * (east - west), south + draw.part() * (north - south)))
        .collect();
    report("points anywhere in the rectangle", &found, &anywhere);
    let mut inside = Vec::with_capacity(POINTS);
    while inside.len() < POINTS {
        let (x, y) = (west + draw.part() * (east - west), south + draw.part() * (north - south));
        if found.locate(x, y).is_some() {
            inside.push((x, y));
        }
    }
    report("points anywhere in the zones", &found, &inside);
    let mut near = |distance: f64| -> Vec<(f64, f64)> {
        (0..POINTS)
            .map(|_| {
                let (x, y) = ends[(draw.part() * ends.len() as f64) as usize];
                (x + distance * (draw.part() - 0.5), y + distance * (draw.part() - 0.5))
            })
            .collect()
    };
    report("points within 50 m of a vertex", &found, &near(1e-3));
    report("vertices", &found, &near(0.0));
    let side = (POINTS as f64).sqrt();
    let walk: Vec<(f64, f64)> = (0..POINTS)
        .map(|i| {
            let (row, column) = ((i as f64 / side).floor(), i as f64 % side);
            (west + column / side * (east - west), south + row / side * (north - south))
        })
        .collect();
    report("points row by row", &found, &walk);
    Ok(())
}

fn report(name: &str, found: &ZoneLocator, points: &[(f64, f64)]) {
    let (xs, ys): (Vec<f64>, Vec<f64>) = points.iter().copied().unzip();
    let mut zones = vec![0; points.len()];
    let mut times: Vec<f64> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            black_box(found.locate_all(black_box(&xs), &ys, &mut zones)).ok();
            start.elapsed().as_secs_f64() * 1e9 / points.len() as f64
        })
        .collect();
    times.sort_by(f64::total_cmp);
    let held = zones.iter().filter(|zone| **zone != NO_ZONE).count();
    println!(
        "{name:<42} {:.1} {:.1} {:.1} ns a point, {:.0} % in a zone",
        times[0],
        times[RUNS / 2],
        times[RUNS - 1],
        100.0 * held as f64 / points.len() as f64
    );
}

/// Numbers in [0, 1) that look random (splitmix64, Steele, Lea and Flood 2014, doi:10.1145/2660193.2660195).
struct Draw(u64);

impl Draw {
    fn part(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }
}
