//! Delimited text as record batches, every column as text.

use std::io::{BufReader, Cursor, Read};
use std::path::Path;
use std::sync::Arc;

use arrow::csv::ReaderBuilder;
use arrow::csv::reader::Format;
use arrow::datatypes::{DataType, Field, Schema};
use arrow::error::ArrowError;

use super::Records;
use super::batch::Rows;
use super::bytes::{Utf8, damaged};
use crate::fault::{Code, Fault, Log, Result};

const BATCH_ROWS: usize = 8192;
const HEAD: usize = 1 << 16;
const LONGEST_HEADER: usize = 1 << 24;

/// A delimited text, opened as far as its header.
pub(super) struct Source {
    columns: Vec<String>,
    delimiter: u8,
    text: Box<dyn Read>,
}

impl Source {
    pub(super) fn open(
        file: &Path,
        bytes: Box<dyn Read>,
        delimiter: Option<char>,
        section: &str,
        log: &mut Log,
    ) -> Result<Self> {
        let mut text = Utf8::new(bytes);
        let head = head(&mut text).map_err(|error| damaged(file, &error))?;
        if head.iter().all(u8::is_ascii_whitespace) {
            return Err(
                Fault::new(Code::TableEmpty, format!("the table of [{section}] is empty")).in_file(file)
            );
        }
        let delimiter = if let Some(given) = delimiter.and_then(|given| u8::try_from(given).ok()) {
            given
        } else {
            let guess = guess_delimiter(&head);
            if guess != b',' {
                let what = format!("the table of [{section}] is delimited by {}", name(guess));
                log.add(Fault::new(Code::DelimiterGuessed, what).in_file(file));
            }
            guess
        };
        let columns = Format::default()
            .with_header(true)
            .with_delimiter(delimiter)
            .infer_schema(Cursor::new(&head), Some(0))
            .map_err(|error| fault(file, &error))?
            .0
            .fields()
            .iter()
            .map(|field| field.name().trim().to_owned())
            .collect();
        Ok(Self { columns, delimiter, text: Box::new(Cursor::new(head).chain(text)) })
    }

    pub(super) fn columns(&self) -> &[String] {
        &self.columns
    }

    pub(super) fn records(self, file: &Arc<Path>, projection: &[usize]) -> Result<Records> {
        let fields: Vec<Field> =
            self.columns.iter().map(|column| Field::new(column, DataType::Utf8, true)).collect();
        let file = file.clone();
        let reader = ReaderBuilder::new(Arc::new(Schema::new(fields)))
            .with_header(true)
            .with_delimiter(self.delimiter)
            .with_batch_size(BATCH_ROWS)
            .with_projection(projection.to_vec())
            .build_buffered(BufReader::with_capacity(HEAD, self.text))
            .map_err(|error| fault(&file, &error))?;
        let mut next_row = 2;
        Ok(Box::new(reader.map(move |batch| {
            let batch = batch.map_err(|error| fault(&file, &error))?;
            let rows = Rows::From(next_row);
            next_row += batch.num_rows() as u64;
            Ok((batch, rows))
        })))
    }
}

/// The first bytes of a text: its first line at least, unless that has no end.
fn head(text: &mut impl Read) -> std::io::Result<Vec<u8>> {
    let mut head = Vec::new();
    while head.len() < LONGEST_HEADER && !head.contains(&b'\n') {
        let before = head.len();
        text.by_ref().take(HEAD as u64).read_to_end(&mut head)?;
        if head.len() == before {
            break;
        }
    }
    Ok(head)
}

/// The character that divides the first line into most fields, outside quotation marks: comma, semicolon, tab or bar.
pub fn guess_delimiter(head: &[u8]) -> u8 {
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0), (b'|', 0)];
    let mut quoted = false;
    for &byte in head.iter().take_while(|&&byte| byte != b'\n') {
        quoted ^= byte == b'"';
        if let Some((_, count)) = counts.iter_mut().find(|(delimiter, _)| *delimiter == byte && !quoted) {
            *count += 1;
        }
    }
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |&(delimiter, _)| delimiter)
}

fn name(delimiter: u8) -> String {
    match delimiter {
        b'\t' => "tabs".into(),
        b';' => "semicolons".into(),
        other => format!("`{}`", char::from(other)),
    }
}

fn fault(file: &Path, error: &ArrowError) -> Box<Fault> {
    match error {
        ArrowError::IoError(_, error) => damaged(file, error),
        other => {
            let text = other.to_string();
            let ragged =
                Fault::new(Code::RaggedRow, "a row does not have as many fields as the header").in_file(file);
            match after(&text, "for line ") {
                Some(row) => ragged
                    .at_row(row)
                    .because(text.split_once(", ").map_or(String::new(), |(_, counts)| counts.to_owned()))
                    .hint("texts that contain the delimiter must stand in quotation marks"),
                None => ragged.because(text),
            }
        }
    }
}

fn after(text: &str, marker: &str) -> Option<u64> {
    let (_, rest) = text.split_once(marker)?;
    let digits = rest.split(|c: char| !c.is_ascii_digit()).next()?;
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delimiter_is_the_one_that_divides_the_header_most() {
        assert_eq!(guess_delimiter(b"a,b,c\n1;2;3;4;5"), b',');
        assert_eq!(guess_delimiter(b"a;\"x,y,z\";c\n"), b';');
        assert_eq!(guess_delimiter(b"a\tb\n"), b'\t');
        assert_eq!(guess_delimiter(b"one"), b',');
    }
}
