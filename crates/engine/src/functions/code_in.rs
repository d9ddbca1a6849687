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
    let is_there = |row: usize| texts.is_valid(row);
    let wanted = StringViewArray::from_iter_values(codes);
    let all_short = codes.iter().all(|code| code.len() <= SHORT);
    let found = if all_short && (0..texts.len()).all(|row| is_code(texts, row) || !is_there(row)) {
        let views = texts.views();
        #[allow(
            clippy::needless_bitwise_bool,
            reason = "without a branch: which code comes next cannot be foreseen"
        )]
        let is_in =
            |row: usize| wanted.views().iter().fold(false, |is_in, code| is_in | (*code == views[row]));
        BooleanBuffer::collect_bool(texts.len(), is_in)
    } else {
        BooleanBuffer::collect_bool(texts.len(), |row| codes.contains(&texts.value(row).trim()))
    };
    let found = match texts.nulls() {
        Some(nulls) => &found & nulls.inner(),
        None => found,
    };
    BooleanArray::new(found, None)
}

/// Bytes of a text that stands in its view.
const SHORT: usize = 12;

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
