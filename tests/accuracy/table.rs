//! Counts, and the table of them.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::build::{Plan, form};
use crate::mutation::Mutation;
use crate::run::Judged;

#[derive(Default)]
struct Intact {
    all: usize,
    fails: usize,
    reviews: usize,
}

#[derive(Default)]
struct Detected {
    all: usize,
    missed: usize,
    fails: usize,
}

/// What all runs came to.
#[derive(Default)]
pub(crate) struct Tally {
    intact: Intact,
    by_shape: BTreeMap<(u8, String), Intact>,
    /// Intact items of sites where others are mutated.
    beside: Intact,
    mutations: BTreeMap<&'static str, Detected>,
    wrong: Vec<String>,
    missed: Vec<String>,
    /// Verdict, deciding reason, likely score, truth.
    calibration: BTreeMap<(String, String, u64, u8), usize>,
}

impl Tally {
    fn know(&mut self, judged: &Judged, truth: u8) {
        *self
            .calibration
            .entry((judged.verdict.clone(), judged.deciding.clone(), judged.likely, truth))
            .or_default() += 1;
    }

    pub(crate) fn intact(&mut self, plan: &Plan, item: u8, judged: &Judged) {
        self.know(judged, 100);
        let (fail, review) = (judged.verdict == "fail", judged.verdict == "review");
        let beside = !plan.mutated.is_empty();
        let counts = if beside { &mut self.beside } else { &mut self.intact };
        let shape = self.by_shape.entry((item, place(plan, item))).or_default();
        for count in [counts, shape] {
            count.all += 1;
            count.fails += usize::from(fail);
            count.reviews += usize::from(review);
        }
        if !judged.passed() {
            let beside = if beside { " (beside mutations)" } else { "" };
            self.wrong.push(format!(
                "O{item} {} {}{beside}: {}",
                place(plan, item),
                judged.verdict,
                judged.reasons.join("; ")
            ));
        }
    }

    pub(crate) fn mutated(&mut self, plan: &Plan, item: u8, mutation: &Mutation, judged: &Judged) {
        self.know(judged, 0);
        let count = self.mutations.entry(mutation.group()).or_default();
        count.all += 1;
        count.missed += usize::from(judged.passed());
        count.fails += usize::from(judged.verdict == "fail");
        if judged.passed() {
            self.missed.push(format!(
                "O{item} {mutation} {} {}: {}",
                place(plan, item),
                judged.verdict,
                judged.reasons.join("; ")
            ));
        }
    }

    pub(crate) fn false_fails(&self) -> usize {
        self.intact.fails + self.beside.fails
    }

    /// Share of intact items, in sites that are wholly intact, that went to a person.
    pub(crate) fn review_rate(&self) -> f64 {
        share(self.intact.reviews, self.intact.all)
    }

    /// Share of mutated items that did not pass.
    pub(crate) fn detection_rate(&self) -> f64 {
        let (all, missed) =
            self.mutations.values().fold((0, 0), |sum, count| (sum.0 + count.all, sum.1 + count.missed));
        1.0 - share(missed, all)
    }

    pub(crate) fn table(&self) -> String {
        let mut text = String::new();
        for line in &self.wrong {
            let _ = writeln!(text, "WRONG  {line}");
        }
        for line in &self.missed {
            let _ = writeln!(text, "MISSED {line}");
        }
        let _ = writeln!(text, "\nintact                        items   fail      %  review      %");
        for (name, count) in [("sites wholly intact", &self.intact), ("beside mutated items", &self.beside)] {
            let (fails, reviews) = (100.0 * share(count.fails, count.all), 100.0 * share(count.reviews, count.all));
            let _ = writeln!(
                text,
                "{name:<28} {:>6} {:>6} {fails:>6.2} {:>7} {reviews:>6.2}",
                count.all, count.fails, count.reviews
            );
        }
        for ((item, place), count) in self.by_shape.iter().filter(|(_, count)| count.fails + count.reviews > 0) {
            let _ =
                writeln!(text, "  O{item:<3} {place:<22} {:>6} {:>6} {:>14}", count.all, count.fails, count.reviews);
        }
        let _ = writeln!(text, "\nmutation                      items passed not passed %   of these fail %");
        let mut sum = Detected::default();
        for (name, count) in &self.mutations {
            row(&mut text, name, count);
            sum.all += count.all;
            sum.missed += count.missed;
            sum.fails += count.fails;
        }
        row(&mut text, "all", &sum);
        text
    }

    /// Tab-separated: verdict, deciding reason, likely score, truth, count.
    pub(crate) fn calibration(&self) -> String {
        let mut text = String::from("verdict\treason\tlikely_score\ttruth\tcount\n");
        for ((verdict, reason, likely, truth), count) in &self.calibration {
            let _ = writeln!(text, "{verdict}\t{reason}\t{likely}\t{truth}\t{count}");
        }
        text
    }
}

fn row(text: &mut String, name: &str, count: &Detected) {
    let caught = count.all - count.missed;
    let (detected, fails) = (100.0 * share(caught, count.all), 100.0 * share(count.fails, caught));
    let _ = writeln!(text, "{name:<28} {:>6} {:>6} {detected:>12.2} {fails:>17.2}", count.all, count.missed);
}

/// Where an item is: voice, shape, digits, form.
fn place(plan: &Plan, item: u8) -> String {
    let digits = if plan.thai_digits { "๑๒๓" } else { "123" };
    format!("{} {:?} {digits} {:?}", plan.voice.letter, plan.shape, form(plan, item))
}

#[expect(clippy::cast_precision_loss, reason = "counts of at most some ten thousand")]
fn share(part: usize, all: usize) -> f64 {
    if all == 0 { 0.0 } else { part as f64 / all as f64 }
}
