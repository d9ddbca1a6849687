//! `datapackage.json`: what every file and column is, after the Frictionless Data Package.

use arrow::datatypes::DataType;
use serde_json::{Value, json};

use super::table::Table;
use crate::config::OutputFormat;
use crate::run::Results;

/// The descriptor of an edition. Source: Data Package 2.0, Table Schema 2.0 (datapackage.org).
pub fn datapackage(results: &Results, tables: &[Table]) -> String {
    let study = &results.input.config.study;
    let csv = results.input.config.output.formats.contains(&OutputFormat::Csv);
    let (format, mediatype) =
        if csv { ("csv", "text/csv") } else { ("parquet", "application/vnd.apache.parquet") };
    let resources: Vec<Value> = tables
        .iter()
        .map(|table| {
            let mut resource = json!({
                "name": table.name,
                "path": format!("{}.{format}", table.name),
                "title": table.title,
                "profile": "tabular-data-resource",
                "format": format,
                "mediatype": mediatype,
                "schema": schema(table),
            });
            if csv {
                resource["encoding"] = "utf-8".into();
            }
            resource
        })
        .collect();
    let descriptor = json!({
        "profile": "tabular-data-package",
        "name": slug(&study.title),
        "title": study.title,
        "description": "Labour market areas and industrial districts, made by distretto.",
        "version": study.vintage,
        "sources": results.input.files.iter().map(|file| json!({ "path": file.path })).collect::<Vec<_>>(),
        "resources": resources,
    });
    format!("{descriptor:#}\n")
}

fn schema(table: &Table) -> Value {
    let fields: Vec<Value> = table
        .meanings
        .iter()
        .zip(table.batch.schema().fields())
        .map(|(meaning, field)| {
            let kind = match field.data_type() {
                DataType::Int64 => "integer",
                DataType::Float64 => "number",
                DataType::Boolean => "boolean",
                _ => "string",
            };
            json!({ "name": meaning.name, "type": kind, "description": meaning.description })
        })
        .collect();
    json!({ "fields": fields, "primaryKey": table.key, "missingValues": [""] })
}

/// Lower-case letters, digits and hyphens.
fn slug(title: &str) -> String {
    let words: Vec<String> = title
        .to_lowercase()
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    if words.is_empty() { "edition".to_owned() } else { words.join("-") }
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn names_are_plain() {
        assert_eq!(slug("Italy 2011: work & study"), "italy-2011-work-study");
        assert_eq!(slug("Ελλάδα"), "edition");
    }
}
