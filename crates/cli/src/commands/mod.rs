//! One file a command: its arguments and what it does.

pub mod areas;
pub mod atlas;
pub mod certainty;
pub mod check;
pub mod compare;
pub mod districts;
pub mod engine;
pub mod explain;
pub mod init;
pub mod run;
pub mod tables;
pub mod tour;
pub mod world;
