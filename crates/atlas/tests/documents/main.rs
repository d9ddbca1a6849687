//! The documents of pages against the tables of their edition.

#![allow(clippy::unwrap_used, reason = "tests")]

mod by_hand;
mod lacking;
mod made;
mod whole;
