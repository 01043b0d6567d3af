//! Joins an agency file and a catalogue: what is to be judged, and what is to be opened for it.

use std::collections::{BTreeMap, BTreeSet};

use super::labels::Names;
use super::readers::Program;
use crate::catalog::{Catalog, Item};
use crate::checks::{CheckSpec, ItemNames, Topic};
use crate::config::{Agency, Problem, Submission};
use crate::extract::Surroundings;
use crate::fetch::{Browser, Trust};
use crate::model::{FiscalYear, ItemId, Link, Site};
use crate::thai::Phrase;

/// What is to be judged.
#[derive(Debug)]
pub struct Plan<'a> {
    /// The agency.
    pub agency: &'a Agency,
    /// The name of its file, for the report.
    pub file: &'a str,
    /// The year's rules.
    pub catalog: &'a Catalog,
    /// The rules are a user's own, not built-in ones.
    pub own_catalog: bool,
    /// The main website.
    pub site: Site,
    /// The items to judge; all of them where it is empty.
    pub only: BTreeSet<ItemId>,
    /// Whose certificates to trust beyond those that browsers trust.
    pub trust: Trust,
    /// How to start what reads the documents; in this process where there is none.
    pub reader: Option<Program>,
    /// What reading documents must know of the machine.
    pub around: Surroundings,
    /// What builds pages that are empty without a browser; none where none is installed.
    pub browser: Option<Browser>,
    /// Whether pictures are wanted of the pages that it builds.
    pub pictures: bool,
    /// What links to each item's content may say.
    pub(super) words: Names,
    link_words: BTreeMap<&'a ItemId, Vec<Phrase>>,
    /// What the year's items are called.
    pub(super) names: ItemNames,
}

/// Links of an item that are judged together, with what they lead to. Items have one or two, seldom five; any further ones
/// are judged each by itself.
const TOGETHER: usize = 8;

/// Mistakes in an agency file that only the year's catalogue shows: items that the year does not have, survey scores that
/// do not match its indicators.
pub fn problems(agency: &Agency, catalog: &Catalog) -> Vec<Problem> {
    let mut problems = Vec::new();
    let year = agency.fiscal_year;
    let last = catalog.items().last().map(|item| item.id.to_string()).unwrap_or_default();
    let first = catalog.items().next().map(|item| item.id.to_string()).unwrap_or_default();
    for (id, submission) in &agency.items {
        if catalog.item(id).is_none() {
            problems.push(Problem::at(
                submission.place,
                id.as_str().len(),
                format!("fiscal year {year} has no item {id}"),
                Some(format!("its items are {first} to {last}; `oit-audit catalog` lists them")),
            ));
        }
    }
    if let Some(survey) = &agency.survey {
        for (name, scores, expected) in
            [("iit", &survey.iit, catalog.survey.iit.len()), ("eit", &survey.eit, catalog.survey.eit.len())]
        {
            if scores.len() != expected {
                let message =
                    format!("`{name}` has {} scores; fiscal year {year} has {expected} indicators", scores.len());
                let help = "give one score for each indicator, in their order".to_owned();
                problems.push(Problem::at(survey.place, "survey".len(), message, Some(help)));
            }
        }
    }
    problems
}

impl<'a> Plan<'a> {
    /// The plan of an audit.
    pub fn new(agency: &'a Agency, file: &'a str, catalog: &'a Catalog, only: BTreeSet<ItemId>) -> Self {
        let site = Site::new(&agency.website, &agency.sites);
        let link_words: BTreeMap<&ItemId, Vec<Phrase>> = catalog.items().map(|item| (&item.id, words(item))).collect();
        let names = ItemNames::new(catalog.items().map(|item| (&item.id, &item.name, topic(item))));
        Self {
            agency,
            file,
            catalog,
            own_catalog: false,
            site,
            only,
            trust: Trust::default(),
            reader: None,
            around: Surroundings::default(),
            browser: None,
            pictures: false,
            names,
            words: Names::new(catalog.items().map(|item| (item, link_words[&item.id].as_slice()))),
            link_words,
        }
    }

    /// What links to an item's content may say.
    pub(super) fn names_of(&self, id: &ItemId) -> &[Phrase] {
        self.link_words.get(id).map_or(&[], Vec::as_slice)
    }

    /// The assessed year.
    pub fn year(&self) -> FiscalYear {
        self.catalog.fiscal_year
    }

    /// Whether all items are judged, so that there is a score.
    pub fn is_whole(&self) -> bool {
        self.only.is_empty()
    }

    /// Whether an item is to be reported.
    pub fn wants(&self, id: &ItemId) -> bool {
        self.only.is_empty() || self.only.contains(id)
    }

    /// Whether anything is to be looked at beyond whether links open.
    pub(super) fn reads(&self) -> bool {
        let mut checks = self.catalog.items().filter(|item| self.needs(&item.id)).flat_map(|item| &item.checks);
        self.agency.crawl.follow > 0 || checks.any(CheckSpec::reads)
    }

    /// Whether an item is to be judged: it is reported, or one that is reported is compared with it.
    pub fn needs(&self, id: &ItemId) -> bool {
        self.wants(id)
            || self
                .catalog
                .items()
                .filter(|item| self.wants(&item.id))
                .any(|item| references(item).any(|other| other == id))
    }

    /// What is submitted for an item.
    pub fn submission(&self, id: &ItemId) -> Option<&'a Submission> {
        self.agency.items.get(id)
    }

    /// The links submitted for an item: those that are judged together, and further ones.
    pub fn links(&self, id: &ItemId) -> (&'a [Link], &'a [Link]) {
        let links = self.submission(id).map_or(&[][..], |submission| &submission.links);
        links.split_at(links.len().min(TOGETHER))
    }
}

/// What links to an item's content may say: its name, its other names, then what its content is told by.
fn words(item: &Item) -> Vec<Phrase> {
    let told_by = item.checks.iter().flat_map(|check| match check {
        CheckSpec::Topic(topic) => topic.any.as_slice(),
        CheckSpec::OnlineService(service) => service.phrases.as_slice(),
        _ => &[],
    });
    std::iter::once(Phrase::new(&item.name.th)).chain(item.also.iter().chain(told_by).cloned()).collect()
}

/// What an item is about, if it demands that a page be about it.
fn topic(item: &Item) -> Option<&Topic> {
    item.checks.iter().find_map(|check| match check {
        CheckSpec::Topic(topic) => Some(topic),
        _ => None,
    })
}

/// The items that an item is compared with.
fn references(item: &Item) -> impl Iterator<Item = &ItemId> {
    item.checks.iter().filter_map(|check| match check {
        CheckSpec::DependsOn(on) => Some(&on.item),
        CheckSpec::SameChannel(with) => Some(&with.other),
        _ => None,
    })
}
