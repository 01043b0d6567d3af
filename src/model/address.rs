//! What every floor asks of a URL.

use url::Url;

/// Names of the page that a folder shows by itself, without their ending.
const INDEXES: &[&str] = &["index", "default"];

/// Endings of pages.
const PAGES: &[&str] = &["php", "html", "htm", "asp", "aspx", "jsp", "shtml"];

/// Parameters that tell who comes from where and not what is shown.
const TRACKING: &[&str] = &["fbclid", "gclid", "phpsessid"];

/// The URL without its fragment, which is never sent.
pub fn bare(url: &Url) -> Url {
    let mut url = url.clone();
    url.set_fragment(None);
    url
}

/// Whether a URL is one that a browser opens as a page: http or https.
pub fn is_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https")
}

/// What the addresses of one page have in common: two that differ only by http or https, `www.`, the name of a folder's
/// index, a slash at the end, the case of escapes, the order of parameters, the fragment or who came from where have the
/// same. It is no address itself.
pub fn page_key(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    let mut key = host.strip_prefix("www.").unwrap_or(host).to_owned();
    if let Some(port) = url.port() {
        key.push(':');
        key.push_str(&port.to_string());
    }
    let mut parts: Vec<String> = url.path().split('/').filter(|part| !part.is_empty()).map(part).collect();
    if parts.last().is_some_and(|last| is_index(last)) {
        parts.pop();
    }
    for part in parts {
        key.push('/');
        key.push_str(&part);
    }
    let mut query: Vec<&str> = url.query().unwrap_or_default().split('&').filter(|pair| tells(pair)).collect();
    query.sort_unstable();
    for (at, pair) in query.into_iter().enumerate() {
        key.push(if at == 0 { '?' } else { '&' });
        key.push_str(&escapes_in_capitals(pair));
    }
    key
}

fn part(text: &str) -> String {
    let session = text.split_once(';').filter(|(_, rest)| rest.to_ascii_lowercase().starts_with("jsessionid"));
    escapes_in_capitals(session.map_or(text, |(before, _)| before))
}

fn is_index(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(name, ending)| {
        INDEXES.iter().any(|index| name.eq_ignore_ascii_case(index))
            && PAGES.iter().any(|page| ending.eq_ignore_ascii_case(page))
    })
}

fn tells(pair: &str) -> bool {
    let name = pair.split('=').next().unwrap_or_default().to_ascii_lowercase();
    !name.is_empty() && !name.starts_with("utm_") && !TRACKING.contains(&name.as_str())
}

fn escapes_in_capitals(text: &str) -> String {
    let mut left = 0_u8;
    let letter = |c: char| {
        if c == '%' {
            left = 2;
            return c;
        }
        let escape = left > 0;
        left = left.saturating_sub(1);
        if escape { c.to_ascii_uppercase() } else { c }
    };
    text.chars().map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::page_key;

    #[test]
    fn variants_of_an_address_are_one_page() {
        let key = |url: &str| page_key(&url.parse().unwrap());
        for same in [
            "https://www.a.go.th/ita/?b=2&a=1",
            "http://a.go.th/ita?a=1&b=2#o11",
            "http://A.go.th:80//ita/index.php?a=1&b=2&utm_source=line&fbclid=x",
            "https://a.go.th/ita/Default.aspx;jsessionid=1F?a=1&b=2",
        ] {
            assert_eq!(key(same), "a.go.th/ita?a=1&b=2", "{same}");
        }
        assert_eq!(key("http://a.go.th/%e0%b9%81/x;jsessionid=1F"), "a.go.th/%E0%B9%81/x");
        assert_eq!(key("http://a.go.th/"), key("https://www.a.go.th/index.php"));
        for (one, other) in [
            ("http://a.go.th/ita?id=1", "http://a.go.th/ita?id=2"),
            ("http://a.go.th/a", "http://a.go.th/A"),
            ("http://a.go.th/", "http://b.a.go.th/"),
            ("http://a.go.th/", "http://a.go.th:81/"),
            ("http://a.go.th/index.php/plan", "http://a.go.th/plan"),
            ("http://a.go.th/index.pdf", "http://a.go.th/"),
        ] {
            assert_ne!(key(one), key(other), "{one} {other}");
        }
    }
}
