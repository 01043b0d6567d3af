//! Opens what a plan needs and keeps what was seen. The only impure phase; bodies are read off the async runtime.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use tokio::sync::watch;
use tokio::task::JoinSet;
use url::Url;

use super::clock;
use super::facts::Facts;
use super::plan::Plan;
use super::{item, judge, leads};
use crate::extract;
use crate::fetch::{Opened, Pool};
use crate::model::{Cause, Event, Failure, Fetched, Observation, Snapshot, Tally, bare};

/// Rounds of opening: what a round finds may lead further, but not for ever.
const MAX_ROUNDS: u32 = 12;

/// Nothing could be gathered because of this program or machine.
#[derive(Debug, thiserror::Error)]
pub enum GatherError {
    /// The network layer could not be set up.
    #[error("the network layer cannot be set up")]
    Pool(#[from] crate::fetch::PoolError),
}

/// A switch that ends gathering early, with what is known by then.
#[derive(Debug, Clone)]
pub struct Stop {
    stopped: watch::Sender<bool>,
}

impl Default for Stop {
    fn default() -> Self {
        Self { stopped: watch::Sender::new(false) }
    }
}

impl Stop {
    /// Ends gathering.
    pub fn now(&self) {
        self.stopped.send_replace(true);
    }

    /// Whether it was thrown.
    pub fn is_thrown(&self) -> bool {
        *self.stopped.borrow()
    }

    async fn wait(&self) {
        let mut stopped = self.stopped.subscribe();
        // The sender lives as long as this switch, so waiting ends only when it is thrown.
        let _ended = stopped.wait_for(|stopped| *stopped).await;
    }
}

/// Who is told of [`Event`]s.
pub type Listener = Arc<dyn Fn(Event) + Send + Sync>;

/// Gathers all that a plan needs: the submitted links, the home page, and what these lead to; last, once more what
/// failed in a way that may have passed.
pub async fn gather(plan: &Plan<'_>, stop: &Stop, listener: Listener) -> Result<Snapshot, GatherError> {
    let retries = Arc::clone(&listener);
    let pool = Pool::with(&plan.agency.crawl, &crate::fetch::Trust::default(), move |url, why| {
        retries(Event::Retrying(url.clone(), why.to_owned()));
    })?;
    let started_at = clock::now();
    let mut run = Run { pool, listener, stop, observations: BTreeMap::new(), complete: true };
    run.open(submitted(plan)).await;
    run.follow(plan, started_at).await;
    let again = run.doubtful();
    if run.complete && !again.is_empty() {
        run.open(again).await;
        run.follow(plan, started_at).await;
    }
    Ok(run.snapshot(started_at))
}

/// The links that have to be opened to judge the plan's items, and the home page.
fn submitted(plan: &Plan<'_>) -> BTreeSet<Url> {
    let mut urls = BTreeSet::new();
    for wanted in plan.catalog.items().filter(|item| plan.needs(&item.id)) {
        let links = plan.links(&wanted.id).iter().filter(|link| !item::is_settled(plan, wanted, link));
        urls.extend(links.filter_map(|link| link.url.as_ref()).map(bare));
    }
    if !urls.is_empty() {
        urls.insert(bare(plan.site.home()));
    }
    urls
}

struct Run<'a> {
    pool: Pool,
    listener: Listener,
    stop: &'a Stop,
    observations: BTreeMap<Url, Observation>,
    complete: bool,
}

impl Run<'_> {
    /// Opens URLs, all at once as far as politeness allows. Those that were not reached before the stop are kept as such.
    async fn open(&mut self, urls: BTreeSet<Url>) {
        if urls.is_empty() || !self.complete {
            return;
        }
        (self.listener)(Event::Planned(urls.len()));
        let mut tasks = JoinSet::new();
        for url in interleaved(&urls) {
            let (pool, listener) = (self.pool.clone(), Arc::clone(&self.listener));
            tasks.spawn(async move {
                let seen = observe(&pool, &url, &listener).await;
                (url, seen)
            });
        }
        loop {
            tokio::select! {
                biased;
                () = self.stop.wait() => {
                    self.complete = false;
                    break;
                }
                done = tasks.join_next() => match done {
                    Some(Ok((url, seen))) => {
                        self.observations.insert(url, seen);
                    }
                    // A task that panicked leaves its URL unopened.
                    Some(Err(_)) => {}
                    None => break,
                },
            }
        }
        tasks.abort_all();
        for url in urls {
            self.observations.entry(url).or_insert_with(not_opened);
        }
    }

    /// Opens what the pages seen so far lead to, until there is nothing more to learn.
    async fn follow(&mut self, plan: &Plan<'_>, started_at: jiff::Timestamp) {
        for _ in 0..MAX_ROUNDS {
            if !self.complete {
                return;
            }
            let snapshot = self.take_snapshot(started_at);
            let next = {
                let facts = Facts::new(&snapshot, &plan.site);
                leads::next(plan, &facts, &judge::items(plan, &facts))
            };
            self.observations = snapshot.observations;
            if next.is_empty() {
                return;
            }
            self.open(next).await;
        }
    }

    /// URLs that failed in a way that may have passed, while something else answered.
    fn doubtful(&self) -> BTreeSet<Url> {
        let may_pass = |fetched: &Fetched| match fetched {
            Fetched::Failed(failure) => failure.cause.may_pass(),
            Fetched::Answered(answer) => answer.status == 429 || answer.status >= 500,
        };
        let doubtful: BTreeSet<Url> =
            self.observations.iter().filter(|(_, seen)| may_pass(&seen.fetched)).map(|(url, _)| url.clone()).collect();
        if doubtful.len() == self.observations.len() { BTreeSet::new() } else { doubtful }
    }

    fn take_snapshot(&mut self, started_at: jiff::Timestamp) -> Snapshot {
        Snapshot {
            started_at,
            finished_at: clock::now(),
            complete: self.complete,
            observations: std::mem::take(&mut self.observations),
            tally: Tally::default(),
        }
    }

    fn snapshot(mut self, started_at: jiff::Timestamp) -> Snapshot {
        Snapshot { tally: self.pool.tally(), ..self.take_snapshot(started_at) }
    }
}

/// Opens one URL and reads what it shows.
async fn observe(pool: &Pool, url: &Url, listener: &Listener) -> Observation {
    listener(Event::Opening(url.clone()));
    let Opened { fetched, body } = pool.open(url).await;
    listener(Event::Opened(url.clone(), summary(&fetched)));
    let Some(answer) = fetched.success().cloned() else { return Observation { fetched, document: None } };
    let read = tokio::task::spawn_blocking(move || {
        extract::read(extract::Body {
            bytes: &body,
            content_type: answer.content_type.as_deref(),
            url: &answer.final_url,
            capped: answer.capped,
        })
    });
    let document = read.await.ok();
    Observation { fetched, document }
}

fn summary(fetched: &Fetched) -> String {
    match fetched {
        Fetched::Answered(answer) => format!("{} in {} ms", answer.status, answer.elapsed_ms),
        Fetched::Failed(failure) => failure.detail.clone(),
    }
}

fn not_opened() -> Observation {
    let failure = Failure { cause: Cause::Interrupted, detail: String::new(), at: None, elapsed_ms: 0 };
    Observation { fetched: Fetched::Failed(failure), document: None }
}

/// URLs so that hosts take turns: one slow host at the front of the alphabet must not fill the queue.
fn interleaved(urls: &BTreeSet<Url>) -> Vec<Url> {
    let mut hosts: BTreeMap<&str, Vec<&Url>> = BTreeMap::new();
    for url in urls {
        hosts.entry(url.host_str().unwrap_or_default()).or_default().push(url);
    }
    let mut queues: Vec<std::vec::IntoIter<&Url>> = hosts.into_values().map(Vec::into_iter).collect();
    let mut order = Vec::with_capacity(urls.len());
    while order.len() < urls.len() {
        order.extend(queues.iter_mut().filter_map(Iterator::next).cloned());
    }
    order
}

#[cfg(test)]
mod tests {
    use super::interleaved;

    #[test]
    fn hosts_take_turns() {
        let urls = ["http://a/1", "http://a/2", "http://a/3", "http://b/1"].map(|url| url.parse().unwrap()).into();
        let order: Vec<String> = interleaved(&urls).iter().map(ToString::to_string).collect();
        assert_eq!(order, ["http://a/1", "http://b/1", "http://a/2", "http://a/3"]);
    }
}
