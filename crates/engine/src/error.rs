//! What can go wrong, and whose problem it is.

use datafusion::common::{DataFusionError, SchemaError};

/// Whose problem it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A query that cannot be understood, or that names a table or column that is not there.
    Query,
    /// A source that is not there, cannot be reached or cannot be read.
    Source,
    /// A value that is not of its kind, such as a number of employees that is no number.
    Value,
    /// The memory limit, or the disk that is spilled to.
    Memory,
    /// The cluster: not there, of another version, or without sight of a file.
    Cluster,
    /// Work that a cluster lost, or did not end in time: asked for once more, it may come to an end.
    Lost,
    /// The result cannot be written.
    Output,
    /// A part of the program that was left out when it was built.
    Missing,
    /// The work was stopped by whoever asked for it.
    Stopped,
    /// This program.
    Internal,
}

/// A problem of the engine: what, where, why, what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what}")]
pub struct EngineError {
    /// Whose problem it is.
    pub kind: Kind,
    /// What is wrong.
    pub what: String,
    /// The file or address.
    pub place: Option<String>,
    /// Why.
    pub why: Option<String>,
    /// What to do.
    pub help: Option<String>,
}

/// The result of something the engine does.
pub type Result<T> = std::result::Result<T, EngineError>;

impl EngineError {
    /// A problem of this kind.
    pub fn new(kind: Kind, what: impl Into<String>) -> Self {
        Self { kind, what: what.into(), place: None, why: None, help: None }
    }

    /// Says where.
    #[must_use]
    pub fn at(mut self, place: impl Into<String>) -> Self {
        self.place = Some(place.into());
        self
    }

    /// Says why.
    #[must_use]
    pub fn because(mut self, why: impl Into<String>) -> Self {
        self.why = Some(why.into());
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn hint(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// What stands at the root of an error: the first cause that is not a wrapper.
impl From<DataFusionError> for EngineError {
    fn from(error: DataFusionError) -> Self {
        match error.find_root() {
            DataFusionError::ResourcesExhausted(why) if why.contains("disk") || why.contains("temporary") => {
                Self::new(Kind::Memory, "the disk space for spilling is used up")
                    .because(first_line(why))
                    .hint("point `spill` of [engine] to a larger disk")
            }
            DataFusionError::ResourcesExhausted(why) => Self::new(Kind::Memory, "the memory limit is too small")
                .because(first_line(why))
                .hint("raise `memory` of [engine], or lower `threads`: each needs a share of it"),
            DataFusionError::SchemaError(schema, _) => {
                let fault = Self::new(Kind::Query, first_line(&schema.to_string()));
                match schema.as_ref() {
                    SchemaError::FieldNotFound { valid_fields, .. } if !valid_fields.is_empty() => {
                        let names: Vec<String> =
                            valid_fields.iter().take(30).map(|field| format!("`{}`", field.name)).collect();
                        fault.because(format!("the columns are {}", names.join(", ")))
                    }
                    _ => fault,
                }
            }
            DataFusionError::SQL(error, _) => Self::new(Kind::Query, "the query is not valid SQL")
                .because(first_line(&error.to_string()))
                .hint("the dialect is that of DataFusion, close to PostgreSQL; names with capitals stand in double quotes"),
            DataFusionError::Plan(why) | DataFusionError::NotImplemented(why) => {
                // Sources have one name; catalogue and schema are the engine's own.
                Self::new(Kind::Query, "the query cannot be run")
                    .because(first_line(&why.replace("datafusion.public.", "")))
            }
            DataFusionError::ObjectStore(error) => unreadable(&error.to_string()),
            DataFusionError::IoError(error) => unreadable(&error.to_string()),
            DataFusionError::ParquetError(error) => unreadable(&error.to_string()),
            DataFusionError::ArrowError(error, _) => match error.as_ref() {
                arrow::error::ArrowError::CsvError(why) | arrow::error::ArrowError::IoError(why, _) => {
                    unreadable(why)
                }
                arrow::error::ArrowError::CastError(why) | arrow::error::ArrowError::ParseError(why) => {
                    Self::new(Kind::Value, "a value is not of the kind that the query casts it to")
                        .because(first_line(why))
                        .hint("`TRY_CAST` gives NULL where a value does not fit")
                }
                arrow::error::ArrowError::DivideByZero => {
                    Self::new(Kind::Value, "a query divides by zero").hint("`NULLIF(x, 0)` gives NULL there")
                }
                other => Self::new(Kind::Source, "a table cannot be computed").because(first_line(&other.to_string())),
            },
            DataFusionError::Execution(why) => {
                Self::new(Kind::Source, "a table cannot be computed").because(first_line(why))
            }
            other => Self::new(Kind::Internal, "the engine contradicted itself").because(first_line(&other.to_string())),
        }
    }
}

/// Where machines in a data centre are told their keys: asked where there are none in the environment.
const KEYS_OF_THE_MACHINE: &str = "169.254.169.254";

fn unreadable(why: &str) -> EngineError {
    let unreadable = EngineError::new(Kind::Source, "a source cannot be read");
    if why.contains(KEYS_OF_THE_MACHINE) {
        return unreadable.because("there are no keys for S3 in the environment").hint(
            "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, AWS_ENDPOINT_URL where it is not Amazon's, or AWS_SKIP_SIGNATURE=true \
             for a bucket that is open to all",
        );
    }
    let unreadable = unreadable.because(first_line(why));
    if why.contains("UTF-8") {
        return unreadable.hint("text is read as UTF-8: convert files of another encoding");
    }
    unreadable
}

#[expect(clippy::needless_pass_by_value, reason = "for map_err")]
pub(crate) fn internal(error: arrow::error::ArrowError) -> EngineError {
    EngineError::new(Kind::Internal, "the engine contradicted itself").because(error.to_string())
}

/// Errors of engines run over many lines; the first says it.
pub(crate) fn first_line(text: &str) -> String {
    let line = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default().trim();
    match line.char_indices().nth(400) {
        Some((at, _)) => format!("{}...", &line[..at]),
        None => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_of_an_error_says_whose_problem_it_is() {
        let memory = DataFusionError::ResourcesExhausted("Failed to allocate 3 bytes".into());
        let wrapped = DataFusionError::Context("while sorting".into(), Box::new(memory));
        let error = EngineError::from(wrapped);
        assert_eq!((error.kind, error.why.as_deref()), (Kind::Memory, Some("Failed to allocate 3 bytes")));
        let plan = EngineError::from(DataFusionError::Plan("table 'datafusion.public.x' not found".into()));
        assert_eq!((plan.kind, plan.why.as_deref()), (Kind::Query, Some("table 'x' not found")));
    }

    #[test]
    fn a_store_without_keys_says_which_are_missing() {
        let asked = "Error performing PUT http://169.254.169.254/latest/api/token in 3s";
        let error = EngineError::from(DataFusionError::IoError(std::io::Error::other(asked)));
        assert!(error.help.unwrap().contains("AWS_ACCESS_KEY_ID"));
        assert_eq!(error.why.unwrap(), "there are no keys for S3 in the environment");
    }

    #[test]
    fn long_messages_are_cut() {
        assert_eq!(first_line("\n  a\nb"), "a");
        assert_eq!(first_line(&"x".repeat(1000)).len(), 403);
    }
}
