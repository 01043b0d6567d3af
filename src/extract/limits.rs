//! What the operating system allows a reading process: so much memory, so much CPU time. Where it cannot say so (it is no
//! Unix), the time that whoever asked waits is the only limit.

use super::serve::Allowance;

/// Limits this process from now on. What asks for more memory is refused it and ends; what takes more time is ended.
#[cfg(unix)]
pub(super) fn allow(allowance: Allowance) {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    use rustix::time::{ClockId, clock_gettime};

    let limit = |resource, to: u64| {
        let maximum = getrlimit(resource).maximum;
        let current = maximum.map_or(to, |maximum| maximum.min(to));
        // One that cannot be set leaves the others, and the patience of whoever waits.
        let _set = setrlimit(resource, Rlimit { current: Some(current), maximum });
    };
    if allowance.memory > 0 {
        limit(Resource::As, allowance.memory);
        limit(Resource::Core, 0);
    }
    if !allowance.time.is_zero() {
        let used = u64::try_from(clock_gettime(ClockId::ProcessCPUTime).tv_sec).unwrap_or_default();
        limit(Resource::Cpu, used + allowance.time.as_secs() + 1);
    }
}

/// Limits this process from now on, where that is possible.
#[cfg(not(unix))]
pub(super) fn allow(_allowance: Allowance) {}
