//! The results of a run as they are published.

use distretto_regions::summary::Summary;

use super::jobs::JobTables;
use super::{Disclosed, FlowStatuses, JobStatuses};
use crate::config::Config;
use crate::edition::table::Table;
use crate::fault::{Code, Fault, Log, Result};
use crate::run::areas::AreaFlows;
use crate::run::{ComparisonResults, DistrictResults, Results};

/// The results with everything withheld that must be; `None` where nothing comes from micro-data.
///
/// Cost: a copy of the results, and that of the decisions, see [`distretto_disclosure::Network::protect`].
pub fn published(results: &Results) -> Result<Option<Results>> {
    let input = &results.input;
    if !input.confidential.is_any() {
        return Ok(None);
    }
    let mut published = results.clone();
    published.log = without_details(&results.log);
    if !input.config.disclosure.suppress {
        published.log = results.log.clone();
        published.log.add(
            Fault::new(Code::DisclosureOff, "figures from micro-data are published as they are")
                .because("`[disclosure] suppress = false` stands in the study")
                .hint("publish this edition only where every contributor may be known"),
        );
        published.disclosed = Some(Disclosed::Off);
        return Ok(Some(published));
    }
    let rule = input.config.disclosure.rule();
    let jobs =
        results.districts.as_ref().map(|found| statuses_of_jobs(results, found)).transpose()?.flatten();
    if let (Some(statuses), Some(found)) = (&jobs, &results.districts) {
        published.districts = Some(districts(found, statuses)?);
        let sure = published.certainty.as_mut().and_then(|found| found.districts.as_mut());
        for area in sure.into_iter().flat_map(|sure| &mut sure.areas) {
            // Margins of the run, in true figures.
            area.distances = area.distances.map(|_| None);
        }
        if statuses.gave_up {
            published.log.add(Fault::new(
                Code::DisclosureExposed,
                "no figure of jobs by area is published: those that are unsafe could not be protected otherwise",
            ));
        }
    }
    let flows = match (&input.confidential.flows, &input.flows) {
        (Some(persons), Some(flows)) => {
            Some(FlowStatuses::decide(persons, &flows.table, &results.areas.partition, &rule)?)
        }
        _ => None,
    };
    if let Some(statuses) = &flows {
        publish_flows(&mut published, statuses);
    }
    let disclosed = Disclosed::Protected { rule, jobs, flows };
    published.log.add(Fault::new(Code::FiguresWithheld, withheld_sentence(&disclosed)));
    published.disclosed = Some(disclosed);
    Ok(Some(published))
}

fn withheld_sentence(disclosed: &Disclosed) -> String {
    let parts: Vec<String> = disclosed
        .withheld()
        .into_iter()
        .map(|(table, [primary, secondary])| {
            format!("{primary} figures of `{table}` are withheld and {secondary} more to protect them")
        })
        .collect();
    if parts.is_empty() { "nothing had to be withheld".to_owned() } else { parts.join("; ") }
}

/// Messages count rows and persons of the tables, so only what kind of message each is stays.
pub(crate) fn without_details(log: &Log) -> Log {
    let mut titles = Log::default();
    for fault in log.entries() {
        titles.add(Fault::new(fault.code, fault.code.entry().title));
    }
    titles
}

/// Warns of every table that is made by a query.
pub(crate) fn warn_of_queries(config: &Config, log: &mut Log) {
    for section in config.not_protected() {
        log.add(
            Fault::new(Code::QueryUnprotected, format!("[{section}] is made by a query, and nothing of it is withheld"))
                .because("who stands behind its rows is not known")
                .hint("leave it so where its sources are public; else give micro-data as [jobs.register] or [flows.trips]"),
        );
    }
}

fn statuses_of_jobs(results: &Results, found: &DistrictResults) -> Result<Option<JobStatuses>> {
    let (input, behind) = (&results.input, &results.input.confidential);
    let Some(jobs) = &input.jobs else { return Ok(None) };
    let made = match &jobs.separate {
        Some(_) => behind.manufacturing.as_ref(),
        None => behind.jobs.as_ref(),
    };
    let nobody = super::JobContributions::default();
    let Some(made) = made.or(behind.jobs.as_ref().map(|_| &nobody)) else { return Ok(None) };
    let tables = JobTables {
        partition: &results.areas.partition,
        classifications: [jobs.all_sectors.classification(), jobs.manufacturing().classification()],
        all_sectors: &found.all_sectors,
        manufacturing: &found.manufacturing,
        behind_sectors: behind.jobs.as_ref(),
        behind_manufacturing: made,
    };
    JobStatuses::decide(&tables, &input.config.disclosure.rule()).map(Some)
}

/// The districts judged on published figures, and what they truly are.
fn districts(found: &DistrictResults, statuses: &JobStatuses) -> Result<DistrictResults> {
    let all_sectors = found
        .all_sectors
        .without_sizes()
        .withholding(|area, sector, _| statuses.sector(area, sector).withheld());
    let manufacturing = found
        .manufacturing
        .withholding(|area, industry, size| statuses.industry(area, industry, size).withheld());
    let mut published = DistrictResults {
        parameters: found.parameters.clone(),
        all_sectors,
        manufacturing,
        verdicts: Vec::new(),
    };
    let judged = published.rule()?.verdicts();
    published.verdicts =
        judged.into_iter().zip(&found.verdicts).map(|(verdict, truth)| verdict.as_published(truth)).collect();
    Ok(published)
}

fn publish_flows(results: &mut Results, statuses: &FlowStatuses) {
    let left_out = if statuses.areas_open {
        "numbers of the search, of the reserve list and of moves, and sizes over replicates, are left out"
    } else {
        results.areas.flows = None;
        "all that the flows say of areas is left out: an area has too few persons, or none could be told without telling them"
    };
    results.log.add(Fault::new(Code::FiguresLeftOut, left_out));
    if let Some(flows) = &mut results.areas.flows {
        open_areas(flows, statuses);
    }
    if !statuses.zones_open() || !statuses.areas_open {
        results.comparisons.iter_mut().for_each(without_persons);
    }
}

/// What is said of areas whose residents, workers and people who stay are published.
fn open_areas(flows: &mut AreaFlows, statuses: &FlowStatuses) {
    let mut any_withheld = false;
    for (area, statistics) in (0..).zip(&mut flows.statistics) {
        if statuses.within(area) {
            statistics.internal_cohesion_flows = None;
            any_withheld = true;
        }
    }
    for figure in &mut flows.quality {
        if any_withheld && figure.name.ends_with("InternalCohesionFlows") {
            figure.value = None;
        }
    }
    let open: Vec<(u32, u32, f64)> = flows
        .between
        .rows()
        .filter(|&(a, b, _)| !statuses.pair(a, b).withheld())
        .map(|(a, b, units)| (a, b, flows.between.persons(units)))
        .collect();
    let amounts = |other: bool| -> Vec<f64> {
        open.iter().filter(|(a, b, _)| !other || a != b).map(|row| row.2).collect()
    };
    flows.summary.amounts = Summary::of(&amounts(false));
    flows.summary.amounts_between = Summary::of(&amounts(true));
    flows.summary.percent_below_threshold = None;
}

/// Two partitions side by side by zones alone: residents and workers of overlaps are sums of figures that are not all published.
fn without_persons(found: &mut ComparisonResults) {
    for comparison in [Some(&mut found.comparison), found.before_tuning.as_mut()].into_iter().flatten() {
        comparison.by_residents = None;
        (comparison.residents_differing, comparison.jobs_differing) = (None, None);
        for shared in &mut comparison.crosswalk {
            (shared.residents, shared.workers) = (None, None);
            (shared.share_of_a, shared.share_of_b) = (None, None);
        }
    }
}

/// Columns that are functions of figures of single zones or flows, whatever areas publish: by table, for flows.
const OF_FLOWS: [(&str, &[&str]); 4] = [
    ("reserve", &["validity"]),
    ("trace", &["validity", "cohesion", "validity_before", "validity_with", "runner_up_cohesion"]),
    ("moves", &["cohesion", "margin"]),
    (
        "area_certainty",
        &[
            "mean_jaccard",
            "core_share",
            "fringe_share",
            "contested_share",
            "residents_median",
            "residents_low80",
            "residents_high80",
        ],
    ),
];

/// Columns that are functions of all figures of jobs.
const OF_JOBS: [(&str, &[&str]); 1] = [(
    "district_certainty",
    &[
        "manufacturing_jobs_median",
        "manufacturing_jobs_low80",
        "manufacturing_jobs_high80",
        "main_industry_jobs_median",
        "main_industry_jobs_low80",
        "main_industry_jobs_high80",
    ],
)];

/// Empties the columns of an edition's tables that cannot be protected.
pub(crate) fn withhold_columns(tables: &mut [Table], disclosed: Option<&Disclosed>) -> Result<()> {
    let Some(disclosed) = disclosed else { return Ok(()) };
    let internal = |error: arrow::error::ArrowError| Fault::new(Code::Internal, error.to_string());
    for table in tables {
        let named = table.name;
        let flows = disclosed.flows().map_or(&[][..], |_| &OF_FLOWS);
        let jobs = disclosed.jobs().map_or(&[][..], |_| &OF_JOBS);
        for (_, columns) in flows.iter().chain(jobs).filter(|(name, _)| *name == named) {
            for column in *columns {
                table.empty(column, |_| true).map_err(internal)?;
            }
        }
        if disclosed.flows().is_some() && table.name == "statistics" {
            let figures = table.texts("figure");
            let told = |row: usize| {
                let figure = figures.get(row).map_or("", String::as_str);
                ["reserve_validity", "reserve_residents", "reserve_workers"]
                    .iter()
                    .any(|name| figure.starts_with(name))
            };
            table.empty("value", told).map_err(internal)?;
        }
    }
    Ok(())
}
