//! The ISTAT rule on small worlds, by hand.
#![allow(clippy::unwrap_used)]

use distretto_districts::{
    AreaVerdict, Change, Istat, IstatError, IstatParameters, Kind, Missing, Outcome, Test, istat,
};
use distretto_jobs::{
    Amount, AreaJobs, ClassificationId, Grouping, JobCubeBuilder, Record,
    SizeClass::{self, Large, Medium, Small},
    System,
};
use distretto_territory::Partition;

type Row = (u32, &'static str, SizeClass, f64, f64);

/// Zone 1 of every world: services prevail, and all kinds of manufacturing units exist.
const ELSEWHERE: [Row; 6] = [
    (1, "13", Small, 50.0, 2.0),
    (1, "28", Small, 150.0, 9.0),
    (1, "28", Medium, 150.0, 2.0),
    (1, "28", Large, 700.0, 2.0),
    (1, "62", Small, 900.0, 90.0),
    (1, "47", Small, 1050.0, 99.0),
];
const SERVICES: [Row; 2] = [(0, "62", Small, 50.0, 5.0), (0, "47", Small, 50.0, 5.0)];

fn tables(records: &[Record<'_>], areas: u32) -> (AreaJobs, AreaJobs) {
    let mut builder = JobCubeBuilder::new(ClassificationId::NaceRev2, areas as usize).unwrap();
    for record in records {
        builder.push(record).unwrap();
    }
    let cube = builder.build().unwrap();
    let codes: Vec<_> = (0..areas).map(|area| Some(area.to_string())).collect();
    let partition = Partition::from_codes(&codes);
    let by = |grouping: Grouping| cube.by_area(&partition, &grouping).unwrap();
    (by(Grouping::macro_sectors(System::Nace).unwrap()), by(Grouping::industries(System::Nace).unwrap()))
}

fn record(&(zone, activity, size, employees, units): &Row) -> Record<'static> {
    let (employees, local_units) = (Amount::Observed(employees), Amount::Observed(units));
    Record { zone, activity, size, employees, local_units }
}

fn records(manufacturing: &[Row]) -> Vec<Record<'static>> {
    manufacturing.iter().chain(&SERVICES).chain(&ELSEWHERE).map(record).collect()
}

fn verdict_with(manufacturing: &[Row], parameters: &IstatParameters) -> AreaVerdict {
    let (all, made) = tables(&records(manufacturing), 2);
    istat(&all, &made, parameters).unwrap().swap_remove(0)
}

fn verdict(manufacturing: &[Row]) -> AreaVerdict {
    verdict_with(manufacturing, &IstatParameters::default())
}

const DISTRICT: [Row; 2] = [(0, "13", Small, 600.0, 20.0), (0, "13", Medium, 300.0, 3.0)];

#[test]
fn a_district_with_every_value() {
    let found = verdict(&DISTRICT);
    assert_eq!((found.kind, found.main_industry), (Kind::District, Some(0)));
    let value = |test| found.step(test).unwrap().value.unwrap();
    let threshold = |test| found.step(test).unwrap().threshold.unwrap();
    assert!((value(Test::Specialised) - 0.9 / 0.4875).abs() < 1e-12);
    assert_eq!((value(Test::OverBusinessServices), threshold(Test::OverBusinessServices)), (412.5, -187.5));
    assert_eq!((value(Test::OverConsumerServices), threshold(Test::OverConsumerServices)), (412.5, -225.0));
    assert_eq!(found.step(Test::OverConsumerServices).unwrap().margin(), Some(637.5));
    assert_eq!((value(Test::SmeSystem), threshold(Test::SmeSystem)), (1.625, 0.0));
    assert!((found.size_quotients[1].unwrap() - 13.0 / 9.0).abs() < 1e-12);
    assert!((value(Test::MainIndustry) - 1950.0 / 950.0).abs() < 1e-12);
    assert_eq!((value(Test::SmeMajority), threshold(Test::SmeMajority)), (1.0, 0.5));
    assert_eq!(found.step(Test::SmeMajority).unwrap().relative_margin(), Some(1.0));
    assert_eq!(found.step(Test::SingleMediumUnit).unwrap().outcome, Outcome::NotApplicable);
    assert_eq!(found.national_share, Some(900.0 / 1950.0));
    assert_eq!((found.jobs.sizes, found.local_units.unwrap().sizes), ([600.0, 300.0, 0.0], [20.0, 3.0, 0.0]));
}

#[test]
fn services_that_prevail_make_it_the_rest() {
    let (all, made) = tables(&records(&DISTRICT), 2);
    let elsewhere = istat(&all, &made, &IstatParameters::default()).unwrap().swap_remove(1);
    assert_eq!(elsewhere.kind, Kind::Rest);
    assert_eq!(elsewhere.step(Test::Specialised).unwrap().outcome, Outcome::Pass, "in business services");
    assert_eq!(elsewhere.step(Test::OverBusinessServices).unwrap().outcome, Outcome::Fail);
    assert!(elsewhere.step(Test::SmeSystem).is_some(), "later steps are still taken");
}

#[test]
fn large_units_make_a_large_firm_system() {
    let found = verdict(&[(0, "13", Small, 100.0, 9.0), (0, "13", Large, 800.0, 2.0)]);
    assert_eq!(found.kind, Kind::LargeFirmSystem);
    assert!(found.step(Test::SmeSystem).unwrap().fails() && found.step(Test::SmeMajority).unwrap().fails());
}

#[test]
fn both_readings_of_the_single_medium_unit() {
    let with = |small, single_medium_ratio| {
        let rows =
            [(0, "13", Small, small, 9.0), (0, "13", Medium, 200.0, 1.0), (0, "28", Small, 300.0, 9.0)];
        verdict_with(&rows, &IstatParameters { single_medium_ratio, ..IstatParameters::default() }).kind
    };
    assert_eq!([199.0, 200.0].map(|small| with(small, 1.0)), [Kind::OtherManufacturing, Kind::District]);
    assert_eq!([99.0, 100.0].map(|small| with(small, 0.5)), [Kind::OtherManufacturing, Kind::District]);
    assert_eq!(with(1.0, 0.0), Kind::District);
}

#[test]
fn a_minimum_size_is_a_choice() {
    let with = |min_industry_employees| {
        verdict_with(&DISTRICT, &IstatParameters { min_industry_employees, ..IstatParameters::default() })
            .kind
    };
    assert_eq!([0.0, 900.0, 901.0].map(with), [Kind::District, Kind::District, Kind::OtherManufacturing]);
}

#[test]
fn half_is_not_more_than_half() {
    let with = |small| {
        verdict(&[(0, "13", Small, small, 9.0), (0, "13", Large, 300.0, 1.0), (0, "28", Small, 300.0, 9.0)])
    };
    assert!(with(300.0).step(Test::SmeMajority).unwrap().fails());
    assert_eq!(with(301.0).kind, Kind::District);
}

#[test]
fn ties_go_to_the_first_industry_of_the_grouping() {
    let mut rows: Vec<Row> = ELSEWHERE.iter().chain(&SERVICES).copied().filter(|row| row.1 != "13").collect();
    rows.extend([(0, "15", Small, 450.0, 9.0), (0, "13", Small, 450.0, 9.0)]);
    let (all, made) = tables(&rows.iter().map(record).collect::<Vec<_>>(), 2);
    let found = istat(&all, &made, &IstatParameters::default()).unwrap().swap_remove(0);
    assert_eq!(found.industries[0].surplus, found.industries[1].surplus);
    assert_eq!(found.main_industry, Some(0));
}

#[test]
fn an_area_that_is_the_nation_is_nothing_special() {
    let rows = DISTRICT.iter().chain(&SERVICES).map(record).collect::<Vec<_>>();
    let (all, made) = tables(&rows, 1);
    let found = istat(&all, &made, &IstatParameters::default()).unwrap().swap_remove(0);
    assert_eq!((found.kind, found.main_industry), (Kind::Rest, None));
    assert_eq!(found.step(Test::Specialised).unwrap().margin(), Some(0.0));
    assert_eq!(found.step(Test::SmeSystem).unwrap().outcome, Outcome::Pass, "a tie with an absent class");
}

#[test]
fn what_is_missing_is_missing_not_failed() {
    let unsplit = verdict(&[(0, "13", SizeClass::Total, 900.0, 23.0)]);
    assert_eq!(unsplit.kind, Kind::Undetermined);
    for test in [Test::SmeSystem, Test::SmeMajority, Test::SingleMediumUnit] {
        let outcome = unsplit.step(test).unwrap().outcome;
        assert!(matches!(outcome, Outcome::Missing(Missing::UnknownSizes(_))), "{test:?} {outcome:?}");
    }
    assert_eq!(unsplit.main_industry, Some(0), "step 3 needs no sizes");

    let mut suppressed = records(&DISTRICT);
    suppressed[0].employees = Amount::Suppressed;
    let (all, made) = tables(&suppressed, 2);
    let found = istat(&all, &made, &IstatParameters::default()).unwrap().swap_remove(0);
    assert_eq!(found.kind, Kind::Undetermined);
    assert_eq!(found.step(Test::Specialised).unwrap().outcome, Outcome::Missing(Missing::UnknownJobs(0.5)));

    let mut no_units = records(&DISTRICT);
    no_units[1].local_units = Amount::Missing;
    let (all, made) = tables(&no_units, 2);
    let found = istat(&all, &made, &IstatParameters::default()).unwrap().swap_remove(0);
    assert_eq!(found.kind, Kind::Undetermined);
    assert_eq!(found.step(Test::SingleMediumUnit).unwrap().outcome, Outcome::Missing(Missing::UnknownUnits));
}

#[test]
fn a_table_without_services_or_an_area_without_jobs_is_missing() {
    let (all, made) = tables(&records(&DISTRICT), 3);
    let empty = istat(&all, &made, &IstatParameters::default()).unwrap().swap_remove(2);
    assert_eq!(empty.kind, Kind::Undetermined);
    assert_eq!(empty.step(Test::Specialised).unwrap().outcome, Outcome::Missing(Missing::NoJobs));
    let only_made: Vec<Record<'_>> = DISTRICT.iter().chain(&ELSEWHERE[..4]).map(record).collect();
    let (all, made) = tables(&only_made, 2);
    let found = istat(&all, &made, &IstatParameters::default()).unwrap().swap_remove(0);
    assert_eq!(found.step(Test::Specialised).unwrap().outcome, Outcome::Missing(Missing::NotInTable));
}

#[test]
fn one_failed_step_settles_it_whatever_is_missing() {
    let found = verdict_with(
        &[(0, "13", SizeClass::Total, 900.0, 23.0)],
        &IstatParameters { industry_lq: 5.0, ..IstatParameters::default() },
    );
    assert_eq!(found.kind, Kind::OtherManufacturing, "no main industry, so neither district nor large firms");
}

#[test]
fn estimated_jobs_are_said_to_be() {
    let mut estimated = records(&DISTRICT);
    estimated[0].employees = Amount::Estimated(600.0);
    let (all, made) = tables(&estimated, 2);
    let found = istat(&all, &made, &IstatParameters::default()).unwrap().swap_remove(0);
    assert_eq!(found.kind, Kind::District);
    assert!(found.steps().filter(|step| step.value.is_some()).all(|step| step.estimated));
}

#[test]
fn a_flip_flips_and_one_job_less_does_not() {
    let small = [(0, "13", Small, 199.0, 9.0), (0, "13", Medium, 200.0, 1.0), (0, "28", Small, 300.0, 9.0)];
    let (all, made) = tables(&records(&small), 2);
    let rule = Istat::new(&all, &made, &IstatParameters::default()).unwrap();
    let flip = rule.flips(0)[0];
    assert_eq!(
        (flip.change, flip.jobs, flip.kind),
        (Change::Industry { industry: 0, size: Small }, 1, Kind::District)
    );
    for flip in rule.flips(0) {
        let Change::Industry { industry, size } = flip.change else { continue };
        let code = ["13", "15", "31", "32.1", "10", "28", "24", "20", "17", "29", "32.9"][industry];
        let kind = |jobs: i64| {
            let mut rows = small.to_vec();
            match rows.iter_mut().find(|row| (row.1, row.2) == (code, size)) {
                Some(row) => row.3 += jobs as f64,
                None => rows.push((0, code, size, jobs as f64, 0.0)),
            }
            verdict(&rows).kind
        };
        assert_eq!(kind(flip.jobs), flip.kind, "{flip:?}");
        assert_eq!(kind(flip.jobs - flip.jobs.signum()), Kind::OtherManufacturing, "{flip:?}");
    }
}

#[test]
fn the_explanation_reads_as_one() {
    let (all, made) = tables(&records(&DISTRICT), 2);
    let rule = Istat::new(&all, &made, &IstatParameters::default()).unwrap();
    let explanation = rule.explain(0, "Prato");
    let lines: Vec<&str> = explanation.lines().collect();
    assert_eq!(lines[0], "Prato is an industrial district; main industry: Textiles and clothing.");
    assert_eq!(
        lines[2],
        "Step 1 (pass): surplus jobs in manufacturing against those in business services: 412.5 > -187.5 (margin \
         +600.0 jobs)."
    );
    assert_eq!(explanation.steps.len(), 8);
    assert!(explanation.flips.iter().all(|line| line.text.ends_with("unmake the district.")));
    assert!(!explanation.flips.is_empty());
    assert!(rule.explain(1, "Elsewhere").verdict.contains("not mainly manufacturing"));
}

#[test]
fn nothing_known_is_not_none() {
    let mut rows = records(&[(0, "13", Medium, 0.0, 0.0)]);
    (rows[0].employees, rows[0].local_units) = (Amount::Missing, Amount::Missing);
    let (all, made) = tables(&rows, 3);
    let found = istat(&all, &made, &IstatParameters::default()).unwrap();
    assert_eq!((found[0].jobs.total(), found[0].national_share), (None, None));
    assert_eq!(found[0].jobs.by_size(), [Some(0.0), None, Some(0.0)]);
    assert_eq!((found[2].jobs.total(), found[2].national_share), (Some(0.0), Some(0.0)));
}

#[test]
fn units_for_all_sizes_do_not_tell_the_medium_ones() {
    let mut rows = records(&DISTRICT);
    for row in &mut rows[..DISTRICT.len()] {
        row.local_units = Amount::Missing;
    }
    let mut units = record(&(0, "13", SizeClass::Total, 0.0, 23.0));
    units.employees = Amount::Missing;
    rows.push(units);
    let (all, made) = tables(&rows, 2);
    let found = istat(&all, &made, &IstatParameters::default()).unwrap().swap_remove(0);
    let outcome = |test| found.step(test).map(|step| step.outcome);
    assert_eq!(outcome(Test::SmeMajority), Some(Outcome::Pass));
    assert_eq!(outcome(Test::SingleMediumUnit), Some(Outcome::Missing(Missing::UnknownUnits)));
    let units = found.local_units.unwrap();
    assert_eq!((units.total(), units.by_size()), (Some(23.0), [None; 3]));
}

/// Small units of the main industry are withheld: what is left says large units prevail. The district stays one, and step 4 is said to be
/// confidential instead of failed.
#[test]
fn published_figures_do_not_contradict_what_the_area_is() {
    let made = [(0, "13", Small, 600.0, 20.0), (0, "13", Large, 300.0, 1.0)];
    let (all, table) = tables(&records(&made), 2);
    let parameters = IstatParameters { largest_unknown_share: 0.9, ..IstatParameters::default() };
    let truth = istat(&all, &table, &parameters).unwrap().swap_remove(0);
    assert_eq!(truth.kind, Kind::District);
    let main = truth.main_industry.unwrap();
    let withheld = |area, group, size| area == Some(0) && group == main && size == Small;
    let published = table.withholding(withheld);
    let judged = istat(&all.without_sizes(), &published, &parameters).unwrap().swap_remove(0);
    assert_ne!(judged.kind, Kind::District, "as the published figures have it");
    let shown = judged.as_published(&truth);
    assert_eq!((shown.kind, shown.main_industry), (truth.kind, truth.main_industry));
    assert_eq!(shown.step(Test::SmeMajority).unwrap().outcome, Outcome::Missing(Missing::Confidential));
    assert!(
        shown.steps().all(|step| step.is_missing() || truth.step(step.test).unwrap().outcome == step.outcome)
    );
    assert_eq!(shown.step(Test::SmeMajority).unwrap().value, None);
}

#[test]
fn wrong_tables_and_parameters_are_refused() {
    let (all, made) = tables(&records(&DISTRICT), 2);
    let (_, others) = tables(&records(&DISTRICT), 3);
    let default = IstatParameters::default();
    assert!(matches!(istat(&all, &others, &default), Err(IstatError::Areas { .. })));
    assert!(matches!(istat(&made, &made, &default), Err(IstatError::Group { group: "manufacturing", .. })));
    let wrong = IstatParameters { sme_share: f64::NAN, ..default };
    assert!(matches!(istat(&all, &made, &wrong), Err(IstatError::Parameter { name: "sme_share", .. })));
}
