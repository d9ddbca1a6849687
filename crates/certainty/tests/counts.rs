//! Numbers of areas and districts over replicates.

#![allow(clippy::unwrap_used, reason = "a test that cannot read what it needs must fail")]

mod made;

use distretto_certainty::{
    CountsBySet, Decomposition, Distribution, Interval, Regions, Replicate, Source, Varying,
};
use made::{NONE, any_replicate, district, judged, relabelled, replicate, rest};
use proptest::prelude::*;

const SAMPLING: Varying = Varying::NOTHING;

fn counts(base: &Replicate, replicates: &[Replicate], regions: Option<&Regions>) -> CountsBySet {
    CountsBySet::new(SAMPLING, base, replicates, regions, 3)
}

#[test]
fn areas_of_four_replicates() {
    let base = replicate(&[0, 0, 1, 1]);
    let unfinished = Replicate { converged: false, ..replicate(&[0, 1, 2, 2]) };
    let replicates =
        [replicate(&[0, 0, 1, 1]), replicate(&[NONE; 4]), unfinished, replicate(&[0, 0, 1, NONE])];
    let found = counts(&base, &replicates, None);
    assert_eq!(found.areas, Distribution::new(Some(2), vec![2, 0, 3, 2]));
    assert_eq!(found.areas.histogram(), [(0, 1), (2, 2), (3, 1)]);
    assert_eq!(found.areas.median(), Some(2));
    assert_eq!(found.areas.interval(0.8), Some(Interval { from: 0, to: 3 }));
    assert_eq!((found.replicates, found.empty, found.not_converged, found.not_judged), (4, 1, 1, 4));
    assert_eq!((found.districts, found.districts_by_industry, found.areas_by_region), (None, None, None));
}

#[test]
fn an_area_lies_where_its_zone_with_most_jobs_does() {
    // Zones 0 and 1 in region 0, 2 and 3 in region 1, 4 in none.
    let regions = Regions {
        number: 2,
        of_zone: &[Some(0), Some(0), Some(1), Some(1), None],
        jobs_of_zone: &[5.0, 9.0, 9.0, 2.0, 1.0],
    };
    // 1 and 2 have as many jobs: the lower zone decides.
    assert_eq!(regions.of_areas(&replicate(&[0, 0, 0, 1, 1])), [Some(0), Some(1)]);
    assert_eq!(regions.of_areas(&replicate(&[0, 1, 0, 0, 2])), [Some(1), Some(0), None]);
    let base = judged(&[0, 0, 1, 1, 2], &[district(2), district(0), district(2)]);
    let other = judged(&[0, 0, 0, 1, 1], &[district(2), rest()]);
    let found = counts(&base, &[other, base.clone()], Some(&regions));
    let values = |distribution: &Distribution| (distribution.base.unwrap(), distribution.values.clone());
    let areas = found.areas_by_region.unwrap();
    assert_eq!(areas.groups.iter().map(values).collect::<Vec<_>>(), [(1, vec![1, 1]), (1, vec![1, 1])]);
    assert_eq!(values(&areas.rest), (1, vec![0, 1]));
    let districts = found.districts_by_region.unwrap();
    assert_eq!(districts.groups.iter().map(values).collect::<Vec<_>>(), [(1, vec![1, 1]), (1, vec![0, 1])]);
    assert_eq!(values(&districts.rest), (1, vec![0, 1]));
    let industries = found.districts_by_industry.unwrap();
    assert_eq!(
        industries.groups.iter().map(values).collect::<Vec<_>>(),
        [(1, vec![0, 1]), (0, vec![0, 0]), (2, vec![1, 2])]
    );
    assert_eq!(values(&found.districts.unwrap()), (3, vec![1, 3]));
}

#[test]
fn without_replicates_only_the_base_run_is_told() {
    let found = counts(&judged(&[0, 1], &[district(0), rest()]), &[], None);
    assert_eq!(found.areas, Distribution::new(Some(2), vec![]));
    assert_eq!((found.areas.median(), found.areas.interval(0.95), found.districts), (None, None, None));
    let none = counts(&replicate(&[NONE, NONE]), &[replicate(&[NONE, NONE])], None);
    assert_eq!((none.areas.base, none.areas.median(), none.empty), (Some(0), Some(0), 1));
    let shares = Decomposition::new((Varying::only(Source::Tie), &none.areas), &[]);
    assert_eq!((shares.together.variance, shares.remainder), (None, None));
}

#[test]
fn intervals_of_samples_reach_back_over_the_base() {
    let of = |base: Option<u32>, values: &[u32]| Distribution::new(base, values.to_vec());
    let ten: Vec<u32> = (11..=20).collect();
    // Mean 15.5; 11 to 19 at 80 %.
    let (above, below) = (of(Some(18), &ten), of(Some(13), &ten));
    assert_eq!((above.shift(), below.shift()), (Some(2.5), Some(-2.5)));
    assert_eq!(above.stretched(0.8, 2.5), Some(Interval { from: 11, to: 22 }));
    assert_eq!(below.stretched(0.8, -2.5), Some(Interval { from: 8, to: 19 }));
    for nothing in [0.0, f64::NAN] {
        assert_eq!(below.stretched(0.8, nothing), below.interval(0.8));
    }
    assert_eq!(below.stretched(0.8, -30.0), Some(Interval { from: 0, to: 19 }));
    assert_eq!(of(Some(3), &[3, 3, 3]).shift(), Some(0.0));
    assert_eq!((of(None, &ten).shift(), of(Some(3), &[]).shift()), (None, None));
    assert_eq!(of(Some(3), &[]).stretched(0.8, 1.0), None);
}

proptest! {
    #[test]
    fn groups_and_the_rest_add_up(
        base in any_replicate(8),
        replicates in proptest::collection::vec(any_replicate(8), 1..12),
        of_zone in proptest::collection::vec(prop::option::of(0..3u32), 8),
        jobs in proptest::collection::vec(0.0..4.0f64, 8),
    ) {
        let regions = Regions { number: 3, of_zone: &of_zone, jobs_of_zone: &jobs };
        let found = counts(&base, &replicates, Some(&regions));
        let total = |by: Option<distretto_certainty::ByGroup>| by.map(|by| {
            let parts: Vec<&Distribution> = by.groups.iter().chain([&by.rest]).collect();
            let values = (0..by.rest.values.len()).map(|i| parts.iter().map(|part| part.values[i]).sum()).collect();
            Distribution::new(parts.iter().map(|part| part.base).sum(), values)
        });
        prop_assert_eq!(total(found.areas_by_region), Some(found.areas.clone()));
        prop_assert_eq!(total(found.districts_by_region), found.districts.clone());
        prop_assert_eq!(total(found.districts_by_industry), found.districts.clone());
        prop_assert_eq!(found.areas.histogram().iter().map(|&(_, times)| times).sum::<usize>(), replicates.len());
        let known = found.districts.map_or(0, |districts| districts.values.len());
        prop_assert_eq!(known + found.not_judged, replicates.len());
    }

    #[test]
    fn neither_order_nor_numbering_of_areas_matters(
        base in any_replicate(8),
        replicates in proptest::collection::vec(any_replicate(8), 0..12),
        of_zone in proptest::collection::vec(prop::option::of(0..3u32), 8),
    ) {
        let regions = Regions { number: 3, of_zone: &of_zone, jobs_of_zone: &[1.0; 8] };
        let relabelled: Vec<Replicate> = replicates.iter().map(relabelled).collect();
        let found = counts(&base, &replicates, Some(&regions));
        prop_assert_eq!(&found, &counts(&base, &relabelled, Some(&regions)));
        let reversed: Vec<Replicate> = replicates.into_iter().rev().collect();
        let back = counts(&base, &reversed, Some(&regions));
        prop_assert_eq!(found.areas.sample(), back.areas.sample());
        prop_assert_eq!(found.districts.map(|d| d.histogram()), back.districts.map(|d| d.histogram()));
    }
}
