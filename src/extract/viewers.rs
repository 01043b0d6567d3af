//! Documents that a page shows by a script of its own: `FlowPaper`, PDF.js, `PDFObject`. What the script is told to show
//! stands in the page, and is as good as embedded.

use url::Url;

use crate::model::{Document, Frame, Readability, is_web};

/// What stands before the address of the file, in the scripts of viewers: the settings of `FlowPaper` and `FlexPaper`, the
/// call of `PDFObject`, that of PDF.js and its default, those of dFlip.
const MARKS: &[&str] = &[
    "PDFFile",
    "PDFObject.embed(",
    "pdfjsLib.getDocument(",
    "PDFJS.getDocument(",
    "DEFAULT_URL",
    "data-pdf",
    "df-source",
];

/// Bytes between a mark and the quotation mark that begins the address: a colon, an equals sign, blanks.
const GAP: usize = 12;
/// Bytes of an address.
const LONGEST: usize = 2_000;
/// Addresses of one page.
const MOST: usize = 20;

/// Adds the documents that a page's scripts are told to show to those that it embeds.
pub(super) fn add(html: &str, base: &Url, document: &mut Document) {
    let mut found = 0;
    for mark in MARKS {
        for at in memchr::memmem::find_iter(html.as_bytes(), mark).take(MOST) {
            let Some(url) = html.get(at + mark.len()..).and_then(quoted).and_then(|name| base.join(name).ok()) else {
                continue;
            };
            let new = is_web(&url) && url != *base && document.frames.iter().all(|frame| frame.url != url);
            if new && found < MOST {
                found += 1;
                document.frames.push(Frame { url, chrome: false });
            }
        }
    }
    // A viewer that has something to show is no shell that has to be filled first.
    if found > 0 {
        document.needs_script = false;
        if document.readability == Readability::None {
            document.readability = Readability::Full;
        }
    }
}

/// The text in quotation marks that begins shortly, if it looks like the name of a file.
fn quoted(rest: &str) -> Option<&str> {
    let start = rest.bytes().take(GAP).position(|byte| matches!(byte, b'"' | b'\''))?;
    if rest.as_bytes().get(..start)?.iter().any(|byte| !matches!(byte, b' ' | b':' | b'=' | b'\t' | b'"' | b'\'')) {
        return None;
    }
    let quote = char::from(*rest.as_bytes().get(start)?);
    let mut inside = rest.get(start + 1..)?;
    // Of `"PDFFile": "x.pdf"`, the first mark ends the name of the setting.
    if let Some(value) = inside.trim_start().strip_prefix(':') {
        let value = value.trim_start();
        inside = value.strip_prefix(quote)?;
    }
    let end = inside.bytes().take(LONGEST).position(|byte| byte == quote as u8)?;
    let name = inside.get(..end)?.trim();
    let plausible = !name.is_empty() && !name.contains(['<', '>', '{', '}', '\n']) && name.contains('.');
    plausible.then_some(name)
}

#[cfg(test)]
mod tests {
    use super::add;
    use crate::model::{Document, MediaKind};

    fn shown(html: &str) -> Vec<String> {
        let mut document = Document::unread(MediaKind::Html);
        document.needs_script = true;
        add(html, &"http://a.go.th/plan/".parse().unwrap(), &mut document);
        assert_eq!(document.needs_script, document.frames.is_empty());
        document.frames.iter().map(|frame| frame.url.to_string()).collect()
    }

    #[test]
    fn the_file_that_a_viewer_s_script_is_told_to_show_is_embedded() {
        for html in [
            "$('#v').FlowPaperViewer({config : {PDFFile : 'x.pdf', Scale : 0.6}})",
            "var fp = {config: {\"PDFFile\": \"x.pdf\"}}",
            "PDFObject.embed(\"x.pdf\", '#v')",
            "pdfjsLib.getDocument('x.pdf').promise",
            "var DEFAULT_URL = 'x.pdf';",
            "<div class=_df_book data-pdf=\"x.pdf\">",
        ] {
            assert_eq!(shown(html), ["http://a.go.th/plan/x.pdf"], "{html}");
        }
    }

    #[test]
    fn what_is_computed_or_nothing_is_not() {
        for html in [
            "PDFFile : escape(name)",
            "pdfjsLib.getDocument(url)",
            "DEFAULT_URL = '';",
            "PDFFile: '{docs/x_[*,0].pdf,12}'",
            "PDFFile: 'javascript:x.y'",
            "PDFFile",
            "PDFFile: 'never ends.pdf",
            "",
        ] {
            assert_eq!(shown(html), [""; 0], "{html}");
        }
        assert!(shown(&"PDFFile:'ก.pdf'\n".repeat(5000)).len() == 1);
    }
}
