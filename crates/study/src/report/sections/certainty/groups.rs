//! How many by region and by main industry.

use distretto_certainty::{ByGroup, Distribution};
use distretto_territory::CodeOrder;

use super::amounts::interval;
use crate::certainty::CertaintyResults;
use crate::report::facts::Facts;
use crate::report::html::Html;
use crate::report::numbers::{NONE, count, or_none};
use crate::report::table::{Column, Table};

pub(super) fn write(html: &mut Html, facts: &Facts<'_>, found: &CertaintyResults) {
    let counts = &found.together().counts;
    if let Some(areas) = &counts.areas_by_region {
        by_region(found, areas, counts.districts_by_region.as_ref()).write(html);
    }
    if let Some(industries) = counts.districts_by_industry.as_ref() {
        by_industry(facts, industries).write(html);
    }
}

/// The run, and the 80 % and 95 % intervals.
fn cells(counts: Option<&Distribution>) -> [String; 3] {
    counts.map_or_else(
        || [NONE; 3].map(str::to_owned),
        |counts| [or_none(counts.base.map(f64::from), count), interval(counts, 0.8), interval(counts, 0.95)],
    )
}

/// Whether there is ever one.
fn occurs(counts: &Distribution) -> bool {
    counts.values.iter().chain(&counts.base).any(|&value| value > 0)
}

fn by_region(found: &CertaintyResults, areas: &ByGroup, districts: Option<&ByGroup>) -> Table {
    let mut table = Table::new(
        "Areas and districts by region",
        &[
            Column::Text("Region"),
            Column::Number("Areas in the run"),
            Column::Number("Areas, 80 % interval"),
            Column::Number("Areas, 95 % interval"),
            Column::Number("Districts in the run"),
            Column::Number("Districts, 80 % interval"),
            Column::Number("Districts, 95 % interval"),
        ],
    );
    let mut row = |name: &str, areas: &Distribution, districts: Option<&Distribution>| {
        if occurs(areas) {
            table.row([[name.to_owned()].as_slice(), &cells(Some(areas)), &cells(districts)].concat());
        }
    };
    let order = CodeOrder::of(&found.regions);
    let mut regions: Vec<(usize, (&String, &Distribution))> =
        found.regions.iter().zip(&areas.groups).enumerate().collect();
    regions.sort_by(|(_, (a, _)), (_, (b, _))| order.compare(a, b));
    for (region, (name, areas)) in regions {
        row(name, areas, districts.and_then(|districts| districts.groups.get(region)));
    }
    row("(no region given)", &areas.rest, districts.map(|districts| &districts.rest));
    table.without_empty_columns()
}

fn by_industry(facts: &Facts<'_>, industries: &ByGroup) -> Table {
    let mut table = Table::new(
        "Districts by main industry",
        &[
            Column::Text("Main industry"),
            Column::Number("In the run"),
            Column::Number("80 % interval"),
            Column::Number("95 % interval"),
        ],
    );
    for (industry, counts) in industries.groups.iter().enumerate().filter(|(_, counts)| occurs(counts)) {
        table.row([[facts.industry_short(industry).to_owned()].as_slice(), &cells(Some(counts))].concat());
    }
    table
}
