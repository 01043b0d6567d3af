//! Opens a URL from the first request to the last byte: redirects, retries, bounds.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use url::Url;

use crate::model::{Answer, Cause, Crawl, Failure, Fetched, Tally, TlsNote, bare};

use super::archive::{Archive, Beginning, Ending, Turn};
use super::body::Share;
use super::budget::Budget;
use super::classify::Fault;
use super::contain::contain;
use super::exchange::{Exchanges, Source, Terms};
use super::redirect::{Onward, Trail};
use super::request::Reply;
use super::retry;
use super::robots::{self, Asked, Robots, Rules};
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
    robots: Robots,
    max_body: u64,
    retries: u32,
    on_retry: OnRetry,
}

/// What came of opening a URL, with the body if there is one.
#[derive(Debug)]
pub struct Opened {
    /// The answer or the failure.
    pub fetched: Fetched,
    /// The body, after decompression; empty unless a server answered.
    pub body: Vec<u8>,
    /// The leave to keep a large body in memory; kept as long as the body is.
    pub share: Option<Share>,
    /// Whose pages a server lets read the answer in a browser (`Access-Control-Allow-Origin`).
    pub(super) shared_with: Option<String>,
}

/// On whose behalf a URL is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// An assessor's, who opens what the agency submitted and asks nobody.
    Submitted,
    /// This program's own, which found it: `robots.txt` and its `Crawl-delay` are kept.
    Found,
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
    /// Those of them that an assessor would have seen too.
    failed: u32,
    /// Time in exchanges.
    spent: Duration,
    /// What it took to open a hop over TLS, if it was more than usual.
    tls: Option<TlsNote>,
    /// The part of the time that went into tries that failed.
    wasted: Duration,
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
        let shared = Shared {
            exchanges,
            robots: Robots::default(),
            max_body: crawl.max_body,
            retries: crawl.retries,
            on_retry: Box::new(on_retry),
        };
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

    /// Opens a URL as an assessor would, with no limit but those of each request.
    pub async fn open(&self, url: &Url) -> Opened {
        self.open_within(url, Purpose::Submitted, &Budget::endless()).await
    }

    /// Opens a URL: waits for its turn, follows redirects, tries again where that may help and time is left. It never fails
    /// and never panics; what went wrong is in the result.
    pub async fn open_within(&self, url: &Url, purpose: Purpose, budget: &Budget) -> Opened {
        self.open_for(None, url, purpose, budget).await
    }

    /// Opens a URL that a page asks for while it is built in a browser.
    pub(super) async fn open_for(&self, page: Option<&Url>, url: &Url, purpose: Purpose, budget: &Budget) -> Opened {
        let asked = bare(url);
        // Boxed, because a task is copied several times on its way to where it runs.
        contain(Box::pin(self.shared.open(&asked, page, purpose, budget))).await.unwrap_or_else(|panic| {
            // Our own fault says nothing about the host, so it is put as a URL that was not opened.
            failed(Fault::new(Cause::Interrupted, format!("internal error: {panic}")), None, Duration::ZERO)
        })
    }

    /// Where its exchanges come from.
    pub(super) fn exchanges(&self) -> &Exchanges {
        &self.shared.exchanges
    }

    /// Forgets which sites could not be asked for their `robots.txt`, so that a second chance is one.
    pub fn forget_failures(&self) {
        self.shared.robots.forget_unreachable();
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
    async fn open(&self, asked: &Url, page: Option<&Url>, purpose: Purpose, budget: &Budget) -> Opened {
        let mut url = asked.clone();
        let mut trail = Trail::default();
        let mut effort = self.effort(asked, page);
        loop {
            let at = (url != *asked).then(|| url.clone());
            let reply = match self.hop(&url, purpose, budget, &mut effort).await {
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

    fn effort(&self, asked: &Url, page: Option<&Url>) -> Effort {
        Effort {
            turn: Turn { opening: self.exchanges.opening(asked, page), earlier: 0, via: None },
            retried: 0,
            failed: 0,
            spent: Duration::ZERO,
            tls: None,
            wasted: Duration::ZERO,
        }
    }

    async fn hop(&self, url: &Url, purpose: Purpose, budget: &Budget, effort: &mut Effort) -> Result<Reply, Fault> {
        let delay = match purpose {
            Purpose::Submitted => Duration::ZERO,
            Purpose::Found => Box::pin(self.leave(url)).await?,
        };
        self.ask(url, &Terms { max_body: self.max_body, budget, delay }, effort).await
    }

    /// The site's leave to open a URL: how long after the request before, or why not.
    async fn leave(&self, url: &Url) -> Result<Duration, Fault> {
        let Some((file, place)) = self.robots.place(url) else { return Ok(Duration::ZERO) };
        let rules = place.get_or_init(|| async { Rules::of(&self.robots_file(file).await) });
        rules.await.leave(url)
    }

    async fn robots_file(&self, mut url: Url) -> Asked {
        let terms = Terms { max_body: robots::MOST_BYTES, budget: &Budget::endless(), delay: Duration::ZERO };
        let (mut trail, mut effort) = (Trail::default(), self.effort(&url, None));
        for _ in 0..=robots::MOST_HOPS {
            let reply = match self.ask(&url, &terms, &mut effort).await {
                Ok(reply) => reply,
                Err(fault) => return Asked::Failed(fault),
            };
            let Some(location) = &reply.location else { return Asked::Answered(reply) };
            match trail.step(&url, reply.status, location) {
                Ok(next) => effort.turn.via = Some(std::mem::replace(&mut url, next)),
                Err(_) => return Asked::Lost,
            }
        }
        Asked::Lost
    }

    /// One hop, tried again as long as that may help.
    async fn ask(&self, url: &Url, terms: &Terms<'_>, effort: &mut Effort) -> Result<Reply, Fault> {
        let mut before = None;
        loop {
            let spent = effort.spent;
            let result = self.ask_once(url, terms, effort).await;
            if let Err(fault) = &result
                && matches!(fault.cause, Cause::TurnedAway | Cause::OutOfTime)
                && let Some(before) = before
            {
                return before;
            }
            let (reason, pause) = match &result {
                // The whole host is left alone for a while, so this URL need not wait by itself.
                Ok(reply) if retry::is_busy(reply) => (format!("HTTP {}", reply.status), Duration::ZERO),
                Ok(reply) if retry::may_pass(reply) => {
                    (format!("HTTP {}", reply.status), retry::pause(url, effort.retried + 1))
                }
                Err(fault) if fault.cause.may_pass() => (fault.detail.clone(), retry::pause(url, effort.retried + 1)),
                _ => return result,
            };
            // Of a recorded run it is known whether it tried again, whatever made it do so or not.
            let again = || effort.retried < self.retries && !self.exchanges.is_closed(url);
            if !self.exchanges.tried_again(&effort.turn, url).unwrap_or_else(again) {
                return result;
            }
            effort.failed += u32::from(seen_by_anyone(&result, effort.retried));
            effort.retried += 1;
            effort.wasted += effort.spent.saturating_sub(spent);
            (self.on_retry)(url, &reason);
            self.exchanges.rest(pause).await;
            before = Some(result);
        }
    }

    async fn ask_once(&self, url: &Url, terms: &Terms<'_>, effort: &mut Effort) -> Result<Reply, Fault> {
        let exchange = self.exchanges.exchange(&effort.turn, url, terms).await;
        effort.turn.earlier += 1;
        effort.spent += exchange.elapsed;
        let reply = exchange.result?.reply()?;
        effort.tls = effort.tls.or(reply.tls);
        self.exchanges.heed(url, exchange.elapsed, &reply);
        Ok(reply)
    }
}

/// Whether a failed try would have been one for an assessor too: not so where the server had had enough of this program,
/// or where a connection turned out to be cut, for which a browser tries once more by itself.
fn seen_by_anyone(result: &Result<Reply, Fault>, earlier: u32) -> bool {
    match result {
        Ok(reply) => reply.status != 429,
        // A name that could not be looked up is the resolver's fault.
        Err(fault) => fault.cause != Cause::Resolver && (fault.cause != Cause::Reset || earlier > 0),
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
        elapsed_ms: millis(effort.spent.saturating_sub(effort.wasted)),
        failed_tries: effort.failed,
        retry_after: reply.retry_after.map(|wait| wait.as_secs()),
        last_modified: reply.last_modified,
    };
    Opened { fetched: Fetched::Answered(answer), body: reply.body, share: reply.share, shared_with: reply.shared_with }
}

fn failed(fault: Fault, at: Option<Url>, spent: Duration) -> Opened {
    let failure = Failure { cause: fault.cause, detail: fault.detail, at, elapsed_ms: millis(spent) };
    Opened { fetched: Fetched::Failed(failure), body: Vec::new(), share: None, shared_with: None }
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

fn count(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}
