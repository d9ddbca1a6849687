//! What `[certainty]` must fulfil.

use crate::config::Config;
use crate::fault::Result;

pub fn check(config: &Config) -> Result<()> {
    let Some(_certainty) = &config.certainty else { return Ok(()) };
    Ok(())
}
