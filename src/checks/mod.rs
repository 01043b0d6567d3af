//! Floor 2: the kinds of check, one file each. A check takes its parameters from the catalogue and is a pure function of
//! what was gathered; nothing here knows a particular item.
//!
//! There are three scopes. A [`LinkCheck`] looks at one submitted link, a [`PageCheck`] at pages that opened (the
//! submitted ones and what was followed from them), an [`ItemCheck`] at an item beside the others.

mod click_path;
mod criteria;
mod depends_on;
mod elements;
mod evidence;
mod figures;
mod item_names;
mod lead;
mod main_domain;
mod months;
mod nature;
mod online_service;
mod opens;
mod outline;
mod own;
mod page;
#[cfg(test)]
mod page_tests;
mod patterns;
mod period;
mod readable;
mod rule;
mod same_channel;
mod sections;
mod social_network;
mod subject;
mod target;
mod template;
mod topic;
mod unopened;
mod wrong_target;
mod year;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::Finding;

pub use click_path::ClickPath;
pub use depends_on::DependsOn;
pub use elements::{Element, Elements};
pub use evidence::{Claim, Sighting, evidence, in_name};
pub use item_names::ItemNames;
pub use lead::{is_document, is_file};
pub use main_domain::MainDomain;
pub use months::{Months, Shown};
pub use nature::{Nature, Scene, impossible, is_worthwhile, origin};
pub use online_service::{OnlineService, ServiceReason};
pub use opens::{Opens, fault, unasked};
pub use outline::Outline;
pub use own::{Own, Searchable};
pub use page::Page;
pub use patterns::Pattern;
pub use period::with_period;
pub use readable::Readable;
pub use rule::{IfNot, RuleStatus};
pub use same_channel::SameChannel;
pub use social_network::SocialNetwork;
pub use subject::{ItemSubject, LinkSubject, Referral, World};
pub use target::{Instead, instead, is_book, is_viewer};
pub use template::Templates;
pub use topic::Topic;
pub use wrong_target::WrongTarget;
pub use year::{Period, Year};

/// A check as the catalogue composes it: a kind and its parameters.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CheckSpec {
    /// The link opens.
    Opens(Opens),
    /// The link is on the main website, or linked from it.
    MainDomain(MainDomain),
    /// The page is reached from the home page in a few clicks.
    ClickPath(ClickPath),
    /// The link is a page of the website that leads to its social network.
    SocialNetwork(SocialNetwork),
    /// The page has content that can be read.
    Readable(Readable),
    /// The page is about the item.
    Topic(Topic),
    /// The content is of the year that the item needs.
    Year(Year),
    /// The required elements are shown.
    Elements(Elements),
    /// The first months of the year are all there.
    Months(Months),
    /// A citizen can use it online.
    OnlineService(OnlineService),
    /// It is not another item's channel.
    SameChannel(SameChannel),
    /// The item that it builds on is met.
    DependsOn(DependsOn),
    /// The submitted link is the page itself, not one on the way to it.
    WrongTarget(WrongTarget),
}

/// A check in its scope.
#[derive(Clone, Copy)]
pub enum Scope<'a> {
    /// Of one submitted link.
    Link(&'a dyn LinkCheck),
    /// Of pages.
    Page(&'a dyn PageCheck),
    /// Of an item beside others.
    Item(&'a dyn ItemCheck),
}

impl CheckSpec {
    /// Whether it looks at what a link shows, not only at whether it opens.
    pub fn reads(&self) -> bool {
        !matches!(self, Self::Opens(_) | Self::DependsOn(_))
    }

    /// The check in its scope.
    pub fn scope(&self) -> Scope<'_> {
        match self {
            Self::Opens(check) => Scope::Link(check),
            Self::MainDomain(check) => Scope::Link(check),
            Self::ClickPath(check) => Scope::Link(check),
            Self::SocialNetwork(check) => Scope::Link(check),
            Self::Readable(check) => Scope::Page(check),
            Self::Topic(check) => Scope::Page(check),
            Self::Year(check) => Scope::Page(check),
            Self::Elements(check) => Scope::Page(check),
            Self::Months(check) => Scope::Page(check),
            Self::OnlineService(check) => Scope::Page(check),
            Self::SameChannel(check) => Scope::Item(check),
            Self::DependsOn(check) => Scope::Item(check),
            Self::WrongTarget(check) => Scope::Item(check),
        }
    }
}

/// A check of one submitted link.
pub trait LinkCheck {
    /// What the address alone decides, so that nothing need be opened.
    fn settled(&self, _subject: &LinkSubject<'_>) -> Option<Finding> {
        None
    }

    /// What the address and what came of opening it decide.
    fn run(&self, subject: &LinkSubject<'_>) -> Finding;
}

/// A check of pages that are judged together.
pub trait PageCheck {
    /// Whether pages are chosen by this check: one that does not meet it does not belong to the item.
    fn selects(&self) -> bool {
        false
    }

    /// Whether the checks after this one have nothing to look at unless it is met.
    fn gates(&self) -> bool {
        false
    }

    /// Whether this check decides about pages that cannot be read all the same.
    fn sees_through(&self, _pages: &[&Page<'_>]) -> bool {
        false
    }

    /// What the pages show together. There is at least one.
    fn run(&self, pages: &[&Page<'_>], world: &World<'_>) -> Finding;
}

/// A check of an item beside others.
pub trait ItemCheck {
    /// What the item and those that it is compared with show.
    fn run(&self, subject: &ItemSubject<'_>) -> Finding;
}
