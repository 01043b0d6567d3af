//! The page is reached from the home page in a few clicks.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{LinkCheck, LinkSubject, RuleStatus};
use crate::model::{Finding, Reason, ReasonCode, Text, Way, clicks_in_words};

/// The main website leads from its home page to the submitted link in at most so many clicks; else there is advice. What
/// was not sought, or could not be, is not said to be absent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClickPath {
    /// The most clicks.
    #[schemars(range(min = 1))]
    pub most: u32,
    /// How far the rule is verified.
    pub status: RuleStatus,
    /// Where the rule is from.
    pub source: String,
}

impl LinkCheck for ClickPath {
    fn run(&self, subject: &LinkSubject<'_>) -> Finding {
        let Some(url) = &subject.link.url else { return Finding::met() };
        match (subject.world.way)(url) {
            Way::Found(clicks) if clicks.len() > self.most as usize => {
                let reason = Reason::new(ReasonCode::LinkFar).with("clicks", clicks.len());
                Finding::met_with(reason.seeing(clicks_in_words(HOME, &clicks)).at(url).advice())
            }
            Way::NotFound { pages, whole } => {
                let reason = Reason::new(ReasonCode::LinkNoPath).with_text("pages", searched(pages, whole));
                Finding::met_with(reason.at(url).advice())
            }
            Way::Found(_) | Way::Unknown => Finding::met(),
        }
    }
}

/// What evidence calls the home page.
pub(super) const HOME: &str = "หน้าแรก";

/// How much of the website was searched, in words.
fn searched(pages: usize, whole: bool) -> Text {
    if whole {
        Text::new(
            format!("สำรวจครบทุกหน้าที่หน้าแรกนำไปถึง {pages} หน้า"),
            format!("all {pages} pages that it leads to were searched"),
        )
    } else {
        Text::new(
            format!("สำรวจได้เพียง {pages} หน้า ยังไม่ครบทั้งเว็บไซต์"),
            format!("only {pages} pages were searched, not the whole website"),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::ClickPath;
    use crate::checks::page_tests::{World as TestWorld, answered, link_finding_in};
    use crate::checks::{LinkCheck, RuleStatus};
    use crate::model::{Click, Finding, Level, Outcome, ReasonCode, Way};

    fn finding(way: Way) -> Finding {
        let check = ClickPath { most: 4, status: RuleStatus::Verified, source: String::new() };
        let world = TestWorld { way, ..TestWorld::default() };
        link_finding_in(&world, "http://www.nangrong.go.th/o1", Some(&answered(200)), |subject| check.run(subject))
    }

    fn clicks(count: usize) -> Way {
        let click = |at: usize| Click {
            text: format!("เมนู {at}"),
            url: format!("http://www.nangrong.go.th/{at}").parse().unwrap(),
        };
        Way::Found((1..=count).map(click).collect())
    }

    #[test]
    fn up_to_the_most_clicks_nothing_is_said() {
        for way in [clicks(0), clicks(1), clicks(4), Way::Unknown] {
            assert_eq!(finding(way), Finding::met());
        }
    }

    #[test]
    fn more_clicks_are_advised_on_with_the_way() {
        let far = finding(clicks(5));
        assert_eq!((far.outcome, far.reasons[0].code), (Outcome::Met, ReasonCode::LinkFar));
        assert_eq!(far.reasons[0].level, Some(Level::Advice));
        assert_eq!(far.reasons[0].args["clicks"].th, "5");
        let seen = far.reasons[0].evidence.as_deref();
        assert_eq!(seen, Some("หน้าแรก > เมนู 1 > เมนู 2 > เมนู 3 > เมนู 4 > เมนู 5"));
    }

    #[test]
    fn no_way_is_advised_on_with_how_far_it_was_sought() {
        for (whole, words) in [(true, "ครบทุกหน้า"), (false, "ยังไม่ครบ")] {
            let none = finding(Way::NotFound { pages: 12, whole });
            assert_eq!((none.outcome, none.reasons[0].code), (Outcome::Met, ReasonCode::LinkNoPath));
            let pages = &none.reasons[0].args["pages"].th;
            assert!(pages.contains(words) && pages.contains("12"), "{pages}");
        }
    }
}
