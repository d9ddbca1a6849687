//! `distretto certainty`, and `distretto explain` with what it keeps, as people and scripts run them.

#![allow(clippy::unwrap_used, reason = "a test that cannot read what it needs must fail")]

#[path = "../command/mod.rs"]
mod command;

mod alone;
mod country;
mod empty;
mod explanations;
mod interrupted;
mod kept;
mod refused;
mod same_bytes;
mod sources;
mod structure;
