//! The CSV format: one row for each item, with the agency and the year in every row, so that files of many agencies can be
//! put one after the other and counted without counting anything twice.
//!
//! For other programs: names of columns and words for verdicts do not depend on the language, numbers have no separators,
//! unknown is empty. For Excel: UTF-8 with its mark, texts in quotes, and no text that begins a formula.

use super::clean::clean;
use super::formula::defused;
use super::{Beside, Style, view};
use crate::model::{Fix, ItemResult, Lang, LinkResult, Points, Report, Trend};

/// What stands between the parts of a cell that has several.
const BETWEEN: &str = " | ";

/// A column: its name, and its value for an item.
type Column = (&'static str, fn(&Row<'_>) -> String);

/// The columns, in their order.
const COLUMNS: &[Column] = &[
    ("agency", |row| text(&row.report.agency.name)),
    ("website", |row| text(row.report.agency.website.as_str())),
    ("fiscal_year", |row| row.report.fiscal_year.to_string()),
    ("finished_at", |row| row.report.finished_at.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()),
    ("complete", |row| row.report.complete.to_string()),
    ("oit_predicted", |row| points(row.report.score.oit.predicted)),
    ("oit_low", |row| points(row.report.score.oit.low)),
    ("oit_high", |row| points(row.report.score.oit.high)),
    ("item", |row| row.item.id.to_string()),
    ("name", |row| text(view::item_name(row.item, row.lang))),
    ("sub_indicator", |row| text(&row.item.sub_indicator)),
    ("verdict", |row| row.item.verdict.as_str().to_owned()),
    ("score", |row| row.item.score.map(|score| score.to_string()).unwrap_or_default()),
    ("likely_score", |row| row.item.likely_score.to_string()),
    ("confidence", |row| row.item.confidence.map(|share| Points(share).to_string()).unwrap_or_default()),
    ("reason_codes", |row| several(row.item.reasons.iter().map(|reason| reason.code.as_str()))),
    ("reasons", |row| several(row.item.reasons.iter().map(|reason| view::message(reason, row.lang)))),
    ("evidence", |row| several(row.item.reasons.iter().filter_map(|reason| reason.evidence.as_deref()))),
    ("urls", |row| each(row.item.urls.iter().map(|link| clean(&link.url)))),
    ("outcomes", |row| each(row.item.urls.iter().map(|link| clean(&link.outcome)))),
    ("statuses", |row| each(row.item.urls.iter().map(|link| link.status.map(|s| s.to_string()).unwrap_or_default()))),
    ("years", |row| years(row.item)),
    ("url_count", |row| row.item.urls.len().to_string()),
    ("document_count", |row| row.item.documents.len().to_string()),
    ("file_line", |row| row.item.place.map(|place| place.line.to_string()).unwrap_or_default()),
    ("oit_gain", |row| points(row.fix.map(|fix| fix.oit_gain))),
    ("oit_loss", |row| points(row.fix.map(|fix| fix.oit_loss))),
    ("ita_gain", |row| points(row.fix.map(|fix| fix.ita_gain))),
    ("ita_loss", |row| points(row.fix.map(|fix| fix.ita_loss))),
    ("path_step", |row| row.step().map(|step| step.to_string()).unwrap_or_default()),
    ("fix_after", |row| row.fix.map(|fix| each(fix.after.iter().map(ToString::to_string))).unwrap_or_default()),
    ("to_do", |row| row.fix.map(|fix| text(fix.todo.get(row.lang))).unwrap_or_default()),
    ("next_step", |row| row.fix.map(|fix| text(fix.next_step.get(row.lang))).unwrap_or_default()),
    ("trend", |row| row.trend().to_owned()),
];

/// Writes the table.
pub(super) fn render(report: &Report, style: &Style, beside: &Beside) -> Vec<u8> {
    let mut table = ::csv::WriterBuilder::new()
        .terminator(::csv::Terminator::CRLF)
        .quote_style(::csv::QuoteStyle::NonNumeric)
        .from_writer("\u{feff}".as_bytes().to_vec());
    let head = COLUMNS.iter().map(|(name, _)| (*name).to_owned()).collect();
    let rows = report.items.iter().map(|item| {
        let fix = report.fixes.iter().find(|fix| fix.item == item.id);
        let row = Row { report, item, fix, beside, lang: style.lang };
        COLUMNS.iter().map(|(_, value)| value(&row)).collect()
    });
    for row in std::iter::once(head).chain(rows) {
        let row: Vec<String> = row;
        table.write_record(row).expect("rows are as long as the head, and memory takes them");
    }
    table.into_inner().map_err(|error| error.to_string()).expect("memory takes what is left")
}

/// What a row is made from.
struct Row<'a> {
    report: &'a Report,
    item: &'a ItemResult,
    fix: Option<&'a Fix>,
    beside: &'a Beside,
    lang: Lang,
}

impl Row<'_> {
    /// Its place on the shortest way to the target, counted from 1.
    fn step(&self) -> Option<usize> {
        let path = self.report.path.as_ref()?;
        path.items.iter().position(|item| *item == self.item.id).map(|at| at + 1)
    }

    /// How it fares against the baseline; nothing where there is none.
    fn trend(&self) -> &'static str {
        let Some(changes) = &self.beside.changes else { return "" };
        let change = changes.items.iter().find(|change| change.item == self.item.id);
        change.map_or("same", |change| match change.trend {
            Trend::Worse => "worse",
            Trend::Doubtful => "doubtful",
            Trend::New => "new",
            Trend::Better => "better",
        })
    }
}

fn text(text: &str) -> String {
    defused(&clean(text))
}

fn points(points: Option<Points>) -> String {
    points.map(|points| points.to_string()).unwrap_or_default()
}

/// Texts, each once.
fn several<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    let mut seen: Vec<String> = Vec::new();
    for text in texts.map(clean).filter(|text| !text.is_empty()) {
        if !seen.contains(&text) {
            seen.push(text);
        }
    }
    defused(&seen.join(BETWEEN))
}

/// Values, all of them, so that those of one column stand beside those of another.
fn each(values: impl Iterator<Item = String>) -> String {
    defused(&values.collect::<Vec<_>>().join(BETWEEN))
}

/// The years in what was submitted and what was followed from it.
fn years(item: &ItemResult) -> String {
    let all = item.urls.iter().chain(&item.documents).flat_map(|link: &LinkResult| &link.years);
    let years: std::collections::BTreeSet<&u16> = all.collect();
    each(years.into_iter().map(u16::to_string))
}

#[cfg(test)]
mod tests {
    use crate::model::{Changes, Lang};
    use crate::report::{Beside, Format, Style, fixture, tests::hostile};

    fn rows(csv: &[u8]) -> Vec<Vec<String>> {
        let csv = csv.strip_prefix("\u{feff}".as_bytes()).unwrap();
        let mut reader = ::csv::ReaderBuilder::new().has_headers(false).from_reader(csv);
        reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
    }

    fn render(report: &crate::model::Report, lang: Lang, beside: &Beside) -> Vec<u8> {
        crate::report::render(report, Format::Csv, &Style { lang, ..Style::default() }, beside)
    }

    #[test]
    fn it_has_a_row_for_each_item_and_unknown_is_empty() {
        let report = fixture::report();
        let rows = rows(&render(&report, Lang::Th, &Beside::default()));
        assert_eq!(rows.len(), report.items.len() + 1);
        let value = |item: &str, column: &str| {
            let at = rows[0].iter().position(|name| name == column).unwrap();
            let id = rows[0].iter().position(|name| name == "item").unwrap();
            rows.iter().find(|row| row[id] == item).unwrap()[at].clone()
        };
        for (item, column, expected) in [
            ("O42", "verdict", "fail"),
            ("O42", "score", "0"),
            ("O42", "oit_gain", "12.50"),
            ("O42", "path_step", "1"),
            ("O43", "fix_after", "O42"),
            ("O8", "verdict", "review"),
            ("O8", "score", ""),
            ("O8", "likely_score", "100"),
            ("O8", "oit_loss", "1.11"),
            ("O1", "oit_gain", ""),
            ("O1", "oit_predicted", "68.28"),
            ("O1", "trend", ""),
            ("O1", "statuses", "200"),
            ("O1", "fiscal_year", "2563"),
        ] {
            assert_eq!(value(item, column), expected, "{item} {column}");
        }
    }

    #[test]
    fn columns_and_verdicts_do_not_depend_on_the_language_and_trends_are_told() {
        let report = fixture::report();
        let changes = Changes { since: report.started_at.clone(), oit: None, items: Vec::new() };
        let beside = Beside { changes: Some(changes), ..Beside::default() };
        let [th, en] = [Lang::Th, Lang::En].map(|lang| rows(&render(&report, lang, &beside)));
        assert_eq!(th[0], en[0]);
        let at = |name: &str| th[0].iter().position(|column| column == name).unwrap();
        assert_eq!(th[1][at("verdict")], en[1][at("verdict")]);
        assert_ne!(th[1][at("name")], en[1][at("name")]);
        assert!(th[1..].iter().all(|row| row[at("trend")] == "same"));
    }

    #[test]
    fn every_line_ends_as_the_standard_says_and_no_text_begins_a_formula() {
        let mut report = hostile();
        for item in &mut report.items {
            item.name = "=cmd|' /C calc'!A0".to_owned();
            item.urls[0].url = "\t@SUM(1;=2)\r\n\"".to_owned();
        }
        let csv = render(&report, Lang::Th, &Beside::default());
        let text = String::from_utf8(csv.clone()).unwrap();
        assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
        let rows = rows(&csv);
        assert_eq!(text.matches('\n').count(), rows.len(), "no cell has a line feed");
        for cell in rows.iter().flatten() {
            assert!(!crate::report::formula::is_formula(cell), "{cell}");
            assert!(!cell.contains(char::is_control), "{cell}");
        }
        let at = rows[0].iter().position(|column| column == "urls").unwrap();
        assert_eq!(rows[1][at], "'@SUM(1;'=2) \"");
    }
}
