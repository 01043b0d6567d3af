//! From a catalogue as it is written to the rules of a year: what is left out is taken from another year, and says so.

use super::written::{LikeItem, LikeYear, Written, WrittenIndicator, WrittenItem};
use super::{Catalog, Indicator, Item, SubIndicator};
use crate::checks::{CheckSpec, IfNot, RuleStatus};
use crate::model::{CatalogStatus, FiscalYear, Standing};

/// Finds the built-in catalogue of a year, or says why it cannot be had.
pub(super) type Lookup<'a> = &'a dyn Fn(FiscalYear) -> Result<&'a Catalog, String>;

/// How the sources of rules begin that are taken from another year.
const FROM_YEAR: &str = "fiscal year ";

/// From where, and to where, rules are taken.
#[derive(Clone, Copy)]
struct Taking {
    from: FiscalYear,
    to: FiscalYear,
    same_criteria: bool,
}

impl Taking {
    /// A source, with the year that it is of.
    fn source(self, source: &str) -> String {
        if self.from == self.to || source.starts_with(FROM_YEAR) {
            return source.to_owned();
        }
        let same = if self.same_criteria { ", same criteria" } else { "" };
        format!("{FROM_YEAR}{}{same}: {source}", self.from)
    }

    fn status(self, status: RuleStatus) -> RuleStatus {
        let is_kept = self.from == self.to || self.same_criteria;
        if is_kept { status } else { status.at_most(RuleStatus::Derived) }
    }

    fn standing(self, standing: &Standing) -> Standing {
        Standing { status: self.status(standing.status), source: self.source(&standing.source) }
    }

    /// A check as it holds for an item of the other year. Of an item that may not exist, no rule is known.
    fn check(self, check: &CheckSpec, item: RuleStatus) -> CheckSpec {
        let mut check = check.clone();
        for rule in rules(&mut check) {
            let was = *rule.status;
            *rule.status = self.status(was);
            if item == RuleStatus::Unverified {
                *rule.status = RuleStatus::Unverified;
            }
            *rule.source = self.source(rule.source);
            // What fails because that is verified there asks for a person here. What is mechanical fails unverified.
            let lost = was == RuleStatus::Verified && *rule.status != was || *rule.status == RuleStatus::Unverified;
            if let Some(if_not) = rule.if_not.filter(|if_not| lost && **if_not == IfNot::Fail) {
                *if_not = IfNot::Review;
            }
        }
        check
    }
}

/// What a check says of itself.
struct Rule<'a> {
    status: &'a mut RuleStatus,
    source: &'a mut String,
    if_not: Option<&'a mut IfNot>,
}

/// The rules in a check.
fn rules(check: &mut CheckSpec) -> Vec<Rule<'_>> {
    fn rule<'a>(status: &'a mut RuleStatus, source: &'a mut String, if_not: Option<&'a mut IfNot>) -> Vec<Rule<'a>> {
        vec![Rule { status, source, if_not }]
    }
    match check {
        CheckSpec::Opens(_) | CheckSpec::MainDomain(_) | CheckSpec::Readable(_) | CheckSpec::WrongTarget(_) => {
            Vec::new()
        }
        CheckSpec::ClickPath(check) => rule(&mut check.status, &mut check.source, None),
        CheckSpec::SocialNetwork(check) => rule(&mut check.status, &mut check.source, None),
        CheckSpec::Topic(check) => rule(&mut check.status, &mut check.source, None),
        CheckSpec::Year(check) => rule(&mut check.status, &mut check.source, None),
        CheckSpec::Months(check) => rule(&mut check.status, &mut check.source, Some(&mut check.if_absent)),
        CheckSpec::OnlineService(check) => rule(&mut check.status, &mut check.source, Some(&mut check.if_absent)),
        CheckSpec::SameChannel(check) => rule(&mut check.status, &mut check.source, Some(&mut check.if_same)),
        CheckSpec::DependsOn(check) => rule(&mut check.status, &mut check.source, Some(&mut check.if_unmet)),
        CheckSpec::Elements(check) => check
            .all
            .iter_mut()
            .flat_map(|one| rule(&mut one.status, &mut one.source, Some(&mut one.if_absent)))
            .collect(),
    }
}

/// The place of a check among those of its item.
fn rank(check: &CheckSpec) -> u8 {
    match check {
        CheckSpec::Opens(_) => 0,
        CheckSpec::MainDomain(_) => 1,
        CheckSpec::ClickPath(_) => 2,
        CheckSpec::SocialNetwork(_) => 3,
        CheckSpec::Readable(_) => 4,
        CheckSpec::Topic(_) => 5,
        CheckSpec::Year(_) => 6,
        CheckSpec::Elements(_) => 7,
        CheckSpec::Months(_) => 8,
        CheckSpec::OnlineService(_) => 9,
        CheckSpec::SameChannel(_) => 10,
        CheckSpec::DependsOn(_) => 11,
        CheckSpec::WrongTarget(_) => 12,
    }
}

fn is_comparison(check: &CheckSpec) -> bool {
    matches!(check, CheckSpec::SameChannel(_) | CheckSpec::DependsOn(_))
}

/// Checks that are taken, and those that are written in their place or beside them.
fn joined(taken: Vec<CheckSpec>, written: Vec<CheckSpec>) -> Vec<CheckSpec> {
    let mut joined: Vec<CheckSpec> = Vec::new();
    let mut written: Vec<Option<CheckSpec>> = written.into_iter().map(Some).collect();
    for check in taken {
        let same = |one: &CheckSpec| rank(one) == rank(&check);
        if written.iter().flatten().any(same) {
            let of_kind = written.iter_mut().filter(|one| one.as_ref().is_some_and(same));
            joined.extend(of_kind.filter_map(Option::take));
        } else if !joined.iter().any(|one| same(one) && !is_comparison(one)) {
            joined.push(check);
        }
    }
    for check in written.into_iter().flatten() {
        let at = joined.iter().position(|one| rank(one) > rank(&check)).unwrap_or(joined.len());
        joined.insert(at, check);
    }
    joined
}

/// The catalogue that was written, whole. What is wrong is said all at once.
pub(super) fn resolve(written: Written, lookup: Lookup<'_>) -> Result<Catalog, Vec<String>> {
    let mut faults = Vec::new();
    let year = written.fiscal_year;
    let base = written.like.as_ref().and_then(|like| match lookup(like.value.year) {
        Ok(catalog) => Some(Base { catalog, like: &like.value, year }),
        Err(why) => {
            faults.push(format!("line {}: `like`: {why}", like.referenced.line()));
            None
        }
    });
    if let Some(like) = &written.like {
        let says_source = like.value.source.is_some() || like.value.year == year || written.indicators.is_some();
        if !says_source {
            let line = like.referenced.line();
            faults.push(format!(
                "line {line}: `like`: a `source` is needed for that the items are those of another year"
            ));
        }
    }
    let indicators = match (written.indicators, &base) {
        (Some(indicators), _) => {
            if let Some(item) = written.items.first() {
                faults.push(format!("{}: stands in `items`, which is for catalogues without `indicators`", item.id));
            }
            indicators.into_iter().map(|one| indicator(one, year, lookup, &mut faults)).collect()
        }
        (None, Some(base)) => base.indicators(written.items, lookup, &mut faults),
        (None, None) => Vec::new(),
    };
    let usual = match written.status {
        CatalogStatus::Verified => RuleStatus::Verified,
        CatalogStatus::Partly => RuleStatus::Unverified,
    };
    let here = |status: Option<RuleStatus>, source: Option<String>| Standing {
        status: status.unwrap_or(usual),
        source: source.unwrap_or_else(|| written.source.clone()),
    };
    // What is written is of this catalogue, and so is its standing; what is taken has the standing that it has there.
    macro_rules! part {
        ($name:literal, $value:expr, $status:expr, $source:expr, $of:ident, $standing:ident) => {
            match ($value, &base) {
                (Some(value), _) => Some((value, here($status, $source))),
                (None, Some(base)) => {
                    let taken = base.taking().standing(&base.catalog.$standing);
                    let status = $status.unwrap_or(taken.status);
                    let standing = Standing { status, source: $source.unwrap_or(taken.source) };
                    Some((base.catalog.$of.clone(), standing))
                }
                (None, None) => {
                    if written.like.is_none() {
                        faults.push(format!("`{}` is missing, and there is no `like` to take it from", $name));
                    }
                    None
                }
            }
        };
    }
    let weights =
        part!("weights", written.weights, written.weights_status, written.weights_source, weights, weights_standing);
    let grades = part!("grades", written.grades, written.grades_status, written.grades_source, grades, grades_standing);
    let target = part!("target", written.target, written.target_status, written.target_source, target, target_standing);
    let survey = match (written.survey, &base) {
        (Some(survey), _) => Some(survey),
        (None, Some(base)) => {
            let mut survey = base.catalog.survey.clone();
            survey.source = base.taking().source(&survey.source);
            Some(survey)
        }
        (None, None) => {
            if written.like.is_none() {
                faults.push("`survey` is missing, and there is no `like` to take it from".to_owned());
            }
            None
        }
    };
    let structure = here(written.structure_status, written.structure_source);
    match (weights, grades, target, survey) {
        (Some(weights), Some(grades), Some(target), Some(survey)) if faults.is_empty() => Ok(Catalog {
            fiscal_year: year,
            status: written.status,
            source: written.source.clone(),
            structure,
            weights: weights.0,
            weights_standing: weights.1,
            grades: grades.0,
            grades_standing: grades.1,
            target: target.0,
            target_standing: target.1,
            survey,
            indicators,
        }),
        _ => Err(faults),
    }
}

/// The catalogue that a whole one is like.
struct Base<'a> {
    catalog: &'a Catalog,
    like: &'a LikeYear,
    year: FiscalYear,
}

impl Base<'_> {
    fn taking(&self) -> Taking {
        Taking { from: self.like.year, to: self.year, same_criteria: self.like.same_criteria }
    }

    /// Its indicators, with the items that were written in the place of those that were not.
    fn indicators(&self, mut items: Vec<WrittenItem>, lookup: Lookup<'_>, faults: &mut Vec<String>) -> Vec<Indicator> {
        for (at, item) in items.iter().enumerate() {
            if self.catalog.item(&item.id).is_none() {
                let year = self.like.year;
                faults.push(format!("{}: fiscal year {year} has no such item; `items` changes items of it", item.id));
            }
            if items[..at].iter().any(|other| other.id == item.id) {
                faults.push(format!("{}: stands twice", item.id));
            }
        }
        let mut indicators = self.catalog.indicators.clone();
        for one in indicators.iter_mut().flat_map(|one| &mut one.sub_indicators).flat_map(|sub| &mut sub.items) {
            let whole = self.item(one);
            *one = match items.iter().position(|written| written.id == one.id) {
                None => whole,
                Some(at) => match changed(items.swap_remove(at), Some(whole), self.year, lookup) {
                    Ok(item) => item,
                    Err(why) => {
                        faults.push(why);
                        continue;
                    }
                },
            };
        }
        indicators
    }

    /// An item as it is taken whole, comparisons included: its neighbours have the same numbers.
    fn item(&self, item: &Item) -> Item {
        if self.like.year == self.year {
            return item.clone();
        }
        let status = self.like.status.unwrap_or(RuleStatus::Derived);
        Item {
            status,
            source: self.like.source.clone().unwrap_or_default(),
            checks: item.checks.iter().map(|check| self.taking().check(check, status)).collect(),
            ..item.clone()
        }
    }
}

fn indicator(one: WrittenIndicator, year: FiscalYear, lookup: Lookup<'_>, faults: &mut Vec<String>) -> Indicator {
    let sub_indicators = one.sub_indicators.into_iter().map(|sub| {
        let items = sub
            .items
            .into_iter()
            .filter_map(|item| changed(item, None, year, lookup).map_err(|why| faults.push(why)).ok());
        SubIndicator { id: sub.id, name: sub.name, items: items.collect() }
    });
    Indicator { id: one.id, name: one.name, sub_indicators: sub_indicators.collect() }
}

/// An item as it is written, with what it takes: from the item that it names, else from the same item of the catalogue
/// that the whole one is like.
fn changed(written: WrittenItem, same: Option<Item>, year: FiscalYear, lookup: Lookup<'_>) -> Result<Item, String> {
    let id = written.id;
    let status = written.status.or(same.as_ref().map(|item| item.status));
    let other = written.like.map(|like| {
        let taken = other(&like.value, year, status.unwrap_or_default(), lookup);
        taken.map_err(|why| format!("line {}: {id}: `like`: {why}", like.referenced.line()))
    });
    let like = match (other.transpose()?, same) {
        // Taken from an item of another number: what it is called, and where that is from, is the other's.
        (Some(other), None) => Some(Item { source: String::new(), ..other }),
        (Some(other), Some(same)) => Some(Item {
            id: same.id,
            name: same.name,
            group: same.group,
            status: same.status,
            source: same.source,
            ..other
        }),
        (None, same) => same,
    };
    let missing = |what: &str| format!("{id}: `{what}` is missing");
    let source = written.source.or(like.as_ref().map(|item| item.source.clone()).filter(|source| !source.is_empty()));
    let (like_checks, like) = match like {
        Some(mut like) => (std::mem::take(&mut like.checks), Some(like)),
        None => (Vec::new(), None),
    };
    let checks = joined(like_checks, written.checks);
    if checks.is_empty() {
        return Err(missing("checks"));
    }
    let like = like.as_ref();
    Ok(Item {
        name: written.name.or(like.map(|item| item.name.clone())).ok_or_else(|| missing("name"))?,
        group: written.group.or(like.map(|item| item.group.clone())).ok_or_else(|| missing("group"))?,
        status: status.ok_or_else(|| missing("status"))?,
        source: source.ok_or_else(|| missing("source"))?,
        also: written.also.or(like.map(|item| item.also.clone())).unwrap_or_default(),
        publish: written.publish.or(like.and_then(|item| item.publish.clone())),
        examples: written.examples.or(like.and_then(|item| item.examples.clone())),
        checks,
        id,
    })
}

/// What is taken of an item that another is like.
fn other(like: &LikeItem, year: FiscalYear, status: RuleStatus, lookup: Lookup<'_>) -> Result<Item, String> {
    let catalog = lookup(like.year)?;
    let item =
        catalog.item(&like.item).ok_or_else(|| format!("fiscal year {} has no item {}", like.year, like.item))?;
    let taking = Taking { from: like.year, to: year, same_criteria: like.same_criteria };
    let checks = item.checks.iter().filter(|check| !is_comparison(check)).map(|check| taking.check(check, status));
    Ok(Item { checks: checks.collect(), ..item.clone() })
}
