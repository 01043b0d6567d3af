//! Tests of the Markdown report: what comes first, that it stays short, and that hostile text stays text.

use crate::model::{Change, Changes, Lang, Points, Range, ReasonEntry, Report, Trend, Verdict};
use crate::report::tests::hostile;
use crate::report::{Beside, Format, Style, fixture, render};

fn markdown(report: &Report, lang: Lang, beside: &Beside) -> String {
    String::from_utf8(render(report, Format::Markdown, &Style { lang, ..Style::default() }, beside)).unwrap()
}

#[test]
fn the_score_comes_first_and_each_item_once() {
    let text = markdown(&fixture::report(), Lang::Th, &Beside::default());
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("<!-- oit-audit: nang-rong.yaml -->"));
    assert!(lines.next().unwrap().starts_with("## ผลการตรวจ OIT"));
    assert!(text.contains("**OIT 68.28** · ต่ำกว่าเป้าหมาย 85 · ขาดอีก 16.72"), "{text}");
    assert!(text.contains("### ข้อที่ไม่ผ่าน (7)") && text.contains("- **O42** "), "{text}");
    assert_eq!(text.matches("\n- **").count(), 8, "seven fails and a review");
    assert!(text.contains("| 1 | O42 | ") && text.contains("| +12.50 | +5.00 |"), "{text}");
    assert!(text.contains("| 9.1 | ข้อมูลพื้นฐาน | "), "{text}");
    assert!(text.contains("<summary>ข้อที่ผ่าน (35)</summary>\n\n| "), "{text}");
    assert!(text.ends_with("</sub>\n"));
}

#[test]
fn what_changed_is_said_before_what_is() {
    let report = fixture::report();
    let fail = report.items.iter().find(|item| item.verdict == Verdict::Fail).unwrap();
    let worse = Change { item: fail.id.clone(), trend: Trend::Worse, before: Some(Verdict::Pass), now: Verdict::Fail };
    let mut changes = Changes { since: report.started_at.clone(), oit: Some(Points(70.5)), items: vec![worse] };
    let with = |changes: &Changes| Beside { changes: Some(changes.clone()), ..Beside::default() };
    let text = markdown(&report, Lang::En, &with(&changes));
    let at = |part: &str| text.find(part).unwrap_or_else(|| panic!("{part}: {text}"));
    assert!(at("### What changed since 1 July 2020") < at("### Failed"));
    assert!(text.contains(&format!("| 🔴 worse | {} | ", fail.id)) && text.contains("| pass | fail |"), "{text}");
    assert!(text.contains("OIT then 70.50"));
    changes.items.clear();
    assert!(markdown(&report, Lang::En, &with(&changes)).contains("Every verdict is as it was"));
}

#[test]
fn what_is_unknown_is_never_a_zero() {
    let mut report = fixture::report();
    report.score.oit = Range::default();
    report.score.ita = None;
    report.score.sub_indicators.clear();
    (report.fixes, report.path, report.complete) = (Vec::new(), None, false);
    let text = markdown(&report, Lang::En, &Beside::default());
    assert!(text.contains("**OIT unknown** · target 85") && text.contains("> **INCOMPLETE** "), "{text}");
    assert!(!text.contains(" 0.00") && !text.contains("\nITA"), "{text}");
    report.items.clear();
    assert!(markdown(&report, Lang::En, &Beside::default()).contains("No items were audited"));
}

#[test]
fn it_stays_short_and_says_what_is_left_out() {
    let mut report = hostile();
    for item in &mut report.items {
        let Some(reason) = item.reasons.first().cloned() else { continue };
        item.reasons = (0..6)
            .map(|n| ReasonEntry { message: format!("{n}"), message_en: format!("{n}"), ..reason.clone() })
            .collect();
        for reason in &mut item.reasons {
            reason.url = format!("https://www.example.go.th/{}", "*".repeat(1500)).parse().ok();
        }
    }
    for lang in [Lang::Th, Lang::En] {
        let text = markdown(&report, lang, &Beside::default());
        assert!(text.chars().count() < 65_536, "{}", text.chars().count());
        let said = if lang == Lang::Th {
            "ยาวเกินกว่าจะแสดงทั้งหมด"
        } else {
            "too long to be shown whole"
        };
        assert!(text.contains(said) && text.ends_with("</sub>\n"));
        assert_eq!(text.matches("<details>").count(), text.matches("</details>").count());
    }
    assert!(!markdown(&fixture::report(), Lang::En, &Beside::default()).contains("too long"));
}

#[test]
fn hostile_text_is_only_text() {
    let nasty = "| a `b` <img src=//evil.example/p.png> ![x](//evil.example) [y](javascript:1) @nacc #1 **b** --> \\\\| \
                 www.evil.example https://evil.example deadbeef1 a@evil.example GH-1 & &lt;";
    let mut report = hostile();
    report.agency.name = nasty.to_owned();
    report.agency.file = format!("{nasty}.yaml");
    for item in &mut report.items {
        item.name = nasty.to_owned();
        item.sub_indicator = "9.1".to_owned();
        item.reasons.iter_mut().for_each(|reason| reason.evidence = Some(nasty.to_owned()));
    }
    let text = markdown(&report, Lang::Th, &Beside::default());
    let (marker, body) = text.split_once('\n').unwrap();
    assert!(marker.ends_with(" -->") && marker.matches("--").count() == 2, "{marker}");
    let tags: Vec<&str> = body.split('<').skip(1).filter_map(|rest| rest.split(['>', ' ', ':']).next()).collect();
    let ours = ["!--", "sub", "/sub", "details", "/details", "summary", "/summary", "http", "https"];
    assert!(tags.iter().all(|tag| ours.contains(tag)), "{tags:?}");
    for wrong in ["![", "@", "`", " #1", "GH-1", "deadbeef1", "www.evil", " https:", "\\", "](//", "](java"] {
        assert!(!body.contains(wrong), "{wrong}");
    }
}
