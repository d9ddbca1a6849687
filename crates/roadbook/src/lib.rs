//! The road book of a study tour: everything a delegation has in hand, made from a plan.
//!
//! A [`Book`] is what goes in: a tour, its plan, the ways, what is known of the districts, the words of a language, and what is personal or
//! nothing of it. [`Programme`] is the plan told in full, hour by hour; every output says what it says. Nothing here reads a file, asks a
//! server or looks at a clock: the same book is the same bytes.
//!
//! | module | concept |
//! |---|---|
//! | [`book`](mod@book) | what goes in |
//! | [`programme`] | each day as a list of drives, visits, meals, rests and free time |
//! | [`words`] | the languages |
//! | [`html`](mod@html) | pages to print on A4 |
//! | [`ics`](mod@ics) | a calendar |
//! | [`gpx`](mod@gpx) | stops and routes for a navigation device |
//! | [`geo`](mod@geo) | points and lines for a geographic information system |
//! | [`json`](mod@json), [`csv`](mod@csv) | for programs; for a spreadsheet |
//!
//! *Personal data.* Names, telephone numbers and addresses of persons come only from [`Book::personal`] and [`Emergency::people`](book::Emergency::people), and the
//! second is not read where the first is absent: then no output holds any of them. What delegates need (`step-free`) is treated alike, because it tells of their health.

pub mod book;
mod clock;
pub mod csv;
pub mod geo;
pub mod gpx;
pub mod html;
pub mod ics;
pub mod json;
pub mod programme;
mod text;
pub mod words;

pub use book::{Book, BookError};
pub use csv::csv;
pub use geo::{Geo, geo};
pub use gpx::gpx;
pub use html::html;
pub use ics::ics;
pub use json::json;
pub use programme::Programme;
pub use words::Words;
