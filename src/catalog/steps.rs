//! The officer's very next action for what was found, as data.

use std::sync::LazyLock;

use serde::Deserialize;

use super::messages::{Blanks, fill_with};
use crate::model::{ReasonCode, Text};

const SOURCE: &str = include_str!("../../config/steps.yaml");

static BUILTIN: LazyLock<Result<Steps, String>> = LazyLock::new(|| Steps::parse(SOURCE));

/// The work that a remedy is where nothing is known of it.
const USUAL_EFFORT: u8 = 2;

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Review {
    next: Text,
    next_of_many: Text,
    unless: Text,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Step {
    codes: Vec<ReasonCode>,
    /// 1 a link or a setting, 2 a page to fill, 3 something to build.
    effort: u8,
    next: Text,
}

/// What to do next about each reason.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Steps {
    review: Review,
    steps: Vec<Step>,
}

impl Steps {
    fn parse(yaml: &str) -> Result<Self, String> {
        serde_yaml::from_str(yaml).map_err(|error| error.to_string())
    }

    /// The steps that are compiled into the program; none if they are not sound, which a test sees.
    pub fn builtin() -> Option<&'static Self> {
        BUILTIN.as_ref().ok()
    }

    fn of(&self, code: ReasonCode) -> Option<&Step> {
        self.steps.iter().find(|step| step.codes.contains(&code))
    }

    /// What to do next about a reason by which an item fails.
    pub fn after_fail(&self, code: ReasonCode, values: &Blanks) -> Text {
        self.of(code).map(|step| fill_with(&step.next, values)).unwrap_or_default()
    }

    /// What to do next about an item that a person has to look at; its links are `many` where they stay where they are.
    pub fn after_review(&self, values: &Blanks, many: bool) -> Text {
        fill_with(if many { &self.review.next_of_many } else { &self.review.next }, values)
    }

    /// What is said before the remedy of an item that a person has to look at.
    pub fn unless(&self) -> &Text {
        &self.review.unless
    }

    /// How much work the remedy of a reason is, from 1; it orders remedies that gain as much.
    pub fn effort(&self, code: ReasonCode) -> u8 {
        self.of(code).map_or(USUAL_EFFORT, |step| step.effort)
    }
}

#[cfg(test)]
mod tests {
    use super::BUILTIN;
    use crate::model::{ReasonCode, Text};

    #[test]
    fn every_reason_has_one_step_in_both_languages() {
        let steps = BUILTIN.as_ref().unwrap();
        for code in ReasonCode::ALL {
            assert_eq!(steps.steps.iter().filter(|step| step.codes.contains(code)).count(), 1, "{code}");
        }
        let blanks = |text: &str| -> Vec<String> {
            let mut blanks: Vec<String> =
                text.split('{').skip(1).map(|part| part.split_once('}').unwrap().0.to_owned()).collect();
            blanks.sort();
            blanks.dedup();
            blanks
        };
        let texts: Vec<&Text> = steps
            .steps
            .iter()
            .map(|step| &step.next)
            .chain([&steps.review.next, &steps.review.next_of_many, &steps.review.unless])
            .collect();
        for text in texts {
            assert!(!text.th.trim().is_empty() && !text.en.trim().is_empty());
            assert_eq!(blanks(&text.th), blanks(&text.en), "{}", text.th);
            for blank in blanks(&text.th) {
                assert!(["what", "url", "where", "missing", "line", "other"].contains(&blank.as_str()), "{}", text.th);
            }
        }
    }
}
