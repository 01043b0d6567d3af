//! Opens a URL from the first request to the last byte: redirects, retries, bounds.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use url::Url;

use crate::model::{Answer, Cause, Crawl, Failure, Fetched, Tally, TlsNote, bare};

use super::archive::{Archive, Beginning, Ending, Turn};
use super::classify::Fault;
use super::contain::contain;
use super::exchange::{Exchanges, Source};
use super::redirect::{Onward, Trail};
use super::request::Reply;
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
    exchanges: Exchanges,
    retries: u32,
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
#[derive(Debug)]
struct Effort {
    /// Where its next exchange stands.
    turn: Turn,
    /// Failed tries, over all hops.
    retried: u32,
    /// Time in exchanges.
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
        Self::over(Source::Network, crawl, trust, on_retry)
    }

    /// A pool whose exchanges come from a source.
    pub fn over(
        source: Source,
        crawl: &Crawl,
        trust: &Trust,
        on_retry: impl Fn(&Url, &str) + Send + Sync + 'static,
    ) -> Result<Self, PoolError> {
        let exchanges = Exchanges::from(source, crawl, trust)?;
        let shared = Shared { exchanges, retries: crawl.retries, on_retry: Box::new(on_retry) };
        Ok(Self { shared: Arc::new(shared) })
    }

    /// The recorded run that the exchanges come from, if they do.
    pub fn archived(&self) -> Option<&Ending> {
        self.shared.exchanges.archive().map(Archive::ending)
    }

    /// Whether the exchanges are kept, or come from where they were.
    pub fn is_archiving(&self) -> bool {
        self.shared.exchanges.recorder().is_some() || self.archived().is_some()
    }

    /// Says that a run begins, for the archive if there is one to be.
    pub async fn begin(&self, beginning: Beginning) {
        if let Some(recorder) = self.shared.exchanges.recorder() {
            recorder.begin(beginning).await;
        }
    }

    /// Says that the run has ended.
    pub async fn end(&self, ending: Ending) {
        if let Some(recorder) = self.shared.exchanges.recorder() {
            recorder.end(ending).await;
        }
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

    /// The requests sent and the bytes of bodies read, so far or when they were recorded.
    pub fn tally(&self) -> Tally {
        self.shared.exchanges.tally()
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
        let turn = Turn { opening: self.exchanges.opening(asked), earlier: 0, via: None };
        let mut effort = Effort { turn, retried: 0, spent: Duration::ZERO, tls: None };
        loop {
            let at = (url != *asked).then(|| url.clone());
            let reply = match self.ask(&url, &mut effort).await {
                Ok(reply) => reply,
                Err(fault) => return failed(fault, at, effort.spent),
            };
            let next = match trail.onward(&url, &reply) {
                Ok(Onward::To(next)) => next,
                Ok(Onward::Stay) => return answered(reply, url, trail, &effort),
                Ok(Onward::Stuck) => {
                    let reply =
                        Reply { challenge: Some("a page that does nothing but load itself again".to_owned()), ..reply };
                    return answered(reply, url, trail, &effort);
                }
                Err(fault) => return failed(fault, at, effort.spent),
            };
            effort.turn.via = Some(std::mem::replace(&mut url, next));
        }
    }

    /// One hop, tried again as long as that may help.
    async fn ask(&self, url: &Url, effort: &mut Effort) -> Result<Reply, Fault> {
        loop {
            let result = self.ask_once(url, effort).await;
            let (reason, wanted) = match &result {
                Ok(reply) if retry::may_pass(reply.status) => (format!("HTTP {}", reply.status), reply.retry_after),
                Err(fault) if fault.cause.may_pass() => (fault.detail.clone(), None),
                _ => return result,
            };
            // Of a recorded run it is known whether it tried again, whatever made it do so or not.
            if !self.exchanges.tried_again(&effort.turn, url).unwrap_or(effort.retried < self.retries) {
                return result;
            }
            effort.retried += 1;
            let Some(pause) = retry::pause(url, effort.retried, wanted) else { return result };
            (self.on_retry)(url, &reason);
            self.exchanges.rest(pause).await;
        }
    }

    async fn ask_once(&self, url: &Url, effort: &mut Effort) -> Result<Reply, Fault> {
        let exchange = self.exchanges.exchange(&effort.turn, url).await;
        effort.turn.earlier += 1;
        effort.spent += exchange.elapsed;
        let reply = exchange.result?.reply()?;
        effort.tls = effort.tls.or(reply.tls);
        Ok(reply)
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
