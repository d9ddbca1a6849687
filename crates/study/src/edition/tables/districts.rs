//! The verdict on each area.

use arrow::error::ArrowError;
use distretto_districts::istat::{AreaVerdict, BySize};
use distretto_territory::Partition;

use crate::edition::table::{Table, TableBuilder};
use crate::run::DistrictResults;

/// One row an area: what it is, its main industry, and its jobs and local units by size.
pub fn districts(
    found: &DistrictResults,
    partition: &Partition,
    names: Option<&[String]>,
) -> Result<Table, ArrowError> {
    let verdicts = &found.verdicts;
    let column = |get: &dyn Fn(&AreaVerdict) -> Option<f64>| verdicts.iter().map(get).collect::<Vec<_>>();
    let main = |get: &dyn Fn(&BySize) -> Option<f64>| column(&|area| get(&area.main()?.jobs));
    let units =
        |get: &dyn Fn(&BySize) -> Option<f64>| column(&|area| get(area.main()?.local_units.as_ref()?));
    TableBuilder::new("districts", "What each area is, by the rule.", &["area"])
        .text("area", "Code of the area.", verdicts.iter().map(|area| Some(partition.code(area.area))))
        .text(
            "name",
            "Name of the area, where it has one.",
            verdicts.iter().map(|area| names.map(|names| &names[area.area as usize])),
        )
        .text(
            "kind",
            "district, large_firm_system, other_manufacturing, rest or undetermined.",
            verdicts.iter().map(|area| Some(area.kind.name())),
        )
        .text(
            "main_industry",
            "Main manufacturing industry, if there is one.",
            verdicts.iter().map(|area| area.main_industry.map(|industry| found.industry_id(industry))),
        )
        .text(
            "main_industry_name",
            "Its name.",
            verdicts.iter().map(|area| area.main_industry.map(|industry| found.industry(industry))),
        )
        .number(
            "main_industry_lq",
            "Location quotient of the main industry within manufacturing.",
            column(&|area| area.main()?.quotient),
        )
        .number(
            "main_industry_surplus",
            "Jobs of the main industry above what the national share would give.",
            column(&|area| area.main()?.surplus),
        )
        .number("main_industry_jobs", "Employees of the main industry.", main(&BySize::total))
        .number(
            "main_industry_jobs_small",
            "Employees of the main industry in units below 50.",
            main(&|jobs| jobs.by_size()[0]),
        )
        .number(
            "main_industry_jobs_medium",
            "Employees of the main industry in units of 50 to 249.",
            main(&|jobs| jobs.by_size()[1]),
        )
        .number(
            "main_industry_jobs_large",
            "Employees of the main industry in units of 250 and more.",
            main(&|jobs| jobs.by_size()[2]),
        )
        .number(
            "main_industry_units",
            "Local units of the main industry; missing where not all records tell.",
            units(&BySize::total),
        )
        .number(
            "main_industry_units_small",
            "Local units of the main industry below 50 employees.",
            units(&|units| units.by_size()[0]),
        )
        .number(
            "main_industry_units_medium",
            "Local units of the main industry of 50 to 249 employees.",
            units(&|units| units.by_size()[1]),
        )
        .number(
            "main_industry_units_large",
            "Local units of the main industry of 250 employees and more.",
            units(&|units| units.by_size()[2]),
        )
        .number(
            "manufacturing_jobs",
            "Employees in manufacturing; missing where no record has a figure.",
            column(&|area| area.jobs.total()),
        )
        .number(
            "manufacturing_jobs_small",
            "Employees in manufacturing in units below 50.",
            column(&|area| area.jobs.by_size()[0]),
        )
        .number(
            "manufacturing_jobs_medium",
            "Employees in manufacturing in units of 50 to 249.",
            column(&|area| area.jobs.by_size()[1]),
        )
        .number(
            "manufacturing_jobs_large",
            "Employees in manufacturing in units of 250 and more.",
            column(&|area| area.jobs.by_size()[2]),
        )
        .number(
            "manufacturing_units",
            "Local units in manufacturing; missing where not all records tell.",
            column(&|area| area.local_units?.total()),
        )
        .number(
            "national_share",
            "Share of the nation's manufacturing employees, 0 to 1; missing where those of the area are.",
            column(&|area| area.national_share),
        )
        .flag(
            "estimated",
            "Whether figures that the steps rest on are estimated.",
            verdicts.iter().map(|area| Some(area.steps().any(|step| step.estimated))),
        )
        .build()
}
