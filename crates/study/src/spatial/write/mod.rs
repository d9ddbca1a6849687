//! Shapes and their tables to files any GIS opens.

mod extent;
mod geopackage;
mod geoparquet;
mod shapes;
mod whole;

use arrow::array::RecordBatch;

use super::error::Problem;

pub use geopackage::write_geopackage;
pub use geoparquet::write_geoparquet;
pub use shapes::Shapes;

/// A layer to write: shapes with a row of attributes each.
#[derive(Debug, Clone, Copy)]
pub struct Layer<'a> {
    /// Its name: the table in a GeoPackage.
    pub name: &'a str,
    /// What it is, in a sentence.
    pub description: &'a str,
    /// The shapes, by row.
    pub shapes: Shapes<'a>,
    /// The attributes, by row.
    pub attributes: &'a RecordBatch,
}

impl Layer<'_> {
    /// Refuses shapes that do not fit the table, and columns with names in `taken` or the same name but for case.
    fn check(&self, taken: &[&str]) -> Result<(), Problem> {
        let (shapes, rows) = (self.shapes.len(), self.attributes.num_rows());
        if shapes != rows {
            return Err(Problem::RowsDiffer { layer: self.name.to_owned(), shapes, rows });
        }
        let mut seen: Vec<String> = taken.iter().map(ToString::to_string).collect();
        for field in self.attributes.schema().fields() {
            let name = field.name().to_lowercase();
            if seen.contains(&name) {
                return Err(Problem::NameTaken(field.name().clone()));
            }
            seen.push(name);
        }
        Ok(())
    }
}
