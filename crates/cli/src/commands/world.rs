//! `distretto world`.

use std::path::{Path, PathBuf};

use distretto_study::fault::{Code, Fault};
use distretto_testkit::world::files::{self, WorldFiles};
use distretto_testkit::world::{World, WorldOptions};

use crate::failure::Failure;

/// Make a country with known truth: zones, borders, flows, jobs, establishments and a ready study
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  distretto world --seed 7 --zones 2000 --out world\n  distretto run world/study.toml --out world/edition"
)]
pub struct Args {
    /// Same seed, same world.
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// Number of zones.
    #[arg(long, default_value_t = 2000)]
    zones: usize,
    /// Share of commuters who do not see the planted borders, 0 to 1.
    #[arg(long, default_value_t = WorldOptions::default().noise)]
    noise: f64,
    /// Employed residents, as a multiple of Italy's mean a zone.
    #[arg(long, default_value_t = 1.0)]
    scale: f64,
    /// Leave out the register of establishments, most of the time and bytes; the jobs table stays.
    #[arg(long)]
    no_register: bool,
    /// Folder to write; a world that is there is replaced.
    #[arg(long, short, value_name = "DIR", default_value = "world")]
    out: PathBuf,
    /// Write into the folder whatever it holds.
    #[arg(long)]
    force: bool,
}

/// What a folder with a world has: the study, and the truth that no other study has beside it.
const MARKS: [&str; 3] = ["study.toml", "truth_areas.csv", "truth_districts.csv"];

/// A world, an empty folder or nothing may be written over.
fn may_write(out: &Path) -> Result<(), Failure> {
    let is_world = MARKS.iter().all(|name| out.join(name).is_file());
    let is_empty = std::fs::read_dir(out).is_ok_and(|mut entries| entries.next().is_none());
    if !out.exists() || is_empty || is_world {
        return Ok(());
    }
    Err(Fault::new(Code::OutputExists, "the folder to write holds something that is not a made world")
        .in_file(out)
        .hint("choose another folder, or say `--force` to write into it")
        .into())
}

pub fn run(args: &Args, quiet: bool) -> Result<(), Failure> {
    if !args.force {
        may_write(&args.out)?;
    }
    let options = WorldOptions { seed: args.seed, zones: args.zones, noise: args.noise, scale: args.scale };
    let world = World::generate(&options).map_err(|error| {
        Fault::new(Code::WorldOptions, error.to_string()).hint("see `distretto world --help`")
    })?;
    files::write(&world, &args.out, WorldFiles { register: !args.no_register })
        .map_err(|error| Fault::new(Code::OutputFailed, error.to_string()).in_file(&args.out))?;
    if !quiet {
        eprintln!("wrote {0}: try `distretto run {0}/study.toml --out {0}/edition`", args.out.display());
    }
    Ok(())
}
