//! What a person sees at a terminal while an audit runs, and that nothing of it is left or comes from a page.

use std::time::Duration;

use serde_json::Value;

use crate::support::program::{Desk, oit};
use crate::support::rough_server::{Step, answer};
use crate::support::tools::{python, script};
use crate::support::website::{HEAD, Website, html};

/// A website that takes its time, with text on it that would steer a terminal.
fn slow_website() -> Website {
    Website::by(|seen| {
        let nasty = html("\u{1b}[2J\u{202e}ตก", "<a href='/\u{1b}]0;x\u{7}'>\u{9b}31m</a><p>\u{200b}ประกาศ</p>");
        let page = answer(200, "Content-Type: text/html; charset=utf-8\r\n", nasty);
        let wait = if seen.target == "/robots.txt" { 0 } else { 400 };
        std::iter::once(Step::Wait(Duration::from_millis(wait))).chain(page).collect()
    })
}

/// Items with links that have Thai and hostile text in them.
fn items() -> String {
    let link =
        |n: usize| format!("  O{n}: 'http://www.example.go.th/แผนปฏิบัติการ-{n}/%1B%5B2J%E2%80%AE{}'\n", "ก".repeat(80));
    (1..=6).map(link).collect()
}

/// What is seen at a terminal of so many columns while the website is checked, with these words too.
fn seen(site: &Website, columns: &str, limit: &str, words: &[&str]) -> Option<Value> {
    let python = python("pty")?;
    let desk = Desk::new();
    let (file, out) = (desk.put("agency.yaml", format!("{HEAD}{}", items())), desk.path("report.json"));
    let mut all = vec![columns, limit, "env", "-u", "CI", "TERM=xterm-256color", env!("CARGO_BIN_EXE_oit-audit")];
    let site_words = site.words(&file, &[]);
    all.extend(site_words.iter().map(String::as_str).filter(|word| *word != "--format=json"));
    let format = format!("--format=json={}", out.display());
    all.extend([format.as_str(), "--no-follow"]);
    all.extend(words);
    let said = script(&python, "terminal.py", &all);
    Some(serde_json::from_str(&said).unwrap())
}

fn texts(seen: &Value) -> Vec<&str> {
    seen["screens"].as_array().unwrap().iter().map(|screen| screen.as_str().unwrap()).collect()
}

#[test]
fn progress_says_what_happens_fits_and_goes_away() {
    let site = slow_website();
    for (columns, lang, words) in [
        ("80", "th", ["เปิด link ที่ส่ง", "/7"]),
        ("200", "en", ["opening what was submitted", "/7"]),
        ("40", "th", ["/7", "กำลัง"]),
    ] {
        let Some(seen) = seen(&site, columns, "60", &["--lang", lang]) else { return };
        assert_eq!(seen["code"], 0, "{seen}");
        let screens = texts(&seen);
        for word in words {
            assert!(
                screens.iter().any(|screen| screen.contains(word)),
                "{columns}: {word} is never seen: {screens:#?}"
            );
        }
        assert!(screens.iter().all(|screen| screen.lines().count() <= 2), "lines wrap at {columns}: {screens:#?}");
        assert_eq!(seen["last"], "", "something is left at {columns}");
        assert_eq!(seen["unknown"], Value::Array(Vec::new()), "{columns}");
        let hides = |c: char| "\u{202e}\u{200b}\u{9b}".contains(c);
        assert!(!screens.iter().any(|screen| screen.contains(hides)), "{screens:#?}");
    }
}

#[test]
fn the_quiet_see_nothing_and_the_curious_a_log() {
    let site = slow_website();
    let Some(quiet) = seen(&site, "80", "60", &["-q"]) else { return };
    assert_eq!((&quiet["code"], &quiet["last"]), (&Value::from(0), &Value::from("")));
    assert!(texts(&quiet).iter().all(|screen| screen.is_empty()), "{quiet}");
    let Some(verbose) = seen(&site, "80", "60", &["-v"]) else { return };
    let last = verbose["last"].as_str().unwrap();
    assert!(last.contains("-- opening what was submitted") && last.contains("200 in"), "{last}");
    assert_eq!(verbose["unknown"], Value::Array(Vec::new()), "{last}");
    assert!(!last.contains("0:0"), "the bar is left: {last}");
}

#[test]
fn a_pipe_gets_no_progress() {
    let site = slow_website();
    let desk = Desk::new();
    let file = desk.put("agency.yaml", format!("{HEAD}{}", items()));
    let ran = oit(site.words(&file, &["--no-follow"]));
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let ran = oit(site.words(&file, &["--no-follow", "-v"]));
    assert!(ran.err.contains("200 in") && !ran.err.contains(|c: char| c.is_control() && c != '\n'), "{}", ran.err);
    assert!(!ran.err.contains(['\u{202e}', '\u{200b}']), "{}", ran.err);
}

#[test]
fn ctrl_c_leaves_a_clean_terminal_and_says_what_it_does() {
    let site = Website::by(|_| vec![Step::Wait(Duration::from_secs(30))]);
    let Some(seen) = seen(&site, "80", "1.5:C", &[]) else { return };
    assert_eq!(seen["code"], 3, "{seen}");
    let last = seen["last"].as_str().unwrap();
    assert!(last.contains("stopping; what is known so far will be reported"), "{last}");
    assert!(!last.contains("0:0"), "the bar is left: {last}");
}
