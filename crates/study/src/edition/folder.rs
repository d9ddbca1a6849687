//! Folders that are written whole or not at all.

use std::path::{Path, PathBuf};

use super::files::{failed, growing};
use crate::fault::{Code, Fault, Result, listed};
use crate::temporary::{Temporary, undisturbed};

/// Makes a folder through `write`, which gets an empty one beside it to fill; only when it is whole does it take the place of what
/// stood there.
pub fn whole_folder(out: &Path, write: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
    let out = place(out)?;
    let partial = Temporary::at(growing(&out));
    let folder = partial.path();
    let _ = std::fs::remove_dir_all(folder);
    std::fs::create_dir_all(folder).map_err(|error| failed(folder, &error))?;
    write(folder)?;
    undisturbed(|| put_in_place(folder, &out))
}

/// Refuses a folder that holds any file but those of `ours`, unless `force` is set; `what` says what it should be. Files are named by
/// their path below the folder; the name of a folder stands for all that is in it.
pub fn only_ours(out: &Path, ours: &[String], what: &str, force: bool) -> Result<()> {
    let out = &place(out)?;
    if force || !out.exists() {
        return Ok(());
    }
    if !out.is_dir() {
        return Err(occupied(out, what, "it is a file"));
    }
    let mut strangers = Vec::new();
    let is_ours = |path: &Path| ours.iter().any(|name| path.starts_with(name));
    strangers_below(out, Path::new(""), &is_ours, &mut strangers).map_err(|error| failed(out, &error))?;
    if strangers.is_empty() {
        return Ok(());
    }
    strangers.sort_unstable();
    Err(occupied(out, what, &format!("it holds {}", listed(&strangers, 5))))
}

/// Collects what is not ours in a folder within `out`: files, links and empty folders.
fn strangers_below(
    out: &Path,
    within: &Path,
    is_ours: &dyn Fn(&Path) -> bool,
    strangers: &mut Vec<String>,
) -> std::io::Result<()> {
    let mut is_empty = true;
    for entry in std::fs::read_dir(out.join(within))? {
        let entry = entry?;
        is_empty = false;
        let path = within.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            strangers_below(out, &path, is_ours, strangers)?;
        } else if !is_ours(&path) {
            strangers.push(path.display().to_string());
        }
    }
    if is_empty && !within.as_os_str().is_empty() && !is_ours(within) {
        strangers.push(within.display().to_string());
    }
    Ok(())
}

fn occupied(out: &Path, what: &str, why: &str) -> Box<Fault> {
    Fault::new(Code::OutputExists, format!("the output folder holds something that is not {what}"))
        .in_file(out)
        .because(why)
        .hint("choose another folder, or say `--force` to replace all that it holds")
}

/// The folder that is meant. A link stays, and the folder that it leads to is replaced; a folder that somebody stands in cannot be
/// replaced.
fn place(out: &Path) -> Result<PathBuf> {
    // Without a `/` at the end, which would follow a link.
    let out: PathBuf = out.components().collect();
    let is_link = out.symlink_metadata().is_ok_and(|found| found.is_symlink());
    let full = out.canonicalize();
    if is_link && full.is_err() {
        return Err(Fault::new(Code::OutputExists, "the output is a link that leads nowhere")
            .in_file(&out)
            .hint("remove the link, or make the folder that it leads to"));
    }
    let holds_us = |full: &PathBuf| {
        let here = std::env::current_dir().and_then(|here| here.canonicalize());
        here.is_ok_and(|here| here.starts_with(full))
    };
    if out.file_name().is_none() || full.as_ref().is_ok_and(holds_us) {
        return Err(Fault::new(Code::OutputExists, "the output is the folder that the command runs in")
            .in_file(&out)
            .because("results take the place of a whole folder, and this one, or one above it, is in use")
            .hint("name a folder within, such as `--out results`"));
    }
    match full {
        Ok(full) if is_link => Ok(full),
        _ => Ok(out),
    }
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
    let Some(aside) = old else { return Ok(()) };
    let removed = if aside.is_dir() { std::fs::remove_dir_all(&aside) } else { std::fs::remove_file(&aside) };
    removed.map_err(|error| failed(&aside, &error))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(out: &Path) -> Result<()> {
        whole_folder(out, |folder| {
            std::fs::write(folder.join("new"), "").map_err(|error| failed(folder, &error))
        })
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_is_replaced_by_a_folder_and_leaves_nothing() {
        let at = tempfile::tempdir().unwrap();
        let out = at.path().join("f");
        std::fs::write(&out, "mine").unwrap();
        assert_eq!(only_ours(&out, &[], "ours", false).unwrap_err().code, Code::OutputExists);
        only_ours(&out, &[], "ours", true).unwrap();
        write(&out).unwrap();
        assert_eq!((names(at.path()), names(&out)), (vec!["f".to_owned()], vec!["new".to_owned()]));
    }

    #[test]
    #[cfg(unix)]
    fn a_link_stays_and_what_it_leads_to_is_replaced() {
        let at = tempfile::tempdir().unwrap();
        let (real, link) = (at.path().join("real"), at.path().join("link"));
        std::fs::create_dir(&real).unwrap();
        std::os::unix::fs::symlink(&real, &link).unwrap();
        for out in [link.clone(), at.path().join("link/")] {
            std::fs::write(real.join("old"), "").unwrap();
            write(&out).unwrap();
            assert!(link.symlink_metadata().unwrap().is_symlink());
            assert_eq!(names(&real), ["new"]);
        }
        std::fs::remove_dir_all(&real).unwrap();
        assert!(write(&link).unwrap_err().what.contains("leads nowhere"));
        assert_eq!(names(at.path()), ["link"]);
    }

    #[test]
    fn the_folder_that_the_command_runs_in_is_refused() {
        for out in [".", "..", "/", "", "../.."] {
            let fault = only_ours(Path::new(out), &[], "ours", true).unwrap_err();
            assert!(fault.what.contains("the folder that the command runs in"), "{out}: {fault}");
            assert!(write(Path::new(out)).is_err(), "{out}");
        }
    }

    #[test]
    fn files_are_ours_by_their_whole_path() {
        let at = tempfile::tempdir().unwrap();
        let ours = ["table/part".to_owned(), "site".to_owned()];
        for folder in ["table", "site/deep"] {
            std::fs::create_dir_all(at.path().join(folder)).unwrap();
        }
        std::fs::write(at.path().join("table/part"), "").unwrap();
        std::fs::write(at.path().join("site/deep/page"), "").unwrap();
        only_ours(at.path(), &ours, "ours", false).unwrap();
        std::fs::write(at.path().join("table/mine"), "").unwrap();
        std::fs::create_dir(at.path().join("empty")).unwrap();
        let told = only_ours(at.path(), &ours, "ours", false).unwrap_err();
        assert_eq!(told.why.as_deref(), Some("it holds `empty`, `table/mine`"));
    }
}
