//! What stands at an address: bytes and what they are.

use bytes::Bytes;
use distretto_study::fault::{Code, Fault, Result};
use serde::Serialize;

/// JSON.
pub const JSON: &str = "application/json";
/// HTML.
pub const HTML: &str = "text/html; charset=utf-8";

/// Bytes and their media type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body {
    /// Media type, as the header `Content-Type` has it.
    pub media: &'static str,
    /// The bytes, not compressed.
    pub bytes: Bytes,
}

impl Body {
    /// A document as JSON.
    ///
    /// # Errors
    /// D0901 where it cannot be written: a defect.
    pub fn json(document: &impl Serialize) -> Result<Self> {
        let bytes =
            serde_json::to_vec(document).map_err(|error| Fault::new(Code::Internal, error.to_string()))?;
        Ok(Self { media: JSON, bytes: bytes.into() })
    }

    /// A page.
    pub fn html(text: String) -> Self {
        Self { media: HTML, bytes: text.into() }
    }

    /// Whether compressing it would make it smaller.
    pub fn shrinks(&self) -> bool {
        self.bytes.len() > 256
            && (self.media.starts_with("text/")
                || [JSON, "application/geo+json", "image/svg+xml", "application/vnd.mapbox-vector-tile"]
                    .contains(&self.media))
    }
}

/// The media type of a file by the ending of its name.
pub fn media_of(path: &str) -> &'static str {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    match ending {
        "html" => HTML,
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => JSON,
        "geojson" => "application/geo+json",
        "csv" => "text/csv; charset=utf-8",
        "parquet" => "application/vnd.apache.parquet",
        "mvt" => "application/vnd.mapbox-vector-tile",
        "pmtiles" => "application/vnd.pmtiles",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
