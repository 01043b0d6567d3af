//! `oit-audit read`: what is seen in a file, a page or standard input, for people and for programs.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::io::Write as _;
use std::process::Stdio;

use serde_json::{Value, json};
use unicode_width::UnicodeWidthStr as _;

use crate::support::program::{Desk, Ran, command, oit};
use crate::support::website::{HOST, Website, page};

/// A plan that cites two laws and has a menu.
const PLAN: &str = "<!doctype html><html lang=th><head><meta charset=utf-8><title>แผนดำเนินงาน</title></head><body>\
<nav><a href=/>ข่าว ปี 2561</a></nav><h1>แผนดำเนินงานประจำปี 2563</h1>\
<p>จัดทำตามพระราชบัญญัติเทศบาล พ.ศ. 2546 โทร 0-4463-2564</p><table><tr><td>ม.ค. 2563</td><td>2,565 บาท</td></tr></table>\
<footer>© 2560 เทศบาล</footer></body></html>";

fn typed(text: &[u8], words: &[&str]) -> Ran {
    let ran = assert_cmd::Command::from_std(command()).args(words).write_stdin(text).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ran {
        code: ran.status.code().unwrap(),
        out: text(ran.stdout),
        err: text(ran.stderr),
        took: std::time::Duration::ZERO,
    }
}

/// What is seen, after a look that it keeps to its schema.
fn seen(ran: &Ran) -> Value {
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let seen = ran.report();
    let schema = serde_json::from_str(&oit(["schema", "read"]).out).unwrap();
    let faults: Vec<String> =
        jsonschema::validator_for(&schema).unwrap().iter_errors(&seen).map(|error| error.to_string()).collect();
    assert_eq!(faults, Vec::<String>::new());
    assert_eq!(seen["schema"], "oit-audit/read/1");
    seen
}

fn years(seen: &Value) -> Vec<(u64, &str, &str)> {
    let years = seen["years"].as_array().unwrap().iter();
    years.map(|y| (y["year"].as_u64().unwrap(), y["role"].as_str().unwrap(), y["place"].as_str().unwrap())).collect()
}

#[test]
fn a_saved_page_is_told_as_the_contract_has_it() {
    let desk = Desk::new();
    let seen = seen(&oit(["read", &desk.put("plan2562.html", PLAN), "--format", "json"]));
    for (key, value) in [
        ("kind", json!("html")),
        ("readability", json!("full")),
        ("title", json!("แผนดำเนินงาน")),
        ("pages", json!(null)),
        ("notes", json!([])),
    ] {
        assert_eq!(seen[key], value, "{key}");
    }
    let text = seen["text"].as_str().unwrap();
    assert!(text.contains("พระราชบัญญัติเทศบาล") && !text.contains("ข่าว"), "{text}");
    assert_eq!(
        years(&seen),
        [
            (2563, "content", "heading"),
            (2546, "cited", "text"),
            (2563, "content", "table"),
            (2561, "cited", "menu"),
            (2560, "cited", "menu"),
            (2562, "cited", "file name"),
        ]
    );
    assert!(seen["years"][1]["snippet"].as_str().unwrap().contains("เทศบาล พ.ศ. 2546"));
}

#[test]
fn plain_text_on_standard_input_is_judged_as_a_document() {
    let report = "รายงานผลการจัดซื้อจัดจ้าง\nประจำปีงบประมาณ พ.ศ. ๒๕๖๒\nด้วยระเบียบกระทรวงการคลังว่าด้วยการจัดซื้อจัดจ้าง\n\
                  พ.ศ. ๒๕๖๐ และแผนพัฒนา (พ.ศ. ๒๕๖๑ - ๒๕๖๕) กำหนดไว้";
    let seen = seen(&typed(report.as_bytes(), &["read", "-", "--kind", "text", "--format", "json"]));
    assert_eq!(seen["kind"], "text");
    assert_eq!(
        years(&seen),
        [(2562, "content", "text"), (2560, "cited", "text"), (2561, "cited", "text"), (2565, "cited", "text")]
    );
    assert_eq!(seen["years"][3]["range"], json!([2561, 2565]));
    // Without being told, the program looks for itself.
    assert_eq!(typed(PLAN.as_bytes(), &["read", "-", "--format", "json"]).report()["kind"], "html");
    assert_eq!(typed(PLAN.as_bytes(), &["read", "-", "--kind=text", "--format=json"]).report()["kind"], "text");
}

#[test]
fn a_page_on_the_web_is_read_where_it_leads() {
    let site = Website::new([("/plan", page("แผน", "<h1>แผนปี 2563</h1>"))]);
    let resolve = format!("--resolve={HOST}={}", site.address());
    let look = |path: &str, more: &str| oit(["read", &format!("http://{HOST}{path}"), &resolve, more]);
    let seen = seen(&look("/plan", "--format=json"));
    assert!(years(&seen).contains(&(2563, "content", "heading")));
    let missing = look("/none", "--lang=en");
    assert_eq!((missing.code, missing.out.as_str()), (2, ""));
    let refused = format!("error: cannot open http://{HOST}/none: the server answered with status 404");
    assert_eq!(missing.err, format!("{refused}; check the address in a browser\n"));
}

#[test]
fn what_cannot_be_opened_is_one_clear_message() {
    let desk = Desk::new();
    let folder = desk.path("").to_str().unwrap().to_owned();
    for (source, code, said) in [
        ("nothere.pdf", 2, "cannot open nothere.pdf"),
        (folder.as_str(), 2, "is a folder"),
        ("www.example.go.th/plan", 2, "https://www.example.go.th/plan"),
        ("ftp://www.example.go.th/plan", 2, "only http and https"),
        ("http://127.0.0.1:1/", 2, "private"),
    ] {
        let ran = oit(["read", source]);
        assert_eq!((ran.code, ran.out.as_str(), ran.err.lines().count()), (code, "", 1), "{}", ran.err);
        assert!(ran.err.starts_with("error: ") && ran.err.contains(said), "{}", ran.err);
    }
    let refused = oit(["read", "http://127.0.0.1:1/", "--allow-private"]);
    assert_eq!((refused.code, refused.err.lines().count()), (3, 1), "{}", refused.err);
    assert!(refused.err.contains("online"), "{}", refused.err);
}

#[test]
fn what_cannot_be_read_is_told_with_its_reason() {
    let desk = Desk::new();
    let unknown = desk.put("plan.bin", [0, 1, 2, 0, 255, 0, 7]);
    let seen = seen(&oit(["read", &unknown, "--format=json", "--lang=en"]));
    assert_eq!((&seen["readability"], &seen["text"]), (&json!("none"), &json!("")));
    assert!(seen["notes"][0].as_str().unwrap().contains("publish"));
    let shown = oit(["read", &unknown]);
    assert!(shown.code == 0 && shown.out.contains("อ่านไม่ได้") && shown.out.contains("ไม่พบปีใด"), "{}", shown.out);
}

#[test]
fn a_terminal_of_any_width_shows_it_aligned() {
    let desk = Desk::new();
    let long = format!("<p>{}</p>", "การจัดซื้อจัดจ้างหรือการจัดหาพัสดุ ประจำปี 2563 ".repeat(20));
    let file = desk.put("plan.html", PLAN.replace("</h1>", &format!("</h1>{long}")));
    for (columns, widest) in [("80", 80), ("200", 144)] {
        for lang in ["th", "en"] {
            let mut command = command();
            let output = command.env("COLUMNS", columns).args(["read", &file, "--lang", lang]).output().unwrap();
            let shown = String::from_utf8(output.stdout).unwrap();
            let width = shown.lines().map(str::width).max().unwrap();
            assert!(width == widest, "{width} at {columns}\n{shown}");
            // What goes on with a row of the years starts where the row's own words do.
            let table = shown.split('─').find(|part| part.contains("2546")).unwrap();
            let starts = |line: &str| line.width() - line.trim_start().width();
            let further: Vec<usize> = table.lines().filter(|line| line.starts_with("      ")).map(starts).collect();
            let row = table.lines().find(|line| line.starts_with("2546")).unwrap();
            let words = row[..row.rfind("  ").unwrap() + 2].width();
            assert!(!further.is_empty() && further.iter().all(|start| *start == words), "{further:?}\n{shown}");
            assert!(!shown.contains('\u{1b}') && shown.contains("2546"), "{shown}");
        }
    }
}

#[test]
fn nothing_in_a_document_steers_the_terminal() {
    let hostile = "แผน ปี 2563 \u{1b}]0;x\u{7}\u{1b}[2J \u{9b}31m \u{202e}abc \u{2066}\r\u{8}\0";
    for words in [&["read", "-", "--kind=text"][..], &["read", "-", "--kind=text", "--format=json"]] {
        let ran = typed(hostile.as_bytes(), words);
        assert_eq!(ran.code, 0);
        let steering = ran
            .out
            .chars()
            .find(|c| (c.is_control() && *c != '\n') || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'));
        assert_eq!(steering, None, "{}", ran.out.escape_debug());
        assert!(ran.out.contains("2563"));
    }
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let desk = Desk::new();
    let file = desk.put("long.txt", "แผนดำเนินงาน ประจำปี 2563\n".repeat(40_000));
    let mut child = command().args(["read", &file]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // Nobody reads a byte.
    drop(child.stdout.take());
    let done = child.wait_with_output().unwrap();
    assert_eq!((done.status.code(), String::from_utf8(done.stderr).unwrap().as_str()), (Some(0), ""));
    // Nor is one that stops typing.
    let mut child = command().args(["read", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all("ปี 2563".as_bytes()).unwrap();
    assert_eq!(child.wait_with_output().unwrap().status.code(), Some(0));
}
