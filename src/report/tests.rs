//! Tests of whole reports: pictures of them kept as files, and what must hold at every width.

use std::fs;
use std::path::Path;

use unicode_width::UnicodeWidthStr;

use super::clean::is_mark;
use super::{Beside, Format, Style, fixture};
use crate::model::{CatalogStatus, GradeBand, Lang, Points, Range, Report, RuleStatus, Text, Verdict};

const LANGS: [Lang; 2] = [Lang::Th, Lang::En];
const WIDTHS: [usize; 7] = [40, 60, 80, 100, 110, 120, 200];

/// A report in a format that is text.
pub(super) fn render(report: &Report, format: Format, style: &Style) -> String {
    String::from_utf8(super::render(report, format, style, &Beside::default())).unwrap()
}

fn plain(report: &Report, lang: Lang, width: usize) -> String {
    render(report, Format::Terminal, &Style { lang, width, ..Style::default() })
}

/// Compares with a file under `tests/data`. Where they differ the new text is left under `target/`; look at it, and if
/// it is right copy it over the old one.
fn matches_file(name: &str, text: &str) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let expected = root.join("tests/data").join(name);
    if fs::read_to_string(&expected).is_ok_and(|expected| expected == text) {
        return;
    }
    let actual = root.join("target").join(format!("{name}.actual"));
    fs::create_dir_all(root.join("target")).unwrap();
    fs::write(&actual, text).unwrap();
    panic!("{name} differs. If the new one is right: cp {} {}", actual.display(), expected.display());
}

#[test]
fn terminal_reports_look_as_kept() {
    let report = fixture::report();
    for width in [80, 200] {
        matches_file(&format!("report_th_{width}.txt"), &plain(&report, Lang::Th, width));
    }
    matches_file("report_en_80.txt", &plain(&report, Lang::En, 80));
    matches_file("report_en_200.txt", &plain(&report, Lang::En, 200));
}

#[test]
fn json_reports_read_back_as_they_were() {
    let report = fixture::report();
    let json = render(&report, Format::Json, &Style::default());
    let again: Report = serde_json::from_str(&json).unwrap();
    assert_eq!(render(&again, Format::Json, &Style::default()), json);
    assert!(json.starts_with("{\n  \"schema\": \"oit-audit/report/1\"") && json.ends_with("}\n"));
}

/// A report with text that steers terminals, forges layouts and hides, wherever a page or a file has a say.
pub(super) fn hostile() -> Report {
    let nasty = "ก\u{1b}[2J\u{9b}31m\u{202e}\u{2066}\u{200b}\r\n\u{7}\u{e48}\u{e49} ข".to_owned();
    let mut report = fixture::report();
    report.agency.name = format!("\u{e48}{nasty}");
    report.agency.file.clone_from(&nasty);
    report.tool_version.clone_from(&nasty);
    report.notes = vec![Text::new(nasty.clone(), nasty.clone())];
    report.catalog_status = CatalogStatus::Partly;
    report.complete = false;
    for item in &mut report.items {
        item.name = format!("{nasty}{}", "เ".repeat(80));
        item.name_en = format!("{nasty}{}", "x".repeat(300));
        item.verdict = Verdict::Fail;
        for reason in &mut item.reasons {
            reason.message.clone_from(&nasty);
            reason.message_en = format!("{nasty} 漢字 {}", "(".repeat(90));
            reason.evidence = Some(nasty.repeat(60));
        }
        for link in &mut item.urls {
            link.url = format!("javascript:{nasty}%E0%B9%88{}", "/".repeat(250));
        }
    }
    for fix in &mut report.fixes {
        fix.todo = Text::new(nasty.repeat(9), nasty.repeat(9));
    }
    report
}

#[test]
fn every_line_fits_and_none_starts_with_a_mark() {
    for report in [fixture::report(), hostile()] {
        for lang in LANGS {
            for width in WIDTHS {
                for line in plain(&report, lang, width).lines() {
                    assert!(line.width() <= width, "{width}: {line}");
                    assert!(!line.starts_with(is_mark), "{line}");
                    assert!(!line.trim_start().starts_with(is_mark), "{line}");
                    assert_eq!(line, line.trim_end());
                }
            }
        }
    }
}

#[test]
fn nothing_hostile_reaches_the_reader() {
    for lang in LANGS {
        let text = plain(&hostile(), lang, 80);
        assert!(text.contains("[2J"), "the harmless rest is kept");
        let bad = |c: char| (c != '\n' && c.is_control()) || "\u{202e}\u{2066}\u{200b}".contains(c);
        assert!(!text.contains(bad));
        let json = render(&hostile(), Format::Json, &Style::default());
        assert!(!json.contains(bad));
        assert_eq!(serde_json::from_str::<Report>(&json).unwrap().agency.name, hostile().agency.name);
    }
}

#[test]
fn colour_changes_nothing_but_colour() {
    let report = fixture::report();
    let coloured = render(&report, Format::Terminal, &Style { colour: true, ..Style::default() });
    assert!(coloured.contains("\u{1b}[31m"));
    let mut stripped = String::new();
    for (n, part) in coloured.split("\u{1b}[").enumerate() {
        stripped.push_str(if n == 0 { part } else { part.split_once('m').unwrap().1 });
    }
    assert_eq!(stripped, plain(&report, Lang::Th, 80));
}

#[test]
fn the_columns_of_a_table_line_up() {
    let report = fixture::report();
    for lang in LANGS {
        for width in WIDTHS {
            let text = plain(&report, lang, width);
            let edge = width.min(144);
            let mut verdicts = Vec::new();
            for item in &report.items {
                let start = format!("{:<6}", item.id.as_str());
                let line = text.lines().find(|line| line.starts_with(&start)).unwrap();
                assert_eq!(line.width(), edge, "{line}");
                let verdict = super::words::verdict(item.verdict, lang);
                let number = item.score.map_or("–", |score| if score == 0 { "0.00" } else { "100.00" });
                assert!(line.ends_with(number), "{line}");
                let at = line.match_indices(verdict).map(|(at, _)| line[..at].width()).max();
                verdicts.push(at.unwrap());
            }
            if width < 110 {
                assert!(verdicts.iter().all(|&at| at == verdicts[0]), "{width}");
            }
        }
    }
}

#[test]
fn what_is_unknown_is_never_a_zero() {
    let mut report = fixture::report();
    report.score.oit = Range::default();
    report.score.ita = None;
    report.score.indicators.clear();
    report.score.sub_indicators.clear();
    report.fixes.clear();
    report.path = None;
    report.complete = false;
    let thai = plain(&report, Lang::Th, 80);
    assert!(thai.contains("OIT  ไม่ทราบ".replace("  ", "   ").as_str()), "{thai}");
    assert!(!thai.lines().any(|line| line.starts_with("ITA")));
    assert!(thai.contains("ไม่สมบูรณ์") && thai.contains("ยังไม่ได้คำนวณ"));
    report.items.clear();
    let english = plain(&report, Lang::En, 80);
    assert!(english.contains("unknown") && english.contains("No items were audited."), "{english}");
    assert!(english.contains("INCOMPLETE") && !english.contains("0.00"), "{english}");
}

#[test]
fn ranges_show_the_grades_that_they_span() {
    let mut report = fixture::report();
    let ita = report.score.ita.as_mut().unwrap();
    (ita.low, ita.high) = (Some(Points(74.996)), Some(Points(85.0)));
    ita.grade_high = Some("A".to_owned());
    assert!(plain(&report, Lang::En, 80).contains("between 75.00–85.00 (B–A)"));
    report.score.oit.high = Some(Points(90.0));
    report.rules.target = 100.0;
    let text = plain(&report, Lang::En, 80);
    let bar = text.lines().find(|line| line.contains('━')).unwrap();
    assert!(bar.contains('╍') && bar.ends_with('┃'), "{bar}");
    report.score.ita.as_mut().unwrap().grade_high = None;
    assert!(!plain(&report, Lang::En, 80).contains("(B–A)"));
}

#[test]
fn an_item_that_is_not_verified_for_the_year_says_so() {
    let mut report = fixture::report();
    assert!(!plain(&report, Lang::En, 80).contains("not verified for this year"));
    report.items[0].standing.status = RuleStatus::Unverified;
    for width in [80, 110, 200] {
        assert_eq!(plain(&report, Lang::En, width).matches("not verified for this year").count(), 1, "{width}");
    }
    assert!(plain(&report, Lang::Th, 80).contains("ยังไม่ยืนยัน"));
}

#[test]
fn without_surveys_a_report_says_what_the_grades_demand_of_oit() {
    let mut report = fixture::report();
    report.score.ita = None;
    let pass = |grade: &str, english: &str, least: f64| GradeBand {
        grade: grade.to_owned(),
        grade_en: Some(english.to_owned()),
        from: least,
        each_from: Some(least),
    };
    report.rules.grades = vec![pass("ผ่านดีเยี่ยม", "pass, excellent", 95.0), pass("ผ่านดี", "pass, good", 85.0)];
    report.score.grade_conditions = report.rules.grade_conditions(Some(Points(93.28)));
    let text = plain(&report, Lang::Th, 80);
    assert!(text.contains("OIT ≥ 95 (ระดับ ผ่านดีเยี่ยม): ยังไม่ถึง"), "{text}");
    assert!(text.contains("OIT ≥ 85 (ระดับ ผ่านดี): ถึงแล้ว"), "{text}");
    let text = plain(&report, Lang::En, 80);
    assert!(text.contains("OIT ≥ 85 (grade pass, good): met"), "{text}");
    assert!(text.contains("it also needs IIT, EIT and the total"), "{text}");
}

#[test]
fn formats_go_by_their_names() {
    for &format in Format::ALL {
        assert_eq!(format.name().parse(), Ok(format));
    }
    let error = "yaml".parse::<Format>().unwrap_err().to_string();
    assert!(error.starts_with("not a format: one of terminal, json"), "{error}");
}
