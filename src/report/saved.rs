//! A saved report, read with distrust: it may be of another version, changed by hand, or no report at all.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::clean::clean;
use crate::model::{REPORT_SCHEMA, Range, Report, SurveyScores};

/// Why a text is no report that can be used, in words that say what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NotAReport(String);

/// How to come by a report.
const WRITE: &str = "`oit-audit check AGENCY.yaml --format json=FILE` writes one";

#[derive(Deserialize)]
struct Head {
    schema: Option<String>,
}

/// Reads the JSON of a saved report.
pub fn read(json: &[u8]) -> Result<Report, NotAReport> {
    let json = json.strip_prefix(b"\xef\xbb\xbf").unwrap_or(json);
    let head: Head = serde_json::from_slice(json).map_err(|error| {
        NotAReport(format!("it is not the JSON of a report: {}; {WRITE}", clean(&error.to_string())))
    })?;
    match head.schema.as_deref() {
        Some(REPORT_SCHEMA) => {}
        Some(other) => {
            let other: String = clean(other).chars().take(60).collect();
            return Err(NotAReport(format!(
                "its schema is `{other}`; this version of oit-audit reads `{REPORT_SCHEMA}`"
            )));
        }
        None => {
            return Err(NotAReport(format!("it names no schema, so it is no report; {WRITE} (`{REPORT_SCHEMA}`)")));
        }
    }
    let report: Report = serde_json::from_slice(json)
        .map_err(|error| NotAReport(format!("it is no sound report: {}; {WRITE}", short(&error.to_string()))))?;
    match fault(&report) {
        Some(fault) => Err(NotAReport(format!("it is no sound report: {fault}; {WRITE}"))),
        None => Ok(report),
    }
}

/// What a parser says, as far as it helps: it may list every word that it would have taken.
fn short(error: &str) -> String {
    let said = clean(error);
    match said.split_once(", expected one of ") {
        Some((said, rest)) => format!("{said}{}", rest.rfind(" at line ").map_or("", |at| &rest[at..])),
        None => said,
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
    if report.items.is_empty() {
        return Some("it has no items".to_owned());
    }
    if !(2000..=2200).contains(&report.finished_at.year()) {
        return Some(format!("it is of the year {}", report.finished_at.year()));
    }
    numbers(report)
}

/// The same of its numbers.
fn numbers(report: &Report) -> Option<String> {
    let score = &report.score;
    let ita = score.ita.as_ref().map(|ita| Range { predicted: ita.predicted, low: ita.low, high: ita.high });
    if let Some(SurveyScores { iit, eit }) = &report.survey {
        let names = &report.rules.survey;
        if iit.len() != names.iit.len() || eit.len() != names.eit.len() {
            return Some("the scores of the surveys do not go with their indicators".to_owned());
        }
    }
    let survey = report.survey.iter().flat_map(|survey| survey.iit.iter().chain(&survey.eit)).copied();
    let fixes = report.fixes.iter().flat_map(|fix| [fix.oit_gain, fix.ita_gain, fix.oit_loss, fix.ita_loss]);
    let path = report.path.iter().flat_map(|path| [path.target, path.oit]);
    let all = [score.oit.predicted, score.oit.low, score.oit.high];
    let totals = score.ita.iter().flat_map(|ita| [ita.predicted, ita.low, ita.high]);
    let parts = score.indicators.values().chain(score.sub_indicators.values()).copied();
    let mut scores = all.into_iter().chain(totals).chain(parts).flatten().chain(survey).chain(fixes).chain(path);
    if scores.any(|points| !(0.0..=100.0).contains(&points.0)) {
        return Some("a score is not from 0 to 100".to_owned());
    }
    for Range { predicted, low, high } in [Some(score.oit), ita].into_iter().flatten() {
        if low > predicted || predicted > high {
            return Some("a score is not within its own bounds".to_owned());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::read;
    use crate::report::fixture;

    #[test]
    fn numbers_that_no_run_would_have_written_are_refused() {
        let sound = serde_json::to_value(fixture::report()).unwrap();
        assert!(read(sound.to_string().as_bytes()).is_ok());
        let changes: [(&str, Value, &str); 8] = [
            ("/survey/iit/0", json!(1e308), "a score is not from 0 to 100"),
            ("/survey/eit", json!([-1]), "do not go with their indicators"),
            ("/fixes/0/oit_gain", json!(1e300), "a score is not from 0 to 100"),
            ("/score/oit/low", json!(99), "not within its own bounds"),
            ("/score/ita/high", json!(1), "not within its own bounds"),
            ("/finished_at", json!("0000-01-01T00:00:00+07:00"), "of the year 0"),
            ("/items", json!([]), "it has no items"),
            ("/items/0/verdict", json!("maybe"), "unknown variant"),
        ];
        for (at, value, said) in changes {
            let mut report = sound.clone();
            *report.pointer_mut(at).unwrap() = value;
            let error = read(report.to_string().as_bytes()).unwrap_err().to_string();
            assert!(error.contains(said) && error.ends_with("--format json=FILE` writes one"), "{at}: {error}");
        }
    }
}
