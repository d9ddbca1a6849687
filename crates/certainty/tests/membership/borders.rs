//! Borders and structure.

use distretto_certainty::{BorderBias, BorderStrength, Replicate, Structure, Verdict, border_strengths};
use proptest::prelude::*;

use crate::toy::{replicate, replicates};

fn raw(borders: &[BorderStrength]) -> Vec<Option<f64>> {
    borders.iter().map(|border| border.raw).collect()
}

fn strengths(borders: &[BorderStrength]) -> Vec<f64> {
    borders.iter().filter_map(|border| border.strength).collect()
}

fn close(found: &[f64], by_hand: &[f64]) -> bool {
    found.len() == by_hand.len()
        && found.iter().zip(by_hand).all(|(found, by_hand)| (found - by_hand).abs() < 1e-9)
}

#[test]
fn borders_are_counted_where_both_zones_have_an_area() {
    let base = replicate("AAABBB.");
    let mut all = vec!["AAABBB."; 6];
    all.extend(["AABBBB.", "AABBBB.", "AAACBB.", "AA.BBB."]);
    let all = replicates(&all);
    let pairs = [(0, 1), (1, 2), (3, 2), (2, 2), (0, 5), (0, 6)];
    let found = border_strengths(&base, &all, &pairs, None);
    assert_eq!(raw(&found), [Some(0.0), Some(2.0 / 9.0), Some(7.0 / 9.0), Some(0.0), Some(1.0), None]);
    assert!(found.iter().all(|border| border.strength == border.raw));
    assert_eq!((found[2].a, found[2].b, found[2].replicates), (3, 2, 9));
    assert!(close(&[found[1].standard_error.unwrap()], &[(14.0f64 / 81.0 / 9.0).sqrt()]));
    assert_eq!((found[5].standard_error, found[5].replicates), (None, 0));
    assert_eq!(border_strengths(&base, &[], &[(0, 1)], None)[0].strength, None);
}

#[test]
fn the_excess_of_redraws_is_taken_off_twice() {
    // Two borders of the base run are in three of four redraws, two that it has not in two: the share of borders grows from 1/2 to
    // 5/8, so 3/8 is sought. With k = 1/3 the odds 3 and 1 become 1 and 1/3: the mean of 1/2, 1/2, 1/4, 1/4.
    let base = replicate("ABCDEEFF");
    let all = replicates(&["ABCDEEFF", "ABCDEEFF", "ABCDEGFH", "AACCEGFH"]);
    let pairs = [(0, 1), (2, 3), (4, 5), (6, 7)];
    let bias = BorderBias::new(&base, &all, &pairs).unwrap();
    assert_eq!((bias.base_share, bias.mean, bias.excess()), (0.5, 0.625, 0.125));
    let found = border_strengths(&base, &all, &pairs, Some(bias));
    assert!(close(&strengths(&found), &[0.5, 0.5, 0.25, 0.25]));
    assert_eq!(raw(&found), [Some(0.75), Some(0.75), Some(0.5), Some(0.5)]);
    // Another pair, with a zone that the base run leaves out, is corrected alike but tells nothing of the bias.
    let out = |letters: &str| replicate(&format!("{letters}."));
    let with: Vec<Replicate> = ["ABCDEEFFA", "ABCDEEFFB", "ABCDEGFHA", "AACCEGFHC"].map(replicate).into();
    let pairs = [(0, 1), (2, 3), (4, 5), (6, 7), (0, 8)];
    let base = out("ABCDEEFF");
    assert_eq!(BorderBias::new(&base, &with, &pairs), Some(bias));
    assert!(close(
        &strengths(&border_strengths(&base, &with, &pairs, Some(bias))),
        &[0.5, 0.5, 0.25, 0.25, 0.25]
    ));
}

#[test]
fn what_all_redraws_agree_on_stays() {
    let base = replicate("AABB");
    let pairs = [(0, 1), (1, 2), (2, 3)];
    let all = replicates(&["AABB"; 5]);
    let bias = BorderBias::new(&base, &all, &pairs).unwrap();
    assert_eq!(bias.excess(), 0.0);
    assert_eq!(strengths(&border_strengths(&base, &all, &pairs, Some(bias))), [0.0, 1.0, 0.0]);
    assert_eq!(BorderBias::new(&base, &[], &pairs), None);
    assert_eq!(BorderBias::new(&replicate("...."), &all, &pairs), None);
}

#[test]
fn without_any_border_in_the_base_run_or_only_borders_all_goes_to_the_end() {
    let pairs = [(0, 1), (1, 2)];
    let all = replicates(&["ABC", "AAA", "AAB", "AAA"]);
    let with = |letters: &str| {
        let base = replicate(letters);
        let bias = BorderBias::new(&base, &all, &pairs);
        strengths(&border_strengths(&base, &all, &pairs, bias))
    };
    // Odds 1/3 and 1, of four redraws: times 1/16 and times 16.
    assert!(close(&with("AAA"), &[1.0 / 49.0, 1.0 / 17.0]));
    assert!(close(&with("ABC"), &[16.0 / 19.0, 16.0 / 17.0]));
}

#[test]
fn structure_is_told_by_the_borders_of_the_base_run() {
    let base = replicate("AABBC.");
    let all = replicates(&["AABBC.", "AABBCC", "AAAAB.", "AABBBC"]);
    let pairs = [(0, 1), (1, 2), (3, 4), (4, 5)];
    let found = Structure::new(&base, &border_strengths(&base, &all, &pairs, None));
    // (1, 2) in three of four, (3, 4) too.
    assert_eq!(found, Structure { base_borders: 2, mean_strength: Some(0.75), firm_share: Some(0.0) });
    assert_eq!((found.verdict(), found.holds()), (Some(Verdict::Firm), true));
    let same = Structure::new(&base, &border_strengths(&base, &all[..1], &pairs, None));
    assert_eq!((same.mean_strength, same.firm_share), (Some(1.0), Some(1.0)));
    let weak =
        Structure::new(&base, &border_strengths(&base, &replicates(&["AAAAA.", "AABBB."]), &pairs, None));
    assert_eq!((weak.mean_strength, weak.verdict(), weak.holds()), (Some(0.25), Some(Verdict::Weak), false));
}

#[test]
fn one_area_or_none_has_no_borders_to_be_sure_of() {
    let all = replicates(&["AABB"]);
    let pairs = [(0, 1), (1, 2)];
    for letters in ["AAAA", "....", "AA.."] {
        let base = replicate(letters);
        let found = Structure::new(&base, &border_strengths(&base, &all, &pairs, None));
        assert_eq!(found, Structure { base_borders: 0, mean_strength: None, firm_share: None });
        assert_eq!((found.verdict(), found.holds()), (Some(Verdict::NoBorders), false));
    }
    let base = replicate("AABB");
    let untold = Structure::new(&base, &border_strengths(&base, &[], &pairs, None));
    assert_eq!((untold.base_borders, untold.verdict(), untold.holds()), (1, None, false));
}

fn base_and_replicates() -> impl Strategy<Value = (Replicate, Vec<Replicate>)> {
    (2usize..10).prop_flat_map(|zones| {
        let letters = proptest::collection::vec(proptest::sample::select(vec!['.', 'A', 'B', 'C']), zones);
        let one = letters.prop_map(|letters| replicate(&letters.into_iter().collect::<String>()));
        (one.clone(), proptest::collection::vec(one, 1..9))
    })
}

proptest! {
    #[test]
    fn corrections_keep_the_order_and_reach_their_mean((base, all) in base_and_replicates()) {
        let zones = base.area_of.len() as u32;
        let pairs: Vec<(u32, u32)> = (0..zones).flat_map(|a| (a + 1..zones).map(move |b| (a, b))).collect();
        let bias = BorderBias::new(&base, &all, &pairs);
        let found = border_strengths(&base, &all, &pairs, bias);
        let mut known: Vec<(f64, f64)> = Vec::new();
        let (mut sum, mut number, mut movable) = (0.0, 0.0, false);
        for border in &found {
            prop_assert_eq!(border.raw.is_some(), border.strength.is_some());
            let (Some(raw), Some(strength)) = (border.raw, border.strength) else { continue };
            prop_assert!((0.0..=1.0).contains(&strength));
            prop_assert!((raw == 0.0) == (strength == 0.0) && (raw == 1.0) == (strength == 1.0));
            known.push((raw, strength));
            if base.area(border.a).is_some() && base.area(border.b).is_some() {
                (sum, number, movable) = (sum + strength, number + 1.0, movable || (0.0 < raw && raw < 1.0));
            }
        }
        known.sort_by(|a, b| a.0.total_cmp(&b.0));
        prop_assert!(known.windows(2).all(|two| two[0].1 <= two[1].1 && (two[0].0 < two[1].0) <= (two[0].1 < two[1].1)));
        if let Some(bias) = bias.filter(|_| movable) {
            let target = bias.base_share - bias.excess();
            let mean = sum / number;
            let moved = known.iter().filter(|(raw, _)| 0.0 < *raw && *raw < 1.0);
            let far = (all.len() as f64).powi(2);
            let odds = |share: f64| share / (1.0 - share);
            let at_the_end = moved.into_iter().all(|&(raw, strength)| {
                let k = odds(strength) / odds(raw);
                (k * far - 1.0).abs() < 1e-6 || (k / far - 1.0).abs() < 1e-6
            });
            prop_assert!((mean - target).abs() < 1e-9 || at_the_end, "{mean} {target}");
        }
    }
}
