//! Codes of zones as text.

use std::collections::BTreeSet;

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

/// What a JSON feature says of itself.
pub(super) struct Said<'a> {
    pub properties: Option<&'a Map<String, Value>>,
    pub id: Option<&'a Value>,
}

impl<'a> Said<'a> {
    /// The value of a key: a property, or the identifier where the key is `id` and no property has that name.
    fn value(&self, key: &str) -> Option<&'a Value> {
        self.properties.and_then(|properties| properties.get(key)).or(self.id.filter(|_| key == "id"))
    }

    /// The code under a key.
    pub fn code(&self, key: &str) -> Option<String> {
        self.value(key).and_then(of_json)
    }
}

/// Refuses a key that none of the features knows.
pub(super) fn check<'a>(key: &str, features: impl Iterator<Item = Said<'a>> + Clone) -> Result<(), Problem> {
    let mut some = features.clone().peekable();
    if some.peek().is_none() || some.any(|feature| feature.value(key).is_some()) {
        return Ok(());
    }
    let names = features.filter_map(|feature| feature.properties).flat_map(Map::keys).cloned();
    let available = names.collect::<BTreeSet<String>>().into_iter().collect();
    Err(Problem::NoColumn { column: key.to_owned(), available })
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
