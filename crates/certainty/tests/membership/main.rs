//! What replicates say of zones, areas and borders, where the answer follows on paper.

mod borders;
mod consensus;
#[path = "../made/mod.rs"]
mod made;
mod matching;
mod places;
mod toy;
