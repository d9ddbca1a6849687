//! A folder that goes when it is no longer needed.

use std::path::Path;

use crate::edition::files::failed;
use crate::fault::{Code, Fault, Result};
use crate::temporary::Temporary;

/// A folder of this process for what is made on the way: true figures, so nobody else may look into it.
#[derive(Debug)]
pub(super) struct Scratch(Temporary);

impl Scratch {
    /// A new folder below the study's folder to spill to, or below the system's for temporary files.
    pub(super) fn new(spill: Option<&Path>) -> Result<Self> {
        if let Some(spill) = spill.filter(|spill| !spill.is_dir()) {
            return Err(Fault::new(Code::FileMissing, "`spill` of [engine] is no folder")
                .in_file(spill)
                .hint("make the folder, or name one on a disk with room for sorts and sums"));
        }
        let below = spill.map_or_else(std::env::temp_dir, Path::to_path_buf);
        Temporary::folder(&below).map(Self).map_err(|error| failed(&below, &error))
    }

    /// Its path.
    pub(super) fn path(&self) -> &Path {
        self.0.path()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_to_spill_to_that_is_missing_is_told_and_not_made() {
        let at = tempfile::tempdir().unwrap();
        let absent = at.path().join("absent");
        assert_eq!(Scratch::new(Some(&absent)).unwrap_err().code, Code::FileMissing);
        assert!(!absent.exists());
        assert!(Scratch::new(Some(at.path())).unwrap().path().starts_with(at.path()));
    }
}
