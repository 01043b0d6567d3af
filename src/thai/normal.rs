//! The one normal form in which text is stored.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::chars::{Marks, NIKHAHIT, SARA_AE, SARA_E, THAI_RANKS, is_ignorable, is_thai, thai_at};

/// The text in the one normal form: NFC, no invisible characters, white space folded and trimmed, Thai marks in
/// their order and each once, sara am and sara ae as one character; digits stay as written.
pub fn normalize(text: &str) -> String {
    tidied(text).unwrap_or_else(|| rearranged(text))
}

/// The normal form of a text in which nothing has to change places, as in nearly all that people publish: white space is
/// folded and what is invisible left out. Nothing where that is not enough.
fn tidied(text: &str) -> Option<String> {
    let text = text.trim();
    let bytes = text.as_bytes();
    let mut out = String::with_capacity(text.len());
    // Everything before this place is written.
    let mut from = 0;
    let mut at = 0;
    let (mut after_sara_e, mut last_rank) = (false, 0);
    while let Some(&byte) = bytes.get(at) {
        if let Some(place) = thai_at(bytes, at) {
            let rank = THAI_RANKS[place];
            let is_sara_e = place == SARA_E as usize - 0x0E00;
            if (rank > 0 && rank <= last_rank) || place == NIKHAHIT as usize - 0x0E00 || (is_sara_e && after_sara_e) {
                return None;
            }
            (after_sara_e, last_rank) = (is_sara_e, rank);
            at += 3;
            continue;
        }
        let is_single_space = byte == b' ' && at > from && bytes[at - 1] != b' ';
        if is_single_space || byte.is_ascii_graphic() {
            (after_sara_e, last_rank) = (false, 0);
            at += 1;
            continue;
        }
        let c = text[at..].chars().next()?;
        let is_space = c.is_whitespace();
        if is_space || is_ignorable(c) {
            out.push_str(&text[from..at]);
            from = at + c.len_utf8();
            if is_space && !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else if !is_plain(c) {
            return None;
        }
        if !is_ignorable(c) {
            (after_sara_e, last_rank) = (false, 0);
        }
        at += c.len_utf8();
    }
    out.push_str(&text[from..]);
    if out.ends_with(' ') {
        out.pop();
    }
    Some(out)
}

/// The normal form of any text.
fn rearranged(text: &str) -> String {
    let mut out = Output { text: String::with_capacity(text.len()), marks: Marks::default(), space: false };
    let visible = text.chars().filter(|&c| !is_ignorable(c));
    if text.chars().all(is_plain) {
        visible.for_each(|c| out.push(c));
        out.flush();
        return out.text;
    }
    visible.nfc().for_each(|c| out.push(c));
    out.flush();
    let mut text = out.text;
    // Ordering marks can bring a letter and its accent together.
    if is_nfc_quick(text.chars()) != IsNormalized::Yes {
        text = text.nfc().collect();
    }
    text
}

/// Whether NFC leaves a character alone in the company of others like it; the order of Thai marks aside, which is
/// put right here.
fn is_plain(c: char) -> bool {
    c < '\u{0300}' || is_thai(c) || is_ignorable(c) || matches!(c, '\u{2010}'..='\u{2027}')
}

struct Output {
    text: String,
    /// The marks since the last base, not written yet.
    marks: Marks,
    /// White space was seen and is written before the next character, if any.
    space: bool,
}

impl Output {
    fn push(&mut self, c: char) {
        if c.is_whitespace() {
            self.flush();
            self.space = !self.text.is_empty();
            return;
        }
        if self.marks.take(c) {
            return;
        }
        self.flush();
        self.write_space();
        if c == SARA_E && self.text.ends_with(SARA_E) {
            self.text.pop();
            self.text.push(SARA_AE);
        } else {
            self.text.push(c);
        }
    }

    fn flush(&mut self) {
        if self.marks.is_empty() {
            return;
        }
        self.write_space();
        self.text.extend(self.marks.arranged());
    }

    fn write_space(&mut self) {
        if std::mem::take(&mut self.space) {
            self.text.push(' ');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{normalize, rearranged, tidied};

    #[test]
    fn sara_am_is_one_character_with_the_tone_before_it() {
        assert_eq!(normalize("ทํางาน"), "ทำงาน");
        assert_eq!(normalize("นํ้า"), "น้ำ");
        assert_eq!(normalize("น้ํา"), "น้ำ");
        assert_eq!(normalize("นำ้"), "น้ำ");
        assert_eq!(normalize("ด\u{200B}ําเนิน"), "ดำเนิน");
        // Nikhahit on its own, as in Pali, stays.
        assert_eq!(normalize("พุทฺธํ สรณํ"), "พุทฺธํ สรณํ");
    }

    #[test]
    fn two_sara_e_are_sara_ae() {
        assert_eq!(normalize("เเผน เ\u{200B}เละ"), "แผน และ");
    }

    #[test]
    fn marks_stand_once_and_in_order() {
        assert_eq!(normalize("ทีี่่"), "ที่");
        assert_eq!(normalize("ท่ี"), "ที่");
        assert_eq!(normalize("ผ\u{0E49}\u{0E39}"), "ผ\u{0E39}\u{0E49}");
        assert_eq!(normalize("พันธ์ุ"), "พันธุ์");
    }

    #[test]
    fn white_space_and_invisible_characters_are_folded() {
        assert_eq!(normalize("\u{FEFF} แผน\u{00A0}\u{2003}\n พัฒ\u{00AD}นา \u{2060}\t"), "แผน พัฒนา");
        assert_eq!(normalize("   "), "");
    }

    #[test]
    fn text_in_order_is_not_rearranged() {
        let text = " ที่ตั้ง\u{200B}องค์กร \n น้ำ – “ทำ”\u{A0}100% ";
        assert_eq!(tidied(text).as_deref(), Some("ที่ตั้งองค์กร น้ำ – “ทำ” 100%"));
        assert_eq!(tidied("ท่ี"), None);
    }

    #[test]
    fn digits_stay_as_written() {
        assert_eq!(normalize("๒๕๖๓ 2563"), "๒๕๖๓ 2563");
    }

    #[test]
    fn the_normal_form_of_a_normal_form_is_itself() {
        let nasty = [
            "เเเเเ",
            "เ เ",
            "ํา",
            "ก\u{0E4D}\u{0E4D}าา",
            "กำา่้่้ํา",
            "ก\u{0E4C}\u{0E38}\u{0E3A}\u{0E48}",
            "ก\u{0E48}\u{0E34}\u{0334}\u{0E48}",
            "e\u{0E4C}\u{0301}\u{0301}",
            "e\u{0E48}\u{0301}x\u{0327}\u{0E34}\u{0301}",
            "\u{0E34}\u{0E48} \u{0E48}\u{0E34}",
            "\u{1100}\u{200B}\u{1161}\u{11A8}",
            "\u{212B}\u{2000}\u{2126}\u{0958}",
            " ำ่ ำ",
        ];
        let truth = include_str!("../../tests/data/years_labelled.tsv");
        let own = include_str!("../../tests/data/years_more.tsv");
        for text in nasty.into_iter().chain(truth.lines()).chain(own.lines()) {
            let once = normalize(text);
            assert_eq!(normalize(&once), once, "{text}");
            assert_eq!(once, rearranged(text), "{text}");
        }
        // Every order of a few troublesome characters.
        let few = ['ก', 'เ', 'า', 'ำ', '\u{0E4D}', '\u{0E48}', '\u{0E38}', '\u{0E4C}', 'e', '\u{0301}', ' '];
        for number in 0..few.len().pow(5) {
            let text: String = (0..5).map(|place: u32| few[number / few.len().pow(place) % few.len()]).collect();
            let once = normalize(&text);
            assert_eq!(normalize(&once), once, "{}", text.escape_unicode());
            assert_eq!(once, rearranged(&text), "{}", text.escape_unicode());
        }
    }
}
