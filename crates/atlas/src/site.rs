//! The atlas as files for any web host.

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use distretto_study::edition::files::failed;
use distretto_study::edition::folder::{only_ours, whole_folder};
use distretto_study::fault::{Code, Fault, Result};
use rayon::prelude::*;

use crate::address::all_addresses;
use crate::assets::Assets;
use crate::atlas::Atlas;
use crate::pages::Page;
use crate::render::render;

/// How much a site holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Written {
    /// Number of files.
    pub files: usize,
    /// Their bytes.
    pub bytes: u64,
}

/// Refuses a folder that holds anything but a site of these editions, unless `force` is set.
///
/// # Errors
/// D0801 where it does.
pub fn may_replace(atlas: &Atlas, out: &Path, force: bool) -> Result<()> {
    let mut ours = vec!["api".to_owned(), "glossary".to_owned(), "index.html".to_owned()];
    ours.extend(atlas.editions.iter().map(|offered| offered.edition.id.clone()));
    let assets = atlas.assets.iter().flat_map(Assets::files);
    ours.extend(assets.map(|(path, _)| path.split('/').next().unwrap_or_default().to_owned()));
    only_ours(out, &ours, "a site of these editions", force)
}

/// Writes the atlas to the folder `out`, whole or not at all: every page as `index.html` of a folder, every document, table and
/// map under `api/v1/`, and the files of the pages. Same editions, same bytes. `progress` hears how many files are done, and of how
/// many. Cost: that of making everything once.
///
/// # Errors
/// D0801 where `out` holds something else and `force` is not set, D0824 without pages, D0830 where `stop` was raised, and where a
/// file cannot be written. What stood at `out` stays then.
pub fn write(
    atlas: &Atlas,
    out: &Path,
    force: bool,
    stop: &AtomicBool,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Written> {
    may_replace(atlas, out, force)?;
    let mut written = Written::default();
    whole_folder(out, |folder| {
        written = write_all(atlas, folder, stop, progress)?;
        Ok(())
    })?;
    Ok(written)
}

fn write_all(
    atlas: &Atlas,
    folder: &Path,
    stop: &AtomicBool,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Written> {
    let (addresses, pages) = (all_addresses(atlas), Page::all(atlas));
    let assets: Vec<_> = atlas.assets.iter().flat_map(Assets::files).collect();
    let of = addresses.len() + pages.len() + assets.len();
    let done = AtomicUsize::new(0);
    let file = |place: &str, bytes: &[u8]| {
        if stop.load(Ordering::Relaxed) {
            return Err(Fault::new(Code::AtlasBusy, "the site was not written").because("it was stopped"));
        }
        let size = file(folder, place, bytes)?;
        progress(done.fetch_add(1, Ordering::Relaxed) + 1, of);
        Ok(size)
    };
    let resources = addresses.into_par_iter().map(|address| match render(atlas, &address)? {
        Some(body) => file(&format!("api/v1/{}", address.path(atlas)), &body.bytes),
        None => Ok(0),
    });
    let pages = pages.into_par_iter().map(|page| {
        let body = page.html(atlas)?;
        file(&format!("{}index.html", page.path(atlas)), &body.bytes)
    });
    let assets = assets.into_par_iter().map(|(path, bytes)| file(path, bytes));
    let sizes = resources.chain(pages).chain(assets).collect::<Result<Vec<u64>>>()?;
    Ok(Written { files: sizes.len(), bytes: sizes.iter().sum() })
}

fn file(folder: &Path, place: &str, bytes: &[u8]) -> Result<u64> {
    let path = folder.join(place);
    let parent = path.parent().unwrap_or(folder);
    std::fs::create_dir_all(parent)
        .and_then(|()| std::fs::write(&path, bytes))
        .map_err(|error| failed(&path, &error))?;
    Ok(bytes.len() as u64)
}
