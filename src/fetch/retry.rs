//! When to try again, and how long to wait before.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::Duration;

use url::Url;

use super::request::Reply;

/// As long as makes no difference any more, and is no trouble to reckon with.
const FOR_EVER: Duration = Duration::from_hours(24 * 365);

/// The first wait; each further one is twice as long.
const FIRST: Duration = Duration::from_millis(250);
/// The longest wait that nobody asked for.
const LONGEST: Duration = Duration::from_secs(10);

/// Whether an answer is one that often passes. A challenge to robots does not.
pub(super) fn may_pass(reply: &Reply) -> bool {
    is_busy(reply) || (reply.challenge.is_none() && matches!(reply.status, 502 | 504))
}

/// Whether an answer says that the host has too much to do, or is closed for a while, so that all of it is left alone.
pub(super) fn is_busy(reply: &Reply) -> bool {
    let asks = reply.status >= 500 && reply.retry_after.is_some();
    reply.challenge.is_none() && (matches!(reply.status, 429 | 503) || asks)
}

/// How long to wait before the next try, `attempt` counting the tries made so far from 1.
pub(super) fn pause(url: &Url, attempt: u32) -> Duration {
    let base = FIRST.saturating_mul(1 << attempt.saturating_sub(1).min(10)).min(LONGEST);
    // Up to half as much again, so that URLs which failed together do not all come back together. It comes from the
    // URL rather than from chance, so that a run can be repeated.
    let mut hasher = DefaultHasher::new();
    (url, attempt).hash(&mut hasher);
    let share = u32::try_from(hasher.finish() % 512).unwrap_or_default();
    base + base * share / 1024
}

/// The wait that a `Retry-After` header asks for: seconds, or the time from the `Date` of the answer to the date that it
/// names. The server's own clock is the one that counts, however wrong; without it a date says nothing.
pub(super) fn retry_after(header: Option<&str>, date: Option<&str>) -> Option<Duration> {
    let wish = header?.trim();
    if !wish.is_empty() && wish.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Duration::from_secs(wish.parse().unwrap_or(u64::MAX)).min(FOR_EVER));
    }
    let then = httpdate::parse_http_date(wish).ok()?;
    let now = httpdate::parse_http_date(date?.trim()).ok()?;
    Some(then.duration_since(now).unwrap_or_default().min(FOR_EVER))
}

#[cfg(test)]
mod tests {
    use super::{Duration, FOR_EVER, Url, pause, retry_after};

    #[test]
    fn waits_grow_and_are_bounded() {
        let url = Url::parse("http://a.go.th/").unwrap();
        for (attempt, base) in [(1, 250), (2, 500), (3, 1000), (4, 2000), (40, 10_000)] {
            let wait = pause(&url, attempt);
            let base = Duration::from_millis(base);
            assert!(wait >= base && wait <= base * 3 / 2, "{attempt}: {wait:?}");
        }
        assert_eq!(pause(&url, 1), pause(&url, 1));
        let other = Url::parse("http://b.go.th/").unwrap();
        assert_ne!(pause(&url, 1), pause(&other, 1));
    }

    #[test]
    fn a_server_asks_for_patience_in_seconds_or_until_a_date() {
        let date = "Wed, 21 Oct 2020 07:28:00 GMT";
        for (header, now, wait) in [
            (" 3 ", None, Some(3)),
            ("0", None, Some(0)),
            ("Wed, 21 Oct 2020 07:29:30 GMT", Some(date), Some(90)),
            ("Wednesday, 21-Oct-20 07:28:07 GMT", Some(date), Some(7)),
            ("Wed Oct 21 07:28:01 2020", Some(date), Some(1)),
            ("Wed, 21 Oct 2020 07:00:00 GMT", Some(date), Some(0)),
            ("Wed, 21 Oct 2020 07:29:30 GMT", None, None),
            ("Wed, 21 Oct 2020 07:29:30 GMT", Some("yesterday"), None),
            ("-1", Some(date), None),
            ("soon", Some(date), None),
            ("", Some(date), None),
        ] {
            assert_eq!(retry_after(Some(header), now), wait.map(Duration::from_secs), "{header}");
        }
        assert_eq!(retry_after(Some("99999999999999999999999"), None), Some(FOR_EVER));
        assert_eq!(retry_after(Some("Fri, 31 Dec 9999 23:59:59 GMT"), Some(date)), Some(FOR_EVER));
        assert_eq!(retry_after(None, Some(date)), None);
    }
}
