//! The terminal format: header, scores, items as the assessors print them, fixes by gain, and what the run cost.

use bytesize::ByteSize;

use super::canvas::{Canvas, Cell, Column, GAP, Para, Tone, cell, left, right};
use super::comments::{comments, paths};
use super::view::{self, Group, VERDICTS};
use super::wrap::width;
use super::{Beside, Style, words};
use crate::model::{ItemResult, Lang, Points, Range, Report, RuleStatus};

/// Narrower terminals are served as if they had this many columns.
const NARROWEST: usize = 40;
/// Lines longer than this are hard to follow from end to start.
const WIDEST: usize = 144;
/// From here on comments and tasks have a column of their own instead of lines under the item.
const WIDE: usize = 110;
/// Columns of an item's identifier.
pub(super) const ID: usize = 4;
/// Columns of a score: "unknown" is the widest.
pub(super) const SCORE: usize = 7;

/// Draws the report.
pub(super) fn render(report: &Report, style: &Style, beside: &Beside) -> String {
    let canvas = Canvas::new(style.width.clamp(NARROWEST, WIDEST), style.colour);
    let mut page = Page { report, lang: style.lang, paths: style.paths, canvas };
    page.header();
    page.score();
    page.since(beside);
    page.indicators();
    page.items();
    page.fixes();
    page.look_first();
    page.footer();
    page.canvas.finish()
}

/// The report as it is drawn.
pub(super) struct Page<'a> {
    pub(super) report: &'a Report,
    pub(super) lang: Lang,
    pub(super) canvas: Canvas,
    paths: bool,
}

impl Page<'_> {
    pub(super) fn is_wide(&self) -> bool {
        self.canvas.width() >= WIDE
    }

    fn header(&mut self) {
        let (lang, report) = (self.lang, self.report);
        self.canvas.span(0, &cell(words::TITLE.get(lang), Tone::Strong));
        self.canvas.rule();
        let year = match lang {
            Lang::Th => format!("พ.ศ. {}", report.fiscal_year),
            Lang::En => format!("{} (B.E. {})", report.fiscal_year.common(), report.fiscal_year),
        };
        let mut rows = vec![
            (words::AGENCY, cell(&report.agency.name, Tone::Strong)),
            (words::FISCAL_YEAR, cell(year, Tone::Plain)),
            (words::WEBSITE, vec![Para::address(&view::readable_url(report.agency.website.as_str()))]),
            (words::FILE, cell(&report.agency.file, Tone::Dim)),
            (words::WHEN, cell(view::moment(&report.started_at, lang), Tone::Dim)),
        ];
        if let Some(warning) = view::catalog_warning(report) {
            rows.push((words::CATALOG, cell(warning.get(lang), Tone::Doubt)));
        }
        for note in &report.notes {
            rows.push((words::NOTE, cell(note.get(lang), Tone::Plain)));
        }
        if !report.complete {
            rows.push((words::INCOMPLETE, cell(words::INCOMPLETE_WHY.get(lang), Tone::Bad)));
        }
        let label = rows.iter().map(|(label, _)| width(label.get(lang))).max().unwrap_or(0);
        let columns = [left(label), left(self.canvas.width() - label - GAP)];
        for (label, value) in rows {
            self.canvas.row(&columns, &[cell(label.get(lang), Tone::Dim), value]);
        }
    }

    fn score(&mut self) {
        let (lang, report) = (self.lang, self.report);
        self.canvas.heading(words::SCORE.get(lang));
        let oit = report.score.oit;
        let columns = [left(3), right(SCORE), left(self.canvas.width() - 3 - SCORE - 2 * GAP)];
        let (tone, beside) = self.beside_oit(&oit);
        self.canvas.row(
            &columns,
            &[cell("OIT", Tone::Strong), cell(view::points(oit.predicted, lang), tone), cell(beside, Tone::Plain)],
        );
        self.bounds(&oit, None);
        if let Some(predicted) = oit.predicted {
            self.bar(predicted, &oit);
        }
        if let Some(ita) = &report.score.ita {
            self.canvas.blank();
            let named = |grade: &str| view::grade(&report.rules, grade, lang).to_owned();
            let grade = ita.grade.as_deref().map(|grade| words::GRADE.fill(lang, named(grade))).unwrap_or_default();
            self.canvas.row(
                &columns,
                &[
                    cell("ITA", Tone::Strong),
                    cell(view::points(ita.predicted, lang), Tone::Strong),
                    cell(grade, Tone::Strong),
                ],
            );
            let range = Range { predicted: ita.predicted, low: ita.low, high: ita.high };
            let bound = |bound: &Option<String>| bound.as_ref().or(ita.grade.as_ref()).map(|grade| named(grade));
            let grades = bound(&ita.grade_low).zip(bound(&ita.grade_high)).filter(|(low, high)| low != high);
            self.bounds(&range, grades);
        } else {
            self.conditions();
        }
        self.canvas.blank();
        let counts: Vec<Para> = VERDICTS
            .iter()
            .map(|&verdict| {
                let count = view::count(report, verdict);
                let tone = if count == 0 { Tone::Dim } else { verdict.into() };
                Para::new(format!("{} {count}", words::verdict(verdict, lang)), tone)
            })
            .collect();
        self.canvas.flow(0, 3, &counts);
    }

    /// The tone of the OIT score and what it means against the target.
    fn beside_oit(&self, oit: &Range) -> (Tone, String) {
        let (lang, target) = (self.lang, self.report.rules.target);
        match oit.predicted.map(Points::rounded) {
            None => (Tone::Doubt, words::TARGET.fill(lang, view::short(target))),
            Some(score) if score >= target => (Tone::Good, words::REACHED.fill(lang, view::short(target))),
            Some(score) => {
                let below = words::BELOW.fill(lang, view::short(target));
                (Tone::Bad, format!("{below} · {}", words::SHORT_BY.fill(lang, Points(target - score))))
            }
        }
    }

    /// Without survey scores: what the grades demand of OIT, and that it takes more.
    fn conditions(&mut self) {
        let (lang, report) = (self.lang, self.report);
        let conditions = &report.score.grade_conditions;
        if conditions.is_empty() {
            return;
        }
        self.canvas.blank();
        for condition in conditions {
            let (met, tone) = match condition.met {
                Some(true) => (words::CONDITION_MET, Tone::Good),
                Some(false) => (words::CONDITION_NOT_MET, Tone::Bad),
                None => (words::UNKNOWN, Tone::Doubt),
            };
            let grade = view::grade(&report.rules, &condition.grade, lang);
            let least = format!("OIT ≥ {}", view::short(condition.oit_from.0));
            let demand = format!("{least} ({})", words::GRADE.fill(lang, grade));
            self.canvas.flow(
                3 + GAP,
                1,
                &[Para::new(format!("{demand}:"), Tone::Plain), Para::new(met.get(lang), tone)],
            );
        }
        self.canvas.span(3 + GAP, &cell(words::GRADE_NEEDS_MORE.get(lang), Tone::Dim));
    }

    /// The line under a score that says between what it may lie; with grades where those differ too.
    fn bounds(&mut self, range: &Range, grades: Option<(String, String)>) {
        let Some((low, high)) = view::bounds(range) else { return };
        let mut between = format!("{low}–{high}");
        if let Some((worst, best)) = grades {
            between = format!("{between} ({worst}–{best})");
        }
        self.canvas.span(3 + SCORE + 2 * GAP, &cell(words::BETWEEN.fill(self.lang, between), Tone::Dim));
    }

    /// The way from 0 to 100: certain, possible, missing, and where the target is.
    fn bar(&mut self, predicted: Points, range: &Range) {
        let from = 3 + GAP;
        let cells = u8::try_from((self.canvas.width() - from).min(60)).unwrap_or(60);
        let (low, high) = view::bounds(range).unwrap_or((predicted, predicted));
        let target = self.report.rules.target;
        let step = 100.0 / f64::from(cells);
        let (mut reached, mut missing, mut beyond) = (String::new(), String::new(), String::new());
        let mut mark = "";
        for n in 0..cells {
            let middle = (f64::from(n) + 0.5) * step;
            if mark.is_empty() && f64::from(n + 1) * 100.0 >= target * f64::from(cells) {
                mark = "┃";
            } else if !mark.is_empty() {
                beyond.push(bar_cell(middle, low, high));
            } else if middle < high.0 {
                reached.push(bar_cell(middle, low, high));
            } else {
                missing.push('─');
            }
        }
        let tone = if predicted.rounded() >= target { Tone::Good } else { Tone::Bad };
        let rest = if high.0 > target { tone } else { Tone::Dim };
        let parts = [(reached, tone), (missing, Tone::Dim), (mark.to_owned(), Tone::Strong), (beyond, rest)];
        let parts: Vec<Para> =
            parts.iter().filter(|(text, _)| !text.is_empty()).map(|(text, tone)| Para::new(text, *tone)).collect();
        self.canvas.flow(from, 0, &parts);
    }

    fn indicators(&mut self) {
        let (lang, report) = (self.lang, self.report);
        if report.items.is_empty() {
            return;
        }
        self.canvas.heading(words::INDICATORS.get(lang));
        let groups = view::groups(report, lang);
        let passed = 10;
        let name = (self.canvas.width() - ID - passed - SCORE - 3 * GAP).min(60);
        let columns = [left(ID), left(name), right(passed), right(SCORE)];
        let head = ["", words::INDICATOR.get(lang), words::PASSED.get(lang), words::SCORE.get(lang)];
        self.canvas.row(&columns, &head.map(|text| cell(text, Tone::Dim)));
        for indicator in &report.rules.indicators {
            let inside: Vec<&Group<'_>> =
                groups.iter().filter(|group| indicator.sub_indicators.iter().any(|sub| sub.id == group.id)).collect();
            if inside.is_empty() {
                continue;
            }
            let score = report.score.indicators.get(&indicator.id).copied().flatten();
            let (done, all) = inside.iter().fold((0, 0), |(done, all), g| (done + g.passed(), all + g.items.len()));
            let row = [&indicator.id, indicator.name.get(lang), &format!("{done}/{all}"), &view::points(score, lang)];
            self.canvas.row(&columns, &row.map(|text| cell(text, Tone::Strong)));
            for group in inside {
                self.sub_indicator(&columns, group);
            }
        }
    }

    fn sub_indicator(&mut self, columns: &[Column], group: &Group<'_>) {
        let count = format!("{}/{}", group.passed(), group.items.len());
        let score = self.report.score.sub_indicators.get(group.id).copied().flatten();
        let row = [group.id, group.name, &count, &view::points(score, self.lang)];
        self.canvas.row(columns, &row.map(|text| cell(text, Tone::Plain)));
    }

    fn items(&mut self) {
        let (lang, report) = (self.lang, self.report);
        self.canvas.heading(words::ITEMS.get(lang));
        if report.items.is_empty() {
            self.canvas.span(0, &cell(words::NO_ITEMS.get(lang), Tone::Plain));
            return;
        }
        let columns = self.item_columns();
        let head = if self.is_wide() {
            vec![words::ITEM, words::ITEM_NAME, words::RESULTS, words::COMMENT, words::SCORE]
        } else {
            vec![words::ITEM, words::ITEM_NAME, words::RESULTS, words::SCORE]
        };
        let head: Vec<Cell> = head.iter().map(|word| cell(word.get(lang), Tone::Dim)).collect();
        self.canvas.row(&columns, &head);
        for group in view::groups(report, lang) {
            let score = report.score.sub_indicators.get(group.id).copied().flatten();
            let title = format!("{} {}", words::SUB_INDICATOR.fill(lang, group.id), group.name);
            self.canvas.blank();
            self.canvas.row(
                &[left(self.canvas.width() - SCORE - GAP), right(SCORE)],
                &[cell(title, Tone::Strong), cell(view::points(score, lang), Tone::Strong)],
            );
            for item in group.items {
                self.item(&columns, item);
            }
        }
    }

    fn item_columns(&self) -> Vec<Column> {
        let verdict = VERDICTS.iter().map(|&verdict| width(words::verdict(verdict, self.lang))).max().unwrap_or(0);
        let all = self.canvas.width();
        if self.is_wide() {
            let name = (all * 3 / 10).clamp(34, 46);
            let comment = all - ID - name - verdict - SCORE - 4 * GAP;
            vec![left(ID), left(name), left(verdict), left(comment), right(SCORE)]
        } else {
            let name = all - ID - verdict - SCORE - 3 * GAP;
            vec![left(ID), left(name), left(verdict), right(SCORE)]
        }
    }

    fn item(&mut self, columns: &[Column], item: &ItemResult) {
        let score = item.score.map_or_else(|| "–".to_owned(), |score| Points(f64::from(score)).to_string());
        let mut comments = comments(item, self.lang);
        if self.paths {
            comments.extend(paths(item, self.lang));
        }
        let mut name = cell(view::item_name(item, self.lang), Tone::Plain);
        if item.standing.status == RuleStatus::Unverified && !item.standing.source.is_empty() {
            name.push(Para::new(words::UNVERIFIED.get(self.lang), Tone::Dim));
        }
        let mut row = vec![
            cell(item.id.as_str(), Tone::Plain),
            name,
            cell(words::verdict(item.verdict, self.lang), item.verdict.into()),
        ];
        let number = cell(score, Tone::Plain);
        if self.is_wide() {
            row.extend([comments, number]);
            self.canvas.row(columns, &row);
        } else {
            row.push(number);
            self.canvas.row(columns, &row);
            self.canvas.span(ID + GAP + 2, &comments);
        }
    }

    fn footer(&mut self) {
        let (lang, stats) = (self.lang, self.report.stats);
        self.canvas.blank();
        self.canvas.rule();
        let cost = [
            words::REQUESTS.fill(lang, stats.requests),
            ByteSize(stats.bytes).display().iec().to_string(),
            words::SECONDS.fill(lang, view::seconds(stats.elapsed_ms)),
            words::HOSTS.fill(lang, stats.hosts),
            format!("oit-audit {}", self.report.tool_version),
        ];
        self.canvas.span(0, &cell(cost.join(" · "), Tone::Dim));
        self.canvas.span(0, &cell(words::DISCLAIMER.get(lang), Tone::Dim));
    }
}

fn bar_cell(middle: f64, low: Points, high: Points) -> char {
    if middle < low.0 {
        '━'
    } else if middle < high.0 {
        '╍'
    } else {
        '─'
    }
}
