//! Why an area is what it is, for a reader.

use distretto_jobs::Grouping;

use super::IstatParameters;
use super::change::{Change, Flip};
use super::verdict::{AreaVerdict, IndustryVerdict, Kind};
use crate::step::{Outcome, Step, Test};

/// One line of an explanation.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The test that the line is about, if it is about one.
    pub test: Option<Test>,
    /// What came of it.
    pub outcome: Option<Outcome>,
    /// A sentence.
    pub text: String,
}

/// An explanation: the verdict in a sentence, then the steps, then what would flip it.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// What the area is, in a sentence.
    pub verdict: String,
    /// The steps in the order of the rule.
    pub steps: Vec<Line>,
    /// The other candidates for main industry, by prevalence.
    pub candidates: Vec<Line>,
    /// What would flip the verdict, smallest change first.
    pub flips: Vec<Line>,
}

/// Changes shown.
const FLIPS: usize = 3;

pub(super) fn explain(
    verdict: &AreaVerdict,
    flips: &[Flip],
    name: &str,
    industries: &Grouping,
    parameters: &IstatParameters,
) -> Explanation {
    let title = |industry: usize| industries.groups()[industry].title.as_str();
    let text = |text: String| Line { test: None, outcome: None, text };
    let mut others: Vec<&IndustryVerdict> =
        verdict.industries.iter().filter(|industry| industry.candidate).collect();
    others.retain(|industry| Some(industry.industry) != verdict.main_industry);
    others.sort_by(|a, b| {
        let surplus = |industry: &IndustryVerdict| industry.surplus.unwrap_or(0.0);
        surplus(b).total_cmp(&surplus(a)).then(a.industry.cmp(&b.industry))
    });
    Explanation {
        verdict: sentence(verdict, name, &title),
        steps: verdict.steps().map(|step| step_line(step, verdict, parameters, &title)).collect(),
        candidates: others
            .into_iter()
            .map(|industry| text(candidate(industry, title(industry.industry))))
            .collect(),
        flips: flips.iter().take(FLIPS).map(|flip| text(flip_sentence(flip, &title))).collect(),
    }
}

impl Explanation {
    /// All lines in reading order.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        let rest = self.steps.iter().chain(&self.candidates).chain(&self.flips);
        std::iter::once(self.verdict.as_str()).chain(rest.map(|line| line.text.as_str()))
    }
}

fn sentence<'a>(verdict: &AreaVerdict, name: &str, title: &impl Fn(usize) -> &'a str) -> String {
    let first =
        |wanted: fn(&Step) -> bool| verdict.steps().find(|step| wanted(step)).map(|step| step.test.number());
    let failed = first(Step::fails).unwrap_or_default();
    let main = verdict.main_industry.map_or("no main industry", title);
    match verdict.kind {
        Kind::District => format!("{name} is an industrial district; main industry: {main}."),
        Kind::LargeFirmSystem => {
            format!(
                "{name} is a manufacturing system of large units; main industry: {main}. It fails step {failed}."
            )
        }
        Kind::OtherManufacturing => {
            format!(
                "{name} is mainly manufacturing, but no industrial district ({main}): it fails step {failed}."
            )
        }
        Kind::Rest => format!("{name} is not mainly manufacturing: it fails step 1."),
        Kind::Undetermined => {
            let missing = first(Step::is_missing).unwrap_or_default();
            format!("{name} is undetermined: the figures for step {missing} are missing.")
        }
    }
}

fn step_line<'a>(
    step: &Step,
    verdict: &AreaVerdict,
    parameters: &IstatParameters,
    title: &impl Fn(usize) -> &'a str,
) -> Line {
    let main = verdict.main_industry.map_or("none", title);
    let what = match step.test {
        Test::MainIndustry => format!("{}: {main}", step.test.description()),
        Test::SingleMediumUnit => format!("{} {}", step.test.description(), parameters.single_medium_ratio),
        _ => step.test.description().to_owned(),
    };
    let result = match (step.outcome, step.value, step.threshold) {
        (Outcome::Missing(reason), ..) => format!("missing, because {reason}"),
        (Outcome::Pass | Outcome::Fail, Some(value), Some(threshold)) => comparison(step, value, threshold),
        _ => match step.test {
            Test::MinimumJobs => "no minimum is set".into(),
            _ => "it has not exactly one medium unit, or the condition is off".into(),
        },
    };
    let estimated = if step.estimated { "; rests on estimated jobs" } else { "" };
    let text = format!("Step {} ({}): {what}: {result}{estimated}.", step.test.number(), step.outcome.name());
    Line { test: Some(step.test), outcome: Some(step.outcome), text }
}

fn comparison(step: &Step, value: f64, threshold: f64) -> String {
    let sign = match value.total_cmp(&threshold) {
        _ if value == threshold => "=",
        std::cmp::Ordering::Less => "<",
        _ => ">",
    };
    let margin = match step.test {
        Test::SmeMajority => format!("{:+.1} points", (value - threshold) * 100.0),
        Test::Specialised | Test::SmeSystem | Test::MainIndustry => format!("{:+.3}", value - threshold),
        _ => format!("{:+.1} jobs", value - threshold),
    };
    format!("{} {sign} {} (margin {margin})", number(step.test, value), number(step.test, threshold))
}

/// Jobs to one decimal, shares in per cent, quotients to three decimals.
fn number(test: Test, value: f64) -> String {
    match test {
        Test::SmeMajority => format!("{:.1} %", value * 100.0),
        Test::Specialised | Test::SmeSystem | Test::MainIndustry => format!("{value:.3}"),
        _ => format!("{value:.1}"),
    }
}

fn candidate(industry: &IndustryVerdict, title: &str) -> String {
    let against =
        industry.steps.iter().find(|step| step.fails()).map_or("would pass step 4", |_| "would fail step 4");
    format!(
        "Also specialised: {title} (location quotient {:.3}, surplus {:.1} jobs of {:.1}; {against}).",
        industry.quotient.unwrap_or_default(),
        industry.surplus.unwrap_or_default(),
        industry.jobs.all()
    )
}

fn flip_sentence<'a>(flip: &Flip, title: &impl Fn(usize) -> &'a str) -> String {
    let count = flip.jobs.abs();
    let jobs = format!(
        "{count} {} job{}",
        if flip.jobs > 0 { "more" } else { "fewer" },
        if count == 1 { "" } else { "s" }
    );
    let place = match flip.change {
        Change::Industry { industry, size } => format!("{} units of {}", size.name(), title(industry)),
        Change::BusinessServices => "business services".into(),
        Change::ConsumerServices => "consumer services".into(),
        Change::OtherSectors => "the other sectors".into(),
    };
    let result = match (flip.kind, flip.main_industry) {
        (Kind::District, Some(main)) => format!("make it a district of {}", title(main)),
        (Kind::District, None) => "make it a district".into(),
        _ => "unmake the district".into(),
    };
    format!("{jobs} in {place} would {result}.")
}
