//! Which tables of a study are made by the engine, and by what.

mod check;

use super::certainty::Source;
use super::{Config, Flows, Jobs, JobsTable, Register, TableSource, Trips, Zones};

pub(super) use check::check;
pub use check::memory;
#[cfg(feature = "engine")]
pub(crate) use check::scheduler;

/// What a table is made by.
#[derive(Debug, Clone, PartialEq)]
pub enum MadeBy {
    /// An SQL query.
    Query(String),
    /// A register of establishments.
    Register(Register),
    /// Trips.
    Trips(Trips),
}

impl MadeBy {
    /// Whether it is micro-data, whose sums are under disclosure control.
    pub fn is_micro(&self) -> bool {
        !matches!(self, Self::Query(_))
    }
}

/// A table that is made by the engine.
#[derive(Debug, Clone, PartialEq)]
pub struct MadeTable {
    /// Its section.
    pub section: String,
    /// What makes it.
    pub by: MadeBy,
}

/// A table of a study, to be changed.
pub(crate) enum TableMut<'a> {
    Zones(&'a mut Zones),
    Flows(&'a mut Flows),
    Jobs(&'a mut JobsTable),
    Partition(&'a mut TableSource),
}

impl TableMut<'_> {
    pub(crate) fn source(&mut self) -> &mut TableSource {
        match self {
            Self::Zones(zones) => &mut zones.source,
            Self::Flows(flows) => &mut flows.source,
            Self::Jobs(jobs) => &mut jobs.source,
            Self::Partition(source) => source,
        }
    }

    /// What the engine makes it by, if it does.
    pub(crate) fn made_by(&mut self) -> Option<MadeBy> {
        let micro = match self {
            Self::Flows(flows) => flows.trips.clone().map(MadeBy::Trips),
            Self::Jobs(jobs) => jobs.register.clone().map(MadeBy::Register),
            Self::Zones(_) | Self::Partition(_) => None,
        };
        micro.or_else(|| self.source().query.clone().map(MadeBy::Query))
    }
}

impl Config {
    /// The tables that are made by the engine, in the order of the study.
    pub fn made(&self) -> Vec<MadeTable> {
        let mut made = Vec::new();
        self.clone().for_each_table(&mut |section, mut table| {
            made.extend(table.made_by().map(|by| MadeTable { section: section.to_owned(), by }));
        });
        made
    }

    /// Whether any table comes from micro-data.
    pub fn has_micro_data(&self) -> bool {
        self.made().iter().any(|table| table.by.is_micro())
    }

    /// The sections of tables that are made by a query: nobody knows who stands behind their rows, so nothing of them is withheld. None where
    /// the study publishes everything as it is.
    pub(crate) fn not_protected(&self) -> Vec<String> {
        let queries =
            self.made().into_iter().filter(|table| self.disclosure.suppress && !table.by.is_micro());
        queries.map(|table| table.section).collect()
    }

    /// Hands over every table of the study with the name of its section, in the order of [`Config::tables`].
    pub(crate) fn for_each_table(&mut self, each: &mut dyn FnMut(&str, TableMut<'_>)) {
        if let Some(zones) = &mut self.zones {
            each("zones", TableMut::Zones(zones));
        }
        if let Some(flows) = &mut self.flows {
            each("flows", TableMut::Flows(flows));
        }
        if let Some(jobs) = &mut self.jobs {
            tables_of_jobs("jobs", jobs, each);
        }
        for (section, partition) in
            [("areas.partition", &mut self.areas.partition), ("areas.restart", &mut self.areas.restart)]
        {
            if let Some(partition) = partition {
                each(section, TableMut::Partition(&mut partition.source));
            }
        }
        for compare in &mut self.compare {
            let section = format!("compare {}", compare.name);
            each(&section, TableMut::Partition(&mut compare.source));
        }
        let drawn = self.certainty.iter_mut().filter(|certainty| certainty.varies(Source::Vintage));
        for vintage in drawn.flat_map(|certainty| &mut certainty.vintage) {
            let (flows, jobs) = (vintage.section("flows"), vintage.section("jobs"));
            if let Some(own) = &mut vintage.flows {
                each(&flows, TableMut::Flows(own));
            }
            if let Some(own) = &mut vintage.jobs {
                tables_of_jobs(&jobs, own, each);
            }
        }
    }
}

fn tables_of_jobs(section: &str, jobs: &mut Jobs, each: &mut dyn FnMut(&str, TableMut<'_>)) {
    each(section, TableMut::Jobs(&mut jobs.table));
    if let Some(own) = &mut jobs.manufacturing {
        each(&format!("{section}.manufacturing"), TableMut::Jobs(&mut own.table));
    }
}
