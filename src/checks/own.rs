//! What is a page's own, as against its site's template: the text, links and forms that may be evidence.

use std::sync::OnceLock;

use super::evidence::{Sighting, evidence};
use super::template::Template;
use crate::model::{BlockRole, Document, Form, Frame, MediaKind, PageLink};
use crate::thai::{self, Closeness, Folded, Phrase, Role, YearMention};

/// A text, its folded form for finding phrases, and the years in it, which are sought when they are first asked for.
#[derive(Debug, Default)]
pub struct Searchable {
    /// The text in the normal form, a line a block.
    pub text: String,
    folded: OnceLock<Folded>,
    years: OnceLock<Vec<YearMention>>,
}

impl Searchable {
    /// A text in the normal form.
    pub fn new(text: String) -> Self {
        Self { text, ..Self::default() }
    }

    /// The text, folded.
    pub fn folded(&self) -> &Folded {
        self.folded.get_or_init(|| Folded::new(&self.text))
    }

    /// The years that it mentions, cited ones included.
    pub fn years(&self) -> &[YearMention] {
        self.years.get_or_init(|| thai::years(&self.text))
    }

    /// How closely any of several phrases occurs, if at least so closely.
    pub fn closest(&self, phrases: &[Phrase], least: Closeness) -> Option<Closeness> {
        if phrases.is_empty() { None } else { self.folded().closest(phrases, least) }
    }

    /// Whether any of several phrases occurs.
    pub fn has(&self, phrases: &[Phrase]) -> bool {
        !phrases.is_empty() && self.folded().contains_any(phrases)
    }
}

/// The mentions of years that a text is about, without those that it merely cites.
pub(super) fn about(years: &[YearMention]) -> impl Iterator<Item = &YearMention> {
    years.iter().filter(|mention| mention.role == Role::Content)
}

/// A page's own content.
#[derive(Debug)]
pub struct Own {
    /// The document's title, unless the whole site has the same.
    pub title: Searchable,
    /// Its first heading, which says what it is about and is not yet content.
    pub heading: Searchable,
    /// Further headings, running text, cells and pictures' alternative texts.
    pub text: Searchable,
    /// The texts of links.
    pub anchors: Searchable,
    /// Its links, by their place in [`Document::links`].
    pub links: Vec<usize>,
    /// Those of its links that lead to a document, which are sought when they are first asked for.
    pub(super) documents: OnceLock<Vec<usize>>,
    /// The heading above each of its links, by its place in [`Document::blocks`], which are sought when they are first asked for.
    pub(super) headings: OnceLock<Vec<Option<usize>>>,
    /// The years in it, if it is no web page, which are sought when they are first asked for.
    sightings: OnceLock<Vec<Sighting>>,
    /// Its forms, by their place in [`Document::forms`].
    pub forms: Vec<usize>,
    /// Documents embedded in it, by their place in [`Document::frames`].
    pub frames: Vec<usize>,
    /// Its pictures, by their place in [`Document::pictures`].
    pub pictures: Vec<usize>,
    /// Bytes of text in what calls itself navigation and is not the site's template.
    pub in_chrome: usize,
}

impl Own {
    /// What is left of a document, with the keys of what is on it, without its site's template.
    pub(super) fn of(document: &Document, keys: &[u64], template: &Template) -> Self {
        let mut taker = template.taker();
        let mut keys = keys.iter();
        // To be asked about each thing in the order of the keys.
        let mut own = |chrome: bool| {
            let of_template = keys.next().is_some_and(|key| taker.takes(*key));
            !chrome && !of_template
        };
        let mut texts = [String::new(), String::new(), String::new(), String::new()];
        let mut in_chrome = 0;
        for block in &document.blocks {
            if !own(false) {
                continue;
            }
            if block.chrome {
                in_chrome += block.text.len();
                continue;
            }
            let into = match block.role {
                // A web page's title stands in its tab, another document's on its first page.
                BlockRole::Title if document.kind == MediaKind::Html => &mut texts[0],
                BlockRole::Title | BlockRole::Heading if texts[1].is_empty() && texts[2].is_empty() => &mut texts[1],
                BlockRole::Title | BlockRole::Heading | BlockRole::Text | BlockRole::Cell | BlockRole::Alt => {
                    &mut texts[2]
                }
                BlockRole::Anchor => &mut texts[3],
            };
            if !into.is_empty() {
                into.push('\n');
            }
            into.push_str(&block.text);
        }
        let links = positions(&document.links, |link: &PageLink| own(link.chrome));
        let forms = positions(&document.forms, |form: &Form| own(form.chrome));
        let frames = positions(&document.frames, |frame: &Frame| own(frame.chrome));
        let pictures = positions(&document.pictures, |_| own(false));
        let [title, heading, text, anchors] = texts.map(Searchable::new);
        let documents = OnceLock::new();
        let headings = OnceLock::new();
        let sightings = OnceLock::new();
        Self {
            title,
            heading,
            text,
            anchors,
            links,
            documents,
            headings,
            sightings,
            forms,
            frames,
            pictures,
            in_chrome,
        }
    }

    /// The years that the document whose content this is names, with the whole of it in view.
    pub(super) fn sightings(&self, document: &Document) -> &[Sighting] {
        self.sightings.get_or_init(|| evidence(document))
    }

    /// Whether what says what the page is about, heading and text, has any of several phrases.
    pub fn names(&self, phrases: &[Phrase]) -> bool {
        self.heading.has(phrases) || self.text.has(phrases)
    }

    /// Whether its content, text and the texts of links but not what only names it, has any of several phrases.
    pub fn shows(&self, phrases: &[Phrase]) -> bool {
        self.text.has(phrases) || self.anchors.has(phrases)
    }

    /// How often its content has any of several phrases, up to so many times, outside longer ones that mean something else.
    pub(super) fn count_apart(&self, phrases: &[Phrase], unless: &[Phrase], most: usize) -> usize {
        let parts = [&self.text, &self.anchors];
        parts.into_iter().map(|part| part.folded().count_apart(phrases, unless, most)).sum()
    }
}

fn positions<T>(all: &[T], mut keep: impl FnMut(&T) -> bool) -> Vec<usize> {
    all.iter().enumerate().filter(|(_, one)| keep(one)).map(|(at, _)| at).collect()
}
