//! Where exchanges of a request and its answer come from: the network, or an archive of an earlier run.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use url::Url;

use crate::model::{Crawl, Tally};

use super::archive::{Archive, Opening, Recorder, Sent, Turn};
use super::classify::Fault;
use super::client::Clients;
use super::guard::Guard;
use super::pace::Pace;
use super::pool::PoolError;
use super::request::{Bounds, Received, send};
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
    Archived(Archive, Bounds),
}

/// The network, at a pace that servers can bear.
pub(super) struct Network {
    clients: Clients,
    pace: Pace,
    bounds: Bounds,
    requests: AtomicU64,
    bytes: AtomicU64,
}

impl Exchanges {
    /// The exchanges of a source, as a crawl asks for them.
    pub(super) fn from(source: Source, crawl: &Crawl, trust: &Trust) -> Result<Self, PoolError> {
        Ok(match source {
            Source::Network => Self::Live(Box::new(Network::new(crawl, trust)?), None),
            Source::Recorded(recorder) => Self::Live(Box::new(Network::new(crawl, trust)?), Some(recorder)),
            Source::Archived(archive) => Self::Archived(archive, bounds(crawl)),
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
            Self::Archived(archive, _) => Some(archive),
        }
    }

    /// The next opening of a URL.
    pub(super) fn opening(&self, url: &Url) -> Opening {
        match self {
            Self::Live(_, None) => Opening { url: url.clone(), earlier: 0 },
            Self::Live(_, Some(recorder)) => recorder.opening(url),
            Self::Archived(archive, _) => archive.opening(url),
        }
    }

    /// Sends a request and reads the answer, or finds what was sent and read.
    pub(super) async fn exchange(&self, turn: &Turn, url: &Url) -> Exchange {
        match self {
            Self::Live(network, recorder) => network.exchange(turn, url, recorder.as_ref()).await,
            Self::Archived(archive, bounds) => archive.exchange(turn, url, bounds.max_body).await,
        }
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
            Self::Archived(archive, _) => archive.ending().tally,
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
            bounds: bounds(crawl),
            requests: AtomicU64::new(0),
            bytes: AtomicU64::new(0),
        })
    }

    async fn exchange(&self, turn: &Turn, url: &Url, recorder: Option<&Recorder>) -> Exchange {
        let admitted = self.clients.guard().admit_url(url);
        let _permit = if admitted.is_ok() { Some(self.pace.permit(url).await) } else { None };
        let keep = recorder.map(|recorder| {
            (recorder, Sent { url: url.clone(), headers: self.clients.headers(url), at: recorder.now() })
        });
        let started = Instant::now();
        let result = match admitted {
            Ok(()) => self.send(url).await,
            Err(fault) => Err(fault),
        };
        let exchange = Exchange { result, elapsed: whole_millis(started.elapsed()) };
        match keep {
            Some((recorder, sent)) => recorder.record(turn.clone(), sent, exchange).await,
            None => exchange,
        }
    }

    async fn send(&self, url: &Url) -> Result<Received, Fault> {
        self.requests.fetch_add(1, Ordering::Relaxed);
        let received = send(&self.clients, url, self.bounds).await?;
        let length = u64::try_from(received.body.bytes.len()).unwrap_or(u64::MAX);
        self.bytes.fetch_add(length, Ordering::Relaxed);
        Ok(received)
    }
}

fn bounds(crawl: &Crawl) -> Bounds {
    Bounds { timeout: crawl.timeout, max_body: crawl.max_body }
}

/// What is left of a duration where only whole milliseconds are kept.
fn whole_millis(duration: Duration) -> Duration {
    Duration::from_millis(u64::try_from(duration.as_millis()).unwrap_or(u64::MAX))
}
