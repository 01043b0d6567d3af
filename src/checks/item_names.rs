//! What the year's items are called, sought all at once: which of them a line, or a whole page, is about.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::{Outline, Topic};
use crate::model::{ItemId, Text};
use crate::thai::{Folded, Found, Hold, Phrase, PhraseSet, spaces};

/// Where in a line the first name that does not begin anew still says what the line is about, in codes: anywhere in a
/// heading, at the beginning of what may be a title, nowhere in other lines.
pub(super) const ANYWHERE: usize = usize::MAX;
const BEGINNING: usize = 12;
const NOWHERE: usize = 0;

/// The names and topics of the year's items.
#[derive(Debug)]
pub struct ItemNames {
    items: Vec<Named>,
    set: PhraseSet,
    /// Each phrase of the set.
    phrases: Vec<Entry>,
}

/// An item by its name.
#[derive(Debug)]
pub(super) struct Named {
    /// The item.
    pub(super) id: ItemId,
    /// Its official name.
    pub(super) name: Text,
}

#[derive(Debug)]
struct Entry {
    item: usize,
    /// It says that the line is about something else than the item.
    unless: bool,
    /// The items that have the same phrase, so that it tells nothing between them.
    shared: Vec<usize>,
}

/// How a line names an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Claim {
    /// The line is about it; else it only has its name somewhere.
    pub(super) heads: bool,
    /// Codes of the phrase: the longer, the more certain.
    pub(super) length: usize,
}

/// Which of the year's items a page names, and where.
#[derive(Debug, Default)]
pub(super) struct Naming {
    /// In what it opens with.
    pub(super) label: BTreeMap<usize, Claim>,
    /// In the title below its heading.
    pub(super) title: BTreeMap<usize, Claim>,
    /// At the head of its further headings.
    pub(super) sections: BTreeMap<usize, Claim>,
    /// How many times in its text.
    pub(super) text: BTreeMap<usize, usize>,
    /// How many of them its lines list.
    pub(super) listed: usize,
}

impl ItemNames {
    /// The names and topics of items.
    pub fn new<'t>(items: impl IntoIterator<Item = (&'t ItemId, &'t Text, Option<&'t Topic>)>) -> Self {
        let (mut named, mut all) = (Vec::new(), Vec::new());
        for (at, (id, name, topic)) in items.into_iter().enumerate() {
            named.push(Named { id: id.clone(), name: name.clone() });
            all.push((at, false, Phrase::new(&name.th)));
            let (any, unless) = topic.map(|topic| (&topic.any, &topic.unless)).unzip();
            all.extend(any.into_iter().flatten().map(|phrase| (at, false, phrase.clone())));
            all.extend(unless.into_iter().flatten().map(|phrase| (at, true, phrase.clone())));
        }
        let mut owners: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (item, _, phrase) in all.iter().filter(|(_, unless, _)| !unless) {
            owners.entry(phrase.as_str()).or_default().push(*item);
        }
        let shared = |phrase: &Phrase| owners.get(phrase.as_str()).cloned().unwrap_or_default();
        let phrases =
            all.iter().map(|(item, unless, phrase)| Entry { item: *item, unless: *unless, shared: shared(phrase) });
        let phrases = phrases.collect();
        Self { set: PhraseSet::new(all.iter().map(|(_, _, phrase)| phrase)), items: named, phrases }
    }

    /// The place of an item among them.
    pub(super) fn place(&self, id: &ItemId) -> Option<usize> {
        self.items.iter().position(|item| item.id == *id)
    }

    /// The item at a place.
    pub(super) fn at(&self, place: usize) -> Option<&Named> {
        self.items.get(place)
    }

    /// What of a folded text names items, in order, without what only stands inside the longer name of another. Where one
    /// of an item's `unless` stands in a line, nothing there names the item; a whole text may say anything somewhere.
    fn names(&self, text: &Folded, line: bool) -> Vec<(&Entry, Found)> {
        let mut found: Vec<(&Entry, Found)> =
            self.set.find(text).filter_map(|found| Some((self.phrases.get(found.phrase)?, found))).collect();
        let mut vetoed: Vec<usize> =
            found.iter().filter(|(entry, _)| line && entry.unless).map(|(entry, _)| entry.item).collect();
        vetoed.sort_unstable();
        found.retain(|(entry, _)| !entry.unless && vetoed.binary_search(&entry.item).is_err());
        found.sort_by_key(|(_, found)| (found.at.start, Reverse(found.at.end)));
        let mut longest: Option<(usize, usize)> = None;
        let mut length = 0;
        let mut kept = Vec::with_capacity(found.len());
        for (entry, found) in found {
            let inside = longest.is_some_and(|(item, end)| {
                found.at.end <= end && found.at.len() < length && item != entry.item && !entry.shared.contains(&item)
            });
            if longest.is_none_or(|(_, end)| found.at.end > end) {
                longest = Some((entry.item, found.at.end));
                length = found.at.len();
            }
            if !inside {
                kept.push((entry, found));
            }
        }
        kept
    }

    /// How a line names items: it is about each whose name begins it or stands after a space or a joining word, and about
    /// the first that is in it where that starts within so many codes.
    pub(super) fn claims(&self, line: &str, within: usize) -> BTreeMap<usize, Claim> {
        let text = Folded::new(line);
        let names = self.names(&text, true);
        let mut claims: BTreeMap<usize, Claim> = BTreeMap::new();
        if names.is_empty() {
            return claims;
        }
        let spaces = spaces(line);
        let first = names.first().map(|(_, found)| found.at.start).filter(|start| *start < within);
        for (entry, found) in names {
            let hold = self.set.hold(&text, found.at.start, &spaces);
            let heads = hold == Hold::Opens || (hold == Hold::Follows && Some(found.at.start) == first);
            if !heads && within == NOWHERE {
                continue;
            }
            let claim = Claim { heads, length: found.at.len() };
            let best = claims.entry(entry.item).or_insert(claim);
            *best = claim.max(*best);
        }
        claims
    }

    /// Which items a page names, by its outline and its text.
    pub(super) fn naming(&self, outline: &Outline, text: &Folded) -> Naming {
        let mut naming = Naming::default();
        let best = |into: &mut BTreeMap<usize, Claim>, line: &str, within: usize| {
            for (item, claim) in self.claims(line, within) {
                let best = into.entry(item).or_insert(claim);
                *best = claim.max(*best);
            }
        };
        outline
            .label
            .iter()
            .for_each(|line| best(&mut naming.label, &line.text, if line.heading { ANYWHERE } else { NOWHERE }));
        outline.title.iter().for_each(|line| best(&mut naming.title, line, BEGINNING));
        outline.sections.iter().for_each(|line| best(&mut naming.sections, line, ANYWHERE));
        naming.sections.retain(|_, claim| claim.heads);
        let mut ends: BTreeMap<usize, usize> = BTreeMap::new();
        for (entry, found) in self.names(text, false) {
            // Two phrases of an item in one place are one mention.
            if ends.get(&entry.item).is_none_or(|end| *end <= found.at.start) {
                *naming.text.entry(entry.item).or_default() += 1;
            }
            let end = ends.entry(entry.item).or_default();
            *end = found.at.end.max(*end);
        }
        let in_text = outline.label.first().filter(|_| outline.heading_in_text);
        for item in in_text.iter().flat_map(|line| self.claims(&line.text, ANYWHERE).into_keys()) {
            naming.text.entry(item).and_modify(|times| *times = times.saturating_sub(1));
        }
        naming.text.retain(|_, times| *times > 0);
        naming.listed = self.listed(&outline.rows);
        naming
    }

    /// How many items lines list, each by hardly more than its name.
    fn listed(&self, lines: &[String]) -> usize {
        let mut named = vec![false; self.items.len()];
        for line in lines {
            let text = Folded::new(line);
            let found = self.set.find(&text).filter_map(|found| Some((self.phrases.get(found.phrase)?, found)));
            let whole = |found: &Found| found.at.len() * 2 > text.len();
            for (entry, _) in found.filter(|(entry, found)| !entry.unless && whole(found)) {
                named[entry.item] = true;
            }
        }
        named.into_iter().filter(|named| *named).count()
    }
}
