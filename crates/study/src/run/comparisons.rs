//! The areas held against other partitions.

use distretto_flows::FlowTable;
use distretto_regions::compare::{Comparison, Weights, compare as compare_partitions};

use super::areas::AreaResults;
use crate::input::{GivenPartition, Input};

/// The areas of the run (first) beside another partition (second).
#[derive(Debug, Clone)]
pub struct ComparisonResults {
    /// What the other partition is called.
    pub name: String,
    /// Its place in the study.
    pub index: usize,
    /// How far they agree.
    pub comparison: Comparison,
    /// The same for the partition as the search left it, before tuning, where there was any.
    pub before_tuning: Option<Comparison>,
}

impl ComparisonResults {
    /// The other partition.
    pub fn other<'a>(&self, input: &'a Input) -> &'a GivenPartition {
        &input.compare[self.index]
    }
}

/// Holds the areas against every partition of the study.
pub fn compare(input: &Input, areas: &AreaResults) -> Vec<ComparisonResults> {
    let weights = input.flows.as_ref().map(|flows| persons(&flows.table));
    let weights = weights.as_ref().map(|(residents, workers)| Weights { residents, workers });
    let with = |index: usize, given: &GivenPartition| ComparisonResults {
        name: given.name.clone(),
        index,
        comparison: compare_partitions(&areas.partition, &given.partition, weights),
        before_tuning: areas
            .tuning
            .as_ref()
            .map(|tuning| compare_partitions(&tuning.before, &given.partition, weights)),
    };
    input.compare.iter().enumerate().map(|(index, given)| with(index, given)).collect()
}

/// Employed residents and jobs of each zone, in persons.
pub(crate) fn persons(flows: &FlowTable) -> (Vec<f64>, Vec<f64>) {
    let zones = 0..flows.zones() as u32;
    let residents = zones.clone().map(|zone| flows.persons(flows.residents(zone))).collect();
    (residents, zones.map(|zone| flows.persons(flows.workers(zone))).collect())
}
