//! What a catalogue must be, beyond its form.

use std::collections::BTreeSet;

use super::{Catalog, Item};
use crate::checks::{CheckSpec, IfNot, RuleStatus};
use crate::model::ItemId;

/// Everything that is wrong with a catalogue, in words.
pub(super) fn faults(catalog: &Catalog) -> Vec<String> {
    let mut faults = Vec::new();
    let weights = catalog.weights;
    if (weights.iit + weights.eit + weights.oit - 1.0).abs() > 1e-9 {
        faults.push("weights: the three must add up to 1".to_owned());
    }
    if !catalog.grades.is_sorted_by(|a, b| (a.from, a.each_from) > (b.from, b.each_from)) {
        faults.push("grades: must go from the best to the worst".to_owned());
    }
    if catalog.grades.last().is_none_or(|last| last.from > 0.0 || last.each_from.is_some()) {
        faults.push("grades: the last must be earned by any score (`from: 0`)".to_owned());
    }
    if catalog.survey.iit.is_empty() || catalog.survey.eit.is_empty() {
        faults.push("survey: both instruments need at least one indicator".to_owned());
    }
    if catalog.indicators.is_empty() {
        faults.push("indicators: at least one is needed".to_owned());
    }
    for indicator in &catalog.indicators {
        if indicator.sub_indicators.is_empty() || indicator.sub_indicators.iter().any(|sub| sub.items.is_empty()) {
            faults.push(format!("indicator {}: it or one of its sub-indicators is empty", indicator.id));
        }
    }
    let mut seen: BTreeSet<&ItemId> = BTreeSet::new();
    for item in catalog.items() {
        if !seen.insert(&item.id) {
            faults.push(format!("{}: stands twice", item.id));
        }
        item_faults(catalog, item, &mut faults);
    }
    if faults.is_empty() && in_order(catalog).is_none() {
        faults.push("depends_on: items depend on one another in a circle".to_owned());
    }
    faults
}

fn item_faults(catalog: &Catalog, item: &Item, faults: &mut Vec<String>) {
    if !item.checks.iter().any(|check| matches!(check, CheckSpec::Opens(_))) {
        faults.push(format!("{}: every item needs the check `opens`", item.id));
    }
    for check in &item.checks {
        let other = match check {
            CheckSpec::DependsOn(check) => Some(&check.item),
            CheckSpec::SameChannel(check) => Some(&check.other),
            _ => None,
        };
        if let Some(other) = other.filter(|other| **other == item.id || catalog.item(other).is_none()) {
            faults.push(format!("{}: refers to {other}, which is not another item of this catalogue", item.id));
        }
        let unproven = |status: RuleStatus, if_not: IfNot| status == RuleStatus::Unverified && if_not == IfNot::Fail;
        let fails_unproven = match check {
            CheckSpec::Elements(check) => check.all.iter().any(|one| unproven(one.status, one.if_absent)),
            CheckSpec::OnlineService(check) => unproven(check.status, check.if_absent),
            CheckSpec::SameChannel(check) => unproven(check.status, check.if_same),
            CheckSpec::DependsOn(check) => unproven(check.status, check.if_unmet),
            _ => false,
        };
        if fails_unproven {
            faults.push(format!(
                "{}: a rule that is `unverified` must not say `fail`; say `review` or `advice`",
                item.id
            ));
        }
        match check {
            CheckSpec::Topic(topic) if topic.any.is_empty() => {
                faults.push(format!("{}: `topic` needs at least one phrase", item.id));
            }
            CheckSpec::Elements(elements) => {
                for element in
                    elements.all.iter().filter(|e| e.phrases.is_empty() && e.labels.is_empty() && e.patterns.is_empty())
                {
                    faults.push(format!("{}: the element «{}» names nothing to look for", item.id, element.name.en));
                }
            }
            CheckSpec::Months(months) if !(1..=12).contains(&months.first) => {
                faults.push(format!("{}: `months` asks for {} months; a year has 1 to 12", item.id, months.first));
            }
            _ => {}
        }
    }
}

/// The items so that each comes after those that it depends on; `None` if there is a circle.
pub(super) fn in_order(catalog: &Catalog) -> Option<Vec<&Item>> {
    let mut waiting: Vec<&Item> = catalog.items().collect();
    let mut done: BTreeSet<&ItemId> = BTreeSet::new();
    let mut order = Vec::new();
    while !waiting.is_empty() {
        let (ready, rest): (Vec<&Item>, Vec<&Item>) =
            waiting.into_iter().partition(|item| needs(item).all(|needed| done.contains(needed)));
        if ready.is_empty() {
            return None;
        }
        done.extend(ready.iter().map(|item| &item.id));
        order.extend(ready);
        waiting = rest;
    }
    Some(order)
}

fn needs(item: &Item) -> impl Iterator<Item = &ItemId> {
    item.checks.iter().filter_map(|check| match check {
        CheckSpec::DependsOn(on) => Some(&on.item),
        _ => None,
    })
}

impl Catalog {
    /// The items so that each comes after those that it depends on.
    pub fn in_order_of_dependence(&self) -> Vec<&Item> {
        in_order(self).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use crate::catalog::Catalog;

    const SOURCE: &str = include_str!("../../config/catalog/2563.yaml");

    fn faults_after(from: &str, to: &str) -> String {
        assert!(SOURCE.contains(from), "{from}");
        Catalog::parse(&SOURCE.replacen(from, to, 1)).unwrap_err().to_string()
    }

    #[test]
    fn unsound_catalogues_are_refused_with_the_place() {
        assert!(faults_after("oit: 0.40}", "oit: 0.50}").contains("weights"));
        assert!(faults_after("- id: O2\n", "- id: O1\n").contains("O1: stands twice"));
        assert!(faults_after("item: O42", "item: O99").contains("refers to O99"));
        assert!(faults_after("- opens: {}", "- opens_wide: {}").contains("opens_wide"));
        assert!(faults_after("- main_domain: {}", "- main_domain: {strict: true}").contains("strict"));
    }

    #[test]
    fn items_that_depend_on_one_another_are_refused() {
        let circle = SOURCE.replace("item: O42", "item: O43");
        assert!(Catalog::parse(&circle).is_err());
    }

    #[test]
    fn a_dependent_item_is_judged_after_what_it_depends_on() {
        let catalog = Catalog::parse(SOURCE).unwrap();
        let order: Vec<&str> = catalog.in_order_of_dependence().iter().map(|item| item.id.as_str()).collect();
        let at = |id: &str| order.iter().position(|item| *item == id).unwrap();
        assert!(at("O42") < at("O43"));
        assert_eq!(order.len(), catalog.items().count());
    }
}
