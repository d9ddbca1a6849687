//! Amounts in whole millionths.

use std::sync::Arc;

use arrow::array::{AsArray, Int64Array};
use arrow::datatypes::{DataType, Float64Type};
use datafusion::common::{Result, plan_err};
use datafusion::logical_expr::{ColumnarValue, ScalarFunctionArgs, ScalarUDFImpl, Signature, Volatility};

/// Millionths of one.
pub(crate) const MILLION: f64 = 1e6;

/// `millionths(number, most)`: a number from 0 to `most` in millionths, rounded half up; NULL for others, those that are none included.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) struct Millionths {
    signature: Signature,
}

impl Millionths {
    pub(super) fn new() -> Self {
        Self {
            signature: Signature::exact(vec![DataType::Float64, DataType::Float64], Volatility::Immutable),
        }
    }
}

impl ScalarUDFImpl for Millionths {
    fn name(&self) -> &'static str {
        "millionths"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::Int64)
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let [numbers, most] = args.args.as_slice() else { return plan_err!("millionths takes two numbers") };
        let (numbers, most) = (numbers.to_array(args.number_rows)?, most.to_array(1)?);
        let most = most.as_primitive::<Float64Type>().value(0);
        let units: Int64Array =
            numbers.as_primitive::<Float64Type>().unary_opt(|number| millionths(number, most));
        Ok(ColumnarValue::Array(Arc::new(units)))
    }
}

fn millionths(number: f64, most: f64) -> Option<i64> {
    (0.0..=most).contains(&number).then(|| (number * MILLION).round() as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_amounts_within_bounds_have_millionths() {
        for (number, units) in [
            (0.0, Some(0)),
            (2.5, Some(2_500_000)),
            (1e-6, Some(1)),
            (4.9e-7, Some(0)),
            (1e9, Some(1_000_000_000_000_000)),
            (1.1e9, None),
            (-1e-9, None),
            (f64::NAN, None),
            (f64::INFINITY, None),
        ] {
            assert_eq!(millionths(number, 1e9), units, "{number}");
        }
    }
}
