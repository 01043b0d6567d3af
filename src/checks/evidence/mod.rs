//! Which years a document names, where, and whether it is about them: pure, with the whole document in view.
//!
//! A line alone does not tell. "พ.ศ. ๒๕๖๐" is a law's title in one paper and the paper's own in another, and the date under a
//! report is not what the report is of. So each mention makes a claim ([`Claim`]) by the words before it and the place where
//! it stands, and the strongest claims decide for all: what the opening names, with the date line, before what the first
//! pages state, before dates, before bare years, before later pages. On web pages, whose headings are often the site's, the
//! words before each year decide alone.

mod cues;
mod decide;
mod flow;
mod opening;

use std::collections::BTreeSet;
use std::ops::Range;

pub use decide::Claim;

use crate::model::{Block, BlockRole, Document, MediaKind, Spot};
use crate::thai::{self, Role, Span, YearMention};
use decide::{Claimed, claims, content};
use flow::{Flow, is_text};
use opening::Opening;
pub(super) use opening::begins_text;

/// Characters of the text shown on either side of a year.
const AROUND: usize = 40;

/// A mention of a year, or of two that are the ends of a range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sighting {
    /// The time that it names.
    pub span: Span,
    /// Whether the document is about it.
    pub role: Role,
    /// How strongly it says so.
    pub claim: Claim,
    /// It is on the first pages.
    pub early: bool,
    /// Where it stands.
    pub spot: Spot,
    /// The page, slide or sheet, from 1; 0 where there is none.
    pub page: u32,
    /// It with the words around it.
    pub snippet: String,
    /// A digit of it was read from a picture without certainty.
    pub doubtful: bool,
}

/// Every year that a document names in its text, in its links and in its navigation, in this order.
pub fn evidence(document: &Document) -> Vec<Sighting> {
    let web = document.kind == MediaKind::Html;
    // Only on a web page is a link something else than the document's own text.
    let text = Flow::of(document, |block| is_text(block) || (!web && !block.chrome));
    let mentions = thai::years(&text.text);
    let mut found = if web { by_words(&text, mentions, &document.hidden) } else { by_document(&text, mentions) };
    if web {
        found.extend(in_links(document, &found));
    }
    let navigation = Flow::of(document, |block| block.chrome);
    found.extend(thai::years(&navigation.text).into_iter().map(|mention| {
        let (span, at) = (mention.span, mention.at);
        sighting(&navigation, span, &at, Role::Cited, Claim::Cited, false)
    }));
    found
}

/// The years in the name of a document's file or in the text of the link that led to it.
///
/// A name says what a document is of only where the document itself does not: then its role is content.
pub fn in_name(name: &str, spot: Spot, found: &[Sighting]) -> Vec<Sighting> {
    if is_digest(name) {
        return Vec::new();
    }
    let about: Vec<Span> = found.iter().filter(|one| one.role == Role::Content).map(|one| one.span).collect();
    let sighting = |year: u16| {
        let point = thai::Point { year, month: None };
        let known = about.is_empty() || about.iter().any(|span| span.contains_year(year));
        Sighting {
            span: Span { from: point, to: point },
            role: if known { Role::Content } else { Role::Cited },
            claim: Claim::Bare,
            early: true,
            spot,
            page: 0,
            snippet: name.to_owned(),
            doubtful: false,
        }
    };
    thai::years_in_name(name).into_iter().map(sighting).collect()
}

/// Whether a name is a checksum, in which digits mean nothing.
fn is_digest(name: &str) -> bool {
    let stem = name.rsplit('/').next().unwrap_or(name).split('.').next().unwrap_or_default();
    stem.len() >= 8
        && stem.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
        && stem.bytes().any(|byte| byte.is_ascii_alphabetic())
}

/// The years of a web page's text; what hides itself from visitors is not what it is about.
fn by_words(flow: &Flow<'_>, mentions: Vec<YearMention>, hidden: &[String]) -> Vec<Sighting> {
    let hidden: BTreeSet<&str> = hidden.iter().map(String::as_str).collect();
    let sighting = |one: YearMention| {
        let shown = flow.block(one.at.start).is_none_or(|block| !hidden.contains(block.text.as_str()));
        let about = shown && one.role == Role::Content;
        let (role, claim) = if about { (Role::Content, Claim::Stated) } else { (Role::Cited, Claim::Cited) };
        sighting(flow, one.span, &one.at, role, claim, true)
    };
    mentions.into_iter().map(sighting).collect()
}

/// The years in the links of a web page: what they lead to shows them, and the page only if its text does too.
fn in_links(document: &Document, found: &[Sighting]) -> Vec<Sighting> {
    let about: BTreeSet<u16> = found.iter().filter(|one| one.role == Role::Content).flat_map(ends).collect();
    let links = Flow::of(document, |block| !block.chrome && block.role == BlockRole::Anchor);
    let sighting = |one: YearMention| {
        let known = one.role == Role::Content && one.span.years().any(|year| about.contains(&year));
        let (role, claim) = if known { (Role::Content, Claim::Bare) } else { (Role::Cited, Claim::Cited) };
        sighting(&links, one.span, &one.at, role, claim, true)
    };
    thai::years(&links.text).into_iter().map(sighting).collect()
}

fn ends(sighting: &Sighting) -> [u16; 2] {
    [sighting.span.from.year, sighting.span.to.year]
}

fn by_document(flow: &Flow<'_>, mentions: Vec<YearMention>) -> Vec<Sighting> {
    let claims = claims(flow, &Opening::of(flow), mentions);
    let content = content(&claims);
    let role = |one: &Claimed| {
        let span = one.mention.span;
        let held = content.has(span.from.year) && content.has(span.to.year);
        if one.claim > Claim::Cited && held { Role::Content } else { Role::Cited }
    };
    let all =
        claims.iter().map(|one| sighting(flow, one.mention.span, &one.mention.at, role(one), one.claim, one.early));
    all.collect()
}

fn sighting(flow: &Flow<'_>, span: Span, at: &Range<usize>, role: Role, claim: Claim, early: bool) -> Sighting {
    let block = flow.block(at.start);
    Sighting {
        span,
        role,
        claim,
        early,
        spot: block.map_or(Spot::Text, spot),
        page: block.map_or(0, |block| block.page),
        snippet: thai::snippet(&flow.text, at.clone(), AROUND),
        doubtful: flow.is_doubtful(at),
    }
}

fn spot(block: &Block) -> Spot {
    match block.role {
        _ if block.chrome => Spot::Menu,
        BlockRole::Title => Spot::Title,
        BlockRole::Heading => Spot::Heading,
        BlockRole::Cell => Spot::Table,
        BlockRole::Text => Spot::Text,
        BlockRole::Anchor => Spot::Link,
        BlockRole::Alt => Spot::Picture,
    }
}

#[cfg(test)]
mod tests;
