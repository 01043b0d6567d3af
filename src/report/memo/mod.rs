//! The official memo (บันทึกข้อความ) as DOCX: what was found, why, and what to do about it, for an officer to sign.
//!
//! It follows the form of the Office of the Prime Minister's regulation on correspondence (แบบที่ ๒๙) and the order of a memo
//! that an agency wrote of its published result. Nothing is said in it that the report and the agency file do not know: that is
//! a dotted blank. It is written in Thai only. Each file is a part of it: `opening`, `results`, `analysis`, `actions`, `closing`.

mod actions;
mod analysis;
mod closing;
mod emblem;
mod markup;
mod numerals;
mod opening;
mod package;
mod parts;
mod results;
#[cfg(test)]
mod tests;

pub use emblem::{Emblem, MAX_BYTES as MAX_EMBLEM, NotAnEmblem};

use jiff::civil::Date;

use markup::{Paragraph, shorten};
use numerals::{audited, points, thai};

use super::clean::clean;
use super::view;
use crate::model::{ItemResult, Lang, Level, Memo, Points, Range, ReasonCode, ReasonEntry, Report};

/// What an officer fills in by hand: in a line, and in a cell.
const BLANK: &str = "……………………………";
const SHORT_BLANK: &str = "…………";

/// The most characters of a name, of a message, and of what there is to do. Honest texts are shorter; a page that wrote more
/// would fill the memo with it.
const NAME: usize = 300;
const MESSAGE: usize = 600;
const TO_DO: usize = 1500;

/// The comments on one item.
const COMMENTS: usize = 6;

/// The instruments, as the assessors name them.
const INSTRUMENTS: [&str; 3] = [
    "แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายใน (IIT)",
    "แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายนอก (EIT)",
    "แบบตรวจการเปิดเผยข้อมูลสาธารณะ (OIT)",
];

/// Why there is no memo of a report.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoMemo {
    /// The audit was stopped, or there was no network.
    #[error(
        "the audit was not finished, so there is no score to report; run `oit-audit check` again and use its report"
    )]
    Incomplete,
    /// It judged some items only.
    #[error("the report has no score, because only some items were judged; run `oit-audit check` without `--only`")]
    NoScore,
}

/// Writes the memo of a report as the bytes of a DOCX file.
pub fn render(report: &Report, memo: &Memo, emblem: Option<&Emblem>) -> Result<Vec<u8>, NoMemo> {
    if !report.complete {
        return Err(NoMemo::Incomplete);
    }
    if report.score.oit.predicted.is_none() {
        return Err(NoMemo::NoScore);
    }
    let mut page = Page { report, memo, agency: name(&report.agency.name), content: String::new() };
    page.opening(emblem);
    page.results();
    page.items();
    page.analysis();
    page.actions();
    page.notes();
    page.closing();
    Ok(parts::package(report, &page.subject(), &page.content, emblem))
}

/// The day of the audit and that of the memo, where the audit is the later one: a memo cannot report what is yet to come.
pub fn audited_after(report: &Report, memo: &Memo) -> Option<(Date, Date)> {
    Some((audited(report), memo.date?)).filter(|(audited, date)| audited > date)
}

/// The memo that is being written.
struct Page<'a> {
    report: &'a Report,
    memo: &'a Memo,
    /// The agency's name as it is printed.
    agency: String,
    content: String,
}

impl Page<'_> {
    fn push(&mut self, paragraph: &Paragraph) {
        self.content.push_str(&paragraph.xml());
    }

    fn body(&mut self, text: &str) {
        self.push(&Paragraph::of("Body", text));
    }

    fn heading(&mut self, text: &str) {
        self.push(&Paragraph::of("Heading1", text));
    }

    fn year(&self) -> String {
        thai(&self.report.fiscal_year.to_string())
    }

    /// The mean scores of the three instruments.
    fn instruments(&self) -> [Option<Points>; 3] {
        let survey = self.report.survey.as_ref();
        let of = |scores: Option<&Vec<Points>>| mean(scores.map_or(&[][..], Vec::as_slice));
        [of(survey.map(|survey| &survey.iit)), of(survey.map(|survey| &survey.eit)), self.report.score.oit.predicted]
    }

    /// What the reader must know of the run and of the year's rules.
    fn notes(&mut self) {
        let mut notes: Vec<String> = Vec::new();
        let report = self.report;
        if let Some(warning) = view::catalog_warning(report) {
            notes.push(format!("เกณฑ์ของปีงบประมาณ พ.ศ. {} {}", self.year(), warning.get(Lang::Th)));
        }
        notes.extend(report.notes.iter().map(|note| said(&note.th, MESSAGE)));
        let file = actions::AGENCY_FILE;
        if report.fixes.iter().any(|fix| fix.next_step.th.contains(file)) {
            let name = shorten(report.agency.file.rsplit(['/', '\\']).next().unwrap_or_default(), 80);
            notes.push(format!("“{file}” หมายถึง ไฟล์รายการ URL ที่หน่วยงานระบุในแต่ละข้อ ({name}) ซึ่งใช้กับโปรแกรม"));
        }
        if notes.is_empty() {
            return;
        }
        self.push(&Paragraph::new("Note").bold("หมายเหตุ").keep());
        for note in notes {
            self.push(&Paragraph::of("Note", &format!("- {note}")));
        }
    }
}

/// A name as the memo prints it.
fn name(name: &str) -> String {
    thai(&shorten(name, NAME))
}

/// What the program says of an item or of the run. The memo calls whoever looks by one name.
fn said(text: &str, most: usize) -> String {
    thai(&shorten(text, most)).replace("ให้คนตรวจ", "ให้เจ้าหน้าที่ตรวจ")
}

fn mean(scores: &[Points]) -> Option<Points> {
    let count = u32::try_from(scores.len()).ok().filter(|count| *count > 0)?;
    Some(Points(scores.iter().map(|score| score.0).sum::<f64>() / f64::from(count)))
}

/// A score, or a blank for what is unknown.
fn score(score: Option<Points>) -> String {
    score.map_or_else(|| SHORT_BLANK.to_owned(), points)
}

/// A score in words, with its bounds where they differ.
fn ranged(range: &Range) -> String {
    let bounds = view::bounds(range)
        .map(|(low, high)| format!(" (อยู่ระหว่าง {} ถึง {} คะแนน ตามผลของข้อที่ให้เจ้าหน้าที่ตรวจ)", points(low), points(high)));
    format!("{} คะแนน{}", score(range.predicted), bounds.unwrap_or_default())
}

/// The comments on an item in the assessors' words, each once, the weightiest first.
fn comments(item: &ItemResult) -> Vec<String> {
    messages(item, |reason| reason.level != Level::Info || reason.code == ReasonCode::ItemReviewed)
}

/// The messages of some of its reasons.
fn messages(item: &ItemResult, of: impl Fn(&ReasonEntry) -> bool) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for reason in item.reasons.iter().filter(|reason| of(reason)) {
        let message = said(&reason.message, MESSAGE);
        if !message.is_empty() && !out.contains(&message) {
            out.push(message);
        }
    }
    if out.len() > COMMENTS {
        let more = out.len() - (COMMENTS - 1);
        out.truncate(COMMENTS - 1);
        out.push(format!("และอีก {} ประเด็น", numerals::count(more)));
    }
    out
}

/// An item by its identifier and its name.
fn item_name(item: &ItemResult) -> String {
    format!("{} {}", clean(item.id.as_str()), name(&item.name))
}

/// Names in a row: ก ข และ ค.
fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} และ{last}", first.join(" ")),
    }
}
