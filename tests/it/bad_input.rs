//! Bad input: one clear message, exit code 2, nothing on standard output, and nothing is opened.

use std::fmt::Write as _;
use std::fs::File;
use std::io::Write as _;
use std::net::TcpListener;
use std::path::Path;
use std::time::Duration;

use crate::support::program::{Desk, Ran, oit};

/// The longest that a refusal may take; a build for debugging, on a machine that others use, is allowed for.
const SOON: Duration = Duration::from_secs(if cfg!(debug_assertions) { 20 } else { 5 });

const HEAD: &str = "agency: อบต.ตัวอย่าง\nwebsite: http://www.example.go.th/\nfiscal_year: 2563\n";

/// A website that nobody may visit.
struct Trap(TcpListener);

impl Trap {
    fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        Self(listener)
    }

    /// Runs the program, which would find the website here if it looked.
    fn run(&self, words: &[&str]) -> Ran {
        let resolve = format!("--resolve=www.example.go.th={}", self.0.local_addr().unwrap());
        let check = words.first() == Some(&"check");
        let ran = oit(words.iter().copied().chain(check.then_some(resolve.as_str())));
        // What connected waits here to be accepted, even if it has gone away since.
        assert!(self.0.accept().is_err(), "the website was visited");
        ran
    }

    /// Runs the program, which has to refuse.
    fn refuses(&self, words: &[&str]) -> Ran {
        let ran = self.run(words);
        let what = words.join(" ");
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{what}: {}", ran.err);
        assert!(ran.took < SOON, "{what}: {:?}", ran.took);
        assert!(ran.err.starts_with("error: "), "{what}: {}", ran.err);
        assert!(!ran.err.contains("panicked") && !ran.err.contains('\x1b'), "{}", ran.err);
        ran
    }
}

#[test]
fn the_trap_would_notice_a_visit() {
    let (trap, desk) = (Trap::new(), Desk::new());
    let text = format!("{HEAD}items: {{O1: http://www.example.go.th/o1}}\ncrawl: {{timeout: 1s, retries: 0}}\n");
    let resolve = format!("--resolve=www.example.go.th={}", trap.0.local_addr().unwrap());
    let ran = oit(["check", &desk.put("agency.yaml", text), &resolve]);
    assert_eq!(ran.code, 3, "nobody answers there");
    assert!(trap.0.accept().is_ok());
}

fn messages(ran: &Ran) -> Vec<&str> {
    ran.err.lines().filter_map(|line| line.strip_prefix("error: ")).collect()
}

fn says(ran: &Ran, words: &[&str]) {
    for word in words {
        assert!(ran.err.contains(word), "not said: {word}\n{}", ran.err);
    }
}

fn lines(numbers: impl Iterator<Item = usize>, line: impl Fn(usize) -> String) -> String {
    numbers.map(line).collect::<Vec<_>>().join("\n") + "\n"
}

/// An agency file with one mistake: its place, if it has one, the line there, and what is said about it.
fn one_mistake(content: &str, at: Option<(usize, usize)>, said: &[&str]) {
    let desk = Desk::new();
    let file = desk.put("agency.yaml", content);
    let ran = Trap::new().refuses(&["check", &file]);
    assert_eq!(messages(&ran).len(), 1, "{}", ran.err);
    says(&ran, said);
    match at {
        None => says(&ran, &[&format!("{file}: ")]),
        Some((line, column)) => {
            let shown = content.lines().nth(line - 1).unwrap().trim();
            says(&ran, &[&format!("{file}:{line}:{column}\n"), &format!("{line} | "), shown]);
        }
    }
}

#[test]
fn no_file() {
    let (trap, desk) = (Trap::new(), Desk::new());
    says(&trap.refuses(&["check"]), &["AGENCY.yaml", "Usage:"]);
    let missing = desk.path("nobody.yaml").display().to_string();
    let ran = trap.refuses(&["check", &missing]);
    assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
    says(&ran, &[&missing, "cannot open"]);
    let folder = desk.path("").display().to_string();
    let ran = trap.refuses(&["check", &folder]);
    assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
    says(&ran, &[&folder, "folder"]);
}

#[test]
fn not_an_agency_file() {
    one_mistake("", None, &["there is nothing in the file", "oit-audit init"]);
    one_mistake("# one day\n", None, &["there is nothing in the file"]);
    one_mistake("agency: \"อบต.\nwebsite: x\n", Some((1, 9)), &["a quoted text is not closed"]);
    one_mistake("agency: ]อบต.\n", Some((1, 9)), &["error: "]);
    one_mistake("- agency: อบต.\n- website: x\n", Some((1, 1)), &["is a map", "found a list"]);
    one_mistake("อบต.ตัวอย่าง\n", Some((1, 1)), &["is a map"]);
}

#[test]
fn a_mistake_in_an_agency_file() {
    let with = |rest: &str| format!("{HEAD}{rest}");
    one_mistake(&with("item:\n  O1: null\n"), Some((4, 1)), &["unknown key `item`", "did you mean `items`?"]);
    one_mistake(
        &with("items:\n  O1: null\ncrawl:\n  retires: 2\n"),
        Some((7, 3)),
        &["`retires`", "did you mean `retries`?"],
    );
    one_mistake(&with("items:\n  O44: null\n"), Some((5, 3)), &["2563 has no item O44", "O1 to O43"]);
    let twice = with("items:\n  O1: null\n  O2: null\n  O1: https://www.example.go.th/\n");
    one_mistake(&twice, Some((7, 3)), &["duplicate", "`O1`", "first on line 5"]);
    one_mistake(&with("items: {}\n").replace("2563", "2020"), Some((3, 14)), &["Buddhist", "2563"]);
    one_mistake(&with("items: {}\n").replace("2563", "2599"), Some((3, 14)), &["2599", "--catalog"]);
    one_mistake(
        &with("items:\n  O1: www.example.go.th/o1\n"),
        Some((5, 7)),
        &["is not a URL", "https://www.example.go.th/o1"],
    );
    let survey = with("items: {}\nsurvey:\n  iit: [80, 81, 82]\n  eit: [80, 81, 82]\n");
    one_mistake(&survey, Some((6, 3)), &["3 scores", "5 indicators"]);
    one_mistake(&with("items: {}\nfail_under: 850\n"), Some((5, 13)), &["0 to 100"]);
    one_mistake(&with("items: {}\ncrawl: {resolve: {www.example.go.th: here}}\n"), Some((5, 38)), &["here"]);
}

#[test]
fn several_mistakes_are_shown_in_the_order_of_the_file() {
    let desk = Desk::new();
    let text =
        format!("{HEAD}colour: red\nitems:\n  O1: www.example.go.th\n  O44: null\n  O2: [3]\nfail_under: many\n");
    let file = desk.put("agency.yaml", text);
    let ran = Trap::new().refuses(&["check", &file]);
    let lines: Vec<&str> =
        ran.err.lines().filter_map(|line| line.split_once(&format!("{file}:"))).map(|(_, at)| at).collect();
    assert_eq!(lines, ["4:1", "6:7", "7:3", "8:8", "9:13"], "{}", ran.err);
    let other = desk.put("other.yaml", "agency: x\n");
    let ran = Trap::new().refuses(&["check", &file, &other]);
    assert!(ran.err.find(&file) < ran.err.find(&other), "each file's mistakes are shown\n{}", ran.err);
    says(&ran, &["`website` is missing"]);
}

#[test]
fn thousands_of_mistakes_are_cut_short() {
    let desk = Desk::new();
    let items: String = lines(1..=10_000, |number| format!("  O{number}: https://www.example.go.th/{number}"));
    let urls: String = lines(1..=43, |number| format!("  O{number}: [a, b]"));
    for (items, first) in [(items, "no item O44"), (urls, "`a` is not a URL")] {
        let file = desk.put("agency.yaml", format!("{HEAD}items:\n{items}"));
        let ran = Trap::new().refuses(&["check", &file]);
        let messages = messages(&ran);
        assert!(messages.len() <= 51, "{} messages", messages.len());
        assert!(messages[0].contains(first), "first: {}", messages[0]);
        assert!(messages[messages.len() - 1].contains("more"), "last: {}", messages[messages.len() - 1]);
    }
}

#[test]
fn a_file_of_100_megabytes() {
    let desk = Desk::new();
    let sparse = desk.path("sparse.yaml");
    File::create(&sparse).unwrap().set_len(100_000_000).unwrap();
    let text = desk.path("text.yaml");
    let mut file = File::create(&text).unwrap();
    let lines = "  O1: https://www.example.go.th/o1 # โครงสร้าง\n".repeat(20_000);
    file.write_all(HEAD.as_bytes()).unwrap();
    while file.metadata().unwrap().len() < 100_000_000 {
        file.write_all(lines.as_bytes()).unwrap();
    }
    for path in [&sparse, &text] {
        let path = path.to_str().unwrap();
        let ran = Trap::new().refuses(&["check", path]);
        assert_eq!(messages(&ran).len(), 1, "{}", ran.err);
        says(&ran, &[path, "16 MiB"]);
    }
    let ran = Trap::new().refuses(&["check", sparse.to_str().unwrap(), "--catalog", text.to_str().unwrap()]);
    says(&ran, &["text.yaml", "larger than"]);
}

#[test]
fn yaml_that_explodes() {
    let mut bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for (name, of) in ('b'..='k').zip('a'..) {
        let aliases = vec![format!("*{of}"); 9].join(", ");
        writeln!(bomb, "{name}: &{name} [{aliases}]").unwrap();
    }
    let deep_blocks: String = lines(0..5_000, |depth| format!("{}x:", " ".repeat(depth % 900)));
    let deep_braces = format!("items: {}", "{a: ".repeat(50_000));
    let deep_dashes = format!("items:\n  {}x\n", "- ".repeat(50_000));
    let nested: String = lines(0..900, |depth| format!("{}x:", " ".repeat(depth)));
    let deep_brackets = format!("items: {}", "[".repeat(100_000));
    let merged = format!("x: &x\n  <<: *x\n{HEAD}items: {{}}\n");
    for text in [bomb, deep_blocks, deep_braces, deep_dashes, nested, deep_brackets, merged] {
        let desk = Desk::new();
        let file = desk.put("agency.yaml", &text);
        let ran = Trap::new().refuses(&["check", &file]);
        assert_eq!(messages(&ran).len(), 1, "{}", ran.err);
        says(&ran, &["agency.yaml:"]);
        assert!(ran.err.len() < 2_000, "{}", ran.err);
    }
}

#[test]
fn bytes_that_are_no_text() {
    let desk = Desk::new();
    let (thai, _, _) = encoding_rs::WINDOWS_874.encode("agency: อบต.ตัวอย่าง\n");
    let utf16: Vec<u8> = "agency: x\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let utf16 = [vec![0xff, 0xfe], utf16].concat();
    for (bytes, said) in [(thai.as_ref(), "TIS-620"), (&utf16, "UTF-16"), (b"%PDF-1.4\n\0\xff\xfe", "not UTF-8")] {
        let ran = Trap::new().refuses(&["check", &desk.put("agency.yaml", bytes)]);
        assert_eq!(messages(&ran).len(), 1, "{}", ran.err);
        says(&ran, &[said, "agency.yaml"]);
    }
}

#[test]
fn wrong_usage() {
    let (trap, desk) = (Trap::new(), Desk::new());
    let file = desk.put("agency.yaml", format!("{HEAD}items:\n  O1: http://www.example.go.th/o1\n"));
    let unwritable = desk.path("no/such/folder/report.json").display().to_string();
    for (more, said) in [
        (vec!["--colour"], "--colour"),
        (vec!["--only", "O99"], "no item O99"),
        (vec!["--only", "first"], "--only"),
        (vec!["--format", "yaml"], "terminal, json"),
        (vec!["--format", "json="], "empty"),
        (vec!["--format", &format!("json={unwritable}")], unwritable.as_str()),
        (vec!["--output-dir", &file], file.as_str()),
        (vec!["--resolve", "nonsense"], "HOST=ADDR:PORT"),
        (vec!["--resolve", "www.example.go.th=example"], "127.0.0.1:8080"),
        (vec!["--resolve", "http://www.example.go.th/=127.0.0.1:80"], "is not a host name"),
        (vec!["--fail-under", "101"], "--fail-under"),
        (vec!["--rate", "0"], "--rate"),
        (vec!["--lang", "fr"], "--lang"),
        (vec!["--catalog", "/no/such/catalogue.yaml"], "/no/such/catalogue.yaml"),
        (vec!["--catalog", &file], "is not a sound catalogue"),
        (vec!["-q", "-v"], "--verbose"),
    ] {
        says(&trap.refuses(&[vec!["check", &file], more].concat()), &[said]);
    }
    assert!(!Path::new(&unwritable).exists());
    says(&trap.refuses(&["adit"]), &["adit"]);
    says(&trap.refuses(&["catalog", "O44"]), &["no item O44"]);
    says(&trap.refuses(&["catalog", "--year", "2020"]), &["2020", "2563"]);
    let ran = trap.refuses(&["init", "--output", &file]);
    says(&ran, &[&file, "not overwritten"]);
    assert!(std::fs::read_to_string(&file).unwrap().starts_with(HEAD));
}

#[test]
fn help_and_version_are_what_was_asked_for() {
    let trap = Trap::new();
    for words in [["--help", ""], ["help", ""], ["check", "--help"], ["--version", ""]] {
        let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
        let ran = oit(&words);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", words.join(" "));
        assert!(ran.out.contains("oit-audit"), "{}", ran.out);
    }
    assert_eq!(trap.run(&["--version"]).out, format!("oit-audit {}\n", env!("CARGO_PKG_VERSION")));
    assert_eq!(trap.run(&[]).code, 2, "no command is wrong usage");
}
