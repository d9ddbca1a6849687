//! What the ending of a file tells: how it is written, and how it is compressed.

use datafusion::datasource::file_format::file_compression_type::FileCompressionType;

use super::Layout;

/// Endings that tell a format, without those of compression.
const FORMATS: [(&str, Layout); 7] = [
    ("parquet", Layout::Parquet),
    ("csv", Layout::Csv),
    ("tsv", Layout::Csv),
    ("txt", Layout::Csv),
    ("json", Layout::Json),
    ("ndjson", Layout::Json),
    ("jsonl", Layout::Json),
];
const COMPRESSIONS: [(&str, FileCompressionType); 4] = [
    ("gz", FileCompressionType::GZIP),
    ("zst", FileCompressionType::ZSTD),
    ("bz2", FileCompressionType::BZIP2),
    ("xz", FileCompressionType::XZ),
];

/// What is done where no ending tells a format.
pub(super) const HINT: &str = "known endings are .parquet, .csv, .tsv, .txt, .json, .ndjson, .jsonl, also with .gz, .zst, .bz2 or .xz; others need `format`";

/// The ending of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ending {
    /// As it is spelled, with that of compression: `.csv.gz`. Empty where it tells no format.
    pub(super) text: String,
    /// The format, where it tells one.
    pub(super) layout: Option<Layout>,
    pub(super) compression: FileCompressionType,
}

/// The ending of a file of this name. Capitals do not matter.
pub(super) fn of(name: &str) -> Ending {
    let packed = COMPRESSIONS.iter().find_map(|(known, kind)| Some((before(name, known)?, *kind)));
    let (plain, compression) = packed.unwrap_or((name, FileCompressionType::UNCOMPRESSED));
    match FORMATS.iter().find_map(|(known, layout)| Some((before(plain, known)?, *layout))) {
        Some((stem, layout)) => {
            Ending { text: name[stem.len()..].to_owned(), layout: Some(layout), compression }
        }
        None => Ending { text: String::new(), layout: None, compression },
    }
}

/// The name before this ending, if it has it.
fn before<'a>(name: &'a str, ending: &str) -> Option<&'a str> {
    let (stem, last) = name.rsplit_once('.')?;
    last.eq_ignore_ascii_case(ending).then_some(stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_tell_format_and_compression() {
        let tell = |name: &str| {
            let Ending { text, layout, compression } = of(name);
            (text, layout, compression.is_compressed())
        };
        assert_eq!(tell("a.parquet"), (".parquet".into(), Some(Layout::Parquet), false));
        assert_eq!(tell("a.b.CSV.Gz"), (".CSV.Gz".into(), Some(Layout::Csv), true));
        assert_eq!(tell("README.md"), (String::new(), None, false));
        assert_eq!(tell("2010.01"), (String::new(), None, false));
        assert_eq!(tell("part.gz"), (String::new(), None, true));
    }
}
