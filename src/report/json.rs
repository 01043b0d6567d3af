//! The JSON format: the report as it is, escaped so that printing it to a terminal is harmless.

use std::fmt::Write as _;

use serde::Serialize;

use super::{Beside, Style, clean};
use crate::model::Report;

/// Writes the report as indented JSON.
pub(super) fn render(report: &Report, _style: &Style, _beside: &Beside) -> String {
    harmless(report)
}

/// Indented JSON that does nothing to a terminal; for values whose maps have string keys.
pub(super) fn harmless(value: &impl Serialize) -> String {
    let json = serde_json::to_string_pretty(value).expect("it has only string keys, so that it always is JSON");
    let mut out = String::with_capacity(json.len() + 1);
    // JSON itself escapes only C0; the rest of what could trick a terminal stands in strings only, where an escape
    // means the same character.
    for c in json.chars() {
        if c != '\n' && clean::is_hidden(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(c);
        }
    }
    out.push('\n');
    out
}
