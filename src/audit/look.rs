//! Opens one URL and reads what it shows, outside any audit.

use std::sync::Arc;

use url::Url;

use super::gather::{GatherError, Stop};
use super::readers::{Readers, Source};
use super::scans::read_whole;
use crate::fetch::{Opened, Pool, Trust};
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

/// Opens a URL as an audit would, and reads what it shows.
pub async fn look(
    url: &Url,
    crawl: &Crawl,
    trust: &Trust,
    readers: &Readers,
    stop: &Stop,
) -> Result<Looked, GatherError> {
    let pool = Pool::with(crawl, trust, |_, _| ())?;
    let seen = async {
        let Opened { fetched, body, share, .. } = pool.open(url).await;
        let Some(answer) = fetched.success() else { return Looked::NotOpened(fetched) };
        let (bytes, content_type) = (Arc::new(body), answer.content_type.as_deref());
        let source = Source { bytes: &bytes, content_type, url: &answer.final_url, capped: answer.capped };
        let document = read_whole(readers, source, crawl).await;
        drop(share);
        Looked::Read(Box::new(document), answer.final_url.clone())
    };
    tokio::select! {
        biased;
        () = stop.wait() => Ok(Looked::Stopped),
        looked = seen => Ok(looked),
    }
}
