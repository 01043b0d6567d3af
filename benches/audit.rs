//! What reading, judging and a whole audit cost, beside the floor of parsing alone: `cargo bench`.

#![allow(clippy::unwrap_used, missing_docs, reason = "a benchmark")]

mod pages;
#[path = "../examples/nang-rong/site.rs"]
mod site;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use oit_audit::audit::{Plan, Stop, gather, judge};
use oit_audit::catalog::builtin;
use oit_audit::config::{self, Agency};
use oit_audit::extract::{Body, read};
use oit_audit::model::{Answer, Connect, Fetched, Observation, Report, Snapshot, Tally};
use url::Url;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/nang-rong");

/// A Thai page of about 10 KB: six monthly tables of procurement.
fn page() -> String {
    let content = std::fs::read_to_string(format!("{FOLDER}/site/pages/procurement/monthly2563.html")).unwrap();
    let page = format!("<!DOCTYPE html><html lang=th><head><title>สขร.1</title></head><body>{content}</body></html>");
    assert!((9_000..12_000).contains(&page.len()), "the page has {} bytes", page.len());
    page
}

fn agency(text: &str) -> Agency {
    let parsed = config::parse(text);
    assert!(parsed.problems.is_empty(), "{}", config::render(&parsed.problems, "bench", text, false));
    parsed.agency.unwrap()
}

const ONE_ITEM: &str = "agency: องค์การบริหารส่วนตำบลนางรอง\nwebsite: http://www.nangrong.go.th/\nfiscal_year: 2563\n\
                        items:\n  O23: http://www.nangrong.go.th/procurement/monthly2563.html\n";

fn observed(url: &Url, html: &str) -> Observation {
    let document = read(Body { bytes: html.as_bytes(), content_type: Some("text/html"), url, capped: false });
    let answer = Answer {
        final_url: url.clone(),
        status: 200,
        hops: Vec::new(),
        content_type: None,
        challenge: None,
        bytes: html.len() as u64,
        capped: false,
        tls: None,
        elapsed_ms: 0,
        failed_tries: 0,
        retry_after: None,
        last_modified: None,
    };
    Observation { fetched: Fetched::Answered(answer), document: Some(document) }
}

fn snapshot(observations: BTreeMap<Url, Observation>) -> Snapshot {
    Snapshot {
        started_at: jiff::Timestamp::UNIX_EPOCH,
        finished_at: jiff::Timestamp::UNIX_EPOCH,
        complete: true,
        out_of_time: false,
        network_lost: false,
        observations,
        further: BTreeMap::new(),
        probes: BTreeMap::new(),
        exploration: None,
        tally: Tally::default(),
    }
}

fn read_and_judge(plan: &Plan<'_>, html: &str) -> Report {
    let url: Url = "http://www.nangrong.go.th/procurement/monthly2563.html".parse().unwrap();
    let seen = observed(&url, html);
    judge(plan, &snapshot(BTreeMap::from([(url, seen)])))
}

fn one_page(c: &mut Criterion) {
    let (html, agency) = (page(), agency(ONE_ITEM));
    let only: BTreeSet<_> = ["O23".parse().unwrap()].into();
    let plan = Plan::new(&agency, "bench", builtin(agency.fiscal_year).unwrap(), only);
    let mut group = c.benchmark_group("one page");
    group.throughput(Throughput::Bytes(html.len() as u64));
    group.bench_function("floor: parse", |b| b.iter(|| scraper::Html::parse_document(black_box(&html))));
    let url: Url = "http://www.nangrong.go.th/".parse().unwrap();
    group.bench_function("read", |b| {
        b.iter(|| read(Body { bytes: black_box(html.as_bytes()), content_type: None, url: &url, capped: false }));
    });
    let judged = read_and_judge(&plan, &html);
    assert_eq!(judged.items[0].verdict, oit_audit::model::Verdict::Pass, "the page must be judged in full");
    group.bench_function("read and judge", |b| b.iter(|| read_and_judge(&plan, black_box(&html))));
    group.finish();
}

/// What one page of a large audit costs: a thousand of them, of about 8 KB each, as the links of all items.
fn many_pages(c: &mut Criterion) {
    const OF_AN_ITEM: usize = 23;
    let catalog = builtin(agency(ONE_ITEM).fiscal_year).unwrap();
    let mut file =
        "agency: องค์การบริหารส่วนตำบลนางรอง\nwebsite: http://www.nangrong.go.th/\nfiscal_year: 2563\nitems:\n".to_owned();
    let mut all: Vec<(Url, String)> = Vec::new();
    for item in catalog.items() {
        let _ = writeln!(file, "  {}:", item.id);
        for number in 0..OF_AN_ITEM {
            let url = pages::url(item.id.as_str(), number);
            let _ = writeln!(file, "    - {url}");
            all.push((url.parse().unwrap(), pages::page(item.id.as_str(), &item.name.th, number)));
        }
    }
    let agency = agency(&file);
    let plan = Plan::new(&agency, "bench", catalog, BTreeSet::new());
    let mut group = c.benchmark_group("many pages");
    group.sample_size(10).throughput(Throughput::Elements(all.len() as u64));
    group.bench_function("floor: parse", |b| {
        b.iter(|| {
            all.iter().map(|(_, html)| scraper::Html::parse_document(black_box(html)).errors.len()).sum::<usize>()
        });
    });
    let observations = || all.iter().map(|(url, html)| (url.clone(), observed(url, black_box(html)))).collect();
    group.bench_function("read", |b| b.iter(|| -> BTreeMap<Url, Observation> { observations() }));
    group.bench_function("read and judge", |b| b.iter(|| judge(&plan, &snapshot(observations()))));
    group.finish();
}

fn whole_audit(c: &mut Criterion) {
    let served = site::Site::read(Path::new(&format!("{FOLDER}/site"))).unwrap();
    let address = site::serve(Arc::new(served)).unwrap();
    let mut agency = agency(&std::fs::read_to_string(format!("{FOLDER}/agency.yaml")).unwrap());
    agency.crawl.requests_per_second = 1e9;
    agency.crawl.resolve.insert("www.nangrong.go.th".to_owned(), Connect { to: address, plain: false });
    let plan = Plan::new(&agency, "bench", builtin(agency.fiscal_year).unwrap(), BTreeSet::new());
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let audit = || runtime.block_on(gather(&plan, &Stop::default(), Arc::new(|_| ()))).unwrap();
    let snapshot = audit();
    let mut group = c.benchmark_group("the example site");
    group.sample_size(30);
    group.bench_function("gather and judge", |b| b.iter(|| judge(&plan, &audit())));
    group.bench_function("judge", |b| b.iter(|| judge(&plan, black_box(&snapshot))));
    group.finish();
}

criterion_group!(benches, one_page, many_pages, whole_audit);
criterion_main!(benches);
