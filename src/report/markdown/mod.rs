//! The Markdown format, for a pull request's comment and a job's summary: what changed first, what fails, what to do.

mod escape;
mod page;
mod words;

use escape::{address, in_comment, linked, text};
use page::Page;

use super::comments::likelihood;
use super::marks::short;
use super::said::{by_gain, fix, said};
use super::{Beside, Style, view, words as common};
use crate::model::{Changes, Fix, ItemResult, Lang, Points, Range, Report, Verdict};

/// Pages shown under one message.
const PAGES: usize = 4;

/// Writes the report.
pub(super) fn render(report: &Report, style: &Style, beside: &Beside) -> String {
    let mut writer = Writer { report, lang: style.lang, page: Page::new(style.lang) };
    writer.header();
    if let Some(changes) = &beside.changes {
        writer.changes(changes);
    }
    writer.failed(Verdict::Fail, words::FAILED);
    writer.failed(Verdict::Review, words::REVIEWS);
    writer.fixes();
    writer.scores();
    writer.passed();
    let footer = format!(
        "<sub>{} · {} · oit-audit {}</sub>\n",
        text(common::DISCLAIMER.get(style.lang)),
        text(&view::moment(&report.finished_at, style.lang)),
        text(&report.tool_version)
    );
    writer.page.finish(&footer)
}

struct Writer<'a> {
    report: &'a Report,
    lang: Lang,
    page: Page,
}

impl Writer<'_> {
    fn header(&mut self) {
        let (lang, report) = (self.lang, self.report);
        // By it a bot finds its own comment again.
        self.page.must(&format!("<!-- oit-audit: {} -->\n", in_comment(&report.agency.file)));
        let title = format!("{}: {} {}", common::TITLE.get(lang), report.agency.name, report.fiscal_year);
        self.page.must(&format!("## {}\n\n", text(&short(&title))));
        if !report.complete {
            let why = text(common::INCOMPLETE_WHY.get(lang));
            self.page.must(&format!("> **{}** {why}\n\n", text(common::INCOMPLETE.get(lang))));
        }
        let oit = report.score.oit;
        let score = text(&view::points(oit.predicted, lang));
        self.page.must(&format!("**OIT {score}** · {}\n", text(&self.beside_oit(&oit))));
        if let Some(ita) = &report.score.ita {
            let range = Range { predicted: ita.predicted, low: ita.low, high: ita.high };
            let mut line = format!("ITA {}", view::points(ita.predicted, lang));
            let named = |grade: &str| view::grade(&report.rules, grade, lang).to_owned();
            if let Some(grade) = &ita.grade {
                line = format!("{line} · {}", common::GRADE.fill(lang, named(grade)));
            }
            if let Some((low, high)) = view::bounds(&range) {
                line = format!("{line} · {}", common::BETWEEN.fill(lang, format!("{low}–{high}")));
                let bound = |grade: &Option<String>| grade.as_ref().or(ita.grade.as_ref()).map(|grade| named(grade));
                if let Some((worst, best)) = bound(&ita.grade_low).zip(bound(&ita.grade_high)).filter(|(a, b)| a != b) {
                    line = format!("{line} ({worst}–{best})");
                }
            }
            self.page.must(&format!("\n{}\n", text(&line)));
        }
        let count = |verdict| format!("{} {}", common::verdict(verdict, lang), view::count(report, verdict));
        self.page.must(&format!("\n{}\n\n", text(&view::VERDICTS.map(count).join(" · "))));
        if let Some(warning) = view::catalog_warning(report) {
            let warning = format!("{}: {}", common::CATALOG.get(lang), warning.get(lang));
            self.page.must(&format!("> {}\n\n", text(&warning)));
        }
        for note in &report.notes {
            self.page.put(&format!("> {}\n\n", text(note.get(lang))));
        }
    }

    /// What the score means against the target, and between what it may lie.
    fn beside_oit(&self, oit: &Range) -> String {
        let (lang, target) = (self.lang, self.report.rules.target);
        let named = view::short(target);
        let mut said = match oit.predicted.map(Points::rounded) {
            None => common::TARGET.fill(lang, named),
            Some(score) if score >= target => common::REACHED.fill(lang, named),
            Some(score) => {
                let below = common::BELOW.fill(lang, named);
                format!("{below} · {}", common::SHORT_BY.fill(lang, Points(target - score)))
            }
        };
        if let Some((low, high)) = view::bounds(oit) {
            said = format!("{said} · {}", common::BETWEEN.fill(lang, format!("{low}–{high}")));
        }
        said
    }

    fn changes(&mut self, changes: &Changes) {
        let (lang, report) = (self.lang, self.report);
        let since = words::SINCE.fill(lang, view::moment(&changes.since, lang));
        let then = words::OIT_BEFORE.fill(lang, view::points(changes.oit, lang));
        self.page.must(&format!("### {}\n\n{}\n\n", text(&since), text(&then)));
        if changes.items.is_empty() {
            self.page.must(&format!("{}\n\n", text(words::NOTHING_CHANGED.get(lang))));
            return;
        }
        let head = [words::CHANGE, common::ITEM, common::ITEM_NAME, words::BEFORE, words::NOW];
        self.page.table(&head.map(|word| word.get(lang)), "");
        for change in &changes.items {
            let before = change.before.map_or(words::NOT_JUDGED.get(lang), |before| common::verdict(before, lang));
            self.page.row(&[
                text(words::trend(change.trend).get(lang)),
                text(change.item.as_str()),
                text(view::name_of(report, &change.item, lang)),
                text(before),
                text(common::verdict(change.now, lang)),
            ]);
        }
        self.page.end("\n");
    }

    fn failed(&mut self, verdict: Verdict, title: super::words::Phrase) {
        let items = by_gain(self.report, verdict);
        if items.is_empty() {
            return;
        }
        self.page.begin(&format!("### {}\n\n", text(&title.fill(self.lang, items.len()))));
        for item in items {
            let entry = self.entry(item);
            self.page.put(&entry);
        }
        self.page.end("\n");
    }

    /// An item of a list: why, where, what was seen, and what to do.
    fn entry(&self, item: &ItemResult) -> String {
        let lang = self.lang;
        let mut out = format!("- **{}** {}", text(item.id.as_str()), text(&short(view::item_name(item, lang))));
        if item.verdict == Verdict::Review {
            out = format!("{out} · {}", text(&likelihood(item, lang)));
        }
        out.push('\n');
        for said in said(item, lang) {
            out = format!("{out}  - {}\n", text(said.message));
            for (url, evidence) in said.places.iter().take(PAGES) {
                let address = url.map(|url| address(url.as_str()));
                let quote = evidence.map(|evidence| format!("“{}”", text(&short(evidence))));
                let line: Vec<String> = address.into_iter().chain(quote).collect();
                if !line.is_empty() {
                    out = format!("{out}    - {}\n", line.join(" "));
                }
            }
            if said.places.len() > PAGES {
                out = format!("{out}    - {}\n", text(&common::MORE.fill(lang, said.places.len() - PAGES)));
            }
        }
        if item.reasons.iter().all(|reason| reason.url.is_none()) {
            for link in item.urls.iter().take(PAGES) {
                out = format!("{out}  - {}\n", address(&link.url));
            }
        }
        if let Some(next) = fix(self.report, item).map(|fix| fix.next_step.get(lang)).filter(|next| !next.is_empty()) {
            out = format!("{out}  - {}\n", linked(&common::NEXT.fill(lang, next)));
        }
        out
    }

    fn fixes(&mut self) {
        let (lang, report) = (self.lang, self.report);
        if report.fixes.is_empty() {
            return;
        }
        self.page.begin(&format!("### {}\n\n", text(common::FIXES.get(lang))));
        let with_ita = report.fixes.iter().any(|fix| fix.ita_gain.rounded() > 0.0);
        let mut head = vec!["", common::ITEM.get(lang), common::TO_DO.get(lang), "OIT"];
        if with_ita {
            head.push("ITA");
        }
        self.page.table(&head, if with_ita { "rr" } else { "r" });
        for (n, fix) in report.fixes.iter().enumerate() {
            let mut cells = vec![
                (n + 1).to_string(),
                text(fix.item.as_str()),
                self.todo(fix),
                text(&gain(fix.oit_gain, fix.oit_loss)),
            ];
            if with_ita {
                cells.push(text(&gain(fix.ita_gain, fix.ita_loss)));
            }
            self.page.row(&cells);
        }
        self.page.end("\n");
        if let Some(path) = report.path.as_ref().filter(|path| !path.items.is_empty()) {
            let fix = common::FIX.fill(lang, view::list(&path.items));
            let line = format!("{}: {fix} → OIT {}", common::PATH.get(lang), path.oit);
            self.page.put(&format!("{}\n\n", text(&line)));
        }
    }

    fn todo(&self, fix: &Fix) -> String {
        let mut out = linked(fix.todo.get(self.lang));
        if !fix.after.is_empty() {
            out = format!("{out} ({})", text(&common::AFTER.fill(self.lang, view::list(&fix.after))));
        }
        out
    }

    fn scores(&mut self) {
        let (lang, report) = (self.lang, self.report);
        let groups = view::groups(report, lang);
        if groups.is_empty() {
            self.page.put(&format!("{}\n\n", text(common::NO_ITEMS.get(lang))));
            return;
        }
        self.page.begin(&format!("### {}\n\n", text(common::INDICATORS.get(lang))));
        self.page.table(&["", common::INDICATOR.get(lang), common::PASSED.get(lang), common::SCORE.get(lang)], "rr");
        for group in groups {
            let score = report.score.sub_indicators.get(group.id).copied().flatten();
            self.page.row(&[
                text(group.id),
                text(group.name),
                text(&format!("{}/{}", group.passed(), group.items.len())),
                text(&view::points(score, lang)),
            ]);
        }
        self.page.end("\n");
    }

    /// What counts, folded away; with the advice.
    fn passed(&mut self) {
        let (lang, report) = (self.lang, self.report);
        let advised = by_gain(report, Verdict::Advice);
        let items: Vec<&ItemResult> = advised.into_iter().chain(by_gain(report, Verdict::Pass)).collect();
        if items.is_empty() {
            return;
        }
        let summary = text(&words::PASSED.fill(lang, items.len()));
        self.page.begin(&format!("<details>\n<summary>{summary}</summary>\n\n"));
        self.page
            .table(&[common::ITEM, common::ITEM_NAME, common::RESULTS, common::COMMENT].map(|word| word.get(lang)), "");
        for item in items {
            let comments: Vec<String> = said(item, lang).iter().map(|said| text(said.message)).collect();
            self.page.row(&[
                text(item.id.as_str()),
                text(view::item_name(item, lang)),
                text(common::verdict(item.verdict, lang)),
                comments.join("; "),
            ]);
        }
        self.page.end("\n</details>\n\n");
    }
}

/// What a fix gains; for what leans to a pass already, what may be lost.
fn gain(gain: Points, loss: Points) -> String {
    if loss.rounded() > 0.0 { format!("−{loss}") } else { format!("+{gain}") }
}

#[cfg(test)]
mod tests;
