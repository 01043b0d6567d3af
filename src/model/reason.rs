//! Reason codes, the stable identifiers of what was found, and a reason with its particulars.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use url::Url;

use super::Text;

/// How much a reason weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Worth knowing.
    Info,
    /// The item counts, and the assessor would advise.
    Advice,
    /// A person has to look.
    Review,
    /// The item does not count.
    Fail,
}

macro_rules! reason_codes {
    ($($variant:ident $code:literal $doc:literal)*) => {
        /// The stable identifier of a reason; its texts are in `config/messages.yaml`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
        pub enum ReasonCode {
            $(#[doc = $doc] #[serde(rename = $code)] $variant,)*
        }

        impl ReasonCode {
            /// Every code, in the order of the documentation.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The code as reports print it.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }
        }
    };
}

reason_codes! {
    LinkMissing "link.missing" "No URL was submitted for the item."
    LinkInvalid "link.invalid" "Not an http(s) URL, a placeholder, or a private host that no assessor can open."
    LinkDns "link.dns" "The host's name does not exist, or could not be looked up."
    LinkRefused "link.refused" "The host refuses connections or cannot be reached."
    LinkTimeout "link.timeout" "No answer within the time limit."
    LinkHttpStatus "link.http_status" "The server answered with an error status."
    LinkRedirectLoop "link.redirect_loop" "Redirects go in a circle, do not end, or lead nowhere that a browser opens."
    LinkTruncated "link.truncated" "The connection was cut before the page was complete."
    LinkProtocol "link.protocol" "The server's answer is not HTTP."
    LinkTls "link.tls" "The certificate is one that a browser would stop at too."
    LinkTlsChain "link.tls_chain" "The server leaves the intermediate certificate out; browsers fetch it and open the page."
    LinkTlsLegacy "link.tls_legacy" "It opens only with ciphers that are obsolete but that browsers still take."
    LinkSoft404 "link.soft_404" "It opens, but shows that there is no such page, or another in its place."
    LinkLogin "link.login" "The page asks for a login."
    LinkBlocked "link.blocked" "The server turns robots away; a person may well open it."
    LinkHacked "link.hacked" "Somebody put spam on the page: gambling, pharmacy."
    LinkTooLarge "link.too_large" "Only the first part, up to `max_body`, was read."
    LinkNotOpened "link.not_opened" "The link was not opened: the run was interrupted or out of time, nothing at all answered, or the archive that is replayed lacks it."
    LinkWrongTarget "link.wrong_target" "It opens, but the content was found one click further."
    LinkNoPath "link.no_path" "No way of links from the home page to it was found."
    LinkFar "link.far" "It is many clicks from the home page."
    LinkSlow "link.slow" "It opens, but only after a long wait."
    LinkInsecure "link.insecure" "It opens without encryption, though the main website has it."
    LinkFlaky "link.flaky" "It opens, but not at the first try."
    DomainOffSite "domain.off_site" "Not on the main website and not linked from it."
    DomainExternal "domain.external" "Not on the main website, but linked from it."
    YearMissing "year.missing" "No content of the year that the item needs."
    ContentMissing "content.missing" "A required element is absent."
    ContentOtherItem "content.other_item" "The page is about another item."
    ContentEmpty "content.empty" "The page has no content of its own."
    ContentUnreadable "content.unreadable" "The content cannot be read by this program."
    SocialNotOnSite "social.not_on_site" "Not a page of the agency's website that leads to its social network."
    ServiceNotOnline "service.not_online" "Nothing that a citizen can use online."
    QaNotInteractive "qa.not_interactive" "No way to ask and be answered on the site."
    ItemSameChannel "item.same_channel" "The same channel as another item's, from which it must differ."
    ItemDependsOn "item.depends_on" "The item that it builds on is not met."
    ItemReviewed "item.reviewed" "A person's verdict from the agency file."
    ItemReviewOutdated "item.review_outdated" "The content is newer than a person's verdict from the agency file."
    InternalError "internal.error" "A check of this program failed; the item needs a person."
}

impl fmt::Display for ReasonCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A reason as a check gives it: code and particulars, not yet in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// What was found.
    pub code: ReasonCode,
    /// How much it weighs here; `None` until a finding or the messages decide.
    pub level: Option<Level>,
    /// Values for the blanks in the message; Thai and English where they differ.
    pub args: BTreeMap<&'static str, Text>,
    /// The assessors' own words for this item, which replace the general message.
    pub wording: Option<Text>,
    /// The URL that it is about.
    pub url: Option<Url>,
    /// What was seen, quoted.
    pub evidence: Option<String>,
}

impl Reason {
    /// A reason without particulars.
    pub fn new(code: ReasonCode) -> Self {
        Self { code, level: None, args: BTreeMap::new(), wording: None, url: None, evidence: None }
    }

    /// Fills a blank with a value that is the same in both languages.
    #[must_use]
    pub fn with(self, blank: &'static str, value: impl fmt::Display) -> Self {
        let value = value.to_string();
        self.with_text(blank, Text::new(value.clone(), value))
    }

    /// Fills a blank with a text.
    #[must_use]
    pub fn with_text(mut self, blank: &'static str, value: Text) -> Self {
        self.args.insert(blank, value);
        self
    }

    /// Says which URL it is about.
    #[must_use]
    pub fn at(mut self, url: &Url) -> Self {
        self.url = Some(url.clone());
        self
    }

    /// Quotes what was seen.
    #[must_use]
    pub fn seeing(mut self, evidence: impl Into<String>) -> Self {
        let evidence = evidence.into();
        self.evidence = (!evidence.is_empty()).then_some(evidence);
        self
    }

    /// Puts the assessors' own words in place of the general message.
    #[must_use]
    pub fn worded(mut self, wording: Option<&Text>) -> Self {
        self.wording = wording.cloned();
        self
    }

    /// Sets the level, unless one is set that weighs as little as advice.
    #[must_use]
    pub fn at_level(mut self, level: Level) -> Self {
        if !matches!(self.level, Some(Level::Info | Level::Advice)) {
            self.level = Some(level);
        }
        self
    }

    /// Makes it advice: it stands beside a requirement that is met.
    #[must_use]
    pub fn advice(mut self) -> Self {
        self.level = Some(Level::Advice);
        self
    }

    /// Makes it information only.
    #[must_use]
    pub fn info(mut self) -> Self {
        self.level = Some(Level::Info);
        self
    }
}
