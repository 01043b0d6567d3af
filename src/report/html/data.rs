//! What the script of the page reckons with: the rules of the year and the scores of the items, nothing of a page's text.

use serde_json::{Value, json};

use super::words;
use crate::model::{Lang, Points, Report, Verdict};
use crate::report::view;
use crate::report::words as common;

/// The data, as the script reads it.
pub(super) fn of(report: &Report) -> Value {
    let rules = &report.rules;
    let indicators: Vec<Value> = rules
        .indicators
        .iter()
        .map(|indicator| {
            let subs: Vec<Value> =
                indicator.sub_indicators.iter().map(|sub| json!({"id": sub.id, "items": sub.items})).collect();
            json!({"id": indicator.id, "subs": subs})
        })
        .collect();
    // An item's least, likely and greatest score.
    let items: serde_json::Map<String, Value> = report
        .items
        .iter()
        .map(|item| {
            let [low, high] = match item.verdict {
                Verdict::Review => [0, 100],
                _ => [item.likely_score; 2],
            };
            (item.id.to_string(), json!([low, item.likely_score, high]))
        })
        .collect();
    let after: serde_json::Map<String, Value> =
        report.fixes.iter().map(|fix| (fix.item.to_string(), json!(fix.after))).collect();
    let grades: Vec<Value> = rules
        .grades
        .iter()
        .map(|band| {
            let [th, en] = [Lang::Th, Lang::En].map(|lang| view::grade(rules, &band.grade, lang));
            json!({"th": th, "en": en, "from": band.from, "each": band.each_from})
        })
        .collect();
    let exact = |scores: &[Points]| scores.iter().map(|score| score.0).collect::<Vec<f64>>();
    let survey = report.survey.as_ref().map(|survey| json!({"iit": exact(&survey.iit), "eit": exact(&survey.eit)}));
    let both = |phrase: common::Phrase| json!({"th": phrase.get(Lang::Th), "en": phrase.get(Lang::En)});
    json!({
        "indicators": indicators,
        "items": items,
        "after": after,
        "path": report.path.as_ref().map(|path| &path.items),
        "weights": rules.weights,
        "survey": survey,
        "grades": grades,
        "target": report.path.as_ref().map_or(rules.target, |path| path.target.0),
        "words": {
            "unknown": both(common::UNKNOWN),
            "spoken": both(words::SPOKEN),
            "openAll": both(words::OPEN_ALL),
            "closeAll": both(words::CLOSE_ALL),
        },
    })
}
