//! The fast search equals the plain one, every step included, on random tables full of ties, zeros, islands,
//! repeated rows and fractional flows, in both modes.

#![allow(clippy::unwrap_used, reason = "a test that cannot read what it needs must fail")]

use distretto_flows::{FlowTable, Row};
use distretto_regions::eu_ttwa::{Mode, Options, Parameters, eu_ttwa};
use distretto_territory::Partition;
use distretto_testkit::plain;
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// A table whose kind is drawn too: dense or sparse, few or many distinct amounts, with or without zeros.
fn random_table(rng: &mut impl Rng) -> FlowTable {
    let zones = rng.random_range(1..=18u32);
    let density = [0.08, 0.2, 0.5, 1.0][rng.random_range(0..4)];
    let largest = [1, 2, 5, 40][rng.random_range(0..4)];
    let unit = [1.0, 0.5, 0.1, 0.37][rng.random_range(0..4)];
    let own = [0, 1, 5, 60, 600][rng.random_range(0..5)];
    let block = rng.random_range(1..=zones);
    let across = [0.2, 0.0, 0.03][rng.random_range(0..3)];
    let mut rows = Vec::new();
    for origin in 0..zones {
        for destination in 0..zones {
            let near = origin / block == destination / block;
            if origin == destination {
                if rng.random_bool(0.85) {
                    let amount = unit * f64::from(rng.random_range(0..=own.max(largest)));
                    rows.push(Row { origin, destination, amount });
                }
            } else if rng.random_bool(if near { density } else { density * across }) {
                let amount = unit * f64::from(rng.random_range(0..=largest));
                rows.push(Row { origin, destination, amount });
                if rng.random_bool(0.1) {
                    rows.push(Row { origin, destination, amount: unit });
                }
            }
        }
    }
    FlowTable::from_rows(zones as usize, &rows).unwrap()
}

fn random_parameters(rng: &mut impl Rng) -> Parameters {
    let min_size = [0.5, 2.0, 10.0, 60.0, 300.0][rng.random_range(0..5)];
    let (min_sc, target_sc) =
        [(0.6, 0.75), (0.6667, 0.75), (0.1, 0.9), (0.5, 0.5), (0.3, 1.0)][rng.random_range(0..5)];
    Parameters {
        min_size,
        min_sc,
        target_size: min_size * [1.5, 3.0, 10.0][rng.random_range(0..3)],
        target_sc,
    }
}

/// Now and then areas to start from, some zones on the reserve list.
fn random_start(rng: &mut impl Rng, zones: usize) -> Option<Partition> {
    let areas = rng.random_range(1..=6u8);
    rng.random_bool(0.4).then(|| {
        let codes: Vec<Option<String>> = (0..zones)
            .map(|_| rng.random_bool(0.95).then(|| char::from(b'a' + rng.random_range(0..areas)).to_string()))
            .collect();
        Partition::from_codes(&codes)
    })
}

#[test]
fn fast_equals_plain_step_by_step() {
    let mut kinds = std::collections::BTreeMap::new();
    for case in 0..12_000u64 {
        let mut rng = ChaCha8Rng::seed_from_u64(case);
        let flows = random_table(&mut rng);
        let parameters = random_parameters(&mut rng);
        let start = random_start(&mut rng, flows.zones());
        for mode in [Mode::Reference, Mode::Clean] {
            let options = Options { parameters, mode, trace: true, start: start.as_ref(), stop: None };
            let fast = eu_ttwa(&flows, options).unwrap();
            let plain = plain::eu_ttwa::eu_ttwa(&flows, options, 100 * flows.zones() as u32 + 1_000);
            let at = format!("case {case}, {mode:?}, {parameters:?}");
            assert_eq!(fast.steps, plain.steps, "{at}");
            assert_eq!(fast.before, plain.before, "{at}");
            assert_eq!(fast.after, plain.after, "{at}");
            assert_eq!(fast.entries, plain.entries, "{at}");
            assert_eq!(fast.attachments, plain.attachments, "{at}");
            assert_eq!(fast.moves, plain.moves, "{at}");
            assert_eq!(fast.set_aside, plain.set_aside, "{at}");
            let zones = |zero: &[distretto_regions::eu_ttwa::ZeroZone]| {
                zero.iter().map(|z| z.zone).collect::<Vec<_>>()
            };
            assert_eq!(zones(&fast.zero), zones(&plain.zero), "{at}");
            assert!(fast.converged && plain.converged, "{at}");
            for step in fast.steps.iter().flatten() {
                *kinds.entry(format!("{mode:?} {:?}", step.decision)).or_insert(0) += 1;
            }
            let silent = eu_ttwa(&flows, Options { trace: false, ..options }).unwrap();
            assert_eq!(
                (silent.after, silent.entries),
                (fast.after, fast.entries),
                "a trace changes nothing: {at}"
            );
        }
    }
    // Every branch of the method was taken, or the comparison is worth little.
    eprintln!("{kinds:#?}");
    for kind in [
        "Joined",
        "Reserved(A)",
        "Reserved(B)",
        "Reserved(C)",
        "Reserved(D)",
        "Reserved(E)",
        "Reserved(F)",
        "Dumped",
        "Nothing",
    ] {
        assert!(kinds.contains_key(&format!("Reference {kind}")), "{kind} never happened");
    }
    assert!(kinds.contains_key("Clean SetAside"));
}
