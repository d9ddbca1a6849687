//! `plan.csv`: a row for each thing that happens; what is left out is worked out.

use std::cell::RefCell;
use std::path::Path;

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use distretto_study::config::{Decimal, Texts};
use distretto_study::fault::{Code, Log, Result, listed};
use distretto_study::tables::Folder;
use distretto_tours::plan::{DayPlan, Pause, Slot, Stop};
use distretto_tours::travel::Way;
use distretto_tours::{Day, Host, Plan, State, Tour, Travel};

use crate::folder::letters::unknown;
use crate::folder::rows::{Row, Shape, Sheet};

const SHAPE: Shape = Shape {
    section: "plan",
    needed: &["date", "place"],
    optional: &["what", "arrives", "starts", "ends"],
    aliases: &[("place", &["host"])],
    personal: false,
    may_be_empty: false,
};

/// What a row is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Leave,
    Visit,
    Meal,
    Rest,
    Return,
}

const WHATS: [(&str, What); 5] = [
    ("visit", What::Visit),
    ("meal", What::Meal),
    ("rest", What::Rest),
    ("leave", What::Leave),
    ("return", What::Return),
];

/// The rows of a day, sorted by what they are about, in their order.
#[derive(Debug, Default)]
struct Rows {
    leave: Option<(String, NaiveDateTime)>,
    /// Host, arrival, start and end.
    visits: Vec<(String, Option<NaiveDateTime>, NaiveDateTime, Option<NaiveDateTime>)>,
    meal: Option<Pause>,
    rests: Vec<Pause>,
    back: Option<(String, NaiveDateTime)>,
}

/// Reads a plan of this tour. Every day of the tour is a day of the plan, with or without rows.
pub(super) fn read(path: &Path, tour: &Tour, travel: &Travel, log: &mut Log) -> Result<Plan> {
    let days: Vec<NaiveDate> = tour.frame.days.iter().map(|day| day.date).collect();
    let rows: RefCell<Vec<Rows>> = RefCell::new(days.iter().map(|_| Rows::default()).collect());
    let folder = Folder::new("");
    let paths = Texts(vec![path.to_string_lossy().into_owned()]);
    let sheet = Sheet { shape: SHAPE, folder: &folder, paths, decimal: Decimal::Point };
    sheet.read(log, |row| {
        row.needed("date")?;
        let date = row.date("date")?.unwrap_or_default();
        let Some(at) = days.iter().position(|day| *day == date) else {
            let names: Vec<String> = days.iter().map(NaiveDate::to_string).collect();
            return Err(row
                .fault(Code::PlanUnreadable, "date", format!("{date} is not a day of the tour"))
                .because(format!("its days are {}", listed(&names, 15))));
        };
        add(row, date, tour, &mut rows.borrow_mut()[at])
    })?;
    let mut plan = Plan::default();
    for (day, rows) in tour.frame.days.iter().zip(rows.into_inner()) {
        let before = plan.days.last().map(|day| day.to.clone());
        plan.days.push(Working { tour, travel, day }.day_plan(rows, before.as_deref()));
    }
    Ok(plan)
}

/// Adds a row to its day.
fn add(row: &Row<'_>, date: NaiveDate, tour: &Tour, rows: &mut Rows) -> Result<()> {
    let what = row.word("what", &WHATS)?.unwrap_or(What::Visit);
    let moment = |column: &str| row.moment(column, Some(date));
    let needed = |column: &str| -> Result<NaiveDateTime> {
        moment(column)?.ok_or_else(|| row.fault(Code::ValueMissing, column, format!("`{column}` is empty")))
    };
    let base = || -> Result<String> {
        let code = row.needed("place")?;
        let known: Vec<&str> = tour.frame.bases.iter().map(|base| base.code.as_str()).collect();
        if known.contains(&code) {
            return Ok(code.to_owned());
        }
        Err(row.placed(
            unknown(Code::PlanPlace, format!("the tour has no base `{code}`"), code, &known),
            "place",
        ))
    };
    let twice = || row.fault(Code::PlanUnreadable, "what", format!("{date} has it twice"));
    let pause = || -> Result<Pause> {
        Ok(Pause {
            starts: needed("starts")?,
            ends: needed("ends")?,
            at: row.text("place").map(str::to_owned),
        })
    };
    match what {
        What::Leave if rows.leave.is_some() => return Err(twice()),
        What::Meal if rows.meal.is_some() => return Err(twice()),
        What::Return if rows.back.is_some() => return Err(twice()),
        What::Leave => rows.leave = Some((base()?, needed("starts")?)),
        What::Return => rows.back = Some((base()?, needed("ends")?)),
        What::Rest => rows.rests.push(pause()?),
        What::Meal => {
            let mut meal = pause()?;
            // A meal without a place is where one is.
            meal.at = meal.at.or_else(|| rows.visits.last().map(|visit| visit.0.clone()));
            rows.meal = Some(meal);
        }
        What::Visit => {
            let code = row.needed("place")?;
            if tour.host(code).is_none() {
                let known: Vec<&str> = tour.hosts.iter().map(|host| host.code.as_str()).collect();
                let what = format!("the tour has no host `{code}`");
                return Err(row.placed(unknown(Code::PlanPlace, what, code, &known), "place"));
            }
            rows.visits.push((code.to_owned(), moment("arrives")?, needed("starts")?, moment("ends")?));
        }
    }
    Ok(())
}

/// A day of the frame whose plan is worked out.
struct Working<'a> {
    tour: &'a Tour,
    travel: &'a Travel,
    day: &'a Day,
}

impl Working<'_> {
    /// The plan of the day; `before` is the base where the day before ended.
    fn day_plan(&self, rows: Rows, before: Option<&str>) -> DayPlan {
        let first = rows.visits.first().map(|visit| visit.0.as_str());
        let last = rows.visits.last().map(|visit| visit.0.as_str());
        let given = rows.leave.as_ref().map(|(base, _)| base.clone());
        let from = given.unwrap_or_else(|| self.begins(before, first));
        let given = rows.back.as_ref().map(|(base, _)| base.clone());
        let to = given.unwrap_or_else(|| self.ends(last.unwrap_or(&from)));
        let mut day = DayPlan {
            date: self.day.date,
            departs: self.day.date.and_time(self.day.starts),
            returns: self.day.date.and_time(self.day.starts),
            from,
            to,
            stops: Vec::new(),
            meal: rows.meal,
            rests: rows.rests,
        };
        for (code, arrives, starts, ends) in &rows.visits {
            day.stops.extend(self.stop(code, arrives.unwrap_or(*starts), *starts, *ends));
        }
        if day.meal.is_none() {
            day.meal = self.visit_as_meal(&day.stops);
        }
        if let Some(meal) = &mut day.meal
            && meal.at.is_none()
        {
            meal.at = Some(day.from.clone());
        }
        day.departs = rows.leave.map_or_else(|| self.departs(&day), |(_, departs)| departs);
        for (at, visit) in rows.visits.iter().enumerate() {
            if visit.1.is_none() {
                day.stops[at].arrives = self.arrives(&day, at);
            }
        }
        day.returns = rows.back.map_or_else(|| self.arrives(&day, day.stops.len()), |(_, returns)| returns);
        day
    }

    /// The latest arrival for a visit: earlier by the buffer where it is confirmed.
    fn in_time(&self, stop: &Stop) -> NaiveDateTime {
        let confirmed = self.tour.visit(&stop.host).state == State::Confirmed;
        earlier(stop.starts, if confirmed { self.tour.frame.buffer } else { 0 })
    }

    fn begins(&self, before: Option<&str>, first: Option<&str>) -> String {
        match (self.day.from.as_slice(), first) {
            ([], _) => before.unwrap_or_default().to_owned(),
            (bases, Some(first)) => nearest(bases, |base| self.minutes(base, first)),
            (bases, None) => bases[0].clone(),
        }
    }

    fn ends(&self, last: &str) -> String {
        nearest(&self.day.to, |base| self.minutes(last, base))
    }

    /// Minutes of a way, rounded as the frame says; `None` where there is no way, or nobody knows it.
    fn minutes(&self, from: &str, to: &str) -> Option<u32> {
        let round = self.tour.frame.round.max(1);
        match self.travel.way(from, to) {
            Way::Leg(leg) => Some(leg.minutes.div_ceil(round).saturating_mul(round)),
            Way::NoRoute | Way::Unknown => None,
        }
    }

    fn stop(
        &self,
        code: &str,
        arrives: NaiveDateTime,
        starts: NaiveDateTime,
        ends: Option<NaiveDateTime>,
    ) -> Option<Stop> {
        let mut host: Host = self.tour.host(code)?.clone();
        host.minutes = self.tour.visit(code).minutes.unwrap_or(host.minutes);
        let groups = host.groups(self.tour.delegation.people());
        let slot = |(people, offset): (&u32, &u32)| {
            let starts = later(starts, *offset);
            Slot { people: *people, starts, ends: later(starts, host.minutes) }
        };
        let several = groups.sizes.len() > 1;
        let slots = groups.sizes.iter().zip(&groups.starts).filter(|_| several).map(slot).collect();
        let ends = ends.unwrap_or_else(|| later(starts, groups.minutes));
        Some(Stop { host: code.to_owned(), arrives, starts, ends, slots })
    }

    /// The first visit that is the meal of the day.
    fn visit_as_meal(&self, stops: &[Stop]) -> Option<Pause> {
        let window = self.day.meal?;
        let is_meal = |stop: &&Stop| {
            let clock = stop.starts.time();
            self.tour.host(&stop.host).is_some_and(|host| host.meal)
                && stop.starts.date() == self.day.date
                && (window.from..=window.until).contains(&clock)
        };
        let stop = stops.iter().find(is_meal)?;
        Some(Pause { starts: stop.starts, ends: stop.ends, at: Some(stop.host.clone()) })
    }

    /// As late as one can leave to be at the first place when something begins there; the start of the day without any visit.
    fn departs(&self, day: &DayPlan) -> NaiveDateTime {
        let Some(first) = day.stops.first() else { return day.departs };
        let at_first = pauses(day).filter(|pause| pause.at.as_deref() == Some(first.host.as_str()));
        let in_time = self.in_time(first);
        let begins = at_first.map(|pause| pause.starts).chain([in_time]).min().unwrap_or(in_time);
        let way = self.minutes(&day.from, &first.host).unwrap_or(0);
        let on_the_road = day.rests.iter().filter(|rest| rest.at.is_none() && rest.ends <= begins);
        earlier(begins, way) - on_the_road.map(length).sum::<TimeDelta>()
    }

    /// When the coach arrives at a stop, or at the base after the last, if it leaves the place before as soon as it may.
    fn arrives(&self, day: &DayPlan, at: usize) -> NaiveDateTime {
        let before = at.checked_sub(1).and_then(|before| day.stops.get(before));
        let (from, leaves) = match before {
            None => (day.from.as_str(), day.departs),
            Some(stop) => {
                let free = later(stop.ends, self.tour.delegation.pace.pause());
                let here = pauses(day)
                    .filter(|pause| pause.at.as_deref() == Some(&stop.host) && pause.starts >= stop.ends);
                (stop.host.as_str(), here.map(|pause| pause.ends).chain([free]).max().unwrap_or(free))
            }
        };
        let next = day.stops.get(at);
        let way = self.minutes(from, next.map_or(day.to.as_str(), |stop| stop.host.as_str())).unwrap_or(0);
        let until = next.map_or(NaiveDateTime::MAX, |stop| stop.starts);
        let on_the_road =
            day.rests.iter().filter(|rest| rest.at.is_none() && rest.starts >= leaves && rest.ends <= until);
        later(leaves, way) + on_the_road.map(length).sum::<TimeDelta>()
    }
}

fn pauses(day: &DayPlan) -> impl Iterator<Item = &Pause> {
    day.meal.iter().chain(&day.rests)
}

fn length(pause: &Pause) -> TimeDelta {
    pause.ends - pause.starts
}

fn later(moment: NaiveDateTime, minutes: u32) -> NaiveDateTime {
    moment.checked_add_signed(TimeDelta::minutes(i64::from(minutes))).unwrap_or(NaiveDateTime::MAX)
}

fn earlier(moment: NaiveDateTime, minutes: u32) -> NaiveDateTime {
    moment.checked_sub_signed(TimeDelta::minutes(i64::from(minutes))).unwrap_or(NaiveDateTime::MIN)
}

/// The bytes of `plan.csv`.
pub(super) fn write(plan: &Plan) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["date", "what", "place", "arrives", "starts", "ends"])?;
    for day in &plan.days {
        for row in rows_of(day) {
            writer.write_record(row)?;
        }
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

/// The rows of a day, by when they begin; what a day begins and ends with stands first and last.
fn rows_of(day: &DayPlan) -> Vec<[String; 6]> {
    let clock = |moment: NaiveDateTime| {
        let format = if moment.date() == day.date { "%H:%M" } else { "%Y-%m-%d %H:%M" };
        moment.format(format).to_string()
    };
    let row = |what: &str, place: &str, arrives: String, starts: String, ends: String| {
        [day.date.to_string(), what.to_owned(), place.to_owned(), arrives, starts, ends]
    };
    let pause = |what: &str, pause: &Pause| {
        let place = pause.at.as_deref().unwrap_or_default();
        (pause.starts, row(what, place, String::new(), clock(pause.starts), clock(pause.ends)))
    };
    let visit = |stop: &Stop| {
        (stop.starts, row("visit", &stop.host, clock(stop.arrives), clock(stop.starts), clock(stop.ends)))
    };
    let mut within: Vec<(NaiveDateTime, [String; 6])> = day.stops.iter().map(visit).collect();
    within.extend(day.meal.iter().map(|meal| pause("meal", meal)));
    within.extend(day.rests.iter().map(|rest| pause("rest", rest)));
    within.sort_by_key(|(starts, _)| *starts);
    let mut rows = vec![row("leave", &day.from, String::new(), clock(day.departs), String::new())];
    rows.extend(within.into_iter().map(|(_, row)| row));
    rows.push(row("return", &day.to, String::new(), String::new(), clock(day.returns)));
    rows
}

/// The base with the fewest minutes, the first of several; those without a way come last.
fn nearest(bases: &[String], minutes: impl Fn(&str) -> Option<u32>) -> String {
    bases.iter().min_by_key(|base| minutes(base).unwrap_or(u32::MAX)).cloned().unwrap_or_default()
}
