//! Times as the clock of the place shows them.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, StringViewBuilder};
use arrow::datatypes::DataType;
use datafusion::common::{Result, plan_err};
use datafusion::logical_expr::{ColumnarValue, ScalarFunctionArgs, ScalarUDFImpl, Signature, Volatility};

/// `clock(text)`: a day and time of day without its offset, and with seconds. What a cast makes of an offset is the time in UTC; what
/// the clock showed stands before it. NULL where there is no time of day, or one in UTC (`Z`), which is not told by a clock of the place.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) struct Clock {
    signature: Signature,
}

impl Clock {
    pub(super) fn new() -> Self {
        Self { signature: Signature::exact(vec![DataType::Utf8View], Volatility::Immutable) }
    }
}

impl ScalarUDFImpl for Clock {
    fn name(&self) -> &'static str {
        "clock"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::Utf8View)
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let [texts] = args.args.as_slice() else { return plan_err!("clock takes a text") };
        Ok(ColumnarValue::Array(clocks(&texts.to_array(args.number_rows)?)))
    }
}

/// Bytes of a day, `2011-10-09`.
const DAY: usize = 10;
/// Bytes of a day and a time without seconds, `2011-10-09 07:30`.
const MINUTES: usize = 16;

fn clocks(array: &ArrayRef) -> ArrayRef {
    let texts = array.as_string_view();
    if texts.iter().flatten().all(|text| text.len() > MINUTES && offset(text).is_none()) {
        return Arc::clone(array);
    }
    let mut clocks = StringViewBuilder::with_capacity(texts.len());
    for text in texts {
        clocks.append_option(text.and_then(clock));
    }
    Arc::new(clocks.finish())
}

/// Where the offset of a time begins.
fn offset(text: &str) -> Option<usize> {
    let time = text.as_bytes().get(DAY..)?;
    time.iter().position(|byte| matches!(byte, b'+' | b'-' | b'Z' | b'z')).map(|at| DAY + at)
}

fn clock(text: &str) -> Option<String> {
    let shown = match offset(text) {
        Some(at) if matches!(text.as_bytes()[at], b'Z' | b'z') => return None,
        Some(at) => text.get(..at)?.trim_end(),
        None => text,
    };
    match shown.len() {
        MINUTES => Some(format!("{shown}:00")),
        length if length > MINUTES => Some(shown.to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_shows_what_stands_before_the_offset() {
        for (text, shown) in [
            ("2011-10-10T06:30:00+02:00", Some("2011-10-10T06:30:00")),
            ("2011-10-10 06:30:00.5 -0500", Some("2011-10-10 06:30:00.5")),
            ("2011-10-10 06:30", Some("2011-10-10 06:30:00")),
            ("2011-10-10T06:30+02", Some("2011-10-10T06:30:00")),
            ("2011-10-10T06:30:00", Some("2011-10-10T06:30:00")),
            ("2011-10-10T04:30:00Z", None),
            ("2011-10-10", None),
            ("yesterday", None),
        ] {
            assert_eq!(clock(text).as_deref(), shown, "{text}");
        }
    }
}
