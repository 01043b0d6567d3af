//! A mistake in the agency file, and how it is shown: the place, the line itself with a caret, what to do.

use std::collections::BTreeSet;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use unicode_width::UnicodeWidthChar;

use crate::model::Place;

/// Problems shown of one file; what is said of a file with thousands stays readable.
const MOST: usize = 50;

/// Columns up to which a line is shown whole.
const WHOLE: usize = 120;

/// Columns of a longer line that are shown before and after the caret.
const CONTEXT: (usize, usize) = (50, 60);

/// A mistake in the agency file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where it is; `None` where it concerns the file as a whole.
    pub place: Option<Place>,
    /// The characters to underline.
    pub length: usize,
    /// What is wrong, in one line.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

impl Problem {
    /// A problem of the file as a whole.
    pub fn of_file(message: impl Into<String>, help: Option<String>) -> Self {
        Self { place: None, length: 0, message: message.into(), help }
    }

    /// A problem at a place.
    pub fn at(place: Place, length: usize, message: impl Into<String>, help: Option<String>) -> Self {
        Self { place: Some(place), length, message: message.into(), help }
    }
}

/// Puts problems in the order of the file, each once.
pub(super) fn tidy(problems: Vec<Problem>) -> Vec<Problem> {
    let mut seen = BTreeSet::new();
    // An alias repeats the mistake of its anchor, at the anchor's place.
    let mut kept: Vec<Problem> =
        problems.into_iter().filter(|p| p.place.is_none() || seen.insert((p.place, p.message.clone()))).collect();
    kept.sort_by_key(|problem| problem.place);
    kept
}

fn with_commas(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Shows problems for a terminal, one after the other, in the style of `rustc`; of those beyond the first fifty, the
/// number.
///
/// `source` is the text that the problems were found in; for bytes that are not UTF-8, their lossy reading will do.
pub fn render(problems: &[Problem], file: &str, source: &str, colour: bool) -> String {
    let lines = lines(source.strip_prefix('\u{feff}').unwrap_or(source));
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let file = one_line(file);
    let more = problems.len().saturating_sub(MOST);
    let more = (more > 0).then(|| Problem::of_file(format!("… and {} more", with_commas(more)), None));
    let shown = problems.iter().take(MOST).chain(&more);
    let shown: Vec<String> = shown.map(|problem| render_one(problem, &file, &lines, &renderer)).collect();
    let mut text = shown.join("\n\n");
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

fn render_one(problem: &Problem, file: &str, lines: &[&str], renderer: &Renderer) -> String {
    let message = one_line(&problem.message);
    let help = problem.help.as_deref().map(one_line);
    let title = match problem.place {
        Some(_) => message,
        None => format!("{file}: {message}"),
    };
    let mut group = Group::with_title(Level::ERROR.primary_title(title));
    let Some(place) = problem.place else {
        return renderer.render(&[with_help(group, help)]);
    };
    let (number, column) = (place.line as usize, place.column as usize);
    let Some(line) = number.checked_sub(1).and_then(|index| lines.get(index)) else {
        group = group.element(Origin::path(file).line(number).char_column(column));
        return renderer.render(&[with_help(group, help)]);
    };
    let window = Window::of(line, place.column, problem.length);
    let seen = window.text[..window.start].chars().count() + 1;
    let caret = AnnotationKind::Primary.span(window.start..window.end);
    let snippet = Snippet::source(window.text).path(file).line_start(number).annotation(caret);
    let shown = renderer.render(&[with_help(group.element(snippet), help)]);
    if seen == column {
        return shown;
    }
    // The renderer knows the column in the part of the line that is shown, the reader needs the one in the file.
    let (title, rest) = shown.split_once('\n').unwrap_or((&shown, ""));
    let rest = rest.replacen(&format!("{file}:{number}:{seen}"), &format!("{file}:{number}:{column}"), 1);
    format!("{title}\n{rest}")
}

fn with_help(group: Group<'_>, help: Option<String>) -> Group<'_> {
    match help {
        Some(help) => group.element(Level::HELP.message(help)),
        None => group,
    }
}

/// The lines of a text as YAML counts them.
fn lines(source: &str) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut rest = source;
    while let Some(end) = rest.find(['\n', '\r']) {
        lines.push(&rest[..end]);
        let crlf = rest[end..].starts_with("\r\n");
        rest = &rest[end + if crlf { 2 } else { 1 }..];
    }
    lines.push(rest);
    lines
}

/// The part of a line around a caret, harmless to print, with the bytes to underline.
struct Window {
    text: String,
    start: usize,
    end: usize,
}

impl Window {
    fn of(line: &str, column: u32, length: usize) -> Self {
        let characters: Vec<char> = line.chars().take(column as usize + 4 * CONTEXT.1).collect();
        let caret = (column.max(1) as usize - 1).min(characters.len());
        let underlined = length.clamp(1, CONTEXT.1);

        let whole = line.chars().nth(characters.len()).is_none()
            && characters.iter().map(|c| width_of(*c)).sum::<usize>() <= WHOLE;

        let mut from = if whole { 0 } else { caret };
        let mut width = 0;
        while from > 0 && width < CONTEXT.0 {
            from -= 1;
            width += width_of(characters[from]);
        }
        if from < 3 {
            from = 0;
        }
        // A line must not begin with a mark that belongs to the letter before it.
        while from > 0 && from < caret && width_of(characters[from]) == 0 {
            from += 1;
        }

        let mut window = Self { text: String::new(), start: 0, end: 0 };
        if from > 0 {
            window.text.push('…');
        }
        let mut width = 0;
        let mut index = from;
        while index < characters.len() {
            if index >= caret {
                width += width_of(characters[index]);
                if !whole && width > CONTEXT.1 {
                    break;
                }
            }
            if index == caret {
                window.start = window.text.len();
            }
            window.text.push(harmless(characters[index]));
            index += 1;
            if index > caret && index <= caret + underlined {
                window.end = window.text.len();
            }
        }
        if index < characters.len() || line.chars().nth(characters.len()).is_some() {
            window.text.push('…');
        }
        if caret >= characters.len() {
            window.start = window.text.len();
        }
        window.end = window.end.max(window.start);
        window
    }
}

fn width_of(character: char) -> usize {
    if character == '\t' { 4 } else { character.width().unwrap_or(1) }
}

/// A character as it may be shown: one that moves the cursor, starts an escape sequence or turns the direction of
/// writing becomes a visible sign.
fn harmless(character: char) -> char {
    match character {
        '\t' => '\t',
        '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + character as u32).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        '\u{80}'..='\u{9f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{61c}'
        | '\u{feff}' => '\u{fffd}',
        _ => character,
    }
}

fn one_line(text: &str) -> String {
    text.chars().map(|c| if c == '\t' { ' ' } else { harmless(c) }).collect()
}

/// A text from the file as a message quotes it: on one line and not long.
pub(super) fn quoted(text: &str) -> String {
    const LONGEST: usize = 60;
    let mut shown: String = text.chars().take(LONGEST).map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    if text.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    shown
}
