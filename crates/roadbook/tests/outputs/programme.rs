//! The plan told in full.

use std::fmt::Write as _;

use chrono::{Duration, NaiveDate, NaiveDateTime};
use distretto_roadbook::programme::{Item, Known, Link};
use distretto_roadbook::{BookError, Programme, Words, csv, html, ics};
use distretto_tours::plan::Pause;
use distretto_tours::travel::{Travel, Way};
use distretto_tours::visit::State;

use crate::tour;

fn told(made: &tour::Made, day: usize) -> String {
    let words = Words::english();
    let programme = Programme::of(&made.book(&words, false)).unwrap();
    let mut text = String::new();
    for item in &programme.days[day].items {
        let place = match item {
            Item::Drive(drive) => drive.to.code.clone(),
            Item::Visit(call) => call.place.code.clone(),
            Item::Meal(pause) | Item::Rest(pause) => {
                pause.place.as_ref().map_or("road".to_owned(), |place| place.code.clone())
            }
            Item::Free(free) => free.place.code.clone(),
        };
        writeln!(
            text,
            "{}-{} {} {place}",
            item.starts().format("%H:%M"),
            item.ends().format("%H:%M"),
            item.word()
        )
        .unwrap();
    }
    text
}

fn at(hour: u32, minute: u32) -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2026, 10, 20).unwrap().and_hms_opt(hour, minute, 0).unwrap()
}

#[test]
fn a_day_is_told_without_gaps() {
    assert_eq!(
        told(&tour::made(), 0),
        "09:00-09:25 drive h01\n09:25-09:30 free h01\n09:30-10:30 visit h01\n10:30-10:40 free h01\n10:40-10:45 drive h02\n\
         10:45-12:00 visit h02\n12:00-12:20 free h02\n12:20-13:20 meal h02\n13:20-13:25 drive h03\n13:25-14:00 free h03\n\
         14:00-15:10 visit h03\n15:10-15:20 free h03\n15:20-15:30 drive h05\n15:30-16:00 free h05\n16:00-16:45 visit h05\n\
         16:45-16:55 free h05\n16:55-17:00 drive b1\n"
    );
    // On the second day the visit of the cooperative is the meal.
    assert!(!told(&tour::made(), 1).contains("meal"));
}

#[test]
fn the_items_of_a_day_fill_it_and_no_leg_is_shorter_than_its_driving() {
    let (words, made) = (Words::english(), tour::made());
    let programme = Programme::of(&made.book(&words, false)).unwrap();
    for day in &programme.days {
        let mut until = day.begins;
        for item in &day.items {
            assert_eq!(item.starts(), until, "day {}", day.number);
            until = item.ends();
        }
        assert_eq!(until, day.ends);
        for drive in day.drives() {
            assert_eq!((drive.ends - drive.starts).num_minutes(), i64::from(drive.minutes.unwrap()));
        }
        assert_eq!(
            day.drive_minutes,
            Some(day.drives().map(|drive| u64::from(drive.minutes.unwrap())).sum())
        );
    }
    let orders: Vec<usize> = programme.calls().map(|call| call.order).collect();
    assert_eq!(orders, (1..=11).collect::<Vec<_>>());
    assert_eq!(programme.districts[0].visits, [1, 2, 3, 4, 5, 6]);
    assert_eq!(programme.help.nights[0].dates.len(), 2);
}

#[test]
fn a_district_without_reading_is_told_from_the_tour() {
    let (words, mut made) = (Words::english(), tour::made());
    made.readings.clear();
    made.tour.districts = vec![distretto_tours::tour::District {
        code: "D2".to_owned(),
        name: "Collalto".to_owned(),
        industry: Some("10.41".to_owned()),
        industry_name: "Olive oil".to_owned(),
        certainty: Some(0.5),
        workers: Some(611.6),
        middle: None,
        is_district: true,
    }];
    let programme = Programme::of(&made.book(&words, false)).unwrap();
    let told: Vec<_> = programme
        .districts
        .iter()
        .map(|district| (district.reading.name.as_str(), district.reading.workers, district.class))
        .collect();
    assert_eq!(told, [("D1", None, None), ("Collalto", Some(612), Some("likely"))]);
    let page = distretto_roadbook::html(&made.book(&words, false)).unwrap();
    assert!(page.contains("Not reckoned") && page.contains("probability 0.50"));
}

#[test]
fn what_the_rule_says_is_told_where_nobody_has_reckoned_how_sure_it_is() {
    let mut made = tour::made();
    for reading in &mut made.readings {
        reading.certainty = None;
    }
    made.readings[1].is_district = Some(false);
    let page = |made: &tour::Made, words: &Words| distretto_roadbook::html(&made.book(words, false)).unwrap();
    let english = page(&made, &Words::english());
    for told in [
        "<b>Is it a district? By the rule of the edition: yes</b>. How sure that is has not been reckoned.",
        "<b>Is it a district? By the rule of the edition: no</b>. How sure that is has not been reckoned.",
        "Before you go: districts and other areas",
        "<dt>Districts</dt><dd><bdi>Valdrina</bdi>",
        "<dt>Areas that are no district</dt><dd><bdi>Collalto</bdi>",
        "<dt>Area (no district)</dt><dd><bdi>Collalto</bdi>",
        "In another area, which is no district: Collalto.",
        "In the same area.",
    ] {
        assert!(english.contains(told), "{told}");
    }
    assert!(!english.contains("Not reckoned"));
    let italian = page(&made, &Words::italian());
    assert!(italian.contains("Secondo la regola dell&#x27;edizione: no</b>. Quanto sia sicuro"));
    // Beside what was reckoned it is told, too.
    made.readings[1].certainty = Some(0.41);
    let english = page(&made, &Words::english());
    assert!(english.contains("probability 0.41") && english.contains("By the rule of the edition: no.</p>"));
}

#[test]
fn a_map_tells_what_is_shaded_on_it_and_which_lines_are_straight() {
    let mut made = tour::made();
    let words = Words::english();
    let caption = |made: &tour::Made| {
        let page = distretto_roadbook::html(&made.book(&words, false)).unwrap();
        let first = page.split("<figcaption>").nth(1).unwrap();
        first.split("</figcaption>").next().unwrap().to_owned()
    };
    let all = caption(&made);
    assert!(all.contains("Shaded: districts.") && all.contains("Dashed lines are straight"), "{all}");
    made.outlines[1].is_district = Some(false);
    assert!(caption(&made).contains("Shaded: districts, and areas that are none."));
    made.outlines.drain(..1);
    made.outlines.truncate(1);
    assert!(caption(&made).contains("Shaded: areas that are no district."));
    made.outlines.clear();
    assert!(!caption(&made).contains("Shaded"));
}

#[test]
fn a_rest_on_the_road_lets_the_coach_leave_earlier() {
    let mut made = tour::made();
    made.plan.days[0].stops[1].arrives += Duration::minutes(45);
    made.plan.days[0].stops[1].starts += Duration::minutes(45);
    made.plan.days[0].stops[1].ends += Duration::minutes(45);
    made.plan.days[0].stops[1].slots.clear();
    made.plan.days[0].meal = Some(Pause { starts: at(12, 50), ends: at(13, 20), at: Some("h02".to_owned()) });
    made.plan.days[0].rests = vec![Pause { starts: at(10, 42), ends: at(11, 27), at: None }];
    let told = told(&made, 0);
    assert!(told.contains("10:40-11:30 drive h02\n10:42-11:27 rest road\n11:30-12:45 visit h02\n12:45-12:50 free h02\n12:50-13:20 meal h02\n"), "{told}");
}

#[test]
fn meals_at_the_base_are_part_of_the_day() {
    let mut made = tour::made();
    made.plan.days[0].meal = Some(Pause { starts: at(8, 0), ends: at(8, 45), at: Some("b2".to_owned()) });
    let words = Words::english();
    let programme = Programme::of(&made.book(&words, false)).unwrap();
    assert_eq!((programme.days[0].begins, programme.days[0].departs), (at(8, 0), at(9, 0)));
    made.plan.days[0].meal = Some(Pause { starts: at(19, 0), ends: at(20, 30), at: Some("b1".to_owned()) });
    let programme = Programme::of(&made.book(&words, false)).unwrap();
    assert_eq!((programme.days[0].returns, programme.days[0].ends), (at(17, 0), at(20, 30)));
    assert_eq!(programme.days[0].free_until.unwrap().to_string(), "2026-10-21 08:30:00");
    assert_eq!(programme.days[2].free_until, None);
}

#[test]
fn a_way_that_is_not_known_is_told_as_such() {
    let mut made = tour::made();
    made.travel.set("h01", "h02", Way::NoRoute);
    let words = Words::english();
    let drive = |made: &tour::Made| {
        let programme = Programme::of(&made.book(&words, false)).unwrap();
        let drive = programme.days[0].drives().nth(1).cloned().unwrap();
        (drive, programme.days[0].drive_minutes)
    };
    let (leg, minutes) = drive(&made);
    assert_eq!((leg.known, leg.minutes, minutes), (Known::NoRoute, None, None));
    // It leaves when the pause is over.
    assert_eq!((leg.starts, leg.ends), (at(10, 40), at(10, 45)));
    made.travel = Travel::new(Vec::<String>::new(), "");
    assert_eq!(drive(&made).0.known, Known::No);
    assert!(distretto_roadbook::html(&made.book(&words, false)).unwrap().contains("time not known"));
}

#[test]
fn visits_tie_to_their_neighbours() {
    let made = tour::made();
    let words = Words::english();
    let programme = Programme::of(&made.book(&words, false)).unwrap();
    let calls: Vec<_> = programme.calls().collect();
    let link = |at: usize| calls[at].after.as_ref().map(|tie| tie.link.clone());
    assert_eq!(calls[0].before, None);
    assert!(matches!(link(0), Some(Link::SameIndustry { .. })));
    assert!(matches!(link(1), Some(Link::PhaseBefore { .. })));
    assert!(matches!(link(4), Some(Link::LaterPhase { .. })));
    assert!(matches!(link(5), Some(Link::OtherIndustry { .. })));
    assert_eq!(link(6), Some(Link::WholeDistrict));
    assert_eq!(link(9), Some(Link::None));
    assert_eq!(link(10), None);
    assert_eq!(calls[10].before.as_ref().unwrap().order, 10);
    // Most wanted first: all seventeen want to hear of the consortium, eleven of shoes.
    let met: Vec<(&str, u32)> = calls[0].met.iter().map(|met| (met.name.as_str(), met.delegates)).collect();
    assert_eq!(met, [("export consortium", 17), ("Footwear", 11), ("service_centre", 3)]);
}

#[test]
fn what_the_tour_does_not_have_is_an_error() {
    let words = Words::english();
    let fails = |change: &dyn Fn(&mut tour::Made)| {
        let mut made = tour::made();
        change(&mut made);
        Programme::of(&made.book(&words, false)).unwrap_err()
    };
    let date = NaiveDate::from_ymd_opt(2026, 10, 20).unwrap();
    assert_eq!(
        fails(&|made| made.plan.days[0].stops[0].host = "h99".to_owned()),
        BookError::UnknownHost { date, code: "h99".to_owned() }
    );
    assert_eq!(
        fails(&|made| made.plan.days[0].to = "h01".to_owned()),
        BookError::UnknownBase { date, code: "h01".to_owned() }
    );
    assert_eq!(
        fails(&|made| made.plan.days[0].meal.as_mut().unwrap().at = Some("x".to_owned())),
        BookError::UnknownPlace { date, code: "x".to_owned() }
    );
    assert!(matches!(fails(&|made| made.plan.days[0].stops[0].ends = at(9, 0)), BookError::Backwards { .. }));
    assert_eq!(
        fails(&|made| made.tour.hosts[0].place.lat = f64::NAN),
        BookError::Place { code: "h01".to_owned() }
    );
    assert!(matches!(fails(&|made| made.outlines[0].rings[0][3].0 = 400.0), BookError::Place { .. }));
}

#[test]
fn a_plan_without_days_and_a_day_without_stops_are_books() {
    let words = Words::english();
    let mut made = tour::made();
    made.plan.days[1].stops.clear();
    made.plan.days[1].meal = None;
    for (what, text) in crate::all(&made.book(&words, true)) {
        assert!(!text.contains("NaN"), "{what}");
    }
    made.plan.days.clear();
    for (what, text) in crate::all(&made.book(&words, true)) {
        assert!(!text.is_empty() && !text.contains("NaN"), "{what}");
    }
}

#[test]
fn a_visit_is_confirmed_only_for_the_time_that_was_agreed() {
    let (words, mut made) = (Words::english(), tour::made());
    let (_, stop) = made
        .plan
        .stops()
        .find(|(_, stop)| made.tour.visit(&stop.host).state == State::Confirmed)
        .map(|(day, stop)| (day.date, stop.clone()))
        .unwrap();
    let call = |made: &tour::Made| {
        let programme = Programme::of(&made.book(&words, false)).unwrap();
        programme.calls().find(|call| call.place.code == stop.host).cloned().unwrap()
    };
    assert_eq!((call(&made).state, call(&made).agreed), (State::Confirmed, None));
    let agreed = stop.starts - Duration::minutes(30);
    let visit = made.tour.visits.iter_mut().find(|visit| visit.host == stop.host).unwrap();
    visit.start = Some(agreed);
    assert_eq!((call(&made).state, call(&made).agreed), (State::Asked, Some(agreed)));
    let told = format!("{}, not for this time", words.time(agreed, agreed.date()));
    let page = html(&made.book(&words, false)).unwrap();
    assert_eq!(page.matches(&told).count(), 2, "in the day's list and on the host's page");
    let rows = csv(&made.book(&words, false)).unwrap();
    let row = rows.lines().find(|row| row.contains(&format!(",{},", stop.host)) && row.contains(",visit,"));
    assert!(row.unwrap().contains(",asked,"), "{row:?}");
    let calendar = ics(&made.book(&words, false)).unwrap();
    let event = calendar.split(&format!("UID:visit-{}@", stop.host)).nth(1).unwrap();
    assert!(event.split("END:VEVENT").next().unwrap().contains("STATUS:TENTATIVE"));
}
