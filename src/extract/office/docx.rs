//! Word documents: the text of a document's parts in order, the runs of a paragraph joined.

use std::collections::BTreeMap;
use std::io::BufRead;

use super::docx_parts::{self, Styles};
use super::output::Output;
use super::package::{Package, Relation};
use super::properties;
use super::xml::{Node, Tag, Xml};
use crate::extract::charset;
use crate::model::{BlockRole, Document, MediaKind};

/// Bytes of a field's code that are kept.
const MAX_CODE: usize = 4096;

/// Reads a document: its body, what its body refers to, then its headers and footers.
pub(super) fn read(package: &Package<'_>, out: &mut Output) -> Option<u32> {
    let roots = package.relations("");
    let named = roots.into_values().find(|relation| relation.kind == "officeDocument").map(|relation| relation.target);
    let main = named.filter(|name| package.zip.find(name).is_some()).unwrap_or_else(|| "word/document.xml".to_owned());
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let styles = docx_parts::styles(package, &format!("{folder}/styles.xml"));
    if package.zip.find(&main).is_none() {
        out.damaged = true;
    }
    part(package, &main, &styles, out);
    // Text in pictures: organisation charts are drawn as SmartArt.
    for name in package.parts(&format!("{folder}/diagrams"), "data") {
        part(package, &name, &styles, out);
    }
    for name in package.parts(&format!("{folder}/charts"), "chart") {
        part(package, &name, &styles, out);
    }
    for name in ["footnotes", "endnotes", "comments"] {
        part(package, &format!("{folder}/{name}.xml"), &styles, out);
    }
    out.chrome = true;
    for name in package.parts(&folder, "header").into_iter().chain(package.parts(&folder, "footer")) {
        part(package, &name, &styles, out);
    }
    out.chrome = false;
    docx_parts::pages(package)
}

/// Reads a document that is one file of XML: Word 2003's own, or a package written flat.
pub(super) fn read_flat(bytes: &[u8]) -> Document {
    let text = charset::decode(bytes, None, false);
    let mut out = Output::new();
    let mut xml = Xml::new(text.as_bytes());
    story(&mut xml, &Styles::default(), &BTreeMap::new(), &mut out);
    out.damaged |= xml.broken;
    let properties = properties::read(&mut Xml::new(text.as_bytes()));
    let mut document = out.finish(MediaKind::Docx);
    document.title = properties.title;
    document.created = properties.created;
    document.modified = properties.modified;
    document
}

fn part(package: &Package<'_>, name: &str, styles: &Styles, out: &mut Output) {
    if let Some(mut xml) = package.xml(name) {
        story(&mut xml, styles, &package.relations(name), out);
        package.check(&xml);
    }
}

/// A paragraph being read.
#[derive(Default)]
struct Paragraph {
    text: String,
    role: Option<BlockRole>,
}

/// A field being read: its code is no text, its result is.
struct Field {
    code: String,
    in_result: bool,
    /// Where its result begins in the paragraph.
    start: usize,
}

/// What is open at a place of a story. Paragraphs, rows and runs stand in each other where a text box stands in a run.
struct Story<'a> {
    out: &'a mut Output,
    styles: &'a Styles,
    relations: &'a BTreeMap<String, Relation>,
    paragraphs: Vec<Paragraph>,
    rows: Vec<Vec<String>>,
    /// Of each run, whether it is hidden.
    runs: Vec<bool>,
    fields: Vec<Field>,
    /// Open hyperlinks: where they lead and where their text begins.
    links: Vec<(Option<String>, usize)>,
    in_properties: bool,
    in_text: bool,
    in_code: bool,
}

/// Reads one part's text, of `WordprocessingML` or `DrawingML`, which name paragraphs, runs and text alike.
pub(super) fn story<R: BufRead>(
    xml: &mut Xml<R>,
    styles: &Styles,
    relations: &BTreeMap<String, Relation>,
    out: &mut Output,
) {
    let mut story = Story {
        out,
        styles,
        relations,
        paragraphs: Vec::new(),
        rows: Vec::new(),
        runs: Vec::new(),
        fields: Vec::new(),
        links: Vec::new(),
        in_properties: false,
        in_text: false,
        in_code: false,
    };
    while !story.out.is_full() {
        let skipped = match xml.next() {
            Some(Node::Start(tag)) => story.start(&tag),
            Some(Node::End(name)) => {
                story.end(name);
                false
            }
            Some(Node::Text(text)) => {
                story.text(text);
                false
            }
            None => break,
        };
        if skipped {
            xml.skip();
        }
    }
    // What a broken part leaves open has been read all the same.
    while !story.paragraphs.is_empty() {
        story.end_paragraph();
    }
    while let Some(row) = story.rows.pop() {
        story.out.row(&row);
    }
}

impl Story<'_> {
    /// Returns whether the element is to be passed over.
    fn start(&mut self, tag: &Tag<'_>) -> bool {
        match tag.name() {
            "p" => self.paragraphs.push(Paragraph::default()),
            "r" => self.runs.push(false),
            "t" => self.in_text = true,
            "pPr" => self.in_properties = true,
            "pStyle" => {
                let role = tag.attr("val").and_then(|id| self.styles.role(&id));
                self.set_role(role);
            }
            "outlineLvl" if self.in_properties => {
                let level = tag.attr("val").and_then(|level| level.parse().ok());
                self.set_role(level.filter(|level: &u8| *level < 9).map(|_| BlockRole::Heading));
            }
            "vanish" if !self.in_properties && tag.is_on() => {
                if let Some(hidden) = self.runs.last_mut() {
                    *hidden = true;
                }
            }
            "tab" | "ptab" | "br" | "cr" if !self.in_properties => self.push(" "),
            "noBreakHyphen" => self.push("-"),
            "fldChar" => self.field(&tag.attr("fldCharType").unwrap_or_default()),
            "instrText" => self.in_code = true,
            "hyperlink" | "hlinkClick" => return self.hyperlink(tag),
            // WordArt of old: the text is an attribute.
            "textpath" => {
                if let Some(text) = tag.attr("string") {
                    self.out.block(BlockRole::Text, &text);
                }
            }
            "tbl" => {
                // What stands in the cell before a table in it comes before it.
                if let Some(row) = self.rows.last_mut() {
                    let row = std::mem::take(row);
                    self.out.row(&row);
                }
            }
            "tr" => self.rows.push(Vec::new()),
            // Deleted or moved away; said a second time for old programs; how it was before; numbers that Word fills in.
            "del" | "moveFrom" | "Fallback" | "pPrChange" | "rPrChange" | "tblPrChange" | "trPrChange"
            | "tcPrChange" | "sectPr" | "binData" | "rPh" => return true,
            "fld" => return is_filled_in(&tag.attr("type").unwrap_or_default()),
            _ => {}
        }
        false
    }

    fn end(&mut self, name: &str) {
        match name {
            "p" => self.end_paragraph(),
            "r" => {
                self.runs.pop();
            }
            "t" => self.in_text = false,
            "pPr" => self.in_properties = false,
            "instrText" => self.in_code = false,
            "hyperlink" => {
                if let Some((Some(address), start)) = self.links.pop() {
                    self.link(&address, start);
                }
            }
            "tr" => {
                if let Some(row) = self.rows.pop() {
                    self.out.row(&row);
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.in_text {
            self.push(text);
        } else if self.in_code
            && let Some(field) = self.fields.last_mut()
            && field.code.len() + text.len() <= MAX_CODE
        {
            field.code.push_str(text);
        }
    }

    fn push(&mut self, text: &str) {
        let hidden = self.runs.last().copied().unwrap_or(false);
        if !hidden
            && self.fields.iter().all(|field| field.in_result)
            && let Some(paragraph) = self.paragraphs.last_mut()
        {
            paragraph.text.push_str(text);
        }
    }

    fn set_role(&mut self, role: Option<BlockRole>) {
        if let (Some(paragraph), Some(role)) = (self.paragraphs.last_mut(), role)
            && paragraph.role != Some(BlockRole::Title)
        {
            paragraph.role = Some(role);
        }
    }

    fn field(&mut self, kind: &str) {
        let start = self.paragraphs.last().map_or(0, |paragraph| paragraph.text.len());
        match kind {
            "begin" => self.fields.push(Field { code: String::new(), in_result: false, start }),
            "separate" => {
                if let Some(field) = self.fields.last_mut() {
                    field.in_result = true;
                    field.start = start;
                }
            }
            _ => {
                if let Some(field) = self.fields.pop()
                    && let Some(address) = docx_parts::hyperlink(&field.code)
                {
                    self.link(address, field.start);
                }
            }
        }
    }

    fn hyperlink(&mut self, tag: &Tag<'_>) -> bool {
        let relation = tag.attr_exact("r:id").and_then(|id| self.relations.get(&id));
        let address = relation.filter(|relation| relation.external).map(|relation| relation.target.clone());
        let start = self.paragraphs.last().map_or(0, |paragraph| paragraph.text.len());
        if tag.name() == "hyperlink" {
            self.links.push((address, start));
        } else if let Some(address) = address {
            self.out.link(&address, "");
        }
        false
    }

    fn link(&mut self, address: &str, start: usize) {
        let text = self.paragraphs.last().and_then(|paragraph| paragraph.text.get(start..)).unwrap_or_default();
        self.out.link(address, text);
    }

    fn end_paragraph(&mut self) {
        let Some(paragraph) = self.paragraphs.pop() else {
            return;
        };
        if self.paragraphs.is_empty() {
            // A field's code does not go on in the next paragraph; one that is not ended must not swallow the rest.
            self.fields.retain(|field| field.in_result);
            self.fields.truncate(64);
            self.runs.clear();
        }
        if paragraph.text.trim().is_empty() {
            return;
        }
        match (self.rows.last_mut(), paragraph.role) {
            (Some(row), None) => row.push(paragraph.text),
            (Some(row), Some(role)) => {
                let row = std::mem::take(row);
                self.out.row(&row);
                self.out.block(role, &paragraph.text);
            }
            (None, role) => self.out.block(role.unwrap_or(BlockRole::Text), &paragraph.text),
        }
    }
}

/// Fields of `DrawingML` whose text is not the author's.
fn is_filled_in(kind: &str) -> bool {
    kind == "slidenum" || kind.starts_with("datetime")
}
