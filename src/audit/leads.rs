//! Which links of a page may lead to an item's content, best first; and which pages to open next.

use std::collections::{BTreeMap, BTreeSet};

use url::Url;

use super::facts::Facts;
use super::item::Judged;
use super::plan::Plan;
use crate::catalog::Item;
use crate::checks::{CheckSpec, Page, Referral, is_document};
use crate::model::{ItemId, Outcome, bare, is_web};
use crate::thai::{self, Folded, Phrase};

/// Pages of the main website that must have been opened before its template is known well enough.
const TEMPLATE_SAMPLE: usize = 6;

/// Pages of the main website that are opened to find one that links to an external address.
const REFERRAL_BUDGET: usize = 30;

/// URLs to open, each with the item that wants it first; none for what shows the website as a whole.
pub(super) type Wanted = BTreeMap<Url, Option<ItemId>>;

/// A link that may lead to an item's content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Lead<'a> {
    pub(super) url: &'a Url,
    pub(super) text: &'a str,
}

/// Whether a page is the home page, or its link ended there.
pub(super) fn is_home(plan: &Plan<'_>, page: &Page<'_>) -> bool {
    let home = bare(plan.site.home());
    bare(page.url) == home || bare(&page.answer.final_url) == home
}

/// The leads of a page, best first: embedded documents, links that name the item (or stand in a row that does), links that
/// name the year, documents. On the home page the menu counts too, but only what names the item.
pub(super) fn of_page<'a>(plan: &Plan<'_>, item: &Item, page: &Page<'a>) -> Vec<Lead<'a>> {
    let is_home = is_home(plan, page);
    let names: Vec<&Phrase> = topic_phrases(item).collect();
    let naming = |text: &str| {
        let text = Folded::new(text);
        names.iter().any(|phrase| text.contains(phrase))
    };
    let mut scored: Vec<(u8, Lead<'a>)> = Vec::new();
    for frame in page.frames() {
        scored.push((9, Lead { url: &frame.url, text: "" }));
    }
    if !is_home {
        // Shown with the page, as what it embeds is.
        scored.extend(page.telling_pictures().map(|url| (1, Lead { url, text: "" })));
    }
    let own: Box<dyn Iterator<Item = _>> =
        if is_home { Box::new(page.document.links.iter()) } else { Box::new(page.links()) };
    for link in own.filter(|link| is_web(&link.url)) {
        if bare(&link.url) == bare(page.url) || link.url == page.answer.final_url {
            continue;
        }
        let itself = naming(&link.text);
        let around = !is_home && !itself && !link.around.is_empty() && naming(&link.around);
        let score = 4 * u8::from(itself)
            + 3 * u8::from(around)
            + 2 * u8::from(!is_home && (names_year(plan, item, &link.text) || names_year(plan, item, &link.around)))
            + u8::from(!is_home && is_document(link));
        if score > 0 {
            let text = if around { &link.around } else { &link.text };
            scored.push((score, Lead { url: &link.url, text }));
        }
    }
    scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    let mut seen = BTreeSet::new();
    let leads = scored.into_iter().map(|(_, lead)| lead).filter(|lead| seen.insert(bare(lead.url)));
    leads.take(plan.agency.crawl.max_documents).collect()
}

fn topic_phrases(item: &Item) -> impl Iterator<Item = &Phrase> {
    let topics = item.checks.iter().filter_map(|check| match check {
        CheckSpec::Topic(topic) => Some(&topic.any),
        _ => None,
    });
    let services = item.checks.iter().filter_map(|check| match check {
        CheckSpec::OnlineService(service) => Some(&service.phrases),
        _ => None,
    });
    item.also.iter().chain(topics.flatten()).chain(services.flatten())
}

fn names_year(plan: &Plan<'_>, item: &Item, text: &str) -> bool {
    !text.is_empty()
        && item.checks.iter().any(|check| match check {
            CheckSpec::Year(year) => year.named_in(&thai::years(text), plan.year()),
            _ => false,
        })
}

/// What to open next, given what was seen so far: what undecided items' pages lead to, then pages that show the site's
/// template, then pages that may link to an external address. Empty when there is nothing more to learn.
pub(super) fn next(plan: &Plan<'_>, facts: &Facts<'_>, judged: &[Judged<'_>]) -> Wanted {
    let mut wanted = Wanted::new();
    if facts.offline || plan.agency.crawl.follow == 0 {
        return wanted;
    }
    for one in judged.iter().filter(|one| one.content.is_some_and(|outcome| outcome < Outcome::Met)) {
        let deeper = one.followed.iter().filter(|f| f.level < plan.agency.crawl.follow);
        let pages = one.submitted.iter().chain(deeper.filter_map(|f| f.page.as_ref()));
        for lead in pages.flat_map(|page| of_page(plan, one.item, page)) {
            wanted.entry(bare(lead.url)).or_insert_with(|| Some(one.item.id.clone()));
        }
    }
    let mut sample = |needed: usize| {
        for url in facts.untried_site_links().into_iter().take(needed) {
            wanted.entry(url).or_insert(None);
        }
    };
    let known = facts.site_pages().count();
    if known < TEMPLATE_SAMPLE && known > 0 {
        sample(TEMPLATE_SAMPLE - known);
    }
    let unseen = judged
        .iter()
        .flat_map(|one| plan.links(&one.item.id).0)
        .filter_map(|link| link.url.as_ref())
        .any(|url| !plan.site.contains(url) && facts.tried(url) && facts.referral(url) == Referral::NotSeen);
    if unseen {
        let planned = plan.agency.items.keys().map(|id| plan.links(id).0.len()).sum::<usize>();
        let extra = facts.snapshot.observations.len().saturating_sub(planned);
        sample(REFERRAL_BUDGET.saturating_sub(extra));
    }
    wanted.retain(|url, _| !facts.tried(url));
    wanted
}
