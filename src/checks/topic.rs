//! The page is about the item.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Page, PageCheck, RuleStatus, World};
use crate::model::{Finding, Reason, ReasonCode, Text};
use crate::thai::Phrase;

/// Items named on one page that make it a list of items.
const LISTED_ITEMS: usize = 6;

/// The page's own title, headings or text, or the link that led to it, name the item by one of several phrases. Since
/// agencies word things in ways that no list exhausts, a page that names none is for a person, never failed for it. Where
/// text was misread, what looks like a name makes it likely, no more.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    /// Phrases, any of which tells that the page is about the item.
    pub any: Vec<Phrase>,
    /// How far the rule is verified.
    pub status: RuleStatus,
    /// Where the rule is from.
    pub source: String,
}

impl Topic {
    fn names(&self, page: &Page<'_>) -> bool {
        page.own.names(&self.any) || page.via.is_some_and(|via| crate::thai::Folded::new(via).contains_any(&self.any))
    }
}

/// Whether a page's own text names so many of the year's items that it is a list of them, such as the criteria pasted in
/// or an index, and not about one.
fn lists_items(page: &Page<'_>, world: &World<'_>) -> bool {
    let text = page.own.text.folded();
    world.item_names.iter().filter(|name| text.contains(name)).count() >= LISTED_ITEMS
}

impl PageCheck for Topic {
    fn selects(&self) -> bool {
        true
    }

    fn run(&self, pages: &[&Page<'_>], world: &World<'_>) -> Finding {
        let by_title = pages.iter().any(|page| page.own.title.has(&self.any));
        let mut naming = pages.iter().filter(|page| self.names(page)).peekable();
        if naming.peek().is_some() && naming.any(|page| !lists_items(page, world)) {
            return Finding::met();
        }
        let first = pages.first();
        let leads = pages.iter().any(|page| page.own.anchors.has(&self.any));
        let resembling = pages.iter().find_map(|page| Some((page, page.resembling(&self.any)?)));
        let element = Text::new("เนื้อหาของหัวข้อนี้", "content about this item");
        let reason = Reason::new(ReasonCode::ContentMissing)
            .with_text("element", element)
            .seeing(first.and_then(|page| page.document.title.clone()).unwrap_or_default());
        if let Some((page, quoted)) = resembling {
            return Finding::unsure(true, reason.seeing(quoted).at(page.url));
        }
        // A title alone is set by the menu as often as by the content.
        Finding::unsure(leads || by_title, first.map_or(reason.clone(), |page| reason.at(page.url)))
    }
}

#[cfg(test)]
mod tests {
    use super::Topic;
    use crate::checks::page_tests::{Site, document_of_text};
    use crate::checks::{PageCheck, RuleStatus};
    use crate::model::{Outcome, ReadNote};
    use crate::thai::Phrase;

    fn check() -> Topic {
        Topic {
            any: vec![Phrase::new("ข้อมูลผู้บริหาร")], status: RuleStatus::Verified, source: String::new()
        }
    }

    #[test]
    fn headings_and_text_name_a_topic_and_menus_do_not() {
        assert_eq!(Site::with_page("<h2>ข้อมูล ผู้บริหาร</h2><p>นายก</p>").check(&check()).outcome, Outcome::Met);
        let elsewhere = Site::with_page("<h2>กฎหมายที่เกี่ยวข้อง</h2><p>พระราชบัญญัติ</p>").check(&check());
        assert_eq!((elsewhere.outcome, elsewhere.likely), (Outcome::Unsure, false));
        let index = Site::with_page("<ul><li><a href=x>ข้อมูลผู้บริหาร</a></ul>").check(&check());
        assert_eq!((index.outcome, index.likely), (Outcome::Unsure, true));
        assert!(check().selects());
    }

    #[test]
    fn what_looks_like_a_name_in_misread_text_makes_it_likely() {
        let text = "ข้อมูสผู้บริหาร นายกเทศมนตรี";
        let finding = |notes| Site::with_document(document_of_text(text, notes)).check(&check());
        assert!(!finding(vec![]).likely && !finding(vec![ReadNote::Repaired]).likely);
        let recognised = finding(vec![ReadNote::Recognised { pages: 1 }]);
        assert_eq!((recognised.outcome, recognised.likely), (Outcome::Unsure, true));
        assert_eq!(recognised.reasons[0].evidence.as_deref(), Some("ข้อมูสผู้บริหาร นายกเทศมนตรี ≈ ข้อมูลผู้บริหาร"));
    }
}
