//! The command, run in a folder.

#![allow(dead_code, clippy::unwrap_used, reason = "tests; not every file uses all of it")]

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

fn command(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_distretto"));
    command.current_dir(folder).args(args);
    command
}

pub fn distretto(folder: &Path, args: &[&str]) -> Output {
    command(folder, args).stdin(Stdio::null()).output().unwrap()
}

/// Standard output of a command that succeeds.
pub fn ok(folder: &Path, args: &[&str]) -> String {
    succeeded(args, distretto(folder, args))
}

/// The same with this on standard input, through a pipe.
pub fn piped(folder: &Path, input: &[u8], args: &[&str]) -> String {
    let mut child = command(folder, args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    succeeded(args, child.wait_with_output().unwrap())
}

/// The same with this file as standard input.
pub fn redirected(folder: &Path, file: &str, args: &[&str]) -> String {
    let file = File::open(folder.join(file)).unwrap();
    succeeded(args, command(folder, args).stdin(file).output().unwrap())
}

fn succeeded(args: &[&str], output: Output) -> String {
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Standard error of a command that ends with this exit code.
pub fn fails(folder: &Path, code: i32, args: &[&str]) -> String {
    let output = distretto(folder, args);
    let text = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(code), "{args:?}: {text}");
    text
}

/// A small made country in `world/`.
pub fn world() -> TempDir {
    let folder = TempDir::new().unwrap();
    ok(folder.path(), &["world", "--zones", "400", "--seed", "3", "--out", "world", "--quiet"]);
    folder
}
