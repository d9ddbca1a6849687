//! What the paths of a source stand for.

use std::path::{Component, Path, PathBuf};

use datafusion::datasource::listing::ListingTableUrl;
use url::Url;

use crate::error::{EngineError, Kind, Result};

/// What a path stands for: one file, or whatever is below a folder.
pub(super) struct Given {
    pub(super) url: ListingTableUrl,
    /// Whether a pattern found it: files of a pattern are passed over as those of a folder are, a file that is named is not.
    pub(super) by_pattern: bool,
}

/// The files and folders of a path below `base`, or the address. A path that exists is itself, whatever characters are in its name;
/// another is a pattern where it has `*`, `?` or `[`.
pub(super) fn of(base: &Path, path: &str) -> Result<Vec<Given>> {
    if path.contains("://") {
        return Ok(vec![Given { url: ListingTableUrl::parse(path)?, by_pattern: false }]);
    }
    let full = std::path::absolute(base.join(path)).map_err(|error| {
        EngineError::new(Kind::Source, "the path cannot be resolved").at(path).because(error.to_string())
    })?;
    if full.exists() {
        return Ok(vec![Given { url: url(&full)?, by_pattern: false }]);
    }
    if !path.contains(['*', '?', '[']) {
        return Err(EngineError::new(Kind::Source, "the file or folder does not exist")
            .at(full.display().to_string()));
    }
    matching(base, path, &full)?.iter().map(|file| Ok(Given { url: url(file)?, by_pattern: true })).collect()
}

/// The files that fit a pattern, sorted, without hidden ones. Folders above the first that is not there are themselves.
fn matching(base: &Path, path: &str, full: &Path) -> Result<Vec<PathBuf>> {
    let unreadable = |error: &dyn std::fmt::Display| {
        EngineError::new(Kind::Source, "the pattern cannot be read").at(path).because(error.to_string())
    };
    // An empty path is the current folder, but not to the function that makes it absolute.
    let base = if base.as_os_str().is_empty() { Path::new(".") } else { base };
    let mut above = std::path::absolute(base).map_err(|error| unreadable(&error))?;
    // `..` is of folders that are there.
    let below = if let Ok(below) = full.strip_prefix(&above) {
        below
    } else {
        above = PathBuf::from("/");
        full.strip_prefix(&above).unwrap_or(full)
    };
    let mut pattern = PathBuf::new();
    for part in below.components() {
        let next = above.join(part);
        if pattern.as_os_str().is_empty() && (next.exists() || matches!(part, Component::ParentDir)) {
            above = next;
        } else {
            pattern.push(part);
        }
    }
    let whole = format!("{}/{}", glob::Pattern::escape(&above.to_string_lossy()), pattern.display());
    let found = glob::glob(&whole).map_err(|error| unreadable(&error))?;
    let is_hidden = |file: &Path| {
        let names = file.strip_prefix(&above).unwrap_or(file).components();
        names.into_iter().any(|name| name.as_os_str().to_string_lossy().starts_with(['.', '_']))
    };
    let mut files: Vec<PathBuf> =
        found.filter_map(std::result::Result::ok).filter(|file| file.is_file() && !is_hidden(file)).collect();
    if files.is_empty() {
        return Err(EngineError::new(Kind::Source, "the pattern matches no file")
            .at(full.display().to_string())
            .hint("a pattern finds files, not folders, and none whose name begins with . or _"));
    }
    files.sort();
    Ok(files)
}

/// The address of a file or folder of this machine: never a pattern.
fn url(path: &Path) -> Result<ListingTableUrl> {
    let url = if path.is_dir() { Url::from_directory_path(path) } else { Url::from_file_path(path) };
    let url = url.map_err(|()| {
        EngineError::new(Kind::Source, "the path cannot be resolved").at(path.display().to_string())
    })?;
    // Read once more, which resolves `..`.
    Ok(ListingTableUrl::parse(url.as_str())?)
}
