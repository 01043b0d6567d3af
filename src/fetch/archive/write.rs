//! Writes a run's exchanges as they come.

use std::fmt;
use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use jiff::{SignedDuration, Timestamp};
use reqwest::Version;
use reqwest::header::HeaderMap;
use url::Url;

use crate::fetch::classify::Fault;
use crate::fetch::exchange::Exchange;
use crate::fetch::redirect::location;
use crate::fetch::request::Received;
use crate::model::Cause;

use super::fields::{self, About};
use super::record::{self, Head};
use super::{Beginning, Built, Counts, Ending, Opening, Turn, http};

/// Writes an archive. Clones write the same one.
#[derive(Clone)]
pub struct Recorder {
    shared: Arc<Shared>,
}

struct Shared {
    out: Mutex<Out>,
    counts: Counts,
}

struct Out {
    to: Box<dyn Write + Send>,
    run: Option<Run>,
    /// The first thing that went wrong; nothing is written after it.
    error: Option<io::Error>,
}

/// The run that is being recorded.
#[derive(Clone)]
struct Run {
    id: String,
    started_at: Timestamp,
    begun: Instant,
}

impl Run {
    fn now(&self) -> Timestamp {
        let passed = SignedDuration::try_from(self.begun.elapsed()).unwrap_or_default();
        self.started_at.checked_add(passed).unwrap_or(self.started_at)
    }

    fn head(&self, kind: &str, id: &str, date: Timestamp) -> Head {
        Head::new(kind, id, date).with("WARC-Warcinfo-ID", &self.id)
    }
}

/// A request, when it was sent.
#[derive(Debug, Clone)]
pub(in crate::fetch) struct Sent {
    pub(in crate::fetch) url: Url,
    pub(in crate::fetch) headers: HeaderMap,
    pub(in crate::fetch) at: Timestamp,
}

impl fmt::Debug for Recorder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recorder").finish_non_exhaustive()
    }
}

impl Recorder {
    /// A recorder that writes to a file, or to whatever else takes bytes.
    pub fn new(to: Box<dyn Write + Send>) -> Self {
        let out = Out { to, run: None, error: None };
        Self { shared: Arc::new(Shared { out: Mutex::new(out), counts: Counts::default() }) }
    }

    /// Writes out what is still held back, and says what went wrong at any time. The archive is whole only if nothing
    /// did.
    pub fn finish(&self) -> io::Result<()> {
        self.with(|out| {
            let flushed = out.to.flush();
            out.error.take().map_or(flushed, Err)
        })
    }

    /// Begins the archive.
    pub(in crate::fetch) async fn begin(&self, beginning: Beginning) {
        let this = self.clone();
        off_the_runtime(move || {
            this.with(|out| {
                let begun = begin(out, &beginning);
                out.note(begun);
            });
        })
        .await;
    }

    /// Ends the archive. What comes after is left out.
    pub(in crate::fetch) async fn end(&self, ending: Ending) {
        let this = self.clone();
        off_the_runtime(move || {
            this.with(|out| {
                let Some(run) = out.run.take() else { return };
                let ended = end(&run, &ending).and_then(|bytes| out.put(&bytes));
                out.note(ended);
            });
        })
        .await;
    }

    /// The next opening of a URL.
    pub(in crate::fetch) fn opening(&self, url: &Url, page: Option<&Url>) -> Opening {
        self.shared.counts.opening(url, page)
    }

    /// How often a page was built before this time.
    pub(in crate::fetch) fn building(&self, page: &Url) -> u32 {
        self.shared.counts.building(page)
    }

    /// Writes what came of building a page, and gives it back.
    pub(in crate::fetch) async fn built(&self, built: Built) -> Option<Built> {
        let this = self.clone();
        off_the_runtime(move || {
            if let Some(run) = this.with(|out| out.run.clone()) {
                let records = built_records(&run, &built);
                this.with(|out| {
                    let put = records.and_then(|bytes| if out.run.is_some() { out.put(&bytes) } else { Ok(()) });
                    out.note(put);
                });
            }
            built
        })
        .await
    }

    /// The present instant, by the clock that the run began with.
    pub(in crate::fetch) fn now(&self) -> Timestamp {
        self.with(|out| out.run.as_ref().map(Run::now)).unwrap_or_default()
    }

    /// Writes an exchange, and gives it back. It is compressed where it does not hold up others.
    pub(in crate::fetch) async fn record(&self, turn: Turn, sent: Sent, exchange: Exchange) -> Exchange {
        let this = self.clone();
        let written = off_the_runtime(move || {
            if let Some(run) = this.with(|out| out.run.clone()) {
                let records = records(&run, turn, &sent, &exchange);
                this.with(|out| {
                    let put = records.and_then(|bytes| if out.run.is_some() { out.put(&bytes) } else { Ok(()) });
                    out.note(put);
                });
            }
            exchange
        });
        written.await.unwrap_or_else(|| {
            let fault = Fault::new(Cause::Interrupted, "internal error: the archive's writer ended");
            Exchange { result: Err(fault), elapsed: std::time::Duration::ZERO }
        })
    }

    fn with<T>(&self, act: impl FnOnce(&mut Out) -> T) -> T {
        act(&mut self.shared.out.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

async fn off_the_runtime<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    tokio::task::spawn_blocking(work).await.ok()
}

impl Out {
    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        if self.error.is_some() { Ok(()) } else { self.to.write_all(bytes) }
    }

    fn note(&mut self, result: io::Result<()>) {
        if let Err(error) = result {
            self.error.get_or_insert(error);
        }
    }
}

fn begin(out: &mut Out, beginning: &Beginning) -> io::Result<()> {
    let id = record::new_id()?;
    let head = Head::new("warcinfo", &id, beginning.started_at).with("Content-Type", "application/warc-fields");
    let bytes = record::member(head, &[fields::beginning(beginning).as_bytes()])?;
    out.run = Some(Run { id, started_at: beginning.started_at, begun: Instant::now() });
    out.put(&bytes)
}

fn end(run: &Run, ending: &Ending) -> io::Result<Vec<u8>> {
    let head = run.head("metadata", &record::new_id()?, ending.finished_at);
    let head = head.with("WARC-Refers-To", &run.id).with("Content-Type", "application/warc-fields");
    record::member(head, &[fields::ending(ending).as_bytes()])
}

/// The records of an exchange: what was asked and what was answered, if it was, and what there is to tell of it.
fn records(run: &Run, turn: Turn, sent: &Sent, exchange: &Exchange) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut answer = None;
    if let Ok(received) = &exchange.result {
        let (request, response) = (record::new_id()?, record::new_id()?);
        bytes.extend(request_record(run, sent, received, &request, &response)?);
        bytes.extend(response_record(run, sent, received, &response, &request)?);
        answer = Some(response);
    }
    let fault = match &exchange.result {
        Ok(received) => received.body.fault.clone(),
        Err(fault) => Some(fault.clone()),
    };
    let tls = exchange.result.as_ref().ok().and_then(|received| received.tls);
    let about = fields::exchange(&About { turn, elapsed: exchange.elapsed, fault, tls })?;
    let head = run.head("metadata", &record::new_id()?, sent.at);
    let head = head
        .with("WARC-Target-URI", sent.url.as_str())
        .with_some("WARC-Refers-To", answer)
        .with("Content-Type", "application/warc-fields");
    bytes.extend(record::member(head, &[about.as_bytes()])?);
    Ok(bytes)
}

/// The records of a page that was built: its HTML, if there is any, and what there is to tell of it.
fn built_records(run: &Run, built: &Built) -> io::Result<Vec<u8>> {
    let (mut bytes, mut html, now) = (Vec::new(), None, run.now());
    if let Ok(page) = &built.result {
        let id = record::new_id()?;
        let head = run.head("conversion", &id, now).with("WARC-Target-URI", built.page.as_str());
        let head = head.with("Content-Type", "text/html; charset=utf-8");
        bytes.extend(record::member(head, &[page.html.as_bytes()])?);
        html = Some(id);
    }
    let head = run.head("metadata", &record::new_id()?, now).with("WARC-Target-URI", built.page.as_str());
    let head = head.with_some("WARC-Refers-To", html).with("Content-Type", "application/warc-fields");
    bytes.extend(record::member(head, &[fields::built(built)?.as_bytes()])?);
    Ok(bytes)
}

fn request_record(run: &Run, sent: &Sent, received: &Received, id: &str, other: &str) -> io::Result<Vec<u8>> {
    let head = run.head("request", id, sent.at);
    let head = http_fields(head, sent, received, other).with("Content-Type", "application/http;msgtype=request");
    record::member(head, &[&http::request(&sent.url, &sent.headers)])
}

fn response_record(run: &Run, sent: &Sent, received: &Received, id: &str, other: &str) -> io::Result<Vec<u8>> {
    let head = run.head("response", id, sent.at);
    let head = http_fields(head, sent, received, other)
        .with("Content-Type", "application/http;msgtype=response")
        .with_some("WARC-Truncated", truncated(received))
        .with("WARC-Payload-Digest", record::digest(&[&received.body.bytes]));
    record::member(head, &[&http::response(received), &received.body.bytes])
}

fn http_fields(head: Head, sent: &Sent, received: &Received, other: &str) -> Head {
    head.with("WARC-Target-URI", sent.url.as_str())
        .with("WARC-Concurrent-To", other)
        .with_some("WARC-IP-Address", received.peer.map(|peer| peer.ip().to_string()))
        .with_some("WARC-Protocol", (received.version == Version::HTTP_2).then_some("h2"))
}

/// Why the stored body is not the whole body.
fn truncated(received: &Received) -> Option<&'static str> {
    match &received.body.fault {
        Some(Fault { cause: Cause::Timeout(_), .. }) => Some("time"),
        Some(_) => Some("disconnect"),
        None if received.body.capped => Some("length"),
        // The body of a redirect is not read.
        None if location(received.status, &received.headers).is_some() => {
            let empty = received.headers.get("content-length").is_some_and(|length| length.as_bytes() == b"0");
            (!empty).then_some("unspecified")
        }
        None => None,
    }
}
