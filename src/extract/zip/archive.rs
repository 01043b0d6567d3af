//! A ZIP file of documents: each member is read by its own kind into one document.

use std::borrow::Cow;

use encoding_rs::WINDOWS_874;

use super::Zip;
use crate::model::{Block, BlockRole, Document, MediaKind, ReadNote, Readability};
use crate::thai;

/// Members of one archive that are read.
const MAX_MEMBERS: usize = 100;
/// Blocks of one archive that are kept.
const MAX_BLOCKS: usize = 400_000;

/// Reads an archive, each member by `member`, which gets its bytes. An archive in it is not read.
///
/// Each member begins with a heading: its file name, which often names the item and the year. Pages are counted within
/// the members, so a page number of the whole would mislead: blocks keep their member's.
pub(in crate::extract) fn read(bytes: &[u8], member: &mut dyn FnMut(&[u8]) -> Document) -> Document {
    let mut document = Document::unread(MediaKind::Zip);
    let Some(zip) = Zip::open(bytes) else {
        // An archive without entries has only the record at the end, and all of it is read.
        if bytes.starts_with(super::END) {
            document.readability = Readability::Full;
        } else {
            document.notes.push(ReadNote::Damaged);
        }
        return document;
    };
    let (mut least, mut most) = (Readability::Full, Readability::None);
    for (index, entry) in zip.entries.iter().filter(|entry| !is_beside_the_point(entry.name)).enumerate() {
        if index >= MAX_MEMBERS || document.blocks.len() >= MAX_BLOCKS {
            least = least.min(Readability::Partial);
            break;
        }
        let name = member_name(entry.name, entry.utf8);
        document.blocks.push(Block::new(thai::normalize(&name), BlockRole::Heading));
        let read = if entry.encrypted {
            let mut unread = Document::unread(MediaKind::Other);
            unread.notes.push(ReadNote::Password);
            unread
        } else {
            let bytes = zip.bytes(entry);
            if super::is_zip(&bytes) && is_archive(&bytes) { Document::unread(MediaKind::Zip) } else { member(&bytes) }
        };
        least = least.min(read.readability);
        most = most.max(read.readability);
        let readable = read.readability != Readability::None;
        document.notes.push(ReadNote::Member { name: name.into_owned(), read: readable });
        for note in read.notes {
            if !document.notes.contains(&note) {
                document.notes.push(note);
            }
        }
        document.blocks.extend(read.blocks);
        document.links.extend(read.links);
        document.pictures.extend(read.pictures);
    }
    document.blocks.truncate(MAX_BLOCKS);
    if zip.damaged.get() {
        document.notes.push(ReadNote::Damaged);
        least = least.min(Readability::Partial);
    }
    if zip.cut.get() {
        document.notes.push(ReadNote::TooCostly);
        least = least.min(Readability::Partial);
    }
    document.readability = if document.blocks.is_empty() || least == Readability::Full {
        least
    } else if most == Readability::None {
        // The names of its files are known, which is not yet to have read any.
        Readability::None
    } else {
        Readability::Partial
    };
    document
}

/// Whether a ZIP file is none of the formats that are read as one document.
fn is_archive(bytes: &[u8]) -> bool {
    matches!(crate::extract::sniff::kind(bytes, None), MediaKind::Zip)
}

/// A folder, or what a system puts beside the files for itself.
fn is_beside_the_point(name: &[u8]) -> bool {
    let last = name.rsplit(|b| matches!(b, b'/' | b'\\')).next().unwrap_or_default();
    last.is_empty()
        || name.starts_with(b"__MACOSX/")
        || [&b".DS_Store"[..], b"Thumbs.db", b"desktop.ini"].iter().any(|junk| last.eq_ignore_ascii_case(junk))
}

/// The name of a member, without control characters. Without the flag that says UTF-8, the standard says code page 437,
/// which has no Thai: Windows writes its own code page, which is 874 in Thailand; others write UTF-8 without the flag.
fn member_name(name: &[u8], utf8: bool) -> Cow<'_, str> {
    let is_thai = |c: char| ('\u{0E01}'..='\u{0E5B}').contains(&c);
    let decoded = match std::str::from_utf8(name) {
        // Three Thai letters of code page 874 can be a letter of UTF-8, but of no script that is used here.
        Ok(text) if utf8 || text.is_ascii() || text.chars().any(is_thai) => Cow::Borrowed(text),
        Err(_) if utf8 => String::from_utf8_lossy(name),
        unmarked => {
            let thai = WINDOWS_874.decode_without_bom_handling(name).0;
            match unmarked {
                Ok(text) if !thai.chars().filter(|c| !c.is_ascii()).all(is_thai) => Cow::Borrowed(text),
                _ => thai,
            }
        }
    };
    if decoded.chars().any(char::is_control) {
        Cow::Owned(decoded.chars().filter(|c| !c.is_control()).collect())
    } else {
        decoded
    }
}
