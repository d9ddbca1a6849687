//! The road book of a study tour.
