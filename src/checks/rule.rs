//! What every rule of a catalogue says of itself: how far it is verified, and what follows when it is not met.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::{Finding, Reason};

pub use crate::model::RuleStatus;

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
