//! Real tables of several countries read to the totals that are published with them.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::path::Path;

use distretto_study::check::{CheckReport, check};
use distretto_study::config::Config;
use distretto_study::fault::Code;
use distretto_study::input::{Input, Study};
use distretto_testkit::data::path as data;

fn read(folder: &Path, toml: &str) -> (Input, CheckReport) {
    let config = Config::parse(toml, "study.toml").unwrap_or_else(|fault| panic!("{fault}"));
    let input = Study::new(config, folder).read().unwrap_or_else(|fault| panic!("{fault}"));
    let report = check(&input);
    (input, report)
}

#[test]
fn italy_2011() {
    let Some(folder) = data("italy-2011") else { return };
    let toml = "
        [study]
        vintage = '2011'
        [zones]
        path = 'communes.csv'
        columns = { residents = 'population_2011', region = 'region_code' }
        [flows]
        path = 'flows_work_and_study.csv.gz'
        elsewhere = ['000000']
        [[compare]]
        name = 'SLL 2011'
        path = 'communes.csv'
        columns = { zone = 'code', area = 'sll_code', name = 'sll_name' }
    ";
    let (input, report) = read(&folder, toml);
    let flows = report.flows.unwrap();
    assert_eq!((report.zones, flows.rows), (8092, 556_254));
    assert_eq!(flows.total + flows.elsewhere, 28_806_047.0);
    let table = &input.flows().unwrap().table;
    let inside: f64 = (0..8092).map(|zone| table.persons(table.inside(zone))).sum();
    assert_eq!(inside, 17_497_742.0);
    assert_eq!(input.zones.residents.iter().flatten().sum::<f64>(), 59_426_732.0);
    assert_eq!(input.zones.label(0), "Agliè");
    assert_eq!((report.partitions[0].areas, report.partitions[0].without_area), (611, 0));
}

#[test]
fn italy_2011_estimated_with_codes_of_2021_is_two_vintages() {
    let Some(folder) = data("italy-2011") else { return };
    let toml = "
        [zones]
        path = 'commune_codes_2011_to_2021.csv'
        columns = { code = 'CMN' }
        pad = 6
        [flows]
        path = 'flows_work_estimated.csv.gz'
    ";
    let study = |toml: &str| Study::new(Config::parse(toml, "study.toml").unwrap(), &folder).read();
    // The table of codes repeats the code of a commune that absorbed others: a zone table has each code once.
    assert_eq!(study(toml).unwrap_err().code, Code::ZoneTwice);

    let translated = "
        [zones]
        path = 'communes.csv'
        crosswalk = { path = 'commune_codes_2011_to_2021.csv', from = 'CMN11', to = 'CMN' }
        pad = 6
        [flows]
        path = 'flows_work_estimated.csv.gz'
        elsewhere = ['000000']
    ";
    assert_eq!(study(translated).unwrap_err().code, Code::VintagesMixed);
    let both = format!(
        "{translated}\n crosswalk = {{ path = 'commune_codes_2011_to_2021.csv', from = 'CMN11', to = 'CMN' }}\npad = 6"
    );
    let input = study(&both).unwrap_or_else(|fault| panic!("{fault}"));
    let flows = input.flows().unwrap();
    assert!(input.zones.len() < 8092 && flows.table.duplicates() > 0);
    assert!((flows.table.persons(flows.table.total()) - 19_244_289.0).abs() < 1.0);
}

#[test]
fn sardinia_2001_with_borders() {
    let Some(folder) = data("sardinia-2001") else { return };
    let toml = "
        [zones]
        path = 'names.csv'
        [flows]
        path = 'flows.csv'
    ";
    let (_, report) = read(&folder, toml);
    let flows = report.flows.unwrap();
    assert_eq!((report.zones, flows.total, flows.elsewhere), (377, 391_395.0, 0.0));
}

#[test]
fn the_united_states_2020_leave_out_other_countries() {
    let Some(folder) = data("usa-2020") else { return };
    let toml = "
        [zones]
        path = 'counties.csv'
        [flows]
        path = 'flows.csv.gz'
    ";
    let strict = Study::new(Config::parse(toml, "study.toml").unwrap(), &folder).read().unwrap_err();
    assert!(matches!(strict.code, Code::UnknownZones | Code::VintagesMixed), "{strict}");
    let (input, report) = read(&folder, &format!("{toml}allow_unmatched = true"));
    let flows = report.flows.unwrap();
    assert_eq!((report.zones, flows.rows), (3222, 122_335));
    assert_eq!(flows.total + input.flows().unwrap().unmatched.amount, 154_665_750.0);
    assert!(input.zones.points.iter().all(Option::is_some));
}

#[test]
fn other_tables_need_no_more_than_names_of_columns() {
    let Some(folder) = data("reunion-2010") else { return };
    let (input, report) = read(
        &folder,
        "[flows]\npath = 'flows.csv'\ncolumns = { origin = 'HOME', destination = 'WORK', flow = 'FLOW' }",
    );
    assert_eq!(report.zones, 24);
    assert!((report.flows.unwrap().total - 240_200.0).abs() < 100.0);
    assert!(input.log.entries().iter().any(|fault| fault.code == Code::ZonesFromFlows));
}

#[test]
fn jobs_of_the_united_states() {
    let Some(folder) = data("usa-2020") else { return };
    let toml = "
        [zones]
        path = 'counties.csv'
        [jobs]
        path = '../usa-jobs/all_sectors_2018_naics4.csv.gz'
        classification = 'naics-2017'
        columns = { zone = 'area', activity = 'sector' }
        recode = { '46113' = '46102', '02270' = '02158', '51515' = '51019' }
        allow_unmatched = true
        [jobs.manufacturing]
        path = '../usa-jobs/manufacturing_2014_naics6_size.csv.gz'
        classification = 'naics-2012'
        layout = 'bands'
        columns = { zone = 'area', activity = 'sector' }
        recode = { '46113' = '46102', '02270' = '02158', '51515' = '51019' }
        allow_unmatched = true
    ";
    let (_, report) = read(&folder, toml);
    // The zones have Connecticut as planning regions; the tables of jobs have it as counties.
    assert_eq!(report.jobs[1].rows, 134_282 - 1499);
    assert_eq!(report.jobs[1].local_units, 291_458.0 - 4202.0);
}
