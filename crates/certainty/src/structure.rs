//! Whether there are areas to be sure of at all.
//!
//! A search for areas draws some everywhere, even where people commute by distance alone and no border is better than the next. Each
//! redraw then draws its borders elsewhere, so those of the base run come back seldom. *Rule.* Over the pairs of neighbours that the base
//! run separates, the mean of the share of replicates that separate them as well (as counted, without correction) is at least
//! [`Structure::FIRM`].
//!
//! The limit was set after the following was seen in made worlds, not before: on a lattice with flows by distance alone the mean was
//! 0.32 and no border was above [`Structure::SURE`]; with zones at random places 0.52, and 7 % of borders above; in worlds with planted
//! areas 0.83 to 0.95, and 52 to 85 %. It lies between the two groups, but has been tried on no others.
//!
//! *About what.* The borders that the rule would draw in flows without error, not whether the rule is right (`docs/calibration.md`).

use crate::borders::{BorderStrength, separates};
use crate::replicate::Replicate;

/// How firm the borders of the base run are (see the [module](self)).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Structure {
    /// Pairs of neighbours that the base run separates, both having an area.
    pub base_borders: usize,
    /// Mean share of replicates that separate them, in 0..=1; `None` without such pairs or replicates.
    pub mean_strength: Option<f64>,
    /// Share of them that are separated in more than [`Structure::SURE`] of the replicates, in 0..=1; `None` where the mean is.
    pub firm_share: Option<f64>,
}

/// What can be said of all borders together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// The base run draws no border between neighbours: there is one area, or none, and nothing to be sure of.
    NoBorders,
    /// Replicates mostly draw them elsewhere: there may be no areas in these flows.
    Weak,
    /// Replicates mostly draw them too.
    Firm,
}

impl Verdict {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::NoBorders => "no_borders",
            Self::Weak => "weak",
            Self::Firm => "firm",
        }
    }
}

impl Structure {
    /// Mean strength from which borders are firm.
    pub const FIRM: f64 = 0.6;
    /// Share of replicates above which a single border is as good as always there.
    pub const SURE: f64 = 0.9;
    /// Partners of a zone that stand for its neighbours where no borders are given
    /// ([`strongest_partners`](crate::partners::strongest_partners)): as many as a zone has neighbours on a map, on average.
    pub const PARTNERS: usize = 6;

    /// Of the strengths of pairs of neighbours ([`border_strengths`](crate::borders::border_strengths)). Linear.
    pub fn new(base: &Replicate, strengths: &[BorderStrength]) -> Self {
        let borders: Vec<&BorderStrength> =
            strengths.iter().filter(|border| separates(base, border.a, border.b) == Some(true)).collect();
        let raw: Vec<f64> = borders.iter().filter_map(|border| border.raw).collect();
        let mean = |sum: f64| (!raw.is_empty()).then(|| sum / raw.len() as f64);
        Self {
            base_borders: borders.len(),
            mean_strength: mean(raw.iter().sum()),
            firm_share: mean(raw.iter().filter(|&&raw| raw > Self::SURE).count() as f64),
        }
    }

    /// What that means; `None` where there are borders but no replicates to tell.
    pub fn verdict(&self) -> Option<Verdict> {
        match self.mean_strength {
            _ if self.base_borders == 0 => Some(Verdict::NoBorders),
            None => None,
            Some(mean) if mean < Self::FIRM => Some(Verdict::Weak),
            Some(_) => Some(Verdict::Firm),
        }
    }

    /// Whether there are borders and they are firm.
    pub fn holds(&self) -> bool {
        self.verdict() == Some(Verdict::Firm)
    }
}
