//! Documents of which pages are pictures: their bodies are kept, and their pages read a few at a time, the first ones first,
//! for as long as an item is undecided.

use std::collections::BTreeMap;
use std::io::{Read, Seek, SeekFrom, Write};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tempfile::SpooledTempFile;
use tokio::sync::OnceCell;
use url::Url;

use super::item::Judged;
use super::readers::{Readers, Source};
use crate::model::{Block, Crawl, Document, Outcome, ReadNote, Readability, When};

/// Bytes of a body that is kept in memory; a larger one is kept in a temporary file.
const IN_MEMORY: usize = 256 << 10;

/// How often further pages are read of a document that is not kept: three pages in all.
const AT_ONCE: u32 = 2;

/// Bytes of all bodies that are kept.
const ALL: u64 = 2 << 30;

/// The scans of a run.
#[derive(Debug)]
pub(super) struct Scans {
    when: When,
    time: Duration,
    /// Why they cannot be read; nothing where they can.
    without: OnceCell<Option<ReadNote>>,
    kept: Mutex<BTreeMap<Url, Kept>>,
}

/// A document with pages that are pictures.
#[derive(Debug)]
struct Kept {
    body: SpooledTempFile,
    bytes: u64,
    /// The time that its recognition has taken.
    spent: Duration,
    /// How many pages are read next.
    next: usize,
}

impl Scans {
    pub(super) fn new(crawl: &Crawl) -> Self {
        let (when, time) = (crawl.ocr, crawl.ocr_timeout);
        Self { when, time, without: OnceCell::new(), kept: Mutex::default() }
    }

    /// Keeps a body if pages of it are to be recognised, or notes in its document why they cannot be.
    pub(super) async fn keep(&self, readers: &Readers, url: &Url, bytes: Arc<Vec<u8>>, document: &mut Document) {
        if document.unread_pages.is_empty() {
            return;
        }
        let without = match self.when {
            When::Never => &Some(ReadNote::OcrOff),
            When::Auto | When::Always => self.without.get_or_init(|| readers.without_engine()).await,
        };
        let kept = match without {
            Some(why) => Err(why.clone()),
            None => self.store(url, bytes).await.ok_or(ReadNote::OcrTime),
        };
        document.notes.extend(kept.err());
    }

    /// Stores a body, unless there are too many or there is no room on the disk.
    async fn store(&self, url: &Url, bytes: Arc<Vec<u8>>) -> Option<()> {
        let length = bytes.len() as u64;
        let all: u64 = self.lock().values().map(|kept| kept.bytes).sum();
        if all + length > ALL {
            return None;
        }
        let stored = tokio::task::spawn_blocking(move || {
            let mut body = SpooledTempFile::new(IN_MEMORY);
            body.write_all(&bytes).map(|()| body)
        });
        let body = stored.await.ok()?.ok()?;
        self.lock().insert(url.clone(), Kept { body, bytes: length, spent: Duration::ZERO, next: 1 });
        Some(())
    }

    /// The documents of undecided items of which further pages can be read.
    pub(super) fn wanted(&self, judged: &[Judged<'_>]) -> Vec<Url> {
        let open =
            |one: &&Judged<'_>| self.when == When::Always || one.content.is_some_and(|outcome| outcome < Outcome::Met);
        let kept = self.lock();
        let mut wanted: Vec<Url> = Vec::new();
        for one in judged.iter().filter(open) {
            let followed = one.followed.iter().filter_map(|followed| followed.page.as_ref());
            for page in one.submitted.iter().chain(followed) {
                if !page.document.unread_pages.is_empty() && kept.contains_key(page.url) && !wanted.contains(page.url) {
                    wanted.push(page.url.clone());
                }
            }
        }
        wanted
    }

    /// Reads further pages of a document, and forgets it once there is nothing more to be read or no time for it.
    pub(super) async fn read_on(&self, readers: &Readers, url: &Url, mut document: Document) -> Document {
        let Some(kept) = self.lock().remove(url) else { return document };
        let Kept { mut body, bytes, spent, next } = kept;
        let length = bytes;
        let loaded = tokio::task::spawn_blocking(move || {
            let mut bytes = Vec::new();
            body.seek(SeekFrom::Start(0)).and_then(|_| body.read_to_end(&mut bytes)).map(|_| (body, bytes))
        });
        let Ok(Ok((body, bytes))) = loaded.await else { return document };
        let left = self.time.saturating_sub(spent);
        let pages: Vec<u32> = document.unread_pages.iter().copied().take(next).collect();
        let recognised = readers.recognise(&Arc::new(bytes), pages, left).await;
        let Some(recognition) = recognised else {
            document.notes.push(ReadNote::TooCostly);
            return document;
        };
        let spent = spent + recognition.took;
        merge(&mut document, &recognition.pages, recognition.blocks);
        if recognition.out_of_time || (spent >= self.time && !document.unread_pages.is_empty()) {
            document.notes.push(ReadNote::OcrTime);
        } else if !document.unread_pages.is_empty() {
            self.lock().insert(url.clone(), Kept { body, bytes: length, spent, next: next * 2 });
        }
        document
    }

    /// Reads the first pages of a document now, and forgets it.
    pub(super) async fn read_at_once(&self, readers: &Readers, url: &Url, mut document: Document) -> Document {
        for _ in 0..AT_ONCE {
            document = self.read_on(readers, url, document).await;
        }
        self.lock().remove(url);
        document
    }

    /// Reads all further pages of a document for which there is time.
    pub(super) async fn read_rest(&self, readers: &Readers, url: &Url, mut document: Document) -> Document {
        while self.lock().contains_key(url) {
            document = self.read_on(readers, url, document).await;
        }
        document
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeMap<Url, Kept>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Reads a body, and all of its pages that are pictures as far as there is time.
pub async fn read_whole(readers: &Readers, source: Source<'_>, crawl: &Crawl) -> Document {
    let (url, bytes) = (source.url, Arc::clone(source.bytes));
    let mut document = readers.read(source).await;
    let scans = Scans::new(crawl);
    scans.keep(readers, url, bytes, &mut document).await;
    scans.read_rest(readers, url, document).await
}

/// Puts what was recognised of pages into their document.
fn merge(document: &mut Document, pages: &[u32], blocks: Vec<Block>) {
    document.unread_pages.retain(|page| !pages.contains(page));
    document.blocks.extend(blocks);
    document.blocks.sort_by_key(|block| block.page);
    let read = u32::try_from(pages.len()).unwrap_or(u32::MAX);
    let counted = document.notes.iter_mut().find_map(|note| match note {
        ReadNote::Recognised { pages } => Some(pages),
        _ => None,
    });
    match counted {
        Some(counted) => *counted += read,
        None => document.notes.push(ReadNote::Recognised { pages: read }),
    }
    document.readability = if document.unread_pages.is_empty() { Readability::Full } else { Readability::Partial };
}

#[cfg(test)]
mod tests {
    use super::merge;
    use crate::model::{Block, BlockRole, Document, MediaKind, ReadNote, Readability};

    #[test]
    fn recognised_pages_stand_between_the_others() {
        let block = |text: &str, page| Block::new(text.to_owned(), BlockRole::Text).on(page);
        let mut document = Document::unread(MediaKind::Pdf);
        document.blocks = vec![block("หน้าสอง", 2), block("หน้าสี่", 4)];
        document.unread_pages = vec![1, 3];
        merge(&mut document, &[1], vec![block("แผนดำเนินงาน", 1), block("ปี ๒๕๖๓", 1)]);
        let texts: Vec<&str> = document.blocks.iter().map(|block| block.text.as_str()).collect();
        assert_eq!(texts, ["แผนดำเนินงาน", "ปี ๒๕๖๓", "หน้าสอง", "หน้าสี่"]);
        assert_eq!((document.readability, &document.unread_pages[..]), (Readability::Partial, &[3][..]));
        merge(&mut document, &[3], Vec::new());
        assert_eq!(document.readability, Readability::Full);
        assert_eq!(document.notes, [ReadNote::Recognised { pages: 2 }]);
    }
}
