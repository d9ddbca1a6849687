//! From the keys of `tour.toml` to the frame of a tour.

use std::collections::BTreeSet;
use std::str::FromStr;

use chrono::TimeDelta;
use chrono_tz::{TZ_VARIANTS, Tz};
use distretto_study::fault::{Code, Fault, Log, Result, did_you_mean};
use distretto_tours::{Base, Day, Driving, Frame, Meal, Place};

use super::dates::{date, time};
use super::file::{BaseKeys, DayKeys, DrivingKeys, FrameKeys, MealKeys, TourFile};
use super::letters::{code, country_of_holidays, currency, unknown};
use super::numbers::{MOST, MOST_MINUTES, hundredths, minutes, within};

/// The frame, with what is wrong with it.
pub(super) fn frame(file: &TourFile, log: &mut Log) -> Result<Frame> {
    let FrameKeys { time_zone, country, currency: money, budget, seats, buffer, round, one_hotel, asked_on } =
        &file.frame;
    let in_frame =
        |fault: Box<Fault>| if fault.place.column.is_none() { fault.in_column("[frame]") } else { fault };
    let asked_on = asked_on.as_ref().map(|day| date(&day.0).map_err(|fault| fault.in_column("asked_on")));
    let bases = file.base.iter().map(base).collect::<Result<Vec<Base>>>()?;
    codes_once(&bases)?;
    let frame = Frame {
        time_zone: zone_of_frame(time_zone.as_deref()).map_err(in_frame)?,
        country: country.as_deref().map(country_of_holidays).transpose().map_err(in_frame)?,
        days: file.day.iter().map(day).collect::<Result<_>>()?,
        bases,
        one_hotel: *one_hotel,
        seats: seats.map(|seats| within(Code::TourValue, "seats", seats, 1, MOST)).transpose()?,
        budget: budget.map(|budget| hundredths("budget", budget)).transpose()?,
        currency: money.as_deref().map_or_else(|| Ok("EUR".to_owned()), currency).map_err(in_frame)?,
        driving: driving(&file.driving)?,
        buffer: buffer
            .map_or(Ok(0), |buffer| within(Code::TourMinutes, "buffer", buffer, 0, MOST_MINUTES))?,
        round: round.map_or(Ok(5), |round| within(Code::TourMinutes, "round", round, 1, 60))?,
        asked_on: asked_on.transpose()?,
    };
    days_in_order(&frame)?;
    bases_of_days(&frame)?;
    asked_in_time(&frame)?;
    nights(&frame, log);
    Ok(frame)
}

fn zone_of_frame(name: Option<&str>) -> Result<Tz> {
    match name {
        Some(name) => zone(name),
        None => Err(Fault::new(Code::TourTimeZone, "the tour has no time zone")
            .hint("say `time_zone = \"Europe/Rome\"`, or the zone that the tour is in")),
    }
}

/// A time zone by its name in the IANA database.
pub(super) fn zone(name: &str) -> Result<Tz> {
    // Abbreviations such as `CET` are zones of the database, too, but not those of a country.
    match Tz::from_str(name) {
        Ok(zone) if name.contains('/') || zone == Tz::UTC => Ok(zone),
        _ => {
            let names: Vec<&str> = TZ_VARIANTS
                .iter()
                .map(|zone| zone.name())
                .filter(|name| name.contains('/') && !name.starts_with("Etc/"))
                .collect();
            let ends_so = names
                .iter()
                .find(|known| known.rsplit('/').next().is_some_and(|city| city.eq_ignore_ascii_case(name)));
            let like = ends_so.copied().or_else(|| did_you_mean(name, &names)).unwrap_or("Europe/Rome");
            Err(Fault::new(Code::TourTimeZone, format!("`{name}` is not a time zone"))
                .because("time zones have names of the IANA database, such as `Europe/Rome`")
                .hint(format!("did you mean `{like}`?")))
        }
    }
}

fn base(keys: &BaseKeys) -> Result<Base> {
    let named = |fault: Box<Fault>| fault.in_column(format!("[[base]] {}", keys.code));
    if keys.code.trim().is_empty() {
        return Err(Fault::new(Code::TourIncomplete, "a base has an empty code").in_column("[[base]]"));
    }
    Ok(Base {
        code: code(keys.code.trim()).map_err(named)?,
        name: keys.name.clone(),
        place: Place {
            lon: degrees("lon", keys.lon, 180.0).map_err(named)?,
            lat: degrees("lat", keys.lat, 90.0).map_err(named)?,
            address: keys.address.clone(),
            town: keys.town.clone(),
        },
        hotel: keys.hotel,
        cost: keys.cost.map_or(Ok(0), |cost| hundredths("cost", cost)).map_err(named)?,
    })
}

/// A longitude or latitude within its limit.
pub(super) fn degrees(name: &str, value: f64, limit: f64) -> Result<f64> {
    if value.abs() <= limit {
        return Ok(value);
    }
    Err(Fault::new(Code::HostPlace, format!("`{name}` is {value}: not between -{limit} and {limit} degrees"))
        .hint("give degrees of longitude and latitude (WGS 84), not metres of a map"))
}

fn codes_once(bases: &[Base]) -> Result<()> {
    let mut seen = BTreeSet::new();
    match bases.iter().find(|base| !seen.insert(base.code.as_str())) {
        None => Ok(()),
        Some(twice) => Err(Fault::new(Code::TourCodeTwice, format!("there are two bases `{}`", twice.code))
            .in_column("[[base]]")),
    }
}

fn day(keys: &DayKeys) -> Result<Day> {
    let named = |fault: Box<Fault>| fault.in_column(format!("[[day]] {}", keys.date.0));
    let (starts, ends) = (time(&keys.starts.0).map_err(named)?, time(&keys.ends.0).map_err(named)?);
    let impossible = |what: String| named(Fault::new(Code::TourDays, what));
    if ends <= starts {
        return Err(impossible(format!(
            "the day ends at {} before it starts at {}",
            clock(ends),
            clock(starts)
        ))
        .hint("`starts` is the earliest departure, `ends` the latest return of the same day"));
    }
    let meal = keys.meal.as_ref().map(meal).transpose().map_err(named)?;
    if let Some(meal) = meal {
        let minutes = TimeDelta::minutes(i64::from(meal.minutes));
        if meal.until < starts || meal.from.max(starts).signed_duration_since(ends) > -minutes {
            return Err(impossible(format!(
                "the meal of {} minutes, begun between {} and {}, does not fit into the day",
                meal.minutes,
                clock(meal.from),
                clock(meal.until)
            )));
        }
    }
    Ok(Day {
        date: date(&keys.date.0).map_err(named)?,
        from: keys.from.as_ref().map(|from| from.0.clone()).unwrap_or_default(),
        to: keys.to.0.clone(),
        starts,
        ends,
        meal,
        most: keys
            .most
            .map(|most| within(Code::TourValue, "most", most, 0, MOST))
            .transpose()
            .map_err(named)?,
    })
}

fn meal(keys: &MealKeys) -> Result<Meal> {
    let meal = Meal {
        from: time(&keys.from.0)?,
        until: time(&keys.until.0)?,
        minutes: minutes("minutes", keys.minutes)?,
    };
    if meal.until < meal.from {
        return Err(Fault::new(
            Code::TourDays,
            format!("the meal begins at the latest at {}, before {}", clock(meal.until), clock(meal.from)),
        )
        .hint("`from` and `until` are the earliest and the latest start"));
    }
    Ok(meal)
}

fn clock(time: chrono::NaiveTime) -> String {
    time.format("%H:%M").to_string()
}

fn driving(keys: &DrivingKeys) -> Result<Driving> {
    let usual = Driving::default();
    let of = |key: &str, value: Option<i64>, usual: u32| {
        value.map_or(Ok(usual), |value| within(Code::TourMinutes, key, value, 1, 24 * 60))
    };
    Ok(Driving {
        stretch: of("stretch", keys.stretch, usual.stretch)?,
        rest: of("rest", keys.rest, usual.rest)?,
        day: of("day", keys.day, usual.day)?,
        night: of("night", keys.night, usual.night)?,
    })
}

fn days_in_order(frame: &Frame) -> Result<()> {
    if frame.days.is_empty() {
        return Err(Fault::new(Code::TourDays, "the tour has no day").hint("add a [[day]] for each"));
    }
    for pair in frame.days.windows(2) {
        let what = match pair[0].date.cmp(&pair[1].date) {
            std::cmp::Ordering::Less => continue,
            std::cmp::Ordering::Equal => format!("there are two days {}", pair[0].date),
            std::cmp::Ordering::Greater => format!("the day {} comes after {}", pair[1].date, pair[0].date),
        };
        return Err(Fault::new(Code::TourDays, what)
            .in_column(format!("[[day]] {}", pair[1].date))
            .hint("days stand in order, each once"));
    }
    Ok(())
}

fn bases_of_days(frame: &Frame) -> Result<()> {
    let known: Vec<&str> = frame.bases.iter().map(|base| base.code.as_str()).collect();
    let is_hotel = |code: &str| frame.bases.iter().any(|base| base.code == code && base.hotel);
    let last = frame.days.len() - 1;
    for (at, day) in frame.days.iter().enumerate() {
        let place = format!("[[day]] {}", day.date);
        for code in day.from.iter().chain(&day.to) {
            if !known.contains(&code.as_str()) {
                let what = format!("the day names a base `{code}` that is not there");
                return Err(unknown(Code::TourBase, what, code, &known).in_column(place));
            }
        }
        let lacks = |what: &str, hint: &str| {
            Err(Fault::new(Code::TourBase, what).in_column(place.clone()).hint(hint))
        };
        if at == 0 && day.from.is_empty() {
            return lacks("the first day begins nowhere", "give `from`: no day before has ended anywhere");
        }
        if day.to.is_empty() {
            return lacks("the day ends nowhere", "give a base in `to`");
        }
        if at < last && !day.to.iter().any(|code| is_hotel(code)) {
            return lacks(
                "the night after the day can be spent nowhere",
                "name a base with `hotel = true` in `to`; only the last day ends elsewhere",
            );
        }
    }
    let mut common: BTreeSet<&str> = known.into_iter().filter(|code| is_hotel(code)).collect();
    for day in &frame.days[..last] {
        common.retain(|code| day.to.iter().any(|to| to == code));
    }
    if frame.one_hotel && last > 0 && common.is_empty() {
        return Err(Fault::new(
            Code::TourBase,
            "all nights are to be spent in one hotel, and no hotel is in `to` of all days",
        )
        .in_column("one_hotel")
        .hint("name the hotel in `to` of every day but the last, or take `one_hotel` out"));
    }
    Ok(())
}

fn asked_in_time(frame: &Frame) -> Result<()> {
    match (frame.asked_on, frame.days.first()) {
        (Some(asked), Some(first)) if asked > first.date => Err(Fault::new(
            Code::TourValue,
            format!("hosts are asked on {asked}, after the tour begins on {}", first.date),
        )
        .in_column("asked_on")),
        _ => Ok(()),
    }
}

/// Warns of days whose hours cannot both be used whole.
fn nights(frame: &Frame, log: &mut Log) {
    for pair in frame.days.windows(2) {
        let rest = pair[1].date.and_time(pair[1].starts) - pair[0].date.and_time(pair[0].ends);
        if rest < TimeDelta::minutes(i64::from(frame.driving.night)) {
            let what = format!(
                "between {} of {} and {} of {} there are {} minutes, the driver's rest takes {}",
                clock(pair[0].ends),
                pair[0].date,
                clock(pair[1].starts),
                pair[1].date,
                rest.num_minutes(),
                frame.driving.night
            );
            log.add(
                Fault::new(Code::TourNight, what)
                    .hint("the plan keeps the rest: it returns earlier or leaves later than it might"),
            );
        }
    }
}
