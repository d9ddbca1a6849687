//! Worlds with known answers, plain versions of fast algorithms, oracles.

pub mod data;
pub mod metrics;
pub mod plain;
pub mod world;
