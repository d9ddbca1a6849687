//! The zones with which each zone exchanges most.

use distretto_flows::FlowTable;

/// Each zone and up to `most` others with which it exchanges most, as pairs (a, b), a < b, sorted, each once: what stands for
/// neighbours where no borders are given. What two zones exchange is the flow from one to the other and back; of equals the lowest
/// zones are taken. Cost: pairs log pairs in time, linear in memory.
pub fn strongest_partners(flows: &FlowTable, most: usize) -> Vec<(u32, u32)> {
    let mut pairs = Vec::with_capacity(flows.zones() * most.min(flows.zones()));
    for zone in 0..flows.zones() as u32 {
        let mut exchanges: Vec<(u32, f64)> =
            flows.out_of(zone).chain(flows.into_zone(zone)).filter(|&(other, _)| other != zone).collect();
        exchanges.sort_by_key(|&(other, _)| other);
        exchanges.dedup_by(|next, first| {
            let same = next.0 == first.0;
            first.1 += if same { next.1 } else { 0.0 };
            same
        });
        exchanges.retain(|&(_, exchange)| exchange > 0.0);
        exchanges.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        pairs.extend(exchanges.iter().take(most).map(|&(other, _)| (zone.min(other), zone.max(other))));
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

#[cfg(test)]
mod tests {
    use distretto_flows::Row;

    use super::*;

    fn table(rows: &[(u32, u32, f64)]) -> FlowTable {
        let rows: Vec<Row> =
            rows.iter().map(|&(origin, destination, amount)| Row { origin, destination, amount }).collect();
        FlowTable::from_rows(5, &rows).unwrap()
    }

    #[test]
    fn both_directions_count_and_zones_are_not_their_own_partners() {
        // Zone 0 exchanges 5 with 1, 6 with 2 and 4 with 3; zone 4 stays at home.
        let flows = table(&[
            (0, 0, 90.0),
            (0, 1, 5.0),
            (0, 2, 2.0),
            (2, 0, 4.0),
            (3, 0, 4.0),
            (4, 4, 9.0),
            (1, 3, 0.0),
        ]);
        assert_eq!(strongest_partners(&flows, 1), [(0, 1), (0, 2), (0, 3)]);
        assert_eq!(strongest_partners(&flows, 6), [(0, 1), (0, 2), (0, 3)]);
        assert!(strongest_partners(&flows, 0).is_empty());
    }

    #[test]
    fn of_equals_the_lowest_zones_are_taken() {
        let all: Vec<(u32, u32, f64)> = (0..5).flat_map(|a| (0..5).map(move |b| (a, b, 1.0))).collect();
        let flows = table(&all);
        assert_eq!(strongest_partners(&flows, 1), [(0, 1), (0, 2), (0, 3), (0, 4)]);
        assert_eq!(strongest_partners(&flows, 2), [(0, 1), (0, 2), (0, 3), (0, 4), (1, 2), (1, 3), (1, 4)]);
        assert_eq!(strongest_partners(&flows, usize::MAX).len(), 10);
    }
}
