//! What the terminal report is drawn on: rows of columns with quiet gaps, rules, and colour where it is wanted.
//!
//! All text enters through [`Para`], which cleans it; so no hostile byte reaches the terminal by any path. Tables are
//! laid out here and not by a library because only the wrapping in `wrap` knows where Thai may break.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Effects};

use super::clean::clean;
use super::wrap::{Mode, shorten_end, shorten_middle, width, wrap};
use crate::model::Verdict;

/// Columns left free between two table columns.
pub(super) const GAP: usize = 2;

/// How a text stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// As it is.
    Plain,
    /// Headings and what counts most.
    Strong,
    /// Secondary matter.
    Dim,
    /// Green.
    Good,
    /// Cyan.
    Advice,
    /// Red.
    Bad,
    /// Yellow.
    Doubt,
}

impl From<Verdict> for Tone {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Pass => Self::Good,
            Verdict::Advice => Self::Advice,
            Verdict::Fail => Self::Bad,
            Verdict::Review => Self::Doubt,
        }
    }
}

impl Tone {
    fn style(self) -> anstyle::Style {
        let plain = anstyle::Style::new();
        match self {
            Self::Plain => plain,
            Self::Strong => plain.bold(),
            Self::Dim => plain.effects(Effects::DIMMED),
            Self::Good => AnsiColor::Green.on_default(),
            Self::Advice => AnsiColor::Cyan.on_default(),
            Self::Bad => AnsiColor::Red.on_default().bold(),
            Self::Doubt => AnsiColor::Yellow.on_default().bold(),
        }
    }
}

/// A clean paragraph in one tone.
#[derive(Debug, Clone)]
pub(super) struct Para {
    text: String,
    tone: Tone,
    mode: Mode,
    /// The most lines that it may take; the rest is cut.
    lines: usize,
}

impl Para {
    /// A paragraph of words.
    pub(super) fn new(text: impl AsRef<str>, tone: Tone) -> Self {
        Self { text: clean(text.as_ref()), tone, mode: Mode::Prose, lines: usize::MAX }
    }

    /// A URL in the dim tone, cut in the middle where it is very long.
    pub(super) fn address(url: &str) -> Self {
        Self { mode: Mode::Address, lines: 2, ..Self::new(url, Tone::Dim) }
    }

    /// At most so many lines.
    pub(super) fn at_most(self, lines: usize) -> Self {
        Self { lines, ..self }
    }

    fn wrap(&self, limit: usize) -> Vec<String> {
        if self.lines == usize::MAX {
            return wrap(&self.text, limit, self.mode);
        }
        // Breaking at good points leaves lines ragged, so that a text cut to fit exactly may still take a line more.
        let mut lines = Vec::new();
        for less in (0..limit).step_by(2) {
            let room = (self.lines * limit).saturating_sub(less);
            let cut = match self.mode {
                Mode::Prose => shorten_end(&self.text, room),
                Mode::Address => shorten_middle(&self.text, room),
            };
            lines = wrap(&cut, limit, self.mode);
            if lines.len() <= self.lines {
                break;
            }
        }
        lines.truncate(self.lines);
        lines
    }
}

/// A table cell: paragraphs one under the other.
pub(super) type Cell = Vec<Para>;

/// A cell of one paragraph.
pub(super) fn cell(text: impl AsRef<str>, tone: Tone) -> Cell {
    vec![Para::new(text, tone)]
}

/// A column of a table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column {
    width: usize,
    right: bool,
}

/// A column whose text starts at its left edge.
pub(super) fn left(width: usize) -> Column {
    Column { width, right: false }
}

/// A column whose text ends at its right edge, for numbers.
pub(super) fn right(width: usize) -> Column {
    Column { width, right: true }
}

/// The report as it grows.
#[derive(Debug)]
pub(super) struct Canvas {
    out: String,
    colour: bool,
    width: usize,
}

impl Canvas {
    /// An empty one.
    pub(super) fn new(width: usize, colour: bool) -> Self {
        Self { out: String::new(), colour, width }
    }

    /// Its width.
    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// An empty line.
    pub(super) fn blank(&mut self) {
        self.out.push('\n');
    }

    /// A horizontal rule over the whole width.
    pub(super) fn rule(&mut self) {
        self.paint(&"─".repeat(self.width), Tone::Dim);
        self.blank();
    }

    /// A heading of a section with a rule under it.
    pub(super) fn heading(&mut self, text: &str) {
        self.blank();
        self.span(0, &cell(text, Tone::Strong));
        self.rule();
    }

    /// Paragraphs from a column to the right edge.
    pub(super) fn span(&mut self, from: usize, paras: &[Para]) {
        let room = self.width.saturating_sub(from);
        for para in paras {
            for line in para.wrap(room) {
                self.spaces(from);
                self.paint(&line, para.tone);
                self.blank();
            }
        }
    }

    /// A line to be copied, whole however long it is.
    pub(super) fn verbatim(&mut self, from: usize, text: &str) {
        self.spaces(from);
        self.paint(&clean(text), Tone::Plain);
        self.blank();
    }

    /// Short paragraphs side by side, on as many lines as they need.
    pub(super) fn flow(&mut self, from: usize, gap: usize, paras: &[Para]) {
        let mut at = 0;
        for para in paras {
            let wide = width(&para.text);
            if at > 0 && at + gap + wide > self.width {
                self.blank();
                at = 0;
            }
            let before = if at == 0 { from } else { gap };
            self.spaces(before);
            self.paint(&para.text, para.tone);
            at += before + wide;
        }
        self.blank();
    }

    /// One row of a table; no line of it ends in spaces.
    pub(super) fn row(&mut self, columns: &[Column], cells: &[Cell]) {
        let cells: Vec<Vec<(String, Tone)>> = columns
            .iter()
            .zip(cells)
            .map(|(column, cell)| {
                cell.iter().flat_map(|para| para.wrap(column.width).into_iter().map(|line| (line, para.tone))).collect()
            })
            .collect();
        for n in 0..cells.iter().map(Vec::len).max().unwrap_or(0) {
            let (mut at, mut edge) = (0, 0);
            for (column, cell) in columns.iter().zip(&cells) {
                if let Some((line, tone)) = cell.get(n) {
                    let wide = width(line);
                    let start = if column.right { edge + column.width.saturating_sub(wide) } else { edge };
                    self.spaces(start - at);
                    self.paint(line, *tone);
                    at = start + wide;
                }
                edge += column.width + GAP;
            }
            self.blank();
        }
    }

    /// The finished text.
    pub(super) fn finish(self) -> String {
        self.out
    }

    fn spaces(&mut self, count: usize) {
        self.out.extend(std::iter::repeat_n(' ', count));
    }

    fn paint(&mut self, text: &str, tone: Tone) {
        if self.colour && tone != Tone::Plain {
            let style = tone.style();
            let _ = write!(self.out, "{style}{text}{style:#}");
        } else {
            self.out.push_str(text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Canvas, Para, Tone, cell, left, right, width};

    #[test]
    fn columns_start_and_end_where_they_should() {
        let columns = [left(4), left(12), right(6)];
        let mut canvas = Canvas::new(26, false);
        for (name, number) in [("น้ำผึ้ง", "100.00"), ("กำลังดำเนินงานประจำปี", "0.00"), ("Social Network", "–")]
        {
            canvas.row(&columns, &[cell("O1", Tone::Plain), cell(name, Tone::Plain), cell(number, Tone::Plain)]);
        }
        for line in canvas.finish().lines() {
            match line.strip_prefix("O1    ") {
                Some(rest) => assert_eq!((width(line), rest.starts_with(' ')), (26, false), "{line}"),
                None => assert!(line.starts_with("      ") && !line.starts_with("       "), "{line}"),
            }
        }
    }

    #[test]
    fn a_long_address_is_cut_in_the_middle() {
        let url = format!("https://example.go.th/{}/report.pdf", "path/".repeat(40));
        let lines = Para::address(&url).wrap(40);
        assert_eq!(lines.len(), 2);
        assert!(lines[0].starts_with("https://example.go.th/"), "{lines:?}");
        assert!(lines[1].ends_with("/report.pdf") && lines.concat().contains('…'), "{lines:?}");
    }
}
