//! Making the tables of a study.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use distretto_engine as engine;
use distretto_engine::plans::transactions::Trade;
use distretto_engine::{Engine, EngineError, Kind, LeftOut, Order};
use distretto_territory::Zones;
use geo_types::MultiPolygon;

use super::orders;
use super::{Made, MadeTable, Progress, Scratch, Watch};
use crate::borders;
use crate::config::{self, MadeBy};
use crate::edition::sha256;
use crate::fault::{Code, Fault, Log, Result};
use crate::input::Study;
use crate::tables::InputFile;

/// Everything that makes tables of one study.
pub(super) struct Maker<'a> {
    study: &'a Study,
    engine: Engine,
    scratch: Scratch,
    zones: Option<PathBuf>,
    tables: Vec<MadeTable>,
    local: Vec<PathBuf>,
    remote: Vec<InputFile>,
    log: Log,
}

/// Makes the tables of a study that a run needs.
pub(super) fn make(study: &Study, watch: &mut Watch<'_>) -> Result<Made> {
    let mut maker = Maker::new(study)?;
    maker.make_tables(watch)?;
    Ok(maker.finish())
}

/// Each table with the plan that makes it, for people.
pub(super) fn explain(study: &Study) -> Result<Vec<(String, String)>> {
    let mut maker = Maker::new(study)?;
    let mut plans = Vec::new();
    for table in study.config.made() {
        let order = maker.order(&table.by)?;
        let plan = maker.engine.explain(&order).map_err(|error| fault(&table.section, error))?;
        plans.push((table.section, plan));
    }
    if let Some(given) = &study.config.transactions {
        let order = Order::Network(orders::network_order(given));
        let plan = maker.engine.explain(&order).map_err(|error| fault("transactions", error))?;
        plans.push(("transactions".to_owned(), plan));
    }
    Ok(plans)
}

impl<'a> Maker<'a> {
    pub(super) fn new(study: &'a Study) -> Result<Self> {
        let options = orders::options(&study.config, &study.base)?;
        let scratch = Scratch::new(options.spill.as_deref())?;
        let sources = orders::sources(&study.config, &study.base);
        let engine = Engine::new(options, sources).map_err(|error| fault("sources", error))?;
        let (tables, local, remote, log) = (Vec::new(), Vec::new(), Vec::new(), Log::default());
        Ok(Self { study, engine, scratch, zones: None, tables, local, remote, log })
    }

    /// The tables that the study has in the place of files.
    pub(super) fn make_tables(&mut self, watch: &mut Watch<'_>) -> Result<()> {
        for table in self.study.config.made() {
            let order = self.order(&table.by)?;
            self.make(&table.section, &order, watch)?;
        }
        Ok(())
    }

    /// The network of firms, and trade between zones and between activities where a register says where firms are.
    pub(super) fn make_network(&mut self, given: &config::Transactions, watch: &mut Watch<'_>) -> Result<()> {
        let order = Order::Network(orders::network_order(given));
        let network = self.make("transactions", &order, watch)?;
        let Some(firms) = &given.firms else { return Ok(()) };
        if firms.columns.lon.is_some() {
            self.need_zones()?;
        }
        let firms = orders::firms_order(firms, self.zones.as_deref())?;
        for by in [Trade::Zones, Trade::Activities] {
            let order = Order::Trade { by, network: network.clone(), firms: firms.clone() };
            self.make(&format!("transactions.{}", by.name()), &order, watch)?;
        }
        Ok(())
    }

    pub(super) fn finish(self) -> Made {
        self.remove_shared();
        let Self { tables, local, remote, log, scratch, .. } = self;
        Made { tables, local, remote, log, _scratch: scratch }
    }

    fn order(&mut self, by: &MadeBy) -> Result<Order> {
        if orders::has_points(by) {
            self.need_zones()?;
        }
        orders::order(by, self.study.config.disclosure.suppress, self.zones.as_deref())
    }

    /// Makes one table, and gives its folder.
    fn make(&mut self, section: &str, order: &Order, watch: &mut Watch<'_>) -> Result<PathBuf> {
        let failed = |error: EngineError| fault(section, error);
        for file in self.engine.files(order).map_err(failed)? {
            if file.local {
                self.local.push(self.own_path(Path::new(&file.location)));
            } else {
                let tag = file.tag.unwrap_or_default();
                self.remote.push(InputFile {
                    path: file.location,
                    size: file.size,
                    sha256: format!("etag:{tag}"),
                });
            }
        }
        let folder = self.scratch.path().join(format!("table-{}", self.tables.len()));
        let mut hear = |progress: engine::Progress| {
            watch(Progress { section, read: progress.read, made: progress.made })
        };
        let made = self.engine.make(order, &folder, &mut hear).map_err(failed)?;
        if let Some(told) = left_out(section, &made.left_out, made.read) {
            self.log.add(told);
        }
        self.tables.push(MadeTable {
            section: section.to_owned(),
            files: made.files,
            rows: made.rows,
            read: made.read,
        });
        Ok(folder)
    }

    /// The path of a file as the study would name it.
    fn own_path(&self, file: &Path) -> PathBuf {
        // An empty path is the current folder, but not to the function that makes it absolute.
        let base =
            if self.study.base.as_os_str().is_empty() { Path::new(".") } else { self.study.base.as_path() };
        let below = std::path::absolute(base).ok();
        match below.and_then(|base| file.strip_prefix(base).ok().map(Path::to_path_buf)) {
            Some(rest) => self.study.base.join(rest),
            None => file.to_path_buf(),
        }
    }

    /// Writes the zones that points are put into, once. Their order is that of codes, so that a point on a border falls to the zone
    /// with the lower code.
    fn need_zones(&mut self) -> Result<()> {
        if self.zones.is_some() {
            return Ok(());
        }
        let Some(borders) = &self.study.config.borders else {
            return Err(Fault::new(Code::StudyIncomplete, "points need [borders]"));
        };
        let mut shapes: BTreeMap<String, MultiPolygon<f64>> = BTreeMap::new();
        for feature in borders::features(&self.study.base, borders)? {
            let Some(shape) = feature.shape else { continue };
            shapes.entry(feature.key).and_modify(|known| known.0.extend(shape.0.clone())).or_insert(shape);
        }
        let codes = Zones::new(shapes.keys().cloned().collect());
        let codes = codes.map_err(|error| Fault::new(Code::BordersInvalid, error.to_string()))?;
        let zones: Vec<(String, MultiPolygon<f64>)> =
            codes.codes().iter().filter_map(|code| shapes.remove_entry(code)).collect();
        let failed = |error| fault("borders", error);
        let options = orders::options(&self.study.config, &self.study.base)?;
        let folder = options.shared.as_deref().unwrap_or_else(|| self.scratch.path());
        let growing = folder.join(format!("zones-{}.partial", std::process::id()));
        engine::write_zones(&growing, &zones).map_err(failed)?;
        let unwritable = |error: std::io::Error| crate::edition::files::failed(&growing, &error);
        let hash = sha256(&std::fs::read(&growing).map_err(unwritable)?);
        let path = folder.join(format!("zones-{}.parquet", &hash[..16]));
        std::fs::rename(&growing, &path).map_err(unwritable)?;
        self.zones = Some(std::path::absolute(&path).unwrap_or(path));
        Ok(())
    }

    /// Removes the zones from a folder that others see too.
    fn remove_shared(&self) {
        if let Some(zones) = &self.zones {
            let _ = std::fs::remove_file(zones);
        }
    }
}

/// Rows that could not be placed, as a warning.
fn left_out(section: &str, rows: &[LeftOut], read: u64) -> Option<Box<Fault>> {
    if rows.is_empty() {
        return None;
    }
    let all: u64 = rows.iter().map(|reason| reason.rows).sum();
    let of = if read >= all { format!(" of {read} rows read") } else { String::new() };
    let reasons: Vec<String> =
        rows.iter().map(|reason| format!("{} {}", reason.rows, reason.reason)).collect();
    Some(
        Fault::new(Code::MicroLeftOut, format!("{} of [{section}] left out{of}", reasons.join(", ")))
            .because("they are in no sum"),
    )
}

/// An error of the engine in the terms of the catalogue.
fn fault(section: &str, error: EngineError) -> Box<Fault> {
    let code = match error.kind {
        Kind::Query => Code::QueryInvalid,
        Kind::Source => Code::SourceUnreadable,
        Kind::Value => Code::MicroValue,
        Kind::Memory => Code::MemoryLimit,
        Kind::Cluster | Kind::Lost => Code::ClusterFailed,
        Kind::Output => Code::OutputFailed,
        Kind::Stopped => Code::Stopped,
        Kind::Missing => Code::EngineMissing,
        Kind::Internal => Code::Internal,
    };
    let mut fault = Fault::new(code, format!("[{section}]: {}", error.what));
    if let Some(place) = error.place {
        fault = fault.in_file(place);
    }
    if let Some(why) = error.why {
        fault = fault.because(why);
    }
    match error.help {
        Some(help) => fault.hint(help),
        None => fault,
    }
}
