//! Flows between areas and the reserve list, summarised.

use arrow::error::ArrowError;
use distretto_regions::summary::Summary;

use crate::edition::table::{Table, TableBuilder};
use crate::run::Results;
use crate::run::areas::AreaFlows;

/// One row a figure.
pub fn statistics(results: &Results, found: &AreaFlows) -> Result<Table, ArrowError> {
    let mut rows: Vec<(String, Option<f64>)> = Vec::new();
    let mut add = |name: &str, value: usize| rows.push((name.to_owned(), Some(value as f64)));
    add("links", found.summary.links);
    if let Some(reserve) = &results.areas.reserve {
        add("reserve_zones", reserve.zones);
        add("reserve_clusters", reserve.clusters);
        add("reserve_clusters_with_one_entry", reserve.clusters_once);
        for (kind, &entries) in &reserve.kinds {
            add(&format!("reserve_entries_{}", kind.letter()), entries);
        }
    }
    let mut summarise = |name: &str, summary: Option<Summary>| {
        for (part, get) in [
            ("min", (|s| s.min) as fn(Summary) -> f64),
            ("q1", |s| s.q1),
            ("median", |s| s.median),
            ("mean", |s| s.mean),
            ("q3", |s| s.q3),
            ("max", |s| s.max),
        ] {
            rows.push((format!("{name}_{part}"), summary.map(get)));
        }
    };
    summarise("flows", found.summary.amounts);
    summarise("flows_between_different_areas", found.summary.amounts_between);
    summarise("links_in", found.summary.links_in);
    summarise("links_out", found.summary.links_out);
    if let Some(reserve) = &results.areas.reserve {
        summarise("reserve_entries_per_cluster_with_several", reserve.entries_per_cluster);
        summarise("reserve_validity", reserve.validities);
        summarise("reserve_residents", reserve.residents);
        summarise("reserve_workers", reserve.workers);
    }
    TableBuilder::new("statistics", "Flows between areas and the reserve list, summarised as LabourMarketAreas 3.4 does.", &["figure"])
        .text(
            "figure",
            "Name: what is summarised, and min, q1, median, mean, q3 or max. Persons for flows, residents and workers; links are pairs of areas with a flow, an area with itself included.",
            rows.iter().map(|row| Some(&row.0)),
        )
        .number("value", "Its value; missing where there is nothing to summarise.", rows.iter().map(|row| row.1))
        .build()
}
