//! Answers that were made.

use std::collections::VecDeque;
use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use axum::http::HeaderValue;
use bytes::Bytes;
use distretto_study::edition::sha256;
use distretto_study::fault::Result;
use flate2::Compression;
use flate2::write::GzEncoder;
use rustc_hash::FxHashMap;
use tokio::sync::OnceCell;

use crate::body::Body;

/// An answer, ready to be sent.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) media: HeaderValue,
    pub(super) plain: Bytes,
    /// The same, compressed, where that is shorter.
    pub(super) gzip: Option<Bytes>,
    /// Hash of the bytes; the compressed ones have a tag of their own, as strong tags must.
    pub(super) tag: HeaderValue,
    pub(super) gzip_tag: HeaderValue,
    pub(super) links: Option<HeaderValue>,
}

impl Answer {
    /// Compresses and hashes. Cost: linear in the bytes.
    pub(super) fn new(body: &Body, links: Option<&str>) -> Self {
        let hash = sha256(&body.bytes);
        let hash = hash.get(..32).unwrap_or(&hash);
        let tag = |suffix: &str| {
            HeaderValue::try_from(format!("\"{hash}{suffix}\"")).unwrap_or(HeaderValue::from_static("\"\""))
        };
        let gzip = if body.shrinks() { gzip(&body.bytes) } else { None };
        Self {
            media: HeaderValue::from_static(body.media),
            gzip: gzip.filter(|gzip| gzip.len() < body.bytes.len()),
            plain: body.bytes.clone(),
            tag: tag(""),
            gzip_tag: tag("-gz"),
            links: links.and_then(|links| HeaderValue::try_from(links).ok()),
        }
    }

    fn size(&self) -> usize {
        self.plain.len() + self.gzip.as_ref().map_or(0, Bytes::len) + 512
    }
}

fn gzip(bytes: &[u8]) -> Option<Bytes> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).ok()?;
    encoder.finish().ok().map(Bytes::from)
}

/// An answer that is made, or being made: whoever else asks for it waits for the same.
type Slot = Arc<OnceCell<Option<Arc<Answer>>>>;

/// Answers by address; the oldest go where there are more bytes than there is room.
#[derive(Debug)]
pub(super) struct Kept {
    room: usize,
    slots: RwLock<FxHashMap<String, Slot>>,
    ages: Mutex<Ages>,
}

/// Takes a slot away that is left without an answer: when making it failed, and when its reader went away.
struct ForgetEmpty<'a> {
    kept: &'a Kept,
    key: &'a str,
    slot: &'a Slot,
}

impl Drop for ForgetEmpty<'_> {
    fn drop(&mut self) {
        if self.slot.get().is_none() {
            self.kept.forget(self.key);
        }
    }
}

#[derive(Debug, Default)]
struct Ages {
    oldest_first: VecDeque<(String, usize)>,
    bytes: usize,
}

impl Kept {
    pub(super) fn new(room: usize) -> Self {
        Self { room, slots: RwLock::default(), ages: Mutex::default() }
    }

    /// The answer at `key`, made by `make` where it is not there; `None` where nothing is in it. Those who ask at the same
    /// time wait for one making.
    ///
    /// # Errors
    /// Those of `make`, which are not kept.
    pub(super) async fn get(
        &self,
        key: &str,
        make: impl AsyncFnOnce() -> Result<Option<Arc<Answer>>>,
    ) -> Result<Option<Arc<Answer>>> {
        let slot = self.slot(key);
        if let Some(answer) = slot.get() {
            return Ok(answer.clone());
        }
        let mut made = false;
        let _tidy = ForgetEmpty { kept: self, key, slot: &slot };
        let answer = slot
            .get_or_try_init(async || {
                let answer = make().await?;
                made = true;
                Ok::<_, Box<distretto_study::fault::Fault>>(answer)
            })
            .await
            .cloned();
        if let Ok(answer) = &answer
            && made
        {
            self.remember(key, answer.as_ref().map_or(512, |answer| answer.size()));
        }
        answer
    }

    fn slot(&self, key: &str) -> Slot {
        if let Some(slot) = self.slots.read().unwrap_or_else(PoisonError::into_inner).get(key) {
            return Arc::clone(slot);
        }
        let mut slots = self.slots.write().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(slots.entry(key.to_owned()).or_default())
    }

    fn remember(&self, key: &str, size: usize) {
        let mut gone = Vec::new();
        {
            let mut ages = self.ages.lock().unwrap_or_else(PoisonError::into_inner);
            ages.oldest_first.push_back((key.to_owned(), size));
            ages.bytes += size;
            while ages.bytes > self.room {
                let Some((oldest, size)) = ages.oldest_first.pop_front() else { break };
                ages.bytes -= size;
                gone.push(oldest);
            }
        }
        for key in gone {
            self.forget(&key);
        }
    }

    fn forget(&self, key: &str) {
        self.slots.write().unwrap_or_else(PoisonError::into_inner).remove(key);
    }
}
