//! Tours over HTTP: who may do what, and what is answered.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

#[allow(dead_code, reason = "what others need of it")]
#[path = "../common/mod.rs"]
mod common;

mod beside;
mod changes;
mod contradictions;
mod desk;
mod hostile;
mod login;
mod pages;
mod personal;
mod planning;
mod shares;
