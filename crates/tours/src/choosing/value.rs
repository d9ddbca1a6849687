//! What a set of visits is worth.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::fairness::Fairness;
use super::worth::{Line, What, Worth};

/// What a visit adds to those before it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visited {
    /// Code of the host.
    pub host: String,
    /// Why, line by line: what it gives by itself, then the aims it serves, without those already served in full.
    pub lines: Vec<Line>,
    /// The sum of its lines.
    pub points: i64,
}

/// What a set of visits is worth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Value {
    /// The sum over all visits. It does not depend on their order.
    pub total: i64,
    /// What each visit adds to those before it, in the order given.
    pub visits: Vec<Visited>,
    /// What each delegate gets.
    pub fairness: Fairness,
}

impl Worth {
    /// What visits to these hosts are worth, each host once. Which visit of two that serve the same aim gets more follows from their order; the total
    /// does not. A host that is not known gives nothing. Sums beyond 64 bits stay at their largest number.
    /// Cost: visits × aims they serve, and the fairness.
    pub fn value<S: AsRef<str>>(&self, visited: &[S]) -> Value {
        let visits = self.account(visited.iter().map(AsRef::as_ref));
        let total = visits.iter().fold(0i64, |sum, visit| sum.saturating_add(visit.points));
        Value { total, visits, fairness: self.fairness(visited) }
    }

    /// The total of [`Self::value`] alone.
    /// Cost: visits × aims they serve.
    pub fn total<S: AsRef<str>>(&self, visited: &[S]) -> i64 {
        let visits = self.account(visited.iter().map(AsRef::as_ref));
        visits.iter().fold(0i64, |sum, visit| sum.saturating_add(visit.points))
    }

    /// What each visit adds to those before it.
    pub(super) fn account<'a>(&self, visited: impl Iterator<Item = &'a str>) -> Vec<Visited> {
        let mut served: BTreeMap<usize, usize> = BTreeMap::new();
        let mut seen = BTreeSet::new();
        let mut visits = Vec::new();
        for host in visited {
            let Some(own) = self.own.get(host).filter(|_| seen.insert(host)) else { continue };
            let mut lines = own.clone();
            for &index in self.rewards_of(host) {
                let (reward, served) = (&self.rewards[index], served.entry(index).or_default());
                if let Some(&points) = reward.gains.get(*served) {
                    let nth = *served as u32 + 1;
                    lines.push(Line { what: What::Aim { aim: reward.what.clone(), nth }, points });
                }
                *served += 1;
            }
            let points = lines.iter().fold(0i64, |sum, line| sum.saturating_add(line.points));
            visits.push(Visited { host: host.to_owned(), lines, points });
        }
        visits
    }
}
