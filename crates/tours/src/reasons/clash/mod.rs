//! A smallest set of demands that cannot all be kept to.

mod demanded;

use crate::check::check;
use crate::plan::Plan;
use crate::planning::{Options, PlanError, feasible};
use crate::tour::Tour;
use crate::travel::Travel;

pub use demanded::Demanded;

/// Demands that cannot all be kept to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    /// The demands, in the order of [`Demanded`]. Together they cannot be kept to, even if nothing else is demanded; without any one of them the
    /// others can. None where there is no plan even without any demand: what is missing is then told by the planning.
    pub demands: Vec<Demanded>,
    /// For each demand a plan that keeps to all the others, checked; absent where time ended before one was looked for.
    pub without: Vec<Option<Plan>>,
    /// Whether it is certain that the demands cannot all be kept to. Otherwise no plan was found that keeps to all of them.
    pub proven: bool,
}

impl Clash {
    /// The tour with these demands and no others: no plan keeps to it.
    pub fn only(&self, tour: &Tour) -> Tour {
        demanded::only(tour, &demanded::all(tour), &self.demands.iter().collect::<Vec<_>>())
    }

    /// The tour with all of these demands but one, counted from 0, and no others.
    pub fn all_but(&self, tour: &Tour, index: usize) -> Tour {
        let kept = self.demands.iter().enumerate().filter(|&(at, _)| at != index);
        demanded::only(tour, &demanded::all(tour), &kept.map(|(_, demand)| demand).collect::<Vec<_>>())
    }

    /// Whether it is certain that the set clashes, and that none of its demands can be left out of it.
    pub fn is_certain(&self) -> bool {
        self.proven && self.without.iter().all(Option::is_some)
    }
}

/// What is known of a tour with fewer demands.
enum Known {
    Feasible(Plan),
    Infeasible,
    /// No plan was found, and it is not proven that there is none.
    Open,
}

/// A smallest set of demands of a tour that cannot all be kept to; `None` where a plan keeps to all.
///
/// Deletion filter: all demands are in the set; one after the other is left out, the frame first, the visits last, and put back only if the others
/// can be kept to without it. So the set has no demand too many, but another set may have fewer. Where no plan is found and none is proven not to
/// exist, the others are taken not to be kept to, and the clash is not certain. All questions have an equal share of the time; demands that were not
/// asked about before it ended stay in the set. Frames are tried first so that clashes are told
/// by visits wherever they can be. Whether demands can be kept to is for [`feasible`]; the plan that it finds without a demand is given to
/// [`check`].
/// Source: Chinneck & Dravnieks, Locating minimal infeasible constraint sets in linear programs, ORSA Journal on Computing 3 (1991), 157–168.
///
/// # Errors
/// What is wrong with the tour; see [`PlanError`].
/// Cost: that of [`feasible`], once for each demand and once more.
pub fn clash(tour: &Tour, travel: &Travel, options: &Options) -> Result<Option<Clash>, PlanError> {
    let all = demanded::all(tour);
    let mut proven = match keep(tour, travel, options, all.len() + 1)? {
        Known::Feasible(_) => return Ok(None),
        Known::Infeasible => true,
        Known::Open => false,
    };
    let mut clashing = all.clone();
    let mut without = Vec::new();
    for (asked, demand) in all.iter().rev().enumerate() {
        if options.spent.is_some_and(|spent| spent() >= 1.0) {
            without.push(None);
            continue;
        }
        let fewer: Vec<&Demanded> = clashing.iter().filter(|kept| *kept != demand).collect();
        let known = keep(&demanded::only(tour, &all, &fewer), travel, options, all.len() - asked)?;
        if let Known::Feasible(plan) = known {
            without.push(Some(plan));
        } else {
            proven = matches!(known, Known::Infeasible);
            clashing.retain(|kept| kept != demand);
        }
    }
    without.reverse();
    let mut clash = Clash { demands: clashing, without, proven };
    // A plan that keeps to more than the final set less one demand keeps to that as well, unless a visit in it may only be because it is confirmed.
    for index in 0..clash.demands.len() {
        let relaxed = clash.all_but(tour, index);
        if clash.without[index].as_ref().is_some_and(|plan| !check(&relaxed, travel, plan).is_good()) {
            let known = keep(&relaxed, travel, options, 1)?;
            clash.without[index] = if let Known::Feasible(plan) = known { Some(plan) } else { None };
        }
    }
    Ok(Some(clash))
}

/// Whether all can be kept to, within a share of the time for so many questions that are still to come.
fn keep(tour: &Tour, travel: &Travel, options: &Options, to_come: usize) -> Result<Known, PlanError> {
    match options.share(to_come, |options| feasible(tour, travel, &options)) {
        Ok(plan) => Ok(Known::Feasible(plan)),
        Err(PlanError::Infeasible(infeasible)) if infeasible.proven => Ok(Known::Infeasible),
        Err(PlanError::Infeasible(_)) => Ok(Known::Open),
        Err(error) => Err(error),
    }
}
