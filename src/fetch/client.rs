//! Builds the HTTP clients of a pool: no proxy, no redirects of their own, one guard, one cookie jar, one idea of trust.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use reqwest::cookie::{CookieStore, Jar};
use reqwest::header::{ACCEPT, ACCEPT_ENCODING, ACCEPT_LANGUAGE, COOKIE, HOST, HeaderMap, HeaderValue, USER_AGENT};
use reqwest::redirect::Policy;
use reqwest::{Client, ClientBuilder, Request};
use url::Url;

use crate::model::Crawl;

use super::guard::Guard;
use super::pool::PoolError;
use super::tls::{Tls, Trust};

/// How long an idle connection is kept: less than the five seconds after which many servers close it, for a request
/// on a connection that is just being closed fails.
const IDLE: Duration = Duration::from_secs(4);

/// Idle connections kept to one host. With as many requests in flight as there are, a free connection is taken up at once;
/// hosts that are done with should not each hold all that they had.
const IDLE_PER_HOST: usize = 2;

/// The clients of a pool.
#[derive(Debug)]
pub(super) struct Clients {
    usual: Client,
    /// Speaks HTTP/1.1 only, where the `Host` header is free to differ from the URL.
    http1: Client,
    /// Speaks HTTP/1.1 over the machine's own TLS library, in builds that have it.
    legacy: Option<Client>,
    guard: Guard,
    jar: Arc<Jar>,
    user_agent: String,
    tls: Tls,
    /// Requests for issuers' certificates.
    extra: AtomicU64,
}

impl Clients {
    /// The clients for a crawl.
    pub(super) fn new(crawl: &Crawl, trust: &Trust, guard: &Guard) -> Result<Self, PoolError> {
        let jar = Arc::new(Jar::default());
        let tls = Tls::new(trust)?;
        let build = |protocols: &[&[u8]]| {
            let builder = builder(crawl, guard.clone(), Arc::clone(&jar));
            builder.tls_backend_preconfigured(tls.config(protocols)).build().map_err(PoolError::Client)
        };
        let (usual, http1) = (build(&[b"h2", b"http/1.1"])?, build(&[b"http/1.1"])?);
        let legacy = legacy(builder(crawl, guard.clone(), Arc::clone(&jar)), trust)?;
        let (guard, user_agent) = (guard.clone(), crawl.user_agent.clone());
        Ok(Self { usual, http1, legacy, guard, jar, user_agent, tls, extra: AtomicU64::new(0) })
    }

    /// The headers that the request for a URL is sent with, as far as they are known before.
    pub(super) fn headers(&self, url: &Url) -> HeaderMap {
        let mut headers = usual_headers();
        if let Ok((_, request)) = self.get(url) {
            headers.extend(request.headers().clone());
        }
        let user_agent = HeaderValue::from_str(&self.user_agent).ok();
        for (name, value) in [(USER_AGENT, user_agent), (COOKIE, self.jar.cookies(url))] {
            if let Some(value) = value {
                headers.insert(name, value);
            }
        }
        headers
    }

    /// What the clients share of TLS.
    pub(super) fn tls(&self) -> &Tls {
        &self.tls
    }

    /// The guard of the clients.
    pub(super) fn guard(&self) -> &Guard {
        &self.guard
    }

    /// Counts a request that is none for a page.
    pub(super) fn count_extra(&self) {
        self.extra.fetch_add(1, Ordering::Relaxed);
    }

    /// The requests so far that were none for a page.
    pub(super) fn extra(&self) -> u64 {
        self.extra.load(Ordering::Relaxed)
    }

    /// The GET request for a URL, and the client to send it with.
    pub(super) fn get(&self, url: &Url) -> Result<(&Client, Request), reqwest::Error> {
        match self.elsewhere(url) {
            Some((there, host)) => Ok((&self.http1, self.http1.get(there).header(HOST, host).build()?)),
            None => Ok((&self.usual, self.usual.get(url.clone()).build()?)),
        }
    }

    /// The same for a server that only the machine's own TLS library may understand; nothing in a build without it.
    pub(super) fn get_legacy(&self, url: &Url) -> Option<Result<(&Client, Request), reqwest::Error>> {
        let legacy = self.legacy.as_ref()?;
        let request = match self.elsewhere(url) {
            Some((there, host)) => legacy.get(there).header(HOST, host),
            None => legacy.get(url.clone()),
        };
        Some(request.build().map(|request| (legacy, request)))
    }

    /// What to ask for, and the `Host` header, where the user wants a URL's host to be connected to elsewhere in a way that
    /// the URL does not say: without its port, since the one that a resolver gives counts only where the URL has none, and
    /// without TLS.
    fn elsewhere(&self, url: &Url) -> Option<(Url, String)> {
        let plain = self.guard.mapped(url)?.plain && url.scheme() == "https";
        let host = match (url.host_str()?, url.port()) {
            (host, Some(port)) => format!("{host}:{port}"),
            (host, None) if plain => host.to_owned(),
            _ => return None,
        };
        let mut there = url.clone();
        there.set_port(None).ok()?;
        if plain {
            there.set_scheme("http").ok()?;
        }
        Some((there, host))
    }
}

#[cfg(feature = "legacy-tls")]
fn legacy(builder: ClientBuilder, trust: &Trust) -> Result<Option<Client>, PoolError> {
    super::tls::legacy::client(builder, trust).map(Some).map_err(PoolError::Client)
}

#[cfg(not(feature = "legacy-tls"))]
#[allow(clippy::unnecessary_wraps, reason = "a build with the machine's own TLS library may fail here")]
fn legacy(_: ClientBuilder, _: &Trust) -> Result<Option<Client>, PoolError> {
    Ok(None)
}

fn usual_headers() -> HeaderMap {
    let mut headers = HeaderMap::new();
    let accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    headers.insert(ACCEPT, HeaderValue::from_static(accept));
    headers.insert(ACCEPT_LANGUAGE, HeaderValue::from_static("th,en;q=0.8"));
    // Not `deflate`, though it is understood: servers do not agree on what it is.
    headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("gzip, br, zstd"));
    headers
}

/// Everything of a client but its TLS.
fn builder(crawl: &Crawl, guard: Guard, jar: Arc<Jar>) -> ClientBuilder {
    Client::builder()
        .user_agent(crawl.user_agent.as_str())
        .default_headers(usual_headers())
        .cookie_provider(jar)
        .redirect(Policy::none())
        .dns_resolver(guard)
        // A proxy would look names up itself, out of the guard's sight.
        .no_proxy()
        // A little less than the whole, so that the two never run out at the same moment: that tells the stages apart.
        .connect_timeout(crawl.connect_timeout.min(crawl.timeout * 19 / 20))
        .pool_idle_timeout(IDLE)
        .pool_max_idle_per_host(IDLE_PER_HOST)
        // What browsers forgive is no fault of the agency's page.
        .http1_allow_obsolete_multiline_headers_in_responses(true)
        .http1_allow_spaces_after_header_name_in_responses(true)
        .http1_ignore_invalid_headers_in_responses(true)
}
