//! The part of the terminal report that says what to do: fixes by gain, the way to the target, what to look at first.

use super::canvas::{Cell, GAP, Tone, cell, left, right};
use super::comments::{likelihood, to_paste, todo};
use super::terminal::{ID, Page, SCORE};
use super::wrap::width;
use super::{view, words};
use crate::model::{ItemId, Points};

/// Items of the way to the target that are named in one line.
const IN_LINE: usize = 6;

impl Page<'_> {
    pub(super) fn fixes(&mut self) {
        let (lang, report) = (self.lang, self.report);
        self.canvas.heading(words::FIXES.get(lang));
        if report.fixes.is_empty() {
            let words = if report.complete { words::NOTHING_TO_FIX } else { words::NOT_RECKONED };
            self.canvas.span(0, &cell(words.get(lang), Tone::Plain));
        } else {
            self.fix_rows();
        }
        if let Some(path) = &report.path {
            let sign = if path.oit.rounded() >= path.target.rounded() { "≥" } else { "<" };
            let result = format!("OIT {} {sign} {}", path.oit, view::short(path.target.0));
            let many = path.items.len() > IN_LINE;
            let text = if path.items.is_empty() {
                format!("{} · {result}", words::REACHED.fill(lang, view::short(path.target.0)))
            } else {
                let fix = if many {
                    words::FIX_COUNT.fill(lang, path.items.len())
                } else {
                    words::FIX.fill(lang, view::list(&path.items))
                };
                format!("{}: {fix} → {result}", words::PATH.get(lang))
            };
            self.canvas.blank();
            self.canvas.span(0, &cell(text, Tone::Strong));
            if many {
                self.steps(&path.items);
            }
        }
    }

    /// Many items, those beside each other by their sub-indicator.
    fn steps(&mut self, items: &[ItemId]) {
        let lang = self.lang;
        let mut rest = items.to_vec();
        for group in view::groups(self.report, lang) {
            let (inside, others): (Vec<ItemId>, Vec<ItemId>) =
                rest.into_iter().partition(|id| group.items.iter().any(|item| item.id == *id));
            rest = others;
            if !inside.is_empty() {
                let title = cell(format!("{} {}", group.id, group.name), Tone::Dim);
                let half = (self.canvas.width() - GAP) / 2;
                let columns = [left(GAP), left(half - 2 * GAP), left(self.canvas.width() - half - GAP)];
                self.canvas.row(&columns, &[Vec::new(), title, cell(view::list(&inside), Tone::Plain)]);
            }
        }
        if !rest.is_empty() {
            self.canvas.span(GAP, &cell(view::list(&rest), Tone::Plain));
        }
    }

    fn fix_rows(&mut self) {
        let (lang, report) = (self.lang, self.report);
        let (rank, gain, all) = (3, SCORE, self.canvas.width());
        // Where no fix says what ITA gains there is no survey to reckon with.
        let gains = if report.fixes.iter().any(|fix| fix.ita_gain.rounded() > 0.0) { 2 } else { 1 };
        let fixed = rank + ID + gains * (gain + GAP) + 2 * GAP;
        let name = if self.is_wide() { (all * 3 / 10).clamp(34, 46) } else { all - fixed };
        let mut columns = vec![right(rank), left(ID), left(name)];
        columns.extend(std::iter::repeat_n(right(gain), gains));
        let mut head = vec!["", "", words::ITEM_NAME.get(lang), "OIT"];
        if gains == 2 {
            head.push("ITA");
        }
        if self.is_wide() {
            columns.push(left(all - fixed - name - GAP));
            head.push(words::TO_DO.get(lang));
        }
        let head: Vec<Cell> = head.into_iter().map(|text| cell(text, Tone::Dim)).collect();
        self.canvas.row(&columns, &head);
        for (n, fix) in report.fixes.iter().enumerate() {
            let mut row = vec![
                cell((n + 1).to_string(), Tone::Dim),
                cell(fix.item.as_str(), Tone::Plain),
                cell(view::name_of(report, &fix.item, lang), Tone::Plain),
                gain_or_loss(fix.oit_gain, fix.oit_loss, Tone::Strong),
            ];
            if gains == 2 {
                row.push(gain_or_loss(fix.ita_gain, fix.ita_loss, Tone::Plain));
            }
            let todo = todo(fix, lang);
            if self.is_wide() {
                row.push(todo);
                self.canvas.row(&columns, &row);
            } else {
                self.canvas.row(&columns, &row);
                self.canvas.span(rank + ID + 2 * GAP + 2, &todo);
            }
            if let Some((indent, line)) = to_paste(fix, lang) {
                self.canvas.verbatim(indent, line);
            }
        }
    }

    /// The reviews, by what is at stake and how doubtful it is: where a person's look is worth most.
    pub(super) fn look_first(&mut self) {
        let (lang, report) = (self.lang, self.report);
        let doubts = view::doubts(report);
        if doubts.is_empty() {
            return;
        }
        self.canvas.heading(words::LOOK_FIRST.get(lang));
        let likely = doubts.iter().map(|doubt| width(&likelihood(doubt.item, lang))).max().unwrap_or(0);
        let stake = width(words::AT_STAKE.get(lang));
        let columns = [left(ID), left(self.canvas.width() - ID - likely - stake - 3 * GAP), left(likely), right(stake)];
        let head = ["", words::ITEM_NAME.get(lang), words::LIKELIHOOD.get(lang), words::AT_STAKE.get(lang)];
        self.canvas.row(&columns, &head.map(|text| cell(text, Tone::Dim)));
        for doubt in doubts {
            let row = [
                cell(doubt.item.id.as_str(), Tone::Plain),
                cell(view::item_name(doubt.item, lang), Tone::Plain),
                cell(likelihood(doubt.item, lang), Tone::Doubt),
                cell(Points(doubt.worth).to_string(), Tone::Plain),
            ];
            self.canvas.row(&columns, &row);
        }
    }
}

/// What a fix gains; for what leans to a pass already, what may be lost.
fn gain_or_loss(gain: Points, loss: Points, tone: Tone) -> Cell {
    if loss.rounded() > 0.0 { cell(format!("−{loss}"), Tone::Doubt) } else { cell(format!("+{gain}"), tone) }
}
