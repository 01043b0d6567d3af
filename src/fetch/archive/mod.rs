//! Keeps a run's exchanges in a WARC file, and gives them back without a network: `docs/archive.md` describes the file.
//!
//! The format is written and read here rather than by a library: `warc`, the one for Rust, tells no offsets of gzip
//! members, so that bodies could not be read on demand, and bounds neither headers nor blocks of a hostile file.

mod counts;
mod fields;
mod http;
mod read;
mod record;
#[cfg(test)]
mod tests;
mod write;

use std::collections::BTreeSet;

use jiff::Timestamp;
use url::Url;

use crate::fetch::render::{RenderError, Rendered};
use crate::model::Tally;

pub use read::{Archive, Medium};
pub use record::ArchiveError;
pub use write::Recorder;

use counts::Counts;
pub(super) use write::Sent;

/// What is known of a run when it begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beginning {
    /// The agency's name.
    pub agency: String,
    /// The fiscal year of its rules.
    pub fiscal_year: u16,
    /// When gathering began.
    pub started_at: Timestamp,
}

/// What is known of a run when it has ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ending {
    /// When gathering began.
    pub started_at: Timestamp,
    /// When it ended.
    pub finished_at: Timestamp,
    /// What it cost.
    pub tally: Tally,
    /// The time for an audit was used up before its end.
    pub out_of_time: bool,
    /// What it was stopped before: URLs, each with how often it had been opened by then. Empty for a complete run.
    pub stopped_before: BTreeSet<(Url, u32)>,
}

/// Which opening of a URL is meant: concurrency reorders openings, so each is known by its URL and its number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Opening {
    /// The URL that is to be opened, not those that it redirects to.
    pub(super) url: Url,
    /// Openings of it before this one.
    pub(super) earlier: u32,
    /// The page that a browser opens it for, to build it; what such a page asks for depends on its clock, and is counted
    /// apart so that nothing else does.
    pub(super) page: Option<Url>,
}

/// What came of building a page in a browser, as an archive keeps it: without a picture of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Built {
    /// The page that was built.
    pub(super) page: Url,
    /// How often it was built before.
    pub(super) earlier: u32,
    /// What it is then, or why it is nothing.
    pub(super) result: Result<Rendered, RenderError>,
}

/// The place of an exchange in the opening of a URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Turn {
    pub(super) opening: Opening,
    /// Exchanges before it: hops and failed tries.
    pub(super) earlier: u32,
    /// The URL before it, of a hop.
    pub(super) via: Option<Url>,
}
