//! The columns of Parquet files, from their footers.

use std::sync::Arc;

use arrow::datatypes::SchemaRef;
use datafusion::datasource::file_format::FileFormat;
use datafusion::datasource::file_format::parquet::ParquetFormat;
use datafusion::execution::SessionState;
use futures::{StreamExt, TryStreamExt};
use object_store::{ObjectMeta, ObjectStoreExt};

use super::listing::{AT_A_TIME, Found, Listing};
use crate::error::{EngineError, Kind, Result};

/// What stands at the end of a file: how long its footer is, and four letters.
const TAIL: u64 = 8;

/// The columns of all files, by their names; a column that a file does not have is empty there.
///
/// # Errors
/// A file that is no Parquet; a column that is of one kind here and of another there.
pub(super) async fn schema(listing: &Listing, state: &SessionState) -> Result<SchemaRef> {
    let format = ParquetFormat::default();
    let tails = listing.files.iter().map(|file| check_tail(listing, file));
    let _: Vec<()> = futures::stream::iter(tails).buffer_unordered(AT_A_TIME).try_collect().await?;
    let metas: Vec<ObjectMeta> = listing.files.iter().map(|file| file.meta.clone()).collect();
    match format.infer_schema(state, &listing.store, &metas).await {
        Ok(schema) => Ok(schema),
        Err(error) => Err(culprit(listing, state, &format).await.unwrap_or_else(|| error.into())),
    }
}

/// A file whose footer cannot be where its end says makes a reader compute nonsense.
async fn check_tail(listing: &Listing, file: &Found) -> Result<()> {
    let broken = |why: &str| {
        EngineError::new(Kind::Source, "a file is not Parquet, or only a part of it is there")
            .at(file.location.clone())
            .because(why)
    };
    let size = file.meta.size;
    if size < TAIL + 4 {
        return Err(broken(&format!("it has {size} bytes")));
    }
    let tail = listing.store.get_range(&file.meta.location, size - TAIL..size).await;
    let tail = tail.map_err(|error| broken(&error.to_string()))?;
    let tail: &[u8] = tail.as_ref();
    let Some((length, letters)) = tail.split_first_chunk::<4>() else { return Err(broken("it has no end")) };
    if letters == b"PARE" {
        return Err(broken("its footer is encrypted"));
    }
    if letters != b"PAR1" {
        return Err(broken("it does not end as Parquet files do"));
    }
    if u64::from(u32::from_le_bytes(*length)) + TAIL + 4 > size {
        return Err(broken("its footer is longer than the file"));
    }
    Ok(())
}

/// The file that cannot be read, or that does not fit the first.
async fn culprit(listing: &Listing, state: &SessionState, format: &ParquetFormat) -> Option<EngineError> {
    let mut known: Option<(SchemaRef, &Found)> = None;
    for file in &listing.files {
        let one = format.infer_schema(state, &listing.store, std::slice::from_ref(&file.meta)).await;
        let schema = match one {
            Ok(schema) => schema,
            Err(error) => return Some(EngineError::from(error).at(file.location.clone())),
        };
        let Some((first, by)) = &known else {
            known = Some((Arc::clone(&schema), file));
            continue;
        };
        let differs = schema.fields().iter().find_map(|field| {
            let other = first.field_with_name(field.name()).ok()?;
            (other.data_type() != field.data_type()).then_some((field, other))
        });
        if let Some((field, other)) = differs {
            let (here, there) = (field.data_type(), other.data_type());
            return Some(
                EngineError::new(
                    Kind::Source,
                    format!("column `{}` is not of one kind in all files of a source", field.name()),
                )
                .at(file.location.clone())
                .because(format!("{here} here, {there} in {}", by.location))
                .hint("make a source of each kind and a third with `query` that joins them by UNION ALL, with a CAST"),
            );
        }
    }
    None
}
