//! What an error that came back from the cluster means: it comes as a text, in which scheduler and executors tell the cause as the engine
//! writes it down for programmers.

use arrow::error::ArrowError;
use datafusion::common::DataFusionError;

use crate::error::{EngineError, Kind, first_line};

/// How an error of values, files or the query begins in such a text, and the error that it is.
type Known = (&'static str, fn(String) -> DataFusionError);
const KNOWN: [Known; 18] = [
    ("CastError(", |why| arrow(ArrowError::CastError(why))),
    ("Cast error: ", |why| arrow(ArrowError::CastError(why))),
    ("ParseError(", |why| arrow(ArrowError::ParseError(why))),
    ("Parser error: ", |why| arrow(ArrowError::ParseError(why))),
    ("CsvError(", |why| arrow(ArrowError::CsvError(why))),
    ("Csv error: ", |why| arrow(ArrowError::CsvError(why))),
    ("JsonError(", |why| arrow(ArrowError::JsonError(why))),
    ("Json error: ", |why| arrow(ArrowError::JsonError(why))),
    ("DivideByZero", |_| arrow(ArrowError::DivideByZero)),
    ("Divide by zero", |_| arrow(ArrowError::DivideByZero)),
    ("ArithmeticOverflow(", |why| arrow(ArrowError::ArithmeticOverflow(why))),
    ("ComputeError(", |why| arrow(ArrowError::ComputeError(why))),
    ("InvalidArgumentError(", |why| arrow(ArrowError::InvalidArgumentError(why))),
    ("ParquetError(", |why| arrow(ArrowError::ParquetError(why))),
    ("SchemaError(", DataFusionError::Plan),
    ("Plan(", DataFusionError::Plan),
    ("Error during planning: ", DataFusionError::Plan),
    ("NotImplemented(", DataFusionError::NotImplemented),
];
/// What begins the error of an executor that did not find what another should have kept for it: that other is gone.
const GONE: [&str; 2] = ["FetchFailed", "Shuffle fetch"];
/// Words of work that was lost with a machine or a connection.
const LOST: [&str; 14] = [
    "lost",
    "Lost",
    "Cancelled",
    "cancelled",
    "TaskKilled",
    "timed out",
    "Timeout",
    "transport error",
    "onnection",
    "Grpc",
    "Tonic",
    "Unavailable",
    "broken pipe",
    "executors",
];

fn arrow(error: ArrowError) -> DataFusionError {
    DataFusionError::ArrowError(Box::new(error), None)
}

/// What an error means that was met while a cluster worked.
pub(crate) fn explained(error: EngineError) -> EngineError {
    let said = format!("{} {}", error.what, error.why.as_deref().unwrap_or_default());
    // What this process finds wrong with a query, before it asks the cluster for anything, has its kind already.
    if !matches!(error.kind, Kind::Source | Kind::Internal) {
        return error;
    }
    let why = || error.why.clone().unwrap_or_else(|| error.what.clone());
    let cluster = |what: &str| EngineError::new(Kind::Cluster, what).because(why());
    if said.contains("major version") || said.contains("ballista-version") {
        return cluster("scheduler and client do not fit together")
            .hint("run `distretto engine scheduler` and `executor` of the same version as this program");
    }
    let gone = GONE.iter().filter_map(|gone| said.find(gone)).min();
    let known = KNOWN.iter().filter_map(|(begin, is)| Some((said.find(begin)?, begin, is)));
    // The outermost says it: what is inside may be a value of the data, whatever it looks like.
    if let Some((at, begin, is)) = known.min_by_key(|(at, ..)| *at)
        && gone.is_none_or(|gone| at < gone)
    {
        return is(message(&said[at + begin.len()..])).into();
    }
    if gone.is_some() {
        return EngineError::new(Kind::Lost, "the cluster lost the work").because(why());
    }
    if said.contains("Resources exhausted") || said.contains("ResourcesExhausted") {
        return EngineError::new(Kind::Memory, "the memory of the executors is too small")
            .because(why())
            .hint("give `distretto engine executor` a larger `--memory`");
    }
    if ["(os error 2)", "code: 2,", "No such file", "NotFound {"].iter().any(|sign| said.contains(sign)) {
        return cluster("a machine of the cluster does not see a file")
            .hint("put the files of a source where every executor finds them under the same path, or on an object store");
    }
    if LOST.iter().any(|word| said.contains(word)) {
        return EngineError::new(Kind::Lost, "the cluster lost the work").because(why());
    }
    cluster("the cluster cannot do the work").hint("look at the logs of scheduler and executors")
}

/// The message of an error: up to the quote that ends it where it begins with one.
fn message(text: &str) -> String {
    let Some(quoted) = text.strip_prefix('"') else { return first_line(text) };
    let mut message = String::new();
    let mut letters = quoted.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => break,
            '\\' => message.extend(letters.next()),
            letter => message.push(letter),
        }
    }
    first_line(&message)
}

#[cfg(test)]
mod tests {
    use ballista_core::version::check_compatibility;

    use super::*;

    fn said(why: &str) -> EngineError {
        explained(EngineError::new(Kind::Source, "a table cannot be computed").because(why))
    }

    #[test]
    fn another_version_is_recognised_by_what_either_side_says_of_it() {
        for (client, scheduler) in
            [(Some("55.0.0"), Some("54.1.0")), (Some("55.0.0"), None), (None, Some("55.0.0"))]
        {
            let error = said(&check_compatibility(client, scheduler).unwrap_err());
            assert_eq!(
                (error.kind, error.what.as_str()),
                (Kind::Cluster, "scheduler and client do not fit together")
            );
        }
    }

    #[test]
    fn errors_of_data_are_what_they_are_in_this_process() {
        let task =
            "Job 7 failed: Job failed due to stage 1 failed: Task failed due to runtime execution error: ";
        let cast = said(&format!(
            "{task}DataFusionError(ArrowError(CastError(\"Cannot cast string 'lost \\\"x\\\"' to value of Int32 type\"), None))"
        ));
        assert_eq!(cast.kind, Kind::Value);
        assert_eq!(cast.why.as_deref(), Some("Cannot cast string 'lost \"x\"' to value of Int32 type"));
        let divided =
            said("Job 7 failed: Error planning job 7: DataFusionError(ArrowError(DivideByZero, None))");
        assert_eq!((divided.kind, divided.what.as_str()), (Kind::Value, "a query divides by zero"));
        let csv = said(&format!(
            "{task}DataFusionError(ArrowError(CsvError(\"incorrect number of fields for line 3\")))"
        ));
        assert_eq!((csv.kind, csv.what.as_str()), (Kind::Source, "a source cannot be read"));
        let field =
            said(&format!("{task}DataFusionError(SchemaError(FieldNotFound {{ field: Column }}, None))"));
        assert_eq!(field.kind, Kind::Query);
    }

    #[test]
    fn work_that_is_lost_is_told_from_work_that_cannot_be_done() {
        for lost in [
            "Job 7 failed: executor lost",
            "Job 7 failed: Cancelled",
            "status: Unavailable, message: \"error trying to connect\"",
            "Job 7 failed: FetchFailed(\"a\", 1, 0, \"No such file or directory (os error 2)\")",
        ] {
            assert_eq!(said(lost).kind, Kind::Lost, "{lost}");
        }
        let unseen =
            said("Job failed: Object at location /a.csv not found: No such file or directory (os error 2)");
        assert!(unseen.kind == Kind::Cluster && unseen.what.contains("does not see"));
        let many = said("Job 7 failed: Too many open files (os error 24)");
        assert!(many.kind == Kind::Cluster && !many.what.contains("does not see"), "{many:?}");
        assert_eq!(said("Job failed: Resources exhausted: Failed to allocate").kind, Kind::Memory);
    }

    #[test]
    fn what_this_process_finds_wrong_with_a_query_stays() {
        let query =
            EngineError::new(Kind::Query, "No field named \"JobTitle\"").because("the columns are `a`");
        assert_eq!(explained(query.clone()), query);
    }
}
