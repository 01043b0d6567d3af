//! Opens one URL and reads what it shows, outside any audit.

use std::sync::Arc;

use url::Url;

use super::gather::{GatherError, Stop};
use super::opener::Errand;
use super::readers::Readers;
use super::viewing::Viewing;
use crate::fetch::{Browser, Budget, Pool, Purpose, Trust};
use crate::model::{Crawl, Document, Fetched};

/// What came of a look.
#[derive(Debug)]
pub enum Looked {
    /// The document, and the URL that answered with it.
    Read(Box<Document>, Url),
    /// It did not open, or not as a page of the agency's.
    NotOpened(Fetched),
    /// The look was stopped.
    Stopped,
}

/// Opens a URL as an audit would, and reads all that it shows.
pub async fn look(
    url: &Url,
    crawl: &Crawl,
    trust: &Trust,
    readers: &Readers,
    browser: Option<Browser>,
    stop: &Stop,
) -> Result<Looked, GatherError> {
    let pool = Pool::with(crawl, trust, |_, _| ())?;
    let viewing = Viewing::alone(readers.clone(), crawl, browser);
    let (purpose, budget) = (Purpose::Submitted, Budget::new(crawl.item_timeout));
    let errand = Errand { url: url.clone(), purpose, budget, at_once: false };
    let seen = async {
        let opened = pool.open_within(url, purpose, &errand.budget).await;
        let seen = viewing.read(&pool, &errand, opened, &(Arc::new(|_| ()) as _)).await;
        match (seen.fetched.success(), seen.document) {
            (Some(answer), Some(document)) => {
                let document = viewing.scans.read_rest(readers, url, document).await;
                Looked::Read(Box::new(document), answer.final_url.clone())
            }
            _ => Looked::NotOpened(seen.fetched),
        }
    };
    let looked = tokio::select! {
        biased;
        () = stop.wait() => Looked::Stopped,
        looked = seen => looked,
    };
    viewing.done().await;
    Ok(looked)
}
