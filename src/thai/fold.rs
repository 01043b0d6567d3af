//! Searching for phrases as a Thai reader does: spaces, digits, dashes and common misspellings do not matter.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::chars::{Marks, SARA_AE, SARA_E, is_dash, is_ignorable, is_thai, thai_digit};

/// A phrase to search for, folded once.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Phrase {
    original: String,
    folded: String,
}

impl Phrase {
    /// The phrase of a text; a text without visible characters is found nowhere.
    pub fn new(text: &str) -> Self {
        Self { original: text.to_owned(), folded: Folded::new(text).text }
    }

    /// The phrase as it was given.
    pub fn as_str(&self) -> &str {
        &self.original
    }
}

/// A text prepared for searching phrases in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folded {
    text: String,
    pieces: Vec<Piece>,
    /// Places in the folded text where white space between two letters or digits was dropped.
    breaks: Vec<u32>,
}

/// A stretch of the folded text and where it comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Piece {
    folded: u32,
    original: u32,
    /// The length in the original of what was rewritten; 0 for text copied byte by byte.
    rewritten: u32,
}

impl Folded {
    /// The folded form of a text, which need not be normalized.
    pub fn new(text: &str) -> Self {
        let mut folder = Folder::default();
        folder.out.text.reserve(text.len());
        for (at, c) in text.char_indices() {
            folder.read(c, at);
        }
        folder.flush();
        folder.out
    }

    /// The folded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The first place of a phrase, as a byte range in the original text.
    pub fn find(&self, phrase: &Phrase) -> Option<Range<usize>> {
        let needle = phrase.folded.as_str();
        let mut from = 0;
        while let Some(found) = self.text.get(from..)?.find(needle) {
            let first = needle.chars().next()?;
            let (start, end) = (from + found, from + found + needle.len());
            if self.is_boundary(start) && self.is_boundary(end) {
                return Some(self.original_start(start)..self.original_end(end));
            }
            from = start + first.len_utf8();
        }
        None
    }

    /// Whether a phrase stands in the text.
    pub fn contains(&self, phrase: &Phrase) -> bool {
        self.find(phrase).is_some()
    }

    /// The first phrase of a list that stands in the text: its index in the list and its first place.
    pub fn find_any(&self, phrases: &[Phrase]) -> Option<(usize, Range<usize>)> {
        phrases.iter().enumerate().find_map(|(index, phrase)| Some((index, self.find(phrase)?)))
    }

    /// Whether no word of Latin letters and no number goes on across a place of the folded text.
    fn is_boundary(&self, at: usize) -> bool {
        let before = self.text[..at].chars().next_back().map(class);
        let after = self.text[at..].chars().next().map(class);
        before != after || before == Some(Class::Other) || self.breaks.binary_search(&compact(at)).is_ok()
    }

    fn piece(&self, at: usize) -> Piece {
        let index = self.pieces.partition_point(|piece| piece.folded as usize <= at);
        self.pieces.get(index.saturating_sub(1)).copied().unwrap_or(Piece { folded: 0, original: 0, rewritten: 0 })
    }

    fn original_start(&self, at: usize) -> usize {
        let piece = self.piece(at);
        let inside = if piece.rewritten == 0 { at - piece.folded as usize } else { 0 };
        piece.original as usize + inside
    }

    fn original_end(&self, at: usize) -> usize {
        let piece = self.piece(at.saturating_sub(1));
        let length = if piece.rewritten == 0 { at - piece.folded as usize } else { piece.rewritten as usize };
        piece.original as usize + length
    }
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

fn class(c: char) -> Class {
    if c.is_ascii_digit() {
        Class::Digit
    } else if c.is_ascii_alphabetic() || (!c.is_ascii() && !is_thai(c) && c.is_alphanumeric()) {
        Class::Letter
    } else {
        Class::Other
    }
}

/// Folds a text character by character.
struct Folder {
    out: Folded,
    /// The base that is being read, with its place.
    base: Option<(char, Range<usize>)>,
    marks: Marks,
    /// White space was read since the last character that was written.
    space: bool,
}

impl Default for Folder {
    fn default() -> Self {
        let out = Folded { text: String::new(), pieces: Vec::new(), breaks: Vec::new() };
        Self { out, base: None, marks: Marks::default(), space: false }
    }
}

impl Folder {
    fn read(&mut self, c: char, at: usize) {
        let end = at + c.len_utf8();
        if is_ignorable(c) {
            return;
        }
        if c.is_whitespace() {
            self.flush();
            self.space = true;
            return;
        }
        if let Some((_, place)) = &mut self.base
            && self.marks.take(c)
        {
            place.end = end;
            return;
        }
        self.flush();
        self.base = Some((c, at..end));
    }

    /// Writes the base that was being read with its marks.
    fn flush(&mut self) {
        let Some((base, place)) = self.base.take() else { return };
        if self.marks.is_empty() && (base.is_ascii() || is_thai(base)) {
            self.write(base, place);
            return;
        }
        let marks = self.marks.arranged();
        let all = std::iter::once(base).chain(marks.iter().copied());
        if is_thai(base) {
            // Each mark as long as it was: the usual case, where nothing had to be put right.
            let length: usize = all.clone().map(char::len_utf8).sum();
            let mut at = place.start;
            let exact = length == place.len();
            for c in all {
                self.write(c, if exact { at..at + c.len_utf8() } else { place.clone() });
                at += c.len_utf8();
            }
        } else {
            for c in all.nfc() {
                self.write(c, place.clone());
            }
        }
    }

    fn write(&mut self, original: char, place: Range<usize>) {
        let c = fold(original);
        let at = self.out.text.len();
        if let Some(last) = self.out.text.chars().next_back() {
            if c == SARA_E && last == SARA_E {
                self.join_sara_e(&place);
                return;
            }
            if self.space {
                match (class(last), class(c)) {
                    (Class::Letter, Class::Letter) => {
                        // No match starts or ends with the space, so its place matters to nobody.
                        self.note(place.start - 1, 1, false);
                        self.out.text.push(' ');
                    }
                    (Class::Letter | Class::Digit, Class::Letter | Class::Digit) => self.out.breaks.push(compact(at)),
                    _ => {}
                }
            }
        }
        self.space = false;
        self.note(place.start, place.len(), c.len_utf8() != place.len());
        self.out.text.push(c);
    }

    /// Turns the sara e just written and another one, at most white space after it, into sara ae.
    fn join_sara_e(&mut self, place: &Range<usize>) {
        let start = self.out.original_start(self.out.text.len() - SARA_E.len_utf8());
        self.out.text.pop();
        let at = compact(self.out.text.len());
        while self.out.pieces.last().is_some_and(|piece| piece.folded >= at) {
            self.out.pieces.pop();
        }
        self.note(start, place.end - start, true);
        self.out.text.push(SARA_AE);
        self.space = false;
    }

    /// Notes where the next bytes of the folded text come from.
    fn note(&mut self, original: usize, length: usize, rewritten: bool) {
        let (folded, original) = (compact(self.out.text.len()), compact(original));
        if !rewritten
            && let Some(last) = self.out.pieces.last()
            && last.rewritten == 0
            && u64::from(last.original) + u64::from(folded) == u64::from(original) + u64::from(last.folded)
        {
            return;
        }
        let rewritten = if rewritten { compact(length) } else { 0 };
        self.out.pieces.push(Piece { folded, original, rewritten });
    }
}

/// The character that stands for all that look or mean the same.
fn fold(c: char) -> char {
    match c {
        'A'..='Z' => c.to_ascii_lowercase(),
        '\0'..='\u{7F}' => c,
        'ฏ' => 'ฎ',
        '๐'..='๙' => thai_digit(c).unwrap_or(c),
        '“' | '”' | '„' | '‟' | '″' => '"',
        '‘' | '’' | '‚' | '‛' | '′' => '\'',
        _ if is_dash(c) => '-',
        _ => c,
    }
}

#[cfg(test)]
#[path = "fold_tests.rs"]
mod tests;
