//! The item's channel is not another item's.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{IfNot, ItemCheck, ItemSubject, Page, RuleStatus};
use crate::model::{Finding, ItemId, Reason, ReasonCode, Text, digest};

/// Own text of at least this many characters that is the same on two pages makes them the same page.
const SAME_TEXT: usize = 120;

/// Parts of the URLs of form services: where two pages link to the same one, they offer the same channel.
const FORM_SERVICES: &[&str] =
    &["docs.google.com/forms", "forms.gle/", "forms.office.com/", "surveymonkey.com/", "line.me/", "lin.ee/", "m.me/"];

/// The item's pages differ from another item's: not the same address, not the same form, not the same text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SameChannel {
    /// The other item.
    pub other: ItemId,
    /// What follows where the channels are the same.
    #[serde(default)]
    pub if_same: IfNot,
    /// The assessors' own words then.
    #[serde(default)]
    pub wording: Option<Text>,
    /// How far the rule is verified.
    pub status: RuleStatus,
    /// Where the rule is from.
    pub source: String,
}

impl ItemCheck for SameChannel {
    fn run(&self, subject: &ItemSubject<'_>) -> Finding {
        let others = (subject.pages_of)(&self.other);
        let pairs = subject
            .submitted
            .iter()
            .flat_map(|page| others.iter().map(move |other| (likeness(page, other), page, other)));
        let most =
            pairs.filter(|(likeness, ..)| *likeness > Likeness::Different).max_by_key(|(likeness, ..)| *likeness);
        let Some((likeness, page, other)) = most else { return Finding::met() };
        let reason = Reason::new(ReasonCode::ItemSameChannel)
            .with("other", &self.other)
            .worded(self.wording.as_ref())
            .at(page.url)
            .seeing(other.url.as_str());
        match likeness {
            Likeness::Same => self.if_same.finding(reason),
            _ => Finding::unsure(true, reason),
        }
    }
}

/// How alike two channels are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Likeness {
    Different,
    Unclear,
    Same,
}

impl Likeness {
    fn or_unclear(self, unclear: bool) -> Self {
        if unclear { Self::Unclear } else { self }
    }
}

/// Whether a page's forms are sent to a framework's one address for all forms, which tells nothing of where they end up.
fn shares_endpoint(page: &Page<'_>) -> bool {
    page.forms().filter_map(|form| form.action.as_ref()).any(|action| {
        let path = action.path().to_ascii_lowercase();
        path.contains("ajax") || path.contains("wp-json")
    })
}

fn likeness(a: &Page<'_>, b: &Page<'_>) -> Likeness {
    if a.answer.final_url == b.answer.final_url {
        return Likeness::Same;
    }
    let (channels, others) = (channels(a), channels(b));
    if !channels.is_empty() && !others.is_empty() {
        return if channels.is_subset(&others) {
            Likeness::Same.or_unclear(shares_endpoint(a))
        } else {
            Likeness::Different
        };
    }
    let text = |page: &Page<'_>| page.own.text.text.clone();
    let same = text(a).chars().count() >= SAME_TEXT && text(a) == text(b);
    if same { Likeness::Same } else { Likeness::Different }
}

/// What a page's forms send and where, hidden values included (they may tell one use of a form from another), and the
/// form services that it links to.
fn channels(page: &Page<'_>) -> BTreeSet<u64> {
    let forms = page.forms().map(|form| {
        let action = form.action.as_ref().map_or("", |url| url.as_str());
        form.fields.iter().fold(digest(0, action), |key, field| {
            digest(digest(key, &field.name), field.value.as_deref().unwrap_or_default())
        })
    });
    let services = page
        .links()
        .filter(|link| FORM_SERVICES.iter().any(|service| link.url.as_str().contains(service)))
        .map(|link| digest(1, link.url.as_str()));
    let frames = page.frames().map(|frame| digest(1, frame.url.as_str()));
    forms.chain(services).chain(frames).collect()
}

#[cfg(test)]
mod tests {
    use super::SameChannel;
    use crate::checks::page_tests::{same_channel_of, two_pages};
    use crate::checks::{IfNot, RuleStatus};
    use crate::model::Outcome;

    fn outcome(mine: &str, other: &str) -> Outcome {
        let check = SameChannel {
            other: "X30".parse().unwrap(),
            if_same: IfNot::Fail,
            wording: None,
            status: RuleStatus::Verified,
            source: String::new(),
        };
        same_channel_of(&check, &two_pages(mine, other)).outcome
    }

    fn form(action: &str, hidden: &str) -> String {
        format!(
            "<h2>แจ้งเรื่อง</h2><form action={action}><input name=topic><textarea name=text></textarea>\
             <input type=hidden name=kind value={hidden}></form>"
        )
    }

    #[test]
    fn the_same_form_behind_two_addresses_is_one_channel() {
        assert_eq!(outcome(&form("/send", "1"), &form("/send", "1")), Outcome::NotMet);
        assert_eq!(outcome(&form("/send", "2"), &form("/send", "1")), Outcome::Met);
        assert_eq!(outcome(&form("/opinion", "1"), &form("/send", "1")), Outcome::Met);
        let ajax = form("/wp-admin/admin-ajax.php", "1");
        assert_eq!(outcome(&ajax, &ajax.replace("แจ้งเรื่อง", "รับฟัง")), Outcome::Unsure);
    }

    #[test]
    fn the_same_form_service_or_text_is_one_channel_too() {
        let link = |id: &str| format!("<p>แสดงความคิดเห็น <a href=https://forms.gle/{id}>ที่นี่</a></p>");
        assert_eq!(outcome(&link("a"), &link("a")), Outcome::NotMet);
        assert_eq!(outcome(&link("b"), &link("a")), Outcome::Met);
        let text = format!("<p>{}</p>", "ท่านสามารถร้องเรียนได้ที่สำนักปลัด ".repeat(6));
        assert_eq!(outcome(&text, &text), Outcome::NotMet);
        assert_eq!(outcome("<p>สั้น</p>", "<p>สั้น</p>"), Outcome::Met);
    }
}
