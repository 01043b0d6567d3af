//! One line of text for a terminal that is no report: progress and log lines. Nothing hostile gets through it.

use super::{clean, wrap};

pub use super::view::readable_url;

/// A text on one line, without characters that steer the terminal or hide.
pub fn clean(text: &str) -> String {
    clean::clean(text)
}

/// The same in at most so many display columns, cut in the middle where it is longer.
pub fn within(text: &str, columns: usize) -> String {
    wrap::shorten_middle(&clean::clean(text), columns)
}

/// The display columns that a text takes.
pub fn width(text: &str) -> usize {
    wrap::width(text)
}
