use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::worth::drawn;
use super::*;
use crate::choosing::shortlist::shortlist;
use crate::choosing::{Left, Shortlist, Worth, hosts, worth};
use crate::delegation::Pace;
use crate::visit::{Demand, State, Visit};

/// 10 points a visit, 100 a phase of the chain.
fn chain_tour(hosts: Vec<Host>, most: usize) -> Tour {
    let mut tour = tour(hosts, vec![]);
    tour.rules.weights = Weights { chain: 100, visit: 10, ..no_weights() };
    tour.rules.shortlist = most;
    tour
}

fn among_all(tour: &Tour, worth: &Worth) -> Shortlist {
    shortlist(tour, worth, |_| true)
}

#[test]
fn few_hosts_are_all_kept_but_those_who_declined() {
    let mut tour = chain_tour(vec![firm("B", "D", "x"), firm("A", "D", "x"), firm("C", "D", "x")], 2);
    tour.visits = vec![Visit { state: State::Declined, ..Visit::of("A") }];
    let list = among_all(&tour, &worth(&tour));
    assert_eq!(list.kept, ["B", "C"]);
    assert_eq!(list.left, [("A".to_owned(), Left::Declined)]);
}

#[test]
fn what_is_new_comes_before_what_repeats() {
    let tour =
        chain_tour(vec![firm("A", "D", "tanning"), firm("B", "D", "tanning"), firm("C", "D", "sewing")], 2);
    let list = among_all(&tour, &worth(&tour));
    assert_eq!(list.kept, ["A", "C"]);
    // An hour of visit and ten minutes of pause.
    let why = Left::LessPromising { points: 10, minutes: 70 };
    assert_eq!(list.left, [("B".to_owned(), why)]);
    assert_eq!(why.to_string(), "it would add 10 points in 70 minutes, the hosts on the shortlist add more");
}

#[test]
fn a_visit_of_many_groups_takes_longer() {
    let mut tour =
        chain_tour(vec![firm("A", "D", "tanning"), firm("B", "D", "tanning"), firm("C", "D", "sewing")], 2);
    tour.delegation.staff = 4;
    tour.hosts[1].group = Some(2);
    tour.visits = vec![Visit { minutes: Some(30), ..Visit::of("B") }];
    // Two groups of half an hour, and the pause.
    assert_eq!(
        among_all(&tour, &worth(&tour)).left,
        [("B".to_owned(), Left::LessPromising { points: 10, minutes: 70 })]
    );
}

#[test]
fn what_is_far_must_add_more() {
    let far = |lat| Host { place: place(-30.0, lat), ..firm("C", "D", "sewing") };
    let kept = |lat| {
        let tour = chain_tour(vec![firm("A", "D", "tanning"), firm("B", "D", "tanning"), far(lat)], 2);
        among_all(&tour, &worth(&tour)).kept
    };
    // 10 points in 70 minutes beside 110 in 70 and the way: equal at 700 km; a degree is 111 km.
    assert_eq!(kept(46.0), ["A", "C"]);
    assert_eq!(kept(47.0), ["A", "B"]);
}

#[test]
fn a_second_cover_gives_others_to_turn_to() {
    let mut tour = chain_tour(
        vec![
            firm("A1", "D", "tanning"),
            firm("A2", "D", "tanning"),
            firm("B1", "D", "sewing"),
            firm("B2", "D", "sewing"),
            host("E", Kind::Enterprise),
            host("F", Kind::Enterprise),
        ],
        4,
    );
    // E is worth more than a phase that has been shown.
    tour.visits = vec![Visit { extra: 50, ..Visit::of("E") }];
    tour.frame.days[0].most = Some(1);
    tour.frame.days[1].most = Some(2);
    // Three visits a cover: both phases and E, then the other host of a phase.
    assert_eq!(among_all(&tour, &worth(&tour)).kept, ["A1", "B1", "E", "A2"]);
}

#[test]
fn what_is_demanded_is_kept_whatever_it_is_and_shows_what_it_shows() {
    let mut tour = chain_tour(
        vec![
            firm("A", "D", "tanning"),
            firm("B", "D", "tanning"),
            firm("C", "D", "sewing"),
            firm("Z", "D", "sewing"),
        ],
        2,
    );
    tour.visits = vec![
        Visit { demand: Demand::Mandatory, ..Visit::of("B") },
        Visit { demand: Demand::Excluded, ..Visit::of("C") },
    ];
    let list = among_all(&tour, &worth(&tour));
    assert_eq!(list.kept, ["B", "Z"]);
    assert_eq!(list.left[1], ("C".to_owned(), Left::Excluded));
    // More demanded than there is room: all of them, and nobody else.
    tour.rules.shortlist = 1;
    tour.visits.push(Visit { state: State::Confirmed, ..Visit::of("A") });
    assert_eq!(among_all(&tour, &worth(&tour)).kept, ["A", "B"]);
    let list = shortlist(&tour, &worth(&tour), |host| host.code != "Z");
    assert_eq!(list.left, [("C".to_owned(), Left::Excluded), ("Z".to_owned(), Left::Impossible)]);
}

#[test]
fn hosts_are_ranked_by_what_they_are_worth_alone() {
    let mut tour =
        chain_tour(vec![host("B", Kind::Enterprise), host("A", Kind::Enterprise), firm("C", "D", "x")], 9);
    tour.visits = vec![Visit { extra: -11, ..Visit::of("A") }];
    let ranked = hosts(&tour, &worth(&tour));
    let points: Vec<(&str, i64)> = ranked.iter().map(|host| (host.host.as_str(), host.points)).collect();
    assert_eq!(points, [("C", 110), ("B", 10), ("A", -1)]);
}

/// The choice as its description reads, every candidate asked anew each time. Hosts are all where the tour begins.
fn plainly(tour: &Tour, worth: &Worth) -> Vec<String> {
    let size = tour.frame.days.len() * tour.delegation.pace.most().map_or(8, |most| most as usize);
    let (mut kept, mut cover): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    while kept.len() < tour.rules.shortlist.min(tour.hosts.len()) {
        if cover.len() == size {
            cover.clear();
        }
        let adds = |host: &&Host| {
            let with: Vec<&String> = cover.iter().chain([&host.code]).collect();
            worth.value(&with).total - worth.value(&cover).total
        };
        let open = tour.hosts.iter().filter(|host| !kept.contains(&host.code));
        let best = open.max_by_key(|host| (adds(host), std::cmp::Reverse(host.code.clone()))).unwrap();
        kept.push(best.code.clone());
        cover.push(best.code.clone());
    }
    kept
}

proptest! {
    #[test]
    fn asking_lazily_chooses_as_asking_everybody(mut tour in drawn(), most in 0usize..12, relaxed: bool) {
        tour.rules.shortlist = most;
        tour.delegation.pace = if relaxed { Pace::Relaxed } else { Pace::Brisk };
        let worth = worth(&tour);
        let list = among_all(&tour, &worth);
        prop_assert_eq!(list.kept.len() + list.left.len(), tour.hosts.len());
        if tour.hosts.len() > most {
            prop_assert_eq!(list.kept, plainly(&tour, &worth));
        }
    }
}

#[test]
fn ten_thousand_hosts_are_soon_shortlisted() {
    let phases = ["tanning", "cutting", "sewing", "finishing", "spinning", "weaving", "dyeing"];
    let one = |index: usize| Host {
        place: place(-30.0 + (index % 100) as f64 / 50.0, 40.0 + (index / 100) as f64 / 50.0),
        languages: vec![["it", "en", "fr"][index % 3].to_owned()],
        practices: vec![format!("practice {}", index % 23)],
        ..firm(&format!("H{index:05}"), &format!("D{}", index % 140), phases[index % 7])
    };
    let delegates = (0..12).map(|index: usize| {
        let wishes = vec![
            interest(Subject::Phase, phases[index % 7], 3),
            interest(Subject::Practice, &format!("practice {index}"), 5),
            interest(Subject::Kind, "enterprise", 1),
        ];
        delegate(&format!("P{index}"), &["en"], wishes)
    });
    let tour = tour((0..10_000).map(one).collect(), delegates.collect());
    let start = Instant::now();
    let worth = worth(&tour);
    let list = among_all(&tour, &worth);
    let ranked = hosts(&tour, &worth);
    let took = start.elapsed();
    assert_eq!((list.kept.len(), list.left.len(), ranked.len()), (60, 9940, 10_000));
    let fairness = worth.fairness(&list.kept);
    assert_eq!(fairness.least, Some(1000), "everybody finds everything on the shortlist");
    // Without optimisation, on a machine that does other things too.
    assert!(took < Duration::from_secs(20), "{took:?}");
    println!("{took:?}");
}
