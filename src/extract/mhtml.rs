//! Web pages in one file (MHTML, RFC 2557): what Word and browsers save under names such as `.doc` and `.mht`.

use memchr::memmem;

/// Parts of a file that are looked at.
const MAX_PARTS: usize = 200;

/// Whether the bytes begin as a message of MIME does.
pub(super) fn is_mhtml(head: &[u8]) -> bool {
    let starts = |field: &[u8]| head.get(..field.len()).is_some_and(|start| start.eq_ignore_ascii_case(field));
    let has = |field: &[u8]| head.windows(field.len()).any(|part| part.eq_ignore_ascii_case(field));
    (starts(b"mime-version:") || starts(b"from:") || starts(b"content-type: multipart/related"))
        && (has(b"multipart/related") || has(b"content-type: text/html"))
}

/// The web page in such a file, decoded from its transfer encoding; nothing where the bytes are no such file.
pub(super) fn page(bytes: &[u8]) -> Option<Vec<u8>> {
    if !is_mhtml(&bytes[..bytes.len().min(4096)]) {
        return None;
    }
    let (head, body) = parted(bytes)?;
    let Some(boundary) = parameter(head, b"boundary=") else {
        return Some(decoded(head, body));
    };
    let mark = [b"--", boundary].concat();
    let mut rest = &body[memmem::find(body, &mark)?..];
    for _ in 0..MAX_PARTS {
        rest = &rest[mark.len()..];
        let end = memmem::find(rest, &mark).unwrap_or(rest.len());
        // The first line end belongs to the boundary's line.
        let part = &rest[..end];
        let part = &part[part.iter().position(|b| *b == b'\n').map_or(part.len(), |at| at + 1)..];
        if let Some((head, body)) = parted(part)
            && contains(head, b"text/html")
        {
            return Some(decoded(head, body));
        }
        if end == rest.len() {
            break;
        }
        rest = &rest[end..];
    }
    None
}

/// The fields and the body, which an empty line parts.
fn parted(part: &[u8]) -> Option<(&[u8], &[u8])> {
    let unix = memmem::find(part, b"\n\n").map(|at| (at, at + 2));
    let dos = memmem::find(part, b"\r\n\r\n").map(|at| (at, at + 4));
    let (end, start) = unix.into_iter().chain(dos).min()?;
    Some((&part[..end], &part[start..]))
}

fn contains(head: &[u8], text: &[u8]) -> bool {
    head.windows(text.len()).any(|part| part.eq_ignore_ascii_case(text))
}

fn parameter<'a>(head: &'a [u8], key: &[u8]) -> Option<&'a [u8]> {
    let at = head.windows(key.len()).position(|part| part.eq_ignore_ascii_case(key))? + key.len();
    let rest = head.get(at..)?;
    let value = match rest.strip_prefix(b"\"") {
        Some(quoted) => quoted.split(|b| *b == b'"').next(),
        None => rest.split(|b| b.is_ascii_whitespace() || *b == b';').next(),
    };
    value.filter(|value| !value.is_empty())
}

fn decoded(head: &[u8], body: &[u8]) -> Vec<u8> {
    if contains(head, b"quoted-printable") {
        quoted_printable(body)
    } else if contains(head, b"base64") {
        base64(body)
    } else {
        body.to_vec()
    }
}

fn quoted_printable(body: &[u8]) -> Vec<u8> {
    let hex = |b: u8| char::from(b).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let mut out = Vec::with_capacity(body.len());
    let mut at = 0;
    while let Some(&byte) = body.get(at) {
        at += 1;
        if byte != b'=' {
            out.push(byte);
            continue;
        }
        match (body.get(at), body.get(at + 1)) {
            (Some(b'\n'), _) => at += 1,
            (Some(b'\r'), Some(b'\n')) => at += 2,
            (Some(&high), Some(&low)) if hex(high).is_some() && hex(low).is_some() => {
                out.push(hex(high).unwrap_or(0) * 16 + hex(low).unwrap_or(0));
                at += 2;
            }
            _ => out.push(byte),
        }
    }
    out
}

fn base64(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0);
    for byte in body {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            b'=' => break,
            _ => continue,
        };
        bits = (bits << 6) | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push(u8::try_from((bits >> count) & 0xFF).unwrap_or(0));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{is_mhtml, page};

    #[test]
    fn the_page_is_found_and_decoded() {
        let quoted = "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"--=_X\"\r\n\r\nThis is a web \
                      page.\r\n\r\n----=_X\r\nContent-Type: text/html; charset=\"utf-8\"\r\n\
                      Content-Transfer-Encoding: quoted-printable\r\n\r\n<html><p>=E0=B8=9B=E0=B8=B5 25=\r\n63</p>\r\n\
                      ----=_X\r\nContent-Type: image/png\r\n\r\nxx\r\n----=_X--";
        assert_eq!(page(quoted.as_bytes()).unwrap(), "<html><p>ปี 2563</p>\r\n".as_bytes());
        let packed = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\
                      Content-Transfer-Encoding: base64\n\nPGh0bWw+4Lib4Li1PC9o\ndG1sPg==\n--b--";
        assert_eq!(page(packed.as_bytes()).unwrap(), "<html>ปี</html>".as_bytes());
    }

    #[test]
    fn other_bytes_and_broken_files_are_no_page() {
        assert!(!is_mhtml(b"<html>"));
        for broken in ["MIME-Version: 1.0", "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b"] {
            assert_eq!(page(broken.as_bytes()), None, "{broken}");
        }
    }
}
