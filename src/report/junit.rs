//! JUnit XML, which every build server shows: a sub-indicator is a suite, an item a test case.
//!
//! JUnit knows no question. A review must not turn a suite red, nor look passed: it is a skipped case with a message.

use std::time::Duration;

use quick_junit::{NonSuccessKind, TestCase, TestCaseStatus, TestSuite};

use super::clean;
use super::comments::likelihood;
use super::said::{fix, said};
use super::view::{self, Group};
use super::{Beside, Style, words};
use crate::model::{ItemResult, Lang, Report, Verdict};

/// Writes the suites.
pub(super) fn render(report: &Report, style: &Style, _beside: &Beside) -> String {
    let lang = style.lang;
    let mut out = quick_junit::Report::new(xml(&format!(
        "OIT {} · {} {}",
        view::points(report.score.oit.predicted, lang),
        report.agency.name,
        report.fiscal_year
    )));
    out.set_time(Duration::from_millis(report.stats.elapsed_ms));
    out.add_test_suites(view::groups(report, lang).iter().map(|group| suite(report, group, lang)));
    // It fails for no text, only for a writer that does, and memory does not.
    out.to_string().unwrap_or_default()
}

fn suite(report: &Report, group: &Group<'_>, lang: Lang) -> TestSuite {
    let mut suite = TestSuite::new(xml(&format!("{} {}", group.id, group.name)));
    let started = report.started_at.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string();
    suite.extra.insert("timestamp".into(), started.into());
    suite.extra.insert("file".into(), xml(&report.agency.file).into());
    suite.set_time(group.items.iter().map(|item| time(item)).sum());
    let score = report.score.sub_indicators.get(group.id).copied().flatten();
    suite.add_property(("score", view::points(score, lang).as_str()));
    suite.add_test_cases(group.items.iter().map(|item| case(report, group, item, lang)));
    suite
}

/// How long the item's links took; those of several were opened side by side.
fn time(item: &ItemResult) -> Duration {
    Duration::from_millis(item.urls.iter().chain(&item.documents).map(|link| link.elapsed_ms).sum())
}

fn case(report: &Report, group: &Group<'_>, item: &ItemResult, lang: Lang) -> TestCase {
    let messages: Vec<String> = said(item, lang).iter().map(|said| xml(said.message)).collect();
    let mut message = messages.join("; ");
    let status = match item.verdict {
        Verdict::Fail => {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            status.set_type(item.reasons.first().map_or("fail", |reason| reason.code.as_str()));
            status
        }
        Verdict::Review => {
            let verdict = words::verdict(item.verdict, lang);
            message = xml(&format!("{verdict} ({}): {message}", likelihood(item, lang)));
            let mut status = TestCaseStatus::skipped();
            status.set_type("review");
            status
        }
        Verdict::Pass | Verdict::Advice => TestCaseStatus::success(),
    };
    let mut case = TestCase::new(xml(&format!("{} {}", item.id, view::item_name(item, lang))), status);
    // Viewers group by what stands before the last dot, so that a dot within would tear it apart.
    let class = xml(&format!("{} {}", group.id, group.name)).replace('.', "_");
    case.set_classname(format!("OIT.{class}"));
    case.set_time(time(item));
    case.extra.insert("file".into(), xml(&report.agency.file).into());
    if let Some(place) = item.urls.first().and_then(|link| link.place).or(item.place) {
        case.extra.insert("line".into(), place.line.to_string().into());
    }
    let text = text(report, item, lang);
    match item.verdict {
        Verdict::Fail | Verdict::Review => {
            case.status.set_message(message);
            case.status.set_description(text);
        }
        Verdict::Advice => {
            case.set_system_out(text);
        }
        Verdict::Pass => {}
    }
    case
}

/// A text on one line, without the characters that XML forbids.
fn xml(text: &str) -> String {
    clean::clean(text).replace(['\u{fffe}', '\u{ffff}'], "")
}

/// Reasons, what they are about, what to do and the next step, a line each.
fn text(report: &Report, item: &ItemResult, lang: Lang) -> String {
    let mut lines = Vec::new();
    for said in said(item, lang) {
        lines.push(xml(said.message));
        for (url, evidence) in said.places {
            lines.extend(url.map(|url| format!("  {}", xml(&view::readable_url(url.as_str())))));
            lines.extend(evidence.map(|evidence| format!("  “{}”", xml(evidence))));
        }
    }
    if item.reasons.iter().all(|reason| reason.url.is_none()) {
        lines.extend(item.urls.iter().map(|link| xml(&view::readable_url(&link.url))));
    }
    if let Some(fix) = fix(report, item) {
        lines.push(xml(&format!("{}: {}", words::TO_DO.get(lang), fix.todo.get(lang))));
        let next = fix.next_step.get(lang);
        lines.extend((!next.trim().is_empty()).then(|| xml(&words::NEXT.fill(lang, next))));
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use crate::report::tests::{hostile, render};
    use crate::report::{Format, Style, fixture};

    #[test]
    fn a_fail_fails_and_a_review_is_skipped() {
        let xml = render(&fixture::report(), Format::Junit, &Style::default());
        assert!(xml.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites "), "{xml}");
        assert_eq!((xml.matches("<failure ").count(), xml.matches("<skipped ").count()), (7, 1));
        assert_eq!((xml.matches("<testcase ").count(), xml.matches("<testsuite ").count()), (43, 7));
        let at = xml.find("<testcase name=\"O5 ").unwrap();
        let case = &xml[at..at + xml[at..].find("</testcase>").unwrap()];
        assert!(case.contains("type=\"link.http_status\"") && case.contains("line=\"10\""), "{case}");
        let at = xml.find("<testcase name=\"O1 ").unwrap();
        assert!(xml[at..].contains("<system-out>แนะนำแนบ link ที่ถูกต้อง"));
        assert!(xml.contains("message=\"ต้องให้คนตรวจ (น่าจะผ่าน 80 %): "), "{xml}");
        assert!(xml.contains("<property name=\"score\" value=\"77.78\"/>"), "{xml}");
    }

    #[test]
    fn hostile_text_stays_text() {
        let mut report = hostile();
        for item in &mut report.items {
            item.name = "]]></failure><testcase name=\"x\"/>&\u{0}\u{b}\u{fffe}\"'".to_owned();
            item.reasons
                .iter_mut()
                .for_each(|reason| reason.evidence = Some("<b>]]>&amp;\u{1f}\u{ffff}</b>".to_owned()));
        }
        let xml = render(&report, Format::Junit, &Style::default());
        assert_eq!(xml.matches("<testcase ").count(), report.items.len());
        assert!(!xml.contains("<b>") && xml.contains("&lt;b&gt;]]&gt;&amp;amp;"), "{xml}");
        let allowed = |c: char| c == '\n' || (!c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}'));
        assert!(xml.chars().all(allowed));
    }
}
