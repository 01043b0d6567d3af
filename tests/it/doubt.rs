//! Where evidence ends: pages that hint at content without showing it are for a person, and content that is shown in a
//! roundabout way counts.

use serde_json::Value;

use crate::support::program::{item, reasons};
use crate::support::rough_server::{Step, answer};
use crate::support::website::{Website, page};

const NAME: &str = "รายงานการกำกับติดตามการดำเนินงานประจำปี รอบ 6 เดือน";
/// The plan that the report builds on, which a person has seen to be in order.
const PLAN: &str = "  O10: {reviewed: {verdict: pass, on: 2020-06-30}}\n";
const HTML: &str = "Content-Type: text/html; charset=utf-8\r\n";

/// A six-month report of a fiscal year.
fn report_of(year: u16) -> String {
    let (first, last) = (year % 100 - 1, year % 100);
    format!(
        "<h2>{NAME} ประจำปีงบประมาณ พ.ศ. {year}</h2>\
         <p>ผลการดำเนินงานตามแผนดำเนินงานประจำปี ระหว่างเดือน ต.ค. {first} – มี.ค. {last} ขององค์การบริหารส่วนตำบล</p>\
         <table><tr><td>โครงการ</td><td>งบประมาณ</td><td>ผลการดำเนินงาน</td></tr>\
         <tr><td>โครงการปรับปรุงถนนสายบ้านเหนือ ปี {year}</td><td>250,000 บาท</td><td>แล้วเสร็จ ร้อยละ 100</td></tr>\
         <tr><td>โครงการอบรมผู้สูงอายุ ปี {year}</td><td>40,000 บาท</td><td>อยู่ระหว่างดำเนินการ ร้อยละ 50</td></tr></table>"
    )
}

/// The verdict and reasons for O11 where its page has this content, on a site with a template and these further pages.
fn judged(path: &str, content: Vec<Step>, more: Vec<(&'static str, Vec<Step>)>) -> (String, Vec<(String, String)>) {
    let menu = format!("<p>ยินดีต้อนรับสู่เว็บไซต์</p><ul><li><a href=/report>{NAME}</a></li></ul>");
    let others = ["/n1", "/n2", "/n3", "/n4", "/n5"];
    let mut pages: Vec<(&'static str, Vec<Step>)> = vec![("/", page("หน้าแรก", &menu)), ("/submitted", content)];
    pages.extend(others.map(|path| (path, page("ข่าว", &format!("<p>ข่าวประชาสัมพันธ์ที่ {path} ของหน่วยงาน</p>")))));
    pages.extend(more);
    let news = others.map(|path| format!("http://www.example.go.th{path}")).join(", ");
    let site = Website::new(pages);
    let items = format!("  O11: http://www.example.go.th{path}\n  O7: [{news}]\n{PLAN}");
    let report = site.check(&items, &["--only", "O11,O7"]).report();
    let found = item(&report, "O11");
    let reasons = reasons(found).into_iter().map(|(code, level)| (code.to_owned(), level.to_owned())).collect();
    (found["verdict"].as_str().unwrap().to_owned(), reasons)
}

fn of(content: &str) -> (String, Vec<(String, String)>) {
    judged("/submitted", page("รายงาน", content), Vec::new())
}

fn has(judged: &(String, Vec<(String, String)>), verdict: &str, code: &str) {
    assert_eq!(judged.0, verdict, "{}", judged.1.iter().map(|(code, _)| code.as_str()).collect::<Vec<_>>().join(" "));
    assert!(judged.1.iter().any(|(found, _)| found == code), "{code}");
}

#[test]
fn a_report_of_the_year_passes_and_one_of_last_year_fails() {
    assert_eq!(of(&report_of(2563)), ("pass".to_owned(), Vec::new()));
    has(&of(&report_of(2562)), "fail", "year.missing");
}

#[test]
fn a_date_of_posting_does_not_make_last_years_report_this_years() {
    for stamp in ["ประกาศเมื่อ 12 พ.ค. 63", "ปรับปรุงล่าสุด 30 มิถุนายน 2563", "© 2563", "ลงวันที่ 8 เมษายน 2563"]
    {
        let judged = of(&format!("{}<p>{stamp}</p>", report_of(2562)));
        assert!(["fail", "review"].contains(&judged.0.as_str()), "{stamp}: {}", judged.0);
    }
}

#[test]
fn what_a_page_hands_out_and_this_program_cannot_read_is_for_a_person() {
    let pdf = || answer(200, "Content-Type: application/pdf\r\n", b"%PDF-1.4\n%%EOF\n");
    let page_with = |link: &str| page("รายงาน", &format!("<h2>{NAME}</h2><p>{link}</p>"));
    for (path, link) in [
        ("/download.php?id=7", "<a href='/download.php?id=7'>ดาวน์โหลด</a>"),
        ("/file/a", "<a href=/file/a>คลิกที่นี่</a>"),
        ("/r.pdf", "<a href=\"javascript:window.open('/r.pdf')\">เปิดเอกสาร</a>"),
        ("/r.pdf", "<iframe src=/r.pdf></iframe>"),
    ] {
        let judged = judged("/submitted", page_with(link), vec![(path, pdf())]);
        assert_eq!(judged.0, "review", "{link}");
    }
    let walled = vec![("/r", answer(403, HTML, "Forbidden"))];
    assert_eq!(judged("/submitted", page_with("<a href=/r>รายละเอียด</a>"), walled).0, "review");
}

#[test]
fn a_heading_or_a_promise_is_no_content() {
    has(&of(&format!("<h2>{NAME} ปี 2563</h2>")), "review", "content.empty");
    has(&of(&format!("<h2>{NAME} ปี 2563</h2><p>ขออภัย ข้อมูลอยู่ระหว่างปรับปรุง</p>")), "review", "content.empty");
}

#[test]
fn content_that_a_browser_shows_without_a_click_is_the_pages() {
    let real = || vec![("/real", page("รายงาน", &report_of(2563)))];
    for html in [
        "<!doctype html><title>อบต.</title><meta http-equiv=refresh content='0; url=/real'>",
        "<!doctype html><title>อบต.</title><frameset><frame src=/real></frameset>",
        "<!doctype html><title>อบต.</title><iframe src='/real'></iframe>",
    ] {
        assert_eq!(judged("/submitted", answer(200, HTML, html), real()), ("pass".to_owned(), Vec::new()), "{html}");
    }
}

#[test]
fn one_click_further_is_advice_from_an_index_and_a_question_from_the_home_page() {
    let real = || vec![("/report", page("รายงาน", &report_of(2563)))];
    let index = page("รวมลิงก์", &format!("<p>รวมลิงก์ของหน่วยงาน</p><ul><li><a href=/report>{NAME}</a></li></ul>"));
    has(&judged("/submitted", index, real()), "advice", "link.wrong_target");
    has(&judged("/", page("รายงาน", ""), real()), "review", "link.wrong_target");
}

#[test]
fn a_row_that_names_the_item_leads_to_what_it_links() {
    let row = format!("<h2>เอกสารเผยแพร่</h2><table><tr><td>{NAME} 2563</td><td><a href=/x1>คลิก</a></td></tr></table>");
    let real = vec![("/x1", page("รายงาน", &report_of(2563)))];
    let (verdict, _) = judged("/submitted", page("เอกสาร", &row), real);
    assert!(["pass", "advice"].contains(&verdict.as_str()), "{verdict}");
}

#[test]
fn what_lies_two_clicks_away_is_not_failed_for_it() {
    let index = |next: &str| page("สารบัญ", &format!("<h2>{NAME}</h2><ul><li><a href={next}>{NAME}</a></li></ul>"));
    let more = vec![("/second", index("/third")), ("/third", page("รายงาน", &report_of(2563)))];
    assert_eq!(judged("/submitted", index("/second"), more).0, "review");
}

#[test]
fn what_robots_may_not_open_is_not_taken_for_absent() {
    let index = || page("รวมลิงก์", &format!("<p>รวมลิงก์ของหน่วยงาน</p><ul><li><a href=/report>{NAME}</a></li></ul>"));
    let embeds = || answer(200, HTML, "<!doctype html><title>อบต.</title><iframe src=/report></iframe>");
    let with = |content: Vec<Step>, rules: &str| {
        let real = ("/report", page("รายงาน", &report_of(2563)));
        judged("/submitted", content, vec![real, ("/robots.txt", answer(200, "", rules))]).0
    };
    assert_eq!(with(index(), "User-agent: *\nDisallow: /admin/\n"), "advice");
    assert_eq!(with(index(), "User-agent: *\nDisallow: /report\n"), "review");
    assert_eq!(with(index(), "User-agent: *\nDisallow: /\n\nUser-agent: oit-audit\nAllow: /\n"), "advice");
    // A browser opens without asking what the agency submitted, and what that page embeds.
    assert_eq!(with(embeds(), "User-agent: *\nDisallow: /\n"), "pass");
}

#[test]
fn the_reasons_for_a_review_speak_of_doubt() {
    let site = Website::new([("/", page("หน้าแรก", "")), ("/a", page("รายงาน", &format!("<h2>{NAME}</h2>")))]);
    let report = site.check(&format!("  O11: http://www.example.go.th/a\n{PLAN}"), &[]).report();
    let messages = item(&report, "O11")["reasons"].as_array().unwrap();
    assert!(!messages.is_empty());
    for message in messages.iter().filter_map(|reason| reason["message"].as_str()) {
        assert!(message.contains("โปรดตรวจ"), "{message}");
    }
    assert_eq!(item(&report, "O11")["score"], Value::Null);
}

#[test]
fn what_the_site_asks_programs_not_to_open_is_named_to_a_person() {
    let robots = answer(200, "Content-Type: text/plain\r\n", "User-agent: *\nDisallow: /private/\n");
    let index = page("รายงาน", &format!("<ul><li><a href=/private/r>{NAME}</a></li></ul>"));
    let report = || page("รายงาน", &report_of(2563));
    let judged = judged("/submitted", index, vec![("/robots.txt", robots), ("/private/r", report())]);
    has(&judged, "review", "link.blocked");
}

#[test]
fn of_many_links_each_is_opened_and_the_best_decides() {
    let sound = |path: &str| path == "/p37";
    let paths: Vec<String> = (0..40).map(|n| format!("/p{n}")).collect();
    let listed: Vec<String> = paths.iter().map(|path| format!("http://www.example.go.th{path}")).collect();
    let check = |dead: &str| {
        let pages = paths.iter().filter(|path| *path != dead).map(|path| {
            let content = if sound(path) {
                report_of(2563)
            } else {
                format!("<p>ข่าวประชาสัมพันธ์ที่ {path}</p>")
            };
            (&*path.clone().leak(), page("หน้า", &content))
        });
        let site = Website::new(pages.collect::<Vec<_>>());
        let items = format!("  O11: [{}]\n{PLAN}", listed.join(", "));
        let report = site.check(&items, &["--only", "O11"]).report();
        let found = item(&report, "O11").clone();
        let outcomes: Vec<String> =
            found["urls"].as_array().unwrap().iter().map(|url| url["outcome"].as_str().unwrap().to_owned()).collect();
        (found["verdict"].as_str().unwrap().to_owned(), outcomes, site.asked())
    };
    let (verdict, outcomes, asked) = check("");
    assert_eq!(verdict, "pass");
    assert_eq!(outcomes, vec!["opened"; 40]);
    assert!(paths.iter().all(|path| asked.iter().filter(|seen| *seen == path).count() == 1), "{}", asked.join(" "));
    let (verdict, outcomes, _) = check("/p20");
    assert_eq!((verdict.as_str(), outcomes[20].as_str()), ("review", "http_status"));
    let (verdict, ..) = check("/p37");
    assert_ne!(verdict, "pass");
}
