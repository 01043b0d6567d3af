//! Makes hostile text harmless: what a page or a file says may not steer the terminal or forge the layout.

use unicode_width::UnicodeWidthChar;

/// Marks that one letter may carry; Thai needs two, and a pile of hundreds would climb over the lines above.
const MARKS: usize = 4;

/// Whether a character steers the reader's device or hides: controls, marks of direction, zero-width characters.
pub(super) fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
            | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
            | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{FFFE}' | '\u{FFFF}'
            | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
}

/// Whether a character is drawn over or under the one before.
pub(super) fn is_mark(c: char) -> bool {
    c.width() == Some(0)
}

/// The text on one line without hidden characters: white space folded to single spaces, marks only where there is a
/// letter to carry them.
pub(super) fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut space = false;
    let mut marks = 0;
    for c in text.chars() {
        if c.is_whitespace() {
            space = !out.is_empty();
        } else if is_hidden(c) {
        } else if is_mark(c) {
            // After a space a mark would start a line of its own.
            if !space && !out.is_empty() && marks < MARKS {
                marks += 1;
                out.push(c);
            }
        } else {
            if space {
                out.push(' ');
            }
            (space, marks) = (false, 0);
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn nothing_that_steers_a_terminal_gets_through() {
        for (hostile, harmless) in [
            ("ปกติ", "ปกติ"),
            ("\u{1b}[31mแดง\u{1b}[0m", "[31mแดง[0m"),
            ("\u{1b}]8;;http://evil/\u{7}ลิงก์\u{9d}x\u{9c}", "]8;;http://evil/ลิงก์x"),
            ("a\u{202e}gpj.exe\u{2066}b\u{2069}", "agpj.exeb"),
            ("คำ\u{200b}ตัด\u{feff}\u{2060}\u{ad}", "คำตัด"),
            ("  หนึ่ง\r\n\tสอง\u{a0}\u{3000}สาม\u{2028}สี่ ", "หนึ่ง สอง สาม สี่"),
            ("\u{e48}\u{e49}ก", "ก"),
            ("ก \u{e48}ข", "ก ข"),
            ("\u{e0041}\u{0}\u{7f}", ""),
            ("ก\u{fffe}\u{ffff}ข", "กข"),
        ] {
            assert_eq!(clean(hostile), harmless);
        }
        assert_eq!(clean(&format!("ก{}", "\u{e49}".repeat(500))).chars().count(), 5);
    }
}
