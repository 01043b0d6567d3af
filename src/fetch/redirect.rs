//! Where a redirect leads, and when redirects have gone on for too long.

use std::collections::BTreeMap;

use reqwest::StatusCode;
use reqwest::header::{HeaderMap, LOCATION};
use url::Url;

use crate::model::{Cause, Hop, bare, is_web};

use super::classify::Fault;
use super::refresh::Refresh;
use super::request::Reply;

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

/// What to do with an answer.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Onward {
    /// It is the answer.
    Stay,
    /// It is one that a browser with scripts gets past, and this program does not.
    Stuck,
    /// It leads here.
    To(Url),
}

impl Trail {
    /// Where an answer leads, if it does.
    pub(super) fn onward(&mut self, from: &Url, reply: &Reply) -> Result<Onward, Fault> {
        match (&reply.location, &reply.refresh) {
            (Some(location), _) => self.step(from, reply.status, location).map(Onward::To),
            (None, Some(refresh)) if reply.challenge.is_none() => self.refresh(from, reply.status, refresh),
            (None, _) => Ok(Onward::Stay),
        }
    }

    /// A page's own wish to send its visitor on. Unlike a redirect it has something to show: where the wish leads nowhere
    /// that a browser goes, or round in a circle slowly enough to read, the page is the answer.
    fn refresh(&mut self, from: &Url, status: u16, refresh: &Refresh) -> Result<Onward, Fault> {
        let base = refresh.base.as_ref().and_then(|base| target(from, base)).unwrap_or_else(|| from.clone());
        let Some(next) = target(&base, &refresh.target).filter(is_web) else { return Ok(Onward::Stay) };
        let visited = self.visits.get(&next).copied().unwrap_or_default();
        let again = if next == *from { visited >= 1 } else { visited > 0 && !refresh.at_once() };
        match (again, refresh.at_once()) {
            (false, _) => self.step(from, status, next.as_str().as_bytes()).map(Onward::To),
            (true, false) => Ok(Onward::Stay),
            // The cookie that would have let it in is one that a script sets.
            (true, true) => Ok(Onward::Stuck),
        }
    }

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
            return Err(Fault::new(Cause::TooManyRedirects, format!("more than {MOST_HOPS} redirects")));
        }
        Ok(next)
    }

    /// The redirects so far.
    pub(super) fn into_hops(self) -> Vec<Hop> {
        self.hops
    }
}

/// Where an answer sends the visitor on to, as it says it, if it does.
pub(super) fn location(status: StatusCode, headers: &HeaderMap) -> Option<Vec<u8>> {
    let redirects = matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308);
    let location = headers.get(LOCATION).filter(|_| redirects)?.as_bytes().trim_ascii();
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
    use super::{Onward, Refresh, Trail, target};
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

    fn refresh(after: u32, target: &str) -> Refresh {
        Refresh { after, target: target.as_bytes().to_vec(), base: None }
    }

    #[test]
    fn a_refresh_is_followed_as_far_as_it_leads_somewhere() {
        let a = url("http://a.go.th/a");
        let mut trail = Trail::default();
        let mut step = |after, target: &str| trail.refresh(&a, 200, &refresh(after, target)).unwrap();
        assert_eq!(step(0, "/b"), Onward::To(url("http://a.go.th/b")));
        assert_eq!(step(0, "javascript:x()"), Onward::Stay);
        assert_eq!(step(0, "mailto:a@b.go.th"), Onward::Stay);
        assert_eq!(step(0, "http://[/"), Onward::Stay);
        let based = Refresh { base: Some(b"/x/".to_vec()), ..refresh(0, "c") };
        assert_eq!(trail.refresh(&a, 200, &based).unwrap(), Onward::To(url("http://a.go.th/x/c")));
    }

    #[test]
    fn a_page_that_loads_itself_again_is_asked_once_more() {
        let a = url("http://a.go.th/a");
        for (after, end) in [(0, Onward::Stuck), (5, Onward::Stay)] {
            let mut trail = Trail::default();
            assert_eq!(trail.refresh(&a, 200, &refresh(after, "/a")).unwrap(), Onward::To(a.clone()));
            assert_eq!(trail.refresh(&a, 200, &refresh(after, "")).unwrap(), end);
        }
    }

    #[test]
    fn pages_that_show_one_another_in_turn_are_pages() {
        let (a, b) = (url("http://a.go.th/a"), url("http://a.go.th/b"));
        let mut trail = Trail::default();
        assert_eq!(trail.refresh(&a, 200, &refresh(5, "/b")).unwrap(), Onward::To(b.clone()));
        assert_eq!(trail.refresh(&b, 200, &refresh(5, "/a")).unwrap(), Onward::Stay);
        let mut trail = Trail::default();
        let end = (0..20).find_map(|n| {
            let (from, to) = if n % 2 == 0 { (&a, "/b") } else { (&b, "/a") };
            trail.refresh(from, 200, &refresh(0, to)).err()
        });
        assert_eq!(end.unwrap().cause, Cause::RedirectLoop);
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
        assert_eq!(fault.cause, Cause::TooManyRedirects);
        assert_eq!(bare(&url("http://a.go.th/#x")).as_str(), "http://a.go.th/");
    }
}
