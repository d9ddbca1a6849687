//! Where the files of a study are, and what came through a pipe and can be read only once.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use bytes::Bytes;

use super::bytes::unreadable;
use crate::fault::{Code, Fault, Result};

/// The path that means standard input.
pub const STDIN: &str = "-";

/// The folder that paths are relative to, with the contents of everything in it that is not a plain file.
///
/// A table is opened several times: to be hashed, to be read, and once for each part it plays. A pipe gives its bytes
/// only once, so they are kept here.
#[derive(Debug, Clone, Default)]
pub struct Folder {
    base: PathBuf,
    streams: BTreeMap<PathBuf, Bytes>,
}

impl Folder {
    /// A folder of plain files.
    pub fn new(base: impl Into<PathBuf>) -> Self {
        Self { base: base.into(), streams: BTreeMap::new() }
    }

    /// The path of the folder.
    pub fn base(&self) -> &Path {
        &self.base
    }

    /// Reads those of these files to their end that can be read only once. Cost: their size in memory.
    pub fn taking_in(mut self, files: &[PathBuf]) -> Result<Self> {
        for file in files.iter().filter(|file| is_stream(file)) {
            if !self.streams.contains_key(file) {
                self.streams.insert(file.clone(), read_whole(file)?);
            }
        }
        Ok(self)
    }

    /// The contents of a file that could be read only once.
    pub(super) fn stream(&self, file: &Path) -> Option<&Bytes> {
        self.streams.get(file)
    }
}

/// Whether a path is standard input, a pipe or a device: something that can be read only once.
pub fn is_stream(file: &Path) -> bool {
    file == Path::new(STDIN) || file.metadata().is_ok_and(|kind| !kind.is_file() && !kind.is_dir())
}

/// Refuses two tables from the same stream, which only one of them could read.
pub fn no_stream_twice(files: &[&Path]) -> Result<()> {
    for (at, file) in files.iter().enumerate() {
        if files[..at].iter().any(|other| same_stream(file, other)) {
            return Err(Fault::new(Code::StreamTwice, "two tables are to be read from the same stream")
                .in_file(file)
                .because("it can be read only once")
                .hint("give one of them as a file"));
        }
    }
    Ok(())
}

/// Whether two paths lead to the same stream: `-` and `/dev/stdin` do.
fn same_stream(a: &Path, b: &Path) -> bool {
    let place = |file: &Path| {
        let file = if file == Path::new(STDIN) { Path::new("/dev/stdin") } else { file };
        file.canonicalize().unwrap_or_else(|_| file.to_path_buf())
    };
    is_stream(a) && is_stream(b) && place(a) == place(b)
}

fn read_whole(file: &Path) -> Result<Bytes> {
    let mut bytes = Vec::new();
    let read = if file == Path::new(STDIN) {
        std::io::stdin().lock().read_to_end(&mut bytes)
    } else {
        File::open(file).and_then(|mut stream| stream.read_to_end(&mut bytes))
    };
    read.map_err(|error| unreadable(file, &error))?;
    Ok(bytes.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_files_are_not_kept_in_memory() {
        let place = tempfile::tempdir().unwrap();
        let file = place.path().join("a.csv");
        std::fs::write(&file, "x").unwrap();
        let folder = Folder::new(place.path()).taking_in(std::slice::from_ref(&file)).unwrap();
        assert!(folder.stream(&file).is_none());
        assert!(!is_stream(&file) && !is_stream(place.path()) && !is_stream(Path::new("missing")));
        assert!(is_stream(Path::new(STDIN)));
    }

    #[test]
    fn two_names_of_standard_input_are_the_same_stream() {
        assert!(same_stream(Path::new(STDIN), Path::new(STDIN)));
        assert!(!same_stream(Path::new(STDIN), Path::new("a.csv")));
    }
}
