//! 200 Poisson redraws of Sardinia 2001, beside what an independent program found in 200 of its own.

use distretto_certainty::{
    Areas, DrawnRule, Experiment, RuleSpace, Sampling, Source, Varying, Vintage, agreements, consensus,
    match_all, zone_certainties,
};
use distretto_districts::IstatParameters;
use distretto_regions::delineate::Delineation;
use distretto_regions::eu_ttwa::{Mode, Parameters};
use distretto_testkit::data;

#[test]
fn redraws_spread_as_in_an_independent_program() {
    let Some((_, flows)) = data::flows("sardinia-2001/flows.csv") else { return };
    let vintage = Vintage { name: "2001", flows: Some(&flows), margins: None, jobs: None };
    let rule = DrawnRule {
        rule: 0,
        mode: Mode::Reference,
        parameters: Parameters { min_size: 1_000.0, min_sc: 0.6, target_size: 10_000.0, target_sc: 0.75 },
        thresholds: IstatParameters::default(),
    };
    let areas = Areas::Found(Delineation::default());
    let sampling = Sampling::default();
    let experiment = Experiment::new(1, vec![vintage], areas, RuleSpace::fixed(rule), sampling).unwrap();
    let base = experiment.base().unwrap();
    let all = experiment.replicates(Varying::only(Source::Sampling), 1..201).unwrap();
    let matched = match_all(&base, &all, &vec![1.0; base.area_of.len()]);
    let found = agreements(&base, &all, &matched);

    // Theirs: 37.9 +- 1.3 areas, from 35 to 41, and an ARI of 0.775 +- 0.058. Both means have their own Monte Carlo error.
    let number = found.len() as f64;
    let mean = |of: &dyn Fn(usize) -> f64| (0..found.len()).map(of).sum::<f64>() / number;
    let error = (2.0 / number).sqrt();
    assert!((mean(&|i| f64::from(found[i].areas)) - 37.9).abs() < 3.0 * 1.3 * error);
    let ari = mean(&|i| found[i].ari);
    assert!((ari - 0.775).abs() < 3.0 * 0.058 * error);

    // Not of that program: the consensus stands for the replicates better than the base run does, and most zones are sure.
    assert!(consensus(&all).unwrap().mean_ari > ari);
    let zones = zone_certainties(&base, &all, &matched);
    let sure = zones.iter().filter(|zone| zone.membership > Some(0.5)).count();
    assert!(sure * 2 > zones.len() && sure < zones.len());
}
