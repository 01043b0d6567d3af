//! What a host has asked of its visitors: to wait, to come less often, to stay away for now.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// For how long a host that turns visitors away is waited for, all its wishes in a run together. It is about as long as an
/// audit takes anyway; who asks for more is asked again by the next run, or at the end of this one.
const PATIENCE: Duration = Duration::from_mins(1);
/// How many times slower than usual a host is asked at most.
const SLOWEST: u32 = 8;
/// Answers in a row after which it is asked one usual period sooner again.
const RECOVERY: u32 = 5;

/// What is kept per host. A host rather than its domain: `Retry-After` speaks for the service that answered (RFC 9110,
/// 10.2.3), and a subdomain that is closed for repairs must not keep the agency's main website waiting.
#[derive(Debug, Default)]
pub(super) struct Host {
    mood: Mutex<Mood>,
    doors: [tokio::sync::Mutex<()>; 2],
}

/// When the next request may be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    /// At once.
    Now,
    /// After so long.
    In(Duration),
    /// Later than is waited for.
    NotSoon,
}

/// A request that was turned away.
#[derive(Debug, Clone, Copy)]
pub(super) struct Refusal {
    /// When it was sent.
    pub(super) sent: Instant,
    /// The wait that the host asked for.
    pub(super) wish: Option<Duration>,
    /// The host said that it is too many requests, so that one more is unwelcome.
    pub(super) too_many: bool,
}

#[derive(Debug)]
struct Mood {
    /// The host is left alone before this.
    until: Option<Instant>,
    /// `until` is near enough to be waited for.
    worth_waiting: bool,
    /// Refusals in a row.
    refusals: u32,
    /// Other answers since then, or since it was last asked faster.
    answers: u32,
    /// Time that it was waited for in all.
    waited: Duration,
    /// How many times slower than usual it is asked.
    slowness: u32,
    /// When it was asked last.
    last: Option<Instant>,
}

impl Default for Mood {
    fn default() -> Self {
        Self {
            until: None,
            worth_waiting: true,
            refusals: 0,
            answers: 0,
            waited: Duration::ZERO,
            slowness: 1,
            last: None,
        }
    }
}

impl Host {
    fn mood(&self) -> MutexGuard<'_, Mood> {
        self.mood.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Held by the one who asks when to go next, so that the others stand in line instead of all asking. Those who keep a
    /// `Crawl-delay` have a line of their own: the others need not wait for that.
    pub(super) fn door(&self, delayed: bool) -> &tokio::sync::Mutex<()> {
        &self.doors[usize::from(delayed)]
    }

    /// When the next request may be sent, at a usual `period` and no sooner than `delay` after the one before.
    pub(super) fn next(&self, period: Duration, delay: Duration) -> Next {
        self.mood().next(Instant::now(), period, delay)
    }

    /// Whether it has asked to be left alone for longer than is waited for.
    pub(super) fn is_closed(&self) -> bool {
        self.next(Duration::ZERO, Duration::ZERO) == Next::NotSoon
    }

    /// A request is being sent.
    pub(super) fn asked(&self) {
        self.mood().last = Some(Instant::now());
    }

    /// A request was answered as usual.
    pub(super) fn welcomed(&self) {
        self.mood().welcomed();
    }

    /// A request was turned away; `pause` says how long to wait after so many in a row.
    pub(super) fn refused(&self, refusal: Refusal, pause: impl Fn(u32) -> Duration) {
        self.mood().refused(Instant::now(), refusal, pause);
    }
}

impl Mood {
    fn next(&self, now: Instant, period: Duration, delay: Duration) -> Next {
        if let Some(wait) =
            self.until.and_then(|until| until.checked_duration_since(now)).filter(|wait| !wait.is_zero())
        {
            return if self.worth_waiting { Next::In(wait) } else { Next::NotSoon };
        }
        let gap = if self.slowness > 1 { delay.max(period.saturating_mul(self.slowness)) } else { delay };
        match self.last.and_then(|last| (last + gap).checked_duration_since(now)) {
            Some(wait) if !wait.is_zero() => Next::In(wait),
            _ => Next::Now,
        }
    }

    /// After some answers, one period faster again.
    fn welcomed(&mut self) {
        self.refusals = 0;
        self.answers += 1;
        if self.answers >= RECOVERY {
            self.answers = 0;
            self.slowness = (self.slowness - 1).max(1);
        }
    }

    /// Half as fast from now on, after a pause; those who were under way when the pause began do not make it longer, unless
    /// they were told to wait longer.
    fn refused(&mut self, now: Instant, refusal: Refusal, pause: impl Fn(u32) -> Duration) {
        let known = self.until.is_some_and(|until| refusal.sent < until);
        if known && refusal.wish.is_none() {
            return;
        }
        if !known {
            self.refusals += 1;
            self.answers = 0;
            self.slowness = (self.slowness * 2).min(SLOWEST);
        }
        let before = self.until.unwrap_or(now).max(now);
        let until = (now + refusal.wish.unwrap_or_default().max(pause(self.refusals.max(1)))).max(before);
        let longer = until - before;
        if self.waited + longer <= PATIENCE {
            self.waited += longer;
            self.worth_waiting = !known || self.worth_waiting;
            self.until = Some(until);
        } else if refusal.too_many || refusal.wish.is_some() {
            self.worth_waiting = false;
            self.until = Some(until);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Duration, Instant, Mood, Next, PATIENCE, RECOVERY, Refusal};

    const PERIOD: Duration = Duration::from_millis(500);

    fn secs(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    fn doubling(refusals: u32) -> Duration {
        secs(1 << (refusals - 1).min(3))
    }

    fn refusal(sent: Instant, wish: Option<u64>) -> Refusal {
        Refusal { sent, wish: wish.map(secs), too_many: true }
    }

    #[test]
    fn it_is_left_alone_for_as_long_as_it_asks() {
        let (mut mood, start) = (Mood::default(), Instant::now());
        assert_eq!(mood.next(start, PERIOD, Duration::ZERO), Next::Now);
        mood.refused(start, refusal(start, Some(7)), doubling);
        assert_eq!(mood.next(start + secs(3), PERIOD, Duration::ZERO), Next::In(secs(4)));
        assert_eq!(mood.next(start + secs(7), PERIOD, Duration::ZERO), Next::Now);
    }

    #[test]
    fn requests_that_were_under_way_count_as_one() {
        let (mut mood, start) = (Mood::default(), Instant::now());
        for _ in 0..4 {
            mood.refused(start + secs(1), refusal(start, None), doubling);
        }
        assert_eq!((mood.refusals, mood.slowness), (1, 2));
        assert_eq!(mood.next(start + secs(1), PERIOD, Duration::ZERO), Next::In(secs(1)));
        mood.refused(start + secs(2), refusal(start + secs(2), None), doubling);
        assert_eq!(mood.next(start + secs(2), PERIOD, Duration::ZERO), Next::In(secs(2)));
    }

    #[test]
    fn who_asks_for_too_much_patience_is_not_asked_before_that_time() {
        let (mut mood, start) = (Mood::default(), Instant::now());
        mood.refused(start, refusal(start, Some(3600)), doubling);
        assert_eq!(mood.next(start + secs(3599), PERIOD, Duration::ZERO), Next::NotSoon);
        assert_eq!(mood.next(start + secs(3600), PERIOD, Duration::ZERO), Next::Now);
    }

    #[test]
    fn patience_has_an_end_however_often_it_is_asked_for() {
        let (mut mood, start) = (Mood::default(), Instant::now());
        let mut now = start;
        let mut asked = 0;
        while let Next::Now = mood.next(now, PERIOD, Duration::ZERO) {
            asked += 1;
            mood.refused(now, refusal(now, None), doubling);
            if let Next::In(wait) = mood.next(now, PERIOD, Duration::ZERO) {
                now += wait;
            }
        }
        assert!(now - start <= PATIENCE, "{:?}", now - start);
        assert!((5..20).contains(&asked), "{asked}");
        assert_eq!(mood.next(now, PERIOD, Duration::ZERO), Next::NotSoon);

        // A server that is merely broken is asked on, without further waiting.
        let mut mood = Mood { waited: PATIENCE, ..Mood::default() };
        mood.refused(start, Refusal { too_many: false, ..refusal(start, None) }, doubling);
        assert_eq!(mood.next(start, PERIOD, Duration::ZERO), Next::Now);
    }

    #[test]
    fn it_is_asked_half_as_often_and_faster_again_as_it_answers() {
        let (mut mood, start) = (Mood::default(), Instant::now());
        let gap = |mood: &Mood| match mood.next(start, PERIOD, Duration::ZERO) {
            Next::In(wait) => wait,
            _ => Duration::ZERO,
        };
        for slowness in [2, 4, 8, 8] {
            mood.until = None;
            mood.refused(start, refusal(start, None), |_| Duration::ZERO);
            (mood.until, mood.last) = (None, Some(start));
            assert_eq!(gap(&mood), PERIOD * slowness);
        }
        let five_answers = |mood: &mut Mood| (0..RECOVERY).for_each(|_| mood.welcomed());
        for slowness in (2..8).rev() {
            five_answers(&mut mood);
            assert_eq!(gap(&mood), PERIOD * slowness);
        }
        five_answers(&mut mood);
        assert_eq!(gap(&mood), Duration::ZERO, "the usual pace is kept by others");
        assert_eq!(mood.next(start, PERIOD, secs(5)), Next::In(secs(5)));
        assert_eq!(mood.next(start + secs(5), PERIOD, secs(5)), Next::Now);
    }
}
