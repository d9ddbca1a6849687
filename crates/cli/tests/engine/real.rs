//! Published tables: what the engine makes of them is what the plain readers make of them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use distretto_study::config::Config;
use distretto_study::input::{Input, Study};
use distretto_testkit::data;
use tempfile::TempDir;

fn read(toml: &str, base: &Path) -> Input {
    Study::new(Config::parse(toml, "study.toml").unwrap(), base)
        .read()
        .unwrap_or_else(|fault| panic!("{fault}"))
}

const AREAS: &str =
    "[areas]\npartition = { path = 'communes.csv', columns = { zone = 'commune', area = 'area' } }\n";

/// Each commune is an area of its own.
fn communes(folder: &Path, rows: &[Vec<String>]) {
    let codes: BTreeSet<&str> = rows.iter().map(|row| row[1].as_str()).collect();
    let lines: String = codes.iter().map(|code| format!("{code},{code}\n")).collect();
    std::fs::write(folder.join("communes.csv"), format!("commune,area\n{lines}")).unwrap();
}

#[test]
fn the_register_of_bas_rhin_becomes_the_same_jobs_as_its_establishments() {
    let Some(file) = data::path("france-2010-bas-rhin/establishments.csv.gz") else { return };
    let rows = data::rows("france-2010-bas-rhin/establishments.csv.gz").unwrap();
    let folder = TempDir::new().unwrap();
    communes(folder.path(), &rows);
    let file = file.canonicalize().unwrap();
    let file = file.display();
    let register = read(
        &format!(
            "{AREAS}[sources.sirene]\npath = '{file}'\n[jobs]\nclassification = 'naf-rev2'\n[jobs.register]\nsource = 'sirene'\n\
             columns = {{ zone = 'commune', activity = 'activity_naf_rev2', size_class = 'size_class' }}\n[disclosure]\nsuppress = false\n"
        ),
        folder.path(),
    );
    let plain = read(
        &format!(
            "{AREAS}[jobs]\nclassification = 'naf-rev2'\npath = '{file}'\nlayout = 'bands'\nconstants = {{ local_units = '1' }}\n\
             columns = {{ zone = 'commune', activity = 'activity_naf_rev2', size_class = 'size_class' }}\n"
        ),
        folder.path(),
    );
    let cube = |input: &Input| input.jobs.as_ref().unwrap().all_sectors.clone();
    let (register, plain) = (cube(&register), cube(&plain));
    assert_eq!(register.local_units().known(), 81_921.0);
    assert_eq!(register.local_units(), plain.local_units());
    assert_eq!(register.employees().known(), plain.employees().known());
    // By activity: exactly as many units as there are rows.
    let mut raw: BTreeMap<&str, f64> = BTreeMap::new();
    for row in &rows {
        *raw.entry(row[2].as_str()).or_default() += 1.0;
    }
    let mut made: BTreeMap<String, f64> = BTreeMap::new();
    for cell in register.cells() {
        *made.entry(register.activity(cell.activity).unwrap().0.to_owned()).or_default() +=
            cell.local_units().known();
    }
    assert_eq!(made.len(), 623);
    for (activity, units) in raw {
        assert_eq!(made.get(activity), Some(&units), "{activity}");
    }
}

#[test]
fn a_matrix_in_the_italian_layout_becomes_the_same_flows_through_a_query() {
    let folder = TempDir::new().unwrap();
    let mut lines = String::new();
    for row in 0..5_000u32 {
        let (from, to) = (row * 7 % 83 + 1, row * 13 % 89 + 1);
        let reason = row % 2 + 1;
        let count = row % 17 + 1;
        // As published: fields filled up with blanks, the same persons again in records of type L, lines ended as on Windows.
        let start = format!("1 001 {from:03} 1 {reason} 2 001 {to:03} 000");
        lines.push_str(&format!("S {start} +  + + {:<18} {count:010}\r\n", "ND"));
        lines.push_str(&format!("L {start} 07 1 2 {:018.2} {:<10}\r\n", f64::from(count), "ND"));
    }
    std::fs::write(folder.path().join("matrix.txt"), lines).unwrap();
    let plain = read(
        "[flows]\npath = 'matrix.txt'\nformat = 'istat-2011'\nwhere = { reason = '2' }\n",
        folder.path(),
    );
    let query = read(
        "[sources.matrix]\npath = 'matrix.txt'\nformat = 'istat-2011'\n[flows]\nquery = '''SELECT origin, destination, sum(flow) AS flow \
         FROM matrix WHERE reason = '2' GROUP BY origin, destination'''\n",
        folder.path(),
    );
    let flows = |input: &Input| input.flows.as_ref().unwrap().table.clone();
    assert_eq!(plain.zones.zones.codes(), query.zones.zones.codes());
    assert_eq!(flows(&plain).rows().collect::<Vec<_>>(), flows(&query).rows().collect::<Vec<_>>());
    assert!(flows(&plain).total() > 0.0);
    // The manifest names the raw file, not what was made of it on the way.
    let names: Vec<&str> = query.files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(names, ["matrix.txt"]);
}

#[test]
fn ties_between_the_firms_of_an_incubator_become_a_network() {
    let Some(file) = data::path("networks/incubator_ties.csv") else { return };
    let rows = data::rows("networks/incubator_ties.csv").unwrap();
    let folder = TempDir::new().unwrap();
    let toml = format!(
        "[flows]\npath = 'none.csv'\n[sources.ties]\npath = '{}'\n[sources.collaboration]\n\
         query = \"SELECT network || ':' || \\\"from\\\" AS seller, network || ':' || \\\"to\\\" AS buyer FROM ties WHERE relation = 'C'\"\n\
         [transactions]\nsource = 'collaboration'\n[disclosure]\nsuppress = false\n",
        file.canonicalize().unwrap().display()
    );
    std::fs::write(folder.path().join("study.toml"), toml).unwrap();
    let told = crate::command::ok(folder.path(), &["tables", "study.toml", "--out", "tables"]);
    let unquoted = |text: &str| text.trim_matches('"').to_owned();
    let collaborate = rows.iter().filter(|row| unquoted(&row[1]) == "C");
    let pairs: std::collections::BTreeSet<_> =
        collaborate.clone().map(|row| (&row[0], &row[2], &row[3])).collect();
    assert!(told.contains(&format!("{} rows", pairs.len())), "{told} {}", pairs.len());
    let made = crate::made::rows(&folder.path().join("tables/firm_network"));
    let ties: f64 = made.iter().map(|row| row[2].parse::<f64>().unwrap()).sum();
    assert_eq!((made.len(), ties), (pairs.len(), collaborate.count() as f64));
}
