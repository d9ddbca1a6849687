//! `distretto tour check`.

use std::path::PathBuf;

use distretto_desk::folder::open;
use distretto_desk::ways::Ways;
use distretto_study::fault::{Code, Fault};
use distretto_tours::check::check;

use super::desk::Desk;
use super::toptw::check_instance;
use crate::failure::{Failure, show};
use crate::output::print_text;

/// Check a tour, or any plan of it, made by the planner or by hand
///
/// Without a plan the tour is read, with its travel times unless a server has them, and what is wrong with it is told. A plan is checked by code that the planner does not use: everything that
/// it breaks is listed, with day, place and minutes, and the exit code is 1.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  distretto tour check tour\n  distretto tour check tour plan.json\n  distretto tour check tour plan.csv\n  distretto tour check --toptw c101.txt --routes 2 plan.json",
    override_usage = "distretto tour check TOUR [PLAN]\n       distretto tour check --toptw FILE --routes M PLAN"
)]
pub struct Args {
    /// The tour, and a plan of it (plan.json, or a CSV file of a spreadsheet).
    #[arg(required = true, num_args = 1..=2, value_name = "TOUR [PLAN]")]
    paths: Vec<PathBuf>,
    /// An instance of the team orienteering problem with time windows: the plan is an answer to it.
    #[arg(long, value_name = "FILE", requires = "routes")]
    toptw: Option<PathBuf>,
    /// Routes that the answer to the instance may have.
    #[arg(long, value_name = "M", requires = "toptw")]
    routes: Option<usize>,
}

pub fn run(args: &Args, quiet: bool) -> Result<(), Failure> {
    match (&args.toptw, args.paths.as_slice()) {
        (Some(file), [plan]) => check_instance(file, args.routes.unwrap_or(1), plan),
        (None, [tour]) => {
            let opened = open(tour)?;
            let opened = if matches!(opened.ways, Ways::Server(_)) {
                show(&opened.log, quiet);
                opened
            } else {
                Desk::of(opened, tour, quiet)?.opened
            };
            let (tour, frame) = (&opened.tour, &opened.tour.frame);
            print_text(&format!(
                "{}: {} hosts, {} travellers, {} days, {} agreements\n",
                tour.title,
                tour.hosts.len(),
                tour.delegation.delegates.len(),
                frame.days.len(),
                tour.visits.len()
            ))
        }
        (None, [tour, plan]) => {
            let (desk, plan) = Desk::with_plan(tour, plan, quiet)?;
            let verdict = check(&desk.opened.tour, &desk.travel, &plan);
            let totals = &verdict.totals;
            let mut text: String =
                verdict.violations.iter().map(|violation| format!("{violation}\n")).collect();
            if verdict.is_good() {
                text = format!(
                    "keeps to everything: {} visits in {} days, {} minutes of driving, {:.2} {}\n",
                    totals.visits,
                    totals.days,
                    totals.driving,
                    totals.cost() as f64 / 100.0,
                    desk.opened.tour.frame.currency
                );
            }
            print_text(&text)?;
            if verdict.is_good() { Ok(()) } else { Err(Failure::No) }
        }
        _ => Err(Fault::new(Code::KeysConflict, "an instance takes one plan")
            .hint("`distretto tour check --toptw FILE --routes M PLAN`")
            .into()),
    }
}
