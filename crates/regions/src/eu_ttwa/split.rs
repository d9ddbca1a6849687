//! The split state of the reference: for one iteration after a cluster lost a zone, its rows are not summed.

use super::clusters::{Clusters, Slot};
use super::validity::{Totals, Validity};

/// A cluster whose rows stand unsummed: its validity is evaluated for every combination of one remaining member
/// (for L and W) and one flow between remaining members (for S).
pub(super) struct Split {
    pub slot: Slot,
    /// Flow rows between remaining members, self flows included.
    rows: Vec<(u32, u32, f64)>,
}

impl Split {
    /// The state of `slot` after `gone` left it. `previous` is the state before, whose rows are reused if it is
    /// of the same cluster.
    pub fn after(clusters: &Clusters, slot: Slot, gone: u32, previous: Option<Self>) -> Self {
        if let Some(mut previous) = previous.filter(|previous| previous.slot == slot) {
            previous.rows.retain(|&(origin, destination, _)| origin != gone && destination != gone);
            return previous;
        }
        let mut rows = Vec::new();
        for &member in clusters.members(slot) {
            let inside = clusters.flows.out_of(member).filter(|&(d, _)| clusters.slot_of[d as usize] == slot);
            rows.extend(inside.map(|(destination, amount)| (member, destination, amount)));
        }
        Self { slot, rows }
    }

    /// The smallest of the validities: what stands for the cluster when the worst is chosen.
    ///
    /// For one member, v rises with S (or falls, where its Z is negative), so the smallest or largest flow gives
    /// its minimum; only S = max(L, W) stands apart, where v is 1 by decree.
    pub fn lowest(&self, clusters: &Clusters, validity: &Validity) -> f64 {
        let mut smallest = f64::INFINITY;
        let mut largest = f64::NEG_INFINITY;
        for &(_, _, amount) in &self.rows {
            smallest = smallest.min(amount);
            largest = largest.max(amount);
        }
        if self.rows.is_empty() {
            (smallest, largest) = (0.0, 0.0);
        }
        let mut lowest = f64::INFINITY;
        for &member in clusters.members(self.slot) {
            let (residents, workers) = (clusters.flows.residents(member), clusters.flows.workers(member));
            let inside = if validity.falls_with_containment(residents) { largest } else { smallest };
            if inside == residents.max(workers) {
                return self.range(clusters, validity).0;
            }
            lowest = lowest.min(validity.of(Totals { inside, residents, workers }));
        }
        if lowest < 1.0 { lowest } else { self.range(clusters, validity).0 }
    }

    /// The largest of the validities: what a cluster enlarged by one zone must reach.
    pub fn highest(&self, clusters: &Clusters, validity: &Validity) -> f64 {
        self.range(clusters, validity).1
    }

    /// Smallest and largest over all combinations: for each member at the smallest and largest flow other than max(L, W), and at
    /// that flow if there is one. S = 0 where no flow is left inside. Cost: rows and members times the logarithm of rows.
    fn range(&self, clusters: &Clusters, validity: &Validity) -> (f64, f64) {
        let mut flows: Vec<f64> = self.rows.iter().map(|&(_, _, amount)| amount).collect();
        if flows.is_empty() {
            flows.push(0.0);
        }
        flows.sort_unstable_by(f64::total_cmp);
        flows.dedup();
        let mut range = (f64::INFINITY, f64::NEG_INFINITY);
        for &member in clusters.members(self.slot) {
            let (residents, workers) = (clusters.flows.residents(member), clusters.flows.workers(member));
            let closed = residents.max(workers);
            let other = |flow: &&f64| **flow != closed;
            let decreed = flows.binary_search_by(|flow| flow.total_cmp(&closed)).is_ok().then_some(&closed);
            for &inside in
                [flows.iter().find(other), flows.iter().rev().find(other), decreed].into_iter().flatten()
            {
                let value = validity.of(Totals { inside, residents, workers });
                range = (range.0.min(value), range.1.max(value));
            }
        }
        range
    }
}
