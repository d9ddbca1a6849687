//! Which column of a file plays which role, and which rows are kept.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use arrow::array::{Array, BooleanArray, RecordBatch};
use arrow::compute::filter_record_batch;

use super::batch::{Rows, text_array};
use crate::config::TableSource;
use crate::fault::{Code, Fault, Log, Result, did_you_mean, listed};

/// Whether a role must be filled, and with what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// A text column that must be there.
    Text,
    /// A number column that must be there.
    Number,
    /// A text column that may be absent.
    OptionalText,
    /// A number column that may be absent.
    OptionalNumber,
}

/// A column that is wanted from a table.
#[derive(Debug, Clone)]
pub struct Role<'a> {
    /// Its name in the study, under `columns`.
    pub name: &'a str,
    /// Its name in the file, where the study says so.
    pub column: Option<&'a str>,
    /// Other names that are taken where the study does not say, compared without case.
    pub aliases: &'static [&'static str],
    /// Whether it must be there.
    pub need: Need,
}

impl<'a> Role<'a> {
    /// A role; see the fields.
    pub fn new(name: &'a str, column: Option<&'a str>, aliases: &'static [&'static str], need: Need) -> Self {
        Self { name, column, aliases, need }
    }
}

/// Where the values of a role come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Origin {
    /// A column of the projection.
    Column(usize),
    /// The same value in every row.
    Constant(String),
    /// Nowhere.
    Absent,
}

/// What is read from one file.
#[derive(Debug)]
pub(super) struct Plan {
    /// Columns of the file to read, by position.
    pub(super) projection: Vec<usize>,
    /// For each role its name, whether it is a number, and where it comes from.
    pub(super) roles: Vec<(String, bool, Origin)>,
    /// Names of the projected columns.
    pub(super) names: Vec<String>,
    filters: Vec<Filter>,
}

/// A column of the projection, and the texts that it must, or must not, equal.
#[derive(Debug)]
struct Filter {
    column: usize,
    values: Vec<String>,
    keeps: bool,
}

impl Plan {
    pub(super) fn new(
        file: &Path,
        columns: &[String],
        roles: &[Role<'_>],
        source: &TableSource,
        log: &mut Log,
    ) -> Result<Self> {
        let mut plan = Self { projection: vec![], roles: vec![], names: vec![], filters: vec![] };
        for role in roles {
            let origin = match find(file, columns, role, source, log)? {
                Some(column) => Origin::Column(plan.project(column, columns)),
                None => match source.constants.get(role.name) {
                    Some(value) => Origin::Constant(value.clone()),
                    None if matches!(role.need, Need::Text | Need::Number) => {
                        return Err(missing(file, columns, role.name, role.name));
                    }
                    None => Origin::Absent,
                },
            };
            let number = matches!(role.need, Need::Number | Need::OptionalNumber);
            plan.roles.push((role.name.to_owned(), number, origin));
        }
        for (key, keeps, filters) in [("where", true, &source.r#where), ("except", false, &source.except)] {
            for (column, values) in filters {
                let at =
                    exactly(file, columns, column)?.ok_or_else(|| missing(file, columns, column, key))?;
                let values = values.0.clone();
                let column = plan.project(at, columns);
                plan.filters.push(Filter { column, values, keeps });
            }
        }
        Ok(plan)
    }

    fn project(&mut self, column: usize, columns: &[String]) -> usize {
        self.projection.iter().position(|&known| known == column).unwrap_or_else(|| {
            self.projection.push(column);
            self.names.push(columns[column].clone());
            self.projection.len() - 1
        })
    }

    /// The rows that `where` and `except` keep.
    pub(super) fn filter(
        &self,
        batch: RecordBatch,
        rows: Rows,
        mut seen: Option<&mut Seen>,
    ) -> Result<(RecordBatch, Rows)> {
        if self.filters.is_empty() {
            return Ok((batch, rows));
        }
        let mut keep = vec![true; batch.num_rows()];
        for Filter { column, values, keeps } in &self.filters {
            let texts = text_array(batch.column(*column))?;
            for (row, keep) in keep.iter_mut().enumerate() {
                let text = if texts.is_null(row) { "" } else { texts.value(row).trim() };
                let fits = values.iter().any(|value| value == text) == *keeps;
                if let Some(seen) = seen.as_mut().filter(|_| !fits) {
                    seen.note(&self.names[*column], text);
                }
                *keep &= fits;
            }
        }
        let rows = rows.keeping(&keep);
        let batch = filter_record_batch(&batch, &BooleanArray::from(keep))
            .map_err(|error| Fault::new(Code::Internal, error.to_string()))?;
        Ok((batch, rows))
    }
}

/// The column of a role: the one the study names, else its own name unless it is a constant, else an alias.
fn find(
    file: &Path,
    columns: &[String],
    role: &Role<'_>,
    source: &TableSource,
    log: &mut Log,
) -> Result<Option<usize>> {
    if let Some(column) = role.column {
        return match exactly(file, columns, column)? {
            Some(at) => Ok(Some(at)),
            None => Err(missing(file, columns, column, role.name)),
        };
    }
    if source.constants.contains_key(role.name) {
        return Ok(None);
    }
    if let Some(at) = exactly(file, columns, role.name)? {
        return Ok(Some(at));
    }
    let known = |column: &&String| {
        let lower = column.trim().to_lowercase();
        lower == role.name || role.aliases.contains(&lower.as_str())
    };
    let fits: Vec<&String> = columns.iter().filter(known).collect();
    let [name] = fits.as_slice() else { return Ok(None) };
    log.add(
        Fault::new(Code::ColumnGuessed, format!("column `{name}` is taken as `{}`", role.name)).in_file(file),
    );
    Ok(columns.iter().position(|column| column == *name))
}

/// Values that were not kept, in case that is all of them.
#[derive(Default)]
pub(super) struct Seen(BTreeMap<String, BTreeSet<String>>);

impl Seen {
    const LIMIT: usize = 12;

    fn note(&mut self, column: &str, value: &str) {
        if let Some(values) = self.0.get_mut(column) {
            if values.len() < Self::LIMIT && !values.contains(value) {
                values.insert(value.to_owned());
            }
        } else {
            self.0.insert(column.to_owned(), [value.to_owned()].into());
        }
    }

    pub(super) fn fault(&self, section: &str, files: &[PathBuf]) -> Box<Fault> {
        let found = |(column, values): (&String, &BTreeSet<String>)| {
            format!("`{column}` has {}", listed(&values.iter().collect::<Vec<_>>(), Self::LIMIT))
        };
        let fault = Fault::new(Code::NothingLeft, format!("`where` and `except` of [{section}] keep no row"))
            .because(self.0.iter().map(found).collect::<Vec<_>>().join("\n"));
        match files {
            [file] => fault.in_file(file),
            _ => fault,
        }
    }
}

/// The only column of this name.
fn exactly(file: &Path, columns: &[String], name: &str) -> Result<Option<usize>> {
    let mut fits = columns.iter().enumerate().filter(|(_, column)| column.as_str() == name).map(|(at, _)| at);
    let first = fits.next();
    match fits.next() {
        None => Ok(first),
        Some(_) => Err(Fault::new(Code::ColumnTwice, format!("the table has several columns `{name}`"))
            .in_file(file)
            .hint("rename or remove all but one")),
    }
}

fn missing(file: &Path, columns: &[String], column: &str, role: &str) -> Box<Fault> {
    let fault = Fault::new(Code::ColumnMissing, format!("the table has no column `{column}`"))
        .in_file(file)
        .because(format!("its columns are {}", listed(columns, 30)));
    match (did_you_mean(column, columns), role) {
        (Some(like), "where") => {
            fault.hint(format!("did you mean `{like}`? say `where = {{ {like} = ... }}`"))
        }
        (None, "where") => fault.hint("`where` takes the names of columns of the file"),
        (Some(like), _) => {
            fault.hint(format!("did you mean `{like}`? say `columns = {{ {role} = \"{like}\" }}`"))
        }
        (None, _) => fault.hint(format!("say which it is: `columns = {{ {role} = \"...\" }}`")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(names: &[&str]) -> Vec<String> {
        names.iter().map(ToString::to_string).collect()
    }

    fn plan(names: &[&str], role: Role<'_>, source: &TableSource) -> Result<(Plan, Log)> {
        let mut log = Log::default();
        Plan::new(Path::new("t.csv"), &columns(names), &[role], source, &mut log).map(|plan| (plan, log))
    }

    #[test]
    fn the_named_column_goes_before_the_usual_one_and_guesses_are_said() {
        let source = TableSource::default();
        let (found, log) =
            plan(&["flow", "n"], Role::new("flow", Some("n"), &["count"], Need::Number), &source).unwrap();
        assert_eq!((found.projection, log.entries().len()), (vec![1], 0));
        let (found, log) =
            plan(&["a", "Count"], Role::new("flow", None, &["count"], Need::Number), &source).unwrap();
        assert_eq!((found.projection, log.entries()[0].code), (vec![1], Code::ColumnGuessed));
    }

    #[test]
    fn what_is_missing_or_double_is_refused_with_a_suggestion() {
        let source = TableSource::default();
        let fault = plan(&["orgin", "x"], Role::new("origin", None, &[], Need::Text), &source).unwrap_err();
        assert_eq!(fault.code, Code::ColumnMissing);
        assert!(fault.help.unwrap().contains("columns = { origin = \"orgin\" }"));
        let fault = plan(&["flow", "flow"], Role::new("flow", None, &[], Need::Number), &source).unwrap_err();
        assert_eq!(fault.code, Code::ColumnTwice);
        assert!(plan(&["x"], Role::new("name", None, &[], Need::OptionalText), &source).is_ok());
    }

    #[test]
    fn a_constant_takes_the_place_of_a_column() {
        let source =
            TableSource { constants: [("size_class".into(), "total".into())].into(), ..Default::default() };
        let (found, _) =
            plan(&["size_class"], Role::new("size_class", None, &[], Need::Text), &source).unwrap();
        assert_eq!(found.roles[0].2, Origin::Constant("total".into()));
    }
}
