//! Finds the ways from the home page to what was submitted, through as few further pages of the main website as that takes.
//! Their links are kept until the ways are known, and nothing else of them.

use std::collections::BTreeMap;

use url::Url;

use super::facts::{Facts, is_dead};
use super::opener::{Errand, Opener};
use super::plan::Plan;
use super::ways::{Reach, Sought, Ways};
use crate::catalog::Item;
use crate::checks::CheckSpec;
use crate::fetch::Purpose;
use crate::model::{Blind, Exploration, MediaKind, Observation, Part, Snapshot, bare};

/// Pages that are opened before it is looked again what is still sought.
const BATCH: usize = 6;

/// Seeks the ways. `None` where none are sought, or the run ended before.
pub(super) async fn explore(opener: &mut Opener<'_>, plan: &Plan<'_>, snapshot: &Snapshot) -> Option<Exploration> {
    let mut left = plan.agency.crawl.explore;
    if left == 0 || opener.ended.is_some() {
        return None;
    }
    let facts = Facts::new(snapshot, &plan.site);
    let (sought, also) = if facts.offline { (Vec::new(), Vec::new()) } else { all_sought(plan, &facts) };
    drop(facts);
    if sought.is_empty() && also.is_empty() {
        return None;
    }
    let mut found = Exploration { blind: blind(plan, snapshot), ..Exploration::default() };
    let mut ways = Ways::new(&plan.site, sought.iter().chain(&also));
    let home = snapshot.observations.get_key_value(&bare(plan.site.home()));
    for (url, seen) in home.into_iter().chain(&snapshot.observations) {
        note(&mut ways, url, seen);
    }
    let budget = opener.budget();
    while found.blind.is_none() {
        let reach = ways.reach();
        let missing: Vec<&Sought<'_>> = sought.iter().filter(|one| !ways.is_reached(&reach, one)).collect();
        let next = if missing.is_empty() { Vec::new() } else { ways.next(&reach, &missing, left.min(BATCH)) };
        if next.is_empty() {
            break;
        }
        left -= next.len();
        let mut seen = BTreeMap::new();
        opener.enter(Part::Ways);
        opener.plan(&next);
        let mut errands = Vec::new();
        for url in next.iter().cloned() {
            if !opener.is_beyond(std::iter::once(&url)) {
                errands.push(Errand { url, purpose: Purpose::Found, budget: budget.clone(), at_once: false });
            }
        }
        let mut tasks = opener.start(errands);
        while !tasks.is_empty() {
            match opener.unless_stopped(tasks.join_next()).await {
                Some(Some(Ok((url, came)))) => {
                    opener.took(&url);
                    seen.insert(url, came);
                }
                // A task that panicked leaves its URL unopened.
                Some(Some(Err(_)) | None) => {}
                None => break,
            }
        }
        if opener.ended.is_some() {
            next.iter().filter(|url| !seen.contains_key(*url)).for_each(|url| opener.left(url));
            return None;
        }
        for url in &next {
            match seen.get(url) {
                Some(came) => note(&mut ways, url, came),
                None => ways.failed(url, false),
            }
        }
    }
    let reach: Reach = ways.reach();
    found.pages = ways.read;
    found.whole = ways.is_whole(&reach);
    found.ways = sought.into_iter().chain(also).map(|one| (bare(&one.url), ways.way(&reach, &one))).collect();
    Some(found)
}

fn note(ways: &mut Ways<'_>, url: &Url, seen: &Observation) {
    match seen.fetched.success() {
        Some(answer) => ways.seen(url, answer, seen.document.as_ref()),
        None => ways.failed(url, is_dead(&seen.fetched)),
    }
}

/// Why nothing can be said of ways, if so.
fn blind(plan: &Plan<'_>, snapshot: &Snapshot) -> Option<Blind> {
    let home = snapshot.get(plan.site.home()).filter(|seen| seen.fetched.success().is_some());
    match home.and_then(|home| home.document.as_ref()).filter(|document| document.kind == MediaKind::Html) {
        None => Some(Blind::HomeUnread),
        Some(document) => document.needs_script.then_some(Blind::HomeNeedsScript),
    }
}

/// What is sought: what was submitted, opens, and is asked by its item's checks how it is reached; and what of the further
/// links lies elsewhere, for which nothing is opened.
fn all_sought<'p>(plan: &'p Plan<'_>, facts: &Facts<'_>) -> (Vec<Sought<'p>>, Vec<Sought<'p>>) {
    let (mut sought, mut also) = (BTreeMap::<Url, Sought<'p>>::new(), BTreeMap::new());
    for item in plan.catalog.items().filter(|item| plan.needs(&item.id)) {
        if plan.submission(&item.id).is_some_and(|submission| submission.reviewed.is_some()) {
            continue;
        }
        let most = clicks_asked(item);
        if most.is_none() && !item.checks.iter().any(|check| matches!(check, CheckSpec::MainDomain(_))) {
            continue;
        }
        let (together, further) = plan.links(&item.id);
        for url in together.iter().filter_map(|link| link.url.as_ref()).map(bare) {
            let Some(page) = facts.page(&url, None) else { continue };
            let last = page.answer.final_url.clone();
            let on_site = plan.site.contains(&url) || plan.site.contains(&last);
            if on_site && most.is_none() {
                continue;
            }
            let one =
                sought.entry(url.clone()).or_insert_with(|| Sought { url, last: Some(last), names: Vec::new(), most });
            one.names.extend(plan.names_of(&item.id));
            one.most = [one.most, most].into_iter().flatten().min();
        }
        let elsewhere = further.iter().filter_map(|link| link.url.as_ref()).filter(|url| !plan.site.contains(url));
        also.extend(
            elsewhere.map(|url| (bare(url), Sought { url: bare(url), last: None, names: Vec::new(), most: None })),
        );
    }
    also.retain(|url, _| !sought.contains_key(url));
    (sought.into_values().collect(), also.into_values().collect())
}

/// The clicks within which an item's links are to be reached, if its checks ask for that.
fn clicks_asked(item: &Item) -> Option<usize> {
    item.checks.iter().find_map(|check| match check {
        CheckSpec::ClickPath(path) => Some(path.most as usize),
        _ => None,
    })
}
