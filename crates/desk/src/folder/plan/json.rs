//! `plan.json`: a plan with all that belongs to it.

use distretto_study::fault::{Code, Fault, Result};
use distretto_tours::Plan;
use serde::Serialize;
use serde_json::Value;

/// The version of the format that this program writes, and the newest that it reads.
pub const PLAN_VERSION: u64 = 1;
/// What the file says that it is.
const FORMAT: &str = "distretto-plan";

#[derive(Serialize)]
struct PlanFile<'a> {
    format: &'static str,
    version: u64,
    tour: &'a str,
    #[serde(flatten)]
    plan: &'a Plan,
}

/// The text of `plan.json`; `title` is that of the tour.
pub fn plan_to_json(plan: &Plan, title: &str) -> Result<String> {
    let file = PlanFile { format: FORMAT, version: PLAN_VERSION, tour: title, plan };
    let text =
        serde_json::to_string_pretty(&file).map_err(|error| Fault::new(Code::Internal, error.to_string()))?;
    Ok(format!("{text}\n"))
}

/// The plan of a text of `plan.json`.
///
/// # Errors
/// A text that is no plan; a version that is newer than [`PLAN_VERSION`].
pub fn plan_from_json(text: &str) -> Result<Plan> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let unreadable = |error: &serde_json::Error| {
        let fault = Fault::new(Code::PlanUnreadable, "the plan cannot be read").because(error.to_string());
        match error.line() {
            0 => fault,
            line => fault.at_row(line as u64),
        }
    };
    let value: Value = serde_json::from_str(text).map_err(|error| unreadable(&error))?;
    if value["format"] != FORMAT {
        return Err(Fault::new(Code::PlanUnreadable, "this is not a plan of this program")
            .because(format!("a plan begins with `\"format\": \"{FORMAT}\"`")));
    }
    match value["version"].as_u64() {
        Some(1..=PLAN_VERSION) => serde_json::from_str(text).map_err(|error| unreadable(&error)),
        Some(version) if version > PLAN_VERSION => Err(Fault::new(
            Code::PlanNewer,
            format!("the plan has version {version} of the format, this program knows up to {PLAN_VERSION}"),
        )
        .hint("install a newer `distretto`, or ask for the plan as CSV")),
        _ => Err(Fault::new(Code::PlanUnreadable, "the plan has no `version`")),
    }
}
