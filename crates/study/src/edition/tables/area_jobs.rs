//! Jobs of each area by industry and size.

use arrow::error::ArrowError;
use distretto_jobs::{SizeClass, Tally};
use distretto_territory::Partition;

use super::{CONFIDENTIALITY, confidentiality};
use crate::disclosure::{JobStatuses, Status};
use crate::edition::table::{Table, TableBuilder};
use crate::run::DistrictResults;

/// One row an area, group and size class that has a record: first the macro-sectors, then the manufacturing
/// industries by size of the unit.
pub fn area_jobs(
    found: &DistrictResults,
    partition: &Partition,
    published: Option<&JobStatuses>,
) -> Result<Table, ArrowError> {
    let status = |of: &dyn Fn(&JobStatuses) -> Status| published.map_or(Status::Published, of);
    let mut rows: Vec<(u32, &str, &str, &str, Tally, Tally, Status)> = Vec::new();
    for area in 0..partition.areas() as u32 {
        let sectors = found.all_sectors.area(area);
        for (index, group) in found.all_sectors.grouping().groups().iter().enumerate() {
            let (jobs, units) = (sectors.group_employees(index), sectors.group_local_units(index));
            let status = status(&|published| published.sector(Some(area), index));
            rows.push((area, "macro_sector", &group.id, "total", jobs, units, status));
        }
        let industries = found.manufacturing.area(area);
        for (index, group) in found.manufacturing.grouping().groups().iter().enumerate() {
            for size in SizeClass::ALL {
                let (jobs, units) = (industries.employees(index, size), industries.local_units(index, size));
                let status = status(&|published| published.industry(Some(area), index, size));
                rows.push((area, "industry", &group.id, size.name(), jobs, units, status));
            }
        }
    }
    rows.retain(|row| row.4.records() > 0 || row.5.records() > 0);
    let mut table = TableBuilder::new(
        "area_jobs",
        "Jobs of each area by macro-sector, and by industry and size of the unit.",
        &["area", "grouping", "group", "size_class"],
    )
    .text("area", "Code of the area.", rows.iter().map(|row| Some(partition.code(row.0))))
    .text("grouping", "macro_sector or industry.", rows.iter().map(|row| Some(row.1)))
    .text("group", "The macro-sector or industry.", rows.iter().map(|row| Some(row.2)))
    .text("size_class", "Size class of the local unit.", rows.iter().map(|row| Some(row.3)))
    .number(
        "employees",
        "Employees; missing where no record has a figure.",
        rows.iter().map(|row| row.4.figure().value),
    )
    .text(
        "employees_status",
        "Status of the figure.",
        rows.iter().map(|row| Some(row.4.figure().status.name())),
    )
    .number(
        "local_units",
        "Local units; missing where no record has a figure.",
        rows.iter().map(|row| row.5.figure().value),
    )
    .text(
        "local_units_status",
        "Status of the figure.",
        rows.iter().map(|row| Some(row.5.figure().status.name())),
    );
    if published.is_some() {
        table = table.text("confidentiality", CONFIDENTIALITY, rows.iter().map(|row| confidentiality(row.6)));
    }
    table.build()
}
