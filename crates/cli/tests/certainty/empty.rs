//! Replicates without areas, and runs without.

use serde_json::Value;

use crate::country::{Country, assert_numbers};

/// 65 employed residents; an area needs 60.
const FLOWS: &str = "origin,destination,flow\n1,1,30\n1,2,3\n2,2,20\n2,1,2\n3,3,9\n3,1,1\n";
const EDGE: &str = "--min-size 60 --target-size 61 --min-sc 0.1 --target-sc 0.11 --quiet";

#[test]
fn replicates_without_areas_count_as_none() {
    let country = Country::of_flows(FLOWS);
    let (_, err) =
        country.sure(&format!("flows.csv {} --replicates 40 --out sure", EDGE.replace("--quiet", "")));
    assert!(err.contains("replicates (sampling) found no area [D0734]\n  they count as 0 areas"), "{err}");
    let areas = country.numbers("sure/replicates.csv", "areas");
    let empty = areas.iter().filter(|&&areas| areas == 0.0).count();
    assert!(empty > 4 && empty < 36, "{empty}");
    let counts: Value = serde_json::from_str(&country.read("sure/counts.json")).unwrap();
    assert_eq!(counts["empty"].as_u64(), Some(empty as u64));
    assert_eq!(counts["areas"]["histogram"][0]["value"].as_u64(), Some(0));
    for (areas, ari) in areas.iter().zip(country.column("sure/replicates.csv", "ari")) {
        assert_eq!(*areas == 0.0, ari.is_empty(), "nothing can be said of likeness without areas");
    }
    for without in country.numbers("sure/zones.csv", "without_area") {
        assert!(without >= empty as f64 / 40.0);
    }
    assert_numbers(&country.at().join("sure"));
}

#[test]
fn an_edition_with_replicates_without_areas() {
    let country = Country::of_flows(FLOWS);
    country.write(
        "study.toml",
        "[flows]\npath = 'flows.csv'\n[areas]\nmin_size = 60\ntarget_size = 61\nmin_sc = 0.1\ntarget_sc = 0.11\n\
         tuning = 'none'\n[certainty]\nvary = ['sampling', 'tie']",
    );
    country.sure("--replicates 40 --out sure --quiet");
    assert_numbers(&country.at().join("sure"));
    assert!(country.read("sure/manifest.json").contains("D0734"));
}

#[test]
fn where_hardly_any_replicate_has_areas() {
    let country = Country::of_flows(&FLOWS.replace("30", "29").replace("20", "18"));
    let (out, _) = country
        .sure(&format!("flows.csv {EDGE} --sampling survey --fraction 0.1 --replicates 12 --out sure"));
    assert!(!out.is_empty());
    assert_numbers(&country.at().join("sure"));
}

#[test]
fn a_run_without_areas_is_refused() {
    let country = Country::of_flows(FLOWS);
    let large = EDGE.replace("60", "600").replace("61", "601");
    let err = country.refused(3, "D0721", &format!("flows.csv {large} --replicates 5 --out sure"));
    assert!(err.contains("min_size"), "{err}");
    country.write("flows.csv", "origin,destination,flow\n1,1,80\n");
    country.refused(3, "D0721", &format!("flows.csv {EDGE} --replicates 5 --out sure"));
}
