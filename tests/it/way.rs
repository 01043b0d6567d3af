//! How an item's content is found from its page, and its page from the home page: best first, no further than needed.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::support::program::{Desk, item, oit, reasons};
use crate::support::rough_server::{Step, answer, redirect};
use crate::support::website::{HOST, STRUCTURE, Website, page};

const HEAD: &str = "agency: อบต.ตัวอย่าง
website: http://www.example.go.th/
fiscal_year: 2563
";

/// A page without a menu.
fn bare(own: &str) -> Vec<Step> {
    let html = format!("<!doctype html><html lang=th><title>อบต.ตัวอย่าง</title><body><div>{own}</div></body></html>");
    answer(200, "Content-Type: text/html; charset=utf-8\r\n", html)
}

fn plan(year: u16) -> Vec<Step> {
    let text = format!(
        "แผนดำเนินงานประจำปีงบประมาณ พ.ศ. {year}\nโครงการก่อสร้างถนนคอนกรีตเสริมเหล็ก หมู่ที่ 4 งบประมาณ 480,000 บาท\n\
         ระยะเวลาดำเนินการ ตุลาคม {} ถึง กันยายน {year}\nโครงการอบรมอาชีพผู้สูงอายุ งบประมาณ 30,000 บาท",
        year - 1
    );
    answer(200, "Content-Type: text/plain; charset=utf-8\r\n", text)
}

/// Checks these items with these settings under `crawl`.
fn check(site: &Website, crawl: &str, items: &str, more: &[&str]) -> Value {
    let desk = Desk::new();
    let file = desk.put("agency.yaml", format!("{HEAD}crawl: {{retries: 0, timeout: 5s, {crawl}}}\nitems:\n{items}"));
    let ran = oit(site.words(&file, more));
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    ran.report()
}

/// The texts of the clicks from the home page to an item's first link.
fn clicks(report: &Value, id: &str) -> Option<Vec<String>> {
    let path = item(report, id)["urls"][0]["path"].as_array()?;
    Some(path.iter().map(|click| click["text"].as_str().unwrap().to_owned()).collect())
}

fn asked_under(site: &Website, folder: &str) -> Vec<String> {
    site.asked().into_iter().filter(|path| path.starts_with(folder)).collect()
}

const O1: &str = "  O1: http://www.example.go.th/o1\n";
const O10: &str = "  O10: http://www.example.go.th/plans\n";

/// A website whose page for plans is an index of one file a year, the demanded one in the middle.
fn index_of_years(own: &'static str, text: fn(u16) -> String) -> Website {
    Website::by(move |seen| {
        let year = seen.target.strip_prefix("/files/plan").and_then(|rest| rest.strip_suffix(".txt")?.parse().ok());
        match (seen.target.as_str(), year) {
            ("/", _) => bare("<a href=/plans>แผน</a><a href=/news>ข่าว</a>"),
            ("/plans", _) => {
                let mut index = own.to_owned();
                for year in 2551..=2570 {
                    let _ = write!(index, "<p><a href=/files/plan{year}.txt>{}</a></p>", text(year));
                }
                bare(&index)
            }
            (_, Some(year)) => plan(year),
            _ => answer(404, "", "none"),
        }
    })
}

#[test]
fn of_an_index_of_years_only_the_demanded_one_is_opened() {
    let labelled = index_of_years("<h1>เอกสารเผยแพร่</h1>", |year| {
        format!("แผนดำเนินงานประจำปี พ.ศ. {year}")
    });
    let sectioned = index_of_years("<h1>แผนดำเนินงานประจำปี</h1>", |year| {
        format!("ปีงบประมาณ {year}")
    });
    for site in [labelled, sectioned] {
        let report = check(&site, "", O10, &[]);
        assert_eq!(item(&report, "O10")["score"], 100, "{}", item(&report, "O10"));
        let opened = asked_under(&site, "/files/");
        assert_eq!(opened.len(), 3, "{opened:?}");
        assert!(opened.contains(&"/files/plan2563.txt".to_owned()));
        let documents = item(&report, "O10")["documents"].as_array().unwrap();
        assert_eq!(documents[0]["url"], "http://www.example.go.th/files/plan2563.txt", "best first");
    }
}

#[test]
fn an_index_of_unlabelled_files_is_opened_until_the_item_is_decided() {
    let site =
        index_of_years("<h1>แผนดำเนินงานประจำปี</h1>", |_| "ดาวน์โหลด".to_owned());
    let report = check(&site, "", O10, &[]);
    assert_eq!(item(&report, "O10")["score"], 100);
    let opened = asked_under(&site, "/files/").len();
    assert_eq!(opened, 13, "batch by batch, up to the thirteenth");
    let site =
        index_of_years("<h1>แผนดำเนินงานประจำปี</h1>", |_| "ดาวน์โหลด".to_owned());
    let report = check(&site, "max_documents: 5", O10, &[]);
    assert_eq!(asked_under(&site, "/files/").len(), 5);
    assert_eq!(item(&report, "O10")["verdict"], "review", "the others may be it");
}

#[test]
fn the_only_link_of_a_page_is_opened_whatever_it_is_called() {
    let laws = "<h1>กฎหมายที่เกี่ยวข้อง</h1><p>พระราชบัญญัติสภาตำบลและองค์การบริหารส่วนตำบล พ.ศ. 2537</p>\
                <p>พระราชบัญญัติกำหนดแผนและขั้นตอนการกระจายอำนาจ พ.ศ. 2542</p>";
    let site = Website::by(move |seen| match seen.target.as_str() {
        "/" => bare("<a href=/laws>คลัง</a><a href=/news>ข่าว</a>"),
        "/laws" => bare("<h1>กฎหมายที่เกี่ยวข้อง</h1><p><a href=/store>คลังของเรา</a></p>"),
        "/store" => bare(laws),
        _ => answer(404, "", "none"),
    });
    let report = check(&site, "", "  O6: http://www.example.go.th/laws\n", &[]);
    assert_eq!(item(&report, "O6")["score"], 100, "{}", item(&report, "O6"));
    assert_eq!(asked_under(&site, "/store").len(), 1);
}

#[test]
fn files_of_other_items_are_left_alone() {
    let index = "<table><tr><td>แผนดำเนินงานประจำปี</td><td><a href=/files/a.txt>ดาวน์โหลด</a></td></tr>\
                 <tr><td>รายงานการกำกับติดตามการดำเนินงานประจำปี รอบ 6 เดือน</td><td><a href=/files/b.txt>ดาวน์โหลด</a></td></tr>\
                 <tr><td>แผนการใช้จ่ายงบประมาณประจำปี</td><td><a href=/files/c.txt>ดาวน์โหลด</a></td></tr></table>";
    let site = Website::new([
        ("/", bare("<a href=/plans>แผน</a>")),
        ("/plans", bare(index)),
        ("/files/a.txt", plan(2563)),
        ("/files/b.txt", plan(2563)),
        ("/files/c.txt", plan(2563)),
    ]);
    let report = check(&site, "", O10, &[]);
    assert_eq!(item(&report, "O10")["score"], 100);
    assert_eq!(asked_under(&site, "/files/"), ["/files/a.txt"]);
}

#[test]
fn the_right_link_is_told_where_the_content_is_one_click_further() {
    let site = Website::new([
        ("/", bare("<a href=/start>เอกสาร</a>")),
        ("/start", bare("<h1>เอกสารของหน่วยงาน</h1><a href=/structure>โครงสร้าง</a>")),
        ("/structure", bare(STRUCTURE)),
    ]);
    let desk = Desk::new();
    let file = desk.put("agency.yaml", format!("{HEAD}items:\n  O1: http://www.example.go.th/start\n"));
    let words = site.words(&file, &["--format=terminal", "--lang=en", "--only=O1", "-v"]);
    let words: Vec<String> = words.into_iter().filter(|word| word != "--format=json").collect();
    let shown = oit(&words).out;
    for line in ["the correct link:", "http://www.example.go.th/structure", "Home > เอกสาร"] {
        assert!(shown.contains(line), "no «{line}» in\n{shown}");
    }
}

/// A website of pages that each lead to the next, `depth` clicks from the home page to the last, which is O1's.
fn chain(depth: usize) -> Website {
    Website::by(move |seen| {
        let at = match seen.target.as_str() {
            "/" => Some(0),
            path => path.strip_prefix("/step").and_then(|step| step.parse::<usize>().ok()),
        };
        match at {
            Some(at) if at + 1 == depth => bare("<a href='/o1/index.php#top'>โครงสร้าง</a>"),
            Some(at) if at + 1 < depth => bare(&format!("<a href=/step{0}>ขั้นที่ {0}</a>", at + 1)),
            _ if seen.target == "/o1" => bare(STRUCTURE),
            _ => answer(404, "", "none"),
        }
    })
}

#[test]
fn more_than_four_clicks_are_advised_on() {
    let report = check(&chain(4), "", O1, &[]);
    assert_eq!(reasons(item(&report, "O1")), []);
    assert_eq!(clicks(&report, "O1").unwrap(), ["ขั้นที่ 1", "ขั้นที่ 2", "ขั้นที่ 3", "โครงสร้าง"]);
    let report = check(&chain(5), "", O1, &[]);
    let o1 = item(&report, "O1");
    assert_eq!((&o1["verdict"], &o1["score"]), (&json!("advice"), &json!(100)));
    assert_eq!(reasons(o1), [("link.far", "advice")]);
    assert!(o1["reasons"][0]["message"].as_str().unwrap().contains("5 ครั้ง"));
    assert_eq!(o1["reasons"][0]["evidence"], "หน้าแรก > ขั้นที่ 1 > ขั้นที่ 2 > ขั้นที่ 3 > ขั้นที่ 4 > โครงสร้าง");
}

#[test]
fn a_page_that_nothing_leads_to_is_advised_on() {
    let site = Website::new([
        ("/", bare("<a href=/about>เกี่ยวกับเรา</a><a href=/gone>หาย</a>")),
        ("/about", bare("<p>ประวัติ</p><a href=/>หน้าแรก</a>")),
        ("/o1", bare(STRUCTURE)),
    ]);
    let report = check(&site, "", O1, &[]);
    let o1 = item(&report, "O1");
    assert_eq!(reasons(o1), [("link.no_path", "advice")]);
    let message = o1["reasons"][0]["message"].as_str().unwrap();
    assert!(message.contains("ครบทุกหน้า") && message.contains("หน้า"), "{message}");
    assert_eq!(o1["urls"][0]["path"], Value::Null);
    for off in ["explore: 0", "explore: 60"] {
        let more: &[&str] = if off == "explore: 0" { &[] } else { &["--no-follow"] };
        let report = check(&site, off, O1, more);
        assert_eq!(reasons(item(&report, "O1")), [], "what was not sought is not missing");
    }
}

#[test]
fn nothing_is_explored_where_the_pages_at_hand_show_the_way() {
    let site = Website::new([
        ("/", bare("<a href=http://example.go.th/o1/>โครงสร้าง</a><a href=/a>ก</a><a href=/b>ข</a>")),
        ("/o1", bare(STRUCTURE)),
    ]);
    let report = check(&site, "follow: 0", O1, &["--only=O1"]);
    assert_eq!(clicks(&report, "O1").unwrap(), ["โครงสร้าง"]);
    assert!(!site.asked().contains(&"/a".to_owned()));
}

/// A website of many pages of news, none of which leads to O1's page.
fn news() -> Website {
    Website::by(|seen| match seen.target.as_str() {
        "/o1" => bare(STRUCTURE),
        "/robots.txt" => answer(404, "", "none"),
        path => {
            let from = path.trim_start_matches("/news/").parse().unwrap_or(0);
            let links = (1..=9).map(|n| from * 10 + n).map(|n: u64| format!("<a href=/news/{n}>ข่าวที่ {n}</a> "));
            bare(&links.collect::<String>())
        }
    })
}

#[test]
fn exploring_ends_with_its_budget_and_says_so() {
    let site = news();
    let report = check(&site, "follow: 0, explore: 10", O1, &["--only=O1"]);
    let o1 = item(&report, "O1");
    assert_eq!(reasons(o1), [("link.no_path", "advice")]);
    assert!(o1["reasons"][0]["message"].as_str().unwrap().contains("ยังไม่ครบ"), "{}", o1["reasons"]);
    assert_eq!(asked_under(&site, "/news/").len(), 10);
}

#[test]
fn what_robots_are_asked_to_leave_alone_is_not_explored() {
    let site = Website::new([
        ("/robots.txt", answer(200, "Content-Type: text/plain\r\n", "User-agent: *\nDisallow: /private/\n")),
        ("/", bare("<a href=/private/ita>ITA</a><a href=/about>เกี่ยวกับเรา</a>")),
        ("/private/ita", bare("<a href=/o1>โครงสร้าง</a>")),
        ("/about", bare("<p>ประวัติ</p>")),
        ("/o1", bare(STRUCTURE)),
    ]);
    let report = check(&site, "follow: 0", O1, &["--only=O1"]);
    assert_eq!(asked_under(&site, "/private/"), Vec::<String>::new());
    let o1 = item(&report, "O1");
    assert!(o1["reasons"][0]["message"].as_str().unwrap().contains("ยังไม่ครบ"), "it may lie behind: {}", o1["reasons"]);
}

#[test]
fn a_home_page_that_cannot_be_read_is_said_once() {
    for home in [answer(500, "", "none"), bare("<div id=root></div><script src=/app.js></script>")] {
        let site = Website::new([("/", home), ("/o1", bare(STRUCTURE)), ("/o2", bare(STRUCTURE))]);
        let report =
            check(&site, "render: never", &format!("{O1}  O2: http://www.example.go.th/o2\n"), &["--only=O1,O2"]);
        for id in ["O1", "O2"] {
            let codes = reasons(item(&report, id));
            assert!(!codes.iter().any(|(code, _)| *code == "link.no_path"), "{codes:?}");
        }
        let notes = report["notes"].as_array().unwrap();
        let said = notes.iter().filter(|note| note["en"].as_str().unwrap().contains("how many clicks")).count();
        assert_eq!(said, 1, "{notes:?}");
    }
}

/// A website whose inner page leads, or does not, to a file on another host, which serves the same pages.
fn with_file_elsewhere(linked: bool) -> Website {
    Website::by(move |seen| match (seen.target.as_str(), linked) {
        ("/", _) => bare("<a href=/ita>ITA</a>"),
        ("/ita", true) => {
            bare("<a href='https://files.vendor.example/s/plan?b=2&a=1'>แผนดำเนินงาน</a><a href=/short>ย่อ</a>")
        }
        ("/ita", false) => bare("<p>ยังไม่มีข้อมูล</p>"),
        ("/s/plan?a=1&b=2" | "/s/plan?b=2&a=1", _) => plan(2563),
        ("/tiny", _) => redirect(302, "http://files.vendor.example/s/plan?a=1&b=2"),
        _ => answer(404, "", "none"),
    })
}

#[test]
fn a_file_elsewhere_counts_where_the_main_website_leads_to_it() {
    for url in ["http://files.vendor.example/s/plan?a=1&b=2", "http://tiny.example/tiny"] {
        let site = with_file_elsewhere(true);
        let resolve =
            ["files.vendor.example", "tiny.example"].map(|host| format!("--resolve={host}={}", site.address()));
        let report = check(&site, "", &format!("  O10: {url}\n"), &[&resolve[0], &resolve[1], "--only=O10"]);
        let o10 = item(&report, "O10");
        assert_eq!((&o10["verdict"], reasons(o10)), (&json!("advice"), vec![("domain.external", "advice")]), "{o10}");
        let seen = o10["reasons"][0]["evidence"].as_str().unwrap();
        assert_eq!(seen, "หน้าแรก > ITA > แผนดำเนินงาน (http://www.example.go.th/ita)");
        assert_eq!(clicks(&report, "O10").unwrap(), ["ITA", "แผนดำเนินงาน"]);
    }
}

#[test]
fn a_file_elsewhere_fails_only_where_the_whole_website_was_searched() {
    let check = |crawl: &str| {
        let site = with_file_elsewhere(false);
        let resolve = format!("--resolve=files.vendor.example={}", site.address());
        check(&site, crawl, "  O10: http://files.vendor.example/s/plan?a=1&b=2\n", &[&resolve, "--only=O10"])
    };
    let report = check("");
    assert_eq!(reasons(item(&report, "O10")), [("domain.off_site", "fail")]);
    let report = check("explore: 0, follow: 0");
    let codes = reasons(item(&report, "O10"));
    assert_eq!(codes[0], ("domain.off_site", "review"), "{codes:?}");
}

#[test]
fn an_archive_gives_the_same_ways_again() {
    let site = chain(5);
    let desk = Desk::new();
    let file = desk.put("agency.yaml", format!("{HEAD}crawl: {{retries: 0}}\nitems:\n{O1}"));
    let archive = desk.path("run.warc.gz").display().to_string();
    let first = oit(site.words(&file, &["--archive", &archive]));
    assert_eq!((first.code, first.err.as_str()), (0, ""));
    assert_eq!(reasons(item(&first.report(), "O1")), [("link.far", "advice")]);
    let again = oit(["check", &file, "--replay", &archive, "--format=json"]);
    assert_eq!((again.code, again.err.as_str()), (0, ""));
    assert_eq!(again.out, first.out);
    assert!(first.out.contains(HOST));
}

#[test]
fn menus_count_as_clicks() {
    let site = Website::new([("/", page("หน้าแรก", "<p>ยินดีต้อนรับ</p>")), ("/o1", page("โครงสร้าง", STRUCTURE))]);
    let report = check(&site, "", O1, &[]);
    assert_eq!(clicks(&report, "O1").unwrap(), ["โครงสร้าง"]);
}
