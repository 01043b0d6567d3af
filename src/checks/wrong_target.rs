//! The submitted link is the page itself, not one on the way to it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{ItemCheck, ItemSubject};
use crate::model::{Finding, MediaKind, Reason, ReasonCode};

/// Advice where the content was found one click further than the submitted page, and that page is not itself about the
/// item. A page about the item that lists its files is the right target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WrongTarget {}

impl ItemCheck for WrongTarget {
    fn run(&self, subject: &ItemSubject<'_>) -> Finding {
        let followed = subject.deciding.iter().all(|page| page.via.is_some());
        let page = subject.deciding.iter().find(|page| page.document.kind == MediaKind::Html);
        match page {
            Some(page) if followed && !subject.submitted_on_topic => {
                Finding::met_with(Reason::new(ReasonCode::LinkWrongTarget).at(page.url).advice())
            }
            _ => Finding::met(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::WrongTarget;
    use crate::checks::page_tests::wrong_target_with;
    use crate::model::{Outcome, ReasonCode};

    #[test]
    fn advice_only_where_the_submitted_page_is_not_about_the_item() {
        let advised = |followed, on_topic| {
            let finding = wrong_target_with(WrongTarget {}, followed, on_topic);
            assert_eq!(finding.outcome, Outcome::Met);
            finding.reasons.iter().any(|reason| reason.code == ReasonCode::LinkWrongTarget)
        };
        assert!(advised(true, false));
        assert!(!advised(true, true));
        assert!(!advised(false, false));
    }
}
