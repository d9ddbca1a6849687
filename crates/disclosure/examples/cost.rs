//! How long protection takes: a table of zones by activities, half of it empty, in which one cell in so many has a single unit.
//!
//! `cargo run --release -p distretto-disclosure --example cost -- ROWS COLUMNS ONE_IN`

use std::time::Instant;

use distretto_disclosure::{Cell, Contributions, Rule, protect};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let mut number = |default: usize| arguments.next().map_or(Ok(default), |text| text.parse());
    let (rows, columns, one_in) = (number(8_000)?, number(250)?, number(10)?);
    // A fixed sequence of numbers that looks drawn (splitmix64).
    let mut state = 7u64;
    let mut draw = |below: u64| {
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut x = state;
        x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (x ^ (x >> 31)) % below
    };
    let mut cells = Vec::new();
    for row in 0..rows as u32 {
        for column in 0..columns as u32 {
            let units = match (draw(2), draw(one_in as u64)) {
                (0, _) => 0,
                (_, 0) => 1,
                _ => 5 + draw(20),
            };
            let mut contributions = Contributions::default();
            for _ in 0..units {
                let size = 1 + draw(30);
                contributions = contributions.merge(Contributions::one(size as f64)?);
            }
            if units > 0 {
                cells.push(Cell { row, column, contributions, alone: contributions });
            }
        }
    }
    let start = Instant::now();
    let found = protect(rows, columns, &cells, &Rule::default())?;
    let seconds = start.elapsed().as_secs_f64();
    let [primary, secondary] = found.withheld();
    println!(
        "{rows} x {columns}: {} cells, {primary} primary, {secondary} secondary, {} exposed, {seconds:.2} s",
        cells.len(),
        found.exposed
    );
    Ok(())
}
