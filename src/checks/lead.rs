//! Which links lead to a document, by their address or by their wording.

use std::sync::LazyLock;

use url::Url;

use super::target;
use crate::model::{PageLink, is_web};
use crate::thai::{Folded, Phrase};

/// Endings of document files.
const FILES: &[&str] = &[
    "pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "csv", "txt", "zip", "rar", "jpg", "jpeg", "png",
];

/// Wordings of links to a document: the name is in the row or heading then, not in the link.
const WORDINGS: &[&str] = &[
    "ดาวน์โหลด",
    "download",
    "คลิก",
    "click",
    "ดูเอกสาร",
    "เปิดเอกสาร",
    "เปิดดู",
    "รายละเอียด",
    "อ่านต่อ",
    "อ่านเพิ่มเติม",
    "ไฟล์แนบ",
    "เอกสารแนบ",
    "ไฟล์เอกสาร",
    "ที่นี่",
    "pdf",
    "view",
    "read more",
];

static PHRASES: LazyLock<Vec<Phrase>> = LazyLock::new(|| WORDINGS.iter().map(|wording| Phrase::new(wording)).collect());

/// Whether a URL is of a document file, by its ending, its query or its host.
pub fn is_file(url: &Url) -> bool {
    let name = url.path().rsplit('/').next().unwrap_or_default();
    if has_ending(name) || target::is_viewer(url) {
        return true;
    }
    let path = url.path().to_ascii_lowercase();
    target::is_stored(url) || path.contains("download") || path.contains("getfile")
}

/// Whether a name ends as those of document files do.
pub(super) fn has_ending(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| FILES.iter().any(|known| ending.eq_ignore_ascii_case(known)))
}

/// Whether a link leads to a document.
pub fn is_document(link: &PageLink) -> bool {
    is_web(&link.url)
        && (is_file(&link.url) || (link.text.len() < 120 && Folded::new(&link.text).contains_any(&PHRASES)))
}

#[cfg(test)]
mod tests {
    use super::is_document;
    use crate::model::PageLink;

    #[test]
    fn documents_are_told_by_address_or_wording() {
        let link = |url: &str, text: &str| {
            is_document(&PageLink {
                url: url.parse().unwrap(),
                text: text.to_owned(),
                around: String::new(),
                path: 0,
                chrome: false,
            })
        };
        assert!(link("http://x.go.th/a/แผน.PDF", "แผน"));
        assert!(link("http://x.go.th/download.php?id=7", "แผน"));
        assert!(link("http://x.go.th/viewer.html?file=/a/b.pdf", "แผน"));
        assert!(link("https://drive.google.com/file/d/1/view", "แผน"));
        assert!(link("http://x.go.th/news/1", "คลิก ที่นี่"));
        assert!(!link("http://x.go.th/plan.html", "แผนดำเนินงาน"));
        assert!(!link("mailto:a@x.go.th", "download"));
    }
}
