//! A store without its hidden files.

use std::fmt::{Display, Formatter};
use std::ops::Range;
use std::sync::Arc;

use futures::stream::BoxStream;
use futures::{StreamExt, TryStreamExt};
use object_store::path::Path;
use object_store::{
    CopyOptions, GetOptions, GetResult, ListResult, MultipartUpload, ObjectMeta, ObjectStore,
    PutMultipartOptions, PutOptions, PutPayload, PutResult, RenameOptions, Result,
};

/// A store that lists no hidden file: none whose name, or the name of a folder between it and what is listed, begins with `.` or `_`.
/// Programs leave those beside data while they write (`_temporary/`, `_SUCCESS`, `._copy`). A file that is asked for by its name is
/// read whatever it is called. It is a store, so that a scheduler, which lists anew, leaves out the same.
#[derive(Debug)]
pub(super) struct Visible(pub(super) Arc<dyn ObjectStore>);

/// Bytes as stores give them.
type Bytes = <PutPayload as IntoIterator>::Item;

/// Whether a name of a file or folder is one of a hidden one.
fn is_hidden(name: &str) -> bool {
    name.starts_with(['.', '_'])
}

fn is_visible(path: &Path, below: Option<&Path>) -> bool {
    match below {
        Some(folder) => path
            .prefix_match(folder)
            .is_none_or(|parts| parts.into_iter().all(|part| !is_hidden(part.as_ref()))),
        None => path.parts().all(|part| !is_hidden(part.as_ref())),
    }
}

impl Display for Visible {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

#[async_trait::async_trait]
impl ObjectStore for Visible {
    fn list(&self, prefix: Option<&Path>) -> BoxStream<'static, Result<ObjectMeta>> {
        let below = prefix.cloned();
        self.0
            .list(prefix)
            .try_filter(move |file| futures::future::ready(is_visible(&file.location, below.as_ref())))
            .boxed()
    }

    async fn list_with_delimiter(&self, prefix: Option<&Path>) -> Result<ListResult> {
        let mut found = self.0.list_with_delimiter(prefix).await?;
        found.common_prefixes.retain(|folder| is_visible(folder, prefix));
        found.objects.retain(|file| is_visible(&file.location, prefix));
        Ok(found)
    }

    async fn put_opts(&self, location: &Path, payload: PutPayload, opts: PutOptions) -> Result<PutResult> {
        self.0.put_opts(location, payload, opts).await
    }

    async fn put_multipart_opts(
        &self,
        location: &Path,
        opts: PutMultipartOptions,
    ) -> Result<Box<dyn MultipartUpload>> {
        self.0.put_multipart_opts(location, opts).await
    }

    async fn get_opts(&self, location: &Path, options: GetOptions) -> Result<GetResult> {
        self.0.get_opts(location, options).await
    }

    async fn get_ranges(&self, location: &Path, ranges: &[Range<u64>]) -> Result<Vec<Bytes>> {
        self.0.get_ranges(location, ranges).await
    }

    fn delete_stream(&self, locations: BoxStream<'static, Result<Path>>) -> BoxStream<'static, Result<Path>> {
        self.0.delete_stream(locations)
    }

    async fn copy_opts(&self, from: &Path, to: &Path, options: CopyOptions) -> Result<()> {
        self.0.copy_opts(from, to, options).await
    }

    async fn rename_opts(&self, from: &Path, to: &Path, options: RenameOptions) -> Result<()> {
        self.0.rename_opts(from, to, options).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_below_what_is_listed_decide() {
        let folder = Path::from("home/.cache/u");
        let is_visible = |path: &str| is_visible(&Path::from(path), Some(&folder));
        assert!(is_visible("home/.cache/u/year=2011/a.csv"));
        assert!(!is_visible("home/.cache/u/_temporary/0/a.csv"));
        assert!(!is_visible("home/.cache/u/._a.csv"));
    }
}
