//! What to read on the districts that are visited.

use distretto_certainty::DistrictClass;

use super::{Day, District, Named};
use crate::book::{Book, Reading};
use crate::text;

/// What to read on each district that is visited, in order of visits.
pub(super) fn districts(book: &Book<'_>, days: &[Day]) -> Vec<District> {
    let mut found: Vec<District> = Vec::new();
    for call in days.iter().flat_map(Day::calls) {
        let Some(named) = &call.district else { continue };
        if let Some(district) = found.iter_mut().find(|district| district.reading.code == named.code) {
            district.visits.push(call.order);
        } else {
            let reading = reading(book, named);
            let class = reading.certainty.map(|certainty| DistrictClass::of(certainty).name());
            found.push(District { reading, class, visits: vec![call.order] });
        }
    }
    found
}

fn reading(book: &Book<'_>, named: &Named) -> Reading {
    let given = book.readings.iter().find(|reading| text::line(&reading.code) == named.code);
    let known = book.tour.districts.iter().find(|district| text::line(&district.code) == named.code);
    let reading = given.cloned().unwrap_or_else(|| Reading {
        industry: known.map(|district| district.industry_name.clone()).unwrap_or_default(),
        is_district: known.map(|district| district.is_district),
        certainty: known.and_then(|district| district.certainty),
        // Whole persons: counts of an edition may be estimates with a fraction.
        workers: known
            .and_then(|district| district.workers)
            .filter(|workers| workers.is_finite() && *workers >= 0.0)
            .map(|workers| libm::round(workers) as u64),
        ..Reading::default()
    });
    Reading {
        code: named.code.clone(),
        name: named.name.clone(),
        industry: text::line(&reading.industry),
        why: text::clean(&reading.why),
        is_district: reading.is_district,
        certainty: reading.certainty.filter(|certainty| (0.0..=1.0).contains(certainty)),
        link: text::line(&reading.link),
        workers: reading.workers,
        units: reading.units,
    }
}
