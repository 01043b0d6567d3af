//! Processes that read documents for a run, as many at once as there are processors: what a document breaks is one of them,
//! and the next document gets another.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::sync::Semaphore;
use url::Url;

use crate::extract::{self, Allowance, Answer, Recognition, Request, Surroundings, Task};
use crate::model::{Document, ReadNote};

/// What reading one document may cost. The largest office file that an agency publishes needs about a tenth of it.
const READING: Allowance = Allowance { memory: 480 << 20, time: Duration::from_secs(30) };

/// Time on the clock for each second of CPU time, on a machine that has much else to do.
const PATIENCE: u32 = 4;

/// Documents that one process reads, and bytes of a body after which it is not asked again: what a parser left lying about
/// goes with it.
const TURNS: u32 = 64;
const LARGE: usize = 4 << 20;

/// Bytes of the longest answer.
const MAX_ANSWER: u64 = 256 << 20;

/// How to start this program as a reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    /// The program.
    pub path: PathBuf,
    /// What makes it a reader: it calls [`extract::serve`] with its standard input and output.
    pub arguments: Vec<OsString>,
}

/// Who reads the documents of a run. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Readers {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    program: Option<Program>,
    around: Surroundings,
    seats: Semaphore,
    idle: Mutex<Vec<Reader>>,
}

/// A body to be read, and what came with it.
#[derive(Debug)]
pub struct Source<'a> {
    /// The bytes, decompressed.
    pub bytes: &'a Arc<Vec<u8>>,
    /// The `Content-Type` header.
    pub content_type: Option<&'a str>,
    /// The URL that answered.
    pub url: &'a Url,
    /// The body went on after what was read.
    pub capped: bool,
}

/// A reader could not be started, or broke.
#[derive(Debug)]
struct Broken;

impl Readers {
    /// Readers of a program. Without one, all is read in this process: for tests, and where no document is hostile.
    pub fn new(program: Option<Program>, around: Surroundings) -> Self {
        let seats = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let shared = Shared { program, around, seats: Semaphore::new(seats), idle: Mutex::default() };
        Self { shared: Arc::new(shared) }
    }

    /// Reads a body. What cannot be read is a document that says so.
    pub async fn read(&self, source: Source<'_>) -> Document {
        let task = Task::Read {
            content_type: source.content_type.map(str::to_owned),
            url: source.url.clone(),
            capped: source.capped,
        };
        // Pages of the web are read here: their parser is bounded, and there are many.
        let kind = extract::kind(source.bytes, source.content_type);
        let answer = self.ask(task, source.bytes, READING, extract::is_plain(kind)).await;
        match answer {
            Ok(Answer::Document(document)) => *document,
            _ => Document { notes: vec![ReadNote::TooCostly], ..Document::unread(kind) },
        }
    }

    /// Why pictures of text cannot be read on this machine; nothing where they can.
    pub async fn without_engine(&self) -> Option<ReadNote> {
        match self.ask(Task::FindEngine, &Arc::default(), READING, false).await {
            Ok(Answer::Engine(missing)) => missing,
            _ => Some(ReadNote::OcrMissing),
        }
    }

    /// Reads pages of a body that are pictures, within a time on the clock. Nothing where that broke the reader.
    pub async fn recognise(&self, bytes: &Arc<Vec<u8>>, pages: Vec<u32>, time: Duration) -> Option<Recognition> {
        // What recognises is a process of its own; drawing the pages is done in the time.
        let allowance = Allowance { time: time + READING.time, ..READING };
        match self.ask(Task::Recognise { pages, time }, bytes, allowance, false).await {
            Ok(Answer::Recognised(recognition)) => Some(recognition),
            _ => None,
        }
    }

    /// Has a reader do something with a body, once there is a seat.
    async fn ask(&self, task: Task, body: &Arc<Vec<u8>>, allowance: Allowance, here: bool) -> Result<Answer, Broken> {
        // A closed semaphore would be the only failure, and this one is never closed.
        let _seat = self.shared.seats.acquire().await.map_err(|_| Broken)?;
        let Some(program) = self.shared.program.as_ref().filter(|_| !here) else {
            let (shared, body) = (Arc::clone(&self.shared), Arc::clone(body));
            let answered = tokio::task::spawn_blocking(move || extract::answer(&task, &body, &shared.around));
            return answered.await.map_err(|_| Broken);
        };
        let idle = self.shared.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut reader = match idle {
            Some(reader) => reader,
            None => Reader::start(program).ok_or(Broken)?,
        };
        let request = Request { task, allowance };
        let patience = allowance.time * PATIENCE;
        let answer = tokio::time::timeout(patience, reader.ask(&request, body)).await.ok().flatten().ok_or(Broken)?;
        reader.turns += 1;
        if reader.turns < TURNS && body.len() < LARGE {
            self.shared.idle.lock().unwrap_or_else(PoisonError::into_inner).push(reader);
        }
        Ok(answer)
    }
}

/// A process that reads.
#[derive(Debug)]
struct Reader {
    child: Child,
    to: ChildStdin,
    from: ChildStdout,
    turns: u32,
}

impl Reader {
    fn start(program: &Program) -> Option<Self> {
        let mut command = Command::new(&program.path);
        command.args(&program.arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        // In a group of its own it is ended together with what it starts, and Ctrl-C is for whoever started it.
        #[cfg(unix)]
        command.process_group(0);
        let mut child = command.kill_on_drop(true).spawn().ok()?;
        let (to, from) = (child.stdin.take()?, child.stdout.take()?);
        Some(Self { child, to, from, turns: 0 })
    }

    /// Asks something; `None` where it broke.
    async fn ask(&mut self, request: &Request, body: &[u8]) -> Option<Answer> {
        let head = extract::head(request, body.len()).ok()?;
        self.to.write_all(&head).await.ok()?;
        self.to.write_all(body).await.ok()?;
        self.to.flush().await.ok()?;
        let length = self.from.read_u64_le().await.ok().filter(|length| *length <= MAX_ANSWER)?;
        let mut answer = Vec::new();
        (&mut self.from).take(length).read_to_end(&mut answer).await.ok()?;
        serde_json::from_slice(&answer).ok()
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        #[cfg(unix)]
        if let Some(group) = self.child.id().and_then(|id| rustix::process::Pid::from_raw(id.cast_signed())) {
            // It may have ended by itself.
            let _ended = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
        }
    }
}

#[cfg(test)]
mod tests;
