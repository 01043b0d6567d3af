//! Builds pages that are empty without a browser: in a headless one, if one is installed, which is given no network. All
//! that a page asks for is fetched by the [`Pool`], under the same guard, pace and bounds as everything else.

mod browser;
mod cdp;
mod supply;
mod tab;

use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::json;
use tokio::sync::{Mutex, Semaphore};
use url::Url;

pub use browser::Browser;

use self::browser::Running;
use self::cdp::Connection;
use self::tab::Tab;
use super::archive::Built;
use super::{Budget, Pool, Purpose};
use crate::model::Answer;

/// Pages that are built at once.
const TABS: usize = 2;
/// Browsers that are started in a run, one after the other. Where that many died, it is no page's fault.
const MOST_STARTS: u32 = 8;
/// How long a browser may take to start.
const START: Duration = Duration::from_secs(20);

/// Why a page could not be built.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum RenderError {
    /// There is no browser, or there was none when the run was recorded.
    #[error("no browser is installed")]
    NoBrowser,
    /// The browser does not start.
    #[error("the browser does not start: {0}")]
    Start(String),
    /// The browser ended in the middle.
    #[error("the browser ended unexpectedly")]
    Died,
    /// The page did not let the browser answer: its scripts never end.
    #[error("the page keeps the browser busy for ever")]
    Hung,
    /// The page's own process ended: it took more memory than it may have.
    #[error("the page crashed in the browser")]
    Crashed,
    /// The page does more than anybody could follow.
    #[error("the page does not come to rest")]
    TooMuch,
    /// The browser says that it cannot.
    #[error("the browser refused: {0}")]
    Refused(String),
}

/// A page as it stood when its scripts had come to rest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// Its HTML.
    pub html: String,
    /// Its address, without fragment: another than before where a script went on to another page.
    pub url: Url,
    /// Files that a script sent the visitor on to.
    pub sent_to: Vec<Url>,
    /// Nothing was withheld or failed that its content may depend on, the place for it is not empty, and it came to rest in
    /// time.
    pub whole: bool,
    /// A PNG of what is seen first, where one was asked for.
    pub screenshot: Option<Vec<u8>>,
}

/// A page that is to be built.
#[derive(Debug, Clone, Copy)]
pub struct Work<'a> {
    /// By which everything is fetched that it asks for.
    pub pool: &'a Pool,
    /// On whose behalf it was opened.
    pub purpose: Purpose,
    /// The time that is left for its requests.
    pub budget: &'a Budget,
    /// The answer of success that it came with.
    pub answer: &'a Answer,
    /// The body of that.
    pub body: &'a [u8],
    /// Whether a picture is wanted.
    pub screenshot: bool,
}

/// Builds pages in one browser, which is started when the first page needs it and kept. Dropping it ends the browser.
pub struct Renderer {
    browser: Option<Browser>,
    seats: Semaphore,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    starts: u32,
    /// What the last start that failed said.
    failed: Option<RenderError>,
    running: Option<Arc<Process>>,
}

/// A browser with the connection to it.
struct Process {
    connection: Connection,
    running: Mutex<Option<Running>>,
}

impl Renderer {
    /// A renderer that uses an installed browser, if there is one.
    pub fn new(browser: Option<Browser>) -> Self {
        Self { browser, seats: Semaphore::new(TABS), state: Mutex::default() }
    }

    /// Builds a page, or takes it from the archive that the pool's exchanges come from.
    pub async fn render(&self, work: Work<'_>) -> Result<Rendered, RenderError> {
        let (exchanges, page) = (work.pool.exchanges(), &work.answer.final_url);
        if let Some(archive) = exchanges.archive() {
            return archive.built(page).await.unwrap_or(Err(RenderError::NoBrowser));
        }
        let Some(browser) = &self.browser else { return Err(RenderError::NoBrowser) };
        let Some(recorder) = exchanges.recorder() else { return self.build(browser, work).await };
        let earlier = recorder.building(page);
        let built = Built { page: page.clone(), earlier, result: self.build(browser, work).await };
        recorder.built(built).await.map_or(Err(RenderError::Died), |built| built.result)
    }

    async fn build(&self, browser: &Browser, work: Work<'_>) -> Result<Rendered, RenderError> {
        // A closed semaphore would be the only failure, and this one is never closed.
        let _seat = self.seats.acquire().await.ok();
        let first = self.attempt(browser, work).await;
        // The page in the other tab may have been what ended the browser.
        if matches!(first, Err(RenderError::Died)) { self.attempt(browser, work).await } else { first }
    }

    async fn attempt(&self, browser: &Browser, work: Work<'_>) -> Result<Rendered, RenderError> {
        let process = self.process(browser).await?;
        let (rendered, closed) = match Tab::open(&process.connection).await {
            Ok(mut tab) => (tab.render(work).await, tab.close().await),
            Err(error) => (Err(error), Err(RenderError::Died)),
        };
        // A browser in which no tab can be opened or closed any more goes, with the pages that it still holds.
        if closed.is_err() {
            self.put_away(&process).await;
        }
        rendered
    }

    async fn process(&self, browser: &Browser) -> Result<Arc<Process>, RenderError> {
        let mut state = self.state.lock().await;
        if let Some(process) = state.running.as_ref().filter(|process| !process.connection.is_closed()) {
            return Ok(Arc::clone(process));
        }
        state.running = None;
        // A browser that cannot be started once cannot be started a second time.
        if let Some(failed) = &state.failed {
            return Err(failed.clone());
        }
        if state.starts >= MOST_STARTS {
            return Err(RenderError::Start("it has ended unexpectedly too often".to_owned()));
        }
        state.starts += 1;
        match start(browser).await {
            Ok(process) => Ok(Arc::clone(state.running.insert(Arc::new(process)))),
            Err(error) => {
                state.failed = Some(error.clone());
                Err(error)
            }
        }
    }

    async fn put_away(&self, process: &Arc<Process>) {
        let mut state = self.state.lock().await;
        if state.running.as_ref().is_some_and(|running| Arc::ptr_eq(running, process)) {
            state.running = None;
        }
        drop(process.running.lock().await.take());
    }

    /// Ends the browser, and waits until nothing of it is left.
    pub async fn close(&self) {
        let Some(process) = self.state.lock().await.running.take() else { return };
        process.connection.tell(None, "Browser.close", &json!({}));
        if let Some(running) = process.running.lock().await.take() {
            running.ended().await;
        }
    }
}

async fn start(browser: &Browser) -> Result<Process, RenderError> {
    let (running, pipes) = Running::start(browser)?;
    let connection = Connection::new(pipes);
    match connection.call(None, "Browser.getVersion", &json!({}), START).await {
        Ok(_) => Ok(Process { connection, running: Mutex::new(Some(running)) }),
        Err(error) => {
            drop(running);
            let said = connection.last_words();
            Err(RenderError::Start(if said.is_empty() { error.to_string() } else { said }))
        }
    }
}

impl std::fmt::Debug for Renderer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Renderer").field("browser", &self.browser).finish_non_exhaustive()
    }
}
