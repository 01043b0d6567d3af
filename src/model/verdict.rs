//! Outcomes of checks and verdicts on items.

use serde::{Deserialize, Serialize};

use super::{Level, Reason};

/// What a check makes of the facts. Ordered: all of several is the least, any of several the greatest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// The requirement is not met; allowed only where everything needed was read.
    NotMet,
    /// The evidence does not decide.
    Unsure,
    /// The requirement is met.
    Met,
}

/// The verdict on an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Scores 100.
    Pass,
    /// Scores 100, with advice from the assessor.
    Advice,
    /// Scores 0.
    Fail,
    /// A person has to look.
    Review,
}

impl Verdict {
    /// The name that reports use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Advice => "advice",
            Self::Fail => "fail",
            Self::Review => "review",
        }
    }
}

/// What one check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The outcome.
    pub outcome: Outcome,
    /// Where the outcome is unsure: whether a person would more likely find the requirement met.
    pub likely: bool,
    /// What led to the outcome, and advice beside it.
    pub reasons: Vec<Reason>,
}

impl Finding {
    /// The requirement is met and there is nothing to say.
    pub fn met() -> Self {
        Self { outcome: Outcome::Met, likely: true, reasons: Vec::new() }
    }

    /// The requirement is met, with something worth knowing.
    pub fn met_with(reason: Reason) -> Self {
        Self { outcome: Outcome::Met, likely: true, reasons: vec![reason] }
    }

    /// The requirement is not met.
    pub fn not_met(reason: Reason) -> Self {
        Self { outcome: Outcome::NotMet, likely: false, reasons: vec![reason.at_level(Level::Fail)] }
    }

    /// The evidence does not decide; `likely` says which way it leans.
    pub fn unsure(likely: bool, reason: Reason) -> Self {
        Self { outcome: Outcome::Unsure, likely, reasons: vec![reason.at_level(Level::Review)] }
    }

    /// Both of two: the lesser outcome, the reasons of both.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.outcome = self.outcome.min(other.outcome);
        self.likely &= other.likely;
        self.reasons.extend(other.reasons);
        self
    }

    /// Either of two: the one with the greater outcome; this one if they are equal.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        if other.outcome > self.outcome { other } else { self }
    }
}
