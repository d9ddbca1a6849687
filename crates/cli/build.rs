//! Records the commit that the command is built from.

use std::process::Command;

fn main() {
    let commit = Command::new("git").args(["rev-parse", "--short=12", "HEAD"]).output();
    if let Some(output) = commit.ok().filter(|output| output.status.success()) {
        println!("cargo::rustc-env=DISTRETTO_COMMIT={}", String::from_utf8_lossy(&output.stdout).trim());
    }
    println!("cargo::rerun-if-changed=../../.git/HEAD");
    println!("cargo::rerun-if-changed=../../.git/logs/HEAD");
}
