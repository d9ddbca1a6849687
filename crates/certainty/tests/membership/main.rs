//! What replicates say of zones, areas and borders, where the answer follows on paper.

mod borders;
mod consensus;
mod matching;
mod places;
mod toy;
