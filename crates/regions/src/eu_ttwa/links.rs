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
    slot: Slot,
    /// The gathering this link belongs to.
    stamp: u32,
    /// Whether the table has a row from the cluster into the zone (its amount may be 0).
    sends: bool,
}

/// A cluster ranked by its cohesion with the zone at hand.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Candidate {
    pub slot: Slot,
    pub cohesion: f64,
    sends: bool,
}

/// Working memory for the links of one zone; reused from zone to zone.
///
/// A small open-addressed table rather than a place for every cluster: it stays in the processor's first cache however
/// large the country is.
pub(super) struct Links {
    table: Vec<Link>,
    mask: usize,
    touched: Vec<usize>,
    stamp: u32,
}

/// Slack against rounding in the bound that spares most cohesions.
const SLACK: f64 = 1.0 + 1e-9;

impl Links {
    pub fn new() -> Self {
        Self { table: vec![Link::default()], mask: 0, touched: Vec::new(), stamp: 0 }
    }

    /// Sums the flows between `zone` and every cluster it has a row with, the zone's own and its self flow
    /// included. Cost: the zone's pairs.
    pub fn gather(&mut self, clusters: &Clusters, zone: u32) {
        let (into, out) = (clusters.flows.into_zone(zone), clusters.flows.out_of(zone));
        self.mask = (2 * (into.len() + out.len()).max(8)).next_power_of_two() - 1;
        if self.table.len() <= self.mask {
            self.table.resize(self.mask + 1, Link::default());
        }
        if self.stamp == u32::MAX {
            self.table.fill(Link::default());
            self.stamp = 0;
        }
        self.stamp += 1;
        self.touched.clear();
        let (table, touched, stamp) = (&mut self.table[..=self.mask], &mut self.touched, self.stamp);
        for (origin, amount) in into {
            let link = touch(table, touched, stamp, clusters.slot_of[origin as usize]);
            link.into += amount;
            link.sends = true;
        }
        for (destination, amount) in out {
            touch(table, touched, stamp, clusters.slot_of[destination as usize]).out += amount;
        }
    }

    /// The gathered flows with one cluster; zero where there is no row.
    pub fn to(&self, slot: Slot) -> Link {
        let table = &self.table[..=self.mask];
        let link = table[place(table, self.stamp, slot)];
        if link.stamp == self.stamp { link } else { Link::default() }
    }

    /// Cohesion of the zone gathered last with a cluster that it is not in.
    pub fn cohesion(&self, clusters: &Clusters, zone: u32, slot: Slot) -> f64 {
        Self::cohesion_of(&self.to(slot), clusters, zone, slot)
    }

    fn cohesion_of(link: &Link, clusters: &Clusters, zone: u32, slot: Slot) -> f64 {
        let cluster = clusters.totals(slot);
        let zone = (clusters.flows.residents(zone), clusters.flows.workers(zone));
        cohesion(link.out, link.into, zone, (cluster.residents, cluster.workers))
    }

    /// The cluster with the highest cohesion with `zone` (gathered last) among those with a positive id, not set aside,
    /// other than the zone's own, that share a row with it. Of equals, one that only receives from the zone beats one
    /// that sends to it; then the highest id wins.
    ///
    /// A cluster holds at least what it exchanges with the zone, so its cohesion is at most out/L_c + into/W_c; the
    /// cluster with the highest bound is looked at first, and then only those whose bound reaches the best so far.
    pub fn best(&self, clusters: &Clusters, zone: u32) -> Option<Candidate> {
        let per_resident = 1.0 / clusters.flows.residents(zone);
        let per_worker = 1.0 / clusters.flows.workers(zone);
        let bound = |link: &Link| (link.out * per_resident + link.into * per_worker) * SLACK;
        let candidates = || self.candidates(clusters, zone);
        let likeliest = candidates().max_by(|a, b| bound(a).total_cmp(&bound(b)))?;
        let mut best = Self::candidate(likeliest, clusters, zone);
        for link in candidates() {
            if bound(link) >= best.cohesion && link.slot != likeliest.slot {
                let candidate = Self::candidate(link, clusters, zone);
                if candidate.beats(&best, clusters) {
                    best = candidate;
                }
            }
        }
        Some(best)
    }

    /// The best candidate and the runner-up under the same order.
    pub fn best_two(&self, clusters: &Clusters, zone: u32) -> (Option<Candidate>, Option<Candidate>) {
        let (mut best, mut second): (Option<Candidate>, Option<Candidate>) = (None, None);
        for link in self.candidates(clusters, zone) {
            let candidate = Self::candidate(link, clusters, zone);
            if best.is_none_or(|best| candidate.beats(&best, clusters)) {
                second = best;
                best = Some(candidate);
            } else if second.is_none_or(|second| candidate.beats(&second, clusters)) {
                second = Some(candidate);
            }
        }
        (best, second)
    }

    /// Links with clusters that the zone may join.
    fn candidates<'a>(&'a self, clusters: &'a Clusters, zone: u32) -> impl Iterator<Item = &'a Link> {
        let own = clusters.slot_of[zone as usize];
        let links = self.touched.iter().map(|&at| &self.table[at]);
        links.filter(move |link| link.slot != own && clusters.is_open(link.slot))
    }

    fn candidate(link: &Link, clusters: &Clusters, zone: u32) -> Candidate {
        let cohesion = Self::cohesion_of(link, clusters, zone, link.slot);
        Candidate { slot: link.slot, cohesion, sends: link.sends }
    }
}

/// Where the link with a cluster is, or would be. The length of the table is a power of two and it is at most half full, so
/// the walk ends.
#[inline]
fn place(table: &[Link], stamp: u32, slot: Slot) -> usize {
    let mask = table.len() - 1;
    let mut at = slot as usize & mask;
    while table[at].stamp == stamp && table[at].slot != slot {
        at = (at + 1) & mask;
    }
    at
}

#[inline]
fn touch<'a>(table: &'a mut [Link], touched: &mut Vec<usize>, stamp: u32, slot: Slot) -> &'a mut Link {
    debug_assert!(slot != ABSENT, "flows of the zero list are removed before the search");
    let at = place(table, stamp, slot);
    let link = &mut table[at];
    if link.stamp != stamp {
        *link = Link { slot, stamp, ..Link::default() };
        touched.push(at);
    }
    link
}

impl Candidate {
    fn beats(&self, other: &Self, clusters: &Clusters) -> bool {
        self.cohesion > other.cohesion
            || (self.cohesion == other.cohesion
                && (!self.sends, clusters.id(self.slot)) > (!other.sends, clusters.id(other.slot)))
    }
}
