//! Why a zone belongs to its area.

use std::collections::BTreeMap;
use std::fmt::Write;

use distretto_flows::FlowTable;
use distretto_regions::cohesion::{Ranked, cohesion, rank};
use distretto_regions::eu_ttwa::{Decision, Outcome, Step, TracedCandidate, ZeroReason};
use distretto_regions::tuning::Defect;

use super::certainty;
use crate::run::Results;

/// Areas shown in the list of ties.
const SHOWN: usize = 8;

pub(super) fn explain(results: &Results, zone: u32) -> String {
    let input = &results.input;
    let label = input.zones.label(zone);
    let mut text = String::new();
    let _ = writeln!(text, "{label} (zone {})\n", input.zones.zones.code(zone));
    let _ = match results.areas.partition.area_of(zone) {
        Some(area) => {
            let name = &results.areas.names[area as usize];
            writeln!(text, "It belongs to the area {name} ({}).", results.areas.partition.code(area))
        }
        None => writeln!(text, "It has no area."),
    };
    if let Some(search) = &results.areas.search {
        let _ = writeln!(text, "\nWhat happened");
        for line in events(results, search, zone) {
            let _ = writeln!(text, "  {line}");
        }
    }
    if let Some(flows) = &input.flows {
        ties(&mut text, results, &flows.table, zone);
    }
    certainty::of_zone(&mut text, results, zone);
    text
}

/// The events of a zone in order.
fn events(results: &Results, search: &Outcome, zone: u32) -> Vec<String> {
    let names = ClusterNames::new(results, search);
    let mut lines = Vec::new();
    if let Ok(at) = search.zero.binary_search_by_key(&zone, |zero| zero.zone) {
        lines.push(match search.zero[at].reason {
            ZeroReason::NoResidents => "it took no part: no employed resident lives there".to_owned(),
            ZeroReason::NoWorkers => "it took no part: nobody works there".to_owned(),
            ZeroReason::Isolated => "it took no part: it exchanges commuters with no other zone".to_owned(),
        });
    } else {
        let given = results.input.restart.as_ref().map(|restart| restart.partition.area_of(zone));
        lines.push(match given {
            None => "it began as a cluster of its own".to_owned(),
            Some(None) => "it began on the reserve list: the areas to start from do not name it".to_owned(),
            Some(Some(_)) => "it began in an area of those that the search started from".to_owned(),
        });
    }
    let last = search.before[zone as usize];
    for step in search.steps.iter().flatten() {
        if step.zone == Some(zone) {
            lines.push(event(&names, step));
        } else if step.decision == Decision::SetAside && last == Some(step.cluster) {
            lines.push(format!(
                "iteration {}: {}, {} zones with nobody crossing its border, was set aside: it is too small to be an area",
                step.iteration,
                names.named(step.cluster),
                step.members
            ));
        }
    }
    let dumped = search.steps.iter().flatten().any(|step| step.decision == Decision::Dumped);
    if last == Some(0) && dumped && !search.entries.iter().any(|entry| entry.zone == zone) {
        lines.push("its whole cluster went to the reserve list after another was scattered".to_owned());
    }
    for attachment in search.attachments.iter().filter(|attachment| attachment.zone == zone) {
        lines.push(format!(
            "after the search it was attached to {}{}",
            names.of(&attachment.area),
            second(&names, attachment.runner_up.as_ref())
        ));
    }
    for step in results.areas.tuning.iter().flat_map(|tuning| &tuning.moves) {
        if step.zones.binary_search(&zone).is_ok() {
            lines.push(moved(results, step));
        }
    }
    if let Some(place) = results.input.config.areas.assign.get(results.input.zones.zones.code(zone)) {
        lines.push(format!("it was placed by hand with zone {place}"));
    }
    if lines.len() == 1 && search.steps.is_some() && search.after[zone as usize].is_some() {
        lines.push("it was never the one to move: others joined it".to_owned());
    }
    lines
}

fn moved(results: &Results, step: &distretto_regions::tuning::Move) -> String {
    let before = results.areas.tuning.as_ref().map(|tuning| &tuning.before);
    let code = |area: u32| before.map_or("", |before| before.code(area));
    let why = match step.defect {
        Defect::LoosePiece => "it lay apart from the rest of its area",
        Defect::SingleZone => "it was the only zone of its area",
    };
    let runner_up = step.runner_up.map_or(String::new(), |other| {
        format!("; next best was area {} with {:.6}", code(other.area), other.cohesion)
    });
    format!(
        "tuning: {why}, so it moved from area {} to area {}, its neighbour with most cohesion ({:.6}{runner_up})",
        code(step.from),
        code(step.to.area),
        step.to.cohesion
    )
}

fn event(names: &ClusterNames, step: &Step) -> String {
    let whose = if step.members == 1 {
        "alone".to_owned()
    } else {
        format!("the most outward of the {} zones of {}", step.members, names.named(step.cluster))
    };
    let mut text = format!(
        "iteration {}: {whose}, validity {:.4}, the least valid of all; ",
        step.iteration, step.validity
    );
    let Some(candidate) = &step.candidate else {
        text.push_str("no cluster could take it, so it went to the reserve list");
        return text;
    };
    let (before, with) = step.candidate_validity.unwrap_or_default();
    let _ = match step.decision {
        Decision::Joined => write!(
            text,
            "it joined {}, whose validity went from {before:.4} to {with:.4}",
            names.of(candidate)
        ),
        _ => write!(
            text,
            "{} would have fallen from {before:.4} to {with:.4}, so it went to the reserve list",
            names.of(candidate)
        ),
    };
    text + &second(names, step.runner_up.as_ref())
}

fn second(names: &ClusterNames, runner_up: Option<&TracedCandidate>) -> String {
    runner_up.map_or_else(
        || "; there was no other candidate".to_owned(),
        |other| format!("; the runner-up was {}", names.of(other)),
    )
}

/// Clusters are called after the zone they grew from.
struct ClusterNames<'a> {
    seeds: BTreeMap<i64, &'a str>,
}

impl<'a> ClusterNames<'a> {
    /// Ids are ranks among the zones that take part, unless the search started from given areas.
    fn new(results: &'a Results, search: &Outcome) -> Self {
        if results.input.restart.is_some() {
            return Self { seeds: BTreeMap::new() };
        }
        let taking_part = (0u32..).zip(&search.after).filter(|(_, id)| id.is_some()).map(|(zone, _)| zone);
        Self { seeds: (1..).zip(taking_part.map(|zone| results.input.zones.label(zone))).collect() }
    }

    fn named(&self, cluster: i64) -> String {
        self.seeds
            .get(&cluster)
            .map_or_else(|| format!("cluster {cluster}"), |seed| format!("the cluster of {seed} ({cluster})"))
    }

    fn of(&self, candidate: &TracedCandidate) -> String {
        format!("{} (cohesion {:.6})", self.named(candidate.cluster), candidate.cohesion)
    }
}

/// Cohesion of the zone with every area it exchanges with, itself taken out of its own.
fn ties(text: &mut String, results: &Results, flows: &FlowTable, zone: u32) {
    let partition = &results.areas.partition;
    let mut by_area: BTreeMap<u32, (f64, f64, bool)> = BTreeMap::new();
    for (other, amount) in flows.out_of(zone).filter(|&(other, _)| other != zone) {
        if let Some(area) = partition.area_of(other) {
            by_area.entry(area).or_default().0 += amount;
        }
    }
    for (other, amount) in flows.into_zone(zone).filter(|&(other, _)| other != zone) {
        if let Some(area) = partition.area_of(other) {
            let tie = by_area.entry(area).or_default();
            (tie.1, tie.2) = (tie.1 + amount, true);
        }
    }
    let members = partition.members();
    let own = partition.area_of(zone);
    let totals = |area: u32| {
        let others = members[area as usize].iter().filter(|&&member| member != zone);
        others
            .fold((0.0, 0.0), |sum, &member| (sum.0 + flows.residents(member), sum.1 + flows.workers(member)))
    };
    let zone_totals = (flows.residents(zone), flows.workers(zone));
    let mut ranked: Vec<Ranked> = by_area
        .iter()
        .map(|(&area, &(out, into, sends))| Ranked {
            area,
            cohesion: cohesion(out, into, zone_totals, totals(area)),
            sends,
        })
        .collect();
    rank(&mut ranked);
    let _ = writeln!(text, "\nTies with areas, as they stand now (itself taken out of its own)");
    let _ = writeln!(text, "  {:>12} {:>10} {:>10}  area", "cohesion", "out", "in");
    for tie in ranked.iter().take(SHOWN) {
        let (out, into, _) = by_area[&tie.area];
        let mark = if own == Some(tie.area) { " (its own)" } else { "" };
        let _ = writeln!(
            text,
            "  {:>12.6} {:>10} {:>10}  {} ({}){mark}",
            tie.cohesion,
            flows.persons(out),
            flows.persons(into),
            results.areas.names[tie.area as usize],
            partition.code(tie.area),
        );
    }
    if ranked.len() > SHOWN {
        let _ = writeln!(text, "  and {} weaker ones", ranked.len() - SHOWN);
    }
    let _ = writeln!(
        text,
        "  {} of its {} employed residents work in the zone itself; {} people work there in all",
        flows.persons(flows.inside(zone)),
        flows.persons(zone_totals.0),
        flows.persons(zone_totals.1)
    );
}
