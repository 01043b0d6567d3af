//! What the terminal report says about one item or one fix, as paragraphs of a cell.

use super::canvas::{Cell, Para, Tone, cell};
use super::{said, view, words};
use crate::model::{Fix, ItemResult, Lang, Level, ReasonCode, ReasonEntry, Verdict, clicks_in_words};

/// URLs shown under one message.
const URLS: usize = 4;
/// Lines of evidence shown under one message.
const EVIDENCE: usize = 3;

/// What is said about an item: each message once, and for what needs a person's hand also where and what was seen.
pub(super) fn comments(item: &ItemResult, lang: Lang) -> Cell {
    let places = matches!(item.verdict, Verdict::Fail | Verdict::Review);
    let mut out = Cell::new();
    if item.verdict == Verdict::Review {
        out.push(Para::new(likelihood(item, lang), Tone::Doubt));
    }
    let mut seen: Vec<&str> = Vec::new();
    for reason in &item.reasons {
        let message = view::message(reason, lang);
        if seen.contains(&message) {
            continue;
        }
        seen.push(message);
        out.push(Para::new(message, if reason.level == Level::Info { Tone::Dim } else { Tone::Plain }));
        if let Some(url) = reason.url.as_ref().filter(|_| !places && reason.code == ReasonCode::LinkWrongTarget) {
            out.push(Para::new(words::RIGHT_LINK.get(lang), Tone::Dim));
            out.push(Para::address(&view::readable_url(url.as_str())));
        }
        if places {
            let same: Vec<&ReasonEntry> =
                item.reasons.iter().filter(|other| view::message(other, lang) == message).collect();
            for reason in same.iter().take(URLS) {
                if let Some(url) = &reason.url {
                    out.push(Para::address(&view::readable_url(url.as_str())));
                }
                if let Some(evidence) = said::evidence(reason) {
                    out.push(Para::new(format!("“{evidence}”"), Tone::Dim).at_most(EVIDENCE));
                }
            }
            if same.len() > URLS {
                out.push(Para::new(words::MORE.fill(lang, same.len() - URLS), Tone::Dim));
            }
        }
    }
    if places && item.reasons.iter().all(|reason| reason.url.is_none()) {
        out.extend(item.urls.iter().take(URLS).map(|link| Para::address(&view::readable_url(&link.url))));
    }
    out
}

/// The clicks from the home page to each submitted link, as far as they are known.
pub(super) fn paths(item: &ItemResult, lang: Lang) -> Cell {
    let known = item.urls.iter().filter_map(|link| link.path.as_ref());
    let words = known.map(|clicks| clicks_in_words(words::HOME.get(lang), clicks));
    words.take(URLS).map(|words| Para::new(words, Tone::Dim)).collect()
}

/// Which way a review leans, and how far.
pub(super) fn likelihood(item: &ItemResult, lang: Lang) -> String {
    let is_even = item.confidence.is_some_and(|confidence| format!("{:.0}", confidence * 100.0) == "50");
    let side = if is_even {
        words::EVEN_ODDS
    } else if item.likely_score == 0 {
        words::LIKELY_FAIL
    } else {
        words::LIKELY_PASS
    };
    match item.confidence {
        Some(confidence) => side.fill(lang, format!("{:.0}", confidence * 100.0)),
        // A report of an earlier version says only the side.
        None => side.get(lang).split([',', '{']).next().unwrap_or_default().trim().to_owned(),
    }
}

/// What of a fix is to be pasted into the agency file, and how far it is indented there: an item, or a key of one.
pub(super) fn to_paste(fix: &Fix, lang: Lang) -> Option<(usize, &str)> {
    let (_, line) = fix.next_step.get(lang).split_once('\n')?;
    let is_item = line.strip_prefix(fix.item.as_str()).is_some_and(|rest| rest.starts_with(':'));
    Some((if is_item { 2 } else { 4 }, line))
}

/// What to do for a fix, and what has to be done before.
pub(super) fn todo(fix: &Fix, lang: Lang) -> Cell {
    let mut out = cell(view::readable_url(fix.todo.get(lang)), Tone::Plain);
    let step = fix.next_step.get(lang);
    let next = view::readable_url(step.split_once('\n').map_or(step, |(said, _)| said));
    if !next.is_empty() {
        out.push(Para::new(words::NEXT.fill(lang, next), Tone::Dim));
    }
    if !fix.after.is_empty() {
        out.push(Para::new(words::AFTER.fill(lang, view::list(&fix.after)), Tone::Doubt));
    }
    out
}
