//! Which interests a host meets.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use distretto_tours::host::Host;
use distretto_tours::{Interest, Subject};
use serde::Serialize;

use super::industry;
use crate::book::Book;
use crate::text;

/// An interest that a host meets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Met {
    /// What it is about.
    pub subject: Subject,
    /// Name of the industry, phase or practice; word of the kind.
    pub name: String,
    /// How many delegates have it.
    pub delegates: u32,
    /// Their weights together.
    pub weight: u64,
}

fn meets(host: &Host, interest: &Interest) -> bool {
    match interest.subject {
        Subject::Industry => host.industries.contains(&interest.name),
        Subject::Phase => host.phases.contains(&interest.name),
        Subject::Practice => host.practices.contains(&interest.name),
        Subject::Kind => host.kind.word() == interest.name,
    }
}

/// The interests of the delegates that a host meets: the greatest weight first, then the most delegates, then by subject and name. A delegate who has an interest twice counts
/// once, with the greater weight.
pub(super) fn met(book: &Book<'_>, host: &Host) -> Vec<Met> {
    let mut all: BTreeMap<(Subject, &str), (u32, u64)> = BTreeMap::new();
    for delegate in &book.tour.delegation.delegates {
        let mut own: BTreeMap<(Subject, &str), u32> = BTreeMap::new();
        for interest in delegate.interests.iter().filter(|interest| meets(host, interest)) {
            let weight = own.entry((interest.subject, &interest.name)).or_default();
            *weight = interest.weight.max(*weight);
        }
        for (what, weight) in own {
            let sum = all.entry(what).or_default();
            sum.0 += 1;
            sum.1 += u64::from(weight);
        }
    }
    let mut met: Vec<Met> = all
        .into_iter()
        .map(|((subject, name), (delegates, weight))| Met {
            subject,
            name: if subject == Subject::Industry { industry(book, name).name } else { text::line(name) },
            delegates,
            weight,
        })
        .collect();
    met.sort_by_key(|met| (Reverse(met.weight), Reverse(met.delegates)));
    met
}
