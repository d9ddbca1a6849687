//! `distretto tour why`.

use std::path::PathBuf;

use distretto_study::edition::table::TableBuilder;
use distretto_study::fault::{Code, Fault};
use distretto_tours::reasons::{self, Outside, Reason, ReasonsError, reasons};

use super::desk::{Asked, Desk, spent, unplannable};
use crate::failure::Failure;
use crate::output::{Format, Output};

/// Why is a host not in the plan, and what would have to be otherwise?
///
/// Each reason was found by relaxing one thing in the finished plan, and checked: with exactly that relaxed the host fits. At most three a host,
/// the simplest first.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  distretto tour why tour plan.json\n  distretto tour why tour plan.json --host E07\n  distretto tour why tour plan.json --format csv > reasons.csv"
)]
pub struct Args {
    /// The tour.
    tour: PathBuf,
    /// The plan: plan.json, or a CSV file of a spreadsheet.
    plan: PathBuf,
    /// Only this host.
    #[arg(long, value_name = "CODE")]
    host: Option<String>,
    /// Look at no further host after so many seconds.
    #[arg(long, value_name = "S")]
    seconds: Option<f64>,
    #[command(flatten)]
    output: Output,
}

pub fn run(args: &Args, quiet: bool) -> Result<(), Failure> {
    let format = args.output.format(Format::Table)?;
    let asked = Asked { place: args.host.as_ref(), ..Asked::default() };
    let (desk, plan) = Desk::asked(&args.tour, &args.plan, &asked, quiet)?;
    let tour = &desk.opened.tour;
    if let Some(host) = &args.host {
        if tour.host(host).is_none() {
            return Err(Fault::new(Code::VisitHost, format!("there is no host `{host}`"))
                .in_file(&args.tour)
                .into());
        }
        if let Some((_, stop)) = plan.stop_at(host) {
            let at = stop.starts.format("%Y-%m-%d %H:%M");
            return crate::output::print_text(&format!("{host} is in the plan, at {at}\n"));
        }
    }
    let spent = spent(args.seconds);
    let asked = reasons::Asked { host: args.host.as_deref(), spent: Some(&spent) };
    let outside = reasons(tour, &desk.travel, &desk.worth, &plan, &asked).map_err(|error| match error {
        ReasonsError::Tour(error) => unplannable(&error, &args.tour),
        ReasonsError::Broken(_) => Fault::new(Code::PlanBroken, error.to_string())
            .in_file(&args.plan)
            .hint("`distretto tour check` lists all that it breaks; `distretto tour solve --start` mends it"),
    })?;
    if format == Format::Table && args.output.out.is_none() {
        if outside.is_empty() {
            return crate::output::print_text("every host of the tour is in the plan\n");
        }
        let text: String = outside.iter().map(|outside| format!("{outside}\n")).collect();
        return crate::output::print_text(&text);
    }
    let rows: Vec<(&Outside, Option<&Reason>)> = outside
        .iter()
        .flat_map(|outside| {
            let none = outside.reasons.is_empty().then_some((outside, None));
            outside.reasons.iter().map(move |reason| (outside, Some(reason))).chain(none)
        })
        .collect();
    let table =
        TableBuilder::new("tour_reasons", "One reason why a host is not in the plan", &["host", "reason"])
            .text("host", "Code of the host", rows.iter().map(|row| Some(&row.0.host.code)))
            .text("name", "Its name", rows.iter().map(|row| Some(&row.0.host.name)))
            .whole("adds", "Points that it would add to the plan", rows.iter().map(|row| Some(row.0.adds)))
            .text(
                "reason",
                "What stands in the way",
                rows.iter().map(|row| {
                    Some(row.1.map_or_else(|| "no simple reason was found".to_owned(), ToString::to_string))
                }),
            )
            .flag(
                "proven",
                "Whether a plan with the host in it, and this relaxed, was checked",
                rows.iter().map(|row| Some(row.1.is_some_and(|reason| reason.plan.is_some()))),
            )
            .build()
            .map_err(|error| Fault::new(Code::Internal, error.to_string()))?;
    args.output.write(&table, format)
}
