//! Tables that come through pipes, and answers that go on to other programs.

#![allow(clippy::unwrap_used, reason = "a test that cannot read what it needs must fail")]

mod command;

use command::{distretto, fails, ok, piped, redirected, world};

#[test]
fn a_table_through_a_pipe_gives_what_the_file_gives() {
    let folder = world();
    let at = folder.path();
    let flows = std::fs::read(at.join("world/flows.csv.gz")).unwrap();
    let areas = ok(at, &["areas", "world/flows.csv.gz", "--quiet"]);
    // Longer than any buffer of a pipe: each opening would take its own part.
    assert!(flows.len() > 1 << 16);
    for stdin in ["-", "/dev/stdin"] {
        assert_eq!(piped(at, &flows, &["areas", stdin, "--quiet"]), areas, "{stdin}");
        assert_eq!(redirected(at, "world/flows.csv.gz", &["areas", stdin, "--quiet"]), areas, "{stdin}");
    }
    std::fs::write(at.join("areas.csv"), &areas).unwrap();
    let judge = |areas: &str| ["districts", "world/jobs.csv", "--areas", areas, "--quiet"].map(str::to_owned);
    let args =
        |args: &[String]| piped(at, areas.as_bytes(), &args.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(args(&judge("-")), args(&judge("areas.csv")));
    let jobs = std::fs::read(at.join("world/jobs.csv")).unwrap();
    let from_jobs = piped(at, &jobs, &["districts", "-", "--areas", "areas.csv", "--quiet"]);
    assert_eq!(from_jobs, args(&judge("areas.csv")));
    let same = piped(at, areas.as_bytes(), &["compare", "areas.csv", "-", "--exit-code"]);
    assert!(same.contains("zones_differing"), "{same}");
    let weighed = piped(at, &flows, &["compare", "areas.csv", "areas.csv", "--flows", "-"]);
    assert!(weighed.contains("share_of_residents_differing"), "{weighed}");
}

#[test]
fn parquet_comes_through_a_pipe_too() {
    let folder = world();
    let at = folder.path();
    ok(at, &["areas", "world/flows.csv.gz", "--out", "areas.parquet", "--quiet"]);
    ok(at, &["areas", "world/flows.csv.gz", "--out", "areas.csv", "--quiet"]);
    let areas = std::fs::read(at.join("areas.parquet")).unwrap();
    piped(at, &areas, &["compare", "-", "areas.csv", "--exit-code"]);
}

#[test]
fn a_study_reads_a_stream_once_for_all_its_parts() {
    let folder = world();
    let at = folder.path();
    let study = std::fs::read_to_string(at.join("world/study.toml")).unwrap();
    assert!(study.contains("\"flows.csv.gz\""));
    std::fs::write(at.join("world/piped.toml"), study.replace("\"flows.csv.gz\"", "\"-\"")).unwrap();
    let flows = std::fs::read(at.join("world/flows.csv.gz")).unwrap();
    let from_pipe = piped(at, &flows, &["check", "world/piped.toml", "--json"]);
    assert_eq!(from_pipe, ok(at, &["check", "world/study.toml", "--json"]));
}

#[test]
fn one_stream_is_not_two_tables() {
    let folder = world();
    let at = folder.path();
    for args in [
        &["compare", "-", "-"][..],
        &["compare", "-", "/dev/stdin"],
        &["compare", "a.csv", "-", "--flows", "-"],
        &["districts", "-", "--areas", "-"],
        &["districts", "world/jobs.csv", "--areas", "-", "--manufacturing", "-"],
    ] {
        let error = fails(at, 2, args);
        assert!(error.contains("[D0010]"), "{args:?}: {error}");
    }
    let cut = "origin,destination,flow\n1,2,3\n1,2\n";
    std::fs::write(at.join("cut.csv"), cut).unwrap();
    let redirected = std::fs::File::open(at.join("cut.csv")).unwrap();
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_distretto"))
        .args(["areas", "-"])
        .stdin(redirected)
        .output()
        .unwrap();
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(error.contains("in standard input, row 3"), "{error}");
}

#[test]
fn the_exit_code_answers_whether_two_partitions_are_the_same() {
    let folder = world();
    let at = folder.path();
    let write = |name: &str, text: &str| std::fs::write(at.join(name), text).unwrap();
    write("a.csv", "zone,area\n1,x\n2,x\n3,y\n");
    write("renamed.csv", "zone,area\n3,left\n1,right\n2,right\n");
    write("moved.csv", "zone,area\n1,x\n2,y\n3,y\n");
    write("shorter.csv", "zone,area\n1,x\n2,x\n");
    let code = |other: &str, more: &[&str]| {
        let output = distretto(at, &[&["compare", "a.csv", other], more].concat());
        assert!(!output.stdout.is_empty() && output.stderr.is_empty(), "the answer is given either way");
        output.status.code()
    };
    assert_eq!(code("renamed.csv", &["--exit-code"]), Some(0));
    assert_eq!(code("moved.csv", &["--exit-code"]), Some(1));
    assert_eq!(code("shorter.csv", &["--exit-code", "--crosswalk"]), Some(1));
    assert_eq!(code("moved.csv", &[]), Some(0));
    fails(at, 3, &["compare", "a.csv", "missing.csv", "--exit-code"]);
}
