//! Zones, areas and agreement.

use distretto_certainty::{
    Replicate, ZoneKind, agreements, area_certainties, match_all, standard_error, zone_certainties,
};
use proptest::prelude::*;

use crate::toy::{replicate, replicates};

/// Ten replicates of AAABBB: six as it is, two that pass zone 2 on to B, one in which zone 3 is an area by itself, one in which zone
/// 2 has none.
fn ten() -> (Replicate, Vec<Replicate>) {
    let mut all = vec!["AAABBB"; 6];
    all.extend(["AABBBB", "AABBBB", "AAACBB", "AA.BBB"]);
    (replicate("AAABBB"), replicates(&all))
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-12
}

#[test]
fn zones_of_ten_replicates() {
    let (base, all) = ten();
    let zones = zone_certainties(&base, &all, &match_all(&base, &all, &[1.0; 6]));
    let of = |zone: usize| (zones[zone].area, zones[zone].membership, zones[zone].kind);
    assert_eq!(of(0), (Some(0), Some(1.0), Some(ZoneKind::Core)));
    assert_eq!((zones[0].runner_up, zones[0].entropy, zones[0].standard_error()), (None, 0.0, Some(0.0)));
    // Of the nine that give zone 2 an area.
    let (own, other) = (7.0 / 9.0, 2.0 / 9.0);
    assert_eq!(of(2), (Some(0), Some(own), Some(ZoneKind::Fringe)));
    assert_eq!((zones[2].replicates, zones[2].of, zones[2].raw_membership), (9, 10, Some(0.7)));
    assert_eq!((zones[2].runner_up, zones[2].elsewhere), (Some((1, other)), Some(0.0)));
    assert_eq!(zones[2].without_area, 0.1);
    assert!(close(zones[2].entropy, -(own * own.log2() + other * other.log2())));
    assert!(close(zones[2].standard_error().unwrap(), (own * other / 9.0).sqrt()));
    assert_eq!(of(3), (Some(1), Some(0.9), Some(ZoneKind::Core)));
    assert_eq!((zones[3].runner_up, zones[3].elsewhere), (None, Some(0.1)));
}

#[test]
fn areas_of_ten_replicates() {
    let (base, all) = ten();
    let weights = [1.0, 2.0, 3.0, 1.0, 1.0, 1.0];
    let matched = match_all(&base, &all, &weights);
    let zones = zone_certainties(&base, &all, &matched);
    let areas = area_certainties(&base, &all, &matched, &zones, &weights);
    // Zone 2 is half of A: without it A does not exist.
    assert_eq!((areas[0].existence, areas[1].existence), (0.7, 0.8));
    assert!(close(areas[0].mean_jaccard, (7.0 + 3.0 * 0.5) / 10.0));
    assert!(close(areas[1].mean_jaccard, (7.0 + 2.0 * 0.5 + 2.0 / 3.0) / 10.0));
    assert!(close(areas[0].standard_error(), (0.21f64 / 10.0).sqrt()));
    let kinds = ZoneKind::ALL.map(|kind| (areas[0].of_kind(kind).zones, areas[0].of_kind(kind).weight_share));
    assert_eq!(kinds, [(2, 0.5), (1, 0.5), (0, 0.0)]);
    assert_eq!(areas[0].size_zones.sorted(), [3; 7]);
    assert_eq!(areas[1].size_zones.sorted(), [2, 3, 3, 3, 3, 3, 3, 3]);
    assert_eq!(areas[1].size_weight.median(), Some(3.0));
}

#[test]
fn agreement_of_ten_replicates() {
    let (base, all) = ten();
    let found = agreements(&base, &all, &match_all(&base, &all, &[1.0; 6]));
    assert_eq!((found[0].ari, found[0].nmi, found[0].zones_changed, found[0].areas_found), (1.0, 1.0, 0, 2));
    // AAABBB against AABBBB: 4 pairs together in both, 6 and 7 in each, 15 in all.
    assert!(close(found[6].ari, (4.0 - 2.8) / (6.5 - 2.8)));
    assert_eq!((found[6].areas, found[6].zones_changed), (2, 1));
    assert_eq!((found[8].areas, found[8].zones_changed, found[8].areas_found), (3, 1, 2));
    assert_eq!((found[9].ari, found[9].zones_changed), (1.0, 1));
}

#[test]
fn a_zone_without_an_area_has_no_membership_but_a_runner_up() {
    let (base, all) = (replicate("AA."), replicates(&["AAA", "AA.", "AAB"]));
    let matched = match_all(&base, &all, &[1.0; 3]);
    let zone = &zone_certainties(&base, &all, &matched)[2];
    assert_eq!((zone.area, zone.membership, zone.kind, zone.standard_error()), (None, None, None, None));
    assert_eq!((zone.runner_up, zone.elsewhere), (Some((0, 0.5)), Some(0.5)));
    assert_eq!((zone.without_area, zone.raw_membership), (1.0 / 3.0, None));
    let changed: Vec<usize> = agreements(&base, &all, &matched).iter().map(|one| one.zones_changed).collect();
    assert_eq!(changed, [1, 0, 1]);
}

#[test]
fn a_zone_that_never_has_an_area_again_lies_nowhere() {
    let (base, all) = (replicate("AAB"), replicates(&["AA.", "AA."]));
    let zone = &zone_certainties(&base, &all, &match_all(&base, &all, &[1.0; 3]))[2];
    assert_eq!(
        (zone.area, zone.membership, zone.raw_membership, zone.kind),
        (Some(1), None, Some(0.0), None)
    );
    assert_eq!((zone.runner_up, zone.elsewhere, zone.standard_error()), (None, None, None));
    assert_eq!((zone.without_area, zone.entropy, zone.replicates, zone.of), (1.0, 0.0, 0, 2));
}

#[test]
fn an_area_swallowed_by_its_neighbour_is_contested() {
    let (base, all) = (replicate("AABBBB"), replicates(&["AAAAAA", "AAAAAA", "AABBBB"]));
    let matched = match_all(&base, &all, &[1.0; 6]);
    let zones = zone_certainties(&base, &all, &matched);
    assert_eq!((zones[0].kind, zones[0].runner_up), (Some(ZoneKind::Contested), Some((1, 2.0 / 3.0))));
    assert_eq!((zones[2].kind, zones[2].membership), (Some(ZoneKind::Core), Some(1.0)));
    let areas = area_certainties(&base, &all, &matched, &zones, &[0.0; 6]);
    assert_eq!((areas[0].existence, areas[1].existence), (1.0 / 3.0, 1.0));
    assert_eq!(areas[0].of_kind(ZoneKind::Contested).weight_share, 1.0);
}

#[test]
fn limits_of_the_kinds() {
    let kinds = [(1.0, 0.0), (0.9, 0.1), (0.89, 0.11), (0.64, 0.32), (0.66, 0.32), (0.6, 0.0), (0.59, 0.1)];
    let found: Vec<&str> = kinds.iter().map(|&(own, rival)| ZoneKind::of(own, rival).name()).collect();
    assert_eq!(found, ["core", "core", "fringe", "contested", "fringe", "fringe", "contested"]);
}

#[test]
fn nothing_is_said_without_replicates() {
    let base = replicate("AB.");
    let zones = zone_certainties(&base, &[], &[]);
    assert!(zones.iter().all(|zone| zone.membership.is_none() && zone.kind.is_none() && zone.entropy == 0.0));
    let areas = area_certainties(&base, &[], &[], &zones, &[1.0; 3]);
    assert_eq!((areas[0].existence, areas[0].mean_jaccard, areas[0].size_zones.median()), (0.0, 0.0, None));
    assert!(zones.iter().all(|zone| zone.raw_membership.is_none() && zone.elsewhere.is_none()));
    assert!(agreements(&base, &[], &[]).is_empty());
    assert_eq!((standard_error(0.5, 0), standard_error(0.5, 25)), (0.0, 0.1));
}

fn base_and_replicates() -> impl Strategy<Value = (Replicate, Vec<Replicate>)> {
    (1usize..12).prop_flat_map(|zones| {
        let letters =
            proptest::collection::vec(proptest::sample::select(vec!['.', 'A', 'B', 'C', 'D']), zones);
        let one = letters.prop_map(|letters| replicate(&letters.into_iter().collect::<String>()));
        (one.clone(), proptest::collection::vec(one, 1..9))
    })
}

proptest! {
    #[test]
    fn zones_lie_somewhere_and_what_moves_is_what_does_not_belong((base, all) in base_and_replicates()) {
        let weights = vec![1.0; base.area_of.len()];
        let matched = match_all(&base, &all, &weights);
        let zones = zone_certainties(&base, &all, &matched);
        let (mut moved, areas) = (0, f64::from(base.areas));
        for (zone, certainty) in zones.iter().enumerate() {
            let without = all.iter().filter(|replicate| replicate.area(zone as u32).is_none()).count();
            let with = all.len() - without;
            prop_assert_eq!((certainty.replicates, certainty.of), (with, all.len()));
            prop_assert_eq!(certainty.without_area, without as f64 / all.len() as f64);
            let times_in = |area: u32| {
                let lies = |(replicate, matched): &(&Replicate, &distretto_certainty::Matched)| {
                    let lies_in = replicate.area_of[zone];
                    lies_in != Replicate::NO_AREA && matched.of_base[area as usize] == Some(lies_in)
                };
                all.iter().zip(&matched).filter(lies).count()
            };
            let in_match = |area: u32| times_in(area) as f64 / with.max(1) as f64;
            let everywhere: f64 = (0..base.areas).map(in_match).sum();
            prop_assert!(certainty.elsewhere.map_or(with == 0, |elsewhere| close(everywhere + elsewhere, 1.0)));
            prop_assert_eq!(certainty.membership, certainty.area.filter(|_| with > 0).map(in_match));
            let rivals = (0..base.areas).filter(|&area| Some(area) != certainty.area);
            let most = rivals.map(in_match).fold(0.0, f64::max);
            prop_assert_eq!(certainty.runner_up.map_or(0.0, |(_, share)| share), most);
            prop_assert!(certainty.runner_up.is_none_or(|(area, share)| in_match(area) == share));
            prop_assert!((0.0..=(areas + 1.0).log2() + 1e-12).contains(&certainty.entropy));
            moved += all.len() - certainty.area.map_or(without, times_in);
        }
        let changed: usize = agreements(&base, &all, &matched).iter().map(|one| one.zones_changed).sum();
        prop_assert_eq!(moved, changed);
        let backwards = |mut all: Vec<Replicate>| {
            all.reverse();
            zone_certainties(&base, &all, &match_all(&base, &all, &weights))
        };
        prop_assert_eq!(backwards(all.clone()), zones);
    }
}
