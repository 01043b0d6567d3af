//! Fetches the issuers' certificates that servers leave out, each URL once in a run.

use std::time::Duration;

use tokio::time::{Instant, timeout_at};
use url::Url;

use crate::fetch::body::{self, Memory};
use crate::fetch::classify::{Fault, Phase, fault};
use crate::fetch::client::Clients;
use crate::fetch::redirect::{Trail, location};
use crate::model::Cause;

use super::certificate::certificates;
use super::issuers::Fetched;

/// The time for one URL. Authorities serve these files from networks made for it.
const PATIENCE: Duration = Duration::from_secs(5);
/// Bytes of one answer; a certificate has one or two thousand.
const MOST_BYTES: u64 = 64 * 1024;
/// Redirects followed for one URL.
const MOST_HOPS: usize = 4;

/// Fetches what is to be had under some URLs, unless that was done; whoever comes second waits for the first.
pub(in crate::fetch) async fn fetch(clients: &Clients, urls: &[Url]) {
    for url in urls {
        if let Some(slot) = clients.tls().issuers.slot(url) {
            slot.get_or_init(|| get(clients, url)).await;
        }
    }
}

async fn get(clients: &Clients, url: &Url) -> Fetched {
    match answer(clients, url, Instant::now() + PATIENCE).await {
        Ok(fetched) => fetched,
        // These are no accidents: a browser of the public internet meets them too.
        Err(Fault { cause: Cause::Private | Cause::RedirectScheme | Cause::RedirectLoop, detail, .. }) => {
            Fetched::Nothing(detail)
        }
        Err(fault) => Fetched::Failed(fault.detail),
    }
}

/// What is there after redirects. Everything that opening a page is guarded by holds here: the certificate of any
/// server may name any URL.
async fn answer(clients: &Clients, asked: &Url, deadline: Instant) -> Result<Fetched, Fault> {
    let mut trail = Trail::default();
    let mut url = asked.clone();
    for _ in 0..=MOST_HOPS {
        clients.guard().admit_url(&url)?;
        let (client, request) = clients.get(&url).map_err(|error| fault(&error, Phase::Send))?;
        clients.count_extra();
        let response = match timeout_at(deadline, client.execute(request)).await {
            Err(_) => return Ok(Fetched::Failed("no answer in time".to_owned())),
            Ok(response) => response.map_err(|error| fault(&error, Phase::Send))?,
        };
        let status = response.status().as_u16();
        if let Some(location) = location(response.status(), response.headers()) {
            url = trail.step(&url, status, &location)?;
            continue;
        }
        return match status {
            200..300 => {
                let headers = response.headers().clone();
                let body = body::read(response, &headers, MOST_BYTES, deadline, &Memory::new(MOST_BYTES)).await;
                match body.fault {
                    Some(fault) => Err(fault),
                    None if body.capped => Ok(Fetched::Nothing("too long for a certificate".to_owned())),
                    None => Ok(Fetched::read(certificates(&body.bytes))),
                }
            }
            // It is not there, for nobody. Anything else may be about this program, or pass.
            404 | 410 => Ok(Fetched::Nothing(format!("HTTP {status}"))),
            _ => Ok(Fetched::Failed(format!("HTTP {status}"))),
        };
    }
    Err(Fault::new(Cause::RedirectLoop, format!("more than {MOST_HOPS} redirects")))
}
