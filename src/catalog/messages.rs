//! Reasons in words: Thai in the assessors' style, English, and what to do.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::model::{Lang, Level, Reason, ReasonCode, ReasonEntry, Text};

const SOURCE: &str = include_str!("../../config/messages.yaml");

static BUILTIN: LazyLock<Result<Messages, String>> = LazyLock::new(|| Messages::parse(SOURCE));

/// What one reason code says.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Message {
    /// How much it usually weighs.
    pub level: Level,
    /// The message; `{blanks}` are filled from the reason.
    pub message: Text,
    /// What is said instead where a person has to look.
    #[serde(default)]
    pub review: Option<Text>,
    /// What to do about it.
    pub fix: Text,
}

/// What every reason code says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Messages {
    by_code: BTreeMap<ReasonCode, Message>,
}

impl Messages {
    fn parse(yaml: &str) -> Result<Self, String> {
        let by_code = serde_yaml::from_str(yaml).map_err(|error| error.to_string())?;
        Ok(Self { by_code })
    }

    /// The messages that are compiled into the program.
    pub fn builtin() -> &'static Self {
        static NONE: Messages = Messages { by_code: BTreeMap::new() };
        BUILTIN.as_ref().unwrap_or(&NONE)
    }

    /// What a code says.
    pub fn get(&self, code: ReasonCode) -> Option<&Message> {
        self.by_code.get(&code)
    }

    /// The level of a reason: its own, or that of its code.
    pub fn level(&self, reason: &Reason) -> Level {
        reason.level.or_else(|| self.get(reason.code).map(|message| message.level)).unwrap_or(Level::Review)
    }

    /// A reason in words.
    pub fn entry(&self, reason: &Reason) -> ReasonEntry {
        let message = self.get(reason.code);
        let review = message.and_then(|m| m.review.as_ref()).filter(|_| self.level(reason) == Level::Review);
        let message = match (review, &reason.wording, message) {
            // The assessors' words are for what is certain.
            (Some(review), _, _) => fill(review, reason),
            (None, Some(wording), _) => wording.clone(),
            (None, None, Some(message)) => fill(&message.message, reason),
            (None, None, None) => Text::new(reason.code.as_str(), reason.code.as_str()),
        };
        ReasonEntry {
            code: reason.code,
            level: self.level(reason),
            message: message.th,
            message_en: message.en,
            url: reason.url.clone(),
            evidence: reason.evidence.clone(),
        }
    }

    /// What to do about a reason, with what its item is about for the blanks that the reason has no value for.
    pub fn fix(&self, reason: &Reason, item: &Blanks) -> Text {
        let mut values = item.clone();
        values.extend(reason.args.clone());
        self.get(reason.code).map(|message| fill_with(&message.fix, &values)).unwrap_or_default()
    }
}

/// Values for blanks.
pub type Blanks = BTreeMap<&'static str, Text>;

fn fill(text: &Text, reason: &Reason) -> Text {
    fill_with(text, &reason.args)
}

/// Fills `{blanks}`; a blank without a value is left out. Thai letters and a value in Latin letters or digits, or one that
/// ends with a bracket, are kept apart by a space, as Thai is written.
pub(super) fn fill_with(text: &Text, values: &Blanks) -> Text {
    let fill = |template: &str, lang: Lang| {
        let mut out = String::with_capacity(template.len());
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            push(&mut out, before);
            let Some((blank, tail)) = after.split_once('}') else {
                rest = after;
                break;
            };
            push(&mut out, values.get(blank).map_or("", |value| value.get(lang)));
            rest = tail;
        }
        push(&mut out, rest);
        out
    };
    Text { th: fill(&text.th, Lang::Th), en: fill(&text.en, Lang::En) }
}

fn push(out: &mut String, text: &str) {
    let is_thai = |c: char| ('\u{e01}'..='\u{e4e}').contains(&c);
    if let (Some(last), Some(next)) = (out.chars().next_back(), text.chars().next())
        && (is_thai(last) && next.is_ascii_alphanumeric()
            || (last.is_ascii_alphanumeric() || last == ')') && is_thai(next))
    {
        out.push(' ');
    }
    out.push_str(text);
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{BUILTIN, Messages};
    use crate::model::{Reason, ReasonCode, Text};

    /// The blanks that checks fill, by code; a message may use no other.
    const BLANKS: &[(ReasonCode, &[&str])] = &[
        (ReasonCode::LinkInvalid, &["why", "todo"]),
        (ReasonCode::LinkRefused, &["why", "todo"]),
        (ReasonCode::LinkTimeout, &["why", "todo"]),
        (ReasonCode::LinkRedirectLoop, &["why", "todo"]),
        (ReasonCode::LinkProtocol, &["why", "todo"]),
        (ReasonCode::LinkHttpStatus, &["status", "todo"]),
        (ReasonCode::LinkBlocked, &["status"]),
        (ReasonCode::LinkSoft404, &["kind"]),
        (ReasonCode::LinkHacked, &["kind"]),
        (ReasonCode::LinkTls, &["fault"]),
        (ReasonCode::LinkTooLarge, &["limit"]),
        (ReasonCode::LinkSlow, &["seconds"]),
        (ReasonCode::LinkNoPath, &["pages"]),
        (ReasonCode::LinkFar, &["clicks"]),
        (ReasonCode::LinkFlaky, &["tries"]),
        (ReasonCode::DomainOffSite, &["host"]),
        (ReasonCode::DomainExternal, &["host"]),
        (ReasonCode::YearMissing, &["year", "found"]),
        (ReasonCode::ContentMissing, &["element"]),
        (ReasonCode::ContentUnreadable, &["why"]),
        (ReasonCode::ItemSameChannel, &["other"]),
        (ReasonCode::ItemDependsOn, &["other"]),
        (ReasonCode::ItemReviewed, &["verdict", "note"]),
        (ReasonCode::ItemReviewOutdated, &["on", "changed"]),
        (ReasonCode::ContentOtherItem, &["other", "name"]),
        (ReasonCode::LinkNoPath, &["pages"]),
        (ReasonCode::LinkFar, &["clicks"]),
    ];

    /// The blanks of every remedy, filled from the item.
    const OF_ITEM: &[&str] = &["what", "where", "instead", "elements"];

    fn blanks(text: &str) -> BTreeSet<&str> {
        text.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(blank, _)| blank).collect()
    }

    #[test]
    fn every_code_has_its_words_in_both_languages_and_a_remedy() {
        let messages = BUILTIN.as_ref().unwrap();
        for code in ReasonCode::ALL {
            let message = messages.get(*code).unwrap_or_else(|| panic!("{code} has no message"));
            let allowed: BTreeSet<&str> = BLANKS
                .iter()
                .find(|(known, _)| known == code)
                .map(|(_, blanks)| *blanks)
                .unwrap_or_default()
                .iter()
                .copied()
                .collect();
            let review = message.review.clone().unwrap_or_else(|| message.message.clone());
            let fix_allowed: BTreeSet<&str> = allowed.iter().chain(OF_ITEM).copied().collect();
            for text in [&message.message.th, &message.message.en, &review.th, &review.en] {
                assert!(!text.trim().is_empty(), "{code} has an empty text");
                assert!(blanks(text).is_subset(&allowed), "{code}: {text}");
            }
            for text in [&message.fix.th, &message.fix.en] {
                assert!(!text.trim().is_empty(), "{code} has no remedy");
                assert!(blanks(text).is_subset(&fix_allowed), "{code}: {text}");
            }
            assert_eq!(blanks(&message.message.th), blanks(&message.message.en), "{code}");
            assert_eq!(blanks(&review.th), blanks(&review.en), "{code}");
        }
    }

    #[test]
    fn values_are_kept_apart_from_thai_letters() {
        let bracket = super::Blanks::from([("what", Text::new("ข้อกำหนด (ถ้ามี)", "rules"))]);
        let filled = super::fill_with(&Text::new("เผยแพร่{what}บนเว็บไซต์", ""), &bracket).th;
        assert_eq!(filled, "เผยแพร่ข้อกำหนด (ถ้ามี) บนเว็บไซต์");
        let values = super::Blanks::from([("what", Text::new("E-Service ปี 2563", "an e-service"))]);
        let filled = super::fill_with(&Text::new("ใส่{what}ที่หน้านี้{none}", "Put {what} here"), &values);
        assert_eq!((filled.th.as_str(), filled.en.as_str()), ("ใส่ E-Service ปี 2563 ที่หน้านี้", "Put an e-service here"));
    }

    #[test]
    fn the_memos_own_words() {
        let messages = Messages::builtin();
        let th = |reason: Reason| messages.entry(&reason).message;
        assert_eq!(th(Reason::new(ReasonCode::YearMissing).with("year", 2563)), "ไม่พบข้อมูลปี 2563");
        assert_eq!(th(Reason::new(ReasonCode::LinkHttpStatus).with("status", 404)), "ไม่สามารถเปิด link ได้ (404)");
        assert_eq!(th(Reason::new(ReasonCode::LinkWrongTarget)), "แนะนำแนบ link ที่ถูกต้อง");
        let wording = Text::new("ไม่พบ E-Service", "No e-service was found");
        assert_eq!(th(Reason::new(ReasonCode::ServiceNotOnline).worded(Some(&wording))), "ไม่พบ E-Service");
    }
}
