//! `distretto tour replan`.

use std::path::PathBuf;

use chrono::NaiveDateTime;
use distretto_study::fault::{Code, Fault};
use distretto_tours::Tour;
use distretto_tours::planning::{Change, Event, Late, Options, PlanError, replan};

use super::desk::{Asked, Desk, seconds, spent, unplannable, write};
use super::show::timetable;
use super::visit::moment;
use crate::failure::Failure;
use crate::output::print_text;

/// Change a plan as little as possible when a host declines or the coach is late
///
/// What has begun by --now is kept as it is, confirmed visits are kept, then as many of the others as possible, on their days, in their order, near
/// their times. Prints what changes and the new timetable.
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
            let mut text: String =
                found.changes.iter().map(|change| format!("{}\n", sentence(tour, change))).collect();
            for host in &found.lost {
                text += &format!("{} is demanded and cannot be visited any longer\n", name(tour, host));
            }
            for missing in &found.short {
                text += &format!("{missing}, as far as was found\n");
            }
            if text.is_empty() {
                text.push_str("nothing changes\n");
            }
            print_text(&format!("{text}\n{}", timetable(tour, &desk.travel, &found.plan)))?;
            if let Some(out) = &args.out {
                write(out, &tour.title, &found.plan)?;
                if !quiet {
                    eprintln!("wrote {}", out.display());
                }
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

fn name<'a>(tour: &'a Tour, code: &'a str) -> &'a str {
    tour.host(code).map_or(code, |host| host.name.as_str())
}
