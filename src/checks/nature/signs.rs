//! The signs by which a page's nature is told: `config/natures.yaml`, compiled once for matching in one pass.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use serde::Deserialize;

use super::words::{self, Words};
use crate::model::Text;
use crate::thai::is_mark;

const SOURCE: &str = include_str!("../../../config/natures.yaml");

static BUILTIN: LazyLock<Result<Signs, String>> = LazyLock::new(|| Signs::parse(SOURCE));

/// The longest rest that may follow a phrase that a line begins with, in bytes.
const MAX_REST: usize = 660;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    stand_ins: Vec<StandIn>,
    talk_about: Vec<String>,
    contacts: Vec<String>,
    apologies: Vec<String>,
    stand_in_paths: StandInPaths,
    home: Home,
    login: Login,
    spam: Vec<words::Spam>,
    warnings: words::Warnings,
    defacements: words::Defacements,
}

/// Pages of one kind that stand in for content.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StandIn {
    pub(super) kind: Text,
    pub(super) certain: bool,
    /// Characters of other text that the page may have.
    pub(super) room: usize,
    /// The texts of links count too.
    #[serde(default)]
    pub(super) links_count: bool,
    #[serde(default)]
    whole: Vec<String>,
    #[serde(default)]
    start: Vec<String>,
    #[serde(default)]
    anywhere: Vec<String>,
    #[serde(default)]
    title: Vec<String>,
    #[serde(default)]
    pub(super) hosts: Vec<String>,
    status: Status,
    source: String,
}

/// Every list is this program's own knowledge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Status {
    Own,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct StandInPaths {
    status: Status,
    source: String,
    hosting: Vec<String>,
    sent_to: Vec<String>,
}

/// The names of home pages.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Home {
    status: Status,
    source: String,
    pub(super) names: Vec<String>,
    pub(super) queries: Vec<String>,
    /// Parameters with their values by which a content manager asks for the home page.
    pub(super) pages: Vec<String>,
}

/// The signs of walls that ask for a login.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Login {
    status: Status,
    source: String,
    pub(super) hosts: Vec<String>,
    pub(super) members_only: Vec<String>,
    pub(super) paths: Vec<String>,
    whole: Vec<String>,
    start: Vec<String>,
    access_whole: Vec<String>,
    access: Vec<String>,
    pub(super) refusals: Vec<String>,
    pub(super) services: Vec<String>,
}

/// What a phrase speaks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Says {
    /// The page stands in for another; the place in [`Signs::stand_ins`].
    StandIn(usize),
    /// The page is a login.
    Login,
    /// The page shows its content only to those whom its owner has let in.
    Access,
}

/// Where in a line a phrase has to stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Whole,
    Start,
    Anywhere,
    Title,
}

/// Of what kind a line of a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Line {
    /// The title, whole.
    Title,
    /// A part of the title between separators.
    Part,
    /// A heading.
    Heading,
    /// A paragraph or cell.
    Text,
}

/// All signs, ready for matching.
pub(super) struct Signs {
    pub(super) stand_ins: Vec<StandIn>,
    pub(super) stand_in_paths: Vec<String>,
    pub(super) sent_to: Vec<String>,
    pub(super) home: Home,
    pub(super) login: Login,
    pub(super) words: Words,
    talk_about: AhoCorasick,
    contacts: AhoCorasick,
    services: AhoCorasick,
    apologies: Vec<String>,
    lines: AhoCorasick,
    says: Vec<(Says, Place)>,
}

impl Signs {
    /// The signs that are compiled into the program.
    pub(super) fn builtin() -> Option<&'static Self> {
        BUILTIN.as_ref().ok()
    }

    fn parse(yaml: &str) -> Result<Self, String> {
        let data: Data = serde_yaml::from_str(yaml).map_err(|error| error.to_string())?;
        data.has_sources()?;
        let (mut phrases, mut says) = (Vec::new(), Vec::new());
        let mut put = |list: &[String], what, place| {
            phrases.extend(list.iter().cloned());
            says.extend(list.iter().map(|_| (what, place)));
        };
        for (at, group) in data.stand_ins.iter().enumerate() {
            put(&group.whole, Says::StandIn(at), Place::Whole);
            put(&group.start, Says::StandIn(at), Place::Start);
            put(&group.anywhere, Says::StandIn(at), Place::Anywhere);
            put(&group.title, Says::StandIn(at), Place::Title);
        }
        put(&data.login.start, Says::Login, Place::Start);
        put(&data.login.whole, Says::Login, Place::Whole);
        put(&data.login.access, Says::Access, Place::Start);
        put(&data.login.access_whole, Says::Access, Place::Whole);
        Ok(Self {
            words: Words::new(&data.spam, &data.warnings, data.defacements)?,
            talk_about: matcher(&data.talk_about)?,
            contacts: matcher(&data.contacts)?,
            services: matcher(&data.login.services)?,
            lines: matcher(&phrases)?,
            stand_ins: data.stand_ins,
            stand_in_paths: data.stand_in_paths.hosting,
            sent_to: data.stand_in_paths.sent_to,
            home: data.home,
            login: data.login,
            apologies: data.apologies,
            says,
        })
    }

    /// What a line says of its page, if anything.
    pub(super) fn line(&self, line: &str, of: Line) -> Option<Says> {
        self.lines.find_iter(line).find_map(|found| {
            let (says, place) = self.says.get(found.pattern().as_usize()).copied()?;
            if !stands_alone(line, found.start(), found.end()) {
                return None;
            }
            let (before, rest) = (&line[..found.start()], &line[found.end()..]);
            let speaks = match place {
                Place::Anywhere => of != Line::Title,
                Place::Title => of == Line::Title && before.is_empty() && !(self.is_certain(says) && has_thai(rest)),
                // A number alone in a cell or over a counter is no message.
                Place::Whole => {
                    of != Line::Title
                        && !(is_number(line) && of != Line::Part)
                        && self.is_apology(before)
                        && self.is_apology(rest)
                }
                Place::Start => {
                    let short = rest.len() <= if of == Line::Part { MAX_REST / 4 } else { MAX_REST };
                    of != Line::Title && short && self.is_apology(before) && !self.talk_about.is_match(line)
                }
            };
            speaks.then_some(says)
        })
    }

    /// Whether what a phrase speaks for is certain. A server's default page says nothing in Thai.
    fn is_certain(&self, says: Says) -> bool {
        matches!(says, Says::StandIn(at) if self.stand_ins.get(at).is_some_and(|group| group.certain))
    }

    /// Whether a line says whom to ask.
    pub(super) fn gives_contact(&self, line: &str) -> bool {
        self.contacts.is_match(line)
    }

    /// Whether a text is nothing but marks, numbers and apologies.
    pub(super) fn is_apology(&self, text: &str) -> bool {
        let mut rest = text;
        loop {
            rest = rest.trim_start_matches(|c: char| !c.is_alphabetic() && !is_mark(c));
            if rest.is_empty() {
                return true;
            }
            let apology = self.apologies.iter().find(|apology| starts_with(rest, apology));
            match apology {
                Some(apology) => rest = &rest[apology.len()..],
                None => return false,
            }
        }
    }

    /// Whether a text speaks of services that a citizen can join.
    pub(super) fn names_service(&self, text: &str) -> bool {
        self.services.find_iter(text).any(|found| stands_alone(text, found.start(), found.end()))
    }
}

impl Data {
    /// A list of unknown origin is not taken.
    fn has_sources(&self) -> Result<(), String> {
        let stand_ins = self.stand_ins.iter().map(|group| (group.status, &group.source));
        let spam = self.spam.iter().map(|kind| (kind.status, &kind.source));
        let others = [
            (self.stand_in_paths.status, &self.stand_in_paths.source),
            (self.home.status, &self.home.source),
            (self.login.status, &self.login.source),
            (self.warnings.status, &self.warnings.source),
            (self.defacements.status, &self.defacements.source),
        ];
        let mut all = stand_ins.chain(spam).chain(others);
        if all.all(|(status, source)| status == Status::Own && !source.trim().is_empty()) {
            Ok(())
        } else {
            Err("a list of config/natures.yaml does not say where it is from".to_owned())
        }
    }
}

pub(super) fn matcher(phrases: &[String]) -> Result<AhoCorasick, String> {
    if let Some(bad) = phrases.iter().find(|phrase| phrase.trim() != phrase.as_str() || phrase.is_empty()) {
        return Err(format!("a phrase of config/natures.yaml has blanks around it or is empty: «{bad}»"));
    }
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .match_kind(MatchKind::LeftmostLongest)
        .kind(Some(AhoCorasickKind::ContiguousNFA))
        .build(phrases)
        .map_err(|error| error.to_string())
}

/// Whether no Latin word or number goes on across either end of a part of a text.
pub(super) fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let bytes = text.as_bytes();
    let class = |at: Option<usize>| match at.and_then(|at| bytes.get(at)) {
        Some(byte) if byte.is_ascii_alphabetic() => 1,
        Some(byte) if byte.is_ascii_digit() => 2,
        _ => 0,
    };
    let parted = |left: u8, right: u8| left == 0 || left != right;
    parted(class(start.checked_sub(1)), class(Some(start))) && parted(class(end.checked_sub(1)), class(Some(end)))
}

/// Whether a part of a path, without an ending such as `.php`, is one of several names.
pub(super) fn is_named(part: &str, names: &[String]) -> bool {
    let part = percent_encoding::percent_decode_str(part).decode_utf8_lossy();
    let stem = part.split_once('.').map_or(&*part, |(stem, _)| stem);
    names.iter().any(|name| name.eq_ignore_ascii_case(stem))
}

/// Whether a line is nothing but numbers and marks.
pub(super) fn is_number(line: &str) -> bool {
    line.is_ascii() && line.bytes().all(|byte| !byte.is_ascii_alphabetic())
}

fn has_thai(text: &str) -> bool {
    text.chars().any(|c| ('\u{0E00}'..='\u{0E7F}').contains(&c))
}

pub(super) fn starts_with(text: &str, start: &str) -> bool {
    text.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
}

#[cfg(test)]
mod tests;
