//! The search for a partition of least expected loss.

use std::cmp::Reverse;
use std::ops::Range;

use crate::replicate::Replicate;

use super::labels::Labels;

/// Local search that moves units between clusters and merges clusters, as long as either lessens the loss.
///
/// Zones that lie together in all replicates do so in every best partition (each gains as much from any company as the other, and they
/// gain from one another), so they move as one *unit*. Gains are whole numbers, multiples of 2 R times those in p_ij: nothing is
/// rounded, and the search ends because the loss cannot fall for ever.
pub(super) struct Search<'a> {
    units: &'a Labels,
    /// R.
    replicates: usize,
    /// Zones of each unit.
    sizes: Vec<u32>,
    /// By unit, then replicate, the table of its area there; [`Replicate::NO_AREA`] where it has none.
    places: Vec<u32>,
    /// By replicate and area, the clusters that share zones with it, and how many.
    tables: Vec<Vec<(u32, u32)>>,
    /// By unit.
    cluster_of: Vec<u32>,
    /// Zones of each cluster.
    cluster_sizes: Vec<u32>,
    /// Clusters without units.
    empty: Vec<u32>,
    /// The order in which units are looked at: by first cluster, so that neighbours follow each other and their tables are still
    /// in the cache.
    order: Vec<u32>,
    votes: Votes,
    /// Moves so far.
    moves: u64,
    /// By cluster, the last move that changed it.
    changed: Vec<u64>,
    /// By unit, when it was last looked at and the clusters it met.
    looks: Vec<Look>,
}

/// What a unit met when it was last looked at.
#[derive(Clone)]
enum Look {
    /// It is to be looked at, whatever happens.
    Again,
    /// After so many moves it met these clusters.
    Met(u64, Box<[u32]>),
}

/// Most clusters that are remembered of a look: more are rare, and would take memory.
const FEW: usize = 64;

/// Sums over replicates of zones in common, by cluster.
#[derive(Default)]
struct Votes {
    of_cluster: Vec<u64>,
    met: Vec<u32>,
}

impl Votes {
    fn add(&mut self, cluster: u32, votes: u64) {
        let sum = &mut self.of_cluster[cluster as usize];
        if *sum == 0 {
            self.met.push(cluster);
        }
        *sum += votes;
    }

    fn clear(&mut self) {
        for cluster in self.met.drain(..) {
            self.of_cluster[cluster as usize] = 0;
        }
    }
}

impl<'a> Search<'a> {
    /// A search that starts from the classes of `start`, which cuts none of the `units`.
    pub(super) fn new(units: &'a Labels, start: &Labels, replicates: &[Replicate]) -> Self {
        let number = units.number as usize;
        let (mut sizes, mut cluster_of) = (vec![0u32; number], vec![0u32; number]);
        let mut places = vec![Replicate::NO_AREA; number * replicates.len()];
        let mut first = 0;
        let firsts: Vec<u32> = replicates
            .iter()
            .map(|replicate| {
                first += replicate.areas;
                first - replicate.areas
            })
            .collect();
        for (zone, &unit) in units.of_zone.iter().enumerate().filter(|(_, unit)| **unit != Replicate::NO_AREA)
        {
            let unit = unit as usize;
            sizes[unit] += 1;
            cluster_of[unit] = start.of_zone[zone];
            if sizes[unit] == 1 {
                let row = &mut places[unit * replicates.len()..][..replicates.len()];
                for ((place, replicate), first) in row.iter_mut().zip(replicates).zip(&firsts) {
                    if let Some(area) = replicate.area(zone as u32) {
                        *place = first + area;
                    }
                }
            }
        }
        // As many as units: one with company can always be given a cluster of its own.
        let clusters = units.number.max(start.number) as usize;
        let mut order: Vec<u32> = (0..units.number).collect();
        order.sort_by_key(|&unit| cluster_of[unit as usize]);
        let mut search = Self {
            units,
            replicates: replicates.len(),
            sizes,
            places,
            tables: vec![Vec::new(); first as usize],
            cluster_of,
            cluster_sizes: vec![0; clusters],
            empty: Vec::new(),
            order,
            votes: Votes { of_cluster: vec![0; clusters], met: Vec::new() },
            moves: 0,
            changed: vec![0; clusters],
            looks: vec![Look::Again; number],
        };
        for unit in 0..units.number {
            search.enter(unit, search.cluster_of[unit as usize]);
        }
        search.empty =
            (0..clusters as u32).rev().filter(|&c| search.cluster_sizes[c as usize] == 0).collect();
        search
    }

    /// Searches until nothing lessens the loss; the clusters, numbered by their first zone.
    pub(super) fn run(mut self) -> Labels {
        loop {
            while self.move_units() {}
            if !self.merge_clusters() {
                break;
            }
        }
        Labels::numbered(self.units.of_zone.iter().map(|&unit| match unit {
            Replicate::NO_AREA => Replicate::NO_AREA,
            unit => self.cluster_of[unit as usize],
        }))
    }

    /// Looks at each unit once and moves it where that lessens the loss most; whether any moved.
    fn move_units(&mut self) -> bool {
        let mut moved = false;
        for at in 0..self.order.len() {
            let unit = self.order[at];
            if self.is_settled(unit) {
                continue;
            }
            self.vote(unit, 1);
            let target = self.best_for(unit);
            self.looks[unit as usize] = match self.votes.met.len() {
                0..=FEW => Look::Met(self.moves, self.votes.met.as_slice().into()),
                _ => Look::Again,
            };
            self.votes.clear();
            if let Some(target) = target {
                self.relocate(unit, target);
                moved = true;
            }
        }
        moved
    }

    /// Whether a look at the unit would end as the last one did: no cluster that it met has changed. (A cluster that came to share an
    /// area with it since got there by a zone from one of those, which then changed too.)
    fn is_settled(&self, unit: u32) -> bool {
        match &self.looks[unit as usize] {
            Look::Again => false,
            Look::Met(then, met) => met.iter().all(|&cluster| self.changed[cluster as usize] <= *then),
        }
    }

    /// Where a unit gains most, if that is more than where it is: of equals the cluster with the lowest number, a cluster of its own
    /// last. Per zone of the unit, company in a cluster C gains 2 sum over replicates of |C and its area| - R |C|.
    fn best_for(&self, unit: u32) -> Option<u32> {
        let (own, size) = (self.cluster_of[unit as usize], self.sizes[unit as usize]);
        let present =
            self.places[self.row(unit)].iter().filter(|&&place| place != Replicate::NO_AREA).count();
        let itself = u64::from(size) * present as u64;
        let gain = |votes: u64, zones: u32| 2 * votes as i64 - (self.replicates as i64) * i64::from(zones);
        let votes = |cluster: u32| self.votes.of_cluster[cluster as usize];
        let zones = |cluster: u32| self.cluster_sizes[cluster as usize];

        let stay = gain(votes(own) - itself, zones(own) - size);
        let others = self.votes.met.iter().copied().filter(|&cluster| cluster != own);
        let best = others
            .map(|cluster| (gain(votes(cluster), zones(cluster)), cluster))
            .max_by_key(|&(gain, cluster)| (gain, Reverse(cluster)));
        match best {
            Some((gain, cluster)) if gain > stay && gain >= 0 => Some(cluster),
            _ if stay < 0 => self.empty.last().copied(),
            _ => None,
        }
    }

    /// Looks at each cluster once and merges it with the one that lessens the loss most; whether any was merged.
    fn merge_clusters(&mut self) -> bool {
        let mut members: Vec<Vec<u32>> = vec![Vec::new(); self.cluster_sizes.len()];
        for &unit in &self.order {
            members[self.cluster_of[unit as usize] as usize].push(unit);
        }
        let mut merged = false;
        for cluster in 0..members.len() as u32 {
            let units = std::mem::take(&mut members[cluster as usize]);
            for &unit in &units {
                self.vote(unit, u64::from(self.sizes[unit as usize]));
            }
            let partner = self.best_partner(cluster);
            self.votes.clear();
            let target = partner.unwrap_or(cluster);
            if target != cluster {
                for &unit in &units {
                    self.relocate(unit, target);
                }
                merged = true;
            }
            members[target as usize].extend(units);
        }
        merged
    }

    /// The cluster that gains most from a merger, 2 sum over replicates and areas A of |A and C| |A and D| - R |C| |D| > 0; of
    /// equals that with the lowest number.
    fn best_partner(&self, cluster: u32) -> Option<u32> {
        let zones = |cluster: u32| i64::from(self.cluster_sizes[cluster as usize]);
        let others = self.votes.met.iter().copied().filter(|&other| other != cluster);
        others
            .map(|other| {
                let votes = self.votes.of_cluster[other as usize] as i64;
                (2 * votes - self.replicates as i64 * zones(cluster) * zones(other), other)
            })
            .filter(|&(gain, _)| gain > 0)
            .max_by_key(|&(gain, other)| (gain, Reverse(other)))
            .map(|(_, other)| other)
    }

    /// Where in `places` those of a unit stand.
    fn row(&self, unit: u32) -> Range<usize> {
        let first = unit as usize * self.replicates;
        first..first + self.replicates
    }

    /// Adds, for each cluster, its zones in the area of the unit, over all replicates, `times` times.
    fn vote(&mut self, unit: u32, times: u64) {
        for &place in self.places[self.row(unit)].iter().filter(|&&place| place != Replicate::NO_AREA) {
            for &(cluster, zones) in &self.tables[place as usize] {
                self.votes.add(cluster, u64::from(zones) * times);
            }
        }
    }

    /// Moves a unit to another cluster.
    fn relocate(&mut self, unit: u32, target: u32) {
        self.moves += 1;
        for cluster in [self.cluster_of[unit as usize], target] {
            self.changed[cluster as usize] = self.moves;
        }
        self.leave(unit);
        self.enter(unit, target);
    }

    /// Puts a unit into a cluster.
    fn enter(&mut self, unit: u32, cluster: u32) {
        let size = self.sizes[unit as usize];
        if self.empty.last() == Some(&cluster) {
            self.empty.pop();
        }
        self.cluster_of[unit as usize] = cluster;
        self.cluster_sizes[cluster as usize] += size;
        for &place in self.places[self.row(unit)].iter().filter(|&&place| place != Replicate::NO_AREA) {
            let table = &mut self.tables[place as usize];
            match table.iter_mut().find(|(known, _)| *known == cluster) {
                Some((_, zones)) => *zones += size,
                None => table.push((cluster, size)),
            }
        }
    }

    /// Takes a unit out of its cluster.
    fn leave(&mut self, unit: u32) {
        let (size, cluster) = (self.sizes[unit as usize], self.cluster_of[unit as usize]);
        self.cluster_sizes[cluster as usize] -= size;
        if self.cluster_sizes[cluster as usize] == 0 {
            self.empty.push(cluster);
        }
        for &place in self.places[self.row(unit)].iter().filter(|&&place| place != Replicate::NO_AREA) {
            let table = &mut self.tables[place as usize];
            for (_, zones) in table.iter_mut().filter(|(known, _)| *known == cluster) {
                *zones -= size;
            }
            table.retain(|&(_, zones)| zones > 0);
        }
    }
}
