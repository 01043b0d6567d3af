//! Where a redirect leads, and when redirects have gone on for too long.

use std::collections::BTreeMap;

use reqwest::Response;
use reqwest::header::LOCATION;
use url::Url;

use crate::model::{Cause, Hop, bare, is_web};

use super::classify::Fault;

/// Redirects followed for one URL; browsers take 20 too.
const MOST_HOPS: usize = 20;
/// Visits of one URL. A wall that sets a cookie and sends the visitor back to the same URL is common and legal, so
/// one return is no loop yet.
const MOST_VISITS: u32 = 5;

/// The way from the URL asked for to the one being opened.
#[derive(Debug, Default)]
pub(super) struct Trail {
    hops: Vec<Hop>,
    visits: BTreeMap<Url, u32>,
}

impl Trail {
    /// Notes that a URL redirects, and says where to, unless that is not to be followed.
    pub(super) fn step(&mut self, from: &Url, status: u16, location: &[u8]) -> Result<Url, Fault> {
        let next = target(from, location)
            .ok_or_else(|| Fault::new(Cause::RedirectScheme, "the redirect's Location is not a URL"))?;
        if !is_web(&next) {
            return Err(Fault::new(Cause::RedirectScheme, format!("the redirect leads to {next}")));
        }
        self.hops.push(Hop { url: from.clone(), status });
        let visits = self.visits.entry(from.clone()).or_default();
        *visits += 1;
        if *visits >= MOST_VISITS && next == *from {
            return Err(Fault::new(Cause::RedirectLoop, format!("redirects to itself {visits} times: {from}")));
        }
        if self.visits.get(&next).is_some_and(|visits| *visits >= MOST_VISITS) {
            return Err(Fault::new(Cause::RedirectLoop, format!("redirects lead back to {next} again and again")));
        }
        if self.hops.len() > MOST_HOPS {
            return Err(Fault::new(Cause::RedirectLoop, format!("more than {MOST_HOPS} redirects")));
        }
        Ok(next)
    }

    /// The redirects so far.
    pub(super) fn into_hops(self) -> Vec<Hop> {
        self.hops
    }
}

/// Where an answer sends the visitor on to, as it says it, if it does.
pub(super) fn location(response: &Response) -> Option<Vec<u8>> {
    let redirects = matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308);
    let location = response.headers().get(LOCATION).filter(|_| redirects)?.as_bytes().trim_ascii();
    (!location.is_empty()).then(|| location.to_vec())
}

/// What a `Location` header means. Thai servers put raw UTF-8 there, and raw TIS-620: that is percent-encoded as it
/// stands, since only the server knows what its bytes mean.
fn target(from: &Url, location: &[u8]) -> Option<Url> {
    let joined = match std::str::from_utf8(location) {
        Ok(text) => from.join(text),
        Err(_) => from.join(&location.iter().map(|byte| escaped(*byte)).collect::<String>()),
    };
    joined.ok().map(|url| bare(&url))
}

fn escaped(byte: u8) -> String {
    if byte.is_ascii() { char::from(byte).to_string() } else { format!("%{byte:02X}") }
}

#[cfg(test)]
mod tests {
    use super::{Trail, target};
    use crate::model::{Cause, bare};
    use url::Url;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn every_kind_of_location_is_understood() {
        let from = url("https://www.a.go.th/x/y?z");
        for (location, wanted) in [
            (&b"b#part"[..], "https://www.a.go.th/x/b"),
            (b"/b", "https://www.a.go.th/b"),
            (b"//c.go.th/", "https://c.go.th/"),
            (b"?q=1", "https://www.a.go.th/x/y?q=1"),
            (
                "/แผน?ปี=๒๕๖๓".as_bytes(),
                "https://www.a.go.th/%E0%B9%81%E0%B8%9C%E0%B8%99?%E0%B8%9B%E0%B8%B5=%E0%B9%92%E0%B9%95%E0%B9%96%E0%B9%93",
            ),
            (b"/\xe1\xbc\xb9.pdf", "https://www.a.go.th/%E1%BC%B9.pdf"),
            (b"/\xe1\xbc", "https://www.a.go.th/%E1%BC"),
            (b"mailto:a@b.go.th", "mailto:a@b.go.th"),
        ] {
            assert_eq!(target(&from, location).unwrap().as_str(), wanted);
        }
        assert_eq!(target(&from, b"http://[/"), None);
    }

    #[test]
    fn a_circle_ends_and_so_does_an_endless_row() {
        let (a, b) = (url("http://a.go.th/"), url("http://b.go.th/"));
        let mut trail = Trail::default();
        let mut steps = 0;
        let fault = loop {
            let (from, to) = if steps % 2 == 0 { (&a, &b) } else { (&b, &a) };
            match trail.step(from, 302, to.as_str().as_bytes()) {
                Ok(_) => steps += 1,
                Err(fault) => break fault,
            }
        };
        assert_eq!((fault.cause, steps), (Cause::RedirectLoop, 9));

        let mut trail = Trail::default();
        for n in 0..20 {
            trail.step(&url(&format!("http://a.go.th/{n}")), 301, format!("/{}", n + 1).as_bytes()).unwrap();
        }
        let fault = trail.step(&url("http://a.go.th/20"), 301, b"/21").unwrap_err();
        assert_eq!(fault.cause, Cause::RedirectLoop);
        assert_eq!(bare(&url("http://a.go.th/#x")).as_str(), "http://a.go.th/");
    }
}
