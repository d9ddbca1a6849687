//! What is true of a host and its visit whatever else is planned. Planning bars hosts by it, reasons name it; [`crate::check`] has rules of its own.

use chrono::NaiveDate;

use crate::delegation::Delegate;
use crate::host::Host;
use crate::tour::Tour;
use crate::visit::{State, Visit};

/// The delegates who understand none of a host's languages, in their order; none where somebody interprets, or where the languages of the host or of
/// the delegate are unknown.
pub(crate) fn lost<'t>(tour: &'t Tour, host: &'t Host) -> impl Iterator<Item = &'t Delegate> {
    let delegation = &tour.delegation;
    let spoken = |languages: &[String]| languages.iter().any(|language| host.languages.contains(language));
    let understood = host.languages.is_empty() || spoken(&delegation.interpreted);
    let lost = move |delegate: &&Delegate| {
        !understood && !delegate.languages.is_empty() && !spoken(&delegate.languages)
    };
    delegation.delegates.iter().filter(lost)
}

/// The needs that a host does not meet, with whose they are, in the order of the delegates.
pub(crate) fn unmet<'t>(tour: &'t Tour, host: &'t Host) -> impl Iterator<Item = (&'t Delegate, &'t String)> {
    let needs = |delegate: &'t Delegate| delegate.needs.iter().map(move |need| (delegate, need));
    tour.delegation.delegates.iter().flat_map(needs).filter(|(_, need)| !host.meets.contains(need))
}

/// The district of a host, where it is not among those that are visited.
pub(crate) fn unvisited_district<'t>(tour: &Tour, host: &'t Host) -> Option<&'t String> {
    let visited = &tour.rules.districts;
    host.district.as_ref().filter(|district| !visited.is_empty() && !visited.contains(district))
}

/// Whether what is known of a host may no longer be relied on at a date.
pub(crate) fn is_expired(host: &Host, date: NaiveDate) -> bool {
    host.valid_until.is_some_and(|last| last < date)
}

/// The days of notice that are left before a date, where they are fewer than the host needs. One that is asked already needs none.
pub(crate) fn short_notice(tour: &Tour, host: &Host, visit: &Visit, date: NaiveDate) -> Option<i64> {
    let asked_on = tour.frame.asked_on.filter(|_| visit.state != State::Asked)?;
    let left = date.signed_duration_since(asked_on).num_days();
    (i64::from(host.notice) > left).then_some(left)
}
