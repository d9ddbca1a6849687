//! `distretto certainty`.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use clap::ValueEnum;
use distretto_study::certainty::{self, Forecast, Made, Onlooker, Store};
use distretto_study::config::certainty::{FlowModel, SamplingModels, Source};
use distretto_study::config::{Borders, Certainty, Config};
use distretto_study::edition;
use distretto_study::fault::{Code, Fault};
use distretto_study::input::Study;
use distretto_study::plan::{plan_of_certainty, plan_of_certainty_alone};
use distretto_study::report::{answer, how_sure};
use distretto_study::run;
use distretto_study::stages::study_of_flows;
use distretto_study::stopwatch::Stopwatch;

use super::areas::{ColumnOptions, RuleOptions};
use super::run::meta;
use crate::failure::{Failure, show};
use crate::interrupt::stop_on_interrupt;
use crate::output::print_text;
use crate::progress::{Counter, Progress, duration};
use crate::reading::read;

/// Say how sure the areas, borders, counts and districts are, by making them again and again
///
/// Takes a study (a file that ends in .toml) and writes its edition with everything about certainty in it; or takes a table of
/// flows alone and writes replicates.csv, zones.csv, borders.csv (where borders are given) and counts.json. Replicates are kept in
/// a folder beside the output: an interrupted command goes on where it was, and more replicates can be added.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  distretto certainty study.toml --out edition\n  distretto certainty study.toml --replicates 1000\n  distretto certainty flows.csv --mode reference --sampling poisson --replicates 200 --seed 11 --out sure"
)]
pub struct Args {
    /// The study, or a table of flows.
    #[arg(default_value = "study.toml")]
    input: PathBuf,
    /// Folder to write; an edition that is there is replaced.
    #[arg(long, short, value_name = "DIR", default_value = "edition")]
    out: PathBuf,
    /// Replicates in which all sources vary together [default: as the study says, else 400]. With several sources, each also varies
    /// alone in a quarter as many, at least 100.
    #[arg(long, short = 'n', value_name = "N")]
    replicates: Option<u64>,
    /// What varies [default: as the study says, else sampling,rule; for a table of flows sampling].
    #[arg(long, value_enum, value_delimiter = ',', value_name = "SOURCES")]
    vary: Vec<SourceArg>,
    /// How flows are redrawn [default: as the study says, else poisson].
    #[arg(long, value_enum)]
    sampling: Option<SamplingArg>,
    /// Share of residents asked, for `--sampling survey`.
    #[arg(long, value_name = "SHARE")]
    fraction: Option<f64>,
    /// Seed of all draws [default: as the study says, else 1].
    #[arg(long)]
    seed: Option<u64>,
    /// Folder that keeps the replicates [default: the output folder with `.replicates` behind its name].
    #[arg(long, value_name = "DIR")]
    keep: Option<PathBuf>,
    /// Threads that work; they change no result [default: all cores].
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
    /// Replace the output folder whatever it holds.
    #[arg(long)]
    force: bool,
    /// Read and check everything, print what would be done, how long it would take and which files would be written, and stop.
    #[arg(long)]
    dry_run: bool,
    #[command(flatten, next_help_heading = "Options for a table of flows")]
    rule: RuleOptions,
    #[command(flatten, next_help_heading = "Options for a table of flows")]
    columns: ColumnOptions,
    /// Name of the column with the margin of error of each flow, for `--sampling margins`, where it is not `margin`.
    #[arg(long, value_name = "COLUMN", help_heading = "Options for a table of flows")]
    margin: Option<String>,
    /// Borders of the zones, for the strength of each.
    #[arg(long, value_name = "FILE", help_heading = "Options for a table of flows")]
    borders: Option<PathBuf>,
    /// The property of the borders that holds the zone code, where it is not `code`.
    #[arg(long, value_name = "NAME", requires = "borders", help_heading = "Options for a table of flows")]
    borders_key: Option<String>,
}

#[derive(Clone, Copy, ValueEnum)]
enum SourceArg {
    /// Flows and jobs redrawn.
    Sampling,
    /// Rules drawn from what the study allows.
    Rule,
    /// Tables of other years.
    Vintage,
    /// The order that decides between equals.
    Tie,
}

#[derive(Clone, Copy, ValueEnum)]
enum SamplingArg {
    /// A register or a full census as one draw of what could have been.
    Poisson,
    /// A sample of residents, with --fraction.
    Survey,
    /// Published margins of error.
    Margins,
    /// Flows as they are.
    None,
}

/// Stages of reading, running and writing, the replicates apart.
const STAGES: u64 = 10;

pub fn run(args: &Args, quiet: bool) -> Result<(), Failure> {
    if let Some(threads) = args.threads {
        if threads == 0 {
            return Err(Fault::new(Code::StudyValue, "`--threads` is 0; at least one must work").into());
        }
        // Fails only where a pool is there already, and then threads change no result.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(threads).build_global();
    }
    let from_study = args.input.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml"));
    let study = if from_study { load(args)? } else { alone(args)? };
    if from_study {
        edition::may_replace(&args.out, args.force)?;
    } else {
        certainty::files::may_replace(&args.out, args.force)?;
    }
    let keep = args.keep.clone().unwrap_or_else(|| certainty::folder_beside(&args.out));
    apart(&keep, &args.out)?;
    let progress = Progress::new(STAGES, quiet);
    let mut stopwatch = Stopwatch::new(|stage| progress.stage(stage));
    stopwatch.begin("reading");
    let input = read(study, quiet)?;
    if args.dry_run {
        progress.clear();
        show(&input.log, quiet);
        let plan = if from_study { plan_of_certainty } else { plan_of_certainty_alone };
        return print_text(&plan(&input, &args.out, &keep)?.to_string());
    }
    let store = Store::open(&keep, &input)?;
    let mut results = run::run(input, &mut stopwatch)?;
    stopwatch.begin("making replicates");
    progress.clear();
    let stop = stop_on_interrupt("stopping after the block at hand; once more to stop at once");
    let made =
        certainty::replicates(&results, Some(&store), &mut Eyes { counter: None, quiet, stop: &stop })?;
    let sets = match made {
        Made::All(sets) => sets,
        Made::Stopped { done, of } => {
            eprintln!(
                "stopped: {done} of {of} replicates are kept in {}; the same command goes on from there",
                keep.display()
            );
            return Err(Failure::Interrupted);
        }
    };
    // There is no block at hand any more: Ctrl-C ends the program at once.
    stop.store(true, Ordering::SeqCst);
    stopwatch.begin("summing up");
    certainty::add(&mut results, sets)?;
    if from_study {
        edition::write(&results, &meta(), &args.out, args.force, &mut stopwatch)?;
    } else {
        certainty::files::write(&results, &args.out, args.force)?;
    }
    drop(stopwatch);
    drop(progress);
    show(&results.log, quiet);
    let sure = how_sure(&results);
    print_text(&if from_study { format!("{} {sure}\n", answer(&results)) } else { format!("{sure}\n") })?;
    if !quiet {
        eprintln!("wrote {}; replicates are kept in {}", args.out.display(), keep.display());
    }
    Ok(())
}

/// Refuses to keep replicates in the output folder, which is replaced as a whole.
fn apart(keep: &Path, out: &Path) -> Result<(), Failure> {
    let full = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    if !full(keep).starts_with(full(out)) {
        return Ok(());
    }
    Err(Fault::new(Code::KeysConflict, "replicates cannot be kept in the output folder")
        .in_file(keep)
        .because("it is replaced with all that it holds")
        .hint("name another folder with `--keep` or `--out`")
        .into())
}

/// The study with what the command says instead.
fn load(args: &Args) -> Result<Study, Failure> {
    let given = args
        .rule
        .given()
        .or_else(|| args.columns.given())
        .or(args.margin.as_ref().map(|_| "--margin"))
        .or(args.borders.as_ref().map(|_| "--borders"));
    if let Some(option) = given {
        return Err(Fault::new(
            Code::KeysConflict,
            format!("`{option}` is for a table of flows, not for a study"),
        )
        .in_file(&args.input)
        .hint("say it in the study")
        .into());
    }
    let mut study = Study::load(&args.input)?;
    override_with(&mut study.config, args)?;
    Ok(study)
}

/// A table of flows as a study.
fn alone(args: &Args) -> Result<Study, Failure> {
    let mut config = study_of_flows(args.columns.table(&args.input), args.rule.rule());
    config.areas.tuning = distretto_study::config::Tuning::None;
    if let Some(flows) = &mut config.flows {
        flows.columns.margin.clone_from(&args.margin);
    }
    if let Some(path) = &args.borders {
        let path = path.display().to_string();
        config.borders = Some(Borders {
            path,
            key: args.borders_key.clone(),
            // A sample leaves zones without flows, and there is no study to say so in; what is left out is told.
            allow_unmatched: true,
            ..Borders::default()
        });
    }
    let sampling_alone = Certainty { vary: Some(vec![Source::Sampling]), ..Certainty::default() };
    config.certainty = Some(sampling_alone);
    override_with(&mut config, args)?;
    Ok(Study::new(config, Path::new("")))
}

fn override_with(config: &mut Config, args: &Args) -> Result<(), Failure> {
    let certainty = config.certainty.get_or_insert_with(Certainty::default);
    if let Some(replicates) = args.replicates {
        certainty.replicates = replicates;
    }
    if !args.vary.is_empty() {
        certainty.vary = Some(args.vary.iter().map(|source| source.source()).collect());
    }
    if args.sampling.is_some() || args.fraction.is_some() {
        let models = certainty.sampling.get_or_insert_with(SamplingModels::default);
        if let Some(sampling) = args.sampling.map(SamplingArg::model).filter(|&model| model != models.flows) {
            // The other keys are of the model that the study names.
            *models = SamplingModels { flows: sampling, jobs: models.jobs, ..SamplingModels::default() };
        }
        if args.fraction.is_some() {
            if models.flows != FlowModel::Survey {
                return Err(Fault::new(Code::KeysConflict, "`--fraction` is for flows of a survey")
                    .hint("add `--sampling survey`, or leave it out")
                    .into());
            }
            models.fraction = args.fraction;
        }
    }
    if let Some(seed) = args.seed {
        config.study.seed = seed;
    }
    Ok(config.validate()?)
}

impl SourceArg {
    fn source(self) -> Source {
        match self {
            Self::Sampling => Source::Sampling,
            Self::Rule => Source::Rule,
            Self::Vintage => Source::Vintage,
            Self::Tie => Source::Tie,
        }
    }
}

impl SamplingArg {
    fn model(self) -> FlowModel {
        match self {
            Self::Poisson => FlowModel::Poisson,
            Self::Survey => FlowModel::Survey,
            Self::Margins => FlowModel::Margins,
            Self::None => FlowModel::None,
        }
    }
}

/// Shows how far the replicates are.
struct Eyes<'a> {
    counter: Option<Counter>,
    quiet: bool,
    stop: &'a AtomicBool,
}

impl Onlooker for Eyes<'_> {
    fn forecast(&mut self, forecast: &Forecast) {
        if !self.quiet {
            let kept = match forecast.kept {
                0 => String::new(),
                kept => format!(" ({kept} are kept from before)"),
            };
            eprintln!(
                "{} to make{kept}: about {} on {}, {} MB",
                counted(forecast.missing, "replicate"),
                duration(forecast.time()),
                counted(forecast.threads as u64, "thread"),
                forecast.bytes.div_ceil(1_000_000),
            );
        }
        self.counter =
            Some(Counter::new("replicates", forecast.kept, forecast.kept + forecast.missing, self.quiet));
    }

    fn made(&mut self, done: u64, _of: u64) {
        if let Some(counter) = &self.counter {
            counter.at(done);
        }
    }

    fn stop(&self) -> bool {
        self.stop.load(Ordering::SeqCst)
    }
}

/// `1 thread`, `2 threads`.
fn counted(number: u64, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}
