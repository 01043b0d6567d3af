//! Which links of a page may lead to an item's content, best first; and which pages to open next.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use url::Url;

use super::facts::Facts;
use super::item::Judged;
use super::labels::{Labels, Naming, YearNamed};
use super::plan::Plan;
use crate::catalog::Item;
use crate::checks::{Page, is_document};
use crate::model::{ItemId, Outcome, bare, is_web, page_key};

/// Pages of the main website that must have been opened before its template is known well enough.
const TEMPLATE_SAMPLE: usize = 6;

/// Leads of an item that are opened at first.
const FIRST: usize = 3;

/// Leads of one page that are looked at, at the least; how many are opened is another matter.
const LISTED: usize = 100;

/// A page with no more own links than these is there to lead to them, whatever they are called.
const FEW: usize = 10;

/// URLs to open, each with the item that wants it first; none for what shows the website as a whole.
pub(super) type Wanted = BTreeMap<Url, Option<ItemId>>;

/// A link that may lead to an item's content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Lead<'a> {
    pub(super) url: &'a Url,
    pub(super) text: &'a str,
    rank: Rank,
}

/// How likely a lead shows the content: the least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    kind: Kind,
    /// How well it is named, the best first.
    worth: Reverse<usize>,
}

/// What is known of a link by the words in it, beside it and above it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    /// It is shown without a click.
    Shown,
    /// It names the item.
    Named,
    /// It may be of anything: a document, or of the year.
    Unnamed,
    /// It is of other years only.
    OtherYear,
    /// Nothing is known of it but that the page has hardly any others.
    OfFew,
    /// It names another item, by a longer name.
    OtherItem,
}

/// Whether a page is the home page, or its link ended there.
pub(super) fn is_home(plan: &Plan<'_>, page: &Page<'_>) -> bool {
    let home = bare(plan.site.home());
    bare(page.url) == home || bare(&page.answer.final_url) == home
}

/// The leads of several pages, best first. Where some name the item, those that name another are none.
pub(super) fn of_pages<'p, 'a: 'p>(
    plan: &Plan<'_>,
    item: &Item,
    pages: impl Iterator<Item = &'p Page<'a>>,
) -> Vec<Lead<'a>> {
    let mut leads: Vec<Lead<'a>> = pages.flat_map(|page| of_page(plan, item, page)).collect();
    leads.sort_by_key(|lead| lead.rank);
    if leads.iter().any(|lead| lead.rank.kind == Kind::Named) {
        leads.retain(|lead| lead.rank.kind != Kind::OtherItem);
    }
    let mut seen = BTreeSet::new();
    leads.retain(|lead| seen.insert(page_key(lead.url)));
    leads
}

/// The leads of a page: what it embeds, links that name the item or stand in a row or under a heading that does, documents,
/// links that name the year. On the home page the menu counts too, but only what names the item.
fn of_page<'a>(plan: &Plan<'_>, item: &Item, page: &Page<'a>) -> Vec<Lead<'a>> {
    let is_home = is_home(plan, page);
    let shown = |url, text| Lead { url, text, rank: Rank { kind: Kind::Shown, worth: Reverse(0) } };
    let mut leads: Vec<Lead<'a>> = page.frames().map(|frame| shown(&frame.url, "")).collect();
    if !is_home {
        // Shown with the page, as what it embeds is.
        leads.extend(page.telling_pictures().map(|url| shown(url, "")));
    }
    let itself = [page_key(page.url), page_key(&page.answer.final_url)];
    let labels = Labels::new(plan, item);
    let few = !is_home && page.links().count() <= FEW;
    let own: Box<dyn Iterator<Item = _>> = if is_home {
        Box::new(page.document.links.iter().map(|link| (link, "")))
    } else {
        Box::new(page.links_in_sections())
    };
    for (link, above) in own.filter(|(link, _)| is_web(&link.url) && !itself.contains(&page_key(&link.url))) {
        let parts = if is_home { [link.text.as_str(), "", ""] } else { [&link.text, &link.around, above] };
        let is_file = !is_home && is_document(link);
        let naming = labels.naming(parts);
        let year = if is_home { YearNamed::None } else { labels.year(parts) };
        let worth = usize::from(is_file) * 25 + labels.half(parts) + usize::from(year == YearNamed::Demanded) * 60;
        let (kind, named) = match naming {
            // A heading names all that stands under it, whatever that is.
            Naming::Own { part: 2, .. } | Naming::None | Naming::Other if !is_file && year != YearNamed::Demanded => {
                if !few || year == YearNamed::Other {
                    continue;
                }
                (if naming == Naming::Other { Kind::OtherItem } else { Kind::OfFew }, 0)
            }
            Naming::Other => (Kind::OtherItem, 0),
            Naming::Own { part, length } if year != YearNamed::Other => (Kind::Named, (3 - part) * length.min(40)),
            Naming::None if year != YearNamed::Other => (Kind::Unnamed, 0),
            Naming::Own { .. } | Naming::None => (Kind::OtherYear, 0),
        };
        let text = if matches!(naming, Naming::Own { part: 1, .. }) { &link.around } else { &link.text };
        leads.push(Lead { url: &link.url, text, rank: Rank { kind, worth: Reverse(worth + named) } });
    }
    leads.sort_by_key(|lead| lead.rank);
    leads.truncate(plan.agency.crawl.max_documents.max(LISTED));
    leads
}

/// What to open next, given what was seen so far: the best of what undecided items' pages lead to, then pages that show the
/// site's template. Empty when there is nothing more to learn.
pub(super) fn next(plan: &Plan<'_>, facts: &Facts<'_>, judged: &[Judged<'_>]) -> Wanted {
    let mut wanted = Wanted::new();
    if facts.offline || plan.agency.crawl.follow == 0 {
        return wanted;
    }
    for one in judged {
        for url in of_item(plan, facts, one) {
            wanted.entry(url).or_insert_with(|| Some(one.item.id.clone()));
        }
    }
    let known = facts.site_pages().count();
    if known < TEMPLATE_SAMPLE && known > 0 {
        for url in facts.untried_site_links().into_iter().take(TEMPLATE_SAMPLE - known) {
            wanted.entry(url).or_insert(None);
        }
    }
    wanted
}

/// What to open next for an item: what its pages show by themselves and the few best of what they lead to, more each
/// time as long as that does not decide, level by level.
fn of_item(plan: &Plan<'_>, facts: &Facts<'_>, one: &Judged<'_>) -> Vec<Url> {
    let Some(content) = one.content.filter(|content| *content < Outcome::Met) else { return Vec::new() };
    let crawl = &plan.agency.crawl;
    let opened = one.followed.len();
    let mut shown = crawl.max_documents.saturating_sub(opened);
    let mut room = shown.min(FIRST.max(opened / 2));
    let mut wanted = Vec::new();
    for level in 0..crawl.follow {
        let deeper = one.followed.iter().filter(|f| f.level == level).filter_map(|f| f.page.as_ref());
        let submitted = one.submitted.iter().filter(|_| level == 0);
        for lead in of_pages(plan, one.item, submitted.chain(deeper)) {
            let Lead { url, rank: Rank { kind, .. }, .. } = lead;
            // All that was looked for was read, so only what may be of the year could change that.
            let is_idle = content == Outcome::NotMet && kind >= Kind::OtherYear;
            if is_idle || facts.as_opened(url).is_some() {
                continue;
            }
            let left = if kind == Kind::Shown { &mut shown } else { &mut room };
            let Some(fewer) = left.checked_sub(1) else { break };
            *left = fewer;
            wanted.push(bare(url));
        }
        // What is nearer may make what is farther needless.
        if !wanted.is_empty() {
            break;
        }
    }
    wanted
}
