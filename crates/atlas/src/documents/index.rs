//! Where the rows of a place are: made once for an edition, so that no document scans a large table.

use distretto_jobs::{Grouping, System};
use rustc_hash::FxHashMap;

use super::area::Other;
use crate::edition::Edition;
use crate::table::{Table, cell};

/// Rows by area: those of area `a` are `rows[starts[a]..starts[a + 1]]`, in the order of the table.
#[derive(Debug, Default)]
pub(super) struct Rows {
    starts: Vec<u32>,
    rows: Vec<u32>,
}

impl Rows {
    /// The rows of an area; none where the edition lacks the table.
    pub fn of(&self, area: u32) -> &[u32] {
        let ends = self.starts.get(area as usize).zip(self.starts.get(area as usize + 1));
        ends.map_or(&[], |(&start, &end)| &self.rows[start as usize..end as usize])
    }

    /// From the area of each row; a row without an area is of none.
    fn new(areas: usize, of_row: &[Option<u32>]) -> Self {
        let mut starts = vec![0; areas + 1];
        for area in of_row.iter().flatten() {
            starts[*area as usize + 1] += 1;
        }
        for area in 0..areas {
            starts[area + 1] += starts[area];
        }
        let mut next = starts.clone();
        let mut rows = vec![0; starts[areas] as usize];
        for (row, area) in of_row.iter().enumerate() {
            if let Some(area) = area {
                let at = &mut next[*area as usize];
                rows[*at as usize] = row as u32;
                *at += 1;
            }
        }
        Self { starts, rows }
    }
}

/// A flow between areas, or within one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Flow {
    pub origin: u32,
    pub destination: u32,
    pub persons: f64,
}

/// An industry or macro-sector.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Group {
    pub id: String,
    pub name: String,
}

/// Where the rows of each place are.
#[derive(Debug)]
pub struct Index {
    areas: FxHashMap<String, u32>,
    /// Rows of `steps`.
    pub(super) steps: Rows,
    /// Rows of `area_jobs`.
    pub(super) jobs: Rows,
    /// The table `flows`, by row.
    pub(super) flows: Vec<Flow>,
    /// Flows by origin.
    pub(super) outgoing: Rows,
    /// Flows by destination.
    pub(super) incoming: Rows,
    /// Zones by area.
    pub(super) members: Rows,
    /// Neighbours of each area with the length of the common border.
    pub(super) neighbours: Vec<Vec<(u32, f64)>>,
    /// Industries of the grouping, in its order; none without jobs.
    pub(super) industries: Vec<Group>,
    /// Macro-sectors of the grouping; none without jobs.
    pub(super) sectors: Vec<Group>,
    /// Known employees of each area in manufacturing by industry.
    pub(super) manufacturing: Vec<Vec<f64>>,
    /// Areas by name.
    pub(super) by_name: Vec<u32>,
    /// Place of each area by name.
    pub(super) name_rank: Vec<u32>,
}

impl Index {
    /// The index of an edition. Cost: linear in its tables; n log n in areas.
    pub(crate) fn new(edition: &Edition) -> Self {
        let codes = edition.partition.codes();
        let areas: FxHashMap<String, u32> = codes.iter().cloned().zip(0..).collect();
        let rows = |table: &str| Rows::new(codes.len(), &ends(edition.table(table), "area", &areas));
        let flows = flows(edition.table("flows"), &areas);
        let by = |end: fn(&Flow) -> u32| {
            let ends: Vec<Option<u32>> = flows.iter().map(|flow| Some(end(flow))).collect();
            Rows::new(codes.len(), &ends)
        };
        let (sectors, industries) = groups(edition);
        let jobs = rows("area_jobs");
        let by_name = by_name(edition);
        let mut name_rank = vec![0; codes.len()];
        for (rank, &area) in by_name.iter().enumerate() {
            name_rank[area as usize] = rank as u32;
        }
        Self {
            steps: rows("steps"),
            outgoing: by(|flow| flow.origin),
            incoming: by(|flow| flow.destination),
            members: Rows::new(codes.len(), edition.partition.as_slice()),
            neighbours: neighbours(edition.table("contiguity"), &areas),
            manufacturing: manufacturing(edition.table("area_jobs"), &jobs, codes.len(), &industries),
            areas,
            jobs,
            flows,
            industries,
            sectors,
            by_name,
            name_rank,
        }
    }

    /// The area with this code.
    pub fn area(&self, code: &str) -> Option<u32> {
        self.areas.get(code).copied()
    }

    /// Industries (places in the grouping) with the number of districts that have them as main industry: most first, of equals
    /// in the order of the rule.
    pub(super) fn industries_by_districts(&self, edition: &Edition) -> Vec<(usize, usize)> {
        let mut counted: Vec<(usize, usize)> = (0..self.industries.len()).map(|at| (at, 0)).collect();
        if let Some(table) = edition.table("districts") {
            let of_districts = (0..table.rows()).filter(|&row| table.text(row, "kind") == Some("district"));
            for main in of_districts.filter_map(|row| table.text(row, "main_industry")) {
                if let Some(at) = self.industries.iter().position(|industry| industry.id == main) {
                    counted[at].1 += 1;
                }
            }
        }
        counted.sort_by_key(|&(at, districts)| (std::cmp::Reverse(districts), at));
        counted
    }

    /// Name of an industry; its id where the rule has none.
    pub(super) fn industry_name<'a>(&'a self, id: &'a str) -> &'a str {
        name_in(&self.industries, id)
    }

    /// Name of a macro-sector; its id where the rule has none.
    pub(super) fn sector_name<'a>(&'a self, id: &'a str) -> &'a str {
        name_in(&self.sectors, id)
    }
}

fn name_in<'a>(groups: &'a [Group], id: &'a str) -> &'a str {
    groups.iter().find(|group| group.id == id).map_or(id, |group| &group.name)
}

/// The area that each row names in a column.
fn ends(table: Option<&Table>, column: &str, areas: &FxHashMap<String, u32>) -> Vec<Option<u32>> {
    let codes = table.and_then(|table| table.texts(column));
    codes.map(|codes| codes.iter().map(|code| areas.get(code?).copied()).collect()).unwrap_or_default()
}

fn flows(table: Option<&Table>, areas: &FxHashMap<String, u32>) -> Vec<Flow> {
    let Some(persons) = table.and_then(|table| table.numbers("flow")) else { return Vec::new() };
    let rows = ends(table, "origin", areas).into_iter().zip(ends(table, "destination", areas)).zip(&persons);
    rows.filter_map(|((origin, destination), persons)| {
        Some(Flow { origin: origin?, destination: destination?, persons: persons? })
    })
    .collect()
}

fn neighbours(table: Option<&Table>, areas: &FxHashMap<String, u32>) -> Vec<Vec<(u32, f64)>> {
    let mut neighbours = vec![Vec::new(); areas.len()];
    let Some(metres) = table.and_then(|table| table.numbers("shared_m")) else { return neighbours };
    for ((a, b), metres) in ends(table, "a", areas).into_iter().zip(ends(table, "b", areas)).zip(&metres) {
        if let (Some(a), Some(b)) = (a, b) {
            neighbours[a as usize].push((b, metres.unwrap_or_default()));
            neighbours[b as usize].push((a, metres.unwrap_or_default()));
        }
    }
    for of_area in &mut neighbours {
        of_area.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    }
    neighbours
}

/// Macro-sectors and industries of the rule, in the classification of the study.
fn groups(edition: &Edition) -> (Vec<Group>, Vec<Group>) {
    if edition.table("districts").is_none() {
        return (Vec::new(), Vec::new());
    }
    let jobs = &edition.manifest["config"]["jobs"];
    let all = jobs["classification"].as_str().unwrap_or_default();
    let manufacturing = jobs["manufacturing"]["classification"].as_str().unwrap_or(all);
    let system = |name: &str| if name.starts_with("naics") { System::Naics } else { System::Nace };
    let named = |grouping: Result<Grouping, _>| {
        let groups = grouping.map(|grouping| grouping.groups().to_vec()).unwrap_or_default();
        groups.into_iter().map(|group| Group { id: group.id, name: group.title }).collect()
    };
    (named(Grouping::macro_sectors(system(all))), named(Grouping::industries(system(manufacturing))))
}

/// Known employees by area and industry, sizes together.
fn manufacturing(table: Option<&Table>, rows: &Rows, areas: usize, industries: &[Group]) -> Vec<Vec<f64>> {
    let Some(table) = table else { return vec![Vec::new(); areas] };
    let of_area = |area: u32| {
        let mut employees = vec![0.0; industries.len()];
        for &row in rows.of(area) {
            let row = row as usize;
            let group =
                (table.text(row, "grouping") == Some("industry")).then(|| table.text(row, "group")).flatten();
            let at = group.and_then(|group| industries.iter().position(|industry| industry.id == group));
            if let Some(at) = at {
                employees[at] += number(table, row, "employees").unwrap_or_default();
            }
        }
        employees
    };
    (0..areas as u32).map(of_area).collect()
}

/// Areas in the order of their names, of equals the first first.
fn by_name(edition: &Edition) -> Vec<u32> {
    let names: Vec<&str> = (0..edition.areas() as u32).map(|area| name(edition, area)).collect();
    let mut order: Vec<u32> = (0..names.len() as u32).collect();
    order.sort_by_key(|&area| (names[area as usize], area));
    order
}

/// A number in a table; `None` where it is missing or there is no such column.
pub(super) fn number(table: &Table, row: usize, column: &str) -> Option<f64> {
    cell(table.batch.column_by_name(column)?, row).as_f64()
}

/// A sum without the dust of binary fractions: nothing is counted finer than a millionth. 0 over none.
pub(super) fn sum(amounts: impl Iterator<Item = f64>) -> f64 {
    (amounts.fold(0.0, |sum, amount| sum + amount) * 1e6).round() / 1e6
}

/// A yes or no in a table; no where it is missing.
pub(super) fn flag(table: &Table, row: usize, column: &str) -> bool {
    table.batch.column_by_name(column).and_then(|column| cell(column, row).as_bool()).unwrap_or_default()
}

/// A text in a table, to keep.
pub(super) fn text(table: &Table, row: usize, column: &str) -> Option<String> {
    table.text(row, column).map(str::to_owned)
}

/// Name of an area; its code where it has none.
pub(super) fn name(edition: &Edition, area: u32) -> &str {
    let name = edition.table("areas").and_then(|areas| areas.text(area as usize, "name"));
    name.unwrap_or_else(|| edition.partition.code(area))
}

/// An area with what the rule says of it.
pub(super) fn other(edition: &Edition, area: u32) -> Other {
    let verdict = |column: &str| text(edition.table("areas")?, area as usize, column);
    Other {
        code: edition.partition.code(area).to_owned(),
        name: name(edition, area).to_owned(),
        kind: verdict("kind"),
        main_industry: verdict("main_industry"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_by_area_keep_the_order_of_the_table() {
        let rows = Rows::new(3, &[Some(2), Some(0), None, Some(2)]);
        let found: Vec<&[u32]> = (0..4).map(|area| rows.of(area)).collect();
        assert_eq!(found, [&[1][..], &[], &[0, 3], &[]]);
        assert!(Rows::default().of(0).is_empty());
    }

    #[test]
    fn sums_have_no_dust() {
        assert_eq!(sum([0.1, 0.2].into_iter()), 0.3);
        assert!(sum(std::iter::empty()).is_sign_positive());
    }
}
