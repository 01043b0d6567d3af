//! The page has content of its own, and this program can read it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Page, PageCheck, World};
use crate::model::{Finding, Readability, Reason, ReasonCode};

/// The page has content of its own. Nothing but the site's template is an empty page; content that this program cannot
/// read is for a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Readable {}

impl PageCheck for Readable {
    fn gates(&self) -> bool {
        true
    }

    fn run(&self, pages: &[&Page<'_>], world: &World<'_>) -> Finding {
        let mut findings = pages.iter().map(|page| one(page, world));
        let first = findings.next().unwrap_or_else(Finding::met);
        findings.fold(first, |best, next| if next.outcome > best.outcome { next } else { best })
    }
}

fn one(page: &Page<'_>, world: &World<'_>) -> Finding {
    let own = page.own;
    let words = !own.text.text.is_empty() || !own.anchors.text.is_empty() || page.forms().next().is_some();
    if let Some(why) = page.unread(world) {
        let partly = page.document.readability == Readability::Partial || page.answer.capped;
        if partly && words {
            return Finding::met_with(too_large(page).info());
        }
        let only_pictures_missing = page.document.readability == Readability::Full && words;
        if only_pictures_missing {
            return Finding::met();
        }
        return Finding::unsure(true, Reason::new(ReasonCode::ContentUnreadable).with_text("why", why).at(page.url));
    }
    if words || !page.own.frames.is_empty() {
        Finding::met()
    } else {
        Finding::not_met(Reason::new(ReasonCode::ContentEmpty).at(page.url))
    }
}

fn too_large(page: &Page<'_>) -> Reason {
    let mebibytes = page.answer.bytes.div_ceil(1024 * 1024);
    Reason::new(ReasonCode::LinkTooLarge).with("limit", format_args!("{mebibytes} MiB")).at(page.url)
}

#[cfg(test)]
mod tests {
    use super::Readable;
    use crate::checks::PageCheck;
    use crate::checks::page_tests::{Site, document_of_kind};
    use crate::model::{MediaKind, Outcome, ReasonCode};

    #[test]
    fn a_page_with_nothing_but_the_template_is_empty() {
        let site = Site::with_page("");
        assert_eq!(site.check(&Readable {}).reasons[0].code, ReasonCode::ContentEmpty);
        let site = Site::with_page("<p>โครงสร้างองค์กร</p>");
        assert_eq!(site.check(&Readable {}).outcome, Outcome::Met);
    }

    #[test]
    fn content_in_pictures_or_files_is_for_a_person() {
        let site = Site::with_page("<img src=scan1.jpg>");
        let finding = site.check(&Readable {});
        assert_eq!((finding.outcome, finding.reasons[0].code), (Outcome::Unsure, ReasonCode::ContentUnreadable));
        let site = Site::with_document(document_of_kind(MediaKind::Pdf));
        assert_eq!(site.check(&Readable {}).outcome, Outcome::Unsure);
        assert!(!Readable {}.selects());
    }
}
