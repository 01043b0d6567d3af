//! An item's further links, beyond those that are judged together: opened batch by batch, each judged by itself when it is
//! read, and put away, so that memory does not grow with their number.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};

use tokio::task::JoinSet;
use url::Url;

use super::facts::Facts;
use super::gather::may_pass;
use super::item::{self, Bench};
use super::opener::Opener;
use super::plan::Plan;
use super::result;
use crate::catalog::Item;
use crate::checks::{Page, Templates};
use crate::model::{Document, Finding, Further, ItemId, Link, Observation, Outcome, Part, bare, registrable_domain};

/// Links of one host that are opened and judged together: enough to show what its pages have in common.
const BATCH: usize = 32;

/// Links under way at once, for each request that may be in flight: their pages are in memory together.
const UNDER_WAY: usize = 4;

/// Findings of links that do not open, kept for each item.
const FAULTS: usize = 32;

/// A further link.
struct Unit<'p> {
    item: &'p Item,
    link: &'p Link,
    url: &'p Url,
    /// Its place among the item's further links.
    at: usize,
}

/// What is known of an item's further links so far.
#[derive(Default)]
struct Tray {
    further: Further,
    faults: BTreeMap<usize, Finding>,
    best: Option<(usize, Finding)>,
}

/// Opens and judges all further links of a plan; those that failed in a way that may pass are opened once more at the end.
pub(super) async fn gather<'p>(
    opener: &mut Opener<'_>,
    plan: &'p Plan<'p>,
    facts: &Facts<'p>,
) -> BTreeMap<ItemId, Further> {
    let mut trays = BTreeMap::new();
    let mut units = Vec::new();
    for wanted in plan.catalog.items().filter(|item| plan.needs(&item.id)) {
        let (_, links) = plan.links(&wanted.id);
        if links.is_empty() {
            continue;
        }
        let mut tray = Tray::default();
        tray.further.links = links.iter().map(|link| result::submitted(link, None, None, Vec::new(), &[])).collect();
        for (at, link) in links.iter().enumerate() {
            let unit = link.url.as_ref().map(|url| Unit { item: wanted, link, url, at });
            match unit.filter(|_| !item::is_settled(plan, wanted, link)) {
                Some(unit) => units.push(unit),
                None => tray.keep(at, Bench { plan, facts }.link(wanted, link, None, None), None),
            }
        }
        trays.insert(wanted.id.clone(), tray);
    }
    let mut run = Run { plan, facts, trays };
    if !facts.offline {
        let again = run.open(opener, units, false).await;
        run.open(opener, again, true).await;
    }
    run.trays.into_iter().map(|(id, tray)| (id, tray.done())).collect()
}

struct Run<'r, 'p> {
    plan: &'p Plan<'p>,
    facts: &'r Facts<'p>,
    trays: BTreeMap<ItemId, Tray>,
}

impl<'p> Run<'_, 'p> {
    /// Opens and judges links, those of a host in batches, hosts in turn. Unless it is the last time, it leaves the links
    /// that may be worth another try and gives them back.
    async fn open(&mut self, opener: &mut Opener<'_>, mut units: Vec<Unit<'p>>, last: bool) -> Vec<Unit<'p>> {
        let mut again = Vec::new();
        units.sort_by(|a, b| (a.url.host_str(), a.url).cmp(&(b.url.host_str(), b.url)));
        opener.enter(Part::Further);
        opener.plan(units.chunk_by(|a, b| a.url == b.url).map(|same| same[0].url));
        let mut waiting = batches(units).into_iter().enumerate();
        let mut under_way: BTreeMap<usize, Vec<Unit<'p>>> = BTreeMap::new();
        let most = UNDER_WAY * self.plan.agency.crawl.concurrency;
        let mut tasks: JoinSet<(usize, BTreeMap<Url, Observation>)> = JoinSet::new();
        loop {
            while under_way.values().map(Vec::len).sum::<usize>() < most
                && let Some((number, batch)) = waiting.next()
            {
                let urls = addresses(&batch);
                if opener.is_beyond(urls.iter()) {
                    continue;
                }
                let mut opening = opener.start(urls.into_iter().map(|url| opener.alone(url)));
                tasks.spawn(async move {
                    let mut seen = BTreeMap::new();
                    while let Some(done) = opening.join_next().await {
                        // A task that panicked leaves its URL unopened.
                        seen.extend(done.ok());
                    }
                    (number, seen)
                });
                under_way.insert(number, batch);
            }
            // Nothing is left to be stopped once all are done.
            if tasks.is_empty() {
                return again;
            }
            match opener.unless_stopped(tasks.join_next()).await {
                Some(Some(Ok((number, seen)))) => {
                    let batch = under_way.remove(&number).unwrap_or_default();
                    for url in addresses(&batch) {
                        opener.took(&url);
                    }
                    again.extend(self.judge(batch, &seen, last));
                }
                // The links of a batch whose task failed stay unopened.
                Some(Some(Err(_)) | None) => {}
                None => {
                    let waiting = waiting.map(|(_, batch)| batch);
                    for batch in under_way.into_values().chain(waiting) {
                        for url in addresses(&batch) {
                            opener.left(&url);
                        }
                    }
                    return again;
                }
            }
        }
    }

    /// Judges what was seen at the links of a batch, one by one.
    fn judge(&mut self, batch: Vec<Unit<'p>>, seen: &BTreeMap<Url, Observation>, last: bool) -> Vec<Unit<'p>> {
        let opened =
            seen.iter().filter_map(|(url, seen)| Some((url, seen.fetched.success()?, seen.document.as_ref()?)));
        let opened: Vec<_> = opened.collect();
        let documents: Vec<&Document> = opened.iter().map(|(_, _, document)| *document).collect();
        let domain = batch.first().map(|unit| registrable_domain(unit.url)).unwrap_or_default();
        let own = match self.facts.templates(&domain) {
            Some(known) => documents.iter().map(|document| known.own_of(document)).collect(),
            None => Templates::new(&documents).own(&documents),
        };
        let pages: BTreeMap<&Url, Page<'_>> = opened
            .iter()
            .zip(&own)
            .map(|((url, answer, document), own)| (*url, Page { url, answer, document, own, via: None }))
            .collect();
        let mut again = Vec::new();
        for unit in batch {
            let url = bare(unit.url);
            let Some(seen) = seen.get(&url) else { continue };
            if !last && may_pass(&seen.fetched) {
                again.push(unit);
                continue;
            }
            let page = pages.get(&url);
            let nature = page.and_then(|page| self.facts.recognised(page));
            let page = page.filter(|_| nature.is_none());
            let bench = Bench { plan: self.plan, facts: self.facts };
            let judged = catch_unwind(AssertUnwindSafe(|| {
                let link = bench.link(unit.item, unit.link, Some(seen), nature.as_ref());
                let content = page.filter(|_| link.outcome > Outcome::NotMet).map(|page| bench.alone(unit.item, page));
                (link, content)
            }));
            let (link, content) = judged.unwrap_or_else(|_| (item::broken(), None));
            let Some(tray) = self.trays.get_mut(&unit.item.id) else { continue };
            let years = page.map(Page::content_years).unwrap_or_default();
            tray.further.links[unit.at] =
                result::submitted(unit.link, Some(seen), nature.as_ref(), years, &link.reasons);
            tray.keep(unit.at, link, content);
        }
        again
    }
}

impl Tray {
    fn keep(&mut self, at: usize, link: Finding, content: Option<Finding>) {
        if link.outcome < Outcome::Met {
            self.faults.insert(at, link);
            if self.faults.len() > FAULTS {
                self.faults.pop_last();
            }
        }
        let rank = |at: usize, finding: &Finding| (finding.outcome, finding.likely, std::cmp::Reverse(at));
        if let Some(content) = content
            && self.best.as_ref().is_none_or(|(best_at, best)| rank(at, &content) > rank(*best_at, best))
        {
            self.best = Some((at, content));
        }
    }

    fn done(self) -> Further {
        let Self { further, faults, best } = self;
        Further { faults: faults.into_values().collect(), best: best.map(|(_, finding)| finding), ..further }
    }
}

/// What is to be opened for links.
fn addresses(batch: &[Unit<'_>]) -> BTreeSet<Url> {
    batch.iter().map(|unit| bare(unit.url)).collect()
}

/// Links, in the order of their hosts, in batches of one host; the first batches of all hosts come first.
fn batches(units: Vec<Unit<'_>>) -> Vec<Vec<Unit<'_>>> {
    let mut rounds: BTreeMap<usize, Vec<Vec<Unit<'_>>>> = BTreeMap::new();
    let (mut round, mut batch) = (0, Vec::<Unit<'_>>::new());
    for unit in units {
        if let Some(before) = batch.last() {
            let same_host = before.url.host_str() == unit.url.host_str();
            if !same_host || (batch.len() >= BATCH && before.url != unit.url) {
                rounds.entry(round).or_default().push(std::mem::take(&mut batch));
                round = if same_host { round + 1 } else { 0 };
            }
        }
        batch.push(unit);
    }
    if !batch.is_empty() {
        rounds.entry(round).or_default().push(batch);
    }
    rounds.into_values().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::{BATCH, Unit, batches};
    use crate::catalog::builtin;
    use crate::model::{FiscalYear, Link, Place};
    use url::Url;

    fn hosts(urls: &[String]) -> Vec<(String, usize)> {
        let item = builtin(FiscalYear::new(2563)).unwrap().items().next().unwrap();
        let link = Link { item: item.id.clone(), raw: String::new(), url: None, place: Place::default() };
        let urls: Vec<Url> = urls.iter().map(|url| url.parse().unwrap()).collect();
        let units = urls.iter().map(|url| Unit { item, link: &link, url, at: 0 }).collect();
        batches(units).iter().map(|batch| (batch[0].url.host_str().unwrap().to_owned(), batch.len())).collect()
    }

    #[test]
    fn hosts_take_turns_batch_by_batch() {
        let urls: Vec<String> = (0..BATCH + 2)
            .map(|n| format!("http://a.go.th/{n:03}"))
            .chain((0..3).map(|n| format!("http://b.go.th/{n}")))
            .collect();
        assert_eq!(hosts(&urls), [("a.go.th".into(), BATCH), ("b.go.th".into(), 3), ("a.go.th".into(), 2)]);
        assert!(hosts(&[]).is_empty());
    }

    #[test]
    fn a_page_that_several_items_submit_is_opened_once() {
        let urls: Vec<String> = (0..BATCH + 5).map(|n| format!("http://a.go.th/{:03}", n.min(BATCH - 1))).collect();
        assert_eq!(hosts(&urls), [("a.go.th".into(), BATCH + 5)]);
    }
}
