//! What each area is like: size, self-containment, ties inside.

use distretto_flows::FlowTable;
use distretto_territory::Partition;

use crate::eu_ttwa::{Totals, Validity};

/// Statistics of one area. Counts in persons.
#[derive(Debug, Clone, PartialEq)]
pub struct AreaStatistics {
    /// L: employed residents, wherever they work.
    pub residents: f64,
    /// W: people working in the area, wherever they live.
    pub workers: f64,
    /// S: people living and working in the area.
    pub inside: f64,
    /// The validity function; below 1 the area owes its existence to the reserve list or to tuning.
    pub validity: f64,
    /// S/L, supply side; `None` without residents.
    pub sc_supply_side: Option<f64>,
    /// S/W, demand side; `None` without jobs.
    pub sc_demand_side: Option<f64>,
    /// ((L-S)+(W-S))/(2S): people crossing the border over those who stay. A ratio, not a percentage, whatever its
    /// name in the reference. `None` if S is 0.
    pub commuter_ratio: Option<f64>,
    /// ((L-S)-(W-S))/S: net out-commuting over those who stay; `None` if S is 0.
    pub home_work_ratio: Option<f64>,
    /// Number of zones.
    pub zones: usize,
    /// Rows between two different members over n(n-1), in 0..=1; `None` if there is no such row.
    pub internal_cohesion_link: Option<f64>,
    /// 100 x flow between different members / S; `None` if there is no such row.
    pub internal_cohesion_flows: Option<f64>,
    /// Members with more than 100 jobs that draw more workers than they send:
    /// (W_c - f(c,c))/(L_c - f(c,c)) > 1.
    pub central_zones: usize,
    /// Areas with a flow row into this one, itself included.
    pub links_in: usize,
    /// Areas with a flow row out of this one, itself included.
    pub links_out: usize,
}

/// Statistics of every area of a partition, by area index.
///
/// L and W count flows to and from all zones of `flows`, with or without an area. Definitions: `StatClusterData` of
/// LabourMarketAreas 3.4; a central member needs no self-flow row here. Cost: linear in pairs.
pub fn area_statistics(flows: &FlowTable, partition: &Partition, validity: &Validity) -> Vec<AreaStatistics> {
    let between = flows.between_areas(partition);
    let members = partition.members();
    let mut rows_inside = vec![0usize; partition.areas()];
    let mut flow_inside = vec![0.0; partition.areas()];
    for (origin, destination, units) in flows.rows() {
        if let Some(area) = partition.area_of(origin).filter(|_| origin != destination)
            && partition.area_of(destination) == Some(area)
        {
            rows_inside[area as usize] += 1;
            flow_inside[area as usize] += units;
        }
    }
    members
        .iter()
        .enumerate()
        .map(|(area, members)| {
            let totals = Totals {
                inside: between.inside(area as u32),
                residents: members.iter().map(|&zone| flows.residents(zone)).sum(),
                workers: members.iter().map(|&zone| flows.workers(zone)).sum(),
            };
            let Totals { inside: s, residents: l, workers: w } = totals;
            let ratio =
                |numerator: f64, denominator: f64| (denominator > 0.0).then(|| numerator / denominator);
            let pairs = (members.len() * (members.len() - 1)) as f64;
            let has_rows = rows_inside[area] > 0;
            AreaStatistics {
                residents: flows.persons(l),
                workers: flows.persons(w),
                inside: flows.persons(s),
                validity: if l > 0.0 && w > 0.0 { validity.of(totals) } else { 0.0 },
                sc_supply_side: ratio(s, l),
                sc_demand_side: ratio(s, w),
                commuter_ratio: ratio((l - s) + (w - s), 2.0 * s),
                home_work_ratio: ratio((l - s) - (w - s), s),
                zones: members.len(),
                internal_cohesion_link: has_rows.then(|| rows_inside[area] as f64 / pairs),
                internal_cohesion_flows: ratio(100.0 * flow_inside[area], s).filter(|_| has_rows),
                central_zones: members.iter().filter(|&&zone| is_central(flows, zone)).count(),
                links_in: between.into_zone(area as u32).len(),
                links_out: between.out_of(area as u32).len(),
            }
        })
        .collect()
}

/// The same self flow is taken from both sides, so the ratio exceeds 1 where W does L.
fn is_central(flows: &FlowTable, zone: u32) -> bool {
    flows.persons(flows.workers(zone)) > 100.0 && flows.workers(zone) > flows.residents(zone)
}

/// Q = (1/T) sum over areas of (F(k,k) - L_k W_k / T): directed weighted modularity at resolution 1, the zones
/// without an area counting as one more area. `None` for a table without flows. Range: below 1.
/// Source: Leicht & Newman (2008), doi:10.1103/PhysRevLett.100.118703.
pub fn modularity(flows: &FlowTable, partition: &Partition) -> Option<f64> {
    let total = flows.total();
    let mut groups = vec![Totals::default(); partition.areas() + 1];
    let group = |zone: u32| partition.area_of(zone).map_or(partition.areas(), |area| area as usize);
    for (origin, destination, units) in flows.rows() {
        groups[group(origin)].residents += units;
        groups[group(destination)].workers += units;
        if group(origin) == group(destination) {
            groups[group(origin)].inside += units;
        }
    }
    let sum: f64 = groups.iter().map(|k| k.inside - k.residents * k.workers / total).sum();
    (total > 0.0).then_some(sum / total)
}
