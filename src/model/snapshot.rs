//! All that was gathered, from which everything else follows.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use url::Url;

use super::{
    Cause, Document, Exploration, Failure, Fetched, Finding, ItemId, LinkResult, TlsFault, bare, registrable_domain,
};

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
    /// It was stopped because the time for an audit was used up.
    pub out_of_time: bool,
    /// What had answered did not any more at the end, so that the rest says nothing about hosts.
    pub network_lost: bool,
    /// What was seen, by the URL asked for (without fragment).
    pub observations: BTreeMap<Url, Observation>,
    /// What hosts answered to an address that cannot exist, by what comes before the path. These are no pages of theirs.
    pub probes: BTreeMap<String, Observation>,
    /// What came of further links, by item.
    pub further: BTreeMap<ItemId, Further>,
    /// The ways from the home page to what was submitted; `None` where they were not sought.
    pub exploration: Option<Exploration>,
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
            Fetched::Failed(Failure { cause, at, .. }) if cause.is_unasked() => at.is_some(),
            Fetched::Failed(failure) => !failure.cause.may_be_ours(),
        })
    }

    /// Whether something seems to stand between this machine and the internet: each of several websites led to one and the
    /// same foreign address (the sign-in page of a network), or showed a certificate that cannot be right (so does a network
    /// that looks into connections, and a machine whose clock is wrong).
    pub fn is_intercepted(&self) -> bool {
        let asked: BTreeSet<String> = self.observations.keys().map(registrable_domain).collect();
        let mut reached = BTreeSet::new();
        let mut ends = BTreeSet::new();
        for (url, seen) in &self.observations {
            match &seen.fetched {
                Fetched::Answered(answer) => {
                    let end = registrable_domain(&answer.final_url);
                    if asked.contains(&end) {
                        return false;
                    }
                    ends.insert(end);
                }
                Fetched::Failed(failure) => match failure.cause {
                    Cause::Tls(
                        TlsFault::Expired
                        | TlsFault::NotYetValid
                        | TlsFault::WrongHost
                        | TlsFault::SelfSigned
                        | TlsFault::UnknownIssuer,
                    ) => {}
                    cause if cause.may_be_ours() || cause.is_unasked() => continue,
                    _ => return false,
                },
            }
            reached.insert(registrable_domain(url));
        }
        reached.len() > 1 && ends.len() <= 1
    }
}

#[cfg(test)]
mod tests {
    use super::{BTreeMap, Cause, Failure, Fetched, Observation, Snapshot, Tally, TlsFault};
    use crate::model::{Answer, Stage};
    use jiff::Timestamp;
    use url::Url;

    fn snapshot(seen: &[(&str, Result<&str, Cause>)]) -> Snapshot {
        let url = |text: &str| text.parse::<Url>().unwrap();
        let observe = |(asked, came): &(&str, Result<&str, Cause>)| {
            let fetched = match came {
                Ok(end) => Fetched::Answered(Answer {
                    final_url: url(end),
                    status: 200,
                    hops: Vec::new(),
                    content_type: None,
                    challenge: None,
                    bytes: 0,
                    capped: false,
                    tls: None,
                    elapsed_ms: 0,
                    failed_tries: 0,
                    retry_after: None,
                    last_modified: None,
                }),
                Err(cause) => {
                    Fetched::Failed(Failure { cause: *cause, detail: String::new(), at: None, elapsed_ms: 0 })
                }
            };
            (url(asked), Observation { fetched, document: None })
        };
        Snapshot {
            started_at: Timestamp::UNIX_EPOCH,
            finished_at: Timestamp::UNIX_EPOCH,
            complete: true,
            out_of_time: false,
            network_lost: false,
            observations: seen.iter().map(observe).collect(),
            probes: BTreeMap::new(),
            further: BTreeMap::new(),
            exploration: None,
            tally: Tally::default(),
        }
    }

    #[test]
    fn a_network_that_sends_all_to_its_own_page_is_no_internet() {
        let (a, b, portal) = ("http://www.a.go.th/", "http://b.or.th/", "http://login.hotel.example/?to=a");
        let intercepted = |seen: &[(&str, Result<&str, Cause>)]| snapshot(seen).is_intercepted();
        let wrong = Err(Cause::Tls(TlsFault::WrongHost));
        assert!(intercepted(&[(a, Ok(portal)), (b, Ok(portal))]));
        assert!(intercepted(&[(a, Ok(portal)), ("https://b.or.th/", wrong), ("https://c.th/", Err(Cause::Dns))]));
        assert!(intercepted(&[("https://a.go.th/", wrong), ("https://b.or.th/", Err(Cause::Tls(TlsFault::Expired)))]));

        assert!(!intercepted(&[(a, Ok(portal)), ("http://www.a.go.th/2", Ok(portal))]), "an agency may have moved");
        assert!(!intercepted(&[(a, Ok(portal)), (b, Ok(b))]));
        assert!(!intercepted(&[(a, Ok(portal)), (b, Ok("http://other.example/"))]));
        assert!(!intercepted(&[(a, Ok(b)), (b, Ok(b))]));
        assert!(!intercepted(&[(a, Ok(portal)), (b, Err(Cause::Timeout(Stage::Connect)))]));
        assert!(!intercepted(&[(a, Ok(portal)), ("https://b.or.th/", wrong), ("http://c.th/", Err(Cause::Protocol))]));
        assert!(!intercepted(&[]));
    }
}
