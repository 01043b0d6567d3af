//! The digit runs of a text, and the characters around a place of it.

use crate::thai::chars::{is_dash, is_gap};

/// How far a look goes to either side of a number, in bytes; it keeps reading linear.
const WINDOW: usize = 96;

/// A run of Arabic or Thai digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Number {
    pub(super) start: usize,
    pub(super) end: usize,
    /// The value; meaningless beyond nine digits, where no year is sought.
    pub(super) value: u32,
    pub(super) digits: usize,
    /// Its last digit is a Thai one.
    pub(super) thai: bool,
}

/// All digit runs of a text, in order.
pub(super) fn numbers(text: &str) -> Vec<Number> {
    let bytes = text.as_bytes();
    let mut found: Vec<Number> = Vec::new();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let (digit, length, thai) = match byte {
            b'0'..=b'9' => (byte - b'0', 1, false),
            // The Thai digits are E0 B9 90 to E0 B9 99.
            0xE0 => {
                if let (Some(0xB9), Some(&low @ 0x90..=0x99)) = (bytes.get(at + 1), bytes.get(at + 2)) {
                    (low - 0x90, 3, true)
                } else {
                    at += 3;
                    continue;
                }
            }
            _ => {
                at += 1;
                continue;
            }
        };
        match found.last_mut() {
            Some(last) if last.end == at => {
                last.end = at + length;
                last.value = last.value.wrapping_mul(10).wrapping_add(u32::from(digit));
                last.digits += 1;
                last.thai = thai;
            }
            _ => found.push(Number { start: at, end: at + length, value: u32::from(digit), digits: 1, thai }),
        }
        at += length;
    }
    found
}

/// What stands before a place, no more than a bounded part of it.
pub(super) fn before(text: &str, at: usize) -> &str {
    let mut from = at.saturating_sub(WINDOW);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    &text[from..at]
}

/// What stands after a place, no more than a bounded part of it.
pub(super) fn after(text: &str, at: usize) -> &str {
    let mut to = (at + WINDOW).min(text.len());
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    &text[at..to]
}

/// The text without white space and the characters of `also` at its end.
pub(super) fn trim_end<'a>(text: &'a str, also: &[char]) -> &'a str {
    text.trim_end_matches(|c: char| is_gap(c) || also.contains(&c))
}

/// Whether the text starts with a digit of either kind.
pub(super) fn starts_with_digit(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit() || ('๐'..='๙').contains(&c))
}

/// Whether the text ends with a digit of either kind.
pub(super) fn ends_with_digit(text: &str) -> bool {
    text.ends_with(|c: char| c.is_ascii_digit() || ('๐'..='๙').contains(&c))
}

/// The single character between two places, spaces aside; a dash of any kind is told as '-'.
pub(super) fn separator(text: &str, from: usize, to: usize) -> Option<char> {
    // White space of more than a few bytes separates too well to join anything.
    if from >= to || to - from > 12 {
        return None;
    }
    let mut chars = text.get(from..to)?.trim_matches(is_gap).chars();
    let only = chars.next()?;
    chars.next().is_none().then_some(if is_dash(only) { '-' } else { only })
}

#[cfg(test)]
mod tests {
    use super::{numbers, separator};

    #[test]
    fn digit_runs_of_both_kinds_are_found() {
        let text = "ก๒๕63 –\u{0E51}x007";
        let found: Vec<_> = numbers(text).iter().map(|n| (&text[n.start..n.end], n.value, n.digits)).collect();
        assert_eq!(found, [("๒๕63", 2563, 4), ("๑", 1, 1), ("007", 7, 3)]);
        assert!(numbers(&"9".repeat(100_000)).len() == 1);
    }

    #[test]
    fn a_separator_is_one_character() {
        assert_eq!(separator("1 – 2", 1, 6), Some('-'));
        assert_eq!(separator("1/2", 1, 2), Some('/'));
        assert_eq!(separator("1 - - 2", 1, 6), None);
    }
}
