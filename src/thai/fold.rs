//! Searching for phrases as a Thai reader does: spaces, digits, dashes and common misspellings do not matter.

use std::ops::Range;
use std::sync::OnceLock;

use memchr::memmem::Finder;

use super::chars::{is_dash, is_ignorable, is_thai, thai_at};
use super::close::Weak;
use super::normalize;

/// A phrase to search for, folded once.
#[derive(Debug, Clone)]
pub struct Phrase {
    original: String,
    folded: Finder<'static>,
}

impl Phrase {
    /// The phrase of a text; a text without visible characters is found nowhere.
    pub fn new(text: &str) -> Self {
        Self { original: text.to_owned(), folded: Finder::new(&Folded::new(&normalize(text)).codes).into_owned() }
    }

    /// Its codes.
    pub(super) fn codes(&self) -> &[u8] {
        self.folded.needle()
    }

    /// The phrase as it was given.
    pub fn as_str(&self) -> &str {
        &self.original
    }
}

impl PartialEq for Phrase {
    fn eq(&self, other: &Self) -> bool {
        self.original == other.original
    }
}

impl Eq for Phrase {}

/// A text prepared for searching phrases in it: each character that means something, as a code of one byte.
///
/// Codes below 0x80 are ASCII and those from 0xA0 on the Thai block. Any other character is six codes, of four bits each;
/// its first is below 0x90 and the others are not, so that none is found inside another.
#[derive(Debug, Clone, Default)]
pub struct Folded {
    codes: Vec<u8>,
    /// Places among the codes where white space between two letters or digits was dropped.
    breaks: Vec<u32>,
    /// Its weaker forms, which are made when they are first asked for.
    weak: OnceLock<Weak>,
}

impl PartialEq for Folded {
    fn eq(&self, other: &Self) -> bool {
        (&self.codes, &self.breaks) == (&other.codes, &other.breaks)
    }
}

impl Eq for Folded {}

/// The code of the first character of the Thai block.
const THAI: u8 = 0xA0;
const SARA_E: u8 = THAI + 0x40;
const SARA_AE: u8 = THAI + 0x41;

impl Folded {
    /// The folded form of a text in the normal form ([`normalize`]).
    pub fn new(text: &str) -> Self {
        let mut folder = Folder { out: Self::default(), last: Class::Other, space: false };
        folder.out.codes.reserve(text.len() / 2);
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            if let Some(code) = thai_at(bytes, at).and_then(|place| FOLDED_THAI.get(place)) {
                folder.write(*code);
                at += 3;
            } else if matches!(byte, b' ' | b'\t'..=b'\r') {
                folder.space = true;
                at += 1;
            } else if byte.is_ascii() {
                folder.write(byte.to_ascii_lowercase());
                at += 1;
            } else {
                let Some(c) = text[at..].chars().next() else { break };
                folder.other(c);
                at += c.len_utf8();
            }
        }
        folder.out
    }

    /// Its codes.
    pub(super) fn codes(&self) -> &[u8] {
        &self.codes
    }

    /// How many codes it has.
    pub fn len(&self) -> usize {
        self.codes.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.codes.is_empty()
    }

    /// Its weaker forms.
    pub(super) fn weak(&self) -> &Weak {
        self.weak.get_or_init(|| Weak::new(&self.codes))
    }

    /// Whether a phrase stands in the text.
    pub fn contains(&self, phrase: &Phrase) -> bool {
        self.find(phrase).is_some()
    }

    /// Whether any of several phrases stands in the text.
    pub fn contains_any(&self, phrases: &[Phrase]) -> bool {
        phrases.iter().any(|phrase| self.contains(phrase))
    }

    /// How often any of several phrases stands in the text, up to so many times, where it is no part of one of some longer
    /// phrases in which it means something else, and does not follow one of some others right away.
    pub fn count_apart(&self, phrases: &[Phrase], unless: &[Phrase], not_after: &[Phrase], most: usize) -> usize {
        let mut inside: Option<Vec<Range<usize>>> = None;
        let mut places: Vec<Range<usize>> = Vec::new();
        for place in phrases.iter().flat_map(|phrase| self.places(phrase)) {
            let inside = inside.get_or_insert_with(|| unless.iter().flat_map(|phrase| self.places(phrase)).collect());
            let apart = !inside.iter().any(|longer| longer.start <= place.start && place.end <= longer.end)
                && !not_after.iter().any(|phrase| self.codes[..place.start].ends_with(phrase.folded.needle()));
            // Two phrases that overlap, such as a word and its stem, are one mention.
            let new = places.iter().all(|seen| seen.end <= place.start || place.end <= seen.start);
            if apart && new {
                places.push(place);
                if places.len() >= most {
                    break;
                }
            }
        }
        places.len()
    }

    /// The places of a phrase among the codes.
    fn places<'a>(&'a self, phrase: &'a Phrase) -> impl Iterator<Item = Range<usize>> + 'a {
        let mut from = 0;
        std::iter::from_fn(move || {
            let found = self.find_from(phrase, from)?;
            from = found.end;
            Some(found)
        })
    }

    /// The first place of a phrase among the codes.
    pub(super) fn find(&self, phrase: &Phrase) -> Option<Range<usize>> {
        self.find_from(phrase, 0)
    }

    fn find_from(&self, phrase: &Phrase, mut from: usize) -> Option<Range<usize>> {
        let length = phrase.folded.needle().len();
        while length > 0
            && let Some(found) = phrase.folded.find(self.codes.get(from..)?)
        {
            let (start, end) = (from + found, from + found + length);
            if self.is_boundary(start) && self.is_boundary(end) {
                return Some(start..end);
            }
            from = start + 1;
        }
        None
    }

    /// Whether no word of Latin letters and no number goes on across a place among the codes.
    pub(super) fn is_boundary(&self, at: usize) -> bool {
        let (before, after) = self.codes.split_at(at);
        let before = before.iter().rposition(|code| !is_continuation(*code)).map(|start| class(&before[start..]));
        let after = (!after.is_empty()).then(|| class(after));
        before != after || before == Some(Class::Other) || self.breaks.binary_search(&compact(at)).is_ok()
    }
}

/// The first of several phrases that stands in a text in the normal form: its place in the text.
///
/// It takes far longer than [`Folded::contains_any`], and is for quoting what was found.
pub fn find_any(text: &str, phrases: &[Phrase]) -> Option<Range<usize>> {
    let folded = Folded::new(text);
    place_of(text, phrases.iter().find_map(|phrase| folded.find(phrase))?)
}

/// The place in a text in the normal form of some of its codes.
pub(super) fn place_of(text: &str, codes: Range<usize>) -> Option<Range<usize>> {
    let mut ends: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    ends.push(text.len());
    let length = |end: &usize| Folded::new(&text[..*end]).codes.len();
    // From the last place with no more codes before it than the phrase has, to the last with none of what follows it.
    let first = ends.partition_point(|end| length(end) <= codes.start).saturating_sub(1);
    let last = ends.partition_point(|end| length(end) <= codes.end).saturating_sub(1);
    let found = text.get(*ends.get(first)?..*ends.get(last)?)?.trim_end().len();
    Some(ends[first]..ends[first] + found)
}

/// Texts are bounded by the largest body that is read, far below 4 GiB.
fn compact(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    /// A letter of a script that parts its words by spaces.
    Letter,
    Digit,
    /// Thai and punctuation: nothing that a word could go on in.
    Other,
}

/// The class of the first character of some codes.
fn class(codes: &[u8]) -> Class {
    match codes.first() {
        Some(b'0'..=b'9') => Class::Digit,
        Some(b'a'..=b'z') => Class::Letter,
        Some(0x80..=0x9F) => {
            let nibbles = codes.iter().take(6).fold(0, |value, code| value << 4 | u32::from(code & 0x0F));
            char::from_u32(nibbles).map_or(Class::Other, class_of_other)
        }
        _ => Class::Other,
    }
}

fn class_of_other(c: char) -> Class {
    if !is_thai(c) && c.is_alphanumeric() { Class::Letter } else { Class::Other }
}

/// Whether a code belongs to the character that began before it.
fn is_continuation(code: u8) -> bool {
    matches!(code, 0x90..=0x9F)
}

/// Folds a text character by character.
struct Folder {
    out: Folded,
    /// The class of the last character that was written.
    last: Class,
    /// White space was read since then.
    space: bool,
}

impl Folder {
    /// Writes a character that has one code.
    #[inline]
    fn write(&mut self, code: u8) {
        if code == SARA_E
            && let Some(last @ &mut SARA_E) = self.out.codes.last_mut()
        {
            *last = SARA_AE;
            self.space = false;
            return;
        }
        self.part(if code < THAI { class(&[code]) } else { Class::Other });
        self.out.codes.push(code);
    }

    /// Writes a character that is neither ASCII nor Thai, or notes that it parts words.
    fn other(&mut self, c: char) {
        match fold(c) {
            _ if is_ignorable(c) => {}
            _ if c.is_whitespace() => self.space = true,
            Some(code) => self.write(code),
            None => {
                self.part(class_of_other(c));
                let nibbles = u32::from(c).to_be_bytes();
                let [_, high, middle, low] = nibbles;
                let codes = [high >> 4, high & 15, middle >> 4, middle & 15, low >> 4, low & 15];
                self.out
                    .codes
                    .extend(codes.iter().enumerate().map(|(at, code)| code | if at == 0 { 0x80 } else { 0x90 }));
            }
        }
    }

    /// Notes what white space before a character of a class means.
    #[inline]
    fn part(&mut self, class: Class) {
        if std::mem::take(&mut self.space) {
            match (self.last, class) {
                // No match starts or ends with the space.
                (Class::Letter, Class::Letter) => self.out.codes.push(b' '),
                (Class::Letter | Class::Digit, Class::Letter | Class::Digit) => {
                    self.out.breaks.push(compact(self.out.codes.len()));
                }
                _ => {}
            }
        }
        self.last = class;
    }
}

/// The codes of the Thai block, where they are not those of other characters that look or mean the same.
static FOLDED_THAI: [u8; 0x60] = {
    let mut codes = [0; 0x60];
    let mut low = 0;
    while low < 0x60 {
        codes[low as usize] = match low {
            // ฏ is taken for ฎ.
            0x0F => THAI + 0x0E,
            0x50..=0x59 => b'0' + (low - 0x50),
            _ => THAI + low,
        };
        low += 1;
    }
    codes
};

/// The code of the ASCII character that looks or means the same.
fn fold(c: char) -> Option<u8> {
    match c {
        '“' | '”' | '„' | '‟' | '″' => Some(b'"'),
        '‘' | '’' | '‚' | '‛' | '′' => Some(b'\''),
        _ if is_dash(c) => Some(b'-'),
        _ => None,
    }
}

#[cfg(test)]
#[path = "fold_tests.rs"]
mod tests;
