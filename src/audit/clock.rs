//! The one place that knows what time it is.

use jiff::Timestamp;
use jiff::tz::{TimeZone, offset};

/// The present instant.
#[expect(clippy::disallowed_methods, reason = "this is the clock that everyone else is told to ask")]
pub fn now() -> Timestamp {
    Timestamp::now()
}

/// The time zone of Thailand, in which reports are dated wherever the program runs. It has had no change since 1920, so a
/// fixed offset needs no time-zone database.
pub fn thailand() -> TimeZone {
    TimeZone::fixed(offset(7))
}
