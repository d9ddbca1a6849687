//! The reserve list, summarised.

use std::collections::BTreeMap;

use distretto_flows::FlowTable;

use crate::eu_ttwa::{ReserveEntry, ReserveKind};
use crate::summary::Summary;

/// What the reserve list of a search is like.
#[derive(Debug, Clone, PartialEq)]
pub struct ReserveStatistics {
    /// Distinct zones in the entries.
    pub zones: usize,
    /// Distinct dissolved clusters.
    pub clusters: usize,
    /// Dissolved clusters with one entry.
    pub clusters_once: usize,
    /// Entries per dissolved cluster, over those with more than one.
    pub entries_per_cluster: Option<Summary>,
    /// Validities of the dissolved clusters, by entry.
    pub validities: Option<Summary>,
    /// Employed residents of the zones, in persons.
    pub residents: Option<Summary>,
    /// Jobs of the zones, in persons.
    pub workers: Option<Summary>,
    /// Entries by kind.
    pub kinds: BTreeMap<ReserveKind, usize>,
}

/// Summarises a reserve list. Definition: `StatReserveList` of LabourMarketAreas 3.4.
pub fn reserve_statistics(flows: &FlowTable, entries: &[ReserveEntry]) -> ReserveStatistics {
    let mut per_cluster: BTreeMap<i64, usize> = BTreeMap::new();
    let mut kinds: BTreeMap<ReserveKind, usize> = BTreeMap::new();
    let mut zones: Vec<u32> = entries.iter().map(|entry| entry.zone).collect();
    zones.sort_unstable();
    zones.dedup();
    for entry in entries {
        *per_cluster.entry(entry.cluster).or_default() += 1;
        *kinds.entry(entry.kind).or_default() += 1;
    }
    let column = |values: &mut dyn Iterator<Item = f64>| Summary::of(&values.collect::<Vec<_>>());
    ReserveStatistics {
        zones: zones.len(),
        clusters: per_cluster.len(),
        clusters_once: per_cluster.values().filter(|&&count| count == 1).count(),
        entries_per_cluster: column(
            &mut per_cluster.values().filter(|&&count| count > 1).map(|&count| count as f64),
        ),
        validities: column(&mut entries.iter().map(|entry| entry.validity)),
        residents: column(&mut zones.iter().map(|&zone| flows.persons(flows.residents(zone)))),
        workers: column(&mut zones.iter().map(|&zone| flows.persons(flows.workers(zone)))),
        kinds,
    }
}
