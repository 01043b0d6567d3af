//! Characters from what fonts call their glyphs: names, private-use codes and the bytes of Thai eight-bit fonts.

/// The characters that the private-use codes U+F700–F71A of Windows' Thai fonts are variants of.
const VARIANTS: [char; 27] = [
    'ฐ', '\u{E34}', '\u{E35}', '\u{E36}', '\u{E37}', '\u{E48}', '\u{E49}', '\u{E4A}', '\u{E4B}', '\u{E4C}', '\u{E48}',
    '\u{E49}', '\u{E4A}', '\u{E4B}', '\u{E4C}', 'ญ', '\u{E31}', '\u{E4D}', '\u{E47}', '\u{E48}', '\u{E49}', '\u{E4A}',
    '\u{E4B}', '\u{E4C}', '\u{E38}', '\u{E39}', '\u{E3A}',
];

/// The character of a glyph in the fonts TH Sarabun PSK, TH Sarabun IT๙ and TH Sarabun New, in which the state writes:
/// subsets keep the numbers, and some programs lose the map from them to Unicode. The order is that of the character maps
/// which other documents embed with these fonts.
pub(super) fn sarabun(glyph: u32) -> Option<char> {
    let code = match glyph {
        214..=271 => glyph - 213 + 0x0E00,
        272..=300 => glyph - 272 + 0x0E3F,
        342..=368 => glyph - 342 + 0xF700,
        _ => return None,
    };
    char::from_u32(code).map(plain)
}

/// How many glyphs these fonts have.
pub(super) const SARABUN_GLYPHS: std::ops::RangeInclusive<u32> = 509..=511;

/// The longest name that is looked at.
const MAX_NAME: usize = 64;

/// A character as it is stored: the one that a private-use code of a Thai font stands for, otherwise itself.
pub(super) fn plain(c: char) -> char {
    match c {
        '\u{F700}'..='\u{F71A}' => VARIANTS[c as usize - 0xF700],
        // Ascii in symbol fonts.
        '\u{F020}'..='\u{F07E}' => char::from_u32(c as u32 - 0xF000).unwrap_or(c),
        _ => c,
    }
}

/// Whether a character says nothing: a control, a replacement, a code for private use or for nothing at all.
pub(super) fn is_void(c: char) -> bool {
    (c.is_control() && !matches!(c, '\t' | '\n' | '\r'))
        || matches!(c, '\u{FFFD}' | '\u{FFFE}' | '\u{FFFF}' | '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..)
}

/// The character of a byte in TIS-620, windows-874's extensions aside.
pub(super) fn tis620(byte: u8) -> Option<char> {
    matches!(byte, 0xA1..=0xDA | 0xDF..=0xFB).then(|| char::from_u32(u32::from(byte) - 0xA0 + 0x0E00)).flatten()
}

/// The byte that a character is the mistaken reading of, where Thai in eight bits was taken for Latin or for a symbol
/// font.
pub(super) fn mistaken(c: char) -> Option<u8> {
    let byte = match c {
        '\u{A1}'..='\u{FB}' => c as u32,
        '\u{F0A1}'..='\u{F0FB}' => c as u32 - 0xF000,
        _ => return None,
    };
    u8::try_from(byte).ok().filter(|&byte| tis620(byte).is_some())
}

/// The character that a glyph's name names: `uni0E01`, `u0E01`, `afii59681`, `f70e`, also with the `;` and suffixes that
/// converters leave. Adobe's list of names is the library's.
pub(super) fn character(name: &str) -> Option<char> {
    if name.len() > MAX_NAME {
        return None;
    }
    let name = name.split(['.', ';', '_']).next()?;
    if let Some(number) = name.strip_prefix("afii").and_then(|digits| digits.parse::<u32>().ok()) {
        // The characters of ISO 8859-11 in its order, but for two.
        return match number {
            59728 => Some('\u{E31}'),
            59729 => Some('\u{E30}'),
            59681..=59738 | 59743..=59771 => char::from_u32(number - 59680 + 0x0E00),
            _ => None,
        };
    }
    // Names of Adobe's list with something after them that the library does not know to leave out.
    match name {
        "endash" => return Some('–'),
        "emdash" => return Some('—'),
        "quotedblleft" => return Some('“'),
        "quotedblright" => return Some('”'),
        "quoteleft" => return Some('‘'),
        "quoteright" => return Some('’'),
        "bullet" => return Some('•'),
        "ellipsis" => return Some('…'),
        _ => {}
    }
    let hex = |digits: &str| {
        let is_hex = (4..=6).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_hex.then(|| u32::from_str_radix(digits, 16).ok().and_then(char::from_u32)).flatten()
    };
    let digits = name.strip_prefix("uni").or_else(|| name.strip_prefix('u'));
    if let Some(c) = digits.and_then(hex) {
        return Some(c);
    }
    // Only these: a bare hexadecimal number may also be a glyph's number.
    hex(name).filter(|&c| matches!(c, '\u{E01}'..='\u{E5B}' | '\u{F700}'..='\u{F71A}'))
}

#[cfg(test)]
mod tests {
    use super::{character, mistaken, plain, tis620};

    #[test]
    fn names_of_glyphs_name_characters() {
        for (name, c) in [("uni0E01", 'ก'), ("uni0E2B.alt", 'ห'), ("u0E5B", '๛'), ("f70e;", '\u{F70E}')] {
            assert_eq!(character(name), Some(c), "{name}");
        }
        assert_eq!(character("afii59706;"), Some('บ'));
        assert_eq!(character("afii59757;"), Some('\u{E4D}'));
        assert_eq!(character("afii59728;"), Some('\u{E31}'));
        assert_eq!(character("g123"), None);
        assert_eq!(character("0041"), None);
        assert_eq!(character("uniD800"), None);
        assert_eq!(character(&"u".repeat(100)), None);
    }

    #[test]
    fn variants_are_the_letters_they_vary() {
        assert_eq!(plain('\u{F70A}'), '\u{E48}');
        assert_eq!(plain('\u{F71A}'), '\u{E3A}');
        assert_eq!(plain('\u{F041}'), 'A');
    }

    #[test]
    fn latin_letters_are_bytes_of_thai() {
        let text: String = "¡ÒÃ".chars().filter_map(mistaken).filter_map(tis620).collect();
        assert_eq!(text, "การ");
        assert_eq!(mistaken('ü'), None);
    }
}
