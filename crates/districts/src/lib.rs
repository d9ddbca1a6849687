//! Rules that find districts, step by step.
