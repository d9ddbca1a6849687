//! How well planted areas and districts are found as noise grows, as a Markdown table:
//! `cargo run --release -p distretto-testkit --example world_noise [zones] [seeds]`.

use std::error::Error;

use distretto_testkit::world::WorldOptions;

#[path = "../tests/recovery/mod.rs"]
mod recovery;

fn main() -> Result<(), Box<dyn Error>> {
    let argument = |n: usize, default: u64| std::env::args().nth(n).map_or(Ok(default), |text| text.parse());
    let (zones, seeds) = (argument(1, 2000)? as usize, argument(2, 12)?.max(1));
    let at_default = WorldOptions::default();
    let noises = [0.0, 0.1, 0.2, 0.3, 0.5, 0.75, 1.0].map(|noise| (noise, 1.0));
    let scales = [0.5, 0.25, 0.1].map(|scale| (at_default.noise, scale));
    println!(
        "| noise | scale | areas: ARI, mean (least) of {seeds} worlds of {zones} zones | districts: F1, mean (least) |"
    );
    println!("|--:|--:|--:|--:|");
    for (noise, scale) in noises.into_iter().chain(scales) {
        let (mut ari, mut f1) = (Vec::new(), Vec::new());
        for seed in 1..=seeds {
            let found = recovery::recovered(&WorldOptions { seed, zones, noise, scale })?;
            ari.push(found.0);
            f1.push(found.1.f1);
        }
        println!("| {noise} | {scale} | {} | {} |", mean_and_least(&ari), mean_and_least(&f1));
    }
    Ok(())
}

fn mean_and_least(values: &[f64]) -> String {
    let least = values.iter().copied().fold(f64::INFINITY, f64::min);
    format!("{:.3} ({least:.3})", values.iter().sum::<f64>() / values.len() as f64)
}
