//! A file appears whole or not at all.

use std::path::{Path, PathBuf};

use super::super::error::{Problem, SpatialError};

/// Lets `write` fill a file beside `path`, then gives it its name; after a failure nothing is left.
pub(super) fn write_whole(
    path: &Path,
    write: impl FnOnce(&Path) -> Result<(), Problem>,
) -> Result<(), SpatialError> {
    let partial = beside(path);
    let outcome = remove(&partial)
        .and_then(|()| write(&partial))
        .and_then(|()| std::fs::rename(&partial, path).map_err(unwritable));
    outcome.map_err(|problem| {
        // The first failure is the one to report.
        let _ = remove(&partial);
        SpatialError::from(problem).in_file(path)
    })
}

fn beside(path: &Path) -> PathBuf {
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(".part");
    path.with_file_name(name)
}

fn remove(path: &Path) -> Result<(), Problem> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(unwritable(error)),
        _ => Ok(()),
    }
}

/// A failure to write, of whatever library.
pub(super) fn unwritable(error: impl std::fmt::Display) -> Problem {
    Problem::Unwritable(error.to_string())
}
