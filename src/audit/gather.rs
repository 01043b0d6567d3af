//! Opens what a plan needs and keeps what was seen. The only impure phase; bodies are read off the async runtime.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use url::Url;

use super::clock;
use super::facts::Facts;
use super::plan::Plan;
use super::{further, item, judge, leads};
use crate::extract;
use crate::fetch::{Beginning, Ending, Opened, Pool, Source};
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
    gather_from(Source::Network, plan, stop, listener).await
}

/// Gathers from a source: over the network while it is kept, or from the archive of an earlier run.
pub async fn gather_from(
    source: Source,
    plan: &Plan<'_>,
    stop: &Stop,
    listener: Listener,
) -> Result<Snapshot, GatherError> {
    let retries = Arc::clone(&listener);
    let pool = Pool::over(source, &plan.agency.crawl, &plan.trust, move |url, why| {
        retries(Event::Retrying(url.clone(), why.to_owned()));
    })?;
    let mut run = Run::new(Opener {
        pool,
        listener,
        stop,
        readers: plan.reads().then(readers),
        complete: true,
        taken: BTreeMap::new(),
        stopped_before: BTreeSet::new(),
    });
    let (agency, fiscal_year) = (plan.agency.name.clone(), plan.year().buddhist());
    run.opener.pool.begin(Beginning { agency, fiscal_year, started_at: run.snapshot.started_at }).await;
    run.open(submitted(plan)).await;
    run.follow(plan).await;
    let again = run.doubtful();
    if !again.is_empty() {
        run.open(again).await;
        run.follow(plan).await;
    }
    let facts = Facts::new(&run.snapshot, &plan.site);
    let further = further::gather(&mut run.opener, plan, &facts).await;
    run.snapshot.further = further;
    Ok(run.done().await)
}

fn readers() -> Arc<Semaphore> {
    Arc::new(Semaphore::new(std::thread::available_parallelism().map_or(1, std::num::NonZero::get)))
}

/// The links that have to be opened to judge the plan's items, and the home page.
fn submitted(plan: &Plan<'_>) -> BTreeSet<Url> {
    let mut urls = BTreeSet::new();
    for wanted in plan.catalog.items().filter(|item| plan.needs(&item.id)) {
        let links = plan.links(&wanted.id).0.iter().filter(|link| !item::is_settled(plan, wanted, link));
        urls.extend(links.filter_map(|link| link.url.as_ref()).map(bare));
    }
    if !urls.is_empty() {
        urls.insert(bare(plan.site.home()));
    }
    urls
}

/// Opens URLs until it is stopped.
pub(super) struct Opener<'a> {
    pool: Pool,
    listener: Listener,
    stop: &'a Stop,
    /// Seats for reading bodies into documents, as many as there are processors: more threads would not be faster and
    /// would each keep memory of their own. `None` where no document is asked for.
    readers: Option<Arc<Semaphore>>,
    /// It was not stopped.
    complete: bool,
    /// How often each URL was opened, as far as what came of it was taken; kept where there is an archive.
    taken: BTreeMap<Url, u32>,
    /// What was to be opened when it was stopped, each with how often it had been by then.
    stopped_before: BTreeSet<(Url, u32)>,
}

impl Opener<'_> {
    /// Tells how many URLs are to be opened.
    pub(super) fn plan(&self, count: usize) {
        (self.listener)(Event::Planned(count));
    }

    /// Opens URLs, all at once as far as politeness allows; dropping what is given back ends it.
    pub(super) fn start(&self, urls: &BTreeSet<Url>) -> JoinSet<(Url, Observation)> {
        let mut tasks = JoinSet::new();
        for url in interleaved(urls) {
            let (pool, listener, readers) = (self.pool.clone(), Arc::clone(&self.listener), self.readers.clone());
            tasks.spawn(async move {
                let seen = observe(&pool, &url, readers.as_deref(), &listener).await;
                (url, seen)
            });
        }
        tasks
    }

    /// Whether the recorded run that this one repeats was stopped before it had opened all of these. Then this one is too.
    pub(super) fn is_beyond<'u>(&mut self, mut urls: impl Iterator<Item = &'u Url>) -> bool {
        let Some(archived) = self.pool.archived() else { return false };
        let beyond = urls.any(|url| archived.stopped_before.contains(&self.place(url)));
        self.complete &= !beyond;
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

    /// What a future gives, unless the run is stopped first.
    pub(super) async fn unless_stopped<T>(&mut self, future: impl Future<Output = T>) -> Option<T> {
        tokio::select! {
            biased;
            () = self.stop.wait() => {
                self.complete = false;
                None
            }
            done = future => Some(done),
        }
    }
}

struct Run<'a> {
    opener: Opener<'a>,
    snapshot: Snapshot,
}

impl<'a> Run<'a> {
    fn new(opener: Opener<'a>) -> Self {
        let now = opener.pool.archived().map_or_else(clock::now, |archived| archived.started_at);
        let snapshot = Snapshot {
            started_at: now,
            finished_at: now,
            complete: true,
            observations: BTreeMap::new(),
            further: BTreeMap::new(),
            tally: Tally::default(),
        };
        Self { opener, snapshot }
    }

    /// Opens URLs. Those that were not reached before the stop are kept as such.
    async fn open(&mut self, mut urls: BTreeSet<Url>) {
        if urls.is_empty() || !self.opener.complete {
            return;
        }
        self.opener.plan(urls.len());
        let opener = &mut self.opener;
        let within = urls.iter().filter(|url| !opener.is_beyond(std::iter::once(*url))).cloned().collect();
        let mut tasks = opener.start(&within);
        // Nothing is left to be stopped once all are done.
        while !tasks.is_empty() {
            match opener.unless_stopped(tasks.join_next()).await {
                Some(Some(Ok((url, seen)))) => {
                    opener.took(&url);
                    urls.remove(&url);
                    self.snapshot.observations.insert(url, seen);
                }
                // A task that panicked leaves its URL unopened.
                Some(Some(Err(_)) | None) => {}
                None => {
                    for url in &urls {
                        opener.left(url);
                    }
                    break;
                }
            }
        }
        for url in urls {
            self.snapshot.observations.entry(url).or_insert_with(not_opened);
        }
    }

    /// Opens what the pages seen so far lead to, until there is nothing more to learn.
    async fn follow(&mut self, plan: &Plan<'_>) {
        for _ in 0..MAX_ROUNDS {
            if !self.opener.complete {
                return;
            }
            let next = {
                let facts = Facts::new(&self.snapshot, &plan.site);
                leads::next(plan, &facts, &judge::items(plan, &facts))
            };
            if next.is_empty() {
                return;
            }
            self.open(next).await;
        }
    }

    /// URLs that failed in a way that may have passed, while something else answered.
    fn doubtful(&self) -> BTreeSet<Url> {
        let observations = &self.snapshot.observations;
        let doubtful: BTreeSet<Url> =
            observations.iter().filter(|(_, seen)| may_pass(&seen.fetched)).map(|(url, _)| url.clone()).collect();
        if doubtful.len() == observations.len() { BTreeSet::new() } else { doubtful }
    }

    async fn done(self) -> Snapshot {
        let Opener { pool, complete, stopped_before, .. } = self.opener;
        let finished_at = pool.archived().map_or_else(clock::now, |archived| archived.finished_at);
        let snapshot = Snapshot { finished_at, complete, tally: pool.tally(), ..self.snapshot };
        let Snapshot { started_at, tally, .. } = snapshot;
        pool.end(Ending { started_at, finished_at, tally, stopped_before }).await;
        snapshot
    }
}

/// Whether opening something again may help.
pub(super) fn may_pass(fetched: &Fetched) -> bool {
    match fetched {
        Fetched::Failed(failure) => failure.cause.may_pass(),
        Fetched::Answered(answer) => answer.status == 429 || answer.status >= 500,
    }
}

/// Opens one URL and reads what it shows.
async fn observe(pool: &Pool, url: &Url, readers: Option<&Semaphore>, listener: &Listener) -> Observation {
    listener(Event::Opening(url.clone()));
    let Opened { fetched, body } = pool.open(url).await;
    listener(Event::Opened(url.clone(), summary(&fetched)));
    let (Some(answer), Some(readers)) = (fetched.success().cloned(), readers) else {
        return Observation { fetched, document: None };
    };
    // A closed semaphore would be the only failure, and this one is never closed.
    let _seat = readers.acquire().await.ok();
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
