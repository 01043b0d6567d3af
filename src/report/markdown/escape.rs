//! Text and addresses as Markdown that says just what they say. GitHub and GitLab make more of a text than Markdown does:
//! mentions notify people, numbers and hashes become references, addresses links, and pictures tell who looked.

use std::fmt::Write as _;

use url::Url;

use crate::report::clean::clean;
use crate::report::marks::short;
use crate::report::view::readable_url;

/// Keeps apart what would be a mention, a reference or an address; nothing is seen of it.
const APART: &str = "&#8203;";
/// As many hexadecimal digits are taken for the hash of a commit.
const HASH: usize = 7;

/// A text on one line, as the content of a line that has begun. What has a meaning is written as a character reference, which Markdown never takes for structure;
/// what would be linked afterwards, in the finished page, is kept apart as well.
pub(super) fn text(raw: &str) -> String {
    let cleaned = clean(raw);
    let mut out = String::with_capacity(cleaned.len() * 2);
    let mut rest = cleaned.as_str();
    while !rest.is_empty() {
        let word = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let (letters, after) = rest.split_at(word);
        if is_hash(letters) {
            let (start, end) = letters.split_at(HASH - 1);
            let _ = write!(out, "{start}{APART}{end}");
        } else {
            out.push_str(letters);
        }
        rest = after;
        let Some(sign) = rest.chars().next() else { break };
        rest = &rest[sign.len_utf8()..];
        if has_meaning(&out, sign, rest) {
            let _ = write!(out, "&#{};", u32::from(sign));
        } else {
            out.push(sign);
        }
        if joins(letters, sign, rest) {
            out.push_str(APART);
        }
    }
    out
}

/// Whether a sign after this start of a text and before this rest means something to Markdown.
fn has_meaning(start: &str, sign: char, rest: &str) -> bool {
    let next = rest.chars().next();
    let ends = |next: Option<char>| next.is_none_or(char::is_whitespace);
    match sign {
        '\\' | '`' | '*' | '<' | '>' | '|' | '[' | ']' | '#' | '@' | '~' | '$' | '!' | '^' => true,
        '&' => next.is_some_and(|c| c.is_alphanumeric() || c == '#'),
        // Within a word it emphasises nothing.
        '_' => {
            let is_word = |c: char| c.is_ascii_alphanumeric();
            !(start.chars().next_back().is_some_and(is_word) && next.is_some_and(is_word))
        }
        // These only start lists and lines.
        '-' | '=' => start.is_empty(),
        '+' => start.is_empty() && ends(next),
        '.' if start.ends_with("www") => true,
        '.' | ')' => start.bytes().all(|byte| byte.is_ascii_digit()) && ends(next),
        ':' => rest.starts_with("//"),
        _ => false,
    }
}

/// Whether a sign between these letters and this rest starts or joins what GitHub or GitLab links or replaces.
fn joins(letters: &str, sign: char, rest: &str) -> bool {
    let next = rest.chars().next();
    match sign {
        '-' => letters.eq_ignore_ascii_case("gh"),
        '.' => letters.eq_ignore_ascii_case("www"),
        ':' => next.is_some_and(|c| c.is_ascii_alphabetic() || "+-".contains(c)) || rest.starts_with("//"),
        '@' | '#' | '!' | '~' | '%' | '&' | '$' | '^' => {
            next.is_some_and(|c| c.is_alphanumeric() || "_\"-[*".contains(c))
        }
        _ => false,
    }
}

fn is_hash(letters: &str) -> bool {
    (HASH..=40).contains(&letters.len())
        && letters.bytes().all(|byte| byte.is_ascii_hexdigit())
        && letters.bytes().any(|byte| byte.is_ascii_alphabetic())
}

/// An address that can be clicked and shows where it leads; what is not of the web is text.
pub(super) fn address(raw: &str) -> String {
    // What would end the address, or a cell of a table.
    const ENDS: &percent_encoding::AsciiSet =
        &percent_encoding::CONTROLS.add(b' ').add(b'"').add(b'\'').add(b'<').add(b'>').add(b'\\').add(b'`').add(b'|');
    let shown = short(&clean(&readable_url(raw)));
    match Url::parse(raw.trim()) {
        Ok(url)
            if matches!(url.scheme(), "http" | "https") && url.username().is_empty() && url.password().is_none() =>
        {
            let to = percent_encoding::utf8_percent_encode(url.as_str(), ENDS).to_string();
            // Within a link neither GitHub nor GitLab links or replaces anything, and the address is copied as it is seen.
            format!("[{}](<{}>)", text(&shown).replace(APART, ""), to.replace('&', "&amp;"))
        }
        _ => text(&shown),
    }
}

/// A text in which addresses of the web can be clicked, each as far as the next space or quotation mark.
pub(super) fn linked(raw: &str) -> String {
    let cleaned = clean(raw);
    let mut out = String::new();
    let mut rest = cleaned.as_str();
    while let Some(at) = ["https://", "http://"].iter().filter_map(|scheme| rest.find(scheme)).min() {
        let (before, from) = rest.split_at(at);
        let ends = |c: char| c.is_whitespace() || "\"<>“”‘’«»".contains(c);
        let whole = &from[..from.find(ends).unwrap_or(from.len())];
        let mut url = whole.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'']);
        // A bracket that the address did not open belongs to the sentence.
        while url.ends_with(')') && url.matches(')').count() > url.matches('(').count() {
            url = url[..url.len() - 1].trim_end_matches(['.', ',', ';', ':']);
        }
        out.push_str(&around(before));
        out.push_str(&address(url));
        rest = &from[url.len()..];
    }
    out.push_str(&around(rest));
    out
}

/// A part of a text on a line that has begun, with the spaces around it, which `text` alone would take away.
fn around(part: &str) -> String {
    let inner = part.trim();
    if inner.is_empty() {
        return if part.is_empty() { String::new() } else { " ".to_owned() };
    }
    let space = |is: bool| if is { " " } else { "" };
    let (start, end) = (part.starts_with(char::is_whitespace), part.ends_with(char::is_whitespace));
    format!("{}{}{}", space(start), text(&readable_url(inner)), space(end))
}

/// A text within an HTML comment, which no text may end; only of letters and digits, signs that paths have, and spaces.
pub(super) fn in_comment(raw: &str) -> String {
    let kept = |c: char| c.is_alphanumeric() || "./_ ".contains(c) || ('\u{e01}'..='\u{e4e}').contains(&c);
    // A hyphen alone ends nothing, but two of them may.
    let text: String =
        clean(raw).replace('\\', "/").chars().map(|c| if kept(c) || c == '-' { c } else { '_' }).collect();
    text.replace("--", "-_").trim_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::{address, in_comment, linked, text};

    #[test]
    fn nothing_has_a_meaning() {
        for (raw, escaped) in [
            ("แผน ปี 2563 (ร่าง), 12:30 น. a_b-c.pdf", "แผน ปี 2563 (ร่าง), 12:30 น. a_b-c.pdf"),
            ("@nacc", "&#64;&#8203;nacc"),
            ("a@b.go.th", "a&#64;&#8203;b.go.th"),
            ("#1 GH-1 gh-2", "&#35;&#8203;1 GH-&#8203;1 gh-&#8203;2"),
            ("1|2\n3", "1&#124;2 3"),
            ("`<img>`\\", "&#96;&#60;img&#62;&#96;&#92;"),
            ("1. a", "1&#46; a"),
            ("- a - b", "&#45; a - b"),
            ("&lt; a & b", "&#38;&#8203;lt; a & b"),
            ("_a_ :smile:", "&#95;a&#95; :&#8203;smile:"),
            ("deadbee1 0440000000", "deadbe&#8203;e1 0440000000"),
            ("https://x", "https&#58;&#8203;//x"),
            ("www.x.th", "www&#46;&#8203;x.th"),
        ] {
            assert_eq!(text(raw), escaped);
        }
    }

    #[test]
    fn only_the_web_is_linked() {
        assert_eq!(
            address("https://a.go.th/%E0%B9%81%E0%B8%9C%E0%B8%99?a=1&b=)|"),
            "[https&#58;//a.go.th/แผน?a=1&#38;b=)&#124;]\
             (<https://a.go.th/%E0%B9%81%E0%B8%9C%E0%B8%99?a=1&amp;b=)%7C>)"
        );
        for raw in ["javascript:alert(1)", "https://good.go.th@evil.example/", "data:text/html,x", "ไม่มี"] {
            assert!(!address(raw).contains("]("), "{raw}");
        }
    }

    #[test]
    fn an_address_in_a_sentence_can_be_clicked_and_copied() {
        assert_eq!(
            linked("เปิด https://a.go.th/%E0%B9%81?id=1&b=2 แล้ว (ดู http://b.go.th/x(1).pdf). @nacc"),
            "เปิด [https&#58;//a.go.th/แ?id=1&#38;b=2](<https://a.go.th/%E0%B9%81?id=1&amp;b=2>) แล้ว (ดู \
             [http&#58;//b.go.th/x(1).pdf](<http://b.go.th/x(1).pdf>)). &#64;&#8203;nacc"
        );
        for raw in ["https://", "xhttps://u@evil.example/](<//x>)", "https://<b>`|@nacc#1", "ไม่มี www.x.th"]
        {
            let out = linked(raw);
            assert!(!out.contains(['@', '`', '|']) && !out.contains("://") | out.contains("](<http"), "{out}");
        }
    }

    #[test]
    fn no_text_ends_a_comment() {
        assert_eq!(in_comment("งาน/a-b.yaml"), "งาน/a-b.yaml");
        for raw in ["a-->b", "a--!>b", "-->", "->x", "<!--", "a\n--\u{1b}>"] {
            let text = in_comment(raw);
            assert!(!text.contains("--") && !text.contains(['<', '>', '\n']) && !text.starts_with('-'), "{text}");
        }
    }
}
