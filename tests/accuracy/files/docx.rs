//! A DOCX as a word processor saves it, without what reading does not need.

use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::html::escaped;
use crate::markup::{Block, Content};

const TYPES: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\
<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
<Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\" \
ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";

const RELATIONS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\
<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" \
Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>";

/// The document of an agency.
pub(crate) fn docx(content: &Content, agency: &str) -> Vec<u8> {
    let mut body = paragraph("Title", &content.title) + &paragraph("Subtitle", agency);
    for block in &content.blocks {
        match block {
            Block::Heading(text) => body += &paragraph("Heading1", text),
            Block::Text(text) => body += &paragraph("Normal", text),
            Block::Entries(entries) => entries.iter().for_each(|entry| body += &paragraph("ListParagraph", entry)),
            Block::Table(rows) => {
                body += "<w:tbl><w:tblPr/>";
                for row in rows {
                    let cells: String =
                        row.iter().map(|cell| format!("<w:tc>{}</w:tc>", paragraph("Normal", cell))).collect();
                    body += &format!("<w:tr>{cells}</w:tr>");
                }
                body += "</w:tbl>";
            }
            Block::Special(_) => {}
        }
    }
    let document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><w:document \
         xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}</w:body></w:document>"
    );
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in [("[Content_Types].xml", TYPES), ("_rels/.rels", RELATIONS), ("word/document.xml", &document)] {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn paragraph(style: &str, text: &str) -> String {
    // Word splits a line into runs wherever someone edited it.
    let runs: String = text
        .split_inclusive("ประมาณ")
        .map(|run| format!("<w:r><w:t xml:space=\"preserve\">{}</w:t></w:r>", escaped(run)))
        .collect();
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{runs}</w:p>")
}
