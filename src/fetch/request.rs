//! One request and its answer: no redirects, no retries.

use std::net::SocketAddr;
use std::time::Duration;

use jiff::Timestamp;
use reqwest::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, CONTENT_TYPE, DATE, HeaderMap, HeaderName, HeaderValue, LAST_MODIFIED, REFRESH,
    RETRY_AFTER,
};
use reqwest::{Client, Request, Response, StatusCode, Version};
use tokio::time::{Instant, timeout_at};
use url::Url;

use crate::model::{Cause, Stage, TlsFault, TlsNote};

use super::body::{self, Body, Memory, Share};
use super::challenge;
use super::classify::{Fault, Phase, fault};
use super::client::Clients;
use super::redirect::location;
use super::refresh::{self, Refresh};
use super::retry;
use super::tls;

/// How much is read of an answer that is not one of success: enough to recognise what the server had to say.
const MOST_OF_AN_ERROR: u64 = 64 * 1024;

/// What was last changed no longer ago than this was made when it was asked for.
const MADE_WHEN_ASKED: Duration = Duration::from_mins(1);

/// What stands in the `Content-Type` of an answer that may be a page.
const PAGES: &[&str] = &["html", "text/plain", "json", "xml"];

/// The bounds of one request.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds<'m> {
    /// From the start to the last byte.
    pub(super) timeout: Duration,
    /// Bytes of body.
    pub(super) max_body: u64,
    /// What large bodies of the run may take together.
    pub(super) memory: &'m Memory,
}

/// What a server sent in answer to one request, as it came.
#[derive(Debug)]
pub(super) struct Received {
    pub(super) status: StatusCode,
    pub(super) version: Version,
    pub(super) headers: HeaderMap,
    /// The body, as far as it was read: not at all where the visitor is sent on.
    pub(super) body: Body,
    /// The address that answered.
    pub(super) peer: Option<SocketAddr>,
    /// What TLS took, if it was more than usual.
    pub(super) tls: Option<TlsNote>,
}

/// What an answer means.
#[derive(Debug, Default)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) content_type: Option<String>,
    /// Who turned the visitor away by this answer, if somebody did.
    pub(super) challenge: Option<String>,
    pub(super) retry_after: Option<Duration>,
    /// When it was last changed, if it says so and means it.
    pub(super) last_modified: Option<Timestamp>,
    /// Where it sends the visitor on to, if it does.
    pub(super) location: Option<Vec<u8>>,
    /// Where its page sends the visitor on to, if it does.
    pub(super) refresh: Option<Refresh>,
    /// Whose pages may read it in a browser.
    pub(super) shared_with: Option<String>,
    pub(super) body: Vec<u8>,
    pub(super) capped: bool,
    /// What TLS took, if it was more than usual.
    pub(super) tls: Option<TlsNote>,
    /// The leave to keep the body in memory, if it is large.
    pub(super) share: Option<Share>,
}

/// Sends a GET request and reads the answer. Where TLS fails for want of something that browsers have, it is sent again
/// with that.
pub(super) async fn send(clients: &Clients, url: &Url, bounds: Bounds<'_>) -> Result<Received, Fault> {
    let deadline = Instant::now() + bounds.timeout;
    let result = with_issuers(clients, url, bounds, deadline).await;
    let (Err(first), Some(request)) = (&result, clients.get_legacy(url)) else { return result };
    match first.cause {
        Cause::Tls(TlsFault::Handshake) => {}
        Cause::Tls(TlsFault::HandshakeCut) => {
            // What opens now was cut by accident, and not for its ciphers.
            let again = with_issuers(clients, url, bounds, deadline).await;
            if again.is_ok() {
                return again;
            }
        }
        _ => return result,
    }
    legacy(attempt(request, bounds, deadline).await, first)
}

/// Tries, and tries again with the issuers' certificates for want of which it failed.
async fn with_issuers(clients: &Clients, url: &Url, bounds: Bounds<'_>, deadline: Instant) -> Result<Received, Fault> {
    let mut result = attempt(clients.get(url), bounds, deadline).await;
    for _ in 0..tls::MOST_ROUNDS {
        let Err(Fault { issuers, .. }) = &result else { break };
        if issuers.is_empty() || timeout_at(deadline, tls::fetch(clients, issuers)).await.is_err() {
            break;
        }
        result = attempt(clients.get(url), bounds, deadline).await;
    }
    let tls = clients.tls().completed(url).then_some(TlsNote::ChainCompleted);
    result.map(|received| Received { tls, ..received })
}

/// What the second TLS library makes of a server with which the first has nothing in common.
fn legacy(result: Result<Received, Fault>, first: &Fault) -> Result<Received, Fault> {
    const NO_VERSION: &[&str] = &["unsupported protocol", "alert protocol version"];
    let second = match result {
        Ok(received) => return Ok(Received { tls: Some(TlsNote::Legacy), ..received }),
        Err(second) => second,
    };
    match second.cause {
        // It got past the handshake, so this is what a browser sees.
        Cause::Timeout(Stage::Read | Stage::Body) | Cause::Truncated => Err(second),
        _ => {
            let says = |words: &[&str]| words.iter().any(|words| second.detail.contains(words));
            let cut = second.cause == Cause::Tls(TlsFault::HandshakeCut) || says(&["unexpected EOF"]);
            let cause = match first.cause {
                _ if says(NO_VERSION) => Cause::Tls(TlsFault::ObsoleteVersion),
                // With every cipher of a browser's it is cut all the same.
                Cause::Tls(TlsFault::HandshakeCut) if cut => Cause::Reset,
                cause => cause,
            };
            Err(Fault::new(cause, format!("{}; with obsolete ciphers: {}", first.detail, second.detail)))
        }
    }
}

async fn attempt(
    request: Result<(&Client, Request), reqwest::Error>,
    bounds: Bounds<'_>,
    deadline: Instant,
) -> Result<Received, Fault> {
    let (client, request) = request.map_err(|error| fault(&error, Phase::Send))?;
    match timeout_at(deadline, client.execute(request)).await {
        Err(_) => Err(Fault::new(Cause::Timeout(Stage::Read), "no answer in time")),
        Ok(Err(error)) => Err(fault(&error, Phase::Send)),
        Ok(Ok(response)) => Ok(receive(response, bounds, deadline).await),
    }
}

async fn receive(mut response: Response, bounds: Bounds<'_>, deadline: Instant) -> Received {
    let (status, version, peer) = (response.status(), response.version(), response.remote_addr());
    let headers = std::mem::take(response.headers_mut());
    let body = if location(status, &headers).is_some() {
        Body::default()
    } else {
        let most = if status.is_success() { bounds.max_body } else { bounds.max_body.min(MOST_OF_AN_ERROR) };
        body::read(response, &headers, most, deadline, bounds.memory).await
    };
    Received { status, version, headers, body, peer, tls: None }
}

impl Received {
    /// What it means. A body of success that ended early is a fault; of any other, what came of it will do.
    pub(super) fn reply(self) -> Result<Reply, Fault> {
        let Self { status, headers, body, tls, .. } = self;
        let success = status.is_success();
        if let Some(fault) = body.fault.filter(|_| success) {
            return Err(fault);
        }
        let content_type = text(&headers, &CONTENT_TYPE);
        let may_be_page = content_type.as_deref().is_none_or(|kind| PAGES.iter().any(|page| kind.contains(page)));
        let page = if may_be_page { body.bytes.as_slice() } else { &[] };
        // An error stays one, wherever its page leads.
        let refresh = || refresh::of(headers.get(REFRESH).map(HeaderValue::as_bytes), Some(page));
        Ok(Reply {
            status: status.as_u16(),
            challenge: challenge::recognise(status.as_u16(), &headers, page),
            retry_after: retry::retry_after(text(&headers, &RETRY_AFTER).as_deref(), text(&headers, &DATE).as_deref()),
            last_modified: last_modified(text(&headers, &LAST_MODIFIED).as_deref(), text(&headers, &DATE).as_deref()),
            location: location(status, &headers),
            refresh: success.then(refresh).flatten(),
            shared_with: text(&headers, &ACCESS_CONTROL_ALLOW_ORIGIN),
            content_type,
            body: body.bytes,
            capped: body.capped && success,
            tls,
            share: body.share,
        })
    }
}

/// When something was last changed, by the server's own clock. A page that is made when it is asked for bears the time of the
/// answer: that says nothing, nor does a day that has not come yet. Without a `Date` beside it the two cannot be told apart.
fn last_modified(header: Option<&str>, date: Option<&str>) -> Option<Timestamp> {
    let changed = httpdate::parse_http_date(header?.trim()).ok()?;
    let now = httpdate::parse_http_date(date?.trim()).ok()?;
    let age = now.duration_since(changed).ok()?;
    (age > MADE_WHEN_ASKED).then(|| Timestamp::try_from(changed).ok()).flatten()
}

/// A header's text; bytes outside UTF-8 become replacement characters.
fn text(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::last_modified;

    #[test]
    fn a_page_that_is_made_when_it_is_asked_for_has_no_date_of_its_own() {
        let now = Some("Tue, 30 Jun 2020 03:00:00 GMT");
        let of = |header: &str, now| last_modified(Some(header), now).map(|at| at.to_string());
        assert_eq!(of("Sun, 05 Jan 2020 10:00:00 GMT", now).as_deref(), Some("2020-01-05T10:00:00Z"));
        assert_eq!(of("Tue, 30 Jun 2020 02:58:00 GMT", now).as_deref(), Some("2020-06-30T02:58:00Z"));
        for made_now in
            ["Tue, 30 Jun 2020 03:00:00 GMT", "Tue, 30 Jun 2020 02:59:30 GMT", "Tue, 30 Jun 2020 09:00:00 GMT"]
        {
            assert_eq!(of(made_now, now), None, "{made_now}");
        }
        assert_eq!(of("Sun, 05 Jan 2020 10:00:00 GMT", None), None, "nothing to compare it with");
        assert_eq!(of("-1", now), None);
        assert_eq!(last_modified(None, now), None);
    }
}
