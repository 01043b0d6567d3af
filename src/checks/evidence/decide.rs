//! Which of a document's years are what it is about: what its opening says, then its date line, then its text.

use super::cues::{Cue, Written, cue};
use super::flow::Flow;
use super::opening::Opening;
use crate::thai::{Role, Span, YearMention, letters};

/// Pages of which the text says what a document is about; later ones go into detail.
const FIRST_PAGES: u32 = 3;
/// The same where there are no pages, in bytes.
const FIRST_BYTES: usize = 18_000;
/// How far the words before a year are looked at, in bytes.
const REACH: usize = 900;
/// A longer span is an outlook or a history, not what a document covers.
const LONGEST: u16 = 9;

/// How strongly a mention says that the document is about its year; the least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Claim {
    /// It says that it is not: the year of a law, the date of another paper, a birth, a target.
    Cited,
    /// A year without a word about it.
    Bare,
    /// A date in the text.
    Dated,
    /// A fiscal year, a period, the state on a day.
    Stated,
    /// The date line of an announcement, an order or a law.
    DateLine,
    /// The title, or what opens the document.
    Named,
}

/// A mention and what it claims.
#[derive(Debug, Clone)]
pub(super) struct Claimed {
    pub(super) mention: YearMention,
    pub(super) claim: Claim,
    /// It is on the first pages.
    pub(super) early: bool,
}

/// What each mention of a document's text claims.
pub(super) fn claims(flow: &Flow<'_>, opening: &Opening, mentions: Vec<YearMention>) -> Vec<Claimed> {
    let mut since = 0;
    let mut law_before = false;
    let mut out: Vec<Claimed> = Vec::with_capacity(mentions.len());
    for mention in mentions {
        let from = boundary(&flow.text, since.max(mention.at.start.saturating_sub(REACH)));
        let gap = letters(&flow.text[from..mention.at.start]);
        let at = letters(&flow.text[mention.at.clone()]);
        let written = Written {
            era: at.contains('ศ'),
            fiscal: is_fiscal(&at),
            dated: mention.span.from.month.is_some(),
            range: mention.span.from != mention.span.to,
        };
        let said = cue(&gap, from == 0, written);
        // "พ.ร.บ. … พ.ศ. 2534 และที่แก้ไขเพิ่มเติม (ฉบับที่ 4) พ.ศ. 2543" goes on with the same law.
        let amends = law_before && !written.dated && !written.fiscal && !written.range && is_amendment(&gap);
        let open = opening.holds(&mention.at);
        let claim = claim(&mention, said, written, open, opening.is_law, amends);
        law_before = claim == Claim::Cited && (amends || matches!(said, Some(Cue::Law { .. })));
        since = mention.at.end;
        let early = match flow.block(mention.at.start) {
            Some(block) if flow.paged && block.page > 0 => block.page <= FIRST_PAGES,
            _ => mention.at.start < FIRST_BYTES,
        };
        out.push(Claimed { mention, claim, early });
    }
    pair_up(&flow.text, &mut out);
    out
}

fn claim(mention: &YearMention, said: Option<Cue>, written: Written, open: bool, is_law: bool, amends: bool) -> Claim {
    let far = mention.span.to.year - mention.span.from.year > LONGEST;
    match said {
        Some(Cue::Law { first }) if !(open && is_law && first) => return Claim::Cited,
        Some(Cue::Itself | Cue::Law { .. }) => return Claim::Named,
        Some(Cue::DateLine) => return Claim::DateLine,
        Some(Cue::Printed | Cue::Target) => return Claim::Cited,
        Some(Cue::Signed | Cue::Past | Cue::Greater) if !open => return Claim::Cited,
        // "บัญชีแนบท้ายประกาศ … ลงวันที่ …" is dated by the other paper, if by nothing else.
        Some(Cue::Signed | Cue::Past) => return Claim::Dated,
        _ => {}
    }
    if amends {
        return Claim::Cited;
    }
    // What the line itself says: a copyright, an update, a birth. A law's title is the opening's own.
    if mention.role == Role::Cited && !(open && (written.era || far)) {
        return Claim::Cited;
    }
    if open {
        return Claim::Named;
    }
    match said {
        _ if far => Claim::Cited,
        Some(Cue::Assessment) => Claim::Bare,
        Some(Cue::State) => Claim::Stated,
        _ if written.fiscal || written.range => Claim::Stated,
        _ if written.dated => Claim::Dated,
        _ => Claim::Bare,
    }
}

/// The years that a document is about.
pub(super) fn content(claims: &[Claimed]) -> Content {
    let spans = |wanted: Claim, early: bool| -> Vec<Span> {
        claims.iter().filter(|one| one.claim == wanted && one.early >= early).map(|one| one.mention.span).collect()
    };
    let mut found = spans(Claim::Named, false);
    let signed = spans(Claim::DateLine, true);
    if found.is_empty() && !signed.is_empty() {
        found.extend(spans(Claim::Stated, true));
        // What an announcement announces lies after its date.
        let announced = |span: &Span| {
            signed.iter().any(|day| (day.to.year..=day.to.year + 1).contains(&span.from.year) && day.from <= span.from)
        };
        found.extend(spans(Claim::Dated, true).into_iter().filter(announced));
    }
    found.extend(signed);
    for early in [true, false] {
        for claim in [Claim::Stated, Claim::Dated, Claim::Bare, Claim::DateLine] {
            if found.is_empty() {
                found = spans(claim, early);
            }
        }
    }
    Content { spans: found }
}

/// The times that a document is about.
#[derive(Debug)]
pub(super) struct Content {
    spans: Vec<Span>,
}

impl Content {
    /// Whether a year is among them.
    pub(super) fn has(&self, year: u16) -> bool {
        self.spans.iter().any(|span| span.contains_year(year))
    }
}

fn is_fiscal(at: &str) -> bool {
    ["งบ", "ประจาป", "การศกษา", "ปภาษ"].iter().any(|word| at.contains(word))
}

fn is_amendment(gap: &str) -> bool {
    let plain = gap.trim_matches(|c: char| !c.is_alphabetic());
    gap.len() <= 240 && (["ฉบบท", "แกไข"].iter().any(|word| gap.contains(word)) || plain == "และ")
}

/// Two years in brackets with one strange sign between them are a range whose dash was lost: "(พ.ศ. 2551 F 2555)".
fn pair_up(text: &str, claims: &mut [Claimed]) {
    for at in 1..claims.len() {
        let [one, two] = &mut claims[at - 1..=at] else { continue };
        let (from, to) = (one.mention.span, two.mention.span);
        let between = text[one.mention.at.end..two.mention.at.start].trim();
        let lost = between.chars().count() == 1 && !between.starts_with([',', '/', '.', '(', ')']);
        let closed = text[two.mention.at.end..].trim_start().starts_with(')');
        let fits = from.is_single_year()
            && to.is_single_year()
            && (1..=LONGEST).contains(&to.to.year.saturating_sub(from.from.year));
        if lost && closed && fits && one.claim == Claim::Bare && two.claim == Claim::Bare {
            (one.claim, two.claim) = (Claim::Stated, Claim::Stated);
        }
    }
}

fn boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}
