//! The heading above each link of a page: an index names what its links are of there, and its links say «download».

use crate::model::{BlockRole, Document, PageLink};

/// Blocks that are looked through for the text of the next link; a link without a block of its own is not sought for ever.
const AHEAD: usize = 400;

/// The heading above each of some links of a document, by its place among the blocks. The links are in the page's order.
pub(super) fn headings_above<'d>(
    document: &'d Document,
    links: impl Iterator<Item = &'d PageLink>,
) -> Vec<Option<usize>> {
    let (mut block, mut from, mut heading) = (0, 0, None);
    links
        .map(|link| {
            let mut above = heading;
            let ahead = document.blocks.iter().enumerate().skip(block).take(AHEAD);
            for (at, one) in ahead.filter(|_| !link.text.is_empty()) {
                let start = if at == block { from } else { 0 };
                if let Some(found) = one.text.get(start..).and_then(|rest| rest.find(&link.text)) {
                    (block, from, heading) = (at, start + found + link.text.len(), above);
                    break;
                }
                if one.role == BlockRole::Heading {
                    above = Some(at);
                }
            }
            heading
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::headings_above;
    use crate::checks::page_tests::html_document;

    #[test]
    fn links_are_told_the_heading_above_them() {
        let html = "<a href=/0>เมนู</a><h2>แผนดำเนินงาน</h2><p><a href=/1>ดาวน์โหลด</a> <a href=/2>ดาวน์โหลด</a></p>\
                    <h3>ปี 2562</h3><ul><li><a href=/3>ดาวน์โหลด</a></li></ul><h2><a href=/4>รายงาน</a></h2>\
                    <p><a href=/5><img src=x></a><a href=/6>ดาวน์โหลด</a></p>";
        let document = html_document(&"http://www.a.go.th/".parse().unwrap(), html);
        let above = headings_above(&document, document.links.iter());
        let text = |at: &Option<usize>| at.map_or("", |at| document.blocks[at].text.as_str());
        let above: Vec<&str> = above.iter().map(text).collect();
        assert_eq!(above, ["", "แผนดำเนินงาน", "แผนดำเนินงาน", "ปี 2562", "ปี 2562", "ปี 2562", "รายงาน"]);
    }
}
