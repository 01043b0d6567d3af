//! Excel workbooks: sheet by sheet, a row of cells as they are shown, then what is drawn on the sheet.

use std::collections::BTreeMap;
use std::io::BufRead;

use super::cells::Formats;
use super::docx;
use super::docx_parts::Styles;
use super::output::Output;
use super::package::{Package, Relation};
use super::xml::{Node, Tag, Xml};
use crate::model::BlockRole;

/// Sheets of one workbook that are read.
const MAX_SHEETS: usize = 1000;
/// Shared strings that are kept.
const MAX_STRINGS: usize = 1 << 20;
/// Cells of one workbook that are looked at.
const MAX_CELLS: usize = 4_000_000;
/// Bytes of one cell; Excel keeps no more than 32,767 characters.
const MAX_CELL: usize = 100_000;

/// Reads a workbook; returns the number of its sheets.
pub(super) fn read(package: &Package<'_>, out: &mut Output) -> Option<u32> {
    let main = "xl/workbook.xml";
    let (sheets, since_1904) = sheets(package, main);
    let strings = package.xml("xl/sharedStrings.xml").map(|mut xml| shared_strings(package, &mut xml));
    let mut formats = formats(package);
    formats.since_1904 = since_1904;
    let book = Book { strings: strings.unwrap_or_default(), formats };
    if sheets.is_empty() {
        out.damaged = true;
    }
    out.cut |= sheets.len() > MAX_SHEETS;
    let mut cells = MAX_CELLS;
    for (name, part) in sheets.iter().take(MAX_SHEETS) {
        out.page += 1;
        out.block(BlockRole::Heading, name);
        let Some(mut xml) = package.xml(part) else {
            out.damaged = true;
            continue;
        };
        let relations = package.relations(part);
        sheet(&mut xml, &book, &relations, &mut cells, out);
        package.check(&xml);
        for drawing in relations.values().filter(|relation| relation.kind == "drawing") {
            drawn(package, &drawing.target, out);
        }
    }
    out.page = 0;
    u32::try_from(sheets.len()).ok().filter(|sheets| *sheets > 0)
}

/// Text boxes on a sheet, and the organisation charts and diagrams that it refers to.
fn drawn(package: &Package<'_>, part: &str, out: &mut Output) {
    let relations = package.relations(part);
    let beside = relations.values().filter(|relation| matches!(relation.kind.as_str(), "diagramData" | "chart"));
    for name in std::iter::once(part).chain(beside.map(|relation| relation.target.as_str())) {
        if let Some(mut xml) = package.xml(name) {
            docx::story(&mut xml, &Styles::default(), &relations, out);
            package.check(&xml);
        }
    }
}

/// The names and parts of the sheets that are shown, in order, and whether days are counted from 1904. Where the workbook
/// cannot be read, the parts by their numbers.
fn sheets(package: &Package<'_>, main: &str) -> (Vec<(String, String)>, bool) {
    let relations = package.relations(main);
    let (mut shown, mut hidden, mut since_1904) = (Vec::new(), Vec::new(), false);
    if let Some(mut xml) = package.xml(main) {
        while let Some(node) = xml.next() {
            let Node::Start(tag) = node else {
                continue;
            };
            match tag.name() {
                "workbookPr" => since_1904 = matches!(tag.attr("date1904").as_deref(), Some("1" | "true")),
                "sheet" => {
                    let part =
                        tag.attr_exact("r:id").and_then(|id| relations.get(&id)).map(|found| found.target.clone());
                    let part = part.filter(|part| package.zip.find(part).is_some());
                    let list = if tag.attr("state").is_some_and(|s| s != "visible") { &mut hidden } else { &mut shown };
                    if let Some(part) = part {
                        list.push((tag.attr("name").unwrap_or_default(), part));
                    }
                }
                _ => {}
            }
        }
        package.check(&xml);
    }
    if shown.is_empty() {
        shown = hidden;
    }
    if shown.is_empty() {
        shown = package.parts("xl/worksheets", "sheet").into_iter().map(|part| (String::new(), part)).collect();
    }
    (shown, since_1904)
}

fn formats(package: &Package<'_>) -> Formats {
    let mut formats = Formats::default();
    let Some(mut xml) = package.xml("xl/styles.xml") else {
        return formats;
    };
    let mut in_cells = false;
    let number = |tag: &Tag<'_>| tag.attr("numFmtId").and_then(|id| id.parse().ok()).unwrap_or(0);
    while let Some(node) = xml.next() {
        match node {
            Node::Start(tag) => match tag.name() {
                "numFmt" => formats.define(number(&tag), &tag.attr("formatCode").unwrap_or_default()),
                "cellXfs" => in_cells = true,
                "xf" if in_cells => formats.style(number(&tag)),
                _ => {}
            },
            Node::End("cellXfs") => in_cells = false,
            _ => {}
        }
    }
    package.check(&xml);
    formats
}

fn shared_strings<R: BufRead>(package: &Package<'_>, xml: &mut Xml<R>) -> Vec<Box<str>> {
    let mut strings: Vec<Box<str>> = Vec::new();
    let (mut string, mut in_text) = (String::new(), false);
    loop {
        let skipped = match xml.next() {
            None => break,
            Some(Node::Start(tag)) => match tag.name() {
                "si" => {
                    string.clear();
                    false
                }
                "t" => {
                    in_text = true;
                    false
                }
                name => name == "rPh",
            },
            Some(Node::End("si")) => {
                strings.push(string.as_str().into());
                if strings.len() >= MAX_STRINGS {
                    package.zip.cut.set(true);
                    break;
                }
                false
            }
            Some(Node::End("t")) => {
                in_text = false;
                false
            }
            Some(Node::Text(text)) => {
                if in_text && string.len() + text.len() <= MAX_CELL {
                    string.push_str(text);
                }
                false
            }
            Some(Node::End(_)) => false,
        };
        if skipped {
            xml.skip();
        }
    }
    package.check(xml);
    strings
}

struct Book {
    strings: Vec<Box<str>>,
    formats: Formats,
}

/// A cell being read.
#[derive(Default)]
struct Cell {
    kind: String,
    style: usize,
    value: String,
}

fn sheet<R: BufRead>(
    xml: &mut Xml<R>,
    book: &Book,
    relations: &BTreeMap<String, Relation>,
    cells: &mut usize,
    out: &mut Output,
) {
    let mut row = Vec::new();
    let mut cell = Cell::default();
    let mut in_value = false;
    while !out.is_full() {
        let skipped = match xml.next() {
            None => break,
            Some(Node::Start(tag)) => match tag.name() {
                "row" => {
                    row.clear();
                    false
                }
                "c" => {
                    if *cells == 0 {
                        out.cut = true;
                        break;
                    }
                    *cells -= 1;
                    let style = tag.attr("s").and_then(|style| style.parse().ok()).unwrap_or(0);
                    cell = Cell { kind: tag.attr("t").unwrap_or_default(), style, value: String::new() };
                    false
                }
                "v" | "t" => {
                    in_value = true;
                    false
                }
                "hyperlink" => {
                    let relation = tag.attr_exact("r:id").and_then(|id| relations.get(&id));
                    if let Some(relation) = relation.filter(|relation| relation.external) {
                        out.link(&relation.target, &tag.attr("display").unwrap_or_default());
                    }
                    false
                }
                // A formula is no text; phonetic guides are said a second time.
                name => matches!(name, "f" | "rPh" | "headerFooter" | "dataValidations" | "conditionalFormatting"),
            },
            Some(Node::End(name)) => {
                match name {
                    "v" | "t" => in_value = false,
                    "c" => row.push(book.show(&std::mem::take(&mut cell))),
                    "row" => {
                        row.retain(|cell: &String| !cell.is_empty());
                        out.row(&row);
                        row.clear();
                    }
                    _ => {}
                }
                false
            }
            Some(Node::Text(text)) => {
                if in_value && cell.value.len() + text.len() <= MAX_CELL {
                    cell.value.push_str(text);
                }
                false
            }
        };
        if skipped {
            xml.skip();
        }
    }
    out.row(&row);
}

impl Book {
    /// What a cell shows.
    fn show(&self, cell: &Cell) -> String {
        match cell.kind.as_str() {
            "s" => {
                let index = cell.value.trim().parse().ok();
                index.and_then(|index: usize| self.strings.get(index)).map(ToString::to_string).unwrap_or_default()
            }
            "inlineStr" | "str" => cell.value.clone(),
            // A day in ISO 8601 with its time.
            "d" => cell.value.split('T').next().unwrap_or_default().to_owned(),
            "b" | "e" => String::new(),
            _ => match cell.value.trim().parse::<f64>() {
                Ok(value) => self.formats.show(cell.style, value),
                Err(_) => cell.value.clone(),
            },
        }
    }
}
