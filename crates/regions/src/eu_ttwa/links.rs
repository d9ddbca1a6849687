//! The ties between one zone and all clusters, and the cohesion that ranks them.

use super::clusters::{ABSENT, Clusters, Slot};
use crate::cohesion::cohesion;

/// Flows between one zone and one cluster, in units.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Link {
    /// F(c,k): from the zone into the cluster.
    pub out: f64,
    /// F(k,c): from the cluster into the zone.
    pub into: f64,
    /// Whether the table has a row from the cluster into the zone (its amount may be 0).
    sends: bool,
    /// The gathering this link belongs to.
    stamp: u32,
}

/// A cluster ranked by its cohesion with the zone at hand.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Candidate {
    pub slot: Slot,
    pub cohesion: f64,
}

/// Working memory for the links of one zone; reused from zone to zone.
pub(super) struct Links {
    link: Vec<Link>,
    touched: Vec<Slot>,
    stamp: u32,
}

impl Links {
    pub fn new(slots: usize) -> Self {
        Self { link: vec![Link::default(); slots], touched: Vec::new(), stamp: 0 }
    }

    /// Sums the flows between `zone` and every cluster it has a row with, the zone's own and its self flow
    /// included. Cost: the zone's pairs.
    pub fn gather(&mut self, clusters: &Clusters, zone: u32) {
        self.link.resize(clusters.slots(), Link::default());
        if self.stamp == u32::MAX {
            self.link.fill(Link::default());
            self.stamp = 0;
        }
        self.stamp += 1;
        self.touched.clear();
        for (origin, amount) in clusters.flows.into_zone(zone) {
            let link = self.touch(clusters.slot_of[origin as usize]);
            link.into += amount;
            link.sends = true;
        }
        for (destination, amount) in clusters.flows.out_of(zone) {
            self.touch(clusters.slot_of[destination as usize]).out += amount;
        }
    }

    fn touch(&mut self, slot: Slot) -> &mut Link {
        debug_assert!(slot != ABSENT, "flows of the zero list are removed before the search");
        let link = &mut self.link[slot as usize];
        if link.stamp != self.stamp {
            *link = Link { stamp: self.stamp, ..Link::default() };
            self.touched.push(slot);
        }
        link
    }

    /// The gathered flows with one cluster; zero where there is no row.
    pub fn to(&self, slot: Slot) -> Link {
        self.link.get(slot as usize).filter(|link| link.stamp == self.stamp).copied().unwrap_or_default()
    }

    /// Cohesion of the zone gathered last with a cluster that it is not in.
    pub fn cohesion(&self, clusters: &Clusters, zone: u32, slot: Slot) -> f64 {
        let link = self.to(slot);
        let cluster = clusters.totals(slot);
        let zone = (clusters.flows.residents(zone), clusters.flows.workers(zone));
        cohesion(link.out, link.into, zone, (cluster.residents, cluster.workers))
    }

    /// The cluster with the highest cohesion with `zone` (gathered last) among those with a positive id, not set aside,
    /// other than the zone's own, that share a row with it. Of equals, one that only receives from the zone beats one that
    /// sends to it; then the highest id wins.
    pub fn best(&self, clusters: &Clusters, zone: u32) -> Option<Candidate> {
        self.best_two::<false>(clusters, zone).0
    }

    /// The best candidate and, where `SECOND`, the runner-up under the same order.
    pub fn best_two<const SECOND: bool>(
        &self,
        clusters: &Clusters,
        zone: u32,
    ) -> (Option<Candidate>, Option<Candidate>) {
        let own = clusters.slot_of[zone as usize];
        let receives_only = |slot: Slot| !self.link[slot as usize].sends;
        let beats = |a: Candidate, b: Candidate| {
            a.cohesion > b.cohesion
                || (a.cohesion == b.cohesion
                    && (receives_only(a.slot), clusters.id(a.slot))
                        > (receives_only(b.slot), clusters.id(b.slot)))
        };
        let mut best: Option<Candidate> = None;
        let mut second: Option<Candidate> = None;
        for &slot in &self.touched {
            if slot == own || !clusters.is_open(slot) {
                continue;
            }
            let candidate = Candidate { slot, cohesion: self.cohesion(clusters, zone, slot) };
            if best.is_none_or(|best| beats(candidate, best)) {
                if SECOND {
                    second = best;
                }
                best = Some(candidate);
            } else if SECOND && second.is_none_or(|second| beats(candidate, second)) {
                second = Some(candidate);
            }
        }
        (best, second)
    }
}
