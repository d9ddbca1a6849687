//! How sure it is that each area is a district.

use arrow::error::ArrowError;
use distretto_certainty::{DistrictCertainties, DistrictCertainty, DistrictClass, Frequency};
use distretto_districts::Test;

use super::Named;
use super::sizes::size_columns;
use crate::edition::table::{Table, TableBuilder};
use crate::run::Results;

/// Adds how often a test fails, and how far the run is from its threshold.
macro_rules! test_columns {
    ($table:expr, $areas:expr, $test:expr, $name:literal) => {
        $table
            .number(
                concat!("fails_", $name),
                concat!("Share of the replicates in which the area exists where the test ", $name, " fails, 0 to 1; several may fail at once."),
                $areas.iter().map(|area| area.failing[$test as usize].share()),
            )
            .number(
                concat!("distance_", $name),
                concat!("Margin of the test ", $name, " in the run over the standard deviation of its margins in replicates; above 0 on the side of a district. Missing where the margin is, or does not vary."),
                $areas.iter().map(|area| area.distances[$test as usize]),
            )
    };
}

/// One row an area of the run, district or not.
pub fn district_certainty(results: &Results, found: &DistrictCertainties) -> Result<Table, ArrowError> {
    let named = Named(results);
    let areas = &found.areas;
    let share = |of: fn(&DistrictCertainty) -> Frequency| areas.iter().map(move |area| of(area).share());
    let industry_name = |industry: u16| Some(results.districts.as_ref()?.industry(usize::from(industry)));
    let table = TableBuilder::new(
        "district_certainty",
        "How sure it is that each area is a district.",
        &["area"],
    )
    .text("area", "Code of the area.", areas.iter().map(|area| Some(named.area(area.area))))
    .text("name", "Name of the area.", areas.iter().map(|area| Some(named.area_name(area.area))))
    .flag("in_base", "Whether it is a district in the run.", areas.iter().map(|area| Some(area.in_base())))
    .text("kind", "What it is in the run: district, large_firm_system, other_manufacturing, rest or undetermined.", areas.iter().map(|area| Some(area.kind.name())))
    .text("industry", "The main industry that `existence` is about: of a district its own in the run, of another area that of most of the replicates in which it is a district. Missing where there is none.", areas.iter().map(|area| named.industry(area.industry?)))
    .text("industry_name", "Its name.", areas.iter().map(|area| industry_name(area.industry?)))
    .number("existence", "Share of replicates in which the area exists and is a district with this main industry, 0 to 1.", share(|area| area.same_industry))
    .number("existence_se", "Its Monte Carlo standard error; 0 where it is 0 or 1.", areas.iter().map(|area| area.same_industry.standard_error()))
    .whole("times", "In how many replicates that is.", areas.iter().map(|area| Some(i64::from(area.same_industry.times))))
    .whole("of", "Of how many replicates.", areas.iter().map(|area| Some(i64::from(area.same_industry.of))))
    .text("class", "near_certain (existence of 0.9 and more), likely (0.5), doubtful (0.05) or unlikely.", areas.iter().map(|area| area.class.map(DistrictClass::name)))
    .number("existence_any_industry", "Share of replicates in which the area exists and is a district, whatever its main industry, 0 to 1.", share(|area| area.any_industry))
    .number("area_exists", "Share of replicates in which the area exists, district or not, 0 to 1.", share(|area| area.area_exists))
    .text("other_industry", "The most frequent other main industry as a district; missing where there is none.", areas.iter().map(|area| named.industry(area.other_industry?.0)))
    .number("other_industry_share", "Share of replicates in which it is a district with that one, 0 to 1.", areas.iter().map(|area| area.other_industry?.1.share()))
    .text("weakest_test", "The test that fails most often where the area exists without being a district; missing where none ever fails.", areas.iter().map(|area| Some(area.weakest()?.0.name())));
    let table = sizes(table, areas);
    tests(table, areas).build()
}

/// Sizes over the replicates in which the district exists.
fn sizes(table: TableBuilder, areas: &[DistrictCertainty]) -> TableBuilder {
    let table = size_columns!(
        table,
        whole,
        "zones",
        "number of zones, over the replicates in which the district exists; missing where it never does.",
        areas.iter().map(|area| Some(&area.sizes.zones))
    );
    let table = size_columns!(
        table,
        number,
        "population",
        "resident population, persons, over the replicates in which the district exists; missing where it never does or a zone has none stated.",
        areas.iter().map(|area| area.sizes.residents.as_ref())
    );
    let table = size_columns!(
        table,
        number,
        "manufacturing_jobs",
        "employees in manufacturing, over the replicates in which the district exists; missing where it never does or they are not known.",
        areas.iter().map(|area| area.sizes.manufacturing_jobs.as_ref())
    );
    size_columns!(
        table,
        number,
        "main_industry_jobs",
        "employees in its main industry, over the replicates in which the district exists; missing where it never does or they are not known.",
        areas.iter().map(|area| area.sizes.main_industry_jobs.as_ref())
    )
}

fn tests(table: TableBuilder, areas: &[DistrictCertainty]) -> TableBuilder {
    let table = test_columns!(table, areas, Test::Specialised, "specialised");
    let table = test_columns!(table, areas, Test::OverBusinessServices, "over_business_services");
    let table = test_columns!(table, areas, Test::OverConsumerServices, "over_consumer_services");
    let table = test_columns!(table, areas, Test::SmeSystem, "sme_system");
    let table = test_columns!(table, areas, Test::MainIndustry, "main_industry");
    let table = test_columns!(table, areas, Test::SmeMajority, "sme_majority");
    let table = test_columns!(table, areas, Test::SingleMediumUnit, "single_medium_unit");
    test_columns!(table, areas, Test::MinimumJobs, "minimum_jobs")
}

#[cfg(test)]
mod unit_tests {
    use super::*;

    #[test]
    fn every_test_has_its_two_columns() {
        let table = tests(TableBuilder::new("t", "", &[]), &[]).build().unwrap();
        let expected: Vec<String> = Test::ALL
            .into_iter()
            .flat_map(|test| ["fails", "distance"].map(|column| format!("{column}_{}", test.name())))
            .collect();
        assert!(table.meanings.iter().map(|meaning| meaning.name).eq(expected));
    }
}
