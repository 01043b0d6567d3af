//! What putting an item right would gain, and the shortest way to a target.

use std::collections::{BTreeMap, BTreeSet};

use super::{ItemScore, ItemScores, oit};
use crate::model::{ItemId, Points, ScoreRules};

/// What putting one item right, alone, would gain.
#[derive(Debug, Clone, PartialEq)]
pub struct Gain {
    /// The item.
    pub item: ItemId,
    /// Points of OIT.
    pub oit: f64,
    /// Points of ITA.
    pub ita: f64,
}

/// The points of OIT that each item carries.
fn worth(rules: &ScoreRules) -> BTreeMap<&ItemId, f64> {
    let count = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    let mut worth = BTreeMap::new();
    for indicator in &rules.indicators {
        for sub in &indicator.sub_indicators {
            for item in &sub.items {
                let share =
                    count(rules.indicators.len()) * count(indicator.sub_indicators.len()) * count(sub.items.len());
                worth.insert(item, 100.0 / share);
            }
        }
    }
    worth
}

/// The gain of every item that likely scores 0 or is under review, best first; equals keep the catalogue's order.
pub fn gains(rules: &ScoreRules, items: &ItemScores) -> Vec<Gain> {
    let worth = worth(rules);
    let order = rules.indicators.iter().flat_map(|i| &i.sub_indicators).flat_map(|s| &s.items);
    let mut gains: Vec<Gain> = order
        .filter_map(|item| {
            let ItemScore { low, likely, .. } = *items.get(item)?;
            // A review that leans to a pass gains certainty only: it is listed, after what gains points.
            let points = if likely == 0 { *worth.get(item)? } else { 0.0 };
            (low == 0).then(|| Gain { item: item.clone(), oit: points, ita: points * rules.weights.oit })
        })
        .collect();
    gains.sort_by(|a, b| b.oit.total_cmp(&a.oit));
    gains
}

/// The fewest items to put right so that the predicted score reaches a target, and the score then: by gain, an item's
/// `after` before itself. `None` where the score is unknown.
pub fn path_to(
    rules: &ScoreRules,
    items: &ItemScores,
    gains: &[Gain],
    after: &BTreeMap<ItemId, Vec<ItemId>>,
    target: f64,
) -> Option<(Vec<ItemId>, f64)> {
    let mut fixed: Vec<ItemId> = Vec::new();
    let reach = |fixed: &[ItemId]| {
        let set: BTreeSet<&ItemId> = fixed.iter().collect();
        oit(rules, |id| if set.contains(id) { Some(100) } else { items.get(id).map(|s| s.likely) })
    };
    let met = |score: f64| Points(score).rounded() >= target;
    let mut score = reach(&fixed)?;
    for gain in gains.iter().filter(|gain| gain.oit > 0.0) {
        if met(score) {
            break;
        }
        for needed in after.get(&gain.item).into_iter().flatten().chain([&gain.item]) {
            if !fixed.contains(needed) && items.get(needed).is_some_and(|s| s.likely == 0) {
                fixed.push(needed.clone());
            }
        }
        score = reach(&fixed)?;
    }
    Some((fixed, score))
}
