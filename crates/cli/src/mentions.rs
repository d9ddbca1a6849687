//! What messages and examples tell the user to type is there: every `distretto ...` of the sources, as far as subcommands and flags.

#![allow(clippy::unwrap_used, reason = "a test that cannot read what it needs must fail")]

use std::path::{Path, PathBuf};

use clap::{Command, CommandFactory as _};

use crate::Cli;

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// What a line tells to type: between backticks, in a line of examples, or alone in a text.
fn mentions(line: &str) -> Vec<&str> {
    let quoted = line.split('`').skip(1).step_by(2).filter(|text| text.starts_with("distretto "));
    let examples = line.split("\\n").map(str::trim).filter(|text| text.starts_with("distretto "));
    // What a file of the road book says that it is.
    quoted.chain(examples).filter(|text| *text != "distretto road book").collect()
}

/// What of a command is not there; `None` where all of it is.
fn strange(command: &Command, mention: &str) -> Option<String> {
    let mut command = command;
    let mut arguments = false;
    for word in mention.split_whitespace().skip(1).take_while(|word| !["&&", "|", ">", "#"].contains(word)) {
        let word = word.trim_matches(['[', ']', '"', '\'', '|', ',', '.', ';', ')', '(']);
        let is_plain = word.chars().all(|c| c.is_ascii_lowercase() || c == '-');
        if let Some(flag) = word.strip_prefix("--").filter(|flag| !flag.is_empty()) {
            let flag = flag.split('=').next().unwrap_or_default();
            if command.get_arguments().all(|known| known.get_long() != Some(flag))
                && !["help", "version"].contains(&flag)
            {
                return Some(format!("--{flag}"));
            }
            arguments = true;
        } else if let Some(found) = command.find_subcommand(word).filter(|_| !arguments) {
            command = found;
        } else if command.has_subcommands() && is_plain && !arguments && !word.is_empty() {
            return Some(word.to_owned());
        }
    }
    None
}

#[test]
fn every_command_that_a_message_names_is_there() {
    let mut cli = Cli::command();
    // Flags of the whole command are flags of every part of it.
    cli.build();
    let mut files = Vec::new();
    let crates = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    for of in std::fs::read_dir(crates).unwrap() {
        let folder = of.unwrap().path().join("src");
        if folder.is_dir() {
            sources(&folder, &mut files);
        }
    }
    let (mut seen, mut wrong) = (0, Vec::new());
    for file in files.iter().filter(|file| !file.ends_with("mentions.rs")) {
        for (at, line) in std::fs::read_to_string(file).unwrap().lines().enumerate() {
            for mention in mentions(line) {
                seen += 1;
                wrong.extend(
                    strange(&cli, mention)
                        .map(|what| format!("{}:{}: {what} in {mention}", file.display(), at + 1)),
                );
            }
        }
    }
    assert!(seen > 100, "{seen}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_not_there_is_found() {
    let mut cli = Cli::command();
    cli.build();
    assert_eq!(strange(&cli, "distretto tour store add-user tours.db anna planner"), None);
    assert_eq!(strange(&cli, "distretto tour erase"), Some("erase".to_owned()));
    assert_eq!(strange(&cli, "distretto atlas serve edition --store tours.db"), Some("--store".to_owned()));
}
