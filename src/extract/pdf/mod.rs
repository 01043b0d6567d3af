//! PDF to text in reading order, page by page, and which pages are pictures; [`Pages`] draws them for recognition.
//!
//! Text is taken from what a page draws, glyph by glyph with its place, in the order drawn: that is the order in which it
//! was written, cell by cell in tables. Places only decide what one line is, where spaces are and which letter a mark
//! belongs to. Nothing but white space is ever added.

mod block;
mod content;
mod faces;
mod font;
mod glyph;
mod info;
mod line;
mod names;
mod picture;
mod program;
mod shape;
mod stream;
mod trust;

use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use self::faces::Faces;
use self::trust::Trust;
use crate::model::{Document, MediaKind, ReadNote, Readability};

pub use self::picture::Pages;

/// Pages of a document that are read.
const MAX_PAGES: usize = 2_000;
/// Bytes of text of a document that are kept.
const MAX_TEXT: usize = 20 * 1024 * 1024;

/// Reads a PDF. Never fails: what cannot be read is a [`Document`] that says so.
///
/// Each block is a paragraph, a row of a table or a line, with its page. Pages that are pictures, and those whose text is
/// not what they show, are listed in [`Document::unread_pages`] and have no blocks.
pub fn read(bytes: &[u8]) -> Document {
    let mut document = Document::unread(MediaKind::Pdf);
    let pdf = match Pdf::new(bytes.to_vec()) {
        Ok(pdf) => pdf,
        Err(LoadPdfError::Decryption(DecryptionError::PasswordProtected)) => {
            document.notes.push(ReadNote::Password);
            return document;
        }
        Err(_) => {
            document.notes.push(ReadNote::Damaged);
            return document;
        }
    };
    let pages = pdf.pages();
    document.pages = u32::try_from(pages.len()).ok();
    document.title = info::title(pdf.metadata());
    document.created = info::created(pdf.metadata());
    document.modified = info::modified(pdf.metadata());
    if pages.is_empty() {
        document.notes.push(ReadNote::Damaged);
        return document;
    }
    let mut faces = Faces::new();
    let mut sizes = block::Sizes::default();
    let mut read = Vec::new();
    let (mut length, mut cut) = (0, pages.len() > MAX_PAGES);
    let (mut scans, mut foreign) = (0, 0);
    for (number, page) in (1..).zip(pages.iter().take(MAX_PAGES)) {
        if length > MAX_TEXT {
            cut = true;
            break;
        }
        let mut drawn = content::read(page, &mut faces, false);
        cut |= drawn.cut;
        faces.settle(&mut drawn);
        let mut pieces = line::pieces(&drawn, &faces.all);
        match trust::judge(&drawn, &pieces) {
            Trust::Good => {}
            Trust::Scan => {
                scans += 1;
                document.unread_pages.push(number);
                // A title set over a picture; not the name of a scanner's program.
                pieces.retain(|piece| !piece.hidden && piece.text.chars().any(font::is_thai));
            }
            Trust::Foreign => {
                foreign += 1;
                document.unread_pages.push(number);
                pieces.clear();
            }
        }
        length += pieces.iter().map(|piece| piece.text.len()).sum::<usize>();
        sizes.add(&pieces);
        read.push((number, drawn.size.0, pieces));
    }
    let body = sizes.body();
    for (number, width, pieces) in &read {
        document.blocks.extend(block::blocks(pieces, *number, *width, body));
    }
    if scans > 0 {
        document.notes.push(ReadNote::Scan { pages: scans });
    }
    if foreign > 0 {
        document.notes.push(ReadNote::ForeignText { pages: foreign });
    }
    // Whether pages are blank or their content was lost cannot be told.
    let nothing = document.blocks.is_empty() && document.unread_pages.is_empty();
    if nothing {
        document.notes.push(ReadNote::Damaged);
    }
    let unread = document.unread_pages.len() == read.len() && document.blocks.is_empty();
    document.readability = if unread || nothing {
        Readability::None
    } else if cut || !document.unread_pages.is_empty() {
        Readability::Partial
    } else {
        Readability::Full
    };
    document
}

#[cfg(test)]
mod tests;
