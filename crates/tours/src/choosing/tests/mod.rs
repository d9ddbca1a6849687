//! Tours that are small enough to be worked out by hand, and drawn ones.

mod districts;
mod shortlist;
mod worth;

use chrono::{NaiveDate, NaiveTime};

use crate::delegation::{Delegate, Delegation, Interest, Subject};
use crate::frame::{Base, Day, Driving, Frame};
use crate::host::{Host, Kind, Place};
use crate::rules::{Rules, Weights};
use crate::tour::{District, Tour};

pub fn place(lon: f64, lat: f64) -> Place {
    Place { lon, lat, address: String::new(), town: String::new() }
}

pub fn host(code: &str, kind: Kind) -> Host {
    Host {
        code: code.to_owned(),
        name: format!("Host {code}"),
        kind,
        place: place(-30.0, 40.0),
        district: None,
        industries: Vec::new(),
        phases: Vec::new(),
        practices: Vec::new(),
        look_for: String::new(),
        hours: None,
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
    }
}

/// An enterprise of a district that shows one phase.
pub fn firm(code: &str, district: &str, phase: &str) -> Host {
    Host {
        district: Some(district.to_owned()),
        phases: vec![phase.to_owned()],
        ..host(code, Kind::Enterprise)
    }
}

pub fn interest(subject: Subject, name: &str, weight: u32) -> Interest {
    Interest { subject, name: name.to_owned(), weight }
}

pub fn delegate(code: &str, languages: &[&str], interests: Vec<Interest>) -> Delegate {
    Delegate {
        code: code.to_owned(),
        role: String::new(),
        country: String::new(),
        languages: languages.iter().map(|&language| language.to_owned()).collect(),
        interests,
        needs: Vec::new(),
    }
}

pub fn district(code: &str, certainty: Option<f64>) -> District {
    District {
        code: code.to_owned(),
        name: format!("District {code}"),
        industry: None,
        industry_name: String::new(),
        certainty,
        workers: None,
        middle: None,
        is_district: true,
    }
}

pub fn date(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2011, 10, day).unwrap()
}

/// No weight at all.
pub fn no_weights() -> Weights {
    Weights {
        interest: 0,
        repeat: 0,
        fairness: 0,
        chain: 0,
        institution: 0,
        territory: 0,
        certainty: 0,
        language: 0,
        visit: 0,
    }
}

/// Two days from and to one hotel at 30° W, 40° N.
pub fn tour(hosts: Vec<Host>, delegates: Vec<Delegate>) -> Tour {
    let at = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
    let day = |day| Day {
        date: date(day),
        from: vec!["HOTEL".to_owned()],
        to: vec!["HOTEL".to_owned()],
        starts: at(8),
        ends: at(20),
        meal: None,
        most: None,
    };
    let hotel = Base {
        code: "HOTEL".to_owned(),
        name: "Hotel".to_owned(),
        place: place(-30.0, 40.0),
        hotel: true,
        cost: 0,
    };
    Tour {
        title: "A tour".to_owned(),
        aim: String::new(),
        hosts,
        delegation: Delegation { delegates, ..Delegation::default() },
        frame: Frame {
            time_zone: chrono_tz::Atlantic::Azores,
            country: None,
            days: vec![day(3), day(4)],
            bases: vec![hotel],
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
        rules: Rules::default(),
        districts: Vec::new(),
    }
}
