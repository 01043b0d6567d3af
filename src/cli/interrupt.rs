//! Ctrl-C and a polite kill: the first ends gathering with what is known, the second ends the program.

use std::io::Write;

use crate::audit::Stop;

use super::{Exit, progress};

/// Throws `stop` at the first signal and exits at the second.
pub(super) async fn watch(stop: Stop) {
    signalled().await;
    stop.now();
    progress::aside(|shown| {
        // Behind the `^C` that a terminal shows, unless that goes away with the lines of progress.
        let before = if shown { "" } else { "\n" };
        let _printed = writeln!(anstream::stderr(), "{before}stopping; what is known so far will be reported");
    });
    signalled().await;
    leave();
}

#[expect(clippy::exit, reason = "the user has asked twice, and no file is half-written under its own name")]
fn leave() -> ! {
    std::process::exit(Exit::NotJudged.code().into())
}

#[cfg(unix)]
async fn signalled() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut terminate) => {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = tokio::signal::ctrl_c() => {}
            }
        }
        Err(_) => drop(tokio::signal::ctrl_c().await),
    }
}

#[cfg(not(unix))]
async fn signalled() {
    drop(tokio::signal::ctrl_c().await);
}
