//! All that was gathered, from which everything else follows.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use url::Url;

use super::{Cause, Document, Failure, Fetched, Finding, ItemId, LinkResult, bare};

/// What was seen at one URL.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Observation {
    /// What came of opening it.
    pub fetched: Fetched,
    /// What it shows; only a body with a status of success becomes a document.
    pub document: Option<Document>,
}

/// What a crawl cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Tally {
    /// Requests sent, redirects and retries included.
    pub requests: u64,
    /// Bytes of bodies read, after decompression.
    pub bytes: u64,
}

/// What came of an item's further links: those beyond the ones that are judged together. Each was judged by itself when it
/// was read and its page was not kept, so that memory does not grow with their number.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Further {
    /// What the report shows of each, in the order of the agency file.
    pub links: Vec<LinkResult>,
    /// What was found of those that do not open, in their order; no more than a reader would go through.
    pub faults: Vec<Finding>,
    /// The best that one of their pages shows by itself; `None` where none opened.
    pub best: Option<Finding>,
}

/// All that was gathered in a run: the facts that verdicts are a pure function of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// When gathering began.
    pub started_at: Timestamp,
    /// When it ended.
    pub finished_at: Timestamp,
    /// The run was not stopped early.
    pub complete: bool,
    /// What was seen, by the URL asked for (without fragment).
    pub observations: BTreeMap<Url, Observation>,
    /// What came of further links, by item.
    pub further: BTreeMap<ItemId, Further>,
    /// What it cost.
    pub tally: Tally,
}

impl Snapshot {
    /// What was seen at a URL, its fragment aside.
    pub fn get(&self, url: &Url) -> Option<&Observation> {
        if url.fragment().is_none() {
            return self.observations.get(url);
        }
        self.observations.get(&bare(url))
    }

    /// Whether any server answered at all: if none did, the fault may be this machine's.
    pub fn anything_answered(&self) -> bool {
        self.observations.values().any(|seen| match &seen.fetched {
            Fetched::Answered(_) => true,
            // An address that was never asked has not answered either.
            Fetched::Failed(Failure {
                cause: Cause::Private | Cause::Interrupted | Cause::NotArchived, at, ..
            }) => at.is_some(),
            Fetched::Failed(failure) => !failure.cause.may_be_ours(),
        })
    }
}
