//! When to try again, and how long to wait before.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::Duration;

use url::Url;

/// The first wait; each further one is twice as long.
const FIRST: Duration = Duration::from_millis(250);
/// The longest wait, whoever asks for it.
const LONGEST: Duration = Duration::from_secs(10);

/// Whether a status is one that often passes.
pub(super) fn may_pass(status: u16) -> bool {
    matches!(status, 429 | 502 | 503 | 504)
}

/// How long to wait before the next try, `attempt` counting the tries made so far from 1; nothing if the server
/// asked for more patience than there is, for to come back sooner than it asked would be rude.
pub(super) fn pause(url: &Url, attempt: u32, retry_after: Option<Duration>) -> Option<Duration> {
    if let Some(asked) = retry_after {
        return (asked <= LONGEST).then(|| asked.max(FIRST));
    }
    let base = FIRST.saturating_mul(1 << attempt.saturating_sub(1).min(10)).min(LONGEST);
    // Up to half as much again, so that URLs which failed together do not all come back together. It comes from the
    // URL rather than from chance, so that a run can be repeated.
    let mut hasher = DefaultHasher::new();
    (url, attempt).hash(&mut hasher);
    let share = u32::try_from(hasher.finish() % 512).unwrap_or_default();
    Some(base + base * share / 1024)
}

/// The wait that a `Retry-After` header asks for, in its form of seconds.
pub(super) fn retry_after(header: Option<&str>) -> Option<Duration> {
    header?.trim().parse().ok().map(Duration::from_secs)
}

#[cfg(test)]
mod tests {
    use super::{Duration, Url, pause, retry_after};

    #[test]
    fn waits_grow_and_are_bounded() {
        let url = Url::parse("http://a.go.th/").unwrap();
        for (attempt, base) in [(1, 250), (2, 500), (3, 1000), (4, 2000), (40, 10_000)] {
            let wait = pause(&url, attempt, None).unwrap();
            let base = Duration::from_millis(base);
            assert!(wait >= base && wait <= base * 3 / 2, "{attempt}: {wait:?}");
        }
        assert_eq!(pause(&url, 1, None), pause(&url, 1, None));
        let other = Url::parse("http://b.go.th/").unwrap();
        assert_ne!(pause(&url, 1, None), pause(&other, 1, None));
    }

    #[test]
    fn a_server_is_not_asked_sooner_than_it_wants() {
        let url = Url::parse("http://a.go.th/").unwrap();
        assert_eq!(pause(&url, 1, retry_after(Some(" 3 "))), Some(Duration::from_secs(3)));
        assert_eq!(pause(&url, 1, retry_after(Some("11"))), None);
        assert_eq!(pause(&url, 1, retry_after(Some("0"))), Some(Duration::from_millis(250)));
        assert_eq!(retry_after(Some("Wed, 21 Oct 2020 07:28:00 GMT")), None);
        assert_eq!(retry_after(None), None);
    }
}
