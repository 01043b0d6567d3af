//! One page in a tab of its own: opened, waited for, read, closed.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio::time::{Instant, MissedTickBehavior, interval};
use url::Url;

use super::cdp::{Connection, Event, text};
use super::supply::{self, Asked, Errand, Given, Order, Supply};
use super::{RenderError, Rendered, Work};
use crate::fetch::Opened;
use crate::model::{bare, registrable_domain};

/// How long the browser may take for something that costs it no work.
const PROMPTLY: Duration = Duration::from_secs(5);
/// How long it may take to give a page's HTML, once the page's own scripts let it.
const READING: Duration = Duration::from_secs(8);
/// How long a page may run, while nothing that it asked for is on its way.
const RUN: Duration = Duration::from_secs(15);
/// How long it may take in all: what is on its way also waits in the line of its host.
const WHOLE: Duration = Duration::from_secs(90);
/// A page is done when it has loaded and nothing was on its way for so long.
const QUIET: Duration = Duration::from_millis(500);
/// The same of a page that never says that it has loaded.
const NEVER_LOADS: Duration = Duration::from_secs(3);
/// A page that shows no text by then may be about to; it is waited for so much longer.
const BARE: Duration = Duration::from_secs(6);
/// Characters of text, blanks aside, from which a page shows something.
const SHOWS: u64 = 40;
/// How often it is looked whether a page is done.
const TICK: Duration = Duration::from_millis(50);
/// Bytes of HTML that are taken of a page.
pub(super) const MOST_HTML: usize = 8 << 20;
/// Times that a page may send its visitor on.
const MOST_MOVES: usize = 5;

const READ: &str = include_str!("read.js");

/// A tab, with cookies and storage of its own. Dropping it closes it.
pub(super) struct Tab {
    browser: Connection,
    context: String,
    session: String,
    frame: String,
    events: mpsc::Receiver<Event>,
    closed: bool,
}

impl Tab {
    pub(super) async fn open(browser: &Connection) -> Result<Self, RenderError> {
        let call = async |method, params: Value| browser.call(None, method, &params, PROMPTLY).await;
        let context = call("Target.createBrowserContext", json!({ "disposeOnDetach": true })).await?;
        let context = text(&context, "browserContextId").ok_or(RenderError::Died)?;
        // From here on, dropping it closes the context.
        let events = mpsc::channel(1).1;
        let (session, frame) = (String::new(), String::new());
        let mut tab = Self { browser: browser.clone(), context, session, frame, events, closed: false };
        let context = &tab.context;
        call("Browser.setDownloadBehavior", json!({ "behavior": "deny", "browserContextId": context })).await?;
        let target = call("Target.createTarget", json!({ "url": "about:blank", "browserContextId": context })).await?;
        let target = text(&target, "targetId").ok_or(RenderError::Died)?;
        let attached = call("Target.attachToTarget", json!({ "targetId": target, "flatten": true })).await?;
        tab.session = text(&attached, "sessionId").ok_or(RenderError::Died)?;
        // A page's outermost frame has the name of its target.
        tab.frame = target;
        tab.events = browser.events(&tab.session);
        tab.call("Page.enable", json!({})).await?;
        tab.call("Inspector.enable", json!({})).await?;
        tab.call("Network.setBypassServiceWorker", json!({ "bypass": true })).await?;
        tab.call("Fetch.enable", json!({ "patterns": [{ "urlPattern": "*", "requestStage": "Request" }] })).await?;
        Ok(tab)
    }

    async fn call(&self, method: &str, params: Value) -> Result<Value, RenderError> {
        self.browser.call(Some(&self.session), method, &params, PROMPTLY).await
    }

    fn tell(&self, method: &str, params: &Value) {
        self.browser.tell(Some(&self.session), method, params);
    }

    /// Opens a page that was fetched, and reads it when it is done.
    pub(super) async fn render(&mut self, work: Work<'_>) -> Result<Rendered, RenderError> {
        let given = Given::page(work.answer.content_type.as_deref(), work.body.to_vec());
        let mut visit = Visit {
            url: work.answer.final_url.clone(),
            supply: Supply::new(&work.answer.final_url, given, work.screenshot),
            on_the_way: JoinSet::new(),
            loaded: false,
            moves: 0,
            work,
        };
        self.tell("Page.navigate", &json!({ "url": visit.url.as_str() }));
        let started = Instant::now();
        let (mut ran, mut quiet, mut looked) = (Duration::ZERO, Duration::ZERO, Duration::ZERO);
        let mut ticks = interval(TICK);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                event = self.events.recv() => {
                    let Some(event) = event else {
                        return Err(if self.browser.is_closed() { RenderError::Died } else { RenderError::TooMuch });
                    };
                    if self.heed(&mut visit, event)? {
                        quiet = Duration::ZERO;
                    }
                    continue;
                }
                Some(Ok((asked, opened))) = visit.on_the_way.join_next() => {
                    let order = visit.supply.serve(&asked, opened, &visit.site(), &self.frame);
                    self.carry_out(&mut visit, asked, order);
                    quiet = Duration::ZERO;
                    continue;
                }
                _ = ticks.tick() => {}
            }
            if visit.on_the_way.is_empty() {
                ran += TICK;
                quiet += TICK;
            }
            // What went on to a file has nothing more to come, and some pages never say that they have loaded.
            let loaded = visit.loaded || !visit.supply.sent_to.is_empty();
            let done = quiet >= if loaded { QUIET } else { NEVER_LOADS };
            let over = ran >= RUN || started.elapsed() >= WHOLE;
            // A page that shows nothing yet is looked at again a second later.
            if over || (done && ran >= looked) {
                let page = self.read(&visit).await?;
                looked = ran + Duration::from_secs(1);
                if over || (page.shows && page.filled) || ran >= BARE || !visit.supply.sent_to.is_empty() {
                    visit.supply.whole &= done;
                    return self.finish(visit, page).await;
                }
            }
        }
    }

    /// Takes note of what happened; whether it was something that a page does that is not done.
    fn heed(&mut self, visit: &mut Visit<'_>, event: Event) -> Result<bool, RenderError> {
        let Event { method, params } = event;
        match method.as_str() {
            "Fetch.requestPaused" => {
                let Some(asked) = Asked::new(&params) else { return Ok(false) };
                let order = visit.supply.order(&asked, &visit.site(), &self.frame);
                self.carry_out(visit, asked, order);
            }
            "Page.loadEventFired" => visit.loaded = true,
            "Page.frameNavigated" => self.moved(visit, &params)?,
            "Page.javascriptDialogOpening" => {
                let leaves = text(&params, "type").is_some_and(|kind| kind == "beforeunload");
                self.tell("Page.handleJavaScriptDialog", &json!({ "accept": leaves }));
                return Ok(false);
            }
            "Inspector.targetCrashed" => return Err(RenderError::Crashed),
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// A frame shows another page; what matters is the outermost one.
    fn moved(&self, visit: &mut Visit<'_>, params: &Value) -> Result<(), RenderError> {
        let frame = params.get("frame").unwrap_or(&Value::Null);
        if text(frame, "id").as_ref() != Some(&self.frame) {
            return Ok(());
        }
        let Some(url) = text(frame, "url").and_then(|url| Url::parse(&url).ok()) else { return Ok(()) };
        if frame.get("unreachableUrl").is_some() || url.scheme() == "chrome-error" {
            return Err(RenderError::Refused("the page could not be opened in the browser".to_owned()));
        }
        visit.loaded = false;
        if bare(&url) != bare(&visit.url) {
            visit.moves += 1;
            if visit.moves > MOST_MOVES {
                return Err(RenderError::TooMuch);
            }
        }
        visit.url = url;
        Ok(())
    }

    fn carry_out(&self, visit: &mut Visit<'_>, asked: Asked, order: Order) {
        match order {
            Order::Answer(method, params) => self.tell(method, &params),
            Order::Fetch(url) => {
                let Work { pool, purpose, budget, answer, .. } = visit.work;
                let (pool, page, budget) = (pool.clone(), answer.final_url.clone(), budget.clone());
                visit.on_the_way.spawn(supply::fetch(Errand { pool, page, purpose, budget }, asked, url));
            }
        }
    }

    /// What the page shows now.
    async fn read(&self, visit: &Visit<'_>) -> Result<Shown, RenderError> {
        let world = json!({ "frameId": self.frame, "worldName": "reader" });
        let world = self.browser.call(Some(&self.session), "Page.createIsolatedWorld", &world, READING).await?;
        let world = world.get("executionContextId").ok_or(RenderError::Died)?;
        let expression = format!("{READ}({MOST_HTML})");
        let value = json!({ "expression": expression, "contextId": world, "returnByValue": true, "timeout": 7000 });
        let value = self.browser.call(Some(&self.session), "Runtime.evaluate", &value, READING).await?;
        let value = value.pointer("/result/value").ok_or(RenderError::Hung)?;
        let mut html = text(value, "html").ok_or(RenderError::Hung)?;
        let length = html.floor_char_boundary(MOST_HTML);
        let cut = length < html.len() || value.get("cut").and_then(Value::as_bool) == Some(true);
        html.truncate(length);
        let filled = value.get("unfilled").and_then(Value::as_bool) != Some(true);
        let shows = value.get("text").and_then(Value::as_u64).is_some_and(|text| text >= SHOWS);
        let url = text(value, "url").and_then(|url| Url::parse(&url).ok()).filter(crate::model::is_web);
        Ok(Shown { html, cut, shows, filled, url: url.unwrap_or_else(|| visit.url.clone()) })
    }

    async fn finish(&self, visit: Visit<'_>, page: Shown) -> Result<Rendered, RenderError> {
        let screenshot = if visit.work.screenshot { self.screenshot().await } else { None };
        let Visit { supply, .. } = visit;
        Ok(Rendered {
            html: page.html,
            url: bare(&page.url),
            sent_to: supply.sent_to,
            whole: supply.whole && page.filled && !page.cut,
            screenshot,
        })
    }

    /// A picture of what is seen first of the page; none where the browser cannot make one.
    async fn screenshot(&self) -> Option<Vec<u8>> {
        let taken = self.call("Page.captureScreenshot", json!({ "format": "png" })).await.ok()?;
        STANDARD.decode(text(&taken, "data")?).ok()
    }

    /// Closes it. The browser is of no more use where that fails.
    pub(super) async fn close(mut self) -> Result<(), RenderError> {
        self.closed = true;
        self.browser.forget(&self.session);
        let context = json!({ "browserContextId": self.context });
        self.browser.call(None, "Target.disposeBrowserContext", &context, PROMPTLY).await.map(drop)
    }
}

impl Drop for Tab {
    fn drop(&mut self) {
        if !self.closed {
            self.browser.forget(&self.session);
            self.browser.tell(None, "Target.disposeBrowserContext", &json!({ "browserContextId": self.context }));
        }
    }
}

/// A page on its way to being done.
struct Visit<'a> {
    work: Work<'a>,
    /// What the outermost frame shows.
    url: Url,
    supply: Supply,
    on_the_way: JoinSet<(Asked, Opened)>,
    loaded: bool,
    moves: usize,
}

impl Visit<'_> {
    fn site(&self) -> String {
        registrable_domain(&self.url)
    }
}

/// What a page shows at a time.
struct Shown {
    html: String,
    cut: bool,
    /// There is text to be seen.
    shows: bool,
    /// The place that a framework of scripts fills is not empty.
    filled: bool,
    url: Url,
}
