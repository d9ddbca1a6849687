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
    /// Certainty in hundredths, for the bar.
    hundredths: Option<u64>,
    facts: Vec<(String, String)>,
    phases: Vec<PhaseRow>,
    link: String,
    linked: bool,
    visits: Vec<(usize, String)>,
}

#[derive(Serialize)]
struct PhaseRow {
    name: String,
    workers: String,
    /// Length of the bar in hundredths of the longest.
    bar: u64,
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
        fact("reading.firms", reading.firms.map(|firms| words.number(firms)));
        let most = reading.phases.iter().filter_map(|phase| phase.workers).max().unwrap_or(0).max(1);
        let class = district.class.unwrap_or("unknown");
        Self {
            name: reading.name.clone(),
            industry: reading.industry.clone(),
            why: paragraphs(&reading.why),
            certainty: reading.certainty.map(|certainty| words.probability(certainty)).unwrap_or_default(),
            certainty_word: words.get(&format!("certainty.{class}")).to_owned(),
            advice: words.get(&format!("certainty.{class}_advice")).to_owned(),
            hundredths: reading.certainty.map(|certainty| (certainty * 100.0 + 1e-9) as u64),
            facts,
            phases: reading
                .phases
                .iter()
                .map(|phase| PhaseRow {
                    name: phase.name.clone(),
                    workers: phase.workers.map(|workers| words.number(workers)).unwrap_or_default(),
                    bar: phase
                        .workers
                        .map(|workers| {
                            u64::try_from(u128::from(workers) * 100 / u128::from(most)).unwrap_or(100)
                        })
                        .unwrap_or_default(),
                })
                .collect(),
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
