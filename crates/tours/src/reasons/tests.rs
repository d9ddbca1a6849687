//! Reasons that follow on paper.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use super::*;
use crate::check::check;
use crate::choosing::worth;
use crate::delegation::{Delegate, Delegation, Pace};
use crate::frame::{Base, Day, Driving, Frame, Meal};
use crate::host::{Kind, Place};
use crate::planning::{Bases, Options, Prepared};
use crate::rules::{Per, Quota, Rules, Weights, Which};
use crate::travel::{Leg, Way};
use crate::visit::{Demand, State, Visit};

const TUESDAY: &str = "2005-11-15";

pub(super) fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(super) fn time(text: &str) -> NaiveTime {
    NaiveTime::parse_from_str(text, "%H:%M").unwrap()
}

/// A time of Tuesday, 15 November 2005.
pub(super) fn at(text: &str) -> NaiveDateTime {
    date(TUESDAY).and_time(time(text))
}

/// Hosts along a straight road, a minute from kilometre to kilometre; the hotel `H` is at 0. A host is worth its extra points and nothing else.
pub(super) struct Road {
    pub tour: Tour,
    pub travel: Travel,
    places: Vec<(String, i64)>,
}

impl Road {
    /// Days from 8:00 to `ends`, the first a Tuesday.
    pub fn days(days: u64, ends: &str) -> Self {
        let day = |day| Day {
            date: date(TUESDAY) + chrono::Days::new(day),
            from: vec!["H".to_owned()],
            to: vec!["H".to_owned()],
            starts: time("08:00"),
            ends: time(ends),
            meal: None,
            most: None,
        };
        let place = Place { lon: 0.0, lat: 0.0, address: String::new(), town: String::new() };
        let hotel = Base { code: "H".to_owned(), name: "Hotel".to_owned(), place, hotel: true, cost: 0 };
        let frame = Frame {
            time_zone: chrono_tz::Europe::Rome,
            country: None,
            days: (0..days).map(day).collect(),
            bases: vec![hotel],
            one_hotel: false,
            seats: None,
            budget: None,
            currency: "EUR".to_owned(),
            driving: Driving::default(),
            buffer: 0,
            round: 1,
            asked_on: None,
        };
        let delegate = Delegate {
            code: "D1".to_owned(),
            role: String::new(),
            country: String::new(),
            languages: vec!["en".to_owned()],
            interests: Vec::new(),
            needs: Vec::new(),
        };
        let delegates = vec![delegate.clone(), Delegate { code: "D2".to_owned(), ..delegate }];
        let none = Weights {
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
            delegation: Delegation { delegates, pace: Pace::Brisk, interpreted: Vec::new(), staff: 0 },
            frame,
            visits: Vec::new(),
            rules: Rules { weights: none, ..Rules::default() },
            districts: Vec::new(),
        };
        Self { tour, travel: Travel::default(), places: vec![("H".to_owned(), 0)] }
    }

    pub fn host(&mut self, code: &str, kilometre: i64, points: i64, minutes: u32, hours: &str) -> &mut Host {
        let host = Host {
            code: code.to_owned(),
            name: format!("Host {code}"),
            kind: Kind::Enterprise,
            place: self.tour.frame.bases[0].place.clone(),
            district: None,
            industries: Vec::new(),
            phases: Vec::new(),
            practices: Vec::new(),
            look_for: String::new(),
            hours: (!hours.is_empty()).then(|| hours.to_owned().try_into().unwrap()),
            country: None,
            time_zone: None,
            minutes,
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
        };
        self.tour.hosts.push(host);
        self.tour.visits.push(Visit { extra: points, ..Visit::of(code) });
        self.places.push((code.to_owned(), kilometre));
        self.travel = Travel::new(self.places.iter().map(|(code, _)| code.clone()), "made");
        for (from, a) in &self.places {
            for (to, b) in &self.places {
                let minutes = u32::try_from((a - b).abs()).unwrap();
                self.travel.set(from, to, Way::Leg(Leg { minutes, metres: None }));
            }
        }
        self.tour.hosts.last_mut().unwrap()
    }

    pub fn visit(&mut self, code: &str) -> &mut Visit {
        self.tour.visits.iter_mut().find(|visit| visit.host == code).unwrap()
    }

    pub fn edit(&mut self, code: &str) -> &mut Host {
        self.tour.hosts.iter_mut().find(|host| host.code == code).unwrap()
    }

    pub fn confirm(&mut self, code: &str, start: &str) {
        let visit = self.visit(code);
        (visit.state, visit.start) = (State::Confirmed, Some(at(start)));
    }

    /// The plan of these visits.
    pub fn plan(&self, days: &[&[&str]]) -> Plan {
        let prepared = Prepared::new(&self.tour, &self.travel).unwrap();
        let days: Vec<Vec<&str>> = days.iter().map(|day| day.to_vec()).collect();
        let arranged = prepared.arrange(&Bases::first(&self.tour.frame), &days);
        assert!(arranged.fits(), "{arranged:?}");
        arranged.plan()
    }

    fn outside(&self, days: &[&[&str]]) -> Vec<Outside> {
        self.asked(days, &Asked::default())
    }

    fn asked(&self, days: &[&[&str]], asked: &Asked) -> Vec<Outside> {
        let plan = self.plan(days);
        let told = reasons(&self.tour, &self.travel, &worth(&self.tour), &plan, asked).unwrap();
        for outside in &told {
            for reason in &outside.reasons {
                self.proves(outside, reason);
            }
        }
        told
    }

    /// The proof holds for the whole tour, and only because of what is relaxed.
    fn proves(&self, outside: &Outside, reason: &Reason) {
        let Some(plan) = &reason.plan else { return };
        assert!(plan.stop_at(&outside.host.code).is_some());
        let (mut tour, mut travel) = (self.tour.clone(), self.travel.clone());
        for why in &reason.whys {
            why.relax(&outside.host.code, &mut tour, &mut travel);
        }
        assert_eq!(check(&tour, &travel, plan).violations, []);
        let needless = |why: &Why| {
            matches!(
                why,
                Why::Nothing { .. } | Why::WorthNothing { .. } | Why::Shortlist | Why::InsteadOf { .. }
            )
        };
        if !reason.whys.iter().any(needless) {
            assert!(!check(&self.tour, &self.travel, plan).is_good(), "{reason:?}");
        }
    }

    /// The reasons of the one host that is outside, each alone.
    #[track_caller]
    fn whys(&self, days: &[&[&str]]) -> Vec<Why> {
        let told = self.outside(days);
        assert_eq!(told.len(), 1, "{told:?}");
        let single = |reason: &Reason| match reason.whys.as_slice() {
            [why] => why.clone(),
            several => panic!("{several:?}"),
        };
        told[0].reasons.iter().map(single).collect()
    }
}

fn instead(code: &str, points: i64) -> Why {
    let host = Named { code: code.to_owned(), name: format!("Host {code}") };
    Why::InsteadOf { host, confirmed: None, mandatory: false, points, only: None }
}

#[test]
fn what_fits_and_is_worth_more_shows_that_the_plan_was_not_the_best() {
    let mut road = Road::days(1, "18:00");
    road.host("A", 10, 5, 60, "24/7");
    road.host("B", 20, 3, 60, "24/7");
    let told = road.outside(&[&["A"]]);
    assert_eq!(told[0].adds, 3);
    assert_eq!(
        told[0].to_string(),
        "Host B: fits as things are and would add 3 points: the plan is not the best"
    );
    road.visit("B").extra = 0;
    assert_eq!(road.whys(&[&["A"]]), [Why::WorthNothing { points: 0 }]);
    road.visit("B").extra = -2;
    assert_eq!(road.outside(&[&["A"]])[0].to_string(), "Host B: fits, but would take away 2 points");
    assert!(road.outside(&[&["A", "B"]]).is_empty());
}

#[test]
fn a_plan_that_breaks_something_is_refused() {
    let mut road = Road::days(1, "18:00");
    road.host("A", 10, 5, 60, "24/7");
    let mut plan = road.plan(&[&["A"]]);
    plan.days[0].returns = at("18:01");
    let told = reasons(&road.tour, &road.travel, &worth(&road.tour), &plan, &Asked::default()).unwrap_err();
    assert_eq!(
        told.to_string(),
        "the plan breaks 1 rules itself, the first: Tuesday 15 November 2005: returns 1 minute after the day ends at 18:00"
    );
}

#[test]
fn facts() {
    let told = |change: &dyn Fn(&mut Road)| {
        let mut road = Road::days(1, "18:00");
        road.host("A", 10, 5, 60, "24/7");
        road.host("B", 20, 3, 60, "24/7");
        change(&mut road);
        let whys = road.whys(&[&["A"]]);
        let text = road.outside(&[&["A"]])[0].to_string();
        assert_eq!(whys.len(), 1, "{whys:?}");
        text
    };
    assert_eq!(told(&|road| road.visit("B").state = State::Declined), "Host B: the host has said no");
    assert_eq!(told(&|road| road.visit("B").demand = Demand::Excluded), "Host B: the planner excludes it");
    assert_eq!(told(&|road| road.edit("B").consent = false), "Host B: it has not agreed to be asked");
    assert_eq!(
        told(&|road| road.edit("B").valid_until = Some(date("2005-11-14"))),
        "Host B: its entry expired on Monday 14 November 2005"
    );
    let late = |road: &mut Road| {
        road.tour.frame.asked_on = Some(date("2005-11-10"));
        road.edit("B").notice = 6;
    };
    assert_eq!(told(&late), "Host B: it needs 6 days' notice");
    let german = |road: &mut Road| road.edit("B").languages = vec!["de".to_owned()];
    assert_eq!(told(&german), "Host B: it receives in de, which nobody interprets for D1, D2");
    let step_free = |road: &mut Road| {
        road.tour.delegation.delegates[0].needs = vec!["step-free".to_owned()];
        road.edit("A").meets = vec!["step-free".to_owned()];
    };
    assert_eq!(told(&step_free), "Host B: it does not meet: step-free");
    let west = |road: &mut Road| {
        road.tour.rules.districts = vec!["east".to_owned()];
        road.edit("B").district = Some("west".to_owned());
    };
    assert_eq!(told(&west), "Host B: its district `west` is not visited");
    assert_eq!(
        told(&|road| road.visit("B").day = Some(date("2005-11-16"))),
        "Host B: would fit if it were not wanted on Wednesday 16 November 2005 only"
    );
    let wanted = |road: &mut Road| {
        road.visit("B").start = Some(at("17:30"));
        road.tour.frame.days[0].ends = time("17:00");
    };
    let mut road = Road::days(1, "18:00");
    road.host("A", 10, 5, 60, "24/7");
    road.host("B", 20, 3, 60, "24/7");
    wanted(&mut road);
    assert_eq!(road.whys(&[&["A"]])[0], Why::WantedAt { time: at("17:30") });
}

#[test]
fn two_facts_are_told_together() {
    let mut road = Road::days(1, "18:00");
    road.host("A", 10, 5, 60, "24/7");
    road.host("B", 20, 3, 60, "24/7").consent = false;
    road.visit("B").state = State::Declined;
    let told = road.outside(&[&["A"]]);
    assert_eq!(told[0].reasons[0].whys, [Why::Declined, Why::NoConsent]);
    assert_eq!(
        told[0].to_string(),
        "Host B: would fit if the host had not said no, and if it agreed to be asked"
    );
}

#[test]
fn a_visit_that_is_too_long() {
    // 8:00 to 10:00: A takes 60 minutes of driving none, so 60 are left for B.
    let mut road = Road::days(1, "10:00");
    road.host("A", 0, 5, 60, "24/7");
    road.host("B", 0, 3, 90, "24/7");
    let later = Why::EndsEarly { date: date(TUESDAY), minutes: 30 };
    assert_eq!(road.whys(&[&["A"]]), [Why::Length { minutes: 60 }, later, instead("A", -2)]);
    assert_eq!(
        road.outside(&[&["A"]])[0].to_string(),
        "Host B: would fit if the visit took at most 60 minutes; or would fit if Tuesday 15 November 2005 ended 30 minutes \
         later; or would fit in place of Host A, with 2 points less"
    );
    // Half of the visit is the least that is told of it alone.
    road.edit("B").minutes = 121;
    assert!(!road.whys(&[&["A"]]).iter().any(|why| matches!(why, Why::Length { .. })));
    // Twice 45 minutes for two groups of one.
    (road.edit("B").minutes, road.edit("B").group) = (45, Some(1));
    let whys = road.whys(&[&["A"]]);
    assert_eq!(whys[0], Why::Length { minutes: 30 });
    (road.edit("B").minutes, road.edit("B").stagger) = (59, Some(40));
    assert_eq!(road.whys(&[&["A"]])[0], Why::Groups { people: 2, group: 1 });
}

#[test]
fn hours_and_the_day() {
    // At A until 9:00, B is 30 minutes away: there at 9:30, done at 10:30.
    let mut road = Road::days(1, "12:00");
    road.host("A", 0, 5, 60, "08:00-09:00");
    road.host("B", 30, 3, 60, "08:00-10:10");
    let whys = road.whys(&[&["A"]]);
    assert_eq!(whys[0], Why::Length { minutes: 40 });
    assert_eq!(whys[1], Why::Hours { from: at("09:30"), until: at("10:30") });
    // B before A: from 7:00 there at 7:30... it opens at 8:00, and A has to begin at 8:00.
    assert_eq!(
        whys[2],
        Why::InsteadOf {
            host: Named { code: "A".to_owned(), name: "Host A".to_owned() },
            confirmed: None,
            mandatory: false,
            points: -2,
            only: Some((at("08:00"), at("10:10"))),
        }
    );
    road.edit("B").hours = Some("06:00-08:00".to_owned().try_into().unwrap());
    // Leaving at 6:00 the coach is at B from 6:30 to 7:30, and at A at 8:00.
    assert!(road.whys(&[&["A"]]).contains(&Why::BeginsLate { date: date(TUESDAY), minutes: 120 }));
    road.edit("B").hours = None;
    let whys = road.whys(&[&["A"]]);
    assert_eq!(whys, [Why::Hours { from: at("09:30"), until: at("10:30") }]);
}

#[test]
fn meals() {
    let noon = |minutes| Some(Meal { from: time("12:00"), until: time("12:30"), minutes });
    let day = date(TUESDAY);
    // A until 11:00, with the meal from 12:00 to 13:00. B is open from 12:00 to 13:00.
    let mut road = Road::days(1, "13:00");
    road.host("A", 0, 5, 60, "10:00-11:00");
    road.host("B", 0, 3, 60, "12:00-13:00");
    road.tour.frame.days[0].meal = noon(60);
    let whys = road.whys(&[&["A"]]);
    assert!(
        whys.contains(&Why::MealTime { date: day, from: time("11:00"), until: time("12:30") }),
        "{whys:?}"
    );
    // The coach is not free before: A until 12:00.
    road.edit("A").hours = Some("11:00-12:00".to_owned().try_into().unwrap());
    road.edit("B").hours = Some("12:15-13:15".to_owned().try_into().unwrap());
    road.tour.frame.days[0].ends = time("13:15");
    road.tour.frame.days[0].meal = Some(Meal { from: time("12:00"), until: time("12:00"), minutes: 30 });
    let whys = road.whys(&[&["A"]]);
    assert!(
        whys.iter().any(|why| matches!(why, Why::MealTime { .. } | Why::MealLength { minutes: 15, .. })),
        "{whys:?}"
    );
}

#[test]
fn limits() {
    let road = || {
        let mut road = Road::days(1, "18:00");
        road.host("A", 10, 5, 60, "24/7").cost = 700;
        road.host("B", 20, 3, 60, "24/7").cost = 500;
        road
    };
    let day = date(TUESDAY);
    let mut full = road();
    full.tour.frame.days[0].most = Some(1);
    assert_eq!(full.whys(&[&["A"]]), [Why::Most { date: day, most: 1 }, instead("A", -2)]);
    let mut quota = road();
    quota.tour.rules.quotas =
        vec![Quota { which: Which::default(), least: 0, most: Some(1), per: Per::Tour }];
    assert_eq!(quota.whys(&[&["A"]]), [Why::Quota { quota: 0, most: 1 }, instead("A", -2)]);
    let mut budget = road();
    budget.tour.frame.budget = Some(1_000);
    let short = Why::Budget { short: 200, currency: "EUR".to_owned() };
    assert_eq!(budget.whys(&[&["A"]]), [short, instead("A", -2)]);
    assert_eq!(
        budget.outside(&[&["A"]])[0].reasons[0].to_string(),
        "would fit if there were 2.00 EUR more to spend"
    );
    // 40 minutes to B and back.
    let mut driving = road();
    driving.tour.frame.driving.day = 39;
    assert_eq!(driving.whys(&[&["A"]]), [Why::DrivingDay { minutes: 1 }]);
    // On each of the two ways of 20 minutes the driver rests for 45: 8:00 to 12:10 with both visits.
    let mut stretch = road();
    (stretch.tour.frame.driving.stretch, stretch.edit("A").hours) =
        (19, Some("08:00-09:00".to_owned().try_into().unwrap()));
    stretch.tour.frame.days[0].ends = time("11:00");
    stretch.travel.set("H", "A", Way::Leg(Leg { minutes: 0, metres: None }));
    stretch.travel.set("A", "B", Way::Leg(Leg { minutes: 20, metres: None }));
    let later = Why::EndsEarly { date: day, minutes: 70 };
    assert_eq!(stretch.whys(&[&["A"]]), [later, Why::Stretch { minutes: 1 }]);
    let mut far = road();
    for (from, to) in [("H", "B"), ("B", "H"), ("A", "B"), ("B", "A")] {
        far.travel.set(from, to, Way::NoRoute);
    }
    let told = far.outside(&[&["A"]]);
    let Why::NoWay { ways, minutes } = &told[0].reasons[0].whys[0] else { panic!("{told:?}") };
    assert_eq!((ways.len(), *minutes), (2, 180));
    assert_eq!(
        told[0].to_string(),
        "Host B: would fit if there were a way of at most 180 minutes from Hotel to Host B and from Host B to Host A"
    );
    let mut calm = road();
    calm.tour.delegation.pace = Pace::Relaxed;
    // Two visits with pauses and 40 minutes of driving take 200 minutes.
    calm.tour.frame.days[0].ends = time("11:19");
    let whys = calm.whys(&[&["A"]]);
    assert_eq!(whys[0], Why::Length { minutes: 59 });
    (calm.tour.visits[1].minutes, calm.tour.delegation.pace) = (Some(1), Pace::Relaxed);
    for code in ["C", "E", "F"] {
        calm.host(code, 10, 1, 1, "24/7");
    }
    let told = calm.outside(&[&["A", "C", "E", "F"]]);
    assert_eq!(told[0].reasons[0].whys, [Why::Pace { steps: 1 }]);
}

#[test]
fn nights() {
    let mut road = Road::days(2, "22:00");
    road.host("A", 0, 5, 60, "We 08:00-09:00");
    road.host("B", 0, 3, 60, "Tu 20:30-21:30");
    // From 21:30 to 8:00 are 630 minutes.
    assert_eq!(
        road.whys(&[&[], &["A"]]),
        [
            Why::Length { minutes: 30 },
            Why::Hours { from: at("08:00"), until: at("09:00") },
            Why::Night { minutes: 30 }
        ]
    );
}

#[test]
fn only_one_window_clashes_with_a_confirmed_visit() {
    let mut road = Road::days(1, "18:00");
    road.host("A", 0, 0, 120, "");
    road.confirm("A", "09:30");
    road.host("B", 10, 9, 120, "Tu 09:00-12:00");
    let told = road.outside(&[&["A"]]);
    let clash = told[0].reasons.last().unwrap();
    assert_eq!(
        clash.to_string(),
        "is open on Tuesday 15 November 2005 09:00 to 12:00 only, and clashes with the confirmed visit to Host A on Tuesday 15 \
         November 2005 09:30"
    );
}

#[test]
fn of_visits_in_whose_place_a_host_fits_the_least_loss_is_told() {
    let mut road = Road::days(1, "11:00");
    for (code, points) in [("A", 5), ("B", 4), ("C", 6), ("E", 3)] {
        road.host(code, 0, points, 60, "24/7");
    }
    let whys = road.whys(&[&["A", "B", "C"]]);
    assert_eq!(whys.last(), Some(&instead("B", -1)));
    road.visit("E").extra = 10;
    assert_eq!(road.whys(&[&["A", "B", "C"]]).last(), Some(&instead("B", 6)));
}

#[test]
fn what_is_left_out_by_the_shortlist_is_told() {
    let mut road = Road::days(1, "18:00");
    for (code, points) in [("A", 5), ("B", 4), ("C", 6), ("E", 3)] {
        road.host(code, 0, points, 60, "24/7");
    }
    road.tour.rules.shortlist = 2;
    road.edit("E").hours = Some("Su 08:00-18:00".to_owned().try_into().unwrap());
    let told = road.outside(&[&["A", "C"]]);
    let texts: Vec<String> = told.iter().map(ToString::to_string).collect();
    let left = "is not on the shortlist, and was not looked at closely";
    assert_eq!(texts, [format!("Host B: {left}"), format!("Host E: {left}")]);
    // Who is asked about alone is looked at: the shortlist is told only where it is all that stands in the way.
    let alone = |host| road.asked(&[&["A", "C"]], &Asked { host: Some(host), spent: None });
    assert_eq!(alone("B")[0].to_string(), "Host B: fits, but is not on the shortlist");
    assert!(matches!(alone("E")[0].reasons[0].whys.as_slice(), [Why::Hours { .. }]), "{}", alone("E")[0]);
    assert_eq!(alone("A"), []);
}

#[test]
fn reasons_are_looked_for_no_longer_than_allowed() {
    let mut road = Road::days(1, "11:00");
    for code in ["A", "B", "C"] {
        road.host(code, 0, 5, 60, "24/7");
    }
    let asked = std::cell::Cell::new(0);
    let spent = || f64::from(asked.replace(asked.get() + 1));
    let told = road.asked(&[&["A"]], &Asked { host: None, spent: Some(&spent) });
    assert_ne!(told[0].reasons[0].whys, [Why::NoTime]);
    assert_eq!(told[1].to_string(), "Host C: was not looked at, as time had ended");
}

#[test]
fn what_fits_after_the_night_does_not_need_a_shorter_one() {
    let mut road = Road::days(2, "22:00");
    road.tour.frame.days[1].starts = time("05:00");
    road.host("A", 30, 5, 60, "Tu 18:30-19:30");
    road.host("X", 30, 0, 60, "We 05:30-12:00");
    // Back at eight, off at seven, although one could begin at half past five.
    assert_eq!(road.whys(&[&["A"], &[]]), [Why::WorthNothing { points: 0 }]);
}

#[test]
fn where_no_single_thing_is_enough_a_smallest_set_is_told() {
    // Closed on the day, and too long by far for what is left of it.
    let mut road = Road::days(1, "10:00");
    road.host("A", 0, 5, 90, "24/7");
    road.host("B", 0, 3, 100, "Su 08:00-20:00");
    road.visit("A").demand = Demand::Mandatory;
    let told = road.outside(&[&["A"]]);
    // Instead of the mandatory visit it would still be closed.
    assert_eq!(
        told[0].reasons[0].whys,
        [
            Why::Hours { from: at("08:00"), until: at("09:40") },
            Why::EndsEarly { date: at("08:00").date(), minutes: 70 }
        ]
    );
}

#[test]
fn clashes() {
    let mut road = Road::days(1, "12:00");
    road.host("A", 0, 0, 60, "");
    road.host("B", 60, 0, 60, "24/7");
    road.host("C", 5, 0, 30, "24/7");
    let ask = |road: &Road| clash(&road.tour, &road.travel, &Options::default()).unwrap();
    let told = |road: &Road| {
        let clash = ask(road).unwrap();
        assert!(clash.is_certain(), "{clash:?}");
        clash.demands.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(ask(&road), None);
    // From A at 10:00 to B at 11:00, there until 12:00, back at 13:00. B before A: from 9:00 to 10:00.
    road.confirm("A", "09:00");
    for code in ["B", "C"] {
        road.visit(code).demand = Demand::Mandatory;
    }
    let hours = "the hours of Tuesday 15 November 2005, 08:00 to 12:00";
    let confirmed = "the confirmed visit to Host A on Tuesday 15 November 2005 09:00";
    assert_eq!(told(&road), [confirmed, "the mandatory visit to Host B", hours]);
    // Two confirmed visits at the same time clash whatever the day.
    road.visit("B").demand = Demand::Free;
    road.host("D", 0, 0, 60, "");
    road.confirm("D", "09:30");
    assert_eq!(told(&road), [confirmed, "the confirmed visit to Host D on Tuesday 15 November 2005 09:30"]);
    // A quota that nobody can meet.
    let mut road = Road::days(1, "12:00");
    road.host("A", 0, 0, 60, "24/7").cost = 100;
    road.host("B", 0, 0, 60, "24/7").cost = 100;
    road.tour.rules.quotas = vec![Quota { which: Which::default(), least: 2, most: None, per: Per::Tour }];
    road.tour.frame.budget = Some(150);
    assert_eq!(told(&road), ["at least 2 visits of quota 1", "the budget of 1.50 EUR"]);
}

#[test]
fn a_clash_of_a_tour_of_usual_size_is_small() {
    let mut road = Road::days(1, "18:00");
    for index in 0..30 {
        let code = format!("A{index:02}");
        road.host(&code, index % 20 + 1, 0, 60, "24/7");
        road.visit(&code).demand = if index < 14 { Demand::Mandatory } else { Demand::Free };
    }
    // Ten hours hold nine visits of an hour, and too many hosts to prove that they hold no more.
    let options = Options { iterations: 200, ..Options::default() };
    let clash = clash(&road.tour, &road.travel, &options).unwrap().unwrap();
    assert!(!clash.is_certain());
    let visits = clash.demands.iter().filter(|demand| matches!(demand, Demanded::Mandatory { .. })).count();
    assert_eq!((visits, clash.demands.len()), (10, 11), "{:?}", clash.demands);
    for (index, without) in clash.without.iter().enumerate() {
        let fewer = clash.all_but(&road.tour, index);
        assert_eq!(check(&fewer, &road.travel, without.as_ref().unwrap()).violations, []);
    }
}

#[test]
fn every_question_of_a_clash_has_its_share_of_the_time() {
    let mut road = Road::days(1, "18:00");
    for index in 0..30 {
        let code = format!("A{index:02}");
        road.host(&code, index % 20 + 1, 0, 60, "24/7");
        road.visit(&code).demand = if index < 14 { Demand::Mandatory } else { Demand::Free };
    }
    let asked = std::cell::Cell::new(0);
    let spent = || f64::from(asked.replace(asked.get() + 1)) / 20_000.0;
    let options = Options { iterations: u64::MAX, spent: Some(&spent), ..Options::default() };
    let clash = clash(&road.tour, &road.travel, &options).unwrap().unwrap();
    assert!(clash.demands.len() < 14, "{:?}", clash.demands);
}
