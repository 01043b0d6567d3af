//! Time for requests that several URLs share.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// So much time for requests, shared by all that have a clone of it. Waiting in line costs nothing: that says how much else
/// there is to open, not how slow a server is.
#[derive(Debug, Clone)]
pub struct Budget {
    left: Arc<AtomicU64>,
}

impl Budget {
    /// A budget of so much time.
    pub fn new(time: Duration) -> Self {
        Self { left: Arc::new(AtomicU64::new(micros(time))) }
    }

    /// A budget without an end.
    pub fn endless() -> Self {
        Self::new(Duration::MAX)
    }

    /// A budget of its own for a part of the work, of at most so much time and no more than is left.
    pub(super) fn part(&self, most: Duration) -> Self {
        Self::new(most.min(self.left()))
    }

    /// The time that is left.
    pub(super) fn left(&self) -> Duration {
        Duration::from_micros(self.left.load(Ordering::Relaxed))
    }

    /// Takes time off.
    pub(super) fn spend(&self, time: Duration) {
        let taken = |left: u64| Some(left.saturating_sub(micros(time)));
        // The closure always gives a value, so this never fails.
        let _before = self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, taken);
    }
}

fn micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::{Budget, Duration};

    #[test]
    fn what_one_spends_the_others_have_not() {
        let budget = Budget::new(Duration::from_secs(3));
        budget.clone().spend(Duration::from_secs(2));
        assert_eq!(budget.left(), Duration::from_secs(1));
        budget.spend(Duration::from_mins(1));
        assert_eq!(budget.left(), Duration::ZERO);
        assert!(Budget::endless().left() > Duration::from_hours(1_000_000));
    }
}
