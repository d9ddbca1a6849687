//! Codes of zones as text.

use serde_json::{Map, Value};

use super::super::error::Problem;

/// A whole number written with a fraction of zeros is that number: `1001.0` is `1001`.
pub(super) fn plain_number(text: &str) -> &str {
    let text = text.trim();
    match text.split_once('.') {
        Some((whole, zeros)) if !whole.is_empty() && zeros.bytes().all(|b| b == b'0') => whole,
        _ => text,
    }
}

/// The code in a JSON value: text as it stands, numbers in digits.
pub(super) fn of_json(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(plain_number(&number.to_string()).to_owned()),
        Value::Bool(yes) => Some(yes.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// The code of a JSON feature: its property, or its identifier where the key is `id` and no property has that name.
pub(super) fn of_feature(
    key: &str,
    properties: Option<&Map<String, Value>>,
    id: Option<&Value>,
) -> Option<String> {
    match properties.and_then(|properties| properties.get(key)) {
        Some(value) => of_json(value),
        None if key == "id" => id.and_then(of_json),
        None => None,
    }
}

/// Refuses a key that no feature knows: `names` are the properties of the features.
pub(super) fn missing<'a>(key: &str, names: impl Iterator<Item = &'a String>) -> Problem {
    let mut available: Vec<String> = names.cloned().collect();
    available.sort_unstable();
    available.dedup();
    Problem::NoColumn { column: key.to_owned(), available }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn codes_keep_their_zeros_and_numbers_are_plain() {
        for (value, key) in [
            (json!("001001"), Some("001001")),
            (json!(1001), Some("1001")),
            (json!(1001.0), Some("1001")),
            (json!(1001.5), Some("1001.5")),
            (json!(null), None),
        ] {
            assert_eq!(of_json(&value).as_deref(), key);
        }
    }
}
