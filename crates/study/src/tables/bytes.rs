//! From a file to its bytes: decompression, encoding, and what can go wrong with them.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::Path;

use bytes::Bytes;

use super::Folder;
use crate::fault::{Code, Fault, Result};

const BUFFER: usize = 1 << 18;
const PARQUET: &[u8] = b"PAR1";

/// What the first bytes of a file show.
pub(super) enum Content {
    /// Text, decompressed on the way.
    Text(Box<dyn Read>),
    /// Parquet, which is read at any position.
    Parquet(Parquet),
}

/// Parquet on the disk or in memory.
pub(super) enum Parquet {
    /// A file.
    File(File),
    /// What came through a pipe.
    Bytes(Bytes),
}

/// Opens a file, or what was taken in of it, and looks at its first bytes.
pub(super) fn open(path: &Path, folder: &Folder) -> Result<Content> {
    if let Some(bytes) = folder.stream(path) {
        if bytes.starts_with(PARQUET) {
            return Ok(Content::Parquet(Parquet::Bytes(bytes.clone())));
        }
        return text(path, Cursor::new(bytes.clone()));
    }
    let file = File::open(path).map_err(|error| unreadable(path, &error))?;
    if path.is_dir() {
        return Err(Fault::new(Code::FileUnreadable, "this is a folder, not a file").in_file(path));
    }
    let mut reader = BufReader::with_capacity(BUFFER, file);
    let head = reader.fill_buf().map_err(|error| unreadable(path, &error))?;
    if head.starts_with(PARQUET) {
        let file = File::open(path).map_err(|error| unreadable(path, &error))?;
        return Ok(Content::Parquet(Parquet::File(file)));
    }
    text(path, reader)
}

/// Text, decompressed as its first bytes ask for.
fn text(path: &Path, mut reader: impl BufRead + 'static) -> Result<Content> {
    let head = reader.fill_buf().map_err(|error| unreadable(path, &error))?;
    if head.starts_with(&[0x1f, 0x8b]) {
        return Ok(Content::Text(Box::new(flate2::bufread::MultiGzDecoder::new(reader))));
    }
    if head.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) {
        let decoder =
            zstd::stream::read::Decoder::with_buffer(reader).map_err(|error| damaged(path, &error))?;
        return Ok(Content::Text(Box::new(decoder)));
    }
    match foreign(head) {
        Some((what, hint)) => Err(Fault::new(Code::FileFormat, what).in_file(path).hint(hint)),
        None => Ok(Content::Text(Box::new(reader))),
    }
}

/// Formats that are taken for tables now and then.
fn foreign(head: &[u8]) -> Option<(&'static str, &'static str)> {
    const FORMATS: [(&[u8], &str, &str); 6] = [
        (
            b"PK\x03\x04",
            "the file is a zip archive or a spreadsheet",
            "unpack it, or save the sheet as CSV (UTF-8)",
        ),
        (b"\xd0\xcf\x11\xe0", "the file is an old spreadsheet", "save the sheet as CSV (UTF-8)"),
        (b"SQLite format 3", "the file is a database or GeoPackage", "export the table as CSV or Parquet"),
        (b"BZh", "the file is compressed with bzip2", "use gzip or Zstandard"),
        (b"\xfd7zXZ", "the file is compressed with xz", "use gzip or Zstandard"),
        (b"%PDF", "the file is a PDF document", "take the table from its source"),
    ];
    FORMATS.iter().find(|(magic, ..)| head.starts_with(magic)).map(|&(_, what, hint)| (what, hint))
}

/// The fault of a file that the system does not let us read.
pub(super) fn unreadable(path: &Path, error: &io::Error) -> Box<Fault> {
    match error.kind() {
        io::ErrorKind::NotFound => super::files::missing(path),
        _ => Fault::new(Code::FileUnreadable, "the file cannot be read")
            .in_file(path)
            .because(error.to_string()),
    }
}

/// The fault behind an error that arose while reading text.
pub(super) fn damaged(path: &Path, error: &io::Error) -> Box<Fault> {
    if let Some(NotUtf8 { row, what }) = error.get_ref().and_then(|inner| inner.downcast_ref()) {
        return Fault::new(Code::Encoding, *what).in_file(path).at_row(*row).hint(match *what {
            UTF_16 => "save it as UTF-8; `iconv -f UTF-16 -t UTF-8` converts it",
            ZEROS => "save it as UTF-8; `iconv -f UTF-16LE -t UTF-8` converts it if it is UTF-16",
            _ => "save it as UTF-8; `iconv -f WINDOWS-1252 -t UTF-8` converts what Windows programs write",
        });
    }
    match error.kind() {
        io::ErrorKind::UnexpectedEof => {
            Fault::new(Code::FileTruncated, "the compressed data ends in the middle")
                .in_file(path)
                .hint("fetch the file again; the transfer was probably interrupted")
        }
        io::ErrorKind::PermissionDenied | io::ErrorKind::NotFound | io::ErrorKind::IsADirectory => {
            unreadable(path, error)
        }
        _ => Fault::new(Code::FileCorrupt, "the compressed data is damaged")
            .in_file(path)
            .because(error.to_string())
            .hint("fetch the file again"),
    }
}

const UTF_16: &str = "the text is UTF-16";
const ZEROS: &str = "the text has zero bytes, as UTF-16 and binary files have";

/// Not UTF-8, carried through readers as the cause of an [`io::Error`].
#[derive(Debug)]
struct NotUtf8 {
    row: u64,
    what: &'static str,
}

impl std::fmt::Display for NotUtf8 {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} in row {}", self.what, self.row)
    }
}

impl std::error::Error for NotUtf8 {}

/// A reader that lets only UTF-8 through, without a byte order mark.
pub(super) struct Utf8<R> {
    inner: R,
    buffer: Vec<u8>,
    /// Bytes of the buffer already handed out.
    given: usize,
    /// Bytes of the buffer known to be UTF-8.
    checked: usize,
    /// Bytes of the buffer in use: at most three more than `checked`.
    filled: usize,
    rows: u64,
    started: bool,
}

impl<R: Read> Utf8<R> {
    pub(super) fn new(inner: R) -> Self {
        Self { inner, buffer: vec![0; BUFFER], given: 0, checked: 0, filled: 0, rows: 0, started: false }
    }

    fn refuse(&self, upto: usize, what: &'static str) -> io::Error {
        let row = self.rows + newlines(&self.buffer[..upto]) + 1;
        io::Error::new(io::ErrorKind::InvalidData, NotUtf8 { row, what })
    }

    /// Makes the next bytes known to be UTF-8; none at the end.
    fn advance(&mut self) -> io::Result<()> {
        self.rows += newlines(&self.buffer[..self.checked]);
        self.buffer.copy_within(self.checked..self.filled, 0);
        self.filled -= self.checked;
        (self.given, self.checked) = (0, 0);
        while self.checked == 0 {
            let read = self.inner.read(&mut self.buffer[self.filled..])?;
            if read == 0 {
                return match self.filled {
                    0 => Ok(()),
                    _ => Err(self.refuse(0, "the text ends in the middle of a character")),
                };
            }
            self.filled += read;
            if !self.started && self.filled < 4 {
                // The first bytes tell the encoding: wait for enough of them, unless there are no more.
                let read = self.inner.read(&mut self.buffer[self.filled..])?;
                self.filled += read;
            }
            let filled = &self.buffer[..self.filled];
            if !self.started && (filled.starts_with(&[0xff, 0xfe]) || filled.starts_with(&[0xfe, 0xff])) {
                return Err(self.refuse(0, UTF_16));
            }
            self.checked = match std::str::from_utf8(filled) {
                Ok(_) => self.filled,
                Err(error) if error.error_len().is_none() => error.valid_up_to(),
                Err(error) => return Err(self.refuse(error.valid_up_to(), "the text is not UTF-8")),
            };
            if !self.started && self.checked > 0 {
                self.started = true;
                if self.buffer[..self.checked].starts_with("\u{feff}".as_bytes()) {
                    self.given = 3;
                }
                if self.buffer[..self.checked.min(64)].contains(&0) {
                    return Err(self.refuse(0, ZEROS));
                }
                if self.given == self.checked {
                    return self.advance();
                }
            }
        }
        Ok(())
    }
}

impl<R: Read> Read for Utf8<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.given == self.checked {
            self.advance()?;
        }
        let count = out.len().min(self.checked - self.given);
        out[..count].copy_from_slice(&self.buffer[self.given..self.given + count]);
        self.given += count;
        Ok(count)
    }
}

/// Number of line ends.
pub(crate) fn newlines(bytes: &[u8]) -> u64 {
    memchr::memchr_iter(b'\n', bytes).count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Hands out one byte at a time, the worst a reader may do.
    struct Drip<'a>(&'a [u8]);

    impl Read for Drip<'_> {
        fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
            let count = self.0.len().min(out.len()).min(1);
            out[..count].copy_from_slice(&self.0[..count]);
            self.0 = &self.0[count..];
            Ok(count)
        }
    }

    fn text(bytes: &[u8]) -> std::result::Result<String, String> {
        let all = |mut reader: Utf8<_>| {
            let mut text = String::new();
            reader.read_to_string(&mut text).map(|_| text).map_err(|error| error.to_string())
        };
        let whole = all(Utf8::new(Box::new(bytes) as Box<dyn Read>));
        assert_eq!(whole, all(Utf8::new(Box::new(Drip(bytes)))), "the pace of reading does not matter");
        whole
    }

    #[test]
    fn text_passes_unchanged_and_the_mark_is_dropped() {
        assert_eq!(text("à,è\n".as_bytes()).unwrap(), "à,è\n");
        assert_eq!(text("\u{feff}a,b".as_bytes()).unwrap(), "a,b");
        assert_eq!(text("\u{feff}".as_bytes()).unwrap(), "");
        assert_eq!(text(b"").unwrap(), "");
    }

    #[test]
    fn other_encodings_are_named_with_their_row() {
        for (bytes, what, row) in [
            (&b"code,name\n1,Agli\xe8\n"[..], "not UTF-8", "row 2"),
            (b"\xff\xfec\0o\0", "UTF-16", "row 1"),
            (b"c\0o\0d\0e\0", "zero bytes", "row 1"),
            (b"a\nb\nc\xc3", "middle of a character", "row 3"),
        ] {
            let error = text(bytes).unwrap_err();
            assert!(error.contains(what) && error.contains(row), "{error}");
        }
    }

    #[test]
    fn the_hint_names_the_encoding_that_the_first_bytes_show() {
        for (bytes, from) in [
            (&b"code\n\xe8\n"[..], "-f WINDOWS-1252 "),
            (b"\xff\xfec\0o\0", "-f UTF-16 "),
            (b"\xfe\xff\0c\0o", "-f UTF-16 "),
            (b"c\0o\0d\0e\0", "-f UTF-16LE "),
        ] {
            let error = Utf8::new(bytes).read_to_end(&mut Vec::new()).unwrap_err();
            let fault = damaged(Path::new("hosts.csv"), &error);
            assert!(fault.help.as_ref().unwrap().contains(from), "{fault}");
        }
    }
}
