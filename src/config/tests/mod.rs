//! The contract's example, hostile input, and what a user sees.

mod memo;
mod shown;
mod values;

use std::time::{Duration, Instant};

use jiff::civil::Date;
use serde_json::{Value, json};
use url::Url;

use super::{MAX_BYTES, Parsed, keys, parse, parse_bytes, render, schema};
use crate::model::{Crawl, FiscalYear, Place, Verdict, When};

const EXAMPLE: &str = r#"agency: องค์การบริหารส่วนตำบลนางรอง      # shown in reports
website: https://www.nangrong.go.th/       # the main website
fiscal_year: 2563                          # Buddhist era; picks the built-in catalogue of that year
sites: [nangrong.go.th]                    # optional: further hosts that count as the main website
items:                                     # O-item -> what the agency submits for it
  O1: https://www.nangrong.go.th/structure # one URL
  O10:                                     # or several
    - https://www.nangrong.go.th/plan
    - https://www.nangrong.go.th/files/plan2563.pdf
  O17: null                                # nothing published (an item left out means the same)
  O4:                                      # or the long form
    urls: [https://www.nangrong.go.th/strategy]
    note: เมนูแผนพัฒนา > แผนห้าปี          # the explanation submitted with the answer
    reviewed: {verdict: pass, on: 2020-06-30, note: อ่านแล้ว ครบ}   # a person's verdict
survey:                                    # optional: known or expected IIT/EIT indicator scores
  iit: [89.69, 82.09, 80.42, 82.17, 85.30]
  eit: [88.62, 90.46, 82.80]
crawl:                                     # optional, every key with a sane default
  requests_per_second: 2                   # per host
  concurrency: 16                          # in flight, all hosts together
  timeout: 30s                             # one request, start to last byte
  retries: 2
  follow: 1                                # levels of links followed from an item's page
  max_documents: 20                        # per item
  max_body: 32MiB
  user_agent: "..."
  render: auto                             # auto | never | always
  ocr: auto                                # auto | never | always: for scans
  allow_private: false
  resolve: {www.nangrong.go.th: "127.0.0.1:8080"}   # connect there instead
fail_under: 85                             # exit code 1 below this predicted OIT score
"#;

fn minimal(rest: &str) -> String {
    format!("agency: a\nwebsite: https://www.x.go.th/\nfiscal_year: 2563\n{rest}")
}

fn message(parsed: &Parsed) -> &str {
    &parsed.problems.first().unwrap().message
}

#[test]
fn the_example_of_the_contract_gives_every_value() {
    for source in [EXAMPLE.to_owned(), format!("\u{feff}{EXAMPLE}"), EXAMPLE.replace('\n', "\r\n")] {
        let parsed = parse_bytes(source.as_bytes());
        assert_eq!(parsed.problems, []);
        let agency = parsed.agency.unwrap();
        assert_eq!(agency.name, "องค์การบริหารส่วนตำบลนางรอง");
        assert_eq!(agency.website.as_str(), "https://www.nangrong.go.th/");
        assert_eq!(agency.fiscal_year, FiscalYear::new(2563));
        assert_eq!(agency.fiscal_year_place, Place { line: 3, column: 14 });
        assert_eq!(agency.sites, ["nangrong.go.th"]);
        let items: Vec<_> = agency.items.keys().map(ToString::to_string).collect();
        assert_eq!(items, ["O1", "O4", "O10", "O17"]);
        let links: Vec<_> = agency.items.values().map(|item| item.links.len()).collect();
        assert_eq!(links, [1, 1, 2, 0]);
        let plan = &agency.items[&"O10".parse().unwrap()];
        assert_eq!(plan.place, Place { line: 7, column: 3 });
        assert_eq!(plan.links[1].place, Place { line: 9, column: 7 });
        assert_eq!(plan.links[1].url, Url::parse("https://www.nangrong.go.th/files/plan2563.pdf").ok());
        let long = &agency.items[&"O4".parse().unwrap()];
        assert_eq!(long.note.as_deref(), Some("เมนูแผนพัฒนา > แผนห้าปี"));
        let reviewed = long.reviewed.as_ref().unwrap();
        assert_eq!(reviewed.verdict, Verdict::Pass);
        assert_eq!(reviewed.on, Some(Date::constant(2020, 6, 30)));
        assert_eq!(reviewed.note.as_deref(), Some("อ่านแล้ว ครบ"));
        let survey = agency.survey.unwrap();
        assert_eq!(survey.iit, [89.69, 82.09, 80.42, 82.17, 85.30]);
        assert_eq!(survey.eit, [88.62, 90.46, 82.80]);
        assert_eq!(agency.fail_under, Some(85.0));
        let mut crawl = Crawl { user_agent: "...".to_owned(), ..Crawl::default() };
        let to = "127.0.0.1:8080".parse().unwrap();
        crawl.resolve.insert("www.nangrong.go.th".to_owned(), crate::model::Connect { to, plain: false });
        assert_eq!(agency.crawl, crawl);
    }
}

#[test]
fn settings_are_read_in_every_notation() {
    let parsed = parse(&minimal(
        "items:\ncrawl: {timeout: 1m, max_body: 1048576, requests_per_second: 0.5, render: never, ocr: always, \
         allow_private: true, retries: 0}\n",
    ));
    assert_eq!(parsed.problems, []);
    let crawl = parsed.agency.unwrap().crawl;
    assert_eq!((crawl.timeout, crawl.connect_timeout), (Duration::from_mins(1), Duration::from_secs(10)));
    assert_eq!((crawl.max_body, crawl.retries, crawl.allow_private), (1 << 20, 0, true));
    assert_eq!((crawl.render, crawl.ocr), (When::Never, When::Always));
    for (written, time) in [("5", 5000), ("1.5", 1500), ("1500ms", 1500), ("\"2s\"", 2000), ("2 s", 2000)] {
        let parsed = parse(&minimal(&format!("items:\ncrawl: {{timeout: {written}}}\n")));
        assert_eq!(parsed.problems, [], "{written}");
        let crawl = parsed.agency.unwrap().crawl;
        assert_eq!(crawl.timeout, Duration::from_millis(time), "{written}");
        assert_eq!(crawl.connect_timeout, Duration::from_millis(time) / 3, "{written}");
    }
}

#[test]
fn root_certificates_are_one_path_or_several() {
    for (written, paths) in [
        ("ca/root.pem", &["ca/root.pem"][..]),
        ("[a.pem, ' ใบรับรอง.der ']", &["a.pem", "ใบรับรอง.der"]),
        ("[]", &[]),
        ("null", &[]),
    ] {
        let parsed = parse(&minimal(&format!("items:\ncrawl: {{extra_ca: {written}}}\n")));
        assert_eq!(parsed.problems, [], "{written}");
        let files = parsed.agency.unwrap().extra_ca;
        assert_eq!(files.iter().map(|file| file.path.as_str()).collect::<Vec<_>>(), paths);
        if let Some(file) = files.first() {
            assert_eq!(file.place, Place { line: 5, column: if paths.len() > 1 { 20 } else { 19 } });
        }
    }
    for (wrong, words) in [
        ("{file: a.pem}", "expected a list of paths or one path, found a map"),
        ("[[a.pem]]", "expected a path, found a list"),
        ("''", "an empty path"),
    ] {
        let parsed = parse(&minimal(&format!("items:\ncrawl: {{extra_ca: {wrong}}}\n")));
        assert_eq!(message(&parsed), words, "{wrong}");
    }
    let parsed = parse(&minimal("items:\nextra_ca: a.pem\n"));
    assert_eq!(parsed.problems[0].help.as_deref(), Some("`extra_ca` stands under `crawl:`, indented"));
}

#[test]
fn placeholders_blanks_and_aliases_are_submissions() {
    let source = minimal(
        "items:\n  O1: '#'\n  O2: &two [javascript:;, https://a.go.th/, https://a.go.th]\n  O3:\n  o๔: *two\n  \
         O5: &long {note: น, urls: https://a.go.th/}\n  O6: {<<: *long, note: ม}\n",
    );
    let parsed = parse(&source);
    assert_eq!(parsed.problems, []);
    let items = parsed.agency.unwrap().items;
    let links: Vec<_> = items.values().map(|item| item.links.len()).collect();
    assert_eq!(links, [1, 2, 0, 2, 1, 1]);
    let first = &items[&"O1".parse().unwrap()].links[0];
    assert_eq!((first.raw.as_str(), &first.url), ("#", &None));
    assert_eq!(items[&"O6".parse().unwrap()].note.as_deref(), Some("ม"));
}

#[test]
fn what_is_valid_is_given_beside_the_problems() {
    let parsed = parse(&minimal("items: {O1: https://a.go.th/, O2: nowhere}\ncrawl: {retries: 99}\n"));
    assert_eq!(parsed.problems.len(), 2);
    assert_eq!(parsed.agency.unwrap().items.len(), 2);
    assert!(parse("website: https://www.x.go.th/\n").agency.is_none());
}

#[test]
fn hostile_files_are_refused_fast_and_in_one_message() {
    let bomb: String = (1..9)
        .map(|i| format!("a{i}: &a{i} [{}]\n", vec![format!("*a{}", i - 1); 10].join(",")))
        .collect::<Vec<_>>()
        .concat();
    let chain = (1..2000).map(|i| format!("a{i}: &a{i} [*a{}]\n", i - 1)).collect::<Vec<_>>().concat();
    let stairs = (0..300).map(|i| format!("{}a:\n", " ".repeat(i))).collect::<Vec<_>>().concat();
    for (source, expected) in [
        (format!("a0: &a0 [x,x,x,x]\n{bomb}"), "too much is repeated by aliases (`*name`)"),
        (format!("a0: &a0 [x]\n{chain}"), "nested too deeply"),
        ("[".repeat(100_000), "nested too deeply"),
        ("{a: ".repeat(100_000), "nested too deeply"),
        ("- ".repeat(100_000), "nested too deeply"),
        (stairs, "nested too deeply"),
        ("a: &x [*x]\n".to_owned(), "an alias that stands inside its own anchor"),
        ("- x\n".repeat(300_000), "the file has too many values"),
        ("#".repeat(MAX_BYTES + 1), "the file is larger than 16 MiB, which no agency file is"),
        ("a\0g\0".to_owned(), "the file has NUL characters: it is UTF-16, or not a text"),
    ] {
        let start = Instant::now();
        let parsed = parse(&source);
        assert_eq!(message(&parsed), expected);
        assert_eq!(parsed.problems.len(), 1);
        assert!(start.elapsed() < Duration::from_secs(10), "{expected}");
    }
}

#[test]
fn ten_thousand_mistakes_stay_readable() {
    let wrong = (0..10_000).map(|i| format!("  X-{i}: https://a.go.th/\n")).collect::<Vec<_>>().concat();
    let source = minimal(&format!("items:\n{wrong}"));
    let parsed = parse(&source);
    assert_eq!(parsed.problems.len(), 10_000);
    let shown = render(&parsed.problems, "a.yaml", &source, false);
    assert!(shown.ends_with("error: a.yaml: … and 9,950 more\n"));
    assert!(shown.len() < 20_000);
}

#[test]
fn other_encodings_are_named() {
    let thai = b"agency: a\nwebsite: \xcd\xba\xb5.\n";
    let parsed = parse_bytes(thai);
    let shown = render(&parsed.problems, "a.yaml", &String::from_utf8_lossy(thai), false);
    assert_eq!(
        shown.lines().take(4).collect::<Vec<_>>(),
        [
            "error: not UTF-8 from line 2 on (byte 0xCD); it looks like TIS-620 (Windows-874)",
            " --> a.yaml:2:10",
            "  |",
            "2 | website: \u{37a}\u{fffd}.",
        ]
    );
    for bytes in [b"\xff\xfea\0".as_slice(), b"\xfe\xff\0a"] {
        assert_eq!(message(&parse_bytes(bytes)), "the file is UTF-16, not UTF-8");
    }
}

#[test]
fn long_lines_are_cut_around_the_caret() {
    let source = format!("{{x: {}, agency: [a], y: {}}}", "กำ".repeat(2000), "z".repeat(2000));
    let parsed = parse(&source);
    let shown = render(&parsed.problems, "a.yaml", &source, false);
    assert!(shown.contains("--> a.yaml:1:4015\n"), "{shown}");
    assert!(shown.lines().all(|line| line.chars().count() < 400));
    let coloured = render(&parsed.problems, "a.yaml", &source, true);
    assert!(coloured.contains("\u{1b}["));
}

#[test]
fn no_text_makes_it_panic() {
    let characters: Vec<char> = EXAMPLE.chars().collect();
    let signs = ['\t', '\n', '\r', ':', '-', '"', '\'', '[', '{', '*', '&', '!', '\u{1b}', '\u{e33}', '๕', '#', '\0'];
    for at in (0..characters.len()).step_by(3) {
        let cut: String = characters[..at].iter().collect();
        let mut changed = characters.clone();
        changed[at] = signs[at % signs.len()];
        let changed: String = changed.into_iter().collect();
        for source in [cut, changed] {
            let parsed = parse(&source);
            let shown = render(&parsed.problems, "a.yaml", &source, at % 2 == 0);
            assert_eq!(shown.is_empty(), parsed.problems.is_empty());
        }
    }
    for at in (0..EXAMPLE.len()).step_by(7) {
        let mut bytes = EXAMPLE.as_bytes().to_vec();
        bytes[at] ^= 0x95;
        let parsed = parse_bytes(&bytes);
        render(&parsed.problems, "a.yaml", &String::from_utf8_lossy(&bytes), false);
    }
}

#[test]
fn the_schema_agrees_with_the_program() {
    let schema = schema();
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    assert_eq!(schema["additionalProperties"], false);
    assert!(schema["properties"]["items"]["patternProperties"]["^O[0-9]+$"].is_object());
    let crawl: Vec<&str> =
        schema["$defs"]["CrawlFile"]["properties"].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(crawl, keys::OF_CRAWL);

    let validator = jsonschema::validator_for(&schema).unwrap();
    let example: Value = serde_yaml::from_str(EXAMPLE).unwrap();
    let errors: Vec<String> = validator.iter_errors(&example).map(|error| error.to_string()).collect();
    assert_eq!(errors, Vec::<String>::new());
    for (path, wrong) in [
        ("/items", json!({"five": "https://a.go.th/"})),
        ("/crawl", json!({"retires": 2})),
        ("/fiscal_year", json!(2020)),
        ("/survey", json!({"iit": [101], "eit": [1]})),
        ("/items/O4", json!({"ulr": "https://a.go.th/"})),
    ] {
        let mut changed = example.clone();
        *changed.pointer_mut(path).unwrap() = wrong;
        assert!(!validator.is_valid(&changed), "{path}");
    }
}
