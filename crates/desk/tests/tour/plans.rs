//! Plans as files.

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use distretto_desk::folder::{plan_from_json, plan_to_json, read_plan, write_plan_csv, write_plan_json};
use distretto_desk::ways::{Roads, Ways, travel};
use distretto_study::fault::{Code, Fault, Log};
use distretto_tours::plan::{DayPlan, Pause, Slot, Stop};
use distretto_tours::{Plan, Tour, Travel};
use proptest::prelude::*;

use super::support::opened;

fn at(day: u32, hour: u32, minute: u32) -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2026, 5, day).unwrap().and_hms_opt(hour, minute, 0).unwrap()
}

fn tour_and_ways() -> (Tour, Travel) {
    let tour = opened().tour;
    // 60 km/h along the straight line, so that ways are easily reckoned.
    let roads = Roads { factor: 1.0, bands: vec![], rest: 60.0 };
    let ways = travel(&Ways::Coordinates(roads), &tour, None, &mut Log::default()).unwrap();
    (tour, ways)
}

fn read(text: &str) -> Result<Plan, Box<Fault>> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.csv");
    std::fs::write(&path, text).unwrap();
    let (tour, ways) = tour_and_ways();
    read_plan(&path, &tour, &ways, &mut Log::default())
}

fn day(plan: &Plan, at: usize) -> &DayPlan {
    &plan.days[at]
}

#[test]
fn dates_and_times_in_another_form_are_refused_with_the_form_that_is_read() {
    let hint = |text: &str| read(&format!("date,host,starts\n{text}\n")).unwrap_err().help.unwrap();
    assert_eq!(hint("25/5/2026,I1,09:30"), "write `2026-05-25`: the year first");
    assert!(hint("12/5/2026,I1,09:30").contains("`2026-05-12` if it is 12 May"));
    assert_eq!(hint("2026-05-11,I1,12.30"), "write `12:30`");
    assert_eq!(hint("2026-05-11,I1,25/5/2026 12.30"), "write `2026-05-25 12:30`");
}

#[test]
fn what_a_spreadsheet_leaves_out_is_worked_out() {
    let plan =
        read("date,host,starts\n2026-05-11,I1,09:30\n2026-05-11,E1,10:30\n2026-05-12,T1,12:00\n").unwrap();
    let first = day(&plan, 0);
    assert_eq!((first.from.as_str(), first.to.as_str()), ("S1", "H1"));
    // S1 to I1 is 2 km: 2 minutes, rounded up to 5; the visit is confirmed, so one arrives 10 minutes early.
    assert_eq!(
        (first.departs, first.stops[0].arrives, first.stops[0].ends),
        (at(11, 9, 15), at(11, 9, 20), at(11, 10, 15))
    );
    // 10 minutes of pause; I1 to E1 is 8.4 km: 9 minutes, rounded up to 10.
    assert_eq!((first.stops[1].arrives, first.stops[1].starts), (at(11, 10, 35), at(11, 10, 30)));
    // Three persons in groups of two, half an hour apart: 90 + 30 minutes.
    assert_eq!(first.stops[1].ends, at(11, 12, 30));
    let slots = &first.stops[1].slots;
    assert_eq!(slots[0], Slot { people: 2, starts: at(11, 10, 30), ends: at(11, 12, 0) });
    assert_eq!(slots[1], Slot { people: 1, starts: at(11, 11, 0), ends: at(11, 12, 30) });
    // 10 minutes of pause; E1 to H1 is 8.8 km: 10 minutes.
    assert_eq!((first.returns, &first.meal), (at(11, 12, 50), &None));
    let second = day(&plan, 1);
    // The day begins where the day before ended.
    assert_eq!(second.from, "H1");
    // The visit takes 60 minutes, not the 120 of the host.
    assert_eq!((second.departs, second.stops[0].ends), (at(12, 11, 30), at(12, 13, 0)));
    assert_eq!(plan.proven, None);
}

#[test]
fn a_visit_can_be_the_meal_and_a_day_can_be_free() {
    let plan = read("date;place;starts\n2026-05-11;T1;12:30\n").unwrap();
    let meal = day(&plan, 0).meal.as_ref().unwrap();
    assert_eq!((meal.starts, meal.ends, meal.at.as_deref()), (at(11, 12, 30), at(11, 13, 30), Some("T1")));
    let free = day(&plan, 1);
    assert_eq!(
        (free.from.as_str(), free.to.as_str(), free.departs, free.returns),
        ("H1", "H1", at(12, 8, 30), at(12, 8, 30))
    );
    assert!(free.stops.is_empty());
}

#[test]
fn meals_and_rests_stand_where_they_are_said_to() {
    let rows = "date,what,place,arrives,starts,ends\n\
                2026-05-11,leave,S1,,08:00,\n\
                2026-05-11,visit,E1,,09:00,11:00\n\
                2026-05-11,meal,,,12:30,13:45\n\
                2026-05-11,rest,,,13:50,14:35\n\
                2026-05-11,,E2,,15:00,\n\
                2026-05-11,return,H1,,,17:00\n";
    let plan = read(rows).unwrap();
    let first = day(&plan, 0);
    assert_eq!((first.departs, first.returns), (at(11, 8, 0), at(11, 17, 0)));
    // S1 to E1 is 10.1 km: 11 minutes, rounded up to 15.
    assert_eq!(first.stops[0].arrives, at(11, 8, 15));
    assert_eq!(first.meal.as_ref().unwrap().at.as_deref(), Some("E1"));
    // After the meal, E1 to E2 (9.8 km, 10 minutes) with 45 minutes of rest on the road.
    assert_eq!(first.stops[1].arrives, at(11, 14, 40));
    assert_eq!(first.rests[0].at, None);
}

#[test]
fn a_plan_that_is_no_plan_of_this_tour_is_refused() {
    for (text, code) in [
        ("date,host,starts\n2026-05-11,I9,09:30\n", Code::PlanPlace),
        ("date,host,starts\n2026-05-13,I1,09:30\n", Code::PlanUnreadable),
        ("date,host,starts\n11.5.,I1,09:30\n", Code::TourDate),
        ("date,host,starts\n2026-05-11,I1,half past nine\n", Code::TourDate),
        ("date,host,starts\n2026-05-11,I1,\n", Code::ValueMissing),
        ("date,host,starts\n2026-05-11,,09:30\n", Code::ValueMissing),
        ("date,what,host,starts\n2026-05-11,party,I1,09:30\n", Code::TourWord),
        ("date,what,host,starts\n2026-05-11,leave,I1,09:30\n", Code::PlanPlace),
        (
            "date,what,host,starts\n2026-05-11,leave,S1,09:30\n2026-05-11,leave,S1,09:30\n",
            Code::PlanUnreadable,
        ),
        ("date,what,host,starts,ends\n2026-05-11,meal,X,12:30,13:30\n", Code::PlanPlace),
        ("day,host,starts\n2026-05-11,I1,09:30\n", Code::ColumnMissing),
        ("date,host,starts\n", Code::TableEmpty),
    ] {
        let fault = read(text).unwrap_err();
        assert_eq!(fault.code, code, "{text}: {fault}");
        assert!(fault.place.file.is_some());
    }
}

fn whole() -> Plan {
    let slots = vec![
        Slot { people: 2, starts: at(11, 10, 40), ends: at(11, 12, 10) },
        Slot { people: 1, starts: at(11, 11, 10), ends: at(11, 12, 40) },
    ];
    let stop = |host: &str, arrives, starts, ends| Stop {
        host: host.to_owned(),
        arrives,
        starts,
        ends,
        slots: vec![],
    };
    Plan {
        days: vec![
            DayPlan {
                date: at(11, 0, 0).date(),
                from: "S1".into(),
                to: "H1".into(),
                departs: at(11, 9, 15),
                returns: at(11, 14, 30),
                stops: vec![
                    stop("I1", at(11, 9, 20), at(11, 9, 30), at(11, 10, 15)),
                    Stop { slots, ..stop("E1", at(11, 10, 35), at(11, 10, 40), at(11, 12, 40)) },
                ],
                meal: Some(Pause { starts: at(11, 12, 50), ends: at(11, 14, 5), at: Some("E1".into()) }),
                rests: vec![Pause { starts: at(11, 14, 10), ends: at(11, 14, 15), at: None }],
            },
            DayPlan {
                date: at(12, 0, 0).date(),
                from: "H1".into(),
                to: "S1".into(),
                departs: at(12, 9, 0),
                returns: at(12, 9, 5),
                stops: vec![],
                meal: None,
                rests: vec![],
            },
        ],
        proven: Some(true),
    }
}

#[test]
fn a_plan_that_is_written_is_read_as_the_same() {
    let (tour, ways) = tour_and_ways();
    let folder = tempfile::tempdir().unwrap();
    let (json, table) = (folder.path().join("plan.json"), folder.path().join("plan.csv"));
    let plan = whole();
    write_plan_json(&plan, &tour.title, &json).unwrap();
    write_plan_csv(&plan, &table).unwrap();
    assert_eq!(read_plan(&json, &tour, &ways, &mut Log::default()).unwrap(), plan);
    assert_eq!(
        read_plan(&table, &tour, &ways, &mut Log::default()).unwrap(),
        Plan { proven: None, ..plan.clone() }
    );
    let text = std::fs::read_to_string(&json).unwrap();
    assert!(text.starts_with("{\n  \"format\": \"distretto-plan\",\n  \"version\": 1,\n  \"tour\": \"Leather and shoes\",\n  \"days\""), "{text}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
    std::fs::write(&json, text.replacen("2026-05-11T", "+62026-05-11T", 1)).unwrap();
    let far = read_plan(&json, &tour, &ways, &mut Log::default()).unwrap_err();
    assert_eq!(
        (far.code, far.what.as_str()),
        (Code::PlanUnreadable, "+62026-05-11 is not a date of any tour")
    );
    let nowhere = folder.path().join("no").join("plan.json");
    assert_eq!(write_plan_json(&plan, "", &nowhere).unwrap_err().code, Code::OutputFailed);
}

#[test]
fn a_plan_of_a_newer_program_or_of_nobody_is_refused() {
    let text = plan_to_json(&whole(), "x").unwrap();
    let code = |from: &str, to: &str| plan_from_json(&text.replacen(from, to, 1)).map_err(|fault| fault.code);
    assert_eq!(code("\"version\": 1", "\"version\": 2").unwrap_err(), Code::PlanNewer);
    assert_eq!(code("\"version\": 1", "\"version\": 0").unwrap_err(), Code::PlanUnreadable);
    assert_eq!(code("\"version\": 1", "\"version\": \"1\"").unwrap_err(), Code::PlanUnreadable);
    assert_eq!(code("distretto-plan", "other").unwrap_err(), Code::PlanUnreadable);
    assert_eq!(code("2026-05-11T09:15:00", "soon").unwrap_err(), Code::PlanUnreadable);
    assert_eq!(code("\"days\"", "\"weeks\"").unwrap_err(), Code::PlanUnreadable);
    assert_eq!(code("{", "").unwrap_err(), Code::PlanUnreadable);
    let (tour, ways) = tour_and_ways();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.json");
    for (from, to) in [
        ("\"host\": \"I1\"", "\"host\": \"I7\""),
        ("\"from\": \"S1\"", "\"from\": \"E1\""),
        ("\"at\": \"E1\"", "\"at\": \"X\""),
    ] {
        std::fs::write(&path, text.replacen(from, to, 1)).unwrap();
        let fault = read_plan(&path, &tour, &ways, &mut Log::default()).unwrap_err();
        assert_eq!(
            (fault.code, fault.place.file.as_deref()),
            (Code::PlanPlace, Some(path.as_path())),
            "{to}"
        );
    }
    std::fs::remove_file(&path).unwrap();
    assert_eq!(read_plan(&path, &tour, &ways, &mut Log::default()).unwrap_err().code, Code::PlanUnreadable);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn garbage_is_never_a_plan_and_never_a_panic(text in any::<String>(), field in "[-0-9:TZ ]{0,22}", row in any::<u8>()) {
        prop_assert!(plan_from_json(&text).is_err());
        let json = plan_to_json(&whole(), "x").unwrap();
        let _ = plan_from_json(&json.replace("2026-05-11T09:15:00", &field));
        let what = ["leave", "visit", "meal", "rest", "return"][usize::from(row) % 5];
        let _ = read(&format!("date,what,place,starts,ends\n2026-05-11,{what},S1,{field},{field}\n"));
        let _ = read(&format!("date,what,place,starts,ends\n2026-05-11,{what},E1,{field},23:59\n"));
    }

    #[test]
    fn what_is_worked_out_is_in_order(start in 0_i64..600, gap in 0_i64..240) {
        let clock = |minutes: i64| (at(11, 8, 0) + TimeDelta::minutes(minutes)).format("%Y-%m-%d %H:%M").to_string();
        let rows = format!("date,place,starts\n2026-05-11,E2,{}\n2026-05-11,I1,{}\n", clock(start), clock(start + gap));
        let plan = read(&rows).unwrap();
        let first = day(&plan, 0);
        prop_assert!(first.departs < first.stops[0].arrives && first.stops[0].arrives == first.stops[0].starts);
        prop_assert!(first.stops[1].arrives > first.stops[0].ends && first.returns > first.stops[1].ends);
    }
}
