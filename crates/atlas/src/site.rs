//! The atlas as files for any web host.

use std::path::Path;

use distretto_study::edition::files::failed;
use distretto_study::edition::folder::{only_ours, whole_folder};
use distretto_study::fault::Result;
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
/// map under `api/v1/`, and the files of the pages. Same editions, same bytes. Cost: that of making everything once.
///
/// # Errors
/// D0801 where `out` holds something else and `force` is not set, D0824 without pages, and where a file cannot be written.
pub fn write(atlas: &Atlas, out: &Path, force: bool) -> Result<Written> {
    may_replace(atlas, out, force)?;
    let mut written = Written::default();
    whole_folder(out, |folder| {
        written = write_all(atlas, folder)?;
        Ok(())
    })?;
    Ok(written)
}

fn write_all(atlas: &Atlas, folder: &Path) -> Result<Written> {
    let resources = all_addresses(atlas).into_par_iter().map(|address| match render(atlas, &address)? {
        Some(body) => file(folder, &format!("api/v1/{}", address.path(atlas)), &body.bytes),
        None => Ok(0),
    });
    let pages = Page::all(atlas).into_par_iter().map(|page| {
        let body = page.html(atlas)?;
        file(folder, &format!("{}index.html", page.path(atlas)), &body.bytes)
    });
    let assets: Vec<_> = atlas.assets.iter().flat_map(Assets::files).collect();
    let assets = assets.into_par_iter().map(|(path, bytes)| file(folder, path, bytes));
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
