//! One day of a plan as a list of what happens.
//!
//! A plan says when the coach arrives at each stop; when it leaves follows: as late as the driving and the rests on that leg allow. The first departure is the plan's own.
//! Where the way is not known, the coach leaves as soon as the visit, the pause of the pace and a meal there are over.

use chrono::{Duration, NaiveDateTime};
use chrono_tz::Tz;
use distretto_tours::host::Place;
use distretto_tours::plan::{DayPlan, Pause, Stop};
use distretto_tours::travel::Way;
use distretto_tours::visit::State;

use super::party::{Party, groups};
use super::{Break, Call, Day, Drive, Free, Item, Known, Spot, contact, district, industry, met, on_globe};
use crate::book::{Book, BookError};
use crate::{clock, text};

fn spot(code: &str, name: &str, place: &Place) -> Result<Spot, BookError> {
    if !on_globe(place.lon, place.lat) {
        return Err(BookError::Place { code: text::line(code) });
    }
    Ok(Spot {
        code: text::line(code),
        name: text::line(name),
        address: text::line(&place.address),
        town: text::line(&place.town),
        lon: place.lon,
        lat: place.lat,
    })
}

pub(super) fn day(
    book: &Book<'_>,
    party: &Party,
    number: usize,
    planned: &DayPlan,
    last: bool,
) -> Result<Day, BookError> {
    check_order(planned)?;
    let base = |code: &String| match book.tour.base(code) {
        Some(base) => spot(code, &base.name, &base.place),
        None => Err(BookError::UnknownBase { date: planned.date, code: text::line(code) }),
    };
    let (from, to) = (base(&planned.from)?, base(&planned.to)?);
    let mut items = Vec::new();
    for stop in &planned.stops {
        items.push(Item::Visit(Box::new(call(book, party, planned, stop)?)));
    }
    items.extend(drives(book, planned, &from, &to, &items).into_iter().map(Item::Drive));
    let as_break = |pause: &Pause| -> Result<Break, BookError> {
        Ok(Break { starts: pause.starts, ends: pause.ends, place: place_of(book, planned, pause)? })
    };
    if let Some(meal) = &planned.meal
        && !planned.stops.iter().any(|stop| is_meal(stop, Some(meal)))
    {
        items.push(Item::Meal(as_break(meal)?));
    }
    for rest in &planned.rests {
        items.push(Item::Rest(as_break(rest)?));
    }
    // The order of the plan decides between what begins and ends at once.
    items.sort_by_key(|item| (item.starts(), item.ends()));
    let free = free(&items, &from);
    items.extend(free.into_iter().map(Item::Free));
    items.sort_by_key(|item| (item.starts(), item.ends()));
    let begins = items.iter().map(Item::starts).fold(planned.departs, NaiveDateTime::min);
    let ends = items.iter().map(Item::ends).fold(planned.returns, NaiveDateTime::max);
    let mut day = Day {
        number,
        date: planned.date,
        begins,
        departs: planned.departs,
        returns: planned.returns,
        ends,
        from,
        to,
        night: !last,
        items,
        drive_minutes: None,
        drive_metres: None,
        free_until: None,
    };
    day.drive_minutes = day.drives().map(|drive| drive.minutes.map(u64::from)).sum();
    day.drive_metres = day.drives().map(|drive| drive.metres.map(u64::from)).sum();
    Ok(day)
}

fn check_order(planned: &DayPlan) -> Result<(), BookError> {
    let date = planned.date;
    let backwards = |what: String| Err(BookError::Backwards { date, what });
    if planned.returns < planned.departs {
        return backwards("a day".to_owned());
    }
    for stop in &planned.stops {
        let slots = stop.slots.iter().any(|slot| slot.ends < slot.starts);
        if stop.ends < stop.starts || stop.starts < stop.arrives || slots {
            return backwards(format!("a visit of `{}`", text::line(&stop.host)));
        }
    }
    if planned.meal.as_ref().is_some_and(|meal| meal.ends < meal.starts) {
        return backwards("a meal".to_owned());
    }
    if planned.rests.iter().any(|rest| rest.ends < rest.starts) {
        return backwards("a rest".to_owned());
    }
    Ok(())
}

/// Whether a visit is the meal.
fn is_meal(stop: &Stop, meal: Option<&Pause>) -> bool {
    meal.is_some_and(|meal| meal.at.as_deref() == Some(stop.host.as_str()) && meal.starts == stop.starts)
}

fn place_of(book: &Book<'_>, planned: &DayPlan, pause: &Pause) -> Result<Option<Spot>, BookError> {
    let Some(code) = &pause.at else { return Ok(None) };
    if let Some(host) = book.tour.host(code) {
        spot(code, &host.name, &host.place).map(Some)
    } else if let Some(base) = book.tour.base(code) {
        spot(code, &base.name, &base.place).map(Some)
    } else {
        Err(BookError::UnknownPlace { date: planned.date, code: text::line(code) })
    }
}

fn call(book: &Book<'_>, party: &Party, planned: &DayPlan, stop: &Stop) -> Result<Call, BookError> {
    let host = book
        .tour
        .host(&stop.host)
        .ok_or_else(|| BookError::UnknownHost { date: planned.date, code: text::line(&stop.host) })?;
    let (state, agreed) = state(book, stop);
    Ok(Call {
        // Numbers and ties are known when all days are.
        number: 0,
        order: 0,
        place: spot(&host.code, &host.name, &host.place)?,
        host_kind: host.kind,
        district: host.district.as_deref().map(|code| district(book, code)),
        industries: host.industries.iter().map(|code| industry(book, code)).collect(),
        phases: text::lines(&host.phases),
        practices: text::lines(&host.practices),
        look_for: text::clean(&host.look_for),
        languages: text::lines(&host.languages),
        state,
        agreed,
        arrives: stop.arrives,
        starts: stop.starts,
        ends: stop.ends,
        meal: is_meal(stop, planned.meal.as_ref()),
        groups: groups(party, &stop.slots),
        contact: contact(book, &host.code),
        before: None,
        after: None,
        met: met::met(book, host),
    })
}

/// How far it is with a visit at the time of the plan, and for when it is confirmed where that is another one: nobody expects the party then.
fn state(book: &Book<'_>, stop: &Stop) -> (State, Option<NaiveDateTime>) {
    let visit = book.tour.visit(&stop.host);
    match visit.start {
        Some(agreed) if visit.state == State::Confirmed && agreed != stop.starts => {
            (State::Asked, Some(agreed))
        }
        _ => (visit.state, None),
    }
}

/// The legs of a day; one between places of no distance that takes no time is left out.
fn drives(book: &Book<'_>, planned: &DayPlan, from: &Spot, to: &Spot, visits: &[Item]) -> Vec<Drive> {
    let spots: Vec<&Spot> = std::iter::once(from)
        .chain(visits.iter().filter_map(|item| match item {
            Item::Visit(call) => Some(&call.place),
            _ => None,
        }))
        .chain(std::iter::once(to))
        .collect();
    let codes: Vec<&str> = std::iter::once(planned.from.as_str())
        .chain(planned.stops.iter().map(|stop| stop.host.as_str()))
        .chain(std::iter::once(planned.to.as_str()))
        .collect();
    let zone = book.tour.frame.time_zone;
    let round = book.tour.frame.round.max(1);
    let mut drives: Vec<Drive> = Vec::new();
    for at in 0..=planned.stops.len() {
        let (here, there) = (codes[at], codes[at + 1]);
        let ends = planned.stops.get(at).map_or(planned.returns, |stop| stop.arrives);
        let before = at.checked_sub(1).and_then(|before| planned.stops.get(before));
        let way = book.travel.way(here, there);
        let (known, minutes, metres) = match way {
            Way::Leg(leg) => {
                (Known::Yes, Some(leg.minutes.div_ceil(round).saturating_mul(round)), leg.metres)
            }
            Way::NoRoute => (Known::NoRoute, None, None),
            Way::Unknown => (Known::No, None, None),
        };
        let starts = before.map_or(planned.departs, |stop| leaves(book, planned, stop, ends, minutes, zone));
        let road = book
            .routes
            .iter()
            .find(|route| route.from == here && route.to == there && route.line.len() > 1)
            .map(|route| route.line.clone());
        let straight = road.is_none();
        let line = road
            .unwrap_or_else(|| vec![(spots[at].lon, spots[at].lat), (spots[at + 1].lon, spots[at + 1].lat)]);
        if starts == ends && minutes == Some(0) && metres.unwrap_or(0) == 0 {
            continue;
        }
        drives.push(Drive {
            number: drives.len() + 1,
            starts: starts.min(ends),
            ends,
            from: spots[at].clone(),
            to: spots[at + 1].clone(),
            known,
            minutes,
            metres,
            line,
            straight,
        });
    }
    drives
}

/// When the coach leaves a stop to be at the next place at `arrives`.
fn leaves(
    book: &Book<'_>,
    planned: &DayPlan,
    stop: &Stop,
    arrives: NaiveDateTime,
    minutes: Option<u32>,
    zone: Tz,
) -> NaiveDateTime {
    let meal = planned
        .meal
        .iter()
        .filter(|meal| meal.at.as_deref() == Some(stop.host.as_str()) && meal.starts >= stop.ends)
        .map(|meal| meal.ends)
        .filter(|&ends| ends <= arrives)
        .max();
    let ready = meal.map_or(stop.ends, |meal| meal.max(stop.ends));
    let Some(minutes) = minutes else {
        let pause = Duration::minutes(i64::from(book.tour.delegation.pace.pause()));
        return ready.max(stop.ends + pause).min(arrives);
    };
    let rests: i64 = planned
        .rests
        .iter()
        .filter(|rest| rest.at.is_none() && rest.starts >= ready && rest.ends <= arrives)
        .map(|rest| clock::minutes(zone, rest.starts, rest.ends))
        .sum();
    clock::before(zone, arrives, i64::from(minutes) + rests).max(ready)
}

/// The gaps between what happens.
fn free(items: &[Item], from: &Spot) -> Vec<Free> {
    let mut gaps = Vec::new();
    let mut place = from;
    let mut until: Option<NaiveDateTime> = None;
    for item in items {
        if let Some(until) = until
            && item.starts() > until
        {
            gaps.push(Free {
                starts: until,
                ends: item.starts(),
                place: place.clone(),
                before_visit: matches!(item, Item::Visit(_)),
            });
        }
        until = Some(until.map_or(item.ends(), |until| until.max(item.ends())));
        match item {
            Item::Drive(drive) => place = &drive.to,
            Item::Visit(call) => place = &call.place,
            Item::Meal(pause) | Item::Rest(pause) => place = pause.place.as_ref().unwrap_or(place),
            Item::Free(_) => {}
        }
    }
    gaps
}
