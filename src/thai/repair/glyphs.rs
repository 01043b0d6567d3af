//! Characters that stand for a glyph of a font rather than for a letter.

/// The character that a private-use one stands for.
pub(super) fn plain(c: char) -> Option<char> {
    let at = u32::from(c);
    let mapped = match at {
        // Microsoft and most Thai foundries: variants of marks by the shape of the letter below them.
        0xF700 => 0x0E10,
        0xF701..=0xF704 => 0x0E34 + (at - 0xF701),
        0xF705..=0xF709 => 0x0E48 + (at - 0xF705),
        0xF70A..=0xF70E => 0x0E48 + (at - 0xF70A),
        0xF70F => 0x0E0D,
        0xF710 | 0xF884 => 0x0E31,
        0xF711 | 0xF899 => 0x0E4D,
        0xF712 | 0xF889 => 0x0E47,
        0xF713..=0xF717 => 0x0E48 + (at - 0xF713),
        0xF718..=0xF71A => 0x0E38 + (at - 0xF718),
        // Apple and the Adobe glyph list ("maihanakatleftthai" and so on).
        0xF885..=0xF888 => 0x0E34 + (at - 0xF885),
        0xF88A..=0xF898 => 0x0E48 + (at - 0xF88A) / 3,
        _ => return None,
    };
    char::from_u32(mapped)
}

/// The text with private-use characters plain; nothing if it has none.
pub(super) fn plain_text(text: &str) -> Option<String> {
    // All of them have one of two first bytes, which hardly anything else in a Thai text has.
    let suspect = memchr::memchr(0xEF, text.as_bytes())?;
    let mut out = String::with_capacity(text.len());
    out.push_str(&text[..suspect]);
    let mut changed = false;
    for c in text[suspect..].chars() {
        let plain = plain(c);
        changed |= plain.is_some();
        out.push(plain.unwrap_or(c));
    }
    changed.then_some(out)
}

#[cfg(test)]
mod tests {
    use super::{plain, plain_text};

    #[test]
    fn both_families_of_private_use_glyphs_are_known() {
        assert_eq!(plain_text("ท\u{F702}\u{F70A} ป\u{F712}น ฟ\u{F710}น ล\u{F718}ม").as_deref(), Some("ที่ ป็น ฟัน ลุม"));
        assert_eq!(plain_text("ป\u{F886} ป\u{F88D}อง ห\u{F88E}อง พันธ\u{F898}").as_deref(), Some("ปี ป้อง ห้อง พันธ์"));
        assert_eq!(plain('\u{F700}'), Some('ฐ'));
        assert_eq!(plain('\u{F0B7}'), None);
        assert_eq!(plain_text("ที่ \u{FEFF}ปี"), None);
    }
}
