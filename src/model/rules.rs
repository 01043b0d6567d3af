//! The year's rules of scoring as a report carries them, and the survey scores that it reckons with.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{GradeBand, ItemId, Points, Text};

/// A sub-indicator's names, for reports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SubIndicatorInfo {
    /// Its number.
    pub id: String,
    /// Its names.
    pub name: Text,
    /// Its items.
    pub items: Vec<ItemId>,
}

/// An indicator's names and parts, for reports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct IndicatorInfo {
    /// Its number.
    pub id: String,
    /// Its names.
    pub name: Text,
    /// Its sub-indicators.
    pub sub_indicators: Vec<SubIndicatorInfo>,
}

/// The shares of the three instruments in ITA; they add up to 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    /// The survey inside the agency.
    pub iit: f64,
    /// The survey outside it.
    pub eit: f64,
    /// The disclosure of data.
    pub oit: f64,
}

/// The names of the survey indicators, in the order in which the agency file gives their scores.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct SurveyInfo {
    /// Of the survey inside the agency.
    pub iit: Vec<Text>,
    /// Of the survey outside it.
    pub eit: Vec<Text>,
}

/// Known or expected scores of the survey indicators, as the agency file gives them.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct SurveyScores {
    /// Of the survey inside the agency.
    pub iit: Vec<Points>,
    /// Of the survey outside it.
    pub eit: Vec<Points>,
}

/// The year's rules of scoring, so that a saved report can be reckoned with by itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ScoreRules {
    /// Indicators, sub-indicators and items.
    pub indicators: Vec<IndicatorInfo>,
    /// The indicators of the surveys.
    #[serde(default)]
    pub survey: SurveyInfo,
    /// The instruments' shares.
    pub weights: Weights,
    /// The grades, best first.
    pub grades: Vec<GradeBand>,
    /// The national target.
    pub target: f64,
}
