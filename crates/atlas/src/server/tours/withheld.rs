//! What viewers are not told: what travellers need, which tells of their health; and which needs hosts meet, from which it could be guessed. Whatever a viewer may read and could hold any of it is [`Withhold`], and is sent by
//! [`json_for`].

use distretto_tours::reasons::Why;

use super::documents::{
    ClashDoc, KeptPlanDoc, OutsideDoc, ReasonDoc, ReasonsDoc, ReplannedDoc, SheetDoc, SolvedDoc, TimedDoc,
    TriedDoc, WorthDoc,
};
use super::visitor::Visitor;
use super::{Answered, json};

/// The word of a clash with what travellers need.
const NEED: &str = "need";

/// What viewers read in its place.
const BARRED: &str = "barred";
const SENTENCE: &str = "it cannot be visited as things are, and only planners see why";

/// A document as an answer, without what the visitor may not see.
pub(super) fn json_for<T: Withhold + serde::Serialize>(visitor: &Visitor, mut document: T) -> Answered {
    if visitor.planner().is_err() {
        document.withhold();
    }
    json(&document)
}

/// A document that may tell what travellers need.
pub(super) trait Withhold {
    /// Leaves out what travellers need, and every sentence that tells of it.
    fn withhold(&mut self);
}

impl Withhold for SheetDoc {
    fn withhold(&mut self) {
        for delegate in &mut self.tour.delegation.delegates {
            delegate.needs.clear();
        }
        for host in &mut self.tour.hosts {
            host.meets.clear();
        }
    }
}

impl Withhold for WorthDoc {
    fn withhold(&mut self) {
        self.hosts.iter_mut().for_each(|host| host.clashes.withhold());
    }
}

impl Withhold for Vec<ClashDoc> {
    fn withhold(&mut self) {
        let mut told = Self::new();
        for clash in self.drain(..) {
            let clash = if clash.rule == NEED { barred(clash) } else { clash };
            // Several needs that one visit does not meet are one sentence here, so that nobody counts them.
            if clash.rule != BARRED || !told.contains(&clash) {
                told.push(clash);
            }
        }
        *self = told;
    }
}

fn barred(clash: ClashDoc) -> ClashDoc {
    ClashDoc { rule: BARRED.to_owned(), text: SENTENCE.to_owned(), details: serde_json::Value::Null, ..clash }
}

impl Withhold for TimedDoc {
    fn withhold(&mut self) {
        self.clashes.withhold();
    }
}

impl Withhold for Vec<TimedDoc> {
    fn withhold(&mut self) {
        self.iter_mut().for_each(Withhold::withhold);
    }
}

impl Withhold for KeptPlanDoc {
    fn withhold(&mut self) {
        self.timed.withhold();
    }
}

impl Withhold for TriedDoc {
    fn withhold(&mut self) {
        self.clashes.withhold();
        self.timed.iter_mut().chain(&mut self.partly).for_each(Withhold::withhold);
    }
}

impl Withhold for SolvedDoc {
    fn withhold(&mut self) {
        self.clashes.withhold();
        self.plans.withhold();
    }
}

impl Withhold for ReplannedDoc {
    fn withhold(&mut self) {
        self.clashes.withhold();
        self.plans.withhold();
    }
}

impl Withhold for ReasonsDoc {
    fn withhold(&mut self) {
        self.clashes.withhold();
        self.reasons.iter_mut().for_each(Withhold::withhold);
    }
}

impl Withhold for OutsideDoc {
    fn withhold(&mut self) {
        for reason in &mut self.reasons {
            if reason.whys.iter().any(|why| matches!(why, Why::Needs { .. })) {
                // The text of the host has the sentences of all its reasons.
                SENTENCE.clone_into(&mut self.text);
                *reason = ReasonDoc { text: SENTENCE.to_owned(), whys: Vec::new() };
            }
        }
    }
}
