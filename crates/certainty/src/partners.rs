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
