//! What to do about items that fail or need a person: the remedy, the officer's next action, what it gains.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::item::Judged;
use super::plan::Plan;
use crate::catalog::{Blanks, Item, Messages, Steps};
use crate::checks::{CheckSpec, with_period};
use crate::model::{Fix, ItemId, Level, Outcome, Points, Reason, ReasonCode, Text};
use crate::score::{Gain, ItemScores};

/// URLs up to which a line for the agency file writes an item out.
const URLS_IN_LINE: usize = 3;

/// What the remedies of a run are written with.
pub(super) struct Remedies<'r, 'f> {
    pub(super) plan: &'r Plan<'r>,
    pub(super) shown: &'r [&'r Judged<'f>],
    /// The items that each one needs first.
    pub(super) after: &'r BTreeMap<ItemId, Vec<ItemId>>,
    pub(super) scores: &'r ItemScores,
    /// The day of the audit.
    pub(super) today: Date,
}

impl Remedies<'_, '_> {
    /// Puts gains in the order in which they are worth a person's time: by points; among equals the easier; reviews that
    /// lean to a pass last, by what they may cost and how doubtful they are (`sure` is how sure an item's verdict is).
    pub(super) fn sort(&self, gains: &mut [Gain], sure: impl Fn(&ItemId) -> f64) {
        let effort = |gain: &Gain| {
            let leading = self.judged(&gain.item).and_then(|one| weighty(one).next());
            leading.zip(Steps::builtin()).map_or(u8::MAX, |(reason, steps)| steps.effort(reason.code))
        };
        let at_stake = |gain: &Gain| gain.oit_loss * (1.0 - sure(&gain.item));
        gains.sort_by(|a, b| {
            let points = b.oit.total_cmp(&a.oit);
            points.then_with(|| at_stake(b).total_cmp(&at_stake(a))).then_with(|| effort(a).cmp(&effort(b)))
        });
    }

    fn judged(&self, id: &ItemId) -> Option<&Judged<'_>> {
        self.shown.iter().copied().find(|one| one.item.id == *id)
    }

    /// What to do for a gain.
    pub(super) fn fix(&self, gain: Gain) -> Fix {
        let needed = self.after.get(&gain.item).into_iter().flatten();
        let after = needed.filter(|id| self.scores.get(*id).is_some_and(|score| score.low == 0)).cloned().collect();
        let (todo, next_step) = self.judged(&gain.item).map(|one| (self.todo(one), self.next(one))).unwrap_or_default();
        Fix {
            item: gain.item,
            oit_gain: Points(gain.oit),
            ita_gain: Points(gain.ita),
            oit_loss: Points(gain.oit_loss),
            ita_loss: Points(gain.ita_loss),
            after,
            todo,
            next_step,
        }
    }

    /// The remedies of all that weighs, each once.
    fn todo(&self, one: &Judged<'_>) -> Text {
        let messages = Messages::builtin();
        let mut said = BTreeSet::new();
        let mut todo = Text::default();
        for reason in weighty(one).filter(|reason| !is_idle(one, reason)) {
            let step = messages.fix(reason, &self.values(one, Some(reason)));
            // What a person has to do in any case needs no condition.
            let conditional = one.outcome == Outcome::Unsure
                && messages.get(reason.code).is_some_and(|message| message.level != Level::Review);
            if said.insert(step.th.clone()) {
                let before = if todo.th.is_empty() && conditional {
                    Steps::builtin().map(|steps| steps.unless().clone()).unwrap_or_default()
                } else if todo.th.is_empty() {
                    Text::default()
                } else {
                    Text::new(" ", " ")
                };
                todo = Text::new(todo.th + &before.th + &step.th, todo.en + &before.en + &step.en);
            }
        }
        todo
    }

    fn next(&self, one: &Judged<'_>) -> Text {
        let (Some(steps), leading) = (Steps::builtin(), weighty(one).next().or(one.reasons.first())) else {
            return Text::default();
        };
        let values = self.values(one, leading);
        match (one.outcome, leading) {
            (Outcome::Unsure, _) => steps.after_review(&values, has_many(self.plan, one.item)),
            (_, Some(reason)) => {
                let mut values = values;
                values.extend(reason.args.clone());
                steps.after_fail(reason.code, &values)
            }
            (_, None) => Text::default(),
        }
    }

    /// What an item and one of its reasons say for the blanks.
    fn values(&self, one: &Judged<'_>, reason: Option<&Reason>) -> Blanks {
        let links = self.plan.links(&one.item.id);
        let submitted = || links.0.iter().find_map(|link| link.url.clone());
        let url = reason.and_then(|reason| reason.url.clone()).or_else(submitted);
        let place = url.as_ref().map_or_else(
            || Text::new("บนเว็บไซต์หลักของหน่วยงาน", "on the agency's main website"),
            |url| Text::new(format!("ที่หน้านี้: {url}"), format!("on this page: {url}")),
        );
        let url = url.unwrap_or_else(|| self.plan.agency.website.clone()).to_string();
        let found = reason.and_then(|reason| reason.args.get("found")).filter(|found| found.th != "-");
        let instead = found.map(|found| {
            Text::new(format!(" (พบข้อมูลปี {})", found.th), format!(" (found there: {})", in_english(&found.en)))
        });
        let elements = elements(one);
        let missing = (!elements.th.is_empty())
            .then(|| Text::new(format!(" โดยเฉพาะ{} ", elements.th), format!(", above all {}", elements.en)));
        let line = line(self.plan, one.item, self.today);
        BTreeMap::from([
            ("what", what(self.plan, one.item)),
            ("where", place),
            ("url", Text::new(url.clone(), url)),
            ("instead", instead.unwrap_or_default()),
            ("elements", elements),
            ("missing", missing.unwrap_or_default()),
            ("line", Text::new(line.clone(), line)),
        ])
    }
}

/// The reasons that decided an item against a pass.
fn weighty<'o>(one: &'o Judged<'_>) -> impl Iterator<Item = &'o Reason> {
    let messages = Messages::builtin();
    one.reasons.iter().filter(|reason| matches!(messages.level(reason), Level::Fail | Level::Review))
}

/// Whether what a page lacks need not be said, since it is another item's: what is right there is wrong here.
fn is_idle(one: &Judged<'_>, reason: &Reason) -> bool {
    let lacks = [ReasonCode::ContentMissing, ReasonCode::ContentEmpty, ReasonCode::YearMissing];
    let others = |other: &Reason| other.code == ReasonCode::ContentOtherItem && other.url == reason.url;
    lacks.contains(&reason.code) && weighty(one).any(others)
}

/// What an item has to publish, with its period.
fn what(plan: &Plan<'_>, item: &Item) -> Text {
    let publish = item.publish.clone().unwrap_or_else(|| {
        let Text { th, en } = &item.name;
        Text::new(th.clone(), format!("«{en}»"))
    });
    let period = item.checks.iter().find_map(|check| match check {
        CheckSpec::Year(check) => Some(check.period.words(plan.year())),
        _ => None,
    });
    with_period(&publish, period.as_ref())
}

/// All elements that an item lacks, in one phrase.
fn elements(one: &Judged<'_>) -> Text {
    let missing = weighty(one).filter(|reason| reason.code == ReasonCode::ContentMissing);
    let mut names: Vec<&Text> = Vec::new();
    for name in missing.filter_map(|reason| reason.args.get("element")) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let list = |names: Vec<&str>, and: &str| match names.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [rest @ .., last] => format!("{}{and}{last}", rest.join(", ")),
    };
    Text::new(
        list(names.iter().map(|name| name.th.as_str()).collect(), " และ"),
        list(names.iter().map(|name| name.en.as_str()).collect(), " and "),
    )
}

/// Years as a list: «2561, 2562» as it stands.
fn in_english(years: &str) -> String {
    format!("content of {years}")
}

/// Whether an item has more links than a line for the agency file writes out.
fn has_many(plan: &Plan<'_>, item: &Item) -> bool {
    plan.submission(&item.id).is_some_and(|submission| submission.links.len() > URLS_IN_LINE)
}

/// The line of an agency file by which a person passes an item. Strings are written as JSON, which YAML reads.
fn line(plan: &Plan<'_>, item: &Item, today: Date) -> String {
    let reviewed = format!("reviewed: {{verdict: pass, on: {today}}}");
    let submission = plan.submission(&item.id);
    let links = submission.map_or(&[][..], |submission| &submission.links);
    if has_many(plan, item) {
        return reviewed;
    }
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let urls = links.iter().map(|link| quoted(&link.raw)).collect::<Vec<_>>().join(", ");
    let note = submission.and_then(|submission| submission.note.as_deref());
    let note = note.map(|note| format!("note: {}, ", quoted(note))).unwrap_or_default();
    format!("{}: {{urls: [{urls}], {note}{reviewed}}}", item.id)
}
