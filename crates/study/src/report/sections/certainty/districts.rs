//! How sure each district is.

use std::cmp::Reverse;

use distretto_certainty::{DistrictCertainty, DistrictClass};
use distretto_districts::Test;

use super::amounts::{frequency, per_cent, rounded, whole};
use super::answer::class_name;
use crate::certainty::CertaintyResults;
use crate::report::facts::Facts;
use crate::report::html::Html;
use crate::report::numbers::{NONE, count, signed};
use crate::report::table::{Column, Table};
use crate::report::words::{capital, lower, plural};

/// Rows of a table.
const ROWS: usize = 300;

pub(super) fn write(html: &mut Html, facts: &Facts<'_>, found: &CertaintyResults) {
    let Some(certainties) = &found.districts else { return };
    html.heading("How sure is each district?");
    let districts = sorted(certainties.of_base().collect());
    let candidates = sorted(certainties.candidates().collect());
    if districts.is_empty() && candidates.is_empty() {
        html.paragraph("No area is a district, neither in the run nor in one redraw of twenty.");
        return;
    }
    html.paragraph(
        "A district exists in a redraw where its area does, the rule makes it a district, and its main industry is the same. Near-certain: in at \
         least nine redraws of ten; likely: in at least half; doubtful: in at least one of twenty; unlikely: in fewer.",
    );
    for class in DistrictClass::ALL {
        let of_class: Vec<&DistrictCertainty> =
            districts.iter().copied().filter(|district| district.class == Some(class)).collect();
        if !of_class.is_empty() {
            let many = plural(of_class.len(), "district", "districts");
            table(facts, &of_class, format!("{}: {many}", capital(class_name(class)))).write(html);
        }
    }
    if !candidates.is_empty() {
        let many = plural(candidates.len(), "area", "areas");
        let caption = format!("No district in the run, yet one in at least one redraw of twenty: {many}");
        table(facts, &candidates, caption).write(html);
    }
    if let Some(share) = certainties.elsewhere.share() {
        let elsewhere = certainties.elsewhere;
        html.paragraph(&format!(
            "Of all districts found in the redraws ({}, each redraw counting its own), {} ({}) {} in areas that do not exist in the run.",
            count(f64::from(elsewhere.of)),
            count(f64::from(elsewhere.times)),
            per_cent(share),
            if elsewhere.times == 1 { "lies" } else { "lie" }
        ));
    }
    html.note(
        "Intervals are over the redraws in which the district exists. Distance: how far the run is from the tightest threshold of the rule, in \
         standard deviations of that distance over the redraws; below about 2 a threshold is within reach of chance, below 0 the run fails it. The \
         test of the single medium unit is left out: it applies only where there is exactly one such unit. Every area is in district_certainty.csv.",
    );
}

/// The surest first.
fn sorted(mut districts: Vec<&DistrictCertainty>) -> Vec<&DistrictCertainty> {
    districts.sort_by_key(|district| (district.class, Reverse(district.same_industry.times), district.area));
    districts
}

fn table(facts: &Facts<'_>, districts: &[&DistrictCertainty], caption: String) -> Table {
    let caption = match districts.len() {
        0..=ROWS => caption,
        _ => format!("{caption}; the first {ROWS}"),
    };
    let mut table = Table::new(
        caption,
        &[
            Column::Text("Area"),
            Column::Text("Main industry"),
            Column::Number("Redraws that have it"),
            Column::Text("With any industry"),
            Column::Number("Zones, 80 % interval"),
            Column::Number("Jobs in the main industry, 80 % interval"),
            Column::Text("What fails when it fails"),
            Column::Text("Distance to the tightest threshold"),
        ],
    );
    for district in districts.iter().take(ROWS) {
        table.row([
            facts.area_name(district.area).to_owned(),
            industry(facts, district.industry),
            frequency(district.same_industry),
            any_industry(facts, district),
            whole(district.sizes.zones.interval(0.8)),
            district
                .sizes
                .main_industry_jobs
                .as_ref()
                .map_or_else(|| NONE.to_owned(), |jobs| rounded(jobs, 0.8)),
            failing(district),
            tightest(district).map_or_else(
                || NONE.to_owned(),
                |(test, distance)| format!("{} ({})", signed(distance, 1), words(test)),
            ),
        ]);
    }
    table.without_empty_columns()
}

fn industry(facts: &Facts<'_>, index: Option<u16>) -> String {
    index.map_or(NONE, |index| facts.industry_short(usize::from(index))).to_owned()
}

/// How often with any industry, and the most frequent other one.
fn any_industry(facts: &Facts<'_>, district: &DistrictCertainty) -> String {
    let any = count(f64::from(district.any_industry.times));
    district.other_industry.map_or(any.clone(), |(other, often)| {
        let other = lower(&industry(facts, Some(other)));
        format!("{any}, as {other} {}", count(f64::from(often.times)))
    })
}

/// What is missing in the redraws without the district.
fn failing(district: &DistrictCertainty) -> String {
    let mut reasons = Vec::new();
    let dissolved = district.area_exists.of - district.area_exists.times;
    if dissolved > 0 {
        reasons.push(format!("the area does not come back ({})", count(f64::from(dissolved))));
    }
    if let Some((test, often)) = district.weakest() {
        reasons.push(format!("{} ({})", words(test), frequency(often)));
    }
    if reasons.is_empty() { NONE.to_owned() } else { reasons.join("; ") }
}

/// A test in two or three words.
fn words(test: Test) -> &'static str {
    match test {
        Test::Specialised => "step 1: specialisation",
        Test::OverBusinessServices => "step 1: surplus over business services",
        Test::OverConsumerServices => "step 1: surplus over consumer services",
        Test::SmeSystem => "step 2: small and medium units",
        Test::MainIndustry => "step 3: main industry",
        Test::SmeMajority => "step 4: share of small and medium units",
        Test::SingleMediumUnit => "step 4: single medium unit",
        Test::MinimumJobs => "step 4: jobs in the main industry",
    }
}

/// The test with the least distance: of a district the one it passes most narrowly, of another area the one it misses most.
fn tightest(district: &DistrictCertainty) -> Option<(Test, f64)> {
    // It applies only where exactly one unit is medium, so it comes and goes from redraw to redraw: its distance is of those few redraws
    // that have it, and may be far below 0 for an area that is a district in most others.
    let distances =
        Test::ALL.into_iter().zip(district.distances).filter(|(test, _)| *test != Test::SingleMediumUnit);
    distances.filter_map(|(test, distance)| Some((test, distance?))).min_by(|(_, a), (_, b)| a.total_cmp(b))
}
