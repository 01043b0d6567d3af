//! The link is on the agency's main website, or the main website links to it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::click_path::HOME;
use super::{LinkCheck, LinkSubject, Referral};
use crate::model::{Fetched, Finding, Reason, ReasonCode, clicks_in_words};

/// The submitted link, or the page that it ends at, is on the main website. Elsewhere it counts if a page of the main
/// website links to it, with advice that shows the way there from the home page; it does not if none does; unsure where not all pages were searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MainDomain {}

impl LinkCheck for MainDomain {
    fn run(&self, subject: &LinkSubject<'_>) -> Finding {
        let Some(url) = &subject.link.url else { return Finding::met() };
        let last = match subject.seen.map(|seen| &seen.fetched) {
            Some(Fetched::Answered(answer)) => &answer.final_url,
            _ => url,
        };
        let site = subject.world.site;
        if site.contains(url) || site.contains(last) {
            return Finding::met();
        }
        let reason = |code| Reason::new(code).with("host", url.host_str().unwrap_or_default()).at(url);
        match (subject.world.referral)(url) {
            Referral::From { page, clicks } => {
                let from = match clicks {
                    Some(clicks) => format!("{} ({page})", clicks_in_words(HOME, &clicks)),
                    None => page.to_string(),
                };
                Finding::met_with(reason(ReasonCode::DomainExternal).seeing(from).advice())
            }
            Referral::Nowhere => Finding::not_met(reason(ReasonCode::DomainOffSite)),
            Referral::NotSeen => Finding::unsure(false, reason(ReasonCode::DomainOffSite)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::MainDomain;
    use crate::checks::page_tests::{World as TestWorld, answered, link_finding_in};
    use crate::checks::{LinkCheck, Referral};
    use crate::model::{Click, Finding, Outcome, ReasonCode};

    fn finding(url: &str, referral: Referral) -> Finding {
        let world = TestWorld { referral, ..TestWorld::default() };
        link_finding_in(&world, url, Some(&answered(200)), |subject| MainDomain {}.run(subject))
    }

    fn outcome(url: &str, referral: Referral) -> (Outcome, Vec<ReasonCode>) {
        let finding = finding(url, referral);
        (finding.outcome, finding.reasons.iter().map(|reason| reason.code).collect())
    }

    #[test]
    fn the_way_from_the_home_page_is_the_evidence() {
        let drive = "https://drive.google.com/file/d/1/view";
        let page: url::Url = "http://www.nangrong.go.th/ita".parse().unwrap();
        let click = |text: &str, url: &str| Click { text: text.to_owned(), url: url.parse().unwrap() };
        let clicks = vec![click("ITA", page.as_str()), click("แผน", drive)];
        let seen = |clicks| finding(drive, Referral::From { page: page.clone(), clicks }).reasons[0].evidence.clone();
        assert_eq!(seen(Some(clicks)).unwrap(), "หน้าแรก > ITA > แผน (http://www.nangrong.go.th/ita)");
        assert_eq!(seen(None).unwrap(), "http://www.nangrong.go.th/ita");
    }

    #[test]
    fn elsewhere_counts_only_if_the_main_website_links_there() {
        let page = "http://www.nangrong.go.th/".parse().unwrap();
        let drive = "https://drive.google.com/file/d/1/view";
        assert_eq!(outcome("https://ita.nangrong.go.th/o1", Referral::Nowhere), (Outcome::Met, vec![]));
        let from = Referral::From { page, clicks: None };
        assert_eq!(outcome(drive, from), (Outcome::Met, vec![ReasonCode::DomainExternal]));
        assert_eq!(outcome(drive, Referral::Nowhere), (Outcome::NotMet, vec![ReasonCode::DomainOffSite]));
        assert_eq!(outcome(drive, Referral::NotSeen), (Outcome::Unsure, vec![ReasonCode::DomainOffSite]));
    }
}
