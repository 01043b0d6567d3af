//! What kind of page opened: the agency's, or one that stands in for it, asks for a login or was put there by spammers.
//!
//! A page whose nature is told is no content, whatever stands on it. What a nature is told by is data
//! (`config/natures.yaml`); where the signs do not decide, a person does.

mod hacked;
mod home;
mod login;
mod probe;
mod signs;
mod soft_404;
mod words;

use url::Url;

use super::Page;
use crate::model::{Finding, Observation, Reason, ReasonCode, Site, Text};
use signs::{Line, Says, Signs, is_number};

pub use probe::{impossible, is_worthwhile, origin};

/// What a page was recognised as, other than the agency's content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nature {
    /// The reason that it is given for.
    pub code: ReasonCode,
    /// Nobody who looked would take it for content; else a person has to look.
    pub certain: bool,
    /// Which of its kind, in words.
    pub kind: Option<Text>,
    /// What it was told by, quoted.
    pub evidence: String,
}

/// What is known beside a page.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    /// The main website.
    pub site: &'a Site,
    /// Where its home page ended after redirects, if it opened.
    pub home: Option<&'a Url>,
    /// What the page's host answered to [`impossible`], if it was asked.
    pub probe: Option<&'a Observation>,
}

impl Nature {
    /// The nature of a page; `None` for one that may be the agency's content.
    pub fn of(page: &Page<'_>, scene: &Scene<'_>) -> Option<Self> {
        let signs = Signs::builtin()?;
        let spam = hacked::nature(page, scene, signs);
        if spam.as_ref().is_some_and(|spam| spam.certain) {
            return spam;
        }
        login::nature(page, signs).or_else(|| soft_404::nature(page, scene, signs)).or(spam)
    }

    /// What follows for a link that leads to such a page.
    pub fn finding(&self, url: &Url) -> Finding {
        let mut reason = Reason::new(self.code).at(url).seeing(self.evidence.clone());
        if let Some(kind) = &self.kind {
            reason =
                reason.with_text(if self.code == ReasonCode::ContentUnreadable { "why" } else { "kind" }, kind.clone());
        }
        if self.certain { Finding::not_met(reason) } else { Finding::unsure(self.may_be_content(), reason) }
    }

    /// Whether an assessor will rather take it for content, where it is not certain.
    fn may_be_content(&self) -> bool {
        !self.certain && self.code != ReasonCode::LinkSoft404
    }
}

/// What the title of a page, or a part of it between separators, says; with the part.
fn title_says<'p>(page: &Page<'p>, signs: &Signs) -> Option<(Says, &'p str)> {
    let title = page.document.title.as_deref()?;
    let whole = signs.line(title, Line::Title).map(|says| (says, title));
    // A number says something where a title begins with it, not as that of a room or a page.
    let mut parts = parts(title).enumerate().filter(|(at, part)| *at == 0 || !is_number(part));
    whole.or_else(|| parts.find_map(|(_, part)| Some((signs.line(part, Line::Part)?, part))))
}

/// The parts of a title between separators.
fn parts(title: &str) -> impl Iterator<Item = &str> {
    title
        .split(" - ")
        .flat_map(|part| part.split(['|', '–', '—', '»', '•', '·']))
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

#[cfg(test)]
mod tests;
