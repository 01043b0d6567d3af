//! The reading of documents in a process of its own: what is asked of it and answered, and its loop. A body that breaks a
//! parser, never ends or asks for all memory costs that process, not the audit.
//!
//! Both directions carry frames. A request is the length of its head (4 bytes, little endian), the length of the body (8
//! bytes), the head in JSON and the body; an answer is the length of its JSON (8 bytes) and the JSON.

use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::sync::OnceLock;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use url::Url;

use super::ocr::{Engine, Missing};
use super::recognise::{self, Recognition};
use super::{Body, limits, read};
use crate::model::{Document, ReadNote};

/// The longest head, body and answer; longer ones are a fault of whoever sends them.
const MAX_HEAD: u32 = 1 << 20;
const MAX_BODY: u64 = 1 << 31;

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Task {
    /// To read the body into a document.
    Read {
        /// The `Content-Type` that it came with.
        content_type: Option<String>,
        /// The URL that links are resolved against.
        url: Url,
        /// The body went on after what is given.
        capped: bool,
    },
    /// To say whether pictures of text can be read here.
    FindEngine,
    /// To read pages of the body that are pictures.
    Recognise {
        /// The pages, from 1, in the order of their importance.
        pages: Vec<u32>,
        /// The time for it, on the clock.
        time: Duration,
    },
}

/// What one request may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allowance {
    /// Bytes of address space of the whole process.
    pub memory: u64,
    /// CPU time.
    pub time: Duration,
}

/// A request: what to do with the body that follows, and what it may cost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// What to do.
    pub task: Task,
    /// What it may cost.
    pub allowance: Allowance,
}

/// What is answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer {
    /// What a body shows.
    Document(Box<Document>),
    /// Why pictures of text cannot be read here; nothing where they can.
    Engine(Option<ReadNote>),
    /// What pages show.
    Recognised(Recognition),
}

/// Where programs are that a reader needs.
#[derive(Debug, Clone, Default)]
pub struct Surroundings {
    path: Option<OsString>,
    engine: OnceLock<Result<Engine, ReadNote>>,
}

impl Surroundings {
    /// The folders in which programs are sought, as in `PATH`.
    pub fn new(path: Option<OsString>) -> Self {
        Self { path, engine: OnceLock::new() }
    }

    /// What recognises text in pictures; it is sought once.
    fn engine(&self) -> &Result<Engine, ReadNote> {
        self.engine.get_or_init(|| {
            Engine::find(self.path.as_deref()).map_err(|missing| match missing {
                Missing::Program => ReadNote::OcrMissing,
                Missing::Thai => ReadNote::OcrWithoutThai,
            })
        })
    }
}

/// A request without its body, as the bytes that go before it.
pub fn head(request: &Request, body: usize) -> io::Result<Vec<u8>> {
    let json = serde_json::to_vec(request)?;
    let length = u32::try_from(json.len()).map_err(io::Error::other)?;
    let mut head = length.to_le_bytes().to_vec();
    head.extend((body as u64).to_le_bytes());
    head.extend(json);
    Ok(head)
}

/// Answers requests until there are no more.
///
/// # Errors
/// Where a request cannot be read or an answer not be written: whoever asked is gone.
pub fn serve(mut from: impl Read, mut to: impl Write, around: &Surroundings) -> io::Result<()> {
    while let Some((request, body)) = receive(&mut from)? {
        limits::allow(request.allowance);
        let answer = serde_json::to_vec(&answer(&request.task, &body, around))?;
        to.write_all(&(answer.len() as u64).to_le_bytes())?;
        to.write_all(&answer)?;
        to.flush()?;
    }
    Ok(())
}

/// Does what is asked, in this process.
pub fn answer(task: &Task, body: &[u8], around: &Surroundings) -> Answer {
    match task {
        Task::Read { content_type, url, capped } => {
            let body = Body { bytes: body, content_type: content_type.as_deref(), url, capped: *capped };
            Answer::Document(Box::new(read(body)))
        }
        Task::FindEngine => Answer::Engine(around.engine().as_ref().err().cloned()),
        Task::Recognise { pages, time } => {
            let engine = around.engine().as_ref().ok();
            Answer::Recognised(engine.map(|engine| recognise::pages(engine, body, pages, *time)).unwrap_or_default())
        }
    }
}

/// The next request and its body; `None` where there is no more.
fn receive(from: &mut impl Read) -> io::Result<Option<(Request, Vec<u8>)>> {
    let mut lengths = [0; 12];
    let first = loop {
        match from.read(&mut lengths[..1]) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            other => break other?,
        }
    };
    if first == 0 {
        return Ok(None);
    }
    from.read_exact(&mut lengths[1..])?;
    let [a, b, c, d, body @ ..] = lengths;
    let (head, body) = (u32::from_le_bytes([a, b, c, d]), u64::from_le_bytes(body));
    if head > MAX_HEAD || body > MAX_BODY {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "a request that is too long"));
    }
    let json = exactly(from, u64::from(head))?;
    let request = serde_json::from_slice(&json)?;
    Ok(Some((request, exactly(from, body)?)))
}

/// So many bytes and no fewer, taking memory only for those that came.
fn exactly(from: &mut impl Read, length: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(length).read_to_end(&mut bytes)?;
    if bytes.len() as u64 == length { Ok(bytes) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Allowance, Answer, Request, Surroundings, Task, head, serve};
    use crate::model::{MediaKind, Readability};

    fn request() -> Request {
        let url = "http://www.x.go.th/a.txt".parse().unwrap();
        let task = Task::Read { content_type: None, url, capped: false };
        // No limits: they would be those of all tests.
        Request { task, allowance: Allowance { memory: 0, time: Duration::ZERO } }
    }

    #[test]
    fn requests_are_answered_one_after_the_other() {
        let mut asked = Vec::new();
        for body in ["แผนดำเนินงาน ปี 2563", ""] {
            asked.extend(head(&request(), body.len()).unwrap());
            asked.extend(body.as_bytes());
        }
        let mut answered = Vec::new();
        serve(asked.as_slice(), &mut answered, &Surroundings::default()).unwrap();
        let (length, rest) = answered.split_first_chunk().unwrap();
        let (first, second) = rest.split_at(usize::try_from(u64::from_le_bytes(*length)).unwrap());
        let Answer::Document(document) = serde_json::from_slice(first).unwrap() else {
            unreachable!("it was asked for one")
        };
        assert_eq!((document.kind, document.readability), (MediaKind::Text, Readability::Full));
        assert_eq!(document.blocks[0].text, "แผนดำเนินงาน ปี 2563");
        assert!(!second.is_empty());
    }

    #[test]
    fn a_request_that_is_cut_off_or_no_request_is_an_error() {
        let whole = head(&request(), 10).unwrap();
        let mut flood = whole.clone();
        flood[..4].fill(0xFF);
        for wrong in [&whole[..], &whole[..7], &whole[..20], &flood[..], b"GET / HTTP/1.1\r\n\r\n"] {
            assert!(serve(wrong, &mut Vec::new(), &Surroundings::default()).is_err());
        }
        assert!(serve(&b""[..], &mut Vec::new(), &Surroundings::default()).is_ok());
    }
}
