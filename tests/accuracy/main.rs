//! How often the program is wrong: a family of agency websites on which every item passes, audited as they are and with
//! one thing gone wrong at each item in turn. `docs/accuracy.md` says what is measured and how to run it.

#![allow(clippy::unwrap_used, reason = "a test may panic")]
#![allow(clippy::print_stdout, reason = "the table is what this test is for")]
#![allow(clippy::format_push_string, clippy::format_collect, reason = "pages are small")]

mod agency;
mod build;
mod cms;
mod criteria;
mod files;
mod html;
mod items;
mod markup;
mod mutation;
mod run;
mod site;
mod table;

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use agency::{Voice, voices};
use build::Plan;
use cms::Shape;
use items::{ITEMS, related};
use mutation::{Mutation, mutations};
use table::Tally;

/// At most so many items of a site are mutated at a time, so that what the others have in common stays that.
const TOGETHER: usize = 14;

#[allow(clippy::disallowed_methods, reason = "whoever runs the measure says how much of it by the environment")]
fn setting(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// `OIT_ACCURACY=full` crosses every shape with every mutation; `OIT_ACCURACY_VOICES=ab`, `OIT_ACCURACY_ITEMS=O10,O11` and
/// `OIT_ACCURACY_MUTATIONS=login,hacked` narrow a run, `OIT_ACCURACY_MUTATIONS=none` to intact sites.
fn plans(voices: &[Voice]) -> Vec<Plan<'_>> {
    let full = setting("OIT_ACCURACY").is_some_and(|value| value == "full");
    let only: Option<Vec<u8>> = setting("OIT_ACCURACY_ITEMS")
        .map(|list| list.split(',').map(|item| item.trim_start_matches('O').parse().unwrap()).collect());
    let groups = setting("OIT_ACCURACY_MUTATIONS");
    let mut plans = Vec::new();
    for (voice_at, voice) in voices.iter().enumerate() {
        for (at, shape) in Shape::ALL.into_iter().enumerate() {
            for turn in 0..if full { 4 } else { 2 } {
                plans.push(Plan {
                    voice,
                    shape,
                    thai_digits: (at + turn) % 2 == 1,
                    turn: turn + at,
                    mutated: BTreeMap::new(),
                });
            }
        }
        let turns = if full { Shape::ALL.len() } else { 1 };
        for turn in 0..turns {
            let mut open: Vec<BTreeMap<u8, Mutation>> = Vec::new();
            let of_item = ITEMS.map(|(item, _)| {
                let wanted = only.as_ref().is_none_or(|only| only.contains(&item));
                let mut list = if wanted { mutations(voice, item, turn + voice_at, full) } else { Vec::new() };
                list.retain(|mutation| {
                    groups.as_ref().is_none_or(|groups| groups.split(',').any(|group| group == mutation.group()))
                });
                (item, list)
            });
            let longest = of_item.iter().map(|(_, list)| list.len()).max().unwrap_or_default();
            for step in 0..longest {
                for (item, list) in &of_item {
                    // Each item begins elsewhere in its list, so that a site has mutations of many kinds at once.
                    let Some(mutation) = (step < list.len()).then(|| &list[(step + usize::from(*item)) % list.len()])
                    else {
                        continue;
                    };
                    place(&mut open, *item, mutation);
                }
            }
            for (at, mutated) in open.into_iter().enumerate() {
                let shape = Shape::ALL[(at + turn + voice_at) % Shape::ALL.len()];
                plans.push(Plan { voice, shape, thai_digits: (at / 7) % 2 == 1, turn: at / 2 + turn, mutated });
            }
        }
    }
    plans
}

/// Puts a mutation into the first site whose other mutations have nothing to do with it.
fn place(open: &mut Vec<BTreeMap<u8, Mutation>>, item: u8, mutation: &Mutation) {
    let fits = |site: &BTreeMap<u8, Mutation>| {
        site.len() < TOGETHER
            && site.iter().all(|(other, with)| {
                !related(item, *other) && with != &Mutation::OtherItem(item) && mutation != &Mutation::OtherItem(*other)
            })
            && site.values().filter(|with| with.group() == mutation.group()).count() < 4
    };
    if let Some(site) = open.iter_mut().find(|site| fits(site)) {
        site.insert(item, mutation.clone());
    } else {
        open.push(BTreeMap::from([(item, mutation.clone())]));
    }
}

#[test]
fn verdicts_are_an_assessors() {
    let chosen = setting("OIT_ACCURACY_VOICES");
    let is_chosen = |voice: &Voice| chosen.as_ref().map_or(!voice.held_out, |chosen| chosen.contains(voice.letter));
    let voices: Vec<Voice> = voices().into_iter().filter(is_chosen).collect();
    let tally = measure(&voices);
    if let Some(file) = setting("OIT_ACCURACY_CALIBRATION") {
        std::fs::write(file, tally.calibration()).unwrap();
    }
    if setting("OIT_ACCURACY_REPORT_ONLY").is_some() {
        return;
    }
    assert_eq!(tally.false_fails(), 0, "intact items failed");
    assert!(tally.review_rate() <= 0.02, "too many intact items went to review: {:.2} %", 100.0 * tally.review_rate());
    assert!(
        tally.detection_rate() >= 0.99,
        "too many mutated items passed: {:.2} % did not",
        100.0 * tally.detection_rate()
    );
}

/// What an agency's own words cost that no rule was written for may be doubt, never points.
#[test]
fn an_agency_that_was_held_out_is_not_failed() {
    if setting("OIT_ACCURACY_VOICES").is_some() {
        return;
    }
    let voices: Vec<Voice> = voices().into_iter().filter(|voice| voice.held_out).collect();
    let tally = measure(&voices);
    assert_eq!(tally.false_fails(), 0, "intact items failed");
    assert!(
        tally.detection_rate() >= 0.98,
        "too many mutated items passed: {:.2} % did not",
        100.0 * tally.detection_rate()
    );
}

/// Audits every site of some agencies, and prints the table.
fn measure(voices: &[Voice]) -> Tally {
    let plans = plans(voices);
    let started = Instant::now();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let (next, all) = (AtomicUsize::new(0), Mutex::new(BTreeMap::new()));
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(2, usize::from) {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(plan) = plans.get(at) else { break };
                    let judged = run::run(&runtime, plan);
                    all.lock().unwrap().insert(at, judged);
                }
            });
        }
    });
    let mut tally = Tally::default();
    for (at, items) in all.into_inner().unwrap() {
        let plan = &plans[at];
        for (item, judged) in &items {
            if let Some(mutation) = plan.mutated.get(item) {
                tally.mutated(plan, *item, mutation, judged);
            } else if !plan.mutated.keys().any(|other| related(*item, *other)) {
                tally.intact(plan, *item, judged);
            }
        }
    }
    println!("{}", tally.table());
    println!("{} sites in {} s", plans.len(), started.elapsed().as_secs());
    tally
}

#[test]
fn every_item_is_mistaken_for_four_others() {
    for (item, _) in ITEMS {
        let others = items::mistaken(item);
        assert!(others.len() >= 4 && !others.contains(&item), "O{item}: {others:?}");
    }
}

#[test]
fn every_agency_publishes_every_item() {
    for voice in voices() {
        let missing: Vec<u8> =
            ITEMS.iter().map(|(item, _)| *item).filter(|item| !voice.items.contains_key(item)).collect();
        assert!(missing.is_empty(), "{}: {missing:?}", voice.letter);
    }
}
