//! What can be asked, as OpenAPI.

use serde_json::Value;

/// The OpenAPI document.
pub fn document(version: &str) -> Value {
    serde_json::json!({ "openapi": "3.1.0", "info": { "title": "Distretto atlas", "version": version }, "paths": {} })
}

/// The same as text, for people and files.
pub fn text(version: &str) -> String {
    format!("{:#}\n", document(version))
}
