//! Chrome's `DevTools` protocol over a pair of pipes: messages of JSON, each ended by a zero byte. Only what rendering needs.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::process::{ChildStderr, ChildStdin, ChildStdout};
use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;

use super::RenderError;
use super::browser::Pipes;

/// Bytes of one message. The largest that is asked for is a page's text, which may be a few times as long when escaped.
const LONGEST_MESSAGE: u64 = 96 << 20;
/// Events of one tab that may wait; a page that makes more of them is given up.
const MOST_EVENTS: usize = 2_000;
/// Bytes that are kept of what the browser writes for people.
const MOST_SAID: usize = 8 * 1024;

/// Something that happened in a tab.
#[derive(Debug)]
pub(super) struct Event {
    pub(super) method: String,
    pub(super) params: Value,
}

/// A connection to a running browser. Clones share it.
#[derive(Clone)]
pub(super) struct Connection {
    to: mpsc::UnboundedSender<String>,
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    next: AtomicU64,
    closed: AtomicBool,
    replies: Mutex<BTreeMap<u64, oneshot::Sender<Result<Value, String>>>>,
    sessions: Mutex<BTreeMap<String, mpsc::Sender<Event>>>,
    /// The end of what it wrote for people.
    said: Mutex<Vec<u8>>,
}

impl Shared {
    fn replies(&self) -> MutexGuard<'_, BTreeMap<u64, oneshot::Sender<Result<Value, String>>>> {
        self.replies.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn sessions(&self) -> MutexGuard<'_, BTreeMap<String, mpsc::Sender<Event>>> {
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Everybody who waits for a reply or an event is told that none will come.
    fn close(&self) {
        self.closed.store(true, Ordering::Release);
        self.replies().clear();
        self.sessions().clear();
    }
}

impl Connection {
    pub(super) fn new(pipes: Pipes) -> Self {
        let (to, messages) = mpsc::unbounded_channel();
        let shared = Arc::new(Shared::default());
        tokio::spawn(write(pipes.to, messages));
        tokio::spawn(read(pipes.from, Arc::clone(&shared)));
        tokio::spawn(listen(pipes.said, Arc::clone(&shared)));
        Self { to, shared }
    }

    /// Whether the browser is gone.
    pub(super) fn is_closed(&self) -> bool {
        self.shared.closed.load(Ordering::Acquire)
    }

    /// The last line that it wrote for people: why it did not start, if it did not.
    pub(super) fn last_words(&self) -> String {
        let said = self.shared.said.lock().unwrap_or_else(PoisonError::into_inner);
        let said = String::from_utf8_lossy(&said);
        said.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or_default().trim().chars().take(300).collect()
    }

    /// Sends a command of the browser's, or of a tab's by its session, and waits for what it gives.
    pub(super) async fn call(
        &self,
        session: Option<&str>,
        method: &str,
        params: &Value,
        patience: Duration,
    ) -> Result<Value, RenderError> {
        let (id, reply) = self.send(session, method, params);
        let waited = timeout(patience, reply).await;
        self.shared.replies().remove(&id);
        match waited {
            Ok(Ok(Ok(result))) => Ok(result),
            Ok(Ok(Err(said))) => Err(RenderError::Refused(format!("{method}: {said}"))),
            Ok(Err(_)) => Err(RenderError::Died),
            Err(_) => Err(RenderError::Hung),
        }
    }

    /// Sends a command and does not wait.
    pub(super) fn tell(&self, session: Option<&str>, method: &str, params: &Value) {
        let (id, _reply) = self.send(session, method, params);
        self.shared.replies().remove(&id);
    }

    fn send(
        &self,
        session: Option<&str>,
        method: &str,
        params: &Value,
    ) -> (u64, oneshot::Receiver<Result<Value, String>>) {
        let id = self.shared.next.fetch_add(1, Ordering::Relaxed) + 1;
        let mut message = json!({ "id": id, "method": method, "params": params });
        if let (Some(session), Some(message)) = (session, message.as_object_mut()) {
            message.insert("sessionId".to_owned(), session.into());
        }
        let (reply, replied) = oneshot::channel();
        self.shared.replies().insert(id, reply);
        // Where the writer or the reader has ended, the reply's sender is dropped, which its receiver notices.
        if self.to.send(message.to_string()).is_err() || self.is_closed() {
            self.shared.replies().remove(&id);
        }
        (id, replied)
    }

    /// What happens in a tab from now on, by its session. It ends where the browser does, or where the page makes more
    /// events than anybody could follow.
    pub(super) fn events(&self, session: &str) -> mpsc::Receiver<Event> {
        let (sender, events) = mpsc::channel(MOST_EVENTS);
        self.shared.sessions().insert(session.to_owned(), sender);
        if self.is_closed() {
            self.shared.sessions().clear();
        }
        events
    }

    /// Hears no more of a tab.
    pub(super) fn forget(&self, session: &str) {
        self.shared.sessions().remove(session);
    }
}

async fn write(mut to: ChildStdin, mut messages: mpsc::UnboundedReceiver<String>) {
    while let Some(message) = messages.recv().await {
        let mut bytes = message.into_bytes();
        bytes.push(0);
        if to.write_all(&bytes).await.is_err() {
            return;
        }
    }
}

async fn read(from: ChildStdout, shared: Arc<Shared>) {
    let mut from = BufReader::with_capacity(1 << 16, from);
    loop {
        let mut message = Vec::new();
        let read = (&mut from).take(LONGEST_MESSAGE).read_until(0, &mut message).await;
        if read.is_err() || message.pop() != Some(0) {
            break;
        }
        if let Ok(message) = serde_json::from_slice(&message) {
            hear(&shared, message);
        }
    }
    shared.close();
}

async fn listen(mut from: ChildStderr, shared: Arc<Shared>) {
    let mut bytes = [0; 4096];
    while let Ok(count @ 1..) = from.read(&mut bytes).await {
        let mut said = shared.said.lock().unwrap_or_else(PoisonError::into_inner);
        said.extend_from_slice(bytes.get(..count).unwrap_or_default());
        let surplus = said.len().saturating_sub(MOST_SAID);
        said.drain(..surplus);
    }
}

fn hear(shared: &Shared, mut message: Value) {
    if let Some(id) = message.get("id").and_then(Value::as_u64) {
        let reply = shared.replies().remove(&id);
        let said = match message.get("error") {
            Some(error) => Err(error.get("message").and_then(Value::as_str).unwrap_or_default().to_owned()),
            None => Ok(message["result"].take()),
        };
        // Nobody may be waiting any more.
        let _unheard = reply.map(|reply| reply.send(said));
        return;
    }
    let (Some(session), Some(method)) = (text(&message, "sessionId"), text(&message, "method")) else { return };
    let params = message["params"].take();
    let mut sessions = shared.sessions();
    if let Some(sender) = sessions.get(&session)
        && sender.try_send(Event { method, params }).is_err()
    {
        sessions.remove(&session);
    }
}

/// The text of a member of an object.
pub(super) fn text(value: &Value, key: &str) -> Option<String> {
    value.get(key).and_then(Value::as_str).map(str::to_owned)
}
