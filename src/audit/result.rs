//! Judged items to the report: words, scores, fixes.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use jiff::Timestamp;
use url::Url;

use super::clock;
use super::facts::Facts;
use super::fixes::Remedies;
use super::item::Judged;
use super::plan::Plan;
use super::standing;
use crate::catalog::{Confidence, Item, Messages, SubIndicator};
use crate::checks::{self, Nature, Page};
use crate::model::{
    AgencyInfo, Blind, Cause, Fetched, ItemId, ItemResult, Level, Link, LinkResult, Observation, Outcome, PathToTarget,
    Points, REPORT_SCHEMA, Reason, ReasonCode, ReasonEntry, Report, Standing, Stats, SurveyScores, Text, Verdict, Way,
};
use crate::score::{self, ItemScore, ItemScores, SurveyMeans};

/// The report of judged items.
pub(super) fn report(plan: &Plan<'_>, facts: &Facts<'_>, judged: &[Judged<'_>]) -> Report {
    let snapshot = facts.snapshot;
    let rules = plan.catalog.rules();
    let places = plan.catalog.places();
    let shown: Vec<&Judged<'_>> = judged.iter().filter(|one| plan.wants(&one.item.id)).collect();
    let complete = snapshot.complete && !facts.nothing_answered();
    let judged_scores: ItemScores = shown.iter().map(|one| (one.item.id.clone(), points(one))).collect();
    let scores = if complete && plan.is_whole() { judged_scores.clone() } else { ItemScores::new() };
    let survey = plan.agency.survey.as_ref().and_then(|survey| {
        Some(SurveyMeans {
            iit: score::mean(survey.iit.iter().copied())?,
            eit: score::mean(survey.eit.iter().copied())?,
        })
    });
    // What an item carries is known without the others; but a run that could not be judged advises nothing.
    let mut gains = if complete { score::gains(&rules, &judged_scores) } else { Vec::new() };
    let after: BTreeMap<ItemId, Vec<ItemId>> =
        shown.iter().map(|one| (one.item.id.clone(), plan.catalog.prerequisites(one.item))).collect();
    let items: Vec<ItemResult> = shown.iter().map(|one| item(plan, facts, one, &places)).collect();
    let sure: BTreeMap<&ItemId, f64> =
        items.iter().map(|item| (&item.id, item.confidence.unwrap_or_default())).collect();
    let today = snapshot.finished_at.to_zoned(clock::thailand()).date();
    let remedies = Remedies { plan, shown: &shown, after: &after, scores: &judged_scores, today };
    remedies.sort(&mut gains, |id| sure.get(id).copied().unwrap_or_default());
    let target = plan.agency.fail_under.unwrap_or(rules.target);
    let path = score::path_to(&rules, &scores, &gains, &after, target).map(|(items, oit)| PathToTarget {
        target: Points(target),
        items,
        oit: Points(oit),
    });
    Report {
        schema: REPORT_SCHEMA.to_owned(),
        tool_version: env!("CARGO_PKG_VERSION").to_owned(),
        agency: AgencyInfo {
            name: plan.agency.name.clone(),
            website: plan.agency.website.clone(),
            file: plan.file.to_owned(),
        },
        fiscal_year: plan.year(),
        catalog_status: plan.catalog.status,
        catalog: plan.catalog.info(plan.own_catalog),
        started_at: snapshot.started_at.to_zoned(clock::thailand()),
        finished_at: snapshot.finished_at.to_zoned(clock::thailand()),
        complete,
        notes: notes(plan, facts),
        score: score::score(&rules, &scores, survey),
        survey: plan.agency.survey.as_ref().map(|survey| SurveyScores {
            iit: survey.iit.iter().copied().map(Points).collect(),
            eit: survey.eit.iter().copied().map(Points).collect(),
        }),
        fixes: gains.into_iter().map(|gain| remedies.fix(gain)).collect(),
        items,
        path,
        memo: plan.agency.memo.clone(),
        stats: stats(plan, facts),
        rules,
    }
}

fn points(one: &Judged<'_>) -> ItemScore {
    match one.outcome {
        Outcome::Met => ItemScore::sure(100),
        Outcome::NotMet => ItemScore::sure(0),
        Outcome::Unsure => ItemScore::review(one.likely),
    }
}

fn notes(plan: &Plan<'_>, facts: &Facts<'_>) -> Vec<Text> {
    let mut notes = Vec::new();
    if facts.snapshot.out_of_time {
        notes.push(Text::new(
            "ครบเวลาที่กำหนดสำหรับการตรวจ (audit_timeout) ก่อนตรวจเสร็จ จึงยังไม่มีคะแนน",
            "The time for an audit (`audit_timeout`) was used up before its end, so there is no score.",
        ));
    } else if facts.snapshot.network_lost {
        notes.push(Text::new(
            "การเชื่อมต่อขาดระหว่างการตรวจ: เว็บไซต์ที่เคยเปิดได้เปิดไม่ได้อีก เครือข่ายของเครื่องนี้หรือเว็บไซต์ล่มกลางคัน จึงยังไม่มีคะแนน โปรดตรวจใหม่",
            "The connection was lost during the audit: what had answered before does not any more. This machine's network or the website broke down, so there is no score; run the audit again.",
        ));
    } else if !facts.snapshot.complete {
        notes.push(Text::new(
            "การตรวจถูกหยุดก่อนเสร็จ จึงยังไม่มีคะแนน",
            "The audit was stopped before its end, so there is no score.",
        ));
    } else if facts.snapshot.is_intercepted() {
        notes.push(Text::new(
            "ทุกเว็บไซต์นำไปยังที่อยู่อื่นแห่งเดียวกันหรือแสดงใบรับรองที่ไม่ถูกต้อง: เครือข่ายนี้อาจต้องลงชื่อเข้าใช้ก่อน หรือนาฬิกาของเครื่องไม่ตรง จึงไม่คิดเป็นคะแนน",
            "Every website led to the same foreign address or showed a wrong certificate: this machine's network seems to ask for a sign-in first, or its clock is wrong. No score was reckoned.",
        ));
    } else if facts.nothing_answered() {
        notes.push(Text::new(
            "เปิดไม่ได้แม้แต่ link เดียว: เครื่องนี้อาจไม่ได้เชื่อมต่ออินเทอร์เน็ต หรือเว็บไซต์ล่มทั้งหมด จึงไม่คิดเป็นคะแนน",
            "Not one link could be opened: this machine seems to be offline, or the whole website is down. No score was reckoned.",
        ));
    }
    notes.extend(unopened(facts));
    let blind = facts.snapshot.exploration.as_ref().and_then(|explored| explored.blind);
    notes.extend(blind.filter(|_| !facts.offline).map(|blind| match blind {
        Blind::HomeUnread => Text::new(
            "เปิดหรืออ่านหน้าแรกของเว็บไซต์หลักไม่ได้ จึงไม่ได้ตรวจว่าจากหน้าแรกเข้าถึง link ที่ระบุได้กี่คลิก",
            "The main website's home page could not be read, so it was not looked how many clicks the submitted links are from it.",
        ),
        Blind::HomeNeedsScript => Text::new(
            "หน้าแรกของเว็บไซต์หลักต้องเปิดด้วยเบราว์เซอร์ จึงไม่ได้ตรวจว่าจากหน้าแรกเข้าถึง link ที่ระบุได้กี่คลิก",
            "The main website's home page is built by a browser, so it was not looked how many clicks the submitted links are from it.",
        ),
    }));
    if !plan.is_whole() {
        notes.push(Text::new("ตรวจเฉพาะบางข้อ จึงไม่มีคะแนนรวม", "Only some items were judged, so there is no score."));
    }
    notes.extend(standing::notes(plan));
    notes
}

/// What was not opened for the sake of others, so that what depends on it is for a person.
fn unopened(facts: &Facts<'_>) -> Vec<Text> {
    let of = |cause: Cause| {
        let seen = facts.snapshot.observations.iter();
        let urls = seen.filter(|(_, seen)| matches!(&seen.fetched, Fetched::Failed(failure) if failure.cause == cause));
        let urls: Vec<&str> = urls.map(|(url, _)| url.as_str()).collect();
        let named = urls.iter().take(3).copied().collect::<Vec<_>>().join(" ");
        let more = if urls.len() > 3 { " …" } else { "" };
        (urls.len(), format!("{named}{more}"))
    };
    let mut notes = Vec::new();
    if let (count @ 1.., urls) = of(Cause::NotArchived) {
        notes.push(Text::new(
            format!("ไฟล์ที่บันทึกไว้ไม่มีข้อมูลของ link ที่ต้องเปิด จำนวน {count} link: {urls}"),
            format!("The archive lacks {count} of the links that had to be opened: {urls}"),
        ));
    }
    if let (count @ 1.., urls) = of(Cause::TurnedAway) {
        notes.push(Text::new(
            format!("เว็บไซต์ขอให้เว้นระยะนานกว่าที่โปรแกรมรอ (Retry-After) จึงไม่ได้เปิด {count} หน้า โปรดตรวจใหม่ภายหลังหรือให้คนตรวจ: {urls}"),
            format!("Pages that were not opened, because their host asked to wait longer than this program does (Retry-After): {count}. Run the audit again later, or look yourself: {urls}"),
        ));
    }
    if let (count @ 1.., urls) = of(Cause::Disallowed) {
        notes.push(Text::new(
            format!("เว็บไซต์ขอไม่ให้โปรแกรมเปิดหน้าที่พบเพิ่ม (robots.txt) {count} หน้า ข้อที่ขึ้นกับหน้าเหล่านี้ให้คนตรวจ: {urls}"),
            format!("Pages that were found but not opened, because the site asks programs not to (robots.txt): {count}. What depends on them is for a person: {urls}"),
        ));
    }
    if let (count @ 1.., urls) = of(Cause::OutOfTime)
        && facts.snapshot.complete
    {
        notes.push(Text::new(
            format!("เวลาสำหรับหนึ่งข้อ (item_timeout) หมดก่อนเปิดครบ เหลือ {count} หน้า ให้คนตรวจ: {urls}"),
            format!("Pages that were not opened, because the time for one item (`item_timeout`) was used up: {count}. They are for a person: {urls}"),
        ));
    }
    notes
}

fn verdict(outcome: Outcome, reasons: &[ReasonEntry]) -> Verdict {
    match outcome {
        Outcome::NotMet => Verdict::Fail,
        Outcome::Unsure => Verdict::Review,
        Outcome::Met if reasons.iter().any(|reason| reason.level == Level::Advice) => Verdict::Advice,
        Outcome::Met => Verdict::Pass,
    }
}

/// How sure a verdict is. A person's is not the program's to doubt.
fn confidence(verdict: Verdict, reasons: &[ReasonEntry], leans_to_pass: bool) -> f64 {
    if reasons.iter().any(|reason| reason.code == ReasonCode::ItemReviewed) {
        return 1.0;
    }
    let level = match verdict {
        Verdict::Pass => None,
        Verdict::Advice => Some(Level::Advice),
        Verdict::Fail => Some(Level::Fail),
        Verdict::Review => Some(Level::Review),
    };
    let leading = reasons.iter().find(|reason| Some(reason.level) == level);
    let sure = Confidence::builtin().of(verdict, leading.map(|reason| reason.code), leans_to_pass);
    // Two decimals say all that there is to know, and are the same in every saved report; none of them says for certain.
    Points(sure).rounded().min(0.99)
}

fn item(plan: &Plan<'_>, facts: &Facts<'_>, one: &Judged<'_>, places: &IndexMap<&ItemId, &SubIndicator>) -> ItemResult {
    let messages = Messages::builtin();
    let Item { id, name, .. } = one.item;
    let reasons: Vec<ReasonEntry> = one.reasons.iter().map(|reason| messages.entry(reason)).collect();
    let sub_indicator = places.get(id).map(|sub| sub.id.clone()).unwrap_or_default();
    let scores = points(one);
    let verdict = verdict(one.outcome, &reasons);
    let (together, further) = plan.links(id);
    let mut urls: Vec<LinkResult> = together
        .iter()
        .map(|link| {
            let years = years(facts, link.url.as_ref());
            let path = match link.url.as_ref().map(|url| facts.way(url)) {
                Some(Way::Found(clicks)) => Some(clicks),
                _ => None,
            };
            LinkResult { path, ..submitted(link, facts.seen(link), facts.nature_of(link), years, &one.reasons) }
        })
        .collect();
    match facts.snapshot.further.get(id) {
        Some(seen) => urls.extend(seen.links.iter().cloned()),
        None => urls.extend(further.iter().map(|link| submitted(link, None, None, Vec::new(), &one.reasons))),
    }
    let documents = one
        .followed
        .iter()
        .map(|f| link_result(f.url.as_str(), facts.snapshot.get(f.url), facts.nature(f.url), years(facts, Some(f.url))))
        .collect();
    ItemResult {
        id: id.clone(),
        name: name.th.clone(),
        name_en: name.en.clone(),
        sub_indicator,
        group: one.item.group.clone(),
        place: plan.agency.items.get(id).map(|submission| submission.place),
        standing: Standing { status: one.item.status, source: one.item.source.clone() },
        verdict,
        score: (scores.low == scores.high).then_some(scores.low),
        likely_score: scores.likely,
        confidence: Some(confidence(verdict, &reasons, scores.likely == 100)),
        reasons,
        urls,
        documents,
    }
}

/// The years in the content of a page that is kept.
fn years(facts: &Facts<'_>, url: Option<&Url>) -> Vec<u16> {
    url.and_then(|url| facts.page(url, None)).map(|page: Page<'_>| page.content_years()).unwrap_or_default()
}

/// What is shown of a submitted link, given what was found of its item, or of the link.
pub(super) fn submitted(
    link: &Link,
    seen: Option<&Observation>,
    nature: Option<&Nature>,
    years: Vec<u16>,
    reasons: &[Reason],
) -> LinkResult {
    let mut result = link_result(&link.raw, seen, nature, years);
    result.place = Some(link.place);
    // A link that is decided by its address was not opened; its outcome is why.
    let reason = reasons.iter().find(|reason| reason.level == Some(Level::Fail) && reason.url == link.url);
    if result.status.is_none() && result.outcome == NOT_OPENED {
        if let Some(reason) = reason {
            result.outcome = last_part(reason.code);
        } else if link.url.is_none() {
            result.outcome = last_part(ReasonCode::LinkInvalid);
        }
    }
    result
}

const NOT_OPENED: &str = "not_opened";

fn last_part(code: ReasonCode) -> String {
    code.as_str().rsplit('.').next().unwrap_or_default().to_owned()
}

fn link_result(text: &str, seen: Option<&Observation>, nature: Option<&Nature>, years: Vec<u16>) -> LinkResult {
    let mut result = LinkResult {
        url: text.to_owned(),
        final_url: None,
        status: None,
        kind: None,
        bytes: 0,
        elapsed_ms: 0,
        title: None,
        outcome: NOT_OPENED.to_owned(),
        years,
        place: None,
        path: None,
        screenshot: None,
    };
    let Some(Observation { fetched, document }) = seen else { return result };
    let fault = checks::fault(fetched).or(nature.map(|nature| nature.code));
    result.outcome = fault.map_or_else(|| "opened".to_owned(), last_part);
    match fetched {
        Fetched::Answered(answer) => {
            result.final_url = Some(answer.final_url.clone());
            result.status = Some(answer.status);
            result.bytes = answer.bytes;
            result.elapsed_ms = answer.elapsed_ms;
        }
        Fetched::Failed(failure) => result.elapsed_ms = failure.elapsed_ms,
    }
    if let Some(document) = document {
        result.kind = Some(document.kind.as_str().to_owned());
        result.title.clone_from(&document.title);
    }
    result
}

fn stats(plan: &Plan<'_>, facts: &Facts<'_>) -> Stats {
    let snapshot = facts.snapshot;
    let mut hosts: BTreeSet<&str> = snapshot.observations.keys().filter_map(Url::host_str).collect();
    for (id, further) in &snapshot.further {
        let opened = further.links.iter().zip(plan.links(id).1).filter(|(result, _)| result.outcome != NOT_OPENED);
        hosts.extend(opened.filter_map(|(_, link)| link.url.as_ref()?.host_str()));
    }
    let elapsed = |from: Timestamp, to: Timestamp| to.as_millisecond() - from.as_millisecond();
    Stats {
        requests: snapshot.tally.requests,
        bytes: snapshot.tally.bytes,
        elapsed_ms: u64::try_from(elapsed(snapshot.started_at, snapshot.finished_at)).unwrap_or_default(),
        hosts: hosts.len() as u64,
    }
}
