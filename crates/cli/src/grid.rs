//! A table for reading.

use arrow::array::Array;
use arrow::datatypes::DataType;
use comfy_table::{CellAlignment, Table as Grid, presets};
use distretto_study::edition::table::Table;
use serde_json::Value;

use crate::json::value;

/// Characters in a line where no terminal says otherwise.
const WIDTH: usize = 120;
/// Blanks beside each column.
const PADDING: usize = 2;

/// Characters in a line of the terminal that standard output is, if it is one.
pub fn width() -> usize {
    terminal_size::terminal_size_of(std::io::stdout()).map_or(WIDTH, |(width, _)| usize::from(width.0))
}

/// The table with as many columns as fit into `width` characters, all if `None`; the last line says how many do not.
pub fn text(table: &Table, width: Option<usize>) -> String {
    let columns: Vec<Vec<String>> = table.batch.columns().iter().map(|column| cells(column)).collect();
    let names: Vec<&str> = table.meanings.iter().map(|meaning| meaning.name).collect();
    let shown = width.map_or(columns.len(), |width| fitting(&names, &columns, width));
    let mut grid = Grid::new();
    grid.load_style(presets::NOTHING).set_header(names.iter().take(shown));
    for (index, column) in table.batch.columns().iter().take(shown).enumerate() {
        if !matches!(column.data_type(), DataType::Utf8)
            && let Some(column) = grid.column_mut(index)
        {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    for row in 0..table.batch.num_rows() {
        grid.add_row(columns.iter().take(shown).map(|column| &column[row]));
    }
    match columns.len() - shown {
        0 => format!("{grid}\n"),
        1 => format!("{grid}\n\n1 column is left out: --format csv has it\n"),
        more => format!("{grid}\n\n{more} columns are left out: --format csv has them\n"),
    }
}

/// How many columns fit; at least one.
fn fitting(names: &[&str], columns: &[Vec<String>], width: usize) -> usize {
    let length = |text: &str| text.chars().count();
    let mut used = 0;
    let fits = names.iter().zip(columns).take_while(|(name, cells)| {
        let widest = cells.iter().map(|cell| length(cell)).max().unwrap_or(0);
        used += widest.max(length(name)) + PADDING;
        used <= width
    });
    fits.count().clamp(1, columns.len().max(1))
}

fn cells(column: &dyn Array) -> Vec<String> {
    let cell = |row| match value(column, row) {
        Value::Null => String::new(),
        Value::String(text) => text,
        Value::Number(number) if number.is_f64() => readable(number.as_f64().unwrap_or_default()),
        other => other.to_string(),
    };
    (0..column.len()).map(cell).collect()
}

/// Whole numbers whole, others to four significant digits and at least one decimal. What is nearly but not quite whole
/// keeps its decimals, so that it does not look whole.
fn readable(value: f64) -> String {
    if value.fract() == 0.0 {
        return format!("{value:.0}");
    }
    let magnitude = value.abs().log10().floor();
    let decimals = (3.0 - magnitude).clamp(1.0, 12.0) as usize;
    let text = format!("{value:.decimals$}");
    let trimmed = text.trim_end_matches('0');
    if trimmed.ends_with('.') { text } else { trimmed.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_as_long_as_they_tell_something() {
        for (value, text) in [
            (2000.0, "2000"),
            (0.0, "0"),
            (-3.0, "-3"),
            (0.5, "0.5"),
            (0.934_249, "0.9342"),
            (0.000_123_456, "0.0001235"),
            (12.3456, "12.35"),
            (45_678.96, "45679.0"),
            (0.999_999, "1.0000"),
            (0.1 + 0.2, "0.3"),
        ] {
            assert_eq!(readable(value), text);
        }
    }

    #[test]
    fn columns_are_shown_as_far_as_they_fit() {
        let columns = [vec!["abc".to_owned()], vec!["de".to_owned()], vec!["f".to_owned()]];
        let names = ["a", "b", "long"];
        assert_eq!(fitting(&names, &columns, 15), 3);
        assert_eq!(fitting(&names, &columns, 14), 2);
        assert_eq!(fitting(&names, &columns, 9), 2);
        assert_eq!(fitting(&names, &columns, 1), 1);
    }
}
