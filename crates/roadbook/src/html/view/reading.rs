//! What to read on a district.

use serde::Serialize;

use super::paragraphs;
use crate::programme::{Call, District};
use crate::words::Words;

#[derive(Serialize)]
pub(super) struct DistrictView {
    name: String,
    industry: String,
    why: Vec<String>,
    certainty: String,
    certainty_word: String,
    advice: String,
    /// What the rule of the edition says; empty where there is none.
    rule: String,
    /// Certainty in hundredths, for the bar.
    hundredths: Option<u64>,
    facts: Vec<(String, String)>,
    link: String,
    linked: bool,
    visits: Vec<(usize, String)>,
}

impl DistrictView {
    pub(super) fn of(district: &District, calls: &[&Call], words: &Words) -> Self {
        let reading = &district.reading;
        let mut facts = Vec::new();
        let mut fact = |key: &str, value: Option<String>| {
            facts.extend(
                value.filter(|value| !value.is_empty()).map(|value| (words.get(key).to_owned(), value)),
            );
        };
        fact("reading.industry", Some(reading.industry.clone()));
        fact("reading.workers", reading.workers.map(|workers| words.number(workers)));
        fact("reading.units", reading.units.map(|units| words.number(units)));
        let class = district.class.unwrap_or("unknown");
        Self {
            name: reading.name.clone(),
            industry: reading.industry.clone(),
            why: paragraphs(&reading.why),
            certainty: reading.certainty.map(|certainty| words.probability(certainty)).unwrap_or_default(),
            certainty_word: words.get(&format!("certainty.{class}")).to_owned(),
            advice: words.get(&format!("certainty.{class}_advice")).to_owned(),
            rule: match reading.is_district {
                Some(true) => words.get("reading.rule_yes").to_owned(),
                Some(false) => words.get("reading.rule_no").to_owned(),
                None => String::new(),
            },
            hundredths: reading.certainty.map(|certainty| (certainty * 100.0 + 1e-9) as u64),
            facts,
            linked: reading.link.starts_with("https://") || reading.link.starts_with("http://"),
            link: reading.link.clone(),
            visits: calls
                .iter()
                .filter(|call| district.visits.contains(&call.order))
                .map(|call| (call.order, call.place.name.clone()))
                .collect(),
        }
    }
}
