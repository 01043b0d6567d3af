//! A snapshot made ready for judging: what is each page's own, and what the main website links to.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::OnceLock;

use url::Url;

use super::ways;
use crate::checks::{self, Nature, Own, Page, Referral, Scene, Templates, origin};
use crate::model::{
    Document, Fetched, Link, MediaKind, Observation, Readability, ReasonCode, Site, Snapshot, Way, bare, is_web,
    page_key, registrable_domain,
};

/// What says for certain that there is nothing to read.
const DEAD: &[ReasonCode] = &[ReasonCode::LinkHttpStatus, ReasonCode::LinkRedirectLoop];

/// A snapshot made ready for judging.
pub(super) struct Facts<'a> {
    pub(super) snapshot: &'a Snapshot,
    pub(super) site: &'a Site,
    own: BTreeMap<&'a Url, Own>,
    templates: BTreeMap<String, Templates>,
    natures: BTreeMap<&'a Url, Nature>,
    pub(super) offline: bool,
    /// What was opened by what the addresses of one page have in common.
    opened_as: BTreeMap<String, &'a Url>,
    /// What pages of the main website link to that is elsewhere, each with the first such page.
    elsewhere: OnceLock<BTreeMap<String, Url>>,
}

impl<'a> Facts<'a> {
    pub(super) fn new(snapshot: &'a Snapshot, site: &'a Site) -> Self {
        let mut hosts: BTreeMap<String, Vec<(&'a Url, &'a Document)>> = BTreeMap::new();
        for (url, seen) in &snapshot.observations {
            if let (Some(answer), Some(document)) = (seen.fetched.success(), &seen.document) {
                hosts.entry(registrable_domain(&answer.final_url)).or_default().push((url, document));
            }
        }
        let (mut own, mut templates) = (BTreeMap::new(), BTreeMap::new());
        for (domain, pages) in hosts {
            let documents: Vec<&Document> = pages.iter().map(|(_, document)| *document).collect();
            let of_domain = Templates::new(&documents);
            own.extend(pages.iter().map(|(url, _)| *url).zip(of_domain.own(&documents)));
            templates.insert(domain, of_domain);
        }
        let offline = !snapshot.anything_answered() || snapshot.is_intercepted();
        let mut opened_as = BTreeMap::new();
        for (url, answer) in snapshot.observations.iter().filter_map(|(url, seen)| Some((url, seen.fetched.success()?)))
        {
            for address in [url, &answer.final_url] {
                opened_as.entry(page_key(address)).or_insert(url);
            }
        }
        let mut facts = Self {
            snapshot,
            site,
            own,
            templates,
            natures: BTreeMap::new(),
            offline,
            opened_as,
            elsewhere: OnceLock::new(),
        };
        let pages = snapshot.observations.keys().filter_map(|url| Some((url, facts.opened(url, None)?)));
        facts.natures = pages.filter_map(|(url, page)| Some((url, facts.recognised(&page)?))).collect();
        facts
    }

    /// What a page is recognised as, if it is not the agency's content. A failure of this program recognises nothing.
    pub(super) fn recognised(&self, page: &Page<'_>) -> Option<Nature> {
        let home = self.snapshot.get(self.site.home()).and_then(|seen| seen.fetched.success());
        let probe = self.snapshot.probes.get(origin(&page.answer.final_url));
        let scene = Scene { site: self.site, home: home.map(|home| &home.final_url), probe };
        catch_unwind(AssertUnwindSafe(|| Nature::of(page, &scene))).ok().flatten()
    }

    /// What a page that is kept was recognised as, if it is not the agency's content.
    pub(super) fn nature(&self, url: &Url) -> Option<&Nature> {
        self.natures.get(self.as_opened(url)?)
    }

    /// The address by which a page was opened, or tried: the same, or another of the page's.
    pub(super) fn as_opened(&self, url: &Url) -> Option<&'a Url> {
        let same = self.snapshot.observations.get_key_value(&bare(url)).map(|(url, _)| url);
        same.or_else(|| self.opened_as.get(&page_key(url)).copied())
    }

    /// What was seen of a page, by this or another of its addresses.
    fn seen_at(&self, url: &Url) -> Option<&'a Observation> {
        self.snapshot.observations.get(self.as_opened(url)?)
    }

    /// Whether something was to be opened and no server answered at all, or none that was meant.
    pub(super) fn nothing_answered(&self) -> bool {
        self.offline && !self.snapshot.observations.is_empty()
    }

    /// The templates of a domain, if enough of its pages were read to know them.
    pub(super) fn templates(&self, domain: &str) -> Option<&Templates> {
        self.templates.get(domain).filter(|templates| templates.is_known_well())
    }

    /// What was seen at a link.
    pub(super) fn seen(&self, link: &Link) -> Option<&'a Observation> {
        link.url.as_ref().and_then(|url| self.snapshot.get(url))
    }

    /// What the page at a link was recognised as, if it is not the agency's content.
    pub(super) fn nature_of(&self, link: &Link) -> Option<&Nature> {
        link.url.as_ref().and_then(|url| self.nature(url))
    }

    /// Whether a URL was opened, or tried.
    pub(super) fn tried(&self, url: &Url) -> bool {
        self.as_opened(url).is_some()
    }

    /// Whether all is known of a URL: it was read, or it certainly does not open or is not the agency's content.
    pub(super) fn known(&self, url: &Url) -> bool {
        let Some(seen) = self.seen_at(url) else { return false };
        if let Some(nature) = self.nature(url) {
            return nature.certain;
        }
        match (&seen.fetched, &seen.document) {
            (fetched, document) if fetched.success().is_some() => document.as_ref().is_some_and(|document| {
                let hides = document.kind == MediaKind::Html && checks::is_viewer(url);
                document.readability == Readability::Full && !hides
            }),
            (fetched, _) => is_dead(fetched) && !self.offline,
        }
    }

    /// The page at a URL, if it opened with success, is what it was asked for and may be the agency's content.
    pub(super) fn page<'s>(&'s self, url: &Url, via: Option<&'s str>) -> Option<Page<'s>> {
        if self.offline {
            return None;
        }
        self.opened(url, via).filter(|_| self.nature(url).is_none())
    }

    /// The page at a URL, if it opened with success.
    fn opened<'s>(&'s self, url: &Url, via: Option<&'s str>) -> Option<Page<'s>> {
        let (url, seen) = self.snapshot.observations.get_key_value(self.as_opened(url)?)?;
        Some(Page {
            url,
            answer: seen.fetched.success()?,
            document: seen.document.as_ref()?,
            own: self.own.get(url)?,
            via,
        })
    }

    /// Web pages of the main website that opened.
    pub(super) fn site_pages(&self) -> impl Iterator<Item = (&'a Url, &'a Document)> {
        let site = self.site;
        self.snapshot.observations.iter().filter_map(move |(url, seen)| {
            let answer = seen.fetched.success()?;
            let document = seen.document.as_ref().filter(|document| document.kind == MediaKind::Html)?;
            site.contains(&answer.final_url).then_some((url, document))
        })
    }

    /// The way from the home page to a submitted URL.
    pub(super) fn way(&self, url: &Url) -> Way {
        self.snapshot.exploration.as_ref().map_or(Way::Unknown, |explored| explored.way(url))
    }

    /// Whether the main website links to a URL that is elsewhere, as far as its pages were opened.
    pub(super) fn referral(&self, url: &Url) -> Referral {
        let home = self.site.home();
        let way = self.way(url);
        if let Way::Found(clicks) = way {
            let page = clicks.iter().map(|click| &click.url).rfind(|url| self.site.contains(url)).unwrap_or(home);
            return Referral::From { page: page.clone(), clicks: Some(clicks) };
        }
        let last = self.snapshot.get(url).and_then(|seen| Some(&seen.fetched.success()?.final_url));
        let mut ends = [Some(url), last].into_iter().flatten();
        if let Some(page) = ends.find_map(|end| self.links_elsewhere().get(&ways::key(end))) {
            return Referral::From { page: page.clone(), clicks: None };
        }
        let nowhere = match way {
            Way::NotFound { whole, .. } => whole,
            _ => self.home_was_read() && !self.site_links().any(|(_, target)| self.is_unopened(target)),
        };
        if nowhere { Referral::Nowhere } else { Referral::NotSeen }
    }

    fn home_was_read(&self) -> bool {
        self.snapshot.get(self.site.home()).is_some_and(|seen| seen.fetched.success().is_some())
    }

    fn is_unopened(&self, target: &Url) -> bool {
        self.site.contains(target) && !self.tried(target)
    }

    fn links_elsewhere(&self) -> &BTreeMap<String, Url> {
        self.elsewhere.get_or_init(|| {
            let mut pages = BTreeMap::new();
            for (page, target) in self.site_links().filter(|(_, target)| !self.site.contains(target)) {
                pages.entry(ways::key(target)).or_insert_with(|| page.clone());
            }
            pages
        })
    }

    /// What pages of the main website that opened link to or embed, each with its page.
    fn site_links(&self) -> impl Iterator<Item = (&'a Url, &'a Url)> {
        self.site_pages().flat_map(|(page, document)| {
            let frames = document.frames.iter().map(|frame| &frame.url);
            document.links.iter().map(|link| &link.url).chain(frames).map(move |target| (page, target))
        })
    }

    /// Web addresses that pages of the main website link to, on it and not tried, in the order of the pages.
    pub(super) fn untried_site_links(&self) -> Vec<Url> {
        let mut seen = BTreeSet::new();
        let home = self.page(self.site.home(), None);
        let home_links = home.iter().flat_map(|page| &page.document.links);
        let other_links = self.site_pages().flat_map(|(_, document)| &document.links);
        home_links
            .chain(other_links)
            .map(|link| &link.url)
            .filter(|url| is_web(url) && self.site.contains(url) && !self.tried(url))
            .filter(|url| looks_like_page(url) && seen.insert((*url).clone()))
            .cloned()
            .collect()
    }
}

/// Whether there is certainly nothing to read.
pub(super) fn is_dead(fetched: &Fetched) -> bool {
    checks::fault(fetched).is_some_and(|code| DEAD.contains(&code))
}

/// Whether an address may be a web page rather than a file.
pub(super) fn looks_like_page(url: &Url) -> bool {
    let last = url.path_segments().and_then(Iterator::last).unwrap_or_default().to_ascii_lowercase();
    match last.rsplit_once('.') {
        Some((_, ending)) => {
            matches!(ending, "html" | "htm" | "php" | "asp" | "aspx" | "jsp" | "cgi" | "do") || ending.len() > 5
        }
        None => true,
    }
}
