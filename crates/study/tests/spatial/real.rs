//! Real borders: Italy's communes as TopoJSON, Belgium's as GeoPackage.

use std::time::Instant;

use distretto_study::spatial::{match_zones, read};
use distretto_territory::contiguity::DEFAULT_TOLERANCE_M;
use distretto_territory::dissolve::dissolve;
use distretto_territory::geodesy::area_m2;
use distretto_territory::simplify::simplify;
use distretto_territory::{Contiguity, Topology, Zones};
use distretto_testkit::data::path as data;
use geo_types::MultiPolygon;

use crate::maps::source;

fn total(shapes: &[Option<MultiPolygon<f64>>]) -> f64 {
    shapes.iter().flatten().map(area_m2).sum()
}

/// Scale of the plane of UTM at an easting. The official areas are those of the plane of UTM 32N, which stretches the
/// east of the country by up to 1.5 %: they are divided by its square before the comparison.
fn plane_scale(easting: f64) -> f64 {
    let from_meridian = (easting - 500_000.0) / 0.9996;
    0.9996 * (1.0 + from_meridian.powi(2) / (2.0 * 6_377_000_f64.powi(2)))
}

/// The borders are generalised to 500 m: single communes differ, the country does not.
#[test]
fn italy_has_its_official_area_and_every_step_is_quick() {
    let Some(folder) = data("italy-2011") else { return };
    let text = std::fs::read_to_string(folder.join("communes.csv")).unwrap();
    let header: Vec<&str> = text.lines().next().unwrap().split(',').collect();
    // Names may hold commas in quotes; the columns behind them are counted from the end.
    let from_end = |name: &str| header.len() - header.iter().position(|column| *column == name).unwrap();
    let (area, easting) = (from_end("area_km2"), from_end("x_utm32n_wgs84"));
    let official: Vec<(String, f64)> = text
        .lines()
        .skip(1)
        .map(|line| {
            let fields: Vec<&str> = line.split(',').collect();
            let number = |from_end: usize| fields[fields.len() - from_end].parse::<f64>().unwrap();
            (fields[0].to_owned(), number(area) / plane_scale(number(easting)).powi(2))
        })
        .collect();
    let zones = Zones::new(official.iter().map(|row| row.0.clone()).collect()).unwrap();

    let clock = Instant::now();
    let path = folder.join("communes_500m.topojson.gz");
    let borders = read(&source(&path, "com_istat_code")).unwrap();
    let matched = match_zones(borders.features, &zones);
    eprintln!("read {:?}", clock.elapsed());
    assert_eq!((matched.unmatched.len(), matched.missing.len(), matched.padded), (0, 0, 0));

    let clock = Instant::now();
    let topology = Topology::new(&matched.shapes).unwrap();
    eprintln!(
        "topology {:?}: {} arcs, {} points",
        clock.elapsed(),
        topology.arcs().len(),
        topology.points().len()
    );
    let clock = Instant::now();
    let parts = Contiguity::of_parts(&topology, DEFAULT_TOLERANCE_M);
    let contiguity = parts.of_zones_of_parts(&topology);
    eprintln!("contiguity {:?}", clock.elapsed());
    let exact = Contiguity::of_zones(&topology, 0.0);
    eprintln!(
        "queen {} rook {} alone {:?}; exact queen {} rook {}",
        contiguity.queen().pairs().count(),
        contiguity.rook().pairs().count(),
        contiguity.alone().map(|zone| zones.code(zone)).collect::<Vec<_>>(),
        exact.queen().pairs().count(),
        exact.rook().pairs().count(),
    );
    let clock = Instant::now();
    let country = dissolve(&topology, &vec![Some(0); zones.len()], 1);
    eprintln!("dissolve {:?}", clock.elapsed());
    assert!((total(&country) / total(&matched.shapes) - 1.0).abs() < 1e-9);
    let clock = Instant::now();
    let thin = simplify(&topology, 1e6);
    eprintln!("simplify {:?}: {} to {} points", clock.elapsed(), points(&topology), points(&thin));

    let expected: f64 = official.iter().map(|row| row.1).sum();
    let ours = total(&matched.shapes) / 1e6;
    eprintln!("area {ours:.0} of {expected:.0} km2: {:+.5}", ours / expected - 1.0);
    assert!((ours / expected - 1.0).abs() < 5e-4, "{ours} of {expected} km2");
}

fn points(topology: &Topology) -> usize {
    topology.arcs().ids().map(|arc| topology.arcs().points(arc).len()).sum()
}

#[test]
fn belgium_is_read_from_its_geopackage() {
    let Some(folder) = data("belgium-2011") else { return };
    let path = folder.join("communes.gpkg");
    let borders = read(&source(&path, "CODE_INS")).unwrap();
    let mut codes: Vec<String> = borders.features.iter().map(|feature| feature.key.clone()).collect();
    codes.sort_unstable();
    codes.dedup();
    let zones = Zones::new(codes).unwrap();
    let found = borders.features.len() + borders.keyless.len();
    let matched = match_zones(borders.features, &zones);
    eprintln!(
        "{} features, {} zones, {} merged, {} keyless",
        found,
        zones.len(),
        matched.merged.len(),
        borders.keyless.len()
    );
    assert_eq!(found, 2909);
    let area = total(&matched.shapes) / 1e6;
    assert!((area / 30_689.0 - 1.0).abs() < 0.01, "{area} km2");
    let contiguity = Contiguity::of_zones(&Topology::new(&matched.shapes).unwrap(), DEFAULT_TOLERANCE_M);
    eprintln!("alone {:?}", contiguity.alone().map(|zone| zones.code(zone)).collect::<Vec<_>>());
}
