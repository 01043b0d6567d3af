//! Tests of catalogues that take rules from other years.

use super::{Catalog, Item};
use crate::checks::{CheckSpec, IfNot, RuleStatus};

/// The head of a user's own catalogue that changes one of a built-in year.
fn patch(year: u16, like: &str, items: &str) -> Result<Catalog, String> {
    let yaml = format!("fiscal_year: {year}\nstatus: partly\nsource: my own\nlike: {like}\nitems:\n{items}");
    Catalog::parse(&yaml).map_err(|error| error.to_string())
}

/// A user's catalogue of one item.
fn single(item: &str) -> Result<Catalog, String> {
    let yaml = format!(
        "fiscal_year: 2570\nstatus: partly\nsource: my own\nlike: {{year: 2563}}\nindicators:\n  - id: \"9\"\n    \
         name: {{th: ก, en: a}}\n    sub_indicators:\n      - id: \"9.1\"\n        name: {{th: ก, en: a}}\n        \
         items:\n{item}"
    );
    Catalog::parse(&yaml).map_err(|error| error.to_string())
}

fn item<'c>(catalog: &'c Catalog, id: &str) -> &'c Item {
    catalog.item(&id.parse().unwrap()).unwrap()
}

fn builtin(year: u16) -> &'static Catalog {
    super::builtin(crate::model::FiscalYear::new(year)).unwrap()
}

fn statuses(item: &Item) -> Vec<(RuleStatus, String, Option<IfNot>)> {
    let mut found = Vec::new();
    for check in &item.checks {
        match check {
            CheckSpec::Topic(check) => found.push((check.status, check.source.clone(), None)),
            CheckSpec::Year(check) => found.push((check.status, check.source.clone(), None)),
            CheckSpec::Elements(check) => {
                found.extend(check.all.iter().map(|one| (one.status, one.source.clone(), Some(one.if_absent))));
            }
            _ => {}
        }
    }
    found
}

#[test]
fn a_patch_of_the_same_year_changes_one_item_and_nothing_else() {
    let own = patch(2563, "{year: 2563}", "  - {id: O5, name: {th: ติดต่อ, en: Contact}}\n").unwrap();
    let whole = builtin(2563);
    assert_eq!(item(&own, "O5").name.en, "Contact");
    assert_eq!(item(&own, "O5").checks, item(whole, "O5").checks);
    for (one, other) in own.items().zip(whole.items()).filter(|(one, _)| one.id.as_str() != "O5") {
        assert_eq!(one, other);
    }
    assert_eq!((own.weights, &own.grades, own.target), (whole.weights, &whole.grades, whole.target));
}

#[test]
fn a_check_that_is_written_takes_the_place_of_those_of_its_kind() {
    let check = "  - id: O5\n    checks:\n      - topic: {any: [ติดต่อ], status: verified, source: mine}\n      \
                 - year: {period: current, status: unverified, source: mine}\n";
    let own = patch(2563, "{year: 2563}", check).unwrap();
    let kinds: Vec<String> = item(&own, "O5")
        .checks
        .iter()
        .map(|check| serde_json::to_value(check).unwrap().as_object().unwrap().keys().next().unwrap().clone())
        .collect();
    assert_eq!(kinds, ["opens", "main_domain", "click_path", "readable", "topic", "year", "elements", "wrong_target"]);
    let CheckSpec::Topic(topic) = &item(&own, "O5").checks[4] else { panic!("no topic") };
    assert_eq!((topic.any.len(), topic.source.as_str()), (1, "mine"));
}

#[test]
fn what_is_taken_from_another_year_says_so_and_is_at_most_derived() {
    let own = single("          - {id: O1, like: {year: 2563, item: O42}, status: agency, source: mine}\n").unwrap();
    let (taken, there) = (item(&own, "O1"), item(builtin(2563), "O42"));
    assert_eq!((&taken.name, taken.status, taken.source.as_str()), (&there.name, RuleStatus::Agency, "mine"));
    assert!(!statuses(there).is_empty() && statuses(there).iter().any(|one| one.2 == Some(IfNot::Fail)));
    for ((status, source, if_not), was) in statuses(taken).into_iter().zip(statuses(there)) {
        assert_eq!(status, was.0.at_most(RuleStatus::Derived));
        assert!(source.starts_with("fiscal year 2563: "), "{source}");
        // What fails an item because that is verified asks for a person in another year.
        assert!(if_not != Some(IfNot::Fail) || was.0 != RuleStatus::Verified);
    }
    assert_eq!(own.weights_standing.status, RuleStatus::Derived);
    assert!(own.weights_standing.source.starts_with("fiscal year 2563: "), "{}", own.weights_standing.source);
}

#[test]
fn no_rule_of_an_item_that_may_not_exist_is_known() {
    let own = single("          - {id: O1, like: {year: 2563, item: O5}, status: unverified, source: mine}\n").unwrap();
    let rules = statuses(item(&own, "O1"));
    assert!(rules.len() > 4);
    assert!(
        rules.iter().all(|(status, _, if_not)| { *status == RuleStatus::Unverified && *if_not != Some(IfNot::Fail) })
    );
}

#[test]
fn the_same_criteria_keep_their_status_and_name_their_year() {
    let (now, then) = (builtin(2564), builtin(2563));
    for id in ["O5", "O32", "O42"] {
        let (now, then) = (statuses(item(now, id)), statuses(item(then, id)));
        assert_eq!(now.len(), then.len());
        for (now, then) in now.iter().zip(then) {
            assert_eq!((now.0, now.2), (then.0, then.2));
            assert_eq!(now.1, format!("fiscal year 2563, same criteria: {}", then.1));
        }
    }
    // A third year names the one where the rule is from, not the one that it went through.
    let sources = statuses(item(builtin(2565), "O42"));
    assert!(sources.iter().all(|(status, source, _)| {
        status.at_most(RuleStatus::Derived) == *status
            && source.starts_with("fiscal year 2563")
            && !source.contains("2564")
    }));
}

#[test]
fn comparisons_are_taken_with_a_whole_catalogue_only() {
    let compares = |item: &Item| {
        item.checks.iter().any(|check| matches!(check, CheckSpec::DependsOn(_) | CheckSpec::SameChannel(_)))
    };
    assert!(compares(item(builtin(2563), "O43")) && compares(item(builtin(2564), "O43")));
    let own = single("          - {id: O1, like: {year: 2563, item: O43}, status: agency, source: mine}\n").unwrap();
    assert!(!compares(item(&own, "O1")));
}

#[test]
fn mistakes_name_the_item_and_the_line() {
    let refused = |result: Result<Catalog, String>, expected: &str| {
        let error = result.unwrap_err();
        assert!(error.contains(expected), "{error}");
    };
    let of = |like: &str| single(&format!("          - {{id: O1, like: {like}, status: agency, source: mine}}\n"));
    refused(of("{year: 2570, item: O1}"), "line 12: O1: `like`: there is no built-in catalogue of 2570");
    refused(of("{year: 2563, item: O99}"), "line 12: O1: `like`: fiscal year 2563 has no item O99");
    refused(of("{year: 2563}"), "item");
    refused(single("          - {id: O1, like: {year: 2563, item: O1}, source: x}\n"), "O1: `status` is missing");
    refused(single("          - {id: O1, like: {year: 2563, item: O1}, status: agency}\n"), "O1: `source` is missing");
    refused(single("          - {id: O1, status: agency, source: x}\n"), "O1: `checks` is missing");
    refused(patch(2563, "{year: 2563}", "  - {id: O44}\n"), "O44: fiscal year 2563 has no such item");
    refused(patch(2563, "{year: 2563}", "  - {id: O5}\n  - {id: O5}\n"), "O5: stands twice");
    refused(patch(2570, "{year: 2563}", "  - {id: O5}\n"), "a `source` is needed");
    refused(patch(2570, "{year: 2599, source: x}", "  - {id: O5}\n"), "line 4: `like`: there is no built-in catalogue");
    let bare = "fiscal_year: 2563\nstatus: partly\nsource: x\n";
    refused(Catalog::parse(bare).map_err(|error| error.to_string()), "`weights` is missing");
    let unproven = "  - id: O5\n    checks:\n      - elements:\n          - {name: {th: ก, en: a}, phrases: [ก], \
                    if_absent: fail, status: unverified, source: x}\n";
    refused(patch(2563, "{year: 2563}", unproven), "O5: a rule that is `unverified` must not say `fail`");
}

#[test]
fn the_documented_catalogues_are_taken() {
    let documented = include_str!("../../docs/catalogues.md").split("```yaml\n").skip(1);
    let mut count = 0;
    for yaml in documented.filter_map(|rest| rest.split("```").next()) {
        Catalog::parse(yaml).unwrap_or_else(|error| panic!("{error}\n{yaml}"));
        count += 1;
    }
    assert_eq!(count, 2);
}
