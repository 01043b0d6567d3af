//! Builds the HTTP clients of a pool: own roots of trust, no proxy, no redirects of their own, one cookie jar.

use std::sync::Arc;
use std::time::Duration;

use reqwest::cookie::Jar;
use reqwest::header::{ACCEPT, ACCEPT_ENCODING, ACCEPT_LANGUAGE, HOST, HeaderMap, HeaderValue};
use reqwest::redirect::Policy;
use reqwest::{Client, Request};
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::CertificateDer;
use rustls::{ClientConfig, RootCertStore};
use url::Url;

use crate::model::Crawl;

use super::guard::Guard;
use super::pool::PoolError;

/// How long an idle connection is kept: less than the five seconds after which many servers close it, for a request
/// on a connection that is just being closed fails.
const IDLE: Duration = Duration::from_secs(4);

/// Idle connections kept to one host. With as many requests in flight as there are, a free connection is taken up at once;
/// hosts that are done with should not each hold all that they had.
const IDLE_PER_HOST: usize = 2;

/// Whom to trust beyond the roots that browsers trust.
#[derive(Debug, Clone, Default)]
pub struct Trust {
    /// Further root certificates.
    pub extra_roots: Vec<CertificateDer<'static>>,
}

/// The clients of a pool.
#[derive(Debug)]
pub(super) struct Clients {
    usual: Client,
    /// Speaks HTTP/1.1 only, where the `Host` header is free to differ from the URL.
    http1: Client,
    guard: Guard,
}

impl Clients {
    /// The clients for a crawl.
    pub(super) fn new(crawl: &Crawl, trust: &Trust, guard: &Guard) -> Result<Self, PoolError> {
        let jar = Arc::new(Jar::default());
        let tls = tls(trust)?;
        let build = |protocols: &[&[u8]]| {
            let mut tls = tls.clone();
            tls.alpn_protocols = protocols.iter().map(|name| name.to_vec()).collect();
            client(crawl, tls, guard.clone(), Arc::clone(&jar)).map_err(PoolError::Client)
        };
        Ok(Self { usual: build(&[b"h2", b"http/1.1"])?, http1: build(&[b"http/1.1"])?, guard: guard.clone() })
    }

    /// The GET request for a URL, and the client to send it with.
    pub(super) fn get(&self, url: &Url) -> Result<(&Client, Request), reqwest::Error> {
        if let Some(host) = url.host_str()
            && let Some(port) = url.port()
            && self.guard.mapped(url).is_some()
        {
            // The port that a resolver gives counts only where the URL has none. So the URL goes without, and the
            // `Host` header says what it said.
            let mut portless = url.clone();
            if portless.set_port(None).is_ok() {
                let request = self.http1.get(portless).header(HOST, format!("{host}:{port}")).build()?;
                return Ok((&self.http1, request));
            }
        }
        Ok((&self.usual, self.usual.get(url.clone()).build()?))
    }
}

fn client(crawl: &Crawl, tls: ClientConfig, guard: Guard, jar: Arc<Jar>) -> Result<Client, reqwest::Error> {
    let mut headers = HeaderMap::new();
    let accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    headers.insert(ACCEPT, HeaderValue::from_static(accept));
    headers.insert(ACCEPT_LANGUAGE, HeaderValue::from_static("th,en;q=0.8"));
    // Not `deflate`, though it is understood: servers do not agree on what it is.
    headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("gzip, br, zstd"));
    Client::builder()
        .tls_backend_preconfigured(tls)
        .user_agent(crawl.user_agent.as_str())
        .default_headers(headers)
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
        .build()
}

/// Trust in the roots of Mozilla's programme whatever the machine trusts, so that a verdict does not depend on it.
fn tls(trust: &Trust) -> Result<ClientConfig, PoolError> {
    let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    for root in &trust.extra_roots {
        roots.add(root.clone()).map_err(PoolError::Root)?;
    }
    let config = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(PoolError::Tls)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(config)
}
