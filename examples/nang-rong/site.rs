//! Serves a folder of page fragments as a small agency's website, on loopback.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::http::{StatusCode, Uri, header};
use axum::response::IntoResponse;

/// A page as it is sent.
struct Page {
    content_type: String,
    body: Vec<u8>,
}

/// A website: its pages by path.
pub(crate) struct Site {
    pages: BTreeMap<String, Page>,
    asked: Mutex<Vec<String>>,
}

impl Site {
    /// Reads `_template.html`, `pages/` and `files/` of a folder. A fragment begins with comments: `title`, and where it differs
    /// from the others `charset` and `template`.
    pub(crate) fn read(folder: &Path) -> io::Result<Self> {
        let template = fs::read_to_string(folder.join("_template.html"))?;
        let mut pages = BTreeMap::new();
        let root = folder.join("pages");
        let mut folders = vec![root.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder)? {
                let path = entry?.path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let name = path.strip_prefix(&root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                pages.insert(format!("/{name}"), page(&fs::read_to_string(&path)?, &template));
            }
        }
        for entry in fs::read_dir(root.with_file_name("files"))? {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            // As many servers do, which know no better.
            let content_type = "application/octet-stream".to_owned();
            pages.insert(format!("/files/{name}"), Page { content_type, body: fs::read(&path)? });
        }
        Ok(Self { pages, asked: Mutex::default() })
    }

    /// The paths and queries that were asked for, in the order of asking.
    #[allow(dead_code, reason = "the tests, which serve the same site, count the visits")]
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn answer(&self, uri: &Uri) -> (StatusCode, [(header::HeaderName, String); 1], Vec<u8>) {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).push(uri.to_string());
        let path = if uri.path() == "/" { "/index.html" } else { uri.path() };
        let html = "text/html; charset=utf-8".to_owned();
        match self.pages.get(path) {
            Some(page) => (StatusCode::OK, [(header::CONTENT_TYPE, page.content_type.clone())], page.body.clone()),
            None => (StatusCode::NOT_FOUND, [(header::CONTENT_TYPE, html)], "<h1>ไม่พบหน้าที่ต้องการ</h1>".into()),
        }
    }
}

/// One page of a fragment and the site's template.
fn page(fragment: &str, template: &str) -> Page {
    let mut rest = fragment.trim_start();
    let mut settings = BTreeMap::new();
    while let Some((setting, after)) = rest.strip_prefix("<!--").and_then(|inner| inner.split_once("-->")) {
        let Some((key, value)) = setting.split_once(':') else { break };
        settings.insert(key.trim().to_owned(), value.trim().to_owned());
        rest = after.trim_start();
    }
    let setting = |key: &str| settings.get(key).map(String::as_str);
    let html = if setting("template") == Some("none") {
        rest.to_owned()
    } else {
        template.replace("{{title}}", setting("title").unwrap_or_default()).replace("{{content}}", rest)
    };
    let charset = setting("charset").unwrap_or("utf-8");
    let encoding = encoding_rs::Encoding::for_label(charset.as_bytes()).unwrap_or(encoding_rs::UTF_8);
    Page { content_type: format!("text/html; charset={charset}"), body: encoding.encode(&html).0.into_owned() }
}

/// Serves a site on a free port of the loopback address, on a thread of its own, until the process ends.
pub(crate) fn serve(site: Arc<Site>) -> io::Result<SocketAddr> {
    let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    std::thread::spawn(move || {
        let answer = move |uri: Uri| {
            let answer = site.answer(&uri);
            async move { answer.into_response() }
        };
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener)?;
            axum::serve(listener, Router::new().fallback(answer)).await
        })
    });
    Ok(address)
}
