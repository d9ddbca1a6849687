//! What can be wrong with a file of borders.

use std::fmt;
use std::path::{Path, PathBuf};

/// A problem with a file of borders, with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct SpatialError {
    /// What is wrong.
    pub problem: Problem,
    /// The file.
    pub file: PathBuf,
    /// The feature, counted from 1 in the order of the file.
    pub feature: Option<u64>,
}

/// The kinds of problem. `Display` says what is wrong and why; [`Problem::help`] what to do.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Problem {
    /// The file is not there.
    #[error("the file does not exist")]
    NotFound,
    /// The operating system does not let it be read.
    #[error("the file cannot be read: {0}")]
    Unreadable(String),
    /// The name ends in nothing known.
    #[error("borders in a file ending in `{0}` cannot be read")]
    UnknownFormat(String),
    /// The content does not follow its format.
    #[error("the file is damaged or is not {format}: {why}")]
    Malformed {
        /// Name of the format.
        format: &'static str,
        /// What the parser met.
        why: String,
    },
    /// A column or property is missing.
    #[error("there is no column `{column}` with the codes of zones; there are: {}", list(available))]
    NoColumn {
        /// The name that was asked for.
        column: String,
        /// The names there are.
        available: Vec<String>,
    },
    /// A layer is missing.
    #[error("there is no layer `{layer}`; there are: {}", list(available))]
    NoLayer {
        /// The name that was asked for.
        layer: String,
        /// The names there are.
        available: Vec<String>,
    },
    /// More than one layer and none named.
    #[error("the file holds several layers and none is named: {}", list(.0))]
    SeveralLayers(Vec<String>),
    /// Not one feature.
    #[error("the file holds no feature")]
    Empty,
    /// A feature that is not a polygon.
    #[error("a zone must be a polygon, and this is a {0}")]
    NotPolygon(String),
    /// A coordinate reference system that is not given though the coordinates are not degrees.
    #[error("the coordinates ({x}, {y}) are not degrees and the file does not say what they are")]
    CrsMissing {
        /// First coordinate of an example.
        x: f64,
        /// Second coordinate of an example.
        y: f64,
    },
    /// A coordinate reference system nobody knows.
    #[error("the coordinate reference system `{name}` is not known: {why}")]
    CrsUnknown {
        /// Its name or text.
        name: String,
        /// Why it is not known.
        why: String,
    },
    /// A position that is none on Earth.
    #[error("({x}, {y}) is not a position on Earth in {crs}")]
    NotOnEarth {
        /// First coordinate.
        x: f64,
        /// Second coordinate.
        y: f64,
        /// The coordinate reference system.
        crs: String,
    },
    /// The shapes to write do not fit their table.
    #[error("layer `{layer}` has {shapes} shapes and a table of {rows} rows")]
    RowsDiffer {
        /// Name of the layer.
        layer: String,
        /// Number of shapes.
        shapes: usize,
        /// Number of rows.
        rows: usize,
    },
    /// A name that the format keeps for itself, or that is used twice.
    #[error("the name `{0}` is taken")]
    NameTaken(String),
    /// The file cannot be written.
    #[error("the file cannot be written: {0}")]
    Unwritable(String),
}

impl Problem {
    /// A problem with the content of a file of this format.
    pub(super) fn malformed(format: &'static str, why: impl fmt::Display) -> Self {
        Self::Malformed { format, why: why.to_string() }
    }

    /// What to do about it.
    pub fn help(&self) -> String {
        match self {
            Self::NotFound => "check the path; it is relative to the folder of study.toml".into(),
            Self::Unreadable(_) => "check that the file may be read and is whole".into(),
            Self::UnknownFormat(_) => {
                "give GeoJSON (.geojson), TopoJSON (.topojson), both also with .gz or .zst, GeoPackage (.gpkg), \
                 Shapefile (.shp) or GeoParquet (.parquet)"
                    .into()
            }
            Self::Malformed { .. } => "fetch the file again, or convert it with ogr2ogr to GeoPackage".into(),
            Self::NoColumn { column, available } => suggest(column, available, "name the column of the codes"),
            Self::NoLayer { layer, available } => suggest(layer, available, "name one of the layers"),
            Self::SeveralLayers(_) => "name the layer with the borders of the zones".into(),
            Self::Empty => "check that this is the file, and the layer, with the borders".into(),
            Self::NotPolygon(_) => "keep only polygons in the layer, or name another layer".into(),
            Self::CrsMissing { .. } | Self::CrsUnknown { .. } => {
                "name the coordinate reference system as EPSG:<number>, for instance EPSG:32632".into()
            }
            Self::NotOnEarth { .. } => {
                "check the coordinate reference system: name the right one as EPSG:<number>".into()
            }
            Self::RowsDiffer { .. } => "give one shape, or none, for each row".into(),
            Self::NameTaken(_) => "give the column or layer another name".into(),
            Self::Unwritable(_) => "check that the folder exists, may be written to, and has room".into(),
        }
    }

    /// The problem at a feature, counted from 1.
    pub(super) fn at_feature(self, feature: u64) -> SpatialError {
        SpatialError { feature: Some(feature), ..self.into() }
    }
}

impl From<Problem> for SpatialError {
    fn from(problem: Problem) -> Self {
        Self { problem, file: PathBuf::new(), feature: None }
    }
}

impl SpatialError {
    /// The same problem, in this file.
    pub(super) fn in_file(self, file: &Path) -> Self {
        Self { file: file.to_owned(), ..self }
    }
}

impl fmt::Display for SpatialError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file.display())?;
        if let Some(feature) = self.feature {
            write!(f, ", feature {feature}")?;
        }
        write!(f, ": {}; {}", self.problem, self.problem.help())
    }
}

impl std::error::Error for SpatialError {}

fn list(names: &[String]) -> String {
    const SHOWN: usize = 12;
    let mut shown = names.iter().take(SHOWN).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    if names.len() > SHOWN {
        shown.push_str(", ...");
    }
    if shown.is_empty() { "none".into() } else { shown }
}

fn suggest(wanted: &str, available: &[String], otherwise: &str) -> String {
    let wanted = wanted.to_lowercase();
    let best = available
        .iter()
        .map(|name| (strsim::jaro_winkler(&wanted, &name.to_lowercase()), name))
        .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(a.1)));
    match best {
        Some((likeness, name)) if likeness > 0.8 => format!("did you mean `{name}`?"),
        _ => otherwise.into(),
    }
}
