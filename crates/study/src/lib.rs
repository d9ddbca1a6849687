//! study.toml, readers and writers, the edition and its report.

pub mod config;
pub mod fault;
pub mod flows;
pub mod spatial;
pub mod tables;
pub mod zones;
pub mod check;
pub mod init;
pub mod input;
