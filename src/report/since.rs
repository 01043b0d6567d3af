//! The part of the terminal report that says what changed since an earlier one: what got worse first.

use super::canvas::{Cell, GAP, Tone, cell, left};
use super::terminal::{ID, Page};
use super::words::{self, Phrase};
use super::wrap::width;
use super::{Beside, view};
use crate::model::{Change, Changes, Lang, Points, Trend, Verdict};

const SINCE: Phrase = Phrase("สิ่งที่เปลี่ยนไปจากรายงานเมื่อ {}", "Changed since the report of {}");
const NOTHING: Phrase = Phrase("ไม่มีข้อใดเปลี่ยนไป", "No item changed.");
const WORSE: Phrase =
    Phrase("มีข้อที่แย่ลง {} ข้อ จึงไม่ผ่าน (รหัสออก 1)", "Items that got worse: {}; this run fails for them (exit code 1)");
const NOT_WORSE: Phrase =
    Phrase("ไม่มีข้อใดแย่ลง จึงผ่าน (รหัสออก 0)", "Nothing got worse, so that this run passes (exit code 0)");

/// A trend in a word.
fn trend(trend: Trend, lang: Lang) -> (&'static str, Tone) {
    let (word, tone) = match trend {
        Trend::Worse => (Phrase("แย่ลง", "worse"), Tone::Bad),
        Trend::Doubtful => (Phrase("ไม่แน่ชัด", "doubtful"), Tone::Doubt),
        Trend::New => (Phrase("ข้อใหม่", "new"), Tone::Plain),
        Trend::Better => (Phrase("ดีขึ้น", "better"), Tone::Good),
    };
    (word.get(lang), tone)
}

impl Page<'_> {
    /// What changed, and what that means for the run.
    pub(super) fn since(&mut self, beside: &Beside) {
        let Some(changes) = &beside.changes else { return };
        let lang = self.lang;
        self.canvas.heading(&SINCE.fill(lang, view::moment(&changes.since, lang)));
        let worse = changes.worse().count();
        let (said, tone) =
            if worse > 0 { (WORSE.fill(lang, worse), Tone::Bad) } else { (NOT_WORSE.get(lang).to_owned(), Tone::Good) };
        self.canvas.span(0, &cell(said, tone));
        if let Some(moved) = self.moved(changes) {
            self.canvas.span(0, &cell(moved, Tone::Plain));
        }
        if changes.items.is_empty() {
            self.canvas.span(0, &cell(NOTHING.get(lang), Tone::Dim));
            return;
        }
        self.canvas.blank();
        let columns = self.change_columns(changes);
        for change in &changes.items {
            let (word, tone) = trend(change.trend, lang);
            let row: [Cell; 4] = [
                cell(change.item.as_str(), Tone::Plain),
                cell(word, tone),
                cell(view::name_of(self.report, &change.item, lang), Tone::Plain),
                cell(verdicts(change, lang), tone),
            ];
            self.canvas.row(&columns, &row);
        }
    }

    /// The OIT score then and now.
    fn moved(&self, changes: &Changes) -> Option<String> {
        let (before, now) = (changes.oit?, self.report.score.oit.predicted?);
        let by = Points(now.rounded() - before.rounded());
        let sign = if by.rounded() > 0.0 { "+" } else { "" };
        let by = if by.rounded() < 0.0 { format!("−{}", Points(-by.0)) } else { format!("{sign}{by}") };
        Some(format!("OIT {before} → {now} ({by})"))
    }

    fn change_columns(&self, changes: &Changes) -> [super::canvas::Column; 4] {
        let lang = self.lang;
        let widest = |of: &dyn Fn(&Change) -> usize| changes.items.iter().map(of).max().unwrap_or(0);
        let word = widest(&|change| width(trend(change.trend, lang).0));
        let all = self.canvas.width();
        let said = widest(&|change| width(&verdicts(change, lang))).min(all.saturating_sub(ID + word + 3 * GAP) / 2);
        let name = all.saturating_sub(ID + word + said + 3 * GAP);
        [left(ID), left(word), left(name), left(said)]
    }
}

/// The verdicts then and now.
fn verdicts(change: &Change, lang: Lang) -> String {
    let word = |verdict: Verdict| words::verdict(verdict, lang);
    change
        .before
        .map_or_else(|| word(change.now).to_owned(), |before| format!("{} → {}", word(before), word(change.now)))
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{self, id};
    use super::super::{Beside, Format, Style, render};
    use crate::model::{Change, Changes, Lang, Points, Trend, Verdict};

    fn text(changes: Changes, lang: Lang, width: usize) -> String {
        let report = fixture::report();
        let beside = Beside { changes: Some(changes), ..Beside::default() };
        String::from_utf8(render(&report, Format::Terminal, &Style { lang, width, ..Style::default() }, &beside))
            .unwrap()
    }

    fn changes(items: Vec<Change>) -> Changes {
        let report = fixture::report();
        Changes { since: report.started_at, oit: Some(Points(70.0)), items }
    }

    #[test]
    fn what_got_worse_is_said_with_what_it_means() {
        let worse = Change { item: id("O5"), trend: Trend::Worse, before: Some(Verdict::Pass), now: Verdict::Fail };
        let new = Change { item: id("O9"), trend: Trend::New, before: None, now: Verdict::Pass };
        for width in [40, 60, 80, 120, 200] {
            let thai = text(changes(vec![worse.clone(), new.clone()]), Lang::Th, width);
            assert!(thai.contains("1 กรกฎาคม 2563") && thai.contains("OIT 70.00 → "), "{thai}");
            assert!(thai.find("แย่ลง") < thai.find("ข้อใหม่"), "{thai}");
            for line in thai.lines() {
                assert!(super::width(line) <= width, "{line}");
            }
        }
        let english = text(changes(vec![worse]), Lang::En, 80);
        assert!(english.contains("got worse: 1") && english.contains("exit code 1"), "{english}");
        assert!(english.contains("pass → fail") && english.find("Changed since") < english.find("What to fix"));
    }

    #[test]
    fn where_nothing_got_worse_the_run_passes() {
        let thai = text(changes(Vec::new()), Lang::Th, 80);
        assert!(thai.contains("ไม่มีข้อใดแย่ลง") && thai.contains("ไม่มีข้อใดเปลี่ยนไป"), "{thai}");
        assert!(!thai.contains("รหัสออก 1"), "{thai}");
    }
}
