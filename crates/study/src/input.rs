//! A study in memory: everything that `study.toml` names, read and checked.

mod partition;
mod vintage;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use distretto_flows::FlowTable;
use distretto_territory::{Neighbours, Zones};

pub use partition::GivenPartition;
pub use vintage::VintageInput;

use crate::borders::{self, Borders};
use crate::config::{Config, Contiguity, JobsTable, Partition, PartitionColumns, TableSource};
use crate::disclosure::{Confidential, FlowContributions, JobContributions, MicroData, warn_of_queries};
use crate::engine;
use crate::fault::{Code, Fault, Log, Result};
use crate::flows::{self, Described, FlowInput};
use crate::jobs::{self, Jobs};
use crate::tables::{self, Folder, InputFile, Translation, describe_files, is_stream};
use crate::zones::{self, ZoneTable};

/// A study that was understood and not yet read.
#[derive(Debug, Clone)]
pub struct Study {
    /// What `study.toml` says.
    pub config: Config,
    /// The folder that paths are relative to.
    pub base: PathBuf,
    /// Which of its tables are micro-data; none, unless the caller says so.
    pub micro_data: MicroData,
}

impl Study {
    /// The study in this `study.toml`.
    pub fn load(path: &Path) -> Result<Self> {
        let config = Config::load(path)?;
        let base = path.parent().map_or_else(PathBuf::new, Path::to_path_buf);
        Ok(Self { config, base, micro_data: MicroData::default() })
    }

    /// A study made by a program, with paths relative to `base`.
    pub fn new(config: Config, base: impl Into<PathBuf>) -> Self {
        Self { config, base: base.into(), micro_data: MicroData::default() }
    }

    /// The same study, of whose tables these are micro-data: they say who stands behind each row, in the columns `local_units`,
    /// `employees`, `largest_1`, `largest_2`, `largest_3` of jobs (a row an establishment needs none) and `persons` of flows (and
    /// `main_persons`, those of them who count in no other flow; all where absent).
    #[must_use]
    pub fn with_micro_data(self, micro_data: MicroData) -> Self {
        Self { micro_data, ..self }
    }

    /// The files that the study names, in its order: tables, their crosswalks, borders with their companions.
    pub fn files(&self) -> Result<Vec<PathBuf>> {
        let mut files = Vec::new();
        for (_, source) in self.config.tables() {
            files.extend(tables::resolve(&self.base, &source.path.0)?);
            if let Some(crosswalk) = &source.crosswalk {
                files.extend(tables::resolve(&self.base, &crosswalk.path.0)?);
            }
        }
        if let Some(borders) = &self.config.borders {
            let path = self.base.join(&borders.path);
            if is_stream(&path) {
                return Err(Fault::new(Code::FileUnreadable, "borders cannot be read from a pipe")
                    .in_file(&path)
                    .hint("save them as a file; tables may come through a pipe"));
            }
            let companions = ["dbf", "prj", "cpg"].map(|ending| path.with_extension(ending));
            if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("shp")) {
                files.extend(companions.into_iter().filter(|file| file.is_file()));
            }
            files.push(path);
        }
        Ok(files)
    }

    /// Reads every table of the study. Files are hashed beside it, on another thread.
    ///
    /// # Errors
    /// The first problem in the order: files that are missing, zones, flows, borders, jobs, partitions, vintages; see
    /// `docs/errors.md`.
    pub fn read(self) -> Result<Input> {
        self.read_watched(&mut |_| true)
    }

    /// The same; `watch` hears how far tables are that come from queries and micro-data, and may stop their making.
    ///
    /// # Errors
    /// See [`Self::read`]; [`Code::Stopped`] where `watch` said so.
    pub fn read_watched(self, watch: &mut engine::Watch<'_>) -> Result<Input> {
        let Some(made) = engine::make(&self, watch)? else { return self.read_plain() };
        let asked = self.config.clone();
        let micro_data = engine::micro_data(&asked);
        let plain = Self { config: made.plain(&asked), base: self.base.clone(), micro_data };
        let mut input = plain.read_plain().map_err(|fault| made.in_the_study(fault))?;
        let folder = Folder::new(&self.base);
        // The files of the study are those that it names, and its sources; not those that were made on the way.
        let mut files = describe_files(&folder, &[self.files()?, made.local.clone()].concat())?;
        files.extend(made.remote.iter().cloned());
        files.sort();
        files.dedup();
        input.confidential.as_they_are = asked.has_micro_data() && !asked.disclosure.suppress;
        let mut log = made.log.clone();
        warn_of_queries(&asked, &mut log);
        log.append(input.log);
        Ok(Input { config: asked, files, log, ..input })
    }

    fn read_plain(self) -> Result<Input> {
        let files = self.files()?;
        let folder = Folder::new(&self.base).taking_in(&files)?;
        let (input, files) = rayon::join(|| self.read_tables(&folder), || describe_files(&folder, &files));
        Ok(Input { files: files?, ..input? })
    }

    fn read_tables(self, folder: &Folder) -> Result<Input> {
        let Self { config, base, micro_data } = self;
        let mut reading =
            Reading { folder, margins: config.needs_margins(), micro_data, log: Log::default() };
        let mut confidential = Confidential::default();
        for warning in config.unused() {
            reading.log.add(Box::new(warning));
        }
        let given = config.zones.as_ref().map(|zones| reading.zones(zones)).transpose()?;
        let (flows, zones) = match (&config.flows, given) {
            (Some(flows), given) => {
                let (flows, found, persons) =
                    reading.flows("flows", flows, given.as_ref().map(|given| &given.zones))?;
                confidential.flows = persons;
                (Some(flows), given.or_else(|| found.map(ZoneTable::bare)))
            }
            (None, given) => (None, given),
        };
        let zones = zones.map_or_else(|| reading.zones_of_jobs(&config), |zones| Ok(Some(zones)))?;
        let Some(zones) = zones else {
            return Err(Fault::new(Code::StudyIncomplete, "the study has neither [zones] nor [flows]")
                .hint("add `[flows]` with the `path` of a table of flows"));
        };
        let table = flows.as_ref().map(|flows| &flows.table);
        let borders = config
            .borders
            .as_ref()
            .map(|borders| reading.borders(borders, &zones.zones, table))
            .transpose()?;
        let jobs = config.jobs.as_ref().map(|jobs| reading.jobs("jobs", jobs, &zones.zones)).transpose()?;
        let jobs = jobs.map(|(jobs, [of_all, of_manufacturing])| {
            (confidential.jobs, confidential.manufacturing) = (of_all, of_manufacturing);
            jobs
        });
        // Tables of other vintages are never published.
        reading.micro_data = MicroData::default();
        let mut partition = |section: &str, name: &str, source: &TableSource, columns: &PartitionColumns| {
            reading.partition(section, name, source, columns, &zones.zones)
        };
        let mut own = |section: &str, given: &Option<Partition>| {
            given.as_ref().map(|given| partition(section, section, &given.source, &given.columns)).transpose()
        };
        let given_partition = own("areas.partition", &config.areas.partition)?;
        let restart = own("areas.restart", &config.areas.restart)?;
        let compare = config
            .compare
            .iter()
            .map(|compare| partition("compare", &compare.name, &compare.source, &compare.columns))
            .collect::<Result<_>>()?;
        let vintages = config.vintages_drawn().iter().map(|vintage| reading.vintage(vintage, &zones.zones));
        let vintages = vintages.collect::<Result<_>>()?;
        let log = reading.log;
        let files = Vec::new();
        Ok(Input {
            config,
            base,
            zones,
            flows,
            borders,
            jobs,
            partition: given_partition,
            restart,
            compare,
            vintages,
            confidential,
            log,
            files,
        })
    }
}

/// Everything a study names, in memory.
#[derive(Debug, Clone)]
pub struct Input {
    /// What `study.toml` says.
    pub config: Config,
    /// The folder that paths are relative to.
    pub base: PathBuf,
    /// The zones and what is known about them.
    pub zones: ZoneTable,
    /// The flows, where the study has any.
    pub flows: Option<FlowInput>,
    /// Shapes of the zones, where the study has any.
    pub borders: Option<Borders>,
    /// Jobs by zone, activity and size class, where the study has any.
    pub jobs: Option<Jobs>,
    /// A given partition in the place of a search.
    pub partition: Option<GivenPartition>,
    /// A partition to start the search from.
    pub restart: Option<GivenPartition>,
    /// Partitions to compare the areas with, in the order of the study.
    pub compare: Vec<GivenPartition>,
    /// Tables of other vintages, in the order of the study, where the vintage varies.
    pub vintages: Vec<VintageInput>,
    /// Who stands behind the tables, where they are micro-data.
    pub confidential: Confidential,
    /// Warnings and notes.
    pub log: Log,
    /// The files that were read, by path.
    pub files: Vec<InputFile>,
}

impl Input {
    /// Reads the study in this `study.toml` with all its tables.
    pub fn load(path: &Path) -> Result<Self> {
        Study::load(path)?.read()
    }

    /// Which zones touch, as the study counts touching, where it has borders.
    pub fn neighbours(&self) -> Option<&Neighbours> {
        let touch = self.config.borders.as_ref().map(|borders| borders.contiguity).unwrap_or_default();
        let zones = &self.borders.as_ref()?.zones;
        Some(match touch {
            Contiguity::Queen => zones.queen(),
            Contiguity::Rook => zones.rook(),
        })
    }

    /// The flows.
    ///
    /// # Errors
    /// The study has no section `[flows]`.
    pub fn flows(&self) -> Result<&FlowInput> {
        self.flows.as_ref().ok_or_else(|| {
            Fault::new(Code::StudyIncomplete, "the study has no [flows]")
                .because("areas are made of commuting flows")
                .hint("add `[flows]`, or give the areas with `[areas] partition = { path = ... }`")
        })
    }
}

/// What is gathered while reading.
struct Reading<'a> {
    folder: &'a Folder,
    /// Whether every flow needs a margin of error.
    margins: bool,
    micro_data: MicroData,
    log: Log,
}

impl Reading<'_> {
    fn translation(&mut self, source: &TableSource) -> Result<Translation> {
        Translation::new(self.folder, source, &mut self.log)
    }

    fn zones(&mut self, zones: &crate::config::Zones) -> Result<ZoneTable> {
        let translation = self.translation(&zones.source)?;
        let table = zones::table(self.folder, zones)?;
        zones::read(&table, &translation, &mut self.log)
    }

    /// For a study of jobs in given areas, without zones or flows: the codes of both. Zones that only the jobs name have no area,
    /// but they are part of the nation.
    fn zones_of_jobs(&mut self, config: &Config) -> Result<Option<ZoneTable>> {
        let (Some(jobs), Some(areas)) = (&config.jobs, &config.areas.partition) else { return Ok(None) };
        let mut codes = BTreeSet::new();
        let mut gather = |table: &tables::Table<'_>, source: &TableSource, translation: &Translation| {
            table.for_each_batch(&mut Log::default(), |batch| {
                let zones = batch.text("zone");
                for row in 0..batch.len() {
                    let code = translation.apply(batch.present(&zones, row)?);
                    if !source.elsewhere.iter().any(|other| *other == code) {
                        codes.insert(code.into_owned());
                    }
                }
                Ok(())
            })
        };
        let manufacturing = jobs.manufacturing.as_ref().map(|given| ("jobs.manufacturing", &given.table));
        for (section, given) in std::iter::once(("jobs", &jobs.table)).chain(manufacturing) {
            let translation = self.translation(&given.source)?;
            gather(&jobs::table(self.folder, section, given, false)?, &given.source, &translation)?;
        }
        let translation = self.translation(&areas.source)?;
        let table = partition::table(self.folder, "areas.partition", &areas.source, &areas.columns)?;
        gather(&table, &areas.source, &translation)?;
        let zones = Zones::new(codes.into_iter().collect());
        Ok(Some(ZoneTable::bare(zones.map_err(|error| Fault::new(Code::Internal, error.to_string()))?)))
    }

    fn borders(
        &mut self,
        borders: &crate::config::Borders,
        zones: &Zones,
        flows: Option<&FlowTable>,
    ) -> Result<Borders> {
        borders::read(self.folder.base(), borders, zones, flows, &mut self.log)
    }

    /// The jobs, and who stands behind them: behind the table of all sectors, and behind that of manufacturing.
    fn jobs(
        &mut self,
        section: &str,
        jobs: &crate::config::Jobs,
        zones: &Zones,
    ) -> Result<(Jobs, [Option<JobContributions>; 2])> {
        let micro_data = self.micro_data;
        let mut cube = |section: &str, source: &JobsTable, classification: &str, confidential: bool| {
            let classification = jobs::classification(classification, section)?;
            let translation = self.translation(&source.source)?;
            let table = jobs::table(self.folder, section, source, confidential)?;
            jobs::read(
                &table,
                &translation,
                section,
                source,
                classification,
                zones,
                confidential,
                &mut self.log,
            )
        };
        let (all_sectors, behind_all) = cube(section, &jobs.table, &jobs.classification, micro_data.jobs)?;
        let separate = jobs.manufacturing.as_ref().map(|own| {
            let classification = own.classification.as_ref().unwrap_or(&jobs.classification);
            cube(&format!("{section}.manufacturing"), &own.table, classification, micro_data.manufacturing)
        });
        let (separate, behind_separate) = separate.transpose()?.unzip();
        Ok((Jobs { all_sectors, separate }, [behind_all, behind_separate.flatten()]))
    }

    fn flows(
        &mut self,
        section: &str,
        flows: &crate::config::Flows,
        zones: Option<&Zones>,
    ) -> Result<(FlowInput, Option<Zones>, Option<FlowContributions>)> {
        let translation = self.translation(&flows.source)?;
        let confidential = self.micro_data.flows;
        let described = Described { section, flows, margins: self.margins, confidential };
        let table = flows::table(self.folder, described)?;
        flows::read(&table, &translation, described, zones, &mut self.log)
    }

    fn partition(
        &mut self,
        section: &str,
        name: &str,
        source: &TableSource,
        columns: &PartitionColumns,
        zones: &Zones,
    ) -> Result<GivenPartition> {
        let translation = self.translation(source)?;
        let table = partition::table(self.folder, section, source, columns)?;
        let allowed = source.allow_unmatched;
        partition::read(&table, &translation, &source.elsewhere, allowed, section, name, zones, &mut self.log)
    }
}
