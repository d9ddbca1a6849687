//! Whom to call, and where the party sleeps.

use super::{Day, Help, Night, contact};
use crate::book::{Book, Number};
use crate::text;

/// Countries where 112 calls ambulance, fire brigade and police: the European Union (Directive (EU) 2018/1972, Article 109), Iceland,
/// Liechtenstein and Norway by the European Economic Area, Switzerland (ordinance on telecommunications services, Article 28), the United
/// Kingdom (general condition A3 of Ofcom), Monaco, San Marino, Türkiye and the Vatican (State Fire and Rescue Service of Latvia,
/// vugd.gov.lv/en/single-emergency-call-number-112-europe).
const ONE_ONE_TWO: [&str; 36] = [
    "AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GR", "HR", "HU", "IE",
    "IS", "IT", "LI", "LT", "LU", "LV", "MC", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK", "SM",
    "TR", "VA",
];

pub(super) fn help(book: &Book<'_>, days: &[Day]) -> Help {
    let fit = |numbers: &[Number]| -> Vec<Number> {
        numbers
            .iter()
            .map(|number| Number { who: text::line(&number.who), number: text::line(&number.number) })
            .collect()
    };
    let mut nights: Vec<Night> = Vec::new();
    for (day, planned) in days.iter().zip(&book.plan.days).filter(|(day, _)| day.night) {
        if let Some(night) = nights.iter_mut().find(|night| night.place == day.to) {
            night.dates.push(day.date);
        } else {
            nights.push(Night {
                place: day.to.clone(),
                dates: vec![day.date],
                contact: contact(book, &planned.to),
            });
        }
    }
    let numbers = fit(&book.emergency.numbers);
    let country = book.tour.frame.country.as_deref();
    let call = if country.is_some_and(|country| ONE_ONE_TWO.contains(&country)) {
        Some(Number { who: String::new(), number: "112".to_owned() })
    } else {
        numbers.first().cloned()
    };
    Help {
        call,
        numbers,
        people: if book.personal.is_some() { fit(&book.emergency.people) } else { Vec::new() },
        nights,
    }
}
