//! What a run tells while it runs.

use url::Url;

/// A part of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// What was submitted is opened.
    Submitted,
    /// It is looked how hosts answer for addresses that cannot exist.
    Probing,
    /// What the pages lead to is opened.
    Following,
    /// Pages of documents that are pictures are recognised.
    Recognising,
    /// What failed in a way that may have passed is opened again.
    Again,
    /// The ways from the home page are sought.
    Ways,
    /// The links of an item beyond the first few are opened.
    Further,
}

/// Something that happened during a run, for whoever shows progress.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A part of the run begins, or goes on.
    Part(Part),
    /// These further URLs are to be opened or read in this part.
    Planned(Vec<Url>),
    /// A URL is to be opened as soon as it is its turn.
    Opening(Url),
    /// A URL has been opened or not; the text says how, in English, for a log.
    Opened(Url, String),
    /// What a URL showed is being read.
    Reading(Url),
    /// A page is being built by a browser.
    Building(Url),
    /// Pages of a document are being recognised.
    Recognising(Url),
    /// A planned URL has been dealt with.
    Done(Url),
    /// A page is empty without a browser and could not be built by one; the text says why, in English, for a log.
    Unbuilt(Url, String),
    /// A page was built by a browser, and this is a PNG of what is seen first.
    Pictured(Url, Vec<u8>),
    /// A URL failed in a way that may pass and is tried again.
    Retrying(Url, String),
}
