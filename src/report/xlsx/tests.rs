//! Tests of whole workbooks that need no spreadsheet program; those that do are in `tests/it/sheets.rs`.

use crate::model::{Change, Changes, Lang, Points, Range, Report, Text, Trend, Verdict};
use crate::report::{Beside, Format, Style, fixture, render, tests::hostile};

fn bytes(report: &Report, lang: Lang, beside: &Beside) -> Vec<u8> {
    render(report, Format::Xlsx, &Style { lang, ..Style::default() }, beside)
}

fn changed(report: &Report) -> Beside {
    let change = |(at, trend): (usize, Trend)| Change {
        item: report.items[at].id.clone(),
        trend,
        before: (at > 0).then_some(Verdict::Pass),
        now: report.items[at].verdict,
    };
    let items = [(0, Trend::New), (1, Trend::Worse), (2, Trend::Doubtful), (3, Trend::Better)].map(change).to_vec();
    let changes = Changes { since: report.started_at.clone(), oit: Some(Points(70.0)), items };
    Beside { changes: Some(changes), ..Beside::default() }
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    let report = fixture::report();
    for lang in [Lang::Th, Lang::En] {
        for beside in [Beside::default(), changed(&report)] {
            let first = bytes(&report, lang, &beside);
            assert!(first.starts_with(b"PK"));
            assert_eq!(first, bytes(&report, lang, &beside));
        }
    }
    assert_ne!(bytes(&report, Lang::Th, &Beside::default()), bytes(&report, Lang::Th, &changed(&report)));
}

#[test]
fn what_is_beyond_the_limits_of_a_sheet_is_written_all_the_same() {
    let mut report = hostile();
    report.started_at = jiff::civil::date(-44, 3, 15).to_zoned(jiff::tz::TimeZone::UTC).unwrap();
    report.finished_at = report.started_at.clone();
    report.notes = vec![Text::new("=".repeat(90_000), "\n".repeat(900)); 3];
    report.stats.bytes = u64::MAX;
    report.score.oit = Range { predicted: Some(Points(f64::NAN)), low: None, high: Some(Points(f64::INFINITY)) };
    let mut link = report.items[0].urls[0].clone();
    (link.bytes, link.elapsed_ms) = (u64::MAX, u64::MAX);
    link.url = format!("https://a.go.th/{}", "ก".repeat(3000));
    link.title = Some("<r><t>x</t></r>".to_owned());
    let plain = crate::model::LinkResult { url: "https://a.go.th/".to_owned(), ..link.clone() };
    report.items[0].documents = vec![plain; 300];
    report.items[0].urls = vec![link; 3];
    for lang in [Lang::Th, Lang::En] {
        assert!(bytes(&report, lang, &changed(&report)).starts_with(b"PK"));
    }
    report.items.clear();
    report.fixes.clear();
    assert!(bytes(&report, Lang::Th, &Beside::default()).starts_with(b"PK"));
}
