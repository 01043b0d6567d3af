//! The issuers' certificates that were fetched in a run, by the URL under which servers' certificates name them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use rustls::pki_types::CertificateDer;
use tokio::sync::OnceCell;
use url::Url;

use super::certificate::issuer_urls;

/// URLs that are fetched in a run. An agency's links meet a handful of authorities.
const MOST_URLS: usize = 256;
/// Certificates taken from one URL.
const MOST_PER_URL: usize = 8;
/// Certificates looked at on the way from one server's certificate to a root.
const MOST_ON_THE_WAY: usize = 24;

/// What came of fetching a URL that a certificate names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fetched {
    /// Certificates.
    Certificates(Vec<CertificateDer<'static>>),
    /// Nothing that is a certificate, as it would be for a browser; why.
    Nothing(String),
    /// The network failed; a browser may have more luck, or may have the certificate already. Why.
    Failed(String),
}

impl Fetched {
    /// What was read under a URL.
    pub(super) fn read(certificates: Vec<CertificateDer<'static>>) -> Self {
        if certificates.is_empty() {
            return Self::Nothing("not a certificate".to_owned());
        }
        Self::Certificates(certificates.into_iter().take(MOST_PER_URL).collect())
    }
}

/// One URL's result, once it is there.
type Slot = Arc<OnceCell<Fetched>>;

/// The certificates of a run, each only ever used for servers whose own certificates lead to its URL: what one server
/// makes this program fetch tells on no other.
#[derive(Debug, Default)]
pub(super) struct Issuers {
    by_url: Mutex<BTreeMap<Url, Slot>>,
}

/// What is known of the way from a server's certificate to a root.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Way {
    /// Certificates that were fetched for it.
    pub(super) found: Vec<CertificateDer<'static>>,
    /// URLs that may have more and were not fetched yet.
    pub(super) wanted: Vec<Url>,
    /// What did not come of the others.
    pub(super) missing: Vec<(Url, Fetched)>,
}

impl Issuers {
    /// Where the result of a URL is kept; nothing if there are too many.
    pub(super) fn slot(&self, url: &Url) -> Option<Slot> {
        let mut by_url = self.by_url.lock().unwrap_or_else(PoisonError::into_inner);
        if !by_url.contains_key(url) && by_url.len() >= MOST_URLS {
            return None;
        }
        Some(Arc::clone(by_url.entry(url.clone()).or_default()))
    }

    fn get(&self, url: &Url) -> Option<Fetched> {
        let by_url = self.by_url.lock().unwrap_or_else(PoisonError::into_inner);
        by_url.get(url)?.get().cloned()
    }

    /// Follows the URLs from what a server sent, its own certificate first, as far as they were fetched.
    pub(super) fn way(&self, sent: &[&CertificateDer<'_>]) -> Way {
        let mut way = Way::default();
        let mut seen = BTreeSet::new();
        let urls = |certificate: &CertificateDer<'_>| issuer_urls(certificate);
        let mut next: Vec<Url> = sent.iter().take(MOST_ON_THE_WAY).flat_map(|sent| urls(sent)).collect();
        while !next.is_empty() {
            let mut further = Vec::new();
            for url in next {
                if !seen.insert(url.clone()) {
                    continue;
                }
                match self.get(&url) {
                    Some(Fetched::Certificates(certificates)) => {
                        let room = MOST_ON_THE_WAY - way.found.len();
                        let taken = certificates.into_iter().take(room);
                        for certificate in taken.filter(|new| !sent.contains(&new)) {
                            further.extend(urls(&certificate));
                            way.found.push(certificate);
                        }
                    }
                    Some(none) => way.missing.push((url, none)),
                    None => way.wanted.push(url),
                }
            }
            next = further;
        }
        way
    }
}
