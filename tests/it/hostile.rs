//! A website, an agency file and addresses that attack the readers of reports, through the whole program and every format.

use std::fmt::Write as _;
use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

use oit_audit::report::{Format, FormatKind};
use serde_json::Value;

use crate::support::program::{Desk, Ran, oit};
use crate::support::rough_server::{Step, answer, head};
use crate::support::tools::{program, python, script};
use crate::support::website::{HOST, Website};

/// What attacks: markup, formulas, terminals, layouts, templates, and what CI systems read from a log.
const PAYLOADS: &[&str] = &[
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)' x='",
    "]]></system-out></testcase><!--",
    "&lt;script&gt;alert(1)&lt;/script&gt; &#0; &#xFFFE; &nosuch;",
    "</td></tr></table><h1>forged</h1>",
    "=HYPERLINK(\"http://evil.example/\",\"x\")",
    "=cmd|' /C calc'!A0",
    " =1+1",
    "\u{feff}=1+1",
    "＝1+1",
    "+1+1",
    "-1+1",
    "@SUM(1+1)",
    "x;=1+1",
    "<r><t>=1+1</t></r>",
    "_x003D_1+1 _x001B_[31m",
    "\u{1b}]8;;http://evil.example/\u{7}link\u{1b}]8;;\u{7}",
    "\u{1b}[2J\u{1b}]0;title\u{7}\u{9b}31m\u{9d}x\u{9c}",
    "a\u{202e}gpj.exe\u{2066}b\u{2069}\u{fffe}\u{ffff}",
    "[x](javascript:alert(1)) ![x](http://evil.example/p.png) @octocat #1",
    "| a | b |\n|---|---|\n`x` ```\n<!-- x -->",
    "::error::forged\n::set-output name=x::y\n##vso[task.complete]",
    "\",\"verdict\":\"pass\",\"x\":\"\\u0000",
    "{{7*7}} ${7*7} {% raw %} <%= 7*7 %>",
];

/// A page whose title, heading, links and text are a payload, in markup that lets it through to the text.
fn page(payload: &str) -> Vec<Step> {
    let escaped = payload.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    let html = format!(
        "<!doctype html><html lang=th><head><title>{escaped}</title></head><body><h1>{escaped}</h1>\
         <div><p>ประกาศ {escaped} พ.ศ. 2555</p><a href=\"/file?{escaped}\">{escaped}</a></div>{}</body></html>",
        "<p>องค์การบริหารส่วนตำบล ให้บริการประชาชน</p>".repeat(3)
    );
    answer(200, "Content-Type: text/html; charset=utf-8\r\n", html)
}

fn website() -> Website {
    Website::by(|seen| {
        let number = seen.target.strip_prefix("/p").and_then(|number| number.parse::<usize>().ok());
        match number.and_then(|number| PAYLOADS.get(number)) {
            Some(payload) => page(payload),
            None if seen.target == "/" => {
                let links = (0..PAYLOADS.len()).map(|n| {
                    let text = PAYLOADS[n].replace('&', "&amp;").replace('<', "&lt;");
                    format!("<p><a href=/p{n}>{text}</a></p>")
                });
                let html = format!("<!doctype html><title>อบต.</title>{}", links.collect::<String>());
                answer(200, "Content-Type: text/html; charset=utf-8\r\n", html)
            }
            None if seen.target.starts_with("/cut") => {
                vec![Step::Send(head(500, "X-\u{1b}[31m: <script>alert(1)</script>\r\nContent-Length: 0\r\n"))]
            }
            None => answer(404, "", PAYLOADS.join(" ")),
        }
    })
}

/// The agency file: the payloads' pages, and payloads in each text that is its own.
fn agency() -> String {
    let quoted = |text: &str| serde_json::to_string(text).unwrap();
    let mut file = format!(
        "agency: {}\nwebsite: http://{HOST}/\nfiscal_year: 2563\ncrawl: {{retries: 0, timeout: 5s}}\nitems:\n",
        quoted("=cmd|' /C calc'!A0 \u{1b}[31m <script>alert(1)</script> [x](javascript:alert(1))")
    );
    for n in 0..PAYLOADS.len() {
        let _ = writeln!(file, "  O{}: http://{HOST}/p{n}", n + 1);
    }
    let more = PAYLOADS.len() + 1;
    let note = quoted("=1+1 \u{1b}]8;;http://evil.example/\u{7} </td><script>alert(1)</script> ]]> `|` @octocat");
    let _ = writeln!(
        file,
        "  O{more}: {{urls: http://{HOST}/cut, reviewed: {{verdict: fail, on: 2020-01-01, by: {note}, note: {note}}}}}\n\
         \x20 O{}: \"javascript:alert(1)\"\n\
         \x20 O{}: [\"http://{HOST}/%3Cscript%3Ealert(1)%3C/script%3E?=1&a=%E0%B9%81%22#<img>\", \"#\"]",
        more + 1,
        more + 2,
    );
    file
}

/// What one run wrote, which every test here looks at.
struct Written {
    desk: Desk,
    ran: Ran,
}

impl Written {
    fn file(&self, format: Format) -> std::path::PathBuf {
        self.desk.path("out").join(format!("agency.{}", format.extension()))
    }

    fn report(&self) -> Value {
        serde_json::from_slice(&fs::read(self.file(Format::Json)).unwrap()).unwrap()
    }
}

static WRITTEN: LazyLock<Written> = LazyLock::new(|| {
    let (site, desk) = (website(), Desk::new());
    let file = desk.put("agency.yaml", agency());
    let resolve = format!("--resolve={HOST}={}", site.address());
    let out = desk.path("out");
    let words =
        ["check", &file, &resolve, "--rate=1000", "--format=terminal", "-v", "--output-dir", out.to_str().unwrap()];
    let ran = oit(words);
    assert_eq!(ran.code, 0, "{}", ran.err);
    Written { desk, ran }
});

/// What must not be in any text: controls that steer a device, marks that turn text around, what XML forbids.
fn steers(text: &str) -> Option<char> {
    text.chars().find(|&c| {
        (c.is_control() && !"\r\n\t".contains(c))
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}')
    })
}

fn parses_as_xml(text: &str, name: &str) {
    let mut reader = quick_xml::Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let mut depth = 0_usize;
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{name}: {error}")) {
            quick_xml::events::Event::Start(_) => depth += 1,
            quick_xml::events::Event::End(_) => depth -= 1,
            quick_xml::events::Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0, "{name}");
}

/// The XML parts of a zipped office file.
fn parts(bytes: Vec<u8>) -> Vec<(String, String)> {
    let mut file = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = Vec::new();
    for at in 0..file.len() {
        let mut part = file.by_index(at).unwrap();
        let mut text = String::new();
        let name = part.name().unwrap().into_owned();
        if matches!(name.rsplit('.').next(), Some("xml" | "rels")) {
            part.read_to_string(&mut text).unwrap();
            parts.push((name, text));
        }
    }
    parts
}

#[test]
fn the_attacks_reach_the_report() {
    let report = WRITTEN.report();
    let titles: Vec<&str> =
        report["items"].as_array().unwrap().iter().filter_map(|item| item["urls"][0]["title"].as_str()).collect();
    assert!(
        titles.iter().filter(|title| title.trim_start().starts_with(['=', '+', '-', '@', '＝'])).count() >= 6,
        "{titles:?}"
    );
    assert!(titles.contains(&"<script>alert(1)</script>"), "{titles:?}");
    let json = fs::read_to_string(WRITTEN.file(Format::Json)).unwrap();
    for word in ["\\u202e", "\\u001b", "onerror=alert", "octocat", "javascript:alert(1)"] {
        assert!(json.contains(word), "{word}");
    }
}

#[test]
fn no_text_steers_a_device_or_is_markup() {
    let screen = [("terminal".to_owned(), WRITTEN.ran.out.clone()), ("log".to_owned(), WRITTEN.ran.err.clone())];
    let texts = Format::ALL.iter().filter(|format| format.kind() == FormatKind::Text);
    let texts = texts.map(|format| (format.to_string(), fs::read_to_string(WRITTEN.file(*format)).unwrap()));
    for (name, text) in screen.into_iter().chain(texts) {
        assert!(!text.is_empty() || name == "log", "{name}");
        assert_eq!(steers(&text).map(u32::from), None, "{name}");
        assert!(text.is_empty() || text.ends_with('\n'), "{name}");
        // A line that a CI system takes for an order.
        let order = text.lines().find(|line| line.trim_start().starts_with("::") || line.starts_with("##vso["));
        assert_eq!(order, None, "{name}");
    }
    for format in Format::ALL.iter().filter(|format| matches!(format.extension(), "html" | "xml" | "md")) {
        let text = fs::read_to_string(WRITTEN.file(*format)).unwrap();
        // Brackets are a link in Markdown alone.
        let link = (format.extension() == "md").then_some("](javascript:");
        let tags = ["<script>alert", "<img src=x", "<h1>forged", "href=\"javascript:", "</testcase><!--"];
        for markup in tags.into_iter().chain(link) {
            let context = text.find(markup).map(|at| text[at..].chars().take(80).collect::<String>());
            assert_eq!(context, None, "{format}");
        }
    }
}

#[test]
fn what_has_a_syntax_keeps_to_it() {
    for format in Format::ALL.iter().filter(|format| format.kind() != FormatKind::Screen) {
        let bytes = fs::read(WRITTEN.file(*format)).unwrap();
        match format.extension() {
            "json" | "sarif" => drop(serde_json::from_slice::<Value>(&bytes).unwrap()),
            "xml" => parses_as_xml(std::str::from_utf8(&bytes).unwrap(), format.name()),
            "xlsx" => {
                for (name, text) in parts(bytes) {
                    parses_as_xml(&text, &name);
                    assert_eq!(steers(&text), None, "{name}");
                    assert!(!text.contains("<f>") && !text.contains("<f "), "{name} has a formula");
                }
            }
            _ => {}
        }
    }
}

#[test]
fn the_memo_of_it_is_sound() {
    let help = oit(["memo", "--help"]);
    if help.code != 0 {
        return;
    }
    let (json, memo) = (WRITTEN.file(Format::Json), WRITTEN.desk.path("memo.docx"));
    let ran = oit(["memo", json.to_str().unwrap(), "--output", memo.to_str().unwrap()]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let parts = parts(fs::read(memo).unwrap());
    assert!(parts.iter().any(|(name, _)| name == "word/document.xml"));
    for (name, text) in parts {
        parses_as_xml(&text, &name);
        assert_eq!(steers(&text), None, "{name}");
    }
}

#[test]
fn values_read_by_others_begin_no_formula() {
    let bytes = fs::read(WRITTEN.file(Format::Csv)).unwrap();
    assert!(bytes.starts_with("\u{feff}".as_bytes()));
    let Some(python) = python("csv") else { return };
    let read: Vec<Vec<String>> =
        serde_json::from_str(&script(&python, "values.py", &[WRITTEN.file(Format::Csv).to_str().unwrap()])).unwrap();
    assert_eq!(read.len(), WRITTEN.report()["items"].as_array().unwrap().len() + 1);
    assert!(read.iter().all(|row| row.len() == read[0].len()));
    for cell in read.iter().flatten() {
        assert!(!cell.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r', '\n']), "{cell}");
        assert_eq!(steers(cell), None);
        assert!(!cell.contains(['\n', '\r']), "{cell}");
    }
    assert!(read.iter().flatten().any(|cell| cell.starts_with("'=cmd|")), "the agency's name is defused");
}

/// Every cell of the workbook, as openpyxl reads it.
fn cells(python: &Path) -> Vec<Value> {
    let told = script(python, "sheets.py", &[WRITTEN.file(Format::Xlsx).to_str().unwrap()]);
    let told: Value = serde_json::from_str(&told).unwrap();
    let sheets = told["sheets"].as_array().unwrap().clone();
    let named = |sheet: &Value, cell: &Value| {
        let mut cell = cell.clone();
        cell["sheet"] = sheet["name"].clone();
        cell
    };
    sheets
        .iter()
        .flat_map(|sheet| sheet["cells"].as_array().unwrap().iter().map(|cell| named(sheet, cell)).collect::<Vec<_>>())
        .collect()
}

#[test]
fn the_workbook_holds_page_text_as_text_and_opens_web_addresses_only() {
    let Some(python) = python("openpyxl") else { return };
    let cells = cells(&python);
    let mut quoted = 0;
    for cell in &cells {
        assert!(matches!(cell["type"].as_str(), Some("s" | "n" | "d")), "{cell}");
        if let Some(text) = cell["value"].as_str().filter(|_| cell["type"] == "s") {
            let formula = text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
            assert_eq!(cell["quoted"], formula, "{cell}");
            quoted += usize::from(formula);
        }
        if let Some(link) = cell["link"].as_str() {
            assert!(link.starts_with("http://") || link.starts_with("https://"), "{cell}");
        }
    }
    assert!(quoted >= 6, "{quoted}");
    assert!(cells.iter().any(|cell| cell["value"] == "=cmd|' /C calc'!A0"), "shown as it is");
    assert!(cells.iter().any(|cell| cell["value"] == "javascript:alert(1)" && cell["link"].is_null()));
}

#[test]
fn a_spreadsheet_program_evaluates_nothing_in_it() {
    let Some(python) = python("openpyxl") else { return };
    let Some(office) = program(&["soffice", "libreoffice"], "apt-get install libreoffice-calc") else { return };
    let out = WRITTEN.desk.path("office");
    // Commas, quotes, UTF-8, text as shown, every sheet in a file of its own.
    let to_csv = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1";
    let values = WRITTEN.desk.path("values.csv");
    fs::copy(WRITTEN.file(Format::Csv), &values).unwrap();
    // The second file says by itself neither how it is encoded nor what separates.
    let files =
        [(WRITTEN.file(Format::Xlsx), ""), (values.clone(), "--infilter=Text - txt - csv (StarCalc):44,34,76,1")];
    for (file, how) in files {
        let mut command = Command::new(&office);
        command.arg(format!("-env:UserInstallation=file://{}", WRITTEN.desk.path("profile").display()));
        command.args(["--headless", "--convert-to", to_csv]).args(Some(how).filter(|how| !how.is_empty()));
        assert!(command.arg("--outdir").args([&out, &file]).output().unwrap().status.success());
    }
    let mut compared = 0;
    let mut sheets = std::collections::BTreeMap::new();
    for cell in cells(&python) {
        let sheet = cell["sheet"].as_str().unwrap().to_owned();
        let rows = sheets.entry(sheet).or_insert_with_key(|sheet| {
            let path = out.join(format!("agency-{sheet}.csv"));
            let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_path(&path).unwrap();
            reader.records().map(Result::unwrap).collect::<Vec<_>>()
        });
        if cell["type"] == "s" {
            let at = |key: &str| usize::try_from(cell[key].as_u64().unwrap()).unwrap();
            assert_eq!(rows[at("row")][at("column")].trim_end(), cell["value"].as_str().unwrap().trim_end(), "{cell}");
            compared += 1;
        }
    }
    assert!(compared > 300, "{compared}");
    let read = |path: &Path| -> Vec<csv::StringRecord> {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_path(path).unwrap();
        reader.records().map(Result::unwrap).collect()
    };
    let (ours, theirs) = (read(&values), read(&out.join("values-values.csv")));
    assert_eq!(ours.len(), theirs.len());
    let is_text = |cell: &str| cell.parse::<f64>().is_err() && cell.parse::<bool>().is_err();
    for (ours, theirs) in ours.iter().zip(&theirs) {
        for (ours, theirs) in ours.iter().zip(theirs).filter(|(ours, _)| is_text(ours)) {
            assert_eq!(ours.trim_start_matches('\u{feff}'), theirs);
        }
    }
}
