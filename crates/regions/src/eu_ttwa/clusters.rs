//! The clusters of a search in progress: members and totals, kept up to date move by move.

use distretto_flows::FlowTable;

use super::links::Links;
use super::validity::Totals;

/// Position of a cluster in the store. Slot 0 is the reserve list; positive ids follow in ascending order;
/// clusters with negative ids (see `scatter`) come after them.
pub(super) type Slot = u32;

/// The reserve list.
pub(super) const RESERVE: Slot = 0;
/// Marks zones that take no part (the zero list).
pub(super) const ABSENT: Slot = Slot::MAX;

/// Members and totals of every cluster.
pub(super) struct Clusters<'a> {
    pub flows: &'a FlowTable,
    /// Cluster of each zone.
    pub slot_of: Vec<Slot>,
    id: Vec<i64>,
    totals: Vec<Totals>,
    members: Vec<Vec<u32>>,
    /// Where each zone stands among the members of its cluster.
    place: Vec<u32>,
    /// F(own cluster, c): flow into c from its own cluster, c included.
    inflow_from_own: Vec<f64>,
    /// Whether a zone may join: true for positive ids, until the cluster is set aside.
    open: Vec<bool>,
}

impl<'a> Clusters<'a> {
    /// From the id of each zone's cluster: `None` takes no part, 0 is the reserve list, ids are not negative.
    pub fn new(flows: &'a FlowTable, ids: &[Option<i64>]) -> Self {
        let mut id: Vec<i64> = ids.iter().copied().flatten().filter(|&id| id > 0).collect();
        id.push(0);
        id.sort_unstable();
        id.dedup();
        let slot_of: Vec<Slot> = ids
            .iter()
            .map(|zone_id| match zone_id {
                None => ABSENT,
                Some(zone_id) => id.partition_point(|other| other < zone_id) as Slot,
            })
            .collect();
        let mut clusters = Self {
            flows,
            totals: vec![Totals::default(); id.len()],
            members: vec![Vec::new(); id.len()],
            place: vec![0; slot_of.len()],
            inflow_from_own: vec![0.0; slot_of.len()],
            open: id.iter().map(|&id| id > 0).collect(),
            id,
            slot_of,
        };
        for zone in 0..clusters.slot_of.len() as u32 {
            let slot = clusters.slot_of[zone as usize];
            if slot != ABSENT {
                clusters.enter(zone, slot);
            }
        }
        for zone in 0..clusters.slot_of.len() as u32 {
            let slot = clusters.slot_of[zone as usize];
            if slot == ABSENT {
                continue;
            }
            let own: f64 = if clusters.members[slot as usize].len() == 1 {
                flows.inside(zone)
            } else {
                let from_own = |&(origin, _): &(u32, f64)| clusters.slot_of[origin as usize] == slot;
                flows.into_zone(zone).filter(from_own).map(|(_, amount)| amount).sum()
            };
            clusters.inflow_from_own[zone as usize] = own;
            let totals = &mut clusters.totals[slot as usize];
            totals.inside += own;
            totals.residents += flows.residents(zone);
            totals.workers += flows.workers(zone);
        }
        clusters
    }

    /// Number of slots.
    pub fn slots(&self) -> usize {
        self.id.len()
    }

    pub fn id(&self, slot: Slot) -> i64 {
        self.id[slot as usize]
    }

    /// S, L, W of a cluster. Meaningless for the reserve list.
    pub fn totals(&self, slot: Slot) -> Totals {
        self.totals[slot as usize]
    }

    /// Members in no particular order.
    pub fn members(&self, slot: Slot) -> &[u32] {
        &self.members[slot as usize]
    }

    /// Whether a zone may join the cluster: it has a positive id and was not set aside.
    pub fn is_open(&self, slot: Slot) -> bool {
        self.open[slot as usize]
    }

    /// Closes a cluster to all zones.
    pub fn set_aside(&mut self, slot: Slot) {
        self.open[slot as usize] = false;
    }

    /// Ids of the clusters set aside, ascending.
    pub fn ids_set_aside(&self) -> Vec<i64> {
        self.id.iter().zip(&self.open).filter(|&(&id, &open)| id > 0 && !open).map(|(&id, _)| id).collect()
    }

    /// Totals of a cluster with zone c (not a member) added, from the flows between the two.
    pub fn totals_with(&self, slot: Slot, zone: u32, out_to: f64, into_from: f64) -> Totals {
        let totals = self.totals(slot);
        Totals {
            inside: totals.inside + out_to + into_from + self.flows.inside(zone),
            residents: totals.residents + self.flows.residents(zone),
            workers: totals.workers + self.flows.workers(zone),
        }
    }

    /// How strongly a member is tied to the outside: inflow from other clusters (reserve included) plus outflow to
    /// anyone else, fellow members included. The asymmetry is the method's.
    pub fn outward_key(&self, zone: u32) -> f64 {
        let inflow = self.flows.workers(zone) - self.inflow_from_own[zone as usize];
        inflow + self.flows.residents(zone) - self.flows.inside(zone)
    }

    /// The members of a cluster by descending outward key, ties by ascending zone; only the first two are needed
    /// as a rule, so this does not sort.
    pub fn first_two_outward(&self, slot: Slot) -> Option<(u32, Option<u32>)> {
        let before = |a: (f64, u32), b: (f64, u32)| a.0 > b.0 || (a.0 == b.0 && a.1 < b.1);
        let mut best: Option<(f64, u32)> = None;
        let mut second: Option<(f64, u32)> = None;
        for &zone in self.members(slot) {
            let entry = (self.outward_key(zone), zone);
            if best.is_none_or(|best| before(entry, best)) {
                second = best;
                best = Some(entry);
            } else if second.is_none_or(|second| before(entry, second)) {
                second = Some(entry);
            }
        }
        best.map(|(_, zone)| (zone, second.map(|(_, zone)| zone)))
    }

    /// All members by descending outward key, ties by ascending zone.
    pub fn outward_order(&self, slot: Slot) -> Vec<u32> {
        let mut order: Vec<(f64, u32)> =
            self.members(slot).iter().map(|&zone| (self.outward_key(zone), zone)).collect();
        order.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        order.into_iter().map(|(_, zone)| zone).collect()
    }

    /// Moves a zone to another cluster. `links` must hold the flows between the zone and all clusters as they are
    /// now. Cost: the zone's pairs.
    pub fn move_zone(&mut self, zone: u32, to: Slot, links: &Links) {
        let from = self.slot_of[zone as usize];
        let self_flow = self.flows.inside(zone);
        let left = links.to(from);
        let (residents, workers) = (self.flows.residents(zone), self.flows.workers(zone));
        // Flows to and from its old cluster include the self flow once in each direction.
        let totals = &mut self.totals[from as usize];
        totals.inside -= left.out + left.into - self_flow;
        totals.residents -= residents;
        totals.workers -= workers;
        let joined = links.to(to);
        let totals = &mut self.totals[to as usize];
        totals.inside += joined.out + joined.into + self_flow;
        totals.residents += residents;
        totals.workers += workers;

        for (destination, amount) in self.flows.out_of(zone) {
            let slot = self.slot_of[destination as usize];
            if slot == from {
                self.inflow_from_own[destination as usize] -= amount;
            } else if slot == to {
                self.inflow_from_own[destination as usize] += amount;
            }
        }
        self.inflow_from_own[zone as usize] = joined.into + self_flow;
        self.slot_of[zone as usize] = to;
        let at = self.place[zone as usize] as usize;
        self.members[from as usize].swap_remove(at);
        if let Some(&moved) = self.members[from as usize].get(at) {
            self.place[moved as usize] = at as u32;
        }
        self.enter(zone, to);
    }

    fn enter(&mut self, zone: u32, slot: Slot) {
        let members = &mut self.members[slot as usize];
        self.place[zone as usize] = members.len() as u32;
        members.push(zone);
    }

    /// Takes a zone out of its cluster into a new one with this (negative) id.
    pub fn split_off(&mut self, zone: u32, id: i64, links: &mut Links) -> Slot {
        let slot = self.id.len() as Slot;
        self.id.push(id);
        self.open.push(false);
        self.totals.push(Totals::default());
        self.members.push(Vec::new());
        links.gather(self, zone);
        self.move_zone(zone, slot, links);
        slot
    }

    /// The cluster id of every zone; `None` takes no part, 0 is the reserve list.
    pub fn ids(&self) -> Vec<Option<i64>> {
        self.slot_of.iter().map(|&slot| (slot != ABSENT).then(|| self.id(slot))).collect()
    }
}
