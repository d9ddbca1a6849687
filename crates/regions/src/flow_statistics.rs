//! Flows between areas, summarised.

use distretto_flows::FlowTable;
use distretto_territory::Partition;

use crate::summary::Summary;

/// What the flows between the areas of a partition are like. Amounts in persons.
#[derive(Debug, Clone, PartialEq)]
pub struct FlowStatistics {
    /// Ordered pairs of areas with a flow row, pairs of an area with itself included.
    pub links: usize,
    /// Percentage of these with fewer persons than the threshold; `None` without links.
    pub percent_below_threshold: Option<f64>,
    /// Amounts of all pairs.
    pub amounts: Option<Summary>,
    /// Amounts of pairs of two different areas.
    pub amounts_between: Option<Summary>,
    /// Links into an area.
    pub links_in: Option<Summary>,
    /// Links out of an area.
    pub links_out: Option<Summary>,
    /// Areas with most links in, then out, then fewest in, then out; all ties.
    pub extremes: [Vec<u32>; 4],
}

/// Summarises the flows between areas. Definition: `StatFlows` of LabourMarketAreas 3.4 (`StatClusterData`).
pub fn flow_statistics(flows: &FlowTable, partition: &Partition, threshold: f64) -> FlowStatistics {
    let between = flows.between_areas(partition);
    let amounts: Vec<f64> = between.rows().map(|(_, _, units)| flows.persons(units)).collect();
    let others: Vec<f64> =
        between.rows().filter(|(o, d, _)| o != d).map(|(_, _, units)| flows.persons(units)).collect();
    let areas = 0..partition.areas() as u32;
    let links_in: Vec<f64> = areas.clone().map(|area| between.into_zone(area).len() as f64).collect();
    let links_out: Vec<f64> = areas.map(|area| between.out_of(area).len() as f64).collect();
    let below = amounts.iter().filter(|&&amount| amount < threshold).count();
    let (summary_in, summary_out) = (Summary::of(&links_in), Summary::of(&links_out));
    let at = |links: &[f64], value: Option<f64>| -> Vec<u32> {
        (0..links.len() as u32).filter(|&area| Some(links[area as usize]) == value).collect()
    };
    FlowStatistics {
        links: amounts.len(),
        percent_below_threshold: (!amounts.is_empty()).then(|| 100.0 * below as f64 / amounts.len() as f64),
        amounts: Summary::of(&amounts),
        amounts_between: Summary::of(&others),
        links_in: summary_in,
        links_out: summary_out,
        extremes: [
            at(&links_in, summary_in.map(|s| s.max)),
            at(&links_out, summary_out.map(|s| s.max)),
            at(&links_in, summary_in.map(|s| s.min)),
            at(&links_out, summary_out.map(|s| s.min)),
        ],
    }
}
