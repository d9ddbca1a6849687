//! Which area is which, in partitions small enough for paper.

use crate::toy::replicate;
use distretto_certainty::{Matched, Replicate, match_areas};
use distretto_regions::compare::{Contingency, Matching};
use distretto_territory::Partition;
use proptest::prelude::*;

fn matched(base: &str, other: &str) -> Matched {
    match_areas(&replicate(base), &replicate(other), &vec![1.0; base.len()])
}

#[test]
fn the_larger_part_of_a_split_area_inherits() {
    let found = matched("AAAAAAB", "XXXXYYZ");
    assert_eq!(found.of_base, [Some(0), Some(2)]);
    assert_eq!(found.of_other, [Some(0), None, Some(1)]);
    assert_eq!(found.jaccard, [4.0 / 6.0, 1.0]);
    assert!(found.exists(0) && found.exists(1) && !found.exists(2));
    assert_eq!((found.base_of(1), found.base_of(7)), (None, None));
}

#[test]
fn of_two_equal_parts_that_with_the_first_zone_inherits_and_the_area_does_not_exist() {
    let found = matched("AAAAB", "XYXYZ");
    assert_eq!((found.of_base[0], found.jaccard[0], found.exists(0)), (Some(0), 0.5, false));
}

#[test]
fn the_larger_partner_of_a_merger_inherits() {
    let found = matched("AABBBB", "XXXXXX");
    assert_eq!(found.of_base, [None, Some(0)]);
    assert_eq!(found.jaccard, [0.0, 4.0 / 6.0]);
    assert!(found.exists(1) && !found.exists(0));
}

#[test]
fn a_zone_passed_on_changes_no_names() {
    let found = matched("AAAABBB", "XXXYYYY");
    assert_eq!((found.of_base, found.jaccard), (vec![Some(0), Some(1)], vec![0.75, 0.75]));
}

#[test]
fn zones_that_lose_their_area_make_it_less_like_itself() {
    let found = matched("AAAAAB.", "XXX..YY");
    assert_eq!(found.of_base, [Some(0), Some(1)]);
    assert_eq!(found.jaccard, [3.0 / 5.0, 1.0 / 2.0]);
    let nothing = matched("AAA", "...");
    assert_eq!((nothing.of_base, nothing.of_other), (vec![None], vec![]));
}

#[test]
fn weights_decide_and_zones_stand_in_where_nothing_weighs_anything() {
    let by = |weights: &[f64]| match_areas(&replicate("AAAAB"), &replicate("XYYYZ"), weights);
    assert_eq!(by(&[9.0, 1.0, 1.0, 1.0, 0.0]).of_base, [Some(0), Some(2)]);
    assert_eq!(by(&[9.0, 1.0, 1.0, 1.0, 0.0]).jaccard, [0.75, 1.0]);
    assert_eq!(by(&[0.0; 5]).jaccard, [0.75, 1.0]);
    // A shares with Y nothing that weighs anything.
    let light = match_areas(&replicate("AAB"), &replicate("XYY"), &[1.0, 0.0, 1.0]);
    assert_eq!((light.of_base, light.jaccard), (vec![Some(0), Some(1)], vec![1.0, 1.0]));
    let light = match_areas(&replicate("AAB"), &replicate(".Y."), &[1.0, 0.0, 1.0]);
    assert_eq!(light.of_base, [None, None]);
}

/// Two partitions of the same zones with weights that often tie.
fn two_and_weights() -> impl Strategy<Value = (Replicate, Replicate, Vec<f64>)> {
    (1usize..14).prop_flat_map(|zones| {
        let letters =
            || proptest::collection::vec(proptest::sample::select(vec!['.', 'A', 'B', 'C', 'D']), zones);
        let weights = proptest::collection::vec((0u8..4).prop_map(f64::from), zones);
        (letters(), letters(), weights).prop_map(|(a, b, weights)| {
            let of = |letters: Vec<char>| replicate(&letters.into_iter().collect::<String>());
            (of(a), of(b), weights)
        })
    })
}

/// Area 0 becomes the last, and so on.
fn renamed(replicate: &Replicate) -> Replicate {
    let rename = |&area: &u32| if area == Replicate::NO_AREA { area } else { replicate.areas - 1 - area };
    Replicate { area_of: replicate.area_of.iter().map(rename).collect(), ..replicate.clone() }
}

proptest! {
    #[test]
    fn the_rule_is_symmetric_and_blind_to_names((a, b, weights) in two_and_weights()) {
        let (there, back) = (match_areas(&a, &b, &weights), match_areas(&b, &a, &weights));
        prop_assert_eq!(&there.of_base, &back.of_other);
        prop_assert_eq!(&there.of_other, &back.of_base);
        for (area, other) in there.of_base.iter().enumerate() {
            let jaccard = other.map_or(0.0, |other| back.jaccard[other as usize]);
            prop_assert_eq!(there.jaccard[area], jaccard);
        }
        let other_names = match_areas(&renamed(&a), &b, &weights);
        let reversed: Vec<_> = other_names.of_base.iter().rev().copied().collect();
        prop_assert_eq!(reversed, there.of_base);
    }

    #[test]
    fn an_area_that_exists_has_no_other_match((a, b, weights) in two_and_weights()) {
        let found = match_areas(&a, &b, &weights);
        let sum = |of: &dyn Fn(usize) -> bool| -> f64 {
            let weighs = weights.iter().any(|&weight| weight > 0.0);
            (0..weights.len()).filter(|&zone| of(zone)).map(|zone| if weighs { weights[zone] } else { 1.0 }).sum()
        };
        for (area, other) in (0..a.areas).flat_map(|area| (0..b.areas).map(move |other| (area, other))) {
            let (in_a, in_b) = (|zone: usize| a.area_of[zone] == area, |zone: usize| b.area_of[zone] == other);
            let (both, either) = (sum(&|zone| in_a(zone) && in_b(zone)), sum(&|zone| in_a(zone) || in_b(zone)));
            if either > 0.0 && both / either > Matched::SAME_AREA {
                prop_assert_eq!(found.of_base[area as usize], Some(other));
                prop_assert!(found.exists(area));
            }
        }
    }

    /// Where all zones have areas and no two pairs are alike, it is the matching of `regions`.
    #[test]
    fn it_is_the_matching_of_comparisons(
        zones in proptest::collection::vec((0u8..6, 0u8..6, 0.01f64..1.0), 1..40)
    ) {
        let letters = |of: &dyn Fn(&(u8, u8, f64)) -> u8| -> String {
            zones.iter().map(|zone| char::from(b'a' + of(zone))).collect()
        };
        let (a, b) = (letters(&|zone| zone.0), letters(&|zone| zone.1));
        let weights: Vec<f64> = zones.iter().map(|zone| zone.2).collect();
        let partition = |letters: &str| {
            Partition::from_codes(&letters.chars().map(|letter| Some(letter.to_string())).collect::<Vec<_>>())
        };
        let (by_code_a, by_code_b) = (partition(&a), partition(&b));
        let table = Contingency::new(&by_code_a, &by_code_b, &weights);
        let expected = Matching::new(&table);
        let (a, b) = (replicate(&a), replicate(&b));
        let found = match_areas(&a, &b, &weights);
        // By a zone of each pair, for the two name areas differently.
        for zone in 0..zones.len() as u32 {
            let same = expected.partner(by_code_a.area_of(zone).unwrap()) == by_code_b.area_of(zone);
            let ours = found.of_base[a.area(zone).unwrap() as usize] == b.area(zone);
            prop_assert_eq!(same, ours);
        }
    }
}
