//! How the areas were made: parameters, search, reserve list, tuning, and what was left out.

use std::fmt::Write as _;

use distretto_regions::delineate::Tuned;
use distretto_regions::eu_ttwa::ZeroReason;
use distretto_regions::tuning::{Defect, Move, Unresolved, Why};

use crate::config::{Mode, Tuning};
use crate::disclosure::Disclosed;
use crate::report::facts::Facts;
use crate::report::html::Html;
use crate::report::numbers::{NONE, count, decimal, or_none, percent};
use crate::report::table::{Column, Table};
use crate::report::words::{listed, plural, some_of};

/// Rows of a table of moves.
const ROWS: usize = 100;
/// Names in a sentence.
const NAMES: usize = 12;

pub(in crate::report) fn write(html: &mut Html, facts: &Facts<'_>) {
    html.chapter("making", "How the areas and districts were found", |html| {
        search(html, facts);
        parameters(html, facts);
        tuning(html, facts);
        left_out(html, facts);
    });
}

fn search(html: &mut Html, facts: &Facts<'_>) {
    html.heading("The search");
    let Some(outcome) = &facts.areas.search else {
        html.paragraph("The areas were given with the study; no search was made.");
        return;
    };
    let mode = match facts.config.areas.mode {
        Mode::Clean => "as the method is described (mode clean)",
        Mode::Reference => "decision by decision as LabourMarketAreas 3.4 does it (mode reference)",
    };
    let start = if facts.config.areas.restart.is_some() { "a given partition" } else { "single zones" };
    let mut sentence = format!(
        "The areas were found by the EU-TTWA method, {mode}, starting from {start}, in {}.",
        plural(outcome.iterations as usize, "iteration", "iterations")
    );
    if !outcome.converged {
        sentence.push_str(" The search was stopped before every area was valid.");
    }
    html.paragraph(&sentence);
    let Some(reserve) = &facts.areas.reserve else { return };
    if outcome.entries.is_empty() {
        html.paragraph("No zone came to the reserve list.");
        return;
    }
    let kinds: Vec<String> = reserve
        .kinds
        .iter()
        .map(|(kind, n)| format!("{} of type {}", count(*n as f64), kind.letter()))
        .collect();
    html.paragraph(&format!(
        "{} came to the reserve list in {} ({}); {} attached at the end to the area they have most cohesion with.",
        plural(reserve.zones, "zone", "zones"),
        plural(outcome.entries.len(), "entry", "entries"),
        listed(&kinds),
        plural(outcome.attachments.len(), "was", "were"),
    ));
}

fn parameters(html: &mut Html, facts: &Facts<'_>) {
    let columns = [Column::Text("Parameter"), Column::Number("Value"), Column::Text("Meaning")];
    let mut table = Table::new("Parameters", &columns);
    let mut row =
        |name: &str, value: String, meaning: &str| table.row([name.to_owned(), value, meaning.to_owned()]);
    if facts.areas.search.is_some() {
        let areas = &facts.config.areas;
        row("minSZ", count(areas.min_size), "Employed residents that an area must have at least");
        row(
            "tarSZ",
            count(areas.target_size),
            "Employed residents from which the minimum self-containment suffices",
        );
        row(
            "minSC",
            ratio(areas.min_sc),
            "Self-containment (the smaller of supply side and demand side) asked of large areas",
        );
        row("tarSC", ratio(areas.target_sc), "Self-containment asked of an area of the minimum size");
    }
    if let Some(districts) = facts.districts {
        let rule = &districts.parameters;
        row(
            "Specialisation",
            ratio(rule.sector_lq),
            "Step 1: location quotient to exceed in manufacturing or services",
        );
        row(
            "Main industry",
            ratio(rule.industry_lq),
            "Step 3: location quotient to exceed within manufacturing",
        );
        row(
            "Small and medium units",
            percent(rule.sme_share),
            "Step 4: share of the jobs of the main industry to exceed",
        );
        row(
            "Single medium unit",
            ratio(rule.single_medium_ratio),
            "Step 4: times the jobs of an only medium unit that small units must have; 0 is no condition",
        );
        row(
            "Minimum jobs",
            count(rule.min_industry_employees),
            "Step 4: jobs that the main industry must have; 0 is no condition",
        );
        row(
            "Unknown figures",
            percent(rule.largest_unknown_share),
            "Largest share of records without a figure, or of jobs in units of unknown size, with which a step is taken",
        );
    }
    table.write(html);
    if facts.districts.is_some() {
        html.note(
            "The ISTAT rule in four steps: (1) the area is specialised and its surplus of manufacturing jobs exceeds those of business \
             and of consumer services; (2) manufacturing is more specialised in small (up to 49) or medium (50 to 249) units than \
             in large ones; (3) there is a main industry, the one with the largest surplus of jobs among those with a location \
             quotient above the threshold; (4) small and medium units have most of its jobs.",
        );
    }
}

fn tuning(html: &mut Html, facts: &Facts<'_>) {
    html.heading("Tuning on the map");
    let Some(Tuned { before, moves, unresolved }) = &facts.areas.tuning else {
        let why = match (&facts.areas.search, facts.topology, facts.config.areas.tuning) {
            (None, ..) => "The areas were given, so they were not tuned.",
            (_, None, _) => "Without borders, areas cannot be checked for contiguity; none was tuned.",
            _ => "The study asks for no tuning.",
        };
        html.paragraph(why);
        return;
    };
    let way = match facts.config.areas.tuning {
        Tuning::Reference => "in the one pass of the reference implementation",
        _ => "until every area was of one piece and had at least two zones, or could not be mended",
    };
    let zones: usize = moves.iter().map(|moved| moved.zones.len()).sum();
    html.paragraph(&format!(
        "{} with {} joined a neighbouring area, {way}; {} areas became {}.",
        plural(moves.len(), "place", "places"),
        plural(zones, "zone", "zones"),
        count(before.areas() as f64),
        count(facts.number_of_areas() as f64)
    ));
    let members = before.members();
    let name = |area: u32| area_before(facts, members.get(area as usize).map_or(&[], Vec::as_slice));
    if !moves.is_empty() {
        html.details(&format!("The {}", plural(moves.len(), "move", "moves")), |html| {
            moves_table(facts, moves, &name).write(html);
        });
    }
    if !unresolved.is_empty() {
        html.paragraph(&format!("{} as found:", plural(unresolved.len(), "place stays", "places stay")));
        html.list(&unresolved_words(facts, unresolved, &name));
    }
}

/// The name of an area before tuning: that of its zone with most jobs.
fn area_before(facts: &Facts<'_>, members: &[u32]) -> String {
    let jobs = |zone: u32| facts.flows.map_or(0.0, |flows| flows.table.workers(zone));
    let main = members.iter().copied().max_by(|&a, &b| jobs(a).total_cmp(&jobs(b)).then(b.cmp(&a)));
    main.map_or_else(|| NONE.to_owned(), |zone| facts.zones.label(zone).to_owned())
}

fn zone_names(facts: &Facts<'_>, zones: &[u32]) -> String {
    let names: Vec<&str> = zones.iter().map(|&zone| facts.zones.label(zone)).collect();
    some_of(&names, NAMES)
}

fn defect(defect: Defect) -> &'static str {
    match defect {
        Defect::LoosePiece => "did not touch the rest of its area",
        Defect::SingleZone => "was the only zone of its area",
    }
}

fn moves_table(facts: &Facts<'_>, moves: &[Move], name: &dyn Fn(u32) -> String) -> Table {
    let caption = match moves.len() {
        all @ 0..=ROWS => format!("{} of tuning, in order", plural(all, "move", "moves")),
        all => format!("The first {ROWS} of {} moves of tuning", count(all as f64)),
    };
    let columns = [
        Column::Text("Zones"),
        Column::Text("From"),
        Column::Text("To"),
        Column::Text("Because it"),
        Column::Number("Cohesion"),
        Column::Number("Cohesion of the runner-up"),
    ];
    let mut table = Table::new(caption, &columns);
    // Cohesion is made of single flows between zones.
    let confidential = facts.disclosed.and_then(Disclosed::flows).is_some();
    let told = |cohesion: f64| (!confidential).then_some(cohesion);
    for moved in moves.iter().take(ROWS) {
        table.row([
            zone_names(facts, &moved.zones),
            name(moved.from),
            name(moved.to.area),
            defect(moved.defect).to_owned(),
            or_none(told(moved.to.cohesion), scientific),
            or_none(moved.runner_up.and_then(|other| told(other.cohesion)), scientific),
        ]);
    }
    table.without_empty_columns()
}

/// Cohesions span many orders of magnitude.
fn scientific(value: f64) -> String {
    if value == 0.0 || (0.001..1_000.0).contains(&value.abs()) {
        decimal(value, 4)
    } else {
        format!("{value:.2e}")
    }
}

/// One sentence for each thing that is wrong and why it stays.
fn unresolved_words(
    facts: &Facts<'_>,
    unresolved: &[Unresolved],
    name: &dyn Fn(u32) -> String,
) -> Vec<String> {
    let mut sentences = Vec::new();
    for (defect, what) in [
        (
            Defect::LoosePiece,
            ["piece apart from the rest of its area", "pieces apart from the rest of their areas"],
        ),
        (Defect::SingleZone, ["area of a single zone", "areas of a single zone"]),
    ] {
        for (why, reason) in [
            (Why::Island, "without a neighbour (islands)"),
            (Why::NoFlow, "without commuters to or from the areas they touch"),
            (Why::OnePass, "which a second pass could mend"),
        ] {
            let places: Vec<String> = unresolved
                .iter()
                .filter(|place| place.defect == defect && place.why == why)
                .map(|place| match defect {
                    Defect::LoosePiece => {
                        format!("{} ({})", zone_names(facts, &place.zones), name(place.area))
                    }
                    Defect::SingleZone => zone_names(facts, &place.zones),
                })
                .collect();
            if !places.is_empty() {
                let [one, many] = what;
                let number = plural(places.len(), one, many);
                sentences.push(format!("{number}, {reason}: {}.", places.join("; ")));
            }
        }
    }
    sentences
}

/// A ratio with as many decimals as it needs, at most four.
fn ratio(value: f64) -> String {
    let text = decimal(value, 4);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn left_out(html: &mut Html, facts: &Facts<'_>) {
    let zones: Vec<u32> = facts.areas.partition.without_area().collect();
    if zones.is_empty() {
        return;
    }
    html.heading("Zones without an area");
    let mut sentence = format!("{} no area.", plural(zones.len(), "zone has", "zones have"));
    if let Some(outcome) = &facts.areas.search {
        let zero = |reason: ZeroReason| outcome.zero.iter().filter(|zone| zone.reason == reason).count();
        let reasons = [
            (zero(ZeroReason::NoResidents), "without employed residents"),
            (zero(ZeroReason::NoWorkers), "without jobs"),
            (zero(ZeroReason::Isolated), "without any exchange with another zone"),
            (outcome.not_attached().count(), "without a flow from or to any area"),
        ];
        let mut reasons: Vec<(usize, &str)> = reasons.to_vec();
        let known: usize = reasons.iter().map(|(n, _)| n).sum();
        reasons.push((zones.len().saturating_sub(known), "in closed groups too small to be an area"));
        let told: Vec<String> = reasons
            .iter()
            .filter(|(n, _)| *n > 0)
            .map(|(n, why)| format!("{} {why}", count(*n as f64)))
            .collect();
        let _ = write!(sentence, " Of these: {}.", listed(&told));
    }
    html.paragraph(&sentence);
    html.note(&format!("{}.", zone_names(facts, &zones)));
}
