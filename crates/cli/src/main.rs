//! The `distretto` command.
fn main() {}
