//! The seed decides, not the way there.

use std::path::Path;
use std::time::SystemTime;

use crate::country::{Country, assert_same, edition, everything};

const STUDY: &str = "world/study.toml --quiet";

#[test]
fn in_one_go_or_in_parts_on_one_thread_or_two() {
    let country = Country::made();
    let at = |name: &str| country.at().join(name);
    country.sure(&format!("{STUDY} --out one --replicates 60 --threads 1"));
    country.sure(&format!("{STUDY} --out two --replicates 60 --threads 2"));
    let one = edition(&at("one"));
    assert_same(&one, &edition(&at("two")));
    for name in ["zone_certainty.csv", "border_lines.parquet", "counts.parquet", "report.html"] {
        assert!(one.contains_key(name), "{name}");
    }

    country.sure(&format!("{STUDY} --out three --replicates 20"));
    let twenty = modified(&at("three.replicates"));
    let few = edition(&at("three"));
    let (_, err) = country.sure("world/study.toml --out three --replicates 60");
    assert!(err.contains("120 replicates to make (60 are kept from before)"), "{err}");
    assert_same(&one, &edition(&at("three")));
    let sixty = modified(&at("three.replicates"));
    assert!(twenty.iter().all(|file| sixty.contains(file)), "the first twenty were made again");

    // Fewer than are kept: as if the others had never been.
    let (_, err) = country.sure("world/study.toml --out three --replicates 20");
    assert!(!err.contains("to make"), "{err}");
    assert_same(&few, &edition(&at("three")));
    assert_eq!(sixty, modified(&at("three.replicates")));

    // A gap is filled with what was there.
    for file in everything(&at("three.replicates")).into_keys() {
        if file.contains("-000002-000020") || file.contains("rule-000001") {
            std::fs::remove_file(at("three.replicates").join(file)).unwrap();
        }
    }
    country.sure(&format!("{STUDY} --out three --replicates 60"));
    assert_same(&one, &edition(&at("three")));
}

#[test]
fn another_seed_gives_other_replicates() {
    let country = Country::made();
    for seed in ["1", "2"] {
        country.sure(&format!("{STUDY} --out {seed} --seed {seed} --replicates 20"));
    }
    let [one, two] = ["1", "2"].map(|out| edition(&country.at().join(out)));
    for name in ["replicates.csv", "zone_certainty.csv", "borders.csv"] {
        assert!(one[name] != two[name], "{name}");
    }
    for name in ["zones.csv", "areas.csv", "districts.csv"] {
        assert!(one[name] == two[name], "{name} is of the run, which draws nothing");
    }
    // The seed that goes without saying is 1.
    country.sure(&format!("{STUDY} --out plain --replicates 20"));
    assert_same(&one, &edition(&country.at().join("plain")));
}

#[test]
fn what_varies_beside_sampling_does_not_change_how_it_is_drawn() {
    let country = Country::made();
    country.sure(&format!("{STUDY} --out both --vary sampling,rule --replicates 100"));
    country.sure(&format!("{STUDY} --out sampling --vary sampling --replicates 100"));
    let of = |out: &str, column: &str| country.column(&format!("{out}/replicates.csv"), column);
    let alone: Vec<String> = of("both", "set")
        .into_iter()
        .zip(of("both", "areas"))
        .filter_map(|(set, areas)| (set == "sampling").then_some(areas))
        .collect();
    assert_eq!(alone, of("sampling", "areas"));
}

/// The files of replicates and when they were written.
fn modified(folder: &Path) -> Vec<(String, SystemTime)> {
    let time = |name: &String| std::fs::metadata(folder.join(name)).unwrap().modified().unwrap();
    everything(folder).into_keys().map(|name| (name.clone(), time(&name))).collect()
}
