//! The hosts among which to plan, where there are too many.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BinaryHeap};
use std::fmt;

use distretto_territory::geodesy::distance_m;
use geo_types::Point;
use serde::{Deserialize, Serialize};

use super::worth::Worth;
use crate::host::{Host, Place};
use crate::tour::Tour;
use crate::visit::{Demand, State, Visit};

/// Visits of a day for which neither the pace nor the planner gives a limit: as many as hours of a long day, less meals and driving.
const FULL_DAY: usize = 8;
/// Metres a minute, as the crow flies: 60 km/h.
const METRES_A_MINUTE: f64 = 1000.0;

/// Why a host is not on the shortlist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Left {
    /// The host has declined.
    Declined,
    /// The planner has excluded it.
    Excluded,
    /// It cannot be visited on any day of the tour, or there is no way to it or from it.
    Impossible,
    /// Others promise more.
    LessPromising {
        /// What it would add to the last cover.
        points: i64,
        /// What it takes: the visit, its pause, and the way from the nearest base.
        minutes: u32,
    },
}

impl fmt::Display for Left {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Declined => f.write_str("it has declined"),
            Self::Excluded => f.write_str("the planner has excluded it"),
            Self::Impossible => f.write_str("it cannot be visited on any day"),
            Self::LessPromising { points, minutes } => {
                write!(
                    f,
                    "it would add {points} points in {minutes} minutes, the hosts on the shortlist add more"
                )
            }
        }
    }
}

/// The hosts among which to plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shortlist {
    /// Codes of those kept: first those demanded or confirmed, by code, then as they were chosen.
    pub kept: Vec<String>,
    /// Codes of those left out, with the reason, by code.
    pub left: Vec<(String, Left)>,
}

/// At most [`Rules::shortlist`](crate::rules::Rules::shortlist) hosts among which to plan.
///
/// Those that are confirmed or mandatory are kept, all of them, whatever their number. Those declined or excluded, and those for which `may` is
/// false, are left out. If the others are not too many, they are kept. Otherwise they are chosen one by one, each time the one that adds most points a minute to those chosen before, equal
/// ones by code; minutes are those of the visit with its pause, and of the way from the nearest base at 60 km/h as the crow flies. What
/// it adds counts what has been shown already, so that interests are covered rather than repeated. When as many are chosen as the tour
/// can hold (days × most visits of a day, 8 where there is no limit), a new cover begins, to which only its own visits count: so there are others to turn to for
/// whatever is shown.
///
/// Source: the greedy choice by gain over cost under a budget, evaluated lazily since gains only shrink: Leskovec et al. (2007), Cost-effective
/// outbreak detection in networks, KDD, DOI 10.1145/1281192.1281239; Minoux (1978), Accelerated greedy algorithms, LNCIS 7.
/// Cost: about hosts × log hosts × aims they serve for each cover.
pub(crate) fn shortlist(tour: &Tour, worth: &Worth, mut may: impl FnMut(&Host) -> bool) -> Shortlist {
    let visits: BTreeMap<&str, &Visit> =
        tour.visits.iter().map(|visit| (visit.host.as_str(), visit)).collect();
    let (mut kept, mut free, mut left) = (Vec::new(), Vec::new(), Vec::new());
    for host in &tour.hosts {
        let visit = visits.get(host.code.as_str()).copied();
        match visit.map_or((State::Proposed, Demand::Free), |visit| (visit.state, visit.demand)) {
            (State::Confirmed, _) | (_, Demand::Mandatory) => kept.push(host.code.as_str()),
            (State::Declined, _) => left.push((host.code.clone(), Left::Declined)),
            (_, Demand::Excluded) => left.push((host.code.clone(), Left::Excluded)),
            _ if may(host) => free.push((host, visit)),
            _ => left.push((host.code.clone(), Left::Impossible)),
        }
    }
    kept.sort_unstable();
    free.sort_unstable_by(|a, b| a.0.code.cmp(&b.0.code));
    let wanted = tour.rules.shortlist.saturating_sub(kept.len());
    if free.len() <= wanted {
        kept.extend(free.iter().map(|(host, _)| host.code.as_str()));
    } else {
        let candidates: Vec<Candidate<'_>> =
            free.into_iter().map(|(host, visit)| Candidate::of(tour, worth, host, visit)).collect();
        let (chosen, rest) = choose(worth, &candidates, &kept, wanted, size(tour));
        kept.extend(chosen);
        left.extend(rest);
    }
    left.sort_by(|a, b| a.0.cmp(&b.0));
    Shortlist { kept: kept.into_iter().map(str::to_owned).collect(), left }
}

/// Most visits of a tour.
fn size(tour: &Tour) -> usize {
    let pace = tour.delegation.pace.most();
    let most = |day: &crate::frame::Day| pace.into_iter().chain(day.most).min();
    tour.frame.days.iter().map(|day| most(day).map_or(FULL_DAY, |most| most as usize)).sum::<usize>().max(1)
}

/// A host that may be chosen.
struct Candidate<'a> {
    code: &'a str,
    own: i64,
    rewards: &'a [usize],
    minutes: u32,
}

impl<'a> Candidate<'a> {
    fn of(tour: &Tour, worth: &'a Worth, host: &'a Host, visit: Option<&Visit>) -> Self {
        let each = visit.and_then(|visit| visit.minutes).unwrap_or(host.minutes);
        let stop = host.groups_of(tour.delegation.people(), each).minutes;
        let near =
            tour.frame.bases.iter().map(|base| metres(&base.place, &host.place)).min_by(f64::total_cmp);
        let way = (near.unwrap_or(0.0) / METRES_A_MINUTE) as u32;
        Self {
            code: &host.code,
            own: worth.own_points(&host.code),
            rewards: worth.rewards_of(&host.code),
            minutes: stop.saturating_add(tour.delegation.pace.pause()).saturating_add(way).max(1),
        }
    }

    fn points(&self, worth: &Worth, served: &[usize]) -> i64 {
        let gain = |&index: &usize| worth.rewards[index].gains.get(served[index]).copied().unwrap_or(0);
        self.rewards.iter().map(gain).fold(self.own, i64::saturating_add)
    }
}

pub(super) fn metres(a: &Place, b: &Place) -> f64 {
    distance_m(Point::new(a.lon, a.lat), Point::new(b.lon, b.lat))
}

/// What a candidate promised when it was last asked. The greatest promises most points a minute; of equal ones, the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Promise {
    points: i64,
    minutes: u32,
    candidate: usize,
}

impl Ord for Promise {
    fn cmp(&self, other: &Self) -> Ordering {
        let mine = i128::from(self.points) * i128::from(other.minutes);
        let theirs = i128::from(other.points) * i128::from(self.minutes);
        mine.cmp(&theirs).then_with(|| other.candidate.cmp(&self.candidate))
    }
}

impl PartialOrd for Promise {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Chooses `wanted` of the candidates, which are more, in covers of `size`; the first begins with those `kept`. The others with what they would have added.
fn choose<'a>(
    worth: &Worth,
    candidates: &[Candidate<'a>],
    kept: &[&str],
    wanted: usize,
    size: usize,
) -> (Vec<&'a str>, Vec<(String, Left)>) {
    let mut served = vec![0; worth.rewards.len()];
    for host in kept {
        serve(&mut served, worth.rewards_of(host));
    }
    let mut is_chosen = vec![false; candidates.len()];
    let mut chosen = Vec::new();
    let mut room = size.saturating_sub(kept.len()).max(1);
    while chosen.len() < wanted {
        let promise = |(candidate, of): (usize, &Candidate<'_>)| Promise {
            points: of.points(worth, &served),
            minutes: of.minutes,
            candidate,
        };
        let open = candidates.iter().enumerate().filter(|&(candidate, _)| !is_chosen[candidate]);
        let mut heap: BinaryHeap<Promise> = open.map(promise).collect();
        while room > 0
            && chosen.len() < wanted
            && let Some(promised) = heap.pop()
        {
            let candidate = &candidates[promised.candidate];
            let points = candidate.points(worth, &served);
            if points < promised.points {
                heap.push(Promise { points, ..promised });
                continue;
            }
            is_chosen[promised.candidate] = true;
            chosen.push(candidate.code);
            serve(&mut served, candidate.rewards);
            room -= 1;
        }
        if chosen.len() < wanted {
            served.fill(0);
            room = size;
        }
    }
    let left = candidates.iter().zip(&is_chosen).filter(|&(_, &is_chosen)| !is_chosen);
    let why = |(of, _): (&Candidate<'_>, _)| {
        let points = of.points(worth, &served);
        (of.code.to_owned(), Left::LessPromising { points, minutes: of.minutes })
    };
    (chosen, left.map(why).collect())
}

fn serve(served: &mut [usize], rewards: &[usize]) {
    for &index in rewards {
        served[index] += 1;
    }
}
