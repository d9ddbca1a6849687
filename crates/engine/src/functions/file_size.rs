//! What a machine sees of a file.

use std::sync::Arc;

use arrow::array::{Array, AsArray, Int64Array};
use arrow::datatypes::DataType;
use datafusion::common::{Result, plan_err};
use datafusion::logical_expr::{ColumnarValue, ScalarFunctionArgs, ScalarUDFImpl, Signature, Volatility};

/// `file_size(path)`: the bytes of a file on the machine that computes it, NULL where it sees none. It is never computed beforehand: the
/// machine is the point.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) struct FileSize {
    signature: Signature,
}

impl FileSize {
    pub(super) fn new() -> Self {
        Self { signature: Signature::exact(vec![DataType::Utf8], Volatility::Volatile) }
    }
}

impl ScalarUDFImpl for FileSize {
    fn name(&self) -> &'static str {
        "file_size"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::Int64)
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let [paths] = args.args.as_slice() else { return plan_err!("file_size takes a path") };
        let paths = paths.to_array(args.number_rows)?;
        let size = |path: Option<&str>| std::fs::metadata(path?).ok().map(|file| file.len() as i64);
        let sizes: Int64Array = paths.as_string::<i32>().iter().map(size).collect();
        debug_assert_eq!(sizes.len(), paths.len());
        Ok(ColumnarValue::Array(Arc::new(sizes)))
    }
}
