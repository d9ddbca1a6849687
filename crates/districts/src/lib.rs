//! Rules that find districts, step by step.
//!
//! A rule takes jobs by area and says, for each area, what it is and why: every step with its value, threshold and margin.
//!
//! | module | rule |
//! |---|---|
//! | [`mod@istat`] | Sforzi-ISTAT 2005/2006, as used for the districts of 2001 and 2011 |

pub mod istat;
pub mod step;

pub use istat::{
    AreaVerdict, Change, Explanation, Flip, IndustryVerdict, Istat, IstatError, IstatParameters, Kind, istat,
};
pub use step::{Missing, Outcome, Step, Test};
