//! Presentations: slide by slide in their order, titles as headings, then what is told beside the slide.

use std::collections::BTreeMap;

use super::docx;
use super::docx_parts::Styles;
use super::output::Output;
use super::package::Package;
use super::xml::{Node, Tag, Xml};
use crate::model::BlockRole;

/// Slides of one presentation that are read.
const MAX_SLIDES: usize = 2000;

/// Reads a presentation; returns the number of its slides.
pub(super) fn read(package: &Package<'_>, out: &mut Output) -> Option<u32> {
    let slides = slides(package);
    if slides.is_empty() {
        out.damaged = true;
    }
    if slides.len() > MAX_SLIDES {
        out.cut = true;
    }
    for name in slides.iter().take(MAX_SLIDES) {
        out.page += 1;
        let Some(mut xml) = package.xml(name) else {
            out.damaged = true;
            continue;
        };
        slide(&mut xml, out);
        package.check(&xml);
        let mut beside = Vec::new();
        for relation in package.relations(name).into_values() {
            match relation.kind.as_str() {
                "hyperlink" if relation.external => out.link(&relation.target, ""),
                "diagramData" | "chart" | "notesSlide" => beside.push(relation),
                _ => {}
            }
        }
        // Notes come last.
        beside.sort_by_key(|relation| relation.kind == "notesSlide");
        for relation in beside {
            let Some(mut xml) = package.xml(&relation.target) else {
                continue;
            };
            if relation.kind == "notesSlide" {
                slide(&mut xml, out);
            } else {
                docx::story(&mut xml, &Styles::default(), &BTreeMap::new(), out);
            }
            package.check(&xml);
        }
    }
    out.page = 0;
    u32::try_from(slides.len()).ok().filter(|slides| *slides > 0)
}

/// The slides' parts in the order of the presentation; by their numbers where that is not known.
fn slides(package: &Package<'_>) -> Vec<String> {
    let main = "ppt/presentation.xml";
    let relations = package.relations(main);
    let mut slides = Vec::new();
    if let Some(mut xml) = package.xml(main) {
        while let Some(node) = xml.next() {
            if let Node::Start(tag) = node
                && tag.name() == "sldId"
                && let Some(relation) = tag.attr_exact("r:id").and_then(|id| relations.get(&id))
            {
                slides.push(relation.target.clone());
            }
        }
        package.check(&xml);
    }
    slides.retain(|name| package.zip.find(name).is_some());
    if slides.is_empty() { package.parts("ppt/slides", "slide") } else { slides }
}

/// What a shape is for.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Text,
    Title,
    /// Date, footer, number; a slide's picture in its notes.
    Chrome,
    Number,
}

/// Reads the text of one slide.
fn slide<R: std::io::BufRead>(xml: &mut Xml<R>, out: &mut Output) {
    let (mut place, mut paragraph, mut in_text) = (Place::Text, String::new(), false);
    let mut row: Option<Vec<String>> = None;
    while !out.is_full() {
        let skipped = match xml.next() {
            None => break,
            Some(Node::Start(tag)) => match tag.name() {
                "sp" => {
                    place = Place::Text;
                    false
                }
                "ph" => {
                    place = placeholder(&tag);
                    false
                }
                "p" => {
                    paragraph.clear();
                    false
                }
                "t" => {
                    in_text = true;
                    false
                }
                "br" | "tab" => {
                    paragraph.push(' ');
                    false
                }
                "tr" => {
                    row = Some(Vec::new());
                    false
                }
                "fld" => matches!(tag.attr("type").as_deref(), Some(kind) if kind != "hlink"),
                name => name == "Fallback",
            },
            Some(Node::End(name)) => {
                match name {
                    "t" => in_text = false,
                    "sp" => place = Place::Text,
                    "p" => match &mut row {
                        Some(row) => row.push(std::mem::take(&mut paragraph)),
                        None => write(place, &paragraph, out),
                    },
                    "tr" => {
                        if let Some(row) = row.take() {
                            out.row(&row);
                        }
                    }
                    _ => {}
                }
                if name == "p" {
                    paragraph.clear();
                }
                false
            }
            Some(Node::Text(text)) => {
                if in_text {
                    paragraph.push_str(text);
                }
                false
            }
        };
        if skipped {
            xml.skip();
        }
    }
    write(place, &paragraph, out);
}

fn write(place: Place, text: &str, out: &mut Output) {
    out.chrome = place == Place::Chrome;
    match place {
        Place::Title => out.block(BlockRole::Heading, text),
        Place::Text | Place::Chrome => out.block(BlockRole::Text, text),
        Place::Number => {}
    }
    out.chrome = false;
}

fn placeholder(tag: &Tag<'_>) -> Place {
    match tag.attr("type").as_deref() {
        Some("title" | "ctrTitle") => Place::Title,
        Some("ftr" | "hdr" | "dt") => Place::Chrome,
        Some("sldNum") => Place::Number,
        _ => Place::Text,
    }
}
