//! The fast reader of the Italian commuting matrix gives what a plain reading of its fields gives.

#![allow(clippy::unwrap_used, reason = "tests")]

mod folder;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use folder::Folder;
use proptest::collection::vec;
use proptest::prelude::*;

/// Persons by origin and destination, field by field: the definition.
fn plain(text: &str, record: &str, reason: Option<&str>) -> BTreeMap<(String, String), u64> {
    let mut pairs = BTreeMap::new();
    for line in text.lines() {
        let f: Vec<&str> = line.split_whitespace().collect();
        if f[0] == record && reason.is_none_or(|reason| f[5] == reason) && f[6] != "3" {
            let persons = if record == "S" { f[14] } else { f[13] };
            let hundredths = (persons.parse::<f64>().unwrap() * 100.0).round() as u64;
            *pairs.entry((format!("{}{}", f[2], f[3]), format!("{}{}", f[7], f[8]))).or_default() +=
                hundredths;
        }
    }
    pairs
}

fn read(text: &str, keys: &str) -> Option<BTreeMap<(String, String), u64>> {
    let study = format!("[flows]\npath = 'm.txt'\nformat = 'istat-2011'\n{keys}");
    let input = Folder::with(&[("m.txt", text.as_bytes()), ("study.toml", study.as_bytes())]).load().ok()?;
    let (table, zones) = (&input.flows().unwrap().table, &input.zones.zones);
    let hundredths = |units: f64| (table.persons(units) * 100.0).round() as u64;
    let code = |zone: u32| zones.code(zone).to_owned();
    Some(table.rows().map(|(o, d, units)| ((code(o), code(d)), hundredths(units))).collect())
}

prop_compose! {
    fn line()(s in any::<bool>(), zones in (1..4u8, 1..4u8, 1..4u8, 1..4u8), kind in (1..3u8, 1..3u8, 1..3u8, 1..4u8),
              persons in 1..100_000u32, blanks in 1..20usize, crlf in any::<bool>()) -> String {
        let (a, b, c, d) = zones;
        let (residence, sex, reason, place) = kind;
        let mut line = format!(
            "{} {residence} {a:03} {b:03} {sex} {reason} {place} {c:03} {d:03} 000 ", if s { 'S' } else { 'L' });
        let gap = " ".repeat(blanks);
        if s {
            write!(line, "+  + + ND{gap}{persons:010}").unwrap();
        } else {
            write!(line, "01 1 4{gap}{:012.2} ND", f64::from(persons) / 100.0).unwrap();
        }
        line + if crlf { "\r\n" } else { "\n" }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn fast_equals_plain(lines in vec(line(), 1..60)) {
        let text = lines.concat();
        for (keys, record, reason) in [
            ("", "S", None),
            ("where = { reason = '2' }", "S", Some("2")),
            ("where = { record = 'L', reason = '1' }", "L", Some("1")),
        ] {
            let expected = plain(&text, record, reason);
            prop_assert_eq!(read(&text, keys).unwrap_or_default(), expected);
        }
    }
}

#[test]
fn files_longer_than_a_block_and_without_a_last_line_end() {
    let mut text = String::new();
    for i in 0..40_000 {
        let (a, b) = (i % 90 + 1, i % 7 + 1);
        writeln!(text, "S 1 {a:03} 001 1 2 2 {b:03} 002 000 +  + + {:<18} {:010}", "ND", i % 13).unwrap();
    }
    assert!(text.len() > 2 << 20);
    assert_eq!(read(text.trim_end(), "").unwrap(), plain(&text, "S", None));
}
