//! Reference mode against the answers of R LabourMarketAreas 3.4 (published census tables of 2001).

use distretto_flows::FlowTable;
use distretto_regions::eu_ttwa::{Mode, Options, Outcome, Parameters, eu_ttwa};
use distretto_territory::Zones;
use distretto_testkit::data;

const CASES: [(&str, &str, f64); 4] = [
    ("sardinia-2001", "1000_0.6667_10000_0.75", 0.6667),
    ("sardinia-2001", "1000_0.6_10000_0.75", 0.6),
    ("brindisi-2001", "1000_0.6667_10000_0.75", 0.6667),
    ("brindisi-2001", "1000_0.6_10000_0.75", 0.6),
];

fn run(place: &str, min_sc: f64, mode: Mode) -> Option<(Zones, FlowTable, Outcome)> {
    let (zones, flows) = data::flows(&format!("{place}/flows.csv"))?;
    let parameters = Parameters { min_size: 1_000.0, min_sc, target_size: 10_000.0, target_sc: 0.75 };
    let outcome = eu_ttwa(&flows, Options { parameters, mode, ..Options::default() }).unwrap();
    Some((zones, flows, outcome))
}

fn reference(place: &str, case: &str, table: &str) -> Vec<Vec<String>> {
    data::rows(&format!("{place}/reference/{case}_{table}.csv")).unwrap()
}

/// Fifteen significant digits, as R writes numbers.
fn digits(value: f64) -> String {
    let rounded: f64 = format!("{value:.14e}").parse().unwrap();
    format!("{rounded}")
}

#[test]
fn partitions_before_and_after_the_reserve() {
    for (place, case, min_sc) in CASES {
        let Some((zones, flows, outcome)) = run(place, min_sc, Mode::Reference) else { return };
        for (table, ids) in [("clusters_before", &outcome.before), ("clusters_after", &outcome.after)] {
            let expected = reference(place, case, table);
            // The reference lists only zones that have a cluster.
            let found: Vec<Vec<String>> = (0..zones.len() as u32)
                .filter(|&zone| ids[zone as usize].is_some_and(|id| id != 0 || expected.len() == zones.len()))
                .map(|zone| {
                    vec![
                        zones.code(zone).to_owned(),
                        ids[zone as usize].unwrap().to_string(),
                        flows.persons(flows.residents(zone)).to_string(),
                    ]
                })
                .collect();
            assert_eq!(found, expected, "{place} {case} {table}");
        }
    }
}

#[test]
fn reserve_entries_and_move_counts() {
    for (place, case, min_sc) in CASES {
        let Some((zones, _, outcome)) = run(place, min_sc, Mode::Reference) else { return };
        let expected = reference(place, case, "reserve");
        let found: Vec<Vec<String>> = outcome
            .entries
            .iter()
            .map(|entry| {
                vec![
                    entry.kind.letter().to_string(),
                    entry.iteration.to_string(),
                    entry.cluster.to_string(),
                    digits(entry.validity),
                    zones.code(entry.zone).to_owned(),
                    entry.next.map_or(String::new(), |zone| zones.code(zone).to_owned()),
                ]
            })
            .collect();
        if expected.iter().any(|row| row.len() > 1) {
            assert_eq!(found, expected, "{place} {case}");
        } else {
            assert!(found.is_empty(), "{place} {case}");
        }
        for row in reference(place, case, "moves") {
            // The reference also counts, at 0, the fictitious community that keeps its reserve list in existence.
            let moves = zones.index_of(&row[0]).map_or(0, |zone| outcome.moves[zone as usize]);
            assert_eq!(moves.to_string(), row[1], "{place} {case} moves of {}", row[0]);
        }
    }
}

#[test]
fn the_clean_mode_differs_where_it_is_known_to() {
    let Some((_, _, outcome)) = run("sardinia-2001", 0.6667, Mode::Clean) else { return };
    assert_eq!((outcome.partition().areas(), outcome.entries.len(), outcome.iterations), (37, 77, 458));
    let Some((_, _, outcome)) = run("sardinia-2001", 0.6667, Mode::Reference) else { return };
    assert_eq!((outcome.partition().areas(), outcome.entries.len(), outcome.iterations), (36, 80, 461));
}

#[test]
fn all_italy() {
    let Some((_, flows)) = data::flows("italy-2011/flows_work_estimated.csv.gz") else { return };
    for mode in [Mode::Reference, Mode::Clean] {
        let started = std::time::Instant::now();
        let outcome = eu_ttwa(&flows, Options { mode, ..Options::default() }).unwrap();
        eprintln!(
            "{mode:?}: {} areas, {} iterations, {:?}",
            outcome.partition().areas(),
            outcome.iterations,
            started.elapsed()
        );
    }
}
