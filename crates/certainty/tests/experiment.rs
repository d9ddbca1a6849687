//! An experiment draws each source by its own, by any model, and refuses tables that do not fit.

#![allow(clippy::unwrap_used, reason = "a test that cannot make what it needs must fail")]

use distretto_certainty::experiment::Room;
use distretto_certainty::rule::CALIBRATED;
use distretto_certainty::sampling::MarginClass;
use distretto_certainty::{
    Areas, CertaintyError, DrawnRule, Experiment, FlowSampling, JobSampling, Replicate, RuleSpace, Sampling,
    Source, Varying, Vintage,
};
use distretto_districts::IstatParameters;
use distretto_flows::FlowTable;
use distretto_regions::delineate::Delineation;
use distretto_regions::eu_ttwa::{Mode, Parameters};
use distretto_testkit::world::{World, WorldOptions};

const ZONES: usize = 120;

fn flows(seed: u64) -> FlowTable {
    let world =
        World::generate(&WorldOptions { seed, zones: ZONES, noise: 0.4, ..WorldOptions::default() }).unwrap();
    FlowTable::from_rows(ZONES, &world.flows).unwrap()
}

fn vintage<'a>(name: &'a str, flows: &'a FlowTable) -> Vintage<'a> {
    Vintage { name, flows: Some(flows), margins: None, jobs: None }
}

fn base_rule() -> DrawnRule {
    DrawnRule {
        rule: 0,
        mode: Mode::Clean,
        parameters: Parameters::default(),
        thresholds: IstatParameters::default(),
    }
}

fn models() -> [FlowSampling; 3] {
    let class = MarginClass { up_to: f64::INFINITY, ratio: 0.5, spread: 0.1 };
    [
        FlowSampling::Poisson,
        FlowSampling::Survey { fraction: 0.1 },
        FlowSampling::Margins { z: 1.645, classes: vec![class] },
    ]
}

fn experiment(
    seed: u64,
    vintages: Vec<Vintage<'_>>,
    rules: RuleSpace,
    flows: FlowSampling,
) -> Experiment<'_> {
    let sampling = Sampling { flows, jobs: JobSampling::Fixed };
    Experiment::new(seed, vintages, Areas::Found(Delineation::default()), rules, sampling).unwrap()
}

#[test]
fn any_replicate_can_be_made_alone() {
    let (now, then) = (flows(1), flows(2));
    for model in models() {
        let rules = RuleSpace::around(base_rule(), CALIBRATED).unwrap();
        let experiment = experiment(3, vec![vintage("now", &now), vintage("then", &then)], rules, model);
        let all: Varying = Source::ALL.into_iter().collect();
        let together = experiment.replicates(all, 1..13).unwrap();
        assert!(together.iter().any(|one| one.vintage == 0) && together.iter().any(|one| one.vintage == 1));
        // The last first, in one room: what was made before must not show.
        let mut room = Room::default();
        for replicate in together.iter().rev() {
            assert_eq!(&experiment.replicate(all, replicate.number, &mut room).unwrap(), replicate);
        }
        let differing: std::collections::BTreeSet<&[u32]> =
            together.iter().map(|one| one.area_of.as_slice()).collect();
        assert!(differing.len() > 6, "only {} of 12 replicates differ", differing.len());
    }
}

#[test]
fn a_source_draws_the_same_whatever_varies_beside_it() {
    let table = flows(1);
    let fixed = RuleSpace::fixed(base_rule());
    let around = RuleSpace::around(base_rule(), CALIBRATED).unwrap();
    let made = |rules: &RuleSpace, sources: &[Source]| {
        let experiment = experiment(3, vec![vintage("now", &table)], rules.clone(), FlowSampling::Poisson);
        experiment.replicates(sources.iter().copied().collect(), 1..9).unwrap()
    };
    let areas = |all: &[Replicate]| all.iter().map(|one| one.area_of.clone()).collect::<Vec<_>>();
    let rules = |all: &[Replicate]| all.iter().map(|one| one.rule.clone()).collect::<Vec<_>>();
    let sampling = made(&fixed, &[Source::Sampling]);
    assert_eq!(areas(&sampling), areas(&made(&fixed, &[Source::Sampling, Source::Rule, Source::Vintage])));
    let rule = made(&around, &[Source::Rule]);
    let both = made(&around, &[Source::Sampling, Source::Rule]);
    assert_eq!(rules(&rule), rules(&both));
    assert_ne!(areas(&rule), areas(&both));
    assert_ne!(areas(&sampling), areas(&both));
}

#[test]
fn vintages_are_of_the_same_zones_and_have_flows() {
    let table = flows(1);
    let fewer = FlowTable::from_rows(2, &[]).unwrap();
    let refused = |vintages: Vec<Vintage>| {
        let areas = Areas::Found(Delineation::default());
        Experiment::new(1, vintages, areas, RuleSpace::fixed(base_rule()), Sampling::default()).unwrap_err()
    };
    assert_eq!(
        refused(vec![vintage("now", &table), vintage("then", &fewer)]),
        CertaintyError::Zones { vintage: "then".into(), found: 2, zones: ZONES }
    );
    let without = Vintage { flows: None, ..vintage("then", &table) };
    assert_eq!(refused(vec![vintage("now", &table), without]), CertaintyError::NoFlows("then".into()));
    assert_eq!(refused(vec![]), CertaintyError::NoVintage);
}
