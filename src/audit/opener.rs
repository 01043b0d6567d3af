//! Opens URLs on the run's behalf, and reads what they show off the async runtime, until the run is stopped or its time is
//! used up.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::Instant;
use url::Url;

use super::gather::{Listener, Stop};
use super::item::Judged;
use super::viewing::Viewing;
use crate::fetch::{Budget, Pool, Purpose};
use crate::model::{Cause, Crawl, Document, Event, Failure, Fetched, Observation, Part};

/// Why a run ended early.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ended {
    Stopped,
    OutOfTime,
    /// What had answered did not any more at the end.
    NetworkLost,
}

/// A URL to open, on whose behalf, and in what time.
pub(super) struct Errand {
    pub(super) url: Url,
    pub(super) purpose: Purpose,
    pub(super) budget: Budget,
    /// What it shows is judged as soon as it is read, and not kept.
    pub(super) at_once: bool,
}

/// Opens URLs until it is stopped or the time for the audit is used up.
pub(super) struct Opener<'a> {
    pub(super) pool: Pool,
    listener: Listener,
    stop: &'a Stop,
    /// How what is opened is looked at.
    pub(super) viewing: Arc<Viewing>,
    item_timeout: Duration,
    /// `None` where an earlier run is had again, which takes no time of anybody's.
    deadline: Option<Instant>,
    /// Why it ended early, if it did.
    pub(super) ended: Option<Ended>,
    /// How often each URL was opened, as far as what came of it was taken; kept where there is an archive.
    taken: BTreeMap<Url, u32>,
    /// What was to be opened when it ended early, each with how often it had been by then.
    pub(super) stopped_before: BTreeSet<(Url, u32)>,
}

impl<'a> Opener<'a> {
    pub(super) fn new(pool: Pool, viewing: Viewing, listener: Listener, stop: &'a Stop, crawl: &Crawl) -> Self {
        let deadline = pool.archived().is_none().then(|| Instant::now() + crawl.audit_timeout);
        Self {
            pool,
            listener,
            stop,
            viewing: Arc::new(viewing),
            item_timeout: crawl.item_timeout,
            deadline,
            ended: None,
            taken: BTreeMap::new(),
            stopped_before: BTreeSet::new(),
        }
    }

    /// Tells that a part of the run begins, or goes on.
    pub(super) fn enter(&self, part: Part) {
        (self.listener)(Event::Part(part));
    }

    /// Tells which URLs are to be opened or read.
    pub(super) fn plan<'u>(&self, urls: impl IntoIterator<Item = &'u Url>) {
        (self.listener)(Event::Planned(urls.into_iter().cloned().collect()));
    }

    /// A new budget of the time that an item has.
    pub(super) fn budget(&self) -> Budget {
        Budget::new(self.item_timeout)
    }

    /// To open a submitted URL for itself, in the time that an item has.
    pub(super) fn alone(&self, url: Url) -> Errand {
        Errand { url, purpose: Purpose::Submitted, budget: self.budget(), at_once: true }
    }

    /// Opens URLs, all at once as far as politeness allows; dropping what is given back ends it.
    pub(super) fn start(&self, errands: impl IntoIterator<Item = Errand>) -> JoinSet<(Url, Observation)> {
        let mut tasks = JoinSet::new();
        for errand in errands {
            let (pool, listener, viewing) = (self.pool.clone(), Arc::clone(&self.listener), Arc::clone(&self.viewing));
            tasks.spawn(async move {
                let seen = observe(&pool, &errand, &viewing, &listener).await;
                listener(Event::Done(errand.url.clone()));
                (errand.url, seen)
            });
        }
        tasks
    }

    /// The documents of undecided items of which further pages can be read.
    pub(super) fn unread(&self, judged: &[Judged<'_>]) -> Vec<Url> {
        self.viewing.scans.wanted(judged)
    }

    /// Reads further pages of documents, as many at once as there are processors.
    pub(super) fn read_on(&self, documents: Vec<(Url, Document)>) -> JoinSet<(Url, Document)> {
        let mut tasks = JoinSet::new();
        for (url, document) in documents {
            let (Some(readers), viewing) = (self.viewing.readers.clone(), Arc::clone(&self.viewing)) else { break };
            let listener = Arc::clone(&self.listener);
            tasks.spawn(async move {
                listener(Event::Recognising(url.clone()));
                let document = viewing.scans.read_on(&readers, &url, document).await;
                listener(Event::Done(url.clone()));
                (url, document)
            });
        }
        tasks
    }

    /// Whether the recorded run that this one repeats was stopped before it had opened all of these. Then this one is too.
    pub(super) fn is_beyond<'u>(&mut self, mut urls: impl Iterator<Item = &'u Url>) -> bool {
        let Some(archived) = self.pool.archived() else { return false };
        let beyond = urls.any(|url| archived.stopped_before.contains(&self.place(url)));
        if beyond {
            self.ended = Some(if archived.out_of_time { Ended::OutOfTime } else { Ended::Stopped });
        }
        beyond
    }

    /// Notes that what came of opening a URL was taken.
    pub(super) fn took(&mut self, url: &Url) {
        if self.pool.is_archiving() {
            *self.taken.entry(url.clone()).or_default() += 1;
        }
    }

    /// Notes that a stop came before what came of opening a URL was taken.
    pub(super) fn left(&mut self, url: &Url) {
        if self.pool.is_archiving() {
            self.stopped_before.insert(self.place(url));
        }
    }

    fn place(&self, url: &Url) -> (Url, u32) {
        (url.clone(), self.taken.get(url).copied().unwrap_or_default())
    }

    /// What a future gives, unless the run is ended first.
    pub(super) async fn unless_stopped<T>(&mut self, future: impl Future<Output = T>) -> Option<T> {
        let deadline = self.deadline;
        let used_up = async {
            match deadline {
                Some(deadline) => tokio::time::sleep_until(deadline).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            biased;
            () = self.stop.wait() => {
                self.ended = Some(Ended::Stopped);
                None
            }
            () = used_up => {
                self.ended = Some(Ended::OutOfTime);
                None
            }
            done = future => Some(done),
        }
    }
}

/// Opens one URL and reads what it shows.
async fn observe(pool: &Pool, errand: &Errand, viewing: &Viewing, listener: &Listener) -> Observation {
    let Errand { url, purpose, budget, .. } = errand;
    listener(Event::Opening(url.clone()));
    let opened = pool.open_within(url, *purpose, budget).await;
    listener(Event::Opened(url.clone(), summary(&opened.fetched)));
    viewing.read(pool, errand, opened, listener).await
}

fn summary(fetched: &Fetched) -> String {
    match fetched {
        Fetched::Answered(answer) => format!("{} in {} ms", answer.status, answer.elapsed_ms),
        Fetched::Failed(failure) => failure.detail.clone(),
    }
}

/// What is seen at a URL that was not opened.
pub(super) fn not_opened(cause: Cause) -> Observation {
    let failure = Failure { cause, detail: String::new(), at: None, elapsed_ms: 0 };
    Observation { fetched: Fetched::Failed(failure), document: None }
}

/// URLs so that hosts take turns: one slow host at the front of the alphabet must not fill the queue.
pub(super) fn interleaved<'u>(urls: impl Iterator<Item = &'u Url>) -> Vec<Url> {
    let mut hosts: BTreeMap<&str, Vec<&Url>> = BTreeMap::new();
    let mut count = 0;
    for url in urls {
        count += 1;
        hosts.entry(url.host_str().unwrap_or_default()).or_default().push(url);
    }
    let mut queues: Vec<std::vec::IntoIter<&Url>> = hosts.into_values().map(Vec::into_iter).collect();
    let mut order = Vec::with_capacity(count);
    while order.len() < count {
        order.extend(queues.iter_mut().filter_map(Iterator::next).cloned());
    }
    order
}

#[cfg(test)]
mod tests {
    use super::interleaved;

    #[test]
    fn hosts_take_turns() {
        let urls = ["http://a/1", "http://a/2", "http://a/3", "http://b/1"].map(|url| url.parse().unwrap());
        let order: Vec<String> = interleaved(urls.iter()).iter().map(ToString::to_string).collect();
        assert_eq!(order, ["http://a/1", "http://b/1", "http://a/2", "http://a/3"]);
    }
}
