//! Making the tables of a study.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use distretto_engine as engine;
use distretto_engine::plans::trade::Trade;
use distretto_engine::{Engine, EngineError, Kind, LeftOut, Order};
use distretto_territory::Zones;
use geo_types::MultiPolygon;

use super::orders;
use super::{Made, MadeTable, Progress, Scratch, Watch};
use crate::borders;
use crate::config::{self, Config, MadeBy};
use crate::fault::{Code, Fault, Log, Result, did_you_mean, listed};
use crate::input::Study;
use crate::tables::InputFile;
use crate::temporary::{Temporary, random_name};

/// Everything that makes tables of one study.
pub(super) struct Maker<'a> {
    study: &'a Study,
    engine: Engine,
    zones: Option<Temporary>,
    tables: Vec<MadeTable>,
    local: Vec<PathBuf>,
    remote: Vec<InputFile>,
    log: Log,
    scratch: Scratch,
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
        plans.push(maker.plan(&table.section, &order)?);
    }
    if let Some(given) = &study.config.transactions {
        plans.push(maker.plan("transactions", &Order::Network(orders::network_order(given)))?);
        plans.extend(maker.plans_of_trade(given)?);
    }
    Ok(plans)
}

impl<'a> Maker<'a> {
    pub(super) fn new(study: &'a Study) -> Result<Self> {
        let mut options = orders::options(&study.config, &study.base)?;
        let scratch = Scratch::new(options.spill.as_deref())?;
        // What is spilled goes with the rest, whatever ends the work.
        options.spill = Some(scratch.path().to_owned());
        let sources = orders::sources(&study.config, &study.base);
        let engine = Engine::new(options, sources).map_err(|error| fault(&study.config, "sources", error))?;
        let (tables, local, remote, log) = (Vec::new(), Vec::new(), Vec::new(), Log::default());
        Ok(Self { study, engine, zones: None, tables, local, remote, log, scratch })
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
        // What is wrong with the firms shows before the network is made, which may take long.
        self.plans_of_trade(given)?;
        let order = Order::Network(orders::network_order(given));
        let network = self.make("transactions", &order, watch)?;
        for (section, order) in self.trade(given, &network)? {
            self.make(&section, &order, watch)?;
        }
        Ok(())
    }

    /// Trade of a network, by zones and by activities; nothing where the study does not say where firms are.
    fn trade(&mut self, given: &config::Transactions, network: &Path) -> Result<Vec<(String, Order)>> {
        let Some(firms) = &given.firms else { return Ok(Vec::new()) };
        if firms.columns.lon.is_some() {
            self.need_zones()?;
        }
        let firms = orders::firms_order(firms, self.zones())?;
        let contributors = self.study.config.disclosure.suppress;
        let order =
            |by: Trade| Order::Trade { by, network: network.to_owned(), firms: firms.clone(), contributors };
        let section = |by: Trade| format!("transactions.{}", by.name());
        Ok([Trade::Zones, Trade::Activities].map(|by| (section(by), order(by))).into())
    }

    /// The plans of trade, over a network without rows.
    fn plans_of_trade(&mut self, given: &config::Transactions) -> Result<Vec<(String, String)>> {
        let network = self.scratch.path().join("network-without-rows");
        if given.firms.is_some() {
            self.engine
                .make_empty(&Order::Network(orders::network_order(given)), &network)
                .map_err(|error| self.fault("transactions", error))?;
        }
        let orders = self.trade(given, &network)?;
        orders.iter().map(|(section, order)| self.plan(section, order)).collect()
    }

    fn plan(&self, section: &str, order: &Order) -> Result<(String, String)> {
        let plan = self.engine.explain(order).map_err(|error| self.fault(section, error))?;
        Ok((section.to_owned(), plan))
    }

    pub(super) fn finish(self) -> Made {
        let Self { tables, local, remote, log, scratch, .. } = self;
        Made { tables, local, remote, log, _scratch: scratch }
    }

    fn order(&mut self, by: &MadeBy) -> Result<Order> {
        if orders::has_points(by) {
            self.need_zones()?;
        }
        orders::order(by, self.study.config.disclosure.suppress, self.zones())
    }

    /// The file of zones, once it is there.
    fn zones(&self) -> Option<&Path> {
        self.zones.as_ref().map(Temporary::path)
    }

    fn fault(&self, section: &str, error: EngineError) -> Box<Fault> {
        fault(&self.study.config, section, error)
    }

    /// Makes one table, and gives its folder.
    fn make(&mut self, section: &str, order: &Order, watch: &mut Watch<'_>) -> Result<PathBuf> {
        let config = &self.study.config;
        let failed = |error: EngineError| fault(config, section, error);
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
        if made.rows == 0 {
            self.log.add(no_rows(section, made.read));
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
        let options = orders::options(&self.study.config, &self.study.base)?;
        let folder = options.shared.as_deref().unwrap_or_else(|| self.scratch.path());
        // Others see a shared folder too: a name of its own for every run, and nothing stays.
        let path = folder.join(format!("zones-{}.parquet", random_name()));
        let file = Temporary::at(std::path::absolute(&path).unwrap_or(path));
        engine::write_zones(file.path(), &zones).map_err(|error| self.fault("borders", error))?;
        self.zones = Some(file);
        Ok(())
    }
}

/// That a table has no rows, as a warning.
fn no_rows(section: &str, read: u64) -> Box<Fault> {
    let of = if read > 0 { format!(", though {read} rows were read for it") } else { String::new() };
    Fault::new(Code::MadeEmpty, format!("the table made for [{section}] has no rows{of}"))
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

/// An error of a query that names a table that is not there, with what there is.
fn without_source(config: &Config, error: EngineError) -> EngineError {
    let name = match (error.kind, error.why.as_deref().and_then(|why| why.split_once("table '"))) {
        (Kind::Query, Some((_, rest))) => rest.split_once("' not found").map(|(name, _)| name.to_owned()),
        _ => None,
    };
    let Some(name) = name else { return error };
    let sources: Vec<&String> = config.sources.keys().collect();
    let error = EngineError {
        what: format!("there is no source `{name}`"),
        why: Some(if sources.is_empty() {
            "the study has no [sources]".to_owned()
        } else {
            format!("the sources are {}", listed(&sources, 30))
        }),
        ..error
    };
    match did_you_mean(&name, &sources) {
        Some(like) => error.hint(format!("did you mean `{like}`?")),
        None => error.hint(format!("declare it: `[sources.{name}]` with the `path` of its files")),
    }
}

/// An error of the engine in the terms of the catalogue.
fn fault(config: &Config, section: &str, error: EngineError) -> Box<Fault> {
    let error = without_source(config, error);
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
