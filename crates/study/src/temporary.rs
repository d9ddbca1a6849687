//! Files and folders that must not outlive the program: results that are half-written, and figures that are not for everyone.
//!
//! Each goes with its guard. A program that is ended from outside drops no guards, so whoever ends it calls [`remove_all`] first.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// What the guards that live stand for.
static PATHS: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// How often, and how far apart, it is tried to remove a folder that something is still written to.
const TRIES: u32 = 100;
const PAUSE: Duration = Duration::from_millis(10);

fn paths() -> MutexGuard<'static, Vec<PathBuf>> {
    PATHS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A file or folder that goes with this guard.
#[derive(Debug)]
pub(crate) struct Temporary(PathBuf);

impl Temporary {
    /// What will be made at this path goes with the guard.
    pub(crate) fn at(path: PathBuf) -> Self {
        paths().push(path.clone());
        Self(path)
    }

    /// A new folder below this one, with a name that nobody can guess; on Unix nobody else may look into it.
    #[cfg(feature = "engine")]
    pub(crate) fn folder(below: &Path) -> std::io::Result<Self> {
        let folder = below.join(format!("distretto-{}", random_name()));
        let mut paths = paths();
        // Only a folder that is made here is ours to remove.
        private().create(&folder)?;
        paths.push(folder.clone());
        Ok(Self(folder))
    }

    /// Its path.
    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let mut paths = paths();
        remove(&self.0);
        paths.retain(|path| *path != self.0);
    }
}

/// Does this whole or not at all, as far as [`remove_all`] is concerned: a program is not ended in the middle of it.
pub(crate) fn undisturbed<T>(work: impl FnOnce() -> T) -> T {
    let _held = paths();
    work()
}

/// A program that has nothing temporary any more.
#[must_use = "while it lives, nothing is put in place any more"]
pub struct Removed(#[expect(dead_code, reason = "it is held")] MutexGuard<'static, Vec<PathBuf>>);

/// Removes everything temporary. To be called before the program is ended from outside: while what it returns lives, whoever still
/// writes meets errors, and nothing unfinished takes the place of a result.
pub fn remove_all() -> Removed {
    let paths = paths();
    for path in &*paths {
        for _ in 0..TRIES {
            remove(path);
            if path.symlink_metadata().is_err() {
                break;
            }
            std::thread::sleep(PAUSE);
        }
    }
    Removed(paths)
}

/// What cannot be removed, or is gone, is nobody's concern here.
fn remove(path: &Path) {
    let _ = if path.is_dir() { std::fs::remove_dir_all(path) } else { std::fs::remove_file(path) };
}

/// Sixteen letters and digits that differ from call to call and cannot be guessed.
#[cfg(feature = "engine")]
pub(crate) fn random_name() -> String {
    use std::hash::{BuildHasher, Hasher};
    // The hashers of the standard library are keyed by the system's random numbers.
    format!("{:016x}", std::collections::hash_map::RandomState::new().build_hasher().finish())
}

#[cfg(all(unix, feature = "engine"))]
fn private() -> std::fs::DirBuilder {
    use std::os::unix::fs::DirBuilderExt;
    let mut builder = std::fs::DirBuilder::new();
    builder.mode(0o700);
    builder
}

#[cfg(all(not(unix), feature = "engine"))]
fn private() -> std::fs::DirBuilder {
    std::fs::DirBuilder::new()
}

#[cfg(all(test, feature = "engine"))]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_private_and_goes_with_its_guard() {
        let below = tempfile::tempdir().unwrap();
        let (one, other) =
            (Temporary::folder(below.path()).unwrap(), Temporary::folder(below.path()).unwrap());
        assert_ne!(one.path(), other.path());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(one.path().metadata().unwrap().permissions().mode() & 0o777, 0o700);
        }
        std::fs::write(one.path().join("figures"), "1").unwrap();
        drop((one, other));
        assert_eq!(std::fs::read_dir(below.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_folder_is_not_made_in_one_that_is_not_there() {
        let below = tempfile::tempdir().unwrap();
        assert!(Temporary::folder(&below.path().join("absent")).is_err());
        assert_eq!(std::fs::read_dir(below.path()).unwrap().count(), 0);
    }
}
