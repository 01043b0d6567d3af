//! What kind of character something is, as Thai writing sees it.

use unicode_normalization::char::canonical_combining_class;

pub(super) const NIKHAHIT: char = '\u{0E4D}';
const SARA_AA: char = 'า';
const SARA_AM: char = 'ำ';
pub(super) const SARA_E: char = 'เ';
pub(super) const SARA_AE: char = 'แ';

/// The Arabic digit of a Thai one.
pub(super) fn thai_digit(c: char) -> Option<char> {
    if ('๐'..='๙').contains(&c) { char::from_u32(u32::from(c) - u32::from('๐') + u32::from('0')) } else { None }
}

/// Whether a character is of the Thai block.
pub(super) fn is_thai(c: char) -> bool {
    ('\u{0E00}'..='\u{0E7F}').contains(&c)
}

/// The place in the Thai block of the character that starts at a place of a text's bytes; it has three.
#[inline]
pub(super) fn thai_at(bytes: &[u8], at: usize) -> Option<usize> {
    match bytes.get(at..)?.first_chunk()? {
        [0xE0, second @ 0xB8..=0xB9, third] => Some(usize::from(second & 1) << 6 | usize::from(third & 0x3F)),
        _ => None,
    }
}

/// Whether a character is a part of a Thai word: a consonant, vowel or mark, and no digit, sign or currency.
pub(super) fn is_thai_letter(c: char) -> bool {
    matches!(c, 'ก'..='\u{0E3A}' | 'เ'..='\u{0E4E}')
}

/// Whether a character is a Thai vowel or mark that hangs above or below a consonant; some are no letters to Unicode.
pub fn is_mark(c: char) -> bool {
    matches!(c, '\u{0E31}' | '\u{0E34}'..='\u{0E3A}' | '\u{0E47}'..='\u{0E4E}')
}

/// Whether a character is invisible and means nothing: zero-width spaces and joiners, soft hyphens.
pub(super) fn is_ignorable(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200D}' | '\u{FEFF}' | '\u{00AD}' | '\u{2060}')
}

/// Whether a character only separates: white space, or invisible.
pub(super) fn is_gap(c: char) -> bool {
    c.is_whitespace() || is_ignorable(c)
}

/// Whether a character is a hyphen or dash of any length.
pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}')
}

/// Where a mark belongs among the marks of one base, or nothing for a character that is no mark.
///
/// The order is that of the canonical combining classes, so that it never fights with NFC; the Thai marks of class 0
/// stand where a typist would put them: vowels before tones, the cancellation mark and sara am after them.
pub(super) fn mark_rank(c: char) -> Option<u16> {
    let rank = match c {
        '\0'..='\u{02FF}' => 0,
        // The Thai block is nearly all that is ever asked for.
        '\u{0E00}'..='\u{0E7F}' => THAI_RANKS[c as usize - 0x0E00],
        _ => u16::from(canonical_combining_class(c)),
    };
    (rank > 0).then_some(rank)
}

/// The ranks of the characters of the Thai block; 0 for those that are no marks.
pub(super) static THAI_RANKS: [u16; 0x80] = {
    let mut ranks = [0; 0x80];
    let mut low = 0;
    while low < 0x80 {
        ranks[low] = match low {
            0x3A => 9,
            0x38 | 0x39 => 103,
            0x31 | 0x34..=0x37 | 0x47 | 0x4D => 104,
            0x48..=0x4B => 107,
            0x4C | 0x4E => 300,
            // Sara am.
            0x33 => 301,
            _ => 0,
        };
        low += 1;
    }
    ranks
};

/// Whether a code of folded text is a mark above or below a letter, sara am aside; the Thai block begins at 0xA0 there.
pub(super) static MARK_CODES: [bool; 256] = {
    let mut marks = [false; 256];
    let mut low = 0;
    while low < 0x60 {
        marks[0xA0 + low] = THAI_RANKS[low] > 0 && low != 0x33;
        low += 1;
    }
    marks
};

/// Whether a character hangs on the one before it, so that the two must not be parted.
pub(super) fn hangs(c: char) -> bool {
    mark_rank(c).is_some() || matches!(c, '\u{200D}' | '\u{FE00}'..='\u{FE0F}')
}

/// The marks after one base, in the order read.
#[derive(Debug, Default)]
pub(super) struct Marks {
    read: Vec<char>,
    nikhahit: bool,
    /// A nikhahit and a sara aa were read, which are a sara am together.
    joined: bool,
}

impl Marks {
    /// Takes a character if it is a mark, or a sara aa that a nikhahit waits for.
    pub(super) fn take(&mut self, c: char) -> bool {
        if c == SARA_AA && self.nikhahit {
            (self.nikhahit, self.joined) = (false, true);
            self.read.push(SARA_AM);
            return true;
        }
        if mark_rank(c).is_none() {
            return false;
        }
        self.nikhahit |= c == NIKHAHIT;
        self.read.push(c);
        true
    }

    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.read.is_empty()
    }

    /// Forgets all marks and hands them out in order, each once.
    pub(super) fn arranged(&mut self) -> Vec<char> {
        let mut marks = std::mem::take(&mut self.read);
        if std::mem::take(&mut self.joined) {
            marks.retain(|&c| c != NIKHAHIT);
        }
        self.nikhahit = false;
        if marks.len() > 1 {
            marks.sort_by_key(|&c| mark_rank(c));
            marks.dedup();
        }
        marks
    }
}

#[cfg(test)]
mod tests {
    use super::{Marks, thai_digit};

    #[test]
    fn each_thai_digit_has_its_value() {
        let digits: String = ('๐'..='๙').filter_map(thai_digit).collect();
        assert_eq!(digits, "0123456789");
        assert_eq!(thai_digit('๏'), None);
    }

    #[test]
    fn thai_characters_are_known_by_their_bytes() {
        for c in '\u{0D7F}'..='\u{0EFF}' {
            let expected = super::is_thai(c).then(|| c as usize - 0x0E00);
            assert_eq!(super::thai_at(c.to_string().as_bytes(), 0), expected, "{}", c.escape_unicode());
        }
        assert_eq!(super::thai_at("ก".as_bytes(), 1), None);
    }

    #[test]
    fn the_order_of_thai_marks_is_the_canonical_one() {
        for c in '\u{0E00}'..='\u{0E7F}' {
            let class = super::canonical_combining_class(c);
            assert!(class == 0 || super::mark_rank(c) == Some(class.into()), "{}", c.escape_unicode());
        }
    }

    #[test]
    fn marks_are_put_in_typing_order() {
        for (typed, arranged) in [("้\u{0E4D}า", "้ำ"), ("่ีี", "ี่"), ("\u{0E4D}", "\u{0E4D}")] {
            let mut marks = Marks::default();
            assert!(typed.chars().all(|c| marks.take(c)));
            assert_eq!(marks.arranged(), arranged.chars().collect::<Vec<_>>());
        }
        assert!(!Marks::default().take('า'));
    }
}
