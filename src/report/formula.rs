//! What a spreadsheet would take for a formula: page text is never to become one, in a sheet or in a file of values.

use unicode_normalization::UnicodeNormalization;

/// Whether a spreadsheet may take a text for a formula when it is typed, pasted or read from a file of values: it begins
/// with one of OWASP's characters or a wide, small or raised form of one, which some versions fold.
pub(super) fn is_formula(text: &str) -> bool {
    let begins = |c: char| std::iter::once(c).nfkc().any(|c| matches!(c, '=' | '+' | '-' | '@' | '\u{2212}'));
    let rest = text.trim_start();
    text.starts_with(['\t', '\r', '\n', '\0']) || rest.starts_with(begins)
}

/// A text for a file of values: an apostrophe goes before what would begin a formula, also behind a semicolon, where
/// programs of other countries split.
pub(super) fn defused(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 1);
    for (n, part) in text.split(';').enumerate() {
        if n > 0 {
            out.push(';');
        }
        if is_formula(part.trim_start_matches(|c: char| c == '"' || c.is_whitespace())) || is_formula(part) {
            out.push('\'');
        }
        out.push_str(part);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{defused, is_formula};

    #[test]
    fn what_begins_a_formula_is_known_in_every_disguise() {
        for formula in [
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "=cmd|' /C calc'!A0",
            " =1",
            "\u{3000}=1",
            "\t1",
            "\r=1",
            "\n=1",
            "＝1",
            "＋1",
            "－1",
            "＠x",
            "﹦1",
            "⁼1",
            "−1",
            "-",
        ] {
            assert!(is_formula(formula), "{formula}");
            assert_eq!(defused(formula), format!("'{formula}"));
        }
        for text in ["", "1-1", "a=1", "'=1", "แผน", "100", "https://a.go.th/?a=-1", "• ข้อ", "#"] {
            assert!(!is_formula(text), "{text}");
            assert_eq!(defused(text), text);
        }
    }

    #[test]
    fn a_cell_that_another_separator_makes_is_none_either() {
        assert_eq!(defused("x;=1+1; -2 ;b"), "x;'=1+1;' -2 ;b");
        assert_eq!(defused("x\";\"=1"), "x\";'\"=1");
        assert_eq!(defused("\"=1"), "'\"=1");
    }
}
