//! The item that this one builds on is met.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{IfNot, ItemCheck, ItemSubject, RuleStatus};
use crate::model::{Finding, ItemId, Outcome, Reason, ReasonCode, Text};

/// The item is judged against another's document: a report against its plan, an action against its measures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DependsOn {
    /// The other item.
    pub item: ItemId,
    /// What follows where the other item is not met.
    #[serde(default)]
    pub if_unmet: IfNot,
    /// The assessors' own words then.
    #[serde(default)]
    pub wording: Option<Text>,
    /// How far the rule is verified.
    pub status: RuleStatus,
    /// Where the rule is from.
    pub source: String,
}

impl ItemCheck for DependsOn {
    fn run(&self, subject: &ItemSubject<'_>) -> Finding {
        let reason = || Reason::new(ReasonCode::ItemDependsOn).with("other", &self.item).worded(self.wording.as_ref());
        match ((subject.outcome_of)(&self.item), self.if_unmet) {
            (Some((Outcome::NotMet, _)), IfNot::Fail) => Finding::not_met(reason()),
            // What takes this one with it leaves it no likelier than itself.
            (Some((Outcome::Unsure, likely)), IfNot::Fail) => Finding::unsure(likely, reason()),
            // Where it is not verified that the other takes this one with it, this one would more likely stand.
            (Some((Outcome::NotMet, _)), IfNot::Review) => Finding::unsure(true, reason()),
            (Some((Outcome::NotMet, _)), IfNot::Advice) => Finding::met_with(reason().advice()),
            _ => Finding::met(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::DependsOn;
    use crate::checks::page_tests::depends_with;
    use crate::checks::{IfNot, RuleStatus};
    use crate::model::Outcome;

    #[test]
    fn the_other_items_outcome_passes_on_as_far_as_the_rule_says() {
        use Outcome::{Met, NotMet, Unsure};
        for (other, if_unmet, expected) in [
            (Some(NotMet), IfNot::Fail, NotMet),
            (Some(NotMet), IfNot::Review, Unsure),
            (Some(NotMet), IfNot::Advice, Met),
            (Some(Unsure), IfNot::Fail, Unsure),
            (Some(Unsure), IfNot::Review, Met),
            (Some(Met), IfNot::Fail, Met),
            (None, IfNot::Fail, Met),
        ] {
            let check = DependsOn {
                item: "X42".parse().unwrap(),
                if_unmet,
                wording: None,
                status: RuleStatus::Verified,
                source: String::new(),
            };
            assert_eq!(depends_with(&check, other).outcome, expected, "{other:?} {if_unmet:?}");
        }
    }
}
