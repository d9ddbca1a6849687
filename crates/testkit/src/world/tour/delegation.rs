//! Who travels.

use rand::RngExt;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;

use super::hosts::PRACTICES;
use super::{Delegate, Host};
use crate::world::activities::Industry;

/// Roles, countries and languages of the travellers; the seventh needs a way without steps.
const TRAVELLERS: [(&str, &str, &[&str]); 12] = [
    ("director of a service centre", "AL", &["sq", "it", "en"]),
    ("officer of a chamber of commerce", "BA", &["bs", "en"]),
    ("manager of a business centre", "BG", &["bg", "en"]),
    ("adviser to small firms", "HR", &["hr", "it"]),
    ("officer of a ministry", "EG", &["ar", "en"]),
    ("manager of a business park", "JO", &["ar", "en"]),
    ("director of a training school", "LB", &["ar", "fr"]),
    ("officer of a regional agency", "MA", &["ar", "fr"]),
    ("adviser to cooperatives", "MK", &["mk", "en"]),
    ("manager of a guarantee fund", "RO", &["ro", "fr", "en"]),
    ("officer of a chamber of commerce", "RS", &["sr", "en"]),
    ("manager of an export office", "TN", &["ar", "fr", "it"]),
];
const STEP_FREE: usize = 6;
/// Kinds of hosts in which some take an interest.
const KINDS: [&str; 4] = ["institution", "service_centre", "research_centre", "cultural_site"];

/// The travellers, with interests in these industries and in phases that one of the hosts shows.
pub(super) fn delegates(industries: &[Industry], hosts: &[Host], rng: &mut ChaCha8Rng) -> Vec<Delegate> {
    let shown = |phase: &&str| hosts.iter().any(|host| host.phases.contains(phase));
    let phases: Vec<&'static str> =
        industries.iter().flat_map(|industry| industry.phases()).filter(shown).collect();
    let practised = |practice: &&str| hosts.iter().any(|host| host.practices.contains(practice));
    let practices: Vec<&'static str> = PRACTICES.into_iter().filter(practised).collect();
    let ids: Vec<&'static str> = industries.iter().map(|industry| industry.id()).collect();
    let delegate = |(index, &(role, country, languages)): (
        usize,
        &(&'static str, &'static str, &'static [&'static str]),
    )| {
        let mut some = |from: &[&'static str], most: usize| {
            let mut names = from.to_vec();
            names.shuffle(rng);
            names.truncate(most);
            let weighted = names.into_iter().map(|name| (name, rng.random_range(2..=5u32)));
            weighted.collect::<Vec<_>>()
        };
        Delegate {
            code: format!("T{:02}", index + 1),
            role,
            country,
            languages,
            industries: some(&ids, 1 + index % 2),
            phases: some(&phases, 1 + index % 3),
            practices: some(&practices, 1),
            kinds: some(&KINDS, usize::from(index % 3 == 0)),
            needs: if index == STEP_FREE { "step-free" } else { "" },
        }
    };
    TRAVELLERS.iter().enumerate().map(delegate).collect()
}
