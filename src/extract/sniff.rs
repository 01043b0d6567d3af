//! Tells the kind of a body by its content; headers and file names lie.

use std::borrow::Cow;

use memchr::memmem;

use super::{charset, mhtml, office, text, zip};
use crate::model::MediaKind;

/// Signatures at the start of a body.
const MAGIC: &[(&[u8], MediaKind)] = &[
    (b"%PDF-", MediaKind::Pdf),
    (b"{\\rtf", MediaKind::Rtf),
    (b"\x89PNG\r\n\x1a\n", MediaKind::Image),
    (b"\xFF\xD8\xFF", MediaKind::Image),
    (b"GIF8", MediaKind::Image),
    (b"II*\0", MediaKind::Image),
    (b"MM\0*", MediaKind::Image),
    (b"Rar!\x1a\x07", MediaKind::Archive),
    (b"7z\xBC\xAF\x27\x1C", MediaKind::Archive),
    (b"\x1F\x8B\x08", MediaKind::Archive),
    (b"MZ", MediaKind::Other),
    (b"\x7FELF", MediaKind::Other),
];

/// Tags that only a web page begins with (WHATWG MIME sniffing, 7.1, and what old systems leave out).
const HTML_STARTS: &[&str] = &[
    "<!doctype",
    "<html",
    "<head",
    "<body",
    "<script",
    "<iframe",
    "<h1",
    "<div",
    "<font",
    "<table",
    "<a ",
    "<style",
    "<title",
    "<b>",
    "<br",
    "<p",
    "<!--",
    "<meta",
    "<center",
    "<form",
    "<link",
    "<span",
    "<ul",
    "<img",
];

/// What the source of a program begins with. It was meant to be run by the server and is shown as it is.
const SCRIPT_STARTS: &[&[u8]] = &[b"<?php", b"<? ", b"<?\n", b"<?\r", b"<?=", b"<%", b"#!"];

/// How far into a body a signature is looked for, after white space and a byte-order mark.
const WINDOW: usize = 1024;
/// How far into a file of XML its kind is looked for; namespaces fill the first lines.
const XML_WINDOW: usize = 8192;
/// How much of a text is looked at to see whether it is a table.
const TABLE_WINDOW: usize = 16 * 1024;

/// The kind of a body.
pub(super) fn kind(bytes: &[u8], content_type: Option<&str>) -> MediaKind {
    let window = &bytes[..bytes.len().min(WINDOW)];
    let declared = content_type.unwrap_or_default().to_ascii_lowercase();
    if let Some((magic, kind)) = MAGIC.iter().find(|(magic, _)| window.starts_with(magic)) {
        // Letters that a text may begin with, too.
        let is_text = *magic == b"MZ" && !looks_binary(window);
        return if is_text { MediaKind::Text } else { *kind };
    }
    if is_picture(window) {
        return MediaKind::Image;
    }
    if office::is_compound(window) {
        return office::compound_kind(bytes);
    }
    if zip::is_zip(window) {
        return zip_kind(bytes);
    }
    // Before the other kinds: a page may show the source of a program, but does not begin with it.
    let start = start(window);
    if SCRIPT_STARTS.iter().any(|script| start.starts_with(script)) {
        return if looks_binary(window) { MediaKind::Other } else { MediaKind::Text };
    }
    if memmem::find(window, b"%PDF-").is_some() {
        return MediaKind::Pdf;
    }
    if mhtml::is_mhtml(&bytes[..bytes.len().min(4 * WINDOW)]) {
        return MediaKind::Html;
    }
    if let Some(kind) = xml_kind(bytes) {
        return kind;
    }
    if looks_like_html(window) || declared.starts_with("text/html") || declared.starts_with("application/xhtml") {
        return if looks_binary(window) { MediaKind::Other } else { MediaKind::Html };
    }
    if looks_binary(window) {
        // The beginning may be lost.
        if zip::is_cut_zip(bytes) {
            return zip_kind(bytes);
        }
        return if declared.starts_with("image/") { MediaKind::Image } else { MediaKind::Other };
    }
    text_kind(bytes, &declared)
}

/// The kind of a ZIP file, by the names and the declaration in it, wherever they stand.
fn zip_kind(bytes: &[u8]) -> MediaKind {
    if let Some(kind) = zip::declared(bytes).and_then(|declared| open_document(&declared)) {
        return kind;
    }
    let names = zip::names(bytes);
    let has = |start: &str| {
        names.iter().any(|name| name.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start.as_bytes())))
    };
    let is_package = ["[Content_Types].xml", "_rels/.rels", "docProps/"].into_iter().any(has);
    for (part, folder, kind) in [
        ("word/document", "word/", MediaKind::Docx),
        ("xl/workbook", "xl/", MediaKind::Xlsx),
        ("ppt/presentation", "ppt/", MediaKind::Pptx),
    ] {
        // In a damaged file one of the two may be missing.
        if has(part) || (is_package && has(folder)) {
            return kind;
        }
    }
    MediaKind::Zip
}

/// The kind that a MIME type of `OpenDocument` names, templates included; drawings are read as presentations.
fn open_document(declared: &str) -> Option<MediaKind> {
    let name = declared.trim().strip_prefix("application/vnd.oasis.opendocument.")?;
    [
        ("text", MediaKind::Odt),
        ("spreadsheet", MediaKind::Ods),
        ("presentation", MediaKind::Odp),
        ("graphics", MediaKind::Odp),
    ]
    .into_iter()
    .find_map(|(start, kind)| name.starts_with(start).then_some(kind))
}

/// The kind of an office file that is XML without a container: Word's and Excel's of 2003, and flat packages.
fn xml_kind(bytes: &[u8]) -> Option<MediaKind> {
    let window = &bytes[..bytes.len().min(XML_WINDOW)];
    if !start(window).starts_with(b"<?xml") {
        return None;
    }
    let has = |text: &[u8]| memmem::find(window, text).is_some();
    if has(b"progid=\"Word.Document\"") || has(b"<w:wordDocument") {
        return Some(MediaKind::Docx);
    }
    if has(b"progid=\"Excel.Sheet\"") || has(b"urn:schemas-microsoft-com:office:spreadsheet") && has(b"<Workbook") {
        return Some(MediaKind::Xlsx);
    }
    let mime = memmem::find(window, b"application/vnd.oasis.opendocument.").filter(|_| has(b"<office:document"))?;
    let end = window[mime..].iter().position(|b| matches!(b, b'"' | b'\'')).map_or(window.len(), |end| mime + end);
    open_document(&String::from_utf8_lossy(&window[mime..end]))
}

/// Text or a table of separated values.
fn text_kind(bytes: &[u8], declared: &str) -> MediaKind {
    let sample = charset::decode(&bytes[..bytes.len().min(TABLE_WINDOW)], None, false);
    if text::separator(&sample).is_some() || declared.starts_with("text/csv") {
        MediaKind::Csv
    } else {
        MediaKind::Text
    }
}

/// Pictures whose signature has a gap: BMP, whose two letters a text may begin with, and WebP.
fn is_picture(window: &[u8]) -> bool {
    let bmp = window.starts_with(b"BM") && window.get(6..10) == Some(&[0; 4]);
    bmp || (window.starts_with(b"RIFF") && window.get(8..12) == Some(b"WEBP"))
}

/// What follows a byte-order mark and white space.
fn start(window: &[u8]) -> &[u8] {
    let window = window.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(window);
    let start = window.iter().position(|b| !b.is_ascii_whitespace()).unwrap_or(window.len());
    &window[start..]
}

fn looks_like_html(window: &[u8]) -> bool {
    let window = in_bytes(window);
    let start = start(&window);
    let starts_with = |tag: &str| start.get(..tag.len()).is_some_and(|head| head.eq_ignore_ascii_case(tag.as_bytes()));
    HTML_STARTS.iter().any(|tag| starts_with(tag)) || (starts_with("<?xml") && contains_html_tag(&window))
}

/// The window as UTF-8 where a byte-order mark says that it is in UTF-16: Excel and Word save web pages so.
fn in_bytes(window: &[u8]) -> Cow<'_, [u8]> {
    match encoding_rs::Encoding::for_bom(window) {
        Some((encoding, mark)) if encoding != encoding_rs::UTF_8 => {
            Cow::Owned(encoding.decode_without_bom_handling(&window[mark..]).0.into_owned().into_bytes())
        }
        _ => Cow::Borrowed(window),
    }
}

fn contains_html_tag(window: &[u8]) -> bool {
    window.windows(5).any(|five| five.eq_ignore_ascii_case(b"<html"))
}

/// A byte that no text in UTF-8, windows-874 or UTF-16 with a mark has: NUL and most controls.
fn looks_binary(window: &[u8]) -> bool {
    if window.starts_with(b"\xFF\xFE") || window.starts_with(b"\xFE\xFF") {
        return false;
    }
    // Every byte is looked at, which is quicker than stopping at the first.
    window.iter().fold(false, |binary, b| binary | matches!(b, 0..=8 | 14..=26 | 28..=31))
}

#[cfg(test)]
#[path = "sniff_tests.rs"]
mod tests;
