//! Thai text: pure functions over `&str` for digits, the normal form, phrases, snippets and years.

mod chars;
mod close;
mod fold;
mod letters;
mod lexicon;
mod months;
mod near;
mod normal;
mod phrase_data;
mod phrase_set;
mod repair;
mod snippet;
mod years;

use std::borrow::Cow;

pub use chars::is_mark;
pub use close::{Closeness, Match, find_closest};
pub use fold::{Folded, Phrase, find_any};
pub use letters::letters;
pub use lexicon::Lexicon;
pub use months::{MONTHS, Named, Stretch, besides_months, months};
pub use normal::normalize;
pub use phrase_set::{Found, Hold, PhraseSet, spaces};
pub use repair::{Repair, word_starts};
pub use snippet::snippet;
pub use years::{Point, Role, Span, YearMention, stamped, years, years_in_name};

/// The text with the Thai digits ๐–๙ as 0–9.
pub fn arabic_digits(text: &str) -> Cow<'_, str> {
    if text.chars().any(|c| chars::thai_digit(c).is_some()) {
        Cow::Owned(text.chars().map(|c| chars::thai_digit(c).unwrap_or(c)).collect())
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::arabic_digits;

    #[test]
    fn thai_digits_become_arabic_ones_and_other_text_is_not_copied() {
        assert_eq!(arabic_digits("พ.ศ. ๒๕๖๓ ข้อ ๐๑๒๓๔๕๖๗๘๙"), "พ.ศ. 2563 ข้อ 0123456789");
        assert!(matches!(arabic_digits("ปี 2563"), Cow::Borrowed(_)));
    }
}
