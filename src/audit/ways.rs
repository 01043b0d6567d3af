//! The main website as a graph of pages and links, as far as it was read: how many clicks lead where, and which page to
//! open next to find what is still sought.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::LazyLock;

use url::Url;

use super::facts::looks_like_page;
use crate::checks;
use crate::model::{Answer, Click, Document, MediaKind, Readability, Site, is_web, page_key};
use crate::thai::{Folded, Phrase};

/// Bytes of a link's text that are kept.
const KEPT_TEXT: usize = 240;

/// What links to an index of what the agency publishes are called.
const INDEXES: &[&str] = &[
    "ITA",
    "OIT",
    "คุณธรรมและความโปร่งใส",
    "การเปิดเผยข้อมูลสาธารณะ",
    "ข้อมูลสาธารณะ",
    "แผนผังเว็บไซต์",
    "ผังเว็บไซต์",
    "แผนผังเว็บ",
    "site map",
    "sitemap",
];

static INDEX_PHRASES: LazyLock<Vec<Phrase>> = LazyLock::new(|| INDEXES.iter().map(|name| Phrase::new(name)).collect());

/// What is sought: a URL, and the words that name what it shows.
pub(super) struct Sought<'p> {
    pub(super) url: Url,
    /// Where the URL ended.
    pub(super) last: Option<Url>,
    pub(super) names: Vec<&'p Phrase>,
    /// The clicks within which it is to be reached; none where any way will do.
    pub(super) most: Option<usize>,
}

/// The pages that are known of, those that were read with their links.
pub(super) struct Ways<'s> {
    site: &'s Site,
    /// Keys of what is sought: files and pages elsewhere matter only where they are.
    sought: BTreeSet<String>,
    ids: BTreeMap<String, usize>,
    nodes: Vec<Node>,
    /// Pages that were read.
    pub(super) read: usize,
    /// Some page may link to more than was seen, or could not be opened.
    pub(super) gaps: bool,
    /// How many pages of each shape were opened: a calendar's days and a newspaper's articles have one.
    shapes: BTreeMap<String, u32>,
}

struct Node {
    url: Url,
    on_site: bool,
    /// It was opened, or cannot be.
    done: bool,
    /// Its links are known.
    read: bool,
    links: Vec<Edge>,
}

struct Edge {
    to: usize,
    text: String,
    /// It is shown without a click: a frame, a redirect.
    shown: bool,
}

/// How far each page is from the home page, and by which link the shortest way comes.
pub(super) struct Reach {
    clicks: Vec<Option<usize>>,
    from: Vec<Option<(usize, usize)>>,
}

/// What the addresses of one page or file have in common.
pub(super) fn key(url: &Url) -> String {
    let shown = checks::instead(url).filter(|instead| instead.certain && !instead.list);
    page_key(&shown.map_or_else(|| url.clone(), |instead| instead.url))
}

impl<'s> Ways<'s> {
    pub(super) fn new<'q, 'p: 'q>(site: &'s Site, sought: impl Iterator<Item = &'q Sought<'p>>) -> Self {
        let keys = sought.flat_map(|one| [Some(&one.url), one.last.as_ref()]).flatten().map(key).collect();
        let mut ways = Self {
            site,
            sought: keys,
            ids: BTreeMap::new(),
            nodes: Vec::new(),
            read: 0,
            gaps: false,
            shapes: BTreeMap::new(),
        };
        ways.node(site.home());
        ways
    }

    fn node(&mut self, url: &Url) -> usize {
        let key = key(url);
        if let Some(id) = self.ids.get(&key) {
            return *id;
        }
        let id = self.nodes.len();
        let on_site = self.site.contains(url);
        self.nodes.push(Node { url: url.clone(), on_site, done: false, read: false, links: Vec::new() });
        self.ids.insert(key, id);
        id
    }

    /// Notes what a URL showed: its links, if it is a page of the main website.
    pub(super) fn seen(&mut self, url: &Url, answer: &Answer, document: Option<&Document>) {
        let at = self.node(url);
        self.nodes[at].done = true;
        *self.shapes.entry(shape(url)).or_default() += 1;
        let last = self.node(&answer.final_url);
        if last != at {
            self.nodes[at].links.push(Edge { to: last, text: String::new(), shown: true });
            self.nodes[last].done = true;
        }
        if !self.nodes[last].on_site || std::mem::replace(&mut self.nodes[last].read, true) {
            return;
        }
        let Some(document) = document else {
            self.gaps = true;
            return;
        };
        if document.kind != MediaKind::Html {
            return;
        }
        self.read += 1;
        self.gaps |= document.needs_script || document.readability != Readability::Full;
        let mut edges = Vec::new();
        let frames = document.frames.iter().map(|frame| (&frame.url, "", true));
        let links = document.links.iter().map(|link| (&link.url, link.text.as_str(), false));
        let mut met = BTreeSet::new();
        for (url, text, shown) in frames.chain(links).filter(|(url, ..)| is_web(url)) {
            let is_page = self.site.contains(url) && may_lead_on(url);
            if !is_page && !self.sought.contains(&key(url)) {
                continue;
            }
            let to = self.node(url);
            if to != last && met.insert(to) {
                edges.push(Edge { to, text: kept(text), shown });
            }
        }
        self.nodes[last].links = edges;
    }

    /// Notes that a URL could not be opened.
    pub(super) fn failed(&mut self, url: &Url, certain: bool) {
        let at = self.node(url);
        self.nodes[at].done = true;
        self.gaps |= !certain && self.nodes[at].on_site;
        *self.shapes.entry(shape(url)).or_default() += 1;
    }

    /// How far everything is from the home page, by what is known.
    pub(super) fn reach(&self) -> Reach {
        let mut reach = Reach { clicks: vec![None; self.nodes.len()], from: vec![None; self.nodes.len()] };
        let mut queue = VecDeque::from([(0, 0)]);
        reach.clicks[0] = Some(0);
        while let Some((at, clicks)) = queue.pop_front() {
            if reach.clicks[at] != Some(clicks) {
                continue;
            }
            for (number, edge) in self.nodes[at].links.iter().enumerate() {
                let there = clicks + usize::from(!edge.shown);
                if reach.clicks[edge.to].is_none_or(|before| there < before) {
                    (reach.clicks[edge.to], reach.from[edge.to]) = (Some(there), Some((at, number)));
                    if edge.shown { queue.push_front((edge.to, there)) } else { queue.push_back((edge.to, there)) }
                }
            }
        }
        reach
    }

    /// The shortest way to what is sought.
    pub(super) fn way(&self, reach: &Reach, sought: &Sought<'_>) -> Option<Vec<Click>> {
        let ends = [Some(&sought.url), sought.last.as_ref()].into_iter().flatten();
        let ends = ends.filter_map(|url| self.ids.get(&key(url)).copied());
        let end = ends.filter(|end| reach.clicks[*end].is_some()).min_by_key(|end| reach.clicks[*end])?;
        let mut clicks = Vec::new();
        let mut at = end;
        while let Some((from, number)) = reach.from[at] {
            let edge = &self.nodes[from].links[number];
            if !edge.shown {
                clicks.push(Click { text: edge.text.clone(), url: self.nodes[at].url.clone() });
            }
            at = from;
        }
        clicks.reverse();
        Some(clicks)
    }

    /// Whether what is sought is reached, within its clicks if it has any.
    pub(super) fn is_reached(&self, reach: &Reach, sought: &Sought<'_>) -> bool {
        let ends = [Some(&sought.url), sought.last.as_ref()].into_iter().flatten();
        let mut ends = ends.filter_map(|url| reach.clicks[*self.ids.get(&key(url))?]);
        ends.any(|clicks| sought.most.is_none_or(|most| clicks <= most))
    }

    /// The pages that can be reached and were not opened, those first that likely lead to what is still sought.
    pub(super) fn next(&self, reach: &Reach, missing: &[&Sought<'_>], count: usize) -> Vec<Url> {
        let most = missing.iter().filter_map(|one| one.most).max().unwrap_or(usize::MAX);
        let mut words: Vec<&Phrase> = missing.iter().flat_map(|one| one.names.iter().copied()).collect();
        words.sort_unstable_by_key(|phrase| phrase.as_str());
        words.dedup_by_key(|phrase| phrase.as_str());
        let places: BTreeSet<String> = missing.iter().flat_map(|one| folders(&one.url)).collect();
        let open = (0..self.nodes.len()).filter(|at| {
            let node = &self.nodes[*at];
            node.is_open() && reach.clicks[*at].is_some()
        });
        let mut ranked: Vec<_> = open
            .map(|at| {
                let clicks = reach.clicks[at].unwrap_or_default();
                let text = reach.from[at].map_or("", |(from, number)| self.nodes[from].links[number].text.as_str());
                let worth = self.worth(&self.nodes[at].url, text, &words, &places);
                (clicks >= most, Reverse(worth), clicks, at)
            })
            .collect();
        ranked.sort_unstable();
        ranked.into_iter().take(count).map(|(.., at)| self.nodes[at].url.clone()).collect()
    }

    fn worth(&self, url: &Url, text: &str, words: &[&Phrase], places: &BTreeSet<String>) -> i64 {
        let folded = Folded::new(text);
        let named = words.iter().filter(|phrase| folded.contains(phrase)).map(|phrase| phrase.as_str().chars().count());
        let named = i64::try_from(named.max().unwrap_or_default().min(40)).unwrap_or_default();
        let path = url.path().to_ascii_lowercase();
        let by_path = ["ita", "oit", "sitemap"]
            .iter()
            .any(|name| path.split(|c: char| !c.is_ascii_alphabetic()).any(|part| part == *name));
        let index = 60 * i64::from(by_path || folded.contains_any(&INDEX_PHRASES));
        let near = 15 * i64::from(folders(url).iter().any(|folder| places.contains(folder)));
        let alike = i64::from(self.shapes.get(&shape(url)).copied().unwrap_or_default().min(10));
        index + named + near - 6 * alike
    }

    /// Whether everything that the home page leads to was read.
    pub(super) fn is_whole(&self, reach: &Reach) -> bool {
        !self.gaps && !self.nodes.iter().zip(&reach.clicks).any(|(node, clicks)| node.is_open() && clicks.is_some())
    }
}

impl Node {
    /// Whether it is a page of the main website that was not opened.
    fn is_open(&self) -> bool {
        self.on_site && !self.done && may_lead_on(&self.url)
    }
}

/// Whether an address may be of a page with links rather than of a file.
fn may_lead_on(url: &Url) -> bool {
    looks_like_page(url) && !checks::is_file(url)
}

fn kept(text: &str) -> String {
    let mut end = text.len().min(KEPT_TEXT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[..end].to_owned()
}

/// The folders that a page lies in, the host's root aside, unless it is a host of its own.
fn folders(url: &Url) -> Vec<String> {
    let host = url.host_str().unwrap_or_default();
    let host = host.strip_prefix("www.").unwrap_or(host);
    let parts: Vec<&str> = url.path().split('/').filter(|part| !part.is_empty()).collect();
    (1..=parts.len()).map(|count| format!("{host}/{}", parts[..count].join("/"))).collect()
}

/// An address without what tells one article or day from another.
fn shape(url: &Url) -> String {
    let mut shape = String::new();
    let parameters = url.query().unwrap_or_default().split('&').map(|pair| pair.split('=').next().unwrap_or_default());
    let folder = url.path().rsplit_once('/').map_or("", |(folder, _)| folder);
    let name = url.path().rsplit('/').next().unwrap_or_default();
    let named = name.chars().filter(|c| !c.is_ascii_digit());
    for c in url.host_str().unwrap_or_default().chars().chain(folder.chars()).chain(['/']) {
        if !(c.is_ascii_digit() && shape.ends_with('0')) {
            shape.push(if c.is_ascii_digit() { '0' } else { c });
        }
    }
    shape.extend(named.take(12));
    parameters.for_each(|name| {
        shape.push('&');
        shape.push_str(name);
    });
    shape
}

#[cfg(test)]
mod tests;
