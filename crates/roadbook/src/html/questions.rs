//! What to learn, what to look for, and questions to ask at a host.

use distretto_tours::Subject;
use distretto_tours::host::Kind;

use crate::programme::{Call, Met};
use crate::words::Words;

/// Most questions of a host: what fits an hour.
const MOST: usize = 6;

/// Questions to ask: for each interest of the delegation that the host meets, the most wanted first, one question; then a second one for each; then those that fit any host of
/// its kind. At most six, the last of which is always of the kind.
pub(super) fn questions(call: &Call, words: &Words) -> Vec<String> {
    let mut asked: Vec<String> = Vec::new();
    for round in ["first", "second"] {
        for met in &call.met {
            let key = match met.subject {
                Subject::Industry => "industry",
                Subject::Phase => "phase",
                Subject::Practice => "practice",
                // What the host is asks for nothing that the questions of its kind do not ask.
                Subject::Kind => continue,
            };
            asked.push(capital(&words.say(&format!("question.{key}.{round}"), &[("name", &met.name)])));
        }
    }
    asked.truncate(MOST - 1);
    for round in ["first", "second"] {
        if asked.len() < MOST {
            asked.push(words.get(&format!("question.{}.{round}", call.host_kind.word())).to_owned());
        }
    }
    asked
}

/// What can be learnt, a line each: practices, then phases, then what any host of its kind teaches.
pub(super) fn learnt(call: &Call, words: &Words) -> Vec<String> {
    let mut lines: Vec<String> = call
        .practices
        .iter()
        .map(|practice| capital(&words.say("host.learn_practice", &[("name", practice)])))
        .collect();
    lines.extend(call.phases.iter().map(|phase| words.say("host.learn_phase", &[("name", phase)])));
    if lines.is_empty() {
        lines.push(words.get(&format!("learn.{}", call.host_kind.word())).to_owned());
    }
    lines
}

/// What to look for, a paragraph each: the host's own words, or what fits any host of its kind.
pub(super) fn look_for(call: &Call, words: &Words) -> Vec<String> {
    let own: Vec<String> =
        call.look_for.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
    if own.is_empty() { vec![words.get(&format!("look.{}", call.host_kind.word())).to_owned()] } else { own }
}

/// An interest that is met, with who has it.
pub(super) fn interest(met: &Met, words: &Words) -> String {
    let name = match met.subject {
        Subject::Kind => Kind::from_word(&met.name)
            .map_or_else(|| met.name.clone(), |kind| kind_name(kind, words).to_owned()),
        _ => met.name.clone(),
    };
    words.say("host.interest", &[("name", &name), ("delegates", &met.delegates.to_string())])
}

/// A sentence with a capital letter in front.
fn capital(sentence: &str) -> String {
    let mut rest = sentence.chars();
    rest.next().map_or_else(String::new, |first| first.to_uppercase().chain(rest).collect())
}

/// The name of a kind.
pub(super) fn kind_name(kind: Kind, words: &Words) -> &str {
    match kind {
        Kind::Enterprise => words.get("kind.enterprise"),
        Kind::Institution => words.get("kind.institution"),
        Kind::ResearchCentre => words.get("kind.research_centre"),
        Kind::ServiceCentre => words.get("kind.service_centre"),
        Kind::CulturalSite => words.get("kind.cultural_site"),
        Kind::TerritorialSite => words.get("kind.territorial_site"),
    }
}
