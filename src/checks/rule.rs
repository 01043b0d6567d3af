//! What every rule of a catalogue says of itself: how far it is verified, and what follows when it is not met.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::{Finding, Reason};

/// How far a rule has been compared with official sources.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum RuleStatus {
    /// Seen in an official result, page or report.
    Verified,
    /// Seen on an agency's page that reproduces the criteria of the year.
    Agency,
    /// Seen for the same item in a neighbouring year or a sector's adaptation.
    Derived,
    /// Background knowledge.
    Unverified,
}

/// What follows where a demand is not met though everything was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum IfNot {
    /// The item fails.
    Fail,
    /// A person has to look.
    #[default]
    Review,
    /// The item passes, with advice.
    Advice,
}

impl IfNot {
    /// The finding that follows.
    pub(super) fn finding(self, reason: Reason) -> Finding {
        match self {
            Self::Fail => Finding::not_met(reason),
            Self::Review => Finding::unsure(false, reason),
            Self::Advice => Finding::met_with(reason.advice()),
        }
    }
}
