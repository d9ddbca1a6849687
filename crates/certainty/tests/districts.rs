//! Districts over replicates.

#![allow(clippy::unwrap_used, reason = "a test that cannot read what it needs must fail")]

mod made;

use distretto_certainty::{
    DistrictCertainties, DistrictCertainty, DistrictClass, Frequency, Halves, Replicate,
};
use distretto_districts::{Kind, Test};
use made::{
    NONE, any_replicate, district, failing, judged, matched, relabelled, replicate, rest, with_margin,
};
use proptest::prelude::*;

fn certainties(base: &Replicate, replicates: &[Replicate]) -> DistrictCertainties {
    DistrictCertainties::new(base, replicates, &matched(base, replicates), &[Some(10.0); 6])
}

fn times(times: u32, of: u32) -> Frequency {
    Frequency { times, of }
}

const BASE: [u32; 6] = [0, 0, 0, 1, 1, 1];

/// Ten replicates of two areas. The first is a district of industry 2 in six of them and of industry 1 in two; in one it fails,
/// in one it falls into three.
fn ten() -> (Replicate, Vec<Replicate>) {
    let base = judged(&BASE, &[district(2), rest()]);
    let fails = failing(Kind::OtherManufacturing, &[Test::SmeSystem]);
    let mut replicates = vec![judged(&BASE, &[district(2), rest()]); 3];
    replicates.extend(vec![judged(&[0, 0, 0, 0, 1, 1], &[district(2), district(1)]); 3]);
    replicates.extend(vec![judged(&BASE, &[district(1), rest()]); 2]);
    replicates.push(judged(&BASE, &[fails, rest()]));
    replicates.push(judged(&[0, 1, 2, 3, 3, 3], &[district(2), rest(), rest(), rest()]));
    (base, replicates)
}

#[test]
fn a_district_in_six_of_ten() {
    let (base, replicates) = ten();
    let found = certainties(&base, &replicates);
    let first = &found.areas[0];
    assert_eq!((first.area, first.kind, first.industry), (0, Kind::District, Some(2)));
    assert_eq!(first.area_exists, times(9, 10));
    assert_eq!((first.same_industry, first.any_industry), (times(6, 10), times(8, 10)));
    assert_eq!(first.other_industry, Some((1, times(2, 10))));
    assert_eq!(first.class, Some(DistrictClass::Likely));
    assert_eq!(first.failing[Test::SmeSystem as usize], times(1, 9));
    assert_eq!(first.failing[Test::MainIndustry as usize], times(0, 9));
    // It is no district once where it exists, and then for that.
    assert_eq!(first.weakest(), Some((Test::SmeSystem, times(1, 1))));
    assert_eq!(first.sizes.zones.sorted(), [3, 3, 3, 4, 4, 4]);
    let residents = first.sizes.residents.as_ref().unwrap();
    assert_eq!((residents.median(), residents.mean()), (Some(30.0), Some(35.0)));
    assert_eq!(first.sizes.manufacturing_jobs.as_ref().unwrap().sorted(), [100.0; 6]);
    assert_eq!(first.sizes.main_industry_jobs.as_ref().unwrap().sorted(), [40.0; 6]);
    // Twelve districts are found; the third of the area that fell apart is no area of the base run.
    assert_eq!(found.elsewhere, times(1, 12));
}

#[test]
fn an_area_that_may_be_a_district_is_a_candidate() {
    let (base, replicates) = ten();
    let found = certainties(&base, &replicates);
    let candidates: Vec<&DistrictCertainty> = found.candidates().collect();
    let [second] = candidates.as_slice() else { panic!("one candidate") };
    assert_eq!((second.area, second.kind, second.industry), (1, Kind::Rest, Some(1)));
    assert_eq!((second.same_industry, second.class), (times(3, 10), Some(DistrictClass::Doubtful)));
    assert_eq!(second.sizes.zones.sorted(), [2, 2, 2]);
    assert_eq!(second.weakest(), Some((Test::Specialised, times(7, 7))));
    assert_eq!(found.of_base().map(|area| area.area).collect::<Vec<_>>(), [0]);
}

#[test]
fn an_area_that_is_no_district_is_told_with_the_industry_it_is_found_with() {
    let own = judged(&[0, 0], &[rest()]);
    let industry = |base: &Replicate, found: &[u16]| {
        let replicates: Vec<Replicate> =
            found.iter().map(|&industry| judged(&[0, 0], &[district(industry)])).collect();
        certainties(base, &replicates).areas[0].industry
    };
    assert_eq!(industry(&own, &[2, 0, 2]), Some(2));
    assert_eq!(industry(&own, &[2, 0]), Some(0));
    assert_eq!(industry(&own, &[]), None);
    let mut large = own;
    large.judged.as_mut().unwrap()[0].main_industry = Some(2);
    assert_eq!(industry(&large, &[2, 0]), Some(2));
    assert_eq!(industry(&large, &[0, 0, 2]), Some(0));
    assert_eq!(industry(&large, &[]), Some(2));
}

#[test]
fn the_distance_to_a_threshold_is_in_standard_errors() {
    let of = |margin| judged(&[0, 0], &[with_margin(district(0), Test::SmeSystem, margin)]);
    let far = |margins: &[f32]| {
        let replicates: Vec<Replicate> = margins.iter().copied().map(of).collect();
        certainties(&of(3.0), &replicates).areas[0].distances[Test::SmeSystem as usize]
    };
    // s^2 = (1 + 0 + 1) / 2.
    assert_eq!(far(&[2.0, 3.0, 4.0]), Some(3.0));
    assert_eq!((far(&[0.1, 0.1, 0.1]), far(&[2.0]), far(&[])), (None, None, None));
    let missing = judged(&[0, 0], &[district(0)]);
    let found = certainties(&missing, &[of(1.0), of(2.0)]);
    assert_eq!(found.areas[0].distances, [None; 8]);
}

#[test]
fn what_never_changes_is_near_certain() {
    let base = judged(&BASE, &[district(2), rest()]);
    let found = certainties(&base, &vec![base.clone(); 20]);
    assert_eq!(
        (found.areas[0].same_industry, found.areas[0].class),
        (times(20, 20), Some(DistrictClass::NearCertain))
    );
    assert_eq!(
        (found.areas[1].any_industry, found.areas[1].class),
        (times(0, 20), Some(DistrictClass::Unlikely))
    );
    assert_eq!((found.areas[0].weakest(), found.areas[0].other_industry), (None, None));
    assert_eq!((found.candidates().count(), found.elsewhere), (0, times(0, 20)));
}

#[test]
fn classes_begin_at_their_limits() {
    use DistrictClass::{Doubtful, Likely, NearCertain, Unlikely};
    let classes = [1.0, 0.9, 0.899, 0.5, 0.499, 0.05, 0.049, 0.0].map(DistrictClass::of);
    assert_eq!(classes, [NearCertain, NearCertain, Likely, Likely, Doubtful, Doubtful, Unlikely, Unlikely]);
}

#[test]
fn replicates_without_jobs_are_left_out() {
    let (base, mut replicates) = ten();
    replicates.push(replicate(&BASE));
    assert_eq!(certainties(&base, &replicates), certainties(&base, &replicates[..10]));
    let found = certainties(&base, &replicates[10..]);
    assert_eq!((found.areas[0].class, found.areas[0].same_industry), (None, times(0, 0)));
    assert!(found.areas[0].sizes.zones.is_empty());
    assert_eq!(certainties(&replicate(&BASE), &replicates), DistrictCertainties::default());
}

#[test]
fn residents_are_told_only_where_all_are_known() {
    let base = judged(&BASE, &[district(2), district(1)]);
    let mut residents = [Some(10.0); 6];
    residents[4] = None;
    let replicates = vec![base.clone(); 2];
    let of = |residents: &[Option<f64>]| {
        DistrictCertainties::new(&base, &replicates, &matched(&base, &replicates), residents)
            .areas
            .into_iter()
            .map(|area| area.sizes.residents.map(|sample| sample.sorted().to_vec()))
            .collect::<Vec<_>>()
    };
    assert_eq!(of(&residents), [Some(vec![30.0, 30.0]), None]);
    assert_eq!(of(&[]), [None, None]);
}

#[test]
fn worlds_without_areas_have_no_districts() {
    let none = judged(&[NONE; 6], &[]);
    let found = certainties(&none, &[none.clone(), judged(&BASE, &[district(0), rest()])]);
    assert_eq!((found.areas.len(), found.elsewhere), (0, times(1, 1)));
    let base = judged(&BASE, &[district(0), rest()]);
    let lost = certainties(&base, &[none]);
    assert_eq!(
        (lost.areas[0].area_exists, lost.areas[0].class),
        (times(0, 1), Some(DistrictClass::Unlikely))
    );
    assert_eq!(lost.areas[0].failing, [times(0, 0); 8]);
}

#[test]
fn halves_differ_by_what_changed_between_them() {
    let base = replicate(&[0, 0, 0, 1, 1, NONE]);
    let other = replicate(&[0, 0, 1, 1, 1, NONE]);
    let halves = |replicates: &[Replicate]| Halves::new(&base, replicates, &matched(&base, replicates));
    // Zone 2 is always in its area in the first half, never in the second; the last replicate is in neither.
    let [b, o] = [&base, &other].map(Clone::clone);
    let found = halves(&[b.clone(), b.clone(), o.clone(), o.clone(), o.clone()]).unwrap();
    assert_eq!((found.replicates, found.largest, found.mean), (2, 1.0, 0.2));
    assert_eq!(halves(&[b.clone(), o.clone(), b.clone(), o]).unwrap().largest, 0.0);
    assert_eq!((halves(&[b]), halves(&[])), (None, None));
    let none = replicate(&[NONE; 6]);
    assert_eq!(Halves::new(&none, &vec![none.clone(); 4], &matched(&none, &vec![none.clone(); 4])), None);
}

proptest! {
    #[test]
    fn a_district_exists_no_more_often_than_its_area(
        base in any_replicate(8),
        replicates in proptest::collection::vec(any_replicate(8), 0..15),
    ) {
        let has_jobs = replicates.iter().filter(|replicate| replicate.judged.is_some()).count() as u32;
        for area in certainties(&base, &replicates).areas {
            let [same, any, exists] = [area.same_industry, area.any_industry, area.area_exists];
            prop_assert!(same.times <= any.times && any.times <= exists.times && exists.times <= exists.of);
            prop_assert_eq!([same.of, any.of, exists.of], [has_jobs; 3]);
            prop_assert_eq!(area.sizes.zones.len(), same.times as usize);
            let other = area.other_industry.map_or(0, |(_, other)| other.times);
            prop_assert!(same.times + other <= any.times);
            prop_assert!(area.in_base() || same.times >= other);
            for failing in area.failing {
                prop_assert_eq!(failing.of, exists.times);
                prop_assert!(failing.times <= exists.times - any.times);
            }
        }
    }

    #[test]
    fn neither_order_nor_numbering_of_areas_matters(
        base in any_replicate(8),
        replicates in proptest::collection::vec(any_replicate(8), 0..15),
    ) {
        let found = certainties(&base, &replicates);
        let reversed: Vec<Replicate> = replicates.iter().rev().cloned().collect();
        prop_assert_eq!(&found, &certainties(&base, &reversed));
        let relabelled: Vec<Replicate> = replicates.iter().map(relabelled).collect();
        prop_assert_eq!(&found, &certainties(&base, &relabelled));
    }
}
