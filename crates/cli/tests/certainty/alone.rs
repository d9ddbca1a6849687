//! A table of flows without a study.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::command::{piped, redirected};
use crate::country::{Country, assert_numbers, assert_same, everything, names};

const RULE: &str = "--mode reference --min-size 300 --target-size 3000 --min-sc 0.6 --target-sc 0.75";

#[test]
fn four_files_that_agree() {
    let country = Country::made();
    let args = format!(
        "world/flows.csv.gz {RULE} --sampling poisson --replicates 40 --seed 11 --threads 2 --borders world/borders.geojson.gz \
         --borders-key code --origin origin --destination destination --flow flow --out sure"
    );
    let (out, err) = country.sure(&args);
    assert!(err.contains("40 replicates to make: about ") && err.contains("[D0733]"), "{err}");
    assert!(out.starts_with("In 40 redraws (sampling) there are "), "{out}");
    let at = country.at().join("sure");
    let files = ["borders.csv", "counts.json", "replicates.csv", "zones.csv"];
    assert_eq!(names(&at).iter().collect::<Vec<_>>(), files);
    for (file, header, rows) in [
        ("replicates.csv", "replicate,areas,ari,nmi", Some(40)),
        (
            "zones.csv",
            "zone,area,membership,runner_up,runner_up_membership,elsewhere,without_area,entropy,kind",
            Some(150),
        ),
        ("borders.csv", "a,b,strength,strength_raw,strength_se,separates", None),
    ] {
        let text = country.read(&format!("sure/{file}"));
        assert_eq!(text.lines().next(), Some(header), "{file}");
        assert!(rows.is_none_or(|rows| text.lines().count() == rows + 1), "{file}");
    }
    assert_numbers(&at);

    let counts: Value = serde_json::from_str(&country.read("sure/counts.json")).unwrap();
    let said = |key: &str| counts[key].as_u64().unwrap();
    assert_eq!((said("seed"), said("replicates"), said("empty"), said("not_converged")), (11, 40, 0, 0));
    assert_eq!((counts["mode"].as_str(), counts["vary"][0].as_str()), (Some("reference"), Some("sampling")));
    assert_eq!(counts["parameters"]["min_size"].as_f64(), Some(300.0));
    assert!(said("replicates_needed") > 40);
    let mut areas = country.numbers("sure/replicates.csv", "areas");
    let mut histogram: BTreeMap<u64, u64> = BTreeMap::new();
    for &value in &areas {
        *histogram.entry(value as u64).or_default() += 1;
    }
    let told: BTreeMap<u64, u64> = counts["areas"]["histogram"]
        .as_array()
        .unwrap()
        .iter()
        .map(|bar| (bar["value"].as_u64().unwrap(), bar["replicates"].as_u64().unwrap()))
        .collect();
    assert_eq!(told, histogram);
    areas.sort_by(f64::total_cmp);
    assert_eq!(counts["areas"]["median"].as_f64(), Some(areas[19]));
    assert!((counts["areas"]["mean"].as_f64().unwrap() - areas.iter().sum::<f64>() / 40.0).abs() < 1e-9);
    let end = |level: &str, end: usize| counts["areas"][level][end].as_f64().unwrap();
    assert!(end("interval95", 0) <= end("interval80", 0) && end("interval80", 0) <= areas[19]);
    assert!(areas[19] <= end("interval80", 1) && end("interval80", 1) <= end("interval95", 1));

    let zone_areas = country.column("sure/zones.csv", "area");
    let mut of_run: Vec<&String> = zone_areas.iter().filter(|area| !area.is_empty()).collect();
    of_run.sort_unstable();
    of_run.dedup();
    assert_eq!(counts["areas"]["base"].as_u64(), Some(of_run.len() as u64));
    let area_of: BTreeMap<String, &String> =
        country.column("sure/zones.csv", "zone").into_iter().zip(&zone_areas).collect();
    let ends =
        country.column("sure/borders.csv", "a").into_iter().zip(country.column("sure/borders.csv", "b"));
    for ((a, b), separates) in ends.zip(country.column("sure/borders.csv", "separates")) {
        let [one, other] = [area_of[&a], area_of[&b]];
        let expected =
            if one.is_empty() || other.is_empty() { String::new() } else { (one != other).to_string() };
        assert_eq!(separates, expected, "{a} {b}");
    }
    for name in ["membership", "without_area", "elsewhere"] {
        let shares = country.column("sure/zones.csv", name);
        assert!(
            shares
                .iter()
                .filter(|share| !share.is_empty())
                .all(|share| { (0.0..=1.0).contains(&share.parse::<f64>().unwrap()) })
        );
    }

    // Made again over itself, and without borders: what is no longer made is no longer there.
    country.sure(&format!(
        "world/flows.csv.gz {RULE} --seed 11 --replicates 40 --out sure --keep plain --quiet"
    ));
    assert_eq!(names(&at).iter().collect::<Vec<_>>(), ["counts.json", "replicates.csv", "zones.csv"]);
}

#[test]
fn the_run_is_that_of_areas() {
    let country = Country::made();
    country.sure(&format!("world/flows.csv.gz {RULE} --replicates 5 --out sure --quiet"));
    let areas = format!("areas world/flows.csv.gz {RULE} --out areas.csv --quiet");
    crate::command::ok(country.at(), &areas.split(' ').collect::<Vec<_>>());
    let pairs = |table: &str| -> Vec<(String, String)> {
        country.column(table, "zone").into_iter().zip(country.column(table, "area")).collect()
    };
    let mut sure = pairs("sure/zones.csv");
    sure.retain(|(_, area)| !area.is_empty());
    assert_eq!(sure, pairs("areas.csv"));
}

#[test]
fn through_a_pipe_it_is_what_the_file_gives() {
    let country = Country::made();
    let run = |input: &str, out: &str| -> Vec<String> {
        let args = format!("certainty {input} {RULE} --replicates 8 --out {out} --quiet");
        args.split(' ').map(str::to_owned).collect()
    };
    let flows = std::fs::read(country.at().join("world/flows.csv.gz")).unwrap();
    let args = run("-", "piped");
    piped(country.at(), &flows, &args.iter().map(String::as_str).collect::<Vec<_>>());
    let args = run("-", "redirected");
    redirected(country.at(), "world/flows.csv.gz", &args.iter().map(String::as_str).collect::<Vec<_>>());
    country.sure(&run("world/flows.csv.gz", "file")[1..].join(" "));
    let [piped, redirected, file] =
        ["piped", "redirected", "file"].map(|out| everything(&country.at().join(out)));
    assert_same(&piped, &file);
    assert_same(&redirected, &file);
}

#[test]
fn a_dry_run_tells_and_writes_nothing() {
    let country = Country::made();
    country.sure("world/study.toml --replicates 5 --out other --quiet");
    for (input, kept) in [
        (format!("world/flows.csv.gz {RULE}"), "30 of sampling\n"),
        ("world/study.toml --keep other.replicates".to_owned(), "30 of sampling+rule (5 of them kept)"),
    ] {
        let before = everything(country.at());
        let (out, _) = country.sure(&format!("{input} --out sure --replicates 30 --dry-run"));
        assert!(before == everything(country.at()), "{input} wrote something");
        for part in ["would run", "  forecast ", "replicates to make", "counts", "nothing was written", kept]
        {
            assert!(out.contains(part), "{part}: {out}");
        }
        let (_, err) = country.sure(&format!("{input} --out sure --replicates 30 --quiet"));
        assert_eq!(err, "");
        let files = names(&country.at().join("sure"));
        assert!(out.contains(&format!("would write {} files to sure", files.len())), "{out}");
        std::fs::remove_dir_all(country.at().join("sure")).unwrap();
    }
}
