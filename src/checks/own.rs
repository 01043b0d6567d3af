//! What is a page's own, as against its site's template: the text, links and forms that may be evidence.

use super::template::{self, Template};
use crate::model::{BlockRole, Document, Form, Frame, PageLink};
use crate::thai::{self, Folded, Phrase, YearMention};

/// A text, its folded form for finding phrases, and the years in it.
#[derive(Debug)]
pub struct Searchable {
    /// The text, a line a block.
    pub text: String,
    /// The same, folded.
    pub folded: Folded,
    /// The years that it mentions, cited ones included.
    pub years: Vec<YearMention>,
}

impl Searchable {
    /// Prepares a text for searching.
    pub fn new(text: String) -> Self {
        Self { folded: Folded::new(&text), years: thai::years(&text), text }
    }

    /// The first of several phrases that occurs, quoted with its surroundings.
    pub fn quote(&self, phrases: &[Phrase]) -> Option<String> {
        self.folded.find_any(phrases).map(|(_, at)| thai::snippet(&self.text, at, 40))
    }
}

/// A page's own content.
#[derive(Debug)]
pub struct Own {
    /// The document's title, unless the whole site has the same.
    pub title: Searchable,
    /// Headings, running text, cells and pictures' alternative texts.
    pub text: Searchable,
    /// The texts of links.
    pub anchors: Searchable,
    /// Its links, by their place in [`Document::links`].
    pub links: Vec<usize>,
    /// Its forms, by their place in [`Document::forms`].
    pub forms: Vec<usize>,
    /// Documents embedded in it, by their place in [`Document::frames`].
    pub frames: Vec<usize>,
    /// How many pictures it has.
    pub pictures: usize,
}

impl Own {
    /// What is left of a document without its site's template.
    pub fn of(document: &Document, template: &Template) -> Self {
        let mut taker = template.taker();
        let mut own = |chrome: bool, key: u64| {
            let of_template = taker.takes(key);
            !chrome && !of_template
        };
        let mut texts = [String::new(), String::new(), String::new()];
        for block in document.blocks.iter().filter(|block| own(block.chrome, template::block_key(block))) {
            let into = match block.role {
                BlockRole::Title => &mut texts[0],
                BlockRole::Heading | BlockRole::Text | BlockRole::Alt => &mut texts[1],
                BlockRole::Anchor => &mut texts[2],
            };
            if !into.is_empty() {
                into.push('\n');
            }
            into.push_str(&block.text);
        }
        let links = positions(&document.links, |link: &PageLink| own(link.chrome, template::link_key(link)));
        let forms = positions(&document.forms, |form: &Form| own(form.chrome, template::form_key(form)));
        let frames = positions(&document.frames, |frame: &Frame| own(frame.chrome, template::frame_key(frame)));
        let pictures = document.pictures.iter().filter(|key| own(false, template::picture_key(**key))).count();
        let [title, text, anchors] = texts.map(Searchable::new);
        Self { title, text, anchors, links, forms, frames, pictures }
    }

    /// The first of several phrases in its title, text or, if wanted, link texts, quoted.
    pub fn quote(&self, phrases: &[Phrase], anchors: bool) -> Option<String> {
        let parts = [Some(&self.text), Some(&self.title), anchors.then_some(&self.anchors)];
        parts.into_iter().flatten().find_map(|part| part.quote(phrases))
    }
}

fn positions<T>(all: &[T], mut keep: impl FnMut(&T) -> bool) -> Vec<usize> {
    all.iter().enumerate().filter(|(_, one)| keep(one)).map(|(at, _)| at).collect()
}
