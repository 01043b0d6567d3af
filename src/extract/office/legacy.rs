//! Office files in the container of old (OLE2, [MS-CFB]): Word and `PowerPoint` of 97 to 2003, and what is left of a
//! damaged one.

use std::io::{Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

use cfb::CompoundFile;
use memchr::memmem;
use undoc::model::RevisionType;

use super::output::Output;
use super::properties::Properties;
use super::{locked, word_pieces};
use crate::model::{BlockRole, Document, MediaKind};

/// The signature of the container.
const MAGIC: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
/// Characters that a run of text in a damaged file has at least, and how many of them are Thai at least.
const LEAST_RUN: usize = 6;

/// Whether the bytes begin as the container does.
pub(in crate::extract) fn is_compound(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC)
}

/// The kind of the document in a container, by its streams. One that needs a password is said to be a DOCX: what it is
/// stands in what cannot be read.
pub(in crate::extract) fn kind(bytes: &[u8]) -> MediaKind {
    const KINDS: [(&str, MediaKind); 6] = [
        ("EncryptedPackage", MediaKind::Docx),
        ("WordDocument", MediaKind::Doc),
        ("PowerPoint Document", MediaKind::Ppt),
        ("Workbook", MediaKind::Xls),
        ("WORKBOOK", MediaKind::Xls),
        ("Book", MediaKind::Xls),
    ];
    if let Ok(file) = CompoundFile::open(Cursor::new(bytes)) {
        // One of none of these is a mail, a drawing, an installer.
        return KINDS.iter().find(|(name, _)| file.exists(name)).map_or(MediaKind::Other, |(_, kind)| *kind);
    }
    // In a damaged file the names are looked for, then how a workbook begins. The streams of the document
    // stand before those embedded in it.
    let names = KINDS.iter().map(|(name, kind)| {
        // An entry of the directory has room behind the name.
        let name: Vec<u8> = name.encode_utf16().chain([0, 0]).flat_map(u16::to_le_bytes).collect();
        (memmem::find(bytes, &name), *kind)
    });
    if let Some((_, kind)) = names.filter_map(|(at, kind)| Some((at?, kind))).min_by_key(|(at, _)| *at) {
        return kind;
    }
    let workbook = b"\x09\x08\x10\x00\x00\x06\x05\x00";
    if memmem::find(bytes, workbook).is_some() { MediaKind::Xls } else { MediaKind::Doc }
}

/// A container.
pub(super) struct Compound<'a> {
    file: CompoundFile<Cursor<&'a [u8]>>,
    length: u64,
    /// A stream ended before it should.
    pub(super) damaged: bool,
}

impl<'a> Compound<'a> {
    /// The container in these bytes; nothing where they are none or it is broken.
    pub(super) fn open(bytes: &'a [u8]) -> Option<Self> {
        let file = CompoundFile::open(Cursor::new(bytes)).ok()?;
        Some(Self { file, length: bytes.len() as u64, damaged: false })
    }

    /// The bytes of a stream, as far as they can be read.
    pub(super) fn stream(&mut self, name: &str) -> Option<Vec<u8>> {
        let mut stream = self.file.open_stream(name).ok()?;
        let mut bytes = Vec::new();
        let mut chunk = [0; 4096];
        loop {
            match stream.read(&mut chunk) {
                Ok(0) => return Some(bytes),
                Ok(read) if bytes.len() as u64 <= self.length => bytes.extend_from_slice(&chunk[..read]),
                _ => {
                    self.damaged = true;
                    return Some(bytes);
                }
            }
        }
    }
}

/// Reads a Word document or a presentation.
pub(super) fn read(bytes: &[u8], kind: MediaKind) -> Document {
    let parse = || match kind {
        MediaKind::Doc => undoc::doc::DocParser::from_bytes(bytes.to_vec())?.parse(),
        _ => undoc::ppt::PptParser::from_bytes(bytes.to_vec())?.parse(),
    };
    if kind == MediaKind::Doc && !word_pieces::is_sound(bytes) {
        return word_pieces::read(bytes).unwrap_or_else(|| salvage(bytes, kind));
    }
    // Its parser is another's: where it stops or panics, what text there is can still be told.
    let parsed = match catch_unwind(AssertUnwindSafe(parse)) {
        Ok(Ok(parsed)) => parsed,
        Ok(Err(undoc::Error::Encrypted)) => return locked(kind),
        _ if kind == MediaKind::Doc => return word_pieces::read(bytes).unwrap_or_else(|| salvage(bytes, kind)),
        _ => return salvage(bytes, kind),
    };
    let mut out = Output::new();
    for section in &parsed.sections {
        if kind == MediaKind::Ppt {
            out.page += 1;
        }
        for block in &section.content {
            match block {
                undoc::Block::Paragraph(found) => paragraph(found, &mut out),
                undoc::Block::Note { content, .. } => content.iter().for_each(|found| paragraph(found, &mut out)),
                undoc::Block::Table(table) => {
                    for row in &table.rows {
                        let texts = row.cells.iter().flat_map(|cell| &cell.content).map(|found| text(found, &mut out));
                        let texts: Vec<String> = texts.filter(|text| !text.trim().is_empty()).collect();
                        out.row(&texts);
                    }
                }
                _ => {}
            }
        }
        section.notes.iter().flatten().for_each(|found| paragraph(found, &mut out));
        out.chrome = true;
        section.header.iter().chain(&section.footer).flatten().for_each(|found| paragraph(found, &mut out));
        out.chrome = false;
    }
    let pages = Some(out.page).filter(|pages| *pages > 0);
    out.page = 0;
    if kind == MediaKind::Doc {
        word_pieces::boxes(bytes, &mut out);
    }
    let is_empty = out.is_empty();
    let mut document = out.finish(kind);
    document.pages = pages.or(parsed.metadata.page_count);
    let properties = Properties::new(parsed.metadata.title.as_deref(), parsed.metadata.created.as_deref());
    document.title = properties.title;
    document.created = properties.created;
    document.modified = properties.modified;
    if is_empty && bytes.len() > 100_000 {
        // Pages that were scanned and pasted.
        document.readability = crate::model::Readability::None;
        document.notes.push(crate::model::ReadNote::Scan { pages: document.pages.unwrap_or(1) });
    }
    document
}

fn paragraph(found: &undoc::Paragraph, out: &mut Output) {
    let text = text(found, out);
    let role = match &found.style_name {
        Some(name) if name.eq_ignore_ascii_case("title") => BlockRole::Title,
        _ if found.heading != undoc::HeadingLevel::None => BlockRole::Heading,
        _ => BlockRole::Text,
    };
    out.block(role, &text);
}

/// The text of a paragraph without what was deleted from it; its links are noted.
fn text(found: &undoc::Paragraph, out: &mut Output) -> String {
    let mut text = String::new();
    // A link may be of several runs.
    let mut link: Option<(&str, usize)> = None;
    for run in found.runs.iter().filter(|run| run.revision != RevisionType::Deleted) {
        let address = run.hyperlink.as_deref();
        if link.map(|(open, _)| open) != address {
            if let Some((open, start)) = link {
                out.link(open, text.get(start..).unwrap_or_default());
            }
            link = address.map(|address| (address, text.len()));
        }
        text.push_str(&run.text);
        if run.line_break || run.page_break {
            text.push(' ');
        }
    }
    if let Some((open, start)) = link {
        out.link(open, text.get(start..).unwrap_or_default());
    }
    text
}

/// The Thai texts in a file that is too damaged to be read otherwise: runs of UTF-16, in the order of the file.
pub(super) fn salvage(bytes: &[u8], kind: MediaKind) -> Document {
    let mut out = Output::new();
    out.damaged = true;
    let mut at = 0;
    let mut run = Vec::new();
    while at < bytes.len() {
        let unit = bytes.get(at..at + 2).map(|two| u16::from_le_bytes([two[0], two[1]]));
        if let Some(unit) = unit.filter(|unit| is_text(*unit)) {
            run.push(unit);
            at += 2;
            continue;
        }
        at += if run.is_empty() { 1 } else { 2 };
        flush(&mut run, &mut out);
    }
    flush(&mut run, &mut out);
    out.finish(kind)
}

fn flush(run: &mut Vec<u16>, out: &mut Output) {
    let thai = run.iter().filter(|unit| is_thai(**unit)).count();
    if run.len() >= LEAST_RUN && thai * 2 >= LEAST_RUN && thai * 8 >= run.len() {
        out.block(BlockRole::Text, &String::from_utf16_lossy(run));
    }
    run.clear();
}

fn is_thai(unit: u16) -> bool {
    matches!(unit, 0x0E01..=0x0E3A | 0x0E3F..=0x0E5B)
}

fn is_text(unit: u16) -> bool {
    matches!(unit, 0x09 | 0x20..=0x7E | 0x2010..=0x2026) || is_thai(unit)
}
