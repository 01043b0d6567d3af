//! A prediction beside the announced result, as published in JSON.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{FiscalYear, ItemId, Points, Text, Verdict};

/// The name and version of the JSON format.
pub const BACKTEST_SCHEMA: &str = "oit-audit/backtest/1";

/// What a prediction for one item came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Agreement {
    /// The verdict is the announced one.
    Agree,
    /// The verdict is a fail, and the item was given 100: it costs an officer a day.
    FalseFail,
    /// The verdict is a pass, and the item was given 0: it costs the agency its score.
    FalsePass,
    /// Left to a person, and leaned to the announced side.
    ReviewRight,
    /// Left to a person, and leaned to the other side.
    ReviewWrong,
    /// In one of the two files only.
    NotCompared,
}

/// How many items came to what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Tally {
    /// Items in both files.
    pub compared: u64,
    /// Those whose verdict is the announced one.
    pub agree: u64,
    /// Those that were failed, and were given 100.
    pub false_fail: u64,
    /// Those that were passed, and were given 0.
    pub false_pass: u64,
    /// Those left to a person that leaned to the announced side.
    pub review_right: u64,
    /// Those left to a person that leaned to the other side.
    pub review_wrong: u64,
    /// Items in one of the two files only.
    pub not_compared: u64,
}

/// One item, predicted and announced.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ItemComparison {
    /// The item.
    pub id: ItemId,
    /// Its official name.
    pub name: String,
    /// Its name in English.
    pub name_en: String,
    /// The predicted verdict.
    pub verdict: Option<Verdict>,
    /// The predicted score: that of the verdict, or for a review that of the side that it leans to.
    pub likely_score: Option<u8>,
    /// How sure the prediction was, 0 to 1.
    pub confidence: Option<f64>,
    /// The announced score.
    pub official_score: Option<u8>,
    /// What the prediction came to.
    pub agreement: Agreement,
    /// The predicted comments.
    pub comments: Vec<Text>,
    /// The assessors' comment.
    pub official_comment: Option<String>,
}

/// A score, predicted and announced; the error is the prediction less the announcement.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct ScoreComparison {
    /// The predicted score.
    pub predicted: Option<Points>,
    /// The announced score.
    pub official: Option<Points>,
    /// Predicted less announced; unknown where either is.
    pub error: Option<Points>,
}

/// The scores, predicted and announced.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct ScoreComparisons {
    /// OIT.
    pub oit: ScoreComparison,
    /// Indicators, by number.
    pub indicators: IndexMap<String, ScoreComparison>,
    /// Sub-indicators, by number.
    pub sub_indicators: IndexMap<String, ScoreComparison>,
    /// The whole ITA.
    pub ita: ScoreComparison,
    /// The predicted grade.
    pub grade: Option<String>,
    /// The announced grade.
    pub official_grade: Option<String>,
}

/// One agency's prediction beside its announced result.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Comparison {
    /// The agency.
    pub agency: String,
    /// The fiscal year, Buddhist era.
    pub fiscal_year: FiscalYear,
    /// The file of the report.
    pub report: String,
    /// The file of the official result.
    pub official: String,
    /// Where the official result is from.
    pub source: String,
    /// How many items came to what.
    pub tally: Tally,
    /// The scores.
    pub scores: ScoreComparisons,
    /// The items, in the catalogue's order.
    pub items: Vec<ItemComparison>,
    /// What does not fit together in the official result, and what else to know.
    pub notes: Vec<Text>,
}

/// The predictions of one range of confidence.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Bin {
    /// The least confidence.
    pub from: f64,
    /// The greatest; of the last bin it is among it.
    pub to: f64,
    /// Predictions.
    pub count: u64,
    /// Their mean confidence; well calibrated, it is the share of right ones.
    pub confidence: Option<f64>,
    /// The share of right ones.
    pub right: Option<f64>,
}

/// How well the confidence of predictions tells how often they are right.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Calibration {
    /// Predictions with a confidence and an announced score.
    pub count: u64,
    /// The Brier score, the mean squared difference of the probability of 100 and what was announced: 0 is perfect, 0.25 is
    /// what even odds for every item get.
    pub brier: Option<f64>,
    /// By confidence.
    pub bins: Vec<Bin>,
}

/// All agencies together.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Totals {
    /// Agencies.
    pub agencies: u64,
    /// How many items came to what.
    pub tally: Tally,
    /// The mean size of the error in OIT, in points.
    pub oit_error: Option<Points>,
    /// The mean error in OIT: above 0, predictions are too high.
    pub oit_bias: Option<Points>,
}

/// Predictions beside announced results. Its JSON form is a published, versioned format.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Backtest {
    /// [`BACKTEST_SCHEMA`].
    pub schema: String,
    /// The version of the program.
    pub tool_version: String,
    /// All agencies together.
    pub totals: Totals,
    /// How well confidence is calibrated.
    pub calibration: Calibration,
    /// Each agency.
    pub agencies: Vec<Comparison>,
}
