//! Saved reports that commands are given.

use std::path::Path;

use anyhow::Context;

use super::files;
use crate::model::Report;
use crate::report;

/// The largest report that is read, in bytes; one of 43 items with all that was followed has some hundred thousand.
const MAX_BYTES: usize = 64 << 20;

/// Reads a JSON report.
pub(super) fn report(path: &Path) -> anyhow::Result<Report> {
    let bytes = files::read_whole(path, MAX_BYTES)?;
    report::read(&bytes).with_context(|| path.display().to_string())
}
