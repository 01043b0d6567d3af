//! Floor 2: two reports of one agency and year, and what changed between them; pure.

use url::Url;

use crate::model::{Change, Changes, ItemResult, Report, Trend, Verdict};

/// Why an earlier report is no baseline for a later one, in words that say what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NoBaseline(String);

/// Whether a report can be the baseline of audits of a website in a fiscal year.
pub fn fits(baseline: &Report, website: &Url, year: u16) -> Result<(), NoBaseline> {
    let host = |url: &Url| url.host_str().map(|host| host.strip_prefix("www.").unwrap_or(host).to_owned());
    if baseline.fiscal_year.buddhist() != year {
        return Err(NoBaseline(format!(
            "it is of fiscal year {}, the agency file of {year}; take a report of the same year",
            baseline.fiscal_year
        )));
    }
    if host(&baseline.agency.website) != host(website) {
        let hosts = [&baseline.agency.website, website].map(|url| url.host_str().unwrap_or_default());
        return Err(NoBaseline(format!(
            "it is of {}, the agency file of {}; take a report of the same agency",
            hosts[0], hosts[1]
        )));
    }
    if !baseline.complete {
        return Err(NoBaseline(
            "it is incomplete, so that nothing can be held against it; take one of a whole run".to_owned(),
        ));
    }
    Ok(())
}

/// What changed since a baseline. Items that the later report does not have were not judged and are not compared.
pub fn compare(baseline: &Report, now: &Report) -> Changes {
    let change = |item: &ItemResult| {
        let before = baseline.items.iter().find(|before| before.id == item.id);
        let trend = before.map_or(Some(Trend::New), |before| trend(before, item))?;
        Some(Change { item: item.id.clone(), trend, before: before.map(|before| before.verdict), now: item.verdict })
    };
    let mut items: Vec<Change> = now.items.iter().filter_map(change).collect();
    items.sort_by_key(|change| change.trend);
    Changes { since: baseline.finished_at.clone(), oit: baseline.score.oit.predicted, items }
}

/// How an item fares; `None` where its score is as sure as it was.
fn trend(before: &ItemResult, now: &ItemResult) -> Option<Trend> {
    let fails = |item: &ItemResult| item.verdict == Verdict::Fail;
    let doubted = |item: &ItemResult| item.verdict == Verdict::Review;
    let fell = now.likely_score < before.likely_score;
    let rose = now.likely_score > before.likely_score;
    if fell || (fails(now) && !fails(before)) {
        Some(Trend::Worse)
    } else if rose || (doubted(before) && !doubted(now)) {
        Some(Trend::Better)
    } else {
        (doubted(now) && !doubted(before) && !fails(before)).then_some(Trend::Doubtful)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{compare, fits};
    use crate::model::{Report, Trend, Verdict};

    /// A report whose items have these verdicts, with the score that each leans to.
    fn report(verdicts: &[(&str, &str, u8)]) -> Report {
        let item = |(id, verdict, likely): &(&str, &str, u8)| {
            let score = (*verdict != "review").then_some(likely);
            json!({"id": id, "name": "ข้อ", "name_en": "item", "sub_indicator": "9.1", "verdict": verdict, "score": score,
                "likely_score": likely, "reasons": [], "urls": [], "documents": []})
        };
        let items: Vec<Value> = verdicts.iter().map(item).collect();
        let report = json!({
            "schema": "oit-audit/report/1", "tool_version": "0.1.0",
            "agency": {"name": "อบต.ตัวอย่าง", "website": "https://www.example.go.th/", "file": "agency.yaml"},
            "fiscal_year": 2563, "catalog_status": "verified", "started_at": "2020-07-01T09:00:00+07:00",
            "finished_at": "2020-07-01T09:00:41+07:00", "complete": true, "notes": [],
            "score": {"oit": {"predicted": 62.5, "low": 62.5, "high": 62.5}, "indicators": {}, "sub_indicators": {}, "ita": null},
            "items": items, "fixes": [], "path": null,
            "rules": {"indicators": [], "weights": {"iit": 0.3, "eit": 0.3, "oit": 0.4}, "grades": [], "target": 85.0},
            "stats": {"requests": 0, "bytes": 0, "elapsed_ms": 0, "hosts": 0},
        });
        serde_json::from_value(report).unwrap()
    }

    #[test]
    fn every_turn_of_a_verdict_has_its_trend() {
        let states = [("pass", 100), ("advice", 100), ("review", 100), ("review", 0), ("fail", 0)];
        let (same, worse, better, doubtful) = (None, Some(Trend::Worse), Some(Trend::Better), Some(Trend::Doubtful));
        let expected = [
            [same, same, doubtful, worse, worse],
            [same, same, doubtful, worse, worse],
            [better, better, same, worse, worse],
            [better, better, better, same, worse],
            [better, better, better, same, same],
        ];
        for (before, row) in states.iter().zip(expected) {
            for (now, expected) in states.iter().zip(row) {
                let [before, now] = [before, now].map(|(verdict, likely)| report(&[("O1", verdict, *likely)]));
                let trend = compare(&before, &now).items.first().map(|change| change.trend);
                let [before, now] = [before, now]
                    .map(|report| format!("{:?} {}", report.items[0].verdict, report.items[0].likely_score));
                assert_eq!(trend, expected, "{before} then {now}");
            }
        }
    }

    #[test]
    fn what_got_worse_comes_first_and_what_was_not_judged_is_not_compared() {
        let before = report(&[("O1", "fail", 0), ("O2", "pass", 100), ("O3", "pass", 100), ("O4", "pass", 100)]);
        let now = report(&[("O1", "pass", 100), ("O2", "review", 100), ("O3", "fail", 0), ("O9", "fail", 0)]);
        let changes = compare(&before, &now);
        let shown: Vec<_> = changes.items.iter().map(|c| (c.item.as_str(), c.trend, c.before, c.now)).collect();
        assert_eq!(
            shown,
            [
                ("O3", Trend::Worse, Some(Verdict::Pass), Verdict::Fail),
                ("O2", Trend::Doubtful, Some(Verdict::Pass), Verdict::Review),
                ("O9", Trend::New, None, Verdict::Fail),
                ("O1", Trend::Better, Some(Verdict::Fail), Verdict::Pass),
            ]
        );
        assert_eq!(changes.worse().count(), 1);
        assert_eq!(changes.oit.map(|points| points.to_string()).as_deref(), Some("62.50"));
    }

    #[test]
    fn another_agency_another_year_and_a_part_of_a_run_are_no_baseline() {
        let sound = report(&[]);
        let url = |text: &str| text.parse().unwrap();
        let fault = |report: &Report, website: &str, year| fits(report, &url(website), year).unwrap_err().to_string();
        assert_eq!(fits(&sound, &url("http://example.go.th/home"), 2563), Ok(()));
        assert!(fault(&sound, "https://www.example.go.th/", 2564).contains("of fiscal year 2563"));
        assert!(fault(&sound, "https://www.other.go.th/", 2563).contains("of www.example.go.th"));
        let part = Report { complete: false, ..sound };
        assert!(fault(&part, "https://www.example.go.th/", 2563).contains("incomplete"));
    }
}
