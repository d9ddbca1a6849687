//! Rules that make areas, and everything around them: tuning, naming, quality, comparison.
//!
//! | module | concept |
//! |---|---|
//! | [`delineate`](mod@delineate) | from flows to areas in one call |
//! | [`eu_ttwa`] | labour market areas by validity and cohesion |
//! | [`cohesion`](mod@cohesion) | how strongly two places are tied |
//! | [`tuning`] | contiguity and single-zone areas, afterwards |
//! | [`assign`](mod@assign) | zones placed by hand |
//! | [`naming`] | areas take the name of their main zone |
//! | [`statistics`] | what each area is like |
//! | [`quality`](mod@quality) | a partition in 38 figures |
//! | [`flow_statistics`](mod@flow_statistics) | flows between areas |
//! | [`reserve_statistics`](mod@reserve_statistics) | the reserve list |
//! | [`compare`] | two partitions side by side |
//! | [`summary`] | quartiles and the like, as R gives them |

pub mod assign;
pub mod cohesion;
pub mod compare;
pub mod delineate;
pub mod eu_ttwa;
pub mod flow_statistics;
pub mod naming;
pub mod quality;
pub mod reserve_statistics;
pub mod statistics;
pub mod summary;
pub mod tuning;

pub use assign::assign;
pub use delineate::delineate;
pub use flow_statistics::flow_statistics;
pub use quality::quality;
pub use reserve_statistics::reserve_statistics;
