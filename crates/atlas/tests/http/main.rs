//! The atlas over HTTP and as files, held to the edition it shows.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

#[path = "../common/mod.rs"]
mod common;

mod faults;
mod hostile;
mod requests;
mod rerun;
mod same;
mod tables;
