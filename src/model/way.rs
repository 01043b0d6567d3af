//! The ways from the home page: how many clicks a visitor needs to a page, and what is known where no way was found.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use url::Url;

/// Characters of a link's text that are shown of a click.
const SHOWN: usize = 60;

/// One click on the way from the home page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Click {
    /// The text of the link; empty where it has none.
    pub text: String,
    /// Where it leads.
    pub url: Url,
}

/// What is known of the way from the home page to a URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Way {
    /// The clicks of the shortest way that was found; none for the home page itself.
    Found(Vec<Click>),
    /// None was found.
    NotFound {
        /// The pages of the main website that were searched.
        pages: usize,
        /// They are all that the home page leads to.
        whole: bool,
    },
    /// It was not sought, or could not be.
    Unknown,
}

/// Why ways could not be sought though some were to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blind {
    /// The home page could not be read.
    HomeUnread,
    /// The home page is empty until a script fills it, and was not built.
    HomeNeedsScript,
}

/// What came of the search for ways from the home page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Exploration {
    /// The pages of the main website whose links were searched.
    pub pages: usize,
    /// They are all that the home page leads to.
    pub whole: bool,
    /// Why nothing can be said of ways, if so.
    pub blind: Option<Blind>,
    /// The way to each URL that was sought (without fragment); `None` where none was found.
    pub ways: BTreeMap<Url, Option<Vec<Click>>>,
}

impl Exploration {
    /// What is known of the way to a URL, its fragment aside.
    pub fn way(&self, url: &Url) -> Way {
        match self.ways.get(&super::bare(url)) {
            Some(Some(clicks)) => Way::Found(clicks.clone()),
            Some(None) if self.blind.is_none() => Way::NotFound { pages: self.pages, whole: self.whole },
            _ => Way::Unknown,
        }
    }
}

/// Clicks in words: `หน้าแรก > ITA > รายงาน`. A link without a text is shown by the last part of its address.
pub fn clicks_in_words(home: &str, clicks: &[Click]) -> String {
    let mut words = home.to_owned();
    for Click { text, url } in clicks {
        words.push_str(" > ");
        let last = || url.path_segments().and_then(|mut parts| parts.rfind(|part| !part.is_empty()));
        let shown = if text.is_empty() { last().unwrap_or(url.as_str()) } else { text };
        words.extend(shown.chars().take(SHOWN));
        if shown.chars().nth(SHOWN).is_some() {
            words.push('…');
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::{Blind, Click, Exploration, Way, clicks_in_words};

    fn click(text: &str, url: &str) -> Click {
        Click { text: text.to_owned(), url: url.parse().unwrap() }
    }

    #[test]
    fn a_way_in_words_names_each_click() {
        let long = "ก".repeat(80);
        let clicks = [
            click("ITA", "http://a.go.th/ita"),
            click("", "http://a.go.th/plan/2563/"),
            click(&long, "http://a.go.th/x"),
        ];
        let words = clicks_in_words("หน้าแรก", &clicks);
        assert_eq!(words, format!("หน้าแรก > ITA > 2563 > {}…", "ก".repeat(60)));
        assert_eq!(clicks_in_words("หน้าแรก", &[]), "หน้าแรก");
    }

    #[test]
    fn what_was_not_sought_is_not_said_to_be_absent() {
        let [found, absent, other] =
            ["http://a.go.th/1", "http://a.go.th/2", "http://a.go.th/3"].map(|url| url.parse().unwrap());
        let clicks = vec![click("ITA", "http://a.go.th/1")];
        let ways = [(found, Some(clicks.clone())), (absent, None)].into();
        let mut seen = Exploration { pages: 7, whole: true, blind: None, ways };
        let with_fragment = "http://a.go.th/1#x".parse().unwrap();
        assert_eq!(seen.way(&with_fragment), Way::Found(clicks));
        let absent = "http://a.go.th/2".parse().unwrap();
        assert_eq!(seen.way(&absent), Way::NotFound { pages: 7, whole: true });
        assert_eq!(seen.way(&other), Way::Unknown);
        seen.blind = Some(Blind::HomeUnread);
        assert_eq!(seen.way(&absent), Way::Unknown);
    }
}
