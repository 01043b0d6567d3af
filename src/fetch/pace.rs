//! Keeps to a pace that small servers can bear: requests per second and in flight, per registrable domain and in all,
//! and less where a host asks for it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use governor::clock::Clock;
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use url::Url;

use super::host::{Host, Next};
use crate::model::registrable_domain;

/// Requests in flight to one registrable domain: as many as are kind to an agency's own small server.
const PER_DOMAIN: usize = 4;

/// The pace of a run.
#[derive(Debug)]
pub(super) struct Pace {
    /// Keyed by registrable domain.
    limiter: DefaultKeyedRateLimiter<String>,
    period: Duration,
    seats: Arc<Semaphore>,
    lanes: Mutex<BTreeMap<String, Arc<Lane>>>,
    hosts: Mutex<BTreeMap<String, Arc<Host>>>,
}

/// What is kept per registrable domain.
#[derive(Debug)]
struct Lane {
    /// Held by the request that goes next, so that the others stand in line instead of racing for it.
    turn: tokio::sync::Mutex<()>,
    seats: Arc<Semaphore>,
}

/// Leave to have one request in flight, until dropped.
#[derive(Debug)]
pub(super) struct Permit {
    _lane: Option<OwnedSemaphorePermit>,
    _run: Option<OwnedSemaphorePermit>,
}

impl Pace {
    /// The pace of so many requests per second and domain, and so many in flight; nothing if either is senseless.
    pub(super) fn new(requests_per_second: f64, concurrency: usize) -> Option<Self> {
        let sensible = requests_per_second > 0.0 && requests_per_second.is_finite();
        if !sensible || concurrency == 0 {
            return None;
        }
        let period = Duration::try_from_secs_f64(requests_per_second.recip()).ok()?.max(Duration::from_nanos(1));
        let seats = Arc::new(Semaphore::new(concurrency.min(Semaphore::MAX_PERMITS)));
        let limiter = RateLimiter::keyed(Quota::with_period(period)?);
        Some(Self { limiter, period, seats, lanes: Mutex::default(), hosts: Mutex::default() })
    }

    /// Waits until a request to a URL may be sent, no sooner than `delay` after the last one to its host; nothing if
    /// the host has asked to be left alone for longer than is waited for.
    pub(super) async fn permit(&self, url: &Url, delay: Duration) -> Option<Permit> {
        let domain = registrable_domain(url);
        let (lane, host) = (self.lane(&domain), self.host(url));
        let next = || host.next(self.period, delay);
        let _door = host.door(!delay.is_zero()).lock().await;
        loop {
            // Whoever waits for a host does so outside the line in which the domain's other hosts stand.
            match next() {
                Next::Now => {}
                Next::In(wait) => {
                    tokio::time::sleep(wait).await;
                    continue;
                }
                Next::NotSoon => return None,
            }
            let _turn = lane.turn.lock().await;
            // A closed semaphore would be the only failure, and none of these is ever closed.
            let of_lane = Arc::clone(&lane.seats).acquire_owned().await.ok();
            // Meanwhile another request may have been sent, or turned away.
            if next() != Next::Now {
                continue;
            }
            let of_run = self.seat(&domain).await;
            if next() == Next::Now {
                host.asked();
                return Some(Permit { _lane: of_lane, _run: of_run });
            }
        }
    }

    /// Waits for the domain's turn and a seat in the run.
    async fn seat(&self, domain: &String) -> Option<OwnedSemaphorePermit> {
        loop {
            // The seat comes first, because a domain's turn that passed while all seats were taken would be followed by
            // a burst; but it is given back while the domain has to wait, so that others go on meanwhile.
            let of_run = Arc::clone(&self.seats).acquire_owned().await.ok();
            match self.limiter.check_key(domain) {
                Ok(()) => return of_run,
                Err(not_yet) => {
                    drop(of_run);
                    tokio::time::sleep(not_yet.wait_time_from(self.limiter.clock().now())).await;
                }
            }
        }
    }

    fn lane(&self, domain: &str) -> Arc<Lane> {
        let mut lanes = self.lanes.lock().unwrap_or_else(PoisonError::into_inner);
        let lane = lanes.entry(domain.to_owned()).or_insert_with(|| {
            Arc::new(Lane { turn: tokio::sync::Mutex::default(), seats: Arc::new(Semaphore::new(PER_DOMAIN)) })
        });
        Arc::clone(lane)
    }

    /// What a URL's host has asked for.
    pub(super) fn host(&self, url: &Url) -> Arc<Host> {
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(hosts.entry(url.host_str().unwrap_or_default().to_owned()).or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::{Duration, Pace, Url};
    use std::time::Instant;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn a_senseless_pace_is_refused() {
        for rate in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert!(Pace::new(rate, 1).is_none(), "{rate}");
        }
        assert!(Pace::new(1.0, 0).is_none());
        assert!(Pace::new(1e12, 1).is_some());
        assert!(Pace::new(0.5, usize::MAX).is_some());
    }

    #[tokio::test]
    async fn a_domain_waits_its_period_while_another_goes_on() {
        let pace = Pace::new(4.0, 1).unwrap();
        let started = Instant::now();
        drop(pace.permit(&url("http://a.go.th/"), Duration::ZERO).await);
        let slow = async {
            drop(pace.permit(&url("http://www.a.go.th/"), Duration::ZERO).await);
            started.elapsed()
        };
        let other = async {
            drop(pace.permit(&url("http://b.go.th/"), Duration::ZERO).await);
            started.elapsed()
        };
        let (slow, other) = tokio::join!(slow, other);
        assert!(slow >= Duration::from_millis(245), "{slow:?}");
        assert!(other < Duration::from_millis(200), "{other:?}");
    }
}
