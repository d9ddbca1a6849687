//! Folders that are written whole or not at all.

use std::path::{Path, PathBuf};

use super::files::{failed, growing};
use crate::fault::{Code, Fault, Result, listed};

/// Makes a folder through `write`, which gets an empty one beside it to fill; only when it is whole does it take the place of what
/// stood there.
pub fn whole_folder(out: &Path, write: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
    let partial = growing(out);
    let _ = std::fs::remove_dir_all(&partial);
    let written = std::fs::create_dir_all(&partial)
        .map_err(|error| failed(&partial, &error))
        .and_then(|()| write(&partial))
        .and_then(|()| put_in_place(&partial, out));
    if written.is_err() {
        let _ = std::fs::remove_dir_all(&partial);
    }
    written
}

/// Refuses a folder that holds any file but those of `ours`, unless `force` is set; `what` says what it should be.
pub fn only_ours(out: &Path, ours: &[String], what: &str, force: bool) -> Result<()> {
    let Ok(entries) = std::fs::read_dir(out) else {
        return if out.exists() && !force { Err(occupied(out, what, "it is a file")) } else { Ok(()) };
    };
    let mut strangers: Vec<String> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| !ours.contains(name))
        .collect();
    if force || strangers.is_empty() {
        return Ok(());
    }
    strangers.sort_unstable();
    Err(occupied(out, what, &format!("it holds {}", listed(&strangers, 5))))
}

fn occupied(out: &Path, what: &str, why: &str) -> Box<Fault> {
    Fault::new(Code::OutputExists, format!("the output folder holds something that is not {what}"))
        .in_file(out)
        .because(why)
        .hint("choose another folder, or say `--force` to replace all that it holds")
}

/// Puts the finished folder where the old one stood.
fn put_in_place(partial: &Path, out: &Path) -> Result<()> {
    let mut old: Option<PathBuf> = None;
    if out.exists() {
        let aside = growing(&out.with_extension("old"));
        std::fs::rename(out, &aside).map_err(|error| failed(out, &error))?;
        old = Some(aside);
    }
    if let Err(error) = std::fs::rename(partial, out) {
        if let Some(aside) = old {
            let _ = std::fs::rename(aside, out);
        }
        return Err(failed(out, &error));
    }
    old.map_or(Ok(()), |aside| std::fs::remove_dir_all(&aside).map_err(|error| failed(&aside, &error)))
}
