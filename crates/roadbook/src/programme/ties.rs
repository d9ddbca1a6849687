//! How one visit ties to another.

use serde::Serialize;

use super::{Call, Named};
use crate::book::{Book, Chain};

/// How a visit ties to the one before or after it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tie {
    /// Number of the other visit in the tour.
    pub order: usize,
    /// Name of the other host.
    pub name: String,
    /// Whether both are in the same district; absent where one of them has none.
    pub same_district: Option<bool>,
    /// The other's district.
    pub district: Option<Named>,
    /// How the processes tie.
    pub link: Link,
}

/// How the processes of two hosts tie, seen from the one whose page it is. Two hosts are of one chain when they share an industry, or when neither's industries are known
/// and they share a district.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Link {
    /// The same phases at another host: compare.
    SamePhase {
        /// The phases that both have.
        phases: Vec<String>,
    },
    /// One chain, and the other's first phase comes right after the last phase here.
    NextPhase {
        /// The other's phases.
        phases: Vec<String>,
    },
    /// One chain, and the other's phases all come later.
    LaterPhase {
        /// The other's phases.
        phases: Vec<String>,
    },
    /// One chain, and the other's last phase comes right before the first phase here.
    PhaseBefore {
        /// The other's phases.
        phases: Vec<String>,
    },
    /// One chain, and the other's phases all come earlier.
    EarlierPhase {
        /// The other's phases.
        phases: Vec<String>,
    },
    /// One chain, other phases, whose order is not known.
    OtherPhase {
        /// The other's phases.
        phases: Vec<String>,
    },
    /// The same industry; phases of one of them are not known.
    SameIndustry {
        /// The industries that both have.
        industries: Vec<Named>,
    },
    /// Another industry.
    OtherIndustry {
        /// The other's industries.
        industries: Vec<Named>,
    },
    /// The other serves or shows the whole district rather than a phase: an institution, a site.
    WholeDistrict,
    /// Nothing is known that ties them.
    None,
}

/// How `call` ties to `other`; `after` is whether the other comes later in the tour.
pub(super) fn tie(book: &Book<'_>, call: &Call, other: &Call, after: bool) -> Tie {
    let same_district =
        call.district.as_ref().zip(other.district.as_ref()).map(|(here, there)| here.code == there.code);
    Tie {
        order: if after { call.order + 1 } else { call.order.saturating_sub(1) },
        name: other.place.name.clone(),
        same_district,
        district: other.district.clone(),
        link: link(book.chains, call, other, same_district == Some(true)),
    }
}

fn link(chains: &[Chain], call: &Call, other: &Call, same_district: bool) -> Link {
    let industries: Vec<Named> =
        call.industries.iter().filter(|industry| other.industries.contains(industry)).cloned().collect();
    let neither = call.industries.is_empty() && other.industries.is_empty();
    let one_chain = !industries.is_empty() || (neither && same_district);
    if one_chain && !call.phases.is_empty() && !other.phases.is_empty() {
        return phases(chains, &call.phases, &other.phases);
    }
    if !industries.is_empty() {
        return Link::SameIndustry { industries };
    }
    if !call.industries.is_empty() && !other.industries.is_empty() {
        return Link::OtherIndustry { industries: other.industries.clone() };
    }
    if same_district && other.phases.is_empty() { Link::WholeDistrict } else { Link::None }
}

/// How phases follow one another. An order counts when one chain names at least one phase of each host.
fn phases(chains: &[Chain], here: &[String], there: &[String]) -> Link {
    let both: Vec<String> = here.iter().filter(|phase| there.contains(phase)).cloned().collect();
    if !both.is_empty() {
        return Link::SamePhase { phases: both };
    }
    let phases = there.to_vec();
    for chain in chains {
        let (Some((first, last)), Some((other_first, other_last))) = (span(chain, here), span(chain, there))
        else {
            continue;
        };
        return if other_first == last + 1 {
            Link::NextPhase { phases }
        } else if other_first > last {
            Link::LaterPhase { phases }
        } else if other_last + 1 == first {
            Link::PhaseBefore { phases }
        } else if other_last < first {
            Link::EarlierPhase { phases }
        } else {
            Link::OtherPhase { phases }
        };
    }
    Link::OtherPhase { phases }
}

/// Places of the first and last of these phases in a chain.
fn span(chain: &Chain, phases: &[String]) -> Option<(usize, usize)> {
    let mut places =
        chain.phases.iter().enumerate().filter(|(_, phase)| phases.contains(phase)).map(|(at, _)| at);
    let first = places.next()?;
    Some((first, places.next_back().unwrap_or(first)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(phases: &[&str]) -> Vec<String> {
        phases.iter().map(|&phase| phase.to_owned()).collect()
    }

    #[test]
    fn phases_follow_the_chain_that_names_both() {
        let chains = [
            Chain { phases: texts(&["pressing", "bottling"]) },
            Chain { phases: texts(&["design", "cutting", "stitching", "lasting", "finishing"]) },
        ];
        let to = |here: &[&str], there: &[&str]| phases(&chains, &texts(here), &texts(there));
        assert_eq!(to(&["cutting"], &["stitching"]), Link::NextPhase { phases: texts(&["stitching"]) });
        assert_eq!(to(&["cutting"], &["finishing"]), Link::LaterPhase { phases: texts(&["finishing"]) });
        assert_eq!(
            to(&["lasting"], &["cutting", "stitching"]),
            Link::PhaseBefore { phases: texts(&["cutting", "stitching"]) }
        );
        assert_eq!(to(&["finishing"], &["design"]), Link::EarlierPhase { phases: texts(&["design"]) });
        assert_eq!(
            to(&["cutting", "lasting"], &["cutting"]),
            Link::SamePhase { phases: texts(&["cutting"]) }
        );
        // In between, or of no chain: no order is claimed.
        assert_eq!(
            to(&["cutting", "lasting"], &["stitching"]),
            Link::OtherPhase { phases: texts(&["stitching"]) }
        );
        assert_eq!(to(&["cutting"], &["bottling"]), Link::OtherPhase { phases: texts(&["bottling"]) });
    }
}
