//! HTTP messages as they stand in a record. The library that reads them from the network has taken compression and
//! chunks off, so their headers are made to say what is stored, and what they said is kept beside.

use std::io::{BufRead, Read};

use reqwest::header::{CONTENT_LENGTH, HeaderMap, HeaderName, HeaderValue, TRANSFER_ENCODING};
use reqwest::{StatusCode, Version};
use url::Url;

use crate::fetch::body::Body;
use crate::fetch::request::Received;

use super::record::{Block, lines, unreadable};

/// Bytes of a message's headers; the HTTP library takes fewer.
const LONGEST_HEAD: u64 = 1 << 20;
/// What browsertrix and others put before the name of a header that is not true of the stored body.
const ORIGINAL: &str = "x-orig-";

/// The head of a request.
pub(super) fn request(url: &Url, headers: &HeaderMap) -> Vec<u8> {
    let target = &url[url::Position::BeforePath..url::Position::AfterQuery];
    let mut head = format!("GET {target} HTTP/1.1\r\n").into_bytes();
    if !headers.contains_key("host") {
        let host = &url[url::Position::BeforeHost..url::Position::AfterPort];
        field(&mut head, "host", host.as_bytes());
    }
    for (name, value) in headers {
        field(&mut head, name.as_str(), value.as_bytes());
    }
    head.extend_from_slice(b"\r\n");
    head
}

/// The head of an answer.
pub(super) fn response(received: &Received) -> Vec<u8> {
    let Received { status, headers, body, .. } = received;
    let mut head = format!("HTTP/1.1 {} {}\r\n", status.as_u16(), status.canonical_reason().unwrap_or_default());
    let length = body.bytes.len().to_string();
    let mut head = std::mem::take(&mut head).into_bytes();
    for (name, value) in headers {
        let untrue = *name == TRANSFER_ENCODING || *name == CONTENT_LENGTH && value.as_bytes() != length.as_bytes();
        if untrue {
            field(&mut head, &format!("{ORIGINAL}{name}"), value.as_bytes());
        } else if *name != CONTENT_LENGTH {
            field(&mut head, name.as_str(), value.as_bytes());
        }
    }
    field(&mut head, CONTENT_LENGTH.as_str(), length.as_bytes());
    head.extend_from_slice(b"\r\n");
    head
}

fn field(head: &mut Vec<u8>, name: &str, value: &[u8]) {
    head.extend_from_slice(name.as_bytes());
    head.extend_from_slice(b": ");
    head.extend_from_slice(value);
    head.extend_from_slice(b"\r\n");
}

/// The answer in a record's block, of its body at most `most` bytes.
pub(super) fn received(block: &mut Block<'_>, most: u64) -> Result<Received, String> {
    let head = lines(block as &mut dyn BufRead, LONGEST_HEAD)?;
    let mut lines = head.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::trim_ascii);
    let status = lines.next().and_then(status).ok_or("the answer does not begin with a status")?;
    let mut headers = HeaderMap::new();
    for line in lines {
        let (name, value) = header(line).ok_or("a line of the answer's headers is not one")?;
        headers.try_append(name, value).map_err(|_| "the answer has too many headers")?;
    }
    let mut body = Body::default();
    block.take(most).read_to_end(&mut body.bytes).map_err(unreadable)?;
    body.capped = !block.fill_buf().map_err(unreadable)?.is_empty();
    Ok(Received { status, version: Version::HTTP_11, headers, body, peer: None, tls: None })
}

fn status(line: &[u8]) -> Option<StatusCode> {
    let mut words = line.split(|byte| *byte == b' ');
    words.next().filter(|version| version.starts_with(b"HTTP/"))?;
    StatusCode::from_bytes(words.next()?).ok()
}

fn header(line: &[u8]) -> Option<(HeaderName, HeaderValue)> {
    let colon = line.iter().position(|byte| *byte == b':')?;
    let name = line.get(..colon)?;
    let name = name.strip_prefix(ORIGINAL.as_bytes()).unwrap_or(name);
    let value = line.get(colon + 1..)?.trim_ascii();
    Some((HeaderName::from_bytes(name).ok()?, HeaderValue::from_bytes(value).ok()?))
}
