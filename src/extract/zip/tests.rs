//! ZIP files, whole and broken.

use std::io::{Cursor, Write};

use zip::write::{SimpleFileOptions, ZipWriter};

use super::{MAX_ENTRY, Zip, read};
use crate::model::{Block, BlockRole, Document, MediaKind, ReadNote, Readability};

const TEXT: &str = "แผนปฏิบัติการประจำปี ๒๕๖๓ ";

fn packed(entries: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn member(bytes: &[u8]) -> Document {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let readability = if text.starts_with("แผน") { Readability::Full } else { Readability::None };
    let blocks = if readability == Readability::Full { vec![Block::new(text, BlockRole::Text)] } else { Vec::new() };
    Document { readability, blocks, ..Document::unread(MediaKind::Text) }
}

#[test]
fn members_are_read_under_their_names() {
    let bytes = packed(&[
        ("เอกสาร/แผน ๒๕๖๓.txt", TEXT.as_bytes().to_vec()),
        ("empty/", Vec::new()),
        ("__MACOSX/x", vec![1]),
        ("ภาพ.bin", vec![0, 1]),
        ("ใน.zip", packed(&[("ก.txt", TEXT.as_bytes().to_vec())])),
    ]);
    let document = read(&bytes, &mut member);
    let headings = document.blocks.iter().filter(|block| block.role == BlockRole::Heading);
    let headings: Vec<&str> = headings.map(|block| block.text.as_str()).collect();
    assert_eq!(headings, ["เอกสาร/แผน ๒๕๖๓.txt", "ภาพ.bin", "ใน.zip"]);
    let note = |name: &str, read| ReadNote::Member { name: name.to_owned(), read };
    assert_eq!(document.notes, [note("เอกสาร/แผน ๒๕๖๓.txt", true), note("ภาพ.bin", false), note("ใน.zip", false)]);
    assert_eq!(document.readability, Readability::Partial);
}

#[test]
fn names_may_be_in_the_thai_code_page() {
    let bytes = packed(&[("XXX.txt", TEXT.as_bytes().to_vec())]);
    let name = encoding_rs::WINDOWS_874.encode("แผน").0.into_owned();
    let mut renamed = bytes.clone();
    while let Some(at) = memchr::memmem::find(&renamed, b"XXX") {
        renamed[at..at + 3].copy_from_slice(&name);
    }
    assert_eq!(read(&renamed, &mut member).blocks[0].text, "แผน.txt");
}

#[test]
fn an_empty_archive_is_read_and_a_broken_one_is_not() {
    assert_eq!(read(&packed(&[]), &mut member).readability, Readability::Full);
    let broken = read(b"PK\x03\x04", &mut member);
    assert_eq!((broken.readability, broken.notes), (Readability::None, vec![ReadNote::Damaged]));
}

#[test]
fn a_locked_member_is_told() {
    let mut bytes = packed(&[("a.txt", TEXT.as_bytes().to_vec())]);
    let central = memchr::memmem::find(&bytes, super::CENTRAL).unwrap();
    bytes[central + 8] |= 1;
    let document = read(&bytes, &mut member);
    assert!(document.notes.contains(&ReadNote::Password));
    assert_eq!(document.readability, Readability::None);
}

#[test]
fn what_is_left_of_a_truncated_file_is_read() {
    let long = (0..2000).map(|number| format!("{TEXT}{number}")).collect::<Vec<_>>().join("\n");
    let bytes = packed(&[("a.txt", TEXT.as_bytes().to_vec()), ("b.txt", long.clone().into_bytes())]);
    let cut = &bytes[..bytes.len() * 2 / 3];
    let zip = Zip::open(cut).unwrap();
    assert!(zip.damaged.get());
    assert_eq!(zip.bytes(zip.find("A.TXT").unwrap()), TEXT.as_bytes());
    let part = zip.bytes(zip.find("b.txt").unwrap());
    assert!(part.len() > 1000 && long.as_bytes().starts_with(&part));
}

#[test]
fn a_bomb_is_cut_at_the_bound() {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let zeros = vec![0_u8; 1 << 20];
    for name in ["a", "b"] {
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        for _ in 0..66 {
            writer.write_all(&zeros).unwrap();
        }
    }
    let bytes = writer.finish().unwrap().into_inner();
    let zip = Zip::open(&bytes).unwrap();
    assert_eq!(zip.bytes(&zip.entries[0]).len() as u64, MAX_ENTRY);
    assert!(zip.cut.get() && !zip.damaged.get());
}

#[test]
fn no_broken_file_makes_it_panic() {
    let bytes = packed(&[("a.txt", TEXT.repeat(20).into_bytes()), ("b/ข้อมูล.txt", TEXT.as_bytes().to_vec())]);
    for at in 0..bytes.len() {
        for flip in [0x01, 0x80, 0xFF] {
            let mut broken = bytes.clone();
            broken[at] ^= flip;
            read(&broken, &mut member);
        }
        read(&bytes[..at], &mut member);
        read(&bytes[at..], &mut member);
    }
}
