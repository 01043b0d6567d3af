//! The workbook and the file of values, read by programs that nobody here wrote.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use oit_audit::model::{Change, Changes, Lang, Points, Report, Trend, Verdict};
use oit_audit::report::{self, Beside, Format, Style};
use serde_json::{Value, json};

use crate::support::program::{Desk, oit};
use crate::support::rough_server::answer;
use crate::support::tools::{program, python, script};
use crate::support::website::{HEAD, HOST, STRUCTURE, Website, page};

const ITEMS: &str = "  O1: http://www.example.go.th/o1
  O2: http://www.example.go.th/%E0%B9%81%E0%B8%9C%E0%B8%99/%E0%B8%81
  O3: [http://www.example.go.th/gone?a=1&b=2#c, http://www.example.go.th/a%2Fb]
  O4: http://www.example.go.th/wall
  O5: {urls: http://www.example.go.th/o1, reviewed: {verdict: pass, on: 2020-01-01, note: ครบ}}
survey: {iit: [89.69, 82.09, 80.42, 82.17, 85.30], eit: [88.62, 90.46, 82.80]}
";

fn website() -> Website {
    Website::new([
        ("/", page("หน้าแรก", "<p>ยินดีต้อนรับ</p><a href=/o1>โครงสร้าง</a>")),
        ("/o1", page("โครงสร้าง", STRUCTURE)),
        ("/%E0%B9%81%E0%B8%9C%E0%B8%99/%E0%B8%81", page("ข้อมูลผู้บริหาร", "<p>ข้อมูลผู้บริหาร</p>")),
        ("/wall", answer(403, "Server: cloudflare\r\ncf-mitigated: challenge\r\n", "<title>Just a moment...</title>")),
    ])
}

/// The report of a run on that website.
fn report_of(head: &str, items: &str, more: &[&str]) -> Report {
    let (site, desk) = (website(), Desk::new());
    let file = desk.put("agency.yaml", format!("{head}{items}"));
    report::read(oit(site.words(&file, more)).out.as_bytes()).unwrap()
}

/// A workbook as openpyxl sees it.
struct Book(Value);

impl Book {
    fn of(python: &Path, report: &Report, lang: Lang, beside: &Beside) -> Self {
        let desk = Desk::new();
        let style = Style { lang, ..Style::default() };
        let path = desk.put("report.xlsx", report::render(report, Format::Xlsx, &style, beside));
        Self(serde_json::from_str(&script(python, "sheets.py", &[&path])).unwrap())
    }

    fn names(&self) -> Vec<&str> {
        self.0["sheets"].as_array().unwrap().iter().map(|sheet| sheet["name"].as_str().unwrap()).collect()
    }

    fn sheet(&self, name: &str) -> &Value {
        let mut sheets = self.0["sheets"].as_array().unwrap().iter();
        sheets.find(|sheet| sheet["name"] == name).unwrap_or_else(|| panic!("no sheet {name} in {:?}", self.names()))
    }

    fn cells(&self, sheet: &str) -> &Vec<Value> {
        self.sheet(sheet)["cells"].as_array().unwrap()
    }

    /// The cell of a table under a heading, in the row that begins so.
    fn cell(&self, sheet: &str, first: &str, head: &str) -> &Value {
        let cells = self.cells(sheet);
        let column = &cells.iter().find(|cell| cell["row"] == 0 && cell["value"] == head).unwrap()["column"];
        let row = &cells.iter().find(|cell| cell["column"] == 0 && cell["value"] == first).unwrap()["row"];
        cells.iter().find(|cell| cell["row"] == *row && cell["column"] == *column).unwrap_or(&Value::Null)
    }

    /// All texts of a sheet.
    fn texts(&self, sheet: &str) -> Vec<&str> {
        self.cells(sheet).iter().filter_map(|cell| cell["value"].as_str()).collect()
    }
}

#[test]
fn tables_filter_stay_in_view_and_hold_numbers_as_numbers() {
    let Some(python) = python("openpyxl") else { return };
    let report = report_of(HEAD, ITEMS, &[]);
    let book = Book::of(&python, &report, Lang::En, &Beside::default());
    assert_eq!(book.names(), ["Summary", "Items", "Fixes", "Reasons", "URLs", "Documents"]);
    for name in &book.names()[1..] {
        let sheet = book.sheet(name);
        assert!(sheet["filter"].as_str().unwrap().starts_with("A1:"), "{name}");
        assert_eq!((&sheet["frozen"], &sheet["repeated"]), (&json!("B2"), &json!("$1:$1")), "{name}");
        assert_eq!((&sheet["paper"], &sheet["orientation"]), (&json!(9), &json!("landscape")), "{name}");
        let heads: Vec<&Value> =
            book.cells(name).iter().filter(|cell| cell["row"] == 0).map(|cell| &cell["value"]).collect();
        let once: BTreeSet<String> = heads.iter().map(ToString::to_string).collect();
        assert_eq!(heads.len(), once.len(), "{heads:?}");
    }
    for (sheet, item, head, value, kind) in [
        ("Items", "O1", "Score", json!(100), "n"),
        ("Items", "O3", "Score", json!(0), "n"),
        ("Items", "O3", "URLs", json!(2), "n"),
        ("Items", "O4", "Verdict", json!("review"), "s"),
        ("Items", "O4", "Likely score", json!(100), "n"),
        ("URLs", "O3", "HTTP", json!(404), "n"),
        ("URLs", "O3", "Outcome", json!("error status"), "s"),
        ("URLs", "O1", "Line in file", json!(6), "n"),
        ("URLs", "O1", "Title", json!("โครงสร้าง"), "s"),
        ("Fixes", "O3", "Verdict", json!("fail"), "s"),
    ] {
        let cell = book.cell(sheet, item, head);
        assert_eq!((&cell["value"], &cell["type"]), (&value, &json!(kind)), "{sheet} {item} {head}: {cell}");
    }
    let gain = book.cell("Fixes", "O3", "OIT gain");
    let fix = report.fixes.iter().find(|fix| fix.item.as_str() == "O3").unwrap();
    assert_eq!((gain["value"].as_f64(), gain["format"].as_str()), (Some(fix.oit_gain.rounded()), Some("0.00_0")));
    assert!(book.cell("URLs", "O1", "Bytes")["value"].as_u64().unwrap() > 100);
    assert!(book.cell("Items", "O4", "Score").is_null(), "a review's score is unknown");
    assert!(
        book.0["sheets"]
            .as_array()
            .unwrap()
            .iter()
            .flat_map(|s| s["cells"].as_array().unwrap())
            .all(|c| c["font"] == "Tahoma")
    );
}

#[test]
fn addresses_open_what_was_submitted() {
    let Some(python) = python("openpyxl") else { return };
    let book = Book::of(&python, &report_of(HEAD, ITEMS, &["--only", "O2,O3"]), Lang::Th, &Beside::default());
    let links = |sheet: &str| -> Vec<String> {
        let links = book.cells(sheet).iter().filter_map(|cell| cell["link"].as_str());
        links.map(|link| url::Url::parse(link).unwrap().into()).collect()
    };
    let urls = links("URL ที่ส่ง");
    for url in ["%E0%B9%81%E0%B8%9C%E0%B8%99/%E0%B8%81", "gone?a=1&b=2#c"] {
        assert!(urls.contains(&format!("http://{HOST}/{url}")), "{urls:?}");
    }
    // The library would change its escape, and a wrong address is worse than one to copy.
    assert!(!urls.iter().any(|url| url.contains("%2F") || url.contains("%252F")), "{urls:?}");
    assert!(book.texts("URL ที่ส่ง").contains(&"http://www.example.go.th/a%2Fb"));
    assert!(book.texts("URL ที่ส่ง").contains(&"http://www.example.go.th/แผน/ก"));
}

#[test]
fn dates_are_dates_and_the_file_is_as_old_as_the_audit() {
    let Some(python) = python("openpyxl") else { return };
    let mut report = report_of(HEAD, ITEMS, &["--only", "O1"]);
    report.started_at = "2020-07-01T09:00:00+07:00[Asia/Bangkok]".parse().unwrap();
    report.finished_at = "2020-07-01T09:00:41+07:00[Asia/Bangkok]".parse().unwrap();
    for (lang, sheet, format) in
        [(Lang::Th, "สรุป", "[$-107041E]d mmmm yyyy hh:mm"), (Lang::En, "Summary", "[$-409]d mmmm yyyy hh:mm")]
    {
        let book = Book::of(&python, &report, lang, &Beside::default());
        let at = book.cells(sheet).iter().find(|cell| cell["type"] == "d").unwrap();
        assert_eq!((&at["value"], &at["format"]), (&json!("2020-07-01T09:00:00"), &json!(format)));
        assert_eq!(book.0["created"], "2020-07-01T02:00:41");
    }
}

#[test]
fn what_is_unknown_or_of_another_year_is_told_as_it_is() {
    let Some(python) = python("openpyxl") else { return };
    let few = report_of(HEAD, "  O1: http://www.example.go.th/o1\n", &["--only", "O1"]);
    let book = Book::of(&python, &few, Lang::En, &Beside::default());
    let texts = book.texts("Summary");
    assert!(texts.contains(&"unknown") && texts.contains(&"OIT") && !texts.contains(&"ITA"), "{texts:?}");
    let oit = book.cells("Summary").iter().find(|cell| cell["value"] == "OIT").unwrap();
    let numbers: Vec<&Value> =
        book.cells("Summary").iter().filter(|cell| cell["row"] == oit["row"] && cell["type"] == "n").collect();
    assert_eq!(numbers.len(), 1, "only the target is known: {numbers:?}");
    let later = report_of(&HEAD.replace("2563", "2566"), "  O1: http://www.example.go.th/o1\n", &[]);
    let texts = Book::of(&python, &later, Lang::Th, &Beside::default());
    let texts = texts.texts("สรุป").join("\n");
    assert!(
        texts.contains("พ.ศ. 2566") && texts.contains("OIT ≥ ") && texts.contains("ยังไม่ได้ยืนยันกับเอกสารทางการ"),
        "{texts}"
    );
}

#[test]
fn what_changed_has_a_sheet_and_a_column() {
    let Some(python) = python("openpyxl") else { return };
    let report = report_of(HEAD, ITEMS, &["--only", "O1,O3"]);
    let change =
        Change { item: "O3".parse().unwrap(), trend: Trend::Worse, before: Some(Verdict::Pass), now: Verdict::Fail };
    let changes = Changes { since: report.started_at.clone(), oit: Some(Points(70.5)), items: vec![change] };
    let book = Book::of(&python, &report, Lang::En, &Beside { changes: Some(changes), ..Beside::default() });
    let told = ["Trend", "Before", "Now"].map(|head| book.cell("Changes", "O3", head)["value"].clone());
    assert_eq!(told, [json!("worse"), json!("pass"), json!("fail")]);
    assert_eq!(book.cell("Items", "O3", "Trend")["value"], "worse");
    assert!(book.cell("Items", "O1", "Trend").is_null());
    assert!(book.cells("Summary").iter().any(|cell| cell["value"] == 70.5));
}

#[test]
fn a_spreadsheet_program_opens_and_prints_every_sheet() {
    let Some(office) = program(&["soffice", "libreoffice"], "apt-get install libreoffice-calc") else { return };
    let desk = Desk::new();
    let report = report_of(HEAD, ITEMS, &[]);
    let book = desk.put("report.xlsx", report::render(&report, Format::Xlsx, &Style::default(), &Beside::default()));
    let done = Command::new(office)
        .arg(format!("-env:UserInstallation=file://{}", desk.path("profile").display()))
        .args(["--headless", "--convert-to", "pdf", "--outdir", desk.path("").to_str().unwrap(), &book])
        .output()
        .unwrap();
    assert!(done.status.success());
    let pdf = fs::read(desk.path("report.pdf")).unwrap();
    let read = oit(["read", desk.path("report.pdf").to_str().unwrap(), "--format", "json"]);
    let read: Value = serde_json::from_str(&read.out).unwrap();
    assert!(pdf.starts_with(b"%PDF") && read["pages"].as_u64().unwrap() >= 6, "{}", read["pages"]);
    let text = read["text"].as_str().unwrap();
    for words in ["ผลการตรวจ OIT", "โครงสร้าง", "ไม่ผ่าน", "1 / "] {
        assert!(text.contains(words), "{words}");
    }
    // By the Thai calendar.
    let year = (report.started_at.year() + 543).to_string();
    assert!(text.contains(&year), "{year}");
}

#[test]
fn every_column_of_the_values_is_documented() {
    let report = report_of(HEAD, ITEMS, &["--only", "O1,O3"]);
    let values =
        String::from_utf8(report::render(&report, Format::Csv, &Style::default(), &Beside::default())).unwrap();
    let head = values.trim_start_matches('\u{feff}').lines().next().unwrap();
    let docs = fs::read_to_string("docs/formats.md").unwrap();
    let documented = docs.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("` |"));
    let columns: Vec<&str> = head.split(',').map(|name| name.trim_matches('"')).collect();
    let documented: Vec<&str> = documented.map(|(name, _)| name).filter(|name| columns.contains(name)).collect();
    assert_eq!(documented, columns, "in this order, one line each");
    assert_eq!(values.lines().count(), 3);
}
