//! A person's verdict stands until the content is newer, and never hides a dead link.

use std::fs;

use serde_json::{Value, json};

use crate::support::program::{Desk, item, oit, reasons};
use crate::support::rough_server::{Step, answer};
use crate::support::website::{STRUCTURE, Website, html, page};

const DATE: &str = "Date: Tue, 30 Jun 2020 03:00:00 GMT\r\nContent-Type: text/html; charset=utf-8\r\n";

/// A page with these headers, and these words of its own.
fn served(headers: &str, own: &str) -> Vec<Step> {
    answer(200, &format!("{DATE}{headers}"), html("โครงสร้าง", own))
}

fn website() -> Website {
    Website::new([
        ("/", page("หน้าแรก", "<p>ยินดีต้อนรับ</p>")),
        ("/o1", page("โครงสร้าง", STRUCTURE)),
        ("/old", served("Last-Modified: Sun, 05 Jan 2020 10:00:00 GMT\r\n", "<p>เดิม</p>")),
        ("/new", served("Last-Modified: Fri, 15 May 2020 10:00:00 GMT\r\n", "<p>ใหม่</p>")),
        ("/made-now", served("Last-Modified: Tue, 30 Jun 2020 03:00:00 GMT\r\n", "<p>โปรแกรมสร้าง</p>")),
        ("/says", page("โครงสร้าง", "<p>โครงสร้างหน่วยงาน</p><p>ปรับปรุงล่าสุด 5 ก.ค. 2563</p>")),
        ("/says-old", page("โครงสร้าง", "<p>โครงสร้างหน่วยงาน</p><p>เผยแพร่เมื่อ 5 ม.ค. 2563</p>")),
        ("/says-nonsense", page("โครงสร้าง", "<p>โครงสร้างหน่วยงาน</p><p>ปรับปรุงล่าสุด 5 ก.ค. 2640</p>")),
    ])
}

/// What becomes of an item at a path that a person judged so.
fn judged(site: &Website, path: &str, reviewed: &str) -> Value {
    let items = format!("  O1: {{urls: http://www.example.go.th{path}, reviewed: {{{reviewed}}}}}\n");
    item(&site.check(&items, &["--only", "O1"]).report(), "O1").clone()
}

#[test]
fn a_verdict_stands_until_the_content_is_newer() {
    let site = website();
    for path in ["/o1", "/old", "/made-now", "/says-old", "/says-nonsense"] {
        let found = judged(&site, path, "verdict: pass, on: 2020-05-15");
        assert_eq!((&found["verdict"], &found["confidence"]), (&json!("pass"), &json!(1.0)), "{path}: {found}");
        assert_eq!(reasons(&found), [("item.reviewed", "info")], "{path}");
    }
    for (path, on, [judged_on, changed]) in [
        ("/new", "2020-05-14", ["14 พฤษภาคม 2563", "15 พฤษภาคม 2563"]),
        ("/says", "2020-05-15", ["15 พฤษภาคม 2563", "5 กรกฎาคม 2563"]),
    ] {
        for verdict in ["pass", "fail"] {
            let found = judged(&site, path, &format!("verdict: {verdict}, on: {on}"));
            let outdated = found["reasons"].as_array().unwrap().iter().find(|r| r["code"] == "item.review_outdated");
            let outdated = outdated.unwrap_or_else(|| panic!("{path}: {found}"));
            let said = outdated["message"].as_str().unwrap();
            assert!(said.contains(judged_on) && said.contains(changed), "{said}");
            assert_eq!(outdated["url"], format!("http://www.example.go.th{path}"));
            assert!(!reasons(&found).contains(&("item.reviewed", "info")));
        }
    }
    // The day itself is not newer, and a verdict without a day cannot be older.
    assert_eq!(reasons(&judged(&site, "/new", "verdict: pass, on: 2020-05-15")), [("item.reviewed", "info")]);
    let undated = judged(&site, "/new", "verdict: pass");
    assert_eq!(undated["verdict"], "pass");
    assert!(undated["reasons"][0]["message_en"].as_str().unwrap().contains("add on: year-month-day"), "{undated}");
}

#[test]
fn a_pass_does_not_hide_a_dead_link() {
    let site = website();
    for reviewed in ["verdict: pass, on: 2020-06-30", "verdict: pass"] {
        let found = judged(&site, "/none", reviewed);
        assert_eq!(found["verdict"], "fail", "{found}");
        assert_eq!(reasons(&found), [("link.http_status", "fail"), ("item.review_outdated", "info")]);
    }
    assert_eq!(reasons(&judged(&site, "/none", "verdict: fail")), [("item.reviewed", "info")]);
}

#[test]
fn a_replay_knows_the_same_dates() {
    let site = website();
    let desk = Desk::new();
    let archive = desk.path("run.warc.gz");
    let archive = archive.to_str().unwrap();
    let items = "  O1: {urls: http://www.example.go.th/new, reviewed: {verdict: pass, on: 2020-05-14}}\n  \
                 O2: {urls: http://www.example.go.th/old, reviewed: {verdict: pass, on: 2020-05-14}}\n";
    let live = site.check(items, &["--only", "O1,O2", "--archive", archive]);
    let again = site.check(items, &["--only", "O1,O2", "--replay", archive]);
    assert!(fs::metadata(archive).unwrap().len() > 0);
    assert_eq!(again.report()["items"], live.report()["items"]);
    assert!(live.out.contains("item.review_outdated") && live.out.contains("item.reviewed"));
}

#[test]
fn a_day_that_has_not_come_is_a_mistake_in_the_file() {
    let desk = Desk::new();
    let text = "agency: x\nwebsite: http://www.example.go.th/\nfiscal_year: 2563\nitems:\n  \
                O1: {urls: http://www.example.go.th/o1, reviewed: {verdict: pass, on: 2199-01-31}}\n";
    let ran = oit(["check", &desk.put("agency.yaml", text)]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("O1 is reviewed on 2199-01-31, which is in the future"), "{}", ran.err);
    assert!(ran.err.contains("agency.yaml:5:73"), "{}", ran.err);
}

#[test]
fn a_review_says_what_to_look_at_and_gives_the_line_that_settles_it() {
    let site = Website::new([
        ("/", page("หน้าแรก", "<p>ยินดีต้อนรับ</p>")),
        ("/wall", answer(403, "Server: cloudflare\r\nCF-RAY: 1-BKK\r\n", "Attention")),
    ]);
    let items = "  O1: {urls: 'http://www.example.go.th/wall', note: 'เมนู > \"โครงสร้าง\"'}\n";
    let report = site.check(items, &["--only", "O1"]).report();
    let found = item(&report, "O1");
    assert_eq!(found["verdict"], "review");
    let confidence = found["confidence"].as_f64().unwrap();
    assert!((0.5..=1.0).contains(&confidence), "{confidence}");
    let fix = &report["fixes"][0];
    let (gain, loss) = (fix["oit_gain"].as_f64().unwrap(), fix["oit_loss"].as_f64().unwrap());
    assert!((gain - 1.11).abs() < 0.001 && loss == 0.0 || gain == 0.0 && (loss - 1.11).abs() < 0.001, "{fix}");
    let next = fix["next_step"]["th"].as_str().unwrap();
    assert!(next.starts_with("เปิด http://www.example.go.th/wall ดูว่ามี"), "{next}");
    let line = next.split_once('\n').unwrap().1;
    // The line is taken as it is, and then a person has decided.
    let settled = site.check(&format!("  {line}\n"), &["--only", "O1"]).report();
    assert_eq!(reasons(item(&settled, "O1")), [("item.reviewed", "info")], "{line}");
}
