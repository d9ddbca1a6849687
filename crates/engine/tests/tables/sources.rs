//! Files of a source: which are meant, what they have in common, and what is said of those that do not fit.

use distretto_engine::made::Made;
use distretto_engine::source::{ColumnType, Layout, Source};
use distretto_engine::{EngineError, Kind, Order};

use super::made::Place;

/// Files in a folder, and a source `t` of some of them.
struct Files {
    place: Place,
}

impl Files {
    fn new(files: &[(&str, &str)]) -> Self {
        let bytes: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
        Self::of_bytes(&bytes)
    }

    fn of_bytes(files: &[(&str, &[u8])]) -> Self {
        let mut place = Place::new();
        for (name, bytes) in files {
            let path = place.folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, bytes).unwrap();
        }
        place.sources.push(Source {
            name: "t".into(),
            base: place.folder.path().into(),
            ..Source::default()
        });
        Self { place }
    }

    /// The source is these paths.
    fn at(&mut self, paths: &[&str]) -> &mut Self {
        self.place.sources[0].paths = paths.iter().map(|path| (*path).to_owned()).collect();
        self
    }

    fn source(&mut self) -> &mut Source {
        &mut self.place.sources[0]
    }

    fn types(&mut self, types: &[(&str, ColumnType)]) -> &mut Self {
        self.source().types = types.iter().map(|(name, kind)| ((*name).to_owned(), *kind)).collect();
        self
    }

    fn rows(&self, sql: &str) -> Vec<String> {
        self.place.query(sql)
    }

    fn fault(&self) -> EngineError {
        self.place.fault(&Order::Query("SELECT * FROM t".into()))
    }

    fn made(&self, sql: &str) -> Made {
        self.place.make(&Order::Query(sql.into())).0
    }
}

const ALL: &str = "SELECT * FROM t";

#[test]
fn files_with_other_columns_or_another_order_are_named() {
    let a = ("u/a.csv", "zone,act,emp\nA,1,5\n");
    for header in ["emp,zone,act", "zone,act", "zone,act,emp,more", "zone,act,Emp"] {
        let mut files = Files::new(&[a, ("u/b.csv", &format!("{header}\n"))]);
        for paths in [&["u"][..], &["u/*.csv"], &["u/b.csv", "u/a.csv"]] {
            let fault = files.at(paths).fault();
            assert_eq!(
                (fault.kind, fault.what.as_str()),
                (Kind::Source, "the files of a source have different columns")
            );
            assert!(fault.place.unwrap().ends_with("u/b.csv"), "{header}");
            let why = fault.why.unwrap();
            assert!(why.contains("u/a.csv") && why.contains("`zone`, `act`, `emp`"), "{why}");
        }
    }
    let quoted = ("u/b.csv", "\u{feff}\"zone\",\"act\",\"emp\"\r\nB,2,6\r\n");
    assert_eq!(Files::new(&[a, quoted, ("u/c.csv", "")]).at(&["u"]).rows(ALL), ["A 1 5", "B 2 6"]);
}

#[test]
fn headers_of_compressed_text_are_compared_too() {
    // `zone,n`, `A,1` and `n,zone`, `1,B`, written by gzip.
    let a = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xab\xca\xcf\x4b\xd5\xc9\xe3\x72\xd4\x31\xe4\x02\x00\x9c\x5b\x68\x1f\x0b\x00\x00\x00";
    let b = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xcb\xd3\xa9\xca\xcf\x4b\xe5\x32\xd4\x71\xe2\x02\x00\xf9\x41\x58\xc2\x0b\x00\x00\x00";
    let all = |b: &[u8]| Files::of_bytes(&[("u/a.csv.gz", a), ("u/b.csv.gz", b)]);
    assert_eq!(all(a).at(&["u"]).rows(ALL), ["A 1", "A 1"]);
    let fault = all(b).at(&["u"]).fault();
    assert!(fault.what.contains("different columns") && fault.place.unwrap().ends_with("b.csv.gz"));
    let fault = all(&b[..12]).at(&["u"]).fault();
    assert_eq!((fault.kind, fault.what.as_str()), (Kind::Source, "the header of the text cannot be read"));
    assert!(fault.place.is_some() && fault.why.is_some(), "{fault:?}");
}

#[test]
fn what_is_wrong_with_a_header_is_said() {
    let latin = Files::of_bytes(&[("t.csv", b"zone,citt\xe0\nA,1\n")]).at(&["t.csv"]).fault();
    assert!(latin.kind == Kind::Source && latin.place.unwrap().ends_with("t.csv"));
    assert!(latin.why.unwrap().contains("UTF-8") && latin.help.unwrap().contains("UTF-8"));
    let below = Files::of_bytes(&[("t.csv", b"zone,n\nA,\xe0\n")]).at(&["t.csv"]).fault();
    assert!(below.kind == Kind::Source && below.place.unwrap().ends_with("t.csv"));
    assert!(below.help.unwrap().contains("UTF-8"));
    let twice = Files::new(&[("t.csv", "zone,n,n\nA,1,2\n")]).at(&["t.csv"]).fault();
    assert_eq!((twice.kind, twice.what.as_str()), (Kind::Source, "the header names a column `n` twice"));
    let empty = Files::new(&[("t.csv", "")]).at(&["t.csv"]).fault();
    assert_eq!((empty.kind, empty.what.as_str()), (Kind::Source, "all files are empty"));
}

#[test]
fn files_of_one_ending_are_read_whatever_its_capitals() {
    let (a, b) = (("u/a.csv", "zone\nA\n"), ("u/b.CSV", "zone\nB\n"));
    let mut files = Files::new(&[a, b, ("u/README.md", "# nothing\n")]);
    assert_eq!(files.at(&["u"]).rows(ALL), ["A", "B"]);
    assert_eq!(files.place.engine().files(&Order::Query(ALL.into())).unwrap().len(), 2);
    let mut files = Files::new(&[a, b, ("u/c.txt", "zone\nC\n")]);
    let fault = files.at(&["u"]).fault();
    assert_eq!(
        (fault.kind, fault.what.as_str()),
        (Kind::Source, "the files of a source have several endings")
    );
    assert!(fault.place.unwrap().ends_with("c.txt") && fault.why.unwrap().contains("a.csv"));
    files.source().layout = Layout::Csv;
    assert_eq!(files.rows(ALL), ["A", "B", "C"]);
}

#[test]
fn a_file_that_is_named_is_never_passed_over() {
    let mut files = Files::new(&[("a.csv", "zone\nA\n"), ("b.dat", "zone\nB\n"), ("_c.csv", "zone\nC\n")]);
    let fault = files.at(&["a.csv", "b.dat"]).fault();
    assert!(fault.kind == Kind::Source && fault.place.unwrap().ends_with("b.dat"));
    files.source().layout = Layout::Csv;
    assert_eq!(files.rows(ALL), ["A", "B"]);
    assert_eq!(files.at(&["a.csv", "_c.csv"]).rows(ALL), ["A", "C"]);
    let fault =
        Files::new(&[("a.csv", "zone\nA\n"), ("b.csv.gz", "nothing")]).at(&["a.csv", "b.csv.gz"]).fault();
    assert!(fault.kind == Kind::Source && fault.place.unwrap().ends_with("b.csv.gz"));
}

#[test]
fn with_a_format_files_of_any_ending_are_read_where_none_is_of_the_format() {
    let mut files = Files::new(&[("u/2010.01", "zone\nA\n"), ("u/2010.02", "zone\nB\n")]);
    assert_eq!(files.at(&["u"]).fault().kind, Kind::Source);
    files.source().layout = Layout::Csv;
    assert_eq!(files.rows(ALL), ["A", "B"]);
    let mut files = Files::new(&[("u/README.md", "# nothing\n"), ("u/data.csv", "zone\nA\n")]);
    files.at(&["u"]).source().layout = Layout::Csv;
    assert_eq!(files.rows(ALL), ["A"]);
}

#[test]
fn a_file_of_two_paths_is_read_once() {
    let files = [("u/a.csv", "zone\nA\n"), ("u/b.CSV", "zone\nB\n")];
    assert_eq!(Files::new(&files).at(&["u", "u/a.csv", "u/*.CSV", "u"]).rows(ALL), ["A", "B"]);
}

#[test]
fn hidden_files_and_folders_are_left_out() {
    let files = [
        ("u/a.csv", "zone\nA\n"),
        ("u/._a.csv", "nothing"),
        ("u/_b.csv", "zone\nB\n"),
        ("u/_temporary/0/c.csv", "zone\nC\n"),
    ];
    for path in ["u", "u/*.csv", "u/**/*.csv"] {
        assert_eq!(Files::new(&files).at(&[path]).rows(ALL), ["A"], "{path}");
    }
    assert_eq!(Files::new(&files).at(&["u/_temporary"]).rows(ALL), ["C"], "a folder that is named is read");
}

#[test]
fn a_path_that_exists_is_no_pattern() {
    for (name, other) in [("data[1].csv", "data1.csv"), ("a?b.csv", "axb.csv"), ("a*b.csv", "axb.csv")] {
        let mut files = Files::new(&[(name, "zone\nA\n"), (other, "zone\nX\n")]);
        assert_eq!(files.at(&[name]).rows(ALL), ["A"], "{name}");
    }
    let mut files = Files::new(&[("u [v1]/a.csv", "zone\nA\n"), ("u v/a.csv", "zone\nX\n")]);
    for path in ["u [v1]", "u [v1]/", "u [v1]/a.csv", "u [v1]/*.csv", "u v/../u [v1]/*.csv"] {
        assert_eq!(files.at(&[path]).rows(ALL), ["A"], "{path}");
    }
}

#[test]
fn keys_of_folders_are_the_same_in_all_files() {
    let a = ("u/year=2011/a.csv", "zone\nA\n");
    assert_eq!(
        Files::new(&[a, ("v/year=2012/b.csv", "zone\nB\n")]).at(&["u", "v"]).rows(ALL),
        ["A 2011", "B 2012"]
    );
    for other in ["v/b.csv", "v/month=2/b.csv", "v/year=2012/month=2/b.csv"] {
        let mut files = Files::new(&[a, (other, "zone\nB\n")]);
        for paths in [["u", "v"], ["v", "u"], ["u", other]] {
            let fault = files.at(&paths).fault();
            assert_eq!(fault.kind, Kind::Source, "{paths:?}");
            assert!(
                fault.what.contains("different keys") && fault.why.unwrap().contains("`year=`"),
                "{paths:?}"
            );
        }
    }
    let many: Vec<String> = (10..30).map(|year| format!("u/year=20{year}/a.csv")).collect();
    let mut many: Vec<(&str, &str)> = many.iter().map(|name| (name.as_str(), "zone\nA\n")).collect();
    many.push(("u/year=2030/month=1/a.csv", "zone\nA\n"));
    assert!(Files::new(&many).at(&["u"]).fault().what.contains("different keys"), "all are looked at");
    let fault = Files::new(&[("u/raw/year=2011/a.csv", "zone\nA\n")]).at(&["u"]).fault();
    assert!(fault.kind == Kind::Source && fault.what.contains("above one with a key"));
    let fault = Files::new(&[("u/zone=1/a.csv", "zone\nA\n")]).at(&["u"]).fault();
    assert!(
        fault.kind == Kind::Source && fault.what.contains("`zone` is both in the files and"),
        "{fault:?}"
    );
}

#[test]
fn keys_of_folders_may_be_missing_and_have_kinds() {
    let mut files = Files::new(&[
        ("u/year=2011/a.csv", "zone\nA\n"),
        ("u/year=__HIVE_DEFAULT_PARTITION__/b.csv", "zone\nB\n"),
    ]);
    assert_eq!(files.at(&["u"]).rows(ALL), ["A 2011", "B -"]);
    assert_eq!(files.rows("SELECT zone FROM t WHERE year = '2011'"), ["A"]);
    files.types(&[("year", ColumnType::Whole)]);
    assert_eq!(files.rows("SELECT zone, year + 1 AS next FROM t"), ["A 2012", "B -"]);
    assert_eq!(files.rows("SELECT zone FROM t WHERE year > 2010"), ["A"]);
}

#[test]
fn json_is_inferred_from_all_of_its_rows() {
    let rows = "{\"id\":12345678901234567890,\"n\":1}\n".repeat(1500);
    let last = "{\"id\":12345678901234567891,\"n\":2.75,\"late\":\"x\",\"in\":{\"a\":1}}\n";
    let mut files = Files::new(&[("u/a.json", &rows), ("u/b.json", last)]);
    assert_eq!(
        files
            .at(&["u"])
            .rows("SELECT id, sum(n) AS n, max(late) AS late, max(t.in['a']) AS a FROM t GROUP BY id"),
        ["12345678901234567890 1500.0 - -", "12345678901234567891 2.75 x 1"]
    );
    assert_eq!(files.rows("SELECT DISTINCT CAST(id AS VARCHAR) || '!' AS id FROM t").len(), 2);
    let fault = Files::new(&[("t.json", "{\"a\":1}\n{\"a\":\"1\"}\n")]).at(&["t.json"]).fault();
    assert_eq!((fault.kind, fault.what.as_str()), (Kind::Source, "column `a` holds values of several kinds"));
    let fault = Files::new(&[("t.json", "[{\"a\":1}]\n")]).at(&["t.json"]).fault();
    assert!(fault.kind == Kind::Source && fault.place.unwrap().ends_with("t.json"));
}

#[test]
fn types_hold_for_json_and_parquet_or_are_refused() {
    let mut files =
        Files::new(&[("t.json", "{\"code\":7,\"x\":1.5,\"day\":\"2011-10-09\",\"k\":20111009}\n")]);
    let types = [("code", ColumnType::Text), ("day", ColumnType::Date)];
    assert_eq!(
        files
            .at(&["t.json"])
            .types(&types)
            .rows("SELECT code || '!' AS code, day + INTERVAL '1' DAY > day AS later FROM t"),
        ["7! true"]
    );
    let mut parquet = Files::new(&[]);
    let made = files.types(&[]).made("SELECT code, x, day, k FROM t");
    std::fs::copy(&made.files[0], parquet.place.folder.path().join("t.parquet")).unwrap();
    parquet.at(&["t.parquet"]);
    assert_eq!(
        parquet.types(&types).rows("SELECT code || '!' AS code, arrow_typeof(day) AS day FROM t"),
        ["7! Date32"]
    );
    for files in [&mut files, &mut parquet] {
        for (name, kind) in [("x", ColumnType::Whole), ("k", ColumnType::Date)] {
            let fault = files.types(&[(name, kind)]).fault();
            assert_eq!(fault.kind, Kind::Query);
            assert!(fault.what.contains(&format!("column `{name}` a kind that it cannot have")), "{fault:?}");
        }
        assert!(files.types(&[("nope", ColumnType::Date)]).fault().what.ends_with("names a column `nope`"));
        files.types(&[]).source().delimiter = Some(b';');
        assert!(files.fault().what.contains("`delimiter`"));
        files.source().delimiter = None;
    }
}

#[test]
fn a_query_has_no_keys_of_files() {
    let query = Source { name: "t".into(), query: Some("SELECT 1 AS a".into()), ..Source::default() };
    let fault = |source: Source| {
        let fault = Place { sources: vec![source], ..Place::new() }.fault(&Order::Query(ALL.into()));
        (fault.kind, fault.what)
    };
    let told = |key: &str| (Kind::Query, format!("source `t` is a query and has `{key}`, which is of files"));
    assert_eq!(
        fault(Source { types: [("a".into(), ColumnType::Text)].into(), ..query.clone() }),
        told("types")
    );
    assert_eq!(fault(Source { delimiter: Some(b';'), ..query.clone() }), told("delimiter"));
    assert_eq!(fault(Source { layout: Layout::Csv, ..query }), told("format"));
}

#[test]
fn a_query_over_itself_is_told() {
    let source =
        |name: &str, sql: &str| Source { name: name.into(), query: Some(sql.into()), ..Source::default() };
    let place = Place {
        sources: vec![source("a", "SELECT * FROM b"), source("b", "SELECT * FROM a")],
        ..Place::new()
    };
    let fault = place.fault(&Order::Query("SELECT 1 AS x FROM a".into()));
    assert_eq!((fault.kind, fault.what.as_str()), (Kind::Query, "source `a` is a query over itself"));
    assert!(fault.why.unwrap().contains("`a`, `b`, `a`"));
}

#[test]
fn a_broken_parquet_file_is_named() {
    for bytes in [&b"PAR1xxxxPAR1"[..], b"PAR1", b"this is no parquet"] {
        let fault = Files::of_bytes(&[("t.parquet", bytes)]).at(&["t.parquet"]).fault();
        assert!(fault.kind == Kind::Source && fault.place.unwrap().ends_with("t.parquet"), "{bytes:?}");
    }
}

#[test]
fn columns_of_parquet_are_of_one_kind_in_all_files() {
    let mut files = Files::new(&[("x.csv", "a\n1\n")]);
    let folder = files.place.folder.path().join("u");
    std::fs::create_dir(&folder).unwrap();
    let parts = [("a", "INT"), ("b", "BIGINT")];
    for (name, kind) in parts {
        let made = files.at(&["x.csv"]).made(&format!("SELECT CAST(a AS {kind}) AS n, 1 AS {name} FROM t"));
        std::fs::copy(&made.files[0], folder.join(format!("{name}.parquet"))).unwrap();
    }
    let fault = files.at(&["u"]).fault();
    assert_eq!(
        (fault.kind, fault.what.as_str()),
        (Kind::Source, "column `n` is not of one kind in all files of a source")
    );
    assert!(fault.place.unwrap().ends_with("b.parquet") && fault.why.unwrap().contains("a.parquet"));
    std::fs::copy(folder.join("a.parquet"), folder.join("c.parquet")).unwrap();
    let made = files.at(&["x.csv"]).made("SELECT CAST(a AS INT) AS n, 7 AS more FROM t");
    std::fs::copy(&made.files[0], folder.join("d.parquet")).unwrap();
    assert_eq!(
        files.at(&["u/[cd].parquet"]).rows("SELECT n, a, more FROM t"),
        ["1 - 7", "1 1 -"],
        "all files of a pattern are looked at"
    );
}
