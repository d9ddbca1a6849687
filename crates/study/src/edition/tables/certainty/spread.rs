//! Where the spread of a count comes from.

use arrow::error::ArrowError;
use distretto_certainty::{Decomposition, Part};

use crate::certainty::CertaintyResults;
use crate::edition::table::{Table, TableBuilder};

/// A source of spread.
struct Row<'a> {
    what: &'static str,
    source: String,
    part: Option<&'a Part>,
    variance: Option<f64>,
    share: Option<f64>,
    share_error: Option<f64>,
}

/// One row a thing counted and source.
pub fn spread(found: &CertaintyResults) -> Result<Table, ArrowError> {
    let mut rows = rows("areas", &found.areas_by_source);
    rows.extend(found.districts_by_source.iter().flat_map(|found| self::rows("districts", found)));
    let number = |of: fn(&Part) -> Option<f64>| rows.iter().map(move |row| of(row.part?));
    TableBuilder::new("spread", "Where the spread of the number of areas and districts comes from.", &["what", "source"])
        .text("what", "What is counted: areas or districts.", rows.iter().map(|row| Some(row.what)))
        .text(
            "source",
            "together (all sources vary), a source that varies alone, or remainder: what the sources alone leave of the variance of all together, below 0 where they overlap.",
            rows.iter().map(|row| Some(&row.source)),
        )
        .whole("replicates", "Replicates that know the count; missing for the remainder.", rows.iter().map(|row| row.part.map(|part| part.replicates as i64)))
        .number("variance", "Variance of the count.", rows.iter().map(|row| row.variance))
        .number("variance_se", "Its Monte Carlo standard error; missing for the remainder.", number(|part| part.variance_error))
        .number("sd", "Standard deviation of the count; missing for the remainder.", number(|part| part.standard_deviation))
        .number("share", "Variance over that of all sources together; missing where that is 0. Shares of sources may add up to more than 1.", rows.iter().map(|row| row.share))
        .number("share_se", "Its Monte Carlo standard error.", rows.iter().map(|row| row.share_error))
        .number("mean", "Mean of the count; missing for the remainder.", number(|part| part.mean))
        .number("shift", "Mean less the count of the run; missing for the remainder.", number(|part| part.shift))
        .build()
}

fn rows<'a>(what: &'static str, found: &'a Decomposition) -> Vec<Row<'a>> {
    let row = |source: String, part: &'a Part| Row {
        what,
        source,
        part: Some(part),
        variance: part.variance,
        share: part.share,
        share_error: part.share_error,
    };
    let mut rows = vec![row("together".to_owned(), &found.together)];
    rows.extend(found.alone.iter().map(|part| row(part.varying.name(), part)));
    rows.push(Row {
        what,
        source: "remainder".to_owned(),
        part: None,
        variance: found.remainder.zip(found.together.variance).map(|(share, all)| share * all),
        share: found.remainder,
        share_error: found.remainder_error,
    });
    rows
}
