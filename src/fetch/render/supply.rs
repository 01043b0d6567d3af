//! Answers what a page in the browser asks for, from the same pool that everything else is fetched by: its guard, its
//! pace, its bounds, its archive. The browser has no network of its own.

use std::collections::BTreeMap;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use url::Url;

use super::cdp::text;
use crate::fetch::{Budget, Opened, Pool, Purpose};
use crate::model::{Answer, Fetched, bare, is_web, registrable_domain};

/// Requests that one page may make.
const MOST_REQUESTS: usize = 100;
/// Bytes that one page may be given.
const MOST_BYTES: usize = 32 << 20;
/// Time that one thing that a page asks for may take.
const PATIENCE: Duration = Duration::from_secs(12);

/// A request of a page's.
#[derive(Debug)]
pub(super) struct Asked {
    id: String,
    url: Option<Url>,
    method: String,
    kind: String,
    frame: String,
    origin: Option<String>,
    wants_headers: Option<String>,
}

/// How everything is fetched that a page asks for.
#[derive(Debug, Clone)]
pub(super) struct Errand {
    pub(super) pool: Pool,
    pub(super) page: Url,
    pub(super) purpose: Purpose,
    pub(super) budget: Budget,
}

/// What is to be done about a request.
#[derive(Debug)]
pub(super) enum Order {
    /// This command answers it.
    Answer(&'static str, Value),
    /// This has to be fetched first.
    Fetch(Url),
}

/// What one page has asked for and been given.
#[derive(Debug, Default)]
pub(super) struct Supply {
    /// What pages and redirects lead to is already here.
    ready: BTreeMap<Url, Given>,
    requests: usize,
    bytes: usize,
    pictures: bool,
    /// Whether all was given that the page may have built its content from.
    pub(super) whole: bool,
    /// Where the page sent its visitor on to that is no web page.
    pub(super) sent_to: Vec<Url>,
}

/// An answer that is given to the browser.
#[derive(Debug, Clone)]
pub(super) struct Given {
    status: u16,
    content_type: Option<String>,
    shared_with: Option<String>,
    body: Vec<u8>,
}

impl Asked {
    /// Reads the parameters of `Fetch.requestPaused`.
    pub(super) fn new(params: &Value) -> Option<Self> {
        let request = params.get("request")?;
        let header = |name: &str| {
            let headers = request.get("headers")?.as_object()?;
            headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name))?.1.as_str().map(str::to_owned)
        };
        Some(Self {
            id: text(params, "requestId")?,
            url: text(request, "url").and_then(|url| Url::parse(&url).ok()),
            method: text(request, "method").unwrap_or_default(),
            kind: text(params, "resourceType").unwrap_or_default(),
            frame: text(params, "frameId").unwrap_or_default(),
            origin: header("origin"),
            wants_headers: header("access-control-request-headers"),
        })
    }

    fn is_document(&self) -> bool {
        self.kind == "Document"
    }

    fn is_data(&self) -> bool {
        matches!(self.kind.as_str(), "XHR" | "Fetch" | "EventSource")
    }

    fn refused(&self, why: &str) -> Order {
        Order::Answer("Fetch.failRequest", json!({ "requestId": self.id, "errorReason": why }))
    }
}

impl Given {
    /// The page that is to be built, as it was fetched.
    pub(super) fn page(content_type: Option<&str>, body: Vec<u8>) -> Self {
        let content_type = content_type.unwrap_or("text/html").to_owned();
        Self { status: 200, content_type: Some(content_type), shared_with: None, body }
    }
}

impl Supply {
    pub(super) fn new(page: &Url, given: Given, pictures: bool) -> Self {
        let ready = BTreeMap::from([(bare(page), given)]);
        Self { ready, pictures, whole: true, ..Self::default() }
    }

    /// What is to be done about a request. `site` is the domain of the page, `top` its outermost frame.
    pub(super) fn order(&mut self, asked: &Asked, site: &str, top: &str) -> Order {
        let Some(url) = &asked.url else { return asked.refused("Failed") };
        if matches!(url.scheme(), "data" | "blob" | "about") {
            return Order::Answer("Fetch.continueRequest", json!({ "requestId": asked.id }));
        }
        let ours = registrable_domain(url) == site;
        let wanted = match asked.kind.as_str() {
            "Document" | "Script" | "Stylesheet" | "XHR" | "Fetch" => true,
            "Image" | "Font" => self.pictures,
            _ => false,
        };
        if asked.method == "OPTIONS" {
            return answered(
                asked,
                &Given { status: 204, content_type: None, shared_with: None, body: Vec::new() },
                url,
            );
        }
        if !wanted || !is_web(url) || !matches!(asked.method.as_str(), "GET" | "HEAD") {
            // What a page sends may be a question whose answer it shows.
            self.whole &= !(ours && asked.is_data());
            return asked.refused("BlockedByClient");
        }
        let url = bare(url);
        if let Some(given) = self.ready.get(&url).cloned() {
            return answered(asked, &given, &url);
        }
        self.requests += 1;
        if self.requests > MOST_REQUESTS || self.bytes > MOST_BYTES {
            self.whole &= !(ours || asked.frame == top && asked.is_document());
            return asked.refused("BlockedByClient");
        }
        Order::Fetch(url)
    }

    /// Answers a request with what was fetched for it.
    pub(super) fn serve(&mut self, asked: &Asked, opened: Opened, site: &str, top: &str) -> Order {
        let Some(url) = &asked.url else { return asked.refused("Failed") };
        let ours = registrable_domain(url) == site;
        let Opened { fetched, body, shared_with, .. } = opened;
        let Fetched::Answered(answer) = fetched else {
            self.whole &= !(ours && asked.kind != "Stylesheet");
            return asked.refused("Failed");
        };
        let good = (200..300).contains(&answer.status) && !answer.capped && answer.challenge.is_none();
        self.whole &= good || !(ours && asked.is_data());
        if answer.capped {
            return asked.refused("Failed");
        }
        if asked.is_document() && !is_page(&answer) {
            if asked.frame == top && good && self.sent_to.len() < 5 {
                self.sent_to.push(answer.final_url);
            }
            return asked.refused("Aborted");
        }
        self.bytes += body.len();
        let Answer { final_url, status, content_type, .. } = answer;
        let given = Given { status, content_type, shared_with, body };
        if bare(&final_url) == bare(url) {
            return answered(asked, &given, url);
        }
        // The browser is redirected as the pool was, so that relative addresses mean what they should.
        self.ready.insert(bare(&final_url), given);
        let headers = headers(asked, None, None, url);
        let location = json!({ "name": "Location", "value": final_url.as_str() });
        Order::Answer("Fetch.fulfillRequest", fulfilment(&asked.id, 302, headers, Some(location), &[]))
    }
}

fn answered(asked: &Asked, given: &Given, url: &Url) -> Order {
    let headers = headers(asked, given.content_type.as_deref(), given.shared_with.as_deref(), url);
    let body: &[u8] = if asked.method == "HEAD" { &[] } else { &given.body };
    Order::Answer("Fetch.fulfillRequest", fulfilment(&asked.id, given.status, headers, None, body))
}

/// The headers of an answer. A domain's own pages may read what is on its other hosts, as they nearly always may; whom
/// else the server lets read it, it says itself.
fn headers(asked: &Asked, content_type: Option<&str>, shared_with: Option<&str>, url: &Url) -> Vec<Value> {
    let header = |name: &str, value: &str| json!({ "name": name, "value": value });
    let mut headers: Vec<Value> = content_type.into_iter().map(|kind| header("Content-Type", kind)).collect();
    let Some(origin) = &asked.origin else { return headers };
    let same_site = Url::parse(origin).is_ok_and(|from| registrable_domain(&from) == registrable_domain(url));
    if same_site {
        headers.push(header("Access-Control-Allow-Origin", origin));
        headers.push(header("Access-Control-Allow-Credentials", "true"));
        if let Some(wanted) = &asked.wants_headers {
            headers.push(header("Access-Control-Allow-Headers", wanted));
            headers.push(header("Access-Control-Allow-Methods", "GET, HEAD"));
        }
    } else if let Some(shared_with) = shared_with {
        headers.push(header("Access-Control-Allow-Origin", shared_with));
    }
    headers
}

/// Fetches what a page asks for, in the time of its item.
pub(super) async fn fetch(errand: Errand, asked: Asked, url: Url) -> (Asked, Opened) {
    let Errand { pool, page, purpose, budget } = errand;
    let part = budget.part(PATIENCE);
    let before = part.left();
    let opened = pool.open_for(Some(&page), &url, purpose, &part).await;
    budget.spend(before.saturating_sub(part.left()));
    (asked, opened)
}

fn is_page(answer: &Answer) -> bool {
    answer.content_type.as_deref().is_none_or(|kind| kind.contains("html") || kind.starts_with("text/plain"))
}

fn fulfilment(id: &str, status: u16, mut headers: Vec<Value>, location: Option<Value>, body: &[u8]) -> Value {
    headers.extend(location);
    json!({ "requestId": id, "responseCode": status, "responseHeaders": headers, "body": STANDARD.encode(body) })
}

#[cfg(test)]
#[path = "supply_tests.rs"]
mod tests;
