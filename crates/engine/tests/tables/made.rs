//! Sources in a folder of a test, and the rows of a table that was made of them.

use std::path::Path;

use arrow::util::display::array_value_to_string;
use distretto_engine::made::Made;
use distretto_engine::source::Source;
use distretto_engine::{Engine, EngineError, Options, Order};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use tempfile::TempDir;

/// A folder with sources.
pub struct Place {
    pub folder: TempDir,
    pub sources: Vec<Source>,
    pub options: Options,
}

impl Place {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), sources: Vec::new(), options: Options::default() }
    }

    /// A source in one file of this text; it is called what the file is called.
    pub fn with(mut self, file: &str, text: &str) -> Self {
        let path = self.folder.path().join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
        let name = Path::new(file).file_stem().unwrap().to_str().unwrap();
        self.sources.push(self.source(name, file));
        self
    }

    pub fn source(&self, name: &str, path: &str) -> Source {
        Source {
            name: name.into(),
            base: self.folder.path().to_path_buf(),
            paths: vec![path.into()],
            ..Source::default()
        }
    }

    pub fn engine(&self) -> Engine {
        Engine::new(self.options.clone(), self.sources.clone()).unwrap()
    }

    pub fn try_make(&self, order: &Order) -> Result<(Made, Vec<String>), EngineError> {
        let folder = self.folder.path().join("made");
        let made = self.engine().make(order, &folder, &mut |_| true)?;
        let rows = rows(&made);
        Ok((made, rows))
    }

    /// The rows of a table, values divided by blanks, NULL as `-`.
    pub fn make(&self, order: &Order) -> (Made, Vec<String>) {
        self.try_make(order).unwrap_or_else(|error| panic!("{error:?}"))
    }

    pub fn query(&self, sql: &str) -> Vec<String> {
        self.make(&Order::Query(sql.into())).1
    }

    pub fn fault(&self, order: &Order) -> EngineError {
        self.try_make(order).map(|(_, rows)| rows).unwrap_err()
    }
}

fn rows(made: &Made) -> Vec<String> {
    let mut rows = Vec::new();
    for file in &made.files {
        let reader = ParquetRecordBatchReaderBuilder::try_new(std::fs::File::open(file).unwrap()).unwrap();
        for batch in reader.build().unwrap() {
            let batch = batch.unwrap();
            for row in 0..batch.num_rows() {
                let value = |column: &arrow::array::ArrayRef| {
                    if column.is_null(row) { "-".into() } else { array_value_to_string(column, row).unwrap() }
                };
                rows.push(batch.columns().iter().map(value).collect::<Vec<String>>().join(" "));
            }
        }
    }
    rows
}

/// What was left out, as `rows reason`.
pub fn left_out(made: &Made) -> Vec<String> {
    made.left_out.iter().map(|left| format!("{} {}", left.rows, left.reason)).collect()
}
