//! Tours as folders, changes to them, plans as files, and travel times.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod book;
mod changes;
mod edition;
mod folder;
mod forget;
mod found;
mod plans;
mod server;
mod support;
mod ways;
