//! The submitted link is the page itself, not one on the way to it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{ItemCheck, ItemSubject};
use crate::model::{Finding, MediaKind, Reason, ReasonCode};

/// Advice, or for a home page a question to a person, where the content was found one click further than the submitted page, and that page is not itself about the
/// item. A page about the item that lists its files is the right target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WrongTarget {}

impl ItemCheck for WrongTarget {
    fn run(&self, subject: &ItemSubject<'_>) -> Finding {
        // What a page embeds, or sends its visitor on to, is shown without a click.
        let followed = subject.deciding.iter().all(|page| page.via.is_some_and(|text| !text.is_empty()));
        let page = subject.deciding.iter().find(|page| page.document.kind == MediaKind::Html);
        match page {
            Some(page) if followed && !subject.submitted_on_topic => {
                let reason = Reason::new(ReasonCode::LinkWrongTarget).at(page.url);
                // The menu of a home page leads to everything: whether an assessor follows it is not known.
                if subject.from_home { Finding::unsure(true, reason) } else { Finding::met_with(reason.advice()) }
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
