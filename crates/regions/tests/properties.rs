//! What must not change an answer, or change it in a known way.

#![allow(clippy::unwrap_used, reason = "a test that cannot read what it needs must fail")]

use distretto_flows::{FlowTable, Row};
use distretto_regions::eu_ttwa::{Mode, Options, Outcome, Parameters, eu_ttwa};
use proptest::prelude::*;

const ZONES: u32 = 14;

fn table(rows: &[Row]) -> FlowTable {
    FlowTable::from_rows(ZONES as usize + 1, rows).unwrap()
}

/// Distinct amounts, so that ties are rare; zone `ZONES` stays empty.
fn rows() -> impl Strategy<Value = Vec<Row>> {
    let row = (0..ZONES, 0..ZONES, 1..100_000u32).prop_map(|(origin, destination, amount)| Row {
        origin,
        destination,
        amount: f64::from(amount),
    });
    proptest::collection::vec(row, 1..120)
}

fn parameters(size: f64) -> Parameters {
    Parameters { min_size: size, target_size: 8.0 * size, ..Parameters::default() }
}

fn search(rows: &[Row], parameters: Parameters, mode: Mode) -> Outcome {
    eu_ttwa(&table(rows), Options { parameters, mode, ..Options::default() }).unwrap()
}

fn modes() -> impl Strategy<Value = Mode> {
    prop_oneof![Just(Mode::Reference), Just(Mode::Clean)]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, max_global_rejects: 20_000, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn the_order_of_rows_does_not_matter(rows in rows(), mode in modes(), turn in 0..100usize) {
        let mut turned = rows.clone();
        turned.rotate_left(turn % rows.len());
        turned.reverse();
        let (a, b) = (search(&rows, parameters(9e4), mode), search(&turned, parameters(9e4), mode));
        prop_assert_eq!(a.after, b.after);
        prop_assert_eq!(a.entries, b.entries);
    }

    #[test]
    fn a_flow_may_come_in_two_rows(rows in rows(), mode in modes(), which in 0..120usize) {
        let mut split = rows.clone();
        let at = which % rows.len();
        split[at].amount -= 0.25;
        split.push(Row { amount: 0.25, ..split[at] });
        prop_assert_eq!(search(&rows, parameters(9e4), mode).after, search(&split, parameters(9e4), mode).after);
    }

    #[test]
    fn people_counted_in_tenths_and_sizes_in_tenths_are_the_same_country(rows in rows(), mode in modes()) {
        let tenths: Vec<Row> = rows.iter().map(|row| Row { amount: row.amount / 10.0, ..*row }).collect();
        prop_assert_eq!(search(&rows, parameters(9e4), mode).after, search(&tenths, parameters(9e3), mode).after);
    }

    #[test]
    fn an_empty_zone_changes_nothing_else(rows in rows(), mode in modes()) {
        let with = search(&rows, parameters(9e4), mode);
        let without = FlowTable::from_rows(ZONES as usize, &rows).unwrap();
        let without =
            eu_ttwa(&without, Options { parameters: parameters(9e4), mode, ..Options::default() }).unwrap();
        prop_assert_eq!(&with.after[..ZONES as usize], &without.after[..]);
        prop_assert_eq!(with.after[ZONES as usize], None);
    }

    #[test]
    fn every_zone_is_accounted_for(rows in rows(), mode in modes()) {
        let outcome = search(&rows, parameters(9e4), mode);
        let partition = outcome.partition();
        let set_aside = outcome.after.iter().flatten().filter(|id| outcome.set_aside.contains(id)).count();
        let placed = partition.as_slice().iter().flatten().count();
        prop_assert_eq!(placed + set_aside + outcome.zero.len() + outcome.not_attached().count(), ZONES as usize + 1);
        prop_assert!(outcome.converged);
    }

    #[test]
    fn reversed_names_give_the_same_areas_where_nothing_ties(rows in rows()) {
        // Amounts are distinct enough that only the names could make a difference; runs that meet a tie are skipped.
        let mirrored: Vec<Row> = rows
            .iter()
            .map(|row| Row { origin: ZONES - 1 - row.origin, destination: ZONES - 1 - row.destination, ..*row })
            .collect();
        let parameters = parameters(9e4);
        let options = Options { parameters, mode: Mode::Clean, trace: true, start: None };
        let a = eu_ttwa(&table(&rows), options).unwrap();
        let b = eu_ttwa(&table(&mirrored), options).unwrap();
        let tied = a.steps.iter().flatten().any(|step| match (step.candidate, step.runner_up) {
            (Some(best), Some(second)) => best.cohesion == second.cohesion,
            _ => false,
        });
        let mut validities: Vec<u64> = a.steps.iter().flatten().map(|step| step.validity.to_bits()).collect();
        validities.sort_unstable();
        let unique = validities.windows(2).all(|pair| pair[0] != pair[1]);
        prop_assume!(!tied && unique);
        // Reserve zones are attached in the order of their names, so the search alone compares.
        let together = |outcome: &Outcome, x: u32, y: u32| outcome.before[x as usize] == outcome.before[y as usize];
        for x in 0..ZONES {
            for y in 0..x {
                let (mx, my) = (ZONES - 1 - x, ZONES - 1 - y);
                prop_assert_eq!(together(&a, x, y), together(&b, mx, my));
            }
        }
    }
}

/// One run on two threads, the other on one: the search has no threads, and must not learn to depend on them.
#[test]
fn runs_beside_each_other_agree() {
    let rows: Vec<Row> = (0..ZONES * ZONES)
        .map(|i| Row { origin: i / ZONES, destination: i % ZONES, amount: f64::from((i * 7919) % 1_009) })
        .collect();
    let alone = search(&rows, parameters(900.0), Mode::Reference).after;
    let beside: Vec<_> = std::thread::scope(|scope| {
        let handles: Vec<_> =
            (0..2).map(|_| scope.spawn(|| search(&rows, parameters(900.0), Mode::Reference).after)).collect();
        handles.into_iter().map(|handle| handle.join().unwrap()).collect()
    });
    assert!(beside.iter().all(|after| *after == alone));
}
