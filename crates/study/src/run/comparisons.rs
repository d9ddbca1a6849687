//! The areas held against other partitions.

use distretto_flows::FlowTable;
use distretto_regions::compare::{Comparison, Contingency, Matching, compare as compare_partitions};

use super::areas::AreaResults;
use crate::input::{GivenPartition, Input};

/// The areas of the run (first) beside another partition (second).
#[derive(Debug)]
pub struct ComparisonResults {
    /// What the other partition is called.
    pub name: String,
    /// Its place in the study.
    pub index: usize,
    /// The indices; weights are employed residents.
    pub comparison: Comparison,
    /// The same for the partition as the search left it, before tuning, where there was any.
    pub before_tuning: Option<Comparison>,
    /// Share of jobs in zones whose areas are not matched; `None` without jobs.
    pub jobs_differing: Option<f64>,
    /// The crosswalk, zones counting 1.
    pub zones: Contingency,
    /// The crosswalk, zones counting their employed residents.
    pub residents: Contingency,
    /// The crosswalk, zones counting their jobs.
    pub workers: Contingency,
    /// Which area is which.
    pub matching: Matching,
}

impl ComparisonResults {
    /// The other partition.
    pub fn other<'a>(&self, input: &'a Input) -> &'a GivenPartition {
        &input.compare[self.index]
    }
}

/// Holds the areas against every partition of the study. Without flows nobody weighs anything.
pub fn compare(input: &Input, areas: &AreaResults) -> Vec<ComparisonResults> {
    let flows = input.flows.as_ref().map(|flows| &flows.table);
    let by_zone = |of: &dyn Fn(&FlowTable, u32) -> f64| -> Vec<f64> {
        (0..input.zones.len() as u32)
            .map(|zone| flows.map_or(0.0, |flows| flows.persons(of(flows, zone))))
            .collect()
    };
    let residents = by_zone(&|flows, zone| flows.residents(zone));
    let workers = by_zone(&|flows, zone| flows.workers(zone));
    input
        .compare
        .iter()
        .enumerate()
        .map(|(index, given)| {
            let (ours, other) = (&areas.partition, &given.partition);
            let ones = vec![1.0; input.zones.len()];
            let contingency = Contingency::new(ours, other, &ones);
            ComparisonResults {
                name: given.name.clone(),
                index,
                comparison: compare_partitions(ours, other, &residents),
                before_tuning: areas
                    .tuning
                    .as_ref()
                    .map(|tuning| compare_partitions(&tuning.before, other, &residents)),
                jobs_differing: compare_partitions(ours, other, &workers).weight_differing,
                matching: Matching::new(&contingency),
                zones: contingency,
                residents: Contingency::new(ours, other, &residents),
                workers: Contingency::new(ours, other, &workers),
            }
        })
        .collect()
}
