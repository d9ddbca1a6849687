//! The page of a host.

use serde::Serialize;

use super::{contact_words, group_time, state, who};
use crate::book::Book;
use crate::html::questions::{interest, kind_name, learnt, look_for, questions};
use crate::programme::{Call, Day, Link, Named, Programme, Tie};
use crate::text;
use crate::words::Words;

/// The page of a host.
#[derive(Serialize)]
pub(super) struct Sheet {
    number: usize,
    order: usize,
    name: String,
    kind: String,
    when: String,
    state: String,
    facts: Vec<(String, String)>,
    chain: Vec<(String, bool)>,
    groups: Vec<(usize, String, u32, String)>,
    ties: Vec<(String, String)>,
    learn: Vec<String>,
    look_for: Vec<String>,
    interests: Vec<String>,
    questions: Vec<String>,
}

impl Sheet {
    pub(super) fn of(book: &Book<'_>, programme: &Programme, day: &Day, call: &Call) -> Self {
        let words = book.words;
        let mut facts = Vec::new();
        let mut fact = |key: &str, value: String| {
            if !value.is_empty() {
                facts.push((words.get(key).to_owned(), value));
            }
        };
        fact("host.address", call.place.where_());
        fact("host.contact", call.contact.as_ref().map(contact_words).unwrap_or_default());
        fact("host.languages", words.tongues(&call.languages));
        if let Some(district) = &call.district {
            let key = if programme.is_other(&district.code) { "host.area" } else { "host.district" };
            fact(key, district.name.clone());
        }
        let industries: Vec<&str> = call.industries.iter().map(|industry| industry.name.as_str()).collect();
        fact("host.industry", industries.join(", "));
        fact("host.phases", call.phases.join(", "));
        let arrive = words.time(call.arrives, day.date);
        let when = words.say(
            "host.when",
            &[
                ("day", &day.number.to_string()),
                ("date", &words.date_short(day.date)),
                ("from", &words.time(call.starts, day.date)),
                ("until", &words.time(call.ends, day.date)),
                ("arrive", &arrive),
            ],
        );
        let ties = [("tie.before", &call.before), ("tie.after", &call.after)]
            .into_iter()
            .filter_map(|(key, tie)| tie.as_ref().map(|tie| (key, tie)))
            .map(|(key, tie)| {
                let label = words.say(key, &[("number", &tie.order.to_string()), ("name", &tie.name)]);
                (label, tie_words(tie, programme, words))
            })
            .collect();
        Self {
            number: call.number,
            order: call.order,
            name: call.place.name.clone(),
            kind: kind_name(call.host_kind, words).to_owned(),
            when,
            state: state(call, words),
            facts,
            chain: chain(book, call),
            groups: call
                .groups
                .iter()
                .map(|group| {
                    (group.number, group_time(group, day, words), group.people, who(group, programme, words))
                })
                .collect(),
            ties,
            learn: learnt(call, words),
            look_for: look_for(call, words),
            interests: call.met.iter().take(8).map(|met| interest(met, words)).collect(),
            questions: questions(call, words),
        }
    }
}

/// The chain in which the host stands, and which of its phases are here; empty where no order is known.
fn chain(book: &Book<'_>, call: &Call) -> Vec<(String, bool)> {
    let chains = book.chains.iter().map(|chain| text::lines(&chain.phases));
    let mut chains = chains.filter(|chain| chain.iter().any(|phase| call.phases.contains(phase)));
    let chain = chains.next().unwrap_or_default();
    chain.into_iter().map(|phase| (phase.clone(), call.phases.contains(&phase))).collect()
}

fn tie_words(tie: &Tie, programme: &Programme, words: &Words) -> String {
    // Where both are in the same one, it is the other's, too.
    let other = tie.district.as_ref().is_some_and(|district| programme.is_other(&district.code));
    let phases = |key: &str, phases: &[String]| words.say(key, &[("phases", &phases.join(", "))]);
    let industries = |key: &str, industries: &[Named]| {
        let names: Vec<&str> = industries.iter().map(|industry| industry.name.as_str()).collect();
        words.say(key, &[("industries", &names.join(", "))])
    };
    let link = match &tie.link {
        Link::SamePhase { phases: all } => phases("tie.same_phase", all),
        Link::NextPhase { phases: all } => phases("tie.next_phase", all),
        Link::LaterPhase { phases: all } => phases("tie.later_phase", all),
        Link::PhaseBefore { phases: all } => phases("tie.phase_before", all),
        Link::EarlierPhase { phases: all } => phases("tie.earlier_phase", all),
        Link::OtherPhase { phases: all } => phases("tie.other_phase", all),
        Link::SameIndustry { industries: all } => industries("tie.same_industry", all),
        Link::OtherIndustry { industries: all } => industries("tie.other_industry", all),
        Link::WholeDistrict if other => words.get("tie.whole_area").to_owned(),
        Link::WholeDistrict => words.get("tie.whole_district").to_owned(),
        Link::None => String::new(),
    };
    let district = match (tie.same_district, &tie.district) {
        (Some(true), _) => words.get(if other { "tie.same_area" } else { "tie.same_district" }).to_owned(),
        (_, Some(district)) => {
            let key = if other { "tie.other_area" } else { "tie.other_district" };
            words.say(key, &[("district", &district.name)])
        }
        _ => String::new(),
    };
    let said = text::joined([district.as_str(), link.as_str()], " ");
    if said.is_empty() { words.get("tie.none").to_owned() } else { said }
}
