//! One request and its answer: no redirects, no retries.

use std::time::Duration;

use reqwest::Response;
use reqwest::header::{CONTENT_TYPE, HeaderName, LOCATION, RETRY_AFTER};
use tokio::time::{Instant, timeout_at};
use url::Url;

use crate::model::{Cause, Stage};

use super::body::{self, Body};
use super::challenge::is_challenge;
use super::classify::{Fault, Phase, fault};
use super::client::Clients;
use super::redirect::redirects;
use super::retry;

/// How much is read of an answer that is not one of success: enough to recognise what the server had to say.
const MOST_OF_AN_ERROR: u64 = 64 * 1024;

/// The bounds of one request.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    /// From the start to the last byte.
    pub(super) timeout: Duration,
    /// Bytes of body.
    pub(super) max_body: u64,
}

/// A server's answer to one request.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) content_type: Option<String>,
    pub(super) challenge: bool,
    pub(super) retry_after: Option<Duration>,
    /// Where it sends the visitor on to, if it does.
    pub(super) location: Option<Vec<u8>>,
    pub(super) body: Vec<u8>,
    pub(super) capped: bool,
}

/// Sends a GET request and reads the answer.
pub(super) async fn send(clients: &Clients, url: &Url, bounds: Bounds) -> Result<Reply, Fault> {
    let deadline = Instant::now() + bounds.timeout;
    let (client, request) = clients.get(url).map_err(|error| fault(&error, Phase::Send))?;
    match timeout_at(deadline, client.execute(request)).await {
        Err(_) => Err(Fault::new(Cause::Timeout(Stage::Read), "no answer in time")),
        Ok(Err(error)) => Err(fault(&error, Phase::Send)),
        Ok(Ok(response)) => receive(response, bounds.max_body, deadline).await,
    }
}

async fn receive(response: Response, max_body: u64, deadline: Instant) -> Result<Reply, Fault> {
    let status = response.status().as_u16();
    let headers = response.headers();
    let challenge = is_challenge(status, headers);
    let content_type = text(&response, &CONTENT_TYPE);
    let retry_after = retry::retry_after(text(&response, &RETRY_AFTER).as_deref());
    let location = headers
        .get(LOCATION)
        .map(|value| value.as_bytes().trim_ascii().to_vec())
        .filter(|value| redirects(status) && !value.is_empty());
    let body = if location.is_some() {
        Body::default()
    } else if response.status().is_success() {
        let mut body = body::read(response, max_body, deadline).await;
        if let Some(fault) = body.fault.take() {
            return Err(fault);
        }
        body
    } else {
        let body = body::read(response, max_body.min(MOST_OF_AN_ERROR), deadline).await;
        Body { capped: false, ..body }
    };
    Ok(Reply { status, content_type, challenge, retry_after, location, body: body.bytes, capped: body.capped })
}

/// A header's text; bytes outside UTF-8 become replacement characters.
fn text(response: &Response, name: &HeaderName) -> Option<String> {
    response.headers().get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).trim().to_owned())
}
