//! Tests of whole pages: what they hold, what they allow themselves, and what nothing hostile gets past.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::{CSS, PRINT_CSS, SCRIPT, policy};
use crate::model::{Changes, Lang, Points, Range, Report, Text, Verdict};
use crate::report::tests::hostile;
use crate::report::{Beside, Format, Style, fixture, render};

fn page(report: &Report, lang: Lang) -> String {
    with(report, lang, &Beside::default())
}

fn with(report: &Report, lang: Lang, beside: &Beside) -> String {
    String::from_utf8(render(report, Format::Html, &Style { lang, ..Style::default() }, beside)).unwrap()
}

/// The page between its script and style elements.
fn drawn(page: &str) -> String {
    page.replace(CSS, "").replace(PRINT_CSS, "").replace(SCRIPT, "")
}

#[test]
fn a_page_tells_score_fixes_and_items_in_both_languages() {
    let report = fixture::report();
    for (lang, start) in
        [(Lang::Th, "<!doctype html>\n<html lang=\"th\">"), (Lang::En, "<!doctype html>\n<html lang=\"en\">")]
    {
        let page = page(&report, lang);
        assert!(page.starts_with(start) && page.ends_with("</html>\n"), "{}", &page[..60]);
        for said in [
            "68.28",
            "78.68",
            "ต่ำกว่าเป้าหมาย 85",
            "below the target of 85",
            "+12.50",
            "ระดับ B",
            "grade B",
            "ผลรายข้อ",
            "Items",
        ] {
            assert!(page.contains(said), "{said}");
        }
        for item in &report.items {
            assert_eq!(page.matches(&format!(" id=\"{}\"", item.id)).count(), 1, "{}", item.id);
        }
        for fix in &report.fixes {
            assert!(page.contains(&format!("data-item=\"{}\"", fix.item)), "{}", fix.item);
        }
    }
    assert_eq!(page(&report, Lang::Th), page(&report, Lang::Th));
}

#[test]
fn a_page_allows_itself_no_more_than_it_has() {
    let page = page(&fixture::report(), Lang::Th);
    // An end of an element in the program's own texts would end them for the browser, too.
    for own in [CSS, PRINT_CSS, SCRIPT] {
        assert!(page.contains(own) && !own.contains("</"), "{own}");
    }
    assert!(page.contains("http-equiv=\"Content-Security-Policy\" content=\"default-src &#39;none&#39;; "));
    assert!(!policy().contains("unsafe") && !policy().contains("http"), "{}", policy());
    let drawn = drawn(&page);
    for never in [" style=", " onclick=", "@import", "<iframe", "<form", "<object"] {
        assert!(!drawn.contains(never), "{never}");
    }
    assert!(!CSS.contains("url(h") && !CSS.contains("@import"));
}

#[test]
fn nothing_hostile_gets_into_the_page() {
    let nasty = "</script><img src=x onerror=alert(1)>\"'\u{2028}\u{0}\u{202e}]]><!--";
    let mut report = hostile();
    report.notes.push(Text::new(nasty, format!("{nasty} en")));
    report.agency.name.push_str(nasty);
    report.rules.indicators[0].id = nasty.to_owned();
    report.rules.indicators[0].sub_indicators[0].id = nasty.to_owned();
    report.rules.grades[0].grade = nasty.to_owned();
    for item in &mut report.items {
        item.group = Text::new(nasty, nasty);
        item.sub_indicator = report.rules.indicators[0].sub_indicators[0].id.clone();
        for link in &mut item.urls {
            link.title = Some(nasty.to_owned());
            link.outcome = nasty.to_owned();
            link.screenshot = Some("missing.png".to_owned());
        }
    }
    let beside = Beside { pictures: BTreeMap::from([("missing.png".to_owned(), nasty.into())]), changes: None };
    for report in [report, hostile()] {
        let page = with(&report, Lang::Th, &beside);
        let drawn = drawn(&page);
        assert_eq!(drawn.matches("<script").count(), 2, "the data and the script");
        assert_eq!(drawn.matches("<img").count(), 0);
        assert!(!drawn.contains("href=\"javascript") && !drawn.contains("<!--"));
        let steers = |c: char| {
            c != '\n' && c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}')
        };
        assert!(!drawn.contains(steers), "{:?}", drawn.matches(steers).collect::<Vec<_>>());
    }
}

#[test]
fn what_is_unknown_is_never_a_zero() {
    let mut report = fixture::report();
    report.score.oit = Range::default();
    report.score.ita = None;
    report.score.indicators.clear();
    report.score.sub_indicators.clear();
    report.complete = false;
    report.path = None;
    let some = drawn(&page(&report, Lang::Th));
    assert!(some.contains("ยังไม่มีคะแนน") && some.contains("ไม่สมบูรณ์") && some.contains("ไม่ทราบ"));
    assert!(!some.contains("type=\"checkbox\""), "without a score there is no what-if");
    report.fixes.clear();
    report.items.clear();
    let none = drawn(&page(&report, Lang::En));
    assert!(!none.contains("0.00</strong>") && none.contains("No items were audited."), "{none}");
    assert!(none.contains("Not reckoned, because the audit is not complete."));
}

#[test]
fn ranges_conditions_and_changes_are_told() {
    let mut report = fixture::report();
    report.score.oit.low = Some(Points(64.0));
    report.score.ita.as_mut().unwrap().grade_low = Some("C".to_owned());
    report.path.as_mut().unwrap().target = Points(90.0);
    let changes = Changes { since: report.started_at.clone(), oit: Some(Points(70.0)), items: Vec::new() };
    let text = with(&report, Lang::En, &Beside { changes: Some(changes), ..Beside::default() });
    for said in [
        "Between 64.00–68.28",
        "grade between C–B",
        "the agency&#39;s own threshold of 90",
        "Every item came out as before.",
        "→ 68.28 (−1.72)",
    ] {
        assert!(text.contains(said), "{said}");
    }
    report.score.ita = None;
    report.survey = None;
    report.rules.grades[0].each_from = Some(95.0);
    report.score.grade_conditions = report.rules.grade_conditions(report.score.oit.predicted);
    let text = page(&report, Lang::En);
    assert!(text.contains("OIT ≥ 95 (grade AA)") && text.contains("it also needs IIT, EIT and the total"));
}

#[test]
fn a_score_above_what_passed_is_explained_where_a_review_raises_it() {
    let said = "The predicted scores count reviews that are likely to pass.";
    let mut report = fixture::report();
    for item in report.items.iter_mut().filter(|item| item.verdict == Verdict::Review) {
        item.likely_score = 0;
    }
    assert!(!page(&report, Lang::En).contains(said), "no review leans to a pass");
    let one = &mut report.items[0];
    (one.verdict, one.score, one.likely_score) = (Verdict::Review, None, 100);
    let sub = one.sub_indicator.clone();
    assert_eq!(page(&report, Lang::En).matches(said).count(), 1);
    report.score.sub_indicators.insert(sub, None);
    assert!(!page(&report, Lang::En).contains(said), "no score counts it");
}

#[test]
fn pictures_are_in_the_page_and_only_those() {
    let mut report = fixture::report();
    report.items[0].urls[0].screenshot = Some("a.png".to_owned());
    report.items[1].urls[0].screenshot = Some("gone.png".to_owned());
    let mut png = std::io::Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(8, 8).write_to(&mut png, image::ImageFormat::Png).unwrap();
    let pictures = BTreeMap::from([("a.png".to_owned(), png.into_inner()), ("b.png".to_owned(), vec![1])]);
    let page = drawn(&with(&report, Lang::Th, &Beside { pictures, changes: None }));
    let sources: Vec<&str> = page.split("src=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    let [source] = sources[..] else { panic!("{sources:?}") };
    let jpeg = STANDARD.decode(source.strip_prefix("data:image/jpeg;base64,").unwrap()).unwrap();
    assert!(jpeg.starts_with(&[0xff, 0xd8, 0xff]));
    assert!(page.contains("alt=\"ภาพหน้าจอของ "));
}

#[test]
fn data_for_the_script_leave_the_range_to_reviews() {
    let mut report = fixture::report();
    for item in &mut report.items {
        if item.verdict == Verdict::Review {
            item.likely_score = 0;
        }
    }
    let data = super::data::of(&report);
    for item in &report.items {
        let wanted = match item.verdict {
            Verdict::Review => [0, 0, 100],
            Verdict::Fail => [0, 0, 0],
            _ => [100, 100, 100],
        };
        assert_eq!(data["items"][item.id.as_str()], serde_json::json!(wanted), "{}", item.id);
    }
    assert_eq!(data["after"]["O43"], serde_json::json!(["O42"]));
}
