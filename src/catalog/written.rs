//! A catalogue as it is written in a file: what it leaves out it takes from another year's.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_yaml::Spanned;

use super::{Examples, SurveyIndicators};
use crate::checks::{CheckSpec, RuleStatus};
use crate::model::{CatalogStatus, FiscalYear, GradeBand, ItemId, Text, Weights};
use crate::thai::Phrase;

/// The rules of a fiscal year. What is not written is taken from the catalogue that `like` names.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Catalog")]
pub(super) struct Written {
    /// The fiscal year, Buddhist era.
    pub(super) fiscal_year: FiscalYear,
    /// How far its items, structure and scoring are verified.
    pub(super) status: CatalogStatus,
    /// Where they are from.
    pub(super) source: String,
    /// The built-in catalogue from which everything is taken that is not written here.
    #[serde(default)]
    #[schemars(with = "Option<LikeYear>")]
    pub(super) like: Option<Spanned<LikeYear>>,
    /// How far it is verified which items belong to which sub-indicator; what an item is worth hangs on it. Where it is not
    /// written, that of a verified catalogue is verified, and that of another is not.
    #[serde(default)]
    pub(super) structure_status: Option<RuleStatus>,
    /// Where the structure is from; the catalogue's source where it is not written.
    #[serde(default)]
    pub(super) structure_source: Option<String>,
    /// The instruments' shares in ITA.
    #[serde(default)]
    pub(super) weights: Option<Weights>,
    /// How far the shares are verified.
    #[serde(default)]
    pub(super) weights_status: Option<RuleStatus>,
    /// Where the shares are from.
    #[serde(default)]
    pub(super) weights_source: Option<String>,
    /// The grades, best first.
    #[serde(default)]
    pub(super) grades: Option<Vec<GradeBand>>,
    /// How far the grades are verified.
    #[serde(default)]
    pub(super) grades_status: Option<RuleStatus>,
    /// Where the grades are from.
    #[serde(default)]
    pub(super) grades_source: Option<String>,
    /// The national target.
    #[serde(default)]
    pub(super) target: Option<f64>,
    /// How far the target is verified.
    #[serde(default)]
    pub(super) target_status: Option<RuleStatus>,
    /// Where the target is from.
    #[serde(default)]
    pub(super) target_source: Option<String>,
    /// The indicators of the two surveys.
    #[serde(default)]
    pub(super) survey: Option<SurveyIndicators>,
    /// The indicators of OIT, with their items.
    #[serde(default)]
    pub(super) indicators: Option<Vec<WrittenIndicator>>,
    /// Where the indicators are taken from another catalogue: the items that differ from it, each known by its identifier.
    #[serde(default)]
    pub(super) items: Vec<WrittenItem>,
}

/// From which year a catalogue takes what it does not write itself.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct LikeYear {
    /// The fiscal year of a built-in catalogue. With the catalogue's own year, its rules are taken as they are; with another,
    /// they are at most `derived`, and their sources name that year.
    pub(super) year: FiscalYear,
    /// How far it is verified that the items are those of that year.
    #[serde(default)]
    pub(super) status: Option<RuleStatus>,
    /// Where that is from; needed for another year.
    #[serde(default)]
    pub(super) source: Option<String>,
    /// That the criteria are the same too is known from the source, so that the rules keep their status.
    #[serde(default)]
    pub(super) same_criteria: bool,
}

/// An indicator (ตัวชี้วัด).
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Indicator")]
pub(super) struct WrittenIndicator {
    /// Its number.
    pub(super) id: String,
    /// Its name.
    pub(super) name: Text,
    /// Its sub-indicators.
    pub(super) sub_indicators: Vec<WrittenSubIndicator>,
}

/// A sub-indicator (ตัวชี้วัดย่อย).
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "SubIndicator")]
pub(super) struct WrittenSubIndicator {
    /// Its number.
    pub(super) id: String,
    /// Its name.
    pub(super) name: Text,
    /// Its items.
    pub(super) items: Vec<WrittenItem>,
}

/// An item (ประเด็นการตรวจ). What is not written is taken from the item that `like` names; without `like`, the name, group,
/// status, source and checks must be written.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Item")]
pub(super) struct WrittenItem {
    /// Its identifier.
    pub(super) id: ItemId,
    /// The item of another year whose other names, words on what to publish, examples and checks of links and pages it takes.
    #[serde(default)]
    #[schemars(with = "Option<LikeItem>")]
    pub(super) like: Option<Spanned<LikeItem>>,
    /// Its name.
    #[serde(default)]
    pub(super) name: Option<Text>,
    /// The heading that it stands under.
    #[serde(default)]
    pub(super) group: Option<Text>,
    /// How far its name and place are verified.
    #[serde(default)]
    pub(super) status: Option<RuleStatus>,
    /// Where they are from.
    #[serde(default)]
    pub(super) source: Option<String>,
    /// Other names that agencies use for it.
    #[serde(default)]
    pub(super) also: Option<Vec<Phrase>>,
    /// What the agency has to publish, as the object of a sentence that begins with «publish»; the item's name where there
    /// is none.
    #[serde(default)]
    pub(super) publish: Option<Text>,
    /// What passes and what does not.
    #[serde(default)]
    pub(super) examples: Option<Examples>,
    /// What an assessor looks for. A check that is written takes the place of those of its kind that are taken from `like`.
    #[serde(default)]
    pub(super) checks: Vec<CheckSpec>,
}

/// An item of a built-in catalogue. Comparisons with other items (`same_channel`, `depends_on`) are not taken from it,
/// because its neighbours have other numbers; they are written where they hold.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct LikeItem {
    /// The fiscal year of the built-in catalogue. With another year than the catalogue's own, what is taken is at most
    /// `derived`, and its sources name that year.
    pub(super) year: FiscalYear,
    /// The item.
    pub(super) item: ItemId,
    /// That the criteria are the same too is known from the item's source, so that the rules keep their status.
    #[serde(default)]
    pub(super) same_criteria: bool,
}
