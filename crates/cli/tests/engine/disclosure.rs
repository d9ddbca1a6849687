//! What `distretto tables` writes of micro-data: everything that is published is safe, and nothing that is withheld can be computed.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;

use arrow::util::display::array_value_to_string;
use distretto_testkit::plain::elimination::determined;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use serde_json::Value;
use tempfile::TempDir;

use crate::command::ok;

type Row = BTreeMap<String, String>;

/// The rows of a table, by name of column; NULL is empty.
fn rows(folder: &Path, table: &str) -> Vec<Row> {
    let file = std::fs::File::open(folder.join(table).join("part-00000.parquet")).unwrap();
    let mut rows = Vec::new();
    for batch in ParquetRecordBatchReaderBuilder::try_new(file).unwrap().build().unwrap() {
        let batch = batch.unwrap();
        for at in 0..batch.num_rows() {
            let schema = batch.schema();
            let named = schema.fields().iter().zip(batch.columns());
            let value = |column| array_value_to_string(column, at).unwrap();
            rows.push(named.map(|(field, column)| (field.name().clone(), value(column))).collect());
        }
    }
    rows
}

fn manifest(folder: &Path) -> Value {
    serde_json::from_str(&std::fs::read_to_string(folder.join("manifest.json")).unwrap()).unwrap()
}

/// The messages of a manifest with this code.
fn messages(folder: &Path, code: &str) -> Vec<String> {
    let manifest = manifest(folder);
    let messages = manifest["messages"].as_array().unwrap().iter();
    messages
        .filter(|message| message["code"] == code)
        .map(|message| message["what"].as_str().unwrap().to_owned())
        .collect()
}

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

/// Makes the tables of a study in the folder `out` of a folder with its sources.
fn tables(folder: &TempDir, study: &str) -> std::path::PathBuf {
    std::fs::write(folder.path().join("study.toml"), study).unwrap();
    ok(folder.path(), &["tables", "study.toml", "--out", "out", "-q"]);
    folder.path().join("out")
}

/// An equation between unknowns, each with 1 or -1; what it adds up to is known.
type Equation = BTreeMap<String, i64>;

fn key(row: &Row, names: &[&str]) -> String {
    names.iter().map(|name| row[*name].as_str()).collect::<Vec<_>>().join(" ")
}

/// A written table with its sums.
struct Audit<'a> {
    out: &'a Path,
    table: &'a str,
    rows: &'a [&'a str],
    columns: &'a [&'a str],
}

impl Audit<'_> {
    fn margins(&self) -> [(&[&str], String); 2] {
        [self.rows, self.columns].map(|keys| (keys, format!("{}_by_{}", self.table, keys.join("_and_"))))
    }

    /// The equations between withheld figures of cells and sums that have the figure at all.
    fn equations(&self, has: &dyn Fn(&str) -> bool, hidden: &dyn Fn(&Row) -> bool) -> Vec<Equation> {
        let mut equations: BTreeMap<String, Equation> = BTreeMap::new();
        let mut there: BTreeSet<String> = BTreeSet::new();
        for row in rows(self.out, self.table) {
            let cell = format!("{} | {}", key(&row, self.rows), key(&row, self.columns));
            if !has(&cell) {
                continue;
            }
            for (keys, margin) in self.margins() {
                let sum = format!("{margin} {}", key(&row, keys));
                there.insert(sum.clone());
                if hidden(&row) {
                    equations.entry(sum).or_default().insert(cell.clone(), 1);
                }
            }
        }
        for (sign, (keys, margin)) in [1, -1].into_iter().zip(self.margins()) {
            for row in rows(self.out, &margin) {
                let sum = format!("{margin} {}", key(&row, keys));
                if there.contains(&sum) && hidden(&row) {
                    equations.entry(sum.clone()).or_default().insert(sum.clone(), -1);
                    equations.entry("total".to_owned()).or_default().insert(sum, sign);
                }
            }
        }
        equations.into_values().collect()
    }
}

fn is_withheld(row: &Row) -> bool {
    !row["confidentiality"].is_empty()
}

fn is_primary(row: &Row) -> bool {
    row["confidentiality"] == "primary"
}

fn is_dominated(mut amounts: Vec<f64>) -> bool {
    amounts.sort_by(|a, b| b.total_cmp(a));
    amounts[..amounts.len().min(2)].iter().sum::<f64>() > 0.85 * amounts.iter().sum::<f64>() + 1e-6
}

fn country() -> TempDir {
    let folder = TempDir::new().unwrap();
    let world = ["world", "--zones", "40", "--seed", "5", "--register", "--trips=30000", "--invoices=20000"];
    ok(folder.path(), &[&world[..], &["--out", ".", "--force", "-q"]].concat());
    folder
}

/// Every seventh unit or so does not tell its employees; bands are those of employees, so that told and untold units share cells.
const SOURCES: &str = "[zones]\npath = 'zones.csv'\n[sources.register]\npath = 'register'\n[sources.trips]\npath = 'trips'\n\
    [sources.invoices]\npath = 'invoices'\n[sources.units]\nquery = '''SELECT firm, unit, zone, activity,\n\
      CASE WHEN CAST(unit AS VARCHAR) LIKE '%7' THEN NULL ELSE employees END AS employees,\n\
      CASE WHEN employees < 10 THEN 'a' WHEN employees < 50 THEN 'b' WHEN employees < 250 THEN 'c' ELSE 'd' END AS band FROM register'''\n\
    [areas]\npartition = { path = 'zones.csv', columns = { zone = 'code', area = 'code' } }\n";

fn audit_jobs(out: &Path, units: &[Row], band: &dyn Fn(&Row) -> String) {
    let mut told: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    let mut untold: BTreeMap<String, usize> = BTreeMap::new();
    for unit in units {
        let cell = format!("{} | {} {}", unit["zone"], unit["activity"], band(unit));
        match unit["employees"].parse() {
            Ok(employees) => told.entry(cell).or_default().push(employees),
            Err(_) => *untold.entry(cell).or_default() += 1,
        }
    }
    let audit = Audit { out, table: "jobs", rows: &["zone"], columns: &["activity", "size_class"] };
    for figure in [&|cell: &str| told.contains_key(cell), &|_: &str| true] as [&dyn Fn(&str) -> bool; 2] {
        assert_eq!(determined(&audit.equations(figure, &is_withheld)), [""; 0]);
        assert!(!determined(&audit.equations(figure, &is_primary)).is_empty(), "the audit is not vacuous");
    }
    let mut published = 0;
    for row in rows(out, "jobs") {
        let cell = format!("{} | {}", row["zone"], key(&row, &["activity", "size_class"]));
        if is_withheld(&row) {
            assert_eq!((row["employees"].as_str(), row["local_units"].as_str()), ("", ""));
            continue;
        }
        published += 1;
        if row["employees"].is_empty() {
            assert!(untold[&cell] >= 3, "{row:?}");
        } else {
            let units = told[&cell].clone();
            assert_eq!(row["employees"].parse::<f64>().unwrap(), units.iter().sum::<f64>());
            assert!(units.len() >= 3 && !is_dominated(units), "{row:?}");
        }
    }
    assert!(published > 20, "{published} cells are published");
    for zone in rows(out, "jobs_by_zone").iter().filter(|row| !is_withheld(row)) {
        let units: Vec<f64> = units
            .iter()
            .filter(|unit| unit["zone"] == zone["zone"])
            .filter_map(|unit| unit["employees"].parse().ok())
            .collect();
        assert!(units.len() >= 3 && !is_dominated(units.clone()), "{zone:?}");
        assert_eq!(zone["employees"].parse::<f64>().unwrap(), units.iter().sum::<f64>());
    }
}

#[test]
fn nothing_withheld_of_jobs_can_be_computed_from_what_is_written() {
    let country = country();
    let query = format!("{SOURCES}[jobs]\nquery = 'SELECT * FROM units'\n");
    let units = rows(&tables(&country, &query), "jobs");
    assert!(units.iter().any(|unit| unit["employees"].is_empty()));
    let register = format!("{SOURCES}[jobs.register]\nsource = 'units'\n");
    let out = tables(&country, &register);
    audit_jobs(&out, &units, &|unit| match unit["employees"].parse::<f64>() {
        Err(_) => "unknown".into(),
        Ok(employees) if employees < 10.0 => "0-9".into(),
        Ok(employees) if employees < 50.0 => "10-49".into(),
        Ok(employees) if employees < 250.0 => "50-249".into(),
        Ok(_) => "250+".into(),
    });
    let bands = format!("{register}columns = {{ size_class = 'band', employees = 'employees' }}\n");
    audit_jobs(&tables(&country, &bands), &units, &|unit| unit["band"].clone());
}

#[test]
fn nothing_withheld_of_flows_can_be_computed_from_what_is_written() {
    let country = country();
    let query = format!("{SOURCES}[flows]\nquery = 'SELECT person, from_zone, to_zone FROM trips'\n");
    let trips = rows(&tables(&country, &query), "flows");
    let study = format!(
        "{SOURCES}[flows.trips]\nsource = 'trips'\ncount = 'trips'\ncolumns = {{ person = 'person', from = 'from_zone', to = 'to_zone' }}\n"
    );
    let out = tables(&country, &study);
    let audit = Audit { out: &out, table: "flows", rows: &["origin"], columns: &["destination"] };
    assert_eq!(determined(&audit.equations(&|_| true, &is_withheld)), [""; 0]);
    let alone = rows(&out, "flows").into_iter().find(is_primary).unwrap();
    let only = audit.equations(&|_| true, &|row| *row == alone);
    assert_eq!(determined(&only).len(), 1, "the audit is not vacuous");
    let persons = |of: &dyn Fn(&Row) -> bool| {
        trips.iter().filter(|trip| of(trip)).map(|trip| &trip["person"]).collect::<BTreeSet<_>>().len()
    };
    let mut published = 0;
    for row in rows(&out, "flows").iter().filter(|row| !is_withheld(row)) {
        let behind =
            persons(&|trip| trip["from_zone"] == row["origin"] && trip["to_zone"] == row["destination"]);
        assert!(behind >= 3 && row["persons"] == behind.to_string(), "{row:?}: {behind} persons");
        published += 1;
    }
    assert!(published > 20, "{published} flows are published");
    for (table, column, end) in
        [("flows_by_origin", "origin", "from_zone"), ("flows_by_destination", "destination", "to_zone")]
    {
        for row in rows(&out, table).iter().filter(|row| !is_withheld(row)) {
            let of = |trip: &&Row| trip[end] == row[column];
            assert!(persons(&|trip| of(&trip)) >= 3, "{row:?}");
            assert_eq!(row["flow"].parse::<f64>().unwrap(), trips.iter().filter(of).count() as f64);
        }
    }
}

#[test]
fn nothing_withheld_of_trade_can_be_computed_from_what_is_written() {
    let country = country();
    let raw = |query: &str| rows(&tables(&country, &format!("{SOURCES}[jobs]\nquery = '{query}'\n")), "jobs");
    let units = raw("SELECT firm, unit, zone, activity, employees FROM register");
    let invoices = raw("SELECT seller, buyer, CAST(amount AS DOUBLE) AS amount FROM invoices");
    let study = format!(
        "{SOURCES}[transactions]\nsource = 'invoices'\ncolumns = {{ amount = 'amount' }}\n\
        [transactions.firms]\nsource = 'register'\ncolumns = {{ firm = 'firm', unit = 'unit', zone = 'zone', activity = 'activity', employees = 'employees' }}\n"
    );
    let out = tables(&country, &study);
    assert!(!out.join("firm_network").exists());
    let mut main: BTreeMap<&str, &Row> = BTreeMap::new();
    for unit in &units {
        let size = |unit: &Row| unit["employees"].parse::<i64>().unwrap();
        let known = main.entry(&unit["firm"]).or_insert(unit);
        if (-size(unit), &unit["unit"]) < (-size(known), &known["unit"]) {
            *known = unit;
        }
    }
    for (table, column) in [("trade_by_zone", "zone"), ("trade_by_activity", "activity")] {
        let mut behind: BTreeMap<(&str, &str), [BTreeMap<&str, f64>; 2]> = BTreeMap::new();
        for invoice in &invoices {
            let (seller, buyer) = (invoice["seller"].as_str(), invoice["buyer"].as_str());
            let (Some(from), Some(to)) = (main.get(seller), main.get(buyer)) else { continue };
            let sides = behind.entry((&from[column], &to[column])).or_default();
            for (side, firm) in sides.iter_mut().zip([seller, buyer]) {
                *side.entry(firm).or_default() += invoice["amount"].parse::<f64>().unwrap();
            }
        }
        let found = rows(&out, table);
        assert_eq!(found.len(), behind.len());
        let withheld = found.iter().filter(|row| is_withheld(row)).count();
        assert!(withheld != 1 && withheld < found.len(), "{table}: {withheld} of {}", found.len());
        for row in found.iter().filter(|row| !is_withheld(row)) {
            for firms in &behind[&(row["seller"].as_str(), row["buyer"].as_str())] {
                let amounts: Vec<f64> = firms.values().copied().collect();
                assert!(amounts.len() >= 3 && !is_dominated(amounts), "{row:?}");
            }
            assert!(!row.contains_key("sold") && !row.contains_key("largest_seller_1"), "{row:?}");
        }
        // Whoever stands alone is what is withheld first, and hardly more: no sums of rows and columns are published.
        let secondary = found.iter().filter(|row| is_withheld(row) && !is_primary(row)).count();
        assert!(secondary <= 3, "{table}: {secondary}");
    }
}

/// One person makes most trips at home and a single one elsewhere: that one is not an empty cell.
#[test]
fn a_flow_of_one_person_is_withheld_wherever_its_other_trips_are() {
    let mut trips = "person,from,to\n".to_owned();
    let (mut person, zones) = (0, ["a", "b", "c", "d"]);
    for (from, to) in zones.iter().flat_map(|from| zones.iter().map(move |to| (from, to))) {
        for _ in 0..if from == to { 20 } else { 6 } {
            person += 1;
            if (*from, *to) != ("a", "d") {
                write!(trips, "{person},{from},{to}\n{person},{from},{to}\n").unwrap();
            }
        }
    }
    trips.push_str("1,a,d\n,b,b\n,b,b\n,b,b\n");
    let folder = folder(&[("trips.csv", &trips), ("zones.csv", "code\na\nb\nc\nd\n")]);
    let study = "[zones]\npath = 'zones.csv'\n[sources.trips]\npath = 'trips.csv'\n[areas]\nmin_size = 10\ntarget_size = 1000\n\
        [flows.trips]\nsource = 'trips'\ncount = 'trips'\ncolumns = { person = 'person' }\n";
    let out = tables(&folder, study);
    let found = rows(&out, "flows");
    let flow = |from: &str, to: &str| {
        found.iter().find(|row| key(row, &["origin", "destination"]) == format!("{from} {to}")).unwrap()
    };
    assert_eq!(
        (flow("a", "d")["confidentiality"].as_str(), flow("a", "d")["flow"].as_str()),
        ("primary", "")
    );
    assert_eq!((flow("b", "b")["flow"].as_str(), flow("b", "b")["persons"].as_str()), ("43.0", "20"));
    // The same rule in an edition: that flow is not in it.
    ok(folder.path(), &["run", "study.toml", "--out", "edition", "-q"]);
    let zones = std::fs::read_to_string(folder.path().join("edition/flows.csv")).unwrap_or_default();
    assert!(!zones.contains("a,d,1"), "{zones}");
}

#[test]
fn untold_units_of_a_band_do_not_hide_a_told_one_nor_add_employees() {
    let mut units = "zone,activity,employees,band\n".to_owned();
    let mut add = |zone: &str, activity: &str, employees: &str, count: usize| {
        for _ in 0..count {
            writeln!(units, "{zone},{activity},{employees},b").unwrap();
        }
    };
    add("x", "14.1", "20", 1);
    add("x", "14.1", "", 20);
    for zone in ["y", "z"] {
        add(zone, "14.1", "20", 9);
        add(zone, "15.1", "20", 9);
    }
    add("x", "15.1", "20", 9);
    add("z", "47.1", "", 4);
    let folder = folder(&[("units.csv", &units), ("zones.csv", "code\nx\ny\nz\n")]);
    let study = "[zones]\npath = 'zones.csv'\n[sources.units]\npath = 'units.csv'\n\
        [areas]\npartition = { path = 'zones.csv', columns = { zone = 'code', area = 'code' } }\n\
        [jobs.register]\nsource = 'units'\ncolumns = { employees = 'employees', size_class = 'band' }\n";
    let out = tables(&folder, study);
    let found = rows(&out, "jobs");
    let of = |cell: &str| -> Vec<&Row> {
        found.iter().filter(|row| key(row, &["zone", "activity"]) == cell).collect()
    };
    assert_eq!(of("x 14.1").len(), 2);
    assert!(of("x 14.1").iter().all(|row| is_primary(row) && row["local_units"].is_empty()), "{found:?}");
    // Where nothing is told nothing is hidden, and nothing is invented.
    let untold = of("z 47.1")[0];
    assert_eq!((untold["confidentiality"].as_str(), untold["local_units"].as_str()), ("", "4"));
    let by_activity = rows(&out, "jobs_by_activity_and_size_class");
    let sum = by_activity.iter().find(|row| row["activity"] == "47.1").unwrap();
    assert_eq!((sum["employees"].as_str(), sum["local_units"].as_str()), ("", "4"));
    assert_eq!(rows(&out, "jobs_by_zone")[2]["employees"], "360.0");
}

/// Large amounts, amounts given back, and one buyer behind many sellers.
#[test]
fn trade_is_withheld_for_either_side_whatever_the_amounts() {
    let mut units = "firm,zone,activity,employees\n".to_owned();
    for (zone, firm) in ["x", "y", "z"].iter().flat_map(|zone| (1..6).map(move |firm| (zone, firm))) {
        writeln!(units, "{zone}{firm},{zone},A1,5").unwrap();
    }
    let invoices = "seller,buyer,amount\n\
        x1,y1,3000000000\nx2,y2,1\nx3,y3,1\n\
        x1,x2,1000000\nx2,x3,-1\nx3,x4,1\n\
        y1,y5,100\ny2,y5,110\ny3,y5,120\ny4,y5,120\n\
        z1,z2,5\nz2,z3,5\nz3,z4,5\nz4,z1,5\n";
    let folder =
        folder(&[("units.csv", &units), ("invoices.csv", invoices), ("zones.csv", "code\nx\ny\nz\n")]);
    let out = tables(
        &folder,
        "[zones]\npath = 'zones.csv'\n[sources.units]\npath = 'units.csv'\n[sources.invoices]\npath = 'invoices.csv'\n\
        [areas]\npartition = { path = 'zones.csv', columns = { zone = 'code', area = 'code' } }\n\
        [transactions]\nsource = 'invoices'\ncolumns = { amount = 'amount' }\n[transactions.firms]\nsource = 'units'\n",
    );
    let found = rows(&out, "trade_by_zone");
    let told: Vec<(String, &str)> =
        found.iter().map(|row| (key(row, &["seller", "buyer"]), row["confidentiality"].as_str())).collect();
    let primary = |cell: &str| (cell.to_owned(), "primary");
    assert_eq!(told[..3], ["x x", "x y", "y y"].map(primary));
    assert_eq!(messages(&out, "D0796"), [""; 0], "trade is in no edition");
}

const UNITS: &str = "zone,activity,employees\nx,14.1,5\nx,14.1,5\nx,14.1,6\nx,15.1,5\n,14.1,4\ny,14.1,5\ny,14.1,6\ny,14.1,7\ny,15.1,3\ny,15.1,3\ny,15.1,3\n";

#[test]
fn what_tables_cannot_hide_is_left_out_or_warned_of() {
    let folder = folder(&[
        ("units.csv", UNITS),
        ("zones.csv", "code\nx\ny\n"),
        ("flows.csv", "h,w,n\nx,x,4000\nx,y,300\ny,y,4000\n"),
    ]);
    let study = "[zones]\npath = 'zones.csv'\n[sources.units]\npath = 'units.csv'\n[sources.f]\npath = 'flows.csv'\n\
        [flows]\nquery = 'SELECT h AS origin, w AS destination, CAST(n AS BIGINT) AS flow FROM f'\n\
        [jobs.register]\nsource = 'units'\n[jobs.manufacturing.register]\nsource = 'units'\n";
    let out = tables(&folder, study);
    // Manufacturing is part of all jobs.
    assert!(out.join("jobs/part-00000.parquet").exists() && !out.join("jobs_manufacturing").exists());
    assert!(
        messages(&out, "D0792")[0]
            .starts_with("[jobs.manufacturing] is not written: its units are in the table of all jobs")
    );
    assert_eq!(messages(&out, "D0796"), ["publish either `jobs` or an edition of this study, not both"]);
    // A query is as it is, and that is said.
    assert_eq!(messages(&out, "D0797"), ["[flows] is made by a query, and nothing of it is withheld"]);
    assert_eq!(manifest(&out)["not_protected"], serde_json::json!(["flows"]));
    // Units without a zone are counted for whoever has the register, not for readers of the manifest.
    assert_eq!(messages(&out, "D0747"), ["Rows of micro-data without a place"; 2]);
    ok(folder.path(), &["run", "study.toml", "--out", "edition", "-q"]);
    let edition = folder.path().join("edition");
    assert_eq!(messages(&edition, "D0797").len(), 1);
    assert_eq!(manifest(&edition)["not_protected"], serde_json::json!(["flows"]));
    // Nothing of that where the study publishes everything.
    let out = tables(&folder, &format!("{study}[disclosure]\nsuppress = false\n"));
    assert!(out.join("jobs_manufacturing").exists());
    assert_eq!((messages(&out, "D0797").len(), messages(&out, "D0796").len()), (0, 0));
    assert!(messages(&out, "D0747")[0].contains("1 units"), "{:?}", messages(&out, "D0747"));
}
