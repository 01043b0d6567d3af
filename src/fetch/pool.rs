//! Opens a URL from the first request to the last byte: redirects, retries, bounds.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use url::Url;

use crate::model::{Answer, Cause, Crawl, Failure, Fetched, Tally, TlsNote, bare};

use super::classify::Fault;
use super::client::Clients;
use super::contain::contain;
use super::guard::Guard;
use super::pace::Pace;
use super::redirect::{Onward, Trail};
use super::request::{Bounds, Reply, send};
use super::retry;
use super::tls::Trust;

/// Everything that opening URLs shares: connections, cookies, pace, counts. Cheap to clone.
#[derive(Clone)]
pub struct Pool {
    shared: Arc<Shared>,
}

/// Told the URL and the reason of each further try.
type OnRetry = Box<dyn Fn(&Url, &str) + Send + Sync>;

struct Shared {
    clients: Clients,
    pace: Pace,
    bounds: Bounds,
    retries: u32,
    requests: AtomicU64,
    bytes: AtomicU64,
    on_retry: OnRetry,
}

/// What came of opening a URL, with the body if there is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// The answer or the failure.
    pub fetched: Fetched,
    /// The body, after decompression; empty unless a server answered.
    pub body: Vec<u8>,
}

/// Why a pool cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum PoolError {
    /// The pace is not above zero, or nothing may be in flight.
    #[error("neither the requests per second nor the concurrency may be zero")]
    Pace,
    /// A further root certificate is not one.
    #[error("a root certificate cannot be used")]
    Root(#[source] rustls::Error),
    /// TLS cannot be set up.
    #[error("TLS cannot be set up")]
    Tls(#[source] rustls::Error),
    /// The HTTP client cannot be set up: the `User-Agent` cannot be sent, for one.
    #[error("the HTTP client cannot be set up")]
    Client(#[source] reqwest::Error),
}

/// What opening one URL has cost so far.
#[derive(Debug, Default)]
struct Effort {
    /// Failed tries, over all hops.
    retried: u32,
    /// Time in requests. Our own waiting is left out: it says nothing about how slow the server is.
    spent: Duration,
    /// What it took to open a hop over TLS, if it was more than usual.
    tls: Option<TlsNote>,
}

impl Pool {
    /// A pool with the settings of a crawl, which trusts whom browsers trust.
    pub fn new(crawl: &Crawl) -> Result<Self, PoolError> {
        Self::with(crawl, &Trust::default(), |_, _| ())
    }

    /// A pool that trusts further roots, and that calls `on_retry` with the URL and the reason before it tries again.
    pub fn with(
        crawl: &Crawl,
        trust: &Trust,
        on_retry: impl Fn(&Url, &str) + Send + Sync + 'static,
    ) -> Result<Self, PoolError> {
        let guard = Guard::new(crawl);
        let shared = Shared {
            clients: Clients::new(crawl, trust, &guard)?,
            pace: Pace::new(crawl.requests_per_second, crawl.concurrency).ok_or(PoolError::Pace)?,
            bounds: Bounds { timeout: crawl.timeout, max_body: crawl.max_body },
            retries: crawl.retries,
            requests: AtomicU64::new(0),
            bytes: AtomicU64::new(0),
            on_retry: Box::new(on_retry),
        };
        Ok(Self { shared: Arc::new(shared) })
    }

    /// Opens a URL: waits for its turn, follows redirects, tries again where that may help. It never fails and never
    /// panics; what went wrong is in the result.
    pub async fn open(&self, url: &Url) -> Opened {
        let asked = bare(url);
        contain(self.shared.open(&asked)).await.unwrap_or_else(|panic| {
            // Our own fault says nothing about the host, so it is put as a URL that was not opened.
            failed(Fault::new(Cause::Interrupted, format!("internal error: {panic}")), None, Duration::ZERO)
        })
    }

    /// The requests sent and the bytes of bodies read so far.
    pub fn tally(&self) -> Tally {
        Tally {
            requests: self.shared.requests.load(Ordering::Relaxed) + self.shared.clients.extra(),
            bytes: self.shared.bytes.load(Ordering::Relaxed),
        }
    }
}

impl fmt::Debug for Pool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pool").field("tally", &self.tally()).finish_non_exhaustive()
    }
}

impl Shared {
    async fn open(&self, asked: &Url) -> Opened {
        let mut url = asked.clone();
        let mut trail = Trail::default();
        let mut effort = Effort::default();
        loop {
            let at = (url != *asked).then(|| url.clone());
            let reply = match self.ask(&url, &mut effort).await {
                Ok(reply) => reply,
                Err(fault) => return failed(fault, at, effort.spent),
            };
            url = match trail.onward(&url, &reply) {
                Ok(Onward::To(next)) => next,
                Ok(Onward::Stay) => return answered(reply, url, trail, &effort),
                Ok(Onward::Stuck) => {
                    let reply =
                        Reply { challenge: Some("a page that does nothing but load itself again".to_owned()), ..reply };
                    return answered(reply, url, trail, &effort);
                }
                Err(fault) => return failed(fault, at, effort.spent),
            };
        }
    }

    /// One hop, tried again as long as that may help.
    async fn ask(&self, url: &Url, effort: &mut Effort) -> Result<Reply, Fault> {
        self.clients.guard().admit_url(url)?;
        loop {
            let result = self.ask_once(url, effort).await;
            let (reason, wanted) = match &result {
                Ok(reply) if retry::may_pass(reply.status) => (format!("HTTP {}", reply.status), reply.retry_after),
                Err(fault) if fault.cause.may_pass() => (fault.detail.clone(), None),
                _ => return result,
            };
            if effort.retried >= self.retries {
                return result;
            }
            effort.retried += 1;
            let Some(pause) = retry::pause(url, effort.retried, wanted) else { return result };
            (self.on_retry)(url, &reason);
            tokio::time::sleep(pause).await;
        }
    }

    async fn ask_once(&self, url: &Url, effort: &mut Effort) -> Result<Reply, Fault> {
        let _permit = self.pace.permit(url).await;
        self.requests.fetch_add(1, Ordering::Relaxed);
        let started = Instant::now();
        let result = send(&self.clients, url, self.bounds).await;
        effort.spent += started.elapsed();
        if let Ok(reply) = &result {
            effort.tls = effort.tls.or(reply.tls);
            self.bytes.fetch_add(count(reply.body.len()), Ordering::Relaxed);
        }
        result
    }
}

fn answered(reply: Reply, final_url: Url, trail: Trail, effort: &Effort) -> Opened {
    let answer = Answer {
        final_url,
        status: reply.status,
        hops: trail.into_hops(),
        content_type: reply.content_type,
        challenge: reply.challenge,
        bytes: count(reply.body.len()),
        capped: reply.capped,
        tls: effort.tls,
        elapsed_ms: millis(effort.spent),
    };
    Opened { fetched: Fetched::Answered(answer), body: reply.body }
}

fn failed(fault: Fault, at: Option<Url>, spent: Duration) -> Opened {
    let failure = Failure { cause: fault.cause, detail: fault.detail, at, elapsed_ms: millis(spent) };
    Opened { fetched: Fetched::Failed(failure), body: Vec::new() }
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

fn count(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}
