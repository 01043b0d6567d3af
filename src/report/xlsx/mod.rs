//! The XLSX format: scores, items, URLs, documents, reasons and fixes as sheets of one workbook, to filter and to count.
//!
//! It holds no formula at all. Every text of a page is a string to the file, and one that looks like a formula is marked as
//! text besides, so that it stays one when somebody edits the cell. What a cell may hold is decided in `cell`.

mod book;
mod cell;
mod summary;
mod tables;
mod words;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, XlsxError};

use self::book::Book;
use super::clean::clean;
use super::{Beside, Style};
use crate::model::{Lang, Report};

/// Writes the workbook.
pub(super) fn render(report: &Report, style: &Style, beside: &Beside) -> Vec<u8> {
    workbook(report, style.lang, beside).expect("cells, rows, links and names are within what the format takes")
}

fn workbook(report: &Report, lang: Lang, beside: &Beside) -> Result<Vec<u8>, XlsxError> {
    let mut book = Book::new(lang)?;
    let changes = beside.changes.as_ref();
    book.page(words::SUMMARY, &summary::WIDTHS, &summary::rows(report, changes, lang))?;
    tables::items(&mut book, report, changes, lang)?;
    tables::fixes(&mut book, report, lang)?;
    tables::reasons(&mut book, report, lang)?;
    tables::urls(&mut book, report, lang)?;
    tables::documents(&mut book, report, lang)?;
    if let Some(changes) = changes {
        tables::changes(&mut book, report, changes, lang)?;
    }
    // Without a date of its own the library would write today's.
    let made = ExcelDateTime::from_timestamp(report.finished_at.timestamp().as_second()).unwrap_or_default();
    let properties = DocProperties::new()
        .set_title(format!("{} {}", super::words::TITLE.get(lang), clean(&report.agency.name)))
        .set_author(format!("oit-audit {}", clean(&report.tool_version)))
        .set_creation_datetime(&made);
    book.inner().set_properties(&properties);
    book.inner().save_to_buffer()
}

#[cfg(test)]
mod tests;
