//! What sites ask of programs in `robots.txt` (RFC 9309). It is kept for what this program finds by itself; a URL that an
//! agency submitted is opened by an assessor's browser, which asks nobody.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use robotxt::{AccessResult, BYTE_LIMIT};
use tokio::sync::OnceCell;
use url::Url;

use crate::model::Cause;

use super::classify::Fault;
use super::request::Reply;

/// The name by which a site may address this program.
const NAME: &str = "oit-audit";
/// The redirects followed to a `robots.txt`, as many as the standard asks for.
pub(super) const MOST_HOPS: usize = 5;
/// Bytes of a `robots.txt` that are read: one more than what counts, so that it is seen to go on.
pub(super) const MOST_BYTES: u64 = BYTE_LIMIT as u64 + 1;
/// The longest `Crawl-delay` that is waited for; where a site asks for more, what was found there is not opened.
const LONGEST_DELAY: Duration = Duration::from_secs(30);

/// What came of asking for a `robots.txt`.
pub(super) enum Asked {
    /// The end of its redirects answered.
    Answered(Reply),
    /// Redirects went on too long, or to nowhere.
    Lost,
    /// Nobody answered.
    Failed(Fault),
}

/// The rules of one origin for this program.
#[derive(Debug)]
pub(super) struct Rules {
    robots: robotxt::Robots,
    /// Why nothing is allowed, where that is not what the file says.
    unreachable: Option<Fault>,
}

/// The rules of all origins asked so far.
#[derive(Debug, Default)]
pub(super) struct Robots {
    /// By the URL of the file.
    known: Mutex<BTreeMap<Url, Arc<OnceCell<Rules>>>>,
}

impl Robots {
    /// The place for the rules that hold for a URL, and where to ask for them.
    pub(super) fn place(&self, url: &Url) -> Option<(Url, Arc<OnceCell<Rules>>)> {
        let file = robotxt::robots_url(url).ok()?;
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let place = Arc::clone(known.entry(file.clone()).or_default());
        Some((file, place))
    }

    /// Lets sites that could not be asked be asked once more.
    pub(super) fn forget_unreachable(&self) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.retain(|_, place| place.get().is_none_or(|rules| rules.unreachable.is_none()));
    }
}

impl Rules {
    /// What a site asks, by what came of asking for its file. A site that has none allows everything; one that cannot be
    /// asked, or has had too many requests already, allows nothing.
    pub(super) fn of(asked: &Asked) -> Self {
        let (access, unreachable) = match asked {
            Asked::Answered(reply) => match reply.status {
                200..300 => (AccessResult::Successful(&reply.body), None),
                429 | 500.. => {
                    let why = format!("robots.txt: HTTP {}", reply.status);
                    (AccessResult::Unreachable, Some(Fault::new(Cause::Disallowed, why)))
                }
                _ => (AccessResult::Unavailable, None),
            },
            Asked::Lost => (AccessResult::TooManyRedirects, None),
            Asked::Failed(fault) => (AccessResult::Unreachable, Some(fault.clone())),
        };
        Self { robots: robotxt::Robots::from_access(access, NAME), unreachable }
    }

    /// How long to wait between requests, or why a URL may not be opened.
    pub(super) fn leave(&self, url: &Url) -> Result<Duration, Fault> {
        if let Some(fault) = &self.unreachable {
            return Err(fault.clone());
        }
        let no = |why: String| Err(Fault::new(Cause::Disallowed, why));
        if !self.robots.is_url_allowed(url) {
            return no("robots.txt disallows it".to_owned());
        }
        match self.robots.crawl_delay().unwrap_or_default() {
            delay if delay > LONGEST_DELAY => no(format!("robots.txt: Crawl-delay of {} s", delay.as_secs())),
            delay => Ok(delay),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Asked, Fault, Reply, Robots, Rules};
    use crate::model::Cause;
    use url::Url;

    fn answered(status: u16, body: &str) -> Rules {
        Rules::of(&Asked::Answered(Reply { status, body: body.into(), ..Reply::default() }))
    }

    fn leave(rules: &Rules, path: &str) -> Result<u64, String> {
        let url = Url::parse("http://www.a.go.th").unwrap().join(path).unwrap();
        match rules.leave(&url) {
            Ok(delay) => Ok(delay.as_secs()),
            Err(fault) if fault.cause == Cause::Disallowed => Err(fault.detail),
            Err(fault) => panic!("{}", fault.detail),
        }
    }

    #[test]
    fn the_groups_for_this_program_come_before_those_for_all() {
        let rules = answered(
            200,
            "\u{feff}User-agent: *\nDisallow: /\n\nUser-Agent: OIT-Audit\nDisallow: /แผน\nCrawl-delay: 2.5\n",
        );
        assert_eq!(leave(&rules, "/"), Ok(2));
        assert!(leave(&rules, "/%E0%B9%81%E0%B8%9C%E0%B8%99/2563").is_err(), "percent-escapes are the same letters");
        let rules = answered(200, "User-agent: *\nDisallow: /media/\nAllow: /media/ita/\nDisallow: /*.doc$\n");
        assert_eq!((leave(&rules, "/media/ita/1.pdf"), leave(&rules, "/x?y=1.docx")), (Ok(0), Ok(0)));
        assert!(leave(&rules, "/media/1.pdf").is_err() && leave(&rules, "/1.doc").is_err());
        let html = "<!doctype html><title>ไม่พบหน้า</title><p>Disallow: / </p>";
        assert_eq!(leave(&answered(200, html), "/x"), Ok(0), "a page in its place is no rule");
    }

    #[test]
    fn no_file_allows_all_and_no_answer_allows_nothing() {
        for status in [301, 400, 401, 403, 404, 410] {
            assert_eq!(leave(&answered(status, "User-agent: *\nDisallow: /"), "/x"), Ok(0), "{status}");
        }
        assert_eq!(leave(&Rules::of(&Asked::Lost), "/x"), Ok(0));
        for status in [429, 500, 503] {
            assert_eq!(leave(&answered(status, ""), "/x"), Err(format!("robots.txt: HTTP {status}")));
        }
        let refused = Fault::new(Cause::Refused, "Connection refused");
        let home = Url::parse("http://www.a.go.th/").unwrap();
        assert_eq!(
            Rules::of(&Asked::Failed(refused.clone())).leave(&home),
            Err(refused),
            "as the URL itself would fail"
        );
    }

    #[test]
    fn a_delay_that_nobody_can_wait_for_is_a_no() {
        assert_eq!(leave(&answered(200, "User-agent: *\nCrawl-delay: 30"), "/x"), Ok(30));
        assert!(leave(&answered(200, "User-agent: *\nCrawl-delay: 31"), "/x").is_err());
        assert_eq!(leave(&answered(200, "User-agent: *\nCrawl-delay: -1"), "/x"), Ok(0));
    }

    #[test]
    fn each_origin_has_one_file() {
        let robots = Robots::default();
        let place = |url: &str| robots.place(&Url::parse(url).unwrap()).unwrap();
        let (file, first) = place("http://u:p@www.a.go.th:81/x?y#z");
        assert_eq!(file.as_str(), "http://www.a.go.th:81/robots.txt");
        assert!(std::sync::Arc::ptr_eq(&first, &place("http://www.a.go.th:81/").1));
        for other in ["http://www.a.go.th/", "https://www.a.go.th:81/", "http://a.go.th:81/"] {
            assert!(!std::sync::Arc::ptr_eq(&first, &place(other).1), "{other}");
        }
        assert!(robots.place(&Url::parse("mailto:a@b.go.th").unwrap()).is_none());
        let known = |url: &str| place(url).1.initialized();
        first.set(answered(503, "")).unwrap();
        place("http://www.a.go.th/").1.set(answered(404, "")).unwrap();
        robots.forget_unreachable();
        assert!(known("http://www.a.go.th/") && !known("http://www.a.go.th:81/"));
    }
}
