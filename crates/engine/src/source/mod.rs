//! Raw tables under a name: files, folders of files and addresses, of several formats, as tables that plans can name.
//!
//! | module | concept |
//! |---|---|
//! | `paths` | what a path stands for: a file, a folder, the files of a pattern, an address |
//! | `endings` | what the ending of a file tells |
//! | `listing` | the files that are there, those that are meant, keys in the names of folders |
//! | `heads`, `footers`, `json` | the columns of delimited text, Parquet and JSON |
//! | `kinds` | the kinds that a study gives to columns |
//! | `istat` | the Italian matrix |

mod endings;
mod footers;
mod heads;
mod istat;
mod json;
mod kinds;
mod listing;
mod paths;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use arrow::datatypes::{DataType, Field, Schema, SchemaRef, TimeUnit};
use datafusion::datasource::file_format::FileFormat;
use datafusion::datasource::file_format::csv::CsvFormat;
use datafusion::datasource::file_format::json::JsonFormat;
use datafusion::datasource::file_format::parquet::ParquetFormat;
use datafusion::datasource::listing::{ListingOptions, ListingTable, ListingTableConfig, ListingTableUrl};
use datafusion::execution::SessionState;
use datafusion::prelude::{DataFrame, Expr, SessionContext, ident};

use crate::error::{EngineError, Kind, Result};
use listing::Listing;

/// How the files of a source are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Layout {
    /// As the endings of the files say, which have to say the same.
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
    /// What a study calls it.
    fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Whole => "whole",
            Self::Number => "number",
            Self::Date => "date",
            Self::Time => "time",
        }
    }

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
    /// Columns that are something else than their files say: columns of delimited text are text otherwise.
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

/// A source whose files were found and whose columns are known.
pub(crate) struct Opened {
    pub(crate) files: Vec<SourceFile>,
    layout: Layout,
    format: Arc<dyn FileFormat>,
    /// Columns in the files.
    schema: SchemaRef,
    /// Columns in the names of folders.
    keys: Vec<String>,
    /// Where files are, by the ending of their names.
    places: BTreeMap<String, Vec<ListingTableUrl>>,
    /// Columns that are not as they are in the files, by name.
    computed: BTreeMap<String, Expr>,
}

impl Source {
    /// Makes sure that a query has no keys of files.
    ///
    /// # Errors
    /// It has some.
    pub(crate) fn check_query(&self) -> Result<()> {
        let keys = [
            ("types", !self.types.is_empty()),
            ("delimiter", self.delimiter.is_some()),
            ("format", self.layout != Layout::Auto),
        ];
        match keys.iter().find(|(_, is_there)| *is_there) {
            None => Ok(()),
            Some((key, _)) => Err(EngineError::new(
                Kind::Query,
                format!("source `{}` is a query and has `{key}`, which is of files", self.name),
            )
            .hint("take it out; `CAST` in the query gives a column its kind")),
        }
    }

    /// Finds the files of the source and learns their columns. Parquet files are read as far as their footers, text as far as its
    /// headers, JSON whole.
    ///
    /// # Errors
    /// No such file; a store that cannot be reached; files of no known format or of several; files whose columns differ.
    pub(crate) async fn open(&self, ctx: &SessionContext, threads: usize) -> Result<Opened> {
        self.try_open(&ctx.state(), threads).await.map_err(|error| match &error.place {
            None => error.at(self.paths.join(", ")),
            Some(_) => error,
        })
    }

    async fn try_open(&self, state: &SessionState, threads: usize) -> Result<Opened> {
        let listing = Listing::of(self, state).await?;
        if self.delimiter.is_some() && listing.layout != Layout::Csv {
            return Err(EngineError::new(
                Kind::Query,
                format!("source `{}` has a `delimiter`, and its files are no delimited text", self.name),
            )
            .hint("take `delimiter` out, or say `format = \"csv\"`"));
        }
        let compression = listing.compression;
        let (format, schema): (Arc<dyn FileFormat>, SchemaRef) = match listing.layout {
            Layout::Parquet => (Arc::new(ParquetFormat::default()), footers::schema(&listing, state).await?),
            Layout::Json => {
                let format = JsonFormat::default().with_file_compression_type(compression);
                (Arc::new(format), Arc::new(json::schema(&listing, threads).await?))
            }
            Layout::Istat2011 => (Arc::new(istat::format(compression)), Arc::new(istat::schema())),
            Layout::Csv | Layout::Auto => {
                let (delimiter, names) = heads::common(&listing, self.delimiter).await?;
                let format = CsvFormat::default()
                    .with_has_header(true)
                    .with_delimiter(delimiter)
                    .with_file_compression_type(compression);
                let kind = |name: &str| self.types.get(name).copied().unwrap_or(ColumnType::Text).arrow();
                let fields: Vec<Field> =
                    names.iter().map(|name| Field::new(name, kind(name), true)).collect();
                (Arc::new(format), Arc::new(Schema::new(fields)))
            }
        };
        if let Some(twice) = listing.keys.iter().find(|key| schema.field_with_name(key).is_ok()) {
            return Err(EngineError::new(
                Kind::Source,
                format!("column `{twice}` is both in the files and in the names of their folders"),
            )
            .at(listing.files[0].location.clone())
            .hint("rename the folders or the column"));
        }
        let computed = self.computed(&listing, &schema)?;
        Ok(Opened {
            files: listing.source_files(),
            layout: listing.layout,
            format,
            schema,
            keys: listing.keys,
            places: listing.places,
            computed,
        })
    }

    /// The columns that are not as they are in the files: those that have a kind, and keys that have no value somewhere.
    fn computed(&self, listing: &Listing, schema: &Schema) -> Result<BTreeMap<String, Expr>> {
        let in_files = schema.fields().iter().map(|field| field.name().as_str());
        let names: Vec<&str> = in_files.chain(listing.keys.iter().map(String::as_str)).collect();
        kinds::check(self, &names)?;
        let mut computed = BTreeMap::new();
        for key in &listing.keys {
            let kind = self.types.get(key).copied();
            if kind.is_some() || listing.without_value.contains(key) {
                computed.insert(key.clone(), kinds::key(key, kind));
            }
        }
        // The reader of delimited text makes columns of their kind itself.
        if listing.layout != Layout::Csv {
            for (name, kind) in &self.types {
                if let Ok(field) = schema.field_with_name(name) {
                    computed.insert(name.clone(), kinds::column(self, name, field.data_type(), *kind)?);
                }
            }
        }
        Ok(computed)
    }
}

impl Opened {
    /// Makes the source a table of `ctx`.
    pub(crate) fn register(&self, ctx: &SessionContext, name: &str) -> Result<()> {
        let mut frame: Option<DataFrame> = None;
        for (ending, urls) in &self.places {
            let table = self.table(ending, urls)?;
            let is_all = self.places.len() == 1 && self.computed.is_empty();
            if is_all && self.layout != Layout::Istat2011 {
                ctx.register_table(datafusion::common::TableReference::bare(name), table)?;
                return Ok(());
            }
            let part = ctx.read_table(table)?;
            frame = Some(match frame {
                Some(others) => others.union(part)?,
                None => part,
            });
        }
        let Some(frame) = frame else { return Err(EngineError::new(Kind::Source, "there are no files")) };
        let columns: Vec<Expr> =
            frame.schema().fields().iter().map(|field| self.column(field.name())).collect();
        let frame = frame.select(columns)?;
        let frame = if self.layout == Layout::Istat2011 { istat::view(frame, &self.keys)? } else { frame };
        ctx.register_table(datafusion::common::TableReference::bare(name), frame.into_view())?;
        Ok(())
    }

    fn column(&self, name: &str) -> Expr {
        self.computed.get(name).cloned().unwrap_or_else(|| ident(name))
    }

    fn table(&self, ending: &str, urls: &[ListingTableUrl]) -> Result<Arc<ListingTable>> {
        let of_keys = DataType::Dictionary(Box::new(DataType::UInt16), Box::new(DataType::Utf8));
        let keys = self.keys.iter().map(|key| (key.clone(), of_keys.clone())).collect();
        let options = ListingOptions::new(Arc::clone(&self.format))
            .with_file_extension(ending)
            .with_table_partition_cols(keys);
        let config = ListingTableConfig::new_with_multi_paths(urls.to_vec())
            .with_listing_options(options)
            .with_schema(Arc::clone(&self.schema));
        Ok(Arc::new(ListingTable::try_new(config)?))
    }
}
