//! Documents that are sent whole.

use serde::de::{DeserializeOwned, Error};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

/// A document that says all it has, and nothing else. A key that is not known is refused, and one that is missing too, even where a file may leave it away:
/// what is sent takes the place of what was there, and a key that was forgotten would take something away without a word.
#[derive(Debug)]
pub(super) struct Whole<T>(pub(super) T);

impl<'de, T: DeserializeOwned + Serialize> Deserialize<'de> for Whole<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let sent = Value::deserialize(deserializer)?;
        let read = T::deserialize(&sent).map_err(Error::custom)?;
        let all = serde_json::to_value(&read).map_err(Error::custom)?;
        alike(&sent, &all).map_err(Error::custom)?;
        Ok(Self(read))
    }
}

/// Whether what was sent has the keys of what was read from it; those with nothing in them may be absent on either side.
fn alike(sent: &Value, read: &Value) -> Result<(), String> {
    match (sent, read) {
        (Value::Object(sent), Value::Object(read)) => {
            let unknown = sent.iter().find(|(key, value)| !read.contains_key(*key) && !is_nothing(value));
            if let Some((key, _)) = unknown {
                return Err(format!("unknown field `{key}`"));
            }
            let missing = read.iter().find(|(key, value)| !sent.contains_key(*key) && !value.is_null());
            if let Some((key, _)) = missing {
                return Err(format!("missing field `{key}`"));
            }
            sent.iter().try_for_each(|(key, value)| read.get(key).map_or(Ok(()), |read| alike(value, read)))
        }
        (Value::Array(sent), Value::Array(read)) => {
            sent.iter().zip(read).try_for_each(|(sent, read)| alike(sent, read))
        }
        _ => Ok(()),
    }
}

fn is_nothing(value: &Value) -> bool {
    value.is_null() || value.as_array().is_some_and(Vec::is_empty)
}

#[cfg(test)]
mod tests {
    use distretto_tours::{Plan, Rules};
    use serde_json::json;

    use super::*;

    fn read<T: DeserializeOwned + Serialize>(sent: &Value) -> Result<T, String> {
        serde_json::from_value(sent.clone()).map(|Whole(read)| read).map_err(|error| error.to_string())
    }

    #[test]
    fn rules_are_sent_with_every_key() {
        let whole = serde_json::to_value(Rules::default()).unwrap();
        assert_eq!(read::<Rules>(&whole).unwrap(), Rules::default());
        for key in ["weights", "quotas", "districts", "shortlist"] {
            let mut sent = whole.clone();
            sent.as_object_mut().unwrap().remove(key);
            assert_eq!(read::<Rules>(&sent).unwrap_err(), format!("missing field `{key}`"));
        }
        let mut sent = whole.clone();
        sent["weights"].as_object_mut().unwrap().remove("chain");
        assert_eq!(read::<Rules>(&sent).unwrap_err(), "missing field `chain`");
        let mut sent = whole.clone();
        sent["quota"] = json!(1);
        assert_eq!(read::<Rules>(&sent).unwrap_err(), "unknown field `quota`");
        let mut sent = whole;
        sent["quotas"] = json!([{ "which": { "hosts": [] }, "least": 1, "per": "tour", "best": 2 }]);
        assert_eq!(read::<Rules>(&sent).unwrap_err(), "unknown field `best`");
    }

    #[test]
    fn a_plan_may_leave_away_what_a_day_does_not_have() {
        let day = json!({ "date": "2005-11-15", "from": "b", "to": "b", "departs": "2005-11-15T08:00:00",
            "returns": "2005-11-15T19:00:00", "stops": [], "meal": null, "rests": [] });
        assert_eq!(read::<Plan>(&json!({ "days": [day] })).unwrap().days.len(), 1);
        let mut sent = json!({ "days": [day] });
        sent["days"][0]["meals"] = json!({});
        assert_eq!(read::<Plan>(&sent).unwrap_err(), "unknown field `meals`");
        assert_eq!(read::<Plan>(&json!({ "days": [], "prove": true })).unwrap_err(), "unknown field `prove`");
    }
}
