//! A folder that goes when it is no longer needed.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use crate::edition::files::failed;
use crate::fault::Result;

/// A folder of this process for what is made on the way.
#[derive(Debug)]
pub(super) struct Scratch(PathBuf);

impl Scratch {
    /// A new folder below this one, or below the system's for temporary files.
    pub(super) fn new(below: Option<&Path>) -> Result<Self> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let below = below.map_or_else(std::env::temp_dir, Path::to_path_buf);
        let folder = below.join(format!("distretto-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&folder).map_err(|error| failed(&folder, &error))?;
        Ok(Self(folder))
    }

    /// Its path.
    pub(super) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What cannot be removed does no harm in a folder for temporary files.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
