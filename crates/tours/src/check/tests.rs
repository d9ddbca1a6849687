//! A good plan passes; a plan that is broken in one way has exactly that violation.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use super::*;
use crate::delegation::{Delegate, Delegation, Pace, Subject};
use crate::frame::{Base, Day, Driving, Frame, Meal};
use crate::host::{Host, Kind, Place};
use crate::plan::{DayPlan, Pause, Slot, Stop};
use crate::rules::{Per, Quota, Rules, Which};
use crate::travel::{Leg, Way};
use crate::visit::{Demand, State, Visit};

fn date(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2005, 11, day).unwrap()
}

fn time(text: &str) -> NaiveTime {
    NaiveTime::parse_from_str(text, "%H:%M").unwrap()
}

fn at(day: u32, text: &str) -> NaiveDateTime {
    date(day).and_time(time(text))
}

fn place() -> Place {
    Place { lon: 18.0, lat: 40.5, address: String::new(), town: String::new() }
}

pub(super) fn host(code: &str, kind: Kind, hours: Option<&str>, minutes: u32) -> Host {
    Host {
        code: code.to_owned(),
        name: format!("The {code}"),
        kind,
        place: place(),
        district: Some("east".to_owned()),
        industries: Vec::new(),
        phases: vec![format!("phase of {code}")],
        practices: Vec::new(),
        look_for: String::new(),
        hours: hours.map(|hours| hours.parse::<String>().unwrap().try_into().unwrap()),
        country: None,
        time_zone: None,
        minutes,
        group: None,
        guides: 1,
        stagger: None,
        languages: vec!["it".to_owned()],
        notice: 7,
        meal: false,
        cost: 1_000,
        meets: vec!["step-free".to_owned()],
        consent: true,
        valid_until: None,
    }
}

fn base(code: &str, hotel: bool) -> Base {
    Base { code: code.to_owned(), name: format!("The {code}"), place: place(), hotel, cost: 50_000 }
}

fn delegate(code: &str, language: &str) -> Delegate {
    Delegate {
        code: code.to_owned(),
        role: String::new(),
        country: String::new(),
        languages: vec![language.to_owned()],
        interests: Vec::new(),
        needs: vec!["step-free".to_owned()],
    }
}

/// Two days, Tuesday 15 and Wednesday 16 November 2005: from the station by the mill (two groups), the lab and the town (confirmed at 16:00) to
/// the hotel; from there by the port and the farm, which is the meal, to the station. Every way takes 19 minutes, which count as 20.
struct Case {
    tour: Tour,
    travel: Travel,
    plan: Plan,
}

const PLACES: [&str; 9] = ["station", "hotel", "inn", "mill", "lab", "town", "port", "farm", "else"];

fn good() -> Case {
    let open = Some("Mo-Fr 09:00-12:30,14:30-18:00");
    let mut mill = host("mill", Kind::Enterprise, open, 45);
    (mill.group, mill.stagger) = (Some(2), Some(15));
    let mut farm = host("farm", Kind::TerritorialSite, Some("12:00-15:00"), 90);
    farm.meal = true;
    let hosts = vec![
        mill,
        host("lab", Kind::ResearchCentre, Some("Mo-Fr 09:00-18:00; PH off"), 60),
        host("town", Kind::Institution, None, 60),
        host("port", Kind::TerritorialSite, Some("24/7"), 60),
        farm,
        host("else", Kind::Enterprise, open, 60),
    ];
    let meal = Meal { from: time("12:00"), until: time("14:00"), minutes: 60 };
    let day = |day, from: &[&str], to: &[&str]| Day {
        date: date(day),
        from: from.iter().map(ToString::to_string).collect(),
        to: to.iter().map(ToString::to_string).collect(),
        starts: time("08:00"),
        ends: time("19:00"),
        meal: Some(meal),
        most: None,
    };
    let frame = Frame {
        time_zone: chrono_tz::Europe::Rome,
        country: Some("IT".to_owned()),
        days: vec![day(15, &["station"], &["hotel", "inn"]), day(16, &[], &["station"])],
        bases: vec![base("station", false), base("hotel", true), base("inn", true)],
        one_hotel: true,
        seats: Some(8),
        budget: Some(100_000),
        currency: "EUR".to_owned(),
        driving: Driving::default(),
        buffer: 15,
        round: 5,
        asked_on: Some(date(1)),
    };
    let town = Visit { state: State::Confirmed, start: Some(at(15, "16:00")), ..Visit::of("town") };
    let port = Visit { demand: Demand::Mandatory, ..Visit::of("port") };
    let tour = Tour {
        title: "A tour".to_owned(),
        aim: String::new(),
        hosts,
        delegation: Delegation {
            delegates: vec![delegate("D1", "it"), delegate("D2", "it"), delegate("D3", "it")],
            pace: Pace::Usual,
            interpreted: Vec::new(),
            staff: 1,
        },
        frame,
        visits: vec![town, port],
        rules: Rules::default(),
        districts: Vec::new(),
    };
    let mut travel = Travel::new(PLACES, "made");
    for from in PLACES {
        for to in PLACES.into_iter().filter(|&to| to != from) {
            travel.set(from, to, Way::Leg(Leg { minutes: 19, metres: Some(12_000) }));
        }
    }
    Case { tour, travel, plan: plan() }
}

fn stop(host: &str, day: u32, arrives: &str, starts: &str, ends: &str) -> Stop {
    Stop {
        host: host.to_owned(),
        arrives: at(day, arrives),
        starts: at(day, starts),
        ends: at(day, ends),
        slots: Vec::new(),
    }
}

fn pause(day: u32, starts: &str, ends: &str, place: Option<&str>) -> Pause {
    Pause { starts: at(day, starts), ends: at(day, ends), at: place.map(str::to_owned) }
}

fn plan() -> Plan {
    let slot = |starts, ends| Slot { people: 2, starts: at(15, starts), ends: at(15, ends) };
    let mut mill = stop("mill", 15, "09:00", "09:00", "10:00");
    mill.slots = vec![slot("09:00", "09:45"), slot("09:15", "10:00")];
    let first = DayPlan {
        date: date(15),
        from: "station".to_owned(),
        to: "hotel".to_owned(),
        departs: at(15, "08:40"),
        returns: at(15, "17:30"),
        stops: vec![
            mill,
            stop("lab", 15, "10:30", "10:30", "11:30"),
            stop("town", 15, "15:30", "16:00", "17:00"),
        ],
        meal: Some(pause(15, "12:00", "13:00", Some("lab"))),
        rests: Vec::new(),
    };
    let second = DayPlan {
        date: date(16),
        from: "hotel".to_owned(),
        to: "station".to_owned(),
        departs: at(16, "08:40"),
        returns: at(16, "14:30"),
        stops: vec![stop("port", 16, "09:00", "09:00", "10:00"), stop("farm", 16, "12:30", "12:30", "14:00")],
        meal: Some(pause(16, "12:30", "14:00", Some("farm"))),
        rests: Vec::new(),
    };
    Plan { days: vec![first, second], proven: None }
}

impl Case {
    fn check(&self) -> Verdict {
        check(&self.tour, &self.travel, &self.plan)
    }

    fn host(&mut self, code: &str) -> &mut Host {
        self.tour.hosts.iter_mut().find(|host| host.code == code).unwrap()
    }

    fn visit(&mut self, code: &str) -> &mut Visit {
        if !self.tour.visits.iter().any(|visit| visit.host == code) {
            self.tour.visits.push(Visit::of(code));
        }
        self.tour.visits.iter_mut().find(|visit| visit.host == code).unwrap()
    }

    fn way(&mut self, from: &str, to: &str, minutes: u32) {
        assert!(self.travel.set(from, to, Way::Leg(Leg { minutes, metres: None })));
    }

    fn quota(&mut self, quota: Quota) {
        self.tour.rules.quotas.push(quota);
    }
}

fn named(code: &str) -> Named {
    Named { code: code.to_owned(), name: format!("The {code}") }
}

/// Breaks one thing of the good plan; exactly this violation is found.
#[track_caller]
fn breaks(day: Option<u32>, host: Option<&str>, breach: Breach, mutate: impl FnOnce(&mut Case)) {
    let mut case = good();
    mutate(&mut case);
    let expected = Violation { day: day.map(date), host: host.map(named), breach };
    assert_eq!(case.check().violations, [expected]);
}

/// Changes something of the good plan that breaks nothing.
#[track_caller]
fn passes(mutate: impl FnOnce(&mut Case)) {
    let mut case = good();
    mutate(&mut case);
    assert_eq!(case.check().violations, []);
}

#[test]
fn a_good_plan_breaks_nothing_and_is_added_up() {
    let verdict = good().check();
    assert_eq!(verdict.violations, []);
    assert!(verdict.is_good());
    let totals = Totals {
        days: 2,
        visits: 5,
        visiting: 60 + 60 + 60 + 60 + 90,
        driving: 7 * 20,
        metres: Some(7 * 12_000),
        waiting: 30,
        away: 530 + 350,
        visits_cost: 5_000,
        nights_cost: 50_000,
    };
    assert_eq!(verdict.totals, totals);
    assert_eq!(verdict.totals.cost(), 55_000);
}

#[test]
fn everything_that_is_broken_is_told() {
    let mut case = good();
    case.host("mill").consent = false;
    case.visit("lab").state = State::Declined;
    case.plan.days[1].returns = at(16, "14:29");
    case.tour.frame.seats = Some(3);
    let told: Vec<String> = case.check().violations.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "The whole tour: 4 persons travel, and the coach has 3 seats",
            "Tuesday 15 November 2005, The lab: the host has said no",
            "Tuesday 15 November 2005, The mill: has not agreed to be asked",
            "Wednesday 16 November 2005: arrives at The station at 14:29, 1 minute too soon: it can leave The farm at 14:10, \
             and needs 20 minutes of driving",
        ]
    );
}

#[test]
fn seats_and_money() {
    breaks(None, None, Breach::Seats { people: 4, seats: 3 }, |case| case.tour.frame.seats = Some(3));
    passes(|case| case.tour.frame.seats = Some(4));
    let currency = "EUR".to_owned();
    let over = Breach::Budget { cost: 55_000, budget: 54_999, currency };
    assert_eq!(over.to_string(), "costs 550.00 EUR, 0.01 more than the budget of 549.99");
    breaks(None, None, over, |case| case.tour.frame.budget = Some(54_999));
    passes(|case| case.tour.frame.budget = Some(55_000));
    // The last night is spent at home.
    passes(|case| (case.tour.frame.bases[0].cost, case.tour.frame.budget) = (99_999, Some(55_000)));
}

#[test]
fn days() {
    breaks(Some(17), None, Breach::DayMissing, |case| {
        let day = Day { date: date(17), from: vec!["station".to_owned()], ..case.tour.frame.days[1].clone() };
        case.tour.frame.days.push(day);
    });
    breaks(Some(15), None, Breach::DayUnknown, |case| {
        case.tour.frame.days.remove(0);
    });
    let empty = |day, from: &str, hours: [&str; 2]| DayPlan {
        date: date(day),
        from: from.to_owned(),
        to: "station".to_owned(),
        departs: at(day, hours[0]),
        returns: at(day, hours[1]),
        stops: Vec::new(),
        meal: Some(pause(day, "13:00", "14:00", Some("station"))),
        rests: Vec::new(),
    };
    let mut case = good();
    case.plan.days.push(empty(16, "station", ["14:30", "14:30"]));
    (case.tour.frame.driving.night, case.tour.frame.one_hotel, case.tour.frame.bases[0].hotel) =
        (0, false, true);
    case.tour.frame.budget = None;
    let told: Vec<Breach> = case.check().violations.into_iter().map(|violation| violation.breach).collect();
    assert_eq!(told, [Breach::DayTwice]);

    let mut case = good();
    case.plan.days.swap(0, 1);
    let told = case.check().violations;
    assert!(
        told.contains(&Violation { day: Some(date(15)), host: None, breach: Breach::DayOutOfOrder }),
        "{told:?}"
    );
}

#[test]
fn hours_of_a_day() {
    breaks(Some(15), None, Breach::DepartsEarly { earliest: time("08:00"), by: 1 }, |case| {
        case.plan.days[0].departs = at(15, "07:59");
    });
    passes(|case| case.plan.days[0].departs = at(15, "08:00"));
    breaks(Some(16), None, Breach::ReturnsLate { latest: time("19:00"), by: 30 }, |case| {
        case.plan.days[1].returns = at(16, "19:30");
    });
    passes(|case| case.plan.days[1].returns = at(16, "19:00"));
}

#[test]
fn times_that_no_clock_shows() {
    let odd = at(15, "08:40") - chrono::TimeDelta::seconds(1);
    breaks(Some(15), None, Breach::Seconds { time: odd }, |case| case.plan.days[0].departs = odd);
    // In the night to Sunday, 27 March 2005, the clocks went from 2 to 3.
    let mut case = good();
    let sunday = NaiveDate::from_ymd_opt(2005, 3, 27).unwrap();
    let mut day = case.plan.days[0].clone();
    (day.date, day.stops, day.meal) = (sunday, Vec::new(), None);
    (day.departs, day.returns) = (sunday.and_time(time("01:50")), sunday.and_time(time("02:30")));
    (case.tour.visits, case.tour.frame.days) = (Vec::new(), vec![case.tour.frame.days[0].clone()]);
    (case.tour.frame.days[0].date, case.tour.frame.days[0].meal) = (sunday, None);
    case.tour.frame.days[0].starts = time("01:00");
    case.plan.days = vec![day];
    let breach = Breach::NoSuchTime { time: sunday.and_time(time("02:30")) };
    let expected = |breach| Violation { day: Some(sunday), host: None, breach };
    assert_eq!(case.check().violations, [expected(breach)]);
    // From 1:50 to 3:05 are only 15 minutes.
    case.plan.days[0].returns = sunday.and_time(time("03:05"));
    let (from, to) = (named("station"), named("hotel"));
    let (arrives, leaves) = (sunday.and_time(time("03:05")), sunday.and_time(time("01:50")));
    let breach = Breach::TooSoon { from, to, arrives, leaves, drive: 20, rests: 0, by: 5 };
    assert_eq!(case.check().violations, [expected(breach)]);
}

#[test]
fn where_days_begin_and_end() {
    let elsewhere = Breach::BeginsElsewhere { base: named("inn"), allowed: vec![named("station")] };
    breaks(Some(15), None, elsewhere, |case| case.plan.days[0].from = "inn".to_owned());
    breaks(
        Some(16),
        None,
        Breach::EndsElsewhere { base: named("inn"), allowed: vec![named("station")] },
        |case| {
            case.plan.days[1].to = "inn".to_owned();
        },
    );
    breaks(
        Some(16),
        None,
        Breach::BeginsNotWhereLastEnded { base: named("hotel"), last: named("inn") },
        |case| {
            case.plan.days[0].to = "inn".to_owned();
        },
    );
    passes(|case| {
        case.plan.days[0].to = "inn".to_owned();
        case.plan.days[1].from = "inn".to_owned();
    });
    breaks(Some(15), None, Breach::NoBaseToBegin, |case| case.tour.frame.days[0].from = Vec::new());
    breaks(Some(16), None, Breach::BaseUnknown { base: "nowhere".to_owned() }, |case| {
        case.plan.days[1].to = "nowhere".to_owned();
    });
    breaks(Some(15), None, Breach::NotAHotel { base: named("hotel") }, |case| {
        case.tour.frame.bases[1].hotel = false;
    });
}

#[test]
fn one_hotel() {
    let two_nights = |case: &mut Case| {
        let mut third = case.plan.days[1].clone();
        let shift = chrono::TimeDelta::days(1);
        (third.date, third.from, third.stops) = (date(17), "inn".to_owned(), Vec::new());
        (third.departs, third.returns) = (third.departs + shift, third.returns + shift);
        third.meal = Some(pause(17, "13:00", "14:00", Some("inn")));
        third.departs = at(17, "14:00");
        case.plan.days.push(third);
        case.plan.days[1].to = "inn".to_owned();
        case.tour.frame.days[1].to.push("inn".to_owned());
        case.tour.frame.days.push(Day { date: date(17), ..case.tour.frame.days[1].clone() });
        case.tour.frame.budget = None;
    };
    breaks(Some(16), None, Breach::SecondHotel { base: named("inn"), first: named("hotel") }, two_nights);
    passes(|case| {
        two_nights(case);
        case.tour.frame.one_hotel = false;
    });
}

#[test]
fn ways() {
    let soon = |by, drive| Breach::TooSoon {
        from: named("mill"),
        to: named("lab"),
        arrives: at(15, "10:30"),
        leaves: at(15, "10:10"),
        drive,
        rests: 0,
        by,
    };
    breaks(Some(15), Some("lab"), soon(5, 25), |case| case.way("mill", "lab", 21));
    passes(|case| case.way("mill", "lab", 20));
    passes(|case| case.tour.frame.round = 1);
    breaks(Some(15), Some("lab"), soon(10, 30), |case| {
        case.way("mill", "lab", 21);
        case.tour.frame.round = 15;
        case.plan.days[0].departs = at(15, "08:30");
        case.plan.days[0].returns = at(15, "17:40");
        case.plan.days[1].departs = at(16, "08:30");
        case.plan.days[1].returns = at(16, "14:40");
    });
    breaks(Some(15), Some("lab"), Breach::NoRoute { from: named("mill"), to: named("lab") }, |case| {
        case.travel.set("mill", "lab", Way::NoRoute);
    });
    breaks(Some(15), Some("lab"), Breach::WayUnknown { from: named("mill"), to: named("lab") }, |case| {
        case.travel.set("mill", "lab", Way::Unknown);
    });
    // The pause after a visit passes before the coach leaves.
    let (from, to) = (named("farm"), named("station"));
    let (arrives, leaves) = (at(16, "14:29"), at(16, "14:10"));
    breaks(
        Some(16),
        None,
        Breach::TooSoon { from, to, arrives, leaves, drive: 20, rests: 0, by: 1 },
        |case| {
            case.plan.days[1].returns = arrives;
        },
    );
    passes(|case| {
        case.plan.days[1].returns = at(16, "14:20");
        case.tour.delegation.pace = Pace::Brisk;
    });
}

#[test]
fn visits() {
    breaks(Some(16), Some("port"), Breach::StartsBeforeArrival { by: 5 }, |case| {
        case.plan.days[1].stops[0].arrives = at(16, "09:05");
    });
    breaks(Some(16), Some("port"), Breach::Length { takes: 60, planned: 55, by: 5 }, |case| {
        case.plan.days[1].stops[0].ends = at(16, "09:55");
    });
    breaks(Some(16), Some("port"), Breach::Length { takes: 45, planned: 60, by: 15 }, |case| {
        case.visit("port").minutes = Some(45);
    });
    breaks(Some(16), Some("port"), Breach::Length { takes: 60, planned: -10, by: 70 }, |case| {
        case.plan.days[1].stops[0].ends = at(16, "08:50");
    });
    let mut case = good();
    case.plan.days[1].stops[0].host = "nowhere".to_owned();
    case.tour.visits.pop();
    let nowhere = Named { code: "nowhere".to_owned(), name: "nowhere".to_owned() };
    let expected = Violation { day: Some(date(16)), host: Some(nowhere), breach: Breach::HostUnknown };
    assert_eq!(case.check().violations, [expected]);
}

#[test]
fn groups() {
    let slots = plan().days[0].stops[0].slots.clone();
    breaks(Some(15), Some("mill"), Breach::Slots { expected: slots.clone() }, |case| {
        case.plan.days[0].stops[0].slots.clear();
    });
    breaks(Some(15), Some("mill"), Breach::Slots { expected: slots.clone() }, |case| {
        case.plan.days[0].stops[0].slots[1].starts = at(15, "09:20");
    });
    breaks(Some(15), Some("mill"), Breach::Slots { expected: slots }, |case| {
        case.plan.days[0].stops[0].slots[1].people = 3;
    });
    breaks(Some(16), Some("port"), Breach::Slots { expected: Vec::new() }, |case| {
        let slot = Slot { people: 4, starts: at(16, "09:00"), ends: at(16, "10:00") };
        case.plan.days[1].stops[0].slots.push(slot);
    });
}

#[test]
fn hours() {
    let closed = |opens, closes, by| Breach::Closed { opens: at(15, opens), closes: at(15, closes), by };
    breaks(Some(15), Some("mill"), closed("09:05", "12:30", 5), |case| {
        case.host("mill").hours = Some("Mo-Fr 09:05-12:30,14:30-18:00".to_owned().try_into().unwrap());
    });
    breaks(Some(15), Some("lab"), closed("08:00", "11:29", 1), |case| {
        case.host("lab").hours = Some("08:00-11:29,12:00-18:00".to_owned().try_into().unwrap());
    });
    passes(|case| case.host("lab").hours = Some("10:30-11:30".to_owned().try_into().unwrap()));
    breaks(Some(15), Some("lab"), Breach::ClosedAllDay, |case| {
        case.host("lab").hours = Some("We-Mo 09:00-18:00".to_owned().try_into().unwrap());
    });
    breaks(Some(15), Some("lab"), Breach::NoHours, |case| case.host("lab").hours = None);
    passes(|case| {
        case.host("lab").hours = None;
        case.visit("lab").start = Some(at(15, "10:30"));
    });
    // 10:30 in Rome is 11:30 in Athens.
    passes(|case| {
        case.host("lab").hours = Some("11:30-12:30".to_owned().try_into().unwrap());
        case.host("lab").time_zone = Some(chrono_tz::Europe::Athens);
    });
    breaks(Some(15), Some("lab"), closed("10:00", "11:00", 30), |case| {
        case.host("lab").hours = Some("11:00-12:00".to_owned().try_into().unwrap());
        case.host("lab").time_zone = Some(chrono_tz::Europe::Athens);
    });
    breaks(Some(15), Some("lab"), Breach::Holidays { country: "XX".to_owned() }, |case| {
        case.host("lab").country = Some("XX".to_owned());
    });
    // The 15th of November is a holiday in Brazil and none in Italy.
    breaks(Some(15), Some("lab"), Breach::ClosedAllDay, |case| {
        case.host("lab").country = Some("BR".to_owned());
    });
    // Open over midnight.
    passes(|case| case.host("lab").hours = Some("22:00-12:00".to_owned().try_into().unwrap()));
}

#[test]
fn what_was_agreed() {
    let moved = Breach::NotAsConfirmed { agreed: at(15, "16:10"), starts: at(15, "16:00"), by: 10 };
    breaks(Some(15), Some("town"), moved, |case| case.visit("town").start = Some(at(15, "16:10")));
    breaks(Some(15), Some("town"), Breach::NoTimeAgreed, |case| case.visit("town").start = None);
    breaks(Some(15), Some("town"), Breach::Buffer { buffer: 31, arrives: at(15, "15:30"), by: 1 }, |case| {
        case.tour.frame.buffer = 31;
    });
    passes(|case| case.tour.frame.buffer = 30);
    breaks(Some(15), Some("lab"), Breach::NotAsWanted { wanted: at(15, "11:00"), by: 30 }, |case| {
        case.visit("lab").start = Some(at(15, "11:00"));
    });
    breaks(Some(15), Some("lab"), Breach::OtherDay { wanted: date(16) }, |case| {
        case.visit("lab").day = Some(date(16));
    });
    passes(|case| case.visit("lab").day = Some(date(15)));
    breaks(Some(15), Some("lab"), Breach::Declined, |case| case.visit("lab").state = State::Declined);
    breaks(Some(15), Some("lab"), Breach::Excluded, |case| case.visit("lab").demand = Demand::Excluded);
    breaks(None, Some("else"), Breach::MandatoryMissing, |case| {
        case.visit("else").demand = Demand::Mandatory;
    });
    let agreed = Some(at(16, "10:00"));
    breaks(None, Some("else"), Breach::ConfirmedMissing { agreed }, |case| {
        (case.visit("else").state, case.visit("else").start) = (State::Confirmed, agreed);
    });
    breaks(Some(16), Some("lab"), Breach::Again { first: date(15) }, |case| {
        case.plan.days[1].stops.insert(1, stop("lab", 16, "10:30", "10:30", "11:30"));
    });
}

#[test]
fn who_can_be_visited_at_all() {
    breaks(Some(15), Some("lab"), Breach::NoConsent, |case| case.host("lab").consent = false);
    breaks(Some(15), Some("lab"), Breach::Expired { valid_until: date(14) }, |case| {
        case.host("lab").valid_until = Some(date(14));
    });
    passes(|case| case.host("lab").valid_until = Some(date(15)));
    let notice = Breach::Notice { notice: 15, asked_on: date(1), left: 14 };
    assert_eq!(notice.to_string(), "needs 15 days of notice, and 14 are left from Tuesday 1 November 2005");
    breaks(Some(15), Some("lab"), notice, |case| case.host("lab").notice = 15);
    passes(|case| case.host("lab").notice = 14);
    passes(|case| {
        case.host("lab").notice = 15;
        case.visit("lab").state = State::Asked;
    });
    passes(|case| {
        case.host("lab").notice = u32::MAX;
        case.tour.frame.asked_on = None;
    });
    let lost = |delegates: &[&str]| Breach::Language {
        delegates: delegates.iter().map(ToString::to_string).collect(),
        languages: vec!["de".to_owned()],
    };
    let german = |case: &mut Case| case.host("lab").languages = vec!["de".to_owned()];
    breaks(Some(15), Some("lab"), lost(&["D1", "D2", "D3"]), german);
    breaks(Some(15), Some("lab"), lost(&["D1", "D3"]), |case| {
        german(case);
        case.tour.delegation.delegates[1].languages.push("de".to_owned());
    });
    breaks(Some(15), Some("lab"), lost(&["D1", "D3"]), |case| {
        german(case);
        case.tour.delegation.delegates[1].languages.clear();
    });
    passes(|case| {
        german(case);
        case.tour.delegation.interpreted = vec!["de".to_owned()];
    });
    passes(|case| case.host("lab").languages.clear());
    let need = Breach::Need { need: "quiet".to_owned(), delegates: vec!["D2".to_owned()] };
    breaks(Some(15), Some("lab"), need, |case| {
        case.tour.delegation.delegates[1].needs = vec!["quiet".to_owned(), "step-free".to_owned()];
        for code in ["mill", "port", "farm"] {
            case.host(code).meets.push("quiet".to_owned());
        }
    });
    breaks(Some(15), Some("lab"), Breach::District { district: "west".to_owned() }, |case| {
        case.host("lab").district = Some("west".to_owned());
        case.tour.rules.districts = vec!["east".to_owned()];
    });
    passes(|case| {
        case.host("lab").district = None;
        case.tour.rules.districts = vec!["east".to_owned()];
    });
    // Who has confirmed is not asked again.
    passes(|case| {
        let town = case.host("town");
        (town.consent, town.notice, town.valid_until) = (false, 99, Some(date(1)));
        (town.languages, town.meets, town.district) =
            (vec!["de".to_owned()], Vec::new(), Some("west".to_owned()));
        case.tour.rules.districts = vec!["east".to_owned()];
    });
}

#[test]
fn meals() {
    breaks(Some(15), None, Breach::MealMissing, |case| case.plan.days[0].meal = None);
    // The farm is the meal, written down or not.
    passes(|case| case.plan.days[1].meal = None);
    breaks(Some(16), None, Breach::MealMissing, |case| {
        case.plan.days[1].meal = None;
        case.host("farm").meal = false;
    });
    breaks(Some(15), None, Breach::MealEarly { from: time("12:05"), by: 5 }, |case| {
        case.tour.frame.days[0].meal.as_mut().unwrap().from = time("12:05");
    });
    breaks(Some(15), None, Breach::MealLate { until: time("11:55"), by: 5 }, |case| {
        let meal = case.tour.frame.days[0].meal.as_mut().unwrap();
        (meal.from, meal.until) = (time("11:00"), time("11:55"));
    });
    breaks(Some(15), None, Breach::MealLength { takes: 60, planned: 50, by: 10 }, |case| {
        case.plan.days[0].meal.as_mut().unwrap().ends = at(15, "12:50");
    });
    breaks(Some(16), None, Breach::MealLength { takes: 90, planned: 60, by: 30 }, |case| {
        case.plan.days[1].meal.as_mut().unwrap().ends = at(16, "13:30");
    });
    breaks(Some(15), None, Breach::MealElsewhere { at: None }, |case| {
        case.plan.days[0].meal.as_mut().unwrap().at = None;
    });
    breaks(Some(15), None, Breach::MealElsewhere { at: Some(named("farm")) }, |case| {
        case.plan.days[0].meal.as_mut().unwrap().at = Some("farm".to_owned());
    });
    let meal = |case: &mut Case, starts, ends, place| {
        case.plan.days[0].meal = Some(pause(15, starts, ends, Some(place)));
        case.tour.frame.days[0].meal.as_mut().unwrap().from = time("11:00");
        case.tour.frame.days[0].meal.as_mut().unwrap().until = time("18:00");
    };
    // With the pause, the lab is left at 11:40 at the earliest, and at 15:10 at the latest.
    breaks(Some(15), None, Breach::MealOverlaps { at: named("lab"), by: 5 }, |case| {
        meal(case, "11:35", "12:35", "lab");
    });
    passes(|case| meal(case, "11:40", "12:40", "lab"));
    passes(|case| meal(case, "14:10", "15:10", "lab"));
    breaks(Some(15), None, Breach::MealOverlaps { at: named("lab"), by: 1 }, |case| {
        meal(case, "14:11", "15:11", "lab");
    });
    // On arrival, before the visit.
    passes(|case| {
        meal(case, "14:00", "15:00", "town");
        case.plan.days[0].stops[2].arrives = at(15, "14:00");
    });
    breaks(Some(15), None, Breach::MealOverlaps { at: named("town"), by: 30 }, |case| {
        meal(case, "15:30", "16:30", "town");
    });
    // After the return, and before the departure.
    passes(|case| meal(case, "17:30", "18:30", "hotel"));
    breaks(Some(15), None, Breach::MealOverlaps { at: named("hotel"), by: 1 }, |case| {
        meal(case, "17:29", "18:29", "hotel");
    });
    passes(|case| {
        meal(case, "07:40", "08:40", "station");
        case.tour.frame.days[0].meal.as_mut().unwrap().from = time("07:00");
    });
    // A meal that nobody demands still needs its place.
    breaks(Some(15), None, Breach::MealElsewhere { at: None }, |case| {
        case.tour.frame.days[0].meal = None;
        case.plan.days[0].meal.as_mut().unwrap().at = None;
    });
}

/// The way to the town takes so long that the coach leaves the lab at 11:40 and is there at 16:00 or later.
fn long_way(case: &mut Case, minutes: u32) {
    case.way("lab", "town", minutes);
    case.plan.days[0].meal = Some(pause(15, "17:30", "18:30", Some("hotel")));
    case.tour.frame.days[0].meal.as_mut().unwrap().until = time("20:00");
    case.tour.frame.buffer = 0;
    case.plan.days[0].stops[2].arrives = at(15, "16:00");
}

#[test]
fn driving_of_a_day() {
    breaks(Some(15), None, Breach::DrivingDay { minutes: 80, most: 79, by: 1 }, |case| {
        case.tour.frame.driving.day = 79;
        case.plan.days[1].stops.remove(0);
        case.tour.visits.pop();
    });
    passes(|case| case.tour.frame.driving.day = 80);
}

#[test]
fn driving_without_a_rest() {
    // Every visit is a rest; 260 minutes are driven at once.
    passes(|case| long_way(case, 260));
    let stretch = |to, minutes, most, by| Breach::Stretch { to: named(to), minutes, most, by };
    breaks(Some(15), None, stretch("town", 260, 250, 10), |case| {
        long_way(case, 260);
        case.tour.frame.driving.stretch = 250;
    });
    // Where a visit is too short to be a rest, the way to it counts too: at the mill the coach stands from 9:00 to 10:10.
    breaks(Some(15), None, stretch("lab", 40, 39, 1), |case| {
        (case.tour.frame.driving.rest, case.tour.frame.driving.stretch) = (71, 39);
        case.plan.days[1].stops[0].arrives = at(16, "09:00");
        case.plan.days[0].meal = Some(pause(15, "12:00", "13:00", Some("lab")));
    });
    passes(|case| (case.tour.frame.driving.rest, case.tour.frame.driving.stretch) = (70, 39));
    // A rest on the road divides the stretch: 100 minutes to 13:30, 45 of rest, then 105 to 16:00.
    let rested = |case: &mut Case, ends| {
        long_way(case, 205);
        case.tour.frame.driving.stretch = 110;
        case.plan.days[0].rests = vec![pause(15, "13:30", ends, None)];
    };
    passes(|case| rested(case, "14:15"));
    breaks(Some(15), None, stretch("town", 205, 110, 95), |case| rested(case, "14:14"));
    // As late as it can the coach drives 105 minutes before 16:00, and only the other 100 before the rest.
    let (from, to) = (named("lab"), named("town"));
    let (arrives, leaves) = (at(15, "16:00"), at(15, "11:40"));
    breaks(
        Some(15),
        Some("town"),
        Breach::TooSoon { from, to, arrives, leaves, drive: 220, rests: 45, by: 5 },
        |case| {
            rested(case, "14:15");
            case.way("lab", "town", 220);
            case.tour.frame.driving.stretch = 130;
        },
    );
}

#[test]
fn rests() {
    let elsewhere = |at: Option<&str>, starts, by| Breach::RestElsewhere { at: at.map(named), starts, by };
    breaks(Some(15), None, elsewhere(None, at(15, "11:35"), Some(5)), |case| {
        case.plan.days[0].rests = vec![pause(15, "11:35", "12:20", None)];
    });
    passes(|case| case.plan.days[0].rests = vec![pause(15, "10:30", "11:40", Some("lab"))]);
    breaks(Some(15), None, elsewhere(Some("lab"), at(15, "14:30"), Some(5)), |case| {
        case.plan.days[0].rests = vec![pause(15, "14:30", "15:15", Some("lab"))];
    });
    breaks(Some(15), None, elsewhere(Some("farm"), at(15, "14:30"), None), |case| {
        case.plan.days[0].rests = vec![pause(15, "14:30", "15:15", Some("farm"))];
    });
    let backwards = Breach::RestBackwards { starts: at(15, "11:50"), ends: at(15, "09:00"), by: 170 };
    breaks(Some(15), None, backwards, |case| {
        case.plan.days[0].rests = vec![pause(15, "11:50", "09:00", None)];
    });
    breaks(Some(15), None, Breach::RestsOverlap { starts: at(15, "11:00"), by: 40 }, |case| {
        case.plan.days[0].rests =
            vec![pause(15, "10:30", "11:40", Some("lab")), pause(15, "11:00", "11:10", Some("lab"))];
    });
}

#[test]
fn a_rest_within_a_rest_gives_no_time_to_drive() {
    // 220 minutes from 11:40 to 16:00, of which 45 are a rest, are 5 too few, however the rest is written down.
    let mut case = good();
    long_way(&mut case, 220);
    case.tour.frame.driving.stretch = 139;
    case.plan.days[0].rests = vec![pause(15, "13:30", "14:15", None), pause(15, "13:40", "13:41", None)];
    let breaches: Vec<Breach> =
        case.check().violations.into_iter().map(|violation| violation.breach).collect();
    assert!(matches!(
        breaches.as_slice(),
        [Breach::RestsOverlap { by: 35, .. }, Breach::TooSoon { by: 5, .. }]
    ));
}

#[test]
fn nights() {
    let short = Breach::Night { minutes: 910, least: 911, by: 1 };
    breaks(Some(16), None, short, |case| case.tour.frame.driving.night = 911);
    passes(|case| case.tour.frame.driving.night = 910);
}

#[test]
fn most_visits_of_a_day() {
    breaks(Some(15), None, Breach::MostVisits { visits: 3, most: 2 }, |case| {
        case.tour.frame.days[0].most = Some(2);
    });
    passes(|case| case.tour.frame.days[0].most = Some(3));
    let five = |case: &mut Case| {
        let stops = ["a", "b"].map(|code| {
            let mut host = case.tour.hosts[3].clone();
            (host.code, host.name, host.minutes) = (code.to_owned(), format!("The {code}"), 1);
            case.tour.hosts.push(host);
            code
        });
        let mut places: Vec<&str> = PLACES.into();
        places.extend(stops);
        case.travel = Travel::new(places.clone(), "made");
        for from in &places {
            for to in places.iter().filter(|to| *to != from) {
                case.travel.set(from, to, Way::Leg(Leg { minutes: 0, metres: None }));
            }
        }
        let more = [stop("a", 15, "13:00", "13:00", "13:01"), stop("b", 15, "13:30", "13:30", "13:31")];
        case.plan.days[0].stops.splice(2..2, more);
        case.tour.delegation.pace = Pace::Relaxed;
        case.plan.days[0].meal = Some(pause(15, "14:00", "15:00", Some("b")));
    };
    breaks(Some(15), None, Breach::MostVisits { visits: 5, most: 4 }, five);
    passes(|case| {
        five(case);
        case.tour.delegation.pace = Pace::Usual;
    });
}

#[test]
fn quotas() {
    let of = |subject, name: &str| Which { subject: Some((subject, name.to_owned())), ..Which::default() };
    let sites = || of(Subject::Kind, "territorial_site");
    let over = |visits, most| Breach::QuotaOver {
        quota: 0,
        which: "kind `territorial_site`".to_owned(),
        visits,
        most,
    };
    breaks(None, None, over(2, 1), |case| {
        case.quota(Quota { which: sites(), least: 0, most: Some(1), per: Per::Tour });
    });
    breaks(Some(16), None, over(2, 1), |case| {
        case.quota(Quota { which: sites(), least: 0, most: Some(1), per: Per::Day });
    });
    passes(|case| case.quota(Quota { which: sites(), least: 2, most: Some(2), per: Per::Tour }));
    let short =
        |which: &str, visits, least| Breach::QuotaShort { quota: 0, which: which.to_owned(), visits, least };
    breaks(Some(15), None, short("kind `territorial_site`", 0, 1), |case| {
        case.quota(Quota { which: sites(), least: 1, most: None, per: Per::Day });
    });
    breaks(None, None, short("phase `phase of lab`", 1, 2), |case| {
        case.quota(Quota { which: of(Subject::Phase, "phase of lab"), least: 2, most: None, per: Per::Tour });
    });
    breaks(None, None, short("district `west`", 0, 1), |case| {
        let which = Which { district: Some("west".to_owned()), ..Which::default() };
        case.quota(Quota { which, least: 1, most: None, per: Per::Tour });
    });
    breaks(None, None, short("the hosts lab, else", 1, 2), |case| {
        let which = Which { hosts: vec!["lab".to_owned(), "else".to_owned()], ..Which::default() };
        case.quota(Quota { which, least: 2, most: None, per: Per::Tour });
    });
    breaks(None, None, short("any host", 5, 6), |case| {
        case.quota(Quota { which: Which::default(), least: 6, most: None, per: Per::Tour });
    });
}

#[test]
fn a_plan_of_nothing_is_answered_too() {
    let mut case = good();
    case.plan = Plan::default();
    let told: Vec<Breach> = case.check().violations.into_iter().map(|violation| violation.breach).collect();
    let agreed = Some(at(15, "16:00"));
    assert_eq!(
        told,
        [
            Breach::ConfirmedMissing { agreed },
            Breach::MandatoryMissing,
            Breach::DayMissing,
            Breach::DayMissing
        ]
    );
    let nothing = Tour {
        hosts: Vec::new(),
        visits: Vec::new(),
        frame: Frame { days: Vec::new(), ..case.tour.frame },
        ..case.tour
    };
    assert!(check(&nothing, &case.travel, &Plan::default()).is_good());
}

#[test]
fn times_at_the_ends_of_the_calendar_do_no_harm() {
    let mut case = good();
    case.plan.days[0].departs = NaiveDateTime::MIN;
    case.plan.days[0].returns = NaiveDateTime::MAX;
    case.plan.days[0].stops[0].ends = NaiveDateTime::MAX;
    case.plan.days[0].stops[1].starts = NaiveDateTime::MIN;
    case.plan.days[1].date = NaiveDate::MAX;
    case.host("lab").time_zone = Some(chrono_tz::Asia::Tokyo);
    let told = case.check();
    assert!(!told.is_good());
    assert!(told.violations.iter().all(|violation| !violation.to_string().is_empty()));
}

#[test]
fn what_a_confirmed_visit_overrules_is_told_and_broken_by_no_plan() {
    let mut case = good();
    case.tour.frame.asked_on = Some(date(14));
    assert_eq!(overruled(&case.tour), []);
    let town = case.host("town");
    (town.consent, town.meets, town.hours) =
        (false, Vec::new(), Some("Mo-Fr 09:00-13:00".to_owned().try_into().unwrap()));
    (town.languages, town.valid_until) = (vec!["fr".to_owned()], Some(date(14)));
    case.tour.rules.districts = vec!["west".to_owned(), "east".to_owned()];
    case.host("town").district = Some("north".to_owned());
    assert_eq!(
        case.check().violations.iter().filter(|violation| violation.host == Some(named("town"))).count(),
        0
    );
    let told: Vec<String> = overruled(&case.tour).iter().map(ToString::to_string).collect();
    let confirmed = "The town is confirmed for Tuesday 15 November 2005 16:00, although ";
    let rules = [
        "it has not agreed to be asked",
        "what is known of it may be relied on until Monday 14 November 2005 only",
        "it receives in fr, which D1, D2, D3 do not understand, and nobody interprets",
        "it does not meet the need `step-free` of D1, D2, D3",
        "its district `north` is not visited",
        "the visit is 240 minutes outside of the opening hours from 09:00 to 13:00",
    ];
    assert_eq!(told, rules.map(|rule| format!("{confirmed}{rule}")));
    // At the hours themselves the last is gone; of who has not confirmed nothing is told here.
    case.visit("town").start = Some(at(15, "12:00"));
    assert_eq!(overruled(&case.tour).len(), 5);
    case.host("town").hours = Some("We 09:00-13:00".to_owned().try_into().unwrap());
    assert!(overruled(&case.tour)[5].to_string().ends_with("although it is closed on that day"));
    case.visit("town").state = State::Asked;
    assert_eq!(overruled(&case.tour), []);
}
