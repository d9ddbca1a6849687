//! Tables for people: a caption, headings with scope, numbers to the right.

use super::html::Html;
use super::numbers::NONE;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    /// Text, to the left.
    Text(&'static str),
    /// Numbers, to the right.
    Number(&'static str),
}

/// A table; the first cell of a row is its heading.
#[derive(Debug, Clone, Default)]
pub(super) struct Table {
    caption: String,
    columns: Vec<Column>,
    rows: Vec<Vec<String>>,
    total: Option<Vec<String>>,
}

impl Table {
    pub fn new(caption: impl Into<String>, columns: &[Column]) -> Self {
        Self { caption: caption.into(), columns: columns.to_vec(), ..Self::default() }
    }

    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// The last row, set apart.
    pub fn total(&mut self, cells: impl IntoIterator<Item = String>) {
        self.total = Some(cells.into_iter().collect());
    }

    /// Leaves out columns that hold nothing but dashes.
    pub fn without_empty_columns(mut self) -> Self {
        let keep: Vec<bool> = (0..self.columns.len())
            .map(|column| {
                let mut rows = self.rows.iter().chain(&self.total);
                column == 0 || rows.any(|row| row.get(column).is_some_and(|cell| cell != NONE))
            })
            .collect();
        let thin = |cells: &mut Vec<String>| {
            let mut kept = keep.iter().copied();
            cells.retain(|_| kept.next().unwrap_or(true));
        };
        let mut kept = keep.iter().copied();
        self.columns.retain(|_| kept.next().unwrap_or(true));
        self.rows.iter_mut().chain(&mut self.total).for_each(thin);
        self
    }

    pub fn write(&self, html: &mut Html) {
        html.element("div", &[("class", "table")], |html| {
            html.element("table", &[], |html| {
                html.text_in("caption", &[], &self.caption);
                html.element("thead", &[], |html| {
                    html.element("tr", &[], |html| {
                        for column in &self.columns {
                            let (title, class) = match column {
                                Column::Text(title) => (title, "t"),
                                Column::Number(title) => (title, "n"),
                            };
                            html.text_in("th", &[("scope", "col"), ("class", class)], title);
                        }
                    });
                });
                html.element("tbody", &[], |html| {
                    for row in &self.rows {
                        self.write_row(html, row);
                    }
                });
                if let Some(total) = &self.total {
                    html.element("tfoot", &[], |html| self.write_row(html, total));
                }
            });
        });
        html.line();
    }

    fn write_row(&self, html: &mut Html, cells: &[String]) {
        html.element("tr", &[], |html| {
            for (at, (cell, column)) in cells.iter().zip(&self.columns).enumerate() {
                match column {
                    _ if at == 0 => html.text_in("th", &[("scope", "row")], cell),
                    Column::Text(_) => html.text_in("td", &[], cell),
                    Column::Number(_) => html.text_in("td", &[("class", "n")], cell),
                }
            }
        });
        html.line();
    }
}
