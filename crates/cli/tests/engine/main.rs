//! Studies whose tables come from queries and micro-data: real ones, made ones, and on a cluster. Only with the feature `engine`.

#![cfg(feature = "engine")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

#[cfg(feature = "cluster")]
mod cluster;
#[path = "../command/mod.rs"]
mod command;
mod disclosure;
mod made;
mod real;
mod tables;
