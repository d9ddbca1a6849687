//! `distretto world`.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use distretto_study::fault::{Code, Fault};
use distretto_testkit::world::files::{self, Rows, WorldFiles};
use distretto_testkit::world::{World, WorldError, WorldOptions};

use crate::failure::Failure;
use crate::interrupt::stop_on_interrupt;

/// Make a country with known truth: zones, borders, flows, jobs, establishments and a ready study
#[derive(clap::Args)]
#[allow(clippy::struct_excessive_bools, reason = "each is a flag of the command")]
#[command(after_help = "Examples:
  distretto world --seed 7 --zones 2000 --out world
  distretto run world/study.toml --out world/edition
  distretto world --zones 10000 --no-register --register --trips=1000000000 --invoices --out large")]
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
    /// Write the register as Parquet too, with addresses and dates; --zones 10000, or 2000 at --scale 5, give more than 5
    /// million units.
    #[arg(long)]
    register: bool,
    /// Write trips of commuters as Parquet: exactly ROWS, or those of one week, 20 a commuter.
    #[arg(long, value_name = "ROWS", num_args = 0..=1, require_equals = true, default_missing_value = USUAL, value_parser = rows)]
    trips: Option<Rows>,
    /// Write where trips start and end as points too, not only as zones.
    #[arg(long, requires = "trips")]
    coordinates: bool,
    /// Write what firms sell to each other as Parquet: exactly ROWS invoices, or 12 for each job.
    #[arg(long, value_name = "ROWS", num_args = 0..=1, require_equals = true, default_missing_value = USUAL, value_parser = rows)]
    invoices: Option<Rows>,
    /// Write a study tour of a few districts too, to plan with `distretto tour`: hosts, delegates, days and hotels.
    #[arg(long)]
    tour: bool,
    /// Folder to write; a world that is there is replaced.
    #[arg(long, short, value_name = "DIR", default_value = "world")]
    out: PathBuf,
    /// Write into the folder whatever it holds.
    #[arg(long)]
    force: bool,
}

/// What an option without a number of rows stands for.
const USUAL: &str = "usual";

fn rows(text: &str) -> Result<Rows, String> {
    match text.parse() {
        _ if text == USUAL => Ok(Rows::Usual),
        Ok(rows) if rows > 0 => Ok(Rows::Exactly(rows)),
        _ => Err("a number of rows is whole and at least 1, as in 1000000".to_owned()),
    }
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
    let refused = |error: WorldError| {
        Fault::new(Code::WorldOptions, error.to_string()).hint("see `distretto world --help`")
    };
    let world = World::generate(&options).map_err(refused)?;
    if let Some(Rows::Exactly(trips)) = args.trips {
        world.trips().check(trips).map_err(refused)?;
    }
    if args.tour {
        world.tour().map_err(refused)?;
    }
    let files = WorldFiles {
        register: !args.no_register,
        units: args.register,
        trips: args.trips,
        coordinates: args.coordinates,
        invoices: args.invoices,
        tour: args.tour,
    };
    // Micro-data may take minutes and gigabytes; without them Ctrl-C ends the program at once.
    let written = if files.units || files.trips.is_some() || files.invoices.is_some() {
        let stop = stop_on_interrupt("stopping; no table is left half-written");
        files::write_unless(&stop, &world, &args.out, files)
    } else {
        files::write(&world, &args.out, files)
    };
    match written {
        Err(error) if error.source.kind() == ErrorKind::Interrupted => return Err(Failure::Interrupted),
        Err(error) => {
            return Err(Fault::new(Code::OutputFailed, error.to_string()).in_file(&args.out).into());
        }
        Ok(_) => {}
    }
    if !quiet {
        // A tour looks for the edition beside the world.
        let edition = match args.out.file_name() {
            Some(_) if args.tour => args.out.with_file_name("edition"),
            None if args.tour => args.out.join("../edition"),
            _ => args.out.join("edition"),
        };
        eprintln!(
            "wrote {0}: try `distretto run {0}/study.toml --out {1}`",
            args.out.display(),
            edition.display()
        );
    }
    Ok(())
}
