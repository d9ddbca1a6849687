//! The areas that the replicates agree on most.

use arrow::error::ArrowError;
use distretto_certainty::{Consensus, Replicate, match_areas};
use distretto_regions::naming::main_zones;
use distretto_territory::Partition;

use super::Named;
use crate::certainty::CertaintyResults;
use crate::edition::table::{Table, TableBuilder};
use crate::run::Results;
use crate::run::comparisons::persons;

/// An area of the consensus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConsensusArea {
    /// The zone with most jobs, as for areas of the run; its first zone where there are no flows.
    pub main_zone: u32,
    /// The area of the run that it is, by the rule that matches those of replicates.
    pub same_as: Option<u32>,
}

/// The areas of the consensus, told apart by their main zones.
///
/// A consensus area may differ from every area of the run, so it cannot have the code of one; of its zones it is the only
/// area, so any of them may name it.
#[derive(Debug)]
pub struct ConsensusAreas<'a> {
    consensus: &'a Consensus,
    areas: Vec<ConsensusArea>,
}

impl<'a> ConsensusAreas<'a> {
    /// Names the areas and holds them against those of the run. Cost: linear in zones.
    pub fn new(results: &Results, found: &'a CertaintyResults) -> Self {
        let consensus = &found.consensus;
        let input = &results.input;
        let main_zones = match &input.flows {
            Some(flows) => main_zones_by_area(consensus, |partition| {
                main_zones(&flows.table, partition, &input.zones.names)
            }),
            None => main_zones_by_area(consensus, |partition| {
                partition.members().iter().filter_map(|zones| zones.first().copied()).collect()
            }),
        };
        let weights = input
            .flows
            .as_ref()
            .map_or_else(|| vec![1.0; input.zones.len()], |flows| persons(&flows.table).0);
        let as_replicate = Replicate {
            area_of: consensus.area_of.clone(),
            areas: consensus.areas,
            judged: None,
            ..found.base.clone()
        };
        let matched = match_areas(&found.base, &as_replicate, &weights);
        let areas = (0..).zip(main_zones).map(|(area, main_zone)| ConsensusArea {
            main_zone,
            same_as: matched.base_of(area).filter(|&base| matched.exists(base)),
        });
        Self { consensus, areas: areas.collect() }
    }

    /// The area of a zone; `None` where it has none.
    pub fn of_zone(&self, zone: u32) -> Option<ConsensusArea> {
        self.areas.get(*self.consensus.area_of.get(zone as usize)? as usize).copied()
    }
}

/// The main zone of each consensus area, by a rule for partitions.
fn main_zones_by_area(consensus: &Consensus, rule: impl FnOnce(&Partition) -> Vec<u32>) -> Vec<u32> {
    let has_area = |area: u32| area != Replicate::NO_AREA;
    let codes: Vec<Option<String>> =
        consensus.area_of.iter().map(|&area| has_area(area).then(|| area.to_string())).collect();
    let mut main_zones = vec![0; consensus.areas as usize];
    for zone in rule(&Partition::from_codes(&codes)) {
        if let Some(main) =
            consensus.area_of.get(zone as usize).and_then(|&area| main_zones.get_mut(area as usize))
        {
            *main = zone;
        }
    }
    main_zones
}

/// One row a zone.
pub fn consensus(
    results: &Results,
    found: &CertaintyResults,
    areas: &ConsensusAreas,
) -> Result<Table, ArrowError> {
    let named = Named(results);
    let all = 0..found.consensus.area_of.len() as u32;
    let area = |zone: u32| areas.of_zone(zone);
    TableBuilder::new("consensus", "The areas that the replicates agree on most.", &["zone"])
        .text("zone", "Code of the zone.", all.clone().map(|zone| Some(named.zone(zone))))
        .text(
            "area",
            "Its area in the consensus: the code of the zone with most jobs in it (of its first zone where there are no flows). Missing where it has no area in more than half of the replicates.",
            all.clone().map(|zone| area(zone).map(|area| named.zone(area.main_zone))),
        )
        .text(
            "area_name",
            "Name of that zone.",
            all.clone().map(|zone| area(zone).and_then(|area| named.zone_name(area.main_zone))),
        )
        .text(
            "same_as",
            "Code of the area of the run that has more than half in common with it (Jaccard index by employed residents); missing where there is none.",
            all.map(|zone| area(zone)?.same_as.map(|same| named.area(same))),
        )
        .number(
            "support",
            "Mean share of replicates in which the zone shares its area with another zone of its consensus area, 0 to 1; missing where it is alone or without one.",
            found.consensus.support.iter().copied(),
        )
        .build()
}
