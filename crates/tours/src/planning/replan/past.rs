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

/// How far each day of a plan has come.
pub(super) fn progress(prepared: &Prepared, old: &Plan, event: &Event) -> Vec<Progress> {
    let at = |time| minute(prepared.zone, time);
    let Some(now) = event.now.map(at) else { return vec![Progress::Ahead; old.days.len()] };
    let of = |day: &DayPlan| {
        if at(day.returns) <= now {
            return Progress::Over;
        }
        if now < at(day.departs) {
            return Progress::Ahead;
        }
        let arrived = day.stops.iter().take_while(|stop| at(stop.arrives) <= now).count();
        // A coach that is late has stopped somewhere, whatever it was driving to.
        if event.late.as_ref().is_some_and(|late| late.until.date() == day.date) {
            return Progress::Begun(arrived);
        }
        match day.stops.get(arrived) {
            Some(next) if event.declined.contains(&next.host) => Progress::Begun(arrived),
            Some(next) if left(prepared, day, arrived, &next.host, next.arrives) <= now => {
                Progress::Begun(arrived + 1)
            }
            None if left(prepared, day, arrived, &day.to, day.returns) <= now => Progress::Over,
            _ => Progress::Begun(arrived),
        }
    };
    old.days.iter().map(of).collect()
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
    progress: &[Progress],
    event: &Event,
) -> Result<(), PlanError> {
    let zone = prepared.zone;
    let at = |time| minute(zone, time);
    let now = event.now.map_or(Minute::MIN, at);
    let late = event.late.as_ref().map(|late| (at(late.until), late.at.clone()));
    if let Some((_, code)) = &late
        && prepared.tour.host(code).is_none()
        && prepared.tour.base(code).is_none()
    {
        return Err(PlanError::UnknownHost { by: "the event", code: code.clone() });
    }
    for (day, (was, &progress)) in old.days.iter().zip(progress).enumerate() {
        let late = event.late.as_ref().filter(|late| late.until.date() == was.date).and(late.as_ref());
        let done = match progress {
            Progress::Ahead => 0,
            Progress::Begun(done) => done,
            Progress::Over => was.stops.len(),
        };
        let earliest = match progress {
            Progress::Over => Minute::MAX,
            Progress::Begun(_) => now.max(late.map_or(now, |(until, _)| *until)),
            Progress::Ahead => late.map_or(Minute::MIN, |(until, _)| *until),
        };
        restrict(prepared, day, earliest);
        for stop in 0..done {
            keep(prepared, day, was, stop)?;
        }
        let rules = &mut prepared.days[day];
        match progress {
            Progress::Ahead => (),
            Progress::Over => {
                (rules.meal, rules.resting, rules.most_travel, rules.most) = (None, None, None, Some(done));
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
                continue;
            }
            Progress::Begun(_) => {
                rules.begun = true;
                rules.opens = at(was.departs);
                if done == 0 {
                    rules.opens = earliest.max(rules.opens);
                }
                if eaten(was, event) {
                    rules.meal = None;
                }
            }
        }
        let last = done.checked_sub(1).map(|last| &was.stops[last]);
        match last {
            None => {
                if let Some((until, place)) = late {
                    rules.from = Some(place.clone());
                    rules.opens = rules.opens.max(*until);
                }
            }
            Some(last) => {
                let index = known(prepared, &last.host)?;
                let here = |meal: &&Pause| meal.at.as_deref() == Some(last.host.as_str());
                let eating = was.meal.as_ref().filter(|_| eaten(was, event)).filter(here);
                let mut leaves = now.max(eating.map_or(now, |meal| at(meal.ends)));
                if let Some((until, place)) = late {
                    leaves = leaves.max(*until);
                    prepared.candidates[index].onward.clone_from(place);
                }
                let candidate = &mut prepared.candidates[index];
                candidate.pause = candidate.pause.max(leaves - at(last.ends));
            }
        }
    }
    Ok(())
}

/// Whether the meal of a day has begun.
pub(super) fn eaten(day: &DayPlan, event: &Event) -> bool {
    day.meal.as_ref().is_some_and(|meal| event.now.is_some_and(|now| meal.starts <= now))
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
            if eaten(old, event) {
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
