//! The chapters of the report, in the order of reading.

pub(super) mod certainty;
pub(super) mod citation;
pub(super) mod comparisons;
pub(super) mod containment;
pub(super) mod industries;
pub(super) mod inputs;
pub(super) mod largest;
pub(super) mod making;
pub(super) mod near_misses;
pub(super) mod quality;
pub(super) mod regions;
pub(super) mod sizes;
pub(super) mod summary;
