//! Where exchanges of a request and its answer come from: the network, or an archive of an earlier run.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use url::Url;

use crate::model::{Cause, Crawl, Stage, Tally};

use super::archive::{Archive, Opening, Recorder, Sent, Turn};
use super::body::Memory;
use super::budget::Budget;
use super::classify::Fault;
use super::client::Clients;
use super::guard::Guard;
use super::host::Refusal;
use super::pace::{Pace, Permit};
use super::pool::PoolError;
use super::request::{Bounds, Received, Reply, send};
use super::retry;
use super::tls::Trust;

/// One request, and what came of it.
#[derive(Debug)]
pub(super) struct Exchange {
    /// What the server sent, or why it sent nothing that can be read.
    pub(super) result: Result<Received, Fault>,
    /// From the request to the last byte, in whole milliseconds. Our own waiting is left out: it says nothing about how
    /// slow the server is.
    pub(super) elapsed: Duration,
}

/// What holds for every exchange of opening a URL.
#[derive(Debug, Clone, Copy)]
pub(super) struct Terms<'a> {
    pub(super) max_body: u64,
    pub(super) budget: &'a Budget,
    /// The least time since the host's last request.
    pub(super) delay: Duration,
}

/// Where a pool's exchanges come from.
#[derive(Debug, Default)]
pub enum Source {
    /// The network.
    #[default]
    Network,
    /// The network; what is exchanged is kept.
    Recorded(Recorder),
    /// An archive of an earlier run. Nothing is sent, and nothing is waited for.
    Archived(Archive),
}

/// The exchanges of a pool. All that depends on this machine, its network and the time happens here, so that an archive
/// can stand in for it.
pub(super) enum Exchanges {
    Live(Box<Network>, Option<Recorder>),
    Archived(Archive),
}

/// The network, at a pace that servers can bear.
pub(super) struct Network {
    clients: Clients,
    pace: Pace,
    memory: Memory,
    timeout: Duration,
    requests: AtomicU64,
    bytes: AtomicU64,
}

impl Exchanges {
    /// The exchanges of a source, as a crawl asks for them.
    pub(super) fn from(source: Source, crawl: &Crawl, trust: &Trust) -> Result<Self, PoolError> {
        Ok(match source {
            Source::Network => Self::Live(Box::new(Network::new(crawl, trust)?), None),
            Source::Recorded(recorder) => Self::Live(Box::new(Network::new(crawl, trust)?), Some(recorder)),
            Source::Archived(archive) => Self::Archived(archive),
        })
    }

    /// Who keeps them.
    pub(super) fn recorder(&self) -> Option<&Recorder> {
        match self {
            Self::Live(_, recorder) => recorder.as_ref(),
            Self::Archived(..) => None,
        }
    }

    /// The archive that they come from.
    pub(super) fn archive(&self) -> Option<&Archive> {
        match self {
            Self::Live(..) => None,
            Self::Archived(archive) => Some(archive),
        }
    }

    /// The next opening of a URL, by itself or for a page that is built in a browser.
    pub(super) fn opening(&self, url: &Url, page: Option<&Url>) -> Opening {
        match self {
            Self::Live(_, None) => Opening { url: url.clone(), earlier: 0, page: None },
            Self::Live(_, Some(recorder)) => recorder.opening(url, page),
            Self::Archived(archive) => archive.opening(url, page),
        }
    }

    /// Sends a request and reads the answer, or finds what was sent and read.
    pub(super) async fn exchange(&self, turn: &Turn, url: &Url, terms: &Terms<'_>) -> Exchange {
        match self {
            Self::Live(network, recorder) => network.exchange(turn, url, terms, recorder.as_ref()).await,
            Self::Archived(archive) => archive.exchange(turn, url, terms.max_body).await,
        }
    }

    /// Takes to heart how a host answered just now, after so long.
    pub(super) fn heed(&self, url: &Url, took: Duration, reply: &Reply) {
        let Self::Live(network, _) = self else { return };
        let now = Instant::now();
        let sent = now.checked_sub(took).unwrap_or(now);
        let host = network.pace.host(url);
        if retry::is_busy(reply) {
            let refusal = Refusal { sent, wish: reply.retry_after, too_many: reply.status == 429 };
            host.refused(refusal, |refusals| retry::pause(url, refusals));
        } else {
            host.welcomed();
        }
    }

    /// Whether a host has asked to be left alone for longer than is waited for.
    pub(super) fn is_closed(&self, url: &Url) -> bool {
        matches!(self, Self::Live(network, _) if network.pace.host(url).is_closed())
    }

    /// Whether a recorded run asked for the URL in this turn too; nothing is known of a run that is on.
    pub(super) fn tried_again(&self, turn: &Turn, url: &Url) -> Option<bool> {
        self.archive().map(|archive| archive.has(turn, url))
    }

    /// What they cost, so far or when they were recorded.
    pub(super) fn tally(&self) -> Tally {
        match self {
            Self::Live(network, _) => Tally {
                requests: network.requests.load(Ordering::Relaxed) + network.clients.extra(),
                bytes: network.bytes.load(Ordering::Relaxed),
            },
            Self::Archived(archive) => archive.ending().tally,
        }
    }

    /// Waits before a further try.
    pub(super) async fn rest(&self, pause: Duration) {
        if let Self::Live(..) = self {
            tokio::time::sleep(pause).await;
        }
    }
}

impl Network {
    fn new(crawl: &Crawl, trust: &Trust) -> Result<Self, PoolError> {
        Ok(Self {
            clients: Clients::new(crawl, trust, &Guard::new(crawl))?,
            pace: Pace::new(crawl.requests_per_second, crawl.concurrency).ok_or(PoolError::Pace)?,
            memory: Memory::new(crawl.max_body),
            timeout: crawl.timeout,
            requests: AtomicU64::new(0),
            bytes: AtomicU64::new(0),
        })
    }

    async fn exchange(&self, turn: &Turn, url: &Url, terms: &Terms<'_>, recorder: Option<&Recorder>) -> Exchange {
        let admitted = self.admit(url, terms).await;
        let keep = recorder.map(|recorder| {
            (recorder, Sent { url: url.clone(), headers: self.clients.headers(url), at: recorder.now() })
        });
        let started = Instant::now();
        let result = match admitted {
            Ok(_permit) => self.send(url, terms).await,
            Err(fault) => Err(fault),
        };
        let waited = result.as_ref().map_or(Duration::ZERO, |received| received.body.waited);
        let took = started.elapsed().saturating_sub(waited);
        terms.budget.spend(took);
        let exchange = Exchange { result, elapsed: whole_millis(took) };
        match keep {
            Some((recorder, sent)) => recorder.record(turn.clone(), sent, exchange).await,
            None => exchange,
        }
    }

    /// Waits until a URL may be asked for, unless it may not.
    async fn admit(&self, url: &Url, terms: &Terms<'_>) -> Result<Permit, Fault> {
        self.clients.guard().admit_url(url)?;
        if terms.budget.left().is_zero() {
            return Err(out_of_time());
        }
        let permit = self.pace.permit(url, terms.delay).await;
        permit.ok_or_else(|| Fault::new(Cause::TurnedAway, "the host asked not to be asked again so soon"))
    }

    async fn send(&self, url: &Url, terms: &Terms<'_>) -> Result<Received, Fault> {
        let timeout = self.timeout.min(terms.budget.left());
        if timeout.is_zero() {
            return Err(out_of_time());
        }
        self.requests.fetch_add(1, Ordering::Relaxed);
        let bounds = Bounds { timeout, max_body: terms.max_body, memory: &self.memory };
        let in_time = |fault: Fault| match fault.cause {
            // Within its own time the server might have answered.
            Cause::Timeout(Stage::Read | Stage::Body) if timeout < self.timeout => out_of_time(),
            _ => fault,
        };
        // Boxed, because each of many tasks would otherwise be as large as all that TLS may take.
        let mut received = Box::pin(send(&self.clients, url, bounds)).await.map_err(in_time)?;
        received.body.fault = received.body.fault.take().map(in_time);
        let length = u64::try_from(received.body.bytes.len()).unwrap_or(u64::MAX);
        self.bytes.fetch_add(length, Ordering::Relaxed);
        Ok(received)
    }
}

fn out_of_time() -> Fault {
    Fault::new(Cause::OutOfTime, "the time for one item was used up")
}

/// What is left of a duration where only whole milliseconds are kept.
fn whole_millis(duration: Duration) -> Duration {
    Duration::from_millis(u64::try_from(duration.as_millis()).unwrap_or(u64::MAX))
}
