//! Paths and patterns to files; size and SHA-256.

use std::fmt::Write as _;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::bytes::unreadable;
use super::{Folder, STDIN};
use crate::fault::{Code, Fault, Result, did_you_mean};

/// One input file, as the manifest names it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct InputFile {
    /// Path as it was resolved, relative to the folder of `study.toml` where it lies below it.
    pub path: String,
    /// Size in bytes.
    pub size: u64,
    /// SHA-256 of the bytes as stored, in hexadecimal; for a file on a store that is not read twice for it, `etag:` and what the store
    /// says of its contents.
    pub sha256: String,
}

/// Size and hash of each file, sorted by path, each once.
pub fn describe_files(folder: &Folder, files: &[PathBuf]) -> Result<Vec<InputFile>> {
    let mut files: Vec<&PathBuf> = files.iter().collect();
    files.sort();
    files.dedup();
    files
        .into_par_iter()
        .map(|file| {
            let (size, sha256) = match folder.stream(file) {
                Some(bytes) => (bytes.len() as u64, hex(&Sha256::digest(bytes))),
                None => hash(file)?,
            };
            Ok(InputFile { path: name_in(folder.base(), file), size, sha256 })
        })
        .collect()
}

/// What a file is called in a study: its path from the folder that paths are relative to, with `/`.
pub fn name_in(base: &Path, file: &Path) -> String {
    file.strip_prefix(base).unwrap_or(file).to_string_lossy().replace('\\', "/")
}

fn hash(file: &Path) -> Result<(u64, String)> {
    let mut reader = File::open(file).map_err(|error| unreadable(file, &error))?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 18];
    let mut size = 0;
    loop {
        let read = reader.read(&mut buffer).map_err(|error| unreadable(file, &error))?;
        if read == 0 {
            break;
        }
        hasher.update(&buffer[..read]);
        size += read as u64;
    }
    Ok((size, hex(&hasher.finalize())))
}

fn hex(digest: &[u8]) -> String {
    digest.iter().fold(String::with_capacity(2 * digest.len()), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// The files that paths and patterns name, in the order given; the files of one pattern by name.
pub(crate) fn resolve(base: &Path, paths: &[String]) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in paths {
        let full = base.join(path);
        if path == STDIN {
            files.push(PathBuf::from(STDIN));
        } else if full.exists() {
            files.push(full);
        } else if path.contains(['*', '?', '[']) {
            files
                .extend(matching(&PathBuf::from(glob::Pattern::escape(&base.to_string_lossy())).join(path))?);
        } else {
            return Err(missing(&full));
        }
    }
    Ok(files)
}

fn matching(pattern: &Path) -> Result<Vec<PathBuf>> {
    let text = pattern.to_string_lossy();
    let none = |why: String| {
        Fault::new(Code::PatternEmpty, "the pattern matches no file").in_file(pattern).because(why)
    };
    let found = glob::glob(&text).map_err(|error| none(error.to_string()))?;
    let mut files: Vec<PathBuf> =
        found.filter_map(std::result::Result::ok).filter(|path| path.is_file()).collect();
    files.sort();
    if files.is_empty() {
        return Err(
            none("no file fits it".into()).hint("patterns know `*`, `?`, `[abc]` and `**` for folders")
        );
    }
    Ok(files)
}

/// The fault of a file that is not there, with the most similar name in its folder.
pub(crate) fn missing(file: &Path) -> Box<Fault> {
    let fault = Fault::new(Code::FileMissing, "the file does not exist").in_file(file);
    let folder = folder_of(file);
    if !folder.is_dir() {
        return fault.because(format!("the folder `{}` does not exist either", folder.display()));
    }
    match similar(file) {
        Some(like) => fault.hint(format!("did you mean `{like}`?")),
        None => fault
            .hint("paths in a study are relative to the folder of study.toml, others to the current folder"),
    }
}

/// The folder that a file is in; a bare name is in the current one.
fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The name in the folder of a file that is most like its own.
pub(crate) fn similar(file: &Path) -> Option<String> {
    let entries = std::fs::read_dir(folder_of(file)).ok()?;
    let mut names: Vec<String> =
        entries.filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned())).collect();
    names.sort();
    did_you_mean(&file.file_name()?.to_string_lossy(), &names).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_sorted_and_names_are_suggested() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.csv", "a.csv", "c.txt"] {
            std::fs::write(folder.path().join(name), "x").unwrap();
        }
        let files = resolve(folder.path(), &["c.txt".into(), "*.csv".into()]).unwrap();
        let names: Vec<_> = files.iter().map(|file| file.file_name().unwrap().to_str().unwrap()).collect();
        assert_eq!(names, ["c.txt", "a.csv", "b.csv"]);
        let fault = resolve(folder.path(), &["a.cvs".into()]).unwrap_err();
        assert_eq!((fault.code, fault.help.as_deref()), (Code::FileMissing, Some("did you mean `a.csv`?")));
        assert_eq!(resolve(folder.path(), &["*.parquet".into()]).unwrap_err().code, Code::PatternEmpty);
        assert_eq!(resolve(folder.path(), &["***".into()]).unwrap_err().code, Code::PatternEmpty);
    }

    #[test]
    fn files_are_described_once_by_path() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a");
        std::fs::write(&file, "abc").unwrap();
        let described = describe_files(&Folder::new(folder.path()), &[file.clone(), file]).unwrap();
        assert_eq!(described.len(), 1);
        assert_eq!((described[0].path.as_str(), described[0].size), ("a", 3));
        assert!(described[0].sha256.starts_with("ba7816bf8f01cfea"));
    }
}
