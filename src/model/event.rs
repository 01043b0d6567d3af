//! What a run tells while it runs.

use url::Url;

/// Something that happened during a run, for whoever shows progress.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// So many further URLs are to be opened.
    Planned(usize),
    /// A URL is being opened.
    Opening(Url),
    /// A URL has been dealt with; the text says how, in English, for a log.
    Opened(Url, String),
    /// A URL failed in a way that may pass and is tried again.
    Retrying(Url, String),
}
