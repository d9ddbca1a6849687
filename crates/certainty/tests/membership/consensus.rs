//! The consensus against all partitions there are, and in worlds whose answer follows on paper.

use crate::toy::{replicate, replicates};
use distretto_certainty::{Replicate, consensus};
use proptest::prelude::*;

/// The mean number of pairs that differ, pair by pair.
fn plain_loss(area_of: &[u32], replicates: &[Replicate]) -> f64 {
    let together =
        |area_of: &[u32], i: usize, j: usize| area_of[i] != Replicate::NO_AREA && area_of[i] == area_of[j];
    let mut differ = 0;
    for replicate in replicates {
        for j in 0..area_of.len() {
            differ +=
                (0..j).filter(|&i| together(area_of, i, j) != together(&replicate.area_of, i, j)).count();
        }
    }
    differ as f64 / replicates.len() as f64
}

/// All partitions of so many zones, each zone in an area.
fn all_partitions(zones: usize) -> Vec<Vec<u32>> {
    let mut all = vec![vec![]];
    for _ in 0..zones {
        all = all
            .iter()
            .flat_map(|partition: &Vec<u32>| {
                let areas = partition.iter().max().map_or(0, |&area| area + 1);
                (0..=areas).map(|area| [&partition[..], &[area]].concat())
            })
            .collect();
    }
    all
}

#[test]
fn replicates_that_agree_are_their_own_consensus() {
    let all = replicates(&["AABBB.C"; 5]);
    let found = consensus(&all).unwrap();
    assert_eq!((&found.area_of, found.areas), (&all[0].area_of, 3));
    assert_eq!(
        (found.expected_loss, found.mean_rand, found.mean_ari, found.cohesion),
        (0.0, 1.0, 1.0, Some(1.0))
    );
    let supported = Some(1.0);
    assert_eq!(found.support, [supported, supported, supported, supported, supported, None, None]);
    assert_eq!(found.share_supported(), Some(1.0));
}

#[test]
fn nothing_has_no_consensus_and_no_areas_are_none() {
    assert_eq!(consensus(&[]), None);
    let found = consensus(&replicates(&["...", "..."])).unwrap();
    assert_eq!((found.areas, found.cohesion, found.share_supported()), (0, None, None));
    assert_eq!((found.expected_loss, found.mean_ari), (0.0, 1.0));
    let found = consensus(&replicates(&["", ""])).unwrap();
    assert_eq!((found.areas, found.mean_rand), (0, 1.0));
}

#[test]
fn the_majority_of_two_halves_decides_and_a_tie_takes_one_of_them() {
    let (split, whole) = ("AABB", "AAAA");
    assert_eq!(consensus(&replicates(&[split, whole, whole])).unwrap().areas, 1);
    assert_eq!(consensus(&replicates(&[whole, split, split])).unwrap().areas, 2);
    let tie = consensus(&replicates(&[split, whole])).unwrap();
    // The two differ in the four pairs between the halves.
    assert_eq!(tie.expected_loss, 2.0);
    assert!(tie.area_of == replicate(split).area_of || tie.area_of == replicate(whole).area_of);
}

#[test]
fn the_consensus_may_be_no_replicate() {
    // Each replicate misplaces another zone of AAABBB.
    let all = replicates(&["ABABBB", "AAAABB", "AAABBA"]);
    let found = consensus(&all).unwrap();
    assert_eq!(found.area_of, replicate("AAABBB").area_of);
    // A misplaced zone parts from two and joins three.
    assert_eq!(found.expected_loss, 5.0);
    // Together, of three: 2, 3 and 2 times in A, 2, 1 and 2 times in B.
    assert!((found.cohesion.unwrap() - 12.0 / 18.0).abs() < 1e-12);
}

#[test]
fn zones_without_an_area_in_most_replicates_have_none() {
    let found = consensus(&replicates(&["AAA.", "AAA.", "AA..", "AAAA", "AA.A"])).unwrap();
    assert_eq!(found.area_of, [0, 0, 0, Replicate::NO_AREA]);
    assert_eq!(found.support, [Some(0.8), Some(0.8), Some(0.6), None]);
}

#[test]
fn zones_that_no_company_wants_stay_alone() {
    let found = consensus(&replicates(&["AAB", "ABB", "ABA"])).unwrap();
    assert_eq!((found.areas, found.cohesion, found.expected_loss), (3, None, 1.0));
}

#[test]
fn two_blocks_that_no_single_zone_would_leave_are_parted() {
    // Together in two of five replicates: each zone has more company than strangers, but the blocks do better apart.
    let (whole, parted) = ("AAAAAAAAAA", "AAAAABBBBB");
    let found = consensus(&replicates(&[whole, whole, parted, parted, parted])).unwrap();
    assert_eq!(found.area_of, replicate(parted).area_of);
}

fn zones_and_replicates() -> impl Strategy<Value = Vec<Replicate>> {
    (1usize..=7, 1usize..=7).prop_flat_map(|(zones, replicates)| {
        let letters =
            proptest::collection::vec(proptest::sample::select(vec!['.', 'A', 'B', 'C', 'A', 'B']), zones);
        let one = letters.prop_map(|letters| replicate(&letters.into_iter().collect::<String>()));
        proptest::collection::vec(one, replicates)
    })
}

#[test]
fn it_is_nearly_always_the_best_of_all_partitions() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
    let mut runner =
        TestRunner::new_with_rng(Config::default(), TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]));
    let partitions: Vec<_> = (0..=7).map(all_partitions).collect();
    assert_eq!(partitions[7].len(), 877);
    let (mut best, worlds) = (0, 1000);
    for _ in 0..worlds {
        let all = zones_and_replicates().new_tree(&mut runner).unwrap().current();
        let zones = all[0].area_of.len();
        let found = consensus(&all).unwrap().expected_loss;
        let least =
            partitions[zones].iter().map(|area_of| plain_loss(area_of, &all)).fold(f64::INFINITY, f64::min);
        assert!(found >= least - 1e-9);
        best += usize::from(found <= least + 1e-9);
    }
    eprintln!("the best in {best} of {worlds} worlds");
    assert!(best * 100 >= worlds * 99);
}

proptest! {
    #[test]
    fn it_loses_no_more_than_any_replicate_and_says_so_rightly(all in zones_and_replicates()) {
        let found = consensus(&all).unwrap();
        prop_assert!((found.expected_loss - plain_loss(&found.area_of, &all)).abs() < 1e-9);
        for replicate in &all {
            prop_assert!(found.expected_loss <= plain_loss(&replicate.area_of, &all) + 1e-9);
        }
        let one_thread = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
        prop_assert_eq!(one_thread.install(|| consensus(&all)).unwrap(), found);
    }
}
