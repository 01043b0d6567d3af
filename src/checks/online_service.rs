//! A citizen can use it online: a form, or a link to a service that has one.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use url::Url;

use super::page::is_login;
use super::{IfNot, Page, PageCheck, RuleStatus, World, is_file, target};
use crate::model::{Finding, MediaKind, PageLink, Reason, ReasonCode, Text, is_web};
use crate::thai::{Folded, Phrase};

/// Which reason is given where nothing can be used online.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum ServiceReason {
    /// No service can be requested online.
    #[serde(rename = "service.not_online")]
    NotOnline,
    /// No question can be asked online.
    #[serde(rename = "qa.not_interactive")]
    NotInteractive,
}

/// The page has a form of its own that asks for something, or links to a known form service, or links by a phrase to a
/// page that has one. Forms to download and print do not count.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OnlineService {
    /// The reason where it is not met.
    pub reason: ServiceReason,
    /// Texts of links that lead to a service.
    pub phrases: Vec<Phrase>,
    /// Words by which a page shows that what is sent is answered there; where they are given, a form alone is not enough.
    #[serde(default)]
    pub answers: Vec<Phrase>,
    /// Hosts of form services, with the beginning of the path where the host alone does not tell.
    pub hosts: Vec<String>,
    /// What follows where there is nothing though everything was read.
    #[serde(default)]
    pub if_absent: IfNot,
    /// The assessors' own words where it is not met.
    #[serde(default)]
    pub wording: Option<Text>,
    /// How far the rule is verified.
    pub status: RuleStatus,
    /// Where the rule is from.
    pub source: String,
}

impl OnlineService {
    fn is_service(&self, url: &Url) -> bool {
        let Some(host) = url.host_str() else { return false };
        self.hosts.iter().any(|known| {
            let (known_host, path) = known.split_once('/').unwrap_or((known, ""));
            let on_host = host == known_host || host.strip_suffix(known_host).is_some_and(|rest| rest.ends_with('.'));
            on_host && url.path().trim_start_matches('/').starts_with(path)
        })
    }

    fn named(&self, link: &PageLink) -> bool {
        is_web(&link.url) && Folded::new(&link.text).contains_any(&self.phrases)
    }

    /// Whether a page shows answers, promises them, or leads to where people talk.
    fn is_answered(&self, page: &Page<'_>) -> bool {
        page.own.count_apart(&self.answers, &[], &[], 1) > 0
            || page.own.heading.has(&self.answers)
            || page.links().any(|link| self.is_service(&link.url) && !target::is_form(&link.url))
            || page.document.frames.iter().any(|frame| self.is_service(&frame.url) && !target::is_form(&frame.url))
    }

    fn reason(&self, page: &Page<'_>) -> Reason {
        let code = match self.reason {
            ServiceReason::NotOnline => ReasonCode::ServiceNotOnline,
            ServiceReason::NotInteractive => ReasonCode::QaNotInteractive,
        };
        Reason::new(code).worded(self.wording.as_ref()).at(page.url)
    }

    fn one(&self, page: &Page<'_>, world: &World<'_>) -> Finding {
        let usable = page.forms().next().is_some()
            || page.links().any(|link| self.is_service(&link.url))
            || page.document.frames.iter().any(|frame| self.is_service(&frame.url));
        if usable && (self.answers.is_empty() || self.is_answered(page)) {
            return Finding::met();
        }
        // A form into which one speaks without an answer may still be answered by telephone or letter.
        if usable {
            return Finding::unsure(true, self.reason(page));
        }
        if page.document.forms.iter().any(is_login) && page.own.text.has(&self.phrases) {
            return Finding::unsure(true, self.reason(page));
        }
        let unknown = |link: &&PageLink| !(world.known)(&link.url);
        if let Some(lead) = page.links().filter(unknown).find(|link| self.named(link)) {
            return Finding::unsure(true, self.reason(page).seeing(lead.url.as_str()));
        }
        // A file is no service, whatever is in it; a page behind «click here» may be one.
        let elsewhere = page.documents().filter(unknown).any(|link| !is_file(&link.url));
        if elsewhere || (page.document.kind == MediaKind::Html && page.unread_itself(world).is_some()) {
            return Finding::unsure(false, self.reason(page));
        }
        self.if_absent.finding(self.reason(page))
    }
}

impl PageCheck for OnlineService {
    /// A file is no service, whatever is in it.
    fn sees_through(&self, pages: &[&Page<'_>]) -> bool {
        pages.iter().all(|page| page.document.kind != MediaKind::Html)
    }

    fn run(&self, pages: &[&Page<'_>], world: &World<'_>) -> Finding {
        pages.iter().map(|page| self.one(page, world)).reduce(Finding::or).unwrap_or_else(Finding::met)
    }
}

#[cfg(test)]
mod tests {
    use super::{OnlineService, ServiceReason};
    use crate::checks::page_tests::Site;
    use crate::checks::{IfNot, RuleStatus};
    use crate::model::Outcome;
    use crate::thai::Phrase;

    fn outcome(html: &str) -> Outcome {
        outcome_with(Vec::new(), html)
    }

    fn outcome_with(answers: Vec<Phrase>, html: &str) -> Outcome {
        let check = OnlineService {
            reason: ServiceReason::NotOnline,
            phrases: vec![Phrase::new("ยื่นคำขอออนไลน์")],
            answers,
            hosts: vec!["docs.google.com/forms".to_owned(), "m.me".to_owned()],
            if_absent: IfNot::Fail,
            wording: None,
            status: RuleStatus::Verified,
            source: String::new(),
        };
        Site::with_page(html).check(&check).outcome
    }

    #[test]
    fn a_form_that_asks_for_something_is_a_service() {
        let form =
            "<h2>ยื่นคำขอ</h2><form method=post action=/e><input name=name><input name=phone><button>ส่ง</button></form>";
        assert_eq!(outcome(form), Outcome::Met);
        assert_eq!(outcome("<p>บริการ <a href=https://docs.google.com/forms/d/e/1/viewform>คลิก</a></p>"), Outcome::Met);
        assert_eq!(outcome("<p>บริการ <a href=https://docs.google.com/document/d/1>คลิก</a></p>"), Outcome::NotMet);
    }

    #[test]
    fn who_asks_is_answered() {
        let outcome = |html: &str| outcome_with(vec![Phrase::new("ผู้ตอบ"), Phrase::new("ตอบกลับ")], html);
        let form = "<form><input name=name><textarea name=question></textarea></form>";
        assert_eq!(outcome(&format!("<h2>ติดต่อเรา</h2><p>ส่งข้อความ</p>{form}")), Outcome::Unsure);
        assert_eq!(outcome(&format!("<p>ขยะเต็มถัง</p><p>ผู้ตอบ: เจ้าหน้าที่</p>{form}")), Outcome::Met);
        assert_eq!(outcome("<p>คุยกับเรา <a href=https://m.me/nangrong>Messenger</a></p>"), Outcome::Met);
        assert_eq!(outcome("<p>คำถามที่พบบ่อย: เบี้ยเข้าวันไหน</p><p>ตอบกลับ: วันที่ 10</p>"), Outcome::NotMet);
    }

    #[test]
    fn paper_forms_search_boxes_and_logins_are_not() {
        assert_eq!(outcome("<p>ดาวน์โหลดแบบฟอร์ม <a href=form.pdf>คำร้องทั่วไป</a> แล้วยื่นที่สำนักงาน</p>"), Outcome::NotMet);
        assert_eq!(outcome("<p>E-Service</p><form><input name=q><input type=submit></form>"), Outcome::NotMet);
        assert_eq!(outcome("<p>เจ้าหน้าที่</p><form><input name=u><input type=password name=p></form>"), Outcome::NotMet);
    }

    #[test]
    fn a_service_that_was_not_opened_is_for_a_person() {
        assert_eq!(outcome("<p>เรา</p><a href=http://eservice.other.go.th/>ยื่นคำขอออนไลน์</a>"), Outcome::Unsure);
    }
}
