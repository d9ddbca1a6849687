//! Which ways a plan could use.

use std::collections::BTreeSet;

use distretto_tours::{Demand, State, Tour};

use super::Stop;

/// Codes of hosts that are in no plan, whatever happens.
pub(super) fn out(tour: &Tour) -> BTreeSet<&str> {
    let is_out =
        |visit: &&distretto_tours::Visit| visit.state == State::Declined || visit.demand == Demand::Excluded;
    tour.visits.iter().filter(is_out).map(|visit| visit.host.as_str()).collect()
}

/// The pairs of places, by code, that a plan could drive from and to: between hosts; from a base where a day may begin; to a base where
/// a day may end; from base to base where one day may do both, without any visit. In the order of the places.
pub fn needed<'a>(tour: &'a Tour, places: &'a [Stop]) -> impl Iterator<Item = (&'a str, &'a str)> {
    let days = days(tour);
    let is_base = |code: &str| tour.base(code).is_some();
    let bases: BTreeSet<&str> =
        places.iter().map(|place| place.code.as_str()).filter(|code| is_base(code)).collect();
    places.iter().flat_map(move |from| {
        let (bases, days) = (bases.clone(), days.clone());
        places.iter().filter_map(move |to| {
            let (from, to) = (from.code.as_str(), to.code.as_str());
            let begins = |code: &str| days.iter().any(|(begin, _)| begin.contains(code));
            let ends = |code: &str| days.iter().any(|(_, end)| end.contains(code));
            let is_needed = from != to
                && match (bases.contains(from), bases.contains(to)) {
                    (false, false) => true,
                    (true, false) => begins(from),
                    (false, true) => ends(to),
                    (true, true) => days.iter().any(|(begin, end)| begin.contains(from) && end.contains(to)),
                };
            is_needed.then_some((from, to))
        })
    })
}

/// For each day the bases where it may begin and where it may end.
fn days(tour: &Tour) -> Vec<(BTreeSet<&str>, BTreeSet<&str>)> {
    let mut days: Vec<(BTreeSet<&str>, BTreeSet<&str>)> = Vec::new();
    for day in &tour.frame.days {
        let ends = day.to.iter().map(String::as_str).collect();
        let begins = match days.last() {
            Some((_, before)) if day.from.is_empty() => before.clone(),
            _ => day.from.iter().map(String::as_str).collect(),
        };
        days.push((begins, ends));
    }
    days
}
