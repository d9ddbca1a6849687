//! What the reference does when a zone of a larger cluster has no candidate (type D): the cluster is scattered.

use super::clusters::{RESERVE, Slot};
use super::search::Search;
use super::trace::{Decision, ReserveKind};

impl Search<'_> {
    /// The other members stay separate under negative ids, and as many steps as there are of them each treat the
    /// least valid cluster of all, whichever it is. `order` is the order of outward ties with the zone already in
    /// the reserve list first.
    ///
    /// Where the reference labels its entries and moves with the zone at the step's place in the order, so does
    /// this. Where it has no defined answer (a positive cluster linked with several separated zones), the one
    /// with the highest cohesion joins; of equals the smallest id.
    pub(super) fn scatter(&mut self, dissolved: Slot, validity: f64, order: &[u32]) {
        let lowest_id = self.lowest_negative_id();
        let mut ascending: Vec<u32> = order.to_vec();
        ascending.sort_unstable();
        for (rank, &zone) in ascending.iter().enumerate() {
            if zone != order[0] {
                let slot = self.clusters.split_off(zone, lowest_id - 1 - rank as i64, &mut self.links);
                self.refresh(slot);
            }
        }
        self.refresh(dissolved);
        for &label in &order[..order.len() - 1] {
            match self.worst() {
                None => {
                    self.record(dissolved, validity, None, (None, None), None, Decision::Nothing);
                    self.enter(ReserveKind::F, dissolved, validity, label, None);
                }
                Some((slot, worst)) if self.clusters.id(slot) < 0 => {
                    self.place_separated(slot, worst, (dissolved, validity), label);
                }
                Some((slot, worst)) => self.feed_or_dump(slot, worst, (dissolved, validity), label),
            }
        }
    }

    fn lowest_negative_id(&self) -> i64 {
        (0..self.clusters.slots() as Slot)
            .filter(|&slot| !self.clusters.members(slot).is_empty())
            .map(|slot| self.clusters.id(slot))
            .min()
            .unwrap_or(0)
            .min(0)
    }

    /// The least valid is a separated zone: it joins its candidate or goes to the reserve list.
    fn place_separated(&mut self, slot: Slot, worst: f64, (dissolved, validity): (Slot, f64), label: u32) {
        let Some(&zone) = self.clusters.members(slot).first() else { return };
        self.links.gather(&self.clusters, zone);
        let (candidate, runner_up) = self.candidates(zone);
        let tested = candidate.map(|candidate| self.test(zone, candidate, None));
        let decision = match tested {
            Some((before, with)) if with >= before => Decision::Joined,
            Some(_) => Decision::Reserved(ReserveKind::E),
            None => Decision::Reserved(ReserveKind::F),
        };
        self.record(slot, worst, Some(zone), (candidate, runner_up), tested, decision);
        match (decision, candidate) {
            (Decision::Joined, Some(candidate)) => {
                self.clusters.move_zone(zone, candidate.slot, &self.links);
                self.moves[label as usize] += 1;
                self.refresh(candidate.slot);
            }
            (Decision::Reserved(kind), _) => {
                self.clusters.move_zone(zone, RESERVE, &self.links);
                self.enter(kind, dissolved, validity, label, None);
            }
            _ => {}
        }
        self.refresh(slot);
    }

    /// The least valid is an ordinary cluster: a separated zone linked with it joins untested; without any such
    /// zone the whole cluster goes to the reserve list.
    fn feed_or_dump(&mut self, slot: Slot, worst: f64, (dissolved, validity): (Slot, f64), label: u32) {
        let mut linked: Vec<u32> = Vec::new();
        for &member in self.clusters.members(slot) {
            let flows = self.clusters.flows;
            let partners = flows.out_of(member).chain(flows.into_zone(member)).map(|(partner, _)| partner);
            linked.extend(
                partners.filter(|&partner| self.clusters.id(self.clusters.slot_of[partner as usize]) < 0),
            );
        }
        linked.sort_unstable();
        linked.dedup();
        let mut chosen: Option<(f64, i64, u32)> = None;
        for &zone in &linked {
            self.links.gather(&self.clusters, zone);
            let cohesion = self.links.cohesion(&self.clusters, zone, slot);
            let id = self.clusters.id(self.clusters.slot_of[zone as usize]);
            if chosen.is_none_or(|(best, best_id, _)| cohesion > best || (cohesion == best && id < best_id)) {
                chosen = Some((cohesion, id, zone));
            }
        }
        if let Some((_, _, zone)) = chosen {
            self.record(slot, worst, Some(zone), (None, None), None, Decision::Joined);
            let left = self.clusters.slot_of[zone as usize];
            self.links.gather(&self.clusters, zone);
            self.clusters.move_zone(zone, slot, &self.links);
            self.moves[label as usize] += 1;
            self.refresh(left);
        } else {
            self.record(slot, worst, None, (None, None), None, Decision::Dumped);
            for zone in self.clusters.members(slot).to_vec() {
                self.links.gather(&self.clusters, zone);
                self.clusters.move_zone(zone, RESERVE, &self.links);
            }
            self.enter(ReserveKind::F, dissolved, validity, label, None);
        }
        self.refresh(slot);
    }
}
