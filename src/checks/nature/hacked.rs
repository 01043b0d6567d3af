//! Spam that somebody else put on an agency's page: in its title, in elements that a visitor does not see, in links to
//! other websites, in its text.

use std::collections::BTreeSet;
use std::ops::Range;

use super::signs::Signs;
use super::words::Role;
use super::{Nature, Scene, parts};
use crate::checks::Page;
use crate::model::{MediaKind, ReasonCode, Text};
use crate::thai;

/// Characters quoted either side of the first word of spam.
const QUOTED: usize = 60;

/// With so many different words a text peddles even beside words of warning; with more goods, without saying how.
const MANY: usize = 3;

/// With so many different words that honest texts have too, a person looks.
const SUSPICIOUS: usize = 3;

/// With so many brands and as many offers what a visitor sees is spam.
const SEEN: usize = 2;

/// Characters of text of its own up to which a page is hardly more than what somebody wrote on it.
const BARE: usize = 200;

/// The spam that is on a page, if there is any.
pub(super) fn nature(page: &Page<'_>, scene: &Scene<'_>, signs: &Signs) -> Option<Nature> {
    let document = page.document;
    if document.kind != MediaKind::Html {
        return None;
    }
    let mut found: Option<Nature> = None;
    let mut note = |tally: Tally, place: Text| {
        let Some(nature) = tally.nature(&place, signs) else { return };
        if found.as_ref().is_none_or(|found| nature.certain && !found.certain) {
            found = Some(nature);
        }
    };
    if let Some(title) = &document.title {
        note(Tally::of(parts(title), signs), Text::new("ในชื่อหน้า", "in its title"));
    }
    if let Some(description) = &document.description {
        note(Tally::of([description.as_str()], signs), Text::new("ในคำอธิบายหน้า", "in its description"));
    }
    if !page.own.heading.text.is_empty() {
        note(Tally::of([page.own.heading.text.as_str()], signs), Text::new("ในหัวเรื่อง", "in its heading"));
    }
    // Hidden parts, such as the slides of a show, have nothing to do with each other; together they only hint.
    let hidden = Text::new("ในส่วนที่ซ่อนไว้", "in a hidden part");
    for part in &document.hidden {
        note(Tally::of([part.as_str()], signs), hidden.clone());
    }
    note(Tally::of(document.hidden.iter().map(String::as_str), signs).doubted(), hidden);
    note(links(page, scene, signs), Text::new("ใน link ที่แทรกไว้", "in links put there"));
    if let Some(seen) = seen(&page.own.text.text, signs) {
        note(seen, Text::new("ในเนื้อหา", "in its text"));
    }
    found.or_else(|| defacement(page, signs))
}

/// The spam in the text that a visitor sees, where it names brands. Reports on spam name them too, so only lines without
/// a warning count, and with one anywhere a person looks.
fn seen(text: &str, signs: &Signs) -> Option<Tally> {
    if !signs.words.may_have_brand(text) {
        return None;
    }
    let mut tally = Tally::default();
    let mut warned = false;
    for one in text.lines().map(|line| Tally::of_one(line, signs)) {
        if one.warned {
            warned = true;
        } else {
            tally.merge(one);
        }
    }
    if tally.brands.is_empty() || tally.brands.len() + tally.goods.len() + tally.offers.len() < SEEN {
        return None;
    }
    let plain = !warned && tally.brands.len() >= SEEN && tally.offers.len() >= SEEN;
    Some(if plain { tally } else { tally.doubted() })
}

/// What those who broke in wrote in the title of a page, or as all that it says.
fn defacement(page: &Page<'_>, signs: &Signs) -> Option<Nature> {
    let own = page.own;
    let title = page.document.title.as_deref().unwrap_or_default();
    let short = own.text.text.chars().count() <= BARE;
    let lines = own.heading.text.lines().chain(own.text.text.lines()).filter(|_| short);
    let line = parts(title).chain(lines).find(|line| signs.words.is_defacement(line))?;
    let kind = Text::new("ข้อความของผู้เจาะระบบ", "a message of those who broke in");
    Some(Nature { code: ReasonCode::LinkHacked, certain: false, kind: Some(kind), evidence: line.to_owned() })
}

/// The spam in the texts of links to other websites, and in the names of their hosts.
fn links(page: &Page<'_>, scene: &Scene<'_>, signs: &Signs) -> Tally {
    let own = page.answer.final_url.host_str();
    let mut tally = Tally::default();
    for link in page.document.links.iter().filter(|link| link.url.host_str() != own) {
        let mut one = Tally::of([link.text.as_str()], signs);
        let Some(host) = link.url.host_str().filter(|_| !one.is_empty()) else { continue };
        if scene.site.contains(&link.url) {
            continue;
        }
        if let Some((kind, _)) = signs.words.hosts.iter().find(|(_, part)| host.contains(part.as_str())) {
            one.add_host(*kind, host);
        }
        tally.merge(one);
    }
    tally
}

/// The different words of each kind of spam in texts, and whether others warn of it.
#[derive(Debug, Default)]
struct Tally {
    goods: BTreeSet<(usize, String)>,
    offers: BTreeSet<(usize, String)>,
    brands: BTreeSet<(usize, String)>,
    /// Goods and offers that honest texts have too.
    weak_goods: BTreeSet<(usize, String)>,
    weak_offers: BTreeSet<(usize, String)>,
    /// Something speaks against spam.
    warned: bool,
    quote: Option<String>,
}

impl Tally {
    /// The spam in texts. One that warns of spam counts only where there are hardly any others.
    fn of<'t>(texts: impl IntoIterator<Item = &'t str>, signs: &Signs) -> Self {
        let mut tally = Self::default();
        for text in texts {
            tally.merge(Self::of_one(text, signs));
        }
        tally
    }

    fn of_one(text: &str, signs: &Signs) -> Self {
        let mut tally = Self::default();
        let mut first: Option<Range<usize>> = None;
        for (kind, role, at) in signs.words.of(text) {
            let word = text[at.clone()].to_lowercase();
            match role {
                Role::Goods => tally.goods.insert((kind, word)),
                Role::Offer => tally.offers.insert((kind, word)),
                Role::Brand => tally.brands.insert((kind, word)),
                Role::WeakGoods => tally.weak_goods.insert((kind, word)),
                Role::WeakOffer => tally.weak_offers.insert((kind, word)),
                Role::Warning => {
                    tally.warned = true;
                    continue;
                }
                Role::Harmless => continue,
            };
            if !matches!(role, Role::Offer | Role::WeakOffer) {
                first.get_or_insert(at);
            }
        }
        tally.quote = first.map(|at| thai::snippet(text, at, QUOTED));
        tally
    }

    fn is_empty(&self) -> bool {
        self.goods.is_empty() && self.weak_goods.is_empty() && self.brands.is_empty()
    }

    fn add_host(&mut self, kind: usize, host: &str) {
        self.brands.insert((kind, host.to_owned()));
    }

    /// For a person to look at, whatever it comes to.
    fn doubted(mut self) -> Self {
        self.warned = true;
        self
    }

    /// Adds what another text has; a text that warns makes only itself harmless, unless it sells a brand.
    fn merge(&mut self, other: Self) {
        let sells = !other.brands.is_empty() && other.goods.len() + other.offers.len() > 0;
        if other.warned && !sells && other.offers.len() + other.brands.len() < MANY {
            return;
        }
        self.warned |= other.warned;
        self.goods.extend(other.goods);
        self.offers.extend(other.offers);
        self.brands.extend(other.brands);
        self.weak_goods.extend(other.weak_goods);
        self.weak_offers.extend(other.weak_offers);
        if self.quote.is_none() {
            self.quote = other.quote;
        }
    }

    /// What the words come to: goods with how they are peddled are spam; either alone is for a person, if at all.
    fn nature(&self, place: &Text, signs: &Signs) -> Option<Nature> {
        (0..signs.words.kinds.len()).find_map(|kind| {
            let count = |words: &BTreeSet<(usize, String)>| words.iter().filter(|(of, _)| *of == kind).count();
            let (goods, offers, brands) = (count(&self.goods), count(&self.offers), count(&self.brands));
            let (weak_goods, weak_offers) = (count(&self.weak_goods), count(&self.weak_offers));
            let (name, telling) = &signs.words.kinds[kind];
            let peddles = brands >= 2
                || (brands == 1 && goods + offers >= 1)
                || (goods >= 1 && offers >= 1)
                || (*telling && goods > MANY);
            let mixed = (goods >= 1 && weak_offers >= 1) || (weak_goods >= 1 && offers >= 1);
            let hints = brands >= 1
                || (*telling && goods >= 2)
                || (mixed && goods + offers + weak_goods + weak_offers >= SUSPICIOUS);
            if !peddles && !hints {
                return None;
            }
            let certain = peddles && !self.warned;
            let kind = Text::new(format!("{}{}", name.th, place.th), format!("{} {}", name.en, place.en));
            let evidence = self.quote.clone().unwrap_or_default();
            Some(Nature { code: ReasonCode::LinkHacked, certain, kind: Some(kind), evidence })
        })
    }
}
