//! The commuting matrix of the Italian census of 2011 (Istat), fixed width, as record batches.
//!
//! A line has fifteen fields divided by blanks; the first ten stand at fixed places:
//!
//! | column | bytes (from 0) | meaning |
//! |---|---|---|
//! | `record` | 0 | `S`: counted persons by sex and reason. `L`: estimates by mode, departure and duration, for the same persons |
//! | `residence` | 2 | 1 household, 2 institution |
//! | `origin` | 4..7 and 8..11 | province and commune of residence |
//! | `sex` | 12 | 1 men, 2 women |
//! | `reason` | 14 | 1 study, 2 work |
//! | `place` | 16 | 1 same commune, 2 another commune, 3 abroad |
//! | `destination` | 18..21 and 22..25 | province and commune of study or work; `000000` where `place` is 3 |
//! | `country` | 26..29 | country of study or work, where abroad |
//! | `mode` | next field | means of transport, `+` in S records |
//! | `departure` | next field | time of departure, `+` in S records |
//! | `duration` | next field | duration of the trip, `+` in S records |
//! | `estimated` | next field | estimated persons, with decimals, or `ND` |
//! | `counted` | last field | counted persons, or `ND` in L records |
//!
//! `flow` is `counted` in S records and `estimated` in L records. L records describe persons whom S records count
//! too, so both together would count them twice: without a filter on `record` only S records are read.
//!
//! A line is checked only as far as its fields are asked for.

use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use arrow::array::{ArrayRef, Float64Array, RecordBatch, StringArray};
use arrow::buffer::{Buffer, OffsetBuffer, ScalarBuffer};
use arrow::datatypes::{Field, Schema};

use super::Records;
use super::batch::Rows;
use super::bytes::damaged;
use crate::fault::{Code, Fault, Result};

/// Code of a destination that is not a commune.
pub const ABROAD: &str = "000000";

const COLUMNS: [&str; 14] = [
    "record",
    "residence",
    "origin",
    "sex",
    "reason",
    "place",
    "destination",
    "country",
    "mode",
    "departure",
    "duration",
    "estimated",
    "counted",
    "flow",
];
const FIRST_NUMBER: usize = 11;
/// Places of the first ten fields are followed by blanks here.
const BLANKS: [usize; 10] = [1, 3, 7, 11, 13, 15, 17, 21, 25, 29];
const BLOCK: usize = 1 << 20;
const BATCH_ROWS: usize = 1 << 14;

/// A file in this layout.
pub(super) struct Source {
    bytes: Box<dyn Read>,
    columns: Vec<String>,
    only_s: bool,
}

impl Source {
    pub(super) fn new(bytes: Box<dyn Read>, only_s: bool) -> Self {
        Self { bytes, columns: COLUMNS.map(str::to_owned).to_vec(), only_s }
    }

    pub(super) fn columns(&self) -> &[String] {
        &self.columns
    }

    pub(super) fn records(self, file: &Arc<Path>, projection: &[usize]) -> Records {
        let lines =
            Lines { bytes: self.bytes, buffer: vec![0; BLOCK], next: 0, filled: 0, row: 0, ended: false };
        Box::new(Batches {
            lines,
            file: file.clone(),
            only_s: self.only_s,
            projection: projection.to_vec(),
            any: false,
        })
    }
}

/// Lines of a file, read in large blocks.
struct Lines {
    bytes: Box<dyn Read>,
    buffer: Vec<u8>,
    next: usize,
    filled: usize,
    row: u64,
    ended: bool,
}

impl Lines {
    /// The range of the next line in the buffer, without its end; `None` at the end of the file.
    #[inline]
    fn advance(&mut self) -> std::io::Result<Option<std::ops::Range<usize>>> {
        loop {
            if let Some(length) = memchr::memchr(b'\n', &self.buffer[self.next..self.filled]) {
                let line = self.next..self.next + length;
                self.next = line.end + 1;
                self.row += 1;
                return Ok(Some(line));
            }
            if self.ended {
                let line = self.next..self.filled;
                self.next = self.filled;
                self.row += 1;
                return Ok((!line.is_empty()).then_some(line));
            }
            self.refill()?;
        }
    }

    fn refill(&mut self) -> std::io::Result<()> {
        self.buffer.copy_within(self.next..self.filled, 0);
        self.filled -= self.next;
        self.next = 0;
        if self.filled == self.buffer.len() {
            self.buffer.resize(2 * self.filled, 0);
        }
        let read = self.bytes.read(&mut self.buffer[self.filled..])?;
        self.filled += read;
        self.ended = read == 0;
        Ok(())
    }
}

/// One line, field by field.
struct Line<'a> {
    line: &'a [u8],
}

impl<'a> Line<'a> {
    #[inline]
    fn new(line: &'a [u8]) -> Option<Self> {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let fits = line.len() > 30
            && matches!(line[0], b'S' | b'L')
            && BLANKS.iter().all(|&at| line[at] == b' ')
            && line.is_ascii();
        fits.then_some(Self { line })
    }

    /// The field of a text column.
    #[inline]
    fn text(&self, column: usize, out: &mut Vec<u8>) -> Option<()> {
        let line = self.line;
        match column {
            0 => out.push(line[0]),
            1 => out.push(line[2]),
            2 => {
                out.extend_from_slice(&line[4..7]);
                out.extend_from_slice(&line[8..11]);
            }
            3 => out.push(line[12]),
            4 => out.push(line[14]),
            5 => out.push(line[16]),
            6 if line[16] == b'3' => out.extend_from_slice(ABROAD.as_bytes()),
            6 => {
                out.extend_from_slice(&line[18..21]);
                out.extend_from_slice(&line[22..25]);
            }
            7 => out.extend_from_slice(&line[26..29]),
            other => out.extend_from_slice(self.tail().nth(other - 8)?),
        }
        Some(())
    }

    /// The five fields that have no fixed place.
    #[inline]
    fn tail(&self) -> impl Iterator<Item = &'a [u8]> + use<'a> {
        self.line[30..].split(|&byte| byte == b' ').filter(|field| !field.is_empty())
    }

    /// The field of a number column; `None` for ND.
    #[inline]
    fn number(&self, column: usize) -> std::result::Result<Option<f64>, Malformed> {
        let (rest, counted) = last_field(&self.line[30..]);
        match (column, self.line[0]) {
            (12, _) | (13, b'S') => number(counted),
            _ => number(last_field(rest).1),
        }
    }
}

/// The last field, and what stands before it.
#[inline]
fn last_field(line: &[u8]) -> (&[u8], &[u8]) {
    let line = line.trim_ascii_end();
    line.split_at(memchr::memrchr(b' ', line).map_or(0, |at| at + 1))
}

/// Not what the layout says.
#[derive(Debug, PartialEq)]
struct Malformed;

/// A number of digits, with a full stop before decimals if there are any.
#[inline]
fn number(field: &[u8]) -> std::result::Result<Option<f64>, Malformed> {
    const POWERS: [f64; 10] = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];
    if field == b"ND" {
        return Ok(None);
    }
    if field.is_empty() {
        return Err(Malformed);
    }
    let (mut units, mut decimals) = (0u64, None);
    for &byte in field {
        match byte {
            b'0'..=b'9' => {
                let next = units.checked_mul(10).and_then(|units| units.checked_add(u64::from(byte - b'0')));
                units = next.ok_or(Malformed)?;
                decimals = decimals.map(|count: usize| count + 1);
            }
            b'.' if decimals.is_none() => decimals = Some(0),
            _ => return Err(Malformed),
        }
    }
    // Both are exact, so the quotient is the nearest number to the decimal one.
    match POWERS.get(decimals.unwrap_or(0)) {
        Some(power) if units < 1 << 53 => Ok(Some(units as f64 / power)),
        _ => Err(Malformed),
    }
}

/// Builds one column.
enum Builder {
    Text { bytes: Vec<u8>, ends: Vec<i32> },
    Number(Vec<Option<f64>>),
}

impl Builder {
    fn new(column: usize) -> Self {
        if column < FIRST_NUMBER {
            Self::Text { bytes: Vec::with_capacity(6 * BATCH_ROWS), ends: vec![0] }
        } else {
            Self::Number(Vec::with_capacity(BATCH_ROWS))
        }
    }

    #[inline]
    fn push(&mut self, line: &Line<'_>, column: usize) -> Option<()> {
        match self {
            Self::Text { bytes, ends } => {
                line.text(column, bytes)?;
                ends.push(bytes.len() as i32);
            }
            Self::Number(values) => values.push(line.number(column).ok()?),
        }
        Some(())
    }

    fn finish(self) -> std::result::Result<ArrayRef, arrow::error::ArrowError> {
        Ok(match self {
            Self::Text { bytes, ends } => {
                let offsets = OffsetBuffer::new(ScalarBuffer::from(ends));
                Arc::new(StringArray::try_new(offsets, Buffer::from_vec(bytes), None)?)
            }
            Self::Number(values) => Arc::new(Float64Array::from(values)),
        })
    }
}

struct Batches {
    lines: Lines,
    file: Arc<Path>,
    only_s: bool,
    projection: Vec<usize>,
    /// Whether any row was handed over.
    any: bool,
}

impl Batches {
    fn batch(&mut self) -> Result<Option<(RecordBatch, Rows)>> {
        let mut builders: Vec<Builder> = self.projection.iter().map(|&column| Builder::new(column)).collect();
        let mut rows = Vec::with_capacity(BATCH_ROWS);
        while rows.len() < BATCH_ROWS {
            let range = self.lines.advance().map_err(|error| damaged(&self.file, &error))?;
            let Some(range) = range else { break };
            let bytes = &self.lines.buffer[range];
            if bytes.is_empty() || bytes == b"\r" {
                continue;
            }
            if self.only_s && bytes.starts_with(b"L ") {
                continue;
            }
            let Some(line) = Line::new(bytes) else { return Err(self.malformed(bytes)) };
            for (builder, &column) in builders.iter_mut().zip(&self.projection) {
                if builder.push(&line, column).is_none() {
                    return Err(self.malformed(bytes));
                }
            }
            rows.push(self.lines.row);
        }
        if rows.is_empty() {
            if self.only_s && !self.any && self.lines.row > 0 {
                return Err(Fault::new(Code::NothingLeft, "the file has no records of type S")
                    .in_file(&self.file)
                    .hint("read its estimates with `where = { record = \"L\" }`"));
            }
            return Ok(None);
        }
        self.any = true;
        let internal = |error: arrow::error::ArrowError| Fault::new(Code::Internal, error.to_string());
        let arrays: Vec<ArrayRef> = builders
            .into_iter()
            .map(Builder::finish)
            .collect::<std::result::Result<_, _>>()
            .map_err(internal)?;
        let fields: Vec<Field> = self
            .projection
            .iter()
            .zip(&arrays)
            .map(|(&column, array)| Field::new(COLUMNS[column], array.data_type().clone(), true))
            .collect();
        let batch = RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays).map_err(internal)?;
        Ok(Some((batch, Rows::Listed(rows))))
    }

    fn malformed(&self, line: &[u8]) -> Box<Fault> {
        let shown = String::from_utf8_lossy(&line[..line.len().min(60)]).into_owned();
        Fault::new(Code::LayoutRow, "the line does not fit the layout `istat-2011`")
            .in_file(&self.file)
            .at_row(self.lines.row)
            .because(format!("it begins `{shown}`"))
            .hint("docs/formats.md shows the layout; each line has fifteen fields divided by blanks")
    }
}

impl Iterator for Batches {
    type Item = Result<(RecordBatch, Rows)>;

    fn next(&mut self) -> Option<Self::Item> {
        self.batch().transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const S: &[u8] = b"S 1 001 002 1 2 2 003 004 000 + + + ND 0000000059\r";
    const L: &[u8] = b"L 1 001 002 2 2 3 999 999 215 01 2 3 000000005.37 ND";

    fn text(line: &[u8], column: usize) -> String {
        let mut out = Vec::new();
        Line::new(line).unwrap().text(column, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_line_has_its_fields_where_the_layout_says() {
        let fields: Vec<String> = (0..FIRST_NUMBER).map(|column| text(S, column)).collect();
        assert_eq!(fields, ["S", "1", "001002", "1", "2", "2", "003004", "000", "+", "+", "+"]);
        assert_eq!(text(L, 6), ABROAD, "abroad is not a commune, whatever the fields say");
        assert_eq!((text(L, 7), text(L, 8), text(L, 10)), ("215".into(), "01".into(), "3".into()));
    }

    #[test]
    fn persons_are_counted_in_s_and_estimated_in_l_records() {
        let numbers = |line| [11, 12, 13].map(|column| Line::new(line).unwrap().number(column).unwrap());
        assert_eq!(numbers(S), [None, Some(59.0), Some(59.0)]);
        assert_eq!(numbers(L), [Some(5.37), None, Some(5.37)]);
    }

    #[test]
    fn numbers_are_exact_or_refused() {
        assert_eq!(number(b"0000000059"), Ok(Some(59.0)));
        assert_eq!(number(b"12.34"), Ok(Some(12.34)));
        for malformed in [&b"1.2.3"[..], b"-1", b"1e5", b"99999999999999999999", b"0.12345678901"] {
            assert_eq!(number(malformed), Err(Malformed));
        }
    }
}
