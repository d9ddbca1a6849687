//! What a parameter may be: a range or a list.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

/// `{ from = 800, to = 1200 }`, any number between the two, or a list, one of its numbers.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Values {
    /// Any number within the range, all alike.
    Range {
        /// Where it begins.
        from: f64,
        /// Where it ends.
        to: f64,
    },
    /// One of these, all alike; a number given twice is drawn twice as often.
    List(Vec<f64>),
}

impl<'de> Deserialize<'de> for Values {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct RangeOrList;
        impl<'de> Visitor<'de> for RangeOrList {
            type Value = Values;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a range such as `{ from = 1, to = 2 }` or a list of numbers")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Values, A::Error> {
                let (mut from, mut to) = (None, None);
                while let Some(key) = map.next_key::<String>()? {
                    match key.as_str() {
                        "from" => from = Some(map.next_value()?),
                        "to" => to = Some(map.next_value()?),
                        other => return Err(A::Error::unknown_field(other, &["from", "to"])),
                    }
                }
                let from = from.ok_or_else(|| A::Error::missing_field("from"))?;
                let to = to.ok_or_else(|| A::Error::missing_field("to"))?;
                Ok(Values::Range { from, to })
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Values, A::Error> {
                let mut numbers = Vec::new();
                while let Some(number) = list.next_element()? {
                    numbers.push(number);
                }
                Ok(Values::List(numbers))
            }
        }
        deserializer.deserialize_any(RangeOrList)
    }
}

impl JsonSchema for Values {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Values".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": ["object", "array"],
            "properties": { "from": { "type": "number" }, "to": { "type": "number" } },
            "required": ["from", "to"],
            "additionalProperties": false,
            "items": { "type": "number" },
            "minItems": 1
        })
    }
}
