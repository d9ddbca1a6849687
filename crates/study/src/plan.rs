//! What a run would do, before it does it.

mod certainty;

use std::fmt;
use std::path::Path;

use crate::check::{CheckReport, check};
use crate::config::{Areas, Mode, OutputFormat, Tuning};
use crate::input::Input;
use crate::words::counted;

pub(crate) use certainty::rule as rule_in_words;
pub use certainty::{plan_of_certainty, plan_of_certainty_alone};

/// What a run would do. `Display` gives it for people.
#[derive(Debug, Clone)]
pub struct Plan {
    /// What was read.
    pub report: CheckReport,
    /// Each stage with its rule and parameters, in order.
    pub stages: Vec<(&'static str, String)>,
    /// Tables that would be written, without their endings.
    pub tables: Vec<&'static str>,
    /// Every file that would be written.
    pub files: Vec<String>,
    /// The folder they would be written to.
    pub folder: String,
}

/// What a run of this study would do, and which files it would write to `out`.
pub fn plan(input: &Input, out: &Path) -> Plan {
    let tables = tables(input);
    Plan {
        report: check(input),
        stages: stages(input),
        files: files(input, &tables, false),
        tables,
        folder: out.display().to_string(),
    }
}

fn stages(input: &Input) -> Vec<(&'static str, String)> {
    let Areas { mode, min_size, target_size, min_sc, target_sc, tuning, ref assign, .. } = input.config.areas;
    let mode = match mode {
        Mode::Clean => "clean",
        Mode::Reference => "reference",
    };
    let areas = match (&input.partition, &input.restart) {
        (Some(given), _) => format!("given: {}", counted(given.partition.areas(), "area")),
        (None, restart) => format!(
            "EU-TTWA, mode {mode}, min_size {min_size}, target_size {target_size}, min_sc {min_sc}, target_sc {target_sc}{}",
            if restart.is_some() { ", from a given partition" } else { "" }
        ),
    };
    let mut stages = vec![("areas", areas)];
    if input.partition.is_none() {
        let tuning = match (tuning, &input.borders) {
            (Tuning::None, _) => "none",
            (_, None) => "none: the study has no borders",
            (Tuning::Repair, _) => "repair: until every area is contiguous and has two zones",
            (Tuning::Reference, _) => "reference: one pass",
        };
        stages.push(("tuning", tuning.to_owned()));
    }
    if !assign.is_empty() {
        stages.push(("by hand", counted(assign.len(), "zone")));
    }
    let rule = &input.config.districts;
    stages.push(("districts", match &input.jobs {
        None => "none: the study has no jobs".to_owned(),
        Some(_) => format!(
            "Istat, sector_lq {}, industry_lq {}, sme_share {}, single_medium_ratio {}, min_industry_employees {}, \
             largest_unknown_share {}",
            rule.sector_lq,
            rule.industry_lq,
            rule.sme_share,
            rule.single_medium_ratio,
            rule.min_industry_employees,
            rule.largest_unknown_share
        ),
    }));
    if !input.compare.is_empty() {
        let names: Vec<&str> = input.compare.iter().map(|given| given.name.as_str()).collect();
        stages.push(("comparison", format!("with {}", names.join(", "))));
    }
    stages
}

/// The tables of an edition, in the order in which they are written.
fn tables(input: &Input) -> Vec<&'static str> {
    let searched = input.partition.is_none();
    let (flows, borders) = (input.flows.is_some(), input.borders.is_some());
    let tuned = searched && flows && borders && input.config.areas.tuning != Tuning::None;
    [
        (&["zones", "areas"][..], true),
        (&["districts", "steps", "area_jobs"], input.jobs.is_some()),
        (&["flows", "quality", "statistics"], flows),
        (&["contiguity", "zone_contiguity"], borders),
        (&["comparison", "crosswalk"], !input.compare.is_empty()),
        (&["reserve"], searched),
        (&["trace"], searched && input.config.areas.trace),
        (&["moves", "unresolved"], tuned),
    ]
    .into_iter()
    .filter(|(_, written)| *written)
    .flat_map(|(names, _)| names.iter().copied())
    .collect()
}

/// Every file of an edition; `certainty`: with lines of borders.
fn files(input: &Input, tables: &[&str], certainty: bool) -> Vec<String> {
    let wants = |format| input.config.output.formats.contains(&format);
    let shapes = |format| input.borders.is_some() && wants(format);
    let mut files = Vec::new();
    for (ending, format) in [("csv", OutputFormat::Csv), ("parquet", OutputFormat::Parquet)] {
        if wants(format) {
            files.extend(tables.iter().map(|table| format!("{table}.{ending}")));
        }
    }
    for (name, written) in [
        ("area_shapes.parquet", shapes(OutputFormat::Geoparquet)),
        ("zone_shapes.parquet", shapes(OutputFormat::Geoparquet)),
        ("border_lines.parquet", certainty && shapes(OutputFormat::Geoparquet)),
        ("shapes.gpkg", shapes(OutputFormat::Geopackage)),
        ("report.html", wants(OutputFormat::Report)),
        ("datapackage.json", true),
        ("manifest.json", true),
        ("timings.json", true),
    ] {
        if written {
            files.push(name.to_owned());
        }
    }
    files
}

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "read")?;
        for line in self.report.to_string().lines() {
            writeln!(f, "  {line}")?;
        }
        writeln!(f, "\nwould run")?;
        for (stage, rule) in &self.stages {
            writeln!(f, "  {stage:<12}{rule}")?;
        }
        let of_a_table =
            |file: &&String| self.tables.iter().any(|table| file.starts_with(&format!("{table}.")));
        let (tables, others): (Vec<&String>, Vec<&String>) = self.files.iter().partition(of_a_table);
        writeln!(f, "\nwould write {} to {}", counted(self.files.len(), "file"), self.folder)?;
        for files in [tables, others] {
            let names: Vec<&str> = files.into_iter().map(String::as_str).collect();
            for line in names.chunks(4).filter(|line| !line.is_empty()) {
                writeln!(f, "  {}", line.join("  "))?;
            }
        }
        writeln!(f, "\nnothing was written")
    }
}
