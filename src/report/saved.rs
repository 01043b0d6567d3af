//! A saved report, read with distrust: it may be of another version, changed by hand, or no report at all.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::clean::clean;
use crate::model::{REPORT_SCHEMA, Report};

/// Why a text is no report that can be used, in words that say what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NotAReport(String);

#[derive(Deserialize)]
struct Head {
    schema: Option<String>,
}

/// Reads the JSON of a saved report.
pub fn read(json: &[u8]) -> Result<Report, NotAReport> {
    let json = json.strip_prefix(b"\xef\xbb\xbf").unwrap_or(json);
    let head: Head = serde_json::from_slice(json)
        .map_err(|error| NotAReport(format!("it is not the JSON of a report: {}", clean(&error.to_string()))))?;
    match head.schema.as_deref() {
        Some(REPORT_SCHEMA) => {}
        Some(other) => {
            let other: String = clean(other).chars().take(60).collect();
            return Err(NotAReport(format!(
                "its schema is `{other}`; this version of oit-audit reads `{REPORT_SCHEMA}`"
            )));
        }
        None => {
            return Err(NotAReport(format!(
                "it names no schema, so it is no report; `oit-audit check … --format json=FILE` writes one (`{REPORT_SCHEMA}`)"
            )));
        }
    }
    let report: Report = serde_json::from_slice(json)
        .map_err(|error| NotAReport(format!("it is no sound report: {}", clean(&error.to_string()))))?;
    match fault(&report) {
        Some(fault) => Err(NotAReport(format!("it is no sound report: {fault}"))),
        None => Ok(report),
    }
}

/// What no run of this program would have written.
fn fault(report: &Report) -> Option<String> {
    if !(2500..=2600).contains(&report.fiscal_year.buddhist()) {
        return Some(format!("its fiscal year is {}", report.fiscal_year));
    }
    let mut seen = BTreeSet::new();
    for item in &report.items {
        let id = &item.id;
        if !seen.insert(id) {
            return Some(format!("it has item {id} twice"));
        }
        if !matches!(item.likely_score, 0 | 100) || !matches!(item.score, None | Some(0 | 100)) {
            return Some(format!("the score of {id} is neither 100 nor 0"));
        }
        if item.score.is_some_and(|score| score != item.likely_score) {
            return Some(format!("the scores of {id} contradict each other"));
        }
        if item.confidence.is_some_and(|confidence| !(0.0..=1.0).contains(&confidence)) {
            return Some(format!("the confidence of {id} is not from 0 to 1"));
        }
    }
    let score = &report.score;
    let all = [score.oit.predicted, score.oit.low, score.oit.high];
    let ita = score.ita.iter().flat_map(|ita| [ita.predicted, ita.low, ita.high]);
    let parts = score.indicators.values().chain(score.sub_indicators.values()).copied();
    let mut scores = all.into_iter().chain(ita).chain(parts).flatten();
    scores.any(|points| !(0.0..=100.0).contains(&points.0)).then(|| "a score is not from 0 to 100".to_owned())
}
