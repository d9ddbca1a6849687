//! The JSON schema of `study.toml`, and the list of keys made from it.

use std::fmt::Write as _;

use schemars::JsonSchema;
use serde_json::{Map, Value};

use super::Config;

/// The JSON schema of `study.toml` (draft 2020-12). TOML has no null, so optional keys are simply not required.
pub fn schema() -> Value {
    schema_of::<Config>()
}

/// The JSON schema of a file of keys.
pub fn schema_of<T: JsonSchema>() -> Value {
    let mut schema = schemars::schema_for!(T).to_value();
    without_null(&mut schema);
    schema
}

fn without_null(schema: &mut Value) {
    match schema {
        Value::Object(map) => {
            for key in ["type", "anyOf"] {
                let Some(Value::Array(choices)) = map.get_mut(key) else { continue };
                choices.retain(|choice| {
                    *choice != "null" && choice.get("type").is_none_or(|kind| kind != "null")
                });
                if choices.len() == 1 {
                    let only = choices.remove(0);
                    map.remove(key);
                    match only {
                        Value::Object(only) => map.extend(only),
                        kind => _ = map.insert(key.to_owned(), kind),
                    }
                }
            }
            if map.get("default") == Some(&Value::Null) {
                map.remove("default");
            }
            map.values_mut().for_each(without_null);
        }
        Value::Array(list) => list.iter_mut().for_each(without_null),
        _ => {}
    }
}

/// A schema with its `$ref` followed.
pub(super) fn resolved<'a>(schema: &'a Value, root: &'a Value) -> &'a Value {
    let name = schema.get("$ref").and_then(Value::as_str).and_then(|path| path.strip_prefix("#/$defs/"));
    name.and_then(|name| root.get("$defs")?.get(name)).unwrap_or(schema)
}

/// The keys that an object of this schema can have; `None` where any key is allowed.
pub(super) fn properties(schema: &Value) -> Option<&Map<String, Value>> {
    schema.get("properties").and_then(Value::as_object)
}

/// The list of all keys as Markdown: one table for each section.
pub fn reference() -> String {
    reference_of::<Config>()
}

/// The list of all keys of a file of keys, likewise.
pub fn reference_of<T: JsonSchema>() -> String {
    let root = schema_of::<T>();
    let mut text = String::new();
    describe(&mut text, "", &root, &root);
    text
}

fn describe(text: &mut String, path: &str, schema: &Value, root: &Value) {
    let Some(keys) = properties(schema) else { return };
    if path.is_empty() {
        text.push_str("| section | what it says |\n|---|---|\n");
    } else {
        let _ = writeln!(text, "\n### `{path}`\n\n{}\n", description(schema));
        text.push_str("| key | kind | default | meaning |\n|---|---|---|---|\n");
    }
    let mut sections = Vec::new();
    for (key, own) in keys {
        let target = resolved(own, root);
        let item =
            target.get("items").map(|items| resolved(items, root)).filter(|item| properties(item).is_some());
        let value = target.get("additionalProperties").map(|value| resolved(value, root));
        let entry = value.filter(|value| properties(value).is_some());
        let dotted =
            if path.is_empty() { key.clone() } else { format!("{}.{key}", path.trim_matches(['[', ']'])) };
        let own_section =
            properties(target).is_some() && !is_range(target) && !is_told_elsewhere(path, own, root);
        let section = match (own_section, item, entry) {
            (true, ..) => Some((format!("[{dotted}]"), target)),
            (_, Some(item), _) => Some((format!("[[{dotted}]]"), item)),
            (.., Some(entry)) => Some((format!("[{dotted}.LABEL]"), entry)),
            _ => None,
        };
        let meaning = own.get("description").or_else(|| target.get("description")).and_then(Value::as_str);
        let meaning = meaning.unwrap_or_default().replace('\n', " ");
        if path.is_empty() {
            let name = section.as_ref().map_or(key.as_str(), |(name, _)| name);
            let _ = writeln!(text, "| `{name}` | {meaning} |");
        } else {
            let default = own.get("default").filter(|value| is_scalar(value) || value.is_array());
            let default = default.map_or(String::new(), |value| format!("`{value}`"));
            let meaning = format!(
                "{meaning}{}",
                choices(target.get("items").map_or(target, |items| resolved(items, root)))
            );
            let _ = writeln!(text, "| `{key}` | {} | {default} | {meaning} |", kind(target));
        }
        sections.extend(section);
    }
    for (path, schema) in sections {
        describe(text, &path, schema, root);
    }
}

/// Whether a key has the keys of a section of the study, which has its own table.
fn is_told_elsewhere(path: &str, own: &Value, root: &Value) -> bool {
    let sections = properties(root).into_iter().flat_map(Map::values);
    !path.is_empty()
        && sections.filter_map(|section| section.get("$ref")).any(|section| own.get("$ref") == Some(section))
}

/// Whether a key takes `{ from, to }` or a list: too small for a section of its own.
fn is_range(schema: &Value) -> bool {
    schema.get("type").and_then(Value::as_array).is_some_and(|kinds| {
        kinds.iter().any(|kind| kind == "array") && kinds.iter().any(|kind| kind == "object")
    })
}

fn is_scalar(value: &Value) -> bool {
    value.is_string() || value.is_number() || value.is_boolean()
}

fn description(schema: &Value) -> String {
    schema.get("description").and_then(Value::as_str).unwrap_or_default().replace('\n', " ")
}

fn kind(schema: &Value) -> &'static str {
    if schema.get("oneOf").is_some() || schema.get("enum").is_some() {
        return "choice";
    }
    match schema.get("type") {
        _ if is_range(schema) => "range or list",
        Some(Value::Array(_)) => "text or list",
        Some(Value::String(kind)) => match kind.as_str() {
            "string" => "text",
            "integer" => "whole number",
            "number" => "number",
            "boolean" => "true or false",
            "array" => "list",
            _ => "table",
        },
        _ => "table",
    }
}

fn choices(schema: &Value) -> String {
    let Some(Value::Array(choices)) = schema.get("oneOf") else { return String::new() };
    let choice = |choice: &Value| {
        let name = choice.get("const").and_then(Value::as_str)?;
        Some(format!("<br>`\"{name}\"`: {}", description(choice)))
    };
    choices.iter().filter_map(choice).collect()
}
