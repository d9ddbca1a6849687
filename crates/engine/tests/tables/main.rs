//! Tables made of small sources whose sums follow on paper, from files of every format and from stores on loopback.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot read what it needs must fail")]

#[cfg(feature = "cluster")]
mod cluster;
mod limits;
mod made;
mod points;
mod query;
mod register;
mod server;
mod sources;
mod stores;
mod transactions;
mod trips;
