//! The words of spam, of warnings of it, and of those who break into websites.

use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use serde::Deserialize;

use super::signs::{Status, matcher, stands_alone, starts_with};
use crate::model::Text;

/// One kind of spam.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Spam {
    kind: Text,
    pub(super) status: Status,
    pub(super) source: String,
    telling: bool,
    goods: Vec<String>,
    weak_goods: Vec<String>,
    offers: Vec<String>,
    weak_offers: Vec<String>,
    brands: Vec<String>,
    hosts: Vec<String>,
}

/// What says that a text is about spam.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Warnings {
    pub(super) status: Status,
    pub(super) source: String,
    words: Vec<String>,
    /// Longer words that hold one of these and warn of nothing.
    harmless: Vec<String>,
}

/// How those who break into a website sign it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Defacements {
    pub(super) status: Status,
    pub(super) source: String,
    start: Vec<String>,
}

/// What a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Goods,
    WeakGoods,
    Offer,
    WeakOffer,
    Brand,
    Warning,
    Harmless,
}

/// All words, ready for matching.
pub(super) struct Words {
    /// What each kind of spam is called, and whether several of its goods tell by themselves.
    pub(super) kinds: Vec<(Text, bool)>,
    /// Parts of names of hosts, with the kind of spam.
    pub(super) hosts: Vec<(usize, String)>,
    all: AhoCorasick,
    roles: Vec<(usize, Role)>,
    /// Looked for in whole texts of pages, hence an automaton that is large and quick.
    brands: AhoCorasick,
    defacements: Vec<String>,
}

impl Words {
    pub(super) fn new(spam: &[Spam], warnings: &Warnings, defacements: Defacements) -> Result<Self, String> {
        let (mut words, mut roles) = (Vec::new(), Vec::new());
        let mut put = |list: &[String], kind, role| {
            words.extend(list.iter().cloned());
            roles.extend(list.iter().map(|_| (kind, role)));
        };
        for (at, kind) in spam.iter().enumerate() {
            put(&kind.brands, at, Role::Brand);
            put(&kind.goods, at, Role::Goods);
            put(&kind.weak_goods, at, Role::WeakGoods);
            put(&kind.offers, at, Role::Offer);
            put(&kind.weak_offers, at, Role::WeakOffer);
        }
        put(&warnings.words, 0, Role::Warning);
        put(&warnings.harmless, 0, Role::Harmless);
        let brands = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .kind(Some(AhoCorasickKind::DFA))
            .build(spam.iter().flat_map(|kind| &kind.brands))
            .map_err(|error| error.to_string())?;
        let hosts = spam.iter().enumerate();
        let hosts = hosts.flat_map(|(at, kind)| kind.hosts.iter().map(move |host| (at, host.clone())));
        Ok(Self {
            kinds: spam.iter().map(|kind| (kind.kind.clone(), kind.telling)).collect(),
            hosts: hosts.collect(),
            all: matcher(&words)?,
            roles,
            brands,
            defacements: defacements.start,
        })
    }

    /// The words of spam and of warnings in a text: of which kind of spam, in which role, where.
    pub(super) fn of<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (usize, Role, Range<usize>)> + 't {
        self.all.find_iter(text).filter_map(move |found| {
            let (kind, role) = self.roles.get(found.pattern().as_usize()).copied()?;
            stands_alone(text, found.start(), found.end()).then(|| (kind, role, found.range()))
        })
    }

    /// Whether a text may hold a brand, found at little cost.
    pub(super) fn may_have_brand(&self, text: &str) -> bool {
        self.brands.is_match(text)
    }

    /// Whether a line is how somebody who broke in signs.
    pub(super) fn is_defacement(&self, line: &str) -> bool {
        let line = line.trim_start_matches(|c: char| !c.is_alphanumeric());
        self.defacements.iter().any(|start| starts_with(line, start) && stands_alone(line, 0, start.len()))
    }
}
