//! Codes that are one of some.

use std::sync::Arc;

use arrow::array::{Array, AsArray, BooleanArray, StringViewArray};
use arrow::buffer::BooleanBuffer;
use arrow::datatypes::DataType;
use datafusion::common::{Result, ScalarValue, plan_err};
use datafusion::logical_expr::{ColumnarValue, ScalarFunctionArgs, ScalarUDFImpl, Signature, Volatility};

use super::code::is_code;

/// `code_in(text, a, b, ...)`: whether a text without white space around it is one of some codes; not where there is no text. Short
/// codes are compared as whole numbers of 16 bytes, which their views are.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) struct CodeIn {
    signature: Signature,
}

impl CodeIn {
    pub(super) fn new() -> Self {
        Self { signature: Signature::variadic(vec![DataType::Utf8View], Volatility::Immutable) }
    }
}

impl ScalarUDFImpl for CodeIn {
    fn name(&self) -> &'static str {
        "code_in"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::Boolean)
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let [texts, codes @ ..] = args.args.as_slice() else {
            return plan_err!("code_in takes a text and codes");
        };
        let mut wanted = Vec::with_capacity(codes.len());
        for code in codes {
            match code {
                ColumnarValue::Scalar(ScalarValue::Utf8View(Some(code))) => wanted.push(code.as_str()),
                _ => return plan_err!("codes of code_in are given as texts"),
            }
        }
        let texts = texts.to_array(args.number_rows)?;
        Ok(ColumnarValue::Array(Arc::new(are_in(texts.as_string_view(), &wanted))))
    }
}

fn are_in(texts: &StringViewArray, codes: &[&str]) -> BooleanArray {
    let wanted = StringViewArray::from_iter_values(codes);
    let short: Vec<u128> = wanted.views().iter().copied().filter(|view| (*view as u32) <= SHORT).collect();
    let (views, nulls) = (texts.views(), texts.nulls());
    let is_in = |row: usize| {
        let view = views[row];
        if short.contains(&view) {
            return nulls.is_none_or(|nulls| nulls.is_valid(row));
        }
        if (view as u32) <= SHORT && is_code(texts, row) {
            return false;
        }
        texts.is_valid(row) && codes.contains(&texts.value(row).trim())
    };
    BooleanArray::new(BooleanBuffer::collect_bool(texts.len(), is_in), None)
}

/// Bytes of a text that stands in its view.
const SHORT: u32 = 12;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_found_whatever_their_length_and_the_space_around_them() {
        let long = "a purpose of many bytes";
        let padded = format!(" {long}");
        let texts: StringViewArray = [
            Some("work"),
            Some(" work"),
            Some("works"),
            Some(""),
            None,
            Some(long),
            Some(&padded),
            Some("shop"),
        ]
        .into_iter()
        .collect();
        let found: Vec<bool> = are_in(&texts, &["work", long]).iter().flatten().collect();
        assert_eq!(found, [true, true, false, false, false, true, true, false]);
    }
}
