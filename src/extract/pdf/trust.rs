//! Whether a page's text is what the page shows: scans have none, or one that cannot be trusted.

use super::font::Kind;
use super::glyph::Drawn;
use super::line::Piece;
use crate::thai::is_mark;

/// The part of a page from which a picture is the page.
const SCAN: f32 = 0.45;
/// Letters and digits of a scanner's mark, a stamp and a page number.
const FEW: usize = 60;

/// Curves of a page whose letters are drawn as shapes.
const MANY_CURVES: u32 = 3_000;

/// What a page's text is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trust {
    /// It is what the page shows.
    Good,
    /// The page is a picture.
    Scan,
    /// There is text, and it is not what the page shows.
    Foreign,
}

#[derive(Debug, Default)]
struct Count {
    /// Thai letters and marks.
    thai: usize,
    /// Thai marks that follow nothing that they could stand on.
    loose: usize,
    marks: usize,
    latin: usize,
    /// Latin letters in what could be words.
    words: usize,
    digits: usize,
    /// Letters of other scripts.
    other: usize,
    /// Signs that are rare in texts.
    signs: usize,
    all: usize,
}

/// Judges a page by what it draws and by its text.
pub(super) fn judge(drawn: &Drawn, pieces: &[Piece]) -> Trust {
    let (mut shown, mut hidden) = (Count::default(), Count::default());
    for piece in pieces {
        (if piece.hidden { &mut hidden } else { &mut shown }).add(&piece.text);
    }
    let unknown = drawn.glyphs.iter().filter(|glyph| glyph.kind == Kind::Unknown && !glyph.hidden).count();
    let is_scan = drawn.largest >= SCAN || drawn.covered >= 0.8;
    if is_scan && hidden.all > 0 && shown.all <= FEW.max(hidden.all / 4) {
        // What a program recognised in the scan: worth something only if it is Thai.
        return if hidden.is_thai() { Trust::Good } else { Trust::Foreign };
    }
    let is_bare = shown.all < 10 && (drawn.covered > 0.05 || drawn.curves > MANY_CURVES);
    if is_bare || (shown.all <= FEW && (is_scan || drawn.curves > MANY_CURVES)) {
        return Trust::Scan;
    }
    if unknown >= 20 && unknown * 3 > shown.all {
        return Trust::Foreign;
    }
    if shown.is_garbage() { Trust::Foreign } else { Trust::Good }
}

impl Count {
    fn add(&mut self, text: &str) {
        for word in text.split_whitespace() {
            self.word(word);
        }
    }

    fn word(&mut self, word: &str) {
        let mut before = ' ';
        let (mut latin, mut vowels, mut changes, mut last_upper) = (0, 0, 0, None);
        let mut broken = false;
        for c in word.chars() {
            self.all += 1;
            if is_mark(c) {
                self.thai += 1;
                self.marks += 1;
                self.loose += usize::from(!(is_consonant(before) || is_mark(before)));
            } else if c.is_ascii_digit() || ('๐'..='๙').contains(&c) {
                self.digits += 1;
            } else if matches!(c, '\u{E01}'..='\u{E4F}') {
                self.thai += 1;
            } else if c.is_ascii_alphabetic() {
                latin += 1;
                vowels += usize::from("aeiouyAEIOUY".contains(c));
                // From a small letter to a capital one.
                changes += usize::from(last_upper == Some(false) && c.is_ascii_uppercase());
                last_upper = Some(c.is_ascii_uppercase());
            } else if c.is_alphabetic() {
                self.other += 1;
                broken = true;
            } else if !matches!(
                c,
                '.' | ',' | '-' | '/' | '(' | ')' | ':' | '%' | '_' | '…' | '–' | '"' | '“' | '”' | '*'
            ) {
                self.signs += 1;
                broken = true;
            }
            before = c;
        }
        self.latin += latin;
        if latin > 0 && !broken && (latin <= 3 || (vowels * 8 >= latin && changes <= 1)) {
            self.words += latin;
        }
    }

    /// Whether there is Thai, and it is built as Thai is.
    fn is_thai(&self) -> bool {
        self.thai >= 20 && self.thai * 2 > self.thai + self.latin + self.other + self.signs && !self.is_unbuilt()
    }

    /// Whether marks stand where no mark can stand, too often for a damaged file.
    fn is_unbuilt(&self) -> bool {
        self.marks >= 10 && self.loose * 3 > self.marks
    }

    /// Whether it is no text of any kind: neither Thai nor English nor figures.
    fn is_garbage(&self) -> bool {
        let letters = self.thai + self.latin + self.other;
        if self.all < 30 {
            return false;
        }
        if self.thai * 2 > letters && self.signs * 3 < self.all {
            return self.is_unbuilt();
        }
        // Figures and dashes, as in a table.
        if letters * 5 < self.all && self.signs * 8 < self.all {
            return false;
        }
        let sense = self.words + self.thai;
        self.signs * 5 > self.all || (letters >= 20 && sense * 2 < letters)
    }
}

fn is_consonant(c: char) -> bool {
    matches!(c, 'ก'..='ฮ')
}
