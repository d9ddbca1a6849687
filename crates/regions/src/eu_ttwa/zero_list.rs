//! The zero list: zones that cannot take part.

use distretto_flows::FlowTable;

/// Why a zone cannot take part in the search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ZeroReason {
    /// No employed resident (L = 0) in what is left of the table.
    NoResidents,
    /// No job (W = 0) in what is left of the table.
    NoWorkers,
    /// All residents work at home and nobody comes in: f(c,c) = L = W.
    Isolated,
}

/// A zone removed before the search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ZeroZone {
    /// The zone.
    pub zone: u32,
    /// Why it was removed.
    pub reason: ZeroReason,
}

/// Removes, until nothing more goes, zones without residents, without jobs or without any exchange; the flows of
/// a removed zone go with it, which may empty its partners in turn. What is left does not depend on the order of
/// removal. Ascending by zone. Cost: linear in pairs.
pub fn zero_list(flows: &FlowTable) -> Vec<ZeroZone> {
    let zones = flows.zones() as u32;
    let mut residents: Vec<f64> = (0..zones).map(|zone| flows.residents(zone)).collect();
    let mut workers: Vec<f64> = (0..zones).map(|zone| flows.workers(zone)).collect();
    let mut removed: Vec<Option<ZeroReason>> = vec![None; zones as usize];
    let mut pending: Vec<u32> = (0..zones).rev().collect();
    while let Some(zone) = pending.pop() {
        let at = zone as usize;
        if removed[at].is_some() {
            continue;
        }
        let reason = if residents[at] == 0.0 {
            ZeroReason::NoResidents
        } else if workers[at] == 0.0 {
            ZeroReason::NoWorkers
        } else if flows.inside(zone) == residents[at] && residents[at] == workers[at] {
            ZeroReason::Isolated
        } else {
            continue;
        };
        removed[at] = Some(reason);
        for (partner, amount) in flows.out_of(zone) {
            workers[partner as usize] -= amount;
            pending.push(partner);
        }
        for (partner, amount) in flows.into_zone(zone) {
            residents[partner as usize] -= amount;
            pending.push(partner);
        }
    }
    removed
        .iter()
        .enumerate()
        .filter_map(|(zone, reason)| reason.map(|reason| ZeroZone { zone: zone as u32, reason }))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use distretto_flows::Row;

    #[test]
    fn one_removal_empties_the_next() {
        // 3 is isolated from the start. 5 sends workers to 4 but has no job; 4 lives on 5 alone, so it goes next.
        let rows = [
            (0, 0, 5.0),
            (0, 1, 1.0),
            (1, 0, 1.0),
            (2, 0, 1.0),
            (0, 2, 1.0),
            (4, 0, 2.0),
            (5, 4, 1.0),
            (3, 3, 7.0),
        ];
        let rows: Vec<Row> =
            rows.iter().map(|&(origin, destination, amount)| Row { origin, destination, amount }).collect();
        let flows = FlowTable::from_rows(6, &rows).unwrap();
        let zero = zero_list(&flows);
        assert_eq!(
            zero,
            [
                ZeroZone { zone: 3, reason: ZeroReason::Isolated },
                ZeroZone { zone: 4, reason: ZeroReason::NoWorkers },
                ZeroZone { zone: 5, reason: ZeroReason::NoWorkers }
            ]
        );
    }
}
