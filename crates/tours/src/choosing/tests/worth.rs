use proptest::prelude::*;

use super::*;
use crate::choosing::{Aim, What, worth};
use crate::visit::Visit;

fn codes(lines: &[&str]) -> Vec<String> {
    lines.iter().map(|&code| code.to_owned()).collect()
}

#[test]
fn what_a_visit_gives_by_itself() {
    let mut tour = tour(
        vec![
            Host { languages: codes(&["it", "en"]), ..firm("A", "D1", "tanning") },
            Host { district: Some("D2".to_owned()), ..host("B", Kind::Institution) },
            Host { languages: codes(&["it"]), ..host("C", Kind::CulturalSite) },
        ],
        vec![
            delegate("1", &["sq", "en"], vec![]),
            delegate("2", &["fr"], vec![]),
            delegate("3", &[], vec![]),
        ],
    );
    tour.districts = vec![district("D1", Some(0.87654)), district("D2", None)];
    tour.visits = vec![Visit { extra: -25, ..Visit::of("C") }];
    let worth = worth(&tour);
    let points = |host: &str| worth.own[host].iter().map(|line| line.points).collect::<Vec<_>>();
    // A: 10; 40 × 877 / 1000 = 35.08; 30 × 1 / 2: the third delegate has not said.
    assert_eq!(points("A"), [10, 35, 15]);
    // B: nobody has reckoned its district, nor said its languages.
    assert_eq!(points("B"), [10, 0, 0]);
    let unknown = What::Certainty { district: "D2".to_owned(), per_mille: None };
    assert_eq!(worth.own["B"][1].what, unknown);
    assert_eq!(worth.own["B"][2].what, What::LanguageUnknown);
    // C: of no district, nobody understands it, and the planner does not like it.
    assert_eq!(points("C"), [10, 0, -25]);
    assert_eq!(worth.own_points("C"), -15);
    assert_eq!(worth.own_points("nobody"), 0);
}

#[test]
fn equal_interests_are_one_reward_and_repeats_count_less() {
    let tanning = |weight| interest(Subject::Phase, "tanning", weight);
    let mut tour = tour(
        vec![firm("A", "D", "tanning"), firm("B", "D", "tanning"), firm("C", "D", "sewing")],
        vec![
            delegate("1", &[], vec![tanning(3), tanning(5)]),
            delegate("2", &[], vec![tanning(2), interest(Subject::Practice, "export", 3)]),
        ],
    );
    tour.rules.weights = Weights { interest: 30, repeat: 50, ..no_weights() };
    let worth = worth(&tour);
    // (5 + 2) × 30 / 3 = 70, then 35; nobody shows exporting, so it is no reward; but it is known.
    assert_eq!(worth.rewards.len(), 1);
    assert_eq!(worth.rewards[0].members, ["A", "B"]);
    assert_eq!(worth.rewards[0].gains, [70, 35]);
    assert_eq!(worth.wanted.len(), 2);
    assert_eq!(worth.wanted[1].hosts, [""; 0]);

    let value = worth.value(&["C", "B", "A", "B"]);
    assert_eq!(value.total, 105);
    assert_eq!(value.visits.iter().map(|visit| visit.points).collect::<Vec<_>>(), [0, 70, 35]);
    assert_eq!(value.visits[2].lines[0].what.to_string(), "phase tanning, of interest to 1, 2, visit 2");
}

#[test]
fn each_aim_counts_as_the_weights_say() {
    let kind = |kind: Kind| vec![interest(Subject::Kind, kind.word(), 1)];
    let mut tour = tour(
        vec![
            firm("A", "D", "tanning"),
            firm("B", "D", "tanning"),
            firm("C", "E", "tanning"),
            host("I", Kind::Institution),
            host("R", Kind::ResearchCentre),
            host("T", Kind::TerritorialSite),
        ],
        vec![delegate("1", &[], kind(Kind::Enterprise)), delegate("2", &[], kind(Kind::Institution))],
    );
    tour.rules.weights =
        Weights { fairness: 41, chain: 100, institution: 150, territory: 120, ..no_weights() };
    let worth = worth(&tour);
    let gains: Vec<(String, &[i64])> =
        worth.rewards.iter().map(|reward| (reward.what.to_string(), reward.gains.as_slice())).collect();
    let expected: [(&str, &[i64]); 6] = [
        ("something of interest to 1", &[41, 20, 10]),
        ("something of interest to 2", &[41]),
        ("phase tanning of the district D", &[100]),
        ("phase tanning of the district E", &[100]),
        ("an institution, service or research centre", &[150]),
        ("a cultural or territorial site", &[120]),
    ];
    assert_eq!(gains, expected.map(|(what, gains)| (what.to_owned(), gains)));
    // A: fairness 41, chain 100. B: fairness 20 only. R: institution. I: fairness of the other delegate.
    let value = worth.value(&["A", "B", "R", "I"]);
    assert_eq!(value.visits.iter().map(|visit| visit.points).collect::<Vec<_>>(), [141, 20, 150, 41]);
    assert_eq!(value.total, 352);
}

#[test]
fn what_delegates_get() {
    let phase = |name: &str, weight| interest(Subject::Phase, name, weight);
    let tour = tour(
        vec![firm("A", "D", "tanning"), firm("B", "D", "sewing")],
        vec![
            delegate("1", &[], vec![phase("tanning", 2), phase("sewing", 1)]),
            delegate("2", &[], vec![phase("sewing", 3), phase("dyeing", 3)]),
            delegate("3", &[], vec![]),
        ],
    );
    let worth = worth(&tour);
    let fairness = worth.fairness(&["A"]);
    // The first gets 2 of 3, the second nothing, the third wants nothing: J = 666² / (2 × 666²).
    assert_eq!(
        fairness.delegates.iter().map(|delegate| delegate.per_mille).collect::<Vec<_>>(),
        [Some(666), Some(0), None]
    );
    assert_eq!((fairness.least, fairness.jain), (Some(0), Some(500)));
    // With both: 1 and 1/2: (1000 + 500)² / (2 × (1000² + 500²)) = 0.9.
    let fairness = worth.fairness(&["B", "A"]);
    assert_eq!((fairness.least, fairness.jain), (Some(500), Some(900)));
    assert_eq!(fairness.delegates[0].visits, 2);
    let dyeing = &fairness.delegates[1].interests[0];
    assert_eq!((dyeing.interest.name.as_str(), dyeing.can_be_met), ("dyeing", false));
    assert_eq!(worth.fairness(&[] as &[&str]).jain, None);
}

#[test]
fn weights_of_nothing_give_nothing() {
    let mut tour = tour(vec![firm("A", "D", "tanning")], vec![]);
    tour.rules.weights = no_weights();
    let worth = worth(&tour);
    assert!(worth.rewards.is_empty());
    assert_eq!(worth.value(&["A", "nobody"]).total, 0);
    assert_eq!(worth.value(&["A", "nobody"]).visits.len(), 1);
}

/// A drawn tour of at most 12 hosts whose names are few, so that many share them.
pub fn drawn() -> impl Strategy<Value = Tour> {
    let names = |most| proptest::collection::vec(0usize..5, 0..most);
    let hosts = proptest::collection::vec(
        (0usize..6, proptest::option::of(0usize..3), names(3), names(3), names(2), -20i64..20),
        0..12,
    );
    let wishes = proptest::collection::vec((0usize..4, 0usize..5, 0u32..12), 0..5);
    let delegates = proptest::collection::vec((wishes, names(3)), 0..5);
    let weights = proptest::collection::vec(0u32..200, 9);
    (hosts, delegates, weights).prop_map(|(hosts, delegates, weights)| {
        let text = |names: Vec<usize>| names.into_iter().map(|name| name.to_string()).collect::<Vec<_>>();
        let mut visits = Vec::new();
        let hosts =
            hosts.into_iter().enumerate().map(|(index, (kind, district, phases, more, langs, extra))| {
                let code = format!("H{index:02}");
                if extra > 0 {
                    visits.push(Visit { extra, ..Visit::of(&code) });
                }
                Host {
                    district: district.map(|district| format!("D{district}")),
                    phases: text(phases),
                    practices: text(more.clone()),
                    industries: text(more),
                    languages: text(langs),
                    ..host(&code, Kind::ALL[kind])
                }
            });
        let hosts = hosts.collect();
        let delegates = delegates.into_iter().enumerate().map(|(index, (wishes, languages))| {
            let wish = |(subject, name, weight): (usize, usize, u32)| {
                let subject = Subject::ALL[subject];
                let name = if subject == Subject::Kind { Kind::ALL[name].word() } else { &name.to_string() };
                interest(subject, name, weight)
            };
            Delegate {
                languages: text(languages),
                ..delegate(&format!("P{index}"), &[], wishes.into_iter().map(wish).collect())
            }
        });
        let mut tour = tour(hosts, delegates.collect());
        tour.visits = visits;
        tour.districts = vec![district("D0", Some(0.5)), district("D1", None)];
        let [interest, repeat, fairness, chain, institution, territory, certainty, language, visit] =
            weights.try_into().unwrap();
        tour.rules.weights =
            Weights { interest, repeat, fairness, chain, institution, territory, certainty, language, visit };
        tour
    })
}

/// The value of visits by its definition, without rewards that were made before: aim by aim, count, then add.
fn by_definition(tour: &Tour, visited: &[&str]) -> i64 {
    let w = &tour.rules.weights;
    let hosts: Vec<&Host> = visited.iter().filter_map(|code| tour.host(code)).collect();
    let delegates = &tour.delegation.delegates;
    let shows = |host: &Host, interest: &Interest| match interest.subject {
        Subject::Industry => host.industries.contains(&interest.name),
        Subject::Phase => host.phases.contains(&interest.name),
        Subject::Practice => host.practices.contains(&interest.name),
        Subject::Kind => host.kind.word() == interest.name,
    };
    let mut total = 0;
    for host in &hosts {
        total += i64::from(w.visit) + tour.visit(&host.code).extra;
        if let Some(p) =
            host.district.as_ref().and_then(|code| tour.district(code)).and_then(|known| known.certainty)
        {
            total += i64::from(w.certainty) * (p * 1000.0).round() as i64 / 1000;
        }
        let known: Vec<_> = delegates.iter().filter(|delegate| !delegate.languages.is_empty()).collect();
        if !host.languages.is_empty() && !known.is_empty() {
            let count =
                known.iter().filter(|delegate| delegate.languages.iter().any(|l| host.languages.contains(l)));
            total += i64::from(w.language) * count.count() as i64 / known.len() as i64;
        }
    }
    let mut interests: Vec<(Subject, &str)> = delegates
        .iter()
        .flat_map(|delegate| delegate.interests.iter().map(|i| (i.subject, i.name.as_str())))
        .collect();
    interests.sort_unstable();
    interests.dedup();
    for (subject, name) in interests {
        let one = interest(subject, name, 3);
        let weight = |delegate: &Delegate| {
            let same = delegate.interests.iter().filter(|i| (i.subject, i.name.as_str()) == (subject, name));
            same.map(|i| i64::from(i.weight.min(9))).max().unwrap_or(0)
        };
        let mut gain = i64::from(w.interest) * delegates.iter().map(weight).sum::<i64>() / 3;
        for _ in hosts.iter().filter(|host| shows(host, &one)) {
            total += gain;
            gain = gain * i64::from(w.repeat.min(100)) / 100;
        }
    }
    for delegate in delegates {
        let mut gain = i64::from(w.fairness);
        for _ in hosts.iter().filter(|host| delegate.interests.iter().any(|i| i.weight > 0 && shows(host, i)))
        {
            total += gain;
            gain /= 2;
        }
    }
    let mut phases: Vec<(&String, &String)> = hosts
        .iter()
        .flat_map(|host| host.district.iter().flat_map(|d| host.phases.iter().map(move |phase| (d, phase))))
        .collect();
    phases.sort_unstable();
    phases.dedup();
    total += i64::from(w.chain) * phases.len() as i64;
    let any = |kinds: &[Kind]| i64::from(hosts.iter().any(|host| kinds.contains(&host.kind)));
    total
        + i64::from(w.institution) * any(&[Kind::Institution, Kind::ServiceCentre, Kind::ResearchCentre])
        + i64::from(w.territory) * any(&[Kind::CulturalSite, Kind::TerritorialSite])
}

/// Hosts in a drawn order, some left out.
fn drawn_visits() -> impl Strategy<Value = (Tour, Vec<String>)> {
    drawn().prop_flat_map(|tour| {
        let codes: Vec<String> = tour.hosts.iter().map(|host| host.code.clone()).collect();
        let most = codes.len();
        let visits = Just(codes).prop_shuffle();
        (Just(tour), visits, 0..=most).prop_map(|(tour, mut visits, keep)| {
            visits.truncate(keep);
            (tour, visits)
        })
    })
}

proptest! {
    #[test]
    fn the_value_is_what_its_definition_says((tour, visits) in drawn_visits()) {
        let value = worth(&tour).value(&visits);
        let names: Vec<&str> = visits.iter().map(String::as_str).collect();
        prop_assert_eq!(value.total, by_definition(&tour, &names));
        let lines: i64 = value.visits.iter().flat_map(|visit| &visit.lines).map(|line| line.points).sum();
        prop_assert_eq!(value.total, lines);
    }

    #[test]
    fn order_does_not_matter_to_the_total((tour, visits) in drawn_visits()) {
        let worth = worth(&tour);
        let back: Vec<&String> = visits.iter().rev().collect();
        let (there, back) = (worth.value(&visits), worth.value(&back));
        prop_assert_eq!(there.total, back.total);
        prop_assert_eq!(there.fairness, back.fairness);
    }

    #[test]
    fn another_host_never_lowers_the_value_and_adds_less_the_later_it_comes((tour, visits) in drawn_visits()) {
        let worth = worth(&tour);
        let total = |visits: &[String]| worth.value(visits).total;
        let Some((last, first)) = visits.split_last() else { return Ok(()) };
        let early = total(std::slice::from_ref(last));
        let late = total(&visits) - total(first);
        prop_assert!(0 <= late && late <= early, "{late} {early}");
    }

    #[test]
    fn gains_are_positive_and_never_grow(tour in drawn()) {
        for reward in worth(&tour).rewards {
            prop_assert!(reward.gains.windows(2).all(|pair| pair[0] >= pair[1]));
            prop_assert!(reward.gains.iter().all(|&gain| gain > 0));
            prop_assert!(reward.gains.len() <= reward.members.len());
            prop_assert!(reward.members.windows(2).all(|pair| pair[0] < pair[1]));
        }
    }

    #[test]
    fn names_of_hosts_do_not_matter((tour, visits) in drawn_visits()) {
        let renamed = |code: &str| format!("X{}", 99 - code[1..].parse::<u32>().unwrap());
        let mut other = tour.clone();
        for host in &mut other.hosts {
            host.code = renamed(&host.code);
        }
        other.hosts.reverse();
        for visit in &mut other.visits {
            visit.host = renamed(&visit.host);
        }
        let there: Vec<String> = visits.iter().map(|code| renamed(code)).collect();
        let (one, other) = (worth(&tour).value(&visits), worth(&other).value(&there));
        let points = |value: &crate::choosing::Value| -> Vec<i64> {
            value.visits.iter().map(|visit| visit.points).collect()
        };
        prop_assert_eq!(points(&one), points(&other));
    }
}

#[test]
fn aims_are_told_apart_in_files() {
    let aim = Aim::Chain { district: "D".to_owned(), phase: "tanning".to_owned() };
    let text = serde_json::to_string(&What::Aim { aim, nth: 1 }).unwrap();
    assert_eq!(text, r#"{"aim":{"aim":{"chain":{"district":"D","phase":"tanning"}},"nth":1}}"#);
}
