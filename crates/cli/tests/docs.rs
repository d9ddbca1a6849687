//! `docs/cli.md` is what the command says of itself.

#![allow(clippy::unwrap_used, reason = "a test that cannot read what it needs must fail")]

use std::fmt::Write as _;
use std::process::Command;

fn help(args: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_distretto"))
        .args(args)
        .arg("--help")
        .env("COLUMNS", "100")
        .output()
        .unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn docs_of_the_command_are_fresh() {
    let mut page = String::from("# The command\n\nMade from `distretto --help`; `make docs` renews it.\n");
    let _ = write!(page, "\n```text\n{}```\n", help(&[]));
    for command in [
        "init",
        "check",
        "run",
        "certainty",
        "explain",
        "areas",
        "districts",
        "compare",
        "atlas",
        "atlas serve",
        "atlas build",
        "atlas openapi",
        "tables",
        "tour",
        "tour check",
        "tour districts",
        "tour hosts",
        "tour solve",
        "tour why",
        "tour visit",
        "tour replan",
        "tour book",
        "tour forget",
        "tour store",
        "tour store put",
        "tour store get",
        "tour store list",
        "tour store remove",
        "tour store add-user",
        "tour store set-password",
        "tour store remove-user",
        "tour store users",
        "engine",
        "engine scheduler",
        "engine executor",
        "world",
    ] {
        let words: Vec<&str> = command.split(' ').collect();
        let _ = write!(page, "\n## distretto {command}\n\n```text\n{}```\n", help(&words));
    }
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/cli.md");
    if std::env::var_os("DISTRETTO_BLESS").is_some() {
        std::fs::write(path, page).unwrap();
        return;
    }
    assert_eq!(
        std::fs::read_to_string(path).unwrap_or_default(),
        page,
        "docs/cli.md is stale: `make docs` renews it"
    );
}
