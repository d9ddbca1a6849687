//! No input makes a reader panic: generated and mutated files end in a value or in a fault that can be shown.

#![allow(clippy::unwrap_used, reason = "tests")]

mod folder;

use std::sync::Arc;

use arrow::array::{ArrayRef, Float64Array, Int64Array, RecordBatch, StringArray};
use distretto_study::config::Config;
use distretto_study::init::TEMPLATE;
use folder::{Folder, gzip};
use parquet::arrow::ArrowWriter;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

const ZONES: &[u8] = b"code,name,residents,lon,lat\n001,A,10,9.1,45.2\n002,B,,,\n003,\"C, D\",5.5,8,40\n";
const FLOWS: &[u8] = b"origin,destination,flow\n001,001,5\n001,002,3\n002,002,4\n003,001,1.25\n";
const ISTAT: &[u8] = b"S 1 001 002 1 2 1 001 002 000 + + + ND 0000000059\r\nL 1 001 002 1 2 1 001 002 000 01 1 1 000000005.37 ND\r\n\
    S 2 001 003 1 1 3 000 000 215 + + + 2.10 0000000007\r\n";
const JOBS: &[u8] = b"zone,activity,size_class,employees,local_units\n001,13,10-49,20,1\n002,14,total,5,\n";
const AREAS: &[u8] = b"zone,area,name\n001,x,X\n002,x,\n003,y,Y\n";
const CROSSWALK: &[u8] = b"from,to\n9,1\n8,2\n";

const STUDY: &str = "
    [zones]
    path = 'zones'
    [flows]
    path = 'flows'
    [jobs]
    path = 'jobs'
    [areas]
    partition = { path = 'areas', crosswalk = { path = 'crosswalk', from = 'from', to = 'to' } }
";

/// Loads the study with one file exchanged; whatever comes out can be shown.
fn load(exchanged: &str, bytes: &[u8], keys: &str) {
    let study = STUDY.replace("path = 'flows'", &format!("path = 'flows'\n{keys}"));
    let mut files = vec![
        ("zones", ZONES),
        ("flows", FLOWS),
        ("jobs", JOBS),
        ("areas", AREAS),
        ("crosswalk", CROSSWALK),
        ("study.toml", study.as_bytes()),
    ];
    for file in &mut files {
        if file.0 == exchanged {
            file.1 = bytes;
        }
    }
    match Folder::with(&files).load() {
        Ok(input) => {
            let report = distretto_study::check::check(&input);
            assert!(!report.to_string().contains("NaN"), "{report}");
        }
        Err(fault) => {
            assert_ne!(fault.exit_code(), 4, "not a defect of ours: {fault}");
            assert!(fault.to_string().contains(fault.code.number()));
        }
    }
}

/// Cuts, doubles, overwrites and inserts.
fn mutated(original: &'static [u8]) -> impl Strategy<Value = Vec<u8>> {
    let change =
        (any::<Index>(), any::<Index>(), 0..5u8, vec(select(b"0,;\t\"\n\r-. \x00\xff\xc3S+".to_vec()), 1..4));
    vec(change, 1..6).prop_map(move |changes| {
        let mut bytes = original.to_vec();
        for (a, b, kind, new) in changes {
            if bytes.is_empty() {
                break;
            }
            let (a, b) = (a.index(bytes.len()), b.index(bytes.len()));
            let (from, to) = (a.min(b), a.max(b));
            match kind {
                0 => bytes.truncate(to),
                1 => {
                    let piece = bytes[from..to].to_vec();
                    bytes.splice(to..to, piece);
                }
                2 => bytes[a] = new[0],
                3 => drop(bytes.splice(a..a, new)),
                _ => drop(bytes.drain(from..to.min(from + 8))),
            }
        }
        bytes
    })
}

fn parquet_flows() -> Vec<u8> {
    let origin: ArrayRef = Arc::new(StringArray::from(vec!["001", "001", "002", "003"]));
    let destination: ArrayRef = Arc::new(Int64Array::from(vec![1, 2, 2, 1]));
    let flow: ArrayRef = Arc::new(Float64Array::from(vec![Some(5.0), Some(3.0), Some(4.0), Some(1.25)]));
    let batch =
        RecordBatch::try_from_iter([("origin", origin), ("destination", destination), ("flow", flow)])
            .unwrap();
    let mut bytes = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut bytes, batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(bytes in vec(any::<u8>(), 0..400), file in select(vec!["zones", "flows", "jobs", "areas", "crosswalk", "study.toml"])) {
        load(file, &bytes, "");
    }

    #[test]
    fn mutated_zones(bytes in mutated(ZONES)) {
        load("zones", &bytes, "");
    }

    #[test]
    fn mutated_flows(bytes in mutated(FLOWS), keys in select(vec!["", "pad = 3", "allow_unmatched = true", "decimal = ','", "elsewhere = ['003']"])) {
        load("flows", &bytes, keys);
    }

    #[test]
    fn mutated_layout(bytes in mutated(ISTAT), keys in select(vec!["", "where = { record = 'L' }", "where = { reason = '2' }"])) {
        load("flows", &bytes, &format!("format = 'istat-2011'\npad = 6\nallow_unmatched = true\n{keys}"));
    }

    #[test]
    fn mutated_jobs(bytes in mutated(JOBS)) {
        load("jobs", &bytes, "");
    }

    #[test]
    fn mutated_partitions_and_crosswalks(areas in mutated(AREAS), crosswalk in mutated(CROSSWALK)) {
        load("areas", &areas, "");
        load("crosswalk", &crosswalk, "");
    }

    #[test]
    fn mutated_archives(at in any::<Index>(), value in any::<u8>(), cut in any::<Index>()) {
        for packed in [gzip(FLOWS), zstd::encode_all(FLOWS, 1).unwrap()] {
            let mut bytes = packed.clone();
            let place = at.index(bytes.len());
            bytes[place] = value;
            load("flows", &bytes, "");
            load("flows", &packed[..cut.index(packed.len())], "");
        }
    }

    #[test]
    fn mutated_parquet(changes in vec((any::<Index>(), any::<u8>()), 1..4), cut in any::<Index>()) {
        let whole = parquet_flows();
        let mut bytes = whole.clone();
        for (at, value) in changes {
            let place = at.index(bytes.len() - 4) + 4;
            bytes[place] = value;
        }
        load("flows", &bytes, "pad = 3");
        load("flows", &whole[..cut.index(whole.len())], "pad = 3");
    }

    #[test]
    fn mutated_studies(bytes in mutated(TEMPLATE.as_bytes())) {
        if let Err(fault) = Config::parse(&String::from_utf8_lossy(&bytes), "study.toml") {
            prop_assert_eq!(fault.exit_code(), 2);
            prop_assert!(fault.place.file.is_some());
        }
    }
}

#[test]
fn the_unchanged_parquet_is_the_unchanged_table() {
    let whole = parquet_flows();
    let study = STUDY.replace("path = 'flows'", "path = 'flows'\npad = 3");
    let read = |flows: &[u8]| {
        let files = [
            ("zones", ZONES),
            ("flows", flows),
            ("jobs", JOBS),
            ("areas", AREAS),
            ("crosswalk", CROSSWALK),
            ("study.toml", study.as_bytes()),
        ];
        Folder::with(&files).load().unwrap().flows().unwrap().table.rows().collect::<Vec<_>>()
    };
    assert_eq!(read(&whole), read(FLOWS));
}
