//! Which districts fit a delegation.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Deserialize, Serialize};

use super::points::{per_mille, share};
use super::shortlist::metres;
use super::worth::{LARGEST, USUAL, Worth};
use crate::delegation::Subject;
use crate::frame::Base;
use crate::host::{Host, Place};
use crate::tour::{District, Tour};

/// What counts how much when districts are compared, in points. All are the planner's to choose; a weight of 0 switches a line off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DistrictWeights {
    /// All that is asked for in industries is asked for in that of the district.
    pub industry: u32,
    /// All interests are met by its hosts.
    pub interests: u32,
    /// It is a district for certain.
    pub certainty: u32,
    /// Its hosts show as many phases as those of any district.
    pub phases: u32,
    /// It is as large as any.
    pub size: u32,
    /// It is where the tour begins; half of it at 50 km.
    pub nearness: u32,
    /// It has as many hosts that can be visited as any.
    pub hosts: u32,
}

impl Default for DistrictWeights {
    fn default() -> Self {
        Self { industry: 100, interests: 80, certainty: 40, phases: 40, size: 20, nearness: 30, hosts: 30 }
    }
}

/// Kilometres at which half of the points for nearness are left.
pub const HALF_AT_KM: u32 = 50;

/// What industries are strong at home: codes of industries, as an edition of the tour's country writes them, by country of two letters.
pub type Homes = BTreeMap<String, Vec<String>>;

/// What speaks for a district.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// How much its main industry is asked for.
    Industry {
        /// Code of the industry; absent where the edition names none.
        industry: Option<String>,
        /// Weight of the interests in it, and of it at home.
        weight: u64,
        /// Weight of the interests in industries, and of those at home.
        of: u64,
    },
    /// How much of what delegates want can be seen there.
    Interests {
        /// Weight of the interests that at least one host meets that can be visited.
        met: u64,
        /// Weight of all interests.
        of: u64,
    },
    /// How certain it is that it is a district.
    Certainty {
        /// Thousandths of probability, the nearest; absent where nobody has reckoned them.
        per_mille: Option<u32>,
    },
    /// What of the process can be seen there.
    Phases {
        /// Phases of the hosts that can be visited, ascending; absent where no such host lists any.
        phases: Option<Vec<String>>,
        /// The most of any district.
        most: u32,
    },
    /// How large it is.
    Size {
        /// Persons employed, rounded; absent where unknown.
        workers: Option<u64>,
        /// The most of any district.
        most: u64,
    },
    /// How far it is from where the tour begins.
    Nearness {
        /// Kilometres as the crow flies, rounded; absent where the place of the district or the base is not known.
        km: Option<u32>,
        /// Code of the base where the tour begins; empty where there is none.
        base: String,
    },
    /// Who can be visited there.
    Hosts {
        /// Hosts that can be visited.
        open: u32,
        /// Hosts in all.
        of: u32,
        /// The most of any district that can be visited.
        most: u32,
    },
}

/// A line of a district's account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RankedLine {
    /// What is known.
    pub fact: Fact,
    /// Points; absent where the fact is not known.
    pub points: Option<i64>,
}

/// A district with what speaks for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ranked {
    /// Code of the area.
    pub code: String,
    /// Its name; the code where no edition knows it.
    pub name: String,
    /// Whether the rule calls it a district; absent where no edition knows it.
    pub is_district: Option<bool>,
    /// Why, line by line.
    pub lines: Vec<RankedLine>,
    /// The sum of the lines that are known.
    pub points: i64,
}

/// Which districts fit the delegation, most points first, equal ones by code.
///
/// Ranked are the districts that the edition knows, and whatever areas hosts belong to. Each line gives, rounded down, with the weights `v`:
/// - *industry*: `v.industry ×` weight of the interests in its main industry `/` weight of all interests in industries. An industry of
///   `homes` of a delegate's country is an interest of the usual weight, 3, where the delegate does not name it;
/// - *interests*: `v.interests ×` weight of the interests that one of its open hosts meets `/` weight of all interests;
/// - *certainty*: `v.certainty × p`, in thousandths;
/// - *phases*: `v.phases ×` phases of its open hosts `/` the most of any district;
/// - *size*: `v.size ×` workers `/` the most of any district;
/// - *nearness*: `v.nearness × 50 / (50 + km)`, from the first base of the first day, or the first of all where it gives none, to its middle;
/// - *hosts*: `v.hosts ×` its open hosts `/` the most of any district.
///
/// An open host is one for which `may` is true: what [`crate::planning`] says of who cannot be visited at all. What is not known gives no points and says so: two districts
/// of which different things are known compare as far as their lines do. Cost: districts × hosts they have × log of all.
pub fn districts(
    tour: &Tour,
    worth: &Worth,
    weights: &DistrictWeights,
    homes: &Homes,
    mut may: impl FnMut(&Host) -> bool,
) -> Vec<Ranked> {
    let known: BTreeMap<&str, &District> =
        tour.districts.iter().map(|district| (district.code.as_str(), district)).collect();
    let mut found: BTreeMap<&str, Found<'_>> = known
        .iter()
        .filter(|(_, district)| district.is_district)
        .map(|(&code, _)| (code, Found::default()))
        .collect();
    for host in &tour.hosts {
        let Some(code) = &host.district else { continue };
        let found = found.entry(code).or_default();
        found.hosts += 1;
        if may(host) {
            found.open.push(host);
            found.phases.extend(host.phases.iter().map(String::as_str));
        }
    }
    let workers = |code: &str| known.get(code).and_then(|district| district.workers).and_then(whole);
    let most = Most {
        phases: found.values().map(|found| found.phases.len()).max().unwrap_or(0),
        open: found.values().map(|found| found.open.len()).max().unwrap_or(0),
        workers: found.keys().filter_map(|code| workers(code)).max().unwrap_or(0),
    };
    let asked = asked(tour, homes);
    let base = first_base(tour);
    let mut ranked: Vec<Ranked> = found
        .iter()
        .map(|(&code, found)| {
            let district = known.get(code).copied();
            let lines: Vec<RankedLine> = [
                (weights.industry, industry(district, &asked, weights.industry)),
                (weights.interests, interests(found, worth, weights.interests)),
                (weights.certainty, certainty(district, weights.certainty)),
                (weights.phases, phases(found, &most, weights.phases)),
                (weights.size, size(workers(code), most.workers, weights.size)),
                (weights.nearness, nearness(district, base, weights.nearness)),
                (weights.hosts, hosts(found, &most, weights.hosts)),
            ]
            .into_iter()
            .filter(|&(weight, _)| weight > 0)
            .map(|(_, line)| line)
            .collect();
            Ranked {
                code: code.to_owned(),
                name: district.map_or(code, |district| &district.name).to_owned(),
                is_district: district.map(|district| district.is_district),
                points: lines.iter().filter_map(|line| line.points).fold(0, i64::saturating_add),
                lines,
            }
        })
        .collect();
    ranked.sort_by(|a, b| b.points.cmp(&a.points).then_with(|| a.code.cmp(&b.code)));
    ranked
}

/// What is found of a district among the hosts.
#[derive(Default)]
struct Found<'a> {
    hosts: usize,
    open: Vec<&'a Host>,
    phases: BTreeSet<&'a str>,
}

/// The most of any district.
struct Most {
    phases: usize,
    open: usize,
    workers: u64,
}

/// Weights of the industries that delegates ask for.
fn asked<'a>(tour: &'a Tour, homes: &'a Homes) -> BTreeMap<&'a str, u64> {
    let mut asked = BTreeMap::new();
    for delegate in &tour.delegation.delegates {
        let mut own: BTreeMap<&str, u32> = BTreeMap::new();
        let interests = delegate.interests.iter().filter(|interest| interest.subject == Subject::Industry);
        for interest in interests {
            let weight = own.entry(&interest.name).or_default();
            *weight = interest.weight.min(LARGEST).max(*weight);
        }
        for industry in homes.get(&delegate.country).into_iter().flatten() {
            own.entry(industry).or_insert(USUAL);
        }
        for (industry, weight) in own {
            *asked.entry(industry).or_default() += u64::from(weight);
        }
    }
    asked
}

/// Where the tour begins.
fn first_base(tour: &Tour) -> Option<&Base> {
    let first = tour.frame.days.first().and_then(|day| day.from.first());
    first.and_then(|code| tour.base(code)).or_else(|| tour.frame.bases.first())
}

/// A count that may come with a fraction.
fn whole(count: f64) -> Option<u64> {
    (count.is_finite() && count >= 0.0).then(|| count.round() as u64)
}

fn industry(district: Option<&District>, asked: &BTreeMap<&str, u64>, weight: u32) -> RankedLine {
    let industry = district.and_then(|district| district.industry.clone());
    let on_it = industry.as_deref().and_then(|industry| asked.get(industry)).copied().unwrap_or(0);
    let of = asked.values().sum();
    let points = (industry.is_some() && of > 0).then(|| share(weight, on_it, of));
    RankedLine { fact: Fact::Industry { industry, weight: on_it, of }, points }
}

fn interests(found: &Found<'_>, worth: &Worth, weight: u32) -> RankedLine {
    let (mut met, mut of) = (0, 0);
    for wanted in &worth.wanted {
        let weight: u64 = wanted.wishes.iter().map(|wish| u64::from(wish.weight)).sum();
        of += weight;
        if found.open.iter().any(|host| wanted.is_met_by(&host.code)) {
            met += weight;
        }
    }
    RankedLine { fact: Fact::Interests { met, of }, points: (of > 0).then(|| share(weight, met, of)) }
}

fn certainty(district: Option<&District>, weight: u32) -> RankedLine {
    let per_mille = district.and_then(|district| district.certainty).and_then(per_mille);
    let points = per_mille.map(|per_mille| share(weight, per_mille.into(), 1000));
    RankedLine { fact: Fact::Certainty { per_mille }, points }
}

fn phases(found: &Found<'_>, most: &Most, weight: u32) -> RankedLine {
    let count = found.phases.len() as u64;
    let phases = (count > 0).then(|| found.phases.iter().map(|&phase| phase.to_owned()).collect());
    let points = phases.is_some().then(|| share(weight, count, most.phases as u64));
    RankedLine { fact: Fact::Phases { phases, most: most.phases as u32 }, points }
}

fn size(workers: Option<u64>, most: u64, weight: u32) -> RankedLine {
    let points = workers.map(|workers| share(weight, workers, most));
    RankedLine { fact: Fact::Size { workers, most }, points }
}

fn nearness(district: Option<&District>, base: Option<&Base>, weight: u32) -> RankedLine {
    let middle = district.and_then(|district| district.middle);
    let km = base.zip(middle).map(|(base, (lon, lat))| {
        let middle = Place { lon, lat, address: String::new(), town: String::new() };
        (metres(&base.place, &middle) / 1000.0).round() as u32
    });
    let half = u64::from(HALF_AT_KM);
    RankedLine {
        fact: Fact::Nearness { km, base: base.map(|base| base.code.clone()).unwrap_or_default() },
        points: km.map(|km| share(weight, half, half + u64::from(km))),
    }
}

fn hosts(found: &Found<'_>, most: &Most, weight: u32) -> RankedLine {
    let open = found.open.len();
    RankedLine {
        fact: Fact::Hosts { open: open as u32, of: found.hosts as u32, most: most.open as u32 },
        points: Some(share(weight, open as u64, most.open as u64)),
    }
}

impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Industry { industry: None, .. } => f.write_str("its main industry is not known"),
            Self::Industry { of: 0, .. } => f.write_str("nobody asks for an industry"),
            Self::Industry { industry: Some(industry), weight, of } => {
                write!(f, "{industry} has {weight} of the {of} that is asked for in industries")
            }
            Self::Interests { of: 0, .. } => f.write_str("nobody has interests"),
            Self::Interests { met, of } => write!(f, "its hosts meet {met} of the {of} of all interests"),
            Self::Certainty { per_mille: None } => f.write_str("how certain it is, is not known"),
            Self::Certainty { per_mille: Some(per_mille) } => {
                write!(f, "a district with a probability of {}.{} %", per_mille / 10, per_mille % 10)
            }
            Self::Phases { phases: None, .. } => f.write_str("no host that can be visited lists a phase"),
            Self::Phases { phases: Some(phases), most } => {
                write!(
                    f,
                    "its hosts show {1}: {0} of at most {most} phases in any district",
                    phases.len(),
                    phases.join(", ")
                )
            }
            Self::Size { workers: None, .. } => f.write_str("its size is not known"),
            Self::Size { workers: Some(workers), most } => {
                write!(f, "{workers} persons employed, {most} in the largest")
            }
            Self::Nearness { km: None, .. } => f.write_str("how far it is, is not known"),
            Self::Nearness { km: Some(km), base } => write!(f, "{km} km from {base}"),
            Self::Hosts { open, of, most } => {
                write!(f, "{open} of {of} hosts can be visited, {most} at most in any district")
            }
        }
    }
}
