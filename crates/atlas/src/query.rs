//! What rows and columns of a table are asked for: `?kind=district&sort=-workers,name&limit=50&offset=0&columns=area,name`.

use std::cmp::Ordering;

use arrow::array::{Array, AsArray, RecordBatch, UInt32Array};
use arrow::compute::take_record_batch;
use arrow::datatypes::{DataType, Float64Type, Int64Type};
use distretto_study::fault::{Code, Fault, Result};

use crate::table::Table;

/// What is asked of a table. Nothing asked is the whole table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    filters: Vec<Filter>,
    sort: Vec<Sort>,
    limit: Option<usize>,
    offset: usize,
    columns: Option<Vec<usize>>,
}

/// Rows whose column has one of these values; an empty text stands for a missing value.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Filter {
    column: usize,
    values: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Sort {
    column: usize,
    falling: bool,
}

/// Words of a query that are no columns.
const WORDS: [&str; 4] = ["sort", "limit", "offset", "columns"];

/// What a query selects of a table.
#[derive(Debug, Clone)]
pub struct Selection<'a> {
    /// The table.
    pub table: &'a Table,
    /// Rows that the filters leave, on all pages together.
    pub total: usize,
    /// Place of the first row among them.
    pub offset: usize,
    /// Most rows on a page, where that was asked.
    pub limit: Option<usize>,
    /// Rows of the table, in order.
    pub rows: Vec<u32>,
    /// Columns of the table, in order.
    pub columns: Vec<usize>,
    /// The selected rows and columns.
    pub batch: RecordBatch,
}

impl<'a> Selection<'a> {
    /// The whole table.
    pub fn whole(table: &'a Table) -> Self {
        Self {
            table,
            total: table.rows(),
            offset: 0,
            limit: None,
            rows: (0..).take(table.rows()).collect(),
            columns: (0..table.fields.len()).collect(),
            batch: table.batch.clone(),
        }
    }
}

impl Query {
    /// Reads decoded pairs of a query: filters on any column (several of one column: any of them), `sort` (columns, falling with a
    /// minus), `limit`, `offset`, `columns`.
    ///
    /// # Errors
    /// D0828 for a name that is no column and no word of these, or a value that cannot be one.
    pub fn parse<'q>(pairs: impl IntoIterator<Item = (&'q str, &'q str)>, table: &Table) -> Result<Self> {
        let mut query = Self::default();
        for (name, value) in pairs {
            match name {
                "sort" => {
                    query.sort = list(value).map(|name| sort(name, table)).collect::<Result<_>>()?;
                    once(name, query.sort.iter().map(|sort| sort.column), table)?;
                }
                "limit" => query.limit = Some(whole(name, value)?),
                "offset" => query.offset = whole(name, value)?,
                "columns" => {
                    let columns: Vec<usize> =
                        list(value).map(|name| column(name, table)).collect::<Result<_>>()?;
                    once(name, columns.iter().copied(), table)?;
                    query.columns = Some(columns).filter(|columns| !columns.is_empty());
                }
                _ => query.filter(column(name, table)?, value, table)?,
            }
        }
        Ok(query)
    }

    fn filter(&mut self, column: usize, value: &str, table: &Table) -> Result<()> {
        check(value, column, table)?;
        match self.filters.iter_mut().find(|filter| filter.column == column) {
            Some(filter) => filter.values.push(value.to_owned()),
            None => self.filters.push(Filter { column, values: vec![value.to_owned()] }),
        }
        Ok(())
    }

    /// Selects of the table that the query was read for. Missing values come last in either direction; equals stay in the
    /// order of the table. Cost: linear in rows times filters, and sorting.
    ///
    /// # Errors
    /// D0901 where columns cannot be put together: a defect.
    pub fn select<'a>(&self, table: &'a Table) -> Result<Selection<'a>> {
        let mut rows: Vec<u32> = (0..).take(table.rows()).collect();
        for filter in &self.filters {
            let passes = filter.on(table);
            rows.retain(|&row| passes(row as usize));
        }
        if !self.sort.is_empty() {
            rows.sort_by(|&one, &other| self.compare(table, one as usize, other as usize));
        }
        let total = rows.len();
        let rows: Vec<u32> =
            rows.into_iter().skip(self.offset).take(self.limit.unwrap_or(usize::MAX)).collect();
        let columns = self.columns.clone().unwrap_or_else(|| (0..table.fields.len()).collect());
        let batch = table
            .batch
            .project(&columns)
            .and_then(|batch| take_record_batch(&batch, &UInt32Array::from(rows.clone())))
            .map_err(|error| Fault::new(Code::Internal, error.to_string()))?;
        Ok(Selection { table, total, offset: self.offset, limit: self.limit, rows, columns, batch })
    }

    fn compare(&self, table: &Table, one: usize, other: usize) -> Ordering {
        let by = |sort: &Sort| {
            let column = table.batch.column(sort.column);
            match (column.is_null(one), column.is_null(other)) {
                (true, true) => Ordering::Equal,
                (true, false) => Ordering::Greater,
                (false, true) => Ordering::Less,
                (false, false) if sort.falling => values(column, other, one),
                (false, false) => values(column, one, other),
            }
        };
        self.sort.iter().map(by).find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
    }
}

/// Order of two values that are there: texts by code points, `false` before `true`.
fn values(column: &dyn Array, one: usize, other: usize) -> Ordering {
    match column.data_type() {
        DataType::Int64 => {
            let column = column.as_primitive::<Int64Type>();
            column.value(one).cmp(&column.value(other))
        }
        DataType::Float64 => {
            let column = column.as_primitive::<Float64Type>();
            column.value(one).total_cmp(&column.value(other))
        }
        DataType::Boolean => column.as_boolean().value(one).cmp(&column.as_boolean().value(other)),
        _ => column.as_string::<i32>().value(one).cmp(column.as_string::<i32>().value(other)),
    }
}

impl Filter {
    fn on<'a>(&'a self, table: &'a Table) -> Box<dyn Fn(usize) -> bool + 'a> {
        let column = table.batch.column(self.column);
        let missing = self.values.iter().any(String::is_empty);
        match column.data_type() {
            DataType::Int64 | DataType::Float64 => {
                let wanted: Vec<f64> = self.values.iter().filter_map(|value| value.parse().ok()).collect();
                let numbers = table.numbers(&table.fields[self.column].name);
                Box::new(move |row| match &numbers {
                    Some(numbers) if numbers.is_valid(row) => wanted.contains(&numbers.value(row)),
                    _ => missing,
                })
            }
            DataType::Boolean => {
                let flags = column.as_boolean();
                let wanted: Vec<bool> = self.values.iter().filter_map(|value| value.parse().ok()).collect();
                Box::new(
                    move |row| if flags.is_valid(row) { wanted.contains(&flags.value(row)) } else { missing },
                )
            }
            _ => {
                let texts = column.as_string::<i32>();
                Box::new(move |row| {
                    if texts.is_valid(row) {
                        self.values.iter().any(|value| value == texts.value(row))
                    } else {
                        missing
                    }
                })
            }
        }
    }
}

fn list(value: &str) -> impl Iterator<Item = &str> {
    value.split(',').filter(|name| !name.is_empty())
}

fn sort(name: &str, table: &Table) -> Result<Sort> {
    let plain = name.strip_prefix('-');
    Ok(Sort { column: column(plain.unwrap_or(name), table)?, falling: plain.is_some() })
}

/// A column may be named once: an answer is never larger than its table, and its rows have no name twice.
fn once(word: &str, columns: impl Iterator<Item = usize>, table: &Table) -> Result<()> {
    let mut named = vec![false; table.fields.len()];
    for column in columns {
        if std::mem::replace(&mut named[column], true) {
            let name = &table.fields[column].name;
            return Err(Fault::new(Code::AtlasQuery, format!("`{word}` names the column `{name}` twice")));
        }
    }
    Ok(())
}

/// The place of a column.
fn column(name: &str, table: &Table) -> Result<usize> {
    let found = table.fields.iter().position(|field| field.name == name);
    found.ok_or_else(|| {
        let known = table.fields.iter().map(|field| field.name.as_str()).chain(WORDS);
        unknown(&format!("the table `{}` has no column", table.name), name, known)
    })
}

/// A value of a filter must be one that the column can have.
fn check(value: &str, column: usize, table: &Table) -> Result<()> {
    let field = &table.fields[column];
    let possible = value.is_empty()
        || match field.kind.as_str() {
            "integer" | "number" => value.parse::<f64>().is_ok_and(f64::is_finite),
            "boolean" => value.parse::<bool>().is_ok(),
            _ => true,
        };
    if possible {
        return Ok(());
    }
    Err(Fault::new(Code::AtlasQuery, format!("`{}` cannot be a value of `{}`", shown(value), field.name))
        .because(format!("the column is of the kind {}", field.kind)))
}

fn whole(name: &str, value: &str) -> Result<usize> {
    value.parse().map_err(|_| {
        Fault::new(Code::AtlasQuery, format!("`{name}` must be a whole number, not `{}`", shown(value)))
    })
}

/// A name that nobody knows, with the one that was perhaps meant.
pub(crate) fn unknown<'a>(what: &str, name: &str, known: impl IntoIterator<Item = &'a str>) -> Box<Fault> {
    let known: Vec<&str> = known.into_iter().collect();
    let like = |other: &&str| (strsim::jaro_winkler(name, other) * 1e6) as u32;
    let fault = Fault::new(Code::AtlasQuery, format!("{what} `{}`", shown(name)));
    match known.iter().copied().max_by_key(like).filter(|other| like(other) >= 800_000) {
        Some(other) => fault.hint(format!("did you mean `{other}`?")),
        None => fault.hint(format!("known are {}", known.join(", "))),
    }
}

/// The beginning of what somebody sent: enough to recognise it.
pub(crate) fn shown(text: &str) -> String {
    let mut shown: String = text.chars().take(60).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}
