//! The whole program where time, patience or the network runs out: what was not seen is never a zero.

use std::net::TcpListener;
use std::time::Duration;

use serde_json::{Value, json};

use crate::support::program::{Desk, Ran, item, oit, reasons};
use crate::support::rough_server::{Step, answer, redirect};
use crate::support::website::{HEAD, HOST, STRUCTURE, Website, page};

/// Checks an agency file with these settings and items.
fn check(site: &Website, crawl: &str, items: &str, more: &[&str]) -> Ran {
    let desk = Desk::new();
    let file = desk.put("agency.yaml", format!("{HEAD}{items}").replace("retries: 0, timeout: 5s", crawl));
    oit(site.words(&file, more))
}

fn note(report: &Value) -> &str {
    report["notes"][0]["en"].as_str().unwrap_or_default()
}

fn hangs() -> Vec<Step> {
    vec![Step::Wait(Duration::from_mins(1))]
}

fn small_site(more: impl IntoIterator<Item = (&'static str, Vec<Step>)>) -> Website {
    let good = [("/", page("หน้าแรก", "<p>ยินดีต้อนรับ</p>")), ("/o1", page("โครงสร้าง", STRUCTURE))];
    Website::new(good.into_iter().chain(more))
}

#[test]
fn an_audit_that_is_out_of_time_says_so_and_has_no_score() {
    let site = small_site([("/o2", hangs())]);
    let items = format!("  O1: http://{HOST}/o1\n  O2: http://{HOST}/o2\nfail_under: 50\n");
    let ran = check(&site, "retries: 0, timeout: 50s, audit_timeout: 2s", &items, &[]);
    assert_eq!((ran.code, ran.err.as_str()), (3, ""));
    assert!(ran.took < Duration::from_secs(20), "{:?}", ran.took);
    let report = ran.report();
    assert_eq!((&report["complete"], &report["score"]["oit"]["predicted"]), (&json!(false), &Value::Null));
    assert!(note(&report).contains("`audit_timeout`"), "{}", note(&report));
    assert_eq!(item(&report, "O1")["urls"][0]["status"], 200);
    assert_eq!(reasons(item(&report, "O2")), [("link.not_opened", "review")]);
}

#[test]
fn an_item_that_is_out_of_time_is_for_a_person_and_the_others_are_judged() {
    let site = small_site([("/o2", hangs()), ("/o3", hangs())]);
    let items = format!("  O1: http://{HOST}/o1\n  O2: [http://{HOST}/o2, http://{HOST}/o3]\n");
    let ran = check(&site, "retries: 0, timeout: 50s, item_timeout: 1s", &items, &[]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let report = ran.report();
    assert_eq!((&report["complete"], &item(&report, "O1")["verdict"]), (&json!(true), &json!("pass")));
    assert_eq!(item(&report, "O2")["verdict"], "review");
    assert!(reasons(item(&report, "O2")).iter().all(|reason| *reason == ("link.not_opened", "review")));
    assert!(note(&report).contains("`item_timeout`"), "{}", note(&report));
}

#[test]
fn a_host_that_turns_all_away_costs_neither_time_nor_points() {
    let site = Website::by(|_| answer(429, "Retry-After: 3600\r\n", "too many requests"));
    let items = (1..=43).map(|n| format!("  O{n}: http://{HOST}/{n}\n")).collect::<Vec<_>>().concat();
    let ran = check(&site, "retries: 2, timeout: 5s", &items, &[]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert!(ran.took < Duration::from_secs(30), "{:?}", ran.took);
    assert!(site.asked().len() <= 4, "{}", site.asked().len());
    let report = ran.report();
    for n in [1, 17, 43] {
        assert_eq!(reasons(item(&report, &format!("O{n}"))), [("link.blocked", "review")], "O{n}");
    }
}

#[test]
fn a_page_that_opens_at_the_second_try_is_advised_about() {
    let site = Website::by(|seen| match (seen.target.as_str(), seen.earlier) {
        ("/", _) => page("หน้าแรก", "<p>ยินดีต้อนรับ</p>"),
        ("/o1", 0) => answer(502, "", "Bad Gateway"),
        ("/o1", _) => page("โครงสร้าง", STRUCTURE),
        ("/o2", _) => answer(503, "Retry-After: 120\r\n", "closed for repairs"),
        _ => answer(404, "", ""),
    });
    for crawl in ["retries: 0, timeout: 5s", "retries: 2, timeout: 5s"] {
        let ran = check(&site, crawl, &format!("  O1: http://{HOST}/o1\n"), &[]);
        let report = ran.report();
        if crawl.contains("retries: 0") {
            assert_eq!(reasons(item(&report, "O1")), [("link.flaky", "advice")]);
            assert_eq!(
                (&item(&report, "O1")["verdict"], &item(&report, "O1")["score"]),
                (&json!("advice"), &json!(100))
            );
            let said = item(&report, "O1")["reasons"][0]["message"].as_str().unwrap();
            assert!(said.contains("ครั้งที่ 2"), "{said}");
        } else {
            assert_eq!(reasons(item(&report, "O1")), [], "by now it opens at once");
        }
    }
    let report = check(&site, "retries: 0, timeout: 5s", &format!("  O2: http://{HOST}/o2\n"), &[]).report();
    assert_eq!(reasons(item(&report, "O2")), [("link.http_status", "review")]);
    let said = item(&report, "O2")["reasons"][0]["message"].as_str().unwrap();
    assert!(said.contains("ชั่วคราว"), "{said}");
}

#[test]
fn pages_that_robots_may_not_open_are_named() {
    let links = "<p>รวมลิงก์</p><ul><li><a href=/secret/o1>โครงสร้างหน่วยงาน</a></li></ul>";
    let site = small_site([
        ("/list", page("รวมลิงก์", links)),
        ("/secret/o1", page("โครงสร้าง", STRUCTURE)),
        ("/robots.txt", answer(200, "", "User-agent: *\nDisallow: /secret/\n")),
    ]);
    let ran = check(&site, "retries: 0, timeout: 5s", &format!("  O1: http://{HOST}/list\n"), &[]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let report = ran.report();
    assert_eq!(item(&report, "O1")["verdict"], "review");
    let followed = item(&report, "O1")["documents"].as_array().unwrap();
    assert!(followed.iter().any(|document| document["outcome"] == "blocked" && document["status"].is_null()));
    assert!(note(&report).contains("robots.txt") && note(&report).contains("/secret/o1"), "{}", note(&report));
    let asked = site.asked();
    assert_eq!(asked.iter().filter(|path| *path == "/robots.txt").count(), 1);
    assert!(!asked.iter().any(|path| path.starts_with("/secret")), "{asked:?}");
}

fn is_offline(ran: &Ran, words: &str) {
    assert_eq!((ran.code, ran.err.as_str()), (3, ""));
    let report = ran.report();
    assert_eq!((&report["complete"], &report["score"]["oit"]["predicted"]), (&json!(false), &Value::Null));
    assert!(note(&report).contains(words), "{}", note(&report));
    for id in ["O1", "O2"] {
        assert_eq!(item(&report, id)["verdict"], "review", "{id}");
    }
}

#[test]
fn a_machine_without_a_network_judges_nothing() {
    let items = format!("  O1: http://{HOST}/o1\n  O2: http://drive.example.com/2\n");
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let desk = Desk::new();
    let file = desk.put("agency.yaml", format!("{HEAD}{items}").replace("timeout: 5s", "timeout: 1s"));
    let resolve = [HOST, "drive.example.com"].map(|host| format!("--resolve={host}={}", silent.local_addr().unwrap()));
    let timeouts = oit(["check", &file, "--rate=1000", "--format=json", &resolve[0], &resolve[1]]);
    is_offline(&timeouts, "seems to be offline");

    // No name is found, as where a network is gone altogether.
    let unknown = format!("{HEAD}{items}").replace("example", "nosuchname").replace(".go.th", ".invalid");
    let unknown = desk.put("unknown.yaml", unknown.replace(".com", ".invalid"));
    is_offline(&oit(["check", &unknown, "--rate=1000", "--format=json"]), "seems to be offline");
}

#[test]
fn the_sign_in_page_of_a_network_is_nobodys_website() {
    let portal = "http://login.hotel.example/?from=here";
    let site = Website::by(move |seen| match seen.header("host") {
        Some("login.hotel.example") => page("เข้าสู่ระบบ Wi-Fi", "<form><input name=room></form>"),
        _ => redirect(302, portal),
    });
    let items = format!("  O1: http://{HOST}/o1\n  O2: http://drive.example.com/2\n");
    let resolve =
        ["drive.example.com", "login.hotel.example"].map(|host| format!("--resolve={host}={}", site.address()));
    let ran = check(&site, "retries: 0, timeout: 5s", &items, &[&resolve[0], &resolve[1]]);
    is_offline(&ran, "sign-in");
    assert_eq!(reasons(item(&ran.report(), "O1")), [("link.not_opened", "review")]);
}

#[test]
fn a_network_that_is_lost_in_the_middle_is_no_zero() {
    let site = Website::by(|seen| match (seen.target.as_str(), seen.earlier) {
        ("/", 0) => page("หน้าแรก", "<p>ยินดีต้อนรับ</p>"),
        ("/o1", 0) => page("โครงสร้าง", STRUCTURE),
        _ => vec![Step::Reset],
    });
    let items = format!("  O1: http://{HOST}/o1\n  O5: http://{HOST}/o5\n");
    let ran = check(&site, "retries: 0, timeout: 5s", &items, &[]);
    assert_eq!(ran.code, 3);
    let report = ran.report();
    assert_eq!((&report["complete"], &report["score"]["oit"]["predicted"]), (&json!(false), &json!(null)));
    assert_eq!(reasons(item(&report, "O5")), [("link.not_opened", "review")]);
    let said = report["notes"].to_string();
    assert!(said.contains("การเชื่อมต่อขาดระหว่างการตรวจ"), "{said}");
}

#[test]
fn a_page_that_breaks_down_alone_is_no_lost_network() {
    let site = Website::by(|seen| match seen.target.as_str() {
        "/" => page("หน้าแรก", "<p>ยินดีต้อนรับ</p>"),
        "/o5" => vec![Step::Reset],
        _ => answer(404, "", ""),
    });
    let ran = check(&site, "retries: 0, timeout: 5s", &format!("  O5: http://{HOST}/o5\n"), &[]);
    assert_eq!(ran.code, 0);
    assert_eq!(reasons(item(&ran.report(), "O5")), [("link.refused", "fail")]);
}
