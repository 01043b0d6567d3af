//! Floor 2: verdicts to scores, as the NACC reckons them, and what each fix would gain.
//!
//! An item scores 100 or 0. A sub-indicator is the mean of its items, an indicator the mean of its sub-indicators, OIT
//! the mean of its indicators: not a mean over all items, so items of small sub-indicators weigh more (verified on the
//! published results of fiscal years 2563 and 2564, which are the tests of this module).

mod gain;
mod path;

use std::collections::BTreeMap;

use indexmap::IndexMap;

use crate::model::{IndicatorInfo, ItaScore, ItemId, Points, Range, Score, ScoreRules, SubIndicatorInfo};

pub use gain::{Gain, gains};
pub use path::path_to;

/// What an item scores: for sure, or between bounds while it is under review.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ItemScore {
    /// The least that it may score.
    pub low: u8,
    /// The likelier score.
    pub likely: u8,
    /// The most that it may score.
    pub high: u8,
}

impl ItemScore {
    /// A score that is decided.
    pub fn sure(points: u8) -> Self {
        Self { low: points, likely: points, high: points }
    }

    /// An item under review that leans one way.
    pub fn review(likely_met: bool) -> Self {
        Self { low: 0, likely: if likely_met { 100 } else { 0 }, high: 100 }
    }
}

/// The items' scores; an item that is not in it was not assessed, and what is above it is unknown.
pub type ItemScores = BTreeMap<ItemId, ItemScore>;

/// Known or expected scores of the survey indicators.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SurveyMeans {
    /// The mean of the IIT indicators.
    pub iit: f64,
    /// The mean of the EIT indicators.
    pub eit: f64,
}

/// The mean of some numbers; unknown where there are none.
pub fn mean(values: impl IntoIterator<Item = f64>) -> Option<f64> {
    mean_of(values.into_iter().map(Some))
}

/// The mean, unknown where any value is.
fn mean_of(values: impl IntoIterator<Item = Option<f64>>) -> Option<f64> {
    let (mut sum, mut count) = (0.0, 0.0);
    for value in values {
        sum += value?;
        count += 1.0;
    }
    (count > 0.0).then(|| sum / count)
}

fn sub_indicator(sub: &SubIndicatorInfo, score: &impl Fn(&ItemId) -> Option<u8>) -> Option<f64> {
    mean_of(sub.items.iter().map(|item| score(item).map(f64::from)))
}

fn indicator(indicator: &IndicatorInfo, score: &impl Fn(&ItemId) -> Option<u8>) -> Option<f64> {
    mean_of(indicator.sub_indicators.iter().map(|sub| sub_indicator(sub, score)))
}

/// The OIT score; unknown where any item's is.
pub fn oit(rules: &ScoreRules, score: impl Fn(&ItemId) -> Option<u8>) -> Option<f64> {
    mean_of(rules.indicators.iter().map(|i| indicator(i, &score)))
}

/// The whole-ITA score.
pub fn ita(rules: &ScoreRules, survey: SurveyMeans, oit: f64) -> f64 {
    rules.weights.iit * survey.iit + rules.weights.eit * survey.eit + rules.weights.oit * oit
}

/// The grade of an OIT score beside those of the surveys; unknown where the year has none that is earned.
pub fn grade(rules: &ScoreRules, survey: SurveyMeans, oit: f64) -> Option<&str> {
    let instruments = [survey.iit, survey.eit, oit].map(Points);
    rules.band(Points(ita(rules, survey, oit)), Some(instruments)).map(|band| band.grade.as_str())
}

/// All scores of an audit.
pub fn score(rules: &ScoreRules, items: &ItemScores, survey: Option<SurveyMeans>) -> Score {
    let likely = |id: &ItemId| items.get(id).map(|s| s.likely);
    let bounds = [
        oit(rules, likely),
        oit(rules, |id| items.get(id).map(|s| s.low)),
        oit(rules, |id| items.get(id).map(|s| s.high)),
    ];
    let [predicted, low, high] = bounds.map(|value| value.map(Points));
    let mut indicators = IndexMap::new();
    let mut sub_indicators = IndexMap::new();
    for entry in &rules.indicators {
        indicators.insert(entry.id.clone(), indicator(entry, &likely).map(Points));
        for sub in &entry.sub_indicators {
            sub_indicators.insert(sub.id.clone(), sub_indicator(sub, &likely).map(Points));
        }
    }
    let whole = survey.map(|survey| {
        let [grade, grade_low, grade_high] =
            bounds.map(|value| value.and_then(|oit| grade(rules, survey, oit)).map(str::to_owned));
        let other = |bound: Option<String>| bound.filter(|bound| grade.as_ref() != Some(bound));
        let (grade_low, grade_high) = (other(grade_low), other(grade_high));
        let [predicted, low, high] = bounds.map(|value| value.map(|oit| Points(ita(rules, survey, oit))));
        ItaScore { predicted, low, high, grade, grade_low, grade_high }
    });
    let grade_conditions = rules.grade_conditions(predicted);
    Score { oit: Range { predicted, low, high }, indicators, sub_indicators, ita: whole, grade_conditions }
}

#[cfg(test)]
mod tests;
