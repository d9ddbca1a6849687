//! Countries in which there are no areas must not come out as if there were.

use distretto_certainty::{
    Areas, BorderStrength, CertaintyError, DrawnRule, Experiment, Replicate, RuleSpace, Sampling, Source,
    Structure, Varying, Verdict, Vintage, border_strengths, strongest_partners,
};
use distretto_districts::IstatParameters;
use distretto_flows::{FlowTable, FlowsError, Row};
use distretto_regions::delineate::Delineation;
use distretto_regions::eu_ttwa::{Mode, Parameters};
use distretto_testkit::world::{World, WorldOptions};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, Poisson};

const SIDE: u32 = 20;
const RESIDENTS: f64 = 2_000.0;

/// A square of equal zones on a torus, so that none is at the edge. Of each zone's employed residents 40 % stay, and the others choose
/// where to work by `attraction` of the distance, in sides of zones.
fn square(attraction: impl Fn(f64) -> f64) -> Result<FlowTable, FlowsError> {
    let zones = SIDE * SIDE;
    let across = |a: u32, b: u32| f64::from(a.abs_diff(b).min(SIDE - a.abs_diff(b)));
    let distance = |a: u32, b: u32| across(a % SIDE, b % SIDE).hypot(across(a / SIDE, b / SIDE));
    let mut rng = ChaCha8Rng::seed_from_u64(20);
    let mut rows = Vec::new();
    for origin in 0..zones {
        let weight = |other: u32| if other == origin { 0.0 } else { attraction(distance(origin, other)) };
        let all: f64 = (0..zones).map(weight).sum();
        for destination in 0..zones {
            let share = if destination == origin { 0.4 } else { 0.6 * weight(destination) / all };
            let amount = Poisson::new(RESIDENTS * share).map_or(0.0, |poisson| poisson.sample(&mut rng));
            if amount > 0.0 {
                rows.push(Row { origin, destination, amount });
            }
        }
    }
    FlowTable::from_rows(zones as usize, &rows)
}

/// Zones that have a side in common.
fn neighbours() -> Vec<(u32, u32)> {
    let at = |x: u32, y: u32| y % SIDE * SIDE + x % SIDE;
    let sides = |x: u32, y: u32| [(at(x, y), at(x + 1, y)), (at(x, y), at(x, y + 1))];
    (0..SIDE * SIDE).flat_map(|zone| sides(zone % SIDE, zone / SIDE)).collect()
}

fn redrawn(
    flows: &FlowTable,
    pairs: &[(u32, u32)],
    number: u64,
) -> Result<(Replicate, Vec<BorderStrength>), CertaintyError> {
    let vintage = Vintage { name: "made", flows: Some(flows), margins: None, jobs: None };
    let rule = DrawnRule {
        rule: 0,
        mode: Mode::Clean,
        parameters: Parameters::default(),
        thresholds: IstatParameters::default(),
    };
    let areas = Areas::Found(Delineation::default());
    let experiment = Experiment::new(20, vec![vintage], areas, RuleSpace::fixed(rule), Sampling::default())?;
    let base = experiment.base()?;
    let all = experiment.replicates(Varying::only(Source::Sampling), 1..number + 1)?;
    let strengths = border_strengths(&base, &all, pairs, None);
    Ok((base, strengths))
}

#[test]
fn areas_made_by_distance_alone_are_weak() {
    let flows = square(|distance| (-distance / 1.5).exp()).unwrap();
    for pairs in [neighbours(), strongest_partners(&flows, Structure::PARTNERS)] {
        let (base, strengths) = redrawn(&flows, &pairs, 60).unwrap();
        let found = Structure::new(&base, &strengths);
        eprintln!("distance alone: {} areas, {found:?}", base.areas);
        assert!(base.areas > 1 && found.base_borders > 0);
        assert_eq!(found.verdict(), Some(Verdict::Weak));
        assert!(found.mean_strength.unwrap() < 0.5);
        assert!(found.firm_share.unwrap() < 0.02);
    }
}

#[test]
fn where_all_zones_are_alike_to_all_there_is_nothing_to_be_sure_of() {
    let flows = square(|_| 1.0).unwrap();
    let (base, strengths) = redrawn(&flows, &neighbours(), 5).unwrap();
    let found = Structure::new(&base, &strengths);
    eprintln!("uniform: {} areas, {found:?}", base.areas);
    assert!(base.areas <= 1);
    assert_eq!((found.verdict(), found.holds()), (Some(Verdict::NoBorders), false));
}

#[test]
fn planted_areas_are_firm() {
    let world = World::generate(&WorldOptions { zones: 400, ..WorldOptions::default() }).unwrap();
    let flows = FlowTable::from_rows(world.zones.len(), &world.flows).unwrap();
    let pairs = strongest_partners(&flows, Structure::PARTNERS);
    let (base, strengths) = redrawn(&flows, &pairs, 60).unwrap();
    let found = Structure::new(&base, &strengths);
    eprintln!("planted: {} areas of {}, {found:?}", base.areas, world.areas.len());
    assert!(found.holds());
    assert!(found.mean_strength.unwrap() > 0.8 && found.firm_share.unwrap() > 0.5);
}
