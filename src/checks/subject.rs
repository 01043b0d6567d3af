//! What checks look at.

use url::Url;

use super::{ItemNames, Nature, Page};
use crate::model::{Click, FiscalYear, ItemId, Link, Observation, Outcome, Site, Way};

/// Whether the main website links to a URL that is elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Referral {
    /// A page of the main website links to it.
    From {
        /// That page.
        page: Url,
        /// The clicks from the home page to the link's end; `None` where no way to the page was found.
        clicks: Option<Vec<Click>>,
    },
    /// No page of the main website does; all were searched.
    Nowhere,
    /// None that was read does; not all were.
    NotSeen,
}

/// What is the same for every check of a run.
#[derive(Clone, Copy)]
pub struct World<'a> {
    /// The assessed year.
    pub year: FiscalYear,
    /// The main website.
    pub site: &'a Site,
    /// No server answered at all, so failures say nothing about hosts.
    pub offline: bool,
    /// Whether all is known of a URL: it was read, or it certainly does not open.
    pub known: &'a dyn Fn(&Url) -> bool,
    /// What the year's items are called, to tell a page about one from a page about another.
    pub names: &'a ItemNames,
    /// The item that is judged.
    pub item: &'a ItemId,
    /// Whether the main website links to a URL.
    pub referral: &'a dyn Fn(&Url) -> Referral,
    /// The way from the home page to a submitted URL.
    pub way: &'a dyn Fn(&Url) -> Way,
}

/// A submitted link.
#[derive(Clone, Copy)]
pub struct LinkSubject<'a> {
    /// The link.
    pub link: &'a Link,
    /// What was seen there; `None` where it was not to be opened.
    pub seen: Option<&'a Observation>,
    /// What the page that opened was recognised as, if it is not the agency's content.
    pub nature: Option<&'a Nature>,
    /// The run.
    pub world: &'a World<'a>,
}

/// An item beside the others.
#[derive(Clone, Copy)]
pub struct ItemSubject<'a> {
    /// The pages of its submitted links.
    pub submitted: &'a [&'a Page<'a>],
    /// The pages that decided its content.
    pub deciding: &'a [&'a Page<'a>],
    /// Whether a home page was submitted, or is what the submitted link ends at.
    pub from_home: bool,
    /// Whether the submitted pages are about the item at all.
    pub submitted_on_topic: bool,
    /// Outcomes of the items judged before, and whether a pass is the likelier side; `None` where the item is not judged in
    /// this run.
    pub outcome_of: &'a dyn Fn(&ItemId) -> Option<(Outcome, bool)>,
    /// The pages of another item's submitted links.
    pub pages_of: &'a dyn Fn(&ItemId) -> Vec<&'a Page<'a>>,
}
