//! Numbers as official Thai prose prints them: Thai digits, Buddhist-era dates. Addresses and identifiers keep theirs.

use jiff::civil::Date;
use jiff::tz::{TimeZone, offset};

use crate::model::{Lang, Points, Report};
use crate::report::view;

/// The longest number that is kept on one line, in characters.
const NUMBER: usize = 24;

/// A text with its numbers in Thai digits. Whatever holds a Latin letter keeps its digits: addresses, identifiers of items,
/// names of programs and their versions; and so does English prose.
pub(super) fn thai(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let tokens: Vec<&str> = text.split(' ').collect();
    let prose = prose(&tokens);
    for (n, (token, prose)) in tokens.into_iter().zip(prose).enumerate() {
        if n > 0 {
            out.push(' ');
        }
        if prose || token.contains("://") {
            out.push_str(token);
            continue;
        }
        let mut rest = token;
        while let Some(c) = rest.chars().next() {
            let end = rest.find(|c| is_word(c) != is_word_start(rest)).unwrap_or(rest.len());
            let (part, after) = rest.split_at(end.max(c.len_utf8()));
            if part.bytes().any(|byte| byte.is_ascii_alphabetic()) {
                out.push_str(part);
            } else {
                out.extend(part.chars().map(digit));
            }
            rest = after;
        }
    }
    out
}

/// Which of the tokens stand in English prose: without Thai letters, in a row with two or more English words.
fn prose(tokens: &[&str]) -> Vec<bool> {
    let is_thai = |token: &&str| token.contains(|c| ('ก'..='๎').contains(&c));
    let is_word = |token: &&&str| {
        let word = token.trim_matches(|c: char| c.is_ascii_punctuation());
        word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_lowercase())
    };
    let rows = tokens.chunk_by(|one, other| is_thai(one) == is_thai(other));
    rows.flat_map(|row| {
        let prose = !row.iter().any(is_thai) && row.iter().filter(is_word).count() > 1;
        row.iter().map(move |_| prose)
    })
    .collect()
}

/// Whether a character can stand inside an identifier or an address.
fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '/' | '@')
}

fn is_word_start(text: &str) -> bool {
    text.chars().next().is_some_and(is_word)
}

fn digit(c: char) -> char {
    match c {
        '0'..='9' => char::from_u32('๐' as u32 + (c as u32 - '0' as u32)).unwrap_or(c),
        _ => c,
    }
}

/// The first number of several Thai digits, with its brackets: where it begins and ends. A telephone number (it begins with
/// 0) goes on over single spaces.
pub(super) fn number_in(text: &str) -> Option<(usize, usize)> {
    let is_digit = |c: char| ('๐'..='๙').contains(&c);
    let mut from = 0;
    while let Some(first) = text[from..].find(is_digit).map(|at| from + at) {
        let telephone = text[first..].starts_with('๐');
        let (mut end, mut joint) = (first, None);
        for (at, c) in text[first..].char_indices().take(NUMBER) {
            match joint {
                _ if is_digit(c) => (end, joint) = (first + at + c.len_utf8(), None),
                None if ".,:/-".contains(c) || (telephone && c == ' ') => joint = Some(c),
                _ => break,
            }
        }
        let before = &text[..first];
        let start = if before.ends_with('(') { first - 1 } else { first };
        if end - first > '๐'.len_utf8() {
            return Some((start, if text[end..].starts_with(')') { end + 1 } else { end }));
        }
        from = end;
    }
    None
}

/// A score with two decimals.
pub(super) fn points(points: Points) -> String {
    thai(&points.to_string())
}

/// A count.
pub(super) fn count(count: usize) -> String {
    thai(&count.to_string())
}

/// The day in Thailand on which the audit ended.
pub(super) fn audited(report: &Report) -> Date {
    report.finished_at.with_time_zone(TimeZone::fixed(offset(7))).date()
}

/// A day: ๑๕ ตุลาคม ๒๕๖๓.
pub(super) fn date(date: Date) -> String {
    thai(&view::day(date, Lang::Th))
}

#[cfg(test)]
mod tests {
    use jiff::civil::Date;

    use super::{date, number_in, points, thai};
    use crate::model::Points;

    #[test]
    fn numbers_are_thai_and_identifiers_are_not() {
        for (latin, printed) in [
            ("68.28", "๖๘.๒๘"),
            ("ไม่พบข้อมูลปี 2563 (404)", "ไม่พบข้อมูลปี ๒๕๖๓ (๔๐๔)"),
            ("แก้ข้อ O42 ก่อน O43,O5", "แก้ข้อ O42 ก่อน O43,O5"),
            ("ข้อO42และ12ข้อ", "ข้อO42และ๑๒ข้อ"),
            ("ต.ค. 2562 – มี.ค. 2563", "ต.ค. ๒๕๖๒ – มี.ค. ๒๕๖๓"),
            (
                "หน้านี้: http://www.a.go.th/แผน2563.pdf?a=1 รอบ 6 เดือน",
                "หน้านี้: http://www.a.go.th/แผน2563.pdf?a=1 รอบ ๖ เดือน",
            ),
            ("oit-audit รุ่น 0.1.0", "oit-audit รุ่น ๐.๑.๐"),
            ("สขร.1 plan2563.pdf", "สขร.๑ plan2563.pdf"),
            (
                "ปี 2568 (ที่มา: no source found; the shape of 2567 with the items) รวม 5 ข้อ",
                "ปี ๒๕๖๘ (ที่มา: no source found; the shape of 2567 with the items) รวม ๕ ข้อ",
            ),
            (
                "borne out by a.go.th (indicator 9 = 90.00, indicator 10 = 87.50)",
                "borne out by a.go.th (indicator 9 = 90.00, indicator 10 = 87.50)",
            ),
            ("พบ link 3 หน้า", "พบ link ๓ หน้า"),
            ("", ""),
        ] {
            assert_eq!(thai(latin), printed);
        }
        assert_eq!(points(Points(200.0 / 3.0)), "๖๖.๖๗");
    }

    #[test]
    fn days_are_of_the_buddhist_era() {
        assert_eq!(date(Date::constant(2020, 10, 15)), "๑๕ ตุลาคม ๒๕๖๓");
        assert_eq!(date(Date::MAX), "๓๑ ธันวาคม ๑๐๕๔๒");
    }

    #[test]
    fn a_number_is_found_with_its_brackets() {
        for (text, number) in [
            ("(๙๖.๐๐ คะแนน)", Some("(๙๖.๐๐")),
            ("ตอบ (๔๐๔)", Some("(๔๐๔)")),
            ("โทร. ๐ ๔๒๑๒ ๓๔๕๖ ต่อ ๑๒", Some("๐ ๔๒๑๒ ๓๔๕๖")),
            ("ปี ๒๕๖๒ ๒๕๖๓", Some("๒๕๖๒")),
            ("ข้อ ๑ และ ๒ รวม ๑,๐๐๐.", Some("๑,๐๐๐")),
            ("ที่ พร ๘๒๖๐๑/๒๕๖๓", Some("๘๒๖๐๑/๒๕๖๓")),
            ("ข้อ ๑ (๒) 42", None),
        ] {
            assert_eq!(number_in(text).map(|(start, end)| &text[start..end]), number, "{text}");
        }
        let long = "๑".repeat(100);
        assert_eq!(number_in(&long), Some((0, 72)));
    }
}
