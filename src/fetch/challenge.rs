//! Recognises, by its headers alone, an answer that was meant to keep robots out.

use reqwest::header::HeaderMap;

/// `Server` headers of services whose refusals are about the visitor, not about the page.
const GATEKEEPERS: &[&str] = &["sucuri", "ddos-guard", "datadome", "akamaighost", "imperva", "incapsula", "qrator"];

/// Whether the answer is a challenge or a refusal of a web-application firewall, as far as its headers say.
pub(super) fn is_challenge(status: u16, headers: &HeaderMap) -> bool {
    if headers.contains_key("cf-mitigated") || headers.contains_key("x-amzn-waf-action") {
        return true;
    }
    if !matches!(status, 403 | 429 | 503) {
        return false;
    }
    let server = headers.get("server").and_then(|value| value.to_str().ok()).unwrap_or_default().to_ascii_lowercase();
    (server.contains("cloudflare") && headers.contains_key("cf-ray"))
        || GATEKEEPERS.iter().any(|name| server.contains(name))
        || ["x-sucuri-block", "x-datadome", "x-iinfo"].iter().any(|name| headers.contains_key(*name))
}

#[cfg(test)]
mod tests {
    use super::is_challenge;
    use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(k, v)| (HeaderName::from_static(k), HeaderValue::from_static(v))).collect()
    }

    #[test]
    fn only_what_the_headers_say_is_a_challenge() {
        let cloudflare = headers(&[("server", "cloudflare"), ("cf-ray", "8a-BKK")]);
        assert!(is_challenge(403, &cloudflare));
        assert!(is_challenge(503, &cloudflare));
        assert!(!is_challenge(200, &cloudflare));
        assert!(!is_challenge(404, &cloudflare));
        assert!(!is_challenge(403, &headers(&[("server", "cloudflare")])));
        assert!(is_challenge(200, &headers(&[("cf-mitigated", "challenge")])));
        assert!(is_challenge(202, &headers(&[("x-amzn-waf-action", "challenge")])));
        assert!(is_challenge(403, &headers(&[("server", "Sucuri/Cloudproxy")])));
        assert!(!is_challenge(403, &headers(&[("server", "Apache/2.2")])));
        assert!(!is_challenge(503, &headers(&[])));
    }
}
