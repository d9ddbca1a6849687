//! What each delegate gets of a set of visits.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::worth::{Wanted, Worth};
use crate::delegation::Interest;

/// How an interest of a delegate fares.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fare {
    /// The interest.
    pub interest: Interest,
    /// Codes of the visited hosts that meet it, ascending; none where it is missed.
    pub met_by: Vec<String>,
    /// Whether any host of the tour, visited or not, could meet it.
    pub can_be_met: bool,
}

/// What one delegate gets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Satisfaction {
    /// Code of the delegate.
    pub delegate: String,
    /// Their interests, by subject and name.
    pub interests: Vec<Fare>,
    /// Visits that meet any of them.
    pub visits: u32,
    /// Weight of the interests that at least one visit meets, in thousandths of the weight of all, rounded down; absent for a delegate without
    /// interests.
    pub per_mille: Option<u32>,
}

/// What delegates get, and how evenly.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fairness {
    /// Every delegate, by code.
    pub delegates: Vec<Satisfaction>,
    /// The least satisfaction, in thousandths; absent where nobody has interests.
    pub least: Option<u32>,
    /// Jain's index of the satisfactions `x` of the `n` delegates who have interests, `(Σx)² / (n Σx²)`, in thousandths, rounded down: 1000 where all
    /// get the same, 1000 / n where one gets everything. Absent where nobody has interests or nobody gets anything.
    ///
    /// Source: Jain, Chiu and Hawe (1984), A quantitative measure of fairness and discrimination for resource allocation in shared computer
    /// systems, DEC Research Report TR-301.
    pub jain: Option<u32>,
}

impl Worth {
    /// What visits to these hosts give each delegate, whatever the planner's weights; the order of the visits does not matter.
    /// Cost: interests × visits × log hosts.
    pub fn fairness<S: AsRef<str>>(&self, visited: &[S]) -> Fairness {
        let visited: BTreeSet<&str> = visited.iter().map(AsRef::as_ref).collect();
        let mut fares: BTreeMap<&str, Vec<Fare>> = BTreeMap::new();
        for wanted in &self.wanted {
            let met_by: Vec<String> =
                visited.iter().filter(|&&host| wanted.is_met_by(host)).map(|&host| host.to_owned()).collect();
            for wish in &wanted.wishes {
                fares.entry(&wish.delegate).or_default().push(Fare {
                    interest: Interest {
                        subject: wanted.subject,
                        name: wanted.name.clone(),
                        weight: wish.weight,
                    },
                    met_by: met_by.clone(),
                    can_be_met: !wanted.hosts.is_empty(),
                });
            }
        }
        let delegates: Vec<Satisfaction> = self
            .delegates
            .iter()
            .map(|delegate| satisfaction(delegate, fares.remove(delegate.as_str()).unwrap_or_default()))
            .collect();
        let satisfactions: Vec<u32> = delegates.iter().filter_map(|delegate| delegate.per_mille).collect();
        Fairness { least: satisfactions.iter().min().copied(), jain: jain(&satisfactions), delegates }
    }
}

impl Wanted {
    /// Whether this host meets the interest.
    pub fn is_met_by(&self, host: &str) -> bool {
        self.hosts.binary_search_by(|member| member.as_str().cmp(host)).is_ok()
    }
}

fn satisfaction(delegate: &str, interests: Vec<Fare>) -> Satisfaction {
    let weight = |fares: &mut dyn Iterator<Item = &Fare>| -> u64 {
        fares.map(|fare| u64::from(fare.interest.weight)).sum()
    };
    let all = weight(&mut interests.iter());
    let met = weight(&mut interests.iter().filter(|fare| !fare.met_by.is_empty()));
    let visits: BTreeSet<&String> = interests.iter().flat_map(|fare| &fare.met_by).collect();
    Satisfaction {
        delegate: delegate.to_owned(),
        visits: visits.len() as u32,
        per_mille: (met * 1000).checked_div(all).map(|per_mille| per_mille as u32),
        interests,
    }
}

/// Jain's index in thousandths, rounded down; `None` of nothing and of zeros.
fn jain(satisfactions: &[u32]) -> Option<u32> {
    let sum: u128 = satisfactions.iter().map(|&x| u128::from(x)).sum();
    let squares: u128 = satisfactions.iter().map(|&x| u128::from(x) * u128::from(x)).sum();
    (1000 * sum * sum).checked_div(satisfactions.len() as u128 * squares).map(|index| index as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jain_is_one_where_all_are_equal_and_a_share_where_one_gets_everything() {
        assert_eq!(jain(&[500, 500, 500]), Some(1000));
        assert_eq!(jain(&[1000, 0, 0, 0]), Some(250));
        // (1 + 2 + 3)² / (3 × (1 + 4 + 9)) = 36 / 42 = 0.857.
        assert_eq!(jain(&[1, 2, 3]), Some(857));
        assert_eq!(jain(&[]), None);
        assert_eq!(jain(&[0, 0]), None);
    }
}
