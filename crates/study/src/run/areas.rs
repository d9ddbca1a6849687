//! Labour market areas: searched or given, tuned, and placed by hand.

use std::borrow::Cow;
use std::collections::BTreeMap;

use distretto_flows::FlowTable;
use distretto_regions::eu_ttwa::{self, Options, Outcome, Parameters, Validity, eu_ttwa, taking_part};
use distretto_regions::flow_statistics::FlowStatistics;
use distretto_regions::naming::main_zones;
use distretto_regions::quality::Figure;
use distretto_regions::reserve_statistics::ReserveStatistics;
use distretto_regions::statistics::{AreaStatistics, area_statistics};
use distretto_regions::tuning::{Move, Unresolved, fine_tune, remaining, repair};
use distretto_regions::{assign, flow_statistics, quality, reserve_statistics};
use distretto_territory::candidates::{Choice, area_contiguity, piece_candidates, unique_candidates};
use distretto_territory::geodesy::area_m2;
use distretto_territory::{Contiguity, Neighbours, Partition, Pieces};

use crate::borders::Borders;
use crate::config::{Contiguity as Touch, Mode, Tuning};
use crate::fault::{Code, Fault, Log, Result};
use crate::input::Input;

/// What tuning did.
#[derive(Debug, Clone)]
pub struct TuningResults {
    /// The partition before.
    pub before: Partition,
    /// Moves in order; area indices are those of `before`.
    pub moves: Vec<Move>,
    /// What is still wrong, and why; area indices are those of `before`.
    pub unresolved: Vec<Unresolved>,
}

/// What the flows say of the areas.
#[derive(Debug)]
pub struct AreaFlows {
    /// Size, self-containment and ties, by area index.
    pub statistics: Vec<AreaStatistics>,
    /// The partition in 38 figures.
    pub quality: Vec<Figure>,
    /// Flows between areas, summarised.
    pub summary: FlowStatistics,
    /// Flows between areas, over area indices.
    pub between: FlowTable,
}

/// The labour market areas and what is known of them, by area index.
#[derive(Debug)]
pub struct AreaResults {
    /// Zones to areas.
    pub partition: Partition,
    /// Name of each area: that of its main zone, or as given.
    pub names: Vec<String>,
    /// Zone with most jobs of each area.
    pub main_zones: Vec<u32>,
    /// Region of the main zone.
    pub regions: Vec<Option<String>>,
    /// Resident population; `None` if that of a zone is unknown.
    pub population: Vec<Option<f64>>,
    /// Square kilometres; `None` if a zone has no shape.
    pub km2: Vec<Option<f64>>,
    /// Number of zones of each area.
    pub zones: Vec<usize>,
    /// What the flows say of the areas; absent where a partition is given without flows.
    pub flows: Option<AreaFlows>,
    /// How the search went; absent where the partition was given.
    pub search: Option<Outcome>,
    /// The reserve list, summarised.
    pub reserve: Option<ReserveStatistics>,
    /// What tuning did; absent where it was not asked for or there are no borders.
    pub tuning: Option<TuningResults>,
    /// Which areas touch (queen and rook), where there are borders.
    pub contiguity: Option<Contiguity>,
}

/// The four parameters of a study.
pub fn parameters(config: &crate::config::Areas) -> Parameters {
    Parameters {
        min_size: config.min_size,
        min_sc: config.min_sc,
        target_size: config.target_size,
        target_sc: config.target_sc,
    }
}

/// The mode of a study.
pub fn mode(config: &crate::config::Areas) -> eu_ttwa::Mode {
    match config.mode {
        Mode::Clean => eu_ttwa::Mode::Clean,
        Mode::Reference => eu_ttwa::Mode::Reference,
    }
}

/// Makes the areas of a study.
pub fn find(input: &Input, log: &mut Log) -> Result<AreaResults> {
    let config = &input.config.areas;
    let search = match &input.partition {
        Some(_) => None,
        None => Some(search(input, log)?),
    };
    let mut partition = match (&search, &input.partition) {
        (None, Some(given)) => given.partition.clone(),
        (outcome, _) => {
            outcome.as_ref().map_or_else(|| Partition::from_codes::<&str>(&[]), Outcome::partition)
        }
    };
    let flows: Option<Cow<FlowTable>> = input.flows.as_ref().map(|flows| match &search {
        Some(outcome) => taking_part(&flows.table, &outcome.zero),
        None => Cow::Borrowed(&flows.table),
    });
    let mut tuning = None;
    if let (Some(flows), Some(borders), Some(_)) = (&flows, &input.borders, &search) {
        tuning = tune(flows, &partition, borders, config.tuning, touch(input)).map(|(tuned, results)| {
            partition = tuned;
            results
        });
    }
    if !config.assign.is_empty() {
        partition = by_hand(input, &partition)?;
    }
    if partition.areas() == 0 {
        return Err(Fault::new(Code::NoAreas, "no labour market area was found")
            .because("no zone exchanges commuters with another, or every closed group of zones is below `min_size`")
            .hint("look at `distretto check`: zones, pairs and the share of flow on the diagonal"));
    }
    if let Some(outcome) = &search {
        report_left_out(input, outcome, &partition, log);
    }
    let members = partition.members();
    let main_zones = match &flows {
        Some(flows) => main_zones(flows, &partition, &input.zones.names),
        None => members.iter().map(|zones| most_populous(input, zones)).collect(),
    };
    let sum = |of: &dyn Fn(u32) -> Option<f64>| -> Vec<Option<f64>> {
        members.iter().map(|zones| zones.iter().map(|&zone| of(zone)).sum()).collect()
    };
    Ok(AreaResults {
        names: names(input, &partition, &main_zones),
        regions: main_zones.iter().map(|&zone| input.zones.regions[zone as usize].clone()).collect(),
        main_zones,
        population: sum(&|zone| input.zones.residents[zone as usize]),
        km2: sum(&|zone| {
            let shape = input.borders.as_ref()?.shapes[zone as usize].as_ref()?;
            Some(area_m2(shape) / 1e6)
        }),
        zones: members.iter().map(Vec::len).collect(),
        reserve: flows
            .as_ref()
            .zip(search.as_ref())
            .map(|(flows, outcome)| reserve_statistics(flows, &outcome.entries)),
        flows: flows.as_ref().map(|flows| area_flows(flows, &partition, config)),
        contiguity: input.borders.as_ref().map(|borders| area_contiguity(&borders.zones, &partition)),
        search,
        tuning,
        partition,
    })
}

fn area_flows(flows: &FlowTable, partition: &Partition, config: &crate::config::Areas) -> AreaFlows {
    let validity = Validity::new(parameters(config), mode(config), flows.units_per_person());
    let statistics = area_statistics(flows, partition, &validity);
    AreaFlows {
        quality: quality(flows, partition, &statistics),
        statistics,
        summary: flow_statistics(flows, partition, 0.0),
        between: flows.between_areas(partition),
    }
}

/// Names as the given partition has them, else those of the main zones; where two areas would have the same, with the code of
/// the main zone behind.
fn names(input: &Input, partition: &Partition, main_zones: &[u32]) -> Vec<String> {
    let given = |area: usize| input.partition.as_ref()?.area_names.get(partition.code(area as u32));
    let name = |(area, &zone): (usize, &u32)| match given(area) {
        Some(name) => name.as_str(),
        None => input.zones.label(zone),
    };
    let names: Vec<&str> = main_zones.iter().enumerate().map(name).collect();
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for name in &names {
        *times.entry(name).or_default() += 1;
    }
    let told_apart = |(&name, &zone): (&&str, &u32)| match times[name] {
        1 => name.to_owned(),
        _ => format!("{name} ({})", input.zones.zones.code(zone)),
    };
    names.iter().zip(main_zones).map(told_apart).collect()
}

/// Of equals, and where no population is known, the lowest zone.
fn most_populous(input: &Input, zones: &[u32]) -> u32 {
    let population = |zone: u32| input.zones.residents[zone as usize].unwrap_or(0.0);
    zones.iter().copied().reduce(|a, b| if population(b) > population(a) { b } else { a }).unwrap_or(0)
}

fn search(input: &Input, log: &mut Log) -> Result<Outcome> {
    let config = &input.config.areas;
    let options = Options {
        parameters: parameters(config),
        mode: mode(config),
        start: input.restart.as_ref().map(|given| &given.partition),
        trace: config.trace,
    };
    let outcome = eu_ttwa(&input.flows()?.table, options)
        .map_err(|error| Fault::new(Code::AreaParameters, error.to_string()).in_column("areas"))?;
    if !outcome.converged {
        log.add(
            Fault::new(Code::SearchUnfinished, "the search was stopped before every area was valid")
                .because(format!("it had not ended after {} iterations", outcome.iterations))
                .hint("the areas are usable but depend on where it stopped; other parameters may converge"),
        );
    }
    Ok(outcome)
}

/// Zones that get no area are named: nothing is left out in silence.
fn report_left_out(input: &Input, outcome: &Outcome, partition: &Partition, log: &mut Log) {
    let codes = |zones: &mut dyn Iterator<Item = u32>| -> Vec<String> {
        let left = zones.filter(|&zone| partition.area_of(zone).is_none());
        left.map(|zone| input.zones.zones.code(zone).to_owned()).collect()
    };
    let set_aside = |zone: &u32| {
        outcome.after[*zone as usize].is_some_and(|id| outcome.set_aside.binary_search(&id).is_ok())
    };
    let groups = [
        (
            codes(&mut outcome.zero.iter().map(|zero| zero.zone)),
            "without residents in work, without jobs, or without any exchange with another zone",
        ),
        (
            codes(&mut (0..outcome.after.len() as u32).filter(set_aside)),
            "in a closed group of zones that is too small to be an area",
        ),
        (codes(&mut outcome.not_attached()), "without a flow from or to any area"),
    ];
    for (zones, why) in groups.into_iter().filter(|(zones, _)| !zones.is_empty()) {
        log.add(
            Fault::new(Code::ZonesWithoutArea, format!("zones that get no area: {}", zones.len()))
                .because(format!("{}: {why}", crate::fault::listed(&zones, 10)))
                .hint("place them by hand under `[areas] assign` if they belong somewhere"),
        );
    }
}

/// Which zones count as touching.
fn touch(input: &Input) -> Touch {
    input.config.borders.as_ref().map(|borders| borders.contiguity).unwrap_or_default()
}

fn tune(
    flows: &FlowTable,
    partition: &Partition,
    borders: &Borders,
    tuning: Tuning,
    touch: Touch,
) -> Option<(Partition, TuningResults)> {
    let neighbours = match touch {
        Touch::Queen => borders.zones.queen(),
        Touch::Rook => borders.zones.rook(),
    };
    match tuning {
        Tuning::None => None,
        Tuning::Repair => {
            let found = repair(flows, partition, |zone| neighbours.of(zone));
            let results =
                TuningResults { before: partition.clone(), moves: found.moves, unresolved: found.unresolved };
            Some((found.partition, results))
        }
        Tuning::Reference => Some(tune_as_reference(flows, partition, borders, neighbours)),
    }
}

/// One pass over loose pieces, then one over single-zone areas, each with the candidates of the map as it was found.
fn tune_as_reference(
    flows: &FlowTable,
    partition: &Partition,
    borders: &Borders,
    neighbours: &Neighbours,
) -> (Partition, TuningResults) {
    let residents: Vec<f64> = (0..flows.zones() as u32).map(|zone| flows.residents(zone)).collect();
    let areas = area_contiguity(&borders.zones, partition);
    let pieces = Pieces::new(&borders.topology, &borders.parts, partition);
    let loose = piece_candidates(&pieces, &pieces.loose_zones(), &residents);
    let single = unique_candidates(partition, &areas, &residents);
    let listed: Vec<(u32, Vec<u32>)> = loose
        .into_iter()
        .chain(single)
        .filter_map(|candidates| match candidates.areas {
            Choice::Areas(areas) => Some((candidates.zone, areas)),
            Choice::OnlyPieces | Choice::NoNeighbour => None,
        })
        .collect();
    let found = fine_tune(flows, partition, &listed);
    let left = remaining(flows, &found.partition, |zone| neighbours.of(zone));
    let unresolved = left
        .into_iter()
        .filter_map(|left| {
            let area = partition.area_with_code(found.partition.code(left.area))?;
            Some(Unresolved { area, ..left })
        })
        .collect();
    let results = TuningResults { before: partition.clone(), moves: found.moves, unresolved };
    (found.partition, results)
}

/// `[areas] assign`: zone code to the code of any zone in the area wanted.
fn by_hand(input: &Input, partition: &Partition) -> Result<Partition> {
    let zones = &input.zones.zones;
    let known = |code: &str| {
        zones.index_of(code).ok_or_else(|| {
            Fault::new(Code::UnknownZones, format!("`{code}` under `[areas] assign` is not a zone"))
                .of_zone(code)
        })
    };
    let mut places = Vec::new();
    for (zone, companion) in &input.config.areas.assign {
        let area = partition.area_of(known(companion)?).ok_or_else(|| {
            Fault::new(
                Code::AssignNowhere,
                format!("zone `{companion}` has no area that `{zone}` could join"),
            )
            .of_zone(companion)
            .hint("name a zone that lies in the area wanted")
        })?;
        places.push((known(zone)?, partition.code(area)));
    }
    assign(partition, &places).map_err(|error| Fault::new(Code::Internal, error.to_string()))
}
