//! The studies under `examples/`, run through the command on published tables. A test says so and passes where these are absent.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod edition;
mod italy;
mod official;
mod reference;
mod usa;
