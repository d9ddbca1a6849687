//! How the areas came about: the reserve list, the steps of the search, the moves of tuning.

use arrow::error::ArrowError;
use distretto_regions::delineate::Tuned;
use distretto_regions::eu_ttwa::{Decision, Outcome};
use distretto_regions::tuning::{Defect, Why};

use crate::edition::table::{Table, TableBuilder};
use crate::run::Results;

/// The tables that this run has.
pub fn all(results: &Results) -> Result<Vec<Table>, ArrowError> {
    let mut tables = Vec::new();
    if let Some(search) = &results.areas.search {
        tables.push(reserve(results, search)?);
        if let Some(trace) = trace(results, search)? {
            tables.push(trace);
        }
    }
    if let Some(tuning) = &results.areas.tuning {
        tables.push(moves(results, tuning)?);
        tables.push(unresolved(results, tuning)?);
    }
    Ok(tables)
}

fn reserve(results: &Results, search: &Outcome) -> Result<Table, ArrowError> {
    let rows = &search.entries;
    let code = |zone: u32| results.input.zones.zones.code(zone);
    TableBuilder::new(
        "reserve",
        "The reserve list: zones that no cluster took during the search.",
        &["iteration", "zone"],
    )
    .whole("iteration", "Iteration, from 1.", rows.iter().map(|row| Some(i64::from(row.iteration))))
    .text("zone", "Code of the zone.", rows.iter().map(|row| Some(code(row.zone))))
    .text(
        "type",
        "A to F, as in LabourMarketAreas 3.4.",
        rows.iter().map(|row| Some(row.kind.letter().to_string())),
    )
    .whole("cluster", "Id of the cluster that was dissolved.", rows.iter().map(|row| Some(row.cluster)))
    .number("validity", "Its validity.", rows.iter().map(|row| Some(row.validity)))
    .text(
        "next",
        "For C and D: the next member in the order of outward ties.",
        rows.iter().map(|row| row.next.map(code)),
    )
    .build()
}

fn trace(results: &Results, search: &Outcome) -> Result<Option<Table>, ArrowError> {
    let Some(rows) = &search.steps else { return Ok(None) };
    let decision = |decision: Decision| match decision {
        Decision::Joined => "joined".to_owned(),
        Decision::Reserved(kind) => format!("reserved_{}", kind.letter()),
        Decision::Dumped => "dumped".to_owned(),
        Decision::SetAside => "set_aside".to_owned(),
        Decision::Nothing => "nothing".to_owned(),
    };
    TableBuilder::new("trace", "Every step of the search.", &["step"])
        .whole("step", "Running number, from 1.", (1..=rows.len() as i64).map(Some))
        .whole("iteration", "Iteration, from 1.", rows.iter().map(|row| Some(i64::from(row.iteration))))
        .whole("cluster", "Id of the least valid cluster.", rows.iter().map(|row| Some(row.cluster)))
        .whole("members", "Its number of zones.", rows.iter().map(|row| Some(i64::from(row.members))))
        .number("validity", "Its validity.", rows.iter().map(|row| Some(row.validity)))
        .text(
            "zone",
            "The zone treated.",
            rows.iter().map(|row| row.zone.map(|zone| results.input.zones.zones.code(zone))),
        )
        .text(
            "decision",
            "joined, reserved_A to reserved_F, dumped, set_aside or nothing.",
            rows.iter().map(|row| Some(decision(row.decision))),
        )
        .whole(
            "candidate",
            "Cluster with the highest cohesion.",
            rows.iter().map(|row| row.candidate.map(|c| c.cluster)),
        )
        .number(
            "cohesion",
            "Its cohesion with the zone.",
            rows.iter().map(|row| row.candidate.map(|c| c.cohesion)),
        )
        .number(
            "validity_before",
            "Validity of the candidate without the zone.",
            rows.iter().map(|row| row.candidate_validity.map(|v| v.0)),
        )
        .number(
            "validity_with",
            "Validity of the candidate with the zone.",
            rows.iter().map(|row| row.candidate_validity.map(|v| v.1)),
        )
        .whole(
            "runner_up",
            "Cluster with the second highest cohesion.",
            rows.iter().map(|row| row.runner_up.map(|c| c.cluster)),
        )
        .number(
            "runner_up_cohesion",
            "Its cohesion with the zone.",
            rows.iter().map(|row| row.runner_up.map(|c| c.cohesion)),
        )
        .build()
        .map(Some)
}

fn defect(defect: Defect) -> &'static str {
    match defect {
        Defect::LoosePiece => "loose_piece",
        Defect::SingleZone => "single_zone",
    }
}

/// One row a zone that tuning moved.
fn moves(results: &Results, tuning: &Tuned) -> Result<Table, ArrowError> {
    let rows: Vec<_> = (1i64..)
        .zip(&tuning.moves)
        .flat_map(|(number, step)| step.zones.iter().map(move |&zone| (number, zone, step)))
        .collect();
    let area = |area: u32| tuning.before.code(area);
    TableBuilder::new("moves", "Zones moved by tuning.", &["move", "zone"])
        .whole(
            "move",
            "Running number, from 1; zones with the same number moved together.",
            rows.iter().map(|row| Some(row.0)),
        )
        .text("zone", "Code of the zone.", rows.iter().map(|row| Some(results.input.zones.zones.code(row.1))))
        .text("why", "loose_piece or single_zone.", rows.iter().map(|row| Some(defect(row.2.defect))))
        .text("from", "Area it left.", rows.iter().map(|row| Some(area(row.2.from))))
        .text("to", "Area it joined.", rows.iter().map(|row| Some(area(row.2.to.area))))
        .number("cohesion", "Cohesion with that area.", rows.iter().map(|row| Some(row.2.to.cohesion)))
        .text(
            "runner_up",
            "Neighbouring area with the second highest cohesion.",
            rows.iter().map(|row| row.2.runner_up.map(|other| area(other.area))),
        )
        .number(
            "margin",
            "Cohesion less that of the runner-up.",
            rows.iter().map(|row| row.2.runner_up.map(|other| row.2.to.cohesion - other.cohesion)),
        )
        .build()
}

/// One row a zone that tuning could not mend.
fn unresolved(results: &Results, tuning: &Tuned) -> Result<Table, ArrowError> {
    let rows: Vec<_> =
        tuning.unresolved.iter().flat_map(|left| left.zones.iter().map(move |&zone| (zone, left))).collect();
    let why = |why: Why| match why {
        Why::Island => "island",
        Why::NoFlow => "no_flow",
        Why::OnePass => "one_pass",
    };
    TableBuilder::new("unresolved", "Zones that tuning left loose or alone, and why.", &["zone"])
        .text("zone", "Code of the zone.", rows.iter().map(|row| Some(results.input.zones.zones.code(row.0))))
        .text("area", "Its area.", rows.iter().map(|row| Some(tuning.before.code(row.1.area))))
        .text("defect", "loose_piece or single_zone.", rows.iter().map(|row| Some(defect(row.1.defect))))
        .text(
            "why",
            "island: touches no other area; no_flow: exchanges with none it touches; one_pass (reference tuning): a repair would move it, the single pass did not.",
            rows.iter().map(|row| Some(why(row.1.why))),
        )
        .build()
}
