//! Floor 2: bytes to [`Document`], one file a format. Bodies are hostile: every size is bounded.

mod charset;
mod html;
mod limits;
mod mend;
mod mhtml;
pub mod ocr;
pub mod office;
pub mod pdf;
pub mod picture;
mod recognise;
mod serve;
mod sniff;
mod text;
mod viewers;
mod zip;

use std::panic::{AssertUnwindSafe, catch_unwind};

use url::Url;

pub use recognise::Recognition;
pub use serve::{Allowance, Answer, Request, Surroundings, Task, answer, head, serve};

use crate::model::{Document, MediaKind, ReadNote, Readability};

/// Bytes of a page that are parsed; the rest of a longer one is left unread, which makes it partly readable.
const MAX_PARSED: usize = 8 * 1024 * 1024;

/// A body and what came with it.
#[derive(Debug, Clone, Copy)]
pub struct Body<'a> {
    /// The bytes, decompressed.
    pub bytes: &'a [u8],
    /// The `Content-Type` header.
    pub content_type: Option<&'a str>,
    /// The URL that answered, against which links are resolved.
    pub url: &'a Url,
    /// The body went on after what was read.
    pub capped: bool,
}

/// The kind of a body, told by its content.
pub fn kind(bytes: &[u8], content_type: Option<&str>) -> MediaKind {
    sniff::kind(bytes, content_type)
}

/// Whether a body of a kind is text in itself, whose reading cannot cost much more than the body.
pub fn is_plain(kind: MediaKind) -> bool {
    matches!(kind, MediaKind::Html | MediaKind::Text | MediaKind::Csv)
}

/// Reads a body that is known to be plain text, whatever it looks like.
pub fn plain_text(bytes: &[u8]) -> Document {
    text::read(&charset::decode(bytes, None, false))
}

/// Reads a body. Never fails: what cannot be read is a [`Document`] that says so. A parser that panics costs its own
/// document and nothing else.
pub fn read(body: Body<'_>) -> Document {
    let kind = sniff::kind(body.bytes, body.content_type);
    let mut document = one(body, kind);
    if body.capped && document.readability == Readability::Full {
        document.readability = Readability::Partial;
    }
    document
}

/// Reads a body of a kind.
fn one(body: Body<'_>, kind: MediaKind) -> Document {
    let parse = || match kind {
        MediaKind::Html => match mhtml::page(body.bytes) {
            Some(page) => page_of(&page, body),
            None => page_of(body.bytes, body),
        },
        MediaKind::Text => text::read(&charset::decode(parsed(body.bytes), body.content_type, false)),
        MediaKind::Csv => text::table(&charset::decode(parsed(body.bytes), body.content_type, false)),
        MediaKind::Zip => zip::read(body.bytes, &mut |bytes| {
            let member = Body { bytes, content_type: None, ..body };
            one(member, sniff::kind(bytes, None))
        }),
        MediaKind::Pdf => pdf::read(body.bytes),
        MediaKind::Image => {
            let notes = vec![ReadNote::Scan { pages: 1 }];
            Document { pages: Some(1), unread_pages: vec![1], notes, ..Document::unread(kind) }
        }
        kind => office::read(body.bytes, kind),
    };
    let mut document = catch_unwind(AssertUnwindSafe(|| {
        let mut document = parse();
        if !is_plain(kind) {
            mend::document(&mut document);
        }
        document
    }))
    .unwrap_or_else(|_| Document { notes: vec![ReadNote::TooCostly], ..Document::unread(kind) });
    let is_cut = matches!(kind, MediaKind::Html | MediaKind::Text | MediaKind::Csv) && body.bytes.len() > MAX_PARSED;
    if is_cut && document.readability == Readability::Full {
        document.readability = Readability::Partial;
    }
    document
}

fn page_of(bytes: &[u8], body: Body<'_>) -> Document {
    let html = charset::decode(parsed(bytes), body.content_type, true);
    let mut document = html::read(&html, body.url);
    viewers::add(&html, body.url, &mut document);
    document
}

fn parsed(bytes: &[u8]) -> &[u8] {
    &bytes[..bytes.len().min(MAX_PARSED)]
}

#[cfg(test)]
mod tests;
