//! What the pages of a site have in common. A menu that names every item and a footer with this year's number stand on
//! every page, so they are evidence for none.

use std::borrow::Cow;

use super::Own;
use crate::model::{Block, BlockRole, Document, Form, Frame, MediaKind, PageLink, digest};

/// Pages that share at least this share of the smaller one's blocks, in percent, have the same template.
const ALIKE: usize = 30;

/// What stands on at least this share of the pages, in percent, is template. It is high because an honest heading such as
/// «ประจำปีงบประมาณ พ.ศ. 2563» may stand at the same place of every other page.
const COMMON: usize = 60;

/// With so few pages or fewer, only what stands on all of them is template.
const FEW: usize = 3;

/// What the pages of a site have in common, and how many times each page has it.
#[derive(Debug, Default)]
pub(super) struct Template {
    /// Keys, in order, with how many times each is taken.
    times: Vec<(u64, u32)>,
    /// Boxes that show another choice of the same entries on each page, in the order of their places.
    boxes: Vec<Rotating>,
}

/// A box such as that of the latest news.
#[derive(Debug)]
struct Rotating {
    /// Where its blocks are. A page's own list may be at a place of the same form.
    place: u64,
    /// Entries that it shows at once.
    size: usize,
    /// The keys of its entries, in order.
    keys: Vec<u64>,
}

impl Template {
    /// Which things on a page are part of the template, by the keys of all that is on it: as many of each as every page
    /// has. What a page has once more, such as a link in its text that the menu has too, is its own.
    pub(super) fn takes(&self, document: &Document, keys: &[u64]) -> Vec<bool> {
        let mut taken = vec![false; keys.len()];
        for rotating in &self.boxes {
            let blocks = document.blocks.iter().zip(keys).enumerate();
            let there = blocks.filter(|(_, (block, _))| block.path == rotating.place);
            let there: Vec<(usize, bool)> = there
                .map(|(at, (_, key))| (at, *key, rotating.keys.binary_search(key).is_ok()))
                .filter(|(_, key, known)| *known || self.times(*key).is_none())
                .map(|(at, _, known)| (at, known))
                .collect();
            rotating.choice(&there).into_iter().for_each(|at| taken[at] = true);
        }
        let mut so_far = vec![0; self.times.len()];
        for (key, taken) in keys.iter().zip(&mut taken).filter(|(_, taken)| !**taken) {
            if let Some(at) = self.times(*key) {
                so_far[at] += 1;
                *taken = so_far[at] <= self.times[at].1;
            }
        }
        taken
    }

    fn times(&self, key: u64) -> Option<usize> {
        self.times.binary_search_by_key(&key, |(key, _)| *key).ok()
    }
}

impl Rotating {
    /// Which blocks of a page at its place are its own, given where they are and whether it has such an entry elsewhere. Of
    /// more than it shows at once, some are the page's: then it is those that stand together, or else only entries that are
    /// known, the last of either, since what stands around a text mostly follows it.
    fn choice(&self, there: &[(usize, bool)]) -> Vec<usize> {
        let known = there.iter().filter(|(_, known)| *known);
        if there.len() <= self.size {
            return if known.count() * 2 > there.len() {
                there.iter().map(|(at, _)| *at).collect()
            } else {
                Vec::new()
            };
        }
        let together = there.windows(self.size).rev().find(|run| run.iter().all(|(_, known)| *known));
        match together {
            Some(run) => run.iter().map(|(at, _)| *at).collect(),
            None => known.rev().take(self.size).map(|(at, _)| *at).collect(),
        }
    }
}

fn block_key(block: &Block) -> u64 {
    digest(block.path ^ 0x1, &masked(&block.text))
}

fn link_key(link: &PageLink) -> u64 {
    digest(digest(link.path ^ 0x2, link.url.as_str()), &link.text)
}

fn form_key(form: &Form) -> u64 {
    let action = form.action.as_ref().map_or("", |url| url.as_str());
    form.fields.iter().fold(digest(0x3, action), |key, field| digest(key, &field.name))
}

fn frame_key(frame: &Frame) -> u64 {
    digest(0x4, frame.url.as_str())
}

fn picture_key(source: u64) -> u64 {
    source ^ 0x5
}

/// A text with clocks and counters masked, which differ from page to page of the same template. Years are kept.
fn masked(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let mut out = String::new();
    let (mut from, mut at) = (0, 0);
    while let Some(start) = next_digit(bytes, at) {
        let run = bytes[start..].iter().take_while(|byte| matches!(byte, b'0'..=b'9' | b':' | b','));
        let (mut length, mut digits, mut clock) = (0, 0, false);
        for byte in run {
            length += 1;
            digits += usize::from(byte.is_ascii_digit());
            clock |= *byte == b':';
        }
        at = start + length;
        if digits >= 5 || clock {
            out.push_str(&text[from..start]);
            out.push('#');
            from = at;
        }
    }
    if from == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[from..]);
    Cow::Owned(out)
}

/// The first ASCII digit from a place on. Many bytes are looked at together, which is quicker than stopping at each.
fn next_digit(bytes: &[u8], mut at: usize) -> Option<usize> {
    while let Some(many) = bytes[at..].first_chunk::<32>()
        && !many.iter().fold(false, |any, byte| any | byte.is_ascii_digit())
    {
        at += many.len();
    }
    bytes[at..].iter().position(u8::is_ascii_digit).map(|ahead| at + ahead)
}

/// Blocks at one place of the pages are a box of the template that shows a choice of the same entries, such as the latest
/// news, where at least this share of them, in percent, stands on other pages too.
const POOLED: usize = 80;

/// At least this share of the pages, in percent, show as many entries in such a box; the others have a list at the same place.
const AT_ONCE: usize = 40;

/// What stands on at least this share of the pages, in percent, is not a choice of several.
const FIXED: usize = 90;

/// A page as templates see it.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Sketch {
    /// The keys of everything on it, in order; of what is there several times, as often.
    contents: Vec<u64>,
    /// Its blocks' places and keys, in order; titles aside, which have one place on every page.
    places: Vec<(u64, u64)>,
}

/// The keys of everything on a page: its blocks, links, forms, frames and pictures, in their order.
pub(super) fn keys(document: &Document) -> Vec<u64> {
    let Document { blocks, links, forms, frames, pictures, .. } = document;
    let mut keys = Vec::with_capacity(blocks.len() + links.len() + forms.len() + frames.len() + pictures.len());
    keys.extend(blocks.iter().map(block_key));
    keys.extend(links.iter().map(link_key));
    keys.extend(forms.iter().map(form_key));
    keys.extend(frames.iter().map(frame_key));
    keys.extend(pictures.iter().map(|picture| picture_key(picture.digest)));
    keys
}

impl Sketch {
    fn of(document: &Document, keys: &[u64]) -> Self {
        let blocks = document.blocks.iter().zip(keys).filter(|(block, _)| block.role != BlockRole::Title);
        let mut places: Vec<(u64, u64)> = blocks.map(|(block, key)| (block.path, *key)).collect();
        let mut contents = keys.to_vec();
        contents.sort_unstable();
        places.sort_unstable();
        Self { contents, places }
    }

    /// Each thing on it, in the order of the keys, with how many times it is there.
    fn things(&self) -> impl Iterator<Item = (u64, u32)> {
        self.contents.chunk_by(u64::eq).map(|same| (same[0], u32::try_from(same.len()).unwrap_or(u32::MAX)))
    }

    fn keys(&self) -> impl Iterator<Item = u64> {
        self.things().map(|(key, _)| key)
    }

    /// The blocks at each place, in the order of the places.
    fn visits(&self) -> impl Iterator<Item = (u64, &[(u64, u64)])> {
        self.places.chunk_by(|a, b| a.0 == b.0).map(|blocks| (blocks[0].0, blocks))
    }
}

/// What stands on more than half of some pages, and perhaps more: it is on both pages of some pair of neighbours, or on
/// the last page if that has none. `keys` gives a page's, in order and each once.
fn frequent<'p, K: Iterator<Item = u64>>(pages: &[&'p Sketch], keys: impl Fn(&'p Sketch) -> K) -> Vec<u64> {
    let mut found = Vec::new();
    for pair in pages.chunks(2) {
        match pair {
            [first, second] => shared(keys(first), keys(second), |key| found.push(key)),
            rest => found.extend(rest.iter().flat_map(|page| keys(page))),
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Tells what two lists have in common that are in order and have each thing once.
fn shared(one: impl Iterator<Item = u64>, other: impl Iterator<Item = u64>, mut tell: impl FnMut(u64)) {
    let mut other = other.peekable();
    for key in one {
        while other.next_if(|next| *next < key).is_some() {}
        if other.next_if_eq(&key).is_some() {
            tell(key);
        }
    }
}

/// The boxes that show another choice of the same entries on each page. Such a box has more than one entry, as many on one
/// page as on many others, and stands on most pages; a page's content has none of these in common. `fixed` are the keys, in
/// order, of what stands on nearly every page.
fn rotating(pages: &[&Sketch], needed: usize, fixed: &[u64]) -> Vec<Rotating> {
    let places = frequent(pages, |page| page.visits().map(|(place, _)| place));
    let mut visits: Vec<Vec<Vec<u64>>> = vec![Vec::new(); places.len()];
    for (place, blocks) in pages.iter().flat_map(|page| page.visits()) {
        if let Ok(at) = places.binary_search(&place) {
            let turning = blocks.iter().map(|(_, key)| *key).filter(|key| fixed.binary_search(key).is_err());
            let turning: Vec<u64> = turning.collect();
            if !turning.is_empty() {
                visits[at].push(turning);
            }
        }
    }
    let mut boxes = Vec::new();
    for (place, visits) in places.into_iter().zip(visits).filter(|(_, visits)| visits.len() >= needed) {
        let Some(size) = usual_size(&visits) else { continue };
        // Where there are more, a page has a list of its own at the same place.
        let usual = visits.into_iter().filter(|keys| keys.len() == size);
        let mut keys: Vec<u64> = usual
            .flat_map(|mut keys| {
                keys.dedup();
                keys
            })
            .collect();
        keys.sort_unstable();
        let shared: usize = keys.chunk_by(u64::eq).map(<[u64]>::len).filter(|times| *times > 1).sum();
        if shared * 100 >= keys.len() * POOLED {
            keys.dedup();
            boxes.push(Rotating { place, size, keys });
        }
    }
    boxes
}

/// The number of blocks that many visits to a place find there, if there is one and it is more than one.
fn usual_size(visits: &[Vec<u64>]) -> Option<usize> {
    let mut sizes: Vec<usize> = visits.iter().map(Vec::len).collect();
    sizes.sort_unstable();
    let alike = sizes.chunk_by(usize::eq).filter(|alike| alike[0] > 1 && alike.len() * 100 >= visits.len() * AT_ONCE);
    alike.max_by_key(|alike| alike.len())?.first().copied()
}

/// With fewer pages than this, what a site's pages have in common is not known well enough to tell it of further pages.
const SAMPLE: usize = 6;

/// The templates of a site. It may have several: pages are grouped by likeness first. Pages that are the same throughout
/// count once, so that one page under two addresses is not taken for a template.
#[derive(Debug, Default)]
pub struct Templates {
    groups: Vec<(Sketch, Template)>,
    /// The group of each page that they were found from, and the keys of what is on it.
    of: Vec<(usize, Vec<u64>)>,
}

impl Templates {
    /// The templates of a site's pages.
    pub fn new(pages: &[&Document]) -> Self {
        let mut groups: Vec<Vec<Sketch>> = Vec::new();
        let mut of = Vec::with_capacity(pages.len());
        for page in pages {
            if !has_template(page) {
                of.push((NO_GROUP, Vec::new()));
                continue;
            }
            let keys = keys(page);
            let sketch = Sketch::of(page, &keys);
            let alike = |group: &Vec<Sketch>| alike(&group[0], &sketch);
            let at = groups.iter().position(alike).unwrap_or(groups.len());
            if at == groups.len() {
                groups.push(Vec::new());
            }
            of.push((at, keys));
            groups[at].push(sketch);
        }
        let groups = groups.into_iter().map(|mut group| {
            let mut distinct: Vec<&Sketch> = group.iter().collect();
            distinct.sort_unstable();
            distinct.dedup_by(|a, b| a.contents == b.contents);
            let template = common(&distinct);
            (group.swap_remove(0), template)
        });
        Self { groups: groups.collect(), of }
    }

    /// What is each page's own, of the pages that they were found from.
    pub fn own(&self, pages: &[&Document]) -> Vec<Own> {
        let none = Template::default();
        let template = |group: usize| self.groups.get(group).map_or(&none, |(_, template)| template);
        pages.iter().zip(&self.of).map(|(page, (group, keys))| Own::of(page, keys, template(*group))).collect()
    }

    /// What is the own of another page of the site.
    pub fn own_of(&self, page: &Document) -> Own {
        if !has_template(page) {
            return Own::of(page, &[], &Template::default());
        }
        let keys = keys(page);
        let sketch = Sketch::of(page, &keys);
        let group = self.groups.iter().find(|(first, _)| alike(first, &sketch));
        Own::of(page, &keys, group.map_or(&Template::default(), |(_, template)| template))
    }

    /// Whether they were found from enough pages to tell the template of another one.
    pub fn is_known_well(&self) -> bool {
        self.of.iter().filter(|(group, _)| *group != NO_GROUP).count() >= SAMPLE
    }
}

/// The place of a document's group where it has none.
const NO_GROUP: usize = usize::MAX;

/// Whether a document can have a site's template. What several files say is what each of them says: a report is written
/// from last year's, and published as PDF and as DOCX.
fn has_template(page: &Document) -> bool {
    page.kind == MediaKind::Html
}

fn alike(a: &Sketch, b: &Sketch) -> bool {
    let mut common = 0_usize;
    shared(a.keys(), b.keys(), |_| common += 1);
    let smaller = a.keys().count().min(b.keys().count());
    smaller > 0 && common * 100 >= smaller * ALIKE
}

fn common(pages: &[&Sketch]) -> Template {
    let count = pages.len();
    if count < 2 {
        return Template::default();
    }
    let needed = if count <= FEW { count } else { (count * COMMON).div_ceil(100).max(FEW) };
    let keys = frequent(pages, Sketch::keys);
    // For each of them: on how many pages, and how many times on the page that has it least.
    let mut seen = vec![(0_usize, u32::MAX); keys.len()];
    for (key, times) in pages.iter().flat_map(|page| page.things()) {
        if let Ok(at) = keys.binary_search(&key) {
            let (on, least) = &mut seen[at];
            *on += 1;
            *least = (*least).min(times);
        }
    }
    let seen: Vec<(u64, (usize, u32))> = keys.into_iter().zip(seen).collect();
    let on_nearly_all = seen.iter().filter(|(_, (on, _))| on * 100 >= count * FIXED);
    let fixed: Vec<u64> = on_nearly_all.map(|(key, _)| *key).collect();
    let boxes = if count > FEW { rotating(pages, needed, &fixed) } else { Vec::new() };
    let turns = |key: u64| boxes.iter().any(|rotating| rotating.keys.binary_search(&key).is_ok());
    let on_most = seen.into_iter().filter(|(key, (on, _))| *on >= needed && !turns(*key));
    Template { times: on_most.map(|(key, (_, least))| (key, least)).collect(), boxes }
}

#[cfg(test)]
#[path = "template_tests.rs"]
mod tests;
