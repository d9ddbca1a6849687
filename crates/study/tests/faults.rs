//! Every code of the catalogue that reading can raise is raised by some input here; `run_faults.rs` and the tests of the
//! command have the others.

#![allow(clippy::unwrap_used, clippy::format_collect, reason = "tests")]

mod folder;

use std::path::Path;

use distretto_study::config::Config;
use distretto_study::fault::{Code, Fault, Severity};
use distretto_study::input::Input;
use folder::Folder;

const ZONES: &str = "code,name\n001,A\n002,B\n003,C\n";
const FLOWS: &str = "origin,destination,flow\n001,001,5\n001,002,3\n002,002,4\n003,001,1\n";
const STUDY: &str = "[zones]\npath = 'zones.csv'\n[flows]\npath = 'flows.csv'\n";

fn study(toml: &str, flows: &[u8]) -> Result<Input, Box<Fault>> {
    Folder::with(&[("zones.csv", ZONES.as_bytes()), ("flows.csv", flows), ("study.toml", toml.as_bytes())])
        .load()
}

fn with_flows(flows: impl AsRef<[u8]>) -> Box<Fault> {
    study(STUDY, flows.as_ref()).unwrap_err()
}

fn with_keys(keys: &str) -> Box<Fault> {
    study(&format!("{STUDY}{keys}"), FLOWS.as_bytes()).unwrap_err()
}

#[track_caller]
fn assert_place(fault: &Fault, code: Code, row: u64) {
    assert_eq!((fault.code, fault.place.row), (code, Some(row)), "{fault}");
    assert!(fault.place.file.is_some(), "{fault}");
}

#[test]
fn the_plain_study_reads() {
    let input = study(STUDY, FLOWS.as_bytes()).unwrap();
    assert_eq!((input.zones.len(), input.flows().unwrap().table.pairs(), input.files.len()), (3, 4, 2));
    assert_eq!(input.log.entries(), []);
    assert_eq!(input.zones.label(1), "B");
}

#[test]
fn the_study_itself() {
    let code = |text: &str| Config::parse(text, "study.toml").unwrap_err().code;
    assert_eq!(Folder::with(&[]).load().unwrap_err().code, Code::StudyMissing);
    let fault = Folder::with(&[("studi.toml", b"")]).load().unwrap_err();
    assert_eq!((fault.code, fault.help.as_deref()), (Code::StudyMissing, Some("did you mean `studi.toml`?")));
    assert_eq!(code("a = "), Code::StudySyntax);
    assert_eq!(code("[flws]"), Code::StudyKey);
    assert_eq!(code("[study]\ntitle = 3"), Code::StudyValue);
    assert_eq!(code("[flows]\nformat = 'csv'"), Code::StudyIncomplete);
    assert_eq!(code("[areas]\ntarget_size = 10"), Code::AreaParameters);
    assert_eq!(code("[districts]\nsme_share = 2"), Code::DistrictParameters);
    assert_eq!(code("[areas]\npartition = { path = 'a' }\nrestart = { path = 'a' }"), Code::KeysConflict);
    assert_eq!(code("study.vintage = '1'\nflows = { path = 'f', vintage = '2' }"), Code::VintageStated);
    assert_eq!(Folder::with(&[("study.toml", b"[areas]\n")]).load().unwrap_err().code, Code::StudyIncomplete);
    let fault = Folder::with(&[("study.toml", b"# caf\xe9\n")]).load().unwrap_err();
    assert_place(&fault, Code::Encoding, 1);
}

#[test]
fn files_that_are_missing_or_not_tables() {
    let fault = study(&STUDY.replace("flows.csv", "flow.csv"), FLOWS.as_bytes()).unwrap_err();
    assert_eq!((fault.code, fault.help.as_deref()), (Code::FileMissing, Some("did you mean `flows.csv`?")));
    assert_eq!(study(&STUDY.replace("flows.csv", "*.gz"), b"").unwrap_err().code, Code::PatternEmpty);
    assert_eq!(study(&STUDY.replace("flows.csv", "."), b"").unwrap_err().code, Code::FileUnreadable);
    for magic in [&b"PK\x03\x04rest of it"[..], b"SQLite format 3\0", b"\xfd7zXZ\0"] {
        assert_eq!(with_flows(magic).code, Code::FileFormat);
    }
    assert_eq!(with_flows(b"PAR1 and nothing else").code, Code::ParquetInvalid);
    let parquet_wanted = study(&format!("{STUDY}format = 'parquet'"), FLOWS.as_bytes()).unwrap_err();
    assert_eq!(parquet_wanted.code, Code::FileFormat);
}

#[test]
fn compressed_files_that_are_cut_off_or_damaged() {
    let rows: String = (0..5000).map(|i| format!("001,002,{}\n", i * 7919 % 1000)).collect();
    let text = format!("origin,destination,flow\n{rows}");
    for packed in [folder::gzip(text.as_bytes()), zstd::encode_all(text.as_bytes(), 1).unwrap()] {
        assert!(study(STUDY, &packed).is_ok());
        let cut = with_flows(&packed[..packed.len() / 2]);
        assert_eq!(cut.code, Code::FileTruncated, "{cut}");
        let mut damaged = packed.clone();
        for byte in &mut damaged[packed.len() / 2..packed.len() / 2 + 40] {
            *byte = !*byte;
        }
        let fault = with_flows(&damaged);
        assert!(
            matches!(fault.code, Code::FileCorrupt | Code::FileTruncated | Code::Encoding | Code::RaggedRow),
            "{fault}"
        );
    }
    let mut wrong_sum = folder::gzip(text.as_bytes());
    let at = wrong_sum.len() - 6;
    wrong_sum[at] ^= 0xff;
    assert_eq!(with_flows(&wrong_sum).code, Code::FileCorrupt);
}

#[test]
fn texts_in_other_encodings() {
    assert_place(&with_flows(b"origin,destination,flow\n001,\xe8,1\n"), Code::Encoding, 2);
    let utf16: Vec<u8> = "\u{feff}origin,destination".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_place(&with_flows(utf16), Code::Encoding, 1);
    let marked = format!("\u{feff}{FLOWS}");
    assert!(study(STUDY, marked.as_bytes()).is_ok(), "a byte order mark is no part of the first name");
}

#[test]
fn rows_and_columns() {
    assert_eq!(with_flows("").code, Code::TableEmpty);
    assert_eq!(with_flows("origin,destination,flow\n").code, Code::TableEmpty);
    let fault = with_flows("origin,destinaton,flow\n001,001,1\n");
    assert_eq!(fault.code, Code::ColumnMissing);
    assert!(fault.help.as_deref().unwrap().contains("did you mean `destinaton`"), "{fault}");
    assert_eq!(with_keys("columns = { flow = 'persons' }").code, Code::ColumnMissing);
    assert_eq!(with_keys("where = { sex = '1' }").code, Code::ColumnMissing);
    assert_eq!(with_flows("origin,origin,destination,flow\n1,1,1,1\n").code, Code::ColumnTwice);
    assert_place(&with_flows("origin,destination,flow\n001,001,1\n001,1\n"), Code::RaggedRow, 3);
    assert_place(&with_flows("origin,destination,flow\n001,001,1,2\n"), Code::RaggedRow, 2);
    assert_place(&with_flows("origin,destination,flow\n001,001,many\n"), Code::NotANumber, 2);
    assert_place(&with_flows("origin,destination,flow\n001,001,1\n001,001,\n"), Code::ValueMissing, 3);
    assert_place(&with_flows("origin,destination,flow\n001,,1\n"), Code::ValueMissing, 2);
    assert_place(&with_flows("origin;destination;flow\n001;001;1,5\n"), Code::DecimalComma, 2);
    let fault = with_keys("where = { origin = '9' }");
    assert_eq!(fault.code, Code::NothingLeft);
    assert!(fault.why.as_deref().unwrap().contains("`001`, `002`, `003`"), "{fault}");
    assert_eq!(with_keys("except = { origin = ['001', '002', '003'] }").code, Code::NothingLeft);
    assert_eq!(with_keys("except = { sex = '1' }").code, Code::ColumnMissing);
    let input = study(&format!("{STUDY}except = {{ origin = '001' }}"), FLOWS.as_bytes()).unwrap();
    assert_eq!(input.flows().unwrap().table.pairs(), 2);
}

#[test]
fn rows_far_into_a_file_keep_their_numbers() {
    let mut text = String::from("origin,destination,flow,sex\n");
    for i in 0..30_000 {
        text += if i % 2 == 0 { "001,002,1,1\n" } else { "001,002,1,2\n" };
    }
    let at_end = |row: &str| with_flows(format!("{text}{row}\n"));
    assert_place(&at_end("001,002,-1,2"), Code::FlowNegative, 30_002);
    assert_place(&at_end("001,002"), Code::RaggedRow, 30_002);
    let filtered = format!("{STUDY}where = {{ sex = '2' }}");
    let fault = study(&filtered, format!("{text}001,002,x,2\n").as_bytes()).unwrap_err();
    assert_place(&fault, Code::NotANumber, 30_002);
}

#[test]
fn the_layout_of_istat() {
    let toml = format!("{STUDY}format = 'istat-2011'");
    let fault = study(&toml, b"S 1 001 002 1 2 1 001 002 000 + + + ND 59\nnot a record\n").unwrap_err();
    assert_place(&fault, Code::LayoutRow, 2);
    let only_l = study(&toml, b"L 1 001 002 1 2 1 001 002 000 01 1 1 5.37 ND\n").unwrap_err();
    assert_eq!(only_l.code, Code::NothingLeft);
}

#[test]
fn zones_and_codes() {
    let zones = |zones: &str| {
        let files = [
            ("zones.csv", zones.as_bytes()),
            ("flows.csv", FLOWS.as_bytes()),
            ("study.toml", STUDY.as_bytes()),
        ];
        Folder::with(&files).load().unwrap_err()
    };
    assert_place(&zones("code\n001\n002\n001\n"), Code::ZoneTwice, 4);
    assert_place(&zones("code,residents\n001,-5\n"), Code::AttributeInvalid, 2);
    assert_place(&zones("code,lon,lat\n001,500000,4500000\n"), Code::AttributeInvalid, 2);
    assert_eq!(zones("code\n1\n2\n3\n").code, Code::LostZeros);
    assert_eq!(with_flows("origin,destination,flow\n1,2,3\n").code, Code::LostZeros);
    let fault = with_flows(FLOWS.to_owned() + "001,999,2\n");
    assert_eq!(fault.code, Code::UnknownZones);
    assert!(
        fault.why.as_deref().unwrap().contains("`999`\n1 row with 2 persons (13.33 % of all)"),
        "{fault}"
    );
    assert_eq!(with_flows("origin,destination,flow\n7,8,3\n9,9,1\n").code, Code::VintagesMixed);
    let crosswalk = "crosswalk = { path = 'c.csv', from = 'a', to = 'b' }";
    let toml = format!("{STUDY}{crosswalk}");
    let files = [
        ("zones.csv", ZONES.as_bytes()),
        ("flows.csv", FLOWS.as_bytes()),
        ("c.csv", b"a,b\n001,002\n001,003\n"),
        ("study.toml", toml.as_bytes()),
    ];
    assert_place(&Folder::with(&files).load().unwrap_err(), Code::CrosswalkSplit, 3);
}

#[test]
fn flows_that_are_no_numbers_of_persons() {
    let with_last = |flow: &str| with_flows(format!("{FLOWS}003,003,{flow}\n"));
    assert_place(&with_last("-0.5"), Code::FlowNegative, 6);
    assert_place(&with_last("inf"), Code::FlowNotFinite, 6);
    assert_place(&with_last("NaN"), Code::FlowNotFinite, 6);
    assert_eq!(with_last("1e300").code, Code::FlowTotal);
    assert_eq!(with_last("1e-12").code, Code::FlowVanishes);
    let rounded = study(STUDY, format!("{FLOWS}003,003,0.33333333333\n").as_bytes()).unwrap();
    assert_eq!(warnings(&rounded), [Code::FlowsRounded]);
    assert_eq!(with_flows("origin,destination,flow\n001,002,0\n").code, Code::FlowsNone);
}

#[test]
fn given_partitions() {
    let load = |areas: &str, keys: &str| {
        let toml = format!("{STUDY}[areas]\npartition = {{ path = 'areas.csv' {keys} }}");
        let files = [
            ("zones.csv", ZONES.as_bytes()),
            ("flows.csv", FLOWS.as_bytes()),
            ("areas.csv", areas.as_bytes()),
            ("study.toml", toml.as_bytes()),
        ];
        Folder::with(&files).load()
    };
    assert_place(&load("zone,area\n001,x\n001,y\n", "").unwrap_err(), Code::PartitionTwice, 3);
    assert_eq!(load("zone,area\n001,x\n999,y\n", "").unwrap_err().code, Code::UnknownZones);
    let input = load("zone,area\n001,x\n002,x\n999,y\n", ", allow_unmatched = true").unwrap();
    assert_eq!(warnings(&input), [Code::PartitionUnmatched, Code::PartitionUnmatched]);
    assert_eq!(input.partition.unwrap().partition.areas(), 1);
}

#[test]
fn jobs() {
    let load = |jobs: &str, keys: &str| {
        let toml = format!("{STUDY}[jobs]\npath = 'jobs.csv'\n{keys}");
        let files = [
            ("zones.csv", ZONES.as_bytes()),
            ("flows.csv", FLOWS.as_bytes()),
            ("jobs.csv", jobs.as_bytes()),
            ("study.toml", toml.as_bytes()),
        ];
        Folder::with(&files).load()
    };
    let header = "zone,activity,size_class,employees,local_units\n";
    let fault = |rows: &str| load(&format!("{header}{rows}"), "").unwrap_err();
    assert_place(&fault("001,13,10-49,20,1\n001,14,10-49,-3,1\n"), Code::JobsValue, 3);
    let what = fault("001,13,10-49,-3,1\n").what;
    assert_eq!(what, "-3 is not a possible number of employees: it lies within 0 and 10^9");
    assert_place(&fault("001,13,a few,20,1\n"), Code::SizeClassUnknown, 2);
    let unknown = fault("001,13,10-49,20,1\n001,ZZZ,10-49,20,1\n");
    assert_place(&unknown, Code::ActivitiesInvalid, 3);
    assert!(unknown.what.starts_with("1 activity code in 1 row of [jobs] is not in"), "{unknown}");
    assert!(unknown.help.is_some() && unknown.why.as_deref() == Some("`ZZZ`"), "{unknown}");
    let nested = fault("001,13,10-49,20,1\n002,C,10-49,40,2\n002,13,10-49,20,1\n");
    assert_place(&nested, Code::JobsTwice, 4);
    assert!(nested.what.contains("zone `002`") && nested.help.is_some(), "{nested}");
    let total = fault("003,13,10-49,20,1\n003,13,total,20,1\n");
    assert_place(&total, Code::JobsTwice, 2);
    assert!(total.what.contains("zone `003` has a row for all sizes"), "{total}");
    assert_eq!(fault("001,13,10-49,20,1\n077,13,10-49,20,1\n").code, Code::UnknownZones);
    assert_eq!(load(header, "classification = 'nace'").unwrap_err().code, Code::StudyValue);

    let input =
        load(&format!("{header}001,13,10-49,20,1\n077,13,10-49,20,1\n"), "allow_unmatched = true").unwrap();
    assert_eq!(warnings(&input), [Code::JobsUnmatched]);
    let bands = "zone,activity,size_class,local_units\n001,13,10-49,4\n";
    let input =
        load(bands, "layout = 'bands'\nbands = { '10-49' = { from = 10, to = 49, mean = 20 } }").unwrap();
    assert_eq!(warnings(&input), [Code::JobsEstimated]);
    assert_eq!(input.jobs.unwrap().all_sectors.employees().known(), 80.0);
}

#[test]
fn borders() {
    let square = |code: &str, x: u32| {
        format!(
            r#"{{"type":"Feature","properties":{{"code":"{code}"}},"geometry":{{"type":"Polygon",
            "coordinates":[[[{x},0],[{0},0],[{0},1],[{x},1],[{x},0]]]}}}}"#,
            x + 1
        )
    };
    let load = |features: &[String], keys: &str| {
        let toml = format!("{STUDY}[borders]\npath = 'b.geojson'\n{keys}");
        let json = format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","));
        let files = [
            ("zones.csv", ZONES.as_bytes()),
            ("flows.csv", FLOWS.as_bytes()),
            ("b.geojson", json.as_bytes()),
            ("study.toml", toml.as_bytes()),
        ];
        Folder::with(&files).load()
    };
    assert_eq!(load(&["{".to_owned()], "").unwrap_err().code, Code::BordersInvalid);
    assert_eq!(load(&[square("001", 0)], "key = 'name'").unwrap_err().code, Code::BordersKey);
    assert_eq!(load(&[square("A", 0)], "").unwrap_err().code, Code::BordersKey);
    let strange = [square("001", 0), square("002", 1), square("777", 5)];
    let fault = load(&strange, "").unwrap_err();
    assert_eq!(fault.code, Code::UnknownZones);
    let why = fault.why.as_deref().unwrap();
    assert!(why.starts_with("`777`; 1 zone without a shape (") && fault.help.is_some(), "{fault}");
    let input = load(&strange, "allow_unmatched = true").unwrap();
    assert_eq!(warnings(&input), [Code::BordersUnknown, Code::BordersMissing]);
    let missing = input.log.warnings().last().unwrap();
    let table = &input.flows().unwrap().table;
    let share = 50.0 * (table.residents(2) + table.workers(2)) / table.total();
    assert_eq!(missing.what, format!("1 zone without a shape ({share:.2} % of residents in work and jobs)"));
    let input = load(&[square("1", 0), square("002", 1), square("3", 2)], "").unwrap();
    let notes: Vec<&Fault> = input.log.notes().collect();
    assert_eq!((notes.len(), notes[0].code), (1, Code::BordersPadded));
    assert_eq!(notes[0].what, "2 codes in the borders are those of zones but for leading zeros");
    let toml = format!("{STUDY}[borders]\npath = 'border.geojson'");
    let files =
        [("zones.csv", ZONES), ("flows.csv", FLOWS), ("borders.geojson", "{}"), ("study.toml", &toml)];
    let fault = Folder::with(&files.map(|(name, text)| (name, text.as_bytes()))).load().unwrap_err();
    assert_eq!(
        (fault.code, fault.help.as_deref()),
        (Code::FileMissing, Some("did you mean `borders.geojson`?"))
    );
    let input = load(&[square("001", 0), square("002", 1), square("003", 7)], "").unwrap();
    assert_eq!(input.log.notes().map(|fault| fault.code).collect::<Vec<_>>(), [Code::Islands]);
    assert_eq!(input.files.len(), 3);
}

fn warnings(input: &Input) -> Vec<Code> {
    input.log.warnings().map(|fault| fault.code).collect()
}

#[test]
fn what_is_only_said() {
    let flows = FLOWS.replace(',', ";") + "001;002;1\n001;000;7\n";
    let input = study(&format!("{STUDY}elsewhere = ['000']"), flows.as_bytes()).unwrap();
    assert_eq!(warnings(&input), [Code::FlowsElsewhere]);
    let notes: Vec<Code> = input.log.notes().map(|fault| fault.code).collect();
    assert_eq!(notes, [Code::DelimiterGuessed, Code::PairsTwice]);
    assert_eq!(input.flows().unwrap().elsewhere.persons, 7.0);

    let renamed = FLOWS.replace("origin", "home");
    let input = study("[flows]\npath = 'flows.csv'", renamed.as_bytes()).unwrap();
    let notes: Vec<Code> = input.log.notes().map(|fault| fault.code).collect();
    assert_eq!(notes, [Code::ColumnGuessed, Code::ZonesFromFlows]);
    assert_eq!(input.log.notes().last().unwrap().what, "the zones are the 3 codes of the flows");

    let input =
        study(&format!("{STUDY}allow_unmatched = true"), b"origin,destination,flow\n001,002,2\n001,9,2\n");
    let input = input.unwrap();
    assert_eq!(warnings(&input), [Code::FlowsUnmatched, Code::ZonesWithoutFlows]);
    assert_eq!(input.flows().unwrap().unmatched.share, 0.5);
}

/// What no input can raise: defects of the program, and searches that run in circles.
const NEVER: [Code; 3] = [Code::Internal, Code::SearchUnfinished, Code::ReplicatesUnfinished];

/// The texts of all tests of the study, the desk, the atlas and the command.
fn tests() -> String {
    ["tests", "../atlas/tests", "../cli/tests", "../desk/tests"]
        .map(|folder| texts(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)))
        .concat()
}

fn texts(path: &Path) -> String {
    if path.is_file() {
        return std::fs::read_to_string(path).unwrap_or_default();
    }
    std::fs::read_dir(path).unwrap().map(|entry| texts(&entry.unwrap().path())).collect()
}

#[test]
fn no_code_of_the_catalogue_is_untested() {
    let tests = tests();
    let named = |code: &Code| tests.contains(&format!("Code::{code:?}")) || tests.contains(code.number());
    let untested: Vec<&Code> =
        Code::ALL.iter().filter(|code| !NEVER.contains(code) && !named(code)).collect();
    assert!(untested.is_empty(), "{untested:?}");
    assert!(Code::ALL.iter().any(|code| code.entry().severity == Severity::Note));
}
