//! How far rules are verified, and where they are from: what a catalogue says of itself, and a report repeats.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How far a rule has been compared with official sources.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum RuleStatus {
    /// Seen in an official result, page or report.
    Verified,
    /// Seen on an agency's page that reproduces the criteria of the year.
    Agency,
    /// Seen for the same item in a neighbouring year or a sector's adaptation.
    Derived,
    /// Background knowledge.
    #[default]
    Unverified,
}

impl RuleStatus {
    /// Every status, the best first.
    pub const ALL: [Self; 4] = [Self::Verified, Self::Agency, Self::Derived, Self::Unverified];

    /// The lesser of two.
    #[must_use]
    pub fn at_most(self, other: Self) -> Self {
        let rank = |status| Self::ALL.iter().position(|one| *one == status);
        if rank(self) < rank(other) { other } else { self }
    }
}

/// How far something is verified, and where it is from.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Standing {
    /// How far it is verified.
    pub status: RuleStatus,
    /// Where it is from.
    pub source: String,
}

/// How many of a year's items have each status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct StatusCounts {
    /// Verified.
    pub verified: usize,
    /// Seen on agencies' pages.
    pub agency: usize,
    /// Derived from another year.
    pub derived: usize,
    /// Not verified.
    pub unverified: usize,
}

impl StatusCounts {
    /// Counts one more.
    pub fn add(&mut self, status: RuleStatus) {
        match status {
            RuleStatus::Verified => self.verified += 1,
            RuleStatus::Agency => self.agency += 1,
            RuleStatus::Derived => self.derived += 1,
            RuleStatus::Unverified => self.unverified += 1,
        }
    }

    /// All of them.
    pub fn all(&self) -> usize {
        self.verified + self.agency + self.derived + self.unverified
    }
}

/// The catalogue that a report was made with: how far each part of it that the score hangs on is verified.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct CatalogInfo {
    /// It is a user's own, not a built-in one.
    pub own: bool,
    /// Where its items are from.
    pub source: String,
    /// How many items have each status.
    pub items: StatusCounts,
    /// Which items belong to which sub-indicator; what an item is worth hangs on it.
    pub structure: Standing,
    /// The instruments' shares.
    pub weights: Standing,
    /// The grades.
    pub grades: Standing,
    /// The national target.
    pub target: Standing,
}
