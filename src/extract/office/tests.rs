//! Small files of each format, made here, and what is read from them.

mod broken;
mod sheets;
mod texts;

use std::io::{Cursor, Read, Write};

use zip::write::{SimpleFileOptions, ZipWriter};

use super::read;
use crate::model::{BlockRole, Document, MediaKind};

/// A ZIP file of these parts.
pub(super) fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// What is written of a document: role, page and text.
pub(super) fn blocks(document: &Document) -> Vec<(BlockRole, u32, &str)> {
    document.blocks.iter().map(|block| (block.role, block.page, block.text.as_str())).collect()
}

/// A file that a program of the world wrote; one that is mostly empty is kept packed.
pub(super) fn file(name: &str) -> Vec<u8> {
    let path = format!("{}/tests/data/documents/{name}", env!("CARGO_MANIFEST_DIR"));
    if let Ok(bytes) = std::fs::read(&path) {
        return bytes;
    }
    let mut bytes = Vec::new();
    let packed = std::fs::File::open(format!("{path}.gz")).unwrap();
    flate2::read::GzDecoder::new(packed).read_to_end(&mut bytes).unwrap();
    bytes
}

/// A relation of a part.
pub(super) fn relation(id: &str, kind: &str, target: &str) -> String {
    let mode = if target.contains("://") { " TargetMode=\"External\"" } else { "" };
    format!(
        "<Relationship Id=\"{id}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}\" \
         Target=\"{target}\"{mode}/>"
    )
}

/// A list of relations.
pub(super) fn relations(list: &[String]) -> String {
    format!("<Relationships>{}</Relationships>", list.concat())
}

#[test]
fn kinds_of_files_of_the_world_are_read_with_their_years_and_phrases() {
    for (name, kind) in [
        ("plan.docx", MediaKind::Docx),
        ("plan.doc", MediaKind::Doc),
        ("plan.odt", MediaKind::Odt),
        ("plan.xlsx", MediaKind::Xlsx),
        ("plan.xls", MediaKind::Xls),
        ("plan.ods", MediaKind::Ods),
        ("policy.pptx", MediaKind::Pptx),
        ("policy.ppt", MediaKind::Ppt),
        ("policy.odp", MediaKind::Odp),
        ("plan.rtf", MediaKind::Rtf),
    ] {
        let bytes = file(name);
        assert_eq!(crate::extract::sniff::kind(&bytes, Some("application/octet-stream")), kind, "{name}");
        let document = read(&bytes, kind);
        assert_eq!(document.readability, crate::model::Readability::Full, "{name}");
        assert!(document.notes.is_empty(), "{name}");
        let text: String = document.blocks.iter().map(|block| block.text.as_str()).collect::<Vec<_>>().join("\n");
        let phrases = if name.starts_with("plan") {
            ["แผนดำเนินงานประจำปี", "๒๕๖๓", "ก่อสร้างถนนคอนกรีตเสริมเหล็ก"]
        } else {
            ["ประกาศเจตจำนงสุจริตของผู้บริหาร", "๒๕๖๓", "นางรอง"]
        };
        for phrase in phrases {
            assert!(text.contains(phrase), "{phrase} in {name}: {text}");
        }
    }
}
