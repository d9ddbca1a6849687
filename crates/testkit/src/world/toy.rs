//! Small worlds whose areas follow on paper, for the EU-TTWA method with 1,000 / 0.60 / 10,000 / 0.75.
//!
//! Notation: `L` residents, `W` jobs, `S` both; self-containment `msc = min(S/L, S/W)`; validity
//! `v = min(msc/0.75, 1) · (1 - 0.2 max(0, (10000 - L)/9000)) · 1.25`, except that a cluster that exchanges with nobody
//! (`msc = 1`) has `v = 1`. A zone joins its best candidate if that does not lower the candidate's `v`; otherwise it waits in
//! the reserve and joins at the end, untested.

use distretto_flows::Row;

/// A world small enough to be worked out by hand.
#[derive(Debug, Clone, PartialEq)]
pub struct Toy {
    /// What it shows.
    pub name: &'static str,
    /// Codes, ascending, one per zone.
    pub zones: Vec<String>,
    /// Flows between zone indices.
    pub rows: Vec<Row>,
    /// Code of the first zone of each zone's area; `None` where the zone has no area because nobody lives or works there.
    pub expected: Vec<Option<String>>,
}

/// Every toy world.
pub fn all() -> Vec<Toy> {
    vec![powers_of_two(), desert_grid(), two_cities_and_a_bridge(), islands(), giant_capital()]
}

/// Eight zones in a tree of twos: 512 stay, 512 go to the sibling, 256 to each of two cousins, 8 to each of the other four.
///
/// `L = W = 1568`. One zone: `msc = 512/1568 = 0.327`, `v = 0.44`. A pair of siblings: `2048/3136 = 0.653`, `v = 0.92`: no
/// area. So pairs form first (the sibling is the best candidate of a single zone), then each pair is taken apart again:
/// its first zone joins the cousins (`3584/4704 = 0.762`, `v = 1.10`), its second follows (`6144/6272 = 0.980`, `v = 1.15`).
/// Two areas: 1 to 4 and 5 to 8.
pub fn powers_of_two() -> Toy {
    let flow = |a: usize, b: usize| match (a / 2 == b / 2, a / 4 == b / 4) {
        (true, _) => 512,
        (_, true) => 256,
        _ => 8,
    };
    let flows: Vec<_> = (0..8).flat_map(|a| (0..8).map(move |b| (a + 1, b + 1, flow(a, b)))).collect();
    toy("powers of two", 8, &flows, &[1, 1, 1, 1, 5, 5, 5, 5])
}

/// A desert of three by three zones, by rows, inhabited only in two opposite corners.
///
/// Towns 1 and 9: `L = S = 2000`, `W = 2500`, `msc = 0.8`, `v = 1.03`. Villages 2 and 8: `msc = 100/600`. A village and its
/// town together exchange with nobody, so `v` would fall to 1: refused, the village waits in the reserve and joins its town at
/// the end. The five other zones have no residents and no jobs: no area.
pub fn desert_grid() -> Toy {
    let flows = [(1, 1, 2000), (2, 1, 500), (2, 2, 100), (9, 9, 2000), (8, 9, 500), (8, 8, 100)];
    toy("desert grid", 9, &flows, &[1, 1, 0, 0, 0, 0, 0, 8, 8])
}

/// City 1 with suburb 2, city 5 with suburb 4, and zone 3 on the bridge between them, which sends three times as many people to
/// city 1 as to city 5.
///
/// City 1: `L = S = 9000`, `W = 10100`, `v = 1.22`; city 5: `W = 9900`, `v = 1.22`. Suburbs (`v = 0.27`, taken first) raise
/// their city to `v = 1.25`, the largest value. The bridge (`L = 600`) is tied to area 1 by `300/600 · 300/10300 = 0.0146`, to area
/// 5 by `100/600 · 100/10100 = 0.0017`: it joins area 1, whose `v` stays 1.25.
pub fn two_cities_and_a_bridge() -> Toy {
    let flows = [
        (1, 1, 9000),
        (2, 1, 800),
        (2, 2, 200),
        (3, 1, 300),
        (3, 3, 200),
        (3, 5, 100),
        (4, 4, 200),
        (4, 5, 800),
        (5, 5, 9000),
    ];
    toy("two cities and a bridge", 5, &flows, &[1, 1, 1, 4, 4])
}

/// A mainland of town 1 and village 2, an island of town 3 and village 4, no flow between them.
///
/// Town 1: `L = S = 3000`, `W = 3900`, `v = 1.06`; town 3: `L = S = 1500`, `W = 1900`, `v = 1.01`. Each village would close its
/// area (`v = 1`): refused, reserve, and at the end back to the only town it works in. Two areas, both with `v = 1`.
pub fn islands() -> Toy {
    let flows = [(1, 1, 3000), (2, 1, 900), (2, 2, 100), (3, 3, 1500), (4, 3, 400), (4, 4, 100)];
    toy("islands", 4, &flows, &[1, 1, 3, 3])
}

/// A capital of 100,000 and six suburbs of 1,000, of whom 700 work in it.
///
/// Capital: `W = 104200`, `msc = 0.96`, `v = 1.25`. A suburb: `msc = 0.3`, `v = 0.4`. Five suburbs join, and `v` stays
/// 1.25; the sixth would close the country (`v = 1`): refused, reserve, and back at the end. One area.
pub fn giant_capital() -> Toy {
    let mut flows = vec![(1, 1, 100_000)];
    for suburb in 2..=7 {
        flows.extend([(suburb, 1, 700), (suburb, suburb, 300)]);
    }
    toy("giant capital", 7, &flows, &[1; 7])
}

/// Zones count from 1; area 0 is none.
fn toy(name: &'static str, zones: usize, flows: &[(usize, usize, u32)], areas: &[usize]) -> Toy {
    let row = |&(o, d, amount): &(usize, usize, u32)| Row {
        origin: o as u32 - 1,
        destination: d as u32 - 1,
        amount: f64::from(amount),
    };
    let code = |zone: usize| format!("{zone:02}");
    Toy {
        name,
        zones: (1..=zones).map(code).collect(),
        rows: flows.iter().map(row).collect(),
        expected: areas.iter().map(|&area| (area > 0).then(|| code(area))).collect(),
    }
}
