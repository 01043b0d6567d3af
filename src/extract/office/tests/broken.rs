//! Broken and hostile files: none may make a reader panic, and what is whole in them is read.

use super::{file, package, read};
use crate::extract::sniff;
use crate::model::{MediaKind, ReadNote, Readability};

/// Numbers that look random and are the same in every run.
fn numbers(seed: u64) -> impl Iterator<Item = usize> {
    let step = |last: &u64| Some(last.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407));
    std::iter::successors(Some(seed), step).map(|number| usize::try_from(number >> 33).unwrap())
}

#[test]
fn no_mutation_makes_a_reader_panic() {
    for (name, kind) in [
        ("plan.docx", MediaKind::Docx),
        ("plan.doc", MediaKind::Doc),
        ("plan.odt", MediaKind::Odt),
        ("plan.xlsx", MediaKind::Xlsx),
        ("plan.xls", MediaKind::Xls),
        ("policy.odp", MediaKind::Odp),
        ("policy.pptx", MediaKind::Pptx),
        ("plan.rtf", MediaKind::Rtf),
    ] {
        let bytes = file(name);
        let mut random = numbers(name.len() as u64 + 1);
        for _ in 0..25 {
            let mut broken = bytes.clone();
            for at in random.by_ref().take(8).collect::<Vec<_>>() {
                let place = at % broken.len();
                broken[place] ^= u8::try_from(at % 255).unwrap() + 1;
            }
            broken.truncate(broken.len() - random.next().unwrap() % (broken.len() / 2));
            read(&broken, kind);
            read(&broken, sniff::kind(&broken, None));
        }
        // Whatever is said of the kind.
        for other in [MediaKind::Docx, MediaKind::Xls, MediaKind::Ppt, MediaKind::Ods, MediaKind::Rtf] {
            read(&bytes, other);
        }
    }
}

#[test]
fn mutated_parts_do_not_make_a_reader_panic() {
    let xml = "<w:document xmlns:w=\"w\"><w:p><w:r><w:t>ปี ๒๕๖๓ &amp; &#3585;</w:t></w:r></w:p><w:tbl><w:tr><w:tc/></w:tr>\
               </w:tbl><![CDATA[x]]><!-- x --></w:document>";
    for at in 0..xml.len() {
        for other in *b"<>\"&/\0\xFF" {
            let mut broken = xml.as_bytes().to_vec();
            broken[at] = other;
            for kind in [MediaKind::Docx, MediaKind::Xlsx, MediaKind::Odt] {
                read(&broken, kind);
            }
        }
    }
}

#[test]
fn what_stands_behind_a_broken_place_is_read() {
    let xml = "<w:document><w:p><w:r><w:t>ก่อน</w:t></w:r></w:p><w:p><w:r><w:t>พัง<!x></w:t></w:r></w:p><w:p><w:r><w:t>\
               หลัง</w:t></w:r></w:p></w:document>";
    let document = read(&package(&[("word/document.xml", xml)]), MediaKind::Docx);
    let text: Vec<&str> = document.blocks.iter().map(|block| block.text.as_str()).collect();
    assert_eq!((text.first(), text.last()), (Some(&"ก่อน"), Some(&"หลัง")));
    assert_eq!((document.readability, document.notes), (Readability::Partial, vec![ReadNote::Damaged]));
}

#[test]
fn bombs_of_entities_and_depth_are_harmless() {
    let entities = "<!DOCTYPE d [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">]>\
                    <w:document><w:p><w:r><w:t>ปี&b;&b; ๒๕๖๓&amp;</w:t></w:r></w:p></w:document>";
    let document = read(&package(&[("word/document.xml", entities)]), MediaKind::Docx);
    assert_eq!(document.blocks[0].text, "ปี ๒๕๖๓&");
    let deep = format!("{}<w:p><w:r><w:t>ลึก</w:t></w:r></w:p>", "<w:tbl><w:tr><w:tc>".repeat(200_000));
    let document = read(&package(&[("word/document.xml", &deep)]), MediaKind::Docx);
    assert_eq!(document.blocks[0].text, "ลึก");
    let boxes = "<w:p><w:r><w:txbxContent>".repeat(200_000);
    read(&package(&[("word/document.xml", &boxes)]), MediaKind::Docx);
    let spans = format!("<text:p>{}ก", "<text:span><text:p>".repeat(200_000));
    read(&package(&[("content.xml", &spans)]), MediaKind::Odt);
}

#[test]
fn a_truncated_document_is_read_as_far_as_it_goes() {
    let bytes = file("plan.odt");
    let document = read(&bytes[..bytes.len() - 2000], MediaKind::Odt);
    assert_eq!((document.readability, &document.notes[..]), (Readability::Partial, &[ReadNote::Damaged][..]));
    assert!(document.blocks.iter().any(|block| block.text.contains("แผนดำเนินงานประจำปี")));
    let none = read(b"PK\x03\x04", MediaKind::Docx);
    assert_eq!((none.readability, none.notes), (Readability::None, vec![ReadNote::Damaged]));
}
