//! Rows of tables that were written.

use std::path::Path;

use arrow::util::display::array_value_to_string;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

/// The rows of all Parquet files in a folder, in the order of the files.
pub fn rows(folder: &Path) -> Vec<Vec<String>> {
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut rows = Vec::new();
    for file in files {
        let reader = ParquetRecordBatchReaderBuilder::try_new(std::fs::File::open(file).unwrap()).unwrap();
        for batch in reader.build().unwrap() {
            let batch = batch.unwrap();
            for row in 0..batch.num_rows() {
                let value = |column: &arrow::array::ArrayRef| array_value_to_string(column, row).unwrap();
                rows.push(batch.columns().iter().map(value).collect());
            }
        }
    }
    rows
}
