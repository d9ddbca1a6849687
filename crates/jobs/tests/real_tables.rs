//! Published tables of three countries: every code and label is known, and the totals are the published ones.
#![allow(clippy::unwrap_used, clippy::print_stderr)]

use std::collections::BTreeMap;

use distretto_jobs::{
    Amount, ClassificationId, Grouping, JobCube, JobCubeBuilder, JobsError, Record, SizeBands, SizeClass,
    SizeLabel, System, Tally,
};
use distretto_territory::Partition;
use distretto_testkit::data::rows as table;

fn zones(rows: &[Vec<String>], column: usize) -> BTreeMap<String, u32> {
    let mut zones: BTreeMap<String, u32> = rows.iter().map(|row| (row[column].clone(), 0)).collect();
    for (index, zone) in zones.values_mut().enumerate() {
        *zone = index as u32;
    }
    zones
}

fn manufacturing(cube: &JobCube) -> (Tally, Tally) {
    let grouping = Grouping::industries(cube.classification().id().system()).unwrap();
    let everything = vec![Some("all"); cube.zones()];
    let jobs = cube.by_area(&Partition::from_codes(&everything), &grouping).unwrap();
    (jobs.nation().total_employees(), jobs.nation().total_local_units())
}

#[test]
fn manufacturing_of_the_united_states_by_size() {
    let Some(rows) = table("usa-jobs/manufacturing_2014_naics6_size.csv.gz") else { return };
    let (zones, bands) = (zones(&rows, 0), SizeBands::named("cbp").unwrap());
    let mut builder = JobCubeBuilder::new(ClassificationId::Naics2012, zones.len()).unwrap();
    for row in &rows {
        let label = bands.label(&row[2]).unwrap();
        let units: f64 = row[3].parse().unwrap();
        let record = Record::from_band_count(zones[&row[0]], &row[1], label, Amount::Observed(units));
        if let SizeLabel::Band(_) = label {
            let published: f64 = row[4].parse().unwrap();
            assert_eq!(record.employees, Amount::Estimated(published), "the same assumed means");
        }
        builder.push(&record).unwrap();
    }
    let cube = builder.build().unwrap();
    let (employees, units) = manufacturing(&cube);
    assert_eq!((units.known(), units.unknown_share()), (291_458.0, 0.0));
    assert!(employees.unknown_share() > 0.0 && employees.estimated_share() == 1.0);
    let coverage = cube.coverage(&Grouping::industries(System::Naics).unwrap()).unwrap();
    assert!(coverage.nowhere.is_empty() && coverage.mostly.is_empty(), "{coverage:?}");
}

#[test]
fn all_sectors_of_the_united_states_are_of_another_vintage() {
    let Some(rows) = table("usa-jobs/all_sectors_2018_naics4.csv.gz") else { return };
    let zones = zones(&rows, 0);
    let cube = |classification| -> Result<JobCube, JobsError> {
        let mut builder = JobCubeBuilder::new(classification, zones.len())?;
        for row in &rows {
            let [employees, local_units] =
                [3, 4].map(|column| Amount::Observed(row[column].parse().unwrap()));
            let zone = zones[&row[0]];
            builder.push(&Record {
                zone,
                activity: &row[1],
                size: SizeClass::Total,
                employees,
                local_units,
            })?;
        }
        builder.build()
    };
    let (employees, units) = manufacturing(&cube(ClassificationId::Naics2017).unwrap());
    assert_eq!((employees.known(), units.known()), (8_896_238.0, 233_705.0));
    let error = cube(ClassificationId::Naics2012).unwrap_err().to_string();
    assert!(error.contains("all codes of the table are in NAICS 2017"), "{error}");
}

#[test]
fn establishments_of_the_lower_rhine() {
    let Some(rows) = table("france-2010-bas-rhin/establishments.csv.gz") else { return };
    let (zones, bands) = (zones(&rows, 1), SizeBands::named("sirene").unwrap());
    let mut builder = JobCubeBuilder::new(ClassificationId::NafRev2, zones.len()).unwrap();
    for row in &rows {
        let label = bands.label(&row[3]).unwrap();
        let record = Record::from_band_count(zones[&row[1]], &row[2], label, Amount::Observed(1.0));
        builder.push(&record).unwrap();
    }
    let cube = builder.build().unwrap();
    assert_eq!((cube.zones(), cube.activities(), cube.local_units().known()), (86, 623, 81_921.0));
    for grouping in [Grouping::macro_sectors(System::Nace), Grouping::industries(System::Nace)] {
        let coverage = cube.coverage(&grouping.unwrap()).unwrap();
        assert!(coverage.nowhere.is_empty() && coverage.mostly.is_empty(), "{coverage:?}");
    }
}

#[test]
fn divisions_of_the_province_of_brescia() {
    let Some(rows) = table("italy-jobs/brescia_province_ateco2_size_2018_2023.csv") else { return };
    let rows: Vec<_> = rows.into_iter().filter(|row| row[0] == "ITC47" && row[1] == "2023").collect();
    let cube = |keep: &dyn Fn(&[String]) -> bool| {
        let bands = SizeBands::named("eu").unwrap();
        let mut builder = JobCubeBuilder::new(ClassificationId::Ateco2007, 1).unwrap();
        for row in rows.iter().filter(|row| keep(row)) {
            let [employees, local_units] =
                [4, 5].map(|column| Amount::Observed(row[column].parse().unwrap()));
            let size = bands.label(&row[3]).unwrap().class();
            builder.push(&Record { zone: 0, activity: &row[2], size, employees, local_units }).unwrap();
        }
        builder.build()
    };
    let by_size = cube(&|row| row[2] != "0010" && row[3] != "totale").unwrap();
    assert_eq!(manufacturing(&by_size).0.known().round(), 155_165.0);
    assert!(matches!(cube(&|row| row[2] != "0010"), Err(JobsError::TotalBesideClasses { .. })));
    assert!(matches!(cube(&|row| row[3] != "totale"), Err(JobsError::Activities { .. })), "0010 is a total");
}
