//! A plan for reading.

use std::fmt::Write as _;

use chrono::NaiveDateTime;
use distretto_tours::plan::DayPlan;
use distretto_tours::travel::Way;
use distretto_tours::{Plan, Tour, Travel};

/// The days of a plan, a line a thing that happens.
pub fn timetable(tour: &Tour, travel: &Travel, plan: &Plan) -> String {
    let mut text = String::new();
    for day in &plan.days {
        let _ = write!(text, "{}\n{}", day.date.format("%a %-d %b %Y"), of_day(tour, travel, day));
        text.push('\n');
    }
    text
}

fn of_day(tour: &Tour, travel: &Travel, day: &DayPlan) -> String {
    let mut lines: Vec<(NaiveDateTime, u8, String)> = Vec::new();
    let mut here = day.from.as_str();
    lines.push((day.departs, 0, format!("{}        leave {}", clock(day.departs), name(tour, here))));
    for stop in &day.stops {
        let wait = stop.starts - stop.arrives;
        let early = if wait.num_minutes() > 0 {
            format!(", {} min early", wait.num_minutes())
        } else {
            String::new()
        };
        lines.push((
            stop.starts,
            2,
            format!(
                "{}-{}  {}  ({}{early})",
                clock(stop.starts),
                clock(stop.ends),
                name(tour, &stop.host),
                drive(travel, here, &stop.host)
            ),
        ));
        for slot in &stop.slots {
            lines.push((
                slot.starts,
                3,
                format!("  {}-{}  {} persons", clock(slot.starts), clock(slot.ends), slot.people),
            ));
        }
        here = &stop.host;
    }
    let is_visit = |meal: NaiveDateTime| day.stops.iter().any(|stop| stop.starts <= meal && meal < stop.ends);
    for meal in day.meal.iter().filter(|meal| !is_visit(meal.starts)) {
        let at = meal.at.as_deref().map(|at| format!(" at {}", name(tour, at))).unwrap_or_default();
        lines.push((meal.starts, 1, format!("{}-{}  meal{at}", clock(meal.starts), clock(meal.ends))));
    }
    for rest in &day.rests {
        lines.push((
            rest.starts,
            1,
            format!("{}-{}  rest of the driver", clock(rest.starts), clock(rest.ends)),
        ));
    }
    lines.push((
        day.returns,
        4,
        format!(
            "{}        at {}  ({})",
            clock(day.returns),
            name(tour, &day.to),
            drive(travel, here, &day.to)
        ),
    ));
    lines.sort_by_key(|(at, rank, _)| (*at, *rank));
    lines.iter().fold(String::new(), |mut text, (_, _, line)| {
        let _ = writeln!(text, "  {line}");
        text
    })
}

fn drive(travel: &Travel, from: &str, to: &str) -> String {
    match travel.way(from, to) {
        Way::Leg(leg) => match leg.metres {
            Some(metres) => format!("{} min, {:.0} km", leg.minutes, f64::from(metres) / 1000.0),
            None => format!("{} min", leg.minutes),
        },
        Way::NoRoute => "no way".to_owned(),
        Way::Unknown => "way not known".to_owned(),
    }
}

fn name<'a>(tour: &'a Tour, code: &'a str) -> &'a str {
    let host = tour.host(code).map(|host| host.name.as_str());
    host.or_else(|| tour.base(code).map(|base| base.name.as_str())).unwrap_or(code)
}

fn clock(moment: NaiveDateTime) -> String {
    moment.format("%H:%M").to_string()
}
