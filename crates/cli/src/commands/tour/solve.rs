//! `distretto tour solve`.

use std::path::{Path, PathBuf};

use distretto_desk::folder::{PlanFormat, open, write_plan};
use distretto_tours::planning::{Options, PlanError, Planned, alternatives, plan};
use distretto_tours::reasons::{Clash, clash};

use super::desk::{Asked, Desk, seconds, spent, unplannable};
use super::show::timetable;
use super::toptw::{Search, solve_instance};
use crate::failure::Failure;
use crate::output::print_text;

/// Plan a tour: which hosts, on which day, in which order and when
///
/// Maximises what the visits are worth and then shortens the driving, within everything that the tour says. Prints the timetable; with --out
/// writes the plan. Where nothing keeps to all that is demanded, names a smallest set of demands that clash and ends with exit code 1.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  distretto tour solve tour --out plan.json\n  distretto tour solve tour --start plan.csv --seconds 10 --out better.json\n  distretto tour solve tour --alternatives 3 --differ 4\n  distretto tour solve --toptw c101.txt --routes 2 --seconds 10 --out plan.json",
    override_usage = "distretto tour solve [OPTIONS] TOUR\n       distretto tour solve --toptw FILE --routes M [OPTIONS]"
)]
pub struct Args {
    /// The tour.
    #[arg(required_unless_present = "toptw")]
    tour: Option<PathBuf>,
    /// Solve an instance of the team orienteering problem with time windows instead.
    #[arg(long, value_name = "FILE", requires = "routes", conflicts_with_all = ["tour", "alternatives"])]
    toptw: Option<PathBuf>,
    /// Routes of the instance.
    #[arg(long, value_name = "M", requires = "toptw")]
    routes: Option<usize>,
    /// Stop after so many seconds with the best plan found. Without it the answer depends on the seed and the iterations alone.
    #[arg(long, value_name = "S", value_parser = seconds)]
    seconds: Option<f64>,
    /// Stop after so many iterations. [default: 4000, and none with --seconds]
    #[arg(long, value_name = "N")]
    iterations: Option<u64>,
    /// Seed of all that is random.
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// A plan to improve.
    #[arg(long, value_name = "PLAN")]
    start: Option<PathBuf>,
    /// File to write: plan.json, or a CSV file for a spreadsheet. Alternatives are numbered: plan-2.json.
    #[arg(long, short, value_name = "FILE")]
    out: Option<PathBuf>,
    /// So many plans that really differ, the best first.
    #[arg(long, value_name = "K", default_value_t = 1)]
    alternatives: usize,
    /// Hosts by which alternatives differ at least.
    #[arg(long, value_name = "N", default_value_t = 2)]
    differ: usize,
}

pub fn run(args: &Args, quiet: bool) -> Result<(), Failure> {
    if let Some(file) = &args.toptw {
        return solve_instance(
            &Search {
                file,
                routes: args.routes.unwrap_or(1),
                seconds: args.seconds.or(args.iterations.is_none().then_some(10.0)),
                iterations: args.iterations,
                seed: args.seed,
                start: args.start.as_deref(),
                out: args.out.as_ref(),
            },
            quiet,
        );
    }
    let Some(path) = &args.tour else { return Ok(()) };
    args.out.as_deref().map(PlanFormat::of).transpose()?;
    let (desk, start) = match &args.start {
        Some(start) => {
            let (desk, plan) = Desk::asked(path, start, &Asked::default(), quiet)?;
            (desk, Some(plan))
        }
        None => (Desk::of(open(path)?, path, quiet)?, None),
    };
    let spent = spent(args.seconds);
    let defaults = Options::default();
    let unlimited = if args.seconds.is_some() { u64::MAX } else { defaults.iterations };
    let options = Options {
        seed: args.seed,
        iterations: args.iterations.unwrap_or(unlimited),
        spent: args.seconds.is_some().then_some(&spent),
        start: start.as_ref(),
    };
    let (tour, travel) = (&desk.opened.tour, &desk.travel);
    let found = if args.alternatives > 1 {
        alternatives(tour, travel, &desk.worth, &options, args.alternatives, args.differ).map(|found| {
            if let Some(certain) = found.no_more.filter(|_| !quiet) {
                let are = if certain { "there are" } else { "there were found" };
                eprintln!("note: {are} no more than {} plans that differ so much", found.plans.len());
            }
            found.plans
        })
    } else {
        plan(tour, travel, &desk.worth, &options).map(|plan| vec![plan])
    };
    match found {
        Ok(plans) => tell(args, &desk, &plans, quiet),
        Err(PlanError::Infeasible(infeasible)) => {
            let clash = clash(tour, travel, &options).map_err(|error| unplannable(&error, path))?;
            print_text(&format!(
                "no plan keeps to all that is demanded: {infeasible}\n{}",
                told_clash(clash.as_ref())
            ))?;
            Err(Failure::No)
        }
        Err(error) => Err(unplannable(&error, path).into()),
    }
}

fn tell(args: &Args, desk: &Desk, plans: &[Planned], quiet: bool) -> Result<(), Failure> {
    let tour = &desk.opened.tour;
    for (number, planned) in (1..).zip(plans) {
        if plans.len() > 1 {
            print_text(&format!("Plan {number}\n"))?;
        }
        print_text(&timetable(tour, &desk.travel, &planned.plan))?;
        print_text(&summary(planned, number == 1, &tour.frame.currency))?;
        if let Some(out) = &args.out {
            let out = numbered(out, number);
            write_plan(&planned.plan, &tour.title, &out)?;
            if !quiet {
                eprintln!("wrote {}", out.display());
            }
        }
    }
    Ok(())
}

fn summary(planned: &Planned, is_first: bool, currency: &str) -> String {
    let fairness = &planned.value.fairness;
    let least = fairness
        .least
        .map(|least| format!(", the least served delegate sees {} %", least / 10))
        .unwrap_or_default();
    let known = match (planned.proven, is_first) {
        (true, _) => "no plan is better",
        (false, true) => "the best that was found",
        (false, false) => "the best that was found of those that differ so much",
    };
    format!(
        "{} visits worth {} points, {} minutes of driving, {:.2} {currency}{least}; {known}\n",
        planned.plan.stops().count(),
        planned.value.total,
        planned.driving,
        planned.cost as f64 / 100.0,
    )
}

/// The demands that clash, one a line.
fn told_clash(clash: Option<&Clash>) -> String {
    let Some(clash) = clash.filter(|clash| !clash.demands.is_empty()) else { return String::new() };
    let clashes = if clash.proven {
        "these demands clash"
    } else {
        "these demands seem to clash, no plan was found that keeps to all of them"
    };
    let others = if clash.without.iter().all(Option::is_some) {
        "and without any one of them the others can be kept to"
    } else {
        "and of some it was not found out whether the others can be kept to without them"
    };
    let demands: String = clash.demands.iter().map(|demand| format!("  {demand}\n")).collect();
    format!("{clashes}, {others}:\n{demands}")
}

fn numbered(out: &Path, number: usize) -> PathBuf {
    if number == 1 {
        return out.to_path_buf();
    }
    let stem = out.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let ending = out.extension().map(|ending| format!(".{}", ending.to_string_lossy())).unwrap_or_default();
    out.with_file_name(format!("{stem}-{number}{ending}"))
}
