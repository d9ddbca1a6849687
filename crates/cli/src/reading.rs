//! Reading a study, whose tables may have to be made first.

use std::sync::atomic::Ordering;

use distretto_study::input::{Input, Study};

use crate::failure::Failure;
use crate::interrupt::{end_on_interrupt, stop_on_interrupt};
use crate::progress::Rows;

/// Reads a study. While tables are made of queries and micro-data, a line says how far they are, and Ctrl-C stops it. After that,
/// and where nothing is made, Ctrl-C ends the program at once. Nothing is left behind either way.
pub fn read(study: Study, quiet: bool) -> Result<Input, Failure> {
    if study.config.made().is_empty() {
        end_on_interrupt();
        return Ok(study.read()?);
    }
    let stop = stop_on_interrupt("stopping; nothing is written");
    let rows = Rows::new(quiet);
    let input = study.read_watched(&mut |progress| {
        rows.at(progress);
        !stop.load(Ordering::SeqCst)
    });
    // In this order, so that who was told that it stops is not left with a run.
    end_on_interrupt();
    if stop.load(Ordering::SeqCst) {
        return Err(Failure::Interrupted);
    }
    Ok(input?)
}
