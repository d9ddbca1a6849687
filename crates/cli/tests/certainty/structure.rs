//! Where there is nothing to be sure of.

use std::fmt::Write;

use crate::country::Country;

/// Equal zones on a square without an edge; commuting falls with distance, and with nothing else but a little chance.
fn by_distance(side: i32) -> String {
    let mut rows = String::from("origin,destination,flow\n");
    let across = |a: i32, b: i32| f64::from((a - b).abs().min(side - (a - b).abs()));
    let mut chance = 7_u64;
    for origin in 0..side * side {
        for destination in 0..side * side {
            let distance =
                across(origin % side, destination % side).hypot(across(origin / side, destination / side));
            chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let spread = (chance >> 33) as f64 / f64::from(1 << 31) - 0.5;
            let expected = 800.0 * (-distance / 1.2).exp();
            let flow = (expected + 3.0 * spread * expected.sqrt()).round();
            if flow > 0.0 {
                let _ = writeln!(rows, "{origin},{destination},{flow}");
            }
        }
    }
    rows
}

#[test]
fn areas_drawn_by_distance_alone_are_said_not_to_hold() {
    let country = Country::of_flows(&by_distance(14));
    let (out, err) = country.sure("flows.csv --replicates 60 --out sure");
    assert!(
        err.contains("warning: the borders of the run come back in only ") && err.contains("[D0736]"),
        "{err}"
    );
    assert!(!country.column("sure/zones.csv", "kind").iter().all(|kind| kind == "core"), "{out}");
    let made = Country::made();
    let (_, err) = made.sure("world/study.toml --replicates 60 --out sure");
    assert!(!err.contains("[D0736]"), "{err}");
}
