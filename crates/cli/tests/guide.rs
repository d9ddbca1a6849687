//! `docs/guide.md` shows what its commands print. The page is one shell session: the blocks `console` are run in order in an empty
//! folder, and a block whose fence names a file (```` ```toml given.toml ````) is written to that file first.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that cannot read what it needs must fail")]

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/guide.md");
/// Stands for the rest of an output.
const CUT: &str = "[...]";

/// Ends the output of a command; no command prints it.
const END: char = '\u{1}';

/// The session of the page as a shell script: the output of each command is followed by `END`.
fn script(page: &str) -> String {
    let mut script = String::from("exec 2>&1\n");
    let mut fence = None;
    for line in page.lines() {
        match (fence, line.strip_prefix("```")) {
            (None, Some(info)) => {
                fence = Some(info);
                if let Some((_, file)) = info.split_once(' ') {
                    let _ = writeln!(script, "mkdir -p $(dirname {file})\ncat > {file} <<'END OF FILE'");
                }
            }
            (Some(info), Some(_)) => {
                fence = None;
                if info.contains(' ') {
                    script.push_str("END OF FILE\n");
                }
            }
            (Some("console"), None) => {
                if let Some(command) = line.strip_prefix("$ ") {
                    let _ = writeln!(script, "{command}\nprintf '\\001'");
                }
            }
            (Some(info), None) if info.contains(' ') => {
                let _ = writeln!(script, "{line}");
            }
            _ => {}
        }
    }
    script
}

/// The page with these outputs in the place of those it shows. What is cut on the page is cut after as many lines.
fn renewed(page: &str, outputs: &str) -> String {
    let mut outputs = outputs.split(END);
    let mut new = String::new();
    let mut lines = page.lines().peekable();
    let mut console = false;
    while let Some(line) = lines.next() {
        let _ = writeln!(new, "{line}");
        if line.starts_with("```") {
            console = line == "```console";
        }
        if !console || !line.starts_with("$ ") {
            continue;
        }
        let mut shown = Vec::new();
        while let Some(line) = lines.next_if(|line| !line.starts_with("$ ") && !line.starts_with("```")) {
            shown.push(line);
        }
        let output = outputs.next().unwrap_or_default();
        let cut = shown.iter().position(|&line| line == CUT);
        for line in output.lines().take(cut.unwrap_or(usize::MAX)) {
            let _ = writeln!(new, "{line}");
        }
        if cut.is_some() {
            let _ = writeln!(new, "{CUT}");
        }
    }
    new
}

#[test]
fn the_guide_shows_what_its_commands_print() {
    let page = std::fs::read_to_string(PAGE).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let program = Path::new(env!("CARGO_BIN_EXE_distretto")).parent().unwrap();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    let output = Command::new("sh")
        .args(["-c", &script(&page)])
        .current_dir(folder.path())
        .env("PATH", path)
        .output()
        .unwrap();
    let new = renewed(&page, &String::from_utf8(output.stdout).unwrap());
    if std::env::var_os("DISTRETTO_BLESS").is_some() {
        std::fs::write(PAGE, new).unwrap();
        return;
    }
    for (number, (shown, printed)) in page.lines().zip(new.lines()).enumerate() {
        assert_eq!(shown, printed, "docs/guide.md is stale from row {}: `make docs` renews it", number + 1);
    }
    assert_eq!(page.len(), new.len(), "docs/guide.md is stale at its end: `make docs` renews it");
}
