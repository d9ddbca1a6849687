//! Fine tuning: what the search left in pieces, or alone, joins a neighbour.
//!
//! The search knows flows, not maps: an area may come out in several pieces, or as a single zone.
//! [`reference`](mod@reference) is the one pass of LabourMarketAreas 3.4; [`repair`](mod@repair) is our own, which
//! repeats until every area is in one piece and has at least two zones, or says why not.

pub mod reference;
pub mod repair;

pub use reference::{ReferenceTuning, fine_tune};
pub use repair::{Defect, Repair, Unresolved, Why, remaining, repair};

use crate::cohesion::Ranked;

/// A place that changed area.
#[derive(Debug, Clone, PartialEq)]
pub struct Move {
    /// The zones that moved together, ascending.
    pub zones: Vec<u32>,
    /// Area they left (index in the partition given).
    pub from: u32,
    /// Area they joined, with its cohesion.
    pub to: Ranked,
    /// The neighbour with the second highest cohesion; the difference is the margin of the move.
    pub runner_up: Option<Ranked>,
    /// What was wrong.
    pub defect: Defect,
}
