//! Progress on standard error: a bar for who watches, a log for who asks, nothing for a pipe.

use std::sync::Arc;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::Write;

use super::terminal;
use crate::audit::Listener;
use crate::model::Event;

/// What is shown while a run is on.
#[derive(Clone)]
pub(super) struct Progress {
    bar: ProgressBar,
    verbose: bool,
}

impl Progress {
    /// A bar if somebody watches, unless `quiet`; a log line for each URL if `verbose`.
    pub(super) fn new(quiet: bool, verbose: bool) -> Self {
        let bar = if quiet || !terminal::is_watched() {
            ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden())
        } else {
            ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr())
        };
        let style = ProgressStyle::with_template("{bar:24} {pos}/{len} {elapsed} (left {eta}) {wide_msg}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        Self { bar, verbose }
    }

    /// Who is told of events.
    pub(super) fn listener(&self) -> Listener {
        let this = self.clone();
        Arc::new(move |event| this.tell(event))
    }

    fn tell(&self, event: Event) {
        match event {
            Event::Planned(count) => self.bar.inc_length(count as u64),
            Event::Opening(url) => self.bar.set_message(url.to_string()),
            Event::Opened(url, how) => {
                self.bar.inc(1);
                self.log(&format!("{url}  {how}"));
            }
            Event::Unbuilt(url, why) => self.log(&format!("{url}  not built by the browser: {why}")),
            Event::Pictured(..) => {}
            Event::Retrying(url, why) => self.log(&format!("{url}  trying again: {why}")),
        }
    }

    fn log(&self, line: &str) {
        if self.verbose {
            let line: String = line.chars().filter(|c| !c.is_control()).collect();
            self.bar.suspend(|| {
                // A log that nobody reads any more is no reason to stop.
                let _printed = writeln!(anstream::stderr(), "{line}");
            });
        }
    }

    /// Takes the bar away.
    pub(super) fn done(&self) {
        self.bar.finish_and_clear();
    }
}
