//! A host that has not confirmed can be visited at all: it agreed to be asked, there is time to ask it, it is understood, it meets the
//! needs, and its district is visited.

use chrono::{Days, NaiveDate};

use crate::check::course::Course;
use crate::check::violation::{Breach, Violation};
use crate::delegation::{Delegate, Delegation};
use crate::host::Host;
use crate::visit::State;

pub(super) fn rule(course: &Course) -> Vec<Violation> {
    let mut violations = Vec::new();
    for (day, _, host) in course.unconfirmed() {
        let breaches = breaches(course, host, day.plan.date);
        violations.extend(breaches.into_iter().map(|breach| course.at(day, &host.code, breach)));
    }
    violations
}

/// What is against a visit on a date, whatever was agreed.
pub(in crate::check) fn breaches(course: &Course, host: &Host, date: NaiveDate) -> Vec<Breach> {
    let delegation = &course.tour.delegation;
    let consent = (!host.consent).then_some(Breach::NoConsent);
    consent
        .into_iter()
        .chain(expired(host, date))
        .chain(notice(course, host, date))
        .chain(language(host, delegation))
        .chain(needs(host, delegation))
        .chain(district(course, host))
        .collect()
}

fn expired(host: &Host, date: NaiveDate) -> Option<Breach> {
    let valid_until = host.valid_until.filter(|&last| date > last)?;
    Some(Breach::Expired { valid_until })
}

fn notice(course: &Course, host: &Host, date: NaiveDate) -> Option<Breach> {
    let asked_on = course.tour.frame.asked_on?;
    let in_time =
        asked_on.checked_add_days(Days::new(u64::from(host.notice))).is_some_and(|first| first <= date);
    if in_time || matches!(course.tour.visit(&host.code).state, State::Asked | State::Confirmed) {
        return None;
    }
    Some(Breach::Notice {
        notice: host.notice,
        asked_on,
        left: date.signed_duration_since(asked_on).num_days(),
    })
}

fn language(host: &Host, delegation: &Delegation) -> Option<Breach> {
    let spoken = |languages: &[String]| languages.iter().any(|language| host.languages.contains(language));
    if host.languages.is_empty() || spoken(&delegation.interpreted) {
        return None;
    }
    let lost = |delegate: &&Delegate| !delegate.languages.is_empty() && !spoken(&delegate.languages);
    let delegates = codes(delegation.delegates.iter().filter(lost));
    (!delegates.is_empty()).then(|| Breach::Language { delegates, languages: host.languages.clone() })
}

fn needs(host: &Host, delegation: &Delegation) -> Vec<Breach> {
    let all: std::collections::BTreeSet<&String> =
        delegation.delegates.iter().flat_map(|delegate| &delegate.needs).collect();
    let unmet = all.into_iter().filter(|need| !host.meets.contains(need));
    let breach = |need: &String| Breach::Need {
        need: need.clone(),
        delegates: codes(delegation.delegates.iter().filter(|delegate| delegate.needs.contains(need))),
    };
    unmet.map(breach).collect()
}

fn district(course: &Course, host: &Host) -> Option<Breach> {
    let visited = &course.tour.rules.districts;
    let district =
        host.district.clone().filter(|district| !visited.is_empty() && !visited.contains(district))?;
    Some(Breach::District { district })
}

fn codes<'a>(delegates: impl Iterator<Item = &'a Delegate>) -> Vec<String> {
    delegates.map(|delegate| delegate.code.clone()).collect()
}
