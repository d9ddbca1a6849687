//! What of a plan has begun, and how it binds the rest.

use chrono::NaiveDateTime;
use distretto_orienteering::Window;

use super::event::{Event, Late};
use crate::plan::{DayPlan, Pause, Plan, Stop};
use crate::planning::bar::DayBar;
use crate::planning::clock::{Minute, minute};
use crate::planning::error::PlanError;
use crate::planning::prepared::{DayRules, Drive, Prepared};
use crate::planning::windows::between;
use crate::visit::State;

/// How far a day has come: all that binds the rest of it.
#[derive(Debug, Clone)]
pub(super) struct Today {
    /// Whether it is over.
    pub over: bool,
    /// How many stops have begun or are being driven to.
    pub done: usize,
    /// Whether the coach has left when the plan says.
    pub departed: bool,
    /// The meal, where it has begun: its time has come, and its place was reached.
    pub meal: Option<Pause>,
    /// Where the coach is, unless that is the last stop that has begun or, where none has, the base.
    pub via: Option<String>,
    /// Whether the party stands there, so that it can eat there beside a visit.
    pub stands: bool,
    /// When it can go on from where it is; before all times where nothing has happened.
    pub goes_on: Minute,
    /// When the party can begin a meal at the earliest.
    pub eats: Minute,
}

impl Today {
    /// Whether something of a day, which begins at this moment at the earliest, is no longer to be chosen.
    pub(super) const fn has_come(&self, opens: Minute) -> bool {
        !self.over && (self.left() || self.goes_on > opens)
    }

    /// Whether the base was left.
    const fn left(&self) -> bool {
        self.departed || self.via.is_some()
    }
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
    let now = event.now.map_or(Minute::MIN, at);
    let late = event.late.as_ref().filter(|late| late.until.date() == day.date);
    let until = late.map_or(Minute::MIN, |late| at(late.until));
    let mut today = Today {
        over: event.now.is_some() && at(day.returns) <= now && until <= at(day.returns),
        done: day.stops.len(),
        departed: event.now.is_some() && at(day.departs) <= now,
        meal: day.meal.clone(),
        via: None,
        stands: true,
        goes_on: now.max(until),
        eats: now,
    };
    if today.over {
        return today;
    }
    let reached = if today.departed { reached(prepared, day, now, late) } else { 0 };
    let door = declined_at_the_door(prepared, day, reached, now);
    today.done = reached - usize::from(door.is_some());
    let host = |stop: usize| day.stops.get(stop).map(|stop| &stop.host);
    let here = today.done.checked_sub(1).and_then(host).unwrap_or(&day.from);
    today.via = match (late, door) {
        // A coach that is late has stopped somewhere, whatever it was driving to: nothing after that has begun.
        (Some(late), _) => (late.at != *here).then(|| late.at.clone()),
        (None, Some(door)) => Some(door.host.clone()),
        (None, None) => None,
    };
    if late.is_some() && today.done == 0 && today.via.is_none() {
        today.departed = false;
    }
    today.stands = today.via.is_none();
    if today.departed && today.stands && late.is_none() {
        let next = host(today.done).unwrap_or(&day.to);
        let arrives = day.stops.get(today.done).map_or(day.returns, |stop| stop.arrives);
        if left(prepared, day, today.done, next, arrives) <= now {
            if declined(prepared, next) {
                today.stands = false;
            } else if today.done < day.stops.len() {
                today.done += 1;
            } else {
                today.over = true;
                return today;
            }
        }
    }
    today.meal = day
        .meal
        .clone()
        .filter(|meal| at(meal.starts) <= now && has_been_reached(day, meal, today.done, door));
    if let Some(meal) = &today.meal {
        today.goes_on = today.goes_on.max(at(meal.ends));
        // On a day without visits the meal may follow the return: then the coach is still to leave.
        today.departed &= meal.at.as_ref() != Some(&day.from) || meal.ends <= day.departs || today.done > 0;
    }
    let last = today.done.checked_sub(1).and_then(|last| day.stops.get(last));
    today.eats = match today.via {
        Some(_) => today.goes_on,
        None => last.map_or(now, |last| now.max(at(last.arrives))),
    };
    today
}

/// How many stops have been reached; none after the one where the coach is late.
fn reached(prepared: &Prepared, day: &DayPlan, now: Minute, late: Option<&Late>) -> usize {
    let arrived = day.stops.iter().take_while(|stop| minute(prepared.zone, stop.arrives) <= now).count();
    let there = late.and_then(|late| day.stops.iter().position(|stop| stop.host == late.at));
    there.map_or(arrived, |there| arrived.min(there + 1))
}

/// Whether the place of a meal was reached of a day of which so many stops have begun: a stop, the base before it was left, or the host at whose
/// door one was declined, unless the visit there would have been the meal.
fn has_been_reached(day: &DayPlan, meal: &Pause, done: usize, door: Option<&Stop>) -> bool {
    let Some(place) = &meal.at else { return false };
    day.stops.iter().take(done).any(|stop| stop.host == *place)
        || (day.from == *place && meal.starts <= day.departs)
        || door.is_some_and(|door| door.host == *place && meal.ends <= door.starts)
}

/// The last of so many stops that were reached, if it is at a host who has declined, and has not ended.
fn declined_at_the_door<'a>(
    prepared: &Prepared,
    day: &'a DayPlan,
    reached: usize,
    now: Minute,
) -> Option<&'a Stop> {
    let last = reached.checked_sub(1).and_then(|last| day.stops.get(last));
    last.filter(|stop| declined(prepared, &stop.host) && now < minute(prepared.zone, stop.ends))
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
pub(super) fn bind(prepared: &mut Prepared, old: &Plan, today: &[Today]) -> Result<(), PlanError> {
    for (day, (was, today)) in old.days.iter().zip(today).enumerate() {
        let last = today.done.checked_sub(1).and_then(|last| was.stops.get(last));
        // Nothing new comes before what has begun.
        let earliest = last.map_or(today.goes_on, |last| today.goes_on.max(minute(prepared.zone, last.ends)));
        restrict(prepared, day, if today.over { Minute::MAX } else { earliest });
        for stop in 0..today.done {
            keep(prepared, day, was, stop)?;
        }
        if today.over {
            over(prepared, day, was);
            continue;
        }
        let departs = minute(prepared.zone, was.departs);
        let rules = &mut prepared.days[day];
        (rules.left, rules.begun) = (today.left(), today.left());
        if today.departed {
            rules.opens = departs;
        }
        let may_eat = eat_after(rules, today);
        match last {
            None => stand_at_base(prepared, day, was, today),
            Some(last) => stand_at_stop(prepared, last, today, may_eat)?,
        }
    }
    Ok(())
}

/// Lets the meal be no sooner than it can be, and none follow one that has begun; whether it can be where the coach stands.
fn eat_after(rules: &mut DayRules, today: &Today) -> bool {
    if today.meal.is_some() {
        rules.meal = None;
    }
    let Some(meal) = &mut rules.meal else { return false };
    let in_time = today.eats <= meal.window.last;
    meal.window.open = meal.window.open.max(today.eats).min(meal.window.last);
    in_time && today.stands
}

/// A day of which no stop has begun. A coach that is late elsewhere has left its base as late as it could to be there when it can go on.
fn stand_at_base(prepared: &mut Prepared, day: usize, was: &DayPlan, today: &Today) {
    if today.goes_on == Minute::MIN {
        return;
    }
    let there = today.via.as_ref().map_or(0, |place| brought(prepared, &was.from, place));
    let zone = prepared.zone;
    let rules = &mut prepared.days[day];
    rules.via.clone_from(&today.via);
    if today.left() {
        let eaten = today.meal.as_ref().filter(|meal| meal.at.as_ref() == Some(&was.from));
        let eaten = eaten.map_or(Minute::MIN, |meal| minute(zone, meal.ends));
        rules.opens = rules.opens.max(today.goes_on - there).max(eaten);
    } else {
        rules.opens = rules.opens.max(today.eats);
        rules.leaves = Some(today.goes_on);
    }
}

/// A day whose last stop that has begun is left when the coach can go on, or so that it is where it is late when it can go on from there.
fn stand_at_stop(
    prepared: &mut Prepared,
    last: &Stop,
    today: &Today,
    may_eat: bool,
) -> Result<(), PlanError> {
    let zone = prepared.zone;
    let at = |time| minute(zone, time);
    let index = known(prepared, &last.host)?;
    let there = today.via.as_ref().map_or(0, |place| brought(prepared, &last.host, place));
    let eaten = today.meal.as_ref().filter(|meal| meal.at.as_ref() == Some(&last.host));
    let leaves = (today.goes_on - there).max(eaten.map_or(Minute::MIN, |meal| at(meal.ends)));
    let candidate = &mut prepared.candidates[index];
    candidate.via.clone_from(&today.via);
    let ready = at(last.ends) + candidate.pause;
    candidate.pause = candidate.pause.max(leaves - at(last.ends));
    candidate.free = may_eat.then(|| (at(last.ends) + candidate.pause - ready.max(today.eats)).max(0));
    Ok(())
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
    candidate.free = None;
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
pub(super) fn overlay(new: &mut DayPlan, old: &DayPlan, today: &Today) {
    if today.over {
        return new.clone_from(old);
    }
    for (new, old) in new.stops.iter_mut().zip(&old.stops).take(today.done) {
        new.clone_from(old);
    }
    if today.departed {
        new.departs = old.departs;
        new.from.clone_from(&old.from);
    }
    if today.meal.is_some() {
        new.meal.clone_from(&today.meal);
    }
    // Rests on the way to the last stop are those of before; the stay there, and what follows, is new.
    if let Some(last) = today.done.checked_sub(1).and_then(|last| old.stops.get(last)) {
        let mut rests: Vec<Pause> =
            old.rests.iter().filter(|rest| rest.starts < last.arrives).cloned().collect();
        rests.extend(new.rests.drain(..).filter(|rest| rest.starts >= last.ends));
        new.rests = rests;
    }
}
