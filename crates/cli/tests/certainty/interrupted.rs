//! Ctrl-C keeps what is done.

#![cfg(unix)]

use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::country::{Country, assert_same, edition, names};

/// A command that would take long, once it has kept replicates.
fn working(country: &Country) -> Child {
    let child = Command::new(env!("CARGO_BIN_EXE_distretto"))
        .current_dir(country.at())
        .args(["certainty", "world/study.toml", "--out", "long", "--replicates", "200000"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let kept = country.at().join("long.replicates");
    let began = Instant::now();
    while !(kept.exists() && names(&kept).len() > 2) {
        assert!(began.elapsed() < Duration::from_mins(1), "no replicates are made");
        std::thread::sleep(Duration::from_millis(20));
    }
    child
}

fn interrupt(child: &Child) {
    let number = child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &number]).status().unwrap().success());
}

#[test]
fn what_is_done_is_kept_and_used() {
    let country = Country::made();
    let child = working(&country);
    interrupt(&child);
    let output = child.wait_with_output().unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(130), "{err}");
    assert!(output.stdout.is_empty());
    let told = err.lines().find(|line| line.starts_with("stopped: ")).unwrap();
    let number = |at: usize| told.split(' ').nth(at).unwrap().parse::<usize>().unwrap();
    let (kept, all) = (number(1), number(3));
    assert!(told.ends_with("replicates are kept in long.replicates; the same command goes on from there"));
    assert!(kept > 1 && kept < all, "{told}");
    assert_eq!(all, 300_000, "200 000 of both sources and a quarter as many of each");
    assert_eq!(names(country.at()).iter().filter(|name| name.ends_with(".partial")).count(), 0);
    assert!(!country.at().join("long").exists(), "no edition is written");

    let more = kept + 10;
    let (_, err) = country.sure(&format!("world/study.toml --out long --replicates {more}"));
    assert!(err.contains(&format!("({kept} are kept from before)")), "{err}");
    country.sure(&format!("world/study.toml --out whole --replicates {more} --quiet"));
    assert_same(&edition(&country.at().join("long")), &edition(&country.at().join("whole")));
}

#[test]
fn a_program_that_is_killed_loses_no_more_than_a_block() {
    let country = Country::made();
    let mut child = working(&country);
    child.kill().unwrap();
    child.wait().unwrap();
    country.sure("world/study.toml --out long --replicates 20 --quiet");
    country.sure("world/study.toml --out whole --replicates 20 --quiet");
    assert_same(&edition(&country.at().join("long")), &edition(&country.at().join("whole")));
}
