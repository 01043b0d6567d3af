//! `oit-audit backtest`: the demonstration against its announced result, several agencies, and what is not sound.

use std::fs;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use serde_json::{Value, json};
use unicode_width::UnicodeWidthStr;

use crate::nang_rong::site;
use crate::support::program::{Desk, Ran, command, oit};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/nang-rong");
const OFFICIAL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/nang-rong/official.yaml");

/// The report of the demonstration, as it is saved.
static REPORT: LazyLock<String> = LazyLock::new(|| {
    let site = site::Site::read(&Path::new(FOLDER).join("site")).unwrap();
    let resolve = format!("www.nangrong.go.th={}", site::serve(Arc::new(site)).unwrap());
    let file = format!("{FOLDER}/agency.yaml");
    oit(["check", &file, "--resolve", &resolve, "--rate", "500", "--format", "json"]).out
});

fn backtest(words: &[&str]) -> Ran {
    oit([&["backtest"], words].concat())
}

#[test]
fn the_demonstration_agrees_with_the_announced_result() {
    let desk = Desk::new();
    let report = desk.put("report.json", REPORT.as_str());
    let ran = backtest(&[&report, OFFICIAL, "--format", "json"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let result = ran.report();
    let schema: Value = serde_json::from_str(&oit(["schema", "backtest"]).out).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    assert_eq!(schema.iter_errors(&result).map(|error| error.to_string()).collect::<Vec<_>>(), Vec::<String>::new());
    assert_eq!(result["schema"], "oit-audit/backtest/1");
    let agency = &result["agencies"][0];
    let tally = &agency["tally"];
    // Without tesseract one item is left to a person, and leans right.
    let right = tally["agree"].as_u64().unwrap() + tally["review_right"].as_u64().unwrap();
    assert_eq!((right, &tally["compared"], &tally["not_compared"]), (43, &json!(43), &json!(0)));
    assert_eq!(agency["notes"], json!([]), "the announced result fits together");
    for score in ["oit", "ita"] {
        assert_eq!(agency["scores"][score]["error"], 0.0, "{score}");
    }
    let errors = |of: &str| {
        agency["scores"][of].as_object().unwrap().values().map(|s| s["error"].as_f64().unwrap()).sum::<f64>()
    };
    assert_eq!((errors("indicators"), errors("sub_indicators")), (0.0, 0.0));
    assert_eq!(agency["scores"]["official_grade"], agency["scores"]["grade"]);
    let o11 = agency["items"].as_array().unwrap().iter().find(|item| item["id"] == "O11").unwrap();
    assert_eq!(o11["comments"][0]["th"], o11["official_comment"]);
    assert!(result["calibration"]["brier"].as_f64().is_some());
}

#[test]
fn a_changed_report_shows_its_errors() {
    let desk = Desk::new();
    let mut saved: Value = serde_json::from_str(&REPORT).unwrap();
    let items = saved["items"].as_array_mut().unwrap();
    for (id, verdict, score) in [("O6", "fail", 0), ("O5", "pass", 100)] {
        let item = items.iter_mut().find(|item| item["id"] == id).unwrap();
        (item["verdict"], item["score"], item["likely_score"]) = (json!(verdict), json!(score), json!(score));
    }
    let report = desk.put("report.json", saved.to_string());
    for (lang, words) in [("th", ["ให้ตกทั้งที่ผ่าน 1", "ให้ผ่านทั้งที่ตก 1"]), ("en", ["false fail 1", "false pass 1"])]
    {
        for width in ["80", "200"] {
            let mut command = command();
            command.env("COLUMNS", width).args(["backtest", &report, OFFICIAL, "--lang", lang]);
            let out = String::from_utf8(command.output().unwrap().stdout).unwrap();
            for words in words {
                assert!(out.contains(words), "{words}\n{out}");
            }
            let widest = out.lines().map(UnicodeWidthStr::width).max().unwrap();
            assert!(widest <= width.parse().unwrap(), "{widest} columns of {width}\n{out}");
        }
    }
}

#[test]
fn several_agencies_and_a_folder_are_summed_up() {
    let desk = Desk::new();
    let report = desk.put("a.json", REPORT.as_str());
    let official = fs::read_to_string(OFFICIAL).unwrap();
    desk.put("a.official.yaml", &official);
    desk.put("agency.yaml", "agency: x\n");
    let other = REPORT.replace("องค์การบริหารส่วนตำบลนางรอง", "องค์การบริหารส่วนตำบลอื่น");
    desk.put("b.json", &other);
    desk.put("b.official.yaml", official.replace("agency: องค์การบริหารส่วนตำบลนางรอง", "agency: องค์การบริหารส่วนตำบลอื่น"));
    desk.put("c.json", REPORT.replace("\"fiscal_year\": 2563", "\"fiscal_year\": 2564"));
    let folder = desk.path(".");
    let ran = backtest(&["--pairs", folder.to_str().unwrap(), "--format", "json"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("c.json: no official result of its agency and year"), "{}", ran.err);
    let totals = &ran.report()["totals"];
    assert_eq!((&totals["agencies"], &totals["tally"]["compared"]), (&json!(2), &json!(86)));
    let listed = backtest(&[&report, OFFICIAL, &report, OFFICIAL, "--format", "json"]);
    assert_eq!(listed.report()["totals"]["tally"]["compared"], 86);
    assert!(backtest(&[&report, OFFICIAL, &report, OFFICIAL]).out.contains("รวม 2 หน่วยงาน"));
}

#[test]
fn what_is_not_sound_is_refused_in_one_message() {
    let desk = Desk::new();
    let report = desk.put("report.json", REPORT.as_str());
    let official = fs::read_to_string(OFFICIAL).unwrap();
    let broken = desk.put("broken.json", "{\"schema\": ");
    let newer = desk.put("newer.json", REPORT.replace("oit-audit/report/1", "oit-audit/report/2"));
    let other = desk.put("other.yaml", official.replace("agency: องค์การบริหารส่วนตำบลนางรอง", "agency: เทศบาลตำบลอื่น"));
    let unknown = desk.put("unknown.yaml", official.replace("  O43: ", "  O44: "));
    let misspelt = desk.put("misspelt.yaml", official.replace("fiscal_year:", "fiscalyear:"));
    for (words, message) in [
        (vec![broken.as_str(), OFFICIAL], "it is not the JSON of a report"),
        (vec![&newer, OFFICIAL], "`oit-audit/report/2`; this version of oit-audit reads `oit-audit/report/1`"),
        (vec![&report, &other], "do not belong together"),
        (vec![&report, &unknown], "the report's fiscal year 2563 has no item O44"),
        (vec![&report, &misspelt], "did you mean `fiscal_year`?"),
        (vec![&report], "has no official result beside it"),
        (vec![OFFICIAL, &report], "it is not the JSON of a report"),
        (vec!["--pairs", "/nonexistent"], "cannot open the folder"),
        (vec![&report, "/nonexistent.yaml"], "cannot open"),
    ] {
        let ran = backtest(&words);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{message}");
        assert!(ran.err.contains(message), "{message}: {}", ran.err);
    }
    assert_eq!(backtest(&[]).code, 2);
}

#[test]
fn the_shipped_result_keeps_to_the_schema() {
    let schema: Value = serde_json::from_str(&oit(["schema", "official"]).out).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    let official: Value = serde_yaml::from_str(&fs::read_to_string(OFFICIAL).unwrap()).unwrap();
    assert_eq!(schema.iter_errors(&official).map(|error| error.to_string()).collect::<Vec<_>>(), Vec::<String>::new());
    assert_eq!(official["items"].as_object().unwrap().len(), 43);
    let mut wrong = official;
    wrong["items"]["O1"] = json!(50);
    assert!(!schema.is_valid(&wrong));
}
