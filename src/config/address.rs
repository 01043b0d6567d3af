//! URLs and host names as people write them, and what they meant where they did not write one.

use url::{Host, ParseError, Url};

use super::problem::quoted;
use crate::model::{is_public_suffix, is_web};

/// Schemes that stand in a page's links but open nothing that could be assessed.
const PLACEHOLDERS: &[&str] = &["javascript", "mailto", "tel", "ftp", "file", "data", "about", "sms"];

/// What a text in the place of a URL is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Address {
    /// An absolute http or https URL.
    Http(Url),
    /// Something that opens nothing: `#`, `javascript:`.
    Placeholder,
}

/// What is wrong with a text, and what to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wrong {
    /// What is wrong.
    pub(super) message: String,
    /// What to write.
    pub(super) help: Option<String>,
}

fn wrong<T>(message: impl Into<String>, help: impl Into<Option<String>>) -> Result<T, Wrong> {
    Err(Wrong { message: message.into(), help: help.into() })
}

/// Reads a URL; `website` helps with one that is relative to it.
pub(super) fn of(text: &str, website: Option<&Url>) -> Result<Address, Wrong> {
    let text = bare(text);
    if text.is_empty() {
        return wrong("the URL is empty", "write a URL, or nothing after the colon if nothing is published".to_owned());
    }
    if text.starts_with('#') {
        return Ok(Address::Placeholder);
    }
    if text.split_whitespace().skip(1).any(|part| part.starts_with("http://") || part.starts_with("https://")) {
        return wrong("two URLs in one text", "write them as a list, each on its own line after `- `".to_owned());
    }
    match Url::parse(text) {
        Ok(url) if is_web(&url) => Ok(Address::Http(url)),
        Ok(url) if PLACEHOLDERS.contains(&url.scheme()) => Ok(Address::Placeholder),
        Ok(_) | Err(ParseError::RelativeUrlWithoutBase) => not_absolute(text, website),
        Err(error) => {
            let why = why(error);
            wrong(format!("`{}` is not a URL: {why}", quoted(text)), None)
        }
    }
}

/// The text without white space and the invisible signs that come along when a URL is copied.
pub(super) fn bare(text: &str) -> &str {
    text.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}' | '\u{feff}')
    })
}

/// A text without a scheme, or with one that does not exist.
fn not_absolute(text: &str, website: Option<&Url>) -> Result<Address, Wrong> {
    let message = format!("`{}` is not a URL that begins with https:// or http://", quoted(text));
    if let Some(rest) = text.strip_prefix("//") {
        return wrong(message, suggestion("https", rest));
    }
    if text.starts_with(['/', '?'])
        && let Some(full) = website.and_then(|website| website.join(text).ok())
    {
        return wrong(message, format!("write {}", quoted_url(full.as_str())));
    }
    let (before, after) = match text.split_once(['/', ':']) {
        Some((before, after)) => (before, after.trim_start_matches(['/', ':'])),
        None => (text, ""),
    };
    let typed = before.to_ascii_lowercase();
    // htps://, https//, hhttp:// and the like; a host has a dot.
    if !typed.contains('.') && looks_like_host(after) {
        for scheme in ["https", "http"] {
            if strsim::damerau_levenshtein(&typed, scheme) <= 1 {
                return wrong(message, suggestion(scheme, after));
            }
        }
    }
    wrong(message, if looks_like_host(text) { suggestion("https", text) } else { None })
}

fn suggestion(scheme: &str, rest: &str) -> Option<String> {
    let full = format!("{scheme}://{rest}");
    Url::parse(&full).is_ok().then(|| format!("write {}", quoted_url(&full)))
}

/// A URL to be copied, so not shortened unless it is absurd.
fn quoted_url(url: &str) -> String {
    if url.chars().nth(300).is_some() { quoted(url) } else { url.to_owned() }
}

/// Whether a text begins with a name that has a dot in it, as `www.x.go.th/a` does.
fn looks_like_host(text: &str) -> bool {
    let end = text.find(['/', '?', '#', ':']).unwrap_or(text.len());
    let name = &text[..end];
    name.contains('.') && !name.contains(char::is_whitespace) && Host::parse(name).is_ok()
}

fn why(error: ParseError) -> &'static str {
    match error {
        ParseError::EmptyHost => "the host is missing",
        ParseError::InvalidPort => "the port is not a number from 0 to 65535",
        ParseError::IdnaError | ParseError::InvalidDomainCharacter => "the host has a character that no host has",
        ParseError::InvalidIpv4Address | ParseError::InvalidIpv6Address => "the host is not an IP address",
        ParseError::Overflow => "it is too long",
        _ => "it cannot be understood",
    }
}

/// Reads a host name: lower case, as the DNS writes it.
pub(super) fn host(text: &str) -> Result<String, Wrong> {
    let text = bare(text);
    let message = format!("`{}` is not a host name", quoted(text));
    let part = text.split_once("://").map_or(text, |(_, rest)| rest);
    let part = part.split(['/', '?', '#']).next().unwrap_or_default();
    let part = part.strip_prefix("*.").unwrap_or(part).trim_matches('.');
    let name = if part.starts_with('[') { part } else { part.split(':').next().unwrap_or_default() };
    match Host::parse(name) {
        Ok(host) if name == text.trim_matches('.') => Ok(host.to_string().trim_matches(['[', ']']).to_owned()),
        Ok(_) => wrong(message, format!("write {}", quoted(name))),
        Err(_) => wrong(message, "write a name such as www.nangrong.go.th".to_owned()),
    }
}

/// Reads a host name that counts as the agency's own: not a suffix under which others have theirs too.
pub(super) fn site(text: &str) -> Result<String, Wrong> {
    let host = host(text)?;
    let is_suffix = is_public_suffix(&host);
    if is_suffix {
        let message = format!("`{}` belongs to no single agency", quoted(text));
        return wrong(message, "write the agency's own name under it".to_owned());
    }
    Ok(host)
}

#[cfg(test)]
mod tests {
    use super::{Address, host, of, site};
    use url::Url;

    #[test]
    fn a_text_that_is_no_url_is_helped() {
        let website = Url::parse("https://www.x.go.th/").unwrap();
        for (text, help) in [
            ("www.x.go.th/a", "write https://www.x.go.th/a"),
            ("x.go.th:8080/a", "write https://x.go.th:8080/a"),
            ("//www.x.go.th/a", "write https://www.x.go.th/a"),
            ("htps://www.x.go.th/a", "write https://www.x.go.th/a"),
            ("https//www.x.go.th/a", "write https://www.x.go.th/a"),
            ("htp://www.x.go.th/a", "write http://www.x.go.th/a"),
            ("/a?b=1", "write https://www.x.go.th/a?b=1"),
            ("https://a.go.th/ https://b.go.th/", "write them as a list, each on its own line after `- `"),
        ] {
            assert_eq!(of(text, Some(&website)).unwrap_err().help.as_deref(), Some(help), "{text}");
        }
        for text in ["", " ", "เว็บไซต์", "abc", "https://", "http://a b/", "https://x.go.th:99999/", "xyz:abc"]
        {
            assert!(of(text, Some(&website)).is_err(), "{text}");
        }
    }

    #[test]
    fn placeholders_and_urls_are_told_apart() {
        for text in ["#", "#top", "javascript:void(0)", "JavaScript:;", "mailto:a@b.go.th", "tel:044", "file:///c:/a"] {
            assert_eq!(of(text, None), Ok(Address::Placeholder), "{text}");
        }
        for text in ["https://x.go.th/แผน 5 ปี.pdf", "HTTP://X.GO.TH", "http://xn--12c1fe0br.th/?u=http://b.th/"]
        {
            assert!(matches!(of(text, None), Ok(Address::Http(_))), "{text}");
        }
    }

    #[test]
    fn hosts_are_names_and_nothing_else() {
        assert_eq!(host("WWW.X.go.th.").as_deref(), Ok("www.x.go.th"));
        assert_eq!(host("อบต.ไทย").as_deref(), Ok("xn--m3cj0d.xn--o3cw4h"));
        assert_eq!(host("127.0.0.1").as_deref(), Ok("127.0.0.1"));
        for (text, help) in [
            ("https://www.x.go.th/a", "write www.x.go.th"),
            ("www.x.go.th/a", "write www.x.go.th"),
            ("www.x.go.th:443", "write www.x.go.th"),
            ("*.x.go.th", "write x.go.th"),
            ("a b", "write a name such as www.nangrong.go.th"),
            ("", "write a name such as www.nangrong.go.th"),
        ] {
            assert_eq!(host(text).unwrap_err().help.as_deref(), Some(help), "{text}");
        }
        assert!(site("go.th").is_err());
        assert!(site("x.go.th").is_ok());
    }
}
