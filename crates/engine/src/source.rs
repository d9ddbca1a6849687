//! Raw tables under a name: files, folders of files and addresses, of several formats, as tables that plans can name.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow::datatypes::{DataType, Field, Schema, TimeUnit};
use datafusion::datasource::file_format::FileFormat;
use datafusion::datasource::file_format::csv::CsvFormat;
use datafusion::datasource::file_format::file_compression_type::FileCompressionType;
use datafusion::datasource::file_format::json::JsonFormat;
use datafusion::datasource::file_format::parquet::ParquetFormat;
use datafusion::datasource::listing::{ListingOptions, ListingTable, ListingTableConfig, ListingTableUrl};
use datafusion::functions::expr_fn::concat;
use datafusion::prelude::{SessionContext, col, lit};
use futures::TryStreamExt;

use crate::error::{EngineError, Kind, Result};

/// How the files of a source are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Layout {
    /// As the ending of the first file says.
    #[default]
    Auto,
    /// Apache Parquet.
    Parquet,
    /// Delimited text with a header.
    Csv,
    /// One JSON object a line.
    Json,
    /// The commuting matrix of the Italian census of 2011, records of type S: see `istat_commuting` of `study`.
    Istat2011,
}

/// What the values of a text column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnType {
    /// Text: what a column of a delimited file is unless it is said to be something else, so that codes keep their zeros.
    Text,
    /// Whole numbers.
    Whole,
    /// Numbers.
    Number,
    /// Days, `2011-10-09`.
    Date,
    /// Points in time, `2011-10-09T08:30:00`.
    Time,
}

impl ColumnType {
    fn arrow(self) -> DataType {
        match self {
            Self::Text => DataType::Utf8View,
            Self::Whole => DataType::Int64,
            Self::Number => DataType::Float64,
            Self::Date => DataType::Date32,
            Self::Time => DataType::Timestamp(TimeUnit::Second, None),
        }
    }
}

/// A raw table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Source {
    /// What plans call it.
    pub name: String,
    /// The folder that paths are relative to.
    pub base: PathBuf,
    /// Files, patterns, folders or addresses (`s3://`, `http://`, `https://`), all of one format. `key=value` in the names of folders
    /// below a folder are columns.
    pub paths: Vec<String>,
    /// How they are written.
    pub layout: Layout,
    /// The delimiter of text; recognised from the header where absent.
    pub delimiter: Option<u8>,
    /// Columns of text that are something else.
    pub types: BTreeMap<String, ColumnType>,
    /// A query over other sources, in the place of files.
    pub query: Option<String>,
}

/// A file of a source.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SourceFile {
    /// Its path on this machine, or its address.
    pub location: String,
    /// Whether it is on this machine.
    pub local: bool,
    /// Bytes.
    pub size: u64,
    /// What a store says its contents are (entity tag).
    pub tag: Option<String>,
}

/// Endings that tell a format, without those of compression.
const ENDINGS: [(&str, Layout); 7] = [
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
/// Delimiters that a header is tried with, the usual one first.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

impl Source {
    /// Makes the source a table of `ctx`, and names its files. Parquet files are read as far as their footers, one text as far
    /// as its header.
    ///
    /// # Errors
    /// No such file; a store that cannot be reached; files of no known format; several formats.
    pub(crate) async fn register(&self, ctx: &SessionContext) -> Result<Vec<SourceFile>> {
        self.try_register(ctx).await.map_err(|error| match &error.place {
            None => error.at(self.paths.join(", ")),
            Some(_) => error,
        })
    }

    async fn try_register(&self, ctx: &SessionContext) -> Result<Vec<SourceFile>> {
        let state = ctx.state();
        let mut urls = Vec::new();
        for path in &self.paths {
            urls.extend(self.urls(path)?);
        }
        let mut files = Vec::new();
        let mut named = Vec::new();
        for url in &urls {
            let store = state.runtime_env().object_store(url)?;
            let found: Vec<_> = url.list_all_files(&state, store.as_ref(), "").await?.try_collect().await?;
            for meta in found {
                let name = meta.location.filename().unwrap_or_default().to_owned();
                let local = url.scheme() == "file";
                let location = if local {
                    format!("/{}", meta.location)
                } else {
                    format!("{}{}", url.object_store().as_str(), meta.location)
                };
                named.push(name);
                files.push(SourceFile { location, local, size: meta.size, tag: meta.e_tag });
            }
        }
        let Some((ending, layout, compression)) = named.iter().find_map(|name| ending(name, self.layout))
        else {
            let what =
                if named.is_empty() { "there are no files" } else { "there is no file of a known format" };
            return Err(EngineError::new(Kind::Source, what)
                .because(format!("source `{}`: {} looked at", self.name, named.len()))
                .hint("known endings are .parquet, .csv, .tsv, .txt, .json, .ndjson, also with .gz, .zst, .bz2 or .xz; others need `format`"));
        };
        let mut kept: Vec<SourceFile> = files
            .into_iter()
            .zip(&named)
            .filter(|(_, name)| name.ends_with(&ending))
            .map(|(file, _)| file)
            .collect();
        kept.sort();
        let table = match layout {
            Layout::Parquet => {
                self.table(&state, urls, Arc::new(ParquetFormat::default()), &ending, None).await?
            }
            Layout::Json => {
                let format = JsonFormat::default().with_file_compression_type(compression);
                self.table(&state, urls, Arc::new(format), &ending, None).await?
            }
            Layout::Istat2011 => return self.istat(ctx, urls, &ending, compression, kept).await,
            Layout::Csv | Layout::Auto => self.csv(&state, urls, &ending, compression).await?,
        };
        ctx.register_table(self.name.as_str(), table)?;
        Ok(kept)
    }

    /// What a path stands for; a pattern for the files of this machine that fit it.
    fn urls(&self, path: &str) -> Result<Vec<ListingTableUrl>> {
        if path.contains("://") {
            return Ok(vec![ListingTableUrl::parse(path)?]);
        }
        let full = std::path::absolute(self.base.join(path)).map_err(|error| {
            EngineError::new(Kind::Source, "the path cannot be resolved").at(path).because(error.to_string())
        })?;
        let is_pattern = !full.exists() && path.contains(['*', '?', '[']);
        if is_pattern {
            let matches = glob::glob(&full.to_string_lossy()).map_err(|error| {
                EngineError::new(Kind::Source, "the pattern cannot be read")
                    .at(path)
                    .because(error.to_string())
            })?;
            let mut files: Vec<PathBuf> =
                matches.filter_map(std::result::Result::ok).filter(|file| file.is_file()).collect();
            if files.is_empty() {
                return Err(EngineError::new(Kind::Source, "the pattern matches no file")
                    .at(full.display().to_string()));
            }
            files.sort();
            return files.iter().map(|file| Ok(ListingTableUrl::parse(file.to_string_lossy())?)).collect();
        }
        if !full.exists() {
            return Err(EngineError::new(Kind::Source, "the file or folder does not exist")
                .at(full.display().to_string()));
        }
        let folder = if full.is_dir() { "/" } else { "" };
        Ok(vec![ListingTableUrl::parse(format!("{}{folder}", full.display()))?])
    }

    async fn table(
        &self,
        state: &datafusion::execution::SessionState,
        urls: Vec<ListingTableUrl>,
        format: Arc<dyn FileFormat>,
        ending: &str,
        schema: Option<Schema>,
    ) -> Result<Arc<ListingTable>> {
        let options = ListingOptions::new(format).with_file_extension(ending);
        let config = ListingTableConfig::new_with_multi_paths(urls).with_listing_options(options);
        let config = config.infer_partitions_from_path(state).await?;
        let config = match schema {
            Some(schema) => config.with_schema(Arc::new(schema)),
            None => config.infer_schema(state).await?,
        };
        Ok(Arc::new(ListingTable::try_new(config)?))
    }

    /// Delimited text. Every column is text unless `types` says otherwise.
    async fn csv(
        &self,
        state: &datafusion::execution::SessionState,
        urls: Vec<ListingTableUrl>,
        ending: &str,
        compression: FileCompressionType,
    ) -> Result<Arc<ListingTable>> {
        let format = |delimiter: u8| {
            CsvFormat::default()
                .with_has_header(true)
                .with_delimiter(delimiter)
                .with_schema_infer_max_rec(1)
                .with_file_compression_type(compression)
        };
        let tried: Vec<u8> = self.delimiter.map_or_else(|| DELIMITERS.to_vec(), |delimiter| vec![delimiter]);
        let mut best: Option<(u8, Vec<String>)> = None;
        for delimiter in tried {
            let options = ListingOptions::new(Arc::new(format(delimiter))).with_file_extension(ending);
            let Some(url) = urls.first() else { continue };
            let Ok(schema) = options.infer_schema(state, url).await else { continue };
            let names: Vec<String> = schema.fields().iter().map(|field| field.name().clone()).collect();
            if best.as_ref().is_none_or(|(_, known)| names.len() > known.len()) {
                best = Some((delimiter, names));
            }
        }
        let Some((delimiter, names)) = best else {
            return Err(EngineError::new(Kind::Source, "the header of the text cannot be read"));
        };
        if let Some(unknown) = self.types.keys().find(|name| !names.contains(name)) {
            return Err(EngineError::new(
                Kind::Query,
                format!("`types` of source `{}` names a column `{unknown}`", self.name),
            )
            .because(format!("the columns are {}", names.join(", "))));
        }
        let kind = |name: &String| self.types.get(name).copied().unwrap_or(ColumnType::Text).arrow();
        let fields: Vec<Field> = names.iter().map(|name| Field::new(name, kind(name), true)).collect();
        self.table(state, urls, Arc::new(format(delimiter)), ending, Some(Schema::new(fields))).await
    }

    /// The Italian matrix: fields divided by blanks, codes of province and commune apart.
    async fn istat(
        &self,
        ctx: &SessionContext,
        urls: Vec<ListingTableUrl>,
        ending: &str,
        compression: FileCompressionType,
        files: Vec<SourceFile>,
    ) -> Result<Vec<SourceFile>> {
        const FIELDS: [&str; 15] = [
            "record",
            "residence",
            "province",
            "commune",
            "sex",
            "reason",
            "place",
            "province_to",
            "commune_to",
            "country",
            "mode",
            "departure",
            "duration",
            "estimated",
            "counted",
        ];
        let format = CsvFormat::default()
            .with_has_header(false)
            .with_delimiter(b' ')
            .with_file_compression_type(compression);
        let fields: Vec<Field> =
            FIELDS.iter().map(|name| Field::new(*name, DataType::Utf8View, true)).collect();
        let state = ctx.state();
        let table = self.table(&state, urls, Arc::new(format), ending, Some(Schema::new(fields))).await?;
        let columns =
            ["record", "residence", "sex", "reason", "place", "country"].map(col).into_iter().chain([
                concat(vec![col("province"), col("commune")]).alias("origin"),
                concat(vec![col("province_to"), col("commune_to")]).alias("destination"),
                datafusion::prelude::cast(col("counted"), DataType::Int64).alias("flow"),
            ]);
        let view =
            ctx.read_table(table)?.filter(col("record").eq(lit("S")))?.select(columns.collect::<Vec<_>>())?;
        ctx.register_table(self.name.as_str(), view.into_view())?;
        Ok(files)
    }
}

/// The ending by which the files of a source are told from others beside them, its format and its compression; hidden files are
/// none.
fn ending(name: &str, layout: Layout) -> Option<(String, Layout, FileCompressionType)> {
    if name.starts_with(['.', '_']) {
        return None;
    }
    let (plain, compression, suffix) = COMPRESSIONS
        .iter()
        .find_map(|(suffix, kind)| {
            Some((name.strip_suffix(&format!(".{suffix}"))?, *kind, format!(".{suffix}")))
        })
        .unwrap_or((name, FileCompressionType::UNCOMPRESSED, String::new()));
    let ending = Path::new(plain).extension().map(|ending| ending.to_string_lossy().into_owned());
    let known = ending
        .as_deref()
        .and_then(|ending| ENDINGS.iter().find(|(known, _)| ending.eq_ignore_ascii_case(known)));
    match (layout, known) {
        (Layout::Auto, Some((_, layout))) => Some((format!(".{}{suffix}", ending?), *layout, compression)),
        (Layout::Auto, None) => None,
        (stated, _) => {
            let ending = ending.map_or_else(String::new, |ending| format!(".{ending}"));
            Some((format!("{ending}{suffix}"), stated, compression))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_tell_format_and_compression() {
        let tell = |name: &str| ending(name, Layout::Auto).map(|(ending, layout, _)| (ending, layout));
        assert_eq!(tell("a.parquet"), Some((".parquet".into(), Layout::Parquet)));
        assert_eq!(tell("a.csv.gz"), Some((".csv.gz".into(), Layout::Csv)));
        assert_eq!(tell("README.md"), None);
        assert_eq!(tell("_SUCCESS"), None);
        assert_eq!(tell(".part.parquet"), None);
        let stated = ending("matrix.txt.gz", Layout::Istat2011).map(|(ending, layout, _)| (ending, layout));
        assert_eq!(stated, Some((".txt.gz".into(), Layout::Istat2011)));
    }
}
