//! What makes the numbers vary: variance by source.

use distretto_certainty::{Decomposition, Part, Source};

use super::amounts::per_cent;
use super::answer::sources;
use crate::certainty::CertaintyResults;
use crate::report::html::Html;
use crate::report::numbers::{NONE, count, decimal, or_none, signed};
use crate::report::table::{Column, Table};
use crate::report::words::{capital, listed};

pub(super) fn write(html: &mut Html, found: &CertaintyResults) {
    html.heading("What makes the numbers vary");
    let varying = found.together().varying;
    if varying.len() < 2 {
        let others: Vec<&str> =
            Source::ALL.into_iter().filter(|&source| !varying.has(source)).map(Source::name).collect();
        html.paragraph(&format!(
            "Only one thing varies here ({}), so all of the spread comes from it. Others ({}) can be let vary beside it, and would make the \
             intervals wider.",
            sources(varying),
            listed(&others)
        ));
        return;
    }
    html.paragraph(
        "Each source also varied alone, with the others as in the run. Its share is the variance of the number when it alone varies, over the \
         variance when all vary together.",
    );
    let parts = [("areas", Some(&found.areas_by_source)), ("districts", found.districts_by_source.as_ref())];
    for (many, parts) in parts {
        let Some(parts) = parts else { continue };
        table(parts, many).write(html);
        if let Some(sentence) = remainder(parts, many) {
            html.paragraph(&sentence);
        }
    }
}

fn table(parts: &Decomposition, many: &str) -> Table {
    let mut table = Table::new(
        format!("Where the spread of the number of {many} comes from"),
        &[
            Column::Text("What varies"),
            Column::Number("Redraws"),
            Column::Number("Mean"),
            Column::Number("Mean less the run"),
            Column::Number("Standard deviation"),
            Column::Number("Share of the variance"),
            Column::Number("Its Monte Carlo error"),
        ],
    );
    let cells = |name: String, part: &Part| {
        [
            name,
            count(part.replicates as f64),
            or_none(part.mean, |mean| decimal(mean, 1)),
            or_none(part.shift, |shift| signed(shift, 1)),
            or_none(part.standard_deviation, |deviation| decimal(deviation, 2)),
            or_none(part.share, per_cent),
            or_none(part.share_error.filter(|&error| error > 0.0), per_cent),
        ]
    };
    for part in &parts.alone {
        table.row(cells(format!("{} alone", capital(&sources(part.varying))), part));
    }
    let dash = || NONE.to_owned();
    table.row([
        "Remainder".to_owned(),
        dash(),
        dash(),
        dash(),
        dash(),
        or_none(parts.remainder, per_cent),
        or_none(parts.remainder_error, per_cent),
    ]);
    table.total(cells("All together".to_owned(), &parts.together));
    table
}

/// What the remainder means.
fn remainder(parts: &Decomposition, many: &str) -> Option<String> {
    let (left, error) = (parts.remainder?, parts.remainder_error?);
    Some(if left.abs() <= 2.0 * error {
        format!(
            "Number of {many}: the shares add up to 100 % within their error, so the sources act side by side."
        )
    } else if left > 0.0 {
        format!(
            "Number of {many}: {} is left over. Together the sources move the number more than each by itself (interaction).",
            per_cent(left)
        )
    } else {
        format!(
            "Number of {many}: the shares add up to {} more than all. The same areas hang in the balance, and either source alone tips \
             them (overlap).",
            per_cent(-left)
        )
    })
}
