//! Italy 2011: the areas found beside the 611 official ones. Agreement is reported, never forced: these figures are those
//! of `docs/examples/italy-2011.md`, to be changed together.

use crate::edition::{Edition, run};

/// Areas, identical areas, adjusted Rand index and normalised mutual information (three digits), unweighted.
fn agreement(edition: &Edition, areas: &str) -> (f64, f64, f64, f64) {
    let found = edition.comparison(areas);
    let digits = |value: f64| (1000.0 * value).round() / 1000.0;
    (found["areas_first"], found["identical_areas"], digits(found["ari"]), digits(found["nmi"]))
}

fn check(study: &str, before: (f64, f64, f64, f64), after: (f64, f64, f64, f64)) {
    let Some(edition) = run(&format!("italy-2011/{study}.toml"), &[]) else { return };
    assert_eq!(agreement(&edition, "before_tuning"), before, "{study} before tuning");
    assert_eq!(agreement(&edition, "final"), after, "{study}");
    assert!(edition.partition().values().all(|area| !area.is_empty()), "{study}: every commune has an area");
}

#[test]
fn the_estimate_of_work_trips() {
    check("study", (594.0, 153.0, 0.771, 0.944), (560.0, 154.0, 0.777, 0.945));
    check("reference", (593.0, 153.0, 0.771, 0.944), (560.0, 151.0, 0.776, 0.945));
}

#[test]
fn work_and_study_together() {
    check("work-and-study", (843.0, 169.0, 0.691, 0.934), (755.0, 180.0, 0.694, 0.936));
    check("work-and-study-reference", (842.0, 169.0, 0.692, 0.935), (760.0, 174.0, 0.694, 0.935));
}
