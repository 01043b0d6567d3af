//! What the spreadsheets of Excel, old and new, have in common: formats by cell style, shared strings, rows.

use std::collections::BTreeMap;

use super::number_format::NumberFormat;

/// Formats and styles of one workbook that are kept. Excel has at most 65,490 styles.
const MAX_STYLES: usize = 65_536;

/// The number formats of a workbook.
#[derive(Debug, Default)]
pub(super) struct Formats {
    own: BTreeMap<u32, NumberFormat>,
    styles: Vec<u32>,
    /// Days are counted from 1904.
    pub(super) since_1904: bool,
}

impl Formats {
    /// Notes a format of the workbook's own.
    pub(super) fn define(&mut self, id: u32, code: &str) {
        if self.own.len() < MAX_STYLES {
            self.own.insert(id, NumberFormat::parse(code));
        }
    }

    /// Notes the format of the next cell style.
    pub(super) fn style(&mut self, format: u32) {
        if self.styles.len() < MAX_STYLES {
            self.styles.push(format);
        }
    }

    /// A number as a cell of a style shows it.
    pub(super) fn show(&self, style: usize, value: f64) -> String {
        let id = self.styles.get(style).copied().unwrap_or(0);
        match self.own.get(&id) {
            Some(format) => format.show(value, self.since_1904),
            None => NumberFormat::built_in(id).show(value, self.since_1904),
        }
    }
}
