//! Tells the kind of a body by its first bytes; headers and file names lie.

use memchr::memmem;

use crate::model::MediaKind;

/// Signatures at the start of a body.
const MAGIC: &[(&[u8], MediaKind)] = &[
    (b"%PDF-", MediaKind::Pdf),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", MediaKind::Doc),
    (b"{\\rtf", MediaKind::Rtf),
    (b"\x89PNG\r\n\x1a\n", MediaKind::Image),
    (b"\xFF\xD8\xFF", MediaKind::Image),
    (b"GIF8", MediaKind::Image),
    (b"BM", MediaKind::Image),
    (b"II*\0", MediaKind::Image),
    (b"MM\0*", MediaKind::Image),
    (b"Rar!\x1a\x07", MediaKind::Archive),
    (b"7z\xBC\xAF\x27\x1C", MediaKind::Archive),
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

/// How far into a body a signature is looked for, after white space and a byte-order mark.
const WINDOW: usize = 1024;

/// The kind of a body.
pub(super) fn kind(bytes: &[u8], content_type: Option<&str>) -> MediaKind {
    let window = &bytes[..bytes.len().min(WINDOW)];
    if let Some((_, kind)) = MAGIC.iter().find(|(magic, _)| window.starts_with(magic)) {
        return *kind;
    }
    if window.starts_with(b"PK\x03\x04") {
        return zip_kind(window);
    }
    if memmem::find(window, b"%PDF-").is_some() {
        return MediaKind::Pdf;
    }
    let declared = content_type.unwrap_or_default().to_ascii_lowercase();
    if looks_like_html(window) || declared.starts_with("text/html") || declared.starts_with("application/xhtml") {
        return if looks_binary(window) { MediaKind::Other } else { MediaKind::Html };
    }
    if looks_binary(window) {
        return if declared.starts_with("image/") { MediaKind::Image } else { MediaKind::Other };
    }
    MediaKind::Text
}

fn zip_kind(window: &[u8]) -> MediaKind {
    let has = |name: &[u8]| memmem::find(window, name).is_some();
    if has(b"[Content_Types].xml")
        || has(b"word/")
        || has(b"xl/")
        || has(b"ppt/")
        || has(b"mimetypeapplication/vnd.oasis")
    {
        MediaKind::Docx
    } else {
        MediaKind::Zip
    }
}

fn looks_like_html(window: &[u8]) -> bool {
    let window = window.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(window);
    let start = window.iter().position(|b| !b.is_ascii_whitespace()).unwrap_or(window.len());
    let starts_with =
        |tag: &str| window[start..].get(..tag.len()).is_some_and(|head| head.eq_ignore_ascii_case(tag.as_bytes()));
    HTML_STARTS.iter().any(|tag| starts_with(tag)) || (starts_with("<?xml") && contains_html_tag(window))
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
mod tests {
    use super::kind;
    use crate::model::MediaKind;

    #[test]
    fn content_decides_not_the_header() {
        for (bytes, header, expected) in [
            (&b"%PDF-1.4"[..], Some("text/html"), MediaKind::Pdf),
            (b"\n\n%PDF-1.4", None, MediaKind::Pdf),
            (b"  <!DOCTYPE html>", Some("application/pdf"), MediaKind::Html),
            (b"\xEF\xBB\xBF<html>", None, MediaKind::Html),
            (b"PK\x03\x04aaaaword/document.xml", None, MediaKind::Docx),
            (b"PK\x03\x04aaaareport.pdf", None, MediaKind::Zip),
            (b"\xFF\xD8\xFF\xE0", Some("text/html"), MediaKind::Image),
            ("ลำดับ,โครงการ".as_bytes(), Some("application/octet-stream"), MediaKind::Text),
            (b"\x00\x01\x02", Some("text/html"), MediaKind::Other),
            (b"", Some("text/html; charset=utf-8"), MediaKind::Html),
        ] {
            assert_eq!(kind(bytes, header), expected, "{}", String::from_utf8_lossy(bytes));
        }
    }
}
