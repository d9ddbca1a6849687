//! Indices, one file each, each with its formula, source and range.
//!
//! | function | index |
//! |---|---|
//! | [`location_quotient()`] | how many times the national share an activity has in an area |
//! | [`surplus_employment()`] | how many jobs an area has above what its size would give it |
//! | [`herfindahl()`] | how concentrated shares are |
//! | [`krugman()`] | how much the industries of two areas differ |

mod herfindahl;
mod krugman;
mod location_quotient;
mod surplus_employment;

pub use herfindahl::herfindahl;
pub use krugman::krugman;
pub use location_quotient::location_quotient;
pub use surplus_employment::surplus_employment;

/// Whether all are finite and none is negative.
fn are_amounts(amounts: &[f64]) -> bool {
    amounts.iter().all(|amount| amount.is_finite() && *amount >= 0.0)
}
