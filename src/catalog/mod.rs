//! Floor 3: the rules of a fiscal year as data. A catalogue composes checks; it stands alone, as the legal text of its
//! year does.

mod builtin;
mod confidence;
mod explain;
mod like;
#[cfg(test)]
mod like_tests;
mod messages;
mod steps;
mod valid;
mod written;
#[cfg(test)]
mod year_tests;

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::checks::{CheckSpec, RuleStatus};
use crate::model::{
    CatalogInfo, CatalogStatus, FiscalYear, GradeBand, IndicatorInfo, ItemId, Points, ScoreRules, Standing,
    StatusCounts, SubIndicatorInfo, SurveyInfo, Text, Weights,
};
use crate::score::{self, ItemScore};
use crate::thai::Phrase;

pub use builtin::{builtin, builtin_years};
pub use confidence::Confidence;
pub use explain::{Demand, Ties};
pub use messages::{Blanks, Message, Messages};
pub use steps::Steps;

/// The rules of a fiscal year.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Catalog {
    /// The fiscal year, Buddhist era.
    pub fiscal_year: FiscalYear,
    /// How far its items, structure and scoring are verified.
    pub status: CatalogStatus,
    /// Where they are from.
    pub source: String,
    /// How far it is verified which items belong to which sub-indicator.
    pub structure: Standing,
    /// The instruments' shares in ITA.
    pub weights: Weights,
    /// How far the shares are verified.
    pub weights_standing: Standing,
    /// The grades, best first.
    pub grades: Vec<GradeBand>,
    /// How far the grades are verified.
    pub grades_standing: Standing,
    /// The national target.
    pub target: f64,
    /// How far the target is verified.
    pub target_standing: Standing,
    /// The indicators of the two surveys.
    pub survey: SurveyIndicators,
    /// The indicators of OIT.
    pub indicators: Vec<Indicator>,
}

/// The names of the survey indicators, in the order in which the agency file gives their scores.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SurveyIndicators {
    /// Of the survey inside the agency.
    pub iit: Vec<Text>,
    /// Of the survey outside it.
    pub eit: Vec<Text>,
    /// Where the names are from.
    pub source: String,
}

/// An indicator (ตัวชี้วัด).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Indicator {
    /// Its number.
    pub id: String,
    /// Its name.
    pub name: Text,
    /// Its sub-indicators.
    pub sub_indicators: Vec<SubIndicator>,
}

/// A sub-indicator (ตัวชี้วัดย่อย).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SubIndicator {
    /// Its number.
    pub id: String,
    /// Its name.
    pub name: Text,
    /// Its items.
    pub items: Vec<Item>,
}

/// An item (ประเด็นการตรวจ).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Item {
    /// Its identifier.
    pub id: ItemId,
    /// Its official name.
    pub name: Text,
    /// The heading that it stands under.
    pub group: Text,
    /// How far its name and place are verified.
    pub status: RuleStatus,
    /// Where they are from.
    pub source: String,
    /// Other names that agencies use for it.
    pub also: Vec<Phrase>,
    /// What the agency has to publish, as the object of a sentence that begins with «publish»; the item's name where there
    /// is none.
    pub publish: Option<Text>,
    /// What passes and what does not.
    pub examples: Option<Examples>,
    /// What an assessor looks for.
    pub checks: Vec<CheckSpec>,
}

/// An example of content that passes, and of content that does not, for whoever asks what an item demands. `{year}` stands
/// for the assessed fiscal year, `{previous}` for the one before, so that other years can take them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Examples {
    /// What passes.
    pub passes: Text,
    /// What does not, and why.
    pub fails: Text,
}

impl Examples {
    /// With the years of an assessment in them.
    #[must_use]
    pub fn filled(&self, year: FiscalYear) -> Self {
        let years = [("{year}", year.to_string()), ("{previous}", year.previous().to_string())];
        let fill = |text: &str| years.iter().fold(text.to_owned(), |text, (blank, year)| text.replace(blank, year));
        let both = |text: &Text| Text { th: fill(&text.th), en: fill(&text.en) };
        Self { passes: both(&self.passes), fails: both(&self.fails) }
    }
}

/// The points that one item carries.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Worth {
    /// Of OIT.
    pub oit: Points,
    /// Of ITA.
    pub ita: Points,
}

/// A catalogue that cannot be used, in words that say where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct CatalogError(String);

impl Catalog {
    /// Reads a catalogue and looks whether it is sound.
    pub fn parse(yaml: &str) -> Result<Self, CatalogError> {
        Self::parse_with(yaml, &builtin::lookup)
    }

    /// The same, with what it may take rules from.
    fn parse_with(yaml: &str, lookup: like::Lookup<'_>) -> Result<Self, CatalogError> {
        let written = serde_yaml::from_str(yaml).map_err(|error| CatalogError(error.to_string()))?;
        let catalog = like::resolve(written, lookup).map_err(|faults| CatalogError(faults.join("\n")))?;
        let faults = valid::faults(&catalog);
        if faults.is_empty() { Ok(catalog) } else { Err(CatalogError(faults.join("\n"))) }
    }

    /// The items, in official order.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.indicators.iter().flat_map(|i| &i.sub_indicators).flat_map(|s| &s.items)
    }

    /// The item of that identifier.
    pub fn item(&self, id: &ItemId) -> Option<&Item> {
        self.items().find(|item| item.id == *id)
    }

    /// The sub-indicator that each item belongs to.
    pub fn places(&self) -> IndexMap<&ItemId, &SubIndicator> {
        let subs = self.indicators.iter().flat_map(|indicator| &indicator.sub_indicators);
        subs.flat_map(|sub| sub.items.iter().map(move |item| (&item.id, sub))).collect()
    }

    /// The items that must be met before each one can be, where that is verified to decide it.
    pub fn prerequisites(&self, item: &Item) -> Vec<ItemId> {
        item.checks
            .iter()
            .filter_map(|check| match check {
                CheckSpec::DependsOn(on) if on.if_unmet == crate::checks::IfNot::Fail => Some(on.item.clone()),
                _ => None,
            })
            .collect()
    }

    /// What an item is worth; `None` if there is no such item.
    pub fn worth(&self, id: &ItemId) -> Option<Worth> {
        let zeros = self.items().map(|item| (item.id.clone(), ItemScore::sure(0))).collect();
        let gains = score::gains(&self.rules(), &zeros);
        gains
            .into_iter()
            .find(|gain| gain.item == *id)
            .map(|gain| Worth { oit: Points(gain.oit), ita: Points(gain.ita) })
    }

    /// What it says of itself, for a report.
    pub fn info(&self, own: bool) -> CatalogInfo {
        let mut items = StatusCounts::default();
        for item in self.items() {
            items.add(item.status);
        }
        CatalogInfo {
            own,
            source: self.source.clone(),
            items,
            structure: self.structure.clone(),
            weights: self.weights_standing.clone(),
            grades: self.grades_standing.clone(),
            target: self.target_standing.clone(),
        }
    }

    /// The rules of scoring, for a report.
    pub fn rules(&self) -> ScoreRules {
        let sub = |sub: &SubIndicator| SubIndicatorInfo {
            id: sub.id.clone(),
            name: sub.name.clone(),
            items: sub.items.iter().map(|item| item.id.clone()).collect(),
        };
        let indicator = |indicator: &Indicator| IndicatorInfo {
            id: indicator.id.clone(),
            name: indicator.name.clone(),
            sub_indicators: indicator.sub_indicators.iter().map(sub).collect(),
        };
        ScoreRules {
            indicators: self.indicators.iter().map(indicator).collect(),
            survey: SurveyInfo { iit: self.survey.iit.clone(), eit: self.survey.eit.clone() },
            weights: self.weights,
            grades: self.grades.clone(),
            target: self.target,
        }
    }
}

/// The JSON Schema of a catalogue.
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(written::Written).to_value()
}
