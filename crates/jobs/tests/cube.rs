//! The job cube on small tables, by hand and by property.
#![allow(clippy::unwrap_used, clippy::panic)]

use distretto_jobs::{
    Amount, ClassificationId, Figure, Grouping, JobCube, JobCubeBuilder, JobsError, Record, SizeClass,
    Status, System,
};
use distretto_territory::Partition;
use proptest::prelude::*;

fn record(zone: u32, activity: &str, size: SizeClass, employees: f64) -> Record<'_> {
    Record {
        zone,
        activity,
        size,
        employees: Amount::Observed(employees),
        local_units: Amount::Observed(1.0),
    }
}

fn cube(id: ClassificationId, records: &[Record<'_>]) -> Result<JobCube, JobsError> {
    let mut builder = JobCubeBuilder::new(id, 3).unwrap();
    for record in records {
        builder.push(record)?;
    }
    builder.build()
}

#[test]
fn spellings_of_a_code_are_one_activity_and_records_add_up() {
    use SizeClass::{Medium, Small};
    let records = [
        record(2, "10.1", Small, 5.0),
        record(0, "C101", Small, 1.5),
        record(2, "101", Small, 2.0),
        record(2, "10.1", Medium, 60.0),
    ];
    let cube = cube(ClassificationId::NaceRev2, &records).unwrap();
    assert_eq!((cube.activities(), cube.cells().len(), cube.rows()), (1, 3, 4));
    assert_eq!(cube.employees().known(), 68.5);
    let industries = Grouping::industries(System::Nace).unwrap();
    let food = industries.index_of("food").unwrap();
    let jobs = cube.by_area(&Partition::from_codes(&[Some("a"), Some("b"), None]), &industries).unwrap();
    assert_eq!(jobs.area(0).group_employees(food).known(), 1.5);
    assert_eq!(jobs.area(1).group_employees(food).known(), 0.0);
    assert_eq!(jobs.nation().employees(food, Small).known(), 8.5);
    assert_eq!(jobs.nation().local_units(food, Small).known(), 3.0);
    assert_eq!(jobs.without_area().known(), 67.0);
}

#[test]
fn redrawn_cells_keep_what_is_not_known_and_add_up_exactly() {
    let mut suppressed = record(1, "13", SizeClass::Small, 0.0);
    suppressed.employees = Amount::Suppressed;
    let records =
        [record(0, "13", SizeClass::Small, 9.0), suppressed, record(2, "14", SizeClass::Small, 0.1)];
    let cube = cube(ClassificationId::Ateco2007, &records).unwrap();
    let mut asked = Vec::new();
    let redrawn = cube.redrawn(|cell| {
        asked.push(cell.zone);
        1.0 / 3.0
    });
    assert_eq!(asked, [0, 1, 2]);
    let figures = |cube: &JobCube| -> Vec<(Option<f64>, Option<f64>)> {
        let figure = |cell: &distretto_jobs::Cell| {
            (cell.employees().figure().value, cell.local_units().figure().value)
        };
        cube.cells().iter().map(figure).collect()
    };
    let third = Some(0.333_333);
    assert_eq!(figures(&redrawn), [(Some(3.0), third), (None, third), (Some(0.033_333), third)]);
    assert_eq!(redrawn.local_units().known(), 0.999_999);
    assert_eq!(redrawn.employees().figure().status, Status::Suppressed);
    assert_eq!(cube.redrawn(|_| 1.0).cells(), cube.cells());
    assert_eq!(cube.redrawn(|_| 0.0).employees().known(), 0.0);
}

#[test]
fn sums_keep_the_worst_status_of_their_records() {
    let mut suppressed = record(0, "13", SizeClass::Small, 0.0);
    suppressed.employees = Amount::Suppressed;
    let cube =
        cube(ClassificationId::Ateco2007, &[record(0, "13", SizeClass::Small, 9.0), suppressed]).unwrap();
    let figure = cube.employees().figure();
    assert_eq!((figure.value, figure.status, figure.affected), (Some(9.0), Status::Suppressed, 0.5));
    assert_eq!(cube.local_units().figure().status, Status::Observed);
}

#[test]
fn mixed_vintages_are_refused_by_name() {
    let records = [record(0, "517110", SizeClass::Total, 1.0), record(0, "4522", SizeClass::Total, 2.0)];
    let Err(error) = cube(ClassificationId::Naics2012, &records) else { panic!("refused") };
    assert_eq!(
        error.to_string(),
        "1 activity code in 1 row not in NAICS 2012: `4522`; these are codes of NAICS 2017: two vintages are mixed; \
         bring the table to one with a crosswalk"
    );
    let Err(error) = cube(ClassificationId::Naics2012, &records[1..]) else { panic!("refused") };
    assert!(error.to_string().contains("all codes of the table are in NAICS 2017"), "{error}");
    let Err(error) = cube(ClassificationId::NaceRev2, &[record(0, "1.1", SizeClass::Small, 1.0)]) else {
        panic!("refused")
    };
    assert!(error.to_string().contains("leading zero"), "{error}");
}

#[test]
fn codes_coarser_than_the_groups_are_reported() {
    let mut builder = JobCubeBuilder::new(ClassificationId::NaceRev2, 1).unwrap();
    for (code, employees) in [("10", 75.0), ("32", 25.0)] {
        builder.push(&record(0, code, SizeClass::Small, employees)).unwrap();
    }
    let cube = builder.build().unwrap();
    let coverage = cube.coverage(&Grouping::industries(System::Nace).unwrap()).unwrap();
    assert!(coverage.nowhere.is_empty());
    assert_eq!(coverage.mostly, [("32".to_owned(), 25.0, 0.25)]);
}

#[test]
fn the_same_jobs_twice_are_refused() {
    use SizeClass::{Small, Total};
    let nested =
        |a, b| cube(ClassificationId::NaceRev2, &[record(1, a, Small, 1.0), record(1, b, Small, 1.0)]);
    for (a, b) in [("10", "10.1"), ("10.11", "10"), ("C", "10.1")] {
        assert!(matches!(nested(a, b), Err(JobsError::Nested { zone: 1, .. })), "{a} {b}");
    }
    assert!(nested("10.1", "10.2").is_ok());
    let elsewhere = [record(0, "10", Small, 1.0), record(1, "10.1", Small, 1.0)];
    assert!(cube(ClassificationId::NaceRev2, &elsewhere).is_ok(), "other zones may be finer");
    let total = [record(1, "10", Small, 1.0), record(1, "10", Total, 1.0)];
    assert!(matches!(cube(ClassificationId::NaceRev2, &total), Err(JobsError::TotalBesideClasses { .. })));
}

#[test]
fn one_measure_by_size_and_the_other_for_all_sizes() {
    use SizeClass::{Medium, Small, Total};
    let by_size =
        |size, employees| Record { local_units: Amount::Missing, ..record(0, "13", size, employees) };
    let units = Record {
        employees: Amount::Missing,
        local_units: Amount::Observed(7.0),
        ..record(0, "13", Total, 0.0)
    };
    let cube =
        cube(ClassificationId::NaceRev2, &[by_size(Small, 30.0), by_size(Medium, 60.0), units]).unwrap();
    let observed = |value| Figure { value: Some(value), status: Status::Observed, affected: 0.0 };
    assert_eq!(cube.employees().figure(), observed(90.0));
    assert_eq!(cube.local_units().figure(), observed(7.0));
    let industries = Grouping::industries(System::Nace).unwrap();
    let jobs = cube.by_area(&Partition::from_codes(&[Some("a"), None, None]), &industries).unwrap();
    let group =
        (0..industries.groups().len()).find(|&at| jobs.area(0).group_employees(at).records() > 0).unwrap();
    assert_eq!(jobs.area(0).group_local_units(group).figure(), observed(7.0));
    assert_eq!(jobs.area(0).employees(group, Small).figure(), observed(30.0));
    assert_eq!(jobs.area(0).local_units(group, Small).figure().value, None, "units are not told by size");
}

#[test]
fn bad_records_and_foreign_groupings_are_refused() {
    let negative = [record(0, "10", SizeClass::Small, 1.0), record(0, "10", SizeClass::Small, -1.0)];
    assert!(matches!(cube(ClassificationId::NaceRev2, &negative), Err(JobsError::Amount { row: 1, .. })));
    let outside = [record(3, "10", SizeClass::Small, 1.0)];
    assert!(matches!(cube(ClassificationId::NaceRev2, &outside), Err(JobsError::Zone { zone: 3, .. })));
    let naics = cube(ClassificationId::Naics2012, &[record(0, "311", SizeClass::Small, 1.0)]).unwrap();
    let industries = Grouping::industries(System::Nace).unwrap();
    assert!(matches!(naics.coverage(&industries), Err(JobsError::System { .. })));
    let two_zones = Partition::from_codes(&[Some("a"), Some("a")]);
    let industries = Grouping::industries(System::Naics).unwrap();
    assert!(matches!(naics.by_area(&two_zones, &industries), Err(JobsError::Partition { .. })));
}

fn rows() -> impl Strategy<Value = Vec<(u32, usize, usize, u32)>> {
    prop::collection::vec((0..3u32, 0..5usize, 0..3usize, 0..1000u32), 1..40)
}

const CODES: [&str; 5] = ["10.1", "13.2", "28.1", "31.0", "46.3"];

fn cube_of(rows: &[(u32, usize, usize, u32)]) -> JobCube {
    let records: Vec<_> = rows
        .iter()
        .map(|&(zone, code, size, tenths)| {
            record(zone, CODES[code], SizeClass::ALL[size], f64::from(tenths) / 10.0)
        })
        .collect();
    cube(ClassificationId::NaceRev2, &records).unwrap()
}

proptest! {
    #[test]
    fn the_order_of_rows_does_not_matter(rows in rows()) {
        let mut reversed = rows.clone();
        reversed.reverse();
        let (one, other) = (cube_of(&rows), cube_of(&reversed));
        prop_assert_eq!(one.cells(), other.cells());
    }

    #[test]
    fn areas_add_up_to_the_nation(rows in rows()) {
        let cube = cube_of(&rows);
        let sectors = Grouping::macro_sectors(System::Nace).unwrap();
        let jobs = cube.by_area(&Partition::from_codes(&[Some("a"), Some("b"), Some("b")]), &sectors).unwrap();
        let areas = jobs.area(0).total_employees() + jobs.area(1).total_employees();
        prop_assert_eq!(areas, jobs.nation().total_employees());
        prop_assert_eq!(areas, cube.employees());
        let plain: u32 = rows.iter().map(|row| row.3).sum();
        prop_assert_eq!(areas.known(), f64::from(plain) / 10.0);
    }
}
