//! Micro-data as files: Parquet folders that hold what the country has, the same bytes each time, whole or not at all.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use arrow::array::{
    Array, AsArray, Date32Array, Float64Array, Int32Array, Int64Array, RecordBatch, StringArray,
};
use arrow::datatypes::{DataType, TimeUnit, TimestampMillisecondType};
use distretto_testkit::world::files::{Rows, WorldFiles, write, write_unless};
use distretto_testkit::world::micro::day::REFERENCE_DAY;
use distretto_testkit::world::{World, WorldOptions};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

fn world() -> World {
    World::generate(&WorldOptions { zones: 60, scale: 0.05, ..WorldOptions::default() }).unwrap()
}

const ALL: WorldFiles = WorldFiles {
    register: false,
    units: true,
    trips: Some(Rows::Usual),
    coordinates: false,
    invoices: Some(Rows::Usual),
    tour: false,
};
const NONE: WorldFiles = WorldFiles {
    register: false,
    units: false,
    trips: None,
    coordinates: false,
    invoices: None,
    tour: false,
};

/// Every file below a folder, by its path in it.
fn files_in(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                files.insert(path.strip_prefix(folder).unwrap().to_owned(), fs::read(&path).unwrap());
            }
        }
    }
    files
}

/// The batches of a table, each with the value of its partition.
fn table(folder: &Path, key: &str) -> Vec<(String, RecordBatch)> {
    let mut batches = Vec::new();
    for path in files_in(folder).into_keys() {
        let value =
            path.parent().unwrap().to_str().unwrap().strip_prefix(&format!("{key}=")).unwrap().to_owned();
        assert!(path.to_str().unwrap().ends_with("/part-00000.parquet"), "{}", path.display());
        let file = File::open(folder.join(&path)).unwrap();
        for batch in ParquetRecordBatchReaderBuilder::try_new(file).unwrap().build().unwrap() {
            batches.push((value.clone(), batch.unwrap()));
        }
    }
    batches
}

fn column<'a, T: Array + 'static>(batch: &'a RecordBatch, name: &str) -> &'a T {
    batch.column_by_name(name).unwrap().as_any().downcast_ref::<T>().unwrap()
}

#[test]
fn the_register_of_the_reference_day_is_jobs_csv() {
    let (world, folder) = (world(), tempfile::tempdir().unwrap());
    write(&world, folder.path(), WorldFiles { units: true, ..NONE }).unwrap();
    let region_of: BTreeMap<_, _> =
        world.zones.iter().map(|zone| (zone.code.as_str(), &world.regions[zone.region as usize])).collect();
    let mut jobs = BTreeMap::<[String; 3], (i32, i32)>::new();
    let mut units = BTreeSet::new();
    for (region, batch) in table(&folder.path().join("register"), "region") {
        let text = |name| column::<StringArray>(&batch, name);
        let days = |name| column::<Date32Array>(&batch, name);
        let employees = column::<Int32Array>(&batch, "employees");
        for row in 0..batch.num_rows() {
            let zone = text("zone").value(row);
            assert_eq!(*region_of[zone], region);
            assert!(units.insert(text("unit").value(row).to_owned()));
            assert!(text("firm").value(row).starts_with(&format!("{zone}-")));
            let (from, to) = (days("from").value(row), days("to"));
            if from <= REFERENCE_DAY.0 && (to.is_null(row) || to.value(row) > REFERENCE_DAY.0) {
                let key = ["zone", "activity", "size_band"].map(|name| text(name).value(row).to_owned());
                let cell = jobs.entry(key).or_default();
                *cell = (cell.0 + employees.value(row), cell.1 + 1);
            }
        }
    }
    let mut lines: BTreeSet<String> =
        fs::read_to_string(folder.path().join("jobs.csv")).unwrap().lines().map(String::from).collect();
    assert!(lines.remove("zone,activity,size_class,employees,local_units"));
    let summed = jobs.iter().map(|([zone, activity, band], (employees, units))| {
        format!("{zone},{activity},{band},{employees},{units}")
    });
    assert_eq!(summed.collect::<BTreeSet<_>>(), lines);
    assert!(units.len() as i32 > jobs.values().map(|cell| cell.1).sum::<i32>(), "closed units are there");
}

#[test]
fn trips_are_exactly_as_many_as_asked_for_and_a_small_file_is_the_beginning_of_a_large_one() {
    let (world, folder) = (world(), tempfile::tempdir().unwrap());
    let weekly = world.trips().weekly();
    let read = |rows: Rows, coordinates: bool| {
        write(&world, folder.path(), WorldFiles { trips: Some(rows), coordinates, ..NONE }).unwrap();
        let (mut trips, mut weights) = (BTreeSet::new(), BTreeSet::new());
        let mut count = 0;
        for (date, batch) in table(&folder.path().join("trips"), "date") {
            let kind = DataType::Timestamp(TimeUnit::Millisecond, None);
            assert_eq!(batch.schema().field_with_name("time").unwrap().data_type(), &kind);
            assert_eq!(batch.num_columns(), if coordinates { 10 } else { 6 });
            let text = |name| column::<StringArray>(&batch, name);
            let person = column::<Int64Array>(&batch, "person");
            let time = batch.column_by_name("time").unwrap().as_primitive::<TimestampMillisecondType>();
            for row in 0..batch.num_rows() {
                assert_eq!(time.value_as_date(row).unwrap().to_string(), date);
                let words = ["from_zone", "to_zone", "purpose"].map(|name| text(name).value(row).to_owned());
                trips.insert((person.value(row), time.value(row), words));
                weights.insert(column::<Float64Array>(&batch, "weight").value(row).to_bits());
                count += 1;
            }
        }
        assert_eq!(trips.len() as u64, count, "no trip twice");
        let persons = trips.iter().map(|trip| trip.0).collect::<BTreeSet<_>>().len();
        let weight = f64::from_bits(weights.pop_first().unwrap());
        assert!(weights.is_empty());
        assert!((weight * persons as f64 - world.trips().persons() as f64).abs() < 1e-6 * weight);
        trips
    };
    let usual = read(Rows::Usual, true);
    assert_eq!(usual.len() as u64, weekly);
    let small = read(Rows::Exactly(1009), false);
    assert_eq!(small.len(), 1009);
    assert!(small.is_subset(&usual), "coordinates change nothing else");
    let large = read(Rows::Exactly(2 * weekly + 5), false);
    assert_eq!(large.len() as u64, 2 * weekly + 5);
    assert!(usual.is_subset(&large));

    let flows = |trips: &BTreeSet<(i64, i64, [String; 3])>| {
        let to_work = trips.iter().filter(|(_, _, words)| words[2] == "work");
        let pairs: BTreeSet<_> =
            to_work.map(|(person, _, [from, to, _])| (from.clone(), to.clone(), *person)).collect();
        let mut flows = BTreeMap::<(String, String), f64>::new();
        for (from, to, _) in pairs {
            *flows.entry((from, to)).or_default() += 1.0;
        }
        flows
    };
    let code = |zone: u32| world.zones[zone as usize].code.clone();
    let truth: BTreeMap<_, _> =
        world.flows.iter().map(|row| ((code(row.origin), code(row.destination)), row.amount)).collect();
    assert_eq!(flows(&usual), truth);
    assert_eq!(flows(&large), truth);

    let too_many = WorldFiles { trips: Some(Rows::Exactly(world.trips().most() + 1)), ..NONE };
    let error = write(&world, folder.path(), too_many).unwrap_err();
    assert_eq!(error.source.kind(), std::io::ErrorKind::InvalidInput);
}

#[test]
fn invoices_are_between_firms_of_the_register() {
    let (world, folder) = (world(), tempfile::tempdir().unwrap());
    write(&world, folder.path(), WorldFiles { trips: None, invoices: Some(Rows::Exactly(5001)), ..ALL })
        .unwrap();
    let mut firms = BTreeMap::<String, BTreeSet<String>>::new();
    for (_, batch) in table(&folder.path().join("register"), "region") {
        let text = |name| column::<StringArray>(&batch, name);
        for row in 0..batch.num_rows() {
            let activities = firms.entry(text("firm").value(row).to_owned()).or_default();
            activities.insert(text("activity").value(row).to_owned());
        }
    }
    let mut rows = 0;
    for (month, batch) in table(&folder.path().join("invoices"), "month") {
        let text = |name| column::<StringArray>(&batch, name);
        for row in 0..batch.num_rows() {
            assert!(firms[text("seller").value(row)].contains(text("product").value(row)));
            assert!(firms.contains_key(text("buyer").value(row)));
            let date = column::<Date32Array>(&batch, "date").value_as_date(row).unwrap().to_string();
            assert!(date.starts_with(&month), "{date} in {month}");
            assert!(column::<Int64Array>(&batch, "amount").value(row) > 0);
            rows += 1;
        }
    }
    assert_eq!(rows, 5001);
}

#[test]
fn same_world_same_bytes_and_what_is_not_asked_for_is_removed() {
    let world = world();
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let written = write(&world, one.path(), ALL).unwrap();
    assert_eq!(fs::read_dir(one.path()).unwrap().count(), written.len(), "nothing half-written is left");
    // Over what another world left.
    let other = World::generate(&WorldOptions { seed: 8, ..world.options.clone() }).unwrap();
    write(&other, two.path(), WorldFiles { coordinates: true, ..ALL }).unwrap();
    assert!(files_in(one.path()) != files_in(two.path()));
    write(&world, two.path(), ALL).unwrap();
    assert!(files_in(one.path()) == files_in(two.path()));

    let foreign = two.path().join("trips/date=2011-10-03/notes.txt");
    fs::write(&foreign, "mine").unwrap();
    let written = write(&world, one.path(), NONE).unwrap();
    write(&world, two.path(), NONE).unwrap();
    assert_eq!(fs::read_dir(one.path()).unwrap().count(), written.len());
    let left: Vec<_> =
        files_in(two.path()).into_keys().filter(|path| path.components().count() > 1).collect();
    assert_eq!(left, [PathBuf::from("trips/date=2011-10-03/notes.txt")], "what is not of a world stays");
}

#[test]
fn a_write_that_is_stopped_or_fails_leaves_nothing() {
    let (world, folder) = (world(), tempfile::tempdir().unwrap());
    for files in [
        WorldFiles { units: true, ..NONE },
        WorldFiles { trips: Some(Rows::Usual), ..NONE },
        WorldFiles { invoices: Some(Rows::Usual), ..NONE },
    ] {
        let error = write_unless(&AtomicBool::new(true), &world, folder.path(), files).unwrap_err();
        assert_eq!(error.source.kind(), std::io::ErrorKind::Interrupted);
        for path in files_in(folder.path()).keys() {
            assert_eq!(path.components().count(), 1, "{}", path.display());
        }
        assert!(fs::read_dir(folder.path()).unwrap().all(|entry| entry.unwrap().path().is_file()));
    }
    // A file stands where the folder of trips would.
    fs::write(folder.path().join("trips"), "not a folder").unwrap();
    let error = write(&world, folder.path(), WorldFiles { trips: Some(Rows::Usual), ..NONE }).unwrap_err();
    assert!(error.to_string().contains("trips"), "{error}");
    assert!(!folder.path().join("trips.partial").exists());
    assert_eq!(fs::read(folder.path().join("trips")).unwrap(), b"not a folder");
}
