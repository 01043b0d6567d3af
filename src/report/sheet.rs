//! A page of text and tables for a terminal: what commands print that are no report of an audit. It wraps Thai where Thai
//! may break, and nothing hostile gets through it.

use super::Style;
use super::canvas::{Canvas, Cell, Column, GAP, Para, left, right};
use super::wrap::width;

pub use super::canvas::Tone;

/// Narrower terminals are served as if they had this many columns.
const NARROWEST: usize = 40;
/// Lines longer than this are hard to follow from end to start.
const WIDEST: usize = 144;

/// A text and how it stands out.
#[derive(Debug, Clone)]
pub struct Part {
    text: String,
    tone: Tone,
}

impl Part {
    /// A text in a tone.
    pub fn new(text: impl Into<String>, tone: Tone) -> Self {
        Self { text: text.into(), tone }
    }

    fn cell(&self) -> Cell {
        vec![Para::new(&self.text, self.tone)]
    }
}

/// How a column of a table takes its width.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// As wide as its widest text.
    Text,
    /// The same, with its text at the right edge.
    Number,
    /// What the others leave.
    Rest,
}

/// A page as it grows.
#[derive(Debug)]
pub struct Sheet {
    canvas: Canvas,
}

impl Sheet {
    /// An empty one.
    pub fn new(style: &Style) -> Self {
        Self { canvas: Canvas::new(style.width.clamp(NARROWEST, WIDEST), style.colour) }
    }

    /// A title with a rule under it.
    pub fn title(&mut self, text: &str) {
        self.text(0, text, Tone::Strong);
        self.canvas.rule();
    }

    /// A heading of a section.
    pub fn heading(&mut self, text: &str) {
        self.canvas.heading(text);
    }

    /// An empty line.
    pub fn blank(&mut self) {
        self.canvas.blank();
    }

    /// A paragraph that begins at a column.
    pub fn text(&mut self, from: usize, text: &str, tone: Tone) {
        self.canvas.span(from, &[Para::new(text, tone)]);
    }

    /// A paragraph behind a mark, which stands at a column by itself: the first, or one that leaves room for a gap.
    pub fn point(&mut self, from: usize, mark: &Part, text: &Part) {
        let wide = width(&mark.text);
        let rest = self.canvas.width().saturating_sub(from + wide + GAP);
        let (mut columns, mut cells) = (vec![left(wide), left(rest)], vec![mark.cell(), text.cell()]);
        if let Some(before) = from.checked_sub(GAP) {
            columns.insert(0, left(before));
            cells.insert(0, Vec::new());
        }
        self.canvas.row(&columns, &cells);
    }

    /// A table. Columns that hold text take at most a third of the width.
    pub fn table(&mut self, columns: &[Fit], rows: &[Vec<Part>]) {
        let most = self.canvas.width() / 3;
        let widest = |at: usize| rows.iter().filter_map(|row| row.get(at)).map(|part| width(&part.text)).max();
        let mut widths: Vec<usize> = (0..columns.len()).map(|at| widest(at).unwrap_or(0).min(most)).collect();
        let is_rest = |at: &usize| columns[*at] == Fit::Rest;
        let taken: usize = (0..columns.len()).filter(|at| !is_rest(at)).map(|at| widths[at]).sum();
        let gaps = GAP * columns.len().saturating_sub(1);
        let room = self.canvas.width().saturating_sub(taken + gaps);
        for at in (0..columns.len()).filter(is_rest) {
            widths[at] = room;
        }
        let of = |(fit, width): (&Fit, &usize)| if *fit == Fit::Number { right(*width) } else { left(*width) };
        let laid: Vec<Column> = columns.iter().zip(&widths).map(of).collect();
        for row in rows {
            self.canvas.row(&laid, &row.iter().map(Part::cell).collect::<Vec<Cell>>());
        }
    }

    /// The finished text; it ends with a line feed.
    pub fn finish(self) -> String {
        self.canvas.finish()
    }
}

#[cfg(test)]
mod tests {
    use unicode_width::UnicodeWidthStr;

    use super::{Fit, Part, Sheet, Style, Tone};
    use crate::model::Lang;

    #[test]
    fn every_line_fits_and_columns_line_up_at_every_width() {
        for wide in [40, 60, 80, 120, 200] {
            let mut sheet = Sheet::new(&Style { lang: Lang::Th, width: wide, colour: false, paths: false });
            sheet.title("ประเด็นการตรวจ");
            let plain = |text: &str| Part::new(text, Tone::Plain);
            let names = ["ข้อมูลการติดต่อ", "รายงานการกำกับติดตามการดำเนินงานประจำปี รอบ 6 เดือน", "Q&A"];
            let rows: Vec<Vec<Part>> =
                names.iter().map(|name| vec![plain("O1"), plain(name), plain("1.11"), plain("ยืนยันแล้ว")]).collect();
            sheet.table(&[Fit::Text, Fit::Rest, Fit::Number, Fit::Text], &rows);
            sheet.point(2, &plain("✓"), &plain("ทำเนียบที่ทุกคนมีรูป ชื่อ ตำแหน่ง และเบอร์โทร \u{1b}[2J ซึ่งยาวกว่าหนึ่งบรรทัด"));
            let text = sheet.finish();
            assert!(!text.contains('\u{1b}') && text.ends_with('\n'), "{text}");
            let mut at = Vec::new();
            for line in text.lines() {
                assert!(line.width() <= wide, "{wide}: {line}");
                at.extend(line.split_once("ยืนยันแล้ว").map(|(before, _)| before.width()));
            }
            assert_eq!(at.len(), 3);
            assert!(at.iter().all(|one| *one == at[0]), "{text}");
        }
    }
}
