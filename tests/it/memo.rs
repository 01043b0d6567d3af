//! The memo, by the whole program: python-docx reads it, `LibreOffice` prints it, what cannot be one is refused.

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use serde_json::{Value, json};

use crate::nang_rong::REPORT;
use crate::support::program::{Desk, command, oit};
use crate::support::tools;

/// The memo of the example agency, and the desk that it lies on.
static MEMO: LazyLock<(Desk, String)> = LazyLock::new(|| {
    let desk = Desk::new();
    let report = desk.put("report.json", REPORT.to_string());
    let memo = desk.path("memo.docx").to_str().unwrap().to_owned();
    let ran = oit(["memo", &report, "--output", &memo]);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""));
    // The example's memo is of 2020 and its audit of today.
    assert!(
        ran.err.starts_with("note: the memo's `date` is 2020-10-15, but the audit that it reports ended on 20"),
        "{}",
        ran.err
    );
    assert_eq!(ran.err.lines().count(), 1);
    (desk, memo)
});

/// What python-docx sees in a memo.
fn read(memo: &str) -> Option<Value> {
    let python = tools::python("docx")?;
    Some(serde_json::from_str(&tools::script(&python, "memo.py", &[memo])).unwrap())
}

fn has(texts: &Value, wanted: &str) {
    let found = texts.as_array().unwrap().iter().any(|text| text.as_str().unwrap().contains(wanted));
    assert!(found, "{wanted}\n{texts:#}");
}

#[test]
fn the_memo_of_the_published_result_is_read_by_another_program() {
    let Some(memo) = read(&MEMO.1) else { return };
    assert_eq!(memo["fonts"], json!(["TH SarabunPSK"]));
    assert_eq!(memo["like_it"][0], "TH Sarabun New");
    assert_eq!((&memo["language"], &memo["numbers"]), (&json!("th-TH"), &json!("thaiNumbers")));
    assert_eq!(memo["margins_cm"], json!([3.0, 2.0]));
    assert_eq!(memo["header"], json!(["- ๒ -"]));
    for wanted in [
        "บันทึกข้อความ",
        "ส่วนราชการ สำนักปลัด องค์การบริหารส่วนตำบลนางรอง",
        "วันที่ ๑๕ ตุลาคม ๒๕๖๓",
        "ณ วันที่ ๒๘ กันยายน ๒๕๖๓ บันทึกนี้วิเคราะห์ประเด็น",
        "ซึ่งโปรแกรมเป็นผู้คาดการณ์",
        "(นางสาวใจดี ตั้งตรง)",
        "ความเห็นของนายกองค์การบริหารส่วนตำบลนางรอง",
    ] {
        has(&memo["paragraphs"], wanted);
    }
    let tables = memo["tables"].as_array().unwrap();
    for table in tables {
        assert_eq!(table["repeated"], 1, "the head is repeated on each page: {table:#}");
        let (width, page) = (table["width"].as_i64().unwrap(), table["text_width"].as_i64().unwrap());
        assert!(width <= page, "{width} is wider than the text, {page}");
    }
    let across = tables.iter().filter(|table| table["across"] == true).map(|table| &table["head"]);
    let heads = json!(["มาตรการ/แนวทาง", "วิธีการดำเนินการ", "ผู้รับผิดชอบ", "ระยะเวลา\nดำเนินการ", "การติดตามผล"]);
    assert_eq!(across.collect::<Vec<_>>(), [&heads]);
    assert_eq!(memo["across"], json!([false, true, false]));
    let of = |head: &str| tables.iter().filter(|table| table["head"][0] == head).collect::<Vec<_>>();
    let items = of("ชื่อ");
    let numbered = items.iter().flat_map(|table| table["rows"].as_array().unwrap());
    let numbered: Vec<&Value> = numbered.filter(|row| row[0] != row[1]).collect();
    let expected: Vec<Value> = REPORT["items"].as_array().unwrap().iter().map(|item| item["id"].clone()).collect();
    assert_eq!(numbered.iter().map(|row| row[0].clone()).collect::<Vec<_>>(), expected);
    let zeros = numbered.iter().filter(|row| row[3] == "๐.๐๐").map(|row| row[0].as_str().unwrap());
    assert_eq!(zeros.collect::<Vec<_>>(), ["O5", "O9", "O11", "O17", "O32", "O42", "O43"]);
    let [measures] = of("มาตรการ/แนวทาง")[..] else { panic!("{tables:#?}") };
    let rows = measures["rows"].as_array().unwrap();
    assert!(rows.len() >= 7, "{rows:#?}");
    for (row, begins) in rows.iter().zip(["๑. แก้ไขข้อ O42 ", "๒. แก้ไขข้อ O43 "]) {
        assert!(row[0].as_str().unwrap().starts_with(begins), "{row}");
        assert_eq!(row[2], "สำนักปลัด");
        assert_eq!(row[3], "๑ มกราคม ๒๕๖๔ ถึง ๓๑ มีนาคม ๒๕๖๔");
    }
}

#[test]
fn libreoffice_prints_it() {
    let Some(office) = tools::program(&["soffice"], "apt-get install libreoffice-writer") else { return };
    // It has no `--version`.
    if Command::new("pdftotext").arg("-v").stderr(Stdio::null()).status().is_err() {
        return tools::skip("pdftotext is not installed: apt-get install poppler-utils");
    }
    let (desk, memo) = &*MEMO;
    let out = desk.path("print");
    let profile = format!("-env:UserInstallation=file://{}", desk.path("profile").display());
    let mut print = Command::new(office);
    print.arg(profile).args(["--headless", "--convert-to", "pdf", "--outdir"]).arg(&out).arg(memo);
    assert!(print.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap().success());
    let read = Command::new("pdftotext").arg(out.join("memo.pdf")).arg("-").output().unwrap();
    let text = String::from_utf8(read.stdout).unwrap();
    let pages = text.matches('\u{c}').count();
    assert!((6..=25).contains(&pages), "{pages} pages\n{text}");
    // Readers of PDF put Thai marks here and there; letters and digits stay.
    for wanted in ["๖๘.๒๘", "๗๘.๖๘", "O42", "๑๒.๕๐"] {
        assert!(text.contains(wanted), "{wanted}\n{text}");
    }
}

#[test]
fn without_an_output_it_goes_to_whoever_reads_standard_output() {
    let (desk, memo) = &*MEMO;
    let output = command().arg("memo").arg(desk.path("report.json")).output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(output.stdout, std::fs::read(memo).unwrap());
}

#[test]
fn the_section_may_come_from_the_agency_file() {
    let example = std::fs::read_to_string("examples/nang-rong/agency.yaml").unwrap();
    let desk = Desk::new();
    let report = desk.put("report.json", REPORT.to_string());
    let out = desk.path("memo.docx").to_str().unwrap().to_owned();
    let agency = desk
        .put("agency.yaml", example.replace("สำนักปลัด องค์การ", "กองคลัง องค์การ").replace("date: 2020-", "date: 2399-"));
    let ran = oit(["memo", &report, "-o", &out, "--agency", &agency]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    if let Some(memo) = read(&out) {
        has(&memo["paragraphs"], "ส่วนราชการ กองคลัง องค์การบริหารส่วนตำบลนางรอง");
        assert_eq!(memo["pictures"], 0);
    }
    let refused = |text: &str, why: &str| {
        let agency = desk.put("other.yaml", text);
        let ran = oit(["memo", &report, "-o", &out, "--agency", &agency]);
        assert_eq!(ran.code, 2, "{}", ran.err);
        assert!(ran.err.contains(why), "{why}\n{}", ran.err);
    };
    refused(&example.replace("fiscal_year: 2563", "fiscal_year: 2564"), "in fiscal year 2564, the report of");
    refused(example.split("memo:").next().unwrap(), "has no `memo:` section; add one");
    refused(&example.replace("  office:", "  ofice:"), "did you mean `office`?");
}

#[test]
fn an_emblem_is_put_in_its_place() {
    let desk = Desk::new();
    let report = desk.put("report.json", REPORT.to_string());
    let out = desk.path("memo.docx").to_str().unwrap().to_owned();
    let mut picture = std::io::Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(60, 66).write_to(&mut picture, image::ImageFormat::Png).unwrap();
    let emblem = desk.put("emblem.png", picture.into_inner());
    let ran = oit(["memo", &report, "-o", &out, "--emblem", &emblem]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    if let Some(memo) = read(&out) {
        assert_eq!(memo["pictures"], 1);
    }
    let ran = oit(["memo", &report, "-o", &out, "--emblem", &desk.put("emblem.svg", "<svg/>")]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains("cannot be the emblem: it is neither PNG nor JPEG; save the picture as one"),
        "{}",
        ran.err
    );
}

#[test]
fn what_cannot_be_a_memo_is_refused_with_what_to_do() {
    let desk = Desk::new();
    let out = desk.path("memo.docx").to_str().unwrap().to_owned();
    let refused = |report: &Value, why: &str| {
        let report = desk.put("report.json", report.to_string());
        let ran = oit(["memo", &report, "-o", &out]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""));
        assert!(ran.err.contains(why), "{why}\n{}", ran.err);
        assert!(!Path::new(&out).exists());
    };
    let mut unfinished = REPORT.clone();
    unfinished["complete"] = json!(false);
    refused(&unfinished, "the audit was not finished, so there is no score to report; run `oit-audit check` again");
    let mut some = REPORT.clone();
    some["score"]["oit"] = json!({"predicted": null, "low": null, "high": null});
    refused(&some, "because only some items were judged; run `oit-audit check` without `--only`");
    refused(&json!({"schema": "oit-audit/report/9"}), "its schema is `oit-audit/report/9`");
    refused(&json!({}), "it names no schema");
    let report = desk.put("report.json", REPORT.to_string());
    let ran = oit(["memo", &report, "-o", &report]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("is read for the memo; write the memo to another file"), "{}", ran.err);
    let ran = oit(["memo", &desk.path("none.json").display().to_string(), "-o", &out]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("cannot open"), "{}", ran.err);
}
