//! A line of text as one byte a character.

/// A character of Thai writing as its place in the Thai block, or one of the others below.
pub(super) type Cell = u8;

pub(super) const SARA_A: Cell = 0x30;
pub(super) const AA: Cell = 0x32;
pub(super) const AM: Cell = 0x33;
pub(super) const NIKHAHIT: Cell = 0x4D;
/// White space.
pub(super) const SPACE: Cell = 0x60;
/// U+FFFD: a character that was not to be read.
pub(super) const LOST: Cell = 0x61;
/// Anything else.
pub(super) const OTHER: Cell = 0x7F;

/// The marks above and below a letter, as bits.
pub(super) const MARKS: u128 = 1 << 0x31 | 0x7F << 0x34 | 0xFF << 0x47;
/// The tone marks, mai taikhu and the cancellation mark: those that stand alone or on top of a vowel.
pub(super) const TONES: u128 = 0x3F << 0x47;
/// The vowels above a letter.
pub(super) const UPPER: u128 = 1 << 0x31 | 0xF << 0x34;
/// The letters with a tall stem, whose marks are glyphs of their own in many fonts.
pub(super) const TALL: u128 = 1 << 0x1B | 1 << 0x1D | 1 << 0x1F | 1 << 0x2C;
/// The vowels before a letter.
pub(super) const LEADING: u128 = 0x1F << 0x40;

/// Whether a set of cells, as bits, has one.
#[inline]
pub(super) fn is(set: u128, cell: Cell) -> bool {
    cell < 0x80 && set >> cell & 1 == 1
}

/// Whether no word starts with a cell: marks and the vowels that follow a letter.
#[inline]
pub(super) fn follows(cell: Cell) -> bool {
    is(MARKS, cell) || matches!(cell, SARA_A | AA | AM)
}

/// The cell of a letter, vowel or mark.
pub(super) fn letter(c: char) -> Option<Cell> {
    match c {
        'ก'..='ฮ' | 'ะ'..='\u{0E3A}' | 'เ'..='ไ' | '\u{0E47}'..='\u{0E4D}' if c != 'ฯ' => {
            u8::try_from(u32::from(c) - 0x0E00).ok()
        }
        _ => None,
    }
}

/// The cell of any character.
pub(super) fn cell(c: char) -> Cell {
    match c {
        '\u{FFFD}' => LOST,
        _ if c.is_whitespace() => SPACE,
        _ => letter(c).unwrap_or(OTHER),
    }
}

/// The character of a letter, vowel, mark or white space.
pub(super) fn char_of(cell: Cell) -> char {
    if cell == SPACE { ' ' } else { char::from_u32(0x0E00 + u32::from(cell)).unwrap_or('\u{FFFD}') }
}
