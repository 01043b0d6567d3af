//! Decodes a body: Thai sites declare windows-874, TIS-620, UTF-8 or Latin-1, and often wrongly.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, WINDOWS_874, WINDOWS_1252};

/// How far into a page a `meta` declaration is looked for (WHATWG HTML says 1024; old systems put scripts first).
const META_WINDOW: usize = 4096;

/// Decodes a body, with replacement characters where it is broken. `html` allows a `meta` declaration.
///
/// A byte-order mark wins. Then what the bytes are wins over what is declared, because declarations lie and Thai in
/// UTF-8 cannot be mistaken: valid UTF-8 is UTF-8. Then the first declaration that the bytes do not contradict, the
/// header's before the page's own. Last, windows-874, which TIS-620 and ISO-8859-11 are subsets of.
pub(super) fn decode<'a>(bytes: &'a [u8], content_type: Option<&str>, html: bool) -> Cow<'a, str> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[mark..]).0;
    }
    // Nearly every page is; this check is several times quicker than the standard library's.
    let valid = |bytes| UTF_8.decode_without_bom_handling_and_without_replacement(bytes);
    if let Some(text) = valid(bytes) {
        return text;
    }
    let bytes = without_cut_character(bytes);
    if let Some(text) = valid(bytes) {
        return text;
    }
    let declared = [
        content_type.and_then(|header| label_in(header.as_bytes())),
        html.then(|| label_in(&bytes[..bytes.len().min(META_WINDOW)])).flatten(),
    ];
    let encoding = declared
        .into_iter()
        .flatten()
        .find(|encoding| plausible(encoding, bytes))
        .unwrap_or(if mostly_utf8(bytes) { UTF_8 } else { WINDOWS_874 });
    encoding.decode_without_bom_handling(bytes).0
}

/// The encoding that follows the first `charset=` that names one.
fn label_in(bytes: &[u8]) -> Option<&'static Encoding> {
    const KEY: &[u8] = b"charset=";
    let mut rest = bytes;
    while let Some(at) = rest.windows(KEY.len()).position(|part| part.eq_ignore_ascii_case(KEY)) {
        rest = &rest[at + KEY.len()..];
        let value = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
        let end = value.iter().position(|b| !(b.is_ascii_alphanumeric() || b"-_:.".contains(b))).unwrap_or(value.len());
        if let Some(encoding) = Encoding::for_label(&value[..end]) {
            return Some(encoding);
        }
    }
    None
}

/// Whether bytes that are not valid UTF-8 may be in a declared encoding. Latin-1 is what servers declare by default, so
/// it is not believed where the bytes are Thai letters of windows-874.
fn plausible(encoding: &'static Encoding, bytes: &[u8]) -> bool {
    if encoding == UTF_8 {
        return mostly_utf8(bytes);
    }
    if encoding == WINDOWS_1252 {
        return !mostly_thai(bytes);
    }
    true
}

/// Thai text in windows-874 uses hardly any byte outside 0xA1–0xDA and 0xDF–0xFB, and runs of them.
fn mostly_thai(bytes: &[u8]) -> bool {
    let high = bytes.iter().filter(|b| **b >= 0x80).count();
    let thai = bytes.iter().filter(|b| matches!(b, 0xA1..=0xDA | 0xDF..=0xFB)).count();
    thai >= 6 && thai * 10 >= high * 9
}

/// A few broken bytes in text that is otherwise multi-byte UTF-8.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut valid, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        valid += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    valid > broken * 20
}

/// Drops a character that a cap has cut in two, so that the rest is still seen to be valid UTF-8.
fn without_cut_character(bytes: &[u8]) -> &[u8] {
    match std::str::from_utf8(bytes) {
        Err(error) if error.error_len().is_none() && error.valid_up_to() > 0 => {
            let whole = &bytes[..error.valid_up_to()];
            if whole.is_ascii() { bytes } else { whole }
        }
        _ => bytes,
    }
}

#[cfg(test)]
mod tests {
    use super::decode;
    use encoding_rs::WINDOWS_874;

    const THAI: &str = "องค์การบริหารส่วนตำบลนางรอง ปีงบประมาณ พ.ศ. ๒๕๖๓";

    fn page(declared: &str) -> String {
        format!("<meta http-equiv=Content-Type content='text/html; charset={declared}'><p>{THAI}</p>")
    }

    #[test]
    fn thai_is_read_whatever_is_declared() {
        for declared in ["windows-874", "tis-620", "iso-8859-11", "utf-8", "iso-8859-1", "no-such-charset", ""] {
            for header in [
                None,
                Some("text/html"),
                Some("text/html; charset=UTF-8"),
                Some("text/html; charset=iso-8859-1"),
                Some("text/html;charset=\"TIS-620\""),
            ] {
                let text = page(declared);
                let legacy = WINDOWS_874.encode(&text).0.into_owned();
                assert!(decode(text.as_bytes(), header, true).contains(THAI), "utf-8 as {declared} / {header:?}");
                assert!(decode(&legacy, header, true).contains(THAI), "windows-874 as {declared} / {header:?}");
            }
        }
    }

    #[test]
    fn a_byte_order_mark_wins() {
        let mut utf16 = vec![0xFF, 0xFE];
        utf16.extend(THAI.encode_utf16().flat_map(u16::to_le_bytes));
        assert_eq!(decode(&utf16, Some("text/html; charset=tis-620"), true), THAI);
    }

    #[test]
    fn a_cut_or_broken_character_does_not_change_the_encoding() {
        let bytes = THAI.repeat(20).into_bytes();
        assert!(decode(&bytes[..bytes.len() - 1], None, true).contains(THAI));
        let mut broken = bytes.clone();
        broken[100] = 0xFF;
        assert!(decode(&broken, None, true).contains(THAI));
    }

    #[test]
    fn other_declared_encodings_are_believed() {
        let (bytes, ..) = encoding_rs::SHIFT_JIS.encode("日本語のページ");
        assert_eq!(decode(&bytes, Some("text/html; charset=shift_jis"), true), "日本語のページ");
    }
}
