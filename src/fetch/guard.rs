//! Decides which addresses may be connected to: those of the public internet, and those that the user named.

use std::collections::BTreeMap;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

use crate::model::{Cause, Connect, Crawl, is_private, is_web};

use super::classify::Fault;

/// Why a name leads to no address.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unresolved {
    /// All of its addresses are private.
    #[error("{0} has only private addresses ({1})")]
    Private(String, IpAddr),
    /// It does not exist.
    #[error("{0}: {1}")]
    NoSuchName(String, String),
    /// It could not be looked up.
    #[error("{0} could not be looked up: {1}")]
    Unavailable(String, String),
}

/// The guard of a run, which is also its resolver: what was checked is what is connected to.
#[derive(Debug, Clone)]
pub(super) struct Guard {
    allow_private: bool,
    resolve: Arc<BTreeMap<String, Connect>>,
    patience: Duration,
}

impl Guard {
    /// The guard that a crawl asks for.
    pub(super) fn new(crawl: &Crawl) -> Self {
        let resolve = crawl.resolve.iter().map(|(host, connect)| (canonical(host), connect.clone())).collect();
        // A resolver that does not answer is to be told apart from a host that does not: it gets less than the time
        // for connecting.
        let patience = crawl.connect_timeout.min(crawl.timeout) * 3 / 4;
        Self { allow_private: crawl.allow_private, resolve: Arc::new(resolve), patience }
    }

    /// Whether a URL may be opened at all, as far as it says so itself.
    pub(super) fn admit_url(&self, url: &Url) -> Result<(), Fault> {
        if !is_web(url) {
            return Err(Fault::new(Cause::RedirectScheme, format!("neither http nor https: {}", url.scheme())));
        }
        match self.private_address(url) {
            Some(address) => Err(Fault::new(Cause::Private, format!("{address} is a private address"))),
            None => Ok(()),
        }
    }

    /// The private address that a URL names in plain sight. The resolver never gets to see such a host.
    fn private_address(&self, url: &Url) -> Option<IpAddr> {
        let address = match url.host()? {
            Host::Ipv4(v4) => IpAddr::V4(v4),
            Host::Ipv6(v6) => IpAddr::V6(v6),
            Host::Domain(_) => return None,
        };
        (!self.allow_private && is_private(address)).then_some(address)
    }

    /// Where the user wants a URL's host to be connected to.
    pub(super) fn mapped(&self, url: &Url) -> Option<&Connect> {
        self.resolve.get(&canonical(url.host_str()?))
    }

    async fn look_up(self, name: String) -> Result<Vec<SocketAddr>, Unresolved> {
        if let Some(connect) = self.resolve.get(&canonical(&name)) {
            return Ok(vec![connect.to]);
        }
        if too_long(&name) {
            return Err(Unresolved::NoSuchName(name, "longer than a name can be".to_owned()));
        }
        // Port 0 stands for the URL's own.
        let lookup = async { tokio::net::lookup_host((name.as_str(), 0)).await.map(Iterator::collect) };
        let found = tokio::time::timeout(self.patience, lookup).await;
        match found {
            Ok(Ok(found)) => self.admit(name, found),
            Ok(Err(error)) => Err(unresolved(name, &error)),
            Err(_) => Err(Unresolved::Unavailable(name, "the resolver did not answer in time".to_owned())),
        }
    }

    fn admit(&self, name: String, found: Vec<SocketAddr>) -> Result<Vec<SocketAddr>, Unresolved> {
        let Some(first) = found.first().map(SocketAddr::ip) else {
            return Err(Unresolved::NoSuchName(name, "no address".to_owned()));
        };
        let admitted: Vec<SocketAddr> =
            found.into_iter().filter(|address| self.allow_private || !is_private(address.ip())).collect();
        if admitted.is_empty() { Err(Unresolved::Private(name, first)) } else { Ok(admitted) }
    }
}

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let found = self.clone().look_up(name.as_str().to_owned());
        Box::pin(async move { Ok(Box::new(found.await?.into_iter()) as Addrs) })
    }
}

/// A host as it stands in a parsed URL: lower case, Punycode, without the dot of the root.
fn canonical(host: &str) -> String {
    let host = host.trim().trim_end_matches('.');
    Host::parse(host).map_or_else(|_| host.to_lowercase(), |host| host.to_string())
}

/// Whether a name breaks the limits of DNS; resolvers say all sorts of things about such a one.
fn too_long(name: &str) -> bool {
    let name = name.trim_end_matches('.');
    name.len() > 253 || name.split('.').any(|label| label.len() > 63)
}

/// Tells a name that does not exist from a resolver that cannot say. The standard library keeps the code of
/// `getaddrinfo` to itself, so its words have to do (glibc's, musl's, macOS's) or Windows' error number. Words that
/// are not known say nothing about the name.
fn unresolved(name: String, error: &io::Error) -> Unresolved {
    const ABSENT: &[&str] = &[
        "name or service not known",
        "no address associated with hostname",
        "name does not resolve",
        "name has no usable address",
        "nodename nor servname provided",
        "no such host is known",
    ];
    const WINDOWS_ABSENT: &[i32] = &[11001, 11004];
    let text = error.to_string();
    let lower = text.to_lowercase();
    let absent = ABSENT.iter().any(|words| lower.contains(words))
        || (cfg!(windows) && error.raw_os_error().is_some_and(|code| WINDOWS_ABSENT.contains(&code)));
    if absent { Unresolved::NoSuchName(name, text) } else { Unresolved::Unavailable(name, text) }
}

#[cfg(test)]
mod tests {
    use super::{Guard, Unresolved, canonical, too_long, unresolved};
    use crate::model::{Connect, Crawl};
    use std::io;
    use std::net::SocketAddr;
    use url::Url;

    fn guard(allow_private: bool) -> Guard {
        let mut crawl = Crawl { allow_private, ..Crawl::default() };
        let to = "127.0.0.1:8080".parse().unwrap();
        crawl.resolve.insert("www.กรม.ไทย".to_owned(), Connect { to, plain: false });
        Guard::new(&crawl)
    }

    #[test]
    fn private_addresses_are_refused_in_any_notation() {
        for host in ["127.0.0.1", "0x7f.1", "2130706433", "127.0.0.1.", "[::1]", "[::ffff:10.0.0.1]", "169.254.169.254"]
        {
            let url = Url::parse(&format!("http://{host}:81/")).unwrap();
            assert!(guard(false).private_address(&url).is_some(), "{host}");
            assert!(guard(true).private_address(&url).is_none(), "{host}");
        }
        assert!(guard(false).private_address(&Url::parse("http://203.150.1.1/").unwrap()).is_none());
        assert!(guard(false).private_address(&Url::parse("http://localhost/").unwrap()).is_none());
    }

    #[test]
    fn of_a_name_with_both_kinds_of_addresses_only_the_public_ones_are_used() {
        let both: Vec<SocketAddr> = ["10.0.0.1:0", "203.150.1.1:0", "[::1]:0"].map(|a| a.parse().unwrap()).to_vec();
        let name = || "a.go.th".to_owned();
        assert_eq!(guard(false).admit(name(), both.clone()).unwrap(), [both[1]]);
        assert_eq!(guard(true).admit(name(), both.clone()).unwrap(), both);
        assert!(matches!(guard(false).admit(name(), both[..1].to_vec()), Err(Unresolved::Private(..))));
        assert!(matches!(guard(true).admit(name(), vec![]), Err(Unresolved::NoSuchName(..))));
    }

    #[test]
    fn a_mapping_is_found_however_the_host_is_written() {
        for text in ["http://www.กรม.ไทย/", "https://WWW.กรม.ไทย.:444/"] {
            assert!(guard(false).mapped(&Url::parse(text).unwrap()).is_some(), "{text}");
        }
        assert!(guard(false).mapped(&Url::parse("http://กรม.ไทย/").unwrap()).is_none());
        assert_eq!(canonical("WWW.A.go.th."), "www.a.go.th");
    }

    #[test]
    fn an_absent_name_is_told_from_a_resolver_that_is_down() {
        let of = |text: &str| unresolved("a.go.th".to_owned(), &io::Error::other(text.to_owned()));
        for text in [
            "failed to lookup address information: Name or service not known",
            "failed to lookup address information: No address associated with hostname",
            "failed to lookup address information: Name does not resolve",
            "failed to lookup address information: nodename nor servname provided, or not known",
        ] {
            assert!(matches!(of(text), Unresolved::NoSuchName(..)), "{text}");
        }
        for text in [
            "failed to lookup address information: Temporary failure in name resolution",
            "failed to lookup address information: Try again",
            "failed to lookup address information: Non-recoverable failure in name resolution",
            "something new",
        ] {
            assert!(matches!(of(text), Unresolved::Unavailable(..)), "{text}");
        }
        assert!(too_long(&format!("{}.go.th", "a".repeat(64))));
        assert!(!too_long("www.nangrong.go.th."));
    }

    #[tokio::test]
    async fn localhost_by_name_is_private() {
        let found = guard(false).look_up("localhost".to_owned()).await;
        assert!(matches!(found, Err(Unresolved::Private(..))));
    }
}
