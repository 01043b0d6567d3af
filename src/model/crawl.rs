//! How to open an agency's links: pace, patience and bounds.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::Duration;

/// When to use an expensive aid (a browser, character recognition).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum When {
    /// Where a page or document cannot be read without it.
    #[default]
    Auto,
    /// Not at all.
    Never,
    /// For every page or document that it can be used on.
    Always,
}

/// Where to connect for a host instead of the address that its name resolves to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connect {
    /// The address, whatever the URL's port.
    pub to: SocketAddr,
    /// It speaks HTTP without TLS, though the URL says https: a preview of a website that is published with it.
    pub plain: bool,
}

/// The settings of a crawl, all of them decided.
#[derive(Debug, Clone, PartialEq)]
pub struct Crawl {
    /// Requests per second and registrable domain.
    pub requests_per_second: f64,
    /// Requests in flight, all hosts together.
    pub concurrency: usize,
    /// One request, from its start to its last byte.
    pub timeout: Duration,
    /// The part of `timeout` that name resolution, TCP and TLS may take.
    pub connect_timeout: Duration,
    /// The requests for one item, all together; waiting in line aside.
    pub item_timeout: Duration,
    /// The whole audit.
    pub audit_timeout: Duration,
    /// Further tries after a failure that may pass.
    pub retries: u32,
    /// Levels of links followed from an item's page to find its documents.
    pub follow: u32,
    /// Documents opened per item beyond its submitted links.
    pub max_documents: usize,
    /// Pages of the main website opened to find the ways from its home page to what was submitted; 0 for none.
    pub explore: usize,
    /// Bytes of one body that are read, after decompression.
    pub max_body: u64,
    /// The `User-Agent` header.
    pub user_agent: String,
    /// Use of a headless browser.
    pub render: When,
    /// Use of character recognition.
    pub ocr: When,
    /// Character recognition in one document, on the clock.
    pub ocr_timeout: Duration,
    /// Whether loopback, private and link-local addresses may be opened.
    pub allow_private: bool,
    /// Hosts (lower case, no port) that are connected to at an address of the user's; allowed even if private.
    pub resolve: BTreeMap<String, Connect>,
}

impl Default for Crawl {
    fn default() -> Self {
        Self {
            requests_per_second: 2.0,
            concurrency: 16,
            timeout: Duration::from_secs(30),
            connect_timeout: Duration::from_secs(10),
            item_timeout: Duration::from_mins(5),
            audit_timeout: Duration::from_hours(1),
            retries: 2,
            follow: 1,
            max_documents: 20,
            explore: 60,
            max_body: 32 * 1024 * 1024,
            user_agent: concat!(
                "Mozilla/5.0 (compatible; oit-audit/",
                env!("CARGO_PKG_VERSION"),
                "; self-check of a public agency's own website)"
            )
            .to_owned(),
            render: When::Auto,
            ocr: When::Auto,
            ocr_timeout: Duration::from_mins(1),
            allow_private: false,
            resolve: BTreeMap::new(),
        }
    }
}
