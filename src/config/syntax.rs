//! Why a text is not YAML that this program takes, in words that say what to do.

use serde_yaml::Error;

use super::problem::Problem;
use crate::model::Place;

/// What the parser says, and what the user reads: the message and the advice.
const SAYINGS: &[(&str, &str, &str)] = &[
    ("tabs disallowed", "a tab is used to indent", "indent with spaces: YAML does not allow tabs there"),
    (
        "mapping values are not allowed",
        "a key is not expected here",
        "put quotes around a text that has `: ` in it; otherwise check the indentation of this line and the one above",
    ),
    (
        "illegal placement of ':'",
        "a key is not expected here",
        "is a bracket `[` or `{` above not closed? Otherwise check the indentation of this line",
    ),
    ("unclosed bracket", "this bracket is not closed", "close it with `]` or `}`"),
    (
        "unknown anchor",
        "an alias `*name` of an anchor `&name` that is not in the file",
        "put quotes around a text that begins with `*`",
    ),
    ("recursive references", "an alias that stands inside its own anchor", "write the value out"),
    (
        "unexpected character",
        "this character is not allowed here",
        "put quotes around the text; if nothing is to be seen there, delete what is",
    ),
    ("unknown escape", "an unknown escape after `\\`", "use 'single quotes', in which `\\` is an ordinary character"),
    (
        "multiple YAML documents",
        "a second document begins here",
        "write one agency per file, and no line `---` between its keys",
    ),
];

/// The problem of a text that cannot be read as one YAML document.
pub(super) fn refusal(error: &Error, source: &str) -> Problem {
    let error = error.without_snippet();
    let place = error.location().map(|at| Place {
        line: u32::try_from(at.line()).unwrap_or(u32::MAX).max(1),
        column: u32::try_from(at.column()).unwrap_or(u32::MAX).max(1),
    });
    let said = error.to_string();
    let said = said.split(" at line ").next().unwrap_or_default();
    let problem = |message: &str, help: &str| Problem {
        place,
        length: 1,
        message: message.to_owned(),
        help: Some(help.to_owned()),
    };
    if said.contains("quoted scalar") && !said.contains("escape") {
        return Problem {
            place: place.map(|place| opening_quote(source, place)),
            ..problem("a quoted text is not closed", "add the closing quote")
        };
    }
    if said.contains("recursion limit") || said.contains("Depth") || said.contains("nesting") {
        return problem("nested too deeply", "an agency file has five levels at most: see `oit-audit init`");
    }
    if said.contains("alias replay") || said.contains("budget breached: A") {
        return problem("too much is repeated by aliases (`*name`)", "write the values out");
    }
    if said.contains("budget breached") {
        return problem("the file has too many values", "write one agency per file");
    }
    match SAYINGS.iter().find(|(parser, ..)| said.contains(parser)) {
        Some((_, message, help)) => problem(message, help),
        None => problem(&format!("not YAML: {said}"), "check the indentation, quotes and brackets of this line"),
    }
}

/// The parser notices an open quote where the next line does not go on with the text; the quote that is open is the
/// odd one of the line above.
fn opening_quote(source: &str, noticed: Place) -> Place {
    let lines: Vec<&str> = source.lines().collect();
    let above = (noticed.line as usize).min(lines.len() + 1);
    for index in (0..above).rev() {
        for quote in ['"', '\''] {
            let Some(line) = lines.get(index) else { continue };
            let mut opening = line.match_indices(quote).filter(|(at, _)| {
                let before = line[..*at].trim_end();
                before.is_empty() || before.ends_with([':', '-', '[', '{', ','])
            });
            if line.matches(quote).count() % 2 == 1
                && let Some((at, _)) = opening.next_back()
            {
                let column = u32::try_from(line[..at].chars().count()).unwrap_or(u32::MAX).saturating_add(1);
                return Place { line: u32::try_from(index).unwrap_or(u32::MAX).saturating_add(1), column };
            }
        }
    }
    noticed
}
