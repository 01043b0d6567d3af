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
    /// A page is empty without a browser and could not be built by one; the text says why, in English, for a log.
    Unbuilt(Url, String),
    /// A page was built by a browser, and this is a PNG of what is seen first.
    Pictured(Url, Vec<u8>),
    /// A URL failed in a way that may pass and is tried again.
    Retrying(Url, String),
}
