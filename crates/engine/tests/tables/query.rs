//! SQL over sources.

use distretto_engine::source::{ColumnType, Layout, Source};
use distretto_engine::{Kind, Order};

use super::made::Place;

#[test]
fn files_of_several_formats_are_joined() {
    let place = Place::new()
        .with("trips.csv", "home;work;persons\n001;002;3\n001;001;4\n002;001;5\n")
        .with("zones.ndjson", "{\"code\":\"001\",\"area\":\"A\"}\n{\"code\":\"002\",\"area\":\"B\"}\n");
    let sql = "SELECT h.area AS origin, w.area AS destination, sum(CAST(persons AS BIGINT)) AS flow \
               FROM trips JOIN zones h ON home = h.code JOIN zones w ON work = w.code GROUP BY 1, 2";
    assert_eq!(place.query(sql), ["A A 4", "A B 3", "B A 5"]);
}

#[test]
fn codes_keep_their_zeros_and_kinds_are_said() {
    let mut place = Place::new().with("t.csv", "code,n,d,x\n007,2,2011-10-09,1.5\n010,3,2011-10-10,\n");
    assert_eq!(place.query("SELECT code, n || 'x' AS n FROM t"), ["007 2x", "010 3x"]);
    place.sources[0].types =
        [("n".into(), ColumnType::Whole), ("d".into(), ColumnType::Date), ("x".into(), ColumnType::Number)]
            .into();
    assert_eq!(place.query("SELECT sum(n) AS n, max(d) AS d, sum(x) AS x FROM t"), ["5 2011-10-10 1.5"]);
    place.sources[0].types = [("m".into(), ColumnType::Whole)].into();
    let fault = place.fault(&Order::Query("SELECT 1 FROM t".into()));
    assert_eq!((fault.kind, fault.what.as_str()), (Kind::Query, "`types` of source `t` names a column `m`"));
}

#[test]
fn folders_patterns_and_partitions_are_one_source() {
    let place = Place::new()
        .with("years/year=2011/a.csv", "zone,n\nA,1\n")
        .with("years/year=2012/b.csv", "zone,n\nA,2\n")
        .with("years/_README.md", "nothing");
    let of = |path: &str| Place { sources: vec![place.source("t", path)], ..Place::new() };
    let sql = "SELECT year, sum(CAST(n AS BIGINT)) AS n FROM t GROUP BY year";
    assert_eq!(of("years").query(sql), ["2011 1", "2012 2"]);
    let files = of("years").engine().files(&Order::Query(sql.into())).unwrap();
    assert_eq!(files.len(), 2);
    assert!(
        files[0].local && files[0].location.ends_with("year=2011/a.csv") && files[0].size == 11,
        "{files:?}"
    );
    assert_eq!(of("years/*/*.csv").query("SELECT count(*) AS n FROM t"), ["2"]);
}

#[test]
fn sums_of_decimals_are_exact_and_rows_are_in_order() {
    let rows: String = (0..30_000).map(|row| format!("{},0.1\n", 7919 * row % 100)).collect();
    let mut place = Place::new().with("t.csv", &format!("k,x\n{rows}"));
    place.sources[0].types = [("x".into(), ColumnType::Number)].into();
    assert_eq!(place.query("SELECT sum(x) AS s, count(*) AS n FROM t"), ["3000.0 30000"]);
    let made = place.query(
        "SELECT k, sum(x) + 1 AS s, sum(x) FILTER (WHERE k = '1') AS one FROM t GROUP BY k HAVING sum(x) > 1",
    );
    assert_eq!((made.len(), made[0].as_str(), made[1].as_str()), (100, "0 31.0 -", "1 31.0 30.0"));
    assert!(made.is_sorted());
    place.options.threads = Some(1);
    let one = place.query("SELECT k, sum(x) AS s FROM t GROUP BY k ORDER BY k DESC");
    place.options.threads = Some(7);
    assert_eq!(one, place.query("SELECT k, sum(x) AS s FROM t GROUP BY k ORDER BY k DESC"));
    assert!(one.is_sorted_by(|a, b| a >= b));
}

#[test]
fn a_source_may_be_a_query() {
    let mut place = Place::new().with("raw.csv", "zone,n\nA,1\nB,-9\n");
    place.sources.push(Source {
        name: "clean".into(),
        query: Some("SELECT zone, CAST(n AS BIGINT) AS n FROM raw WHERE n <> '-9'".into()),
        ..Source::default()
    });
    assert_eq!(place.query("SELECT * FROM clean"), ["A 1"]);
}

#[test]
fn the_italian_matrix_is_a_source() {
    let text = "S 1 001 001 1 2 1 001 001 000 + + + ND        0000012\nS 1 001 001 1 2 3 000 000 203 + + + ND 0000003\n\
                L 1 001 001 1 2 1 001 001 000 01 1 1 0000012.00 ND\n";
    let mut place = Place::new().with("matrix.txt", &text.replace("        ", " "));
    place.sources[0].layout = Layout::Istat2011;
    let sql = "SELECT origin, destination, sum(flow) AS flow FROM matrix WHERE reason = '2' GROUP BY origin, destination";
    assert_eq!(place.query(sql), ["001001 000000 3", "001001 001001 12"]);
}

#[test]
fn what_is_wrong_with_a_query_is_said() {
    let place = Place::new().with("t.csv", "zone,n\nA,x\n");
    let fault = |sql: &str| place.fault(&Order::Query(sql.into()));
    let missing = fault("SELECT * FROM u");
    assert_eq!(missing.kind, Kind::Query);
    assert!(missing.why.unwrap().contains("table 'u' not found"));
    let column = fault("SELECT zonne FROM t");
    assert_eq!((column.kind, column.why.as_deref()), (Kind::Query, Some("the columns are `zone`, `n`")));
    assert_eq!(fault("SELEC 1").kind, Kind::Query);
    assert_eq!(fault("CREATE TABLE x AS SELECT 1").kind, Kind::Query);
    assert_eq!(fault("COPY t TO 'never.csv'").kind, Kind::Query);
    assert_eq!(fault("SELECT CAST(n AS BIGINT) AS n FROM t").kind, Kind::Value);
}

#[test]
fn files_that_are_not_there_or_not_of_their_format_are_named() {
    let place = Place::new().with("t.parquet", "this is no parquet");
    let fault = |path: &str| {
        Place { sources: vec![place.source("t", path)], ..Place::new() }
            .fault(&Order::Query("SELECT * FROM t".into()))
    };
    for path in ["absent.csv", "*.nothing", "t.parquet"] {
        let fault = fault(path);
        assert_eq!(fault.kind, Kind::Source, "{path}");
        assert!(fault.place.is_some(), "{path}");
    }
    let unknown = Place::new().with("t.xyz", "1");
    assert!(unknown.fault(&Order::Query("SELECT * FROM t".into())).help.unwrap().contains(".parquet"));
}

#[test]
fn plans_are_explained() {
    let place = Place::new().with("t.csv", "zone,n\nA,1\n");
    let plan = place
        .engine()
        .explain(&Order::Query("SELECT zone, count(*) AS n FROM t GROUP BY zone".into()))
        .unwrap();
    assert!(plan.contains("Aggregate") && plan.contains("DataSourceExec"), "{plan}");
}
