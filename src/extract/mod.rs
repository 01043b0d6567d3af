//! Floor 2: bytes to [`Document`], one file a format. Bodies are hostile: every size is bounded.

mod charset;
mod html;
mod sniff;
mod text;

use std::panic::{AssertUnwindSafe, catch_unwind};

use url::Url;

use crate::model::{Document, MediaKind, Readability};

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

/// Reads a body. Never fails: what cannot be read is a [`Document`] that says so. A parser that panics costs its own
/// document and nothing else.
pub fn read(body: Body<'_>) -> Document {
    let kind = sniff::kind(body.bytes, body.content_type);
    let bytes = &body.bytes[..body.bytes.len().min(MAX_PARSED)];
    let parse = || match kind {
        MediaKind::Html => html::read(&charset::decode(bytes, body.content_type, true), body.url),
        MediaKind::Text => text::read(&charset::decode(bytes, body.content_type, false)),
        unread => Document::unread(unread),
    };
    let mut document = catch_unwind(AssertUnwindSafe(parse)).unwrap_or_else(|_| Document::unread(kind));
    if (body.capped || bytes.len() < body.bytes.len()) && document.readability == Readability::Full {
        document.readability = Readability::Partial;
    }
    document
}
