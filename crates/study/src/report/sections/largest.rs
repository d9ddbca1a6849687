//! The largest and the smallest areas and districts.

use crate::report::facts::Facts;
use crate::report::html::Html;
use crate::report::map::district_table;
use crate::report::numbers::{NONE, count, decimal, or_none, percent};
use crate::report::table::{Column, Table};
use crate::report::words::plural;

/// Rows of a table.
const ROWS: usize = 10;

pub(in crate::report) fn districts(html: &mut Html, facts: &Facts<'_>) {
    let districts = facts.districts();
    if districts.is_empty() {
        return;
    }
    html.heading("The largest and the smallest districts");
    if districts.len() <= 2 * ROWS {
        let caption =
            format!("All {}, by jobs in the main industry", plural(districts.len(), "district", "districts"));
        district_table(facts, caption, districts.iter()).write(html);
        return;
    }
    let largest = format!("The {ROWS} largest districts by jobs in the main industry");
    district_table(facts, largest, districts.iter().take(ROWS)).write(html);
    let smallest = format!("The {ROWS} smallest districts by jobs in the main industry, smallest first");
    district_table(facts, smallest, districts.iter().rev().take(ROWS)).write(html);
}

pub(in crate::report) fn areas(html: &mut Html, facts: &Facts<'_>) {
    html.heading("The largest and the smallest areas");
    let areas: Vec<u32> = facts.areas_by_size();
    let size = if facts.all_statistics().is_empty() { "population" } else { "employed residents" };
    if areas.len() <= 2 * ROWS {
        table(facts, format!("All areas, by {size}"), areas.into_iter()).write(html);
        return;
    }
    let largest = format!("The {ROWS} largest areas by {size}");
    table(facts, largest, areas.iter().copied().take(ROWS)).write(html);
    let smallest = format!("The {ROWS} smallest areas by {size}, smallest first");
    table(facts, smallest, areas.iter().rev().copied().take(ROWS)).write(html);
}

fn table(facts: &Facts<'_>, caption: String, areas: impl Iterator<Item = u32>) -> Table {
    let mut table = Table::new(
        caption,
        &[
            Column::Text("Area"),
            Column::Text("Region"),
            Column::Number("Zones"),
            Column::Number("Employed residents"),
            Column::Number("Jobs in the flows"),
            Column::Number("Supply-side self-containment"),
            Column::Number("Demand-side self-containment"),
            Column::Number("Population"),
            Column::Number("km²"),
        ],
    );
    for area in areas {
        let statistics = facts.statistics(area);
        table.row([
            facts.area_name(area).to_owned(),
            facts.region(area).unwrap_or(NONE).to_owned(),
            or_none(facts.areas.zones.get(area as usize).map(|&zones| zones as f64), count),
            or_none(statistics.map(|s| s.residents), count),
            or_none(statistics.map(|s| s.workers), count),
            or_none(statistics.and_then(|s| s.sc_supply_side), percent),
            or_none(statistics.and_then(|s| s.sc_demand_side), percent),
            or_none(facts.population(area), count),
            or_none(facts.areas.km2.get(area as usize).copied().flatten(), |km2| {
                decimal(km2, usize::from(km2 < 10.0))
            }),
        ]);
    }
    table.without_empty_columns()
}
