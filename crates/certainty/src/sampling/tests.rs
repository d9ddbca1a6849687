//! The models on small tables.

use distretto_flows::Row;
use proptest::prelude::*;

use super::*;
use crate::stream::{Purpose, stream};

fn table(zones: usize, rows: &[(u32, u32, f64)]) -> FlowTable {
    let rows: Vec<Row> =
        rows.iter().map(|&(origin, destination, amount)| Row { origin, destination, amount }).collect();
    FlowTable::from_rows(zones, &rows).unwrap()
}

/// Two zones of many residents and one of few.
fn small() -> FlowTable {
    table(
        3,
        &[
            (0, 0, 600.0),
            (0, 1, 250.0),
            (0, 2, 150.0),
            (1, 0, 300.79),
            (1, 1, 1_000.0),
            (1, 2, 0.79),
            (2, 1, 1.0),
            (2, 2, 2.0),
        ],
    )
}

fn survey(fraction: f64) -> FlowSampling {
    FlowSampling::Survey { fraction }
}

/// Persons of each pair in many redraws, pairs as in the table.
fn redraws(flows: &FlowTable, model: &FlowSampling, margins: Option<&[f64]>, n: u64) -> Vec<Vec<f64>> {
    let sampler = FlowSampler::new(flows, model, margins, 9).unwrap();
    let mut room = Redraw::new(flows);
    (0..n)
        .map(|replicate| {
            let drawn = sampler.draw(flows, &mut room, &mut stream(9, Purpose::Flows, replicate));
            flows.rows().map(|(o, d, _)| drawn.persons(drawn.get(o, d).unwrap_or_default())).collect()
        })
        .collect()
}

fn mean(values: impl ExactSizeIterator<Item = f64>) -> f64 {
    let n = values.len() as f64;
    values.sum::<f64>() / n
}

fn covariance(redraws: &[Vec<f64>], a: usize, b: usize) -> f64 {
    let (mean_a, mean_b) = (mean(redraws.iter().map(|r| r[a])), mean(redraws.iter().map(|r| r[b])));
    mean(redraws.iter().map(|r| (r[a] - mean_a) * (r[b] - mean_b)))
}

#[track_caller]
fn near(found: f64, expected: f64, within: f64) {
    assert!((found - expected).abs() <= within, "{found} is not within {within} of {expected}");
}

#[test]
fn a_survey_varies_by_origin_as_its_size_says() {
    let flows = small();
    let before: Vec<f64> = flows.rows().map(|(_, _, units)| flows.persons(units)).collect();
    let n = 20_000;
    // Persons are asked one by one, some in bulk, nearly all in bulk.
    for (fraction, asked) in [(0.01, 10.0), (0.1, 100.0), (0.6, 600.0)] {
        let redraws = redraws(&flows, &survey(fraction), None, n);
        let residents = 1_000.0;
        let correction = 1.0 - asked / residents;
        for a in 0..3 {
            let p = before[a] / residents;
            let variance = correction * residents * residents * p * (1.0 - p) / asked;
            near(mean(redraws.iter().map(|r| r[a])), before[a], 4.0 * (variance / n as f64).sqrt());
            near(covariance(&redraws, a, a), variance, 0.06 * variance);
            for (b, other) in before.iter().enumerate().take(a) {
                let expected = -correction * residents * p * other / asked;
                near(covariance(&redraws, a, b), expected, 0.06 * variance);
            }
        }
        // Zones are asked apart.
        let independent = (covariance(&redraws, 0, 0) * covariance(&redraws, 3, 3) / n as f64).sqrt();
        near(covariance(&redraws, 0, 3), 0.0, 4.0 * independent);
    }
}

#[test]
fn a_survey_keeps_the_residents_of_each_zone() {
    let flows = small();
    for fraction in [0.01, 0.3, 0.999] {
        let sampler = FlowSampler::new(&flows, &survey(fraction), None, 9).unwrap();
        let mut room = Redraw::new(&flows);
        for replicate in 0..200 {
            let drawn = sampler.draw(&flows, &mut room, &mut stream(9, Purpose::Flows, replicate));
            assert_eq!(drawn.units_per_person(), 1_000.0);
            for zone in 0..3 {
                assert_eq!(drawn.persons(drawn.residents(zone)), flows.persons(flows.residents(zone)));
            }
        }
    }
}

#[test]
fn who_asked_everybody_knows() {
    let flows = small();
    for model in [FlowSampling::Fixed, survey(1.0)] {
        let sampler = FlowSampler::new(&flows, &model, None, 9).unwrap();
        let mut room = Redraw::new(&flows);
        let drawn = sampler.draw(&flows, &mut room, &mut stream(9, Purpose::Flows, 3));
        assert_eq!(drawn.rows().collect::<Vec<_>>(), flows.rows().collect::<Vec<_>>());
        assert_eq!(drawn.units_per_person(), flows.units_per_person());
    }
    // Three residents, of whom one is asked at least: two thirds of what the answer says is news.
    let redraws = redraws(&flows, &survey(0.01), None, 300);
    let step = (2.0f64 / 3.0).sqrt();
    for redraw in redraws {
        let one = [1.0 + step * 2.0, 1.0 - step].iter().any(|v| (redraw[6] - v).abs() <= 0.001);
        assert!(one, "{}", redraw[6]);
    }
}

#[test]
fn margins_are_normal_and_cut_at_nothing() {
    let flows = small();
    let margins = [16.45, 32.9, 0.0, 1.645, 164.5, 1.645, 8.225, 3.29];
    let model = FlowSampling::Margins { z: 1.645, classes: vec![] };
    let n = 20_000;
    let redraws = redraws(&flows, &model, Some(&margins), n);
    for (pair, (_, _, units)) in flows.rows().enumerate() {
        let (flow, deviation) = (flows.persons(units), margins[pair] / 1.645);
        let (mean, variance) = (mean(redraws.iter().map(|r| r[pair])), covariance(&redraws, pair, pair));
        if flow > 5.0 * deviation {
            near(mean, flow, 4.0 * deviation / (n as f64).sqrt() + 1e-9);
            near(variance, deviation * deviation, 0.05 * deviation * deviation);
        } else {
            // Below 0 becomes 0: the mean of a normal cut there, E max(0, X) = F P(X > 0) + sd phi(F / sd).
            let share = redraws.iter().filter(|r| r[pair] == 0.0).count() as f64 / n as f64;
            let density = (-0.5 * (flow / deviation).powi(2)).exp() / std::f64::consts::TAU.sqrt();
            near(mean, flow * (1.0 - share) + deviation * density, 0.03 * deviation);
        }
        assert!(redraws.iter().all(|r| r[pair] >= 0.0));
    }
}

#[test]
fn margins_of_a_class_are_drawn_once() {
    // A thousand flows of 100 persons: the ratios of margin to flow are normal, cut at 0.
    let rows: Vec<(u32, u32, f64)> = (0..1_000).map(|i| (i / 40, i % 40, 100.0)).collect();
    let flows = table(40, &rows);
    let class = |up_to, ratio, spread| MarginClass { up_to, ratio, spread };
    let classes = vec![class(99.0, 50.0, 0.0), class(100.0, 0.3, 0.1), class(f64::INFINITY, 80.0, 0.0)];
    let model = FlowSampling::Margins { z: 1.0, classes: classes.clone() };
    let redraws_of = |margins: Option<&[f64]>| redraws(&flows, &model, margins, 400);
    let drawn = redraws_of(None);
    let deviations: Vec<f64> = (0..1_000).map(|pair| covariance(&drawn, pair, pair).sqrt()).collect();
    near(mean(deviations.iter().copied()), 30.0, 0.6);
    let spread = mean(deviations.iter().map(|d| (d - 30.0).powi(2))).sqrt();
    near(spread, 10.0, 1.0);
    // One's own margin goes before that of the class.
    let mut own = vec![f64::NAN; 1_000];
    own[7] = 0.0;
    assert!(redraws_of(Some(&own)).iter().all(|r| r[7] == 100.0));
}

#[test]
fn what_cannot_be_is_refused() {
    let flows = small();
    let refused = |model: &FlowSampling, margins: Option<&[f64]>| {
        FlowSampler::new(&flows, model, margins, 1).map(|_| ()).unwrap_err()
    };
    for fraction in [0.0, -0.1, 1.01, f64::INFINITY] {
        assert_eq!(refused(&survey(fraction), None), SamplingError::Fraction(fraction));
    }
    assert!(matches!(refused(&survey(f64::NAN), None), SamplingError::Fraction(_)));
    let model = |z, classes: &[(f64, f64, f64)]| FlowSampling::Margins {
        z,
        classes: classes.iter().map(|&(up_to, ratio, spread)| MarginClass { up_to, ratio, spread }).collect(),
    };
    let some = [1.0, 1.0, f64::NAN, 1.0, -5.0, 1.0, 1.0, f64::INFINITY];
    assert_eq!(
        refused(&model(1.645, &[]), Some(&some)),
        SamplingError::NoMargin { missing: 3, pairs: 8, origin: 0, destination: 2 }
    );
    assert!(matches!(refused(&model(1.645, &[]), None), SamplingError::NoMargin { missing: 8, .. }));
    let few = SamplingError::MarginCount { margins: 7, pairs: 8 };
    assert_eq!(refused(&model(1.645, &[]), Some(&some[..7])), few);
    assert_eq!(refused(&model(0.0, &[]), None), SamplingError::Quantile(0.0));
    let inf = f64::INFINITY;
    assert!(matches!(
        refused(&model(1.0, &[(5.0, 1.0, 0.0), (5.0, 1.0, 0.0), (inf, 1.0, 0.0)]), None),
        SamplingError::ClassOrder { class: 2, .. }
    ));
    assert!(matches!(
        refused(&model(1.0, &[(0.0, 1.0, 0.0)]), None),
        SamplingError::ClassOrder { class: 1, .. }
    ));
    assert_eq!(refused(&model(1.0, &[(5.0, 1.0, 0.0)]), None), SamplingError::ClassesEnd(5.0));
    assert!(matches!(
        refused(&model(1.0, &[(inf, -1.0, 0.0)]), None),
        SamplingError::ClassRatio { class: 1, .. }
    ));
    assert!(matches!(refused(&model(1.0, &[(inf, 1.0, f64::NAN)]), None), SamplingError::ClassRatio { .. }));
    assert!(matches!(refused(&model(1.0, &[(inf, 1e15, 0.0)]), None), SamplingError::TooWide { .. }));
    // A table of nothing needs no margins.
    assert!(FlowSampler::new(&table(2, &[]), &model(1.0, &[]), None, 1).is_ok());
}

fn models() -> impl Strategy<Value = FlowSampling> {
    let class = MarginClass { up_to: f64::INFINITY, ratio: 0.5, spread: 0.3 };
    prop_oneof![
        Just(FlowSampling::Poisson),
        (0.001..1.0).prop_map(survey),
        (0.5..3.0).prop_map(move |z| FlowSampling::Margins { z, classes: vec![class] }),
    ]
}

proptest! {
    #[test]
    fn a_redraw_is_the_table_of_its_rows(
        rows in prop::collection::vec((0u32..6, 0u32..6, 0u32..400), 0..36),
        decimals in 0i32..3,
        model in models(),
        replicate in 0u64..1_000,
    ) {
        let scale = 10f64.powi(decimals);
        let rows: Vec<(u32, u32, f64)> = rows.iter().map(|&(o, d, k)| (o, d, f64::from(k) / scale)).collect();
        let flows = table(6, &rows);
        let sampler = FlowSampler::new(&flows, &model, None, 4).unwrap();
        let mut room = Redraw::new(&flows);
        let random = |replicate| stream(4, Purpose::Flows, replicate);
        // What was drawn before does not matter.
        sampler.draw(&flows, &mut room, &mut random(replicate + 1));
        let drawn = sampler.draw(&flows, &mut room, &mut random(replicate)).clone();
        let again: Vec<_> = sampler.draw(&flows, &mut Redraw::new(&flows), &mut random(replicate)).rows().collect();
        prop_assert_eq!(drawn.rows().collect::<Vec<_>>(), again);
        let anew: Vec<(u32, u32, f64)> = drawn.rows().map(|(o, d, units)| (o, d, drawn.persons(units))).collect();
        let anew = table(6, &anew);
        let persons = |t: &FlowTable, units: f64| t.persons(units);
        for zone in 0..6 {
            let sides = |t: &FlowTable| {
                let sums = [t.residents(zone), t.workers(zone), t.inside(zone)].map(|units| persons(t, units));
                let into: Vec<_> = t.into_zone(zone).map(|(o, units)| (o, persons(t, units))).collect();
                let out: Vec<_> = t.out_of(zone).map(|(d, units)| (d, persons(t, units))).collect();
                (sums, into, out)
            };
            prop_assert_eq!(sides(&drawn), sides(&anew));
        }
        prop_assert!(drawn.rows().all(|(o, d, units)| units > 0.0 && flows.get(o, d) > Some(0.0)));
    }
}
