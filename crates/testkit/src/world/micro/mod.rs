//! Micro-data: the rows that the tables of a made country could have been added up from, in streams that keep nothing.
//!
//! | module | concept |
//! |---|---|
//! | [`register`] | local units with a place, a first and a last day; those open on the reference day are the jobs table |
//! | [`trips`] | trips of the commuters behind the flow table, to work, home and elsewhere |
//! | [`invoices`] | what firms sell to each other, in districts along the phases of their process |
//! | [`day`] | days of the calendar |
//!
//! Any part can be drawn alone: a row depends on the options of the world and on what it is a row of, never on rows before it
//! in another zone, person or week.

pub mod day;
pub mod invoices;
pub(super) mod place;
pub mod register;
pub mod trips;
