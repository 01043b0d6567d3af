//! The words before a number that make it a year: eras, words for year, and months in Thai and English.

use super::numbers::trim_end;
use crate::thai::chars::{is_gap, is_thai_letter};
use crate::thai::letters::ends_loosely;
use crate::thai::months::MONTHS;

/// The era that a text names before a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Era {
    Buddhist,
    Common,
}

/// The era at the end of a text, and the length of the text before it: "พ.ศ.", "พ . ศ .", "พศ", "พุทธศักราช".
pub(super) fn era(text: &str) -> Option<(Era, usize)> {
    let text = trim_end(text, &['.', ',', ':']);
    for (word, era) in [("พุทธศักราช", Era::Buddhist), ("คริสต์ศักราช", Era::Common)]
    {
        if let Some(rest) = text.strip_suffix(word) {
            return Some((era, rest.len()));
        }
    }
    let first = trim_end(text.strip_suffix('ศ')?, &['.', ',']);
    if let Some(rest) = first.strip_suffix('พ') {
        return Some((Era::Buddhist, rest.len()));
    }
    first.strip_suffix('ค').map(|rest| (Era::Common, rest.len()))
}

/// A word for year at the end of a text: the length of the text before it.
pub(super) fn year_word(text: &str) -> Option<usize> {
    const WORDS: &[&str] =
        &["ประจำปีงบประมาณ", "ปีงบประมาณ", "ปี งบประมาณ", "ปีการศึกษา", "ปีภาษี", "ปีงบ", "ประจำปี", "งบปี", "ปี"];
    let text = trim_end(text, &['_', ':', '.', '(']);
    // The cheap test first: all of them end with one of these characters.
    if !text.ends_with(['ณ', 'า', 'ษ', 'ี', 'บ']) {
        return None;
    }
    let exact = WORDS.iter().find_map(|word| text.strip_suffix(word)).map(str::len);
    // "ปีงบประมำณ", "ป งบประมาณ"; "ปี" itself is too short to be known without its vowel.
    exact.or_else(|| text.ends_with('ณ').then(|| ends_loosely(text, "ปงบประมาณ"))?)
}

/// A month at the end of a text, Thai or English, in full or short: its number and the length of the text before it.
pub(super) fn month(text: &str) -> Option<(u8, usize)> {
    let text = trim_end(text, &['_', ',', '\'', '’', '-']);
    match text.chars().next_back()? {
        'a'..='z' | 'A'..='Z' => english_month(text),
        '.' => english_month(trim_end(text, &['.'])).or_else(|| short_month(text)),
        _ => full_month(text).or_else(|| short_month(text)),
    }
}

fn full_month(text: &str) -> Option<(u8, usize)> {
    /// How some are often misspelt.
    const MISSPELT: &[(&str, u8)] = &[("กุมภาพันธุ์", 2), ("กรกฏาคม", 7), ("พฤษจิกายน", 11)];
    /// What is left of the names where marks are lost, in the order of the calendar.
    const LETTERS: &[(&str, u8)] = &[
        ("มกราคม", 1),
        ("กมภาพนธ", 2),
        ("มนาคม", 3),
        ("เมษายน", 4),
        ("พฤษภาคม", 5),
        ("มถนายน", 6),
        ("กรกฎาคม", 7),
        ("สงหาคม", 8),
        ("กนยายน", 9),
        ("ตลาคม", 10),
        ("พฤศจกายน", 11),
        ("ธนวาคม", 12),
    ];
    if !["ม", "น", "ธ", "ุ", "์"].iter().any(|end| text.ends_with(end)) {
        return None;
    }
    let right = (1..).zip(&MONTHS).map(|(number, (word, _))| (*word, number));
    let exact =
        right.chain(MISSPELT.iter().copied()).find_map(|(word, number)| Some((number, text.strip_suffix(word)?.len())));
    exact.or_else(|| {
        let (number, start) = LETTERS.iter().find_map(|(word, number)| Some((*number, ends_loosely(text, word)?)))?;
        // Without its vowel March is the end of "คมนาคม", which is transport.
        let whole = number != 3 || text[start..].contains('ี') || !text[..start].ends_with(is_thai_letter);
        whole.then_some((number, start))
    })
}

/// "ม.ค.", "ม.ค", "มค.", "ม. ค.": two letters with or without their points.
fn short_month(text: &str) -> Option<(u8, usize)> {
    const SHORT: &[(&str, char, u8)] = &[
        ("มี", 'ค', 3),
        ("เม", 'ย', 4),
        ("มิ", 'ย', 6),
        ("ม", 'ค', 1),
        ("ก", 'พ', 2),
        ("พ", 'ค', 5),
        ("ก", 'ค', 7),
        ("ส", 'ค', 8),
        ("ก", 'ย', 9),
        ("ต", 'ค', 10),
        ("พ", 'ย', 11),
        ("ธ", 'ค', 12),
    ];
    let points = |rest: &str| rest.ends_with('.');
    let bare = trim_end(text, &['.']);
    let last = bare.chars().next_back()?;
    if !matches!(last, 'ค' | 'พ' | 'ย') {
        return None;
    }
    let mut pointed = points(text.trim_end_matches(is_gap));
    let rest = &bare[..bare.len() - last.len_utf8()];
    let first = if points(rest.trim_end_matches(is_gap)) {
        pointed = true;
        trim_end(rest, &['.'])
    } else {
        rest
    };
    let (number, length) = SHORT
        .iter()
        .filter(|(_, second, _)| *second == last)
        .find_map(|(word, _, number)| Some((*number, first.strip_suffix(word)?.len())))?;
    let rest = &first[..length];
    // Without points two letters are a month only as a word of their own, and "อ.ก.พ." is a committee.
    let inside = if pointed {
        rest.ends_with('.')
    } else {
        rest.ends_with(is_thai_letter) && !rest.ends_with("เดือน")
    };
    (!inside && !rest.ends_with("สำนักงาน")).then_some((number, length))
}

fn english_month(text: &str) -> Option<(u8, usize)> {
    let word = latin_word(text);
    if word.len() < 3 || word.len() > 9 {
        return None;
    }
    let lower = word.to_ascii_lowercase();
    let is_month = |name: &str| name == lower || (name.starts_with(&lower) && (lower.len() == 3 || lower == "sept"));
    let number = (1..).zip(&MONTHS).find(|(_, (_, name))| is_month(&name.to_ascii_lowercase()))?.0;
    Some((number, text.len() - word.len()))
}

/// The run of Latin letters at the end of a text.
pub(super) fn latin_word(text: &str) -> &str {
    &text[text.trim_end_matches(|c: char| c.is_ascii_alphabetic()).len()..]
}

#[cfg(test)]
mod tests {
    use super::{Era, era, month, year_word};

    #[test]
    fn eras_are_read_in_all_spellings() {
        for text in ["พ.ศ.", "พ.ศ", "พศ", "พ . ศ . ", "พ.ศ..", "พ.ศ.\u{200B}", "พุทธศักราช "]
        {
            assert_eq!(era(&format!("ก {text}")), Some((Era::Buddhist, 4)), "{text}");
        }
        assert_eq!(era("ค.ศ. "), Some((Era::Common, 0)));
        assert_eq!(era("ร.ศ. "), None);
    }

    #[test]
    fn months_are_read_in_all_spellings() {
        for (text, number) in [
            ("มกราคม", 1),
            ("ก.พ.", 2),
            ("มีค.", 3),
            ("เม.ย. ", 4),
            ("เดือนพ.ค.", 5),
            ("มิ.ย", 6),
            ("กรกฏาคม ", 7),
            ("ส . ค .", 8),
            ("Sept. ", 9),
            ("ตค", 10),
            ("NOV", 11),
            ("ธันวาคม ", 12),
            ("มีนำคม ", 3),
            ("ก ุมภาพันธ", 2),
            ("พ ฤ ศ จิ ก ำ ย น ", 11),
            ("มิถุน\u{FFFD}ายน", 6),
        ] {
            assert_eq!(month(text).map(|(number, _)| number), Some(number), "{text}");
        }
        for text in ["", "อ.ก.พ. ", "ส.ส.", "โรค", "Marching", "ma", "คม", "กระทรวงคมนาคม"]
        {
            assert_eq!(month(text), None, "{text}");
        }
    }

    #[test]
    fn words_for_year() {
        for text in ["ปี", "ประจำปี ", "ปีงบประมาณ ", "งบปี", "ปีการศึกษา:", "ปี_", "ปีงบประมำณ ", "ป งบป ระมาณ"]
        {
            assert!(year_word(text).is_some(), "{text}");
        }
        assert!(year_word("งบประมาณ ").is_none());
    }
}
