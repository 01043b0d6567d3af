//! A Markdown page of bounded length: what does not fit is left out entry by entry, so that tables and lists stay whole,
//! and the page says how much that is.

use std::fmt::Write as _;

use super::escape::text;
use super::words;
use crate::model::Lang;

/// Characters of a page; GitHub takes 65,536 in a comment, and more than that in a summary.
const LONGEST: usize = 65_000;
/// Characters that are kept for the ends of what was begun, for the last lines and for what a bot adds.
const KEPT: usize = 2_000;

/// The page as it is written.
#[derive(Debug)]
pub(super) struct Page {
    lang: Lang,
    out: String,
    room: usize,
    left_out: usize,
    /// What starts a section, until an entry of it fits.
    begun: String,
}

impl Page {
    pub(super) fn new(lang: Lang) -> Self {
        Self { lang, out: String::new(), room: LONGEST - KEPT, left_out: 0, begun: String::new() }
    }

    /// Writes a short text that no page is without.
    pub(super) fn must(&mut self, text: &str) {
        self.room = self.room.saturating_sub(text.chars().count());
        self.out.push_str(text);
    }

    /// Writes an entry if there is room.
    pub(super) fn put(&mut self, entry: &str) {
        let length = self.begun.chars().count() + entry.chars().count();
        if length > self.room {
            self.left_out += 1;
            return;
        }
        self.room -= length;
        self.out.push_str(&std::mem::take(&mut self.begun));
        self.out.push_str(entry);
    }

    /// Starts a section.
    pub(super) fn begin(&mut self, start: &str) {
        start.clone_into(&mut self.begun);
    }

    /// Starts a table within the section; as many of its last columns are numbers as `numbers` has letters.
    pub(super) fn table(&mut self, head: &[&str], numbers: &str) {
        let cells: Vec<String> = head.iter().map(|cell| text(cell)).collect();
        let first = head.len() - numbers.len();
        let rules: Vec<&str> = (0..head.len()).map(|at| if at < first { "---" } else { "---:" }).collect();
        let _ = write!(self.begun, "| {} |\n| {} |\n", cells.join(" | "), rules.join(" | "));
    }

    /// Writes a row of cells that are Markdown already.
    pub(super) fn row(&mut self, cells: &[String]) {
        self.put(&format!("| {} |\n", cells.join(" | ")));
    }

    /// Ends a section, if it has begun.
    pub(super) fn end(&mut self, end: &str) {
        if std::mem::take(&mut self.begun).is_empty() {
            self.out.push_str(end);
        }
    }

    /// The page, with its last line.
    pub(super) fn finish(mut self, footer: &str) -> String {
        if self.left_out > 0 {
            let said = words::LEFT_OUT.fill(self.lang, self.left_out);
            let _ = write!(self.out, "> {}\n\n", text(&said));
        }
        self.out.push_str(footer);
        self.out
    }
}
