//! Tests of SARIF: what it points at, and that it keeps to the official schema whatever a report holds.

use serde_json::{Value, json};

use super::location_uri;
use crate::model::{Change, Changes, Lang, Place, Points, Range, Report, Trend, Verdict};
use crate::report::tests::hostile;
use crate::report::{Beside, Format, Style, fixture, render};

const SCHEMA: &str = include_str!("../../../tests/data/sarif-schema-2.1.0.json");

fn sarif(report: &Report, beside: &Beside) -> Value {
    let style = Style { lang: Lang::En, ..Style::default() };
    serde_json::from_slice(&render(report, Format::Sarif, &style, beside)).unwrap()
}

#[test]
fn results_point_at_the_line_of_the_url() {
    let log = sarif(&fixture::report(), &Beside::default());
    let run = &log["runs"][0];
    let first = &run["results"][0];
    let place = json!({"artifactLocation": {"uri": "nang-rong.yaml", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 47, "startColumn": 7}});
    assert_eq!(first["locations"][0]["physicalLocation"], place);
    assert_eq!((&first["level"], &first["ruleId"]), (&json!("error"), &json!("content.missing")));
    let text = first["message"]["text"].as_str().unwrap();
    assert!(text.starts_with("O42 ") && text.contains("Analyse the agency's ITA result"), "{text}");
    for result in run["results"].as_array().unwrap() {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(run["tool"]["driver"]["rules"][index]["id"], result["ruleId"]);
    }
    assert_eq!(run["automationDetails"]["id"], "oit-audit/nang-rong.yaml/");
    assert_eq!(run["invocations"][0]["executionSuccessful"], true);
}

#[test]
fn every_report_keeps_to_the_official_schema() {
    // The published pattern of languages has a bracket too many, which strict readers of patterns refuse.
    let mended = SCHEMA.replace("[a-zA-Z]{2}]?$", "[a-zA-Z]{2}$");
    let schema = jsonschema::validator_for(&serde_json::from_str(&mended).unwrap()).unwrap();
    let mut empty = fixture::report();
    (empty.items, empty.complete) = (Vec::new(), false);
    empty.score.oit = Range::default();
    let beside = Beside { changes: Some(changes(&fixture::report())), ..Beside::default() };
    let mut absolute = fixture::report();
    absolute.agency.file = "C:\\งาน\\a b#?.yaml".to_owned();
    absolute.items[4].urls[0].place = Some(Place::default());
    for (report, beside) in
        [(fixture::report(), &beside), (hostile(), &beside), (empty, &Beside::default()), (absolute, &beside)]
    {
        let log = sarif(&report, beside);
        let faults: Vec<String> =
            schema.iter_errors(&log).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
        assert_eq!(faults, Vec::<String>::new());
    }
    let mut wrong = sarif(&fixture::report(), &Beside::default());
    wrong["runs"][0]["results"][0]["level"] = json!("fail");
    assert!(!schema.is_valid(&wrong));
}

#[test]
fn a_fingerprint_outlives_a_move_and_is_of_one_result() {
    let prints = |report: &Report| -> Vec<String> {
        let log = sarif(report, &Beside::default());
        let results = log["runs"][0]["results"].as_array().unwrap().clone();
        results
            .iter()
            .map(|r| r["partialFingerprints"]["primaryLocationLineHash"].as_str().unwrap().to_owned())
            .collect()
    };
    let mut report = fixture::report();
    let before = prints(&report);
    for item in &mut report.items {
        item.urls[0].place.as_mut().unwrap().line += 10;
    }
    assert_eq!(prints(&report), before);
    let item = report.items.iter_mut().find(|item| item.verdict == Verdict::Fail).unwrap();
    let mut again = item.reasons[0].clone();
    again.message.push_str(" ด้วย");
    item.reasons.push(again);
    let mut after = prints(&report);
    assert_eq!(after.len(), before.len() + 1);
    after.sort();
    after.dedup();
    assert_eq!(after.len(), before.len() + 1, "no two results are taken for one");
}

/// Of the fails the first is new and the second not, the third was under review; all else is as it was.
fn changes(report: &Report) -> Changes {
    let fails = report.items.iter().filter(|item| item.verdict == Verdict::Fail);
    let before = [Some(Verdict::Pass), Some(Verdict::Review)];
    let change = |(item, before): (&crate::model::ItemResult, _)| Change {
        item: item.id.clone(),
        trend: Trend::Worse,
        before,
        now: item.verdict,
    };
    Changes {
        since: report.started_at.clone(),
        oit: Some(Points(80.0)),
        items: fails.zip(before).map(change).collect(),
    }
}

#[test]
fn against_a_baseline_every_result_says_whether_it_is_new() {
    let report = fixture::report();
    let beside = Beside { changes: Some(changes(&report)), ..Beside::default() };
    let log = sarif(&report, &beside);
    let results = log["runs"][0]["results"].as_array().unwrap();
    let states = |state: &str| results.iter().filter(|result| result["baselineState"] == state).count();
    assert_eq!((states("new"), states("updated"), states("unchanged")), (1, 1, results.len() - 2));
    let log = sarif(&report, &Beside::default());
    assert!(log["runs"][0]["results"].as_array().unwrap().iter().all(|result| result.get("baselineState").is_none()));
}

#[test]
fn paths_become_uris() {
    let root = "%SRCROOT%";
    for (path, uri) in [
        ("./งาน/a b.yaml", json!({"uri": "%E0%B8%87%E0%B8%B2%E0%B8%99/a%20b.yaml", "uriBaseId": root})),
        ("sites\\a.yaml", json!({"uri": "sites/a.yaml", "uriBaseId": root})),
        ("http://x/a.yaml", json!({"uri": "http%3A//x/a.yaml", "uriBaseId": root})),
        ("/srv/a#1.yaml", json!({"uri": "file:///srv/a%231.yaml"})),
        ("C:\\งาน\\a.yaml", json!({"uri": "file:///C:/%E0%B8%87%E0%B8%B2%E0%B8%99/a.yaml"})),
    ] {
        assert_eq!(location_uri(path), uri, "{path}");
    }
}

#[test]
fn page_text_is_neither_a_placeholder_nor_a_link() {
    let mut report = fixture::report();
    for reason in report.items.iter_mut().flat_map(|item| &mut item.reasons) {
        reason.evidence = Some("{0} [ดู](https://evil.example/) \u{1b}[31m\u{202e}".to_owned());
    }
    let log = sarif(&report, &Beside::default());
    let text = log["runs"][0]["results"][0]["message"]["text"].as_str().unwrap();
    assert!(text.contains("(0) [ดู] (https://evil.example/) [31m”"), "{text}");
}
