//! Whether probabilities come true as often as they say, and intervals hold the truth as often as they should, in made
//! countries of many sizes: the tables of `docs/calibration.md`.
//!
//! `cargo run --release -p distretto-certainty --example calibration -- [--worlds 240] [--replicates 60] [--first-seed 4001] [--zones 150,300,600,1200]`

mod country;
mod report;
mod trial;

use rayon::prelude::*;

use country::{Case, Country, Failure, Seen};
use trial::{Trial, trials};

fn main() -> Result<(), Failure> {
    let (mut worlds, mut replicates, mut first_seed) = (240, 60, 4001);
    let mut zones = vec![150, 300, 600, 1200];
    let mut arguments = std::env::args().skip(1);
    while let Some(name) = arguments.next() {
        let value = arguments.next().ok_or_else(|| format!("{name} needs a value"))?;
        match name.as_str() {
            "--worlds" => worlds = value.parse()?,
            "--replicates" => replicates = value.parse()?,
            "--first-seed" => first_seed = value.parse()?,
            "--zones" => zones = value.split(',').map(str::parse).collect::<Result<_, _>>()?,
            _ => {
                return Err(format!("{name} is none of --worlds, --replicates, --first-seed, --zones").into());
            }
        }
    }
    let found: Vec<Vec<Trial>> = (0..worlds)
        .into_par_iter()
        .map(|number| in_world(Case::in_turn(first_seed, number, &zones), replicates))
        .collect::<Result<_, _>>()?;
    report::print(&found.into_iter().flatten().collect::<Vec<_>>());
    Ok(())
}

fn in_world(case: Case, replicates: u64) -> Result<Vec<Trial>, Failure> {
    let country = Country::generate(case)?;
    let mut found = trials(&country, &country.sight(Seen::Counted)?, replicates)?;
    if case.fraction < 1.0 {
        found.extend(trials(&country, &country.sight(Seen::Asked)?, replicates)?);
    }
    Ok(found)
}
