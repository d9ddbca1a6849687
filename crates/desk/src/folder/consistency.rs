//! What the parts of a tour say of each other: errors that stop it, and what a planner should know before planning.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveTime};
use distretto_study::fault::{Code, Fault, Log, Result, did_you_mean, first_lines, listed};
use distretto_tours::check::{Overruled, overruled};
use distretto_tours::{Demand, Host, Hours, State, Subject, Tour};

use super::delegates;
use crate::contradictions::{self, names_of_all};

/// How many hosts a message names.
const NAMED: usize = 8;

/// Checks what can only be seen of the whole.
pub(super) fn check(tour: &Tour, log: &mut Log) -> Result<()> {
    contradictions::seats(tour)?;
    contradictions::districts(tour)?;
    contradictions::named(tour)?;
    never_open(tour, log);
    overruling(&overruled(tour), log);
    holidays(tour, log);
    consent(tour, log);
    interests(tour, log);
    Ok(())
}

/// Whether a host could be visited as far as the state of the visit goes, at a time that is not fixed.
fn is_free(tour: &Tour, host: &Host) -> bool {
    let visit = tour.visit(&host.code);
    visit.state != State::Declined && visit.state != State::Confirmed && visit.demand != Demand::Excluded
}

/// Warns of hosts that on no day of the tour are open for as long as the visit takes.
fn never_open(tour: &Tour, log: &mut Log) {
    let people = tour.delegation.people();
    let mut never = Vec::new();
    for host in tour.hosts.iter().filter(|host| is_free(tour, host)) {
        let mut host = host.clone();
        host.minutes = tour.visit(&host.code).minutes.unwrap_or(host.minutes);
        let minutes = host.groups(people).minutes;
        match longest_window(tour, &host) {
            None => never.push(format!("`{}` has no hours", host.code)),
            Some(0) => never.push(format!("`{}` is closed on all days of the tour", host.code)),
            Some(longest) if longest < i64::from(minutes) => {
                never.push(format!(
                    "`{}` is open for {longest} minutes at most, the visit takes {minutes}",
                    host.code
                ));
            }
            Some(_) => {}
        }
    }
    if never.is_empty() {
        return;
    }
    log.add(
        Fault::new(
            Code::HostNeverOpen,
            format!("{} hosts can only be visited at a confirmed time", never.len()),
        )
        .because(first_lines(&never, NAMED))
        .hint("ask them for a time and confirm it, or shorten the visit"),
    );
}

/// Warns of rules that confirmed visits overrule: plans keep to the visits, and whoever confirmed them may not have known of the rules.
pub(super) fn overruling(rules: &[Overruled], log: &mut Log) {
    if rules.is_empty() {
        return;
    }
    let hosts: BTreeSet<&str> = rules.iter().map(|rule| rule.host.code.as_str()).collect();
    let what = if hosts.len() == 1 {
        "a visit is confirmed against what is known of its host".to_owned()
    } else {
        format!("{} visits are confirmed against what is known of their hosts", hosts.len())
    };
    log.add(Fault::new(Code::VisitOverrules, what).because(first_lines(rules, NAMED)).hint(
        "ask once more, then correct the host's row or the start of the visit; plans keep what is confirmed",
    ));
}

/// The longest window in minutes that touches a day of the tour; `None` without hours.
fn longest_window(tour: &Tour, host: &Host) -> Option<i64> {
    let hours = host.hours.as_ref()?;
    let ground = host.ground(&tour.frame);
    let mut longest = 0;
    for day in &tour.frame.days {
        let next = day.date.checked_add_days(Days::new(1)).unwrap_or(day.date);
        let (from, until) = (day.date.and_time(NaiveTime::MIN), next.and_time(NaiveTime::MIN));
        // Countries were checked as they were read.
        for open in hours.open(from, until, &ground).unwrap_or_default() {
            longest = longest.max((open.until - open.from).num_minutes());
        }
    }
    Some(longest)
}

/// Warns of hours that mean public holidays of no country.
fn holidays(tour: &Tour, log: &mut Log) {
    let means_none = |host: &&Host| {
        host.hours.as_ref().is_some_and(Hours::has_holidays) && host.ground(&tour.frame).country.is_none()
    };
    let hosts: Vec<&str> = tour.hosts.iter().filter(means_none).map(|host| host.code.as_str()).collect();
    if !hosts.is_empty() {
        let what = format!(
            "the hours of {} hosts name public holidays, and nobody says of which country",
            hosts.len()
        );
        log.add(Fault::new(Code::HolidaysOfNoCountry, what).because(listed(&hosts, NAMED)).hint(
            "write `country` in [frame] of tour.toml, or in the hosts' table; until then `PH` means no day",
        ));
    }
}

/// Notes hosts that may not be visited: without consent, or whose entry has expired.
fn consent(tour: &Tour, log: &mut Log) {
    let needs_it = |host: &&Host| tour.visit(&host.code).state != State::Confirmed;
    let without: Vec<&str> = tour
        .hosts
        .iter()
        .filter(needs_it)
        .filter(|host| !host.consent)
        .map(|host| host.code.as_str())
        .collect();
    if !without.is_empty() {
        let what = format!("{} of {} hosts have not given consent", without.len(), tour.hosts.len());
        log.add(Fault::new(Code::ConsentMissing, what).because(listed(&without, NAMED)));
    }
    let Some(last) = tour.frame.days.last() else { return };
    let is_expired = |host: &&Host| host.valid_until.is_some_and(|until| until < last.date);
    let expired: Vec<&str> =
        tour.hosts.iter().filter(needs_it).filter(is_expired).map(|host| host.code.as_str()).collect();
    if !expired.is_empty() {
        let what =
            format!("entries of {} of {} hosts expire before the tour ends", expired.len(), tour.hosts.len());
        log.add(Fault::new(Code::HostExpired, what).because(listed(&expired, NAMED)));
    }
}

/// Warns of interests that no host meets, with who has them and what was probably meant.
fn interests(tour: &Tour, log: &mut Log) {
    for subject in Subject::ALL {
        let known = names_of_all(tour, subject);
        let mut unmet: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for delegate in &tour.delegation.delegates {
            let own = delegate.interests.iter().filter(|interest| interest.subject == subject);
            for interest in own.filter(|interest| !known.contains(&interest.name.as_str())) {
                unmet.entry(&interest.name).or_default().push(&delegate.code);
            }
        }
        if unmet.is_empty() {
            continue;
        }
        let names: Vec<&str> = unmet.keys().copied().collect();
        let mut why: Vec<String> = unmet
            .iter()
            .take(NAMED)
            .map(|(name, who)| format!("`{name}` of {}{}", listed(who, 3), meant(subject, name, &known)))
            .collect();
        let column = delegates::column_of(subject);
        why.push(match known.as_slice() {
            [] => format!("no host has any {}", subject.word()),
            _ => format!("hosts have the {column} {}", listed(&known, NAMED)),
        });
        let help = if subject == Subject::Kind {
            "look for a host of this kind, or take the interest out of the column `kinds` of the delegates"
                .to_owned()
        } else {
            format!(
                "write in the column `{column}` of the delegates the words of the column `{column}` of the hosts, divided by `;`, each with a weight from 1 to 9 after `*` if it matters, as in `{}`; or look for such a host",
                example(
                    known.first().copied().unwrap_or("tanning"),
                    known.get(1).copied().unwrap_or("finishing")
                )
            )
        };
        let what = format!("no host has the {} {}", subject.word(), listed(&names, NAMED));
        log.add(Fault::new(Code::InterestUnmet, what).because(why.join("\n")).hint(help));
    }
}

/// Two interests as they are written.
fn example(one: &str, other: &str) -> String {
    format!("{one}*5; {other}")
}

/// What was probably meant by an interest that no host meets.
fn meant(subject: Subject, name: &str, known: &[&str]) -> String {
    if subject == Subject::Kind {
        return String::new();
    }
    if let Some(mark) = [',', '/', '|', '+'].into_iter().find(|mark| name.contains(*mark)) {
        return format!(": if these are several, divide them by `;`, not by `{mark}`");
    }
    did_you_mean(name, known).map(|like| format!(": did you mean `{like}`?")).unwrap_or_default()
}
