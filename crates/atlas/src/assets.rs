//! The files of the web pages, as they stand in the program.

use std::borrow::Cow;
use std::collections::BTreeMap;

use bytes::Bytes;
use distretto_study::fault::{Code, Fault, Result};
use rust_embed::RustEmbed;

/// What `web/` was built into; nothing where it was not.
#[derive(RustEmbed)]
#[folder = "../../web/dist"]
#[allow_missing = true]
struct Dist;

/// The built pages: all files, by their place in the site.
#[derive(Debug, Clone, Default)]
pub struct Assets {
    files: BTreeMap<String, Bytes>,
}

impl Assets {
    /// The pages that this program was built with; without any, none.
    pub fn built_in() -> Self {
        let files = Dist::iter().filter_map(|path| {
            let bytes = match Dist::get(&path)?.data {
                Cow::Borrowed(bytes) => Bytes::from_static(bytes),
                Cow::Owned(bytes) => Bytes::from(bytes),
            };
            Some((path.into_owned(), bytes))
        });
        Self { files: files.collect() }
    }

    /// These files, by their place in the site.
    pub fn new(files: impl IntoIterator<Item = (String, Bytes)>) -> Self {
        Self { files: files.into_iter().collect() }
    }

    /// The HTML that every page is made from.
    ///
    /// # Errors
    /// D0824 where the program has no pages.
    pub fn index(&self) -> Result<&str> {
        let index = self.files.get("index.html").and_then(|bytes| std::str::from_utf8(bytes).ok());
        index.ok_or_else(|| {
            Fault::new(Code::AtlasWithoutPages, "this program was built without the web pages")
                .because("there was no `web/dist/index.html` when it was built")
                .hint("build with `make build`, which needs Node 20 or newer, or serve the data alone with `--api-only`")
        })
    }

    /// A file by its place in the site; the HTML of pages is none of them.
    pub fn get(&self, path: &str) -> Option<&Bytes> {
        self.files.get(path).filter(|_| path != "index.html")
    }

    /// All files but the HTML of pages, by place.
    pub fn files(&self) -> impl Iterator<Item = (&str, &Bytes)> {
        self.files
            .iter()
            .map(|(path, bytes)| (path.as_str(), bytes))
            .filter(|(path, _)| *path != "index.html")
    }

    /// Whether the name of a file changes with its content, so that it may be kept for good.
    pub fn never_changes(path: &str) -> bool {
        path.starts_with("assets/")
    }
}
