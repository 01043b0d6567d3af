//! Searching for phrases in text that was read badly: weaker matches, each worth less than the one before.
//!
//! Weaker matches make different words equal, so they are a second chance that makes nothing certain, and short phrases have
//! none. The bounds are measured on text of tesseract 5 (`tha+eng`; scans of the truth set at 150 and 200 dpi, drawn at
//! 200 dpi, twelve readings): every phrase of the catalogue of 2563 and of the truth set was sought in every reading, 500
//! times one that is in the document and 12,868 times one that is not.
//!
//! | tier and shortest phrase | found, is there | found, is not there |
//! |---|---|---|
//! | exact | 465 | 0 |
//! | sara am, from 5 codes | 3 | 0 |
//! | marks, from 5 letters | 13 | 2 |
//! | near: 1 edit from 12 codes, 2 from 28, 3 from 36 | 2 | 4 |
//! | none of these | 17 | 12,862 |
//!
//! Together that is 483 of 489, a precision of 0.988. One edit more at each length would find 4 more that are there and
//! about 90 that are not ("แผนการดำเนินงาน" is two edits from "แผนดำเนินงาน"); one edit in phrases shorter than 12 codes, 3 and 84.

use std::ops::Range;

use memchr::memmem;

use super::chars::MARK_CODES;
use super::fold::{Folded, Phrase, place_of};
use super::near::Pattern;

/// How closely a phrase and a place of a text agree, the closest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Closeness {
    /// Spaces, digits, dashes and common misspellings aside, they are the same.
    Exact,
    /// They are the same where sara am is taken for sara aa.
    SaraAm,
    /// They are the same without the marks above and below the letters.
    Marks,
    /// A few letters differ.
    Near,
}

/// Codes of the shortest phrase that is sought without its rings.
const SHORTEST_SARA_AM: usize = 5;
/// Codes, without marks, of the shortest phrase that is sought without them.
const SHORTEST_MARKS: usize = 5;
/// Codes from which on a phrase may be so many edits away.
const EDITS: &[(usize, usize)] = &[(36, 3), (28, 2), (12, 1)];

/// Weaker forms of a folded text.
#[derive(Debug, Clone, Default)]
pub(super) struct Weak {
    sara_am: Vec<u8>,
    bare: Vec<u8>,
    /// For each code of the bare form, and its end, the place among all codes.
    places: Vec<u32>,
}

impl Weak {
    pub(super) fn new(codes: &[u8]) -> Self {
        let sara_am: Vec<u8> = codes.iter().map(|code| without_ring(*code)).collect();
        let kept = || sara_am.iter().enumerate().filter(|(_, code)| !MARK_CODES[usize::from(**code)]);
        let bare = kept().map(|(_, code)| *code).collect();
        let end = std::iter::once(codes.len());
        let places = kept().map(|(at, _)| at).chain(end).map(|at| u32::try_from(at).unwrap_or(u32::MAX)).collect();
        Self { sara_am, bare, places }
    }

    fn place(&self, at: usize) -> usize {
        self.places.get(at).map_or(0, |at| *at as usize)
    }
}

/// The code of sara aa for that of sara am.
fn without_ring(code: u8) -> u8 {
    if code == 0xA0 + 0x33 { 0xA0 + 0x32 } else { code }
}

impl Folded {
    /// How closely any of several phrases stands in the text, if at least so closely.
    pub fn closest(&self, phrases: &[Phrase], least: Closeness) -> Option<Closeness> {
        self.find_closest(phrases, least).map(|(_, _, closeness)| closeness)
    }

    /// The closest of several phrases, its place among the codes and how close it is.
    fn find_closest<'p>(
        &self,
        phrases: &'p [Phrase],
        least: Closeness,
    ) -> Option<(&'p Phrase, Range<usize>, Closeness)> {
        [Closeness::Exact, Closeness::SaraAm, Closeness::Marks, Closeness::Near]
            .into_iter()
            .take_while(|closeness| *closeness <= least)
            .find_map(|closeness| {
                phrases.iter().find_map(|phrase| Some((phrase, self.find_as(phrase, closeness)?, closeness)))
            })
    }

    fn find_as(&self, phrase: &Phrase, closeness: Closeness) -> Option<Range<usize>> {
        let codes = phrase.codes();
        match closeness {
            Closeness::Exact => self.find(phrase),
            Closeness::SaraAm if codes.len() >= SHORTEST_SARA_AM => {
                let weak: Vec<u8> = codes.iter().map(|code| without_ring(*code)).collect();
                self.find_weak(&self.weak().sara_am, &weak, |at| at)
            }
            Closeness::Marks => {
                let weak = Weak::new(codes).bare;
                let places = self.weak();
                let find = || self.find_weak(&places.bare, &weak, |at| places.place(at));
                if weak.len() >= SHORTEST_MARKS { find() } else { None }
            }
            Closeness::Near => self.find_near(codes),
            Closeness::SaraAm => None,
        }
    }

    /// The first place of a weaker form of a phrase in one of the text.
    fn find_weak(&self, text: &[u8], phrase: &[u8], place: impl Fn(usize) -> usize) -> Option<Range<usize>> {
        memmem::find_iter(text, phrase)
            .map(|at| place(at)..place(at + phrase.len()))
            .find(|found| self.is_boundary(found.start) && self.is_boundary(found.end))
    }

    /// The place that is the fewest edits from a phrase, if they are few enough for its length.
    fn find_near(&self, phrase: &[u8]) -> Option<Range<usize>> {
        let (_, most) = EDITS.iter().find(|(length, _)| phrase.len() >= *length)?;
        let text = self.codes();
        let (edits, end) = Pattern::new(phrase.iter().copied())?.find(text.iter().copied(), *most)?;
        // Backwards from its end, it begins where the reversed phrase ends.
        let before = text[..end].iter().rev().copied().take(phrase.len() + most);
        let (_, length) = Pattern::new(phrase.iter().rev().copied())?.find(before, edits)?;
        let found = end - length..end;
        let is_word = self.is_boundary(found.start) && self.is_boundary(found.end);
        // Another number is another thing.
        let digits = |codes: &[u8]| codes.iter().copied().filter(u8::is_ascii_digit).collect::<Vec<u8>>();
        (is_word && digits(phrase) == digits(&text[found.clone()])).then_some(found)
    }
}

/// A phrase that stands in a text, more or less.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match<'p> {
    /// The phrase.
    pub phrase: &'p Phrase,
    /// Where it stands, in bytes.
    pub at: Range<usize>,
    /// How closely.
    pub closeness: Closeness,
}

/// The closest of several phrases that stands in a text in the normal form at least so closely, for quoting it.
pub fn find_closest<'p>(text: &str, phrases: &'p [Phrase], least: Closeness) -> Option<Match<'p>> {
    let (phrase, codes, closeness) = Folded::new(text).find_closest(phrases, least)?;
    Some(Match { phrase, at: place_of(text, codes)?, closeness })
}

#[cfg(test)]
mod tests {
    use super::{Closeness, find_closest};
    use crate::thai::{Folded, Phrase, normalize};

    /// How closely a phrase stands in a text, and what of the text it is.
    fn found(text: &str, phrase: &str) -> Option<(Closeness, String)> {
        let (text, phrases) = (normalize(text), [Phrase::new(phrase)]);
        let found = find_closest(&text, &phrases, Closeness::Near);
        assert_eq!(found.as_ref().map(|found| found.closeness), Folded::new(&text).closest(&phrases, Closeness::Near));
        found.map(|found| (found.closeness, text[found.at].to_owned()))
    }

    #[expect(clippy::unnecessary_wraps, reason = "it is compared with what was found")]
    fn some(closeness: Closeness, text: &str) -> Option<(Closeness, String)> {
        Some((closeness, text.to_owned()))
    }

    #[test]
    fn each_weaker_match_is_told_from_the_closer_ones() {
        let phrase = "แผนดำเนินงานประจำปี";
        assert_eq!(found("ก. แผน ดำเนินงาน ประจำปี ๒๕๖๓", phrase), some(Closeness::Exact, "แผน ดำเนินงาน ประจำปี"));
        assert_eq!(found("ก. แผนดาเนินงาน ประจำปี ๒๕๖๓", phrase), some(Closeness::SaraAm, "แผนดาเนินงาน ประจำปี"));
        assert_eq!(found("ก. แผนดาเนนงานประจาปี ๒๕๖๓", phrase), some(Closeness::Marks, "แผนดาเนนงานประจาปี"));
        assert_eq!(found("ก. แผนดำเมินงานประจำปี ๒๕๖๓", phrase), some(Closeness::Near, "แผนดำเมินงานประจำปี"));
        assert_eq!(found("ก. แผนคำเมินงานประจำปี ๒๕๖๓", phrase), None);
    }

    #[test]
    fn no_weaker_match_than_asked_for_is_told() {
        let (text, phrase) = (Folded::new("สานักปลัด"), [Phrase::new("สำนักปลัด")]);
        assert_eq!(text.closest(&phrase, Closeness::Exact), None);
        assert_eq!(text.closest(&phrase, Closeness::SaraAm), Some(Closeness::SaraAm));
        assert_eq!(text.closest(&[], Closeness::Near), None);
    }

    #[test]
    fn the_closest_of_several_phrases_counts() {
        let phrases = [Phrase::new("สำนักปลัด"), Phrase::new("กองคลัง")];
        let found = find_closest("สานักปลัด กองคลัง", &phrases, Closeness::Near).unwrap();
        assert_eq!((found.closeness, found.phrase.as_str()), (Closeness::Exact, "กองคลัง"));
    }

    #[test]
    fn short_phrases_have_no_second_chance() {
        assert_eq!(found("ที่นา", "นำ"), None);
        assert_eq!(found("กระทรวง", "กระทู้"), None);
        assert_eq!(found("งานพัสตุ", "งานพัสดุ"), None);
    }

    #[test]
    fn another_number_is_another_thing() {
        let phrase = "ประจำปีงบประมาณ พ.ศ. ๒๕๖๗";
        assert_eq!(found("ประจำปีงบประมาณ พ.ศ. ๒๕๖๓", phrase), None);
        assert_eq!(found("ประจำปีงบประมาฌ พ.ศ. ๒๕๖๗", phrase), some(Closeness::Near, "ประจำปีงบประมาฌ พ.ศ. ๒๕๖๗"));
    }

    #[test]
    fn latin_words_stand_on_their_own_here_too() {
        assert_eq!(found("xcontact กองคลัง", "contact กองคลัง"), None);
        assert_eq!(found("contact กองคลั้ง", "contact กองคลัง"), some(Closeness::Marks, "contact กองคลั้ง"));
    }

    #[test]
    fn every_text_and_phrase_is_bounded() {
        let long = "แผน".repeat(30_000);
        assert_eq!(found(&long, &"แผนม".repeat(50)), None);
        assert_eq!(found("", "แผนดำเนินงานประจำปี"), None);
    }
}
