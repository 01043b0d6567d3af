//! Which hosts are the agency's main website, and which addresses nobody outside can open.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use public_suffix::{DEFAULT_PROVIDER, EffectiveTLDProvider as _};
use url::{Host, Url};

/// Hosts where many owners share one domain: there a site is the first parts of the path too.
const SHARED_HOSTS: &[(&str, usize)] = &[("sites.google.com", 2), ("www.facebook.com", 1), ("facebook.com", 1)];

/// An agency's main website: its own domain with all subdomains, and further hosts that count as it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    home: Url,
    domains: Vec<String>,
    shared: Option<(String, Vec<String>)>,
}

impl Site {
    /// The site of a website, with the further `sites` of the agency file.
    pub fn new(website: &Url, sites: &[String]) -> Self {
        let host = website.host_str().unwrap_or_default().to_owned();
        let shared = SHARED_HOSTS
            .iter()
            .find(|(shared, _)| *shared == host)
            .map(|(_, parts)| (host.clone(), segments(website, *parts)));
        let mut domains: Vec<String> = sites.iter().map(|s| s.trim().trim_matches('.').to_lowercase()).collect();
        if sites.is_empty() && shared.is_none() {
            domains.push(registrable_domain(website));
        }
        if !sites.is_empty() && shared.is_none() {
            domains.push(host);
        }
        Self { home: website.clone(), domains, shared }
    }

    /// The home page.
    pub fn home(&self) -> &Url {
        &self.home
    }

    /// Whether a URL is on the main website.
    pub fn contains(&self, url: &Url) -> bool {
        let Some(host) = url.host_str() else { return false };
        if let Some((shared, path)) = &self.shared
            && host == shared
            && segments(url, path.len()) == *path
        {
            return true;
        }
        self.domains.iter().any(|domain| {
            host == domain || (host.ends_with(domain.as_str()) && host[..host.len() - domain.len()].ends_with('.'))
        })
    }
}

fn segments(url: &Url, count: usize) -> Vec<String> {
    url.path().split('/').filter(|part| !part.is_empty()).take(count).map(str::to_owned).collect()
}

/// The registrable domain of a URL's host by the public-suffix list, under which `go.th` and `or.th` are suffixes;
/// the host itself where it is an address or a suffix.
pub fn registrable_domain(url: &Url) -> String {
    match url.host() {
        Some(Host::Domain(name)) => registrable_part(name).to_owned(),
        Some(host) => host.to_string(),
        None => String::new(),
    }
}

fn registrable_part(name: &str) -> &str {
    let name = name.trim_end_matches('.');
    DEFAULT_PROVIDER.effective_tld_plus_one(name).unwrap_or(name)
}

/// Whether a host is itself a suffix of the public-suffix list, such as `go.th`, under which many owners register.
pub fn is_public_suffix(host: &str) -> bool {
    DEFAULT_PROVIDER.is_effective_tld(host)
}

/// Whether an address is loopback, private, link-local or otherwise not of the public internet.
pub fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_private_v4(v4),
        IpAddr::V6(v6) => v6_embedded(v6).map_or_else(|| is_private_v6(v6), is_private_v4),
    }
}

fn is_private_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_broadcast()
        || address.is_documentation()
        || address.is_multicast()
        || a == 0
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 198 && (18..20).contains(&b))
        || a >= 240
}

fn is_private_v6(address: Ipv6Addr) -> bool {
    address.is_loopback()
        || address.is_unspecified()
        || address.is_multicast()
        || address.is_unique_local()
        || address.is_unicast_link_local()
        || address.segments()[..2] == [0x2001, 0xdb8]
}

/// The IPv4 address inside a mapped (`::ffff:a.b.c.d`), compatible, NAT64 (`64:ff9b::/96`) or 6to4 address.
fn v6_embedded(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let segments = address.segments();
    let last = || {
        let [.., a, b, c, d] = address.octets();
        Ipv4Addr::new(a, b, c, d)
    };
    if segments[..6] == [0x64, 0xff9b, 0, 0, 0, 0] {
        return Some(last());
    }
    if segments[0] == 0x2002 {
        let [_, _, a, b, c, d, ..] = address.octets();
        return Some(Ipv4Addr::new(a, b, c, d));
    }
    if segments[..6] == [0; 6] && segments[6] != 0 {
        return Some(last());
    }
    address.to_ipv4_mapped()
}

#[cfg(test)]
mod tests {
    use super::{Site, is_private, is_public_suffix, registrable_domain};
    use url::Url;

    fn url(s: &str) -> Url {
        Url::parse(s).unwrap()
    }

    #[test]
    fn second_level_suffixes_of_thailand_are_not_domains() {
        assert_eq!(registrable_domain(&url("https://www.nangrong.go.th/a")), "nangrong.go.th");
        assert_eq!(registrable_domain(&url("https://a.b.tambon.go.th/")), "tambon.go.th");
        assert_eq!(registrable_domain(&url("http://127.0.0.1:80/")), "127.0.0.1");
        assert_eq!(registrable_domain(&url("http://go.th/")), "go.th");
        assert_eq!(registrable_domain(&url("http://localhost/")), "localhost");
        assert_eq!(registrable_domain(&url("http://www.example.com./")), "example.com");
        assert!(is_public_suffix("go.th") && is_public_suffix("th") && !is_public_suffix("dopa.go.th"));
        assert_eq!(
            registrable_domain(&url("https://www.กรม.รัฐบาล.ไทย/")),
            registrable_domain(&url("https://กรม.รัฐบาล.ไทย/"))
        );
    }

    #[test]
    fn the_site_is_its_domain_with_all_subdomains() {
        let site = Site::new(&url("https://www.nangrong.go.th/"), &[]);
        assert!(site.contains(&url("http://nangrong.go.th/a")));
        assert!(site.contains(&url("https://ita.nangrong.go.th/")));
        assert!(!site.contains(&url("https://notnangrong.go.th/")));
        assert!(!site.contains(&url("https://other.go.th/")));
        assert!(!site.contains(&url("https://nangrong.go.th.evil.com/")));
    }

    #[test]
    fn declared_sites_replace_the_default_but_never_the_website_itself() {
        let site = Site::new(&url("https://www.nangrong.go.th/"), &["Ita-Nangrong.com".to_owned()]);
        assert!(site.contains(&url("https://www.nangrong.go.th/")));
        assert!(site.contains(&url("https://www.ita-nangrong.com/x")));
        assert!(!site.contains(&url("https://old.nangrong.go.th/")));
    }

    #[test]
    fn on_a_shared_host_the_path_tells_the_owner() {
        let site = Site::new(&url("https://sites.google.com/view/nangrong/home"), &[]);
        assert!(site.contains(&url("https://sites.google.com/view/nangrong/ita")));
        assert!(!site.contains(&url("https://sites.google.com/view/other/ita")));
        assert!(!site.contains(&url("https://docs.google.com/forms/x")));
    }

    #[test]
    fn private_addresses_are_seen_through_their_disguises() {
        for address in [
            "127.0.0.1",
            "10.1.2.3",
            "192.168.0.1",
            "172.16.9.9",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "::1",
            "::",
            "fe80::1",
            "fd00::1",
            "::ffff:127.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "::127.0.0.1",
            "224.0.0.1",
            "255.255.255.255",
        ] {
            assert!(is_private(address.parse().unwrap()), "{address}");
        }
        for address in ["8.8.8.8", "203.150.1.1", "2001:fb0::1", "64:ff9b::808:808", "172.32.0.1"] {
            assert!(!is_private(address.parse().unwrap()), "{address}");
        }
    }
}
