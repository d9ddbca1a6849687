//! What cannot be done is refused before anything is written.

use crate::country::Country;

#[test]
fn options_out_of_range() {
    let country = Country::made();
    for input in ["world/study.toml", "world/flows.csv.gz"] {
        let refused = |code: &str, args: &str| country.refused(2, code, &format!("{input} --out no {args}"));
        for replicates in ["0", "1", "1000001"] {
            let err = refused("D0011", &format!("--replicates {replicates}"));
            assert!(err.contains(&format!("`replicates` is {replicates}")), "{err}");
        }
        for fraction in ["0", "1.5", "-0.1", "nan"] {
            let err = refused("D0011", &format!("--sampling survey --fraction={fraction}"));
            assert!(err.contains("above 0 and at most 1"), "{err}");
        }
        assert!(refused("D0008", "--fraction 0.5").contains("`--sampling survey`"));
        assert!(refused("D0008", "--sampling poisson --fraction 0.5").contains("`--sampling survey`"));
        assert!(refused("D0005", "--sampling survey").contains("needs `fraction`"));
        assert!(refused("D0004", "--threads 0").contains("`--threads` is 0"));
        refused("D0013", "--vary vintage");
    }
    country.refused(2, "D0013", "world/flows.csv.gz --out no --sampling none");
    country.refused(2, "D0006", "world/flows.csv.gz --out no --min-size 10000 --target-size 1000");
    for strange in
        ["--replicates -3", "--replicates many", "--vary weather", "--sampling guess", "--threads x"]
    {
        let output = country.certainty(&format!("world/study.toml --out no {strange}"));
        assert_eq!(output.status.code(), Some(2), "{strange}");
        assert!(!country.at().join("no").exists());
    }
}

#[test]
fn options_of_the_other_kind_of_input() {
    let country = Country::made();
    for option in
        ["--mode reference", "--min-size 5", "--origin x", "--margin x", "--borders world/borders.geojson.gz"]
    {
        let err = country.refused(2, "D0008", &format!("world/study.toml --out no {option}"));
        let name = option.split(' ').next().unwrap();
        assert!(err.contains(&format!("`{name}` is for a table of flows, not for a study")), "{err}");
    }
    assert!(country.refused(2, "D0001", "--out no").contains("study.toml"));
    assert!(country.refused(3, "D0101", "flows.csv --out no").contains("in flows.csv"));
    country.refused(3, "D0102", "world --out no");
    let err = country.refused(3, "D0202", "world/zones.csv --out no");
    assert!(err.contains("world/zones.csv"), "{err}");
    let err = country.refused(3, "D0101", "world/flows.csv.gz --borders world/border.geojson.gz --out no");
    assert!(err.contains("borders.geojson.gz"), "{err}");
}

#[test]
fn studies_in_which_nothing_can_vary_as_they_say() {
    let country = Country::made();
    for (exit, code, keys, says) in [
        (2, "D0013", "vary = []", "`vary` names no source"),
        (2, "D0012", "rule.min_size = { from = 1200, to = 800 }", "runs from 1200 to 800"),
        (2, "D0012", "rule.min_size = [20000]", "min"),
        (2, "D0011", "replicates = 1", "`replicates` is 1"),
        (2, "D0004", "replicates = 'many'", "string \"many\""),
        (3, "D0202", "sampling.flows = 'margins'", "no column `margin`"),
        (3, "D0101", "vary = ['vintage']\nvintage = [{ name = 'x', flows = { path = 'x.csv' } }]", "x.csv"),
        (2, "D0005", "vary = ['vintage']\nvintage = [{ name = 'x' }]", "neither flows nor jobs"),
    ] {
        country.study_with("bad.toml", &format!("[certainty]\n{keys}"));
        let err = country.refused(exit, code, "world/bad.toml --out no");
        assert!(err.contains(says), "{keys}: {err}");
    }
}

#[test]
fn margins_that_some_flows_lack() {
    let rows = "1,1,400,20\n1,2,60,9\n2,1,50,\n2,2,300,18\n";
    let country = Country::of_flows(&format!("origin,destination,flow,moe\n{rows}"));
    let args = "flows.csv --min-size 100 --target-size 200 --out sure --replicates 5 --sampling margins";
    let err = country.refused(3, "D0410", args);
    assert!(err.contains("1 of 4 flows between zones has no margin of error"), "{err}");
    assert!(err.contains("in flows.csv, row 4"), "{err}");

    country
        .write("flows.csv", &format!("origin,destination,flow,error\n{}", rows.replace("50,\n", "50,7\n")));
    country.refused(3, "D0202", args);
    country.refused(3, "D0202", &format!("{args} --margin eror"));
    country.sure(&format!("{args} --margin error --quiet"));
    let counts = country.read("sure/counts.json");
    assert!(counts.contains("\"flows\": \"margins\""), "{counts}");
}
