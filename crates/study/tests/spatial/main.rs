//! Borders in and out of files.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "test code")]

mod damaged;
mod lines;
mod maps;
mod read;
mod real;
mod write;
