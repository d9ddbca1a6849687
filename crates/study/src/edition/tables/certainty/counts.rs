//! How many areas and districts there are, with intervals.

use arrow::error::ArrowError;
use distretto_certainty::{ByGroup, CountsBySet, Distribution, Sample};

use super::Named;
use crate::certainty::CertaintyResults;
use crate::edition::table::{Table, TableBuilder};
use crate::run::Results;

/// Stands for the group of a count that is of no group.
const ALL: &str = "all";

/// A count of a set.
struct Row<'a> {
    set: &'a CountsBySet,
    what: &'static str,
    scope: &'static str,
    group: &'a str,
    count: &'a Distribution,
    sample: Sample<u32>,
}

/// One row a set, thing counted and group.
pub fn counts(results: &Results, found: &CertaintyResults) -> Result<Table, ArrowError> {
    let rows = rows(results, found);
    let whole = |of: fn(&Row) -> usize| rows.iter().map(move |row| Some(of(row) as i64));
    let number = |of: fn(&Sample<u32>) -> Option<f64>| rows.iter().map(move |row| of(&row.sample));
    let low = |level| rows.iter().map(move |row| Some(i64::from(row.count.interval(level)?.from)));
    let high = |level| rows.iter().map(move |row| Some(i64::from(row.count.interval(level)?.to)));
    let within =
        |level: f64| rows.iter().map(move |row| row.sample.share_within(&row.count.interval(level)?));
    TableBuilder::new(
        "counts",
        "How many areas and districts there are, in the run and over replicates: in total, by region, by main industry.",
        &["set", "what", "scope", "group"],
    )
    .text("set", "The sources that vary in these replicates, such as sampling+rule.", rows.iter().map(|row| Some(row.set.varying.name())))
    .text("what", "What is counted: areas or districts.", rows.iter().map(|row| Some(row.what)))
    .text(
        "scope",
        "total, region (that of the zone with most jobs) or industry (the main one); without_region and without_industry where any are outside all groups. Groups and those outside add up to the total in every replicate.",
        rows.iter().map(|row| Some(row.scope)),
    )
    .text("group", "The region or industry; all where the scope has no groups.", rows.iter().map(|row| Some(row.group)))
    .whole("replicates", "Replicates of the set that know the count.", whole(|row| row.sample.len()))
    .whole("base", "The count in the run itself; missing where it is not known.", rows.iter().map(|row| row.count.base.map(i64::from)))
    .number("mean", "Mean over replicates.", number(Sample::mean))
    .number("mean_se", "Monte Carlo standard error of the mean; missing with fewer than two replicates.", number(Sample::standard_error_of_mean))
    .number("sd", "Standard deviation over replicates; missing with fewer than two.", number(Sample::standard_deviation))
    .whole("median", "Median over replicates: of an even number the lower of the two in the middle.", rows.iter().map(|row| row.sample.median().map(i64::from)))
    .whole("low80", "Lower end of the 80 % interval, itself included: the smallest count that at least a tenth of the replicates do not exceed. Where flows are a sample, the intervals of the totals are stretched to the side from which redraws move the count away.", low(0.8))
    .whole("high80", "Upper end of the 80 % interval, itself included.", high(0.8))
    .number("within80", "Share of replicates within the 80 % interval, 0 to 1: at least 0.8, often more, since counts are whole.", within(0.8))
    .whole("low95", "Lower end of the 95 % interval, itself included.", low(0.95))
    .whole("high95", "Upper end of the 95 % interval, itself included.", high(0.95))
    .number("within95", "Share of replicates within the 95 % interval, 0 to 1.", within(0.95))
    .whole("empty", "Replicates of the set that found no area; they count as 0.", whole(|row| row.set.empty))
    .whole("not_converged", "Replicates of the set whose search was stopped before it ended.", whole(|row| row.set.not_converged))
    .build()
}

fn rows<'a>(results: &'a Results, found: &'a CertaintyResults) -> Vec<Row<'a>> {
    let named = Named(results);
    let region = |at: usize| found.regions.get(at).map_or(ALL, String::as_str);
    let industry = |at: usize| u16::try_from(at).ok().and_then(|at| named.industry(at)).unwrap_or(ALL);
    let mut rows = Vec::new();
    for set in found.sets.iter().map(|set| &set.counts) {
        let mut add = |what, scope, group, count: &'a Distribution| {
            rows.push(Row { set, what, scope, group, count, sample: count.sample() });
        };
        add("areas", "total", ALL, &set.areas);
        by_group(&mut add, "areas", REGION, &region, set.areas_by_region.as_ref());
        if let Some(districts) = &set.districts {
            add("districts", "total", ALL, districts);
        }
        by_group(&mut add, "districts", REGION, &region, set.districts_by_region.as_ref());
        by_group(&mut add, "districts", INDUSTRY, &industry, set.districts_by_industry.as_ref());
    }
    rows
}

/// What groups are called, and what lies outside of all.
const REGION: [&str; 2] = ["region", "without_region"];
const INDUSTRY: [&str; 2] = ["industry", "without_industry"];

fn by_group<'a>(
    add: &mut impl FnMut(&'static str, &'static str, &'a str, &'a Distribution),
    what: &'static str,
    [inside, outside]: [&'static str; 2],
    name: &dyn Fn(usize) -> &'a str,
    counts: Option<&'a ByGroup>,
) {
    let Some(counts) = counts else { return };
    for (at, count) in counts.groups.iter().enumerate() {
        add(what, inside, name(at), count);
    }
    let rest = &counts.rest;
    if rest.base.iter().chain(&rest.values).any(|&count| count > 0) {
        add(what, outside, ALL, rest);
    }
}
