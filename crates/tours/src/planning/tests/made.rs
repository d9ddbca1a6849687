//! Made tours: all places lie on one road, and are named by a letter.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use crate::check::check;
use crate::choosing::{Worth, worth};
use crate::delegation::{Delegate, Delegation, Pace};
use crate::frame::{Base, Day, Driving, Frame, Meal};
use crate::host::{Host, Kind, Place};
use crate::hours::Hours;
use crate::plan::{DayPlan, Plan};
use crate::planning::{Options, PlanError, Planned, plan};
use crate::rules::{Rules, Weights};
use crate::tour::Tour;
use crate::travel::{Leg, Travel, Way};
use crate::visit::{State, Visit};

/// A made tour. Whatever is not said is free: no pause, no meal, no limits, and a visit is worth what the planner adds to it.
pub struct Made {
    pub tour: Tour,
    /// Where places are on the road, in minutes from its beginning.
    pub places: BTreeMap<String, i64>,
    /// Ways that are not along the road.
    pub ways: Vec<(&'static str, &'static str, Way)>,
}

pub fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn time(text: &str) -> NaiveTime {
    NaiveTime::parse_from_str(text, "%H:%M").unwrap()
}

/// A time such as `2005-11-15 09:00`.
pub fn at(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
}

pub fn meal(from: &str, until: &str, minutes: u32) -> Meal {
    Meal { from: time(from), until: time(until), minutes }
}

impl Made {
    /// A tour of these days, each from 8 to 18 from the hotel `H`, at the beginning of the road, back to it.
    pub fn of(dates: &[&str]) -> Self {
        let zero = Weights {
            interest: 0,
            repeat: 0,
            fairness: 0,
            chain: 0,
            institution: 0,
            territory: 0,
            certainty: 0,
            language: 0,
            visit: 0,
        };
        let tour = Tour {
            title: String::new(),
            aim: String::new(),
            hosts: Vec::new(),
            delegation: Delegation {
                delegates: vec![Delegate {
                    code: "d1".to_owned(),
                    role: String::new(),
                    country: String::new(),
                    languages: Vec::new(),
                    interests: Vec::new(),
                    needs: Vec::new(),
                }],
                pace: Pace::Brisk,
                interpreted: Vec::new(),
                staff: 0,
            },
            frame: Frame {
                time_zone: chrono_tz::Europe::Rome,
                country: Some("IT".to_owned()),
                days: Vec::new(),
                bases: Vec::new(),
                one_hotel: false,
                seats: None,
                budget: None,
                currency: "EUR".to_owned(),
                driving: Driving::default(),
                buffer: 0,
                round: 5,
                asked_on: None,
            },
            visits: Vec::new(),
            rules: Rules { weights: zero, shortlist: 60, ..Rules::default() },
            districts: Vec::new(),
        };
        let mut made = Self { tour, places: BTreeMap::new(), ways: Vec::new() };
        made.base("H", 0, 0);
        made.tour.frame.days = dates
            .iter()
            .map(|text| Day {
                date: date(text),
                from: vec!["H".to_owned()],
                to: vec!["H".to_owned()],
                starts: time("08:00"),
                ends: time("18:00"),
                meal: None,
                most: None,
            })
            .collect();
        made
    }

    /// A day in the middle of November 2005, a Tuesday.
    pub fn day() -> Self {
        Self::of(&["2005-11-15"])
    }

    pub fn base(&mut self, code: &str, place: i64, cost: u64) -> &mut Base {
        self.places.insert(code.to_owned(), place);
        self.tour.frame.bases.push(Base {
            code: code.to_owned(),
            name: code.to_owned(),
            place: somewhere(),
            hotel: true,
            cost,
        });
        self.tour.frame.bases.last_mut().unwrap()
    }

    /// A host of a visit of an hour, open from 8 to 18, which is worth so many points.
    pub fn host(&mut self, code: &str, place: i64, points: i64) -> &mut Host {
        self.places.insert(code.to_owned(), place);
        self.tour.visits.push(Visit { extra: points, ..Visit::of(code) });
        self.tour.hosts.push(Host {
            code: code.to_owned(),
            name: code.to_owned(),
            kind: Kind::Enterprise,
            place: somewhere(),
            district: None,
            industries: Vec::new(),
            phases: Vec::new(),
            practices: Vec::new(),
            look_for: String::new(),
            hours: Some(Hours::parse("Mo-Su 08:00-18:00").unwrap()),
            country: None,
            time_zone: None,
            minutes: 60,
            group: None,
            guides: 1,
            stagger: None,
            languages: Vec::new(),
            notice: 0,
            meal: false,
            cost: 0,
            meets: Vec::new(),
            consent: true,
            valid_until: None,
        });
        self.tour.hosts.last_mut().unwrap()
    }

    /// A host with hours.
    pub fn open(&mut self, code: &str, place: i64, points: i64, hours: &str) -> &mut Host {
        let host = self.host(code, place, points);
        host.hours = Some(Hours::parse(hours).unwrap());
        host
    }

    pub fn visit(&mut self, code: &str) -> &mut Visit {
        self.tour.visits.iter_mut().find(|visit| visit.host == code).unwrap()
    }

    /// Confirms a visit.
    pub fn confirm(&mut self, code: &str, start: &str) {
        let visit = self.visit(code);
        (visit.state, visit.start) = (State::Confirmed, Some(at(start)));
    }

    pub fn travel(&self) -> Travel {
        let mut travel = Travel::new(self.places.keys().cloned(), "a road");
        for (from, a) in &self.places {
            for (to, b) in &self.places {
                let minutes = u32::try_from((a - b).abs()).unwrap();
                travel.set(from, to, Way::Leg(Leg { minutes, metres: None }));
            }
        }
        for &(from, to, way) in &self.ways {
            assert!(travel.set(from, to, way));
        }
        travel
    }

    pub fn worth(&self) -> Worth {
        worth(&self.tour)
    }

    /// The best plan, which has passed the check.
    pub fn planned(&self) -> Result<Planned, PlanError> {
        let planned = plan(&self.tour, &self.travel(), &self.worth(), &quick())?;
        self.check(&planned.plan);
        Ok(planned)
    }

    /// Whether a plan keeps to everything, by a checker that shares no code with the planning.
    pub fn check(&self, plan: &Plan) {
        let verdict = check(&self.tour, &self.travel(), plan);
        assert!(verdict.is_good(), "{:#?}\n{:#?}", verdict.violations, brief(plan));
    }

    /// The best plan in short, one line a day.
    pub fn best(&self) -> Vec<String> {
        brief(&self.planned().unwrap().plan)
    }
}

pub fn quick() -> Options<'static> {
    Options { iterations: 300, ..Options::default() }
}

fn somewhere() -> Place {
    Place { lon: 17.9, lat: 40.6, address: String::new(), town: String::new() }
}

/// Days in short: where and when each begins, its visits, its meal, its rests, where and when it ends.
pub fn brief(plan: &Plan) -> Vec<String> {
    plan.days.iter().map(brief_day).collect()
}

pub fn brief_day(day: &DayPlan) -> String {
    let time = |time: NaiveDateTime| time.format("%H:%M").to_string();
    let span = |starts, ends| format!("{}-{}", time(starts), time(ends));
    let mut parts = vec![format!("{} {}", day.from, time(day.departs))];
    parts.extend(day.stops.iter().map(|stop| format!("{} {}", stop.host, span(stop.starts, stop.ends))));
    parts.extend(day.meal.iter().map(|meal| {
        format!("meal at {} {}", meal.at.as_deref().unwrap_or("-"), span(meal.starts, meal.ends))
    }));
    parts.extend(day.rests.iter().map(|rest| {
        format!("rest at {} {}", rest.at.as_deref().unwrap_or("-"), span(rest.starts, rest.ends))
    }));
    parts.push(format!("{} {}", day.to, time(day.returns)));
    parts.join(", ")
}
