//! `OpenDocument`: texts, sheets and presentations, as packages or as one flat file. Sheets hold what their cells show,
//! so that a date of the Thai calendar is read as it is displayed.

use std::collections::BTreeSet;
use std::io::BufRead;

use super::docx_parts::Styles;
use super::output::Output;
use super::package::Package;
use super::properties;
use super::xml::{Node, Tag, Xml};
use crate::extract::charset;
use crate::model::{BlockRole, Document, MediaKind};

/// Styles that hide text which are kept.
const MAX_HIDING: usize = 1000;

/// Reads a package; returns the number of its slides or sheets.
pub(super) fn read(package: &Package<'_>, out: &mut Output) -> Option<u32> {
    let mut styles = OdfStyles::default();
    let mut pages = 0;
    // Styles stand in both parts, and those of a document's own are based on those of the other.
    for (name, is_body) in [("styles.xml", false), ("content.xml", true)] {
        let Some(mut xml) = package.xml(name) else {
            out.damaged |= is_body;
            continue;
        };
        let mut story = Story::new(out, &mut styles, is_body);
        story.read(&mut xml);
        if is_body {
            pages = out.page;
        }
        package.check(&xml);
    }
    out.page = 0;
    Some(pages).filter(|pages| *pages > 0)
}

/// Reads a document that is one file of XML.
pub(super) fn read_flat(bytes: &[u8], kind: MediaKind) -> Document {
    let text = charset::decode(bytes, None, false);
    let mut out = Output::new();
    let mut xml = Xml::new(text.as_bytes());
    let mut styles = OdfStyles::default();
    Story::new(&mut out, &mut styles, true).read(&mut xml);
    out.damaged |= xml.broken;
    let pages = out.page;
    let properties = properties::read(&mut Xml::new(text.as_bytes()));
    let mut document = out.finish(kind);
    document.pages = Some(pages).filter(|pages| *pages > 0);
    document.title = properties.title;
    document.created = properties.created;
    document.modified = properties.modified;
    document
}

/// Whether the parts cannot be read without a password.
pub(super) fn is_encrypted(package: &Package<'_>) -> bool {
    let Some(mut xml) = package.xml("META-INF/manifest.xml") else {
        return false;
    };
    while let Some(node) = xml.next() {
        if matches!(&node, Node::Start(tag) if tag.name() == "encryption-data") {
            return true;
        }
    }
    false
}

#[derive(Default)]
struct OdfStyles {
    roles: Styles,
    /// Styles whose text is not shown.
    hiding: BTreeSet<String>,
    /// The style being defined.
    open: Option<String>,
}

impl OdfStyles {
    fn define(&mut self, tag: &Tag<'_>) {
        self.open = tag.attr("name");
        if let Some(id) = &self.open {
            let outlined = tag.attr("default-outline-level").is_some_and(|level| !level.is_empty());
            self.roles.insert(id, &id.replace("_20_", " "), tag.attr("parent-style-name"), outlined);
        }
    }

    fn property(&mut self, tag: &Tag<'_>) {
        if tag.attr_exact("text:display").is_some_and(|display| display == "none")
            && self.hiding.len() < MAX_HIDING
            && let Some(id) = &self.open
        {
            self.hiding.insert(id.clone());
        }
    }
}

struct Paragraph {
    text: String,
    role: BlockRole,
}

/// What a frame of a slide is for.
#[derive(Clone, Copy, PartialEq)]
enum Frame {
    Plain,
    Title,
    Chrome,
}

struct Story<'a> {
    out: &'a mut Output,
    styles: &'a mut OdfStyles,
    /// The body is read, not what styles say of headers and footers.
    is_body: bool,
    /// Between the start and the end of `office:spreadsheet`.
    in_sheets: bool,
    paragraphs: Vec<Paragraph>,
    rows: Vec<Vec<String>>,
    frames: Vec<Frame>,
    links: Vec<(String, usize)>,
    /// Open headers and footers of a page's style.
    margins: usize,
}

impl<'a> Story<'a> {
    fn new(out: &'a mut Output, styles: &'a mut OdfStyles, is_body: bool) -> Self {
        Self {
            out,
            styles,
            is_body,
            in_sheets: false,
            paragraphs: Vec::new(),
            rows: Vec::new(),
            frames: Vec::new(),
            links: Vec::new(),
            margins: 0,
        }
    }

    fn read<R: BufRead>(&mut self, xml: &mut Xml<R>) {
        while !self.out.is_full() {
            let skipped = match xml.next() {
                Some(Node::Start(tag)) => self.start(&tag),
                Some(Node::End(name)) => {
                    self.end(name);
                    false
                }
                Some(Node::Text(text)) => {
                    if let Some(paragraph) = self.paragraphs.last_mut() {
                        paragraph.text.push_str(text);
                    }
                    false
                }
                None => break,
            };
            if skipped {
                xml.skip();
            }
        }
        while !self.paragraphs.is_empty() {
            self.end_paragraph();
        }
        while let Some(row) = self.rows.pop() {
            self.out.row(&row);
        }
        self.out.chrome = false;
    }

    /// Returns whether the element is to be passed over.
    fn start(&mut self, tag: &Tag<'_>) -> bool {
        match tag.name() {
            "p" | "h" => {
                if !self.is_body && self.margins == 0 {
                    return true;
                }
                let style = tag.attr("style-name").unwrap_or_default();
                if self.styles.hiding.contains(&style) {
                    return true;
                }
                let framed = self.frames.last().is_some_and(|frame| *frame == Frame::Title);
                let role = match self.styles.roles.role(&style) {
                    Some(role) => role,
                    None if framed || tag.name() == "h" => BlockRole::Heading,
                    None => BlockRole::Text,
                };
                self.paragraphs.push(Paragraph { text: String::new(), role });
            }
            "span" => return tag.attr("style-name").is_some_and(|style| self.styles.hiding.contains(&style)),
            "s" | "tab" | "line-break" => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.text.push(' ');
                }
            }
            "a" => {
                let start = self.paragraphs.last().map_or(0, |paragraph| paragraph.text.len());
                self.links.push((tag.attr("href").unwrap_or_default(), start));
            }
            "spreadsheet" => self.in_sheets = true,
            "table" => {
                if self.in_sheets && self.rows.is_empty() {
                    self.out.page += 1;
                    self.out.block(BlockRole::Heading, &tag.attr("name").unwrap_or_default());
                } else if let Some(row) = self.rows.last_mut() {
                    let row = std::mem::take(row);
                    self.out.row(&row);
                }
            }
            "table-row" => self.rows.push(Vec::new()),
            "page" if self.is_body => self.out.page += 1,
            "frame" | "custom-shape" => {
                let class = tag.attr_exact("presentation:class").unwrap_or_default();
                self.frames.push(match class.as_str() {
                    "title" => Frame::Title,
                    "header" | "footer" | "date-time" => Frame::Chrome,
                    "page-number" | "page" => return true,
                    _ => Frame::Plain,
                });
            }
            "header" | "footer" | "header-left" | "footer-left" | "header-first" | "footer-first" if !self.is_body => {
                self.margins += 1;
            }
            "style" => self.styles.define(tag),
            "text-properties" => self.styles.property(tag),
            // Of a presentation, what stands on every slide; deleted text; marks, numbers and dates that are filled in;
            // what is hidden; what is no text.
            "master-page" if self.in_sheets => return true,
            "tracked-changes" | "note-citation" | "page-number" | "page-count" | "sheet-name" | "hidden-text"
            | "hidden-paragraph" | "ruby-text" | "binary-data" | "forms" | "sequence-decls" | "scripts" | "meta"
            | "font-face-decls" | "settings" => return true,
            "date" | "time" => return tag.attr("fixed").is_none_or(|fixed| fixed != "true"),
            _ => {}
        }
        false
    }

    fn end(&mut self, name: &str) {
        match name {
            "p" | "h" => self.end_paragraph(),
            "a" => {
                if let Some((address, start)) = self.links.pop() {
                    let text = self.paragraphs.last().and_then(|paragraph| paragraph.text.get(start..));
                    self.out.link(&address, text.unwrap_or_default());
                }
            }
            "table-row" => {
                if let Some(row) = self.rows.pop() {
                    self.out.row(&row);
                }
            }
            "frame" | "custom-shape" => {
                self.frames.pop();
            }
            "header" | "footer" | "header-left" | "footer-left" | "header-first" | "footer-first" if !self.is_body => {
                self.margins = self.margins.saturating_sub(1);
            }
            "spreadsheet" => self.in_sheets = false,
            "style" => self.styles.open = None,
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        let Some(paragraph) = self.paragraphs.pop() else {
            return;
        };
        if paragraph.text.trim().is_empty() {
            return;
        }
        match (self.rows.last_mut(), paragraph.role) {
            (Some(row), BlockRole::Text) => row.push(paragraph.text),
            (_, role) => {
                self.out.chrome = self.margins > 0 || self.frames.last().is_some_and(|frame| *frame == Frame::Chrome);
                self.out.block(role, &paragraph.text);
                self.out.chrome = false;
            }
        }
    }
}
