//! Keeps hostile nesting away from the HTML parser, whose time grows with the square of the depth.

use memchr::memchr_iter;

/// Elements that may be open at once. Chromium stops at 512.
const MAX_OPEN: usize = 1_000;

/// Tags that a page need not close, which say nothing about depth.
const NOT_CLOSED: &[&str] = &[
    "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta", "option", "p",
    "param", "source", "tbody", "td", "th", "thead", "tr", "track", "wbr",
];

/// The longest beginning of a page in which at most [`MAX_OPEN`] elements are open at once, roughly counted.
pub(super) fn shallow_part(html: &str) -> &str {
    // Most pages have too few tags to be deep, which is quickly told.
    if memchr_iter(b'<', html.as_bytes()).count() <= MAX_OPEN {
        return html;
    }
    let mut open = 0_usize;
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let (closing, name_at) = rest.strip_prefix('/').map_or((false, rest), |after| (true, after));
        let length = name_at.bytes().take_while(u8::is_ascii_alphanumeric).count();
        if length == 0 || length > 16 {
            continue;
        }
        let name = &name_at[..length];
        if NOT_CLOSED.iter().any(|known| name.eq_ignore_ascii_case(known)) {
            continue;
        }
        if closing {
            open = open.saturating_sub(1);
        } else {
            open += 1;
        }
        if open > MAX_OPEN {
            return &html[..html.len() - rest.len() - 1];
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use super::shallow_part;

    #[test]
    fn deep_nesting_is_cut_and_ordinary_pages_are_not() {
        let deep = "<div>".repeat(100_000);
        assert!(shallow_part(&deep).len() < 10_000);
        let wide = "<div><p>ก<br><li>ข</div>".repeat(10_000);
        assert_eq!(shallow_part(&wide), wide);
    }
}
