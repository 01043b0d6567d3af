//! Each year's catalogue in whole runs of the program: `init`, `catalog`, `check`; and catalogues of a user's own.

use serde_json::{Value, json};
use unicode_width::UnicodeWidthStr;

use crate::support::program::{Desk, command, item, oit};
use crate::support::website::{HOST, Website, page};

/// Year, items, status, points of OIT that the last item carries, and the item that asks for contact information.
const YEARS: &[(u16, usize, &str, f64, &str)] = &[
    (2562, 48, "partly", 3.57, "O5"),
    (2563, 43, "verified", 12.5, "O5"),
    (2564, 43, "verified", 12.5, "O5"),
    (2565, 43, "partly", 12.5, "O5"),
    (2566, 43, "partly", 5.0, "O5"),
    (2567, 35, "partly", 6.25, "O4"),
    (2568, 28, "partly", 6.25, "O3"),
    (2569, 26, "partly", 6.25, "O3"),
];

const CONTACT: &str = "<h2>ข้อมูลการติดต่อ</h2><p>ที่อยู่ องค์การบริหารส่วนตำบลตัวอย่าง เลขที่ 99 หมู่ 1 ตำบลตัวอย่าง \
    อำเภอเมือง จังหวัดบุรีรัมย์ 31110</p><p>โทรศัพท์ 044-123456 โทรสาร 044-123457</p><p>อีเมล office@example.go.th</p>\
    <p><a href=https://maps.google.com/?q=1>แผนที่</a></p><form action=/ask><p>สอบถามข้อมูล ถาม-ตอบ</p><textarea name=q1></textarea>\
    <input name=from><button>ส่งคำถาม</button></form>";

/// The text that `init` writes, with every item judged by a person but the contact information, which the program judges,
/// and the last, which is not published.
fn agency(year: u16, contact: &str, survey: &str) -> String {
    let init = oit(["init", "--year", &year.to_string(), "--website", "http://www.example.go.th/"]);
    assert_eq!((init.code, init.err.as_str()), (0, ""));
    let last = init.out.lines().filter(|line| line.contains(": null")).count();
    let line = |line: &str| match line.split_once(": null").map(|(id, _)| id.trim()) {
        Some(id) if id == contact => format!("  {id}: http://{HOST}/contact"),
        Some(id) if id != format!("O{last}") => {
            format!("  {id}: {{urls: [http://{HOST}/], reviewed: {{verdict: pass, on: 2026-06-30}}}}")
        }
        _ => line.to_owned(),
    };
    let lines: Vec<String> = init.out.lines().map(line).collect();
    format!("{}\n{survey}", lines.join("\n"))
}

fn site() -> Website {
    Website::new([("/", page("หน้าแรก", "<p><a href=/contact>ติดต่อเรา</a></p>")), ("/contact", page("ติดต่อเรา", CONTACT))])
}

fn check(site: &Website, agency: &str, more: &[&str]) -> Value {
    let desk = Desk::new();
    let file = desk.put("agency.yaml", agency);
    let ran = oit(site.words(&file, more));
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.out);
    ran.report()
}

const HIGH: &str = "survey: {iit: [96, 96, 96, 96, 96], eit: [96, 96, 96]}\n";
const LOW_EIT: &str = "survey: {iit: [96, 96, 96, 96, 96], eit: [84, 84, 84]}\n";

#[test]
fn each_year_is_audited_by_its_own_rules() {
    let site = site();
    for (year, count, status, worth, contact) in YEARS {
        let report = check(&site, &agency(*year, contact, HIGH), &[]);
        let items = report["items"].as_array().unwrap();
        assert_eq!((items.len(), &report["catalog_status"]), (*count, &json!(status)), "{year}");
        let oit = report["score"]["oit"]["predicted"].as_f64().unwrap();
        assert!((100.0 - worth - oit).abs() < 0.006, "{year}: {oit}");
        let found = item(&report, contact);
        assert_eq!(found["verdict"], "pass", "{year}: {}", found["reasons"]);
        // Of what the year's rules are not known, the report says so, item by item and part by part.
        let counts = &report["catalog"]["items"];
        for status in ["verified", "agency", "derived", "unverified"] {
            let of_status = items.iter().filter(|item| item["standing"]["status"] == status).count();
            assert_eq!(counts[status], of_status, "{year} {status}");
        }
        assert!(items.iter().all(|item| item["standing"]["source"].as_str().unwrap().len() > 10), "{year}");
        for part in ["structure", "weights", "grades", "target"] {
            assert!(report["catalog"][part]["source"].as_str().unwrap().len() > 10, "{year} {part}");
        }
        let notes: Vec<&str> =
            report["notes"].as_array().unwrap().iter().map(|note| note["en"].as_str().unwrap()).collect();
        assert_eq!(notes.is_empty(), *status == "verified", "{year}: {}", notes.join("\n"));
        if *status == "partly" {
            assert!(notes[0].contains(&format!("Of the {count} items of {year}")), "{}", notes[0]);
            assert!(notes[1].contains("the structure of sub-indicators"), "{}", notes[1]);
        }
        let grade = report["score"]["ita"]["grade"].as_str().unwrap();
        match year {
            2562 => assert_eq!(grade, "AA"),
            2563..=2565 => assert_eq!(grade, "A"),
            2566 => assert_eq!(grade, "ผ่านดีเยี่ยม"),
            _ => assert_eq!(grade, "ผ่านดี"),
        }
    }
}

#[test]
fn from_2566_on_one_low_instrument_costs_the_grade_and_oit_alone_gives_none() {
    let site = site();
    let report = check(&site, &agency(2566, "O5", LOW_EIT), &[]);
    assert_eq!(report["score"]["ita"]["grade"], "ผ่าน");
    let report = check(&site, &agency(2566, "O5", ""), &[]);
    assert_eq!(report["score"]["ita"], Value::Null);
    let expected = json!([
        {"grade": "ผ่านดีเยี่ยม", "oit_from": 95.0, "met": true},
        {"grade": "ผ่านดี", "oit_from": 85.0, "met": true}
    ]);
    assert_eq!(report["score"]["grade_conditions"], expected);
    let report = check(&site, &agency(2563, "O5", ""), &[]);
    assert_eq!(report["score"].get("grade_conditions"), None);
}

#[test]
fn a_catalogue_of_ones_own_changes_one_item_and_says_that_it_is_one() {
    let site = site();
    let desk = Desk::new();
    let own = "fiscal_year: 2563\nstatus: partly\nsource: letter of the regional office, 12 May 2563\n\
               like: {year: 2563}\nitems:\n  - id: O5\n    status: agency\n    source: the same letter\n    checks:\n      \
               - elements:\n          - {name: {th: พิกัด, en: coordinates}, phrases: [ละติจูด], if_absent: fail, status: \
               verified, source: the same letter}\n";
    let own = desk.put("own.yaml", own);
    let report = check(&site, &agency(2563, "O5", ""), &["--catalog", &own]);
    let contact = item(&report, "O5");
    assert_eq!(
        (&contact["reasons"][0]["code"], &contact["standing"]["status"]),
        (&json!("content.missing"), &json!("agency"))
    );
    assert!(contact["reasons"][0]["message"].as_str().unwrap().contains("พิกัด"), "{}", contact["reasons"]);
    assert_eq!(report["catalog"]["own"], true);
    assert!(report["notes"][0]["en"].as_str().unwrap().contains("a user's own"), "{}", report["notes"]);
    let explained = oit(["catalog", "O5", "--catalog", &own, "--lang", "en"]);
    assert!(explained.out.contains("coordinates") && explained.out.contains("the same letter"), "{}", explained.out);
    let wrong = desk
        .put("wrong.yaml", "fiscal_year: 2563\nstatus: partly\nsource: x\nlike: {year: 2563}\nitems: [{id: O99}]\n");
    let ran = oit(["catalog", "--catalog", &wrong]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("O99: fiscal year 2563 has no such item"), "{}", ran.err);
}

fn shown(words: &[&str], columns: &str) -> String {
    let mut program = command();
    program.env("COLUMNS", columns).args(words);
    let output = program.output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn every_page_of_every_year_fits_its_terminal() {
    for (columns, lang) in [("80", "th"), ("200", "en")] {
        let wide: usize = columns.parse().unwrap();
        for (year, count, ..) in YEARS {
            let list = shown(&["catalog", "--year", &year.to_string(), "--lang", lang], columns);
            let is_item =
                |line: &&str| line.strip_prefix('O').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
            assert_eq!(list.lines().filter(is_item).count(), *count, "{year}");
            assert!(list.lines().all(|line| line.width() <= wide && line == line.trim_end()), "{year}");
        }
    }
    let years = shown(&["catalog"], "80");
    assert!(YEARS.iter().all(|(year, ..)| years.lines().any(|line| line.starts_with(&year.to_string()))), "{years}");
}

#[test]
fn an_item_is_explained_with_examples_worth_and_ties() {
    let th = shown(&["catalog", "O11", "--year", "2563"], "80");
    for part in
        ["O11 รายงาน", "1.25 คะแนน OIT, 0.50 คะแนน ITA", "ต.ค. 2562 – มี.ค. 2563", "O10 แผนดำเนินงานประจำปี", "ตัวอย่าง"]
    {
        assert!(th.contains(part), "{part}: {th}");
    }
    assert!(!th.contains('{'), "{th}");
    let en = shown(&["catalog", "O42", "--year", "2563", "--lang", "en"], "80");
    for part in ["Basis of", "O43", "12.50 points of OIT", "otherwise: the item fails [verified]", "passes", "does not"]
    {
        assert!(en.contains(part), "{part}: {en}");
    }
    let later = shown(&["catalog", "O43", "--year", "2566"], "200");
    assert!(later.contains("fiscal year 2563: "), "a rule of another year says so: {later}");
    let ran = oit(["catalog", "O44", "--year", "2563"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("its items are O1 to O43"), "{}", ran.err);
}
