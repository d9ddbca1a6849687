//! As many visits of each sort as are demanded, and no more than are allowed.

use crate::check::course::Course;
use crate::check::violation::{Breach, Violation};
use crate::delegation::Subject;
use crate::host::Host;
use crate::plan::DayPlan;
use crate::rules::{Per, Quota, Which};

pub(super) fn rule(course: &Course) -> Vec<Violation> {
    let mut violations = Vec::new();
    for (index, quota) in course.tour.rules.quotas.iter().enumerate() {
        match quota.per {
            Per::Tour => {
                let visits = course.plan.days.iter().map(|day| count(course, quota, day)).sum();
                let breach = breach(index, quota, visits);
                violations.extend(breach.map(|breach| Violation { day: None, host: None, breach }));
            }
            Per::Day => violations.extend(course.days.iter().filter_map(|day| {
                breach(index, quota, count(course, quota, day.plan)).map(|breach| day.breaks(breach))
            })),
        }
    }
    violations
}

fn breach(index: usize, quota: &Quota, visits: u32) -> Option<Breach> {
    let which = || words(&quota.which);
    match quota.most {
        Some(most) if visits > most => Some(Breach::QuotaOver { quota: index, which: which(), visits, most }),
        _ if visits < quota.least => {
            Some(Breach::QuotaShort { quota: index, which: which(), visits, least: quota.least })
        }
        _ => None,
    }
}

fn count(course: &Course, quota: &Quota, day: &DayPlan) -> u32 {
    let counted = day
        .stops
        .iter()
        .filter(|stop| course.tour.host(&stop.host).is_some_and(|host| counts(&quota.which, host)));
    counted.map(|_| 1).sum()
}

/// Whether a quota counts a host: it fits everything that is given.
fn counts(which: &Which, host: &Host) -> bool {
    let has = |names: &[String], name: &String| names.contains(name);
    let subject = which.subject.as_ref().is_none_or(|(subject, name)| match subject {
        Subject::Industry => has(&host.industries, name),
        Subject::Phase => has(&host.phases, name),
        Subject::Practice => has(&host.practices, name),
        Subject::Kind => host.kind.word() == name,
    });
    let district = which.district.as_ref().is_none_or(|district| host.district.as_ref() == Some(district));
    subject && district && (which.hosts.is_empty() || which.hosts.contains(&host.code))
}

/// What a quota counts, in words.
fn words(which: &Which) -> String {
    let mut words = Vec::new();
    if let Some((subject, name)) = &which.subject {
        words.push(format!("{} `{name}`", subject.word()));
    }
    if let Some(district) = &which.district {
        words.push(format!("district `{district}`"));
    }
    if !which.hosts.is_empty() {
        words.push(format!("the hosts {}", which.hosts.join(", ")));
    }
    if words.is_empty() { "any host".to_owned() } else { words.join(", ") }
}
