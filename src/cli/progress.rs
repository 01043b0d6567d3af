//! Progress on standard error: what happens now and how long it may take for who watches, a log for who asks, nothing for a
//! pipe.

mod lines;
mod state;
mod words;

use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use super::terminal;
use crate::audit::Listener;
use crate::model::{Event, Lang};
use crate::report::line;
use lines::Lines;
use state::State;

/// How often the lines are drawn while nothing happens: the time that has passed shows that the run is not dead.
const TICK: Duration = Duration::from_millis(500);

/// Columns that are left free: a terminal goes on in the next line after its last one, where the `^C` would stand that it shows.
const MARGIN: usize = 3;

/// The lines that are on the terminal, for what is said beside them.
static ON_TERMINAL: Mutex<Option<ProgressBar>> = Mutex::new(None);

/// Lets something be printed to standard error without the lines of progress in its way. It is told whether there are any.
pub(super) fn aside(print: impl FnOnce(bool)) {
    let bar = ON_TERMINAL.lock().unwrap_or_else(PoisonError::into_inner).clone();
    match bar {
        Some(bar) => bar.suspend(|| print(true)),
        None => print(false),
    }
}

/// What is shown while a run is on.
#[derive(Clone)]
pub(super) struct Progress {
    bar: ProgressBar,
    state: Arc<Mutex<State>>,
    verbose: bool,
}

impl Progress {
    /// Lines in a language if somebody watches, unless `quiet`; a log line for each URL if `verbose`. A domain is asked at
    /// most so many times a second.
    pub(super) fn new(quiet: bool, verbose: bool, lang: Lang, rate: f64) -> Self {
        let watched = !quiet && terminal::is_watched();
        let target = if watched {
            ProgressDrawTarget::term_like_with_hz(Box::new(Lines::default()), 10)
        } else {
            ProgressDrawTarget::hidden()
        };
        let bar = ProgressBar::with_draw_target(None, target);
        let state = Arc::new(Mutex::new(State::new(lang, rate, Instant::now())));
        if watched {
            let style = ProgressStyle::with_template("{step}\n{now}").unwrap_or_else(|_| ProgressStyle::default_bar());
            let (step, now) = (Arc::clone(&state), Arc::clone(&state));
            let room = || terminal::width_err().saturating_sub(MARGIN);
            let style = style.with_key("step", move |_: &ProgressState, out: &mut dyn std::fmt::Write| {
                let _drawn = out.write_str(&lock(&step).step(room(), Instant::now()));
            });
            let style = style.with_key("now", move |_: &ProgressState, out: &mut dyn std::fmt::Write| {
                let _drawn = out.write_str(&lock(&now).now(room(), Instant::now()));
            });
            bar.set_style(style);
            bar.enable_steady_tick(TICK);
            *ON_TERMINAL.lock().unwrap_or_else(PoisonError::into_inner) = Some(bar.clone());
        }
        Self { bar, state, verbose }
    }

    /// Who is told of events.
    pub(super) fn listener(&self) -> Listener {
        let this = self.clone();
        Arc::new(move |event| this.tell(&event))
    }

    fn tell(&self, event: &Event) {
        lock(&self.state).take(event, Instant::now());
        match event {
            Event::Part(part) => self.log(&format!("-- {}", words::part(*part).get(Lang::En))),
            Event::Opened(url, how) => self.log(&format!("{url}  {how}")),
            Event::Unbuilt(url, why) => self.log(&format!("{url}  not built by the browser: {why}")),
            Event::Retrying(url, why) => self.log(&format!("{url}  trying again: {why}")),
            Event::Recognising(url) => self.log(&format!("{url}  recognising pages that are pictures")),
            Event::Building(url) => self.log(&format!("{url}  building it in a browser")),
            _ => {}
        }
        self.bar.tick();
    }

    fn log(&self, text: &str) {
        if self.verbose {
            self.bar.suspend(|| {
                // A log that nobody reads any more is no reason to stop.
                let _printed = writeln!(anstream::stderr(), "{}", line::clean(text));
            });
        }
    }

    /// Takes the lines away.
    pub(super) fn done(&self) {
        *ON_TERMINAL.lock().unwrap_or_else(PoisonError::into_inner) = None;
        self.bar.finish_and_clear();
    }
}

fn lock(state: &Mutex<State>) -> std::sync::MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}
