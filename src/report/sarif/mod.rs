//! SARIF 2.1.0, the format of code scanning: a rule for each reason code, a result for each reason that asks for something,
//! at the line of the agency file that holds the URL.
//!
//! A review is a result of level `warning`. The standard's `kind: review` would say it better, but demands the level
//! `none`, which code scanning does not show; the verdict is in the result's properties.

mod rules;

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::clean::clean;
use super::marks::{Mark, marks};
use super::{Beside, Style, json as writer, view, words};
use crate::model::{Changes, Lang, Level, ReasonCode, Report, Trend, Verdict, digest};

/// Code scanning refuses a run with more results.
const MOST: usize = 25_000;
/// The folder that relative paths start from, as the standard names it.
const ROOT: &str = "%SRCROOT%";
/// The schema that the file keeps to.
const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// Writes the log: one run.
pub(super) fn render(report: &Report, style: &Style, beside: &Beside) -> String {
    let lang = style.lang;
    let all = marks(report);
    let shown = &all[..all.len().min(MOST)];
    let codes: Vec<ReasonCode> =
        ReasonCode::ALL.iter().copied().filter(|code| shown.iter().any(|mark| code_of(mark) == Some(*code))).collect();
    let mut seen: BTreeMap<u64, usize> = BTreeMap::new();
    let mut results = Vec::new();
    for mark in shown {
        let print = fingerprint(mark);
        let times = seen.entry(print).and_modify(|times| *times += 1).or_insert(1);
        let mut result = result(report, mark, lang, &format!("{print:016x}:{times}"));
        if let Some(index) = code_of(mark).and_then(|code| codes.iter().position(|known| *known == code)) {
            result["ruleId"] = json!(codes[index].as_str());
            result["ruleIndex"] = json!(index);
        }
        if let Some(changes) = &beside.changes {
            result["baselineState"] = json!(baseline_state(changes, mark));
        }
        results.push(result);
    }
    let file = location_uri(&report.agency.file);
    let run = json!({
        "tool": {"driver": {
            "name": "oit-audit",
            "version": text(&report.tool_version),
            "rules": codes.iter().map(|code| rules::rule(*code, lang)).collect::<Vec<_>>(),
        }},
        "language": match lang { Lang::Th => "th", Lang::En => "en" },
        "columnKind": "unicodeCodePoints",
        "automationDetails": {
            "id": format!("oit-audit/{}/", clean(&report.agency.file).replace('\\', "/").trim_matches('/')),
            "description": {"text": text(&format!("{} · {}", report.agency.name, report.fiscal_year))},
        },
        "originalUriBaseIds": {ROOT: {"description": {"text": "The folder in which oit-audit ran."}}},
        "artifacts": [{"location": file, "roles": ["analysisTarget"]}],
        "invocations": [invocation(report, lang, all.len() - shown.len())],
        "results": results,
        "properties": {
            "fiscal_year": report.fiscal_year,
            "oit": report.score.oit,
            "target": report.rules.target,
        },
    });
    writer::harmless(&json!({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}))
}

fn code_of(mark: &Mark<'_>) -> Option<ReasonCode> {
    mark.reason.map(|reason| reason.code)
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Fail => "error",
        Level::Review => "warning",
        Level::Advice => "note",
        Level::Info => "none",
    }
}

fn result(report: &Report, mark: &Mark<'_>, lang: Lang, print: &str) -> Value {
    let said = |lang| {
        let what = format!("{}: {}", mark.title(lang), mark.message(lang));
        let todo = mark.todo(report, lang).map(|todo| format!(". {todo}"));
        text(&format!("{what}{}", todo.unwrap_or_default()))
    };
    let mut physical = json!({"artifactLocation": location_uri(&report.agency.file)});
    // Code scanning places a result without a line nowhere.
    physical["region"] = match mark.place {
        Some(place) => json!({"startLine": place.line.max(1), "startColumn": place.column.max(1)}),
        None => json!({"startLine": 1}),
    };
    let mut result = json!({
        "level": level(mark.level),
        "message": {"text": said(lang)},
        "locations": [{
            "physicalLocation": physical,
            "logicalLocations": [{"name": text(mark.item.id.as_str()), "kind": "member"}],
        }],
        // Neither holds the line, so that a result is known again where the file grew above it.
        "partialFingerprints": {"oitAudit/v1": print, "primaryLocationLineHash": print},
        "properties": {
            "item": text(mark.item.id.as_str()),
            "sub_indicator": text(&mark.item.sub_indicator),
            "verdict": mark.item.verdict,
            "confidence": mark.item.confidence,
            "message_th": said(Lang::Th),
            "message_en": said(Lang::En),
        },
    });
    if let Some(fix) = super::said::fix(report, mark.item) {
        result["properties"]["oit_gain"] = json!(fix.oit_gain);
    }
    if let Some(url) = mark.reason.and_then(|reason| reason.url.as_ref()) {
        result["relatedLocations"] = json!([{
            "id": 1,
            "physicalLocation": {"artifactLocation": {"uri": url.as_str()}},
            "message": {"text": text(&view::readable_url(url.as_str()))},
        }]);
    }
    result
}

/// What a result is known again by: the item, the reason and the page.
fn fingerprint(mark: &Mark<'_>) -> u64 {
    let code = code_of(mark).map_or(mark.item.verdict.as_str(), ReasonCode::as_str);
    let url = mark.reason.and_then(|reason| reason.url.as_ref()).map_or("", |url| url.as_str());
    [mark.item.id.as_str(), code, url].iter().fold(0, |chain, part| digest(chain, part))
}

/// Whether the item had such a result in the baseline already.
fn baseline_state(changes: &Changes, mark: &Mark<'_>) -> &'static str {
    let Some(change) = changes.items.iter().find(|change| change.item == mark.item.id) else { return "unchanged" };
    match change.before {
        None | Some(Verdict::Pass | Verdict::Advice) => "new",
        Some(_) if change.trend == Trend::New => "new",
        Some(_) => "updated",
    }
}

fn invocation(report: &Report, lang: Lang, left_out: usize) -> Value {
    let utc = |at: &jiff::Zoned| at.timestamp().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    let mut said: Vec<Value> =
        report.notes.iter().map(|note| json!({"level": "note", "message": {"text": text(note.get(lang))}})).collect();
    if !report.complete {
        said.insert(0, json!({"level": "error", "message": {"text": words::INCOMPLETE_WHY.get(lang)}}));
    }
    if left_out > 0 {
        let text = words::MORE.fill(lang, left_out);
        said.push(json!({"level": "warning", "message": {"text": text}}));
    }
    json!({
        "executionSuccessful": report.complete,
        "startTimeUtc": utc(&report.started_at),
        "endTimeUtc": utc(&report.finished_at),
        "toolExecutionNotifications": said,
    })
}

/// A text as a message: on one line, and free of what SARIF gives a meaning in messages, placeholders (`{0}`) and links
/// (`[text](target)`).
fn text(text: &str) -> String {
    clean(text).replace('{', "(").replace('}', ")").replace("](", "] (")
}

/// A path as it was given, as the URI of a file.
fn location_uri(path: &str) -> Value {
    let path = path.replace('\\', "/");
    let drive = path.as_bytes().get(1) == Some(&b':') && path.as_bytes()[0].is_ascii_alphabetic();
    let encoded = |path: &str| path.split('/').map(encode).collect::<Vec<_>>().join("/");
    if drive {
        let (drive, rest) = path.split_at(2);
        json!({"uri": format!("file:///{drive}{}", encoded(rest))})
    } else if path.starts_with('/') {
        json!({"uri": format!("file://{}", encoded(&path))})
    } else {
        let path = path.trim_start_matches("./");
        json!({"uri": encoded(path), "uriBaseId": ROOT})
    }
}

/// A part of a path with all but unreserved characters escaped.
fn encode(part: &str) -> String {
    const KEPT: &percent_encoding::AsciiSet =
        &percent_encoding::NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
    percent_encoding::utf8_percent_encode(part, KEPT).to_string()
}

#[cfg(test)]
mod tests;
