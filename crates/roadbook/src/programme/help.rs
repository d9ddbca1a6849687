//! Whom to call, and where the party sleeps.

use super::{Day, Help, Night, contact};
use crate::book::{Book, Number};
use crate::text;

pub(super) fn help(book: &Book<'_>, days: &[Day]) -> Help {
    let fit = |numbers: &[Number]| {
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
    Help {
        numbers: fit(&book.emergency.numbers),
        people: if book.personal.is_some() { fit(&book.emergency.people) } else { Vec::new() },
        nights,
    }
}
