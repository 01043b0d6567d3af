//! Excel workbooks of one file of XML (Excel 2002 and 2003), as some systems still export them under `.xls`.

use super::output::Output;
use super::properties;
use super::xml::{Node, Xml};
use crate::extract::charset;
use crate::model::{BlockRole, Document, MediaKind};

/// Reads a workbook.
pub(super) fn read(bytes: &[u8]) -> Document {
    let text = charset::decode(bytes, None, false);
    let mut xml = Xml::new(text.as_bytes());
    let mut out = Output::new();
    let (mut row, mut cell, mut kind, mut in_data) = (Vec::new(), String::new(), String::new(), false);
    while !out.is_full() {
        match xml.next() {
            None => break,
            Some(Node::Start(tag)) => match tag.name() {
                "Worksheet" => {
                    out.page += 1;
                    out.block(BlockRole::Heading, &tag.attr("Name").unwrap_or_default());
                }
                "Cell" => {
                    if let Some(address) = tag.attr("HRef") {
                        out.link(&address, "");
                    }
                }
                "Data" => {
                    kind = tag.attr("Type").unwrap_or_default();
                    in_data = true;
                }
                _ => {}
            },
            Some(Node::End("Data")) => {
                in_data = false;
                let shown = std::mem::take(&mut cell);
                row.push(match (kind.as_str(), shown.split_once('T')) {
                    // 2020-10-01T00:00:00.000
                    ("DateTime", Some((day, _))) => day.to_owned(),
                    _ => shown,
                });
            }
            Some(Node::End("Row")) => {
                out.row(&row);
                row.clear();
            }
            Some(Node::Text(text)) if in_data => cell.push_str(text),
            Some(_) => {}
        }
    }
    out.row(&row);
    out.damaged |= xml.broken;
    let pages = out.page;
    let properties = properties::read(&mut Xml::new(text.as_bytes()));
    let mut document = out.finish(MediaKind::Xlsx);
    document.pages = Some(pages).filter(|pages| *pages > 0);
    document.title = properties.title;
    document.created = properties.created;
    document.modified = properties.modified;
    document
}
