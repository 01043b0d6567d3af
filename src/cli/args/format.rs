//! How `--format` is read: with the formats to choose from for help and completion, and the likely one for a misspelt one.

use std::ffi::OsStr;

use clap::builder::{PossibleValue, TypedValueParser};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command, Error};

use super::FormatArg;
use crate::report::Format;

/// How like two names must be to be taken for each other, from 0 to 1.
const LIKE: f64 = 0.7;

/// Reads a format, and where it goes.
#[derive(Debug, Clone, Copy)]
pub(super) struct FormatParser;

impl TypedValueParser for FormatParser {
    type Value = FormatArg;

    fn parse_ref(&self, command: &Command, arg: Option<&Arg>, value: &OsStr) -> Result<FormatArg, Error> {
        let text = value.to_string_lossy();
        let name = text.split('=').next().unwrap_or_default();
        let known = name.parse::<Format>().is_ok();
        let parsed =
            value.to_str().ok_or_else(|| "the path is not UTF-8; name another".to_owned()).and_then(str::parse);
        parsed.map_err(|why: String| {
            if known {
                return Error::raw(ErrorKind::ValueValidation, format!("--format {text}: {why}\n")).with_cmd(command);
            }
            let mut error = Error::new(ErrorKind::InvalidValue).with_cmd(command);
            let names: Vec<String> = Format::ALL.iter().map(|format| format.name().to_owned()).collect();
            let likeness = |known: &&String| strsim::jaro_winkler(name, known);
            let likely =
                names.iter().max_by(|a, b| likeness(a).total_cmp(&likeness(b))).filter(|one| likeness(one) > LIKE);
            if let Some(likely) = likely {
                error.insert(ContextKind::SuggestedValue, ContextValue::String(likely.clone()));
            }
            let arg = arg.map_or_else(|| "--format".to_owned(), ToString::to_string);
            error.insert(ContextKind::InvalidArg, ContextValue::String(arg));
            error.insert(ContextKind::InvalidValue, ContextValue::String(name.to_owned()));
            error.insert(ContextKind::ValidValue, ContextValue::Strings(names));
            error
        })
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let value = |format: &Format| PossibleValue::new(format.name()).help(format.about().trim_end_matches('.'));
        Some(Box::new(Format::ALL.iter().map(value)))
    }
}
