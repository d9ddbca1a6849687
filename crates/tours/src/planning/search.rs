//! The best plan over all choices of bases.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::bases::{Bases, Choices};
use super::branch::{Found, Nothing, Orders, Question};
use super::effort::Effort;
use super::error::{Infeasible, Missing, PlanError};
use super::limits::Limits;
use super::plan::{Planned, hosts};
use super::prepared::Prepared;
use super::walk::{MOST_CHOICES, walk};
use crate::choosing::Worth;
use crate::plan::Plan;

/// The search between given bases has this part of all iterations, or a greater one where there are fewer choices.
const LEAST_PART: usize = 24;

/// A tour with what visits are worth; nothing where that does not matter.
#[derive(Debug)]
pub(super) struct Search<'a> {
    prepared: &'a Prepared<'a>,
    worth: Option<&'a Worth>,
    choices: Choices,
}

/// Where to start from.
#[derive(Debug, Clone)]
pub(super) struct Start {
    bases: Bases,
    hosts: Vec<Vec<String>>,
}

/// The best plan, with its bases.
#[derive(Debug, Clone)]
pub(super) struct Chosen {
    pub bases: Bases,
    pub found: Found,
}

/// What was found for choices of bases.
#[derive(Default)]
struct Tried {
    best: Option<(Vec<usize>, Found)>,
    nothing: Option<(Bases, Nothing)>,
    count: usize,
    proven: bool,
    iterations: u64,
}

/// How good a choice of bases is: the greater, the better.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Merit {
    /// No plan: by how much it is too dear, and how much is missing.
    Nothing(Reverse<(u64, usize)>),
    /// The value of the plan, its travel below 0, and whether somebody is visited.
    Found(i64, i64, bool),
}

impl From<&Found> for Merit {
    fn from(found: &Found) -> Self {
        Self::Found(found.value, -found.travel, found.orders.iter().any(|order| !order.is_empty()))
    }
}

impl From<&Nothing> for Merit {
    fn from(nothing: &Nothing) -> Self {
        let over = nothing.missing.iter().map(|missing| match missing {
            Missing::Budget { needed, .. } => *needed,
            _ => 0,
        });
        Self::Nothing(Reverse((over.sum(), nothing.missing.len())))
    }
}

impl<'a> Search<'a> {
    pub fn new(prepared: &'a Prepared<'a>, worth: Option<&'a Worth>) -> Result<Self, PlanError> {
        let choices = Choices::of(&prepared.tour.frame);
        if choices.is_empty() {
            return Err(PlanError::NoCommonHotel);
        }
        Ok(Self { prepared, worth, choices })
    }

    /// A plan to start from.
    pub fn start(&self, plan: &Plan) -> Result<Start, PlanError> {
        let given = plan.days.iter().map(|day| day.date).map(Some).chain([None]);
        let asked = self.prepared.days.iter().map(|day| day.date).map(Some).chain([None]);
        if let Some(date) = given.zip(asked).find(|(given, asked)| given != asked).and_then(|(a, b)| a.or(b))
        {
            return Err(PlanError::OtherDays { date });
        }
        if let Some(code) = hosts(plan).into_iter().find(|code| self.prepared.candidate(code).is_none()) {
            return Err(PlanError::UnknownHost { by: "the given plan", code });
        }
        let hosts = plan.days.iter().map(|day| day.stops.iter().map(|stop| stop.host.clone()).collect());
        Ok(Start { bases: Bases::of(plan), hosts: hosts.collect() })
    }

    /// A plan that was found, to start from.
    pub fn start_of(&self, chosen: &Chosen) -> Start {
        let code = |&candidate: &usize| self.prepared.candidates[candidate].code.clone();
        let hosts = chosen.found.orders.iter().map(|order| order.iter().map(code).collect());
        Start { bases: chosen.bases.clone(), hosts: hosts.collect() }
    }

    /// The best plan, or what is missing.
    pub fn best(&self, limits: &Limits, effort: &Effort, start: Option<&Start>) -> Result<Chosen, PlanError> {
        let impossible = self.impossible();
        if !impossible.is_empty() {
            let infeasible = Infeasible { missing: impossible, nearest: None, proven: true };
            return Err(PlanError::Infeasible(Box::new(infeasible)));
        }
        let mut tried = Tried { proven: true, ..Tried::default() };
        self.try_choices(limits, effort, start, &mut tried)?;
        let Some((chosen, found)) = tried.best.take() else {
            return Err(PlanError::Infeasible(Box::new(self.infeasible(tried))));
        };
        let bases = self.choices.bases(&chosen);
        let mut best = found;
        let proven = tried.proven && tried.count == self.choices.count();
        if !tried.proven && tried.count > 1 {
            // A closer look at the best choice.
            let polished = self.question(&bases).best(limits, effort, Some(&best.orders))?;
            if let Ok(polished) = polished {
                tried.iterations += polished.iterations;
                if (polished.value, -polished.travel) > (best.value, -best.travel) {
                    best = polished;
                }
            }
        }
        let found = Found { proven, iterations: tried.iterations, ..best };
        Ok(Chosen { bases, found })
    }

    /// The plan that was found, with what it is worth.
    pub fn planned(&self, worth: &Worth, chosen: Chosen) -> Planned {
        let Chosen { bases, found } = chosen;
        let plan = Plan { days: found.days, proven: Some(found.proven) };
        let visited =
            found.orders.iter().flatten().map(|&candidate| self.prepared.candidates[candidate].cost);
        Planned {
            value: worth.value(&hosts(&plan)),
            driving: found.travel,
            cost: visited.fold(bases.cost(&self.prepared.tour.frame), u64::saturating_add),
            proven: found.proven,
            iterations: found.iterations,
            plan,
        }
    }

    fn question<'b>(&'b self, bases: &'b Bases) -> Question<'b> {
        Question { prepared: self.prepared, worth: self.worth, bases }
    }

    fn try_choices(
        &self,
        limits: &Limits,
        effort: &Effort,
        start: Option<&Start>,
        tried: &mut Tried,
    ) -> Result<(), PlanError> {
        let count = self.choices.count();
        let iterations = effort.iterations / count.min(LEAST_PART) as u64;
        let given = start.and_then(|start| self.choices.chosen(&start.bases));
        let settled = |merit| matches!(merit, Merit::Found(_, _, visits) if visits || self.worth.is_none());
        walk(&self.choices, given, settled, |chosen| {
            // One more for the closer look at the best.
            let to_come = if count == 1 { 1 } else { count.min(MOST_CHOICES) - tried.count + 1 };
            effort.share(iterations, to_come, |effort| self.try_one(chosen, limits, &effort, start, tried))
        })
    }

    fn try_one(
        &self,
        chosen: &[usize],
        limits: &Limits,
        effort: &Effort,
        start: Option<&Start>,
        tried: &mut Tried,
    ) -> Result<Merit, PlanError> {
        let bases = self.choices.bases(chosen);
        let found = if let Some(missing) = self.too_dear(&bases) {
            Err(Nothing { missing: vec![missing], nearest: Vec::new(), proven: true })
        } else {
            let start = start.map(|start| self.fitting(&bases, start));
            self.question(&bases).best(limits, effort, start.as_ref())?
        };
        tried.count += 1;
        Ok(match found {
            Ok(found) => {
                let merit = Merit::from(&found);
                tried.proven &= found.proven;
                tried.iterations += found.iterations;
                if tried.best.as_ref().is_none_or(|(_, best)| merit > Merit::from(best)) {
                    tried.best = Some((chosen.to_vec(), found));
                }
                merit
            }
            Err(nothing) => {
                let merit = Merit::from(&nothing);
                tried.proven &= nothing.proven;
                if tried.nothing.as_ref().is_none_or(|(_, least)| merit > Merit::from(least)) {
                    tried.nothing = Some((bases, nothing));
                }
                merit
            }
        })
    }

    /// What of a start fits between these bases.
    fn fitting(&self, bases: &Bases, start: &Start) -> Orders {
        let arranged = self.prepared.arrange(bases, &start.hosts);
        let days = arranged.days.iter().map(|day| day.plan.iter().flat_map(|plan| &plan.stops));
        days.map(|stops| stops.filter_map(|stop| self.prepared.candidate(&stop.host)).collect()).collect()
    }

    /// What must be visited and never can be.
    fn impossible(&self) -> Vec<Missing> {
        let required = self.prepared.candidates.iter().filter(|candidate| candidate.required);
        required
            .filter(|candidate| !candidate.possible())
            .map(|candidate| {
                let host = candidate.code.clone();
                if let Some(why) = &candidate.bar {
                    return Missing::Barred { host, why: why.clone() };
                }
                let days = self.prepared.days.iter().zip(&candidate.days);
                let days = days.filter_map(|(day, bar)| Some((day.date, bar.clone().err()?)));
                Missing::NoDay { host, days: days.collect() }
            })
            .collect()
    }

    /// What nights and demanded visits cost, if that is more than there is.
    fn too_dear(&self, bases: &Bases) -> Option<Missing> {
        let frame = &self.prepared.tour.frame;
        let required = self.prepared.candidates.iter().filter(|candidate| candidate.required);
        let needed = required.fold(bases.cost(frame), |sum, candidate| sum.saturating_add(candidate.cost));
        let budget = frame.budget.filter(|&budget| needed > budget)?;
        Some(Missing::Budget { needed, budget, currency: frame.currency.clone() })
    }

    fn infeasible(&self, tried: Tried) -> Infeasible {
        let proven = tried.proven && self.prepared.complete && tried.count == self.choices.count();
        let Some((bases, nothing)) = tried.nothing else {
            return Infeasible { missing: Vec::new(), nearest: None, proven };
        };
        let hosts = |order: &Vec<usize>| -> Vec<&str> {
            order.iter().map(|&candidate| self.prepared.candidates[candidate].code.as_str()).collect()
        };
        let nearest: Vec<Vec<&str>> = nothing.nearest.iter().map(hosts).collect();
        let nearest = (!nearest.is_empty()).then(|| self.prepared.arrange(&bases, &nearest).plan());
        Infeasible { missing: nothing.missing, nearest, proven }
    }
}

/// Candidates of a plan, whatever their order.
pub(super) fn visited(found: &Found) -> BTreeSet<usize> {
    found.orders.iter().flatten().copied().collect()
}
