//! The agency file and the file of an official result: their text is read, checked and turned into an [`Agency`] or an
//! [`Official`]; all mistakes are found in one go.
//!
//! The stages, each in its own file: `node` reads YAML as a tree with places, `de` fills the types of `raw`
//! from it and goes on after a mistake, `valid` checks what the values say, `problem` shows what is wrong.
//! Nothing here opens a file: the text is given, and so is the name that diagnostics show.

mod address;
mod de;
mod keys;
mod memo;
mod node;
mod official;
mod problem;
mod raw;
mod schema;
mod settings;
mod syntax;
mod valid;

#[cfg(test)]
mod tests;

use std::cell::RefCell;

use serde::Deserialize as _;
use serde::de::DeserializeOwned;

pub use official::{
    Official, OfficialItem, OfficialScores, ParsedOfficial, parse as parse_official, schema as official_schema,
};
pub use problem::{Problem, render};
pub use schema::schema;
pub use valid::{Agency, CaFile, Submission, Survey};

use crate::model::Place;
use node::Value;
use raw::At;

/// The largest agency file, in bytes; an honest one has a few thousand.
pub const MAX_BYTES: usize = 16 << 20;

/// What to do about a file in another encoding.
const SAVE: &str = "save the file again as UTF-8 (Notepad: Save as, Encoding: UTF-8)";

/// What came of reading an agency file.
#[derive(Debug, Clone, PartialEq)]
pub struct Parsed {
    /// The agency, if its name, website and year are known. Where there are problems too, it holds only what is
    /// valid: enough for a later stage to find further problems, such as items that the year does not have, but
    /// not to be audited.
    pub agency: Option<Agency>,
    /// The mistakes, in the order of the file; first those of the file as a whole.
    pub problems: Vec<Problem>,
}

impl From<Read<Agency>> for Parsed {
    fn from(Read { content, problems }: Read<Agency>) -> Self {
        Self { agency: content, problems }
    }
}

/// What came of reading a file of some kind.
struct Read<T> {
    content: Option<T>,
    problems: Vec<Problem>,
}

impl<T> Read<T> {
    fn refused(problem: Problem) -> Self {
        Self { content: None, problems: vec![problem] }
    }
}

/// What a file is, in messages about it as a whole.
struct Kind {
    /// Its name.
    name: &'static str,
    /// That with its article.
    one: &'static str,
    /// How to come by one.
    start: &'static str,
}

const AGENCY: Kind =
    Kind { name: "agency file", one: "an agency file", start: "`oit-audit init` writes one to start from" };

/// Reads the text of an agency file.
pub fn parse(source: &str) -> Parsed {
    read(source, &AGENCY, valid::agency).into()
}

/// Reads a text as a file of some kind: `F` is what may be written, `valid` makes the content of it.
fn read<F: DeserializeOwned, T>(
    source: &str,
    kind: &Kind,
    valid: impl FnOnce(&F, &mut Vec<Problem>) -> Option<T>,
) -> Read<T> {
    if source.len() > MAX_BYTES {
        return Read::refused(Problem::of_file(
            format!("the file is larger than 16 MiB, which no {} is", kind.name),
            Some("is this the right file?".to_owned()),
        ));
    }
    let source = source.strip_prefix('\u{feff}').unwrap_or(source);
    if source.contains('\0') {
        let message = "the file has NUL characters: it is UTF-16, or not a text";
        return Read::refused(Problem::of_file(message, Some(SAVE.to_owned())));
    }
    let mut problems = Vec::new();
    let Some(root) = node::read(source, &mut problems) else {
        return Read { content: None, problems: problem::tidy(problems) };
    };
    let help = || Some(kind.start.to_owned());
    match root.value {
        Value::Null => {
            return Read::refused(Problem::of_file("there is nothing in the file", help()));
        }
        Value::List(_) | Value::Scalar { .. } => {
            let message = format!("{} is a map (`key: value` lines), found {}", kind.one, root.found());
            return Read::refused(root.problem(message, help()));
        }
        Value::Map(_) => {}
    }
    let sink = RefCell::new(problems);
    let file = At::<F>::deserialize(de::De { node: &root, sink: &sink });
    let mut problems = sink.into_inner();
    let content = match file {
        Ok(file) => file.value.and_then(|file| valid(&file, &mut problems)),
        Err(failure) => {
            problems.push(root.problem(failure.to_string(), None));
            None
        }
    };
    Read { content, problems: problem::tidy(problems) }
}

/// Reads the bytes of an agency file, which are to be UTF-8.
///
/// For [`render`], the lossy reading of the same bytes will do as the source.
pub fn parse_bytes(bytes: &[u8]) -> Parsed {
    text(bytes).map_or_else(|problem| Read::refused(problem).into(), parse)
}

/// The text that bytes are to be, or what they are instead.
fn text(bytes: &[u8]) -> Result<&str, Problem> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(Problem::of_file("the file is UTF-16, not UTF-8", Some(SAVE.to_owned())));
    }
    let error = match std::str::from_utf8(bytes) {
        Ok(source) => return Ok(source),
        Err(error) => error,
    };
    // Thai letters are the bytes A1 to FB there; some pairs of them happen to be UTF-8, so the first one counts.
    let thai = bytes.iter().filter(|byte| !byte.is_ascii()).all(|byte| (0xa1..=0xfb).contains(byte));
    let first = if thai { bytes.iter().position(|byte| !byte.is_ascii()) } else { None };
    let (good, bad) = bytes.split_at(first.unwrap_or(error.valid_up_to()));
    let good = String::from_utf8_lossy(good);
    let good = good.strip_prefix('\u{feff}').unwrap_or(&good);
    let line = good.matches('\n').count() + 1;
    let column = good.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    let place =
        Place { line: u32::try_from(line).unwrap_or(u32::MAX), column: u32::try_from(column).unwrap_or(u32::MAX) };
    let byte = bad.first().copied().unwrap_or_default();
    let guess = if thai { "; it looks like TIS-620 (Windows-874)" } else { "" };
    let message = format!("not UTF-8 from line {line} on (byte {byte:#04X}){guess}");
    Err(Problem::at(place, 1, message, Some(SAVE.to_owned())))
}
