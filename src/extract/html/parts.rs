//! The things on a web page that are not text: pictures, embedded documents, forms and their fields.

use scraper::node::Element;

use super::elements::attr;
use super::{MAX_BLOCKS, Reader};
use crate::model::{Block, BlockRole, Field, Form, Frame, Picture, digest, is_web};
use crate::thai;

/// Bounds on what one page may hold.
const MAX_FORMS: usize = 100;
const MAX_FIELDS: usize = 1_000;

impl Reader {
    pub(super) fn picture(&mut self, element: &Element, path: u64) {
        let tiny = |side| attr(element, side).and_then(|v| v.parse::<u32>().ok()).is_some_and(|v| v < 40);
        let alt = attr(element, "alt").unwrap_or_default();
        if let Some(anchor) = &mut self.anchor {
            anchor.text.push(' ');
            anchor.text.push_str(alt);
        }
        let sources =
            ["src", "data-src", "data-lazy-src", "data-lazy", "data-original", "srcset", "href", "xlink:href"];
        let source = sources.iter().find_map(|source| attr(element, source)).unwrap_or_default();
        if source.is_empty() || tiny("width") || tiny("height") || self.top().chrome {
            return;
        }
        // The first of a set of sizes stands first, with its size after it.
        let url = source.split_ascii_whitespace().next().and_then(|source| self.resolve(source)).filter(is_web);
        self.document.pictures.push(Picture { url, digest: digest(0, source) });
        let alt = thai::normalize(alt);
        if self.anchor.is_none() && !alt.is_empty() && self.document.blocks.len() < MAX_BLOCKS {
            self.document.blocks.push(Block { path, ..Block::new(alt, BlockRole::Alt) });
        }
    }

    pub(super) fn frame(&mut self, element: &Element, chrome: bool) {
        let source = ["src", "data-src", "data"].iter().find_map(|source| attr(element, source)).unwrap_or_default();
        if let Some(url) = self.resolve(source)
            && is_web(&url)
            && self.document.frames.len() < MAX_FORMS
        {
            self.document.frames.push(Frame { url, chrome });
        }
    }

    pub(super) fn open_form(&mut self, element: &Element, chrome: bool) {
        if self.document.forms.len() >= MAX_FORMS {
            return;
        }
        let action = attr(element, "action").map_or_else(|| Some(self.base.clone()), |action| self.resolve(action));
        let post = attr(element, "method").is_some_and(|method| method.eq_ignore_ascii_case("post"));
        self.document.forms.push(Form { action, post, fields: Vec::new(), chrome });
        self.form = Some(self.document.forms.len() - 1);
    }

    /// Adds a field to the open form. Pages built by scripts have fields without a form: they make one of their own.
    pub(super) fn field(&mut self, element: &Element) {
        let chrome = self.top().chrome;
        let at = self.form.or_else(|| {
            let loose = self.document.forms.iter().position(|form| form.action.is_none() && !form.post);
            loose.or_else(|| {
                (self.document.forms.len() < MAX_FORMS).then(|| {
                    self.document.forms.push(Form { action: None, post: false, fields: Vec::new(), chrome });
                    self.document.forms.len() - 1
                })
            })
        });
        let Some(form) = at.and_then(|at| self.document.forms.get_mut(at)) else { return };
        if form.fields.len() >= MAX_FIELDS {
            return;
        }
        let kind = match element.name() {
            "input" => attr(element, "type").unwrap_or("text").to_ascii_lowercase(),
            "button" => "button".to_owned(),
            other => other.to_owned(),
        };
        let value = (kind == "hidden").then(|| attr(element, "value").unwrap_or_default().to_owned());
        form.fields.push(Field { name: attr(element, "name").unwrap_or_default().to_owned(), kind, value });
    }
}
