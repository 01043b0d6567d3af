//! Opens what a plan needs and keeps what was seen. The only impure phase.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use tokio::sync::watch;
use url::Url;

use super::clock;
use super::facts::Facts;
use super::leads::Wanted;
use super::opener::{Ended, Errand, Opener, interleaved, not_opened};
use super::plan::Plan;
use super::viewing::Viewing;
use super::{explore, further, item, judge, leads};
use crate::checks;
use crate::fetch::{Beginning, Budget, Ending, Pool, Purpose, Source};
use crate::model::{Cause, Event, Fetched, ItemId, Observation, Part, Snapshot, Tally, bare};

/// Rounds of opening: what a round finds may lead further, but not for ever.
const MAX_ROUNDS: u32 = 40;

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

    pub(super) async fn wait(&self) {
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
    let crawl = &plan.agency.crawl;
    let mut run = Run::new(Opener::new(pool, Viewing::new(plan), listener, stop, crawl), plan);
    let (agency, fiscal_year) = (plan.agency.name.clone(), plan.year().buddhist());
    run.opener.pool.begin(Beginning { agency, fiscal_year, started_at: run.snapshot.started_at }).await;
    run.opener.enter(Part::Submitted);
    run.open(submitted(plan)).await;
    run.probe().await;
    run.follow(plan).await;
    let again = run.doubtful();
    if !again.is_empty() {
        run.opener.pool.forget_failures();
        run.opener.enter(Part::Again);
        run.open(again).await;
        run.follow(plan).await;
    }
    run.snapshot.exploration = explore::explore(&mut run.opener, plan, &run.snapshot).await;
    if plan.agency.items.keys().any(|id| !plan.links(id).1.is_empty()) {
        let facts = Facts::new(&run.snapshot, &plan.site);
        let further = further::gather(&mut run.opener, plan, &facts).await;
        run.snapshot.further = further;
    }
    run.mind_the_network(plan).await;
    Ok(run.done().await)
}

/// The links that have to be opened to judge the plan's items, and the home page.
fn submitted(plan: &Plan<'_>) -> Wanted {
    let mut urls = Wanted::new();
    for wanted in plan.catalog.items().filter(|item| plan.needs(&item.id)) {
        let links = plan.links(&wanted.id).0.iter().filter(|link| !item::is_settled(plan, wanted, link));
        for url in links.filter_map(|link| link.url.as_ref()).map(bare) {
            urls.entry(url).or_insert_with(|| Some(wanted.id.clone()));
        }
    }
    if !urls.is_empty() {
        urls.entry(bare(plan.site.home())).or_insert(None);
    }
    urls
}

/// What an assessor is shown, whether it is judged in this run or not: the submitted links and the home page.
fn shown(plan: &Plan<'_>) -> BTreeSet<Url> {
    let links = plan.agency.items.keys().flat_map(|id| plan.links(id).0);
    links.filter_map(|link| link.url.as_ref()).chain([plan.site.home()]).map(bare).collect()
}

struct Run<'a> {
    opener: Opener<'a>,
    snapshot: Snapshot,
    /// All that was to be opened so far.
    wanted: Wanted,
    /// What an assessor's browser opens of itself, and so asks nobody's leave for.
    shown: BTreeSet<Url>,
    /// The time for each item, and for what belongs to none.
    budgets: BTreeMap<Option<ItemId>, Budget>,
    retries: u32,
}

impl<'a> Run<'a> {
    fn new(opener: Opener<'a>, plan: &Plan<'_>) -> Self {
        let now = opener.pool.archived().map_or_else(clock::now, |archived| archived.started_at);
        let snapshot = Snapshot {
            started_at: now,
            finished_at: now,
            complete: true,
            out_of_time: false,
            network_lost: false,
            observations: BTreeMap::new(),
            probes: BTreeMap::new(),
            further: BTreeMap::new(),
            exploration: None,
            tally: Tally::default(),
        };
        let retries = plan.agency.crawl.retries;
        Self { opener, snapshot, wanted: Wanted::new(), shown: shown(plan), budgets: BTreeMap::new(), retries }
    }

    /// Opens URLs. Those that were not reached before the end are kept as such.
    async fn open(&mut self, wanted: Wanted) {
        if wanted.is_empty() || self.opener.ended.is_some() {
            return;
        }
        self.opener.plan(wanted.keys());
        let mut errands = Vec::new();
        for url in interleaved(wanted.keys()) {
            if !self.opener.is_beyond(std::iter::once(&url)) {
                errands.push(self.errand(url, &wanted));
            }
        }
        let mut left: BTreeSet<&Url> = wanted.keys().collect();
        let mut tasks = self.opener.start(errands);
        // Nothing is left to be stopped once all are done.
        while !tasks.is_empty() {
            match self.opener.unless_stopped(tasks.join_next()).await {
                Some(Some(Ok((url, seen)))) => {
                    self.opener.took(&url);
                    left.remove(&url);
                    let seen = match self.snapshot.observations.remove(&url) {
                        Some(before) => second_chance(before, seen, self.retries),
                        None => seen,
                    };
                    self.snapshot.observations.insert(url, seen);
                }
                // A task that panicked leaves its URL unopened.
                Some(Some(Err(_)) | None) => {}
                None => {
                    for url in &left {
                        self.opener.left(url);
                    }
                    break;
                }
            }
        }
        let out_of_time = self.opener.ended == Some(Ended::OutOfTime);
        let cause = if out_of_time { Cause::OutOfTime } else { Cause::Interrupted };
        for url in left {
            self.snapshot.observations.entry(url.clone()).or_insert_with(|| not_opened(cause));
        }
        self.wanted.extend(wanted);
    }

    fn errand(&mut self, url: Url, wanted: &Wanted) -> Errand {
        let purpose = if self.shown.contains(&url) { Purpose::Submitted } else { Purpose::Found };
        let owner = wanted.get(&url).cloned().flatten();
        let budget = self.budgets.entry(owner).or_insert_with(|| self.opener.budget()).clone();
        Errand { url, purpose, budget, at_once: false }
    }

    /// Asks each host that showed a submitted page for an address that cannot exist, to know its answer from a page.
    async fn probe(&mut self) {
        let shown = self.snapshot.observations.iter().filter_map(|(url, seen)| {
            let (answer, document) = (seen.fetched.success()?, seen.document.as_ref()?);
            checks::is_worthwhile(url, answer, document).then(|| checks::impossible(&answer.final_url))
        });
        let probes: BTreeSet<Url> = shown.collect();
        self.opener.enter(Part::Probing);
        // Nobody links to them, so there is no link to ask leave for.
        self.shown.extend(probes.iter().cloned());
        self.open(probes.iter().map(|url| (url.clone(), None)).collect()).await;
        for url in probes {
            if let Some(seen) = self.snapshot.observations.remove(&url) {
                self.snapshot.probes.insert(checks::origin(&url).to_owned(), seen);
            }
        }
    }

    /// Opens what the pages seen so far lead to, until there is nothing more to learn.
    async fn follow(&mut self, plan: &Plan<'_>) {
        let mut rounds = 0;
        while self.opener.ended.is_none() {
            self.look_into_frames();
            let (next, unread) = {
                let facts = Facts::new(&self.snapshot, &plan.site);
                let judged = judge::items(plan, &facts);
                (leads::next(plan, &facts, &judged), self.opener.unread(&judged))
            };
            // What is recognised costs far more than what is opened, which may make it needless.
            if !next.is_empty() && rounds < MAX_ROUNDS {
                rounds += 1;
                self.opener.enter(Part::Following);
                self.open(next).await;
            } else if !unread.is_empty() {
                self.recognise(unread).await;
            } else {
                return;
            }
        }
    }

    /// Reads further pages of documents that are pictures. What is stopped stays unread.
    async fn recognise(&mut self, urls: Vec<Url>) {
        self.opener.enter(Part::Recognising);
        self.opener.plan(&urls);
        let document = |url: Url| Some((url.clone(), self.snapshot.get(&url)?.document.clone()?));
        let mut tasks = self.opener.read_on(urls.into_iter().filter_map(document).collect());
        while !tasks.is_empty() {
            match self.opener.unless_stopped(tasks.join_next()).await {
                Some(Some(Ok((url, document)))) => {
                    if let Some(seen) = self.snapshot.observations.get_mut(&url) {
                        seen.document = Some(document);
                    }
                }
                Some(Some(Err(_)) | None) => {}
                None => return,
            }
        }
    }

    /// What a submitted page embeds, or sends its visitor on to, a browser opens with it.
    fn look_into_frames(&mut self) {
        let pages = self.shown.iter().filter_map(|url| self.snapshot.get(url)?.document.as_ref());
        let parts: Vec<Url> = pages
            .flat_map(|page| {
                let frames = page.frames.iter().map(|frame| &frame.url);
                frames.chain(page.pictures.iter().filter_map(|picture| picture.url.as_ref()))
            })
            .map(bare)
            .collect();
        self.shown.extend(parts);
    }

    /// URLs that failed in a way that may have passed, while something else answered.
    fn doubtful(&self) -> Wanted {
        let in_doubt = |url: &Url| self.snapshot.get(url).is_some_and(|seen| may_pass(&seen.fetched));
        let doubtful = self.wanted.iter().filter(|(url, _)| in_doubt(url));
        let doubtful: Wanted = doubtful.map(|(url, owner)| (url.clone(), owner.clone())).collect();
        if doubtful.len() == self.snapshot.observations.len() { Wanted::new() } else { doubtful }
    }

    /// Where links failed as they would without a network, looks whether it is still there. If what answered before does not
    /// any more, those failures say nothing about their hosts.
    async fn mind_the_network(&mut self, plan: &Plan<'_>) {
        let fails = |seen: &Observation| matches!(&seen.fetched, Fetched::Failed(f) if f.cause.may_be_ours());
        let answered = |seen: &&Observation| matches!(seen.fetched, Fetched::Answered(_));
        let observations = &self.snapshot.observations;
        let mut further = self.snapshot.further.values().flat_map(|further| &further.links);
        let suspicious = observations.values().any(fails) || further.any(|link| link.status.is_none());
        let home = bare(plan.site.home());
        let known = observations.get_key_value(&home).filter(|(_, seen)| answered(seen));
        let known = known.or_else(|| observations.iter().find(|(_, seen)| answered(seen)));
        let Some(url) = known.map(|(url, _)| url.clone()).filter(|_| suspicious && self.opener.ended.is_none()) else {
            return;
        };
        let errand = self.opener.alone(url.clone());
        let mut look = self.opener.start([errand]);
        let Some(Some(Ok((_, seen)))) = self.opener.unless_stopped(look.join_next()).await else { return };
        self.opener.took(&url);
        if !fails(&seen) {
            return;
        }
        self.opener.ended = Some(Ended::NetworkLost);
        self.snapshot.further.clear();
        self.snapshot.exploration = None;
        for seen in self.snapshot.observations.values_mut() {
            match &mut seen.fetched {
                Fetched::Failed(failure) if failure.cause.may_be_ours() => failure.cause = Cause::Interrupted,
                _ => {}
            }
        }
    }

    async fn done(self) -> Snapshot {
        let Opener { pool, viewing, ended, stopped_before, .. } = self.opener;
        viewing.done().await;
        let finished_at = pool.archived().map_or_else(clock::now, |archived| archived.finished_at);
        let out_of_time = ended == Some(Ended::OutOfTime);
        let snapshot = Snapshot {
            finished_at,
            complete: ended.is_none(),
            out_of_time,
            network_lost: ended == Some(Ended::NetworkLost),
            tally: pool.tally(),
            ..self.snapshot
        };
        let Snapshot { started_at, tally, .. } = snapshot;
        pool.end(Ending { started_at, finished_at, tally, out_of_time, stopped_before }).await;
        snapshot
    }
}

/// Whether opening something again may help.
pub(super) fn may_pass(fetched: &Fetched) -> bool {
    match fetched {
        Fetched::Failed(failure) => failure.cause.may_pass() || failure.cause == Cause::TurnedAway,
        Fetched::Answered(answer) => answer.status == 429 || answer.status >= 500,
    }
}

/// What was seen of a URL that was opened once more. Where it was not even asked, what was seen before stands.
fn second_chance(before: Observation, mut seen: Observation, retries: u32) -> Observation {
    match &mut seen.fetched {
        Fetched::Failed(failure) if failure.cause.is_unasked() => return before,
        Fetched::Failed(_) => {}
        Fetched::Answered(answer) => answer.failed_tries += failed_tries(&before.fetched, retries),
    }
    seen
}

/// The tries of a failed opening that would have failed for an assessor too.
fn failed_tries(before: &Fetched, retries: u32) -> u32 {
    match before {
        Fetched::Answered(answer) if answer.status == 429 => 0,
        Fetched::Answered(answer) if answer.retry_after.is_none() && (502..=504).contains(&answer.status) => {
            1 + retries
        }
        Fetched::Answered(_) => 1,
        Fetched::Failed(failure) if failure.cause == Cause::Resolver || !failure.cause.may_pass() => 0,
        Fetched::Failed(_) => 1 + retries,
    }
}
