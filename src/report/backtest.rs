//! A prediction beside the announced result, for a terminal and as JSON.

use super::canvas::{Canvas, Cell, GAP, Para, Tone, cell, left, right};
use super::words::{self, Phrase};
use super::wrap::width;
use super::{Style, json, view};
use crate::model::{
    Agreement, Backtest, BacktestTally, Calibration, Comparison, ItemComparison, Lang, Points, ScoreComparison, Text,
};

/// Narrower terminals are served as if they had this many columns.
const NARROWEST: usize = 40;
/// Lines longer than this are hard to follow from end to start.
const WIDEST: usize = 144;
/// From here on comments stand side by side instead of one under the other.
const WIDE: usize = 110;
/// Columns of an item's identifier.
const ID: usize = 4;
/// Columns of a score.
const SCORE: usize = 9;

/// Writes it as JSON; the text ends with a line feed.
pub fn to_json(backtest: &Backtest) -> String {
    json::harmless(backtest)
}

/// Draws it for a terminal; the text ends with a line feed.
pub fn to_terminal(backtest: &Backtest, style: &Style) -> String {
    let canvas = Canvas::new(style.width.clamp(NARROWEST, WIDEST), style.colour);
    let mut page = Page { lang: style.lang, canvas };
    page.canvas.span(0, &cell(words::BACKTEST.get(style.lang), Tone::Strong));
    page.canvas.rule();
    for (at, agency) in backtest.agencies.iter().enumerate() {
        if at > 0 {
            page.canvas.rule();
        }
        page.agency(agency);
    }
    if backtest.agencies.len() > 1 {
        page.totals(backtest);
    }
    page.calibration(&backtest.calibration);
    page.canvas.finish()
}

struct Page {
    lang: Lang,
    canvas: Canvas,
}

impl Page {
    fn agency(&mut self, agency: &Comparison) {
        let lang = self.lang;
        let year = match lang {
            Lang::Th => format!("พ.ศ. {}", agency.fiscal_year),
            Lang::En => format!("{} (B.E. {})", agency.fiscal_year.common(), agency.fiscal_year),
        };
        let mut rows = vec![
            (words::AGENCY, cell(&agency.agency, Tone::Strong)),
            (words::FISCAL_YEAR, cell(year, Tone::Plain)),
            (words::PREDICTED, cell(&agency.report, Tone::Dim)),
            (words::ANNOUNCED, cell(&agency.official, Tone::Dim)),
            (words::RESULT_SOURCE, cell(&agency.source, Tone::Dim)),
        ];
        rows.extend(agency.notes.iter().map(|note| (words::NOTE, cell(note.get(lang), Tone::Doubt))));
        let label = rows.iter().map(|(label, _)| width(label.get(lang))).max().unwrap_or(0);
        let columns = [left(label), left(self.canvas.width() - label - GAP)];
        for (label, value) in rows {
            self.canvas.row(&columns, &[cell(label.get(lang), Tone::Dim), value]);
        }
        self.canvas.blank();
        self.tally(&agency.tally);
        self.scores(agency);
        self.differences(agency);
        self.comments(agency);
    }

    fn tally(&mut self, tally: &BacktestTally) {
        let lang = self.lang;
        let items = words::OF_ITEMS.fill(lang, tally.compared);
        let agree = format!("{} {}/{items}", words::AGREE.get(lang), tally.agree);
        let agree = if lang == Lang::En { format!("agree {} {items}", tally.agree) } else { agree };
        let mut counts = vec![Para::new(agree, if tally.agree == tally.compared { Tone::Good } else { Tone::Strong })];
        let others = [
            (words::FALSE_FAIL, tally.false_fail, Tone::Bad),
            (words::FALSE_PASS, tally.false_pass, Tone::Bad),
            (words::REVIEW_RIGHT, tally.review_right, Tone::Doubt),
            (words::REVIEW_WRONG, tally.review_wrong, Tone::Doubt),
            (words::NOT_COMPARED, tally.not_compared, Tone::Dim),
        ];
        counts.extend(others.map(|(word, count, tone)| {
            Para::new(format!("{} {count}", word.get(lang)), if count == 0 { Tone::Dim } else { tone })
        }));
        self.canvas.flow(0, 3, &counts);
    }

    fn scores(&mut self, agency: &Comparison) {
        let lang = self.lang;
        self.canvas.heading(words::SCORE.get(lang));
        let columns = [left(ID + GAP), right(SCORE), right(SCORE), right(SCORE)];
        let head = ["", words::PREDICTED.get(lang), words::ANNOUNCED.get(lang), words::ERROR.get(lang)];
        self.canvas.row(&columns, &head.map(|text| cell(text, Tone::Dim)));
        let scores = &agency.scores;
        let mut rows: Vec<(&str, &ScoreComparison, Tone)> = vec![("OIT", &scores.oit, Tone::Strong)];
        rows.extend(scores.indicators.iter().map(|(id, score)| (id.as_str(), score, Tone::Plain)));
        rows.extend(scores.sub_indicators.iter().map(|(id, score)| (id.as_str(), score, Tone::Plain)));
        if scores.ita.predicted.is_some() || scores.ita.official.is_some() {
            rows.push(("ITA", &scores.ita, Tone::Strong));
        }
        for (id, score, tone) in rows {
            let (error, error_tone) = match score.error {
                Some(error) if error.rounded() == 0.0 => ("0.00".to_owned(), Tone::Good),
                Some(error) => (signed(error), Tone::Bad),
                None => ("–".to_owned(), Tone::Dim),
            };
            self.canvas.row(
                &columns,
                &[
                    cell(id, tone),
                    cell(view::points(score.predicted, lang), tone),
                    cell(view::points(score.official, lang), tone),
                    cell(error, error_tone),
                ],
            );
        }
        if scores.grade.is_some() || scores.official_grade.is_some() {
            let unknown = || words::UNKNOWN.get(lang).to_owned();
            let grades =
                [scores.grade.clone(), scores.official_grade.clone()].map(|grade| grade.unwrap_or_else(unknown));
            let tone = if grades[0] == grades[1] { Tone::Good } else { Tone::Plain };
            let label = words::GRADE.fill(lang, "");
            self.canvas.row(&columns, &[cell(label, Tone::Plain), cell(&grades[0], tone), cell(&grades[1], tone)]);
        }
    }

    /// Items on which the two do not agree, those left to a person among them.
    fn differences(&mut self, agency: &Comparison) {
        let lang = self.lang;
        self.canvas.heading(words::DIFFERENCES.get(lang));
        let items: Vec<&ItemComparison> =
            agency.items.iter().filter(|item| item.agreement != Agreement::Agree).collect();
        if items.is_empty() {
            self.canvas.span(0, &cell(words::NO_DIFFERENCES.get(lang), Tone::Good));
            return;
        }
        let kinds = items.iter().map(|item| width(of(item.agreement).get(lang))).max().unwrap_or(0);
        let kinds = kinds.min(self.canvas.width() / 3);
        let name = self.canvas.width() - ID - kinds - 2 * GAP;
        for item in items {
            let tone = match item.agreement {
                Agreement::FalseFail | Agreement::FalsePass => Tone::Bad,
                Agreement::NotCompared => Tone::Dim,
                _ => Tone::Doubt,
            };
            self.canvas.row(
                &[left(ID), left(name), left(kinds)],
                &[
                    cell(item.id.as_str(), Tone::Plain),
                    cell(item_name(item, lang), Tone::Plain),
                    cell(of(item.agreement).get(lang), tone),
                ],
            );
        }
    }

    fn comments(&mut self, agency: &Comparison) {
        let lang = self.lang;
        let said = |item: &&ItemComparison| !item.comments.is_empty() || item.official_comment.is_some();
        let items: Vec<&ItemComparison> = agency.items.iter().filter(said).collect();
        if items.is_empty() {
            return;
        }
        self.canvas.heading(words::COMMENTS.get(lang));
        let all = self.canvas.width();
        let wide = all >= WIDE;
        let half = (all - ID - 2 * GAP) / 2;
        let columns = [left(ID), left(half), left(half)];
        if wide {
            let head = [words::ITEM, words::COMMENT_PREDICTED, words::COMMENT_ANNOUNCED];
            self.canvas.row(&columns, &head.map(|word| cell(word.get(lang), Tone::Dim)));
        }
        for item in items {
            let mut ours: Cell = item.comments.iter().map(|comment| comment_of(comment, lang)).collect();
            let mut theirs: Cell =
                item.official_comment.iter().map(|comment| Para::new(comment, Tone::Plain)).collect();
            for side in [&mut ours, &mut theirs] {
                if side.is_empty() {
                    side.push(Para::new("–", Tone::Dim));
                }
            }
            if wide {
                self.canvas.row(&columns, &[cell(item.id.as_str(), Tone::Plain), ours, theirs]);
                continue;
            }
            let heads = [words::PREDICTED, words::ANNOUNCED].map(|word| width(word.get(lang)));
            let label = heads[0].max(heads[1]);
            let columns = [left(ID), left(label), left(all - ID - label - 2 * GAP)];
            let rows = [(item.id.as_str(), words::PREDICTED, ours), ("", words::ANNOUNCED, theirs)];
            for (id, word, side) in rows {
                self.canvas.row(&columns, &[cell(id, Tone::Plain), cell(word.get(lang), Tone::Dim), side]);
            }
        }
    }

    fn totals(&mut self, backtest: &Backtest) {
        let (lang, totals) = (self.lang, &backtest.totals);
        self.canvas.heading(&words::TOTALS.fill(lang, totals.agencies));
        self.tally(&totals.tally);
        if let (Some(error), Some(bias)) = (totals.oit_error, totals.oit_bias) {
            let errors = [words::OIT_ERROR.fill(lang, error), words::OIT_BIAS.fill(lang, signed(bias))];
            self.canvas.flow(0, 3, &errors.map(|error| Para::new(error, Tone::Plain)));
        }
    }

    fn calibration(&mut self, calibration: &Calibration) {
        let lang = self.lang;
        self.canvas.heading(words::CALIBRATION.get(lang));
        let Some(brier) = calibration.brier else {
            self.canvas.span(0, &cell(words::NO_CONFIDENCE.get(lang), Tone::Dim));
            return;
        };
        let columns = [left(11), right(8), right(8), right(8)];
        let head = [words::CONFIDENCE, words::COUNT, words::MEAN, words::RIGHT];
        self.canvas.row(&columns, &head.map(|word| cell(word.get(lang), Tone::Dim)));
        for bin in calibration.bins.iter().filter(|bin| bin.count > 0) {
            let percent =
                |share: Option<f64>| share.map_or_else(|| "–".to_owned(), |share| format!("{:.1} %", share * 100.0));
            let row = [
                format!("{:.0}–{:.0} %", bin.from * 100.0, bin.to * 100.0),
                bin.count.to_string(),
                percent(bin.confidence),
                percent(bin.right),
            ];
            self.canvas.row(&columns, &row.map(|text| cell(text, Tone::Plain)));
        }
        self.canvas.span(0, &cell(words::BRIER.fill(lang, format!("{brier:.4}")), Tone::Plain));
    }
}

fn comment_of(comment: &Text, lang: Lang) -> Para {
    let text = if comment.get(lang).is_empty() { &comment.th } else { comment.get(lang) };
    Para::new(text, Tone::Plain)
}

fn item_name(item: &ItemComparison, lang: Lang) -> &str {
    if lang == Lang::En && !item.name_en.is_empty() { &item.name_en } else { &item.name }
}

fn signed(points: Points) -> String {
    if points.rounded() > 0.0 { format!("+{points}") } else { points.to_string() }
}

fn of(agreement: Agreement) -> Phrase {
    match agreement {
        Agreement::Agree => words::AGREE,
        Agreement::FalseFail => words::FALSE_FAIL,
        Agreement::FalsePass => words::FALSE_PASS,
        Agreement::ReviewRight => words::REVIEW_RIGHT,
        Agreement::ReviewWrong => words::REVIEW_WRONG,
        Agreement::NotCompared => words::NOT_COMPARED,
    }
}
