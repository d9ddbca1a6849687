//! The columns of JSON with one object a line. Files say nothing of their columns beforehand, so they are read whole for it.

use std::sync::Arc;

use arrow::datatypes::{DataType, Field, Fields, Schema};
use arrow::json::reader::{ValueIter, infer_json_schema_from_iterator};
use datafusion::common::DataFusionError;
use datafusion::common::runtime::SpawnedTask;
use datafusion::datasource::file_format::file_compression_type::FileCompressionType;
use futures::{StreamExt, TryStreamExt};
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt};

use super::listing::Listing;
use crate::error::{EngineError, Kind, Result};

/// Whole numbers of up to 38 digits: what identifiers that do not fit into 64 bits are kept in.
const LONG: DataType = DataType::Decimal128(38, 0);
/// What is below `LONG`, and what is above 64 bits.
const LONGEST: f64 = 1e38;

/// What a column holds in some file.
#[derive(Debug, Clone, Default)]
#[allow(clippy::struct_excessive_bools, reason = "each says whether one kind was met")]
struct Seen {
    whole: bool,
    long: bool,
    decimal: bool,
    text: bool,
    logical: bool,
    /// Objects and lists, as Arrow holds them.
    nested: Option<DataType>,
}

/// Columns in the order in which they are met.
type Columns = Vec<(String, Seen)>;

/// The columns of all files: whole numbers, numbers, text, logical values, or objects and lists of them.
///
/// # Errors
/// A file that is not JSON; a column of several kinds, such as text and numbers.
pub(super) async fn schema(listing: &Listing, threads: usize) -> Result<Schema> {
    let files = listing.files.iter().map(|file| {
        let (store, path, compression) =
            (Arc::clone(&listing.store), file.meta.location.clone(), listing.compression);
        async move {
            let columns = SpawnedTask::spawn(async move { columns_of(store, path, compression).await });
            let columns = columns.join().await.map_err(|error| {
                EngineError::new(Kind::Internal, "the engine contradicted itself").because(error.to_string())
            });
            columns.flatten().map_err(|error| error.at(file.location.clone()))
        }
    });
    let mut all: Columns = Vec::new();
    let mut files = futures::stream::iter(files).buffered(threads);
    while let Some(columns) = files.try_next().await? {
        for (name, seen) in columns {
            let known = of(&mut all, &name);
            *known = std::mem::take(known).and(seen).map_err(|why| mixed(&name, &why))?;
        }
    }
    let fields = all.into_iter().map(|(name, seen)| {
        let kind = seen.kind().map_err(|why| mixed(&name, &why))?;
        Ok(Field::new(name, kind, true))
    });
    Ok(Schema::new(fields.collect::<Result<Vec<_>>>()?))
}

fn mixed(column: &str, why: &str) -> EngineError {
    EngineError::new(Kind::Source, format!("column `{column}` holds values of several kinds"))
        .because(why)
        .hint("write the values of a column in one way: all with quotes, or all without")
}

fn of<'a>(columns: &'a mut Columns, name: &str) -> &'a mut Seen {
    let at = columns.iter().position(|(known, _)| known == name).unwrap_or_else(|| {
        columns.push((name.to_owned(), Seen::default()));
        columns.len() - 1
    });
    &mut columns[at].1
}

impl Seen {
    fn and(self, other: Self) -> std::result::Result<Self, String> {
        Ok(Self {
            whole: self.whole || other.whole,
            long: self.long || other.long,
            decimal: self.decimal || other.decimal,
            text: self.text || other.text,
            logical: self.logical || other.logical,
            nested: match (self.nested, other.nested) {
                (Some(a), Some(b)) => Some(unified(&a, &b)?),
                (a, b) => a.or(b),
            },
        })
    }

    fn kind(self) -> std::result::Result<DataType, String> {
        let is_number = self.whole || self.long || self.decimal;
        let kinds = [
            (is_number, "numbers"),
            (self.text, "text"),
            (self.logical, "true or false"),
            (self.nested.is_some(), "objects or lists"),
        ];
        let kinds: Vec<&str> = kinds.iter().filter(|(is, _)| *is).map(|(_, kind)| *kind).collect();
        if kinds.len() > 1 {
            return Err(kinds.join(" and "));
        }
        if self.long && self.decimal {
            return Err("whole numbers of more than 18 digits and numbers with decimals".to_owned());
        }
        Ok(match self {
            Self { nested: Some(kind), .. } => kind,
            Self { decimal: true, .. } => DataType::Float64,
            Self { long: true, .. } => LONG,
            Self { whole: true, .. } => DataType::Int64,
            Self { logical: true, .. } => DataType::Boolean,
            // Also where nothing but null is.
            _ => DataType::Utf8View,
        })
    }
}

/// What holds the values of both.
fn unified(a: &DataType, b: &DataType) -> std::result::Result<DataType, String> {
    use DataType::{Float64, Int64, List, Null, Struct};
    Ok(match (a, b) {
        (a, b) if a == b => a.clone(),
        (Null, other) | (other, Null) => other.clone(),
        (Int64, Float64) | (Float64, Int64) => Float64,
        (List(a), List(b)) => {
            List(Arc::new(Field::new_list_field(unified(a.data_type(), b.data_type())?, true)))
        }
        (Struct(a), Struct(b)) => {
            let mut fields: Vec<Field> = Vec::new();
            for field in a {
                let kind = match b.find(field.name()) {
                    Some((_, other)) => unified(field.data_type(), other.data_type())?,
                    None => field.data_type().clone(),
                };
                fields.push(Field::new(field.name(), kind, true));
            }
            let more = b.iter().filter(|field| a.find(field.name()).is_none());
            fields.extend(more.map(|field| field.as_ref().clone()));
            Struct(Fields::from(fields))
        }
        (a, b) => return Err(format!("{a} and {b}")),
    })
}

async fn columns_of(
    store: Arc<dyn ObjectStore>,
    path: Path,
    compression: FileCompressionType,
) -> Result<Columns> {
    let bytes = store.get(&path).await.map_err(DataFusionError::from)?.into_stream();
    let mut text = compression.convert_stream(bytes.map_err(DataFusionError::from).boxed())?;
    let (mut columns, mut rest) = (Columns::new(), Vec::new());
    while let Some(chunk) = text.try_next().await? {
        let chunk: &[u8] = chunk.as_ref();
        match chunk.iter().rposition(|byte| *byte == b'\n') {
            Some(end) => {
                rest.extend(&chunk[..end]);
                look(&rest, &mut columns)?;
                rest.clear();
                rest.extend(&chunk[end + 1..]);
            }
            None => rest.extend(chunk),
        }
    }
    look(&rest, &mut columns)?;
    Ok(columns)
}

/// Takes note of what the lines of a text hold.
fn look(lines: &[u8], columns: &mut Columns) -> Result<()> {
    let unreadable =
        |why: &str| EngineError::new(Kind::Source, "a file is not JSON with one object a line").because(why);
    let mut any_nested = false;
    for row in ValueIter::new(lines, None) {
        let row = row.map_err(|error| unreadable(&error.to_string()))?;
        let row = row.as_object().ok_or_else(|| unreadable("a line is no object, `{...}`"))?;
        for (name, value) in row {
            let seen = of(columns, name);
            any_nested |= value.is_object() || value.is_array();
            seen.text |= value.is_string();
            seen.logical |= value.is_boolean();
            seen.whole |= value.is_i64();
            if let Some(number) = value.as_f64().filter(|_| !value.is_i64()) {
                let is_long = value.is_u64()
                    || (number.fract() == 0.0 && number.abs() >= i64::MAX as f64 && number.abs() < LONGEST);
                seen.long |= is_long;
                seen.decimal |= !is_long;
            }
        }
    }
    if any_nested {
        let schema = infer_json_schema_from_iterator(ValueIter::new(lines, None))
            .map_err(|error| unreadable(&error.to_string()))?;
        let nested = schema.fields().iter().filter(|field| field.data_type().is_nested());
        for field in nested {
            let seen = of(columns, field.name());
            let also = Seen { nested: Some(field.data_type().clone()), ..Seen::default() };
            *seen = std::mem::take(seen).and(also).map_err(|why| mixed(field.name(), &why))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(chunks: &[&str]) -> Result<Vec<String>> {
        let mut columns = Columns::new();
        for chunk in chunks {
            look(chunk.as_bytes(), &mut columns)?;
        }
        let told = |(name, seen): (String, Seen)| {
            let kind = seen.kind().map_err(|why| mixed(&name, &why))?;
            Ok(format!("{name} {kind}"))
        };
        columns.into_iter().map(told).collect()
    }

    #[test]
    fn columns_hold_all_that_is_met_anywhere() {
        let kinds = |chunks: &[&str]| kinds(chunks).unwrap();
        assert_eq!(
            kinds(&["{\"a\":1}\n{\"a\":null}", "{\"a\":2.75,\"b\":\"x\"}"]),
            ["a Float64", "b Utf8View"]
        );
        assert_eq!(kinds(&["{\"a\":12345678901234567890}"]), ["a Decimal128(38, 0)"]);
        assert_eq!(kinds(&["{\"a\":true,\"b\":null}"]), ["a Boolean", "b Utf8View"]);
        let nested = kinds(&["{\"a\":{\"x\":1}}", "{\"a\":{\"x\":1.5,\"y\":[1]}}"]);
        assert!(nested[0].contains("Float64") && nested[0].contains("List"), "{nested:?}");
    }

    #[test]
    fn several_kinds_in_one_column_are_told() {
        let error = kinds(&["{\"a\":1}\n{\"a\":\"x\"}"]).unwrap_err();
        assert_eq!(error.why.as_deref(), Some("numbers and text"));
        assert!(kinds(&["[1]"]).is_err() && kinds(&["{\"a\":"]).is_err());
    }
}
