//! The ISTAT rule on random tables: a plain recomputation in whole numbers, and what must not change a verdict.
#![allow(clippy::unwrap_used, clippy::cast_lossless)]

use distretto_districts::{AreaVerdict, IstatParameters, Kind, istat};
use distretto_jobs::{Amount, ClassificationId, Grouping, JobCubeBuilder, Record, SizeClass, System};
use distretto_territory::Partition;
use proptest::prelude::*;
use proptest::strategy::ValueTree;

const AREAS: usize = 4;
/// Four industries, then business services, consumer services and construction.
const CODES: [&str; 7] = ["13", "15", "31", "10", "62", "47", "41"];
/// Their groups in the grouping of industries.
const INDUSTRIES: [usize; 4] = [0, 1, 2, 4];

/// (area, activity, size, jobs, units)
type Row = (usize, usize, usize, u32, u32);

fn rows() -> impl Strategy<Value = Vec<Row>> {
    // Manufacturing in the first two areas more often than not, so that all kinds occur.
    let row = (0..AREAS, 0..CODES.len(), 0..3usize, 1..12u32, 1..3u32).prop_map(
        |(area, code, size, jobs, units)| (area, if area < 2 { code % 6 } else { code }, size, jobs, units),
    );
    prop::collection::vec(row, 8..60)
}

fn verdicts(rows: &[Row], jobs_of: impl Fn(u32) -> f64) -> Vec<AreaVerdict> {
    let mut builder = JobCubeBuilder::new(ClassificationId::NaceRev2, AREAS).unwrap();
    for &(zone, code, size, jobs, units) in rows {
        builder
            .push(&Record {
                zone: zone as u32,
                activity: CODES[code],
                size: SizeClass::SIZES[size],
                employees: Amount::Observed(jobs_of(jobs)),
                local_units: Amount::Observed(f64::from(units)),
            })
            .unwrap();
    }
    let cube = builder.build().unwrap();
    let codes: Vec<_> = (0..AREAS).map(|area| Some(area.to_string())).collect();
    let partition = Partition::from_codes(&codes);
    let all = cube.by_area(&partition, &Grouping::macro_sectors(System::Nace).unwrap()).unwrap();
    let made = cube.by_area(&partition, &Grouping::industries(System::Nace).unwrap()).unwrap();
    istat(&all, &made, &IstatParameters::default()).unwrap()
}

/// The rule once more, in whole numbers: fractions are compared by cross-multiplication.
fn plain(rows: &[Row], area: usize) -> (Kind, Option<usize>) {
    let sum = |area: Option<usize>, codes: std::ops::Range<usize>, sizes: &[usize]| -> i128 {
        let wanted = |row: &&Row| {
            area.is_none_or(|area| row.0 == area) && codes.contains(&row.1) && sizes.contains(&row.2)
        };
        rows.iter().filter(wanted).map(|row| i128::from(row.3)).sum()
    };
    let here = Some(area);
    let every = &[0, 1, 2][..];
    let (e_i, e) = (sum(here, 0..7, every), sum(None, 0..7, every));
    let groups = [0..4, 4..5, 5..6];
    if e_i == 0 || groups.iter().any(|group| sum(None, group.clone(), every) == 0) {
        return (Kind::Undetermined, None);
    }
    let surplus = |group: &std::ops::Range<usize>| {
        sum(here, group.clone(), every) * e - e_i * sum(None, group.clone(), every)
    };
    let specialised = groups.iter().any(|group| surplus(group) > 0);
    let main = |m_i: i128, m: i128| {
        let surplus = |s: usize| sum(here, s..s + 1, every) * m - m_i * sum(None, s..s + 1, every);
        let jobs = |s: usize| sum(here, s..s + 1, every);
        (0..4).filter(|&s| surplus(s) > 0).max_by_key(|&s| (surplus(s), jobs(s), std::cmp::Reverse(s)))
    };
    let (m_i, m) = (sum(here, 0..4, every), sum(None, 0..4, every));
    let main = if m_i > 0 { main(m_i, m) } else { None };
    if !(specialised
        && surplus(&groups[0]) > surplus(&groups[1])
        && surplus(&groups[0]) > surplus(&groups[2]))
    {
        return (Kind::Rest, main);
    }
    // Within one area, a quotient by size is proportional to the class's jobs here over its jobs in the nation.
    let size = |size: usize| (sum(here, 0..4, &[size]), sum(None, 0..4, &[size]).max(1));
    let at_least = |a: (i128, i128), b: (i128, i128)| a.0 * b.1 >= b.0 * a.1;
    let sme_system = at_least(size(0), size(2)) || at_least(size(1), size(2));
    let Some(main) = main else { return (Kind::OtherManufacturing, None) };
    let of_main = |size: usize| sum(here, main..main + 1, &[size]);
    let sme_majority = of_main(0) + of_main(1) > of_main(2);
    let is_medium = |row: &&Row| row.0 == area && row.1 == main && row.2 == 1;
    let medium_units: u32 = rows.iter().filter(is_medium).map(|row| row.4).sum();
    let spread = medium_units != 1 || of_main(0) >= of_main(1);
    let kind = match (sme_system, sme_majority) {
        (true, true) if spread => Kind::District,
        (false, false) => Kind::LargeFirmSystem,
        _ => Kind::OtherManufacturing,
    };
    (kind, Some(main))
}

fn kinds(verdicts: &[AreaVerdict]) -> Vec<(Kind, Option<usize>)> {
    verdicts.iter().map(|verdict| (verdict.kind, verdict.main_industry)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn equals_the_plain_rule(rows in rows()) {
        let found = kinds(&verdicts(&rows, f64::from));
        for (area, (kind, main)) in found.into_iter().enumerate() {
            let (plain_kind, plain_main) = plain(&rows, area);
            prop_assert_eq!(kind, plain_kind);
            if kind != Kind::Undetermined {
                prop_assert_eq!(main, plain_main.map(|main| INDUSTRIES[main]));
            }
        }
    }

    #[test]
    fn scaling_all_jobs_changes_no_quotient_and_no_verdict(rows in rows()) {
        let (one, four) = (verdicts(&rows, f64::from), verdicts(&rows, |jobs| 4.0 * f64::from(jobs)));
        prop_assert_eq!(kinds(&one), kinds(&four));
        for (one, four) in one.iter().zip(&four) {
            prop_assert_eq!(one.size_quotients, four.size_quotients);
            for (one, four) in one.industries.iter().zip(&four.industries) {
                prop_assert_eq!(one.quotient, four.quotient);
            }
        }
    }

    #[test]
    fn relabelling_areas_relabels_verdicts(rows in rows()) {
        let turned: Vec<Row> = rows.iter().map(|&(area, a, b, c, d)| ((area + 1) % AREAS, a, b, c, d)).collect();
        let mut expected = kinds(&verdicts(&rows, f64::from));
        expected.rotate_right(1);
        prop_assert_eq!(kinds(&verdicts(&turned, f64::from)), expected);
    }

    #[test]
    fn splitting_records_changes_nothing(rows in rows()) {
        let mut split = rows.clone();
        for row in &mut split {
            row.3 *= 2;
        }
        let whole = verdicts(&split, f64::from);
        let halves: Vec<Row> = rows.iter().flat_map(|&(area, code, size, jobs, units)| {
            [(area, code, size, jobs, units), (area, code, size, jobs, 0)]
        }).collect();
        prop_assert_eq!(whole, verdicts(&halves, f64::from));
    }
}

/// Without this, the properties could hold because nothing ever happens.
#[test]
fn random_tables_have_every_kind() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..1000 {
        let rows = rows().new_tree(&mut runner).unwrap().current();
        seen.extend(verdicts(&rows, f64::from).iter().map(|verdict| verdict.kind));
    }
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), Kind::ALL);
}
