//! A run that is held against an earlier report: it fails for what got worse, and for nothing else.

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::Value;

use crate::support::program::{Desk, Ran, item, oit};
use crate::support::rough_server::answer;
use crate::support::website::{HEAD, STRUCTURE, Website, page};

/// O1 passes and O5 fails; while the switch is thrown, O1 fails too.
fn site(broken: &Arc<AtomicBool>) -> Website {
    let broken = Arc::clone(broken);
    Website::by(move |seen| match seen.target.as_str() {
        "/o1" if broken.load(Ordering::SeqCst) => answer(404, "", "none"),
        "/o1" => page("โครงสร้าง", STRUCTURE),
        "/" => page("หน้าแรก", "<p>ยินดีต้อนรับ</p>"),
        _ => answer(404, "", "none"),
    })
}

const ITEMS: &str = "  O1: http://www.example.go.th/o1\n  O5: http://www.example.go.th/o5\n";

fn check(site: &Website, file: &str, more: &[&str]) -> Ran {
    let words: Vec<&str> = ["--only=O1,O5", "-q"].iter().chain(more).copied().collect();
    oit(site.words(file, &words))
}

#[test]
fn only_what_got_worse_fails_against_a_baseline() {
    let broken = Arc::new(AtomicBool::new(false));
    let (site, desk) = (site(&broken), Desk::new());
    let file = desk.put("agency.yaml", format!("fail_under: 99\n{HEAD}{ITEMS}"));
    let last = desk.path("last.json").to_str().unwrap().to_owned();
    let save = format!("--format=json={last}");
    let first = check(&site, &file, &[&save]);
    let saved: Value = serde_json::from_str(&fs::read_to_string(&last).unwrap()).unwrap();
    assert_eq!(
        (item(&saved, "O1")["verdict"].as_str(), item(&saved, "O5")["verdict"].as_str()),
        (Some("pass"), Some("fail"))
    );
    assert_eq!(first.err, "");

    let unchanged = check(&site, &file, &["--baseline", &last]);
    assert_eq!((unchanged.code, unchanged.err.as_str()), (0, ""), "O5 failed before too");

    broken.store(true, Ordering::SeqCst);
    let worse = check(&site, &file, &["--baseline", &last]);
    assert_eq!((worse.code, worse.err.as_str()), (1, ""));
    assert_eq!(item(&worse.report(), "O1")["verdict"], "fail");

    // Every night the report of the night before gives way to the new one; then nothing is worse than it was.
    let night = check(&site, &file, &["--baseline", &last, &save]);
    assert_eq!(night.code, 1);
    assert_eq!(check(&site, &file, &["--baseline", &last]).code, 0);

    broken.store(false, Ordering::SeqCst);
    assert_eq!(check(&site, &file, &["--baseline", &last]).code, 0, "better is no fault");
}

#[test]
fn a_folder_holds_the_baselines_of_many() {
    let broken = Arc::new(AtomicBool::new(false));
    let (site, desk) = (site(&broken), Desk::new());
    let [one, two] = ["one", "two"].map(|name| desk.put(&format!("{name}.yaml"), format!("{HEAD}{ITEMS}")));
    let folder = desk.path("reports").to_str().unwrap().to_owned();
    let run = |more: &[&str]| {
        let words: Vec<&str> =
            [two.as_str(), "--only=O1,O5", "-q", "--output-dir", &folder].iter().chain(more).copied().collect();
        oit(site.words(&one, &words))
    };
    let elsewhere = run(&["--baseline", "/nonexistent/reports"]);
    assert_eq!(elsewhere.code, 2);
    assert!(elsewhere.err.contains("/nonexistent/reports is not there"), "{}", elsewhere.err);
    // The first night the folder is not there yet.
    let first = run(&["--baseline", &folder]);
    assert_eq!(first.code, 0, "{}", first.err);
    assert_eq!(first.err.matches("there is no report of ").count(), 2, "{}", first.err);
    let second = run(&["--baseline", &folder]);
    assert_eq!((second.code, second.err.as_str()), (0, ""));
    broken.store(true, Ordering::SeqCst);
    assert_eq!(run(&["--baseline", &folder]).code, 1);
}

#[test]
fn a_baseline_that_cannot_be_one_is_refused_before_anything_is_opened() {
    let broken = Arc::new(AtomicBool::new(false));
    let (site, desk) = (site(&broken), Desk::new());
    let file = desk.put("agency.yaml", format!("{HEAD}{ITEMS}"));
    let saved = check(&site, &file, &[]).out;
    let asked = site.asked().len();
    let mut report: Value = serde_json::from_str(&saved).unwrap();
    let mut fault = |change: &dyn Fn(&mut Value)| {
        let before = report.clone();
        change(&mut report);
        let path = desk.put("last.json", report.to_string());
        report = before;
        let ran = check(&site, &file, &["--baseline", &path]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{}", ran.err);
        assert!(ran.err.contains("--baseline") && ran.err.contains("last.json"), "{}", ran.err);
        ran.err
    };
    assert!(fault(&|report| report["fiscal_year"] = 2564.into()).contains("take a report of the same year"));
    let elsewhere = "https://www.elsewhere.go.th/";
    assert!(
        fault(&|report| report["agency"]["website"] = elsewhere.into()).contains("take a report of the same agency")
    );
    assert!(fault(&|report| report["complete"] = false.into()).contains("take one of a whole run"));
    assert!(fault(&|report| report["schema"] = "oit-audit/report/9".into()).contains("oit-audit/report/9"));
    let ran = check(&site, &file, &["--baseline", "/nonexistent/last.json"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("/nonexistent/last.json"), "{}", ran.err);
    assert_eq!(site.asked().len(), asked, "nothing was opened");
}
