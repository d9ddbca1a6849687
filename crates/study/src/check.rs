//! What a study holds, before anything is computed from it.

use std::fmt;

use distretto_jobs::JobCube;
use serde::Serialize;

use crate::fault::{Log, listed};
use crate::input::Input;
use crate::words::counted;

/// Figures of the flow table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FlowCheck {
    /// Rows read, after `where`.
    pub rows: u64,
    /// Pairs of zones with a row.
    pub pairs: usize,
    /// Rows that repeated a pair and were added to it.
    pub duplicates: usize,
    /// Persons between zones.
    pub total: f64,
    /// Share of the total that lives and works in the same zone, in 0..=1.
    pub share_inside: f64,
    /// Pairs as a share of all possible pairs, in 0..=1.
    pub density: f64,
    /// Persons who live or work abroad or at an unknown place, kept out.
    pub elsewhere: f64,
    /// Their share of all persons read.
    pub elsewhere_share: f64,
    /// Codes that are not zones, left out.
    pub unmatched_codes: usize,
    /// Share of all persons read that such codes concern.
    pub unmatched_share: f64,
    /// Zones with neither residents nor jobs in the flows.
    pub zones_without_flows: usize,
}

/// Figures of a given partition.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PartitionCheck {
    /// What it is called.
    pub name: String,
    /// Number of areas.
    pub areas: usize,
    /// Zones without an area.
    pub without_area: usize,
}

/// Figures of the borders.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BordersCheck {
    /// Zones without a shape.
    pub without_shape: usize,
    /// Pairs of zones that share a line.
    pub rook_pairs: usize,
    /// Codes of zones with a shape that touch no other.
    pub islands: Vec<String>,
}

/// Figures of a table of jobs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct JobsCheck {
    /// The section of the study.
    pub section: String,
    /// Rows that went in.
    pub rows: usize,
    /// Different activities.
    pub activities: usize,
    /// Employees that are known.
    pub employees: f64,
    /// Local units that are known.
    pub local_units: f64,
}

/// What a study holds. `Display` gives a table for people.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CheckReport {
    /// Title of the study.
    pub title: String,
    /// Number of zones.
    pub zones: usize,
    /// The flows, where there are any.
    pub flows: Option<FlowCheck>,
    /// The borders, where there are any.
    pub borders: Option<BordersCheck>,
    /// The tables of jobs.
    pub jobs: Vec<JobsCheck>,
    /// Given partitions and those to compare with.
    pub partitions: Vec<PartitionCheck>,
    /// Number of input files.
    pub files: usize,
    /// Their size in bytes.
    pub bytes: u64,
    /// Warnings.
    pub warnings: usize,
    /// Memory that a run will need, about, in bytes.
    pub memory: u64,
}

/// Figures of everything a study holds.
pub fn check(input: &Input) -> CheckReport {
    let zones = input.zones.len();
    let given = [&input.partition, &input.restart].into_iter().flatten().chain(&input.compare);
    CheckReport {
        title: input.config.study.title.clone(),
        zones,
        flows: input.flows.as_ref().map(|flows| {
            let table = &flows.table;
            let empty = |zone: &u32| table.residents(*zone) == 0.0 && table.workers(*zone) == 0.0;
            FlowCheck {
                rows: flows.rows,
                pairs: table.pairs(),
                duplicates: table.duplicates(),
                total: table.persons(table.total()),
                share_inside: table.share_inside().unwrap_or(0.0),
                density: table.pairs() as f64 / (zones as f64 * zones as f64),
                elsewhere: flows.elsewhere.persons,
                elsewhere_share: flows.elsewhere.share,
                unmatched_codes: flows.unmatched.codes.len(),
                unmatched_share: flows.unmatched.share,
                zones_without_flows: (0..zones as u32).filter(empty).count(),
            }
        }),
        borders: input.borders.as_ref().map(|borders| BordersCheck {
            without_shape: borders.shapes.iter().filter(|shape| shape.is_none()).count(),
            rook_pairs: borders.zones.rook_pairs().count(),
            islands: borders.islands().map(|zone| input.zones.zones.code(zone).to_owned()).collect(),
        }),
        jobs: jobs(input),
        partitions: given
            .map(|given| PartitionCheck {
                name: given.name.clone(),
                areas: given.partition.areas(),
                without_area: given.partition.without_area().count(),
            })
            .collect(),
        files: input.files.len(),
        bytes: input.files.iter().map(|file| file.size).sum(),
        warnings: input.log.warnings().count(),
        memory: memory(input),
    }
}

fn jobs(input: &Input) -> Vec<JobsCheck> {
    let Some(jobs) = &input.jobs else { return Vec::new() };
    let check = |section: &str, cube: &JobCube| JobsCheck {
        section: section.to_owned(),
        rows: cube.rows(),
        activities: cube.activities(),
        employees: cube.employees().known(),
        local_units: cube.local_units().known(),
    };
    let separate = jobs.separate.as_ref().map(|cube| check("jobs.manufacturing", cube));
    [check("jobs", &jobs.all_sectors)].into_iter().chain(separate).collect()
}

/// Bytes that a run needs, about: what is held all along, and the larger of two peaks.
///
/// - All along: the program, and each zone with its names and results.
/// - While reading flows: 16 bytes a row, and 48 a pair (the pairs by origin and by destination, 12 each, while they
///   become the table).
/// - While running: the flow table, 24 bytes a pair, and the search beside it; of the borders each vertex, as shape and
///   as arc, and each shape drawn and written; the cells of the jobs with their totals.
///
/// The table, rows and pairs are counted from the code; the rest was measured on made countries of 10,000 and 40,000 zones.
fn memory(input: &Input) -> u64 {
    const PROGRAM: u64 = 12_000_000;
    const ZONE: u64 = 900;
    const ROW: u64 = 16;
    const PAIR_READ: u64 = 48;
    const PAIR_TABLE: u64 = 24;
    const PAIR_SEARCHED: u64 = 66;
    const VERTEX: u64 = 120;
    const SHAPE: u64 = 2200;
    const CELL: u64 = 55;
    let borders = input.borders.as_ref().map_or(0, |borders| {
        let shapes = borders.shapes.iter().flatten().count() as u64;
        VERTEX * borders.topology.points().len() as u64 + SHAPE * shapes
    });
    let cells = input.jobs.as_ref().map_or(0, |jobs| {
        jobs.all_sectors.cells().len() + jobs.separate.as_ref().map_or(0, |cube| cube.cells().len())
    }) as u64;
    let (rows, pairs) = input.flows.as_ref().map_or((0, 0), |flows| (flows.rows, flows.table.pairs() as u64));
    let reading = ROW * rows + PAIR_READ * pairs;
    let running = (PAIR_TABLE + PAIR_SEARCHED) * pairs + borders + CELL * cells;
    PROGRAM + ZONE * input.zones.len() as u64 + reading.max(running)
}

impl fmt::Display for CheckReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut line = |name: &str, value: String| writeln!(f, "{name:<24}{value}");
        line("study", self.title.clone())?;
        line("zones", grouped(self.zones as f64))?;
        if let Some(flows) = &self.flows {
            line("rows of flows", grouped(flows.rows as f64))?;
            line(
                "pairs",
                format!("{} ({:.3} % of all)", grouped(flows.pairs as f64), 100.0 * flows.density),
            )?;
            line("repeated pairs", grouped(flows.duplicates as f64))?;
            line("persons", grouped(flows.total))?;
            line("in their own zone", format!("{:.1} %", 100.0 * flows.share_inside))?;
            let elsewhere = format!("{} ({:.2} %)", grouped(flows.elsewhere), 100.0 * flows.elsewhere_share);
            line("elsewhere", elsewhere)?;
            let unmatched = format!(
                "{} ({:.2} % of persons)",
                grouped(flows.unmatched_codes as f64),
                100.0 * flows.unmatched_share
            );
            line("codes that are no zone", unmatched)?;
            line("zones without flows", grouped(flows.zones_without_flows as f64))?;
        }
        if let Some(borders) = &self.borders {
            line("pairs that touch", grouped(borders.rook_pairs as f64))?;
            line("zones without shape", grouped(borders.without_shape as f64))?;
            let islands = match borders.islands.as_slice() {
                [] => "0".to_owned(),
                codes => format!("{} ({})", codes.len(), listed(codes, 6)),
            };
            line("islands", islands)?;
        }
        for jobs in &self.jobs {
            let (employees, units) = (grouped(jobs.employees), grouped(jobs.local_units));
            line(
                &jobs.section,
                format!(
                    "{employees} employees in {units} units, {} {}",
                    jobs.activities,
                    if jobs.activities == 1 { "activity" } else { "activities" }
                ),
            )?;
        }
        for given in &self.partitions {
            let (areas, without) = (counted(given.areas, "area"), counted(given.without_area, "zone"));
            line(&given.name, format!("{areas}, {without} without"))?;
        }
        line("input files", format!("{} ({:.1} MB)", self.files, self.bytes as f64 / 1e6))?;
        line("warnings", grouped(self.warnings as f64))?;
        line("memory forecast", format!("{} MB", self.memory.div_ceil(1_000_000)))
    }
}

/// A number with blanks between thousands, as ISO 80000 writes them, and at most two decimals.
fn grouped(value: f64) -> String {
    let text = format!("{value:.2}");
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, "00"));
    let digits: Vec<char> = whole.chars().collect();
    let mut out = String::new();
    for (at, digit) in digits.iter().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push('\u{202f}');
        }
        out.push(*digit);
    }
    match decimals.trim_end_matches('0') {
        "" => out,
        decimals => format!("{out}.{decimals}"),
    }
}

/// The log as lines for standard error: warnings first, then notes where they are wanted.
pub fn messages(log: &Log, notes: bool) -> Vec<String> {
    let say = |fault: &crate::fault::Fault| format!("{}: {fault}", fault.severity().name());
    let mut lines: Vec<String> = log.warnings().map(say).collect();
    if notes {
        lines.extend(log.notes().map(say));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_by_thousands() {
        assert_eq!(grouped(0.0), "0");
        assert_eq!(grouped(999.5), "999.5");
        assert_eq!(grouped(28_806_047.0), "28\u{202f}806\u{202f}047");
    }
}
