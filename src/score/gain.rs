//! What putting an item right would gain, and what a review may cost.

use std::collections::BTreeMap;

use super::{ItemScore, ItemScores};
use crate::model::{ItemId, ScoreRules};

/// What putting one item right, alone, would gain.
#[derive(Debug, Clone, PartialEq)]
pub struct Gain {
    /// The item.
    pub item: ItemId,
    /// Points of OIT.
    pub oit: f64,
    /// Points of ITA.
    pub ita: f64,
    /// Points of OIT that are lost if a review which leans to a pass is decided against the agency.
    pub oit_loss: f64,
    /// The same in points of ITA.
    pub ita_loss: f64,
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
            let worth = *worth.get(item)?;
            let (oit, oit_loss) = if likely == 0 { (worth, 0.0) } else { (0.0, worth) };
            let [ita, ita_loss] = [oit, oit_loss].map(|points| points * rules.weights.oit);
            (low == 0).then(|| Gain { item: item.clone(), oit, ita, oit_loss, ita_loss })
        })
        .collect();
    gains.sort_by(|a, b| b.oit.total_cmp(&a.oit));
    gains
}
