//! One text for one study, whatever the order of its keys and whether defaults are written out.

use serde_json::Value;

use super::Config;
use crate::fault::{Code, Fault, Result};

impl Config {
    /// The whole study as JSON with sorted keys and all defaults filled in; two studies that ask for the same have
    /// the same text. The manifest keeps it and its hash.
    pub fn canonical_json(&self) -> Result<String> {
        let value =
            serde_json::to_value(self).map_err(|error| Fault::new(Code::Internal, error.to_string()))?;
        Ok(sorted(value).to_string())
    }
}

fn sorted(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            let mut entries: Vec<(String, Value)> =
                map.into_iter().map(|(key, value)| (key, sorted(value))).collect();
            entries.sort_by(|a, b| a.0.cmp(&b.0));
            Value::Object(entries.into_iter().collect())
        }
        Value::Array(list) => Value::Array(list.into_iter().map(sorted).collect()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_keys_and_written_defaults_do_not_matter() {
        let short = Config::parse("[flows]\npath = 'f.csv'\n[study]\ntitle = 'A'", "study.toml").unwrap();
        let long = "[study]\ntitle = 'A'\nseed = 1\n[flows]\nallow_unmatched = false\npath = ['f.csv']\nformat = 'auto'";
        let long = Config::parse(long, "study.toml").unwrap();
        assert_eq!(short.canonical_json().unwrap(), long.canonical_json().unwrap());
        assert!(short.canonical_json().unwrap().starts_with(r#"{"areas":{"min_sc":0.6"#));
    }
}
