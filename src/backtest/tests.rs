//! A small year of two sub-indicators, predicted and announced.

use serde_json::{Value, json};

use super::{Pair, compare};
use crate::config::{Official, parse_official};
use crate::model::Agreement::{self, Agree, FalseFail, FalsePass, NotCompared, ReviewRight, ReviewWrong};
use crate::model::Report;
use crate::report::read;

fn item(id: &str, sub: &str, verdict: &str, likely: u8, confidence: Option<f64>) -> Value {
    let score = if verdict == "review" { None } else { Some(likely) };
    let reason = json!({"code": "year.missing", "level": verdict, "message": "ไม่พบข้อมูลปี 2563",
        "message_en": "No content of year 2563 was found", "url": null, "evidence": null});
    let reasons = if verdict == "pass" { vec![] } else { vec![reason.clone(), reason] };
    json!({"id": id, "name": format!("ข้อ {id}"), "name_en": format!("item {id}"), "sub_indicator": sub, "verdict": verdict,
        "score": score, "likely_score": likely, "confidence": confidence, "reasons": reasons, "urls": [], "documents": []})
}

fn saved() -> Value {
    let text = |s: &str| json!({"th": s, "en": s});
    let sub = |id: &str, items: &[&str]| json!({"id": id, "name": text(id), "items": items});
    json!({
        "schema": "oit-audit/report/1", "tool_version": "0.1.0",
        "agency": {"name": "อบต.ตัวอย่าง", "website": "https://www.example.go.th/", "file": "agency.yaml"},
        "fiscal_year": 2563, "catalog_status": "verified",
        "started_at": "2020-07-01T09:00:00+07:00", "finished_at": "2020-07-01T09:00:41+07:00", "complete": true, "notes": [],
        "score": {"oit": {"predicted": 62.5, "low": 37.5, "high": 75.0}, "indicators": {"9": 75.0, "10": 50.0},
            "sub_indicators": {"9.1": 75.0, "10.1": 50.0}, "ita": null},
        "items": [
            item("O1", "9.1", "pass", 100, Some(0.9)), item("O2", "9.1", "fail", 0, Some(0.8)),
            item("O3", "9.1", "review", 100, Some(0.75)), item("O4", "9.1", "pass", 100, Some(0.95)),
            item("O5", "10.1", "review", 100, None), item("O6", "10.1", "fail", 0, Some(1.0)),
        ],
        "fixes": [], "path": null,
        "rules": {
            "indicators": [
                {"id": "9", "name": text("9"), "sub_indicators": [sub("9.1", &["O1", "O2", "O3", "O4"])]},
                {"id": "10", "name": text("10"), "sub_indicators": [sub("10.1", &["O5", "O6"])]},
            ],
            "weights": {"iit": 0.3, "eit": 0.3, "oit": 0.4}, "grades": [{"grade": "A", "from": 85.0}, {"grade": "F", "from": 0.0}],
            "target": 85.0,
        },
        "stats": {"requests": 0, "bytes": 0, "elapsed_ms": 0, "hosts": 0},
    })
}

fn report(saved: &Value) -> Report {
    read(saved.to_string().as_bytes()).unwrap()
}

fn official(rest: &str) -> Official {
    let parsed = parse_official(format!("agency: อบต.ตัวอย่าง\nfiscal_year: 2563\nsource: ประกาศ\n{rest}").as_bytes());
    assert_eq!(parsed.problems, []);
    parsed.official.unwrap()
}

fn pair<'a>(report: &'a Report, official: &'a Official) -> Pair<'a> {
    Pair { report, report_file: "report.json", official, official_file: "official.yaml" }
}

#[test]
fn each_item_comes_to_something() {
    let report = report(&saved());
    let official = official("items: {O1: 100, O2: {score: 100, comment: พบข้อมูล}, O3: 0, O4: 0, O5: 100}\n");
    let result = compare(&[pair(&report, &official)]);
    let agency = &result.agencies[0];
    let came: Vec<Agreement> = agency.items.iter().map(|item| item.agreement).collect();
    assert_eq!(came, [Agree, FalseFail, ReviewWrong, FalsePass, ReviewRight, NotCompared]);
    let tally = agency.tally;
    assert_eq!((tally.compared, tally.agree, tally.false_fail, tally.false_pass), (5, 1, 1, 1));
    assert_eq!((tally.review_right, tally.review_wrong, tally.not_compared), (1, 1, 1));
    assert_eq!(agency.items[1].official_comment.as_deref(), Some("พบข้อมูล"));
    assert_eq!(agency.items[1].comments.len(), 1, "what is said twice is one comment");
    // Of an item nothing was announced, so that OIT cannot be reckoned; 9.1 can.
    assert_eq!(agency.scores.oit.official, None);
    assert_eq!(agency.scores.sub_indicators["9.1"].official.unwrap().to_string(), "50.00");
    assert_eq!(agency.scores.sub_indicators["9.1"].error.unwrap().to_string(), "25.00");
}

#[test]
fn confidence_is_compared_with_what_came_true() {
    let report = report(&saved());
    let official = official("items: {O1: 100, O2: 0, O3: 0, O4: 100, O5: 100, O6: 0}\n");
    let calibration = compare(&[pair(&report, &official)]).calibration;
    assert_eq!(calibration.count, 5, "O5 has no confidence");
    // (0.1² + 0.2² + 0.75² + 0.05² + 0²) / 5
    assert!((calibration.brier.unwrap() - 0.123).abs() < 1e-12, "{calibration:?}");
    let bins: Vec<(u64, Option<f64>)> = calibration.bins.iter().map(|bin| (bin.count, bin.right)).collect();
    assert_eq!(bins, [(0, None), (0, None), (0, None), (1, Some(0.0)), (1, Some(1.0)), (3, Some(1.0))]);
}

#[test]
fn several_agencies_are_summed_up() {
    let mut other = saved();
    other["score"]["oit"] = json!({"predicted": 70.0, "low": 70.0, "high": 70.0});
    let (one, other) = (report(&saved()), report(&other));
    let announced = official("scores: {oit: 65}\nitems: {O1: 100}\n");
    let result = compare(&[pair(&one, &announced), pair(&other, &announced)]);
    assert_eq!((result.totals.agencies, result.totals.tally.agree, result.totals.tally.not_compared), (2, 2, 10));
    assert_eq!(result.totals.oit_error.unwrap().to_string(), "3.75");
    assert_eq!(result.totals.oit_bias.unwrap().to_string(), "1.25");
}

#[test]
fn announced_scores_that_do_not_fit_together_are_doubted() {
    let report = report(&saved());
    let items = "items: {O1: 100, O2: 0, O3: 100, O4: 100, O5: 100, O6: 0}\n";
    let doubts = |scores: &str| -> Vec<String> {
        let official = official(&format!("{scores}{items}"));
        compare(&[pair(&report, &official)]).agencies[0].notes.iter().map(|note| note.en.clone()).collect()
    };
    assert!(doubts("scores: {oit: 62.5, indicators: {9: 75, 10: 50}, sub_indicators: {9.1: 75}}\n").is_empty());
    assert_eq!(
        doubts("scores: {sub_indicators: {9.1: 77.78}}\n"),
        ["The items give 75.00 for 9.1; announced is 77.78."]
    );
    assert_eq!(doubts("scores: {indicators: {11: 50}}\n"), ["The year has no indicator 11."]);
    assert_eq!(doubts("scores: {ita: 90, grade: F}\n"), ["An ITA of 90.00 is grade A; announced is F."]);
    assert_eq!(doubts("scores: {oit: 62.5, iit: 80, eit: 80, ita: 73}\n").len(), 0);
    assert_eq!(doubts("scores: {oit: 62.5, iit: 80, eit: 80, ita: 74}\n").len(), 1);
}

#[test]
fn files_of_two_agencies_or_years_do_not_belong_together() {
    let report = report(&saved());
    let mut official = official("items: {}\n");
    official.agency = "อบต.ตัวอย่าง".replace('ำ', "\u{e4d}\u{e32}");
    assert_eq!(pair(&report, &official).mismatch(), None);
    official.agency = "อบต.อื่น".to_owned();
    assert!(pair(&report, &official).mismatch().unwrap().contains("อบต.อื่น"));
    official.agency.clone_from(&report.agency.name);
    official.fiscal_year = official.fiscal_year.previous();
    assert_eq!(
        pair(&report, &official).mismatch().unwrap(),
        "the report is of fiscal year 2563, the official result of 2562"
    );
}

#[test]
fn a_saved_report_is_read_with_distrust() {
    let error = |json: &str| read(json.as_bytes()).unwrap_err().to_string();
    assert!(error("").starts_with("it is not the JSON of a report"));
    assert!(error(&"[".repeat(100_000)).starts_with("it is not the JSON of a report"));
    assert!(error("{}").starts_with("it names no schema"));
    assert!(error("{\"schema\": \"oit-audit/report/9\\u001b\"}").contains("`oit-audit/report/9`; this version"));
    assert!(error("{\"schema\": \"oit-audit/report/1\"}").contains("missing field"));
    let changed = |change: fn(&mut Value)| {
        let mut saved = saved();
        change(&mut saved);
        error(&saved.to_string())
    };
    assert!(changed(|saved| saved["fiscal_year"] = json!(0)).contains("fiscal year is 0"));
    assert!(changed(|saved| saved["items"][1]["id"] = json!("O1")).contains("O1 twice"));
    assert!(changed(|saved| saved["items"][0]["likely_score"] = json!(77)).contains("neither 100 nor 0"));
    assert!(changed(|saved| saved["items"][0]["likely_score"] = json!(0)).contains("contradict"));
    assert!(changed(|saved| saved["items"][0]["confidence"] = json!(7)).contains("confidence of O1"));
    assert!(changed(|saved| saved["score"]["oit"]["predicted"] = json!(1e300)).contains("0 to 100"));
    let mut old = saved();
    old["items"][0].as_object_mut().unwrap().remove("confidence");
    assert_eq!(read(old.to_string().as_bytes()).unwrap().items[0].confidence, None, "of an earlier version");
}
