//! The letters of a text without all that extraction and recognition lose or misplace.

/// A text without white space and without the marks above and below letters, sara am as sara aa, digits as 0–9, Latin
/// letters small; line feeds stay.
///
/// Different words may become equal by this, so that it is for long words only.
pub fn letters(text: &str) -> String {
    text.chars().filter_map(letter).collect()
}

/// Where a word given by its [`letters`] begins at the end of a text, whatever was lost or misplaced of its marks.
pub(super) fn ends_loosely(text: &str, word: &str) -> Option<usize> {
    let mut wanted = word.chars().rev().peekable();
    // Each letter may have a mark or two and a space.
    for (at, c) in text.char_indices().rev().take(4 * word.len()) {
        match letter(c) {
            Some(letter) if wanted.next() != Some(letter) => return None,
            Some(_) if wanted.peek().is_none() => return Some(at),
            _ => {}
        }
    }
    None
}

fn letter(c: char) -> Option<char> {
    match c {
        '\n' => Some(c),
        'ำ' => Some('า'),
        'ฏ' => Some('ฎ'),
        '๐'..='๙' => char::from_digit(u32::from(c) - u32::from('๐'), 10),
        // Marks above and below, in the Thai block and where old fonts keep them, and what could not be decoded.
        '\u{0E31}' | '\u{0E34}'..='\u{0E3A}' | '\u{0E47}'..='\u{0E4E}' | '\u{F700}'..='\u{F71A}' | '\u{FFFD}' => None,
        c if c.is_whitespace() || matches!(c, '\u{200B}'..='\u{200D}' | '\u{FEFF}' | '\u{00AD}' | '\u{2060}') => None,
        c => Some(c.to_ascii_lowercase()),
    }
}

#[cfg(test)]
mod tests {
    use super::{ends_loosely, letters};

    #[test]
    fn damage_makes_no_difference() {
        for damaged in ["ประจำปีงบประมาณ", "ประจาปีงบประมาณ", "ป ร ะ จ า ป ง บ ป ร ะ ม า ณ", "ประจ\u{FFFD}าปีงบประมำณ"]
        {
            assert_eq!(letters(damaged), "ประจาปงบประมาณ", "{damaged}");
        }
        assert_eq!(ends_loosely("ตำมแผนมี น ำคม ", "มนาคม"), Some("ตำมแผน".len()));
        assert_eq!(ends_loosely("คม", "มนาคม"), None);
        assert_eq!(letters("พุ ท ธศั ก ราช ๒๕๖๐\nITA"), "พทธศกราช2560\nita");
    }
}
