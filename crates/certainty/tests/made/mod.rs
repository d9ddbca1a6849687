//! Replicates written down by hand, or drawn at will.

#![allow(dead_code, reason = "each test uses some of it")]

use distretto_certainty::{DrawnRule, JudgedArea, Matched, Replicate, Varying, match_all};
use distretto_districts::{IstatParameters, Kind, Test};
use distretto_regions::eu_ttwa::{Mode, Parameters};
use proptest::prelude::*;

/// No area.
pub const NONE: u32 = Replicate::NO_AREA;

/// A replicate without jobs, from the area of each zone.
pub fn replicate(area_of: &[u32]) -> Replicate {
    let areas = area_of.iter().filter(|&&area| area != NONE).max().map_or(0, |last| last + 1);
    Replicate {
        number: 1,
        varying: Varying::NOTHING,
        vintage: 0,
        rule: DrawnRule {
            rule: 0,
            mode: Mode::Clean,
            parameters: Parameters::default(),
            thresholds: IstatParameters::default(),
        },
        area_of: area_of.to_vec(),
        areas,
        converged: true,
        judged: None,
    }
}

/// A replicate with what its areas are.
pub fn judged(area_of: &[u32], judged: &[JudgedArea]) -> Replicate {
    let replicate = replicate(area_of);
    assert_eq!(replicate.areas as usize, judged.len());
    Replicate { judged: Some(judged.to_vec()), ..replicate }
}

/// A district of an industry, with 100 employees in manufacturing and 40 in the industry.
pub fn district(industry: u16) -> JudgedArea {
    JudgedArea::from_parts(Kind::District, Some(industry), [Some(100.0), Some(40.0)], [None; 8], 0)
}

/// Not mainly manufacturing, for want of specialisation.
pub fn rest() -> JudgedArea {
    failing(Kind::Rest, &[Test::Specialised])
}

/// No district, for these tests.
pub fn failing(kind: Kind, tests: &[Test]) -> JudgedArea {
    let failed = tests.iter().fold(0, |bits, &test| bits | 1 << test as u8);
    JudgedArea::from_parts(kind, None, [Some(100.0), None], [None; 8], failed)
}

/// The same with a margin in one test.
pub fn with_margin(mut area: JudgedArea, test: Test, margin: f32) -> JudgedArea {
    area.margins[test as usize] = Some(margin);
    area
}

/// Replicates matched with the base run, all zones alike.
pub fn matched(base: &Replicate, replicates: &[Replicate]) -> Vec<Matched> {
    match_all(base, replicates, &vec![1.0; base.area_of.len()])
}

/// Any area.
pub fn any_area() -> impl Strategy<Value = JudgedArea> {
    prop_oneof![
        3 => (0..3u16, -1.0..2.0f32).prop_map(|(industry, margin)| {
            with_margin(district(industry), Test::SmeSystem, margin)
        }),
        1 => Just(rest()),
        1 => Just(failing(Kind::OtherManufacturing, &[Test::SmeSystem, Test::MainIndustry])),
        1 => Just(failing(Kind::Undetermined, &[])),
    ]
}

/// Any replicate over this many zones, with up to as many areas; some were not judged.
pub fn any_replicate(zones: usize) -> impl Strategy<Value = Replicate> {
    let labels = proptest::collection::vec(prop_oneof![6 => 0..4u32, 1 => Just(NONE)], zones);
    let areas = proptest::collection::vec(any_area(), zones);
    (labels, areas, prop::bool::weighted(0.9)).prop_map(|(labels, areas, has_jobs)| {
        // Labels become indices in the order in which they come up.
        let mut known: Vec<u32> = Vec::new();
        let mut index = |label: u32| {
            known.iter().position(|&other| other == label).unwrap_or_else(|| {
                known.push(label);
                known.len() - 1
            }) as u32
        };
        let area_of: Vec<u32> =
            labels.into_iter().map(|label| if label == NONE { NONE } else { index(label) }).collect();
        let areas = &areas[..known.len()];
        if has_jobs { judged(&area_of, areas) } else { replicate(&area_of) }
    })
}

/// The same with its areas counted from the other end.
pub fn relabelled(replicate: &Replicate) -> Replicate {
    let relabel = |area: u32| if area == NONE { NONE } else { replicate.areas - 1 - area };
    Replicate {
        area_of: replicate.area_of.iter().map(|&area| relabel(area)).collect(),
        judged: replicate.judged.as_ref().map(|judged| judged.iter().rev().copied().collect()),
        ..replicate.clone()
    }
}
