//! The link is a page of the agency's website that leads to the agency's social network.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use url::Url;

use super::{LinkCheck, LinkSubject, RuleStatus, target};
use crate::model::{Fetched, Finding, Readability, Reason, ReasonCode, Text};

/// Parts of the paths of buttons by which a reader passes a page on.
const SHARING: &[&str] = &["sharer", "/share", "intent/tweet", "plugins/like", "dialog/"];

/// A page of the main website with a link to a social network. The social network itself does not count, and need not
/// be opened to know that.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SocialNetwork {
    /// Hosts of social networks; subdomains count as them. Those of `config/targets.yaml` where there are none.
    #[serde(default = "target::social")]
    pub hosts: Vec<String>,
    /// The assessors' own words where it is not met.
    #[serde(default)]
    pub wording: Option<Text>,
    /// How far the rule is verified.
    pub status: RuleStatus,
    /// Where the rule is from.
    pub source: String,
}

impl SocialNetwork {
    fn is_social(&self, url: &Url) -> bool {
        let host = url.host_str().unwrap_or_default();
        if SHARING.iter().any(|part| url.path().to_ascii_lowercase().contains(part)) {
            return false;
        }
        self.hosts
            .iter()
            .any(|social| host == social || host.strip_suffix(social.as_str()).is_some_and(|rest| rest.ends_with('.')))
    }

    fn reason(&self, url: &Url) -> Reason {
        Reason::new(ReasonCode::SocialNotOnSite).worded(self.wording.as_ref()).at(url)
    }
}

impl LinkCheck for SocialNetwork {
    fn settled(&self, subject: &LinkSubject<'_>) -> Option<Finding> {
        let url = subject.link.url.as_ref()?;
        let elsewhere = self.is_social(url) && !subject.world.site.contains(url);
        elsewhere.then(|| Finding::not_met(self.reason(url).seeing(url.as_str())))
    }

    fn run(&self, subject: &LinkSubject<'_>) -> Finding {
        let Some(url) = &subject.link.url else { return Finding::met() };
        let Some((Fetched::Answered(answer), document)) = subject.seen.map(|seen| (&seen.fetched, &seen.document))
        else {
            return Finding::met();
        };
        let site = subject.world.site;
        if !site.contains(url) && !site.contains(&answer.final_url) {
            return Finding::not_met(self.reason(url).seeing(answer.final_url.as_str()));
        }
        let Some(document) = document else { return Finding::met() };
        let frames = document.frames.iter().map(|frame| &frame.url);
        let mut targets = document.links.iter().map(|link| &link.url).chain(frames);
        if targets.any(|target| self.is_social(target)) {
            Finding::met()
        } else if document.readability == Readability::Full && document.frames.is_empty() {
            Finding::not_met(self.reason(url))
        } else {
            Finding::unsure(true, self.reason(url))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::SocialNetwork;
    use crate::checks::page_tests::{link_finding, page_at};
    use crate::checks::{LinkCheck, RuleStatus};
    use crate::model::Outcome;

    fn check() -> SocialNetwork {
        SocialNetwork {
            hosts: vec!["facebook.com".to_owned()],
            wording: None,
            status: RuleStatus::Verified,
            source: String::new(),
        }
    }

    #[test]
    fn the_network_itself_is_settled_without_opening_it() {
        let settled = |url: &str| {
            let mut outcome = None;
            link_finding(url, None, |subject| {
                outcome = check().settled(subject).map(|finding| finding.outcome);
                check().run(subject)
            });
            outcome
        };
        assert_eq!(settled("https://www.facebook.com/nangrong"), Some(Outcome::NotMet));
        assert_eq!(settled("https://notfacebook.com/nangrong"), None);
        assert_eq!(settled("http://www.nangrong.go.th/social"), None);
    }

    #[test]
    fn a_page_of_the_site_needs_a_link_to_it() {
        let url = "http://www.nangrong.go.th/social";
        for (html, outcome) in [
            ("<p>ติดตามเราได้ที่ <a href=https://web.facebook.com/nangrong>Facebook</a></p>", Outcome::Met),
            ("<p>ติดตามเราได้ที่ Facebook</p>", Outcome::NotMet),
            ("<a href='https://www.facebook.com/sharer/sharer.php?u=x'>แชร์</a>", Outcome::NotMet),
            ("<iframe src='https://www.facebook.com/plugins/page.php?href=x'></iframe>", Outcome::Met),
        ] {
            let seen = page_at(url, html);
            assert_eq!(link_finding(url, Some(&seen), |subject| check().run(subject)).outcome, outcome, "{html}");
        }
    }
}
