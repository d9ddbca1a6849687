//! The main loop: the least valid cluster gives up its most outward zone until every cluster is an area.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::sync::atomic::{AtomicBool, Ordering as Memory};

use super::clusters::{Clusters, RESERVE, Slot};
use super::links::{Candidate, Links};
use super::parameters::Mode;
use super::split::Split;
use super::trace::{Decision, ReserveEntry, ReserveKind, Step, TracedCandidate};
use super::validity::Validity;

/// A cluster that is not an area, waiting to be the worst.
#[derive(Debug, PartialEq)]
struct Waiting {
    validity: f64,
    id: i64,
    slot: Slot,
    stamp: u32,
}

impl Eq for Waiting {}

impl Ord for Waiting {
    /// The heap's greatest is the least valid, of equals the one with the smallest id.
    fn cmp(&self, other: &Self) -> Ordering {
        other.validity.total_cmp(&self.validity).then(other.id.cmp(&self.id))
    }
}

impl PartialOrd for Waiting {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// How a search ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// Every cluster is an area.
    Valid,
    /// The limit of iterations came first.
    Limit,
    /// It was told to stop.
    Stopped,
}

/// A search in progress.
pub(super) struct Search<'a> {
    pub clusters: Clusters<'a>,
    pub links: Links,
    pub validity: Validity,
    mode: Mode,
    waiting: BinaryHeap<Waiting>,
    /// Bumped whenever a cluster's validity may have changed: older entries of `waiting` are void.
    stamp: Vec<u32>,
    split: Option<Split>,
    stop: Option<&'a AtomicBool>,
    pub iteration: u32,
    pub moves: Vec<u32>,
    pub entries: Vec<ReserveEntry>,
    pub steps: Option<Vec<Step>>,
}

impl<'a> Search<'a> {
    pub fn new(
        clusters: Clusters<'a>,
        validity: Validity,
        mode: Mode,
        trace: bool,
        stop: Option<&'a AtomicBool>,
    ) -> Self {
        let slots = clusters.slots();
        let zones = clusters.slot_of.len();
        let mut search = Self {
            links: Links::new(),
            clusters,
            validity,
            mode,
            waiting: BinaryHeap::with_capacity(slots),
            stamp: vec![0; slots],
            split: None,
            stop,
            iteration: 0,
            moves: vec![0; zones],
            entries: Vec::new(),
            steps: trace.then(Vec::new),
        };
        for slot in 1..slots as Slot {
            search.refresh(slot);
        }
        search
    }

    /// Runs until every cluster is an area, the limit of iterations is reached, or it is told to stop.
    pub fn run(&mut self, max_iterations: u32) -> End {
        while let Some((slot, validity)) = self.worst() {
            if self.iteration == max_iterations {
                return End::Limit;
            }
            // A flag and nothing else: no data is handed over with it.
            if self.stop.is_some_and(|stop| stop.load(Memory::Relaxed)) {
                return End::Stopped;
            }
            self.iteration += 1;
            self.iterate(slot, validity);
        }
        End::Valid
    }

    /// Puts a cluster's present validity in place of the last one.
    pub fn refresh(&mut self, slot: Slot) {
        self.stamp.resize(self.clusters.slots(), 0);
        self.stamp[slot as usize] += 1;
        if slot == RESERVE || self.clusters.members(slot).is_empty() {
            return;
        }
        let validity = self.validity.of(self.clusters.totals(slot));
        if validity < 1.0 {
            let (id, stamp) = (self.clusters.id(slot), self.stamp[slot as usize]);
            self.waiting.push(Waiting { validity, id, slot, stamp });
        }
    }

    /// The least valid cluster that is not an area; of equals the smallest id.
    pub fn worst(&mut self) -> Option<(Slot, f64)> {
        while self.waiting.peek().is_some_and(|top| top.stamp != self.stamp[top.slot as usize]) {
            self.waiting.pop();
        }
        let top = self.waiting.peek().map(|top| (top.validity, top.id, top.slot));
        let split = self.split.as_ref().and_then(|split| {
            let lowest = split.lowest(&self.clusters, &self.validity);
            (lowest < 1.0).then(|| (lowest, self.clusters.id(split.slot), split.slot))
        });
        let (validity, _, slot) = match (top, split) {
            (Some(top), Some(split)) if (split.0, split.1) < (top.0, top.1) => split,
            (Some(top), _) => top,
            (None, split) => split?,
        };
        Some((slot, validity))
    }

    /// Dissolves the least valid cluster as far as the method does: one zone leaves it.
    fn iterate(&mut self, slot: Slot, validity: f64) {
        if self.mode == Mode::Clean && self.clusters.totals(slot).is_closed() {
            self.set_aside(slot, validity);
            return;
        }
        let Some((zone, next)) = self.clusters.first_two_outward(slot) else { return };
        let members = self.clusters.members(slot).len();
        let split = self.split.take();
        self.links.gather(&self.clusters, zone);
        let (candidate, runner_up) = self.candidates(zone);
        let tested = candidate.map(|candidate| self.test(zone, candidate, split.as_ref()));
        let decision = match (tested, members) {
            (Some((before, with)), _) if with >= before => Decision::Joined,
            (Some(_), 1) => Decision::Reserved(ReserveKind::A),
            (None, 1) => Decision::Reserved(ReserveKind::B),
            (Some(_), _) => Decision::Reserved(ReserveKind::C),
            (None, _) => Decision::Reserved(ReserveKind::D),
        };
        self.record(slot, validity, Some(zone), (candidate, runner_up), tested, decision);

        // Whatever was unsummed heals now, unless the same cluster loses another zone.
        if let Some(split) = split.as_ref().filter(|split| split.slot != slot) {
            self.refresh(split.slot);
        }
        let scatters = decision == Decision::Reserved(ReserveKind::D) && self.mode == Mode::Reference;
        let order = if scatters { self.clusters.outward_order(slot) } else { Vec::new() };
        if let (Decision::Joined, Some(candidate)) = (decision, candidate) {
            self.clusters.move_zone(zone, candidate.slot, &self.links);
            self.moves[zone as usize] += 1;
            self.refresh(candidate.slot);
        } else if let Decision::Reserved(kind) = decision {
            self.clusters.move_zone(zone, RESERVE, &self.links);
            let next = if matches!(kind, ReserveKind::C | ReserveKind::D) { next } else { None };
            self.enter(kind, slot, validity, zone, next);
        }
        if scatters {
            self.scatter(slot, validity, &order);
        } else if self.mode == Mode::Reference && members > 2 {
            self.stamp[slot as usize] += 1;
            self.split = Some(Split::after(&self.clusters, slot, zone, split));
        } else {
            self.refresh(slot);
        }
    }

    /// The best candidate of the zone gathered last and, if a trace is wanted, the runner-up.
    pub fn candidates(&self, zone: u32) -> (Option<Candidate>, Option<Candidate>) {
        if self.steps.is_some() {
            self.links.best_two(&self.clusters, zone)
        } else {
            (self.links.best(&self.clusters, zone), None)
        }
    }

    /// Validity of the candidate before and with the zone gathered last.
    pub fn test(&self, zone: u32, candidate: Candidate, split: Option<&Split>) -> (f64, f64) {
        let before = match split.filter(|split| split.slot == candidate.slot) {
            Some(split) => split.highest(&self.clusters, &self.validity),
            None => self.validity.of(self.clusters.totals(candidate.slot)),
        };
        let link = self.links.to(candidate.slot);
        let with = self.clusters.totals_with(candidate.slot, zone, link.out, link.into);
        (before, self.validity.of(with))
    }

    /// A closed cluster below the minimum size can neither grow nor shrink: it is reported, not dissolved.
    fn set_aside(&mut self, slot: Slot, validity: f64) {
        self.record(slot, validity, None, (None, None), None, Decision::SetAside);
        self.clusters.set_aside(slot);
        self.stamp[slot as usize] += 1;
    }

    pub fn enter(&mut self, kind: ReserveKind, slot: Slot, validity: f64, zone: u32, next: Option<u32>) {
        let cluster = self.clusters.id(slot);
        self.entries.push(ReserveEntry { kind, iteration: self.iteration, cluster, validity, zone, next });
    }

    pub fn record(
        &mut self,
        slot: Slot,
        validity: f64,
        zone: Option<u32>,
        (candidate, runner_up): (Option<Candidate>, Option<Candidate>),
        candidate_validity: Option<(f64, f64)>,
        decision: Decision,
    ) {
        let Some(steps) = &mut self.steps else { return };
        let traced = |candidate: Candidate| TracedCandidate {
            cluster: self.clusters.id(candidate.slot),
            cohesion: candidate.cohesion,
        };
        steps.push(Step {
            iteration: self.iteration,
            cluster: self.clusters.id(slot),
            members: self.clusters.members(slot).len() as u32,
            validity,
            zone,
            candidate: candidate.map(traced),
            candidate_validity,
            runner_up: runner_up.map(traced),
            decision,
        });
    }
}
