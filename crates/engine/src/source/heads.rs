//! The headers of delimited text. Readers take columns by their position, so every file has to have the same.

use std::io::Read;

use datafusion::datasource::file_format::file_compression_type::FileCompressionType;
use futures::{StreamExt, TryStreamExt};
use object_store::{ObjectStore, ObjectStoreExt};

use super::listing::{AT_A_TIME, Found, Listing};
use crate::error::{EngineError, Kind, Result};

/// Delimiters that a header is tried with, the usual one first.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// Bytes of a file that are looked at first; more where its first line does not end in them.
const HEAD: u64 = 8 << 10;
/// Bytes in which a first line has to end: compressed text may come in blocks of megabytes.
const LONGEST: u64 = 32 << 20;

/// The delimiter of the files and the names of their columns.
///
/// # Errors
/// A header that cannot be read or names a column twice; files with different headers.
pub(super) async fn common(listing: &Listing, delimiter: Option<u8>) -> Result<(u8, Vec<String>)> {
    let heads = listing.files.iter().map(|file| async move {
        let head = head(listing.store.as_ref(), file, listing.compression).await;
        Ok::<_, EngineError>((file, head.map_err(|error| error.at(file.location.clone()))?))
    });
    let mut heads = futures::stream::iter(heads).buffered(AT_A_TIME);
    let mut known: Option<(&Found, u8, Vec<String>)> = None;
    while let Some((file, head)) = heads.try_next().await? {
        let Some((first, delimiter, columns)) = &known else {
            let (delimiter, names) =
                recognised(&head, delimiter).map_err(|error| error.at(&file.location))?;
            known = Some((file, delimiter, names));
            continue;
        };
        let names = names(&head, *delimiter).map_err(|error| error.at(&file.location))?;
        if names != *columns {
            return Err(EngineError::new(Kind::Source, "the files of a source have different columns")
                .at(file.location.clone())
                .because(format!("{} here, {} in {}", told(&names), told(columns), first.location))
                .hint("give all files the same header, columns in the same order; or make a source of each kind and a third with `query` that joins them by UNION ALL"));
        }
    }
    match known {
        Some((_, delimiter, names)) => Ok((delimiter, names)),
        None => Err(EngineError::new(Kind::Source, "there are no files")),
    }
}

fn told(names: &[String]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// The delimiter that makes most columns of a header, and their names.
fn recognised(head: &[u8], stated: Option<u8>) -> Result<(u8, Vec<String>)> {
    let tried = stated.map_or_else(|| DELIMITERS.to_vec(), |delimiter| vec![delimiter]);
    let mut best: Option<(u8, Vec<String>)> = None;
    for delimiter in tried {
        let names = names(head, delimiter)?;
        if best.as_ref().is_none_or(|(_, known)| names.len() > known.len()) {
            best = Some((delimiter, names));
        }
    }
    let (delimiter, names) = best.ok_or_else(|| unreadable("there is no delimiter"))?;
    if let Some((_, twice)) = names.iter().enumerate().find(|(at, name)| names[..*at].contains(name)) {
        return Err(EngineError::new(Kind::Source, format!("the header names a column `{twice}` twice"))
            .because(format!("its columns are {}", told(&names)))
            .hint("give each column a name of its own"));
    }
    Ok((delimiter, names))
}

/// The names in a header.
fn names(head: &[u8], delimiter: u8) -> Result<Vec<String>> {
    let format = arrow::csv::reader::Format::default().with_header(true).with_delimiter(delimiter);
    let (schema, _) = format.infer_schema(head, Some(0)).map_err(|error| {
        unreadable(&error.to_string())
            .hint("text is read as UTF-8 with a header: convert files of another encoding")
    })?;
    Ok(schema.fields().iter().map(|field| field.name().clone()).collect())
}

fn unreadable(why: &str) -> EngineError {
    EngineError::new(Kind::Source, "the header of the text cannot be read").because(why)
}

/// The first line of a file. As little of it is read as is needed.
async fn head(store: &dyn ObjectStore, file: &Found, compression: FileCompressionType) -> Result<Vec<u8>> {
    let size = file.meta.size;
    let mut upto = HEAD;
    loop {
        let is_whole = upto >= size;
        let bytes = store.get_range(&file.meta.location, 0..upto.min(size)).await.map_err(|error| {
            EngineError::new(Kind::Source, "a source cannot be read").because(error.to_string())
        })?;
        let (line, broken) = first_line(bytes.as_ref(), compression)?;
        match (line, broken) {
            (Some(line), _) => return Ok(line),
            (None, Some(why)) if is_whole => return Err(unreadable(&why)),
            (None, _) if upto >= LONGEST => {
                return Err(unreadable(&format!("no line ends in the first {LONGEST} bytes")));
            }
            (None, _) => upto *= 16,
        }
    }
}

/// The first line that is not empty in the beginning of a file, if it ends there; else why there is none. A quoted line end does not end it.
fn first_line(bytes: &[u8], compression: FileCompressionType) -> Result<(Option<Vec<u8>>, Option<String>)> {
    let mut reader = compression.convert_read(std::io::Cursor::new(bytes.to_vec()))?;
    let mut text = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let read = match reader.read(&mut buffer) {
            Ok(read) => read,
            // Compressed text that is cut off, or broken.
            Err(error) => return Ok((None, Some(error.to_string()))),
        };
        text.extend(&buffer[..read]);
        if let Some(end) = line_end(&text) {
            text.truncate(end);
            return Ok((Some(text), None));
        }
        if read == 0 {
            return Ok((None, Some("it has no line".to_owned())));
        }
    }
}

fn line_end(text: &[u8]) -> Option<usize> {
    let start = text.iter().position(|byte| !matches!(byte, b'\r' | b'\n'))?;
    let mut is_quoted = false;
    for (at, byte) in text.iter().enumerate().skip(start) {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'\r' | b'\n' if !is_quoted => return Some(at + 1),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_ends_outside_quotes() {
        assert_eq!(line_end(b"a,\"b\nc\"\r\nd"), Some(8));
        assert_eq!(line_end(b"\n\na,b\n"), Some(6));
        assert_eq!(line_end(b"a,b"), None);
    }

    #[test]
    fn the_delimiter_is_the_one_that_makes_most_columns() {
        let delimiter = |head: &str| recognised(head.as_bytes(), None).unwrap().0;
        assert_eq!(delimiter("a;b,c;d\n"), b';');
        assert_eq!(delimiter("\u{feff}a\tb\n"), b'\t');
        assert_eq!(delimiter("a\n"), b',');
    }
}
