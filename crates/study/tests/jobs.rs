//! What a table of jobs does not tell stays unknown, in every layout, up to the tables of the edition.

#![allow(clippy::unwrap_used, reason = "tests")]

mod folder;

use distretto_districts::{Missing, Outcome, Test};
use distretto_jobs::{Amount, SizeClass, Status};
use distretto_study::fault::{Code, Fault};
use distretto_study::input::Input;
use distretto_study::run::{self, DistrictResults};
use distretto_study::stopwatch::Stopwatch;
use folder::Folder;

/// Two towns that are areas of their own, and a third beside them.
const ZONES: &str = "code,area\n1,1\n2,2\n3,3\n";
const FLOWS: &str = "origin,destination,flow\n1,1,50\n2,2,40\n3,3,30\n";
const STUDY: &str = "[zones]\npath = 'zones.csv'\n[flows]\npath = 'flows.csv'\n\
                     [areas]\npartition = { path = 'zones.csv', columns = { zone = 'code' } }\n";

fn load(jobs: &str, keys: &str) -> Result<Input, Box<Fault>> {
    let toml = format!("{STUDY}{keys}");
    let files = [("zones.csv", ZONES), ("flows.csv", FLOWS), ("wide.csv", jobs), ("study.toml", &toml)];
    Folder::with(&files.map(|(name, text)| (name, text.as_bytes()))).load()
}

fn districts(jobs: &str, keys: &str) -> DistrictResults {
    run::run(load(jobs, keys).unwrap(), &mut Stopwatch::silent()).unwrap().districts.unwrap()
}

fn outcome(found: &DistrictResults, area: usize, test: Test) -> Option<Outcome> {
    found.verdicts[area].step(test).map(|step| step.outcome)
}

/// The part of `docs/study.md` about wide tables.
fn documented() -> String {
    let page = include_str!("../../../docs/study.md");
    let mut blocks = page.split("```toml\n").filter_map(|rest| rest.split("```").next());
    blocks.find(|block| block.contains("layout = \"wide\"")).unwrap().to_owned()
}

const WIDE: &str = "code,nace,employees_small,employees_medium,units\n\
    1,13,600,300,23\n1,62,50,0,5\n1,47,50,0,5\n\
    2,28,150,150,11\n2,62,900,0,90\n2,47,1050,0,99\n";

#[test]
fn the_documented_wide_table_is_read() {
    let found = districts(WIDE, &documented());
    let nation = found.all_sectors.nation();
    let (employees, units) = (nation.total_employees().figure(), nation.total_local_units().figure());
    assert_eq!((employees.value, employees.status), (Some(3250.0), Status::Observed));
    assert_eq!((units.value, units.status), (Some(233.0), Status::Observed));
    let area = &found.verdicts[0];
    assert_eq!(
        (area.jobs.by_size(), area.jobs.total()),
        ([Some(600.0), Some(300.0), Some(0.0)], Some(900.0))
    );
    assert_eq!(area.local_units.unwrap().total(), Some(23.0));
    assert_eq!(outcome(&found, 0, Test::SmeMajority), Some(Outcome::Pass));
    assert_eq!(
        outcome(&found, 0, Test::SingleMediumUnit),
        Some(Outcome::Missing(Missing::UnknownUnits)),
        "units are told for all sizes only"
    );
}

#[test]
fn a_wide_table_without_units_tells_no_units() {
    let keys =
        documented().replace("  { column = \"units\", size_class = \"total\", local_units = true },\n", "");
    let found = districts(WIDE, &keys);
    assert_eq!(found.verdicts[0].local_units, None);
    assert_eq!(outcome(&found, 0, Test::SingleMediumUnit), Some(Outcome::Missing(Missing::UnknownUnits)));
    let units = found.manufacturing.area(0).total_local_units().figure();
    assert_eq!((units.value, units.status), (None, Status::Missing));
}

#[test]
fn columns_of_one_class_are_one_record() {
    let keys = "[jobs]\npath = 'wide.csv'\nlayout = 'wide'\ncolumns = { zone = 'code', activity = 'nace' }\n\
        wide = [{ column = 'a', size_class = '1-9' }, { column = 'b', size_class = '10-49' },\
        { column = 'units', size_class = '1-49', local_units = true }]\n";
    let input = load("code,nace,a,b,units\n1,13,5,20,3\n2,13,5,,3\n", keys).unwrap();
    let cube = &input.jobs.as_ref().unwrap().all_sectors;
    let cells: Vec<_> = cube.cells().iter().map(|cell| (cell.employees(), cell.local_units())).collect();
    assert_eq!((cells[0].0.known(), cells[0].0.records(), cells[0].1.known()), (25.0, 1, 3.0));
    assert_eq!((cells[1].0.figure().value, cells[1].1.known()), (None, 3.0));
    assert!(cube.cells().iter().all(|cell| cell.size == SizeClass::Small));
    let error = load("code,nace,a,b,units\n1,13,5,20,3\n", &keys.replace("10-49", "a few")).unwrap_err();
    assert_eq!(error.code, Code::SizeClassUnknown);
}

const LONG: &str = "[jobs]\npath = 'wide.csv'\n";
const HEADER: &str = "zone,activity,size_class,employees,local_units\n";

#[test]
fn an_area_whose_only_record_has_no_figures_is_not_without_jobs() {
    let found = districts(&format!("{HEADER}1,13,10-49,,\n2,13,10-49,40,2\n"), LONG);
    let [unknown, known, none] = &found.verdicts[..] else { unreachable!() };
    assert_eq!((unknown.jobs.total(), unknown.national_share, unknown.local_units), (None, None, None));
    assert_eq!((known.jobs.total(), known.national_share), (Some(40.0), Some(1.0)));
    assert_eq!((none.jobs.total(), none.national_share), (Some(0.0), Some(0.0)));
}

#[test]
fn an_empty_field_is_missing_and_an_absent_column_is_estimated() {
    let employees = |jobs: &str, keys: &str| {
        let input = load(jobs, keys).unwrap();
        input.jobs.unwrap().all_sectors.employees().figure()
    };
    let empty = employees(&format!("{HEADER}1,13,10-49,,100\n"), LONG);
    assert_eq!((empty.value, empty.status), (None, Status::Missing));
    let absent = employees("zone,activity,size_class,local_units\n1,13,10-49,100\n", LONG);
    assert_eq!((absent.value, absent.status), (Some(1900.0), Status::Estimated));
    let register = format!("{LONG}layout = 'establishments'\n");
    let counted = employees("zone,activity,employees\n1,13,60\n1,13,4\n", &register);
    assert_eq!((counted.value, counted.status), (Some(64.0), Status::Observed));
    let banded = employees("zone,activity,size_class\n1,13,10-49\n", &register);
    assert_eq!((banded.value, banded.status), (Some(19.0), Status::Estimated));
    let gap = employees("zone,activity,employees,size_class\n1,13,,10-49\n", &register);
    assert_eq!((gap.value, gap.status), (None, Amount::Missing.status()));
}
