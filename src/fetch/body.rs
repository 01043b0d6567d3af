//! Reads a body as it comes in, up to a bound.

use reqwest::header::{CONTENT_LENGTH, HeaderMap, TRANSFER_ENCODING};
use reqwest::{Response, Version};
use tokio::time::{Instant, timeout_at};

use crate::model::{Cause, Stage};

use super::classify::{Fault, Phase, fault, unfinished_tls};

/// What could be read of a body.
#[derive(Debug, Default)]
pub(super) struct Body {
    /// The bytes, after decompression.
    pub(super) bytes: Vec<u8>,
    /// It went on after the bound.
    pub(super) capped: bool,
    /// Why it ended early, if it did.
    pub(super) fault: Option<Fault>,
}

/// Reads at most `most` bytes of the body that follows these headers, until `deadline`.
pub(super) async fn read(mut response: Response, headers: &HeaderMap, most: u64, deadline: Instant) -> Body {
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let ends_with_connection = ends_with_connection(response.version(), headers);
    let mut body = Body::default();
    let mut farewell_missed = false;
    loop {
        let chunk = match timeout_at(deadline, response.chunk()).await {
            Err(_) => {
                let detail = format!("still sending after {} bytes", body.bytes.len());
                body.fault = Some(Fault::new(Cause::Timeout(Stage::Body), detail));
                return body;
            }
            Ok(Ok(None)) => return body,
            // Old servers close without a farewell. Where only the end of the connection tells the end of the body,
            // browsers take that for the end too. A decompressor knows more: asked again, it says whether it was at its
            // end, and so does an ordinary body that is over.
            Ok(Err(error)) if ends_with_connection && !farewell_missed && unfinished_tls(&error) => {
                farewell_missed = true;
                continue;
            }
            Ok(Err(error)) => {
                body.fault = Some(fault(&error, Phase::Body));
                return body;
            }
            Ok(Ok(Some(chunk))) => chunk,
        };
        let room = most - body.bytes.len();
        let wanted = chunk.len().min(room);
        grow(&mut body.bytes, wanted, most);
        body.bytes.extend_from_slice(&chunk[..wanted]);
        if chunk.len() > room {
            body.capped = true;
            return body;
        }
    }
}

/// Makes room by doubling, as a vector does by itself, but never beyond the bound.
fn grow(bytes: &mut Vec<u8>, wanted: usize, most: usize) {
    let len = bytes.len();
    if bytes.capacity() - len < wanted {
        bytes.reserve_exact(wanted.max(len.min(most - len)));
    }
}

fn ends_with_connection(version: Version, headers: &HeaderMap) -> bool {
    version < Version::HTTP_2 && !headers.contains_key(CONTENT_LENGTH) && !headers.contains_key(TRANSFER_ENCODING)
}

#[cfg(test)]
mod tests {
    use super::grow;

    #[test]
    fn room_is_made_up_to_the_bound_only() {
        let mut bytes = Vec::new();
        for _ in 0..100 {
            grow(&mut bytes, 10, 1000);
            bytes.extend_from_slice(&[0; 10]);
        }
        assert!(bytes.capacity() <= 1000, "{}", bytes.capacity());
    }
}
