//! Codes as plans compare them.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, StringViewArray, StringViewBuilder};
use arrow::datatypes::DataType;
use datafusion::common::{Result, plan_err};
use datafusion::logical_expr::{ColumnarValue, ScalarFunctionArgs, ScalarUDFImpl, Signature, Volatility};

/// `code(text)`: a text without white space around it, NULL where nothing is left. Texts that have none, which is the rule, are not
/// copied: a look at two bytes of each is the cost.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) struct Code {
    signature: Signature,
}

impl Code {
    pub(super) fn new() -> Self {
        Self { signature: Signature::exact(vec![DataType::Utf8View], Volatility::Immutable) }
    }
}

impl ScalarUDFImpl for Code {
    fn name(&self) -> &'static str {
        "code"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::Utf8View)
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let [texts] = args.args.as_slice() else { return plan_err!("code takes a text") };
        Ok(ColumnarValue::Array(codes(&texts.to_array(args.number_rows)?)))
    }
}

fn codes(array: &ArrayRef) -> ArrayRef {
    let texts = array.as_string_view();
    if (0..texts.len()).all(|row| is_code(texts, row) || texts.is_null(row)) {
        return Arc::clone(array);
    }
    let mut codes = StringViewBuilder::with_capacity(texts.len());
    for text in texts {
        codes.append_option(text.map(str::trim).filter(|code| !code.is_empty()));
    }
    Arc::new(codes.finish())
}

/// Whether a text begins and ends with a visible character of ASCII. Others may be codes, too; they are looked at in full.
pub(super) fn is_code(texts: &StringViewArray, row: usize) -> bool {
    let view = texts.views()[row].to_le_bytes();
    let length = u32::from_le_bytes([view[0], view[1], view[2], view[3]]) as usize;
    let last = match length {
        0 => return false,
        1..=12 => view[3 + length],
        _ => texts.value(row).as_bytes()[length - 1],
    };
    view[4].is_ascii_graphic() && last.is_ascii_graphic()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes_of(texts: &[Option<&str>]) -> Vec<Option<String>> {
        let array: ArrayRef = Arc::new(texts.iter().copied().collect::<StringViewArray>());
        codes(&array).as_string_view().iter().map(|code| code.map(str::to_owned)).collect()
    }

    #[test]
    fn white_space_around_a_code_is_none_of_it() {
        let long = "a code of more than twelve bytes";
        assert_eq!(
            codes_of(&[
                Some(" 001 "),
                Some("001"),
                Some("\t0 1\u{a0}"),
                Some(&format!("{long} ")),
                Some(long)
            ]),
            [Some("001"), Some("001"), Some("0 1"), Some(long), Some(long)]
                .map(|code| code.map(str::to_owned))
        );
    }

    #[test]
    fn nothing_is_no_code() {
        assert_eq!(
            codes_of(&[Some(""), Some("  "), None, Some("é")]),
            [None, None, None, Some("é".to_owned())]
        );
    }

    #[test]
    fn what_needs_no_change_is_not_copied() {
        let array: ArrayRef = Arc::new(StringViewArray::from(vec![Some("a"), None, Some("1234567890123")]));
        assert!(Arc::ptr_eq(&codes(&array), &array));
    }
}
