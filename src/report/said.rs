//! What a report says about an item, once each: the messages with the places that they are about, and what to do.

use url::Url;

use super::view;
use crate::model::{Fix, ItemResult, Lang, ReasonEntry, Report, Verdict};

/// A message, and all that it was said about.
#[derive(Debug, Clone)]
pub(super) struct Said<'a> {
    /// The message.
    pub(super) message: &'a str,
    /// The pages that it is about, each with what was seen.
    pub(super) places: Vec<(Option<&'a Url>, Option<&'a str>)>,
}

/// The messages of an item, in the order of its reasons.
pub(super) fn said(item: &ItemResult, lang: Lang) -> Vec<Said<'_>> {
    let mut all: Vec<Said<'_>> = Vec::new();
    for reason in &item.reasons {
        let message = view::message(reason, lang);
        let place = (reason.url.as_ref(), evidence(reason));
        match all.iter_mut().find(|said| said.message == message) {
            Some(said) if said.places.contains(&place) => {}
            Some(said) => said.places.push(place),
            None => all.push(Said { message, places: vec![place] }),
        }
    }
    all
}

/// What was seen, where that says anything.
pub(super) fn evidence(reason: &ReasonEntry) -> Option<&str> {
    reason.evidence.as_deref().filter(|evidence| !evidence.trim().is_empty())
}

/// What to do about an item.
pub(super) fn fix<'a>(report: &'a Report, item: &ItemResult) -> Option<&'a Fix> {
    report.fixes.iter().find(|fix| fix.item == item.id)
}

/// The items with a verdict, those first that gain or may lose most.
pub(super) fn by_gain(report: &Report, verdict: Verdict) -> Vec<&ItemResult> {
    let mut items: Vec<&ItemResult> = report.items.iter().filter(|item| item.verdict == verdict).collect();
    let at_stake = |item: &ItemResult| fix(report, item).map_or(0.0, |fix| fix.oit_gain.0.max(fix.oit_loss.0));
    items.sort_by(|a, b| at_stake(b).total_cmp(&at_stake(a)));
    items
}
