//! The report: the result of an audit, self-contained, as published in JSON.

use std::fmt;

use indexmap::IndexMap;
use jiff::Zoned;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize, Serializer};
use url::Url;

use super::{
    CatalogInfo, Click, FiscalYear, GradeCondition, ItemId, Level, Memo, Place, ReasonCode, ScoreRules, Standing,
    SurveyScores, Text, Verdict,
};

/// The name and version of the JSON format.
pub const REPORT_SCHEMA: &str = "oit-audit/report/1";

/// A score or a difference of scores. It is exact inside the program and rounded half-up to two decimals wherever it
/// is printed, JSON included.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Points(pub f64);

impl Points {
    fn none() -> Self {
        Self(0.0)
    }

    /// Rounded half-up to two decimals, as the NACC prints scores.
    pub fn rounded(self) -> f64 {
        // The nudge keeps a half that binary fractions hold a hair too low (1.005) a half.
        let hundredths = (self.0.abs() * 100.0 + 0.5 + 1e-7).floor();
        (hundredths / 100.0).copysign(self.0)
    }
}

impl Serialize for Points {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.rounded())
    }
}

impl fmt::Display for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{:.2}", self.rounded()))
    }
}

/// A score with its bounds; all three are unknown together.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Range {
    /// The likely score.
    pub predicted: Option<Points>,
    /// The score if every item under review fails.
    pub low: Option<Points>,
    /// The score if every item under review passes.
    pub high: Option<Points>,
}

/// The whole-ITA forecast.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ItaScore {
    /// The likely score.
    pub predicted: Option<Points>,
    /// The score if every item under review fails.
    pub low: Option<Points>,
    /// The score if every item under review passes.
    pub high: Option<Points>,
    /// The grade of the likely score.
    pub grade: Option<String>,
    /// The grade if every item under review fails, where it is another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade_low: Option<String>,
    /// The grade if every item under review passes, where it is another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade_high: Option<String>,
}

/// The scores.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Score {
    /// OIT.
    pub oit: Range,
    /// The likely score of each indicator, by its number.
    pub indicators: IndexMap<String, Option<Points>>,
    /// The likely score of each sub-indicator, by its number.
    pub sub_indicators: IndexMap<String, Option<Points>>,
    /// The whole ITA; unknown without survey scores.
    pub ita: Option<ItaScore>,
    /// What the year's grades demand of OIT alone, the best grade first; not there in years whose grades go by the total.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grade_conditions: Vec<GradeCondition>,
}

/// The agency, as its file names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AgencyInfo {
    /// Its name.
    pub name: String,
    /// Its main website.
    pub website: Url,
    /// The agency file.
    pub file: String,
}

/// How far a year's catalogue has been compared with official sources.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum CatalogStatus {
    /// Items, structure and scoring are official.
    Verified,
    /// Some are second-hand.
    Partly,
}

/// A reason in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReasonEntry {
    /// The stable identifier.
    pub code: ReasonCode,
    /// How much it weighs.
    pub level: Level,
    /// The message in Thai, in the assessors' style.
    pub message: String,
    /// The message in English.
    pub message_en: String,
    /// The URL that it is about.
    pub url: Option<Url>,
    /// What was seen.
    pub evidence: Option<String>,
}

/// What was seen at one URL.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LinkResult {
    /// The URL, as submitted or as found on a page.
    pub url: String,
    /// The URL that answered, after redirects.
    pub final_url: Option<Url>,
    /// The HTTP status.
    pub status: Option<u16>,
    /// The kind of the body.
    pub kind: Option<String>,
    /// Bytes read.
    pub bytes: u64,
    /// Milliseconds taken.
    pub elapsed_ms: u64,
    /// The page's title.
    pub title: Option<String>,
    /// `opened`, or the last part of the reason code that says why not.
    pub outcome: String,
    /// Buddhist-era years in its own content.
    pub years: Vec<u16>,
    /// Where it stands in the agency file.
    pub place: Option<Place>,
    /// For a submitted link the clicks from the home page to it, none for the home page itself; unknown where no way was
    /// found or none was sought.
    #[serde(default)]
    pub path: Option<Vec<Click>>,
    /// The file with a picture of the page, where one is kept (`--screenshots`): its name in the folder of pictures.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub screenshot: Option<String>,
}

/// The result for one item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ItemResult {
    /// Its identifier.
    pub id: ItemId,
    /// Its official name.
    pub name: String,
    /// Its name in English.
    pub name_en: String,
    /// The sub-indicator that it belongs to.
    pub sub_indicator: String,
    /// The heading in the sub-indicator that the NACC prints it under.
    #[serde(default)]
    pub group: Text,
    /// Where it stands in the agency file; unknown where the file leaves it out.
    #[serde(default)]
    pub place: Option<Place>,
    /// How far it is verified that the year has this item in this place, and where that is from.
    #[serde(default)]
    pub standing: Standing,
    /// The verdict.
    pub verdict: Verdict,
    /// 100, 0, or unknown while it is under review.
    pub score: Option<u8>,
    /// The likelier score: that of the verdict, or for a review the side that it leans to.
    pub likely_score: u8,
    /// How sure this is, 0 to 1: of a pass or a fail that it is right, of a review that it turns out as `likely_score` says.
    /// Unknown in reports of versions that did not measure it.
    #[serde(default)]
    pub confidence: Option<f64>,
    /// Why; the weightiest first.
    pub reasons: Vec<ReasonEntry>,
    /// The submitted URLs.
    pub urls: Vec<LinkResult>,
    /// What was followed from them.
    pub documents: Vec<LinkResult>,
}

/// What putting one item right would gain.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Fix {
    /// The item.
    pub item: ItemId,
    /// Points of OIT.
    pub oit_gain: Points,
    /// Points of ITA.
    pub ita_gain: Points,
    /// Points of OIT that are lost if a person decides a review that leans to a pass against the agency; 0 otherwise.
    #[serde(default = "Points::none")]
    pub oit_loss: Points,
    /// The same in points of ITA.
    #[serde(default = "Points::none")]
    pub ita_loss: Points,
    /// Items that have to be right before this one can be.
    pub after: Vec<ItemId>,
    /// What to do.
    pub todo: Text,
    /// The officer's very next action.
    #[serde(default)]
    pub next_step: Text,
}

/// The shortest way to the target.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PathToTarget {
    /// The OIT score to reach.
    pub target: Points,
    /// The items to put right, in this order; empty where the target is met already.
    pub items: Vec<ItemId>,
    /// The predicted OIT score then.
    pub oit: Points,
}

/// What the run cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Stats {
    /// Requests sent.
    pub requests: u64,
    /// Bytes read.
    pub bytes: u64,
    /// Milliseconds from start to end.
    pub elapsed_ms: u64,
    /// Hosts opened.
    pub hosts: u64,
}

/// The result of an audit. Its JSON form is a published, versioned format.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Report {
    /// [`REPORT_SCHEMA`].
    pub schema: String,
    /// The version of the program.
    pub tool_version: String,
    /// The agency.
    pub agency: AgencyInfo,
    /// The fiscal year, Buddhist era.
    pub fiscal_year: FiscalYear,
    /// How far the catalogue is verified.
    pub catalog_status: CatalogStatus,
    /// The same part by part, with the sources.
    #[serde(default)]
    pub catalog: CatalogInfo,
    /// When gathering began.
    #[schemars(with = "String")]
    #[serde(with = "moment")]
    pub started_at: Zoned,
    /// When it ended.
    #[schemars(with = "String")]
    #[serde(with = "moment")]
    pub finished_at: Zoned,
    /// Every link could be judged: the run was not stopped, and a network was there.
    pub complete: bool,
    /// What the reader must know about the run as a whole.
    pub notes: Vec<Text>,
    /// The scores.
    pub score: Score,
    /// The scores of the surveys that the forecast of ITA is made with.
    #[serde(default)]
    pub survey: Option<SurveyScores>,
    /// The items, in the catalogue's order.
    pub items: Vec<ItemResult>,
    /// What each item put right would gain, best first.
    pub fixes: Vec<Fix>,
    /// The shortest way to the target, where there is one.
    pub path: Option<PathToTarget>,
    /// The rules that the scores follow.
    pub rules: ScoreRules,
    /// What the official memo says that is not in the report: the `memo` section of the agency file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub memo: Option<Memo>,
    /// What the run cost.
    pub stats: Stats,
}

/// Instants as RFC 3339 with an offset, as the contract prints them.
mod moment {
    use jiff::tz::TimeZone;
    use jiff::{Timestamp, Zoned};
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(moment: &Zoned, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&moment.strftime("%Y-%m-%dT%H:%M:%S%:z"))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Zoned, D::Error> {
        let text = String::deserialize(deserializer)?;
        let instant: Timestamp = text.parse().map_err(D::Error::custom)?;
        let offset = jiff::fmt::temporal::DateTimeParser::new()
            .parse_pieces(&text)
            .ok()
            .and_then(|pieces| pieces.to_numeric_offset());
        Ok(instant.to_zoned(offset.map_or(TimeZone::UTC, TimeZone::fixed)))
    }
}

#[cfg(test)]
mod tests {
    use super::Points;

    #[test]
    fn points_are_rounded_half_up() {
        for (exact, printed) in [
            (68.277_777, "68.28"),
            (1.005, "1.01"),
            (90.625, "90.63"),
            (86.5555, "86.56"),
            (-1.255, "-1.26"),
            (0.0, "0.00"),
        ] {
            assert_eq!(Points(exact).to_string(), printed);
        }
        assert_eq!(serde_json::to_string(&Points(200.0 / 3.0)).unwrap(), "66.67");
    }
}
