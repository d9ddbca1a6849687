//! In how many replicates there are how many areas and districts.

use arrow::error::ArrowError;
use distretto_certainty::Distribution;

use crate::certainty::CertaintyResults;
use crate::edition::table::{Table, TableBuilder};

/// One row a set, thing counted and count that occurred.
pub fn histogram(found: &CertaintyResults) -> Result<Table, ArrowError> {
    let mut rows: Vec<(String, &str, u32, usize)> = Vec::new();
    for counts in found.sets.iter().map(|set| &set.counts) {
        let of = [("areas", Some(&counts.areas)), ("districts", counts.districts.as_ref())];
        for (what, count) in of {
            let histogram = count.into_iter().flat_map(Distribution::histogram);
            rows.extend(
                histogram.map(|(value, replicates)| (counts.varying.name(), what, value, replicates)),
            );
        }
    }
    TableBuilder::new(
        "histogram",
        "In how many replicates there are how many areas and districts.",
        &["set", "what", "value"],
    )
    .text("set", "The sources that vary in these replicates.", rows.iter().map(|row| Some(&row.0)))
    .text("what", "What is counted: areas or districts.", rows.iter().map(|row| Some(row.1)))
    .whole("value", "A count that occurred.", rows.iter().map(|row| Some(i64::from(row.2))))
    .whole("replicates", "In how many replicates it did.", rows.iter().map(|row| Some(row.3 as i64)))
    .build()
}
