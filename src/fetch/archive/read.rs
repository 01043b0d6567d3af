//! Reads an archive again: what was exchanged is indexed, what was received is read when it is asked for.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{BufRead, Read, Seek};
use std::sync::Arc;
use std::time::Duration;

use url::Url;

use crate::fetch::classify::Fault;
use crate::fetch::exchange::Exchange;
use crate::fetch::render::{RenderError, Rendered};
use crate::fetch::request::Received;
use crate::model::{Cause, TlsNote};

use super::fields::{self, About, Told};
use super::record::{ArchiveError, Block, Head, Reader, unreadable};
use super::{Built, Counts, Ending, Opening, Turn, http};

/// Bytes of metadata of a whole archive: some hundred thousand exchanges.
const MOST_METADATA: u64 = 256 << 20;
/// Bytes of the HTML of a page that was built.
const MOST_HTML: u64 = 16 << 20;

/// What an archive is read from.
pub trait Medium: Read + Seek + Send {}

impl<T: Read + Seek + Send> Medium for T {}

/// An archive that is read. Clones read the same one.
#[derive(Clone)]
pub struct Archive {
    index: Arc<Index>,
    reader: Arc<tokio::sync::Mutex<Reader<Box<dyn Medium>>>>,
    /// What has been opened again.
    counts: Arc<Counts>,
}

struct Index {
    openings: BTreeMap<Opening, BTreeMap<u32, Entry>>,
    /// The latest exchange of each URL, whatever was opened.
    by_url: BTreeMap<Url, (Opening, u32)>,
    /// What browsers built, and where its HTML stands.
    built: BTreeMap<(Url, u32), (Built, Option<u64>)>,
    ending: Ending,
}

/// An exchange that is in the archive.
#[derive(Clone)]
struct Entry {
    url: Url,
    elapsed: Duration,
    fault: Option<Fault>,
    tls: Option<TlsNote>,
    /// Where the answer stands.
    answer: Option<u64>,
}

impl fmt::Debug for Archive {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Archive").field("ending", &self.index.ending).finish_non_exhaustive()
    }
}

impl Archive {
    /// Reads an archive through, from its beginning. Whatever it holds costs no more memory than a list of its URLs.
    pub fn open(medium: Box<dyn Medium>) -> Result<Self, ArchiveError> {
        let mut reader = Reader::new(medium);
        let index = index(&mut reader)?;
        let reader = Arc::new(tokio::sync::Mutex::new(reader));
        Ok(Self { index: Arc::new(index), reader, counts: Arc::default() })
    }

    /// What is known of the run that was recorded.
    pub fn ending(&self) -> &Ending {
        &self.index.ending
    }

    /// The next opening of a URL.
    pub(in crate::fetch) fn opening(&self, url: &Url, page: Option<&Url>) -> Opening {
        self.counts.opening(url, page)
    }

    /// What came of building a page, the next time that it was built or else the last; `None` if no browser did, or if the
    /// archive cannot be read.
    pub(in crate::fetch) async fn built(&self, page: &Url) -> Option<Result<Rendered, RenderError>> {
        let times = (page.clone(), 0)..=(page.clone(), self.counts.building(page));
        let (_, (built, at)) = self.index.built.range(times).next_back()?;
        let (Ok(rendered), Some(at)) = (built.result.clone(), *at) else { return Some(built.result.clone()) };
        let mut reader = Arc::clone(&self.reader).lock_owned().await;
        let html = tokio::task::spawn_blocking(move || html(&mut reader, at)).await.ok()??;
        Some(Ok(Rendered { html, ..rendered }))
    }

    /// Whether a URL was asked for in this turn.
    pub(in crate::fetch) fn has(&self, turn: &Turn, url: &Url) -> bool {
        self.index.exact(turn, url).is_some()
    }

    /// The exchange that was recorded in this place; where there is none, as under other rules than those of the run,
    /// the latest one of the URL. Of its body, at most `most` bytes.
    pub(in crate::fetch) async fn exchange(&self, turn: &Turn, url: &Url, most: u64) -> Exchange {
        let Some(entry) = self.index.find(turn, url).cloned() else {
            let fault = Fault::new(Cause::NotArchived, "the archive has no answer of this URL");
            return Exchange { result: Err(fault), elapsed: Duration::ZERO };
        };
        let elapsed = entry.elapsed;
        // One at a time, so that waiting readers hold no threads.
        let mut reader = Arc::clone(&self.reader).lock_owned().await;
        let read = tokio::task::spawn_blocking(move || received(&mut reader, entry, most)).await;
        let result = read.unwrap_or_else(|error| Err(Fault::new(Cause::NotArchived, error.to_string())));
        Exchange { result, elapsed }
    }
}

fn html(reader: &mut Reader<Box<dyn Medium>>, at: u64) -> Option<String> {
    reader.go_to(at).ok()?;
    let read = |_: &Head, block: &mut Block<'_>| {
        let mut html = String::new();
        block.take(MOST_HTML).read_to_string(&mut html).map_err(unreadable)?;
        Ok(html)
    };
    reader.next(read).ok()?
}

fn received(reader: &mut Reader<Box<dyn Medium>>, entry: Entry, most: u64) -> Result<Received, Fault> {
    let unread = |what: String| Fault::new(Cause::NotArchived, format!("the archive cannot be read: {what}"));
    let Some(at) = entry.answer else {
        return Err(entry.fault.unwrap_or_else(|| unread("no answer and no fault".to_owned())));
    };
    reader.go_to(at).map_err(|error| unread(error.to_string()))?;
    let read = reader.next(|head, block| {
        let mut received = http::received(block, most)?;
        received.body.capped |= head.get("WARC-Truncated") == Some("length");
        received.body.fault = entry.fault;
        received.tls = entry.tls;
        Ok(received)
    });
    read.map_err(|error| unread(error.to_string()))?.ok_or_else(|| unread("it has become shorter".to_owned()))
}

impl Index {
    fn exact(&self, turn: &Turn, url: &Url) -> Option<&Entry> {
        self.openings.get(&turn.opening)?.get(&turn.earlier).filter(|entry| entry.url == *url)
    }

    fn find(&self, turn: &Turn, url: &Url) -> Option<&Entry> {
        self.exact(turn, url).or_else(|| {
            let (opening, earlier) = self.by_url.get(url)?;
            self.openings.get(opening)?.get(earlier)
        })
    }
}

/// A record, as far as the index goes.
enum Seen {
    /// An answer or a page that was built, by its identifier.
    Answer(String),
    /// What is told of an exchange of a URL, and which answer it refers to.
    Exchange(Url, Box<About>, Option<String>),
    /// A page that was built, and which record has its HTML.
    Built(Box<Built>, Option<String>),
    Ending(Ending),
    Other,
}

fn index(reader: &mut Reader<Box<dyn Medium>>) -> Result<Index, ArchiveError> {
    let mut openings: BTreeMap<Opening, BTreeMap<u32, Entry>> = BTreeMap::new();
    let (mut by_url, mut built) = (BTreeMap::new(), BTreeMap::new());
    let mut ending = None;
    // An exchange's metadata follow its answer.
    let mut answer: Option<(String, u64)> = None;
    let mut room = MOST_METADATA;
    loop {
        let at = reader.position()?;
        let Some(seen) = reader.next(|head, block| look(head, block, &mut room))? else { break };
        match seen {
            Seen::Answer(id) => answer = Some((id, at)),
            Seen::Exchange(url, about, refers_to) => {
                let About { turn, elapsed, fault, tls } = *about;
                let found = answer.take().filter(|(id, _)| Some(id) == refers_to.as_ref()).map(|(_, at)| at);
                if found.is_none() && (refers_to.is_some() || fault.is_none()) {
                    return Err(ArchiveError { at, what: "the answer that it refers to is not before it".to_owned() });
                }
                by_url.insert(url.clone(), (turn.opening.clone(), turn.earlier));
                let entry = Entry { url, elapsed, fault, tls, answer: found };
                openings.entry(turn.opening).or_default().insert(turn.earlier, entry);
            }
            Seen::Built(told, refers_to) => {
                let found = answer.take().filter(|(id, _)| Some(id) == refers_to.as_ref()).map(|(_, at)| at);
                if found.is_none() && told.result.is_ok() {
                    return Err(ArchiveError { at, what: "the page that it refers to is not before it".to_owned() });
                }
                built.insert((told.page.clone(), told.earlier), (*told, found));
            }
            Seen::Ending(told) => ending = Some(told),
            Seen::Other => {}
        }
    }
    let at = reader.position()?;
    let ending = ending.ok_or_else(|| {
        let what =
            "the record of the run's end is missing: the program was killed, or it was not --archive that wrote this";
        ArchiveError { at, what: what.to_owned() }
    })?;
    Ok(Index { openings, by_url, built, ending })
}

fn look(head: &Head, block: &mut Block<'_>, room: &mut u64) -> Result<Seen, String> {
    let id = || head.get("WARC-Record-ID").unwrap_or_default().to_owned();
    match head.get("WARC-Type") {
        Some("response" | "conversion") => Ok(Seen::Answer(id())),
        Some("metadata") => {
            let mut text = String::new();
            block.take(*room).read_to_string(&mut text).map_err(unreadable)?;
            *room -= text.len() as u64;
            if !block.fill_buf().map_err(unreadable)?.is_empty() {
                return Err("there are more metadata than any run has".to_owned());
            }
            Ok(match fields::read(&text)? {
                Told::Exchange(about) => {
                    let url = head.get("WARC-Target-URI").and_then(|url| Url::parse(url).ok());
                    let url = url.ok_or("the metadata of a record cannot be understood")?;
                    Seen::Exchange(url, about, head.get("WARC-Refers-To").map(str::to_owned))
                }
                Told::Built(built) => Seen::Built(built, head.get("WARC-Refers-To").map(str::to_owned)),
                Told::Ending(ending) => Seen::Ending(ending),
                Told::Other => Seen::Other,
            })
        }
        Some(_) => Ok(Seen::Other),
        None => Err("the record has no type".to_owned()),
    }
}
