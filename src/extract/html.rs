//! A web page's text in blocks, its links, forms and embedded documents.

mod depth;
mod elements;
mod parts;

use ego_tree::iter::Edge;
use scraper::node::Element;
use scraper::{Html, Node};
use url::Url;

use self::elements::{Kind, attr};
use crate::model::{Block, BlockRole, Document, Frame, MediaKind, PageLink, Readability, is_web};
use crate::thai;

/// Bounds on what one page may hold.
const MAX_BLOCKS: usize = 50_000;
/// Characters of a title; honest ones have a hundred.
const TITLE: usize = 1000;
const MAX_LINKS: usize = 10_000;

/// Bytes that are kept of what is hidden.
const MAX_HIDDEN: usize = 16 * 1024;

/// Bytes that are kept of what stands around a link, and characters of what a page says of itself.
const MAX_AROUND: usize = 600;

/// A page with less text than this, no links and scripts is a shell that a browser must fill.
const SHELL_TEXT: usize = 60;

/// A block is the text of links where at least this share of it, in percent, is.
const ANCHOR_SHARE: usize = 60;

/// Reads a page that has been decoded.
pub(super) fn read(html: &str, url: &Url) -> Document {
    let shallow = depth::shallow_part(html);
    let page = Html::parse_document(shallow);
    let mut reader = Reader::new(url);
    for edge in page.tree.root().traverse() {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Text(text) => reader.text(text),
                Node::Element(element) => reader.open(element),
                _ => {}
            },
            Edge::Close(node) => {
                if let Node::Element(element) = node.value() {
                    reader.close(element);
                }
            }
        }
    }
    reader.finish(shallow.len() < html.len())
}

/// An element that is open; all but its own kind include what its ancestors are.
#[derive(Clone, Copy, Default)]
struct Open {
    kind: Kind,
    path: u64,
    chrome: bool,
    heading: bool,
    skipped: bool,
}

/// A link that is open.
struct Anchor {
    url: Option<Url>,
    text: String,
    title: Option<String>,
}

struct Reader {
    base: Url,
    document: Document,
    stack: Vec<Open>,
    text: String,
    anchored: usize,
    anchor: Option<Anchor>,
    form: Option<usize>,
    title: Option<String>,
    scripts: usize,
    /// The place in the stack of the outermost open element that hides itself.
    hidden_at: Option<usize>,
    /// Bytes of hidden text that may still be kept.
    hidden_room: usize,
    /// An element that hides itself was opened, and none of its text was seen yet.
    hides_anew: bool,
    /// Open rows, list entries and paragraphs: how many links and blocks there were before each.
    rows: Vec<(usize, usize)>,
}

impl Reader {
    fn new(url: &Url) -> Self {
        Self {
            base: url.clone(),
            document: Document { readability: Readability::Full, ..Document::unread(MediaKind::Html) },
            stack: Vec::new(),
            text: String::new(),
            anchored: 0,
            anchor: None,
            form: None,
            title: None,
            scripts: 0,
            hidden_at: None,
            hidden_room: MAX_HIDDEN,
            hides_anew: false,
            rows: Vec::new(),
        }
    }

    fn top(&self) -> Open {
        self.stack.last().copied().unwrap_or_default()
    }

    fn text(&mut self, text: &str) {
        if let Some(title) = &mut self.title {
            title.push_str(text);
        } else if !self.top().skipped {
            if self.hidden_at.is_some() {
                self.hide(text);
            }
            self.text.push_str(text);
            if let Some(anchor) = &mut self.anchor {
                anchor.text.push_str(text);
                // An anchor that leads nowhere, such as `<a name=top>`, is no link, and its text is the page's.
                self.anchored += if anchor.url.is_some() { text.trim().len() } else { 0 };
            }
        }
    }

    fn open(&mut self, element: &Element) {
        let name = element.name();
        let parent = self.top();
        let kind = elements::kind(name);
        if kind.block {
            self.flush();
        }
        if kind.row {
            self.rows.push((self.document.links.len(), self.document.blocks.len()));
        }
        if self.hidden_at.is_none() && elements::hides_itself(element) {
            (self.hidden_at, self.hides_anew) = (Some(self.stack.len()), true);
        }
        let skipped = parent.skipped || kind.skipped;
        let chrome = parent.chrome || kind.chrome || elements::is_landmark(element);
        let path = elements::path(parent.path, name, attr(element, "id"));
        self.stack.push(Open { kind, path, chrome, heading: parent.heading || kind.heading, skipped });
        self.document.needs_script |= elements::is_mount(element);
        match name {
            "script" => self.scripts += 1,
            "base" => {
                if let Some(base) = attr(element, "href").and_then(|href| self.base.join(href).ok()) {
                    self.base = base;
                }
            }
            "title" if !skipped && self.document.title.is_none() => self.title = Some(String::new()),
            "br" | "hr" => self.flush(),
            "a" | "area" if !parent.skipped => self.open_anchor(element),
            "img" | "amp-img" | "image" | "source" if !parent.skipped || name == "image" => self.picture(element, path),
            "meta" => self.meta(element),
            "iframe" | "frame" | "embed" | "object" if !parent.skipped => self.frame(element, chrome),
            "form" if !skipped => self.open_form(element, chrome),
            "input" | "textarea" | "select" | "button" if !parent.skipped => self.field(element),
            _ => {}
        }
    }

    fn close(&mut self, element: &Element) {
        let kind = self.top().kind;
        if kind.block {
            self.flush();
        }
        if kind.row {
            self.close_row();
        }
        match element.name() {
            "title" => self.close_title(),
            "a" | "area" => self.close_anchor(),
            "form" => self.form = None,
            _ => {}
        }
        self.stack.pop();
        self.hidden_at = self.hidden_at.filter(|at| *at < self.stack.len());
    }

    /// Ends the block of text that has come together.
    fn flush(&mut self) {
        if self.text.is_empty() {
            return;
        }
        let text = thai::normalize(&self.text);
        let role = if self.top().heading {
            BlockRole::Heading
        } else if self.anchored > 0 && self.anchored * 100 >= self.text.trim().len() * ANCHOR_SHARE {
            BlockRole::Anchor
        } else if self.top().kind.cell {
            BlockRole::Cell
        } else {
            BlockRole::Text
        };
        self.text.clear();
        self.anchored = 0;
        for part in elements::parts(&text) {
            self.push_block(part.to_owned(), role);
        }
    }

    fn push_block(&mut self, text: String, role: BlockRole) {
        if text.is_empty() {
            return;
        }
        if self.document.blocks.len() >= MAX_BLOCKS {
            self.document.readability = Readability::Partial;
            return;
        }
        let top = self.top();
        self.document.blocks.push(Block { path: top.path, chrome: top.chrome, ..Block::new(text, role) });
    }

    fn close_title(&mut self) {
        if let Some(title) = self.title.take() {
            let title: String = thai::normalize(&title).chars().take(TITLE).collect();
            self.push_block(title.clone(), BlockRole::Title);
            self.document.title = (!title.is_empty()).then_some(title);
        }
    }

    fn open_anchor(&mut self, element: &Element) {
        let url = attr(element, "href").and_then(|href| self.resolve(href));
        let title = attr(element, "title").or_else(|| attr(element, "alt")).map(str::to_owned);
        self.anchor = Some(Anchor { url, text: String::new(), title });
    }

    fn close_anchor(&mut self) {
        let Some(Anchor { url: Some(url), text, title }) = self.anchor.take() else { return };
        if self.document.links.len() >= MAX_LINKS {
            self.document.readability = Readability::Partial;
            return;
        }
        let mut text = thai::normalize(&text);
        if text.is_empty() {
            text = thai::normalize(&title.unwrap_or_default());
        }
        let top = self.top();
        let around = String::new();
        self.document.links.push(PageLink { url, text, around, path: top.path, chrome: top.chrome });
    }

    /// Tells the links of a row what stands around them.
    fn close_row(&mut self) {
        let Some((links, blocks)) = self.rows.pop() else { return };
        if self.document.links.len() == links {
            return;
        }
        let mut around = String::new();
        for block in self.document.blocks.get(blocks..).unwrap_or_default() {
            if around.len() + block.text.len() > MAX_AROUND {
                break;
            }
            around.push_str(&block.text);
            around.push(' ');
        }
        for link in self.document.links.get_mut(links..).unwrap_or_default() {
            if link.around.is_empty() && around.trim() != link.text {
                around.trim().clone_into(&mut link.around);
            }
        }
    }

    /// Keeps what an element that hides itself says.
    fn hide(&mut self, text: &str) {
        for word in text.split_whitespace() {
            let Some(room) = self.hidden_room.checked_sub(word.len() + 1) else { break };
            self.hidden_room = room;
            if std::mem::take(&mut self.hides_anew) {
                self.document.hidden.push(String::new());
            }
            let Some(hidden) = self.document.hidden.last_mut() else { break };
            hidden.push_str(word);
            hidden.push(' ');
        }
    }

    fn meta(&mut self, element: &Element) {
        if attr(element, "name").is_some_and(|name| name.eq_ignore_ascii_case("description")) {
            let description: String = attr(element, "content").unwrap_or_default().chars().take(MAX_AROUND).collect();
            let description = thai::normalize(&description);
            self.document.description = (!description.is_empty()).then_some(description);
        }
        self.refresh(element);
    }

    /// A page that sends its visitor on is as good as one that embeds where it sends to.
    fn refresh(&mut self, element: &Element) {
        let is_refresh = attr(element, "http-equiv").is_some_and(|header| header.eq_ignore_ascii_case("refresh"));
        let target = attr(element, "content").and_then(|content| content.split_once(['=']));
        if let Some((_, target)) = target.filter(|_| is_refresh)
            && let Some(url) = self.resolve(target.trim().trim_matches(['\'', '"']))
            && url != self.base
        {
            self.document.frames.push(Frame { url, chrome: false });
        }
    }

    /// An absolute URL without fragment; `None` for a link that leads nowhere else.
    fn resolve(&self, href: &str) -> Option<Url> {
        let href = elements::script_target(href.trim()).unwrap_or(href.trim());
        if href.is_empty() || href.starts_with('#') {
            return None;
        }
        let mut url = self.base.join(href).ok()?;
        if !is_web(&url) && !matches!(url.scheme(), "mailto" | "tel" | "ftp") {
            return None;
        }
        url.set_fragment(None);
        Some(url)
    }

    fn finish(mut self, cut: bool) -> Document {
        self.flush();
        let text: usize =
            self.document.blocks.iter().filter(|b| b.role != BlockRole::Title).map(|b| b.text.len()).sum();
        self.document.needs_script &= self.scripts > 0;
        self.document.hidden =
            self.document.hidden.iter().map(|text| thai::normalize(text)).filter(|text| !text.is_empty()).collect();
        if text < SHELL_TEXT && self.scripts > 0 && self.document.links.is_empty() && self.document.frames.is_empty() {
            self.document.needs_script = true;
            self.document.readability = Readability::None;
        } else if cut {
            self.document.readability = Readability::Partial;
        }
        self.document
    }
}

#[cfg(test)]
mod tests;
