//! Origin-destination tables: sparse, both directions, exact sums.

pub mod table;

pub use table::{FlowTable, FlowsError, Redraw, Row};
