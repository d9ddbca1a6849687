//! Areas and districts by region, beside the official figures.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use distretto_territory::CodeOrder;

use crate::report::facts::Facts;
use crate::report::html::Html;
use crate::report::numbers::{NONE, count, or_none, percent};
use crate::report::table::{Column, Table};

#[derive(Default)]
struct Row {
    areas: usize,
    districts: usize,
    jobs: f64,
}

pub(in crate::report) fn write(html: &mut Html, facts: &Facts<'_>) {
    html.heading("By region");
    if !facts.has_regions() {
        html.paragraph("The zone table names no regions, so there is no table by region.");
        return;
    }
    let mut rows: BTreeMap<Option<&str>, Row> = BTreeMap::new();
    for area in 0..facts.number_of_areas() as u32 {
        rows.entry(facts.region(area)).or_default().areas += 1;
    }
    for district in facts.districts() {
        let row = rows.entry(district.region).or_default();
        row.districts += 1;
        row.jobs += district.manufacturing;
    }
    let official = facts.official();
    // Regions that only the official figures name are not lost.
    for name in
        official.into_iter().flat_map(|o| o.areas_by_region.keys().chain(o.districts_by_region.keys()))
    {
        rows.entry(Some(name)).or_default();
    }
    table(facts, &rows).write(html);
    let mut note = "An area belongs to the region of its main zone, the one with most jobs.".to_owned();
    if let Some(official) = official {
        let _ = write!(note, " Official figures: {}.", official.source);
    }
    html.note(&note);
}

fn table(facts: &Facts<'_>, rows: &BTreeMap<Option<&str>, Row>) -> Table {
    let mut table = Table::new(
        if facts.districts.is_some() {
            "Labour market areas and districts by region"
        } else {
            "Labour market areas by region"
        },
        &[
            Column::Text("Region"),
            Column::Number("Areas"),
            Column::Number("Official areas"),
            Column::Number("Districts"),
            Column::Number("Official districts"),
            Column::Number("Districts per area"),
            Column::Number("Manufacturing jobs in districts"),
        ],
    );
    let official = facts.official();
    let judged = facts.districts.is_some();
    let if_judged = |text: String| if judged { text } else { NONE.to_owned() };
    let known = |number: Option<u64>| or_none(number.map(|n| n as f64), count);
    let share = |districts: usize, areas: usize| {
        or_none((judged && areas > 0).then(|| districts as f64 / areas as f64), percent)
    };
    let by_region =
        |of: Option<&BTreeMap<String, u64>>, region: &str| of.and_then(|of| of.get(region).copied());
    let names: Vec<&str> = rows.keys().copied().flatten().collect();
    let order = CodeOrder::of(&names);
    let mut rows: Vec<(Option<&str>, &Row)> = rows.iter().map(|(region, row)| (*region, row)).collect();
    rows.sort_by(|(a, _), (b, _)| match (a, b) {
        (Some(a), Some(b)) => order.compare(a, b),
        _ => a.is_none().cmp(&b.is_none()),
    });
    for &(region, row) in &rows {
        let name = region.unwrap_or("(no region given)");
        table.row([
            name.to_owned(),
            count(row.areas as f64),
            known(by_region(official.map(|o| &o.areas_by_region), name)),
            if_judged(count(row.districts as f64)),
            known(by_region(official.map(|o| &o.districts_by_region), name)),
            share(row.districts, row.areas),
            if_judged(count(row.jobs)),
        ]);
    }
    let areas: usize = rows.iter().map(|(_, row)| row.areas).sum();
    let districts: usize = rows.iter().map(|(_, row)| row.districts).sum();
    table.total([
        "All".to_owned(),
        count(areas as f64),
        known(official.and_then(|official| official.areas)),
        if_judged(count(districts as f64)),
        known(official.and_then(|official| official.districts)),
        share(districts, areas),
        if_judged(count(rows.iter().map(|(_, row)| row.jobs).sum())),
    ]);
    table.without_empty_columns()
}
