//! The grades of a year, and which of them scores earn.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Lang, Points, ScoreRules};

/// A grade and the least scores that earn it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GradeBand {
    /// The grade.
    pub grade: String,
    /// The grade in English, where it is a word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade_en: Option<String>,
    /// The least ITA score that earns it.
    pub from: f64,
    /// The least score of each of the three instruments (IIT, EIT, OIT) that earns it, where the year demands one. Whoever
    /// misses it has the next grade below that is earned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub each_from: Option<f64>,
}

impl GradeBand {
    /// Its name in a language.
    pub fn name(&self, lang: Lang) -> &str {
        match (lang, &self.grade_en) {
            (Lang::En, Some(english)) => english,
            _ => &self.grade,
        }
    }
}

/// Whether OIT does its part for a grade that demands a least score of each instrument.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GradeCondition {
    /// The grade. It also needs the total and the other two instruments.
    pub grade: String,
    /// The least OIT score for it.
    pub oit_from: Points,
    /// Whether the likely OIT score reaches it; unknown where that score is.
    pub met: Option<bool>,
}

impl ScoreRules {
    /// The band of an ITA score, as printed (two decimals), and of the scores of the instruments. Where those are unknown,
    /// it is told only if they make no difference.
    pub fn band(&self, total: Points, instruments: Option<[Points; 3]>) -> Option<&GradeBand> {
        for band in self.grades.iter().filter(|band| total.rounded() >= band.from) {
            let Some(least) = band.each_from else { return Some(band) };
            if instruments?.iter().all(|score| score.rounded() >= least) {
                return Some(band);
            }
        }
        None
    }

    /// What each grade demands of OIT alone, the best first; empty where grades go by the total.
    pub fn grade_conditions(&self, oit: Option<Points>) -> Vec<GradeCondition> {
        let condition = |band: &GradeBand| {
            let least = band.each_from?;
            let met = oit.map(|oit| oit.rounded() >= least);
            Some(GradeCondition { grade: band.grade.clone(), oit_from: Points(least), met })
        };
        self.grades.iter().filter_map(condition).collect()
    }
}
