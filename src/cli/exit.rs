//! The exit codes, as the contract has them.

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// The audit ran and meets the threshold.
    Met,
    /// It ran and does not.
    NotMet,
    /// Wrong usage or a bad file.
    Usage,
    /// It could not be judged: this machine is offline, or the run was interrupted or out of time.
    NotJudged,
}

impl Exit {
    /// The exit code.
    pub fn code(self) -> u8 {
        match self {
            Self::Met => 0,
            Self::NotMet => 1,
            Self::Usage => 2,
            Self::NotJudged => 3,
        }
    }

    /// The graver of two: a bad file before a run that could not be judged, that before a threshold that is not met.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let gravity = |exit: Self| match exit {
            Self::Met => 0,
            Self::NotMet => 1,
            Self::NotJudged => 2,
            Self::Usage => 3,
        };
        if gravity(other) > gravity(self) { other } else { self }
    }
}

impl From<Exit> for std::process::ExitCode {
    fn from(exit: Exit) -> Self {
        exit.code().into()
    }
}
