//! Tables that join all that is known of a place: one row for each area, one for each zone.
//!
//! Where two tables have a column of the same name and meaning, it is kept once; where the meaning differs, the first table keeps the
//! name and the later one puts its prefix before it, so `existence` is that of the area and `district_existence` that of
//! the district. A table that the edition does not have contributes nothing.

use std::sync::Arc;

use arrow::array::{ArrayRef, RecordBatch, StringArray, UInt32Array};
use arrow::compute::take;
use arrow::datatypes::{DataType, Field as ArrowField, Schema};
use arrow::error::ArrowError;
use rustc_hash::FxHashMap;

use crate::edition::Edition;
use crate::table::{Field, Table};

/// The two tables of profiles of an edition.
#[derive(Debug)]
pub(crate) struct Profiles {
    pub(crate) areas: Table,
    pub(crate) zones: Table,
}

/// A table that contributes, and what goes before those of its names that are taken.
struct Source {
    table: &'static str,
    prefix: &'static str,
    /// Columns of another meaning than the name suggests beside the others: called so here.
    renamed: &'static [(&'static str, &'static str)],
}

const fn source(table: &'static str, prefix: &'static str) -> Source {
    Source { table, prefix, renamed: &[] }
}

const AREAS: [Source; 4] = [
    source("areas", ""),
    source("districts", "district_"),
    source("area_certainty", "certainty_"),
    source("district_certainty", "district_"),
];

const ZONES: [Source; 2] = [
    source("zones", ""),
    Source { table: "zone_certainty", prefix: "certainty_", renamed: &[("kind", "membership_kind")] },
];

/// Names that mean the same in every table of a place.
const SAME: [&str; 6] = ["zone", "area", "name", "area_name", "kind", "main_industry"];

/// The profiles of an edition. Cost: linear in rows and columns.
pub(crate) fn profiles(edition: &Edition) -> Profiles {
    Profiles {
        areas: joined(edition, "area_profiles", "All that is known of each area.", "area", &AREAS),
        zones: joined(edition, "zone_profiles", "All that is known of each zone.", "zone", &ZONES),
    }
}

fn joined(edition: &Edition, name: &str, title: &str, key: &str, sources: &[Source]) -> Table {
    let mut join = Join { key, keys: None, fields: Vec::new(), columns: Vec::new() };
    for source in sources {
        if let Some(table) = edition.table(source.table) {
            join.add(table, source);
        }
    }
    let schema = Arc::new(Schema::new(join.fields.iter().map(arrow_field).collect::<Vec<_>>()));
    let batch = RecordBatch::try_new(Arc::clone(&schema), join.columns);
    Table {
        name: name.to_owned(),
        title: title.to_owned(),
        key: vec![key.to_owned()],
        fields: join.fields,
        batch: batch.unwrap_or_else(|_| RecordBatch::new_empty(schema)),
    }
}

fn arrow_field(field: &Field) -> ArrowField {
    let kind = match field.kind.as_str() {
        "integer" => DataType::Int64,
        "number" => DataType::Float64,
        "boolean" => DataType::Boolean,
        _ => DataType::Utf8,
    };
    ArrowField::new(&field.name, kind, true)
}

/// A table that grows to the right.
struct Join<'a> {
    key: &'a str,
    keys: Option<&'a StringArray>,
    fields: Vec<Field>,
    columns: Vec<ArrayRef>,
}

impl<'a> Join<'a> {
    /// Adds what `table` says of each row so far; the first table makes the rows.
    fn add(&mut self, table: &'a Table, source: &Source) {
        let Some(keys) = table.texts(self.key) else { return };
        let rows = self.keys.map(|wanted| rows_of(wanted, keys));
        self.keys.get_or_insert(keys);
        for (field, column) in table.fields.iter().zip(table.batch.columns()) {
            let Some(name) = self.name_for(&field.name, source) else { continue };
            let Ok(column) = in_order(column, rows.as_ref()) else { continue };
            self.fields.push(Field { name, ..field.clone() });
            self.columns.push(column);
        }
    }

    /// The name that a column gets here; none if it is here already.
    fn name_for(&self, name: &str, source: &Source) -> Option<String> {
        let taken = |name: &str| self.fields.iter().any(|field| field.name == name);
        if let Some((_, here)) = source.renamed.iter().find(|(there, _)| *there == name) {
            return Some((*here).to_owned());
        }
        if !taken(name) {
            return Some(name.to_owned());
        }
        (!SAME.contains(&name)).then(|| format!("{}{name}", source.prefix)).filter(|name| !taken(name))
    }
}

/// Row of each wanted key, where there is one.
fn rows_of(wanted: &StringArray, keys: &StringArray) -> UInt32Array {
    let rows: FxHashMap<&str, u32> = keys.iter().flatten().zip(0..).collect();
    wanted.iter().map(|key| rows.get(key?).copied()).collect()
}

fn in_order(column: &ArrayRef, rows: Option<&UInt32Array>) -> Result<ArrayRef, ArrowError> {
    rows.map_or_else(|| Ok(Arc::clone(column)), |rows| take(column, rows, None))
}
