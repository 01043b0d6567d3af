//! Floor 2: writes a finished report in each format. Pure: a report and a style in, the bytes of a file out.
//!
//! A new format is one file here (`<format>.rs` with a `render`) and one line in `formats!`; what formats share is
//! in `words` (the texts in both languages), `view` (what follows from a report), and `clean` (hostile text). `saved`
//! reads the JSON of a report back.

pub mod backtest;
mod canvas;
mod clean;
mod comments;
mod csv;
mod formula;
mod github;
mod html;
mod json;
mod junit;
pub mod line;
mod markdown;
mod marks;
pub mod memo;
pub mod reading;
mod remedies;
mod said;
mod sarif;
mod saved;
pub mod sheet;
mod since;
mod terminal;
mod view;
mod words;
mod wrap;
mod xlsx;

pub use saved::{NotAReport, read};
pub use view::day;
pub use words::Phrase;

/// The JSON Schema of the JSON report.
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(Report).to_value()
}

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod random_tests;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use crate::model::{Changes, Lang, Report};

macro_rules! formats {
    ($($variant:ident $name:literal $extension:literal $kind:ident $module:ident $doc:literal)*) => {
        /// A format that a report is written in.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Format {
            $(#[doc = $doc] $variant,)*
        }

        impl Format {
            /// Every format, in the order of the help text.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// What it is, in a sentence.
            pub fn about(self) -> &'static str {
                match self { $(Self::$variant => $doc,)* }
            }

            /// The name that `--format` takes.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// The extension of its files, without the dot.
            pub fn extension(self) -> &'static str {
                match self { $(Self::$variant => $extension,)* }
            }

            /// For whom it is.
            pub fn kind(self) -> FormatKind {
                match self { $(Self::$variant => FormatKind::$kind,)* }
            }
        }

        /// Writes a report, with what is beside it. A text ends with a line feed.
        pub fn render(report: &Report, format: Format, style: &Style, beside: &Beside) -> Vec<u8> {
            match format { $(Format::$variant => $module::render(report, style, beside).into(),)* }
        }
    };
}

formats! {
    Terminal "terminal" "txt" Screen terminal "Tables for a terminal, in Thai or English."
    Json "json" "json" Text json "The published, versioned JSON."
    Html "html" "html" Text html "One self-contained page for people, in Thai and English."
    Markdown "markdown" "md" Text markdown "For a pull request's comment and a job's summary."
    Junit "junit" "junit.xml" Text junit "JUnit XML: a sub-indicator is a suite, an item a test case."
    Sarif "sarif" "sarif" Text sarif "SARIF 2.1.0: results point at the lines of the agency file."
    Github "github" "txt" Screen github "Annotations of GitHub: workflow commands for a job's log."
    Xlsx "xlsx" "xlsx" Binary xlsx "A workbook: scores, items, URLs, documents, reasons and fixes as sheets."
    Csv "csv" "csv" Text csv "A table with one row for each item, to be read by other programs."
}

/// For whom a format is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormatKind {
    /// Lines for a terminal, no file of its own.
    Screen,
    /// A text file.
    Text,
    /// A file that is no text, which a terminal must not be shown.
    Binary,
}

/// What a report is shown with that is not in it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Beside {
    /// The pictures of pages (PNG), by their names in the report.
    pub pictures: BTreeMap<String, Vec<u8>>,
    /// What changed since a baseline.
    pub changes: Option<Changes>,
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// The name is no format's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a format: one of {}", Format::ALL.iter().map(|format| format.name()).collect::<Vec<_>>().join(", "))]
pub struct NotAFormat;

impl FromStr for Format {
    type Err = NotAFormat;

    fn from_str(name: &str) -> Result<Self, NotAFormat> {
        Self::ALL.iter().copied().find(|format| format.name() == name).ok_or(NotAFormat)
    }
}

/// How a report is to look; formats ignore what does not concern them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// The language.
    pub lang: Lang,
    /// The display columns of the terminal; fewer than 40 are taken as 40.
    pub width: usize,
    /// Whether to use colour; without it not one escape byte is written.
    pub colour: bool,
    /// Whether to show the clicks from the home page to each submitted link.
    pub paths: bool,
}

impl Default for Style {
    fn default() -> Self {
        Self { lang: Lang::Th, width: 80, colour: false, paths: false }
    }
}
