//! From a folder to an edition: nothing is taken that the manifest does not vouch for.

use std::path::Path;
use std::sync::{Arc, OnceLock};

use arrow::compute::{cast, concat_batches};
use arrow::datatypes::{DataType, Field as ArrowField, Schema};
use arrow::record_batch::RecordBatch;
use bytes::Bytes;
use distretto_study::edition::sha256;
use distretto_study::fault::{Code, Fault, Result};
use distretto_study::spatial::{self, Source, match_zones};
use distretto_territory::{Partition, Topology, Zones};
use parquet::arrow::arrow_reader::{ArrowReaderOptions, ParquetRecordBatchReaderBuilder};
use rayon::prelude::*;
use serde_json::Value;

use super::{Borders, Edition};
use crate::table::{Field, Table};

/// The file of the shapes of zones.
const SHAPES: &str = "zone_shapes.parquet";

/// Reads the edition in `folder`.
pub(super) fn open(id: &str, folder: &Path) -> Result<Edition> {
    let (manifest, hash) = manifest(folder)?;
    let vouched = Vouched { folder, outputs: outputs(&manifest) };
    let package: Value = serde_json::from_slice(&vouched.read("datapackage.json")?)
        .map_err(|error| damaged(folder, "datapackage.json", error))?;
    let resources = package["resources"].as_array().map_or(&[] as &[Value], Vec::as_slice);
    let (tables, held) = rayon::join(
        || resources.par_iter().map(|resource| table(&vouched, resource)).collect::<Result<Vec<Table>>>(),
        || vouched.hold_others(resources),
    );
    let tables = tables?;
    held?;
    let (zones, partition) = places(folder, &tables)?;
    let has_shapes = vouched.outputs.iter().any(|(path, _)| *path == SHAPES);
    let borders = has_shapes.then(|| shapes(folder, &zones)).transpose()?;
    let zone_rows = zones.codes().iter().cloned().zip(0..).collect();
    Ok(Edition {
        id: id.to_owned(),
        folder: folder.to_path_buf(),
        manifest,
        tables,
        zones,
        partition,
        borders,
        hash,
        zone_rows,
        profiles: OnceLock::new(),
        area_shapes: OnceLock::new(),
        index: OnceLock::new(),
    })
}

/// An edition that is not what it should be.
pub(super) fn damaged(folder: &Path, file: &str, why: impl std::fmt::Display) -> Box<Fault> {
    Fault::new(Code::EditionDamaged, format!("`{file}` of the edition cannot be used"))
        .in_file(folder.join(file))
        .because(why.to_string())
        .hint("write the edition again with `distretto run` (and `distretto certainty`)")
}

fn manifest(folder: &Path) -> Result<(Value, String)> {
    let path = folder.join("manifest.json");
    let missing = |why: String| {
        Fault::new(Code::EditionMissing, format!("`{}` is not an edition", folder.display()))
            .in_file(&path)
            .because(why)
            .hint("name a folder that `distretto run --out` wrote")
    };
    let bytes = std::fs::read(&path).map_err(|error| missing(error.to_string()))?;
    let manifest: Value = serde_json::from_slice(&bytes).map_err(|error| missing(error.to_string()))?;
    if manifest["program"]["name"] != "distretto" {
        return Err(missing("the manifest is not one of this program".to_owned()));
    }
    Ok((manifest, sha256(&bytes)))
}

/// Name, size and hash of each file that the manifest names.
fn outputs(manifest: &Value) -> Vec<(&str, &str)> {
    let outputs = manifest["outputs"].as_array().into_iter().flatten();
    outputs.filter_map(|output| Some((output["path"].as_str()?, output["sha256"].as_str()?))).collect()
}

/// The files of a folder that its manifest vouches for.
struct Vouched<'a> {
    folder: &'a Path,
    outputs: Vec<(&'a str, &'a str)>,
}

impl Vouched<'_> {
    /// The bytes of a file: one of the folder itself, named by the manifest, with the hash it had.
    fn read(&self, file: &str) -> Result<Bytes> {
        let Some((_, hash)) = self.outputs.iter().find(|(path, _)| *path == file) else {
            return Err(damaged(self.folder, file, "the manifest does not name it"));
        };
        if file.contains(['/', '\\']) || file.starts_with('.') {
            return Err(damaged(self.folder, file, "it is not a file of this folder"));
        }
        let bytes =
            std::fs::read(self.folder.join(file)).map_err(|error| damaged(self.folder, file, error))?;
        if sha256(&bytes) != *hash {
            return Err(damaged(self.folder, file, "it was changed after the edition was written"));
        }
        Ok(bytes.into())
    }

    /// Holds what is not read as a table to the manifest, too: a folder that was meddled with is no edition.
    fn hold_others(&self, resources: &[Value]) -> Result<()> {
        let is_table = |path: &str| {
            let name = path.strip_suffix(".parquet");
            name.is_some_and(|name| resources.iter().any(|resource| resource["name"] == name))
        };
        let others = self.outputs.par_iter().filter(|(path, _)| !is_table(path));
        others.map(|(path, _)| self.read(path).map(drop)).collect()
    }
}

fn table(vouched: &Vouched<'_>, resource: &Value) -> Result<Table> {
    let name = resource["name"].as_str().unwrap_or_default();
    let file = format!("{name}.parquet");
    let texts = |value: &Value| -> Vec<String> {
        value.as_array().into_iter().flatten().filter_map(|text| text.as_str().map(str::to_owned)).collect()
    };
    let fields: Vec<Field> = serde_json::from_value(resource["schema"]["fields"].clone())
        .map_err(|error| damaged(vouched.folder, "datapackage.json", error))?;
    let bytes = vouched.read(&file)?;
    let batch = std::panic::catch_unwind(|| batch(bytes))
        .unwrap_or_else(|_| Err("the Parquet library gave up on it".to_owned()))
        .and_then(|batch| as_described(&batch, &fields))
        .map_err(|why| damaged(vouched.folder, &file, why))?;
    Ok(Table {
        name: name.to_owned(),
        title: resource["title"].as_str().unwrap_or_default().to_owned(),
        key: texts(&resource["schema"]["primaryKey"]),
        fields,
        batch,
    })
}

fn batch(bytes: Bytes) -> std::result::Result<RecordBatch, String> {
    let options = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
    let builder = ParquetRecordBatchReaderBuilder::try_new_with_options(bytes, options)
        .map_err(|error| error.to_string())?;
    let schema = builder.schema().clone();
    let reader = builder.build().map_err(|error| error.to_string())?;
    let batches: std::result::Result<Vec<RecordBatch>, _> = reader.collect();
    concat_batches(&schema, &batches.map_err(|error| error.to_string())?).map_err(|error| error.to_string())
}

/// The batch with the columns that the descriptor names, in its order and of its kinds.
fn as_described(batch: &RecordBatch, fields: &[Field]) -> std::result::Result<RecordBatch, String> {
    let mut arrow_fields = Vec::new();
    let mut columns = Vec::new();
    for field in fields {
        let column =
            batch.column_by_name(&field.name).ok_or_else(|| format!("column `{}` is missing", field.name))?;
        let kind = match field.kind.as_str() {
            "integer" => DataType::Int64,
            "number" => DataType::Float64,
            "boolean" => DataType::Boolean,
            _ => DataType::Utf8,
        };
        columns.push(cast(column, &kind).map_err(|error| error.to_string())?);
        arrow_fields.push(ArrowField::new(&field.name, kind, true));
    }
    RecordBatch::try_new(Arc::new(Schema::new(arrow_fields)), columns).map_err(|error| error.to_string())
}

/// The zones and their areas, as the tables `zones` and `areas` list them.
fn places(folder: &Path, tables: &[Table]) -> Result<(Zones, Partition)> {
    let column = |table: &str, column: &str| -> Result<Vec<Option<String>>> {
        let file = format!("{table}.parquet");
        let found = tables.iter().find(|other| other.name == table).and_then(|table| table.texts(column));
        let found = found.ok_or_else(|| damaged(folder, &file, format!("no column `{column}` of texts")))?;
        Ok(found.iter().map(|text| text.map(str::to_owned)).collect())
    };
    let codes: Vec<String> = column("zones", "zone")?.into_iter().map(Option::unwrap_or_default).collect();
    let zones = Zones::new(codes.clone()).map_err(|error| damaged(folder, "zones.parquet", error))?;
    if zones.codes() != codes {
        return Err(damaged(folder, "zones.parquet", "its rows are not in the order of the codes"));
    }
    let partition = Partition::from_codes(&column("zones", "area")?);
    let areas: Vec<String> = column("areas", "area")?.into_iter().map(Option::unwrap_or_default).collect();
    if partition.codes() != areas {
        return Err(damaged(
            folder,
            "areas.parquet",
            "its areas are not those of `zones`, in the order of their codes",
        ));
    }
    Ok((zones, partition))
}

fn shapes(folder: &Path, zones: &Zones) -> Result<Borders> {
    let file = SHAPES;
    let path = folder.join(file);
    let source = Source { path: &path, key: "zone", layer: None, crs: None };
    let found = spatial::read(&source).map_err(|error| damaged(folder, file, error))?;
    let matched = match_zones(found.features, zones);
    let topology = Topology::new(&matched.shapes).map_err(|error| damaged(folder, file, error))?;
    Ok(Borders { shapes: matched.shapes, topology })
}
