//! What the terminal is like: width, colour, whether anybody watches.

use std::io::IsTerminal;

/// The width of reports that do not go to a terminal.
const WIDTH_ELSEWHERE: usize = 100;
/// The width of a terminal that does not tell it.
const USUAL_WIDTH: usize = 80;

#[expect(clippy::disallowed_methods, reason = "the command line reads the environment for the rest of the program")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// Columns for a report on standard output.
pub(super) fn width() -> usize {
    let columns = variable("COLUMNS").and_then(|columns| columns.parse::<usize>().ok());
    let terminal = std::io::stdout().is_terminal().then(terminal_size::terminal_size).flatten();
    terminal.map(|(terminal_size::Width(width), _)| usize::from(width)).or(columns).unwrap_or(WIDTH_ELSEWHERE)
}

/// Columns of the terminal that standard error goes to.
pub(super) fn width_err() -> usize {
    let terminal = terminal_size::terminal_size_of(std::io::stderr());
    terminal.map_or(USUAL_WIDTH, |(terminal_size::Width(width), _)| usize::from(width))
}

/// Whether standard output is shown to somebody rather than kept or piped.
pub(super) fn is_shown() -> bool {
    std::io::stdout().is_terminal()
}

/// Whether a report on standard output is coloured.
pub(super) fn colour_out() -> bool {
    std::io::stdout().is_terminal() && may_colour()
}

/// Whether messages on standard error are coloured.
pub(super) fn colour_err() -> bool {
    std::io::stderr().is_terminal() && may_colour()
}

fn may_colour() -> bool {
    variable("NO_COLOR").is_none() && variable("TERM").as_deref() != Some("dumb")
}

/// Whether progress is worth showing: somebody watches standard error, and it is not a CI job's log.
pub(super) fn is_watched() -> bool {
    std::io::stderr().is_terminal() && variable("CI").is_none() && variable("TERM").as_deref() != Some("dumb")
}
