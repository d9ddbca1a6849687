//! Editions under one roof.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::AtomicBool;

use distretto_study::edition::Meta;
use distretto_study::fault::{Code, Fault, Result, listed};
use rayon::prelude::*;
use serde_json::Value;

use crate::assets::Assets;
pub use crate::documents::Mode;
use crate::documents::Offer;
use crate::edition::Edition;
use crate::query::shown;
use crate::rerun::{Grid, Live, Rerun};
use crate::server::tours::Tours;
use crate::tiles::Pyramid;

/// Names that the atlas needs itself.
const RESERVED: [&str; 4] = ["api", "assets", "glossary", "tours"];

/// An edition of the atlas, and what is made from it once it is asked for.
#[derive(Debug)]
pub struct Offered {
    /// The edition.
    pub edition: Edition,
    /// Its study, ready to be run again, where it was named.
    pub live: Option<Live>,
    /// Reruns made beforehand, by their numbers.
    pub grid: Option<(Grid, Vec<Rerun>)>,
    pyramid: OnceLock<Option<Pyramid>>,
}

impl Offered {
    /// What is offered with it beyond its own files.
    pub fn offer(&self) -> Offer<'_> {
        Offer { edition: &self.edition, rerun: self.live.is_some(), grid: self.grid.is_some() }
    }

    /// Its map; `None` without borders. Made once.
    pub fn pyramid(&self) -> Option<&Pyramid> {
        self.pyramid.get_or_init(|| Pyramid::new(&self.edition)).as_ref()
    }
}

/// Editions, and the pages that show them.
#[derive(Debug)]
pub struct Atlas {
    /// Whether somebody answers.
    pub mode: Mode,
    /// Which program it is.
    pub meta: Meta,
    /// The editions, in the order they were named.
    pub editions: Vec<Offered>,
    /// The pages; none where the API stands alone.
    pub assets: Option<Assets>,
    /// Tours, where a server has a store of them. A static site never shows any.
    pub tours: Option<Tours>,
}

impl Atlas {
    /// The same with tours.
    #[must_use]
    pub fn with_tours(self, tours: Tours) -> Self {
        Self { tours: Some(tours), ..self }
    }

    /// Opens editions: each a folder with the name it is to have, or without, when it is called as its `datapackage.json` calls it.
    ///
    /// # Errors
    /// D0821 and D0822 as [`Edition::open`]; D0823 for a name that cannot be one, or two the same; D0824 where `assets` have
    /// no page.
    pub fn open(named: &[Named], mode: Mode, meta: Meta, assets: Option<Assets>) -> Result<Self> {
        if let Some(assets) = &assets {
            assets.index()?;
        }
        let names: Vec<String> = named.iter().map(Named::name).collect();
        for (at, name) in names.iter().enumerate() {
            check(name)?;
            if names[..at].contains(name) {
                return Err(bad_name(name, "two editions have it"));
            }
        }
        let editions = names.par_iter().zip(named).map(|(name, named)| {
            let edition = Edition::open(name, &named.path)?;
            Ok(Offered { edition, live: None, grid: None, pyramid: OnceLock::new() })
        });
        Ok(Self { mode, meta, editions: editions.collect::<Result<_>>()?, assets, tours: None })
    }

    /// Reads studies, each with the name of its edition, or without where there is one edition.
    ///
    /// # Errors
    /// D0823 where no edition has the name; D0826 and those of the study as [`Live::open`].
    pub fn with_studies(mut self, studies: &[Named]) -> Result<Self> {
        let names: Vec<String> = self.editions.iter().map(|offered| offered.edition.id.clone()).collect();
        for study in studies {
            let place = match &study.name {
                Some(name) => self.position(name),
                None => Some(0).filter(|_| self.editions.len() == 1),
            };
            let offered = place.and_then(|place| self.editions.get_mut(place)).ok_or_else(|| {
                let what = match &study.name {
                    Some(name) => format!("no edition here is called `{}`", shown(name)),
                    None => "the study does not say of which edition it is".to_owned(),
                };
                Fault::new(Code::EditionName, what)
                    .because(format!("the editions are {}", listed(&names, 10)))
                    .hint("name it as the edition is named, as in `--study it-2011=study.toml`")
            })?;
            offered.live = Some(Live::open(&offered.edition, &study.path)?);
        }
        Ok(self)
    }

    /// Makes the grids of all editions that have a study; afterwards their studies are gone. `progress` hears how many
    /// reruns of an edition are done, and of how many.
    ///
    /// # Errors
    /// As [`Live::grid`].
    pub fn with_grids(mut self, stop: &AtomicBool, progress: &(dyn Fn(usize, usize) + Sync)) -> Result<Self> {
        for offered in &mut self.editions {
            if let Some(live) = offered.live.take() {
                offered.grid = Some(live.grid(stop, progress)?);
            }
        }
        Ok(self)
    }

    /// The place of the edition with this name.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.editions.iter().position(|offered| offered.edition.id == name)
    }
}

/// A file or folder that may be named: `NAME=PATH` or `PATH`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The name, where one was given.
    pub name: Option<String>,
    /// The file or folder.
    pub path: PathBuf,
}

impl Named {
    /// Reads `NAME=PATH` or `PATH`; what stands before the first equals sign is a name unless it holds a slash.
    pub fn parse(text: &str) -> Self {
        match text.split_once('=') {
            Some((name, path)) if !name.contains(['/', '\\']) => {
                Self { name: Some(name.to_owned()), path: PathBuf::from(path) }
            }
            _ => Self { name: None, path: PathBuf::from(text) },
        }
    }

    /// The name that an edition has in addresses: the one given, else that of its `datapackage.json`.
    fn name(&self) -> String {
        let given = self.name.clone().or_else(|| package_name(&self.path));
        given.unwrap_or_else(|| "edition".to_owned())
    }
}

/// What `datapackage.json` calls an edition. A folder without one is told by [`Edition::open`].
fn package_name(folder: &Path) -> Option<String> {
    let package: Value =
        serde_json::from_slice(&std::fs::read(folder.join("datapackage.json")).ok()?).ok()?;
    package["name"].as_str().map(str::to_owned)
}

fn check(name: &str) -> Result<()> {
    let letters = name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if name.is_empty() || name.len() > 80 || !letters || name.starts_with('-') {
        return Err(bad_name(name, "it is not made of 1 to 80 lower-case letters, digits and hyphens"));
    }
    if RESERVED.contains(&name) {
        return Err(bad_name(name, "the atlas needs that name itself"));
    }
    Ok(())
}

fn bad_name(name: &str, why: &str) -> Box<Fault> {
    let name = shown(name);
    Fault::new(Code::EditionName, format!("an edition cannot be called `{name}`"))
        .because(why)
        .hint("give another name on the command line, as in `it-2011=editions/italy`")
}
