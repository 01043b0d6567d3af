//! The agency file: its text is read, checked and turned into an [`Agency`]; all mistakes are found in one go.
//!
//! The stages, each in its own file: `node` reads YAML as a tree with places, `de` fills the types of `raw`
//! from it and goes on after a mistake, `valid` checks what the values say, `problem` shows what is wrong.
//! Nothing here opens a file: the text is given, and so is the name that diagnostics show.

mod address;
mod de;
mod keys;
mod node;
mod problem;
mod raw;
mod schema;
mod settings;
mod syntax;
mod valid;

#[cfg(test)]
mod tests;

use std::cell::RefCell;

use serde::Deserialize;

pub use problem::{Problem, render};
pub use schema::schema;
pub use valid::{Agency, CaFile, Submission, Survey};

use crate::model::Place;
use node::Value;
use raw::{AgencyFile, At};

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

impl Parsed {
    fn refused(problem: Problem) -> Self {
        Self { agency: None, problems: vec![problem] }
    }
}

/// Reads the text of an agency file.
pub fn parse(source: &str) -> Parsed {
    if source.len() > MAX_BYTES {
        return Parsed::refused(Problem::of_file(
            "the file is larger than 16 MiB, which no agency file is",
            Some("is this the right file?".to_owned()),
        ));
    }
    let source = source.strip_prefix('\u{feff}').unwrap_or(source);
    if source.contains('\0') {
        let message = "the file has NUL characters: it is UTF-16, or not a text";
        return Parsed::refused(Problem::of_file(message, Some(SAVE.to_owned())));
    }
    let mut problems = Vec::new();
    let Some(root) = node::read(source, &mut problems) else {
        return Parsed { agency: None, problems: problem::tidy(problems) };
    };
    let help = || Some("`oit-audit init` writes one to start from".to_owned());
    match root.value {
        Value::Null => {
            return Parsed::refused(Problem::of_file("there is nothing in the file", help()));
        }
        Value::List(_) | Value::Scalar { .. } => {
            let message = format!("an agency file is a map (`key: value` lines), found {}", root.found());
            return Parsed::refused(root.problem(message, help()));
        }
        Value::Map(_) => {}
    }
    let sink = RefCell::new(problems);
    let file = At::<AgencyFile>::deserialize(de::De { node: &root, sink: &sink });
    let mut problems = sink.into_inner();
    let agency = match file {
        Ok(file) => file.value.and_then(|file| valid::agency(&file, &mut problems)),
        Err(failure) => {
            problems.push(root.problem(failure.to_string(), None));
            None
        }
    };
    Parsed { agency, problems: problem::tidy(problems) }
}

/// Reads the bytes of an agency file, which are to be UTF-8.
///
/// For [`render`], the lossy reading of the same bytes will do as the source.
pub fn parse_bytes(bytes: &[u8]) -> Parsed {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Parsed::refused(Problem::of_file("the file is UTF-16, not UTF-8", Some(SAVE.to_owned())));
    }
    let error = match std::str::from_utf8(bytes) {
        Ok(source) => return parse(source),
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
    Parsed::refused(Problem::at(place, 1, message, Some(SAVE.to_owned())))
}
