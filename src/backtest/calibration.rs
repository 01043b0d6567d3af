//! How often predictions of a confidence are right.

use crate::model::{Bin, Calibration, ItemComparison};
use crate::score::mean;

/// Where bins end. A prediction is of the likelier side, so that few are below one half.
const ENDS: [f64; 7] = [0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0];

/// The calibration of predictions; those without a confidence or an announced score are left out.
pub(super) fn of<'a>(items: impl Iterator<Item = &'a ItemComparison>) -> Calibration {
    let known: Vec<(f64, bool)> =
        items.filter_map(|item| Some((item.confidence?, item.official_score? == item.likely_score?))).collect();
    let bins = ENDS.windows(2).map(|ends| {
        let (from, to) = (ends[0], ends[1]);
        let inside = |confidence: f64| confidence >= from && (confidence < to || to >= 1.0);
        let within: Vec<(f64, bool)> = known.iter().copied().filter(|(confidence, _)| inside(*confidence)).collect();
        Bin {
            from,
            to,
            count: within.len() as u64,
            confidence: mean(within.iter().map(|(confidence, _)| *confidence)),
            right: mean(within.iter().map(|(_, right)| f64::from(u8::from(*right)))),
        }
    });
    // The probability of 100 is off by as much as that of the likelier side.
    let squares = known.iter().map(|(confidence, right)| (confidence - f64::from(u8::from(*right))).powi(2));
    Calibration { count: known.len() as u64, brier: mean(squares), bins: bins.collect() }
}
