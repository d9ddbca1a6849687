//! How long reruns take: `cargo run --release --example rerun_times -- EDITION STUDY`.
//!
//! Runs the study's own parameters, which must give the edition, then a few others, then the whole grid.

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use distretto_atlas::Edition;
use distretto_atlas::rerun::{Live, Rerun, RerunRequest};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args_os().skip(1).map(PathBuf::from);
    let (Some(folder), Some(study)) = (args.next(), args.next()) else {
        return Err("name an edition and its study.toml".into());
    };
    let began = Instant::now();
    let edition = Edition::open("edition", &folder)?;
    println!("edition read in {:.2?}", began.elapsed());
    let began = Instant::now();
    let live = Live::open(&edition, &study)?;
    println!("study read in {:.2?}", began.elapsed());
    let stop = AtomicBool::new(false);
    let own = live.rerun(&RerunRequest::new(), &stop)?;
    let same = own.changed_zones.is_empty() && own.zone_area == edition.partition.as_slice();
    println!("own parameters: {} (the edition: {same})", told(&own));
    for factor in [0.001, 0.5, 2.0, 5.0].into_iter().filter(|_| live.searches()) {
        let sizes = ["min_size", "target_size"].map(|name| (name.to_owned(), factor * own.parameters[name]));
        println!("sizes x {factor}: {}", told(&live.rerun(&RerunRequest::from(sizes), &stop)?));
    }
    let began = Instant::now();
    let (grid, reruns) = live.grid(&stop, &|_, _| ())?;
    let bytes: usize =
        reruns.iter().map(|rerun| serde_json::to_string(rerun).map_or(0, |text| text.len())).sum();
    println!("grid of {} in {:.2?}, {bytes} bytes of JSON", grid.points.len(), began.elapsed());
    Ok(())
}

fn told(rerun: &Rerun) -> String {
    let districts = rerun.districts.map_or("no".to_owned(), |districts| districts.to_string());
    format!(
        "{:.3} s, {} areas, {districts} districts, {} zones changed",
        rerun.seconds.unwrap_or_default(),
        rerun.areas,
        rerun.changed_zones.len()
    )
}
