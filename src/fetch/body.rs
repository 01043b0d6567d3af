//! Reads a body as it comes in, up to a bound; all bodies of a run together keep to a bound too.

use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{CONTENT_LENGTH, HeaderMap, TRANSFER_ENCODING};
use reqwest::{Response, Version};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, timeout_at};

use crate::model::{Cause, Stage};

use super::classify::{Fault, Phase, fault, unfinished_tls};

/// A body up to this size needs no leave: there are only as many as requests in flight.
const SMALL: usize = 1 << 20;
/// What larger bodies may take all together; a single one may always be as large as `max_body`.
const ALL_LARGE: u64 = 128 << 20;
/// What is set aside for a body at once, if it says that it is as large.
const FIRST: u64 = 64 << 10;
/// What a permit stands for.
const UNIT: u64 = 1 << 10;

/// The memory for large bodies of a run.
#[derive(Debug)]
pub(super) struct Memory {
    units: Arc<Semaphore>,
    max_body: u64,
}

/// A large body's share of memory, until dropped.
#[derive(Debug)]
pub struct Share {
    _units: OwnedSemaphorePermit,
}

impl Memory {
    /// The memory of a run in which a body has at most so many bytes.
    pub(super) fn new(max_body: u64) -> Self {
        let units = ALL_LARGE.max(max_body).div_ceil(UNIT);
        let units = usize::try_from(units).unwrap_or(usize::MAX).min(Semaphore::MAX_PERMITS);
        Self { units: Arc::new(Semaphore::new(units)), max_body }
    }

    /// Waits for the share of a body of so many bytes, all at once: bodies that each have a part of what they need would
    /// wait for each other for ever.
    async fn share(&self, bytes: u64) -> Option<Share> {
        let units = u32::try_from(bytes.min(self.max_body).div_ceil(UNIT)).unwrap_or(u32::MAX);
        // A closed semaphore would be the only failure, and this one is never closed.
        let units = Arc::clone(&self.units).acquire_many_owned(units).await.ok()?;
        Some(Share { _units: units })
    }
}

/// What could be read of a body.
#[derive(Debug, Default)]
pub(super) struct Body {
    /// The bytes, after decompression.
    pub(super) bytes: Vec<u8>,
    /// It went on after the bound.
    pub(super) capped: bool,
    /// Why it ended early, if it did.
    pub(super) fault: Option<Fault>,
    /// The leave to keep it in memory, if it is large.
    pub(super) share: Option<Share>,
    /// The time that it waited for that; the server is not to blame for it.
    pub(super) waited: Duration,
}

/// Reads at most `most` bytes of the body that follows these headers, until `deadline`.
pub(super) async fn read(
    mut response: Response,
    headers: &HeaderMap,
    most: u64,
    mut deadline: Instant,
    memory: &Memory,
) -> Body {
    let announced = response.content_length();
    let expected = announced.unwrap_or(most).min(most);
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let ends_with_connection = ends_with_connection(response.version(), headers);
    let mut body = Body {
        bytes: Vec::with_capacity(announced.map_or(0, |_| expected.min(FIRST)).try_into().unwrap_or(0)),
        ..Body::default()
    };
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
        if body.share.is_none() && body.bytes.len() + wanted > SMALL {
            let since = Instant::now();
            body.share = memory.share(expected).await;
            body.waited = since.elapsed();
            deadline += body.waited;
        }
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
    use super::{ALL_LARGE, Memory, grow};
    use std::time::Duration;

    #[tokio::test]
    async fn large_bodies_share_what_there_is() {
        let memory = Memory::new(ALL_LARGE / 2);
        let patience = Duration::from_millis(20);
        let first = memory.share(ALL_LARGE).await.unwrap();
        let second = memory.share(ALL_LARGE / 2).await.unwrap();
        assert!(tokio::time::timeout(patience, memory.share(1)).await.is_err(), "all of it is taken");
        drop(first);
        drop(memory.share(ALL_LARGE / 2).await.unwrap());
        drop(second);
        let huge = Memory::new(ALL_LARGE * 4);
        assert!(huge.share(ALL_LARGE * 9).await.is_some(), "one body may be as large as it may be");
    }

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
