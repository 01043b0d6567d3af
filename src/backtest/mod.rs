//! Floor 3: a prediction beside the announced result, item by item and score by score; pure.

mod calibration;
mod consistent;
#[cfg(test)]
mod tests;

use indexmap::IndexMap;

use crate::config::Official;
use crate::model::{
    Agreement, BACKTEST_SCHEMA, Backtest, BacktestTally, Comparison, ItemComparison, ItemId, ItemResult, Level, Points,
    Report, ScoreComparison, ScoreComparisons, Text, Totals, Verdict,
};
use crate::thai;

/// A report and an official result that are to be compared, with the names of their files.
#[derive(Debug, Clone, Copy)]
pub struct Pair<'a> {
    /// The prediction.
    pub report: &'a Report,
    /// The file that it is from.
    pub report_file: &'a str,
    /// The announced result.
    pub official: &'a Official,
    /// The file that it is from.
    pub official_file: &'a str,
}

/// The JSON Schema of a backtest.
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(Backtest).to_value()
}

/// What names an agency and a year, however it is spaced or composed.
pub fn key(agency: &str, year: u16) -> (String, u16) {
    let normal = thai::normalize(agency);
    (normal.split_whitespace().collect::<Vec<_>>().join(" "), year)
}

impl Pair<'_> {
    /// Why the two are not of one agency and year; `None` if they are.
    pub fn mismatch(&self) -> Option<String> {
        let (report, official) = (self.report, self.official);
        if report.fiscal_year != official.fiscal_year {
            return Some(format!(
                "the report is of fiscal year {}, the official result of {}",
                report.fiscal_year, official.fiscal_year
            ));
        }
        let names = [&report.agency.name, &official.agency];
        let [predicted, announced] = names.map(|name| key(name, official.fiscal_year.buddhist()));
        (predicted != announced)
            .then(|| format!("the report is of «{}», the official result of «{}»", names[0], names[1]))
    }
}

/// Compares predictions with announced results.
pub fn compare(pairs: &[Pair<'_>]) -> Backtest {
    let agencies: Vec<Comparison> = pairs.iter().map(comparison).collect();
    Backtest {
        schema: BACKTEST_SCHEMA.to_owned(),
        tool_version: env!("CARGO_PKG_VERSION").to_owned(),
        totals: totals(&agencies),
        calibration: calibration::of(agencies.iter().flat_map(|agency| &agency.items)),
        agencies,
    }
}

fn comparison(pair: &Pair<'_>) -> Comparison {
    let Pair { report, official, .. } = pair;
    let mut items: Vec<ItemComparison> = report.items.iter().map(|item| predicted(item, official)).collect();
    let unpredicted = official.items.keys().filter(|id| report.items.iter().all(|item| item.id != **id));
    items.extend(unpredicted.map(|id| not_predicted(id, official)));
    let mut notes = Vec::new();
    if !report.complete {
        notes.push(Text::new(
            "การตรวจครั้งนั้นไม่สมบูรณ์ จึงไม่มีคะแนนคาดการณ์",
            "That audit was not complete, so there is no predicted score.",
        ));
    }
    notes.extend(consistent::doubts(&report.rules, official));
    Comparison {
        agency: official.agency.clone(),
        fiscal_year: official.fiscal_year,
        report: pair.report_file.to_owned(),
        official: pair.official_file.to_owned(),
        source: official.source.clone(),
        tally: tally(&items),
        scores: scores(report, official),
        items,
        notes,
    }
}

fn predicted(item: &ItemResult, official: &Official) -> ItemComparison {
    let announced = official.items.get(&item.id);
    let right = announced.map(|announced| announced.score == item.likely_score);
    let agreement = match (right, item.verdict) {
        (None, _) => Agreement::NotCompared,
        (Some(true), Verdict::Review) => Agreement::ReviewRight,
        (Some(false), Verdict::Review) => Agreement::ReviewWrong,
        (Some(true), _) => Agreement::Agree,
        (Some(false), Verdict::Fail) => Agreement::FalseFail,
        (Some(false), Verdict::Pass | Verdict::Advice) => Agreement::FalsePass,
    };
    let said = item.reasons.iter().filter(|reason| reason.level != Level::Info);
    let mut comments: Vec<Text> = Vec::new();
    for comment in said.map(|reason| Text::new(reason.message.clone(), reason.message_en.clone())) {
        if !comments.contains(&comment) {
            comments.push(comment);
        }
    }
    ItemComparison {
        id: item.id.clone(),
        name: item.name.clone(),
        name_en: item.name_en.clone(),
        verdict: Some(item.verdict),
        likely_score: Some(item.likely_score),
        confidence: item.confidence,
        official_score: announced.map(|announced| announced.score),
        agreement,
        comments,
        official_comment: announced.and_then(|announced| announced.comment.clone()),
    }
}

fn not_predicted(id: &ItemId, official: &Official) -> ItemComparison {
    let announced = official.items.get(id);
    ItemComparison {
        id: id.clone(),
        name: String::new(),
        name_en: String::new(),
        verdict: None,
        likely_score: None,
        confidence: None,
        official_score: announced.map(|announced| announced.score),
        agreement: Agreement::NotCompared,
        comments: Vec::new(),
        official_comment: announced.and_then(|announced| announced.comment.clone()),
    }
}

fn tally(items: &[ItemComparison]) -> BacktestTally {
    let mut tally = BacktestTally::default();
    for item in items {
        let of = match item.agreement {
            Agreement::Agree => &mut tally.agree,
            Agreement::FalseFail => &mut tally.false_fail,
            Agreement::FalsePass => &mut tally.false_pass,
            Agreement::ReviewRight => &mut tally.review_right,
            Agreement::ReviewWrong => &mut tally.review_wrong,
            Agreement::NotCompared => &mut tally.not_compared,
        };
        *of += 1;
        tally.compared += u64::from(item.agreement != Agreement::NotCompared);
    }
    tally
}

fn beside(predicted: Option<Points>, official: Option<f64>) -> ScoreComparison {
    let error = predicted.zip(official).map(|(Points(predicted), official)| {
        // Both as they are printed: an error of rounding is none.
        Points(Points(predicted).rounded() - Points(official).rounded())
    });
    ScoreComparison { predicted, official: official.map(Points), error }
}

/// The scores side by side; where an announced one is not in the file, it follows from the announced items.
fn scores(report: &Report, official: &Official) -> ScoreComparisons {
    let (predicted, announced) = (&report.score, &official.scores);
    let reckoned = consistent::reckoned(&report.rules, official);
    let by_number = |predicted: &IndexMap<String, Option<Points>>,
                     announced: &IndexMap<String, f64>,
                     reckoned: &IndexMap<String, Option<Points>>| {
        let numbers = predicted.keys().chain(announced.keys().filter(|number| !predicted.contains_key(*number)));
        let of = |number: &String| {
            let points = |of: &IndexMap<String, Option<Points>>| of.get(number).copied().flatten();
            let official = announced.get(number).copied().or_else(|| points(reckoned).map(|points| points.0));
            (number.clone(), beside(points(predicted), official))
        };
        numbers.map(of).collect()
    };
    let oit = announced.oit.or_else(|| reckoned.oit.predicted.map(|points| points.0));
    ScoreComparisons {
        oit: beside(predicted.oit.predicted, oit),
        indicators: by_number(&predicted.indicators, &announced.indicators, &reckoned.indicators),
        sub_indicators: by_number(&predicted.sub_indicators, &announced.sub_indicators, &reckoned.sub_indicators),
        ita: beside(predicted.ita.as_ref().and_then(|ita| ita.predicted), announced.ita),
        grade: predicted.ita.as_ref().and_then(|ita| ita.grade.clone()),
        official_grade: announced.grade.clone(),
    }
}

fn totals(agencies: &[Comparison]) -> Totals {
    let mut tally = BacktestTally::default();
    for one in agencies.iter().map(|agency| agency.tally) {
        tally.compared += one.compared;
        tally.agree += one.agree;
        tally.false_fail += one.false_fail;
        tally.false_pass += one.false_pass;
        tally.review_right += one.review_right;
        tally.review_wrong += one.review_wrong;
        tally.not_compared += one.not_compared;
    }
    let errors: Vec<f64> = agencies.iter().filter_map(|agency| agency.scores.oit.error).map(|error| error.0).collect();
    Totals {
        agencies: agencies.len() as u64,
        tally,
        oit_error: crate::score::mean(errors.iter().map(|error| error.abs())).map(Points),
        oit_bias: crate::score::mean(errors).map(Points),
    }
}
