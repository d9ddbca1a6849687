//! Margins of error of flows, where they are published for each.

use distretto_flows::{FlowTable, Row};

use crate::fault::{Code, Fault, Result};
use crate::tables::{Batch, Numbers};
use crate::words::counted;

/// Margins as they are read: one for each row between zones, in the order of the rows.
#[derive(Debug, Default)]
pub(super) struct Margins {
    of_rows: Vec<f64>,
    wrong: usize,
    first: Option<Box<Fault>>,
}

/// Squares of larger margins could not be added up; no country has as many persons.
const LARGEST: f64 = 1e15;

impl Margins {
    /// Takes the margin in a row of the table.
    pub(super) fn take(&mut self, batch: &Batch, margins: &Numbers, row: usize) -> Result<()> {
        let found = batch.number(margins, row)?;
        let margin = found.filter(|margin| (0.0..=LARGEST).contains(margin));
        if margin.is_none() {
            self.wrong += 1;
            if self.first.is_none() {
                let found = found.map_or("the field is empty".to_owned(), |margin| format!("it is {margin}"));
                let pair = ["origin", "destination"]
                    .map(|role| batch.text(role).get(row).unwrap_or_default().to_owned());
                let fault = batch
                    .fault(Code::MarginsMissing, row, String::new())
                    .in_column(batch.column_name("margin"))
                    .because(format!("the first is that from `{}` to `{}`: {found}", pair[0], pair[1]));
                self.first = Some(fault);
            }
        }
        self.of_rows.push(margin.unwrap_or_default());
        Ok(())
    }

    /// The margin of each pair of the table made from `rows`, in the order of [`FlowTable::rows`]. Rows of the same pair are
    /// independent, so their margins combine to the root of the sum of their squares.
    ///
    /// # Errors
    /// Rows without a margin, or with one that is no number of persons.
    pub(super) fn by_pair(self, rows: &[Row], table: &FlowTable) -> Result<Vec<f64>> {
        if let Some(mut fault) = self.first {
            let have = if self.wrong == 1 { "has" } else { "have" };
            fault.what = format!(
                "{} of {} between zones {have} no margin of error",
                self.wrong,
                counted(rows.len(), "flow")
            );
            return Err(fault.hint(
                "a margin is 0 or more persons; keep such rows out with `where`, or give margins by size of flow in \
                 `[certainty.sampling] margins`",
            ));
        }
        let mut start = Vec::with_capacity(table.zones() + 1);
        let mut destinations = Vec::with_capacity(table.pairs());
        for zone in 0..table.zones() as u32 {
            start.push(destinations.len());
            destinations.extend(table.out_of(zone).map(|(destination, _)| destination));
        }
        start.push(destinations.len());
        let mut squares = vec![0.0_f64; destinations.len()];
        for (row, margin) in rows.iter().zip(self.of_rows) {
            let own = start[row.origin as usize]..start[row.origin as usize + 1];
            if let Ok(at) = destinations[own.clone()].binary_search(&row.destination) {
                squares[own.start + at] += margin * margin;
            }
        }
        Ok(squares.into_iter().map(f64::sqrt).collect())
    }
}
