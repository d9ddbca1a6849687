//! `distretto districts`.

use std::path::{Path, PathBuf};

use distretto_study::config::Districts;
use distretto_study::stages::{JobsArgs, districts};
use distretto_study::tables::no_stream_twice;

use crate::failure::{Failure, show};
use crate::output::{Format, Output};

/// Judge areas by the ISTAT rule from a table of jobs; no study needed
///
/// Writes a row an area: what it is, its main industry, and its jobs and local units by size. `-` is standard input.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  distretto districts jobs.csv --areas areas.csv --out districts.csv\n  distretto districts jobs.csv --areas areas.csv --classification naics-2012 --min-industry-employees 250\n  distretto areas flows.csv | distretto districts jobs.csv --areas - --format table"
)]
pub struct Args {
    /// Jobs: one row a zone, activity and size class, with employees and local units.
    jobs: PathBuf,
    /// Areas: columns zone and area, as `distretto areas` writes them.
    #[arg(long, value_name = "FILE")]
    areas: PathBuf,
    /// Classification of activities.
    #[arg(long, default_value = "nace-rev2")]
    classification: String,
    /// Manufacturing by size class for steps 2 to 4, where it comes from another table.
    #[arg(long, value_name = "FILE")]
    manufacturing: Option<PathBuf>,
    /// Step 1: location quotient to exceed.
    #[arg(long, default_value_t = 1.0)]
    sector_lq: f64,
    /// Step 3: location quotient to exceed.
    #[arg(long, default_value_t = 1.0)]
    industry_lq: f64,
    /// Step 4: share of jobs in units below 250 employees to exceed.
    #[arg(long, default_value_t = 0.5)]
    sme_share: f64,
    /// Step 4: small units against a single medium unit: 1 (Boix 2008), 0.5 (the weaker wording), 0 (off).
    #[arg(long, default_value_t = 1.0)]
    single_medium_ratio: f64,
    /// Employees the main industry must have: 250 in Boix & Galletto.
    #[arg(long, default_value_t = 0.0)]
    min_industry_employees: f64,
    /// Largest share of jobs of unknown size or without a figure with which a step is still judged.
    #[arg(long, default_value_t = 0.1)]
    largest_unknown_share: f64,
    #[command(flatten)]
    output: Output,
}

pub fn run(args: &Args, quiet: bool) -> Result<(), Failure> {
    let format = args.output.format(Format::Csv)?;
    let files = [Some(&args.jobs), Some(&args.areas), args.manufacturing.as_ref()];
    let files: Vec<&Path> = files.into_iter().flatten().map(PathBuf::as_path).collect();
    no_stream_twice(&files)?;
    let jobs = JobsArgs {
        path: args.jobs.clone(),
        areas: args.areas.clone(),
        classification: args.classification.clone(),
        manufacturing: args.manufacturing.clone(),
    };
    let rule = Districts {
        sector_lq: args.sector_lq,
        industry_lq: args.industry_lq,
        sme_share: args.sme_share,
        single_medium_ratio: args.single_medium_ratio,
        min_industry_employees: args.min_industry_employees,
        largest_unknown_share: args.largest_unknown_share,
        ..Districts::default()
    };
    let (table, log) = districts(jobs, rule)?;
    show(&log, quiet);
    args.output.write(&table, format)
}
