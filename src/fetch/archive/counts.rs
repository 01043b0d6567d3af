//! How often each URL was opened: the names of openings, which a replay gives again.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use url::Url;

use super::Opening;

/// Counts openings of URLs, and pages built by a browser.
#[derive(Debug, Default)]
pub(in crate::fetch) struct Counts {
    opened: Mutex<BTreeMap<(Option<Url>, Url), u32>>,
    built: Mutex<BTreeMap<Url, u32>>,
}

impl Counts {
    /// The next opening of a URL, by itself or for a page that is built.
    pub(super) fn opening(&self, url: &Url, page: Option<&Url>) -> Opening {
        let earlier = next(&self.opened, (page.cloned(), url.clone()));
        Opening { url: url.clone(), earlier, page: page.cloned() }
    }

    /// How often a page was built before this time.
    pub(super) fn building(&self, page: &Url) -> u32 {
        next(&self.built, page.clone())
    }
}

fn next<K: Ord>(counts: &Mutex<BTreeMap<K, u32>>, key: K) -> u32 {
    let mut counts = counts.lock().unwrap_or_else(PoisonError::into_inner);
    let count = counts.entry(key).or_default();
    let earlier = *count;
    *count += 1;
    earlier
}
