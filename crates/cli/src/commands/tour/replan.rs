//! `distretto tour replan`.

use std::collections::BTreeSet;
use std::path::PathBuf;

use chrono::NaiveDateTime;
use distretto_desk::folder::{PlanFormat, write_plan};
use distretto_study::fault::{Code, Fault};
use distretto_tours::plan::Pause;
use distretto_tours::planning::{
    Change, DayChange, DayDifference, Event, Late, Options, Overrun, PlanError, Replanned, replan,
};
use distretto_tours::{State, Tour};

use super::desk::{Asked, Desk, seconds, spent, unplannable};
use super::show::timetable;
use super::visit::moment;
use crate::failure::Failure;
use crate::output::print_text;

/// Change a plan as little as possible when a host declines or the coach is late
///
/// What has begun by --now is kept as it is, confirmed visits are kept, then as many of the others as possible, on their days, in their order, near
/// their times. Prints what changes and the new timetable. Who declines is not written down: `distretto tour visit` does that.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  distretto tour replan tour plan.json --declined E07 --out plan.json\n  distretto tour replan tour plan.json --now '2026-05-12 10:30' --late-until '2026-05-12 12:00' --late-at E03 --out plan.json"
)]
pub struct Args {
    /// The tour.
    tour: PathBuf,
    /// The plan: plan.json, or a CSV file of a spreadsheet.
    plan: PathBuf,
    /// What time it is, in local time of the tour: what has begun by then is kept. Without it nothing has begun; a coach that is late needs it.
    #[arg(long, value_name = "MOMENT")]
    now: Option<String>,
    /// A host that has said no.
    #[arg(long, value_name = "HOST")]
    declined: Vec<String>,
    /// When a coach that is late can go on; with --late-at and --now.
    #[arg(long, value_name = "MOMENT", requires = "late_at", requires = "now")]
    late_until: Option<String>,
    /// From where: code of a host or base.
    #[arg(long, value_name = "CODE", requires = "late_until", requires = "now")]
    late_at: Option<String>,
    /// Stop after so many seconds. Without it the answer depends on the seed and the iterations alone.
    #[arg(long, value_name = "S", value_parser = seconds)]
    seconds: Option<f64>,
    /// Seed of all that is random.
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// File to write: plan.json, or a CSV file for a spreadsheet.
    #[arg(long, short, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub fn run(args: &Args, quiet: bool) -> Result<(), Failure> {
    args.out.as_deref().map(PlanFormat::of).transpose()?;
    let late = match (&args.late_until, &args.late_at) {
        (Some(until), Some(at)) => Some(Late { until: moment(until)?, at: at.clone() }),
        _ => None,
    };
    let event =
        Event { now: args.now.as_deref().map(moment).transpose()?, declined: args.declined.clone(), late };
    let place = event.late.as_ref().map(|late| &late.at);
    let asked = Asked { declined: &event.declined, place };
    let (desk, old) = Desk::asked(&args.tour, &args.plan, &asked, quiet)?;
    let tour = &desk.opened.tour;
    if let Some(late) = &event.late
        && tour.host(&late.at).is_none()
        && tour.base(&late.at).is_none()
    {
        return Err(Fault::new(Code::PlanPlace, format!("there is no host or base `{}`", late.at))
            .in_file(&args.tour)
            .into());
    }
    let spent = spent(args.seconds);
    let options =
        Options { seed: args.seed, spent: args.seconds.is_some().then_some(&spent), ..Options::default() };
    match replan(tour, &desk.travel, &desk.worth, &old, &event, &options) {
        Ok(found) => {
            let mut text = told(tour, &found);
            if text.is_empty() {
                text.push_str("nothing changes\n");
            }
            print_text(&format!("{text}\n{}", timetable(tour, &desk.travel, &found.plan)))?;
            if let Some(out) = &args.out {
                write_plan(&found.plan, &tour.title, out)?;
                if !quiet {
                    eprintln!("wrote {}", out.display());
                }
            }
            let is_news = |host: &&String| tour.visit(host).state != State::Declined;
            let declined: BTreeSet<&String> = args.declined.iter().collect();
            for host in declined.into_iter().filter(is_news).filter(|_| !quiet) {
                eprintln!(
                    "the tour does not know yet that {host} has declined; to write it down: distretto tour visit {} {} declined",
                    as_typed(&args.tour.to_string_lossy()),
                    as_typed(host)
                );
            }
            Ok(())
        }
        Err(PlanError::Infeasible(infeasible)) => {
            print_text(&format!("no plan keeps to what is left: {infeasible}\n"))?;
            Err(Failure::No)
        }
        Err(error) => Err(unplannable(&error, &args.tour).into()),
    }
}

/// What is different, a line each.
fn told(tour: &Tour, found: &Replanned) -> String {
    let visits = found.changes.iter().map(|change| sentence(tour, change));
    let days = found.day_changes.iter().map(|change| of_day(tour, change));
    let lost = found
        .lost
        .iter()
        .map(|host| format!("{} is demanded and cannot be visited any longer", name(tour, host)));
    let short = found.short.iter().map(|missing| format!("{missing}, as far as was found"));
    let overruns = found.overruns.iter().map(|overrun| {
        let Overrun { date, latest, minutes } = overrun;
        format!("{} ends {minutes} min after {}", date.format("%a %-d %b"), latest.format("%H:%M"))
    });
    let lines = visits.chain(days).chain(overruns).chain(lost).chain(short);
    lines.fold(String::new(), |text, line| text + &line + "\n")
}

fn sentence(tour: &Tour, change: &Change) -> String {
    let at = |moment: &NaiveDateTime| moment.format("%a %-d %b %H:%M");
    match change {
        Change::Removed { host, start } => format!("{} on {} is left out", name(tour, host), at(start)),
        Change::Added { host, start } => format!("{} on {} is new", name(tour, host), at(start)),
        Change::OtherDay { host, before, after } => {
            format!("{} moves from {} to {}", name(tour, host), at(before), at(after))
        }
        Change::OtherTime { host, before, later } => {
            let direction = if *later > 0 { "later" } else { "earlier" };
            format!("{} on {} begins {} min {direction}", name(tour, host), at(before), later.abs())
        }
    }
}

fn of_day(tour: &Tour, change: &DayChange) -> String {
    let clock = |moment: &NaiveDateTime| {
        let is_same = moment.date() == change.date;
        moment.format(if is_same { "%H:%M" } else { "%a %-d %b %H:%M" }).to_string()
    };
    let pause = |pause: &Pause| {
        let at = pause.at.as_ref().map(|at| format!(" at {}", name(tour, at))).unwrap_or_default();
        format!("from {} to {}{at}", clock(&pause.starts), clock(&pause.ends))
    };
    let what = match &change.what {
        DayDifference::From { before, after } => {
            format!("begins at {}, not at {}", name(tour, after), name(tour, before))
        }
        DayDifference::Departs { before, after } => {
            format!("the coach leaves at {}, not at {}", clock(after), clock(before))
        }
        DayDifference::Meal { before: Some(before), after: Some(after) } => {
            format!("the meal is {}, not {}", pause(after), pause(before))
        }
        DayDifference::Meal { before: Some(before), after: None } => {
            format!("there is no meal any longer; it was {}", pause(before))
        }
        DayDifference::Meal { after: Some(after), .. } => format!("a meal {} is new", pause(after)),
        DayDifference::Meal { .. } => "there is no meal".to_owned(),
        DayDifference::Rests { before, after } => {
            let all = |rests: &[Pause]| match rests {
                [] => "not at all".to_owned(),
                rests => rests.iter().map(&pause).collect::<Vec<_>>().join(" and "),
            };
            format!("the driver rests {}; it was {}", all(after), all(before))
        }
        DayDifference::Returns { before, after } => {
            format!("the coach is back at {}, not at {}", clock(after), clock(before))
        }
        DayDifference::To { before, after } => {
            format!("ends at {}, not at {}", name(tour, after), name(tour, before))
        }
    };
    format!("{}: {what}", change.date.format("%a %-d %b"))
}

fn name<'a>(tour: &'a Tour, code: &'a str) -> &'a str {
    let host = tour.host(code).map(|host| host.name.as_str());
    host.or_else(|| tour.base(code).map(|base| base.name.as_str())).unwrap_or(code)
}

/// A word as it is typed in a shell: in quotation marks where it needs them.
fn as_typed(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./:".contains(c);
    if !word.is_empty() && !word.starts_with('-') && word.chars().all(is_plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}
