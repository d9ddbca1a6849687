//! The study with made tables in the place of queries and micro-data.

use super::MadeTable;
use crate::config::{Config, FlowsColumns, Format, JobsColumns, JobsLayout, MadeBy, TableMut, Texts};

/// The same study, reading these tables from their files. Micro-data have been put into standard columns; the columns of a query are
/// those that the study names.
pub(super) fn plain(config: &Config, made: &[MadeTable]) -> Config {
    let mut plain = config.clone();
    plain.for_each_table(&mut |section, mut table| {
        let Some(found) = made.iter().find(|made| made.section == section) else { return };
        let by = table.made_by();
        let source = table.source();
        source.path = Texts(found.files.iter().map(|file| file.display().to_string()).collect());
        source.query = None;
        source.format = Format::Parquet;
        let own = |name: &str| Some(name.to_owned());
        match (table, by) {
            (TableMut::Flows(flows), Some(MadeBy::Trips(_))) => {
                flows.trips = None;
                flows.columns = FlowsColumns {
                    origin: own("origin"),
                    destination: own("destination"),
                    flow: own("flow"),
                    ..FlowsColumns::default()
                };
            }
            (TableMut::Jobs(jobs), Some(MadeBy::Register(register))) => {
                let counted = register.columns.employees.is_some() || register.columns.size_class.is_none();
                jobs.register = None;
                jobs.records = own("rows");
                jobs.layout = if counted { JobsLayout::Long } else { JobsLayout::Bands };
                jobs.columns = JobsColumns {
                    zone: own("zone"),
                    activity: own("activity"),
                    size_class: own("size_class"),
                    employees: counted.then(|| "employees".to_owned()),
                    local_units: own("local_units"),
                };
            }
            _ => {}
        }
    });
    plain
}
