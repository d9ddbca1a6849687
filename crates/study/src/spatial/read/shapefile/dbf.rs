//! One column of a dBASE table: rows of fixed width behind a header that names the columns.

use encoding_rs::{Encoding, WINDOWS_1252};

use super::super::super::error::Problem;
use super::super::key::plain_number;

/// A row of the table.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// Marked as deleted: its shape is not to be read either.
    pub deleted: bool,
    /// The value of the column; `None` where it is blank.
    pub text: Option<String>,
}

/// A column: its name, type letter, and place in the row.
struct Column {
    name: String,
    kind: u8,
    start: usize,
    length: usize,
}

/// The column `name`. Text is UTF-8 where it is valid, else in the code page of the `.cpg` file or of the table's header,
/// else Windows-1252. Numbers are plain digits.
pub(super) fn column(table: &[u8], name: &str, page: Option<&str>) -> Result<Vec<Row>, Problem> {
    let malformed = |why: &str| Problem::malformed("a dBASE table", why);
    let cut = || malformed("it is cut short");
    let header = table.first_chunk::<32>().ok_or_else(cut)?;
    let rows = u32::from_le_bytes([header[4], header[5], header[6], header[7]]) as usize;
    let header_length = usize::from(u16::from_le_bytes([header[8], header[9]]));
    let row_length = usize::from(u16::from_le_bytes([header[10], header[11]]));
    let encoding = page.and_then(of_name).or_else(|| of_language(header[29])).unwrap_or(WINDOWS_1252);

    let columns = columns(table.get(32..header_length).ok_or_else(cut)?, encoding);
    let wanted = columns.iter().find(|column| column.name == name).ok_or_else(|| Problem::NoColumn {
        column: name.to_owned(),
        available: columns.iter().map(|column| column.name.clone()).collect(),
    })?;
    if wanted.start + wanted.length > row_length {
        return Err(malformed("a column lies outside its row"));
    }
    let content = table.get(header_length..).ok_or_else(cut)?;
    if content.len() / row_length.max(1) < rows {
        return Err(cut());
    }
    let row = |row: &[u8]| {
        let bytes = row.get(wanted.start..wanted.start + wanted.length).ok_or_else(cut)?;
        let text = decode(bytes, encoding);
        let text = text.trim_matches([' ', '\0']);
        let text = if matches!(wanted.kind, b'N' | b'F') { plain_number(text) } else { text };
        Ok(Row { deleted: row.first() == Some(&b'*'), text: (!text.is_empty()).then(|| text.to_owned()) })
    };
    content.chunks_exact(row_length.max(1)).take(rows).map(row).collect()
}

/// The descriptions of 32 bytes each, up to the byte that ends them.
fn columns(descriptions: &[u8], encoding: &'static Encoding) -> Vec<Column> {
    let mut start = 1;
    let mut columns = Vec::new();
    for description in descriptions.chunks_exact(32).take_while(|description| description[0] != 0x0d) {
        let name = description[..11].split(|&byte| byte == 0).next().unwrap_or_default();
        let length = usize::from(description[16]);
        let column =
            Column { name: decode(name, encoding).trim().to_owned(), kind: description[11], start, length };
        columns.push(column);
        start += length;
    }
    columns
}

fn decode(bytes: &[u8], encoding: &'static Encoding) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding.decode_without_bom_handling(bytes).0.into_owned(),
    }
}

/// The encoding a `.cpg` file names: `UTF-8`, `ISO-8859-1`, `1252`, `ANSI 1252`, ...
fn of_name(name: &str) -> Option<&'static Encoding> {
    let name = name.trim();
    let number = name.rsplit(' ').next().unwrap_or(name);
    Encoding::for_label(name.as_bytes())
        .or_else(|| Encoding::for_label(format!("windows-{number}").as_bytes()))
}

/// The encoding of the language byte of the header, for those that are common with borders.
fn of_language(byte: u8) -> Option<&'static Encoding> {
    match byte {
        0x57 | 0x03 => Some(WINDOWS_1252),
        0xc8 => Some(encoding_rs::WINDOWS_1250),
        0xc9 => Some(encoding_rs::WINDOWS_1251),
        0xca => Some(encoding_rs::WINDOWS_1254),
        0xcb => Some(encoding_rs::WINDOWS_1253),
        _ => None,
    }
}
