//! One item judged: its links, its pages and what was followed from them, then the item beside the others.

use std::collections::{BTreeMap, BTreeSet};

use url::Url;

use super::facts::Facts;
use super::leads;
use super::plan::Plan;
use crate::catalog::Item;
use crate::checks::{
    self, CheckSpec, ItemCheck, ItemSubject, LinkCheck, LinkSubject, Nature, Page, PageCheck, Referral, Scope, World,
    is_file,
};
use crate::model::{Finding, ItemId, Level, Link, Observation, Outcome, Reason, ReasonCode, Way, bare};

/// Characters of own text below which a page is an index rather than content.
const INDEX_TEXT: usize = 300;

/// Something that was followed from an item's pages.
pub(super) struct Followed<'f> {
    pub(super) url: &'f Url,
    /// Clicks from the submitted page.
    pub(super) level: u32,
    pub(super) page: Option<Page<'f>>,
}

/// An item, judged.
pub(super) struct Judged<'f> {
    pub(super) item: &'f Item,
    pub(super) outcome: Outcome,
    pub(super) likely: bool,
    pub(super) reasons: Vec<Reason>,
    /// What its pages alone came to; `None` where none could be looked at, or a person has decided.
    pub(super) content: Option<Outcome>,
    pub(super) submitted: Vec<Page<'f>>,
    pub(super) followed: Vec<Followed<'f>>,
}

/// What every item of a run is judged with.
pub(super) struct Bench<'f> {
    pub(super) plan: &'f Plan<'f>,
    pub(super) facts: &'f Facts<'f>,
}

/// Whether the address alone decides about a link, so that it is not opened.
pub(super) fn is_settled(plan: &Plan<'_>, item: &Item, link: &Link) -> bool {
    let world = World {
        year: plan.year(),
        site: &plan.site,
        offline: false,
        known: &|_| false,
        names: &plan.names,
        item: &item.id,
        referral: &|_| Referral::NotSeen,
        way: &|_| Way::Unknown,
    };
    let subject = LinkSubject { link, seen: None, nature: None, world: &world };
    link_checks(item).any(|check| check.settled(&subject).is_some())
}

fn link_checks(item: &Item) -> impl Iterator<Item = &dyn LinkCheck> {
    item.checks.iter().filter_map(|check| match check.scope() {
        Scope::Link(check) => Some(check),
        _ => None,
    })
}

fn page_checks(item: &Item) -> impl Iterator<Item = &dyn PageCheck> {
    item.checks.iter().filter_map(|check| match check.scope() {
        Scope::Page(check) => Some(check),
        _ => None,
    })
}

fn item_checks(item: &Item) -> impl Iterator<Item = &dyn ItemCheck> {
    item.checks.iter().filter_map(|check| match check.scope() {
        Scope::Item(check) => Some(check),
        _ => None,
    })
}

/// Pages judged together, and what came of it.
struct Candidate<'p, 'f> {
    pages: Vec<&'p Page<'f>>,
    finding: Finding,
    /// Each of the checks that choose pages is met.
    relevant: bool,
}

impl<'f> Bench<'f> {
    fn with_world<T>(&self, item: &Item, f: impl FnOnce(&World<'_>) -> T) -> T {
        f(&World {
            year: self.plan.year(),
            site: &self.plan.site,
            offline: self.facts.offline,
            known: &|url| self.facts.known(url),
            names: &self.plan.names,
            item: &item.id,
            referral: &|url| self.facts.referral(url),
            way: &|url| self.facts.way(url),
        })
    }

    /// Judges an item. `before` are those judged already, among them all that it depends on.
    pub(super) fn judge(&self, item: &'f Item, before: &BTreeMap<&ItemId, Judged<'f>>) -> Judged<'f> {
        let submission = self.plan.submission(&item.id);
        let Some(reviewed) = submission.and_then(|submission| submission.reviewed.as_ref()) else {
            return self.by_evidence(item, before);
        };
        let Some(outdated) = self.outdated(item, reviewed) else { return self.reviewed(item, reviewed) };
        let mut judged = self.by_evidence(item, before);
        judged.reasons.push(outdated);
        judged
    }

    fn by_evidence(&self, item: &'f Item, before: &BTreeMap<&ItemId, Judged<'f>>) -> Judged<'f> {
        let (links, _) = self.plan.links(&item.id);
        if links.is_empty() {
            let missing = Finding::not_met(Reason::new(ReasonCode::LinkMissing));
            return Judged::without_pages(item, missing);
        }
        let mut findings: Vec<Finding> =
            links.iter().map(|link| self.link(item, link, self.facts.seen(link), self.facts.nature_of(link))).collect();
        let opened =
            self.submitted(links.iter().zip(&findings).filter(|(_, f)| f.outcome > Outcome::NotMet).map(|(l, _)| l));
        let further = self.facts.snapshot.further.get(&item.id);
        findings.extend(further.into_iter().flat_map(|further| further.faults.iter().cloned()));
        let best_further = further.and_then(|further| further.best.as_ref());
        let none_opened = opened.is_empty() && best_further.is_none();
        let link_finding = of_links(findings, !none_opened);
        if none_opened {
            // A link that is open but shows nothing that could be looked at is not met by that.
            let unseen = Finding::unsure(true, Reason::new(ReasonCode::LinkNotOpened));
            let nothing = link_finding.outcome == Outcome::Met;
            return Judged::without_pages(item, if nothing { unseen } else { link_finding });
        }
        self.with_pages(item, link_finding, opened, best_further, before)
    }

    /// Judges one page by itself, for a link whose page is not kept.
    pub(super) fn alone(&self, item: &Item, page: &Page<'_>) -> Finding {
        self.candidate(item, vec![page]).finding
    }

    pub(super) fn submitted<'l>(&self, links: impl Iterator<Item = &'l Link>) -> Vec<Page<'f>> {
        let mut seen = BTreeSet::new();
        links
            .filter_map(|link| link.url.as_ref())
            .filter(|url| seen.insert(bare(url)))
            .filter_map(|url| self.facts.page(url, None))
            .collect()
    }

    /// What the checks of a link find: the first that is not met decides.
    pub(super) fn link(
        &self,
        item: &Item,
        link: &Link,
        seen: Option<&Observation>,
        nature: Option<&Nature>,
    ) -> Finding {
        self.with_world(item, |world| {
            let subject = LinkSubject { link, seen, nature, world };
            // A link that is settled by its address was not opened, which no other check may hold against it.
            if let Some(settled) = link_checks(item).find_map(|check| check.settled(&subject)) {
                return settled;
            }
            let mut all = Finding::met();
            for check in link_checks(item) {
                let finding = check.run(&subject);
                let decided = finding.outcome < Outcome::Met;
                all = all.and(finding);
                if decided {
                    break;
                }
            }
            all
        })
    }

    fn with_pages(
        &self,
        item: &'f Item,
        links: Finding,
        submitted: Vec<Page<'f>>,
        further: Option<&Finding>,
        before: &BTreeMap<&ItemId, Judged<'f>>,
    ) -> Judged<'f> {
        let mut candidates: Vec<Candidate<'_, 'f>> =
            submitted.iter().map(|page| self.candidate(item, vec![page])).collect();
        let on_topic = candidates.iter().any(|candidate| candidate.relevant)
            || submitted.iter().any(|page| self.is_on_topic(item, page));
        candidates.extend(further.map(|finding| Candidate {
            pages: Vec::new(),
            finding: finding.clone(),
            relevant: false,
        }));
        let mut followed = Vec::new();
        if candidates.iter().all(|candidate| candidate.finding.outcome < Outcome::Met) {
            followed = self.follow(item, &submitted);
        }
        candidates.extend(
            followed.iter().filter_map(|f: &Followed<'f>| f.page.as_ref()).map(|page| self.candidate(item, vec![page])),
        );
        let together: Vec<&Page<'f>> = candidates.iter().filter(|c| c.relevant).flat_map(|c| c.pages.clone()).collect();
        if together.len() > 1 {
            candidates.push(self.candidate(item, together));
        }
        let Some(best) = best(candidates) else { return Judged::without_pages(item, links) };
        let content = best.finding.outcome;
        let mut all = links.and(best.finding);
        let pages: Vec<&Page<'f>> = submitted.iter().collect();
        let outcome_of = |id: &ItemId| before.get(id).map(|judged| (judged.outcome, judged.likely));
        let others = self.compared_with(item);
        let pages_of = |id: &ItemId| others.get(id).map_or_else(Vec::new, |pages| pages.iter().collect());
        let subject = ItemSubject {
            submitted: &pages,
            deciding: &best.pages,
            from_home: submitted.iter().any(|page| leads::is_home(self.plan, page)),
            submitted_on_topic: on_topic,
            outcome_of: &outcome_of,
            pages_of: &pages_of,
        };
        for check in item_checks(item) {
            all = all.and(check.run(&subject));
        }
        let unread = unread(submitted.iter().chain(followed.iter().filter_map(|f| f.page.as_ref())));
        if all.outcome == Outcome::Unsure && !unread.reasons.is_empty() {
            all = all.and(unread);
        }
        let unasked = self.unasked(item, &submitted);
        if all.outcome == Outcome::Unsure && !unasked.reasons.is_empty() {
            all = Finding { likely: true, ..all.and(unasked) };
        }
        let Finding { outcome, likely, reasons } = all;
        let reasons = deciding_reasons(outcome, reasons);
        Judged { item, outcome, likely, reasons, content: Some(content), submitted, followed }
    }

    /// What the pages lead to and was not opened for the sake of others: the content may well be there.
    fn unasked(&self, item: &Item, submitted: &[Page<'f>]) -> Finding {
        let leads = leads::of_pages(self.plan, item, submitted.iter());
        let reasons =
            leads.iter().filter_map(|lead| checks::unasked(lead.url, &self.facts.snapshot.get(lead.url)?.fetched));
        reasons.fold(Finding::met(), |all, reason| all.and(Finding::unsure(true, reason)))
    }

    /// The submitted pages of the items that an item must differ from, whether they are judged yet or not.
    fn compared_with(&self, item: &Item) -> BTreeMap<ItemId, Vec<Page<'f>>> {
        let others = item.checks.iter().filter_map(|check| match check {
            CheckSpec::SameChannel(check) => Some(&check.other),
            _ => None,
        });
        others.map(|id| (id.clone(), self.submitted(self.plan.links(id).0.iter()))).collect()
    }

    /// What the checks of pages find together. A page that cannot be read is unsure, unless a check sees that what it asks
    /// for cannot be there.
    fn candidate<'p, 's>(&self, item: &Item, pages: Vec<&'p Page<'s>>) -> Candidate<'p, 's> {
        self.with_world(item, |world| {
            let mut all = Finding::met();
            let (mut relevant, mut gated) = (true, false);
            for check in page_checks(item) {
                let finding = check.run(&pages, world);
                relevant &= !(check.selects() && finding.outcome < Outcome::Met);
                if gated {
                    if check.sees_through(&pages) && finding.outcome == Outcome::NotMet {
                        all = finding;
                    }
                    continue;
                }
                gated = check.gates() && finding.outcome < Outcome::Met;
                all = all.and(finding);
            }
            if all.outcome == Outcome::NotMet && pages.iter().any(|page| self.is_way_on(item, page, world)) {
                all = in_doubt(all);
            }
            Candidate { pages, finding: all, relevant }
        })
    }

    /// Whether a page has hardly any text and leads on to pages that were not opened: the content may be there.
    fn is_way_on(&self, item: &Item, page: &Page<'_>, world: &World<'_>) -> bool {
        page.own.text.text.chars().count() < INDEX_TEXT
            && leads::of_pages(self.plan, item, std::iter::once(page))
                .iter()
                .any(|lead| !is_file(lead.url) && !(world.known)(lead.url))
    }

    /// Whether a page is about the item, whatever its year.
    fn is_on_topic(&self, item: &Item, page: &Page<'f>) -> bool {
        self.with_world(item, |world| {
            item.checks.iter().all(|check| match (check, check.scope()) {
                (CheckSpec::Topic(_), Scope::Page(topic)) => topic.run(&[page], world).outcome == Outcome::Met,
                _ => true,
            })
        })
    }

    /// What was opened of the leads of an item's pages, level by level.
    fn follow(&self, item: &'f Item, submitted: &[Page<'f>]) -> Vec<Followed<'f>> {
        let mut seen: BTreeSet<Url> = submitted.iter().map(|page| bare(page.url)).collect();
        let mut followed: Vec<Followed<'f>> = Vec::new();
        let limit = self.plan.agency.crawl.max_documents;
        for level in 1..=self.plan.agency.crawl.follow {
            let first = submitted.iter().filter(|_| level == 1);
            let last = followed.iter().filter(|f| f.level + 1 == level).filter_map(|f| f.page.as_ref());
            for lead in leads::of_pages(self.plan, item, first.chain(last)) {
                let opened = self.facts.as_opened(lead.url).filter(|_| followed.len() < limit);
                if let Some(url) = opened.filter(|url| seen.insert((*url).clone())) {
                    followed.push(Followed { url, level, page: self.facts.page(url, Some(lead.text)) });
                }
            }
        }
        followed
    }
}

impl<'f> Judged<'f> {
    pub(super) fn without_pages(item: &'f Item, finding: Finding) -> Self {
        let Finding { outcome, likely, reasons } = finding;
        let reasons = deciding_reasons(outcome, reasons);
        Self { item, outcome, likely, reasons, content: None, submitted: Vec::new(), followed: Vec::new() }
    }

    /// An item whose judgement failed inside this program.
    pub(super) fn broken(item: &'f Item) -> Self {
        Self::without_pages(item, broken())
    }
}

/// What of pages could not be read, and why: what is missed may be there.
fn unread<'p, 'f: 'p>(pages: impl Iterator<Item = &'p Page<'f>>) -> Finding {
    let losses = pages.filter_map(|page| {
        let why = page.loss()?;
        Some(Finding::unsure(true, Reason::new(ReasonCode::ContentUnreadable).with_text("why", why).at(page.url)))
    });
    losses.fold(Finding::met(), Finding::and)
}

/// What is found where a judgement failed inside this program.
pub(super) fn broken() -> Finding {
    Finding::unsure(false, Reason::new(ReasonCode::InternalError))
}

/// What an item's links come to. Where one opens, another that does not is for a person: what assessors make of that is
/// not known. Where none does, the one that may open decides.
fn of_links(findings: Vec<Finding>, any_page: bool) -> Finding {
    let best = findings.iter().map(|finding| finding.outcome).max().unwrap_or(Outcome::NotMet);
    if !any_page || best < Outcome::Met {
        let (mut all, rest) = (Finding { outcome: best, likely: false, reasons: Vec::new() }, findings);
        for finding in rest.into_iter().filter(|finding| finding.outcome == best) {
            all.likely |= finding.likely;
            all.reasons.extend(finding.reasons);
        }
        return all;
    }
    let doubtful = |finding: Finding| match finding.outcome {
        Outcome::Met => finding,
        _ => Finding { likely: true, ..in_doubt(finding) },
    };
    findings.into_iter().map(doubtful).fold(Finding::met(), Finding::and)
}

/// The same finding as a question to a person.
fn in_doubt(finding: Finding) -> Finding {
    let reasons = finding.reasons.into_iter().map(|reason| Reason { level: Some(Level::Review), ..reason }).collect();
    Finding { outcome: Outcome::Unsure, likely: false, reasons }
}

/// The first of the best: submitted pages stand before followed ones.
fn best<'p, 'f>(candidates: Vec<Candidate<'p, 'f>>) -> Option<Candidate<'p, 'f>> {
    let rank = |candidate: &Candidate<'p, 'f>| (candidate.finding.outcome, candidate.finding.likely);
    candidates.into_iter().reduce(|best, next| if rank(&next) > rank(&best) { next } else { best })
}

/// An item's reasons come only from what decided it.
fn deciding_reasons(outcome: Outcome, reasons: Vec<Reason>) -> Vec<Reason> {
    let keep = |reason: &Reason| match outcome {
        Outcome::NotMet => matches!(reason.level, Some(Level::Fail | Level::Info) | None),
        Outcome::Unsure => !matches!(reason.level, Some(Level::Fail)),
        Outcome::Met => !matches!(reason.level, Some(Level::Fail | Level::Review)),
    };
    let mut kept: Vec<Reason> = Vec::new();
    for reason in reasons.into_iter().filter(keep) {
        if !kept.contains(&reason) {
            kept.push(reason);
        }
    }
    kept.sort_by_key(|reason| std::cmp::Reverse(reason.level));
    kept
}
