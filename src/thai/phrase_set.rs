//! Many phrases sought in one pass, and how each place that is found hangs on the words before it.

use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};

use super::{Folded, Phrase};

/// Words that join two things of equal rank, as the ends of what stands before a phrase.
const JOINING: &[&str] = &["และ", "หรือ", "พร้อม", "กับ", "รวมถึง", "ตลอดจน"];

/// The word that brings in what a paper is about, where it begins anew itself: «เรื่องร้องเรียน» is one word.
const SUBJECT: &str = "เรื่อง";

/// Words after which a phrase only says what something else follows or belongs to.
const LEANING: &[&str] = &["ตาม"];

/// How a phrase hangs on what stands before it in its line. A Thai noun phrase begins with its head: in
/// «รายงานผลตามแผนดำเนินงาน» the plan only says which report is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hold {
    /// It leans on a word such as «according to».
    Leans,
    /// It goes on from what stands before it.
    Follows,
    /// It begins the line, or stands after a space, a sign or a word that joins.
    Opens,
}

/// A place where a phrase of a set stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The phrase, by its place in the set.
    pub phrase: usize,
    /// The place among the folded text's codes.
    pub at: Range<usize>,
}

/// Phrases that are sought together.
#[derive(Debug)]
pub struct PhraseSet {
    /// None where there are no phrases, or they are too many for one automaton.
    automaton: Option<AhoCorasick>,
    joining: Vec<Vec<u8>>,
    leaning: Vec<Vec<u8>>,
    subject: Vec<u8>,
}

impl PhraseSet {
    /// The set of several phrases, each known by its place among them.
    pub fn new<'p>(phrases: impl IntoIterator<Item = &'p Phrase>) -> Self {
        let codes: Vec<&[u8]> = phrases.into_iter().map(Phrase::codes).collect();
        let automaton = AhoCorasick::builder().match_kind(MatchKind::Standard).build(&codes).ok();
        let words = |words: &[&str]| words.iter().map(|word| Phrase::new(word).codes().to_vec()).collect();
        Self {
            automaton: automaton.filter(|_| !codes.is_empty()),
            joining: words(JOINING),
            leaning: words(LEANING),
            subject: Phrase::new(SUBJECT).codes().to_vec(),
        }
    }

    /// Every place where one of them stands, those within others included, in the order of their ends.
    pub fn find<'t>(&'t self, text: &'t Folded) -> impl Iterator<Item = Found> + 't {
        let all = self.automaton.iter().flat_map(|automaton| automaton.find_overlapping_iter(text.codes()));
        all.filter(|found| !found.is_empty() && text.is_boundary(found.start()) && text.is_boundary(found.end()))
            .map(|found| Found { phrase: found.pattern().as_usize(), at: found.start()..found.end() })
    }

    /// How what starts at a place of a folded line hangs on what stands before it; `spaces` are [`spaces`] of the line.
    pub fn hold(&self, text: &Folded, at: usize, spaces: &[usize]) -> Hold {
        let before = &text.codes()[..at];
        let parted = |at: usize| text.codes()[..at].last().is_none_or(u8::is_ascii_punctuation) || spaces.contains(&at);
        let ends = |words: &[Vec<u8>]| words.iter().any(|word| before.ends_with(word));
        let subject = before.strip_suffix(self.subject.as_slice()).is_some_and(|rest| parted(rest.len()));
        if ends(&self.leaning) {
            Hold::Leans
        } else if parted(at) || subject || ends(&self.joining) {
            Hold::Opens
        } else {
            Hold::Follows
        }
    }
}

/// The places among a line's codes before which it has white space.
pub fn spaces(line: &str) -> Vec<usize> {
    let gaps = line.char_indices().filter(|(_, c)| c.is_whitespace());
    let mut places: Vec<usize> = gaps.map(|(at, _)| Folded::new(&line[..at]).codes().len()).collect();
    places.dedup();
    places
}

#[cfg(test)]
mod tests {
    use super::{Found, Hold, PhraseSet, spaces};
    use crate::thai::{Folded, Phrase};

    fn set(phrases: &[&str]) -> PhraseSet {
        let phrases: Vec<Phrase> = phrases.iter().map(|phrase| Phrase::new(phrase)).collect();
        PhraseSet::new(&phrases)
    }

    fn found(set: &PhraseSet, line: &str) -> Vec<(usize, Hold)> {
        let (text, spaces) = (Folded::new(line), spaces(line));
        set.find(&text).map(|Found { phrase, at }| (phrase, set.hold(&text, at.start, &spaces))).collect()
    }

    #[test]
    fn every_place_is_found_with_what_it_hangs_on() {
        let set = set(&["รายงานผล", "แผนดำเนินงาน", "ดำเนินงาน", "E-Service"]);
        assert_eq!(found(&set, "รายงานผลตามแผน ดำเนินงาน"), [(0, Hold::Opens), (1, Hold::Leans), (2, Hold::Opens)]);
        assert_eq!(found(&set, "๑. แผนดำเนินงานและรายงานผล"), [(1, Hold::Opens), (2, Hold::Follows), (0, Hold::Opens)]);
        assert_eq!(found(&set, "สรุปแผนดำเนินงาน"), [(1, Hold::Follows), (2, Hold::Follows)]);
        assert_eq!(found(&set, "ประกาศ อบต. เรื่องแผนดำเนินงาน")[0], (1, Hold::Opens));
        assert_eq!(found(&self::set(&["ร้องเรียน"]), "รับเรื่องร้องเรียน"), [(0, Hold::Follows)]);
        assert_eq!(found(&set, "e-services"), []);
        assert_eq!(found(&self::set(&[]), "รายงานผล"), []);
    }
}
