//! Rules that make areas, and everything around them: tuning, naming, quality, comparison.

pub mod eu_ttwa;
