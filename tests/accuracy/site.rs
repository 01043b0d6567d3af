//! Websites on loopback, told apart by the host that is asked for.

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use axum::Router;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use tokio::runtime::Runtime;

/// What a server says at one address.
#[derive(Clone)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) content_type: &'static str,
    pub(crate) location: Option<String>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn new(status: u16, content_type: &'static str, body: impl Into<Vec<u8>>) -> Self {
        Self { status, content_type, location: None, body: body.into() }
    }

    pub(crate) fn moved(to: &str) -> Self {
        Self { status: 302, content_type: HTML, location: Some(to.to_owned()), body: Vec::new() }
    }
}

pub(crate) const HTML: &str = "text/html; charset=utf-8";

/// Pages by host, path and query.
#[derive(Default)]
pub(crate) struct Site {
    pub(crate) pages: BTreeMap<String, Answer>,
}

impl Site {
    pub(crate) fn put(&mut self, host: &str, path: &str, answer: Answer) {
        self.pages.insert(format!("{host}{path}"), answer);
    }

    fn answer(&self, headers: &HeaderMap, uri: &Uri) -> Response {
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
        let host = host.split(':').next().unwrap_or_default();
        let key = format!("{host}{}", uri.path_and_query().map_or("/", |path| path.as_str()));
        let missing = || {
            Answer::new(
                404,
                HTML,
                "<html><head><title>404 Not Found</title></head><body><h1>Not Found</h1></body></html>",
            )
        };
        let answer = self.pages.get(&key).cloned().unwrap_or_else(missing);
        let status = StatusCode::from_u16(answer.status).unwrap();
        let mut response = (status, [(header::CONTENT_TYPE, answer.content_type)], answer.body).into_response();
        if let Some(to) = answer.location {
            response.headers_mut().insert(header::LOCATION, to.parse().unwrap());
        }
        response
    }
}

/// Serves a site while the runtime lives.
pub(crate) fn serve(runtime: &Runtime, site: Site) -> (SocketAddr, tokio::task::AbortHandle) {
    let site = Arc::new(site);
    let listener = runtime.block_on(tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0))).unwrap();
    let address = listener.local_addr().unwrap();
    let rule = move |headers: HeaderMap, uri: Uri| {
        let answer = site.answer(&headers, &uri);
        async move { answer }
    };
    let task = runtime.spawn(async move { axum::serve(listener, Router::new().fallback(rule)).await.unwrap() });
    (address, task.abort_handle())
}
