//! How time and memory of the search grow with the country, on made worlds:
//! `cargo run --release -p distretto-regions --example growth [most zones]`.

use std::time::Instant;

use distretto_flows::FlowTable;
use distretto_regions::eu_ttwa::{Mode, Options, eu_ttwa};
use distretto_testkit::world::{World, WorldOptions};
use peak_alloc::PeakAlloc;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

const SIZES: [usize; 7] = [1_000, 3_000, 10_000, 20_000, 30_000, 60_000, 100_000];
/// Runs at least, and seconds to go on running for: the best of many is least disturbed by others on the machine.
const RUNS: usize = 3;
const SECONDS: f64 = 1.5;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let most = std::env::args().nth(1).map_or(Ok(100_000), |text| text.parse())?;
    for (name, mode) in [("reference", Mode::Reference), ("clean", Mode::Clean)] {
        println!(
            "{name}\n{:>8} {:>10} {:>7} {:>10} {:>9} {:>8} {:>10}",
            "zones", "pairs", "areas", "iterations", "seconds", "ns/pair", "peak/table"
        );
        let mut points = Vec::new();
        let mut most_memory: f64 = 0.0;
        for zones in SIZES.into_iter().filter(|&zones| zones <= most) {
            let world = World::generate(&WorldOptions { zones, ..WorldOptions::default() })?;
            let flows = FlowTable::from_rows(world.zones.len(), &world.flows)?;
            drop(world);
            let held = MEMORY.current_usage();
            MEMORY.reset_peak_usage();
            let mut seconds = f64::INFINITY;
            let mut found = None;
            let began = Instant::now();
            let mut runs = 0;
            while runs < RUNS || began.elapsed().as_secs_f64() < SECONDS {
                runs += 1;
                let started = Instant::now();
                found = Some(eu_ttwa(&flows, Options { mode, ..Options::default() })?);
                seconds = seconds.min(started.elapsed().as_secs_f64());
            }
            let peak = (MEMORY.peak_usage() - held) as f64 / flows.bytes() as f64;
            let Some(found) = found else { continue };
            most_memory = most_memory.max(peak);
            println!(
                "{zones:>8} {:>10} {:>7} {:>10} {seconds:>9.4} {:>8.1} {peak:>10.2}",
                flows.pairs(),
                found.partition().areas(),
                found.iterations,
                1e9 * seconds / flows.pairs() as f64,
            );
            points.push(((flows.pairs() as f64).ln(), seconds.ln()));
        }
        println!(
            "time grows as pairs^{:.3} (least squares on logarithms; at most 1.15 is asked)",
            slope(&points)
        );
        println!("memory beside the table at most {most_memory:.2} times the table (at most 5 is asked)\n");
    }
    Ok(())
}

fn slope(points: &[(f64, f64)]) -> f64 {
    let n = points.len() as f64;
    let (x, y) = points.iter().fold((0.0, 0.0), |sum, point| (sum.0 + point.0 / n, sum.1 + point.1 / n));
    let (xy, xx) = points.iter().fold((0.0, 0.0), |sum, point| {
        (sum.0 + (point.0 - x) * (point.1 - y), sum.1 + (point.0 - x).powi(2))
    });
    xy / xx
}
