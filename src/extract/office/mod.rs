//! Office formats to [`Document`]: Microsoft's and `OpenDocument`'s, old and new, and RTF.

mod cells;
mod docx;
mod docx_parts;
mod legacy;
mod number_format;
mod odf;
mod output;
mod package;
mod pptx;
mod properties;
mod rtf;
mod rtf_words;
mod word_pieces;
mod xls;
mod xls_records;
mod xlsx;
mod xlsx_flat;
mod xml;

pub(super) use legacy::{is_compound, kind as compound_kind};
use output::Output;
use package::Package;

use super::zip;
use crate::model::{Document, MediaKind, ReadNote, Readability};

/// Reads an office file of a kind that was told by its content. What cannot be read is a [`Document`] that says so.
pub fn read(bytes: &[u8], kind: MediaKind) -> Document {
    match kind {
        MediaKind::Docx | MediaKind::Xlsx | MediaKind::Pptx if is_compound(bytes) => locked(kind),
        MediaKind::Docx if !is_package(bytes) => docx::read_flat(bytes),
        MediaKind::Xlsx if !is_package(bytes) => xlsx_flat::read(bytes),
        MediaKind::Docx => packaged(bytes, kind, docx::read),
        MediaKind::Xlsx => packaged(bytes, kind, xlsx::read),
        MediaKind::Pptx => packaged(bytes, kind, pptx::read),
        MediaKind::Odt | MediaKind::Ods | MediaKind::Odp if !is_package(bytes) => odf::read_flat(bytes, kind),
        MediaKind::Odt | MediaKind::Ods | MediaKind::Odp => odf_package(bytes, kind),
        MediaKind::Doc | MediaKind::Ppt => legacy::read(bytes, kind),
        MediaKind::Xls => xls::read(bytes),
        MediaKind::Rtf => rtf::read(bytes),
        _ => Document::unread(kind),
    }
}

/// Whether the bytes are a file of parts, though perhaps a damaged one, and not of XML alone.
fn is_package(bytes: &[u8]) -> bool {
    zip::is_zip(bytes) || zip::is_cut_zip(bytes)
}

/// A document that only its password opens.
fn locked(kind: MediaKind) -> Document {
    let mut document = Document::unread(kind);
    document.notes.push(ReadNote::Password);
    document
}

fn odf_package(bytes: &[u8], kind: MediaKind) -> Document {
    if Package::open(bytes).is_some_and(|package| odf::is_encrypted(&package)) {
        return locked(kind);
    }
    packaged(bytes, kind, odf::read)
}

/// Reads a ZIP file of parts by `reader`, and its properties.
fn packaged(bytes: &[u8], kind: MediaKind, reader: fn(&Package<'_>, &mut Output) -> Option<u32>) -> Document {
    let mut out = Output::new();
    let Some(package) = Package::open(bytes) else {
        out.damaged = true;
        return out.finish(kind);
    };
    let pages = reader(&package, &mut out);
    let properties = properties::of(&package);
    let pictures = ["word/media/", "ppt/media/", "xl/media/", "Pictures/"].map(|folder| package.count(folder));
    let pictures: u32 = pictures.iter().sum();
    out.damaged |= package.zip.damaged.get();
    out.cut |= package.zip.cut.get();
    let is_empty = out.is_empty();
    let mut document = out.finish(kind);
    document.pages = pages;
    document.title = properties.title;
    document.created = properties.created;
    document.modified = properties.modified;
    if is_empty && pictures > 0 {
        // Pages that were scanned and pasted into a word processor.
        document.readability = Readability::None;
        document.notes.push(ReadNote::Scan { pages: pictures });
    }
    document
}

#[cfg(test)]
mod tests;
