//! Replicates that are kept are of this study, or are not taken.

use crate::country::{Country, everything};

const STUDY: &str = "world/study.toml --out sure --replicates 5";

fn with_replicates() -> Country {
    let country = Country::made();
    country.sure(&format!("{STUDY} --quiet"));
    country
}

#[test]
fn of_another_study_they_are_refused_and_left_alone() {
    let country = with_replicates();
    let differs = |args: &str, what: &str| {
        let err = country.refused(2, "D0731", args);
        assert!(err.contains(&format!("  what differs: {what}\n")), "{args}: {err}");
        assert!(err.contains("in sure.replicates") && err.contains("`--keep`"), "{err}");
    };
    differs(&format!("{STUDY} --seed 2"), "`seed`");
    differs(&format!("{STUDY} --seed 2 --dry-run"), "`seed`");
    differs(
        &format!("{STUDY} --sampling survey --fraction 0.5"),
        "`flows of [certainty.sampling]`, `fraction of [certainty.sampling]`",
    );
    let other = |name: &str| format!("world/{name} --out sure --replicates 5");
    country.study("size.toml", |study| study.replace("min_size = 1000", "min_size = 900"));
    differs(&other("size.toml"), "`min_size of [areas]`");
    country.study("mode.toml", |study| study.replace("\"clean\"", "\"reference\""));
    differs(&other("mode.toml"), "`mode of [areas]`");
    country
        .study("rule.toml", |study| study.replace("rule = \"istat\"", "rule = \"istat\"\nsme_share = 0.6"));
    differs(&other("rule.toml"), "`sme_share of [districts]`");
    country.study_with("within.toml", "[certainty.rule]\nwithin = 0.2");
    differs(&other("within.toml"), "`[certainty.rule]`");

    // Another folder for the others; both stay.
    let before = everything(&country.at().join("sure.replicates"));
    country.sure(&format!("{STUDY} --seed 2 --keep others --quiet"));
    assert!(country.at().join("others/about.json").is_file());
    assert!(before == everything(&country.at().join("sure.replicates")));

    let jobs = country.read("world/jobs.csv");
    let (rest, last) = jobs.trim_end().rsplit_once('\n').unwrap();
    assert!(!last.is_empty());
    country.write("world/jobs.csv", rest);
    differs(STUDY, "`jobs.csv`");
}

#[test]
fn what_changes_no_replicate_changes_nothing() {
    let country = with_replicates();
    country.study("named.toml", |study| {
        let study = study.replace("title = ", "title = \"Another \" # ");
        let (before, _) = study.split_once("[[compare]]").unwrap();
        format!("{before}\n[output]\nformats = [\"csv\"]\n[certainty]\nvary = [\"tie\", \"rule\", \"sampling\"]\n[certainty.sampling]\nflows = \"poisson\"")
    });
    let (_, err) =
        country.sure("world/named.toml --out sure --replicates 5 --vary sampling,rule --threads 1");
    assert!(!err.contains("to make"), "{err}");
}

#[test]
fn damaged_ones_are_named_and_made_again_where_they_are_removed() {
    let country = with_replicates();
    let edition = crate::country::edition(&country.at().join("sure"));
    let name = "sure.replicates/sampling-000001-000005.parquet";
    let path = country.at().join(name);
    let bytes = std::fs::read(&path).unwrap();
    let other = std::fs::read(country.at().join("sure/zones.parquet")).unwrap();
    let mut turned = bytes.clone();
    for byte in &mut turned[bytes.len() / 4..bytes.len() / 2] {
        *byte = !*byte;
    }
    for damaged in [&b""[..], b"no table", &bytes[..bytes.len() / 2], &other, &turned] {
        std::fs::write(&path, damaged).unwrap();
        for args in
            [STUDY, "world/study.toml --out sure --replicates 9", "world/study.toml --out sure --dry-run"]
        {
            let err = country.refused(3, "D0732", args);
            assert!(err.contains(&format!("in {name}")) && err.contains("remove the file"), "{err}");
        }
    }
    std::fs::remove_file(&path).unwrap();
    let (_, err) = country.sure(STUDY);
    assert!(err.contains("5 replicates to make (10 are kept from before)"), "{err}");
    crate::country::assert_same(&edition, &crate::country::edition(&country.at().join("sure")));

    country.write("sure.replicates/about.json", "{");
    let err = country.refused(3, "D0732", STUDY);
    assert!(err.contains("about.json") && err.contains("remove the folder"), "{err}");
}

#[test]
fn a_folder_with_something_else_is_left_alone() {
    let country = Country::made();
    for (args, names) in [
        ("--out sure --keep world", "in world"),
        ("--out sure --keep world/zones.csv", "in world/zones.csv"),
        ("--out world", "it holds "),
        ("--out world/zones.csv", "it is a file"),
    ] {
        for input in ["world/study.toml", "world/flows.csv.gz"] {
            let err = country.refused(2, "D0801", &format!("{input} {args} --replicates 5"));
            assert!(err.contains(names), "{args}: {err}");
        }
    }
    for keep in ["sure", "./sure", "sure/kept"] {
        let err = country.refused(2, "D0008", &format!("{STUDY} --keep {keep}"));
        assert!(err.contains("replicates cannot be kept in the output folder"), "{err}");
    }
    country.sure("world/flows.csv.gz --out two/sure --keep two --replicates 5 --quiet");
}
