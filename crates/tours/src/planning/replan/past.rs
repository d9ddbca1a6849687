//! What of a plan has begun, and how it binds the rest.

use chrono::NaiveDateTime;
use distretto_orienteering::Window;

use super::event::Event;
use crate::plan::{DayPlan, Pause, Plan};
use crate::planning::bar::DayBar;
use crate::planning::clock::{Minute, minute};
use crate::planning::error::PlanError;
use crate::planning::prepared::{Drive, Prepared};
use crate::planning::windows::between;
use crate::visit::State;

/// How far a day has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Progress {
    /// It has not begun.
    Ahead,
    /// The coach has left, and so many stops have begun or are being driven to.
    Begun(usize),
    /// It is over.
    Over,
}

/// How far a day has come, and where the coach is late on it.
#[derive(Debug, Clone)]
pub(super) struct Today {
    pub progress: Progress,
    /// When the coach can go on, and from where: as was told, or from the door of a host who has declined.
    pub late: Option<(Minute, String)>,
}

/// How far each day of a plan has come.
///
/// # Errors
/// [`PlanError::UnknownHost`] and [`PlanError::LateOnNoDay`].
pub(super) fn progress(prepared: &Prepared, old: &Plan, event: &Event) -> Result<Vec<Today>, PlanError> {
    if let Some(late) = &event.late {
        if prepared.tour.host(&late.at).is_none() && prepared.tour.base(&late.at).is_none() {
            return Err(PlanError::UnknownHost { by: "the event", code: late.at.clone() });
        }
        if !old.days.iter().any(|day| day.date == late.until.date()) {
            return Err(PlanError::LateOnNoDay { date: late.until.date() });
        }
    }
    Ok(old.days.iter().map(|day| today(prepared, day, event)).collect())
}

fn today(prepared: &Prepared, day: &DayPlan, event: &Event) -> Today {
    let at = |time| minute(prepared.zone, time);
    let late = event.late.as_ref().filter(|late| late.until.date() == day.date);
    let told = late.map(|late| (at(late.until), late.at.clone()));
    let Some(now) = event.now.map(at) else { return Today { progress: Progress::Ahead, late: told } };
    let on_the_road = late.is_some_and(|late| at(late.until) > now.min(at(day.returns)));
    if at(day.returns) <= now && !on_the_road {
        return Today { progress: Progress::Over, late: None };
    }
    if now < at(day.departs) {
        return Today { progress: Progress::Ahead, late: told };
    }
    let arrived = day.stops.iter().take_while(|stop| at(stop.arrives) <= now).count();
    if let Some(late) = late {
        // A coach that is late has stopped somewhere, whatever it was driving to: nothing after that has begun.
        let there = day.stops.iter().position(|stop| stop.host == late.at);
        let begun = there.map_or(arrived, |there| arrived.min(there + 1));
        let begun = begun - usize::from(declined_at_the_door(prepared, day, begun, now));
        return Today { progress: Progress::Begun(begun), late: told };
    }
    if declined_at_the_door(prepared, day, arrived, now) {
        let here = day.stops[arrived - 1].host.clone();
        return Today { progress: Progress::Begun(arrived - 1), late: Some((now, here)) };
    }
    let progress = match day.stops.get(arrived) {
        Some(next) if declined(prepared, &next.host) => Progress::Begun(arrived),
        Some(next) if left(prepared, day, arrived, &next.host, next.arrives) <= now => {
            Progress::Begun(arrived + 1)
        }
        None if left(prepared, day, arrived, &day.to, day.returns) <= now => Progress::Over,
        _ => Progress::Begun(arrived),
    };
    Today { progress, late: None }
}

/// Whether the last of so many stops that were reached is at a host who has declined, and has not ended.
fn declined_at_the_door(prepared: &Prepared, day: &DayPlan, reached: usize, now: Minute) -> bool {
    let last = reached.checked_sub(1).and_then(|last| day.stops.get(last));
    last.is_some_and(|stop| declined(prepared, &stop.host) && now < minute(prepared.zone, stop.ends))
}

fn declined(prepared: &Prepared, host: &str) -> bool {
    prepared.tour.visit(host).state == State::Declined
}

/// When the coach left for the place that comes after so many stops, as late as it could and still arrive when it does.
fn left(prepared: &Prepared, day: &DayPlan, after: usize, to: &str, arrives: NaiveDateTime) -> Minute {
    let at = |time| minute(prepared.zone, time);
    let (from, since) = match after.checked_sub(1) {
        None => (&day.from, day.departs),
        Some(last) => (&day.stops[last].host, day.stops[last].ends),
    };
    let Drive::Minutes(minutes) = prepared.drive(from, to) else { return Minute::MAX };
    let on_the_way = |rest: &&Pause| rest.at.is_none() && since <= rest.starts && rest.ends <= arrives;
    let rests = day.rests.iter().filter(on_the_way).map(|rest| at(rest.ends) - at(rest.starts));
    at(arrives) - minutes - rests.sum::<i64>()
}

/// Binds a tour to what of a plan has begun, and to a coach that is late.
pub(super) fn bind(
    prepared: &mut Prepared,
    old: &Plan,
    today: &[Today],
    event: &Event,
) -> Result<(), PlanError> {
    let zone = prepared.zone;
    let at = |time| minute(zone, time);
    let now = event.now.map_or(Minute::MIN, at);
    for (day, (was, Today { progress, late })) in old.days.iter().zip(today).enumerate() {
        let earliest = late.as_ref().map_or(now, |&(until, _)| until.max(now));
        let done = match *progress {
            Progress::Ahead => 0,
            Progress::Begun(done) => done,
            Progress::Over => was.stops.len(),
        };
        restrict(prepared, day, if *progress == Progress::Over { Minute::MAX } else { earliest });
        for stop in 0..done {
            keep(prepared, day, was, stop)?;
        }
        if *progress == Progress::Over {
            over(prepared, day, was);
            continue;
        }
        let rules = &mut prepared.days[day];
        if let Progress::Begun(_) = progress {
            (rules.begun, rules.left, rules.opens) = (true, true, at(was.departs));
            if eaten(was, event, done) {
                rules.meal = None;
            }
        }
        match done.checked_sub(1).map(|last| &was.stops[last]) {
            None => rests_before(prepared, day, was, late.as_ref(), earliest),
            Some(last) => {
                let index = known(prepared, &last.host)?;
                let here = |meal: &&Pause| meal.at.as_deref() == Some(last.host.as_str());
                let eating = was.meal.as_ref().filter(|_| eaten(was, event, done)).filter(here);
                let mut leaves = now.max(eating.map_or(now, |meal| at(meal.ends)));
                if let Some((until, place)) = late {
                    let there = brought(prepared, &last.host, place);
                    leaves = leaves.max(until - there);
                    prepared.candidates[index].via = Some(place.clone());
                }
                let candidate = &mut prepared.candidates[index];
                candidate.pause = candidate.pause.max(leaves - at(last.ends));
            }
        }
    }
    Ok(())
}

/// A day of which no stop has begun: the coach leaves its base as late as it can to be where it is late when it can go on from there.
fn rests_before(
    prepared: &mut Prepared,
    day: usize,
    was: &DayPlan,
    late: Option<&(Minute, String)>,
    earliest: Minute,
) {
    let there = late.map_or(0, |(_, place)| brought(prepared, &was.from, place));
    let rules = &mut prepared.days[day];
    if let Some((_, place)) = late {
        rules.left = *place != was.from;
        if rules.left {
            (rules.via, rules.begun) = (Some(place.clone()), true);
        }
    }
    if earliest > Minute::MIN {
        rules.opens = rules.opens.max(earliest - there);
    }
}

/// How long it took to be brought from a place to where the coach is late; nothing where that is not known.
fn brought(prepared: &Prepared, from: &str, to: &str) -> i64 {
    if let Drive::Minutes(minutes) = prepared.drive(from, to) { minutes } else { 0 }
}

/// A day that is over.
fn over(prepared: &mut Prepared, day: usize, was: &DayPlan) {
    let zone = prepared.zone;
    let at = |time| minute(zone, time);
    let rules = &mut prepared.days[day];
    (rules.meal, rules.resting, rules.most_travel, rules.most) = (None, None, None, Some(was.stops.len()));
    (rules.opens, rules.closes, rules.begun) = (at(was.departs), at(was.returns), true);
    let last = was.stops.last().map_or(was.from.clone(), |stop| stop.host.clone());
    let left = was.stops.last().map_or(was.departs, |stop| stop.ends);
    let pause = was.stops.last().and_then(|stop| prepared.candidate(&stop.host));
    let pause = pause.map_or(0, |candidate| {
        let pause = &mut prepared.candidates[candidate].pause;
        *pause = (*pause).min(at(was.returns) - at(left)).max(0);
        *pause
    });
    shorten(prepared, &last, &was.to, at(was.returns) - at(left) - pause);
}

/// Whether the meal of a day of which so many stops have begun has begun: its time has come, and its place was reached.
fn eaten(day: &DayPlan, event: &Event, done: usize) -> bool {
    day.meal.as_ref().is_some_and(|meal| {
        let reached = |at: &String| {
            day.stops[..done].iter().any(|stop| stop.host == *at)
                || (day.from == *at && meal.starts <= day.departs)
        };
        event.now.is_some_and(|now| meal.starts <= now) && meal.at.as_ref().is_some_and(reached)
    })
}

/// Lets no visit begin before a moment of a day.
fn restrict(prepared: &mut Prepared, day: usize, earliest: Minute) {
    if earliest == Minute::MIN {
        return;
    }
    for candidate in &mut prepared.candidates {
        if let Ok(windows) = &candidate.days[day] {
            let left = between(windows, earliest, Minute::MAX);
            candidate.days[day] = if left.is_empty() { Err(DayBar::Past) } else { Ok(left) };
        }
    }
}

/// Keeps a stop that has begun exactly as it was.
fn keep(prepared: &mut Prepared, day: usize, was: &DayPlan, stop: usize) -> Result<(), PlanError> {
    let zone = prepared.zone;
    let at = |time| minute(zone, time);
    let begun = &was.stops[stop];
    let index = known(prepared, &begun.host)?;
    let (from, left) = match stop.checked_sub(1) {
        None => (was.from.clone(), at(was.departs)),
        Some(before) => (was.stops[before].host.clone(), at(was.stops[before].ends)),
    };
    let mut there = at(begun.arrives) - left;
    if stop > 0 {
        let before = known(prepared, &from)?;
        let pause = &mut prepared.candidates[before].pause;
        *pause = (*pause).min(there).max(0);
        there -= *pause;
    }
    shorten(prepared, &from, &begun.host, there);
    let days = prepared.days.len();
    let candidate = &mut prepared.candidates[index];
    let start = at(begun.starts);
    (candidate.bar, candidate.required, candidate.begun, candidate.buffer) = (None, true, true, 0);
    candidate.minutes = (at(begun.ends) - start).max(0);
    candidate.days = (0..days)
        .map(
            |other| {
                if other == day { Ok(vec![Window { open: start, last: start }]) } else { Err(DayBar::Past) }
            },
        )
        .collect();
    Ok(())
}

/// Lets a way that was driven take no longer than it took.
fn shorten(prepared: &mut Prepared, from: &str, to: &str, took: i64) {
    let took = took.max(0);
    let known = match prepared.drive(from, to) {
        Drive::Minutes(minutes) => minutes.min(took),
        Drive::NoRoute | Drive::Unknown => took,
    };
    prepared.driven.insert((from.to_owned(), to.to_owned()), known);
}

fn known(prepared: &Prepared, code: &str) -> Result<usize, PlanError> {
    prepared
        .candidate(code)
        .ok_or_else(|| PlanError::UnknownHost { by: "the given plan", code: code.to_owned() })
}

/// Puts what has begun into a day as it was.
pub(super) fn overlay(new: &mut DayPlan, old: &DayPlan, progress: Progress, event: &Event) {
    match progress {
        Progress::Ahead => (),
        Progress::Over => new.clone_from(old),
        Progress::Begun(done) => {
            for (new, old) in new.stops.iter_mut().zip(&old.stops).take(done) {
                new.clone_from(old);
            }
            if done > 0 {
                new.departs = old.departs;
                new.from.clone_from(&old.from);
            }
            if eaten(old, event, done) {
                new.meal.clone_from(&old.meal);
            }
            // Rests on the way to the last stop are those of before; the stay there, and what follows, is new.
            let last = done.checked_sub(1).map(|last| &old.stops[last]);
            let mut rests: Vec<Pause> = Vec::new();
            if let Some(last) = last {
                rests.extend(old.rests.iter().filter(|rest| rest.starts < last.arrives).cloned());
            }
            rests.extend(new.rests.drain(..).filter(|rest| last.is_none_or(|last| rest.starts >= last.ends)));
            new.rests = rests;
        }
    }
}
