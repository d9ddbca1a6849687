//! Labour market areas: searched or given, tuned, and placed by hand.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

use distretto_flows::FlowTable;
use distretto_regions::delineate::{Delineated, Delineation, Map, Tuned, Tuning};
use distretto_regions::eu_ttwa::{self, Options, Outcome, Parameters, Validity, taking_part};
use distretto_regions::flow_statistics::FlowStatistics;
use distretto_regions::quality::Figure;
use distretto_regions::reserve_statistics::ReserveStatistics;
use distretto_regions::statistics::{AreaStatistics, area_statistics};
use distretto_regions::{assign, delineate, flow_statistics, naming, quality, reserve_statistics};
use distretto_territory::candidates::area_contiguity;
use distretto_territory::geodesy::area_m2;
use distretto_territory::{Contiguity, Partition};

use crate::config::{self, Mode};
use crate::fault::{Code, Fault, Log, Result};
use crate::input::Input;

/// What the flows say of the areas.
#[derive(Debug, Clone)]
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
#[derive(Debug, Clone)]
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
    pub tuning: Option<Tuned>,
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

/// How areas are made of the flows of a study by these rules, which may be others than its own.
pub fn delineation<'a>(
    input: &'a Input,
    config: &config::Areas,
    by_hand: &'a [(u32, u32)],
    stop: Option<&'a AtomicBool>,
) -> Delineation<'a> {
    let tuning = match (config.tuning, &input.borders, input.neighbours()) {
        (config::Tuning::Repair, Some(_), Some(neighbours)) => Tuning::Repair(neighbours),
        (config::Tuning::Reference, Some(borders), Some(neighbours)) => Tuning::Reference(Map {
            topology: &borders.topology,
            parts: &borders.parts,
            zones: &borders.zones,
            neighbours,
        }),
        _ => Tuning::None,
    };
    let search = Options {
        parameters: parameters(config),
        mode: mode(config),
        start: input.restart.as_ref().map(|given| &given.partition),
        trace: config.trace,
        stop,
    };
    Delineation { search, tuning, by_hand, order: None }
}

/// Zones to areas, and how they came about.
#[derive(Debug)]
pub struct Divided {
    /// Zones to areas.
    pub partition: Partition,
    /// How the search went; absent where the partition was given.
    pub search: Option<Outcome>,
    /// What tuning did; absent where it was not asked for or there are no borders.
    pub tuning: Option<Tuned>,
    /// Whether it was told to stop: `partition` is then none to use.
    pub stopped: bool,
}

impl Divided {
    /// The flows that totals of the areas are taken from: those of zones that take part. Cost: a copy of the table where some do not.
    pub fn flows<'a>(&self, input: &'a Input) -> Option<Cow<'a, FlowTable>> {
        input.flows.as_ref().map(|flows| match &self.search {
            Some(outcome) => taking_part(&flows.table, &outcome.zero),
            None => Cow::Borrowed(&flows.table),
        })
    }
}

/// Divides the zones of a study into areas by these rules, which may be others than its own: search, tuning and zones placed by
/// hand, or a given partition and zones placed by hand. Ends early once `stop` is set, and says so.
///
/// # Errors
/// Parameters that are none, zones that cannot be placed by hand, or no area at all.
pub fn divide(
    input: &Input,
    config: &config::Areas,
    stop: Option<&AtomicBool>,
    log: &mut Log,
) -> Result<Divided> {
    let by_hand = by_hand(input)?;
    let divided = if let Some(given) = &input.partition {
        let partition = place(&given.partition, &by_hand, input)?;
        Divided { partition, search: None, tuning: None, stopped: false }
    } else {
        let found = search(input, &delineation(input, config, &by_hand, stop), log)?;
        let Delineated { partition, search, tuning, stopped, .. } = found;
        Divided { partition, search: Some(search), tuning, stopped }
    };
    if divided.partition.areas() == 0 && !divided.stopped {
        return Err(Fault::new(Code::NoAreas, "no labour market area was found")
            .because("no zone exchanges commuters with another, or every closed group of zones is below `min_size`")
            .hint("look at `distretto check`: zones, pairs and the share of flow on the diagonal"));
    }
    Ok(divided)
}

/// Makes the areas of a study.
pub fn find(input: &Input, log: &mut Log) -> Result<AreaResults> {
    let config = &input.config.areas;
    let divided = divide(input, config, None, log)?;
    let flows = divided.flows(input);
    let Divided { partition, search, tuning, .. } = divided;
    if let Some(outcome) = &search {
        report_left_out(input, outcome, &partition, log);
    }
    let members = partition.members();
    let main_zones = main_zones(input, flows.as_deref(), &partition);
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

/// The main zone of each area: that with most jobs, or without flows that with most residents.
pub fn main_zones(input: &Input, flows: Option<&FlowTable>, partition: &Partition) -> Vec<u32> {
    match flows {
        Some(flows) => naming::main_zones(flows, partition, &input.zones.names),
        None => partition.members().iter().map(|zones| most_populous(input, zones)).collect(),
    }
}

/// Names as the given partition has them, else those of the main zones; where two areas would have the same, with the code of
/// the main zone behind.
pub fn names(input: &Input, partition: &Partition, main_zones: &[u32]) -> Vec<String> {
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

fn search(input: &Input, how: &Delineation, log: &mut Log) -> Result<Delineated> {
    let found = delineate(&input.flows()?.table, how)
        .map_err(|error| Fault::new(Code::AreaParameters, error.to_string()).in_column("areas"))?;
    if let Some(&pair) = found.not_placed.first() {
        return Err(nowhere(input, pair));
    }
    let outcome = &found.search;
    if !outcome.converged && !outcome.stopped {
        log.add(
            Fault::new(Code::SearchUnfinished, "the search was stopped before every area was valid")
                .because(format!("it had not ended after {} iterations", outcome.iterations))
                .hint("the areas are usable but depend on where it stopped; other parameters may converge"),
        );
    }
    Ok(found)
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

/// `[areas] assign`: each zone with the zone in whose area it is to be.
pub fn by_hand(input: &Input) -> Result<Vec<(u32, u32)>> {
    let zone = |code: &str| {
        input.zones.zones.index_of(code).ok_or_else(|| {
            Fault::new(Code::UnknownZones, format!("`{code}` under `[areas] assign` is not a zone"))
                .of_zone(code)
        })
    };
    input.config.areas.assign.iter().map(|(code, companion)| Ok((zone(code)?, zone(companion)?))).collect()
}

/// A given partition with zones placed by hand.
pub fn place(partition: &Partition, by_hand: &[(u32, u32)], input: &Input) -> Result<Partition> {
    let place = |&(zone, companion): &(u32, u32)| {
        let area = partition.area_of(companion).ok_or_else(|| nowhere(input, (zone, companion)))?;
        Ok((zone, partition.code(area)))
    };
    let places: Vec<(u32, &str)> = by_hand.iter().map(place).collect::<Result<_>>()?;
    assign(partition, &places).map_err(|error| Fault::new(Code::Internal, error.to_string()))
}

fn nowhere(input: &Input, (zone, companion): (u32, u32)) -> Box<Fault> {
    let code = |zone: u32| input.zones.zones.code(zone);
    let what = format!("zone `{}` has no area that `{}` could join", code(companion), code(zone));
    Fault::new(Code::AssignNowhere, what)
        .of_zone(code(companion))
        .hint("name a zone that lies in the area wanted")
}
