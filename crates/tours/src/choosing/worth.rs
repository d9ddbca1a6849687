//! What each visit is worth.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Deserialize, Serialize};

use super::points::{fading, per_mille, share};
use crate::delegation::{Delegate, Subject};
use crate::host::{Host, Kind};
use crate::rules::Weights;
use crate::tour::Tour;

/// The usual weight of an interest, for which [`Weights::interest`] is given.
pub const USUAL: u32 = 3;
/// The largest weight of an interest; what is above counts as much.
pub const LARGEST: u32 = 9;

/// Why a visit gives points.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// It is a visit: [`Weights::visit`].
    Visit,
    /// The district is one with this probability: [`Weights::certainty`] × thousandths / 1000, rounded down.
    Certainty {
        /// Code of the district.
        district: String,
        /// Thousandths of probability, the nearest; absent where nobody has reckoned them, which gives no points.
        per_mille: Option<u32>,
    },
    /// Delegates understand a language in which the host receives, without an interpreter: [`Weights::language`] × who does / all whose
    /// languages are known, rounded down.
    Language {
        /// Delegates who understand one.
        understand: u32,
        /// Delegates whose languages are known; 0 where nobody's are, which gives no points.
        of: u32,
    },
    /// Nobody has said in which languages the host receives: no points.
    LanguageUnknown,
    /// What the planner adds: [`Visit::extra`](crate::visit::Visit::extra), which may be negative.
    Extra,
    /// It is the so many-th visit that serves an aim.
    Aim {
        /// The aim.
        aim: Aim,
        /// The how many-th, from 1.
        nth: u32,
    },
}

/// What several hosts can serve, the first more than the second.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Aim {
    /// An interest of one or more delegates is met.
    Interest {
        /// What it is about.
        subject: Subject,
        /// Which industry, phase, practice or kind.
        name: String,
        /// Codes of the delegates who have it, ascending.
        delegates: Vec<String>,
    },
    /// A delegate sees something of interest.
    Fairness {
        /// Code of the delegate.
        delegate: String,
    },
    /// A phase of a district is shown.
    Chain {
        /// Code of the district.
        district: String,
        /// The phase.
        phase: String,
    },
    /// An institution, service or research centre is visited.
    Institution,
    /// A cultural or territorial site is visited.
    Territory,
}

/// A line of an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Why.
    pub what: What,
    /// How many points; below 0 only for [`What::Extra`].
    pub points: i64,
}

/// What visits to some hosts give together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reward {
    /// Why.
    pub what: Aim,
    /// Codes of the hosts that serve it, ascending; at least one.
    pub members: Vec<String>,
    /// What the first, second, ... visit adds: positive, never increasing, at most as many as members. Any further visit adds nothing.
    pub gains: Vec<i64>,
}

/// A delegate's share in an interest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    /// Code of the delegate.
    pub delegate: String,
    /// How much, 1 to 9.
    pub weight: u32,
}

/// An interest, with all who have it and all who meet it, whatever the weights.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    /// What it is about.
    pub subject: Subject,
    /// Which industry, phase, practice or kind.
    pub name: String,
    /// Delegates who have it, by code.
    pub wishes: Vec<Wish>,
    /// Codes of the hosts that meet it, ascending; none where nobody does.
    pub hosts: Vec<String>,
}

/// What each visit is worth: by itself, and by the aims it serves. See [`worth()`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worth {
    /// What a visit gives whatever else is visited, by code of the host; one entry for every host.
    pub own: BTreeMap<String, Vec<Line>>,
    /// What visits give together.
    pub rewards: Vec<Reward>,
    /// The interests of the delegates, by subject and name.
    pub wanted: Vec<Wanted>,
    /// Codes of the delegates, ascending.
    pub delegates: Vec<String>,
    /// Indices of the rewards of each host, ascending.
    rewards_of: BTreeMap<String, Vec<usize>>,
}

impl Worth {
    /// What a visit to this host gives by itself; 0 for a host that is not known.
    pub fn own_points(&self, host: &str) -> i64 {
        self.own
            .get(host)
            .map_or(0, |lines| lines.iter().fold(0, |sum, line| sum.saturating_add(line.points)))
    }

    /// Indices into [`Self::rewards`] of those whose aims a host serves, ascending.
    pub fn rewards_of(&self, host: &str) -> &[usize] {
        self.rewards_of.get(host).map_or(&[], Vec::as_slice)
    }
}

/// What each visit of a tour is worth, by [`Weights`] `w`. Every division is rounded down; lines and rewards of weight 0 are left out.
///
/// Each host by itself:
/// - *visit*: `w.visit`;
/// - *certainty* of its district: `w.certainty × p`, with `p` in thousandths; a host of no district has no such line;
/// - *language*: `w.language ×` delegates who understand one of its languages `/` delegates whose languages are known;
/// - the planner's *extra*.
///
/// Hosts together, each host once, in whatever order:
/// - *interest* in a subject: the first visit that shows it gives `w.interest × Σ weights / 3` with the weights (1 to 9) of all delegates who have
///   it (of a delegate who names it twice, the larger; a weight of 0 is no interest), each further one `w.repeat` per cent of the one before;
/// - *fairness* for a delegate: the first visit that meets any interest of theirs gives `w.fairness`, each further one half of the one before;
/// - *chain*: the first host of a phase in a district gives `w.chain`;
/// - *institution*: the first institution, service or research centre gives `w.institution`;
/// - *territory*: the first cultural or territorial site gives `w.territory`.
///
/// A host shows an industry, phase or practice that it lists in the same letters, and the kind that it is. Rewards come in this order, each
/// sort by its names. A `w.repeat` above 100 is taken as 100. Nothing here asks whether a host can be visited.
/// Cost: hosts × what they list × log of all.
pub fn worth(tour: &Tour) -> Worth {
    let weights = &tour.rules.weights;
    let wanted = wanted(tour);
    let mut rewards = interests(&wanted, weights);
    rewards.extend(fairness(&wanted, weights));
    rewards.extend(chains(tour, weights));
    let once = |what: Aim, points: u32, kinds: &[Kind]| {
        let members = tour.hosts.iter().filter(|host| kinds.contains(&host.kind));
        reward(what, members.map(|host| host.code.clone()).collect(), fading(points.into(), 0, 1))
    };
    rewards.extend(once(
        Aim::Institution,
        weights.institution,
        &[Kind::Institution, Kind::ServiceCentre, Kind::ResearchCentre],
    ));
    rewards.extend(once(Aim::Territory, weights.territory, &[Kind::CulturalSite, Kind::TerritorialSite]));

    let mut rewards_of: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, reward) in rewards.iter().enumerate() {
        for member in &reward.members {
            rewards_of.entry(member.clone()).or_default().push(index);
        }
    }
    let delegates: BTreeSet<String> =
        tour.delegation.delegates.iter().map(|delegate| delegate.code.clone()).collect();
    Worth { own: own(tour), rewards, wanted, delegates: delegates.into_iter().collect(), rewards_of }
}

/// What each visit gives by itself.
fn own(tour: &Tour) -> BTreeMap<String, Vec<Line>> {
    let weights = &tour.rules.weights;
    let certainty: BTreeMap<&str, Option<f64>> =
        tour.districts.iter().map(|district| (district.code.as_str(), district.certainty)).collect();
    let extra: BTreeMap<&str, i64> =
        tour.visits.iter().map(|visit| (visit.host.as_str(), visit.extra)).collect();
    let lines = |host: &Host| {
        let mut lines = Vec::new();
        if weights.visit > 0 {
            lines.push(Line { what: What::Visit, points: weights.visit.into() });
        }
        if let Some(district) = host.district.as_ref().filter(|_| weights.certainty > 0) {
            let known = certainty.get(district.as_str()).copied().flatten().and_then(per_mille);
            let points = share(weights.certainty, known.unwrap_or(0).into(), 1000);
            lines.push(Line {
                what: What::Certainty { district: district.clone(), per_mille: known },
                points,
            });
        }
        if weights.language > 0 {
            lines.push(language(host, &tour.delegation.delegates, weights.language));
        }
        if let Some(&extra) = extra.get(host.code.as_str()).filter(|&&extra| extra != 0) {
            lines.push(Line { what: What::Extra, points: extra });
        }
        lines
    };
    tour.hosts.iter().map(|host| (host.code.clone(), lines(host))).collect()
}

fn language(host: &Host, delegates: &[Delegate], weight: u32) -> Line {
    if host.languages.is_empty() {
        return Line { what: What::LanguageUnknown, points: 0 };
    }
    let known = delegates.iter().filter(|delegate| !delegate.languages.is_empty());
    let (mut understand, mut of) = (0, 0);
    for delegate in known {
        of += 1;
        understand += u32::from(delegate.languages.iter().any(|language| host.languages.contains(language)));
    }
    Line { what: What::Language { understand, of }, points: share(weight, understand.into(), of.into()) }
}

/// The interests of all delegates, each once.
fn wanted(tour: &Tour) -> Vec<Wanted> {
    let mut wishes: BTreeMap<(Subject, &str), BTreeMap<&str, u32>> = BTreeMap::new();
    for delegate in &tour.delegation.delegates {
        for interest in delegate.interests.iter().filter(|interest| interest.weight > 0) {
            let of_subject = wishes.entry((interest.subject, &interest.name)).or_default();
            let weight = of_subject.entry(&delegate.code).or_default();
            *weight = interest.weight.min(LARGEST).max(*weight);
        }
    }
    let mut hosts: BTreeMap<(Subject, &str), BTreeSet<&str>> = BTreeMap::new();
    for host in &tour.hosts {
        for shown in shown(host) {
            if wishes.contains_key(&shown) {
                hosts.entry(shown).or_default().insert(&host.code);
            }
        }
    }
    let wanted = |((subject, name), wishes): ((Subject, &str), BTreeMap<&str, u32>)| Wanted {
        subject,
        name: name.to_owned(),
        wishes: wishes
            .into_iter()
            .map(|(delegate, weight)| Wish { delegate: delegate.to_owned(), weight })
            .collect(),
        hosts: hosts.get(&(subject, name)).into_iter().flatten().map(|&host| host.to_owned()).collect(),
    };
    wishes.into_iter().map(wanted).collect()
}

/// Everything that a host shows.
fn shown(host: &Host) -> impl Iterator<Item = (Subject, &str)> {
    fn of(subject: Subject, names: &[String]) -> impl Iterator<Item = (Subject, &str)> {
        names.iter().map(move |name| (subject, name.as_str()))
    }
    of(Subject::Industry, &host.industries)
        .chain(of(Subject::Phase, &host.phases))
        .chain(of(Subject::Practice, &host.practices))
        .chain([(Subject::Kind, host.kind.word())])
}

fn interests(wanted: &[Wanted], weights: &Weights) -> Vec<Reward> {
    let of = |wanted: &Wanted| {
        let weight = wanted.wishes.iter().map(|wish| u64::from(wish.weight)).sum();
        let first = share(weights.interest, weight, USUAL.into());
        let aim = Aim::Interest {
            subject: wanted.subject,
            name: wanted.name.clone(),
            delegates: wanted.wishes.iter().map(|wish| wish.delegate.clone()).collect(),
        };
        reward(aim, wanted.hosts.iter().cloned().collect(), fading(first, weights.repeat, wanted.hosts.len()))
    };
    wanted.iter().filter_map(of).collect()
}

fn fairness(wanted: &[Wanted], weights: &Weights) -> Vec<Reward> {
    let mut hosts: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for wanted in wanted {
        for wish in &wanted.wishes {
            hosts.entry(&wish.delegate).or_default().extend(wanted.hosts.iter().cloned());
        }
    }
    let of = |(delegate, hosts): (&str, BTreeSet<String>)| {
        let gains = fading(weights.fairness.into(), 50, hosts.len());
        reward(Aim::Fairness { delegate: delegate.to_owned() }, hosts, gains)
    };
    hosts.into_iter().filter_map(of).collect()
}

fn chains(tour: &Tour, weights: &Weights) -> Vec<Reward> {
    let mut hosts: BTreeMap<(&str, &str), BTreeSet<String>> = BTreeMap::new();
    for host in &tour.hosts {
        for (district, phase) in
            host.district.iter().flat_map(|district| host.phases.iter().map(move |phase| (district, phase)))
        {
            hosts.entry((district, phase)).or_default().insert(host.code.clone());
        }
    }
    let of = |((district, phase), hosts): ((&str, &str), BTreeSet<String>)| {
        let aim = Aim::Chain { district: district.to_owned(), phase: phase.to_owned() };
        reward(aim, hosts, fading(weights.chain.into(), 0, 1))
    };
    hosts.into_iter().filter_map(of).collect()
}

/// A reward, if anybody can serve it and it gives anything.
fn reward(what: Aim, members: BTreeSet<String>, gains: Vec<i64>) -> Option<Reward> {
    (!members.is_empty() && !gains.is_empty()).then(|| Reward {
        what,
        members: members.into_iter().collect(),
        gains,
    })
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Visit => f.write_str("a visit"),
            Self::Certainty { district, per_mille: Some(per_mille) } => {
                write!(
                    f,
                    "{district} is a district with a probability of {}.{} %",
                    per_mille / 10,
                    per_mille % 10
                )
            }
            Self::Certainty { district, per_mille: None } => {
                write!(f, "how certain the district {district} is, is not known")
            }
            Self::Language { of: 0, .. } => f.write_str("languages of the delegates are not known"),
            Self::Language { understand, of } => {
                write!(f, "{understand} of {of} delegates understand a language of the host")
            }
            Self::LanguageUnknown => f.write_str("languages of the host are not known"),
            Self::Extra => f.write_str("the planner's own points"),
            Self::Aim { aim, nth: 1 } => write!(f, "{aim}"),
            Self::Aim { aim, nth } => write!(f, "{aim}, visit {nth}"),
        }
    }
}

impl fmt::Display for Aim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Interest { subject, name, delegates } => {
                write!(f, "{} {name}, of interest to {}", subject.word(), delegates.join(", "))
            }
            Self::Fairness { delegate } => write!(f, "something of interest to {delegate}"),
            Self::Chain { district, phase } => write!(f, "phase {phase} of the district {district}"),
            Self::Institution => f.write_str("an institution, service or research centre"),
            Self::Territory => f.write_str("a cultural or territorial site"),
        }
    }
}
