//! What the command writes without a study: four files in a folder.

use std::path::Path;

use crate::fault::Result;
use crate::run::Results;

/// Refuses a folder that holds anything but these files, unless `force` is set.
pub fn may_replace(_out: &Path, _force: bool) -> Result<()> {
    Ok(())
}

/// Writes `replicates.csv`, `zones.csv`, `borders.csv` and `counts.json`.
pub fn write(_results: &Results, _out: &Path, _force: bool) -> Result<()> {
    Ok(())
}
