//! The files of a source: which are there, which of them are meant, and the keys in the names of their folders.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use datafusion::datasource::file_format::file_compression_type::FileCompressionType;
use datafusion::datasource::listing::ListingTableUrl;
use datafusion::execution::SessionState;
use futures::{StreamExt, TryStreamExt};
use object_store::{ObjectMeta, ObjectStore};

use super::endings::{self, Ending};
use super::kinds::NO_KEY;
use super::{Layout, Source, SourceFile, paths};
use crate::error::{EngineError, Kind, Result};

/// How many files are asked for at a time.
pub(super) const AT_A_TIME: usize = 64;

/// A file that was found.
pub(super) struct Found {
    pub(super) meta: ObjectMeta,
    /// Its path or address.
    pub(super) location: String,
    pub(super) ending: Ending,
    /// The study names it, rather than a folder or a pattern that it is of.
    is_named: bool,
    /// Keys and values in the names of its folders.
    keys: Vec<(String, String)>,
    /// The path that it was found by.
    given: usize,
}

/// The files of a source.
pub(super) struct Listing {
    pub(super) store: Arc<dyn ObjectStore>,
    /// All that are meant, sorted, none empty, each once.
    pub(super) files: Vec<Found>,
    pub(super) layout: Layout,
    pub(super) compression: FileCompressionType,
    /// Where a reader finds exactly these files: by the ending of their names, empty for any.
    pub(super) places: BTreeMap<String, Vec<ListingTableUrl>>,
    /// Columns in the names of folders, and those of them that are without a value somewhere.
    pub(super) keys: Vec<String>,
    pub(super) without_value: BTreeSet<String>,
}

impl Listing {
    /// Lists the files of a source.
    ///
    /// # Errors
    /// There are none; several formats; keys that differ.
    pub(super) async fn of(source: &Source, state: &SessionState) -> Result<Self> {
        let mut given = Vec::new();
        for path in &source.paths {
            given.extend(paths::of(&source.base, path)?);
        }
        let Some(first) = given.first() else {
            return Err(EngineError::new(Kind::Source, "there are no files"));
        };
        let stores = given.iter().map(|given| given.url.object_store());
        if let Some(other) = stores.into_iter().find(|store| *store != first.url.object_store()) {
            return Err(EngineError::new(Kind::Source, "the files of a source are on several stores")
                .because(format!("{} and {}", first.url.object_store().as_str(), other.as_str()))
                .hint("make a source of each, and a third with `query` that joins them by UNION ALL"));
        }
        let store = state.runtime_env().object_store(&first.url)?;
        let mut lists = futures::stream::iter(given.iter().enumerate().map(|(at, given)| {
            let store = Arc::clone(&store);
            async move {
                let found: Vec<ObjectMeta> =
                    given.url.list_all_files(state, store.as_ref(), "").await?.try_collect().await?;
                Ok::<_, EngineError>((at, found))
            }
        }))
        .buffered(AT_A_TIME);
        let (mut files, mut empty) = (Vec::new(), 0);
        while let Some((at, found)) = lists.try_next().await? {
            for meta in found {
                if meta.size == 0 {
                    empty += 1;
                    continue;
                }
                files.push(Found::new(meta, at, &given[at])?);
            }
        }
        drop(lists);
        if files.is_empty() {
            let what = if empty > 0 { "all files are empty" } else { "there are no files" };
            return Err(EngineError::new(Kind::Source, what).because(format!("source `{}`", source.name)));
        }
        files.sort_by(|a, b| a.location.cmp(&b.location));
        let (meant, others) = meant(source, files)?;
        let (layout, compression) = format(source.layout, &meant)?;
        let keys = keys(&meant)?;
        let without_value = meant
            .iter()
            .flat_map(|file| &file.keys)
            .filter(|(_, value)| value == NO_KEY)
            .map(|(key, _)| key.clone())
            .collect();
        let urls: Vec<ListingTableUrl> = given.into_iter().map(|given| given.url).collect();
        let places = places(&urls, &meant, &others);
        let mut files = meant;
        files.dedup_by(|a, b| a.location == b.location);
        Ok(Self { store, files, layout, compression, places, keys, without_value })
    }

    /// The files for people and manifests.
    pub(super) fn source_files(&self) -> Vec<SourceFile> {
        let local = self.places.values().flatten().all(|url| url.scheme() == "file");
        let file = |file: &Found| SourceFile {
            location: file.location.clone(),
            local,
            size: file.meta.size,
            tag: file.meta.e_tag.clone(),
        };
        self.files.iter().map(file).collect()
    }
}

impl Found {
    fn new(meta: ObjectMeta, at: usize, given: &paths::Given) -> Result<Self> {
        let url = &given.url;
        let location = match url.scheme() {
            "file" => format!("/{}", meta.location),
            _ => format!("{}{}", url.object_store().as_str(), meta.location),
        };
        let ending = endings::of(meta.location.filename().unwrap_or_default());
        let is_named = !given.by_pattern && meta.location == *url.prefix();
        let mut folders: Vec<&str> = url.strip_prefix(&meta.location).into_iter().flatten().collect();
        folders.pop();
        let pairs: Vec<_> = folders.iter().map(|folder| folder.split_once('=')).collect();
        // A reader of partitions knows keys at the beginning only, and passes over files where another folder is among them.
        let leading = pairs.iter().take_while(|pair| pair.is_some()).count();
        if pairs.iter().skip(leading).any(Option::is_some) {
            return Err(EngineError::new(Kind::Source, "a folder without a key is above one with a key")
                .at(location)
                .hint("let `path` be the folder that is directly above those called `key=value`"));
        }
        let keys =
            pairs.into_iter().flatten().map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
        Ok(Self { meta, location, ending, is_named, keys, given: at })
    }

    fn key_names(&self) -> Vec<&str> {
        self.keys.iter().map(|(key, _)| key.as_str()).collect()
    }
}

/// The files that are meant, and those beside them that are not.
fn meant(source: &Source, files: Vec<Found>) -> Result<(Vec<Found>, Vec<Found>)> {
    let looked_at = files.len();
    let wanted = match source.layout {
        Layout::Auto => None,
        Layout::Istat2011 => Some(Layout::Csv),
        stated => Some(stated),
    };
    let is_meant = |file: &Found| {
        file.is_named || file.ending.layout.is_some_and(|layout| wanted.is_none_or(|wanted| wanted == layout))
    };
    let (meant, others): (Vec<Found>, Vec<Found>) = files.into_iter().partition(is_meant);
    if meant.is_empty() && wanted.is_some() {
        return Ok((others, Vec::new()));
    }
    if wanted.is_some() {
        return Ok((meant, others));
    }
    if meant.is_empty() {
        return Err(EngineError::new(Kind::Source, "there is no file of a known format")
            .because(format!("source `{}`: {looked_at} looked at", source.name))
            .hint(endings::HINT));
    }
    if let Some(unknown) = meant.iter().find(|file| file.ending.layout.is_none()) {
        return Err(EngineError::new(Kind::Source, "the ending of a file tells no format")
            .at(unknown.location.clone())
            .hint(endings::HINT));
    }
    let ending = |file: &Found| file.ending.text.to_ascii_lowercase();
    if let Some(other) = meant.iter().find(|file| ending(file) != ending(&meant[0])) {
        return Err(EngineError::new(Kind::Source, "the files of a source have several endings")
            .at(other.location.clone())
            .because(format!("`{}` here, `{}` in {}", other.ending.text, meant[0].ending.text, meant[0].location))
            .hint("say `format`, name files by a pattern (`folder/*.csv`), or make a source of each and a third with `query` that joins them by UNION ALL"));
    }
    Ok((meant, others))
}

/// How all of the files are written.
fn format(stated: Layout, files: &[Found]) -> Result<(Layout, FileCompressionType)> {
    let Some(first) = files.first() else {
        return Err(EngineError::new(Kind::Source, "there are no files"));
    };
    if let Some(other) = files.iter().find(|file| file.ending.compression != first.ending.compression) {
        return Err(EngineError::new(Kind::Source, "the files of a source are compressed in several ways")
            .at(other.location.clone())
            .because(format!("{} is compressed in another way, or not at all", first.location))
            .hint("name files by a pattern (`folder/*.csv.gz`), or make a source of each and a third with `query` that joins them by UNION ALL"));
    }
    let layout = match stated {
        Layout::Auto => first.ending.layout.unwrap_or_default(),
        stated => stated,
    };
    Ok((layout, first.ending.compression))
}

/// The keys in the names of folders, which all files have to have.
fn keys(files: &[Found]) -> Result<Vec<String>> {
    let Some(first) = files.first() else { return Ok(Vec::new()) };
    let told = |file: &Found| match file.key_names().as_slice() {
        [] => "no folder with a key".to_owned(),
        keys => keys.iter().map(|key| format!("`{key}=`")).collect::<Vec<_>>().join(", "),
    };
    if let Some(other) = files.iter().find(|file| file.key_names() != first.key_names()) {
        return Err(EngineError::new(Kind::Source, "the files of a source have different keys in the names of their folders")
            .at(other.location.clone())
            .because(format!("{} here, {} above {}", told(other), told(first), first.location))
            .hint("keys are read from folders below a `path`; bring files into one order of folders, or make a source of each and a third with `query` that joins them by UNION ALL"));
    }
    Ok(first.keys.iter().map(|(key, _)| key.clone()).collect())
}

/// Where a reader that tells files by the ends of their names finds exactly those that are meant.
fn places(
    urls: &[ListingTableUrl],
    meant: &[Found],
    others: &[Found],
) -> BTreeMap<String, Vec<ListingTableUrl>> {
    let is_one = |file: &Found| file.meta.location == *urls[file.given].prefix();
    let spelled: BTreeSet<&str> =
        meant.iter().filter(|file| !is_one(file)).map(|file| file.ending.text.as_str()).collect();
    let is_all = others.iter().all(is_one) && (spelled.len() > 1 || spelled.contains(""));
    let spelled: Vec<&str> = if is_all { vec![""] } else { spelled.into_iter().collect() };
    let mut places: BTreeMap<String, Vec<ListingTableUrl>> = BTreeMap::new();
    let mut known = BTreeSet::new();
    for file in meant {
        let ends = |ending: &&&str| file.location.ends_with(**ending);
        let ending = spelled.iter().find(ends).copied().unwrap_or_default();
        if known.insert((ending, file.given)) {
            places.entry(ending.to_owned()).or_default().push(urls[file.given].clone());
        }
    }
    places
}
