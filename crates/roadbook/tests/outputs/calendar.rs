//! The calendar, read back by another library.

use std::collections::BTreeSet;
use std::str::FromStr as _;

use chrono::NaiveDate;
use distretto_roadbook::{Words, ics};
use icalendar::{Calendar, CalendarComponent, CalendarDateTime, Component as _, DatePerhapsTime, Event};

use crate::tour;

fn events(calendar: &Calendar) -> Vec<&Event> {
    calendar
        .components
        .iter()
        .filter_map(|component| match component {
            CalendarComponent::Event(event) => Some(event),
            _ => None,
        })
        .collect()
}

#[test]
fn every_visit_is_an_event_in_the_zone_of_the_tour() {
    let (words, made) = (Words::english(), tour::made());
    let text = ics(&made.book(&words, true)).unwrap();
    let calendar = Calendar::from_str(&text).unwrap();
    let events = events(&calendar);
    // 11 visits, 14 legs, 2 meals that are no visits, 3 starts and 3 ends.
    assert_eq!(events.len(), 11 + 14 + 2 + 6);
    for (_, stop) in made.plan.stops() {
        let uid = format!("visit-{}@valdrina-2026.distretto.invalid", stop.host);
        let event = events.iter().find(|event| event.get_uid() == Some(uid.as_str())).unwrap();
        let at = |date_time| {
            DatePerhapsTime::DateTime(CalendarDateTime::WithTimezone {
                date_time,
                tzid: "Europe/Rome".to_owned(),
            })
        };
        assert_eq!(event.get_start(), Some(at(stop.starts)));
        assert_eq!(event.get_end(), Some(at(stop.ends)));
        let host = made.tour.host(&stop.host).unwrap();
        assert_eq!(event.get_summary(), Some(host.name.as_str()));
        assert_eq!(
            event.property_value("GEO").unwrap(),
            format!("{:.6};{:.6}", host.place.lat, host.place.lon)
        );
        let confirmed = made.tour.visit(&stop.host).state == distretto_tours::visit::State::Confirmed;
        assert_eq!(event.property_value("STATUS"), Some(if confirmed { "CONFIRMED" } else { "TENTATIVE" }));
        assert!(event.get_description().unwrap().contains("Contact: Person"));
        assert_eq!(event.property_value("DTSTAMP"), Some("20260928T143000Z"));
    }
    let uids: BTreeSet<_> = events.iter().map(|event| event.get_uid().unwrap()).collect();
    assert_eq!(uids.len(), events.len());
    assert!(text.contains("BEGIN:VTIMEZONE\r\nTZID:Europe/Rome\r\n"));
}

#[test]
fn a_visit_that_moves_keeps_its_identity() {
    let (words, mut made) = (Words::italian(), tour::made());
    let before = ics(&made.book(&words, false)).unwrap();
    made.plan.days[0].stops.remove(0);
    let moved = NaiveDate::from_ymd_opt(2026, 10, 20).unwrap().and_hms_opt(11, 0, 0).unwrap();
    made.plan.days[0].stops[0].arrives = moved;
    made.plan.days[0].stops[0].starts = moved;
    let after = ics(&made.book(&words, false)).unwrap();
    let uids = |text: &str| -> BTreeSet<String> {
        text.lines().filter(|line| line.starts_with("UID:visit-")).map(str::to_owned).collect()
    };
    assert!(uids(&after).is_subset(&uids(&before)));
    assert_eq!(uids(&after).len() + 1, uids(&before).len());
}

#[test]
fn a_tour_over_a_change_of_clocks_has_both_offsets() {
    let (words, mut made) = (Words::english(), tour::made());
    // Italy goes back in the night to Sunday 25 October 2026.
    for day in &mut made.plan.days {
        let later = chrono::Duration::days(3);
        day.date += later;
        day.departs += later;
        day.returns += later;
        day.meal
            .iter_mut()
            .for_each(|meal| (meal.starts, meal.ends) = (meal.starts + later, meal.ends + later));
        for stop in &mut day.stops {
            (stop.arrives, stop.starts, stop.ends) =
                (stop.arrives + later, stop.starts + later, stop.ends + later);
        }
    }
    let text = ics(&made.book(&words, false)).unwrap();
    assert!(text.contains("BEGIN:STANDARD\r\nDTSTART:20261025T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nTZNAME:CET\r\nEND:STANDARD"));
}
